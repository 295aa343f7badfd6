//! Causeway's one binary, as a library so that tests can reach its parts: configuration, telemetry, the data folder,
//! the command line and the wiring of everything below.

pub mod audit;
pub mod background;
pub mod backup;
pub mod cli;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod folder;
pub mod mail;
pub mod notify;
pub mod serve;
pub mod site;
pub mod support;
pub mod telemetry;
