//! The program while it serves: a real process, asked over HTTP, told by signals, killed.

mod account;
mod audit;
mod bucket;
mod commands;
mod crash;
mod demo;
mod mail;
mod outage;
mod site;
mod start;
mod upgrade;

use site::{Running, each_engine};
