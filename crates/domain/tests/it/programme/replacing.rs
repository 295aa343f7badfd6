//! An operator's files take the place of those that come with the program, or are refused with their line and a way out.

use std::fs;
use std::path::Path;

use domain::programme::{CountryCode, EMBEDDED, ListKind, Programme};
use i18n::Locale;

/// A folder with some files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn embedded(name: &str) -> &'static str {
    EMBEDDED.iter().find(|(known, _)| *known == name).unwrap().1
}

/// The embedded file with one text in the place of another.
fn changed(name: &str, from: &str, to: &str) -> String {
    let text = embedded(name);
    assert!(text.contains(from), "{name} has no {from}");
    text.replacen(from, to, 1)
}

/// What is said of a folder, without the path of the folder.
fn refusal(files: &[(&str, &str)]) -> Vec<String> {
    let folder = folder(files);
    let problems = Programme::load(folder.path()).unwrap_err();
    let strip = |text: String| text.replace(&format!("{}/", folder.path().display()), "");
    problems.0.iter().map(|problem| strip(problem.to_string())).collect()
}

/// The one thing said of a file in which one text stands in the place of another.
fn refused(name: &str, from: &str, to: &str) -> String {
    let mut said = refusal(&[(name, &changed(name, from, to))]);
    assert_eq!(said.len(), 1, "{said:#?}");
    said.remove(0)
}

#[test]
fn a_folder_that_does_not_exist_replaces_nothing() {
    let programme = Programme::load(Path::new("/does/not/exist")).unwrap();
    assert_eq!(programme, Programme::embedded());
}

#[test]
fn a_file_replaces_that_of_the_same_name_alone() {
    let countries =
        changed("countries.toml", "code = \"TL\"\nserved = false", "code = \"TL\"\nserved = true");
    let folder = folder(&[("countries.toml", &countries)]);
    let programme = Programme::load(folder.path()).unwrap();
    assert!(programme.country(CountryCode::parse("TL").unwrap()).is_some());
    let replaced: Vec<_> = programme.files().iter().filter(|file| file.replaced).collect();
    assert_eq!(replaced.len(), 1);
    assert_eq!(replaced[0].name, "countries.toml");
}

#[test]
fn what_comes_with_the_program_can_be_written_out_and_read_again() {
    let folder = folder(EMBEDDED);
    let programme = Programme::load(folder.path()).unwrap();
    assert!(programme.files().iter().all(|file| file.replaced));
    assert!(programme.countries().eq(Programme::embedded().countries()));
}

#[test]
fn an_added_code_is_offered_and_a_retired_one_is_kept() {
    let name = "lists/organisation-kinds.toml";
    let text = changed(name, "code = \"individual\"", "code = \"individual\"\nretired = true");
    let labels: String =
        Locale::ALL.iter().map(|locale| format!("{} = \"{}\"\n", locale.tag(), label(*locale))).collect();
    let text = format!("{text}\n[[entry]]\ncode = \"museum\"\n[entry.labels]\n{labels}");
    let folder = folder(&[(name, &text)]);
    let programme = Programme::load(folder.path()).unwrap();
    let list = programme.list(ListKind::OrganisationKinds);
    assert!(list.offers("museum") && !list.offers("individual"));
    assert_eq!(list.label("individual", Locale::En), Some("Expert in their own name"));
}

fn label(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhHans => "博物馆",
        Locale::Th => "พิพิธภัณฑ์",
        Locale::Lo => "ພິພິທະພັນ",
        Locale::Km => "សារមន្ទីរ",
        Locale::My => "ပြတိုက်",
        _ => "Museum",
    }
}

#[test]
fn a_label_that_is_missing_or_in_the_wrong_script_is_refused_with_its_line() {
    let name = "lists/partner-kinds.toml";
    assert_eq!(
        refused(name, "th = \"ศูนย์\"\n", ""),
        "lists/partner-kinds.toml:8: labels.th: is missing; write it in all ten languages, also in “th”"
    );
    assert_eq!(
        refused(name, "\"ศูนย์\"", "\"Centre\""),
        "lists/partner-kinds.toml:11: labels.th: is not in the script of that language; translate it"
    );
    let other = refused(name, "lo = \"ສູນ\"", "lo = \"ศูนย์\"");
    assert!(
        other.starts_with("lists/partner-kinds.toml:12: labels.lo: “ศ” is no letter of that language"),
        "{other}"
    );
}

#[test]
fn two_codes_or_two_labels_that_are_the_same_are_refused() {
    let name = "lists/partner-kinds.toml";
    let twice = refusal(&[(name, &changed(name, "code = \"agency\"", "code = \"centre\""))]);
    assert!(twice[0].contains("“agency” is missing"), "{twice:#?}");
    assert!(twice[1].contains("“centre” stands here twice"), "{twice:#?}");
    let label = refused(name, "en = \"Authority\"", "en = \"Centre\"");
    assert!(label.contains("labels.en: “Centre” is the label of another code too"), "{label}");
}

#[test]
fn a_code_that_records_may_carry_cannot_be_removed() {
    let name = "lists/indicators.toml";
    let text = embedded(name);
    let (kept, _) = text.split_at(text.rfind("[[entry]]").unwrap());
    let said = refusal(&[(name, kept)]);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(
        said[0].contains("“trading-platform” is missing") && said[0].contains("retired = true"),
        "{said:#?}"
    );
}

#[test]
fn a_code_that_is_nowhere_defined_is_refused() {
    for (name, from, to, what) in [
        (
            "partners.toml",
            "source = \"case-study-2020\"",
            "source = \"hearsay\"",
            "source: “hearsay” is not in sources.toml",
        ),
        ("partners.toml", "[\"funding\"]", "[\"luck\"]", "roles: “luck” is not in lists/partner-roles.toml"),
        ("partners.toml", "country = \"TH\"", "country = \"FR\"", "country: FR is not in countries.toml"),
        (
            "mechanisms.toml",
            "\"agreement-signed\"",
            "\"agreed\"",
            "agreement.state: “agreed” is not in lists/mechanism-states.toml",
        ),
        (
            "mechanisms.toml",
            "[\"th-nstda\"]",
            "[\"th-none\"]",
            "implementation: “th-none” is not in partners.toml",
        ),
        (
            "mechanisms.toml",
            "[\"th-nstda\"]",
            "[\"la-most\"]",
            "implementation: “la-most” is a partner of LA, not of TH",
        ),
        (
            "figures.toml",
            "kind = \"staff\"",
            "kind = \"stuff\"",
            "kind: “stuff” is not in lists/figure-kinds.toml",
        ),
    ] {
        let said = refusal(&[(name, &changed(name, from, to))]);
        assert!(said.iter().any(|line| line.contains(what)), "{what}: {said:#?}");
        assert!(said.iter().any(|line| line.starts_with(&format!("{name}:"))), "{said:#?}");
    }
}

#[test]
fn unknown_keys_codes_of_countries_and_shapes_are_refused() {
    let name = "countries.toml";
    let key = refused(name, "served = true", "server = true");
    assert!(
        key.contains("unknown field `server`; correct or remove it. Known here:") && key.contains("`served`"),
        "{key}"
    );
    for (from, to, what) in [
        ("code = \"TH\"", "code = \"XX\"", "“XX” is not the code of a country"),
        ("\"THB\"", "\"BAHT\"", "“BAHT” is no currency"),
        ("\"fri\"", "\"friday\"", "“friday” is no day"),
        ("\"Asia/Bangkok\"", "\"Asia/Siam\"", "zones: “Asia/Siam” is no time zone"),
        ("[\"th\"]", "[\"siamese\"]", "languages: “siamese” is no language"),
        ("home = \"CN\"", "home = \"TL\"", "home: TL is not among the countries that are served"),
        ("version = 1", "version = 0", "edition.version: editions are numbered from 1"),
        ("version = 1", "", "missing field `version`"),
        ("code = \"TH\"", "code = \"CN\"", "code: CN stands here twice"),
    ] {
        let said = refusal(&[(name, &changed(name, from, to))]);
        assert!(said.iter().any(|line| line.contains(what)), "{what}: {said:#?}");
        assert!(said.iter().any(|line| line.starts_with("countries.toml:")), "{said:#?}");
    }
}

#[test]
fn a_file_of_another_name_is_refused_and_a_hidden_one_passed_over() {
    let said = refusal(&[
        ("country.toml", ""),
        ("lists/colours.toml", ""),
        ("calendars/Siam-2026.toml", ""),
        ("notes/a", ""),
    ]);
    assert_eq!(said.len(), 4, "{said:#?}");
    assert!(
        said[0].starts_with("calendars/Siam-2026.toml: is no file of the programme; a calendar is called")
    );
    assert!(said[1].starts_with(
        "country.toml: is no file of the programme; rename or remove it. The files are countries"
    ));
    assert!(said[2].starts_with(
        "lists/colours.toml: is no list of the programme; the lists are organisation-kinds.toml"
    ));
    assert!(said[3].starts_with("notes: is no folder of the programme"));
    let hidden = folder(&[(".backup/x", ""), (".note", "")]);
    assert_eq!(Programme::load(hidden.path()).unwrap(), Programme::embedded());
}

/// A calendar of Thailand with one day off.
fn calendar(year: i16, rest: &str) -> String {
    format!(
        "country = \"TH\"\nyear = {year}\n[edition]\nversion = 1\nsource = \"a test\"\nas_of = \"2027-11\"\n\
         [[day_off]]\ndate = \"{year}-04-13\"\nstatus = \"announced\"\n{rest}"
    )
}

#[test]
fn a_year_is_added_by_a_file() {
    let folder =
        folder(&[("calendars/TH-2028.toml", &calendar(2028, "holiday = \"traditional-new-year\"\n"))]);
    let programme = Programme::load(folder.path()).unwrap();
    let thailand = CountryCode::parse("TH").unwrap();
    let works = |day| programme.is_working_day(thailand, jiff::civil::date(2028, 4, day)).unwrap();
    assert!(works(12) && !works(13));
    assert!(programme.is_working_day(thailand, jiff::civil::date(2029, 1, 1)).is_err());
}

#[test]
fn a_calendar_that_cannot_be_counted_on_is_refused() {
    let name = "calendars/TH-2028.toml";
    for (year, rest, what) in [
        (2028, "holiday = \"songkran\"\n", "holiday: “songkran” is not in lists/holidays.toml"),
        (2028, "", "names.en: is missing in “en”"),
        (2028, "names = { en = \"Water\" }\n", "names.th: is missing in “th”"),
        (2028, "names = { en = \"Water\", th = \"Water\" }\n", "names.th: is not in the script"),
        (2028, "holiday = \"vesak\"\nnames = { en = \"Vesak\" }\n", "names: has a holiday already"),
        (
            2028,
            "holiday = \"vesak\"\nto = \"2028-04-01\"\n",
            "date: does not lie in 2028, or ends before it begins",
        ),
        (2028, "holiday = \"vesak\"\nto = \"2029-01-01\"\n", "date: does not lie in 2028"),
        (2028, "holiday = \"vesak\"\ncolour = \"red\"\n", "unknown field `colour`"),
        (
            2028,
            "holiday = \"vesak\"\n[[day_off]]\ndate = \"2028-04-13\"\nholiday = \"vesak\"\nstatus = \"expected\"\n",
            "date: a day stands here twice",
        ),
        (
            2028,
            "holiday = \"vesak\"\n[[workday]]\ndate = \"2028-04-14\"\nstatus = \"expected\"\n",
            "date: is a working day of the week anyway",
        ),
        (2029, "holiday = \"vesak\"\n", "country: this file has to be called calendars/TH-2029.toml"),
    ] {
        let said = refusal(&[(name, &calendar(year, rest))]);
        assert!(said.iter().any(|line| line.contains(what)), "{what}: {said:#?}");
        assert!(said.iter().all(|line| line.starts_with(name)), "{said:#?}");
    }
    let gap = refusal(&[("calendars/TH-2029.toml", &calendar(2029, "holiday = \"vesak\"\n"))]);
    assert!(gap[0].contains("year: the calendar after 2027 is missing"), "{gap:#?}");
    let stranger = calendar(2026, "holiday = \"vesak\"\n").replace("\"TH\"", "\"FR\"");
    let said = refusal(&[("calendars/FR-2026.toml", &stranger)]);
    assert!(said[0].contains("country: FR is not in countries.toml"), "{said:#?}");
}
