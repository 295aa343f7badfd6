//! The program while it serves: a real process, asked over HTTP, told by signals, killed.

mod bucket;
mod commands;
mod crash;
mod demo;
mod outage;
mod site;
mod start;

use site::{Running, each_engine};
