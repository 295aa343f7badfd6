//! How things stand: chips, notices, nothing here, a question before something is done, how far it has come.

use askama::Template;
use askama::filters::HtmlSafe;

use super::text::{Link, Text};

/// What a state means for whoever reads it. Never told by colour alone: the mark and the word say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing but a word.
    #[default]
    Plain,
    /// Done, or in force.
    Good,
    /// In between.
    Calm,
    /// Somebody has to look.
    Warn,
    /// It failed, or it is over.
    Bad,
}

impl Tone {
    /// The class that a style sheet knows it by.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Calm => "calm",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A state or a kind in a word or two.
#[derive(Clone, Debug, Template)]
#[template(source = "<span class=\"chip {{ tone.class() }}\">{{ text }}</span>", ext = "html")]
pub(crate) struct Chip {
    pub(crate) tone: Tone,
    pub(crate) text: Text,
}

impl Chip {
    pub(crate) fn new(tone: Tone, text: impl Into<Text>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// Something to know before the rest: what was done, or what stands in the way.
#[derive(Clone, Debug, Template)]
#[template(path = "component/notice.html")]
pub(crate) struct Notice {
    pub(crate) tone: Tone,
    pub(crate) title: Text,
    pub(crate) body: Option<Text>,
    pub(crate) links: Vec<Link>,
}

/// Nothing is here yet.
#[derive(Clone, Debug, Template)]
#[template(path = "component/empty.html")]
pub(crate) struct Empty {
    pub(crate) title: Text,
    pub(crate) hint: Text,
    pub(crate) action: Option<Link>,
}

/// How much of a whole is done.
#[derive(Clone, Debug, Template)]
#[template(path = "component/progress.html")]
pub(crate) struct Progress {
    pub(crate) label: Text,
    pub(crate) done: u64,
    pub(crate) whole: u64,
    /// The same in words: “7 of 12”.
    pub(crate) words: String,
}

impl HtmlSafe for Chip {}
impl HtmlSafe for Notice {}
impl HtmlSafe for Empty {}
impl HtmlSafe for Progress {}
