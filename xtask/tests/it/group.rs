//! No program outlives the test run that started it.

use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use xtask::suite::group::{self, Group, Interrupt, Ran};
use xtask::tally::{Runner, Tally};

/// A shell command that writes the ids of its processes into a folder of its own, one line each.
struct Script {
    command: Command,
    folder: tempfile::TempDir,
}

impl Script {
    fn new(text: &str) -> Script {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let mut command = Command::new("sh");
        command.args(["-c", text]).current_dir(folder.path());
        Script { command, folder }
    }
}

/// The ids that the script wrote, once there are as many as wanted.
fn ids(folder: &std::path::Path, wanted: usize) -> Vec<Pid> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        let text = std::fs::read_to_string(folder.join("ids")).unwrap_or_default();
        let ids: Vec<Pid> = text.lines().filter_map(|line| Pid::from_raw(line.parse().ok()?)).collect();
        if ids.len() == wanted {
            return ids;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("the script did not start");
}

#[track_caller]
fn expect_gone(ids: &[Pid]) {
    let start = Instant::now();
    while ids.iter().any(|id| test_kill_process(*id).is_ok()) {
        assert!(start.elapsed() < Duration::from_secs(10), "still running: {ids:?}");
        sleep(Duration::from_millis(10));
    }
}

#[test]
fn letting_a_group_go_ends_its_program_and_what_that_started() {
    let mut script = Script::new("sh -c 'echo $$ >> ids; exec sleep 600' | sh -c 'echo $$ >> ids; exec cat'");
    let group = Group::start(&mut script.command, None).unwrap();
    let ids = ids(script.folder.path(), 2);
    drop(group);
    expect_gone(&ids);
}

#[test]
fn a_program_that_does_not_listen_is_ended_all_the_same() {
    let mut script = Script::new("trap '' INT; echo $$ >> ids; while :; do sleep 0.1; done");
    let group = Group::start(&mut script.command, None).unwrap();
    let ids = ids(script.folder.path(), 1);
    drop(group);
    expect_gone(&ids);
}

#[test]
fn the_folder_of_a_group_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().to_owned();
    std::fs::write(path.join("data"), "x").unwrap();
    let group = Group::start(Command::new("sleep").arg("600"), Some(folder)).unwrap();
    assert!(path.exists());
    drop(group);
    assert!(!path.exists());
}

#[test]
fn a_panic_ends_a_group() {
    let mut script = Script::new("echo $$ >> ids; sleep 600");
    let folder = script.folder.path().to_owned();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _group = Group::start(&mut script.command, None).unwrap();
        ids(&folder, 1);
        panic!("on purpose");
    }));
    assert!(outcome.is_err());
    expect_gone(&ids(&folder, 1));
}

#[test]
fn an_interrupt_ends_what_is_waited_for() {
    let interrupt = Interrupt::listen().unwrap();
    let mut script = Script::new("echo $$ >> ids; sleep 600");
    let folder = script.folder.path().to_owned();
    let group = Group::start(&mut script.command, None).unwrap();
    let ids = ids(&folder, 1);
    kill_process(rustix::process::getpid(), Signal::TERM).unwrap();
    let error = group.wait(&interrupt).unwrap_err();
    assert_eq!(error.to_string(), "interrupted");
    expect_gone(&ids);
}

#[test]
fn a_run_hands_back_success_and_counts() {
    let interrupt = Interrupt::listen().unwrap();
    let text = "echo 'test result: ok. 2 passed; 0 failed; 1 ignored'; exit 7";
    let run = |runner| group::run(Command::new("sh").args(["-c", text]), runner, &interrupt).unwrap();
    let tally = Some(Tally { passed: 2, failed: 0, skipped: 1 });
    assert_eq!(run(Some(Runner::Cargo)), Ran { succeeded: false, tally });
    assert_eq!(run(Some(Runner::Nextest)), Ran { succeeded: false, tally: None });
    assert_eq!(run(None), Ran { succeeded: false, tally: None });

    let ran = group::run(&mut Command::new("true"), None, &interrupt).unwrap();
    assert_eq!(ran, Ran { succeeded: true, tally: None });
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let error = Group::start(&mut Command::new("no-such-program"), None).unwrap_err();
    assert!(error.to_string().contains("no-such-program could not be started"), "{error}");
}
