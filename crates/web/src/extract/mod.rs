//! What a handler is given: typed parts of a request, each of which refuses in its own words.

mod asked;
mod body;
mod client;
mod path;
mod query;
mod request_id;
mod viewer;

pub(crate) use asked::Asked;
pub(crate) use body::{Json, Upload, most, whole};
pub(crate) use client::{Browser, Peer};
pub(crate) use path::{CountryPath, Id, ListPath, NewsPath, OrganisationPath};
pub(crate) use query::Query;
pub(crate) use request_id::RequestId;
pub(crate) use viewer::Viewer;
