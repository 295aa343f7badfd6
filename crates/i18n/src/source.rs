//! One message file read and checked: its keys, the line and the arguments of each, and what is wrong with it.
//! It does not format anything; `catalogue` does.
//!
//! Each message stands alone, so that whoever translates it sees the whole sentence: no attributes, no terms,
//! no references to other messages, and no function but `NUMBER`.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::ParserError;

/// A message file that can be used.
pub(crate) struct Source {
    /// The parsed file, for the bundle.
    pub(crate) resource: FluentResource,
    /// Its messages in order.
    pub(crate) messages: Vec<Message>,
}

/// A key of a message file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) key: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// The names of `{ $name }` in it.
    pub(crate) arguments: BTreeSet<String>,
}

/// Something wrong in a message file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Counted from 1.
    pub(crate) line: usize,
    pub(crate) text: String,
}

impl Source {
    /// Reads the text of a message file. A byte order mark at its start is passed over.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
            errors.iter().map(|error| syntax_fault(text, error)).collect::<Vec<_>>()
        })?;
        let mut lines = (1..).zip(text.lines());
        let mut messages = Vec::<Message>::new();
        let mut faults = Vec::new();
        for entry in resource.entries() {
            let (name, value, attributes) = match entry {
                Entry::Message(message) => (message.id.name, message.value.as_ref(), &message.attributes),
                Entry::Term(term) => (term.id.name, None, &term.attributes),
                Entry::Comment(_)
                | Entry::GroupComment(_)
                | Entry::ResourceComment(_)
                | Entry::Junk { .. } => continue,
            };
            let is_term = matches!(entry, Entry::Term(_));
            let (line, _) =
                lines.find(|(_, line)| defines(line, name, is_term)).expect("every definition starts a line");
            let mut fault = |text: String| faults.push(Fault { line, text });
            if is_term {
                fault(format!("-{name} is a term; write its text into each message instead"));
                continue;
            }
            if !attributes.is_empty() {
                fault(format!("{name} has attributes; make each a message of its own"));
            }
            if let Some(earlier) = messages.iter().find(|message| message.key == name) {
                fault(format!("{name} is defined a second time; it is on line {} already", earlier.line));
            }
            let mut arguments = BTreeSet::new();
            match value {
                Some(pattern) => {
                    read_pattern(pattern, &mut arguments, &mut |text| fault(format!("{name}: {text}")));
                }
                None => fault(format!("{name} has no text")),
            }
            messages.push(Message { key: name.to_owned(), line, arguments });
        }
        if faults.is_empty() { Ok(Self { resource, messages }) } else { Err(faults) }
    }
}

fn syntax_fault(text: &str, error: &ParserError) -> Fault {
    let before = &text.as_bytes()[..error.pos.start.min(text.len())];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    Fault { line, text: format!("not well formed: {}", error.kind) }
}

/// Whether a line starts the definition of this message or term.
fn defines(line: &str, name: &str, is_term: bool) -> bool {
    let line = if is_term { line.strip_prefix('-') } else { Some(line) };
    let after = line.and_then(|line| line.strip_prefix(name));
    after.is_some_and(|after| after.trim_start_matches(' ').starts_with('='))
}

fn read_pattern(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>, fault: &mut dyn FnMut(String)) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            read_expression(expression, arguments, fault);
        }
    }
}

fn read_expression(
    expression: &Expression<&str>,
    arguments: &mut BTreeSet<String>,
    fault: &mut dyn FnMut(String),
) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, arguments, fault),
        Expression::Select { selector, variants } => {
            read_inline(selector, arguments, fault);
            for variant in variants {
                read_pattern(&variant.value, arguments, fault);
            }
        }
    }
}

fn read_inline(
    inline: &InlineExpression<&str>,
    arguments: &mut BTreeSet<String>,
    fault: &mut dyn FnMut(String),
) {
    match inline {
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => read_expression(expression, arguments, fault),
        InlineExpression::FunctionReference { id, arguments: call } => {
            if id.name != "NUMBER" {
                fault(format!("{} is not a function here; NUMBER is the only one", id.name));
            }
            for argument in &call.positional {
                read_inline(argument, arguments, fault);
            }
        }
        InlineExpression::MessageReference { id, .. } => {
            fault(format!("it refers to the message {}; write the text out instead", id.name));
        }
        InlineExpression::TermReference { id, .. } => {
            fault(format!("it refers to the term -{}; write the text out instead", id.name));
        }
    }
}
