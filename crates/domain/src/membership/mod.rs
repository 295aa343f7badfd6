//! Memberships: how an organisation becomes a member of the network, what its standing is, and who belongs to it. What an
//! organisation is belongs to `organisation`, what a role may do to `account` and to each slice.

mod affiliation;
mod apply;
mod core;
mod letter;
mod model;
mod policy;
mod standing;
mod store;

pub use self::core::{
    Criterion, POINTS_MAX, Progress, Score, TARGET, TARGET_YEARS, Training, count_by_class, load_scorecard,
    progress, record_training, score,
};
pub use affiliation::{
    Invitation, POSITION_MAX, accept_invitation, approve, end, invite, list_own, list_people, request,
};
pub use apply::{
    Candidate, NewApplication, accept, answer, apply, ask, check, decline, list_own_applications, list_queue,
    load_application, withdraw,
};
pub use model::{
    Affiliation, AffiliationState, Application, ApplicationState, Check, Class, DOCUMENTS_MAX, Document,
    Membership, Period, RENEWAL_DAYS, TEXT_MAX, TITLE_MAX, VALID_DAYS,
};
pub use standing::{Sweep, lead, leave, load, renew, sweep};
