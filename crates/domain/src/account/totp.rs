//! The second factor: a code of six figures that changes every thirty seconds (RFC 6238, as every authenticator app makes
//! it), and recovery codes for whoever has lost the device. No code is taken twice.

use db::{Db, Read, Tx};
use ring::hmac;

use super::{policy, record, secret, store, tell};
use crate::actor::Actor;
use crate::error::Problem;
use crate::id::AccountId;
use crate::notice::AccountChange;
use crate::{Error, Result};

const STEP_SECONDS: i64 = 30;
const SECRET_BYTES: usize = 20;
/// Clocks that are one step apart are forgiven.
const DRIFT: i64 = 1;

const RECOVERY_CODES: usize = 10;
const RECOVERY_BYTES: usize = 10;

/// What an authenticator app is told.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret, in base 32, for whoever types it.
    pub secret: String,
    /// The same for a picture that the app reads.
    pub uri: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(...)")
    }
}

/// Begins: gives the account that acts a secret, which counts once a code has shown that the app has it. `issuer` is the
/// programme's name, for the app's list.
///
/// # Errors
/// [`Error::Denied`] where the person did not prove lately who they are; [`Error::Conflict`] where there is one already.
pub async fn begin(db: &Db, actor: &Actor, issuer: &str) -> Result<Enrolment> {
    let id = actor.account().ok_or(Error::NotFound)?;
    policy::demand_proof(actor, db.clock().now())?;
    let mut bytes = [0; SECRET_BYTES];
    secret::fill(&mut bytes)?;
    let text = base32(&bytes);
    db.write(async |tx| {
        let account = store::find_open(&tx, id).await?.ok_or(Error::NotFound)?;
        if is_on(&tx, id).await? {
            return Err(Error::Conflict("account-code-on"));
        }
        store::totp::replace(&tx, id, &text).await?;
        record(&tx, actor, "account.begin-code", id).await?;
        let name = account.email.unwrap_or(account.name);
        Ok(Enrolment { secret: text.clone(), uri: uri(issuer, &name, &text) })
    })
    .await
}

/// Turns it on, by a code that the app shows, and gives the recovery codes: shown now and never again.
///
/// # Errors
/// [`Error::Invalid`] naming `code`; [`Error::Conflict`] where it was not begun, or is on.
pub async fn confirm(db: &Db, actor: &Actor, code: &str) -> Result<Vec<String>> {
    let id = actor.account().ok_or(Error::NotFound)?;
    policy::demand_proof(actor, db.clock().now())?;
    let codes = recovery_codes()?;
    db.write(async |tx| {
        let account = store::find_open(&tx, id).await?.ok_or(Error::NotFound)?;
        let kept = store::totp::find(&tx, id).await?.filter(|kept| kept.confirmed_at.is_none());
        let kept = kept.ok_or(Error::Conflict("account-code-not-begun"))?;
        if !take_step(&tx, id, &kept.secret, code).await? {
            return Err(Error::field("code", Problem::BadCode));
        }
        store::totp::confirm(&tx, id).await?;
        keep_codes(&tx, id, &codes).await?;
        record(&tx, actor, "account.add-code", id).await?;
        tell(&tx, &account, AccountChange::SecondFactorAdded).await?;
        Ok(codes.clone())
    })
    .await
}

/// Turns it off.
///
/// # Errors
/// [`Error::Denied`] where the person did not prove lately who they are; [`Error::Conflict`] where it is off.
pub async fn remove(db: &Db, actor: &Actor) -> Result<()> {
    let id = actor.account().ok_or(Error::NotFound)?;
    policy::demand_proof(actor, db.clock().now())?;
    db.write(async |tx| {
        let account = store::find_open(&tx, id).await?.ok_or(Error::NotFound)?;
        if !is_on(&tx, id).await? {
            return Err(Error::Conflict("account-code-off"));
        }
        store::totp::remove(&tx, id).await?;
        record(&tx, actor, "account.remove-code", id).await?;
        tell(&tx, &account, AccountChange::SecondFactorRemoved).await
    })
    .await
}

/// New recovery codes; the old ones work no more.
///
/// # Errors
/// As [`remove`].
pub async fn renew_codes(db: &Db, actor: &Actor) -> Result<Vec<String>> {
    let id = actor.account().ok_or(Error::NotFound)?;
    policy::demand_proof(actor, db.clock().now())?;
    let codes = recovery_codes()?;
    db.write(async |tx| {
        let account = store::find_open(&tx, id).await?.ok_or(Error::NotFound)?;
        if !is_on(&tx, id).await? {
            return Err(Error::Conflict("account-code-off"));
        }
        keep_codes(&tx, id, &codes).await?;
        record(&tx, actor, "account.renew-codes", id).await?;
        tell(&tx, &account, AccountChange::RecoveryCodes).await?;
        Ok(codes.clone())
    })
    .await
}

/// Where the second factor of an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Standing {
    /// Whether a code is needed to sign in.
    pub is_on: bool,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
}

/// Where the second factor of the account that acts stands.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no account.
pub async fn standing(db: &Db, actor: &Actor) -> Result<Standing> {
    let id = actor.account().ok_or(Error::NotFound)?;
    db.read(async |read| {
        let is_on = is_on(&read, id).await?;
        Ok(Standing { is_on, recovery_codes: store::totp::codes_left(&read, id).await? })
    })
    .await
}

/// Whether a code is needed to sign in.
pub(super) async fn is_on(read: &Read, id: AccountId) -> Result<bool, db::Error> {
    Ok(store::totp::find(read, id).await?.is_some_and(|kept| kept.confirmed_at.is_some()))
}

/// Takes a code, from the app or a recovery code; neither a second time.
pub(super) async fn check_in(tx: &Tx, id: AccountId, code: &str) -> Result<bool> {
    let Some(kept) = store::totp::find(tx, id).await?.filter(|kept| kept.confirmed_at.is_some()) else {
        return Ok(false);
    };
    if take_step(tx, id, &kept.secret, code).await? {
        return Ok(true);
    }
    if !store::totp::spend_code(tx, id, &digest(code)).await? {
        return Ok(false);
    }
    if let Some(account) = store::find_open(tx, id).await? {
        tell(tx, &account, AccountChange::RecoveryCodeUsed).await?;
    }
    Ok(true)
}

async fn take_step(tx: &Tx, id: AccountId, secret: &str, code: &str) -> Result<bool> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let key = from_base32(secret).ok_or_else(|| Error::internal("a secret of a second factor is damaged"))?;
    let now = tx.now().as_second().div_euclid(STEP_SECONDS);
    let shown = (now - DRIFT..=now + DRIFT).find(|step| at_step(&key, *step) == digits);
    match shown {
        Some(step) => Ok(store::totp::take_step(tx, id, step).await?),
        None => Ok(false),
    }
}

/// The six figures that are shown during a step (RFC 4226, 5.3).
fn at_step(key: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[tag.len() - 1] & 15);
    let word = tag[offset..offset + 4].iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let word = chunk.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            text.push(char::from(BASE32[(word >> (5 * place)) as usize & 31]));
        }
    }
    text
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(8) {
        let mut word = 0_u64;
        for letter in chunk {
            let place = BASE32.iter().position(|known| known == letter)?;
            word = word << 5 | u64::try_from(place).ok()?;
        }
        bytes.extend_from_slice(&word.to_be_bytes()[3..]);
    }
    Some(bytes)
}

fn uri(issuer: &str, name: &str, secret: &str) -> String {
    let [issuer, name] = [issuer, name].map(percent);
    format!(
        "otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Ten codes of 80 random bits, in groups that are easy to copy.
fn recovery_codes() -> Result<Vec<String>> {
    let one = |_| {
        let mut bytes = [0; RECOVERY_BYTES];
        secret::fill(&mut bytes)?;
        let text = base32(&bytes);
        let groups: Vec<_> = text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        Ok(groups.join("-"))
    };
    (0..RECOVERY_CODES).map(one).collect()
}

async fn keep_codes(tx: &Tx, id: AccountId, codes: &[String]) -> Result<()> {
    store::totp::remove_codes(tx, id).await?;
    for code in codes {
        store::totp::insert_code(tx, id, &digest(code)).await?;
    }
    Ok(())
}

/// What is kept of a recovery code, however it is typed.
fn digest(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::digest("causeway account recovery code 1", &letters.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, of eight figures the last six.
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(at_step(b"12345678901234567890", second / STEP_SECONDS), code);
        }
    }

    #[test]
    fn a_secret_reads_back() {
        // RFC 4648, section 10, of whole groups.
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
        let bytes: Vec<u8> = (0..20).map(|n| n * 13).collect();
        assert_eq!(from_base32(&base32(&bytes)), Some(bytes));
        assert_eq!(from_base32("1"), None);
        assert_eq!(
            uri("Causeway Ⅰ", "a@b.org", "ABC"),
            "otpauth://totp/Causeway%20%E2%85%A0:a%40b.org?secret=ABC&issuer=Causeway%20%E2%85%A0&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_recovery_code_is_the_same_however_it_is_typed() {
        let codes = recovery_codes().unwrap();
        assert_eq!(codes.len(), 10);
        assert_eq!((codes[0].len(), codes[0].matches('-').count()), (19, 3));
        assert_eq!(digest(&codes[0]), digest(&codes[0].replace('-', " ").to_lowercase()));
    }
}
