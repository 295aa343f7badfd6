//! Opening an account for a person whom staff know, rather than for one who has registered themselves.

use db::Db;
use i18n::Locale;

use super::{Account, model, policy, record, store};
use crate::actor::Actor;
use crate::id::AccountId;
use crate::notice::Address;
use crate::programme::CountryCode;
use crate::{Error, Result};

/// A person to open an account for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name, whole, in their own order and script.
    pub name: String,
    /// The same in Latin letters, where that is something else.
    pub latin_name: Option<String>,
    /// Their address, which whoever opens the account vouches for.
    pub email: Address,
    /// The language in which they are written to.
    pub locale: Locale,
    /// Where they live.
    pub country: Option<CountryCode>,
}

/// Opens an account for a person, without a role and without a way to sign in yet.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not administer accounts; [`Error::Invalid`] naming `name` or `latin_name`;
/// [`Error::Conflict`] where the address has an account.
pub async fn enrol(db: &Db, actor: &Actor, person: Person) -> Result<Account> {
    policy::may_administer(actor)?;
    let name = model::checked_name("name", &person.name)?;
    let latin =
        person.latin_name.as_deref().map(|name| model::checked_name("latin_name", name)).transpose()?;
    db.write(async |tx| {
        if store::has_email(&tx, &person.email.key()).await? {
            return Err(Error::Conflict("account-exists"));
        }
        let account = Account {
            latin_name: latin.clone(),
            email: Some(person.email.as_str().to_owned()),
            locale: Some(person.locale),
            country: person.country,
            ..Account::new(AccountId(tx.new_id()), name.clone(), tx.now())
        };
        store::insert(&tx, &account).await?;
        record(&tx, actor, "account.open", account.id).await?;
        Ok(account)
    })
    .await
}
