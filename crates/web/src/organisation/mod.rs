//! The public pages of organisations: the directory and one page for each. What is shown of whom is
//! `domain::organisation`'s.

mod chosen;
mod directory;
mod facets;
mod page;
mod words;

pub(crate) use directory::directory;
pub(crate) use page::page;
