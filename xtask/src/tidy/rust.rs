//! Rust files as the checks read them: parsed once, with test code told apart from product code.
//!
//! Most checks look at token trees rather than at syntax trees, since what they look for (`sql!("..")`, a message
//! key, `crate::slice`) may stand inside the arguments of any macro.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};

/// A Rust file.
pub struct RustFile {
    /// Its path from the root of the workspace.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Whether it is test code as a whole: below `tests/` or `benches/`, or a module under `#[cfg(test)]`.
    pub is_test: bool,
    /// What the compiler would see, or the line and words of the first error.
    pub parsed: Result<Parsed, (usize, String)>,
}

/// A file that parses.
pub struct Parsed {
    /// The syntax tree of everything in it.
    pub syntax: syn::File,
    /// The tokens of everything in it.
    pub all: TokenStream,
    /// The tokens of everything in it but the items marked as tests.
    pub product: TokenStream,
}

impl RustFile {
    /// Whether it lies in `crates/<name>/src/`.
    pub fn is_in_src_of(&self, name: &str) -> bool {
        self.below_src_of(name).is_some()
    }

    /// Its path below `crates/<name>/src/`.
    pub fn below_src_of(&self, name: &str) -> Option<&str> {
        self.path.strip_prefix("crates/")?.strip_prefix(name)?.strip_prefix("/src/")
    }

    /// The product tokens of a file that parses; none otherwise, which the check `heads` reports.
    pub fn product(&self) -> TokenStream {
        self.parsed.as_ref().map(|parsed| parsed.product.clone()).unwrap_or_default()
    }
}

/// Parses all files and marks the test code among them.
pub(super) fn read_all<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<RustFile> {
    let mut all: Vec<RustFile> = files.map(|(path, text)| read(path, text)).collect();
    let folders: BTreeSet<String> = all.iter().flat_map(test_modules).collect();
    for file in &mut all {
        let stem = file.path.strip_suffix(".rs").unwrap_or(&file.path);
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        file.is_test |= folders.iter().any(|test| {
            stem.strip_prefix(test.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
    }
    all
}

fn read(path: &str, text: &str) -> RustFile {
    let parsed = text
        .parse::<TokenStream>()
        .map_err(|error| (error.span().start().line, error.to_string()))
        .and_then(|tokens| match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(syntax) => Ok(Parsed { syntax, product: without_tests(tokens.clone()), all: tokens }),
            Err(error) => Err((error.span().start().line, error.to_string())),
        });
    let is_test = path.split('/').any(|part| part == "tests" || part == "benches")
        || parsed.as_ref().is_ok_and(|parsed| parsed.syntax.attrs.iter().any(is_test_condition));
    RustFile { path: path.to_owned(), text: text.to_owned(), is_test, parsed }
}

/// Where the modules lie that the file declares as `#[cfg(test)] mod name;`, as paths without `.rs`.
fn test_modules(file: &RustFile) -> Vec<String> {
    let Ok(parsed) = &file.parsed else { return Vec::new() };
    let stem = file.path.strip_suffix(".rs").unwrap_or(&file.path);
    let folder = match stem.rsplit_once('/') {
        Some((folder, "mod" | "lib" | "main")) => folder,
        _ => stem,
    };
    let declared = parsed.syntax.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.content.is_none() => Some(module),
        _ => None,
    });
    declared
        .filter(|module| module.attrs.iter().any(is_test_condition))
        .map(|module| format!("{folder}/{}", module.ident))
        .collect()
}

/// Whether the attribute is a `cfg` that holds in tests.
fn is_test_condition(attribute: &syn::Attribute) -> bool {
    matches!(&attribute.meta, syn::Meta::List(list) if list.path.is_ident("cfg") && names_test(&list.tokens))
}

/// The tokens without the items under `#[cfg(test)]` or a test attribute, at any depth.
pub fn without_tests(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        let attribute = match (&token, rest.peek()) {
            (TokenTree::Punct(mark), Some(TokenTree::Group(group))) if mark.as_char() == '#' => Some(group),
            _ => None,
        };
        if attribute.is_some_and(is_test_attribute) {
            let is_end = |token: &TokenTree| match token {
                TokenTree::Punct(mark) => mark.as_char() == ';',
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Ident(_) | TokenTree::Literal(_) => false,
            };
            rest.by_ref().find(is_end);
        } else if let TokenTree::Group(group) = token {
            let mut inner = Group::new(group.delimiter(), without_tests(group.stream()));
            inner.set_span(group.span());
            kept.push(TokenTree::Group(inner));
        } else {
            kept.push(token);
        }
    }
    kept.into_iter().collect()
}

fn is_test_attribute(attribute: &Group) -> bool {
    let tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(arguments)] if name == "cfg" => {
            names_test(&arguments.stream())
        }
        [.., TokenTree::Ident(name)] | [.., TokenTree::Ident(name), TokenTree::Group(_)] => name == "test",
        _ => false,
    }
}

/// Whether a `cfg` condition holds in tests: it names `test`, and not to deny it.
fn names_test(condition: &TokenStream) -> bool {
    let mut found = false;
    let mut denied = false;
    each_sequence(condition, &mut |tokens| {
        found |= tokens.iter().any(|token| matches!(token, TokenTree::Ident(name) if name == "test"));
        denied |= tokens.iter().any(|token| matches!(token, TokenTree::Ident(name) if name == "not"));
    });
    found && !denied
}

/// Shows `visit` every run of neighbouring tokens: the stream itself, then the inside of each group in it.
pub fn each_sequence(tokens: &TokenStream, visit: &mut dyn FnMut(&[TokenTree])) {
    let sequence: Vec<TokenTree> = tokens.clone().into_iter().collect();
    visit(&sequence);
    for token in &sequence {
        if let TokenTree::Group(group) = token {
            each_sequence(&group.stream(), visit);
        }
    }
}

/// The types, traits and modules that neighbouring tokens define, in a macro's arguments too: what it is, and its name.
pub fn definitions(tokens: &[TokenTree]) -> impl Iterator<Item = (&'static str, &Ident)> {
    tokens.windows(2).filter_map(|pair| {
        let keyword = as_name(pair.first())?.to_string();
        let what = match keyword.as_str() {
            "struct" | "enum" | "union" | "type" => "type",
            "trait" => "trait",
            "mod" => "module",
            _ => return None,
        };
        Some((what, as_name(pair.get(1))?))
    })
}

/// The value of a string literal; `None` for any other literal.
pub fn string_value(literal: &Literal) -> Option<String> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// The line of a token, from 1.
pub fn line_of(token: &TokenTree) -> usize {
    token.span().start().line
}

/// Whether the token is this punctuation mark.
pub fn is_mark(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// The token as a name.
pub fn as_name(token: Option<&TokenTree>) -> Option<&Ident> {
    match token {
        Some(TokenTree::Ident(name)) => Some(name),
        _ => None,
    }
}

/// The inside of the token, if it is a group.
pub fn as_group(token: Option<&TokenTree>) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) => Some(group),
        _ => None,
    }
}
