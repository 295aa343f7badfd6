//! Publications as pages and as JSON. What may be published, and by whom, is `domain::publication`'s.

mod api;
mod desk;
mod export;
mod feed;
mod form;
mod news;
mod page;
mod withdrawal;
mod writing;

pub(crate) use api::{list, load, publish, withdraw};
pub(crate) use desk::desk;
pub(crate) use export::export;
pub(crate) use feed::{feed, table};
pub(crate) use news::News;
pub(crate) use page::page;
pub(crate) use withdrawal::{question as withdrawal_question, withdraw as withdraw_by_form};
pub(crate) use writing::{publish as publish_by_form, revise as revise_by_form, revision, write};
