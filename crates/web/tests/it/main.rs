//! The site as its visitors, programs and operators meet it. One binary; `world` makes the situations.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its situation has failed")]

mod api;
mod browser;
mod desk;
mod edges;
mod feed;
mod forgery;
mod matrix;
mod openapi;
mod operation;
mod pages;
mod serving;
mod session;
mod world;
