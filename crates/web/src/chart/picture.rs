//! What a picture is made of.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

/// A place or a width across the picture, in hundredths of a percent of its width: exact, and written as `43.25%`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Across(pub(crate) u32);

impl Across {
    /// The whole width.
    pub(crate) const WHOLE: Self = Self(10_000);

    /// `part` of `whole` of the width; nothing of nothing.
    pub(crate) fn share(part: u64, whole: u64) -> Self {
        let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
        let hundredths = (part * u128::from(Self::WHOLE.0) * 2 + whole).checked_div(whole * 2).unwrap_or(0);
        Self(u32::try_from(hundredths).unwrap_or(Self::WHOLE.0))
    }

    pub(crate) fn to(self, end: Self) -> Self {
        Self(end.0.saturating_sub(self.0))
    }
}

impl fmt::Display for Across {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}%"),
            (whole, part) => write!(f, "{whole}.{part:02}%"),
        }
    }
}

/// A colour that goes with a pattern of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tint {
    First,
    Second,
    Third,
    Fourth,
    /// Nothing is known, or nothing is there.
    Blank,
}

impl Tint {
    /// The tints of series, in their order; they begin again after the fourth.
    pub(crate) fn nth(index: usize) -> Self {
        [Self::First, Self::Second, Self::Third, Self::Fourth][index % 4]
    }

    /// The class that the style sheet knows it by.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::First => "tone-1",
            Self::Second => "tone-2",
            Self::Third => "tone-3",
            Self::Fourth => "tone-4",
            Self::Blank => "lane",
        }
    }

    /// The number of its pattern, where it has one.
    pub(crate) fn pattern(self) -> Option<u8> {
        match self {
            Self::First | Self::Blank => None,
            Self::Second => Some(2),
            Self::Third => Some(3),
            Self::Fourth => Some(4),
        }
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn value(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// One thing that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A surface in a tint, with what it stands for.
    Surface { x: Across, y: u32, width: Across, height: u32, tint: Tint, says: String },
    /// A line.
    Stroke { from: (Across, u32), to: (Across, u32), class: &'static str },
    /// A point.
    Dot { at: (Across, u32), says: String },
    /// A text; `shift` moves it by pixels across.
    Label {
        at: (Across, u32),
        shift: i32,
        anchor: Anchor,
        class: &'static str,
        text: String,
        lang: Option<&'static str>,
    },
}

/// A picture. Its `id` is its own on the page.
#[derive(Clone, Debug, Template)]
#[template(path = "component/picture.html")]
pub(crate) struct Picture {
    pub(crate) id: &'static str,
    pub(crate) height: u32,
    pub(crate) marks: Vec<Mark>,
    /// What it is called, and what it shows.
    pub(crate) title: String,
    pub(crate) about: String,
}

impl Picture {
    /// The numbers of the patterns that are needed.
    fn patterns(&self) -> Vec<u8> {
        let mut patterns: Vec<u8> = self
            .marks
            .iter()
            .filter_map(|mark| if let Mark::Surface { tint, .. } = mark { tint.pattern() } else { None })
            .collect();
        patterns.sort_unstable();
        patterns.dedup();
        patterns
    }
}

impl HtmlSafe for Picture {}
