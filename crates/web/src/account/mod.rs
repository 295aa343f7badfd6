//! One's own account as pages: who is signed in, and from where. What an account is, and what becomes of its sessions, is
//! `domain::account`'s.

mod session;
mod sign_out;
mod who;

pub(crate) use session::{end as end_session, end_others as end_other_sessions, page as sessions};
pub(crate) use sign_out::sign_out;
pub(crate) use who::WhoIs;
