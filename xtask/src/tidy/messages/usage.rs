//! Where Rust code and templates name messages: `t.text("key")`, `t.with("key", &[("argument", ..)])`, and any
//! string literal that happens to be a key.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::tidy::finding::Finding;
use crate::tidy::rust::{as_group, as_name, each_sequence, is_mark, string_value};
use crate::tidy::tree::Tree;

/// The crates that show messages to people, or name them for those that do.
const CRATES: &[&str] = &["web", "mail", "domain", "causeway"];

/// A string literal in code or a template.
#[derive(Debug)]
pub(super) struct Usage {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) role: Role,
}

/// What the literal stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Any literal, which names a message if it is a key.
    Literal,
    /// The key of a message without arguments.
    Text,
    /// The key of a message with these arguments; `None` where they are not written out in place.
    With(Option<BTreeSet<String>>),
    /// The code of an error, which is its message's key or the rest of it after `error-`.
    ErrorCode,
}

impl Usage {
    /// The keys that the literal may stand for.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        let prefixed = (self.role == Role::ErrorCode).then(|| format!("error-{}", self.text));
        [self.text.clone()].into_iter().chain(prefixed)
    }

    /// Whether it can be nothing but the key of an error's message: `web` keeps those in tables.
    pub(super) fn is_error_key(&self) -> bool {
        let is_letter =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        self.text.strip_prefix("error-").is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_letter))
    }
}

/// Every string literal of the crates that show messages, but for test code.
pub(super) fn read(tree: &Tree, findings: &mut Vec<Finding>) -> Vec<Usage> {
    let mut usages = Vec::new();
    for file in tree.product(CRATES) {
        let is_error =
            file.below_src_of("domain").is_some_and(|path| path == "error.rs" || path.starts_with("error/"));
        collect(&file.path, 0, &file.product(), is_error, &mut usages);
    }
    for (path, text) in tree.below("crates/").filter(|(path, _)| is_template(path)) {
        for (line, expression) in expressions(text) {
            match expression.parse::<TokenStream>() {
                Ok(tokens) => collect(path, line - 1, &tokens, false, &mut usages),
                Err(error) => findings.push(Finding::new(
                    path,
                    line + error.span().start().line - 1,
                    "has an expression that cannot be read as Rust tokens",
                    "write it so that messages in it can be found: double quotes, no lone apostrophe",
                )),
            }
        }
    }
    usages
}

fn is_template(path: &str) -> bool {
    path.split('/').nth(2) == Some("templates")
}

/// The insides of `{{ .. }}` and `{% .. %}` with the line each begins at; comments `{# .. #}` are passed over.
fn expressions(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(opening) = text[at..].find('{').map(|offset| at + offset) {
        let closing = match text.as_bytes().get(opening + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = opening + 1;
                continue;
            }
        };
        let inside = opening + 2;
        let end = text[inside..].find(closing).map_or(text.len(), |offset| inside + offset);
        if closing != "#}" {
            let trims = |letter| matches!(letter, '-' | '+' | '~');
            found.push((1 + text[..inside].matches('\n').count(), text[inside..end].trim_matches(trims)));
        }
        at = (end + 2).min(text.len());
    }
    found
}

fn collect(path: &str, lines_before: usize, tokens: &TokenStream, is_error: bool, usages: &mut Vec<Usage>) {
    each_sequence(tokens, &mut |tokens| {
        for (at, token) in tokens.iter().enumerate() {
            let found = call(&tokens[at..]).or_else(|| refusal(&tokens[at..])).or_else(|| {
                let is_code = is_error && is_code(&tokens[..at]);
                Some((token.clone(), if is_code { Role::ErrorCode } else { Role::Literal }))
            });
            let Some((TokenTree::Literal(literal), role)) = found else { continue };
            if let Some(text) = string_value(&literal) {
                let line = lines_before + literal.span().start().line;
                usages.push(Usage { path: path.to_owned(), line, text, role });
            }
        }
    });
}

/// The code in `Denied("code")` or `Conflict("code")` at the start of the tokens.
fn refusal(tokens: &[TokenTree]) -> Option<(TokenTree, Role)> {
    let name = as_name(tokens.first())?;
    if name != "Denied" && name != "Conflict" {
        return None;
    }
    let inside: Vec<TokenTree> = as_group(tokens.get(1))?.stream().into_iter().collect();
    match inside.as_slice() {
        [TokenTree::Literal(_)] => Some((inside[0].clone(), Role::ErrorCode)),
        _ => None,
    }
}

/// The key and role of a call `.text("key")` or `.with("key", ..)` at the start of the tokens.
fn call(tokens: &[TokenTree]) -> Option<(TokenTree, Role)> {
    if !is_mark(tokens.first(), '.') {
        return None;
    }
    let method = as_name(tokens.get(1))?.to_string();
    let arguments = as_group(tokens.get(2)).filter(|group| group.delimiter() == Delimiter::Parenthesis)?;
    let inside: Vec<TokenTree> = arguments.stream().into_iter().collect();
    let key = inside.first().filter(|token| matches!(token, TokenTree::Literal(_)))?.clone();
    match method.as_str() {
        "text" if inside.len() == 1 => Some((key, Role::Text)),
        "with" => Some((key, Role::With(names(&inside)))),
        _ => None,
    }
}

/// The names in `"key", &[("name", value), ..]`; `None` when the list is not written out there.
fn names(inside: &[TokenTree]) -> Option<BTreeSet<String>> {
    let list = as_group(inside.get(3)).filter(|group| group.delimiter() == Delimiter::Bracket)?;
    if !is_mark(inside.get(1), ',') || !is_mark(inside.get(2), '&') {
        return None;
    }
    let pairs: Vec<TokenTree> = list.stream().into_iter().collect();
    let name = |pair: &[TokenTree]| match as_group(pair.first()).map(Group::stream)?.into_iter().next()? {
        TokenTree::Literal(name) => string_value(&name),
        _ => None,
    };
    pairs.split(|token| is_mark(Some(token), ',')).filter(|pair| !pair.is_empty()).map(name).collect()
}

/// Whether the tokens before a literal make it a code in `error.rs`: what a match arm gives (`=>`), or the value of
/// a constant.
fn is_code(before: &[TokenTree]) -> bool {
    let gives = |mark| is_mark(before.last(), mark);
    let statement = before.rsplit(|token| is_mark(Some(token), ';')).next().unwrap_or_default();
    let is_constant = statement.iter().any(|token| as_name(Some(token)).is_some_and(|name| name == "const"));
    gives('>') || gives('=') && is_constant
}
