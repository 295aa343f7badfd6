//! Ways through the site: where a page stands, its neighbours, what narrows a list, what comes next. All are links, so
//! that every state has an address.

use askama::Template;
use askama::filters::HtmlSafe;

use super::text::{Link, Text};

/// The pages above this one.
#[derive(Clone, Debug, Template)]
#[template(path = "component/crumbs.html")]
pub(crate) struct Crumbs {
    /// What the trail is, for those who hear it.
    pub(crate) label: String,
    pub(crate) above: Vec<Link>,
    pub(crate) here: Text,
}

/// Sides of one thing.
#[derive(Clone, Debug, Template)]
#[template(path = "component/tabs.html")]
pub(crate) struct Tabs {
    pub(crate) label: String,
    pub(crate) items: Vec<Tab>,
}

/// One side.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub(crate) link: Link,
    pub(crate) count: Option<String>,
    pub(crate) is_current: bool,
}

/// What a list can be narrowed by.
#[derive(Clone, Debug, Template)]
#[template(path = "component/facets.html")]
pub(crate) struct Facets {
    pub(crate) label: String,
    pub(crate) groups: Vec<FacetGroup>,
}

/// One respect in which the things of a list differ.
#[derive(Clone, Debug)]
pub(crate) struct FacetGroup {
    pub(crate) heading: Text,
    pub(crate) items: Vec<Facet>,
}

/// One value, with how many things have it.
#[derive(Clone, Debug)]
pub(crate) struct Facet {
    /// The list with this value chosen, or no longer chosen.
    pub(crate) link: Link,
    pub(crate) count: String,
    pub(crate) is_chosen: bool,
}

/// Where something stands that goes through steps.
#[derive(Clone, Debug, Template)]
#[template(path = "component/steps.html")]
pub(crate) struct Steps {
    pub(crate) label: String,
    pub(crate) items: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) label: Text,
    pub(crate) state: StepState,
    /// The state in words, for those who do not see the mark.
    pub(crate) words: String,
    pub(crate) href: Option<String>,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepState {
    Done,
    Here,
    Ahead,
}

/// The way to the rest of a list.
#[derive(Clone, Debug, Template)]
#[template(path = "component/paging.html")]
pub(crate) struct Paging {
    pub(crate) label: String,
    pub(crate) back: Option<Link>,
    pub(crate) next: Option<Link>,
    /// Which part is shown: “21 to 40 of 312”.
    pub(crate) place: Option<String>,
}

impl StepState {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Here => "here",
            Self::Ahead => "ahead",
        }
    }
}

impl HtmlSafe for Crumbs {}
impl HtmlSafe for Tabs {}
impl HtmlSafe for Facets {}
impl HtmlSafe for Steps {}
impl HtmlSafe for Paging {}
