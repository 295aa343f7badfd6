//! The programme: what comes with the program, what an operator may replace, and working days.

mod data;
mod replacing;
mod working_days;
