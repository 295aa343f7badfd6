//! The programs a test run needs beside Rust: found, or installed where that is allowed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::group::{self, Group, Interrupt};
use super::last_lines;
use crate::environment::{find_program, preset};

/// The accessibility checker that browser tests load into each page.
const AXE_VERSION: &str = "4.14.1";

/// Where the tools lie. What a developer preset is taken as it is and not looked for.
#[derive(Debug, Clone)]
pub struct Tools {
    /// The folder of PostgreSQL's server programs; `None` when `CAUSEWAY_TEST_POSTGRES` names a running server.
    pub postgres: Option<PathBuf>,
    /// The driver; `None` when `CAUSEWAY_TEST_WEBDRIVER` names a running one.
    pub chromedriver: Option<PathBuf>,
    /// The browser (`CAUSEWAY_TEST_CHROMIUM`).
    pub chromium: PathBuf,
    /// axe-core's one file (`CAUSEWAY_TEST_AXE`).
    pub axe: PathBuf,
    /// Whether cargo-nextest is there.
    pub nextest: bool,
}

/// Finds every tool, after installing the missing ones when root on a machine with apt-get.
/// npm packages go into `folder`.
///
/// # Errors
/// When a tool is missing and may not or could not be installed; the message names the packages.
pub fn find_or_install(folder: &Path, interrupt: &Interrupt) -> Result<Tools> {
    let mut found = Found::look();
    let missing = found.missing();
    if !missing.is_empty() {
        install(&missing, &folder.join("apt-get.log"), interrupt)?;
        found = Found::look();
        let missing = found.missing();
        if !missing.is_empty() {
            bail!("apt-get succeeded, and still not found: the programs of {}", missing.join(" "));
        }
    }
    let axe = match preset("CAUSEWAY_TEST_AXE") {
        Some(file) => file.into(),
        None => find_or_install_axe(folder, interrupt)?,
    };
    let nextest = Command::new("cargo").args(["nextest", "--version"]).output();
    Ok(Tools {
        postgres: found.postgres,
        chromedriver: found.chromedriver,
        chromium: found.chromium.context("chromium was looked for above")?,
        axe,
        nextest: nextest.is_ok_and(|output| output.status.success()),
    })
}

struct Found {
    postgres: Option<PathBuf>,
    chromedriver: Option<PathBuf>,
    chromium: Option<PathBuf>,
    npm: Option<PathBuf>,
    systemd_analyze: Option<PathBuf>,
}

impl Found {
    fn look() -> Found {
        let chromium = preset("CAUSEWAY_TEST_CHROMIUM").map(PathBuf::from);
        Found {
            postgres: postgres_programs(Path::new("/usr/lib/postgresql")),
            chromedriver: find_program(&["chromedriver"]),
            chromium: chromium.or_else(|| find_program(&["chromium", "chromium-browser", "google-chrome"])),
            npm: find_program(&["npm"]),
            systemd_analyze: find_program(&["systemd-analyze"]),
        }
    }

    /// The Debian packages that would bring what is missing.
    fn missing(&mut self) -> Vec<&'static str> {
        let is_preset = |name| preset(name).is_some();
        if is_preset("CAUSEWAY_TEST_POSTGRES") {
            self.postgres = None;
        }
        if is_preset("CAUSEWAY_TEST_WEBDRIVER") {
            self.chromedriver = None;
        }
        [
            (self.postgres.is_some() || is_preset("CAUSEWAY_TEST_POSTGRES"), "postgresql"),
            (self.chromium.is_some(), "chromium"),
            (self.chromedriver.is_some() || is_preset("CAUSEWAY_TEST_WEBDRIVER"), "chromium-driver"),
            (self.npm.is_some() || is_preset("CAUSEWAY_TEST_AXE"), "npm"),
            (self.systemd_analyze.is_some(), "systemd"),
        ]
        .into_iter()
        .filter_map(|(there, package)| (!there).then_some(package))
        .collect()
    }
}

/// The program folder of the newest server under `/usr/lib/postgresql` (where Debian puts every version), or
/// the folder of `initdb` on the search path.
fn postgres_programs(versions: &Path) -> Option<PathBuf> {
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = fs::read_dir(versions).ok().and_then(|folders| {
        folders
            .filter_map(|folder| Some(folder.ok()?.path()))
            .filter(|folder| folder.join("bin/initdb").is_file() && folder.join("bin/postgres").is_file())
            .max_by_key(|folder| version(folder))
    });
    match newest {
        Some(folder) => Some(folder.join("bin")),
        None => find_program(&["initdb"]).and_then(|file| Some(file.parent()?.to_owned())),
    }
}

fn install(packages: &[&str], log: &Path, interrupt: &Interrupt) -> Result<()> {
    let list = packages.join(" ");
    if !rustix::process::geteuid().is_root() || find_program(&["apt-get"]).is_none() {
        bail!(
            "the test run needs programs that are not here, and may not install them (that takes root and apt-get).\n\
             Install these Debian packages or their like: {list}\n    sudo apt-get install {list}"
        );
    }
    println!("installing {list} ({} tells more)", log.display());
    apt_get(&["update"], log, interrupt)?;
    apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat(), log, interrupt)
}

fn apt_get(arguments: &[&str], log: &Path, interrupt: &Interrupt) -> Result<()> {
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut command = Command::new("apt-get");
    command.args(["-qq", "-o", "Dpkg::Use-Pty=0"]).args(arguments).stdout(file.try_clone()?).stderr(file);
    // At run level 1 a package's scripts start no server: the tests start their own and leave none behind.
    command.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
    if !Group::start(&mut command, None)?.wait(interrupt)?.success() {
        bail!("apt-get {} failed; {} ends with:\n{}", arguments.join(" "), log.display(), last_lines(log));
    }
    Ok(())
}

fn find_or_install_axe(folder: &Path, interrupt: &Interrupt) -> Result<PathBuf> {
    let package = folder.join("node_modules/axe-core");
    let script = package.join("axe.min.js");
    if script.is_file() && version_of(&package.join("package.json")).as_deref() == Some(AXE_VERSION) {
        return Ok(script);
    }
    let wanted = format!("axe-core@{AXE_VERSION}");
    println!("installing {wanted} into {}", folder.display());
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut command = Command::new("npm");
    command.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"]);
    command.arg(folder).arg(&wanted);
    if !group::run(&mut command, None, interrupt)?.succeeded || !script.is_file() {
        bail!(
            "npm could not install {wanted}; its messages are above. Without a registry, \
             set CAUSEWAY_TEST_AXE to a copy of axe.min.js"
        );
    }
    Ok(script)
}

fn version_of(manifest: &Path) -> Option<String> {
    let manifest: Value = serde_json::from_slice(&fs::read(manifest).ok()?).ok()?;
    Some(manifest["version"].as_str()?.to_owned())
}
