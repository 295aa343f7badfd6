//! Charts, as pictures that the server makes: pure functions from numbers to marks on an SVG, and the figure around them
//! with the numbers in a table beneath. Across they measure in hundredths of the width, so that a picture fits a phone
//! and a desk with letters of one size; downwards in pixels.

mod bar;
mod label;
mod line;
mod picture;
mod scale;
mod stack;
#[cfg(test)]
mod tests;
mod tile;

use askama::Template;
use askama::filters::HtmlSafe;

pub(crate) use bar::{Bar, bars};
pub(crate) use line::{Point, line};
#[cfg(test)]
use picture::{Across, Anchor, Mark};
pub(crate) use picture::{Picture, Tint};
pub(crate) use stack::{Stack, stacks};
pub(crate) use tile::{Tile, tiles};

use crate::component::{Table, Text};

/// A chart with all that belongs to it.
#[derive(Clone, Debug, Template)]
#[template(path = "component/chart.html")]
pub(crate) struct Chart {
    pub(crate) caption: Text,
    /// What the picture shows, in a sentence; also what is said of it to those who do not see it.
    pub(crate) about: Text,
    pub(crate) picture: Picture,
    /// What the tints mean, where there is more than one.
    pub(crate) key: Vec<(Tint, Text)>,
    /// The words over the table: “The numbers”.
    pub(crate) numbers: String,
    pub(crate) table: Table,
    /// What stands there when there is nothing to show.
    pub(crate) nothing: String,
}

impl HtmlSafe for Chart {}
