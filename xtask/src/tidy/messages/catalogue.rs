//! The messages of one locale as its Fluent files give them, and what is wrong with them in themselves.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser;

use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

/// One message, attribute (`key.attribute`) or term (`-term`).
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) pattern: Pattern<String>,
    arguments: BTreeSet<String>,
    references: BTreeSet<String>,
}

/// The messages of one locale by their keys.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) messages: BTreeMap<String, Message>,
}

impl Catalogue {
    /// Reads every `.ftl` file of a locale and notes what is wrong with them.
    pub(super) fn read(tree: &Tree, locale: &str, findings: &mut Vec<Finding>) -> Catalogue {
        let mut catalogue = Catalogue::default();
        let folder = format!("locales/{locale}/");
        for (path, text) in tree.below(&folder).filter(|(path, _)| path.ends_with(".ftl")) {
            let resource = parser::parse(text.to_owned()).unwrap_or_else(|(resource, errors)| {
                findings.extend(errors.iter().map(|error| {
                    let line = 1 + text[..error.pos.start.min(text.len())].matches('\n').count();
                    Finding::new(path, line, format!("is no Fluent: {error}"), "correct the message")
                }));
                resource
            });
            catalogue.take(path, text, &resource, findings);
        }
        catalogue
    }

    /// The arguments a message needs, with those of the messages it is made of.
    pub(super) fn arguments(&self, key: &str) -> BTreeSet<String> {
        let mut arguments = BTreeSet::new();
        let mut waiting = vec![key.to_owned()];
        let mut done = BTreeSet::new();
        while let Some(key) = waiting.pop() {
            let Some(message) = self.messages.get(&key).filter(|_| done.insert(key.clone())) else {
                continue;
            };
            arguments.extend(message.arguments.iter().cloned());
            // A term sees only what it is handed, and that is counted where it is handed.
            waiting.extend(message.references.iter().filter(|key| !key.starts_with('-')).cloned());
        }
        arguments
    }

    /// The keys that other messages refer to.
    pub(super) fn referenced(&self) -> BTreeSet<&str> {
        self.messages.values().flat_map(|message| &message.references).map(String::as_str).collect()
    }

    fn take(&mut self, path: &str, text: &str, resource: &Resource<String>, findings: &mut Vec<Finding>) {
        let mut lines = Lines::of(text);
        for entry in &resource.body {
            let (key, value, attributes) = match entry {
                Entry::Message(message) => {
                    (message.id.name.clone(), message.value.as_ref(), &message.attributes)
                }
                Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
                _ => continue,
            };
            let line = lines.next_of(&key);
            if let Some(finding) = check_key(path, line, &key) {
                findings.push(finding);
            }
            if value.is_none_or(is_empty) {
                findings.push(Finding::new(path, line, format!("{key} has no text"), "write its text"));
            }
            let parts = attributes.iter().map(|part| (format!("{key}.{}", part.id.name), &part.value));
            for (key, pattern) in value.map(|value| (key.clone(), value)).into_iter().chain(parts) {
                if let Some(first) = self.messages.get(&key) {
                    let problem = format!("{key} is there twice; first at {}:{}", first.file, first.line);
                    findings.push(Finding::new(path, line, problem, "take one of them out"));
                    continue;
                }
                self.messages.insert(key, Message::new(path, line, pattern));
            }
        }
    }
}

impl Message {
    fn new(path: &str, line: usize, pattern: &Pattern<String>) -> Message {
        let mut message = Message {
            file: path.to_owned(),
            line,
            pattern: pattern.clone(),
            arguments: BTreeSet::new(),
            references: BTreeSet::new(),
        };
        message.read_pattern(pattern);
        message
    }

    /// Whether a reader would find words in it, beside arguments, numbers and marks.
    pub(super) fn has_words(&self) -> bool {
        pattern_has_words(&self.pattern)
    }

    fn read_pattern(&mut self, pattern: &Pattern<String>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.read_expression(expression);
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<String>) {
        match expression {
            Expression::Select { selector, variants } => {
                self.read_inline(selector);
                variants.iter().for_each(|variant| self.read_pattern(&variant.value));
            }
            Expression::Inline(inline) => self.read_inline(inline),
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<String>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.clone());
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|part| format!(".{}", part.name)).unwrap_or_default();
                self.references.insert(format!("{}{attribute}", id.name));
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.insert(format!("-{}", id.name));
                arguments.iter().for_each(|arguments| self.read_call(arguments));
            }
            InlineExpression::FunctionReference { arguments, .. } => self.read_call(arguments),
            InlineExpression::Placeable { expression } => self.read_expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn read_call(&mut self, arguments: &CallArguments<String>) {
        arguments.positional.iter().for_each(|argument| self.read_inline(argument));
        arguments.named.iter().for_each(|argument| self.read_inline(&argument.value));
    }
}

/// Keys begin with their file's name, so that a key tells its slice.
fn check_key(path: &str, line: usize, key: &str) -> Option<Finding> {
    let slice = path.rsplit('/').next()?.strip_suffix(".ftl")?;
    let is_kebab =
        key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    let is_named = key.starts_with('-') || key.strip_prefix(slice).is_some_and(|rest| rest.starts_with('-'));
    (!is_kebab || !is_named).then(|| {
        Finding::new(
            path,
            line,
            format!("{key} is no key of {slice}"),
            format!("call it {slice}-<name>, in small letters"),
        )
    })
}

/// Where each key is defined in a file; the parser does not tell.
struct Lines<'a>(Vec<(usize, &'a str)>);

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let key = |line: &'a str| line.split_once('=').map(|(key, _)| key.trim_end());
        Lines(text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, key(line)?))).collect())
    }

    /// The line of the key's next definition, each being told once; 0 when there is none.
    fn next_of(&mut self, key: &str) -> usize {
        let Some(at) = self.0.iter().position(|(_, known)| *known == key) else { return 0 };
        self.0.remove(at).0
    }
}

fn is_empty(pattern: &Pattern<String>) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { value } => value.trim().is_empty(),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => value.trim().is_empty(),
        PatternElement::Placeable { .. } => false,
    })
}

fn pattern_has_words(pattern: &Pattern<String>) -> bool {
    pattern.elements.iter().any(|element| match element {
        PatternElement::TextElement { value } => value.chars().any(char::is_alphabetic),
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
            variants.iter().any(|variant| pattern_has_words(&variant.value))
        }
        PatternElement::Placeable { .. } => false,
    })
}
