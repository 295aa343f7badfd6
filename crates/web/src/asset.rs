//! What pages are made of: files under names that change with their bytes, so that a browser keeps them for ever.
//! Made and compressed by the build script.

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::error::Refusal;

struct Asset {
    name: &'static str,
    extension: &'static str,
    plain: &'static [u8],
    br: &'static [u8],
    gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `GET /assets/{name}`.
pub(crate) async fn load(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Refusal::NotFound)?;
    let kind = match asset.extension {
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let (encoding, bytes) = encoded(asset, &headers);
    let about = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let encoding = encoding.map(|name| [(CONTENT_ENCODING, HeaderValue::from_static(name))]);
    Ok((about, encoding.map_or_else(HeaderMap::new, HeaderMap::from_iter), bytes).into_response())
}

/// The smallest shape of it that the browser takes.
fn encoded(asset: &Asset, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let takes = |wanted: &str| {
        let lines = headers.get_all(ACCEPT_ENCODING).into_iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',')).any(|item| {
            let (name, weight) = item.split_once(';').unwrap_or((item, ""));
            name.trim() == wanted && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    if takes("br") {
        (Some("br"), asset.br)
    } else if takes("gzip") {
        (Some("gzip"), asset.gzip)
    } else {
        (None, asset.plain)
    }
}

/// `GET /favicon.ico`, which browsers ask for on pages without a link to an icon of their own.
pub(crate) async fn favicon() -> Redirect {
    Redirect::permanent(ICON)
}

/// `GET /robots.txt`: what is public may be found; what is for programs need not be.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /api/\nDisallow: /health/\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(header: &'static str) -> Option<&'static str> {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(header))]);
        encoded(&ASSETS[0], &headers).0
    }

    #[test]
    fn a_browser_gets_the_smallest_shape_that_it_takes() {
        assert_eq!(taken("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(taken("gzip"), Some("gzip"));
        assert_eq!(taken("br;q=0, gzip;q=0.5"), Some("gzip"));
        assert_eq!(taken("identity"), None);
    }

    #[test]
    fn names_change_with_the_bytes_and_compression_pays() {
        for asset in ASSETS {
            assert!(
                asset.br.len() < asset.plain.len() && asset.gzip.len() < asset.plain.len(),
                "{}",
                asset.name
            );
            assert!(asset.name.split('.').nth(1).is_some_and(|digest| digest.len() == 10), "{}", asset.name);
        }
    }
}
