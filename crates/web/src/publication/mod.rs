//! Publications as pages and as JSON. What may be published, and by whom, is `domain::publication`'s.

mod api;
mod export;
mod news;
mod page;

pub(crate) use api::{list, load, publish, withdraw};
pub(crate) use export::export;
pub(crate) use news::News;
pub(crate) use page::page;
