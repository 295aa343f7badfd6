//! The programme's files as an operator handles them.

use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs the program on a data folder that it has made for itself.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        assert!(place.run(&["migrate"]).status.success());
        place
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
        command.env_clear().env("CAUSEWAY__DATA__FOLDER", self.path("data"));
        command.args(arguments).output().unwrap()
    }

    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Replaces a file of the programme by one in which `to` stands in the place of `from`.
    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = domain::programme::EMBEDDED.iter().find(|(known, _)| *known == name).unwrap().1;
        assert!(text.contains(from));
        let path = self.folder.path().join("data/programme").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn what_is_exported_is_in_order_and_never_written_over() {
    let place = Place::new();
    let folder = place.path("own");
    place.said(&["programme", "export", &folder]);
    let count = domain::programme::EMBEDDED.len();
    assert_eq!(
        place.said(&["programme", "check", &folder]),
        format!("{folder} is in order: {count} of the {count} files are your own.\n")
    );
    let again = place.run(&["programme", "export", &folder]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("it is not empty; name a new folder"), "{again:?}");
    let missing = place.run(&["programme", "check", &place.path("nowhere")]);
    assert!(text(&missing.stderr).contains("is no folder"), "{missing:?}");
}

#[test]
fn a_replaced_file_is_used_and_named() {
    let place = Place::new();
    assert!(place.said(&["programme", "show"]).contains("All files are as they come with the program."));
    place.replace("countries.toml", "code = \"TL\"\nserved = false", "code = \"TL\"\nserved = true");
    let shown = place.said(&["programme", "show"]);
    assert!(shown.contains("TL  Timor-Leste          USD  no calendar"), "{shown}");
    assert!(shown.contains("Your own files\n  countries.toml"), "{shown}");
    let json: serde_json::Value =
        serde_json::from_str(&place.said(&["programme", "show", "--json"])).unwrap();
    assert_eq!(json["countries"].as_array().unwrap().len(), 12);
    let doctor = place.run(&["doctor"]);
    let findings = text(&doctor.stdout);
    assert!(findings.contains("good     programme     countries.toml come from"), "{findings}");
    assert!(
        findings.contains("calendars     working days are not known until") && findings.contains("TL"),
        "{findings}"
    );
}

#[test]
fn a_broken_file_stops_the_start_with_its_line_and_the_way_out() {
    let place = Place::new();
    place.replace("lists/partner-kinds.toml", "\"ศูนย์\"", "\"Centre\"");
    let sentence =
        "lists/partner-kinds.toml:11: labels.th: is not in the script of that language; translate it\n";
    for command in [&["serve"][..], &["programme", "check"], &["programme", "show"]] {
        let output = place.run(command);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        let said = text(&output.stderr);
        assert!(said.contains("the files of the programme cannot be used\n"), "{said}");
        assert!(said.contains(sentence) && said.contains("programme export FOLDER"), "{said}");
    }
    let doctor = place.run(&["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    assert!(text(&doctor.stdout).contains("WRONG    programme"), "{doctor:?}");
    assert!(
        place.run(&["backup", "-o", &place.path("backup.tar.zst")]).status.success(),
        "a backup is made all the same"
    );
}
