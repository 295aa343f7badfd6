//! A table that becomes a list of cards on a phone.

use askama::Template;
use askama::filters::HtmlSafe;

use super::state::Chip;
use super::text::{Link, Text};

/// A table. On a phone each row is a card, in which every cell bears the name of its column.
#[derive(Clone, Debug, Template)]
#[template(path = "component/table.html")]
pub(crate) struct Table {
    pub(crate) caption: Text,
    /// Whether the caption is for those alone who do not see the heading above.
    pub(crate) is_caption_unseen: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

/// One column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) label: String,
    pub(crate) is_number: bool,
    /// How the table is ordered by it.
    pub(crate) sort: Option<Sort>,
}

/// The order by a column, and the way to change it.
#[derive(Clone, Debug)]
pub(crate) struct Sort {
    /// The same table ordered by this column, or the other way round.
    pub(crate) href: String,
    /// How it is ordered now, if by this column.
    pub(crate) now: Option<Order>,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Ascending,
    Descending,
}

/// One row: its first cell names it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
}

/// What stands in one place: a text, maybe a link, with a state and a remark beside it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/cell.html")]
pub(crate) struct Cell {
    pub(crate) text: Text,
    pub(crate) href: Option<String>,
    pub(crate) chip: Option<Chip>,
    pub(crate) note: Option<Text>,
}

impl Order {
    /// The value of `aria-sort`.
    pub(crate) fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

impl Column {
    /// A column of words.
    pub(crate) fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), is_number: false, sort: None }
    }

    /// A column of numbers, which stand under one another.
    pub(crate) fn number(label: impl Into<String>) -> Self {
        Self { is_number: true, ..Self::new(label) }
    }

    /// The same, by which the table can be ordered.
    #[must_use]
    pub(crate) fn sorted(self, href: impl Into<String>, now: Option<Order>) -> Self {
        Self { sort: Some(Sort { href: href.into(), now }), ..self }
    }

    fn aria_sort(&self) -> Option<&'static str> {
        self.sort.as_ref().and_then(|sort| sort.now).map(Order::aria)
    }
}

impl Cell {
    pub(crate) fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(crate) fn link(link: Link) -> Self {
        Self { text: link.label, href: Some(link.href), ..Self::default() }
    }

    pub(crate) fn chip(chip: Chip) -> Self {
        Self { chip: Some(chip), ..Self::default() }
    }

    #[must_use]
    pub(crate) fn noted(self, note: impl Into<Text>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

impl HtmlSafe for Table {}
impl HtmlSafe for Cell {}
