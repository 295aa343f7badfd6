//! The program as an operator runs it: answers, exit codes and where errors go.

use std::process::{Command, Output};

/// Runs the program with an empty environment but for the given variables.
fn causeway(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
    command.args(arguments).env_clear().envs(environment.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn config_show_says_where_each_value_comes_from() {
    let output = causeway(&["config", "show", "--origin"], &[("CAUSEWAY__JOBS__WORKERS", "3")]);
    assert!(output.status.success());
    let shown = text(&output.stdout);
    assert!(
        shown.contains("workers = 3                              # environment, CAUSEWAY__JOBS__WORKERS"),
        "{shown}"
    );
    assert!(shown.contains("listen = \"127.0.0.1:8080\"                # default"), "{shown}");
}

#[test]
fn config_show_as_json_is_one_object_by_key() {
    let output =
        causeway(&["config", "show", "--json"], &[("CAUSEWAY__DATABASE__URL", "postgres://a:hunter2@db/c")]);
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&shown["jobs.workers"], &shown["database.url"]), (&2.into(), &"(set)".into()));
}

#[test]
fn a_broken_configuration_goes_to_standard_error_with_exit_code_2() {
    let output = causeway(&["config", "show"], &[("CAUSEWAY__JOBS__WORKERS", "0")]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
    let sentence = "causeway: The configuration has 1 problem:\n- environment, CAUSEWAY__JOBS__WORKERS: `jobs.workers` is \
                    the text \"0\", but must be between 1 and 64.\n";
    assert!(text(&output.stderr).starts_with(sentence), "{}", text(&output.stderr));
}

#[test]
fn arguments_that_are_not_understood_give_exit_code_2_and_help_gives_0() {
    let wrong = causeway(&["confg"], &[]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("config"), "{}", text(&wrong.stderr));
    let help = causeway(&["--help"], &[]);
    assert_eq!((help.status.code(), text(&help.stderr)), (Some(0), ""));
}

#[test]
fn manual_pages_and_completions_are_written_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let output = causeway(&["manual", folder.path().to_str().unwrap()], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    for name in ["causeway.1", "causeway-config-show.1", "causeway.bash", "_causeway", "causeway.fish"] {
        let content = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(content.contains("origin") || name == "causeway.1", "{name}");
    }
}

#[test]
fn the_timetable_engine_is_reached_through_the_one_program() {
    let help = causeway(&["schedule", "--help"], &[]);
    assert_eq!(help.status.code(), Some(0));
    for command in ["solve", "check", "replan", "explain"] {
        assert!(text(&help.stdout).contains(command), "{command}: {}", text(&help.stdout));
    }
    let missing = causeway(&["schedule", "solve", "/nowhere/event.json"], &[]);
    assert_eq!(missing.status.code(), Some(2), "{}", text(&missing.stderr));
    assert!(text(&missing.stderr).contains("/nowhere/event.json"), "{}", text(&missing.stderr));
}
