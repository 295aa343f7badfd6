//! Things one after the other: facts, figures, moments, cards, and texts side by side.

use askama::Template;
use askama::filters::HtmlSafe;
use i18n::Stamp;

use super::state::{Chip, Tone};
use super::table::Cell;
use super::text::{Link, Text};

/// What is known of one thing.
#[derive(Clone, Debug, Template)]
#[template(path = "component/facts.html")]
pub(crate) struct Facts {
    pub(crate) items: Vec<Fact>,
}

/// One fact; it may have several values.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) values: Vec<Cell>,
}

/// Figures with what they count, and below them who says so and when.
#[derive(Clone, Debug, Template)]
#[template(path = "component/figures.html")]
pub(crate) struct Figures {
    /// What they are figures of, for those who do not see them side by side.
    pub(crate) label: String,
    pub(crate) items: Vec<Published>,
    /// Who says so, and when; with a link where there is one.
    pub(crate) source: Option<Link>,
    /// What has to be said beside them.
    pub(crate) note: Option<Text>,
}

/// One figure as it was published.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    /// The number, and what stands before and after it: “about”, “more than”.
    pub(crate) number: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) label: Text,
    /// When that was so.
    pub(crate) as_of: String,
}

/// What happened, the latest first or last as the page has it.
#[derive(Clone, Debug, Template)]
#[template(path = "component/timeline.html")]
pub(crate) struct Timeline {
    pub(crate) items: Vec<Moment>,
}

/// One moment.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub(crate) when: Stamp,
    pub(crate) title: Text,
    pub(crate) body: Option<Text>,
    pub(crate) tone: Tone,
}

/// Things to choose from, each with a page of its own.
#[derive(Clone, Debug, Template)]
#[template(path = "component/cards.html")]
pub(crate) struct Cards {
    pub(crate) items: Vec<Card>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) link: Link,
    pub(crate) lead: Option<Text>,
    pub(crate) chips: Vec<Chip>,
    /// A line of small print.
    pub(crate) note: Option<Text>,
}

/// A text and its translation, paragraph beside paragraph.
#[derive(Clone, Debug, Template)]
#[template(path = "component/bilingual.html")]
pub(crate) struct Bilingual {
    /// The names of the two languages.
    pub(crate) heads: (Text, Text),
    pub(crate) pairs: Vec<Pair>,
}

/// A paragraph in both languages, and how the translation stands.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) from: Text,
    pub(crate) to: Text,
    pub(crate) state: Option<Chip>,
}

impl Fact {
    pub(crate) fn new(label: impl Into<String>, value: Cell) -> Self {
        Self { label: label.into(), values: vec![value] }
    }
}

impl HtmlSafe for Facts {}
impl HtmlSafe for Figures {}
impl HtmlSafe for Timeline {}
impl HtmlSafe for Cards {}
impl HtmlSafe for Bilingual {}
