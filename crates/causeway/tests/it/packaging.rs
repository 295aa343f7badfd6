//! The Debian package's parts: what the service may do on the machine, and that unit, user and configuration agree.
//! Needs the Debian package `systemd` for `systemd-analyze`; nothing is installed or started.

use std::path::{Path, PathBuf};
use std::process::Command;

use causeway::config::{Environment, load_with_default};

/// The most exposure that `systemd-analyze security` may find, of 10. Up to 2.0 it says "OK".
const MOST_EXPOSURE: f64 = 1.5;

fn packaging(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging").join(name)
}

fn unit() -> String {
    std::fs::read_to_string(packaging("causeway.service")).unwrap()
}

/// The value of a directive of the unit.
fn directive(name: &str) -> String {
    let unit = unit();
    let mut values = unit.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    values.next().unwrap_or_else(|| panic!("the unit has no {name}")).to_owned()
}

fn analyze(arguments: &[&str], unit: &Path) -> (bool, String) {
    let output = Command::new("systemd-analyze").args(arguments).arg(unit).output();
    let output = output.expect("systemd-analyze is missing: install the Debian package `systemd`");
    let both = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(both).unwrap())
}

#[test]
fn the_service_is_hardly_exposed() {
    let (_, report) = analyze(&["security", "--no-pager", "--offline=true"], &packaging("causeway.service"));
    let exposure = report.lines().last().and_then(|line| line.split_once("causeway.service: "));
    let exposure = exposure.and_then(|(_, figure)| figure.split(' ').next()?.parse::<f64>().ok());
    assert!(exposure.is_some_and(|exposure| exposure <= MOST_EXPOSURE), "{report}");
}

#[test]
fn systemd_understands_every_line_of_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let unit_file = folder.path().join("causeway.service");
    // The program is not installed here; any that is will do for this check.
    std::fs::write(&unit_file, unit().replace("/usr/bin/causeway serve", "/bin/true")).unwrap();
    let (well, report) = analyze(&["verify", "--man=no"], &unit_file);
    assert!(well && !report.contains("causeway.service"), "{report}");
}

#[test]
fn unit_user_folder_and_configuration_agree() {
    let file = packaging("causeway.toml");
    let config =
        load_with_default(Some(&file), &Environment::default(), Path::new("/nowhere")).unwrap().config;
    assert_eq!(directive("ExecStart"), "/usr/bin/causeway serve");
    assert_eq!(config.data.folder, Path::new("/var/lib").join(directive("StateDirectory")));
    assert_eq!(config.data.folder, Path::new(&directive("WorkingDirectory")));
    assert_eq!(directive("StateDirectoryMode"), "0700");

    let user = directive("User");
    let sysusers = std::fs::read_to_string(packaging("causeway.sysusers")).unwrap();
    assert!(sysusers.contains(&format!("u {user} ")), "{sysusers}");
    let postinst = std::fs::read_to_string(packaging("debian/postinst")).unwrap();
    assert!(
        postinst.contains(&format!("-o {user} -g {user} {}", config.data.folder.display())),
        "{postinst}"
    );

    assert_eq!(directive("RestartPreventExitStatus"), "2", "see the exit codes in cli");
    let patience: u64 = directive("TimeoutStopSec").parse().unwrap();
    assert!(
        patience >= config.server.shutdown_grace.as_secs() + 30,
        "systemd would kill the service while it finishes"
    );
}
