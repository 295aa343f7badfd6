//! The site as its visitors, programs and operators meet it. One binary; `world` makes the situations.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its situation has failed")]

mod account;
mod api;
mod browser;
mod desk;
mod edges;
mod forgery;
mod matrix;
mod operation;
mod organisation;
mod pages;
mod serving;
mod session;
mod world;
