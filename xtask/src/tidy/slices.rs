//! Check: inside the crate `domain`, a slice imports another only where `xtask/slices.toml` says so, and what is
//! shared by all imports none. Tests may build whole worlds and are not looked at.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use toml::{Table, Value};

use super::finding::Finding;
use super::rust::{RustFile, as_group, as_name, is_mark, line_of};
use super::tree::Tree;

/// Where the list lies.
pub const LIST: &str = "xtask/slices.toml";

/// The arrows between modules of the domain that are not on the list, and what is wrong with the list.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let list = match List::read(tree) {
        Ok(list) => list,
        Err(problem) => {
            return vec![Finding::new(LIST, 0, problem, "see the comments in the file for its form")];
        }
    };
    let files: Vec<&RustFile> = tree.product(&["domain"]).collect();
    let modules: BTreeSet<&str> = files.iter().filter_map(|file| module_of(file)).collect();
    let mut findings = check_list(&list, &modules);
    for file in files {
        match module_of(file) {
            Some(module) => findings.extend(check_file(file, module, &list, &modules)),
            None => findings.extend(check_root(file, &list)),
        }
    }
    findings
}

/// What `xtask/slices.toml` says.
struct List {
    shared: BTreeSet<String>,
    slices: BTreeMap<String, BTreeSet<String>>,
}

impl List {
    fn read(tree: &Tree) -> Result<List, String> {
        let text = tree.text(LIST).ok_or("does not exist")?;
        let table: Table = text.parse().map_err(|error| format!("is not TOML: {error}"))?;
        let names = |value: Option<&Value>, of: &str| -> Result<BTreeSet<String>, String> {
            let list = value.and_then(Value::as_array).ok_or_else(|| format!("{of} is no list"))?;
            list.iter()
                .map(|name| {
                    name.as_str().map(str::to_owned).ok_or_else(|| format!("{of} holds more than names"))
                })
                .collect()
        };
        let slices = table.get("slices").and_then(Value::as_table).ok_or("has no table `slices`")?;
        let slices = slices
            .iter()
            .map(|(slice, list)| Ok((slice.clone(), names(Some(list), slice)?)))
            .collect::<Result<_, String>>()?;
        Ok(List { shared: names(table.get("shared"), "shared")?, slices })
    }

    fn allows(&self, from: &str, to: &str) -> bool {
        self.shared.contains(to) || self.slices.get(from).is_some_and(|allowed| allowed.contains(to))
    }
}

/// The module right below the root of the domain that the file belongs to; `None` for the root itself.
fn module_of(file: &RustFile) -> Option<&str> {
    let path = file.below_src_of("domain")?;
    let module = path.split_once('/').map_or(path, |(folder, _)| folder);
    let module = module.strip_suffix(".rs").unwrap_or(module);
    (module != "lib").then_some(module)
}

fn check_list(list: &List, modules: &BTreeSet<&str>) -> Vec<Finding> {
    let unlisted = modules
        .iter()
        .filter(|module| !list.shared.contains(**module) && !list.slices.contains_key(**module));
    let unlisted = unlisted.map(|module| {
        Finding::new(
            LIST,
            0,
            format!("does not know the module {module} of crates/domain"),
            "a new slice needs a decision entry and a row under `slices`",
        )
    });
    let named = list.slices.iter().flat_map(|(slice, allowed)| allowed.iter().chain([slice]));
    let gone = named.filter(|slice| !modules.contains(slice.as_str())).map(|slice| {
        Finding::new(
            LIST,
            0,
            format!("names {slice}, which crates/domain does not have"),
            "take the name out",
        )
    });
    unlisted.chain(gone).collect()
}

fn check_file(file: &RustFile, module: &str, list: &List, modules: &BTreeSet<&str>) -> Vec<Finding> {
    let is_wrong =
        |target: &str| target != module && modules.contains(target) && !list.allows(module, target);
    let what =
        if list.shared.contains(module) { "shared by all slices and imports none" } else { "another slice" };
    references(file)
        .into_iter()
        .filter(|(target, _)| is_wrong(target))
        .map(|(target, line)| {
            let problem = if list.shared.contains(module) {
                format!("{module} imports {target}, but it is {what}")
            } else {
                format!("{module} imports {target}, {what} that is not on its list")
            };
            Finding::new(
                &file.path,
                line,
                problem,
                format!("react through a job, or give the arrow a decision entry and add it to {LIST}"),
            )
        })
        .collect()
}

/// The root may re-export what is shared, but a slice's name at the root would hide an arrow to it.
fn check_root(file: &RustFile, list: &List) -> Vec<Finding> {
    let Ok(parsed) = &file.parsed else { return Vec::new() };
    let uses = parsed.syntax.items.iter().filter_map(|item| match item {
        syn::Item::Use(item) => Some(item),
        _ => None,
    });
    let mut findings = Vec::new();
    for item in uses {
        let mut first = Vec::new();
        first_names(&item.tree, &mut first);
        findings.extend(first.iter().filter(|name| list.slices.contains_key(&name.to_string())).map(
            |name| {
                Finding::new(
                    &file.path,
                    name.span().start().line,
                    format!("re-exports from {name} at the root, where no arrow between slices is seen"),
                    format!("let callers write {name}::.."),
                )
            },
        ));
    }
    findings
}

fn first_names<'a>(tree: &'a syn::UseTree, names: &mut Vec<&'a syn::Ident>) {
    match tree {
        syn::UseTree::Path(path) if path.ident == "crate" || path.ident == "self" => {
            first_names(&path.tree, names);
        }
        syn::UseTree::Path(path) => names.push(&path.ident),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| first_names(tree, names)),
        _ => {}
    }
}

/// The names that the file takes from the root of its crate, with their lines: `crate::name`, in an import, a
/// path or a macro's arguments, and `super::` where it leads up to the root.
fn references(file: &RustFile) -> Vec<(String, usize)> {
    let depth = depth_of(file);
    let mut found = Vec::new();
    collect(&file.product().into_iter().collect::<Vec<_>>(), depth, &mut found);
    found
}

/// How many `super` lead from the file's module to the root of the crate.
fn depth_of(file: &RustFile) -> usize {
    let path = file.below_src_of("domain").unwrap_or_default();
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    stem.strip_suffix("/mod").unwrap_or(stem).split('/').count()
}

fn collect(tokens: &[TokenTree], depth: usize, found: &mut Vec<(String, usize)>) {
    let mut at = 0;
    while at < tokens.len() {
        let opens_module = at >= 2 && as_name(tokens.get(at - 2)).is_some_and(|name| name == "mod");
        if let Some(group) = as_group(tokens.get(at)) {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            collect(&inner, depth + usize::from(opens_module), found);
            at += 1;
            continue;
        }
        match after_root(&tokens[at..], depth) {
            Some(length) => {
                targets(&tokens[at + length..], found);
                at += length;
            }
            None => at += 1,
        }
    }
}

/// How many tokens at the start name the root of the crate, with the closing `::`.
fn after_root(tokens: &[TokenTree], depth: usize) -> Option<usize> {
    let segment = |at: usize, word: &str| {
        as_name(tokens.get(at)).is_some_and(|name| name == word)
            && is_mark(tokens.get(at + 1), ':')
            && is_mark(tokens.get(at + 2), ':')
    };
    if segment(0, "crate") {
        return Some(3);
    }
    let supers = (0..).take_while(|step| segment(step * 3, "super")).count();
    (supers > 0 && supers == depth).then_some(supers * 3)
}

/// The name that follows the root, or each first name in the braces that follow it.
fn targets(tokens: &[TokenTree], found: &mut Vec<(String, usize)>) {
    if let Some(name) = as_name(tokens.first()) {
        found.push((name.to_string(), line_of(&tokens[0])));
    } else if let Some(group) = as_group(tokens.first()) {
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        for part in inner.split(|token| is_mark(Some(token), ',')) {
            targets(part, found);
        }
    }
}
