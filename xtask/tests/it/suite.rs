//! The whole run, with a script in cargo's place: what it prints, and that no failure hides or is hidden.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

/// Stands in for cargo: says where the workspace lies, and prints what each step would.
const CARGO: &str = r#"#!/bin/sh
echo "$*" >> "$FOLDER/calls"
case "$1 $2" in
  "metadata "*) echo "{\"workspace_root\": \"$FOLDER\", \"target_directory\": \"$FOLDER/target\"}" ;;
  "fmt "*) exit "${FMT:-0}" ;;
  "build "*) exit "${BUILD:-0}" ;;
  "nextest --version") exit "${NEXTEST:-0}" ;;
  "nextest run")
    [ -z "$SLOW" ] || { echo $$ > "$FOLDER/slow"; sleep 600; }
    touch "$CAUSEWAY_TEST_SQL_SEEN/ran"
    echo "$CAUSEWAY_TEST_POSTGRES $CAUSEWAY_TEST_WEBDRIVER $CAUSEWAY_TEST_CHROMIUM $CAUSEWAY_TEST_AXE"
    echo "${SUMMARY-     Summary [   0.1s] 5 tests run: 5 passed, 1 skipped}" >&2
    exit "${TESTS:-0}" ;;
  "test --workspace") echo "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out" ;;
esac
"#;

/// What a developer may name, so that it is neither looked for nor started.
const SERVERS: &[(&str, &str)] = &[
    ("CAUSEWAY_TEST_POSTGRES", "postgres://somewhere"),
    ("CAUSEWAY_TEST_WEBDRIVER", "http://somewhere"),
    ("CAUSEWAY_TEST_CHROMIUM", "a-browser"),
    ("CAUSEWAY_TEST_AXE", "a-script"),
];

/// A workspace of one file, and a search path of few programs.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let programs = folder.path().join("programs");
        fs::create_dir(&programs).expect("a folder for programs");
        for name in ["sh", "cat", "rm", "sleep", "touch", "git"] {
            let program = xtask::environment::find_program(&[name]).expect("a usual program");
            symlink(program, programs.join(name)).expect("a link to a program");
        }
        // Only looked for by this tool; the tests of the package would call it.
        let shell = xtask::environment::find_program(&["sh"]).expect("a usual program");
        symlink(shell, programs.join("systemd-analyze")).expect("a link to a program");
        let cargo = programs.join("cargo");
        fs::write(&cargo, CARGO).expect("a script in cargo's place");
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("a script that can be run");
        let git = Command::new("git").args(["init", "--quiet"]).current_dir(folder.path()).status();
        assert!(git.expect("git is there").success());
        fs::write(folder.path().join(".gitignore"), "/target\n/programs\n/calls\n").expect("a file");
        Place(folder)
    }

    fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let folder = self.0.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .arg("test")
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("PATH", folder.join("programs"))
            .env("FOLDER", folder)
            .envs(variables.iter().copied());
        command
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        self.command(arguments, variables).output().expect("the tool can be started")
    }

    /// Runs with servers and tools named by the developer, so that nothing is looked for.
    fn run_with_servers(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        self.run(arguments, &[SERVERS, variables].concat())
    }

    fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.0.path().join("calls")).expect("the calls of cargo");
        calls.lines().map(str::to_owned).collect()
    }

    fn seen(&self, file: &str) -> bool {
        self.0.path().join("target/sql-seen").join(file).exists()
    }
}

#[track_caller]
fn expect_end(output: &Output, succeeded: bool, closing: &str) {
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(text.lines().last(), Some(closing), "{text}\n{errors}");
    assert_eq!(output.status.success(), succeeded, "{text}\n{errors}");
}

#[track_caller]
fn wait_for<T>(mut what: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = what() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "waited in vain");
        sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_clean_run_closes_with_the_sum_of_tests_examples_and_checks() {
    let place = Place::new();
    // 3 for format, lints and build; 5 and 2 as printed; 7 checks of the tree, and 4 without a subject.
    expect_end(&place.run_with_servers(&[], &[]), true, "17 passed, 0 failed, 6 skipped");
    let calls = place.calls();
    for (at, call) in
        ["metadata", "nextest --version", "fmt", "clippy", "build", "nextest run", "test --workspace --doc"]
            .iter()
            .enumerate()
    {
        assert!(calls[at].starts_with(call), "{calls:?}");
    }
}

#[test]
fn the_tests_are_told_where_everything_is() {
    let output = Place::new().run_with_servers(&["--only", "test"], &[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("postgres://somewhere http://somewhere a-browser a-script\n"), "{text}");
}

#[test]
fn a_failing_step_does_not_hide_the_later_ones() {
    let place = Place::new();
    expect_end(&place.run_with_servers(&[], &[("FMT", "1")]), false, "16 passed, 1 failed, 6 skipped");
    assert!(place.calls().iter().any(|call| call.starts_with("nextest run")));
}

#[test]
fn failed_tests_are_counted_as_the_runner_counts_them() {
    let summary = "     Summary [ 0.1s] 5 tests run: 3 passed, 2 failed, 1 skipped";
    let variables = [("SUMMARY", summary), ("TESTS", "100")];
    expect_end(&Place::new().run_with_servers(&[], &variables), false, "15 passed, 2 failed, 6 skipped");
}

#[test]
fn a_runner_that_ends_without_its_closing_line_has_failed() {
    expect_end(
        &Place::new().run_with_servers(&[], &[("SUMMARY", "")]),
        false,
        "12 passed, 1 failed, 5 skipped",
    );
}

#[test]
fn a_runner_that_fails_without_a_failed_test_has_failed() {
    expect_end(
        &Place::new().run_with_servers(&[], &[("TESTS", "4")]),
        false,
        "17 passed, 1 failed, 6 skipped",
    );
}

#[test]
fn tests_that_do_not_build_are_a_failure_and_are_not_run() {
    let place = Place::new();
    expect_end(&place.run_with_servers(&[], &[("BUILD", "101")]), false, "9 passed, 1 failed, 5 skipped");
    assert!(!place.calls().iter().any(|call| call.starts_with("nextest run")));
}

#[test]
fn without_nextest_cargo_runs_the_tests() {
    let place = Place::new();
    expect_end(&place.run_with_servers(&[], &[("NEXTEST", "1")]), true, "14 passed, 0 failed, 5 skipped");
    assert!(place.calls().iter().any(|call| call.starts_with("test --workspace --lib --bins --tests")));
}

#[test]
fn a_filter_runs_the_tests_alone_and_adds_to_the_statements_seen() {
    let place = Place::new();
    let seen = place.0.path().join("target/sql-seen");
    fs::create_dir_all(&seen).unwrap();
    fs::write(seen.join("earlier"), "").unwrap();

    expect_end(&place.run_with_servers(&["some", "words"], &[]), true, "8 passed, 0 failed, 1 skipped");
    assert!(place.calls().contains(&"nextest run --workspace --no-fail-fast some words".to_owned()));
    assert!(place.seen("earlier") && place.seen("ran"));

    place.run_with_servers(&["--only", "test"], &[]);
    assert!(!place.seen("earlier") && place.seen("ran"));
}

#[test]
fn a_part_can_be_run_alone() {
    let place = Place::new();
    expect_end(&place.run(&["--only", "fmt"], &[]), true, "1 passed, 0 failed, 0 skipped");
    expect_end(&place.run(&["--only", "tidy"], &[]), true, "7 passed, 0 failed, 5 skipped");
}

#[test]
fn what_runs_ends_with_the_tool_even_when_that_is_killed() {
    for signal in [Signal::KILL, Signal::TERM, Signal::INT] {
        let place = Place::new();
        let mut command = place.command(&["--only", "test"], &[SERVERS, &[("SLOW", "1")]].concat());
        let mut tool = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let slow = place.0.path().join("slow");
        let read = || Pid::from_raw(fs::read_to_string(&slow).ok()?.trim().parse().ok()?);
        let id = wait_for(read);
        kill_process(Pid::from_child(&tool), signal).unwrap();
        assert!(!tool.wait().unwrap().success());
        wait_for(|| test_kill_process(id).is_err().then_some(()));
    }
}

#[test]
fn missing_programs_are_named_with_their_packages_where_they_may_not_be_installed() {
    let output = Place::new().run(&[], &[]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(errors.contains("sudo apt-get install"), "{errors}");
    assert!(errors.contains("chromium chromium-driver npm"), "{errors}");
}

#[test]
fn the_folder_of_the_workspace_is_asked_for_and_not_guessed() {
    let place = Place::new();
    fs::remove_file(place.0.path().join("programs/cargo")).unwrap();
    let errors = String::from_utf8_lossy(&place.run(&[], &[]).stderr).into_owned();
    assert!(errors.contains("cargo could not be started"), "{errors}");
    assert!(!Path::new(&place.0.path().join("target")).exists());
}
