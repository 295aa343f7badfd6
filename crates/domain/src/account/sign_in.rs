//! Signing in by address and password, the second step where there is one, and proving once more who one is. An address
//! without an account is answered as one with a wrong password, in the same words and after as long.

use db::{Db, Tx};
use serde_json::json;

use super::password::Password;
use super::session::{Device, SessionSecret};
use super::voucher::{self, Purpose, VoucherSecret};
use super::{Account, Gate, State, limit, policy, record, register, session, store, totp};
use crate::actor::{Actor, Who};
use crate::error::Problem;
use crate::id::AccountId;
use crate::{Error, Result};

/// How a sign-in goes on.
#[derive(Clone, Debug)]
pub enum SignedIn {
    /// It is done.
    Done(SessionSecret),
    /// A code is needed as well: [`sign_in_with_code`] takes it, with this.
    CodeNeeded(VoucherSecret),
}

/// Signs in.
///
/// # Errors
/// [`Error::Denied`] for a wrong address or password, whichever; [`Error::Limited`] after too many.
pub async fn sign_in(
    db: &Db,
    gate: &Gate,
    email: &str,
    password: &Password,
    device: &Device,
) -> Result<SignedIn> {
    let key = register::address("email", email)?.key();
    let noted = limit::guess(db, device.address, &key).await?;
    let (account, kept) = db.read(async |read| found(&read, &key).await).await?;
    let verdict = gate.hashing.verify(password, kept).await?;
    let Some(account) = account.filter(|_| verdict.is_right) else {
        return Err(Error::Denied("account-sign-in-refused"));
    };
    if account.state != State::Open {
        return Err(Error::Denied("account-suspended"));
    }
    let renewed = if verdict.is_outdated { Some(gate.hashing.hash(password).await?) } else { None };
    let voucher = VoucherSecret::random()?;
    db.write(async |tx| {
        limit::forgive(&tx, &noted).await?;
        if let Some(kept) = &renewed {
            store::set_password(&tx, account.id, kept).await?;
        }
        if totp::is_on(&tx, account.id).await? {
            voucher::issue(&tx, &voucher, Purpose::SecondFactor, Some(account.id), &json!({})).await?;
            return Ok(SignedIn::CodeNeeded(voucher.clone()));
        }
        session::open_in(&tx, account.id, device, gate.bounds, false).await.map(SignedIn::Done)
    })
    .await
}

/// The account with that address, and what is kept of its password.
async fn found(read: &db::Read, key: &str) -> Result<(Option<Account>, Option<String>), db::Error> {
    let Some(account) = store::find_by_email(read, key).await? else { return Ok((None, None)) };
    let kept = store::password(read, account.id).await?;
    Ok((Some(account), kept))
}

/// The second step of a sign-in: the code that is shown at this moment, or one for whoever has lost the device.
///
/// # Errors
/// [`Error::Invalid`] naming `code`; [`Error::Conflict`] where the first step is too long ago; [`Error::Limited`].
pub async fn sign_in_with_code(
    db: &Db,
    gate: &Gate,
    voucher: &VoucherSecret,
    code: &str,
    device: &Device,
) -> Result<SessionSecret> {
    let find = async |read: db::Read| voucher::find(&read, voucher, Purpose::SecondFactor).await;
    let account = db.read(find).await?.account.ok_or(Error::NotFound)?;
    let noted = limit::guess(db, device.address, &account.to_string()).await?;
    db.write(async |tx| {
        if !totp::check_in(&tx, account, code).await? {
            return Err(Error::field("code", Problem::BadCode));
        }
        limit::forgive(&tx, &noted).await?;
        voucher::take(&tx, voucher, Purpose::SecondFactor).await?;
        session::open_in(&tx, account, device, gate.bounds, true).await
    })
    .await
}

/// What somebody proves with that they are who they are.
#[derive(Clone, Debug)]
pub enum Proof {
    /// The password.
    Password(Password),
    /// The code that is shown at this moment.
    Code(String),
}

/// Proves once more who acts, and replaces the secret of the session. Where there is a second factor, the code is needed.
///
/// # Errors
/// [`Error::NotFound`] for whoever has no session; [`Error::Invalid`] naming `password` or `code`; [`Error::Limited`].
pub async fn prove(
    db: &Db,
    gate: &Gate,
    actor: &Actor,
    proof: &Proof,
    device: &Device,
) -> Result<SessionSecret> {
    let (account, session) = own_session(actor)?;
    let noted = limit::guess(db, device.address, &account.to_string()).await?;
    let (kept, has_code) = db
        .read(async |read| {
            Ok::<_, db::Error>((store::password(&read, account).await?, totp::is_on(&read, account).await?))
        })
        .await?;
    if let Proof::Password(password) = proof {
        if has_code {
            return Err(Error::field("code", Problem::Required));
        }
        if !gate.hashing.verify(password, kept).await?.is_right {
            return Err(Error::field("password", Problem::WrongPassword));
        }
    }
    let secret = SessionSecret::random()?;
    db.write(async |tx| {
        if let Proof::Code(code) = proof
            && !totp::check_in(&tx, account, code).await?
        {
            return Err(Error::field("code", Problem::BadCode));
        }
        limit::forgive(&tx, &noted).await?;
        let by_code = matches!(proof, Proof::Code(_));
        if !store::session::prove(&tx, session, &secret.digest(), by_code).await? {
            return Err(Error::NotFound);
        }
        record(&tx, actor, "account.prove", account).await?;
        Ok(secret.clone())
    })
    .await
}

/// Changes the password of the account that acts. Every other session ends, and this one goes on under another secret.
///
/// # Errors
/// [`Error::Denied`] where the person did not prove lately who they are; [`Error::Invalid`] naming `current` or `password`.
pub async fn change_password(
    db: &Db,
    gate: &Gate,
    actor: &Actor,
    current: &Password,
    new: &Password,
    device: &Device,
) -> Result<SessionSecret> {
    let (id, session) = own_session(actor)?;
    policy::demand_proof(actor, db.clock().now())?;
    let noted = limit::guess(db, device.address, &id.to_string()).await?;
    let read = async |read: db::Read| {
        let account = store::find_open(&read, id).await?.ok_or(Error::NotFound)?;
        Ok::<_, Error>((store::password(&read, id).await?, account))
    };
    let (kept, account) = db.read(read).await?;
    // Whoever came by an identity provider has none yet.
    if kept.is_some() && !gate.hashing.verify(current, kept).await?.is_right {
        return Err(Error::field("current", Problem::WrongPassword));
    }
    new.checked("password", &[account.email.as_deref().unwrap_or_default(), &account.name])?;
    let hash = gate.hashing.hash(new).await?;
    let secret = SessionSecret::random()?;
    db.write(async |tx| {
        limit::forgive(&tx, &noted).await?;
        set_password(&tx, actor, &account, &hash).await?;
        session::end_all(&tx, id, Some(session)).await?;
        if !store::session::prove(&tx, session, &secret.digest(), false).await? {
            return Err(Error::NotFound);
        }
        Ok(secret.clone())
    })
    .await
}

/// Sets it, tells the owner, and has no link of theirs work any more.
pub(super) async fn set_password(tx: &Tx, actor: &Actor, account: &Account, hash: &str) -> Result<()> {
    store::set_password(tx, account.id, hash).await?;
    store::voucher::spend_all(tx, account.id).await?;
    record(tx, actor, "account.change-password", account.id).await?;
    super::tell(tx, account, crate::notice::AccountChange::Password).await
}

/// The account that acts and the session by which it does.
fn own_session(actor: &Actor) -> Result<(AccountId, crate::id::SessionId)> {
    match (&actor.who, actor.session()) {
        (Who::Account(id, _), Some(session)) => Ok((*id, session.id)),
        _ => Err(Error::NotFound),
    }
}
