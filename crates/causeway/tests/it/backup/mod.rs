//! Backups: made under load, verified, restored on either engine, refused when a bit of them is wrong.

mod command;
mod damage;
mod job;
mod load;
mod memory;
mod restoring;
mod round_trip;
mod world;
