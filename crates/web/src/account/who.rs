//! Who is signed in, as the header of every page says.

use domain::actor::Actor;
use domain::publication;
use i18n::Translator;

use crate::address::Address;
use crate::extract::Asked;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct WhoIs {
    pub(crate) name: String,
    /// What is theirs alone to see.
    pub(crate) links: Vec<OwnLink>,
    pub(crate) sign_out: Address,
    /// The token of the form that signs out.
    pub(crate) token: String,
}

/// A link to what is theirs.
#[derive(Clone, Debug)]
pub(crate) struct OwnLink {
    pub(crate) address: Address,
    pub(crate) label: String,
}

impl WhoIs {
    /// Whoever asks, if they are signed in.
    pub(crate) fn at(asked: &Asked, t: Translator) -> Option<Self> {
        let account = asked.visit.account()?;
        let locale = t.locale();
        let link = |address, key: &str| OwnLink { address, label: t.text(key).into_owned() };
        let mut links = vec![link(Address::account(locale), "account-mine")];
        links.extend(works(&asked.visit.actor(), t));
        Some(Self {
            name: account.name.clone(),
            links,
            sign_out: Address::sign_out(locale),
            token: asked.visit.token(),
        })
    }
}

/// Where somebody works, by what they may do.
pub(super) fn works(actor: &Actor, t: Translator) -> Vec<OwnLink> {
    let mut links = Vec::new();
    if publication::may_publish(actor).is_ok() {
        let label = t.text("publication-desk").into_owned();
        links.push(OwnLink { address: Address::news_desk(t.locale()), label });
    }
    links
}
