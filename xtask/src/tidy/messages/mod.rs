//! Check: every message that code names is known, every known one is named, and each locale has them all with
//! the same arguments. How good a translation is, no program can tell; that it is none, this one can.

mod catalogue;
mod usage;

use std::collections::BTreeSet;

use toml::Table;

use self::catalogue::{Catalogue, Message};
use self::usage::{Role, Usage};
use super::finding::Finding;
use super::tree::Tree;

/// The locale every other is held against.
const SOURCE: &str = "en";

/// The other locales, with whether their script is not Latin, so that English text in them is a slip.
const LOCALES: &[(&str, bool)] = &[
    ("zh-Hans", true),
    ("th", true),
    ("lo", true),
    ("km", true),
    ("my", true),
    ("vi", false),
    ("ms", false),
    ("id", false),
    ("fil", false),
];

/// Where messages that may look English in another script are listed.
const UNTRANSLATED: &str = "xtask/untranslated.toml";

/// What is wrong between code, templates and the Fluent files.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let source = Catalogue::read(tree, SOURCE, &mut findings);
    if source.messages.is_empty() {
        let problem = format!("locales/{SOURCE} has no messages");
        findings.push(Finding::new("locales", 0, problem, "write them into locales/<locale>/<slice>.ftl"));
        return findings;
    }
    let usages = usage::read(tree, &mut findings);
    findings.extend(usages.iter().filter_map(|usage| check_usage(usage, &source)));
    // Until the crate that shows them is there, nothing can use the messages.
    if tree.has_crate("web") {
        findings.extend(unused(&source, &usages));
    }
    findings.extend(unknown_locales(tree));

    let mut listed = allowed(tree, &source, &mut findings);
    for (locale, is_other_script) in LOCALES {
        let catalogue = Catalogue::read(tree, locale, &mut findings);
        if catalogue.messages.is_empty() {
            let path = format!("locales/{locale}");
            findings.push(Finding::new(
                &path,
                0,
                "has no messages",
                format!("translate those of locales/{SOURCE}"),
            ));
            continue;
        }
        findings.extend(compare(locale, &catalogue, &source));
        if *is_other_script {
            findings.extend(untranslated(locale, &catalogue, &source, &mut listed));
        }
    }
    let stale = listed.into_iter().filter(|(_, is_needed)| !is_needed).map(|(key, _)| {
        Finding::new(UNTRANSLATED, 0, format!("lists {key}, which is translated everywhere"), "take it out")
    });
    findings.extend(stale);
    findings
}

fn check_usage(usage: &Usage, source: &Catalogue) -> Option<Finding> {
    let key = &usage.text;
    let find = |problem: String, remedy: String| Some(Finding::new(&usage.path, usage.line, problem, remedy));
    if usage.role == Role::Literal && !usage.is_error_key() {
        return None;
    }
    let is_known = usage.keys().any(|key| source.messages.contains_key(&key));
    if !is_known {
        return find(
            format!("names the unknown message {key}"),
            "write it into each locale, or correct the key".into(),
        );
    }
    let needed = source.arguments(key);
    let given = match &usage.role {
        Role::Text => BTreeSet::new(),
        Role::With(Some(given)) => given.clone(),
        Role::With(None) | Role::ErrorCode | Role::Literal => return None,
    };
    if needed == given {
        return None;
    }
    find(
        format!("gives {key} {}, but it takes {}", list(&given), list(&needed)),
        "hand in what the message takes: t.with(key, &[(name, value)])".into(),
    )
}

fn unused<'a>(source: &'a Catalogue, usages: &'a [Usage]) -> impl Iterator<Item = Finding> + 'a {
    let referenced = source.referenced().into_iter().map(str::to_owned);
    let used: BTreeSet<String> = usages.iter().flat_map(Usage::keys).chain(referenced).collect();
    // An attribute belongs to its message.
    let unused = move |key: &String| !key.contains('.') && !used.contains(key);
    source.messages.iter().filter(move |(key, _)| unused(key)).map(|(key, message)| {
        Finding::new(
            &message.file,
            message.line,
            format!("{key} is used by no code and no template"),
            "take it out of every locale, or name it as a literal where it is used",
        )
    })
}

fn unknown_locales(tree: &Tree) -> impl Iterator<Item = Finding> {
    let known = |locale: &str| locale == SOURCE || LOCALES.iter().any(|(known, _)| *known == locale);
    let unknown: BTreeSet<String> = tree
        .below("locales/")
        .filter_map(|(path, _)| path.split('/').nth(1).filter(|_| path.matches('/').count() > 1))
        .filter(|locale| !known(locale))
        .map(|locale| format!("locales/{locale}"))
        .collect();
    unknown.into_iter().map(|folder| {
        Finding::new(
            &folder,
            0,
            "is no locale of the product",
            "add it to xtask/src/tidy/messages/mod.rs, or move it",
        )
    })
}

/// Missing and surplus messages, and those that take other arguments or lie in another file than in English.
fn compare(locale: &str, catalogue: &Catalogue, source: &Catalogue) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, original) in &source.messages {
        let Some(message) = catalogue.messages.get(key) else {
            let problem = format!("{key} is missing in {locale}");
            let remedy = format!("translate it in locales/{locale}/{}", file_name(original));
            findings.push(Finding::new(&original.file, original.line, problem, remedy));
            continue;
        };
        let mut find = |problem: String, remedy: &str| {
            findings.push(Finding::new(&message.file, message.line, problem, remedy));
        };
        let (needed, taken) = (source.arguments(key), catalogue.arguments(key));
        if needed != taken {
            let problem = format!("{key} takes {}, but in {SOURCE} {}", list(&taken), list(&needed));
            find(problem, "use the same arguments in every locale");
        }
        if file_name(message) != file_name(original) {
            find(
                format!("{key} lies in {} in {SOURCE}", original.file),
                "keep a message in the same file everywhere",
            );
        }
    }
    let surplus = catalogue.messages.iter().filter(|(key, _)| !source.messages.contains_key(*key));
    findings.extend(surplus.map(|(key, message)| {
        let problem = format!("{key} is not in {SOURCE}");
        Finding::new(&message.file, message.line, problem, "take it out, or write the English message first")
    }));
    findings
}

fn untranslated(
    locale: &str,
    catalogue: &Catalogue,
    source: &Catalogue,
    listed: &mut [(String, bool)],
) -> Vec<Finding> {
    let is_same = |key: &String, message: &Message| {
        let original = source.messages.get(key);
        original.is_some_and(|original| original.has_words() && original.pattern == message.pattern)
    };
    let mut findings = Vec::new();
    for (key, message) in catalogue.messages.iter().filter(|(key, message)| is_same(key, message)) {
        match listed.iter_mut().find(|(known, _)| known == key) {
            Some((_, is_needed)) => *is_needed = true,
            None => findings.push(Finding::new(
                &message.file,
                message.line,
                format!("{key} is English in {locale}"),
                format!("translate it, or list it in {UNTRANSLATED} with the reason"),
            )),
        }
    }
    findings
}

/// The listed keys, each with whether it was needed (not yet).
fn allowed(tree: &Tree, source: &Catalogue, findings: &mut Vec<Finding>) -> Vec<(String, bool)> {
    let Some(text) = tree.text(UNTRANSLATED) else { return Vec::new() };
    let table = text.parse::<Table>().ok();
    let Some(keys) = table.as_ref().and_then(|table| table.get("same")?.as_array()) else {
        findings.push(Finding::new(
            UNTRANSLATED,
            0,
            "has no list `same`",
            "write `same = [..]` with the keys",
        ));
        return Vec::new();
    };
    let keys = keys.iter().map(|key| key.as_str().unwrap_or_default().to_owned());
    let (known, unknown): (Vec<String>, Vec<String>) =
        keys.partition(|key| source.messages.contains_key(key));
    findings.extend(unknown.iter().map(|key| {
        Finding::new(UNTRANSLATED, 0, format!("lists {key}, which is no message"), "take it out")
    }));
    known.into_iter().map(|key| (key, false)).collect()
}

fn file_name(message: &Message) -> &str {
    message.file.rsplit('/').next().unwrap_or_default()
}

fn list(names: &BTreeSet<String>) -> String {
    if names.is_empty() {
        return "no arguments".into();
    }
    names.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(", ")
}
