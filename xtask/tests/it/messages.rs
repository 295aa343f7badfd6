//! The check `messages`.

use xtask::tidy::finding::Finding;
use xtask::tidy::messages::check;

use crate::{expect, tree};

const LOCALES: [&str; 10] = ["en", "zh-Hans", "th", "lo", "km", "my", "vi", "ms", "id", "fil"];
const EN: &str = "news-title = News\nnews-count = { $count ->\n    [one] One article\n   *[other] { $count } articles\n }\n";
const OTHER: &str = "news-title = Новости\nnews-count = Статьи: { $count }\n";
const CODE: &str =
    "fn f(t: &T) {\n    t.text(\"news-title\");\n    t.with(\"news-count\", &[(\"count\", n.into())]);\n}";

/// A tree in which every message is there, translated and used, but for these files (an empty text takes one out).
fn findings(changes: &[(&str, &str)]) -> Vec<Finding> {
    let paths = LOCALES.map(|locale| format!("locales/{locale}/news.ftl"));
    let mut files: Vec<(&str, &str)> =
        vec![("crates/i18n/Cargo.toml", ""), ("crates/web/Cargo.toml", ""), ("crates/web/src/news.rs", CODE)];
    files.extend(
        paths.iter().map(|path| (path.as_str(), if path == "locales/en/news.ftl" { EN } else { OTHER })),
    );
    files.retain(|(path, _)| !changes.iter().any(|(changed, _)| changed == path));
    files.extend(changes.iter().filter(|(_, text)| !text.is_empty()));
    check(&tree(&files))
}

#[test]
fn a_full_set_is_clean() {
    expect(findings(&[]), &[]);
}

#[test]
fn an_unknown_message_is_found_in_code_macros_and_templates() {
    let code = format!(
        "{CODE}\nfn g() {{ format!(\"{{}}\", t.text(\"news-lost\")); t.with(\"news-gone\", &args); }}"
    );
    let template = "<h1>\n{{ t.text(\"news-title\") }}</h1>\n{% if a %}{{ t.text(\"news-missing\") }}{% endif %}\n{# t.text(\"news-comment\") #}";
    expect(
        findings(&[("crates/web/src/news.rs", &code), ("crates/web/templates/news/a.html", template)]),
        &[
            ("crates/web/src/news.rs:5", "unknown message news-gone"),
            ("crates/web/src/news.rs:5", "unknown message news-lost"),
            ("crates/web/templates/news/a.html:3", "unknown message news-missing"),
        ],
    );
}

#[test]
fn an_error_code_without_a_message_is_found() {
    let error = "const STALE: &str = \"news-stale\";\nfn code(&self) -> &str {\n    match self {\n        \
                 Self::Lost => \"lost\",\n        Self::Title => \"news-title\",\n    }\n}\nfn f() { g(\"other\") }";
    let policy =
        "fn may() {\n    Err(Error::Denied(\"editor-only\"))\n}\nfn f() { Error::Conflict(\"news-title\") }";
    let changes = [("crates/domain/src/error.rs", error), ("crates/domain/src/news/policy.rs", policy)];
    expect(
        findings(&changes),
        &[
            ("crates/domain/src/error.rs:1", "news-stale"),
            ("crates/domain/src/error.rs:4", "lost"),
            ("crates/domain/src/news/policy.rs:2", "editor-only"),
        ],
    );
}

#[test]
fn the_message_of_an_error_code_may_begin_with_error() {
    let paths = LOCALES.map(|locale| format!("locales/{locale}/error.ftl"));
    let mut changes: Vec<(&str, &str)> =
        paths.iter().map(|path| (path.as_str(), "error-lost = Нет\n")).collect();
    changes[0].1 = "error-lost = Lost\n";
    changes.push(("crates/domain/src/policy.rs", "fn may() { Err(Error::Denied(\"lost\")) }"));
    expect(findings(&changes), &[]);
}

#[test]
fn a_literal_that_can_only_be_the_key_of_an_error_is_one() {
    let code = format!(
        "{CODE}\nconst ADVICE: &str = \"error-lost-advice\";\nfn g() {{ format!(\"error-{{code}}\") }}"
    );
    expect(
        findings(&[("crates/web/src/news.rs", &code)]),
        &[("crates/web/src/news.rs:5", "error-lost-advice")],
    );
}

#[test]
fn a_message_nothing_uses_is_found() {
    let code = "fn f(t: &T) { t.text(\"news-title\"); }\n#[cfg(test)] mod tests { fn f() { t.text(\"news-count\"); } }";
    expect(
        findings(&[("crates/web/src/news.rs", code)]),
        &[("locales/en/news.ftl:2", "news-count is used by no code")],
    );
}

#[test]
fn a_message_is_used_by_a_literal_a_template_or_another_message() {
    let en = format!(
        "{EN}news-both = {{ news-title }} and {{ -news-brand }}\n-news-brand = Causeway\nnews-kind = Kind\n"
    );
    let other = format!(
        "{OTHER}news-both = {{ news-title }} и {{ -news-brand }}\n-news-brand = Мост\nnews-kind = Вид\n"
    );
    let code = "const KIND: &str = \"news-kind\";";
    let template = "{{ t.text(\"news-both\") }}{{ t.with(\"news-count\", &[(\"count\", n.into())]) }}";
    let paths = LOCALES.map(|locale| format!("locales/{locale}/news.ftl"));
    let mut changes: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), other.as_str())).collect();
    changes[0].1 = &en;
    changes.push(("crates/web/src/news.rs", code));
    changes.push(("crates/web/templates/news/list.html", template));
    expect(findings(&changes), &[]);
}

#[test]
fn a_message_missing_in_a_locale_or_known_only_there_is_found() {
    let lao = "news-title = ຂ່າວ\nnews-extra = ອື່ນ\n";
    expect(
        findings(&[("locales/lo/news.ftl", lao)]),
        &[
            ("locales/en/news.ftl:2", "news-count is missing in lo"),
            ("locales/lo/news.ftl:2", "news-extra is not in en"),
        ],
    );
}

#[test]
fn a_whole_locale_that_is_missing_or_unknown_is_found() {
    expect(
        findings(&[("locales/km/news.ftl", ""), ("locales/xx/news.ftl", "news-title = X")]),
        &[("locales/km", "has no messages"), ("locales/xx", "no locale of the product")],
    );
}

#[test]
fn arguments_that_differ_between_locales_are_found() {
    let thai = "news-title = ข่าว { $name }\nnews-count = บทความ\n";
    expect(
        findings(&[("locales/th/news.ftl", thai)]),
        &[
            ("locales/th/news.ftl:1", "news-title takes $name, but in en no arguments"),
            ("locales/th/news.ftl:2", "news-count takes no arguments, but in en $count"),
        ],
    );
}

#[test]
fn arguments_that_code_does_not_hand_in_are_found() {
    let code = "fn f() {\n    t.text(\"news-count\");\n    t.with(\"news-title\", &[(\"name\", n)]);\n    \
                t.with(\"news-count\", &[(\"number\", n.into()), (\"count\", x(1, 2))]);\n    t.with(\"news-count\", &given);\n}";
    expect(
        findings(&[("crates/web/src/news.rs", code)]),
        &[
            ("crates/web/src/news.rs:2", "gives news-count no arguments, but it takes $count"),
            ("crates/web/src/news.rs:3", "gives news-title $name, but it takes no arguments"),
            ("crates/web/src/news.rs:4", "gives news-count $count, $number, but it takes $count"),
        ],
    );
}

#[test]
fn an_empty_message_is_found() {
    let malay = "news-title = { \"\" }\nnews-count = { $count }\n";
    expect(
        findings(&[("locales/ms/news.ftl", malay)]),
        &[("locales/ms/news.ftl:1", "news-title has no text")],
    );
    let broken = "news-title =\nnews-count = { $count }\n";
    expect(
        findings(&[("locales/ms/news.ftl", broken)]),
        &[
            ("locales/en/news.ftl:1", "news-title is missing in ms"),
            ("locales/ms/news.ftl:1", "is no Fluent"),
        ],
    );
}

#[test]
fn english_in_another_script_is_found_and_may_be_listed() {
    let burmese = "news-title = News\nnews-count = { $count }\n";
    let place = ("locales/my/news.ftl", burmese);
    expect(findings(&[place]), &[("locales/my/news.ftl:1", "news-title is English in my")]);
    expect(findings(&[place, ("xtask/untranslated.toml", "same = [\"news-title\"]")]), &[]);
}

#[test]
fn the_same_words_in_the_same_script_are_clean() {
    expect(findings(&[("locales/ms/news.ftl", "news-title = News\nnews-count = { $count }\n")]), &[]);
}

#[test]
fn a_listed_message_that_needs_no_listing_is_found() {
    let list = "same = [\"news-title\", \"news-gone\"]";
    expect(
        findings(&[("xtask/untranslated.toml", list)]),
        &[
            ("xtask/untranslated.toml", "lists news-gone, which is no message"),
            ("xtask/untranslated.toml", "lists news-title, which is translated everywhere"),
        ],
    );
    expect(
        findings(&[("xtask/untranslated.toml", "keys = []")]),
        &[("xtask/untranslated.toml", "has no list")],
    );
}

#[test]
fn a_message_twice_under_a_foreign_name_or_in_another_file_is_found() {
    let vietnamese = "news-title = Tin\nnews-title = Tin\nnews-count = { $count }\n";
    expect(
        findings(&[("locales/vi/news.ftl", vietnamese)]),
        &[("locales/vi/news.ftl:2", "news-title is there twice")],
    );
    let indonesian = "news-title = Berita\nnews-count = { $count }\n";
    let findings = findings(&[("locales/id/news.ftl", ""), ("locales/id/shell.ftl", indonesian)]);
    expect(
        findings,
        &[
            ("locales/id/shell.ftl:1", "news-title is no key of shell"),
            ("locales/id/shell.ftl:1", "news-title lies in locales/en/news.ftl in en"),
            ("locales/id/shell.ftl:2", "news-count is no key of shell"),
            ("locales/id/shell.ftl:2", "news-count lies in locales/en/news.ftl in en"),
        ],
    );
}

#[test]
fn a_template_that_cannot_be_read_is_found() {
    let template = "<p>\n{{ t.text(\"news-title) }}</p>";
    expect(
        findings(&[("crates/web/templates/news/a.html", template)]),
        &[("crates/web/templates/news/a.html:2", "cannot be read")],
    );
}

#[test]
fn no_english_messages_at_all_is_found() {
    expect(check(&tree(&[("crates/i18n/Cargo.toml", "")])), &[("locales", "locales/en has no messages")]);
}
