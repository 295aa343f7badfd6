//! Files: how events come in and timetables go out. Text only; reading and writing files is the caller's.

pub mod csv;
pub mod dzn;
pub mod html;
pub mod ical;
pub mod json;
