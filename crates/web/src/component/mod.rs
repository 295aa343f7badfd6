//! What pages are made of. Each component is a struct that is its template, `templates/component/NAME.html`, and has one
//! style sheet, `assets/style/component/NAME.css`. A page puts it in as `{{ name }}`: it escapes what it is given, and is
//! not escaped again. The style page shows every one.

mod list;
mod state;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod way;

pub(crate) use list::{Bilingual, Card, Cards, Fact, Facts, Figures, Moment, Pair, Published, Timeline};
pub(crate) use state::{Chip, Empty, Notice, Progress, Tone};
pub(crate) use table::{Cell, Column, Order, Row, Table};
pub(crate) use text::{Link, Text};
pub(crate) use way::{Crumbs, Facet, FacetGroup, Facets, Paging, Step, StepState, Steps, Tab, Tabs};
