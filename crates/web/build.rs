//! Makes the assets: joins the style sheets, names each asset by the digest of its bytes, compresses it as small as it
//! gets, and writes the table that `asset.rs` includes.
#![expect(clippy::disallowed_methods, reason = "cargo names its output folder in the environment")]
#![expect(clippy::unwrap_used, reason = "a build script that cannot read its input has to stop the build")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The style sheets in the order in which they are joined: later ones may lean on earlier ones.
const STYLE: &[&str] = &[
    "tokens",
    "base",
    "component/button",
    "component/header",
    "component/account",
    "component/footer",
    "component/prose",
    "component/chip",
    "component/empty",
    "component/paging",
    "home",
    "publication",
    "api",
    "print",
];

fn main() {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=build.rs");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    let style: String = STYLE
        .iter()
        .map(|name| fs::read_to_string(source.join("style").join(format!("{name}.css"))).unwrap())
        .map(|text| without_comments(&text))
        .collect();
    let icon = fs::read(source.join("icon.svg")).unwrap();
    let assets = [("STYLE", "causeway", "css", style.into_bytes()), ("ICON", "icon", "svg", icon)];
    let mut table = String::new();
    let mut rows = String::new();
    for (constant, stem, extension, bytes) in assets {
        let digest = &blake3::hash(&bytes).to_hex()[..10];
        let name = format!("{stem}.{digest}.{extension}");
        for (suffix, bytes) in [("", bytes.clone()), (".br", brotli(&bytes)), (".gz", gzip(&bytes))] {
            fs::write(out.join(format!("{stem}.{extension}{suffix}")), bytes).unwrap();
        }
        let include = |suffix: &str| {
            format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{stem}.{extension}{suffix}\"))")
        };
        writeln!(table, "pub(crate) const {constant}: &str = \"/assets/{name}\";").unwrap();
        writeln!(
            rows,
            "Asset {{ name: \"{name}\", extension: \"{extension}\", plain: {}, br: {}, gzip: {} }},",
            include(""),
            include(".br"),
            include(".gz")
        )
        .unwrap();
    }
    writeln!(table, "const ASSETS: &[Asset] = &[{rows}];").unwrap();
    fs::write(out.join("assets.rs"), table).unwrap();
}

/// The text without `/* ... */`: they are for whoever reads the source.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").expect("every comment ends").1;
    }
    kept.push_str(rest);
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).unwrap();
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}
