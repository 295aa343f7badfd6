//! One's own account as pages: getting one, signing in, keeping it, and its end. What an account is, and what becomes of it,
//! is `domain::account`'s.

mod choice;
pub(crate) mod email;
pub(crate) mod own;
pub(crate) mod password;
pub(crate) mod prove;
pub(crate) mod register;
pub(crate) mod reset;
pub(crate) mod second_factor;
mod session;
pub(crate) mod sign_in;
mod sign_out;
mod who;

pub(crate) use session::{end as end_session, end_others as end_other_sessions, page as sessions};
use sign_in::begin;
pub(crate) use sign_out::sign_out;
pub(crate) use who::WhoIs;
