//! The operator's own messages: what replaces, and what is refused with file and line.

use std::fs;
use std::path::Path;

use i18n::{Catalogue, Locale, OverrideError};
use proptest::prelude::*;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The problems as `file:line: text`, the file relative to the folder.
fn problems(folder: &Path) -> Vec<String> {
    let error: OverrideError = Catalogue::with_overrides(folder).err().expect("the folder is refused");
    let root = format!("{}/", folder.display());
    error.problems.iter().map(|problem| problem.to_string().replace(&root, "")).collect()
}

fn refused(files: &[(&str, &str)]) -> Vec<String> {
    problems(folder(files).path())
}

#[test]
fn an_operators_words_replace_the_embedded_ones_and_no_others() {
    let folder = folder(&[
        ("en/own.ftl", "\u{feff}# Ours\r\nerror-back-home = Start\r\nshell-version = No. { $version }\r\n"),
        ("lo/words.ftl", "publication-news = ຂ່າວ\u{200b}ສານ\n"),
        ("lo/.words.ftl.swp", "\u{0}"),
    ]);
    let catalogue = Catalogue::with_overrides(folder.path()).unwrap().keep();
    let (en, lo) = (catalogue.translator(Locale::En), catalogue.translator(Locale::Lo));
    assert_eq!(en.text("error-back-home"), "Start");
    assert_eq!(en.with("shell-version", &[("version", "3".into())]), "No. 3");
    assert_eq!(en.text("publication-news"), "News");
    assert_eq!(lo.text("publication-news"), "ຂ່າວ\u{200b}ສານ");
    assert_eq!(lo.text("error-back-home"), "ກັບໄປໜ້າຫຼັກ");
    assert_eq!(Catalogue::embedded().translator(Locale::En).text("error-back-home"), "Back to the home page");
}

#[test]
fn an_empty_folder_changes_nothing() {
    let folder = folder(&[]);
    let catalogue = Catalogue::with_overrides(folder.path()).unwrap();
    assert_eq!(catalogue.keep().translator(Locale::En).text("error-back-home"), "Back to the home page");
}

#[test]
fn every_problem_is_named_with_file_and_line() {
    let files = [
        ("en/a.ftl", "error-back-home = Start\n\nshell-hom = Typo\nshell-version = { $number }\n"),
        ("en/b.ftl", "# again\nerror-back-home = Begin\npublication-older = Older\n    and { $older }\n"),
        ("vi/a.ftl", "shell-version = Phiên bản\n"),
    ];
    assert_eq!(
        refused(&files),
        [
            "en/a.ftl:3: there is no message shell-hom; correct the key or remove the message",
            "en/a.ftl:4: shell-version has to have the arguments $version, and has $number",
            &format!("en/b.ftl:2: error-back-home is defined in {}; keep one of the two", "en/a.ftl already"),
            "en/b.ftl:3: publication-older has to have the arguments none, and has $older",
            "vi/a.ftl:1: shell-version has to have the arguments $version, and has none",
        ]
    );
}

#[test]
fn what_is_not_well_formed_is_named_with_its_line() {
    let not_closed =
        refused(&[("en/a.ftl", "error-back-home = Start\nshell-intro = { $x\nshell-language = L\n")]);
    assert_eq!(not_closed.len(), 1);
    assert!(
        not_closed[0].starts_with("en/a.ftl:2: not well formed: ")
            || not_closed[0].starts_with("en/a.ftl:3: not well formed: "),
        "{not_closed:?}"
    );
    let no_text = refused(&[("en/a.ftl", "error-back-home = Start\nshell-intro =\nshell-language = L\n")]);
    assert!(no_text[0].starts_with("en/a.ftl:2: not well formed: "), "{no_text:?}");
}

#[test]
fn messages_stand_alone() {
    let text = "error-back-home = { shell-intro }\nshell-intro = { -brand }\n-brand = X\nshell-api = A\n    .title = B\n\
                shell-tagline = { DATETIME($x) }\nerror-back-home = twice\n";
    let found = refused(&[("en/a.ftl", text)]);
    let expected = [
        "en/a.ftl:1: error-back-home: it refers to the message shell-intro; write the text out instead",
        "en/a.ftl:2: shell-intro: it refers to the term -brand; write the text out instead",
        "en/a.ftl:3: -brand is a term; write its text into each message instead",
        "en/a.ftl:4: shell-api has attributes; make each a message of its own",
        "en/a.ftl:6: shell-tagline: DATETIME is not a function here; NUMBER is the only one",
        "en/a.ftl:7: error-back-home is defined a second time; it is on line 1 already",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_does_not_belong_in_the_folder_is_refused() {
    let found = refused(&[
        ("de/a.ftl", "error-back-home = Start\n"),
        ("en/notes.txt", ""),
        ("my", "error-back-home = x\n"),
        ("readme.md", ""),
    ]);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].starts_with("de: not a language of this platform; the languages are en, "));
    assert_eq!(found[1], "en/notes.txt: only message files named <name>.ftl belong here; move it elsewhere");
    assert_eq!(found[2], "my: this has to be a folder with .ftl files");
    assert!(found[3].starts_with("readme.md: "));
}

#[test]
fn files_that_cannot_be_used_say_why() {
    let folder = folder(&[("en/big.ftl", &format!("# {}\n", "x".repeat(1 << 20)))]);
    fs::write(folder.path().join("en/latin1.ftl"), b"error-back-home = D\xe9part\n").unwrap();
    fs::create_dir(folder.path().join("en/x.ftl")).unwrap();
    let found = problems(folder.path());
    assert_eq!(found[0], "en/big.ftl: larger than 1 MiB; keep only the messages to be said differently");
    assert_eq!(found[1], "en/latin1.ftl: not UTF-8; save it in that encoding");
    assert!(found[2].starts_with("en/x.ftl: cannot be read: "), "{found:?}");

    let absent = folder.path().join("absent");
    let error = Catalogue::with_overrides(&absent).err().unwrap().to_string();
    assert!(error.starts_with("the folder with the operator's own messages cannot be used\n"), "{error}");
    assert!(error.contains("absent: cannot be read: "), "{error}");
}

#[test]
fn lines_are_counted_through_texts_that_run_over_several() {
    let text = "error-back-home = Start\n    = x\nshell-limited\n# c\nerror-limited-hint = { $seconds ->\n[one]\n{\nNUMBER(\n$seconds)\n}\n\
                *[other] B\n}\n\n\nshell-nothing    =\n  x\n";
    let found = refused(&[("en/a.ftl", &text.replace("shell-limited\n", ""))]);
    assert_eq!(
        found,
        ["en/a.ftl:14: there is no message shell-nothing; correct the key or remove the message"]
    );
}

proptest! {
    #[test]
    fn no_folder_makes_it_panic(lines in proptest::collection::vec(
        prop_oneof![
            "(error-back-home|shell-version|-x|é|#|\\*\\[other\\]|\\[one\\]|    |\\.a|\\}|)( = |=| )(x|\\{ \\$version \\}|\\{ \\$n ->|\\{|\\{ \"|\\{ -x \\}|\\{ NUMBER\\(|)",
            "\\PC{0,20}",
        ], 0..8)) {
        let folder = folder(&[("en/a.ftl", &lines.join("\n"))]);
        match Catalogue::with_overrides(folder.path()) {
            Ok(catalogue) => prop_assert!(catalogue.keys(Locale::En).count() > 60),
            Err(error) => prop_assert!(error.problems.iter().all(|problem| problem.line > Some(0))),
        }
    }
}
