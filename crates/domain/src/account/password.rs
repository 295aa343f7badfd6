//! Passwords: what one must be like, and how they are hashed. Hashing is dear on purpose, in time and in memory, so only so
//! many are hashed at once and only so many wait; whoever comes on top of that is asked to come again.

use std::sync::{Arc, OnceLock};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tokio::sync::{Semaphore, TryAcquireError};

use super::secret;
use crate::error::Problem;
use crate::{Error, Result};

/// The fewest and the most characters of a password.
pub const PASSWORD_MIN: usize = 12;
/// See [`PASSWORD_MIN`].
pub const PASSWORD_MAX: usize = 256;

const SALT: usize = 16;
const OUTPUT: usize = 32;

/// The words that a password is made of most often, of those that are long enough. One a line, folded.
const COMMON: &str = include_str!("common.txt");

/// A password as somebody typed it. Never logged.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(...)")
    }
}

impl Password {
    /// As it was typed: what one keyboard writes as two characters and another as one is the same password.
    pub fn typed(text: &str) -> Self {
        Self(i18n::compose(text))
    }

    /// Refuses one that is too short or too easy to guess, in the field `name`. `known` is what others may know of the person:
    /// address and name.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `name`.
    pub fn checked(&self, name: &'static str, known: &[&str]) -> Result<()> {
        let length = self.0.chars().count();
        let problem = match length {
            0 => Problem::Required,
            _ if length < PASSWORD_MIN => Problem::TooShort { min: PASSWORD_MIN },
            _ if length > PASSWORD_MAX => Problem::TooLong { max: PASSWORD_MAX },
            _ if self.is_easy(known) => Problem::Common,
            _ => return Ok(()),
        };
        Err(Error::field(name, problem))
    }

    fn is_easy(&self, known: &[&str]) -> bool {
        let folded = i18n::fold(&self.0);
        let same = |text: &&str| i18n::fold(text) == folded;
        repeats(&folded) || COMMON.lines().any(|line| line == folded) || known.iter().any(same)
    }
}

/// Whether it is one short piece, over and over.
fn repeats(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (1..=4).any(|period| letters.windows(period + 1).all(|window| window[0] == window[period]))
}

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// As a site needs it: 19 MiB, twice.
    pub const SITE: Self = Self { memory: 19 * 1024, passes: 2 };
    /// For tests alone.
    pub const LEAST: Self = Self { memory: 8, passes: 1 };
}

/// How passwords are hashed: Argon2id, a bounded number at once. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Hashing(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    cost: Cost,
    slots: Semaphore,
    places: Semaphore,
    dummy: OnceLock<String>,
}

/// How a password compared with what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) is_right: bool,
    /// It was hashed at another cost than is usual now.
    pub(super) is_outdated: bool,
}

impl Hashing {
    /// At `cost`, `at_once` at a time, while `waiting` more wait.
    pub fn new(cost: Cost, at_once: u32, waiting: u32) -> Self {
        let (at_once, waiting) = (at_once.max(1) as usize, waiting as usize);
        Self(Arc::new(Inner {
            cost,
            slots: Semaphore::new(at_once),
            places: Semaphore::new(at_once + waiting),
            dummy: OnceLock::new(),
        }))
    }

    /// What is kept of `password`.
    pub(super) async fn hash(&self, password: &Password) -> Result<String> {
        let (cost, password) = (self.0.cost, password.0.clone());
        self.run(move || hash(cost, &password)).await
    }

    /// Whether `password` is the one of which `kept` is kept. Where nothing is, it takes as long, and is wrong.
    pub(super) async fn verify(&self, password: &Password, kept: Option<String>) -> Result<Verdict> {
        let (cost, password, known) = (self.0.cost, password.0.clone(), kept.is_some());
        let inner = Arc::clone(&self.0);
        self.run(move || {
            let kept = match kept {
                Some(kept) => kept,
                None => dummy(&inner)?,
            };
            let kept =
                Kept::parse(&kept).ok_or_else(|| Error::internal("a hash of a password is damaged"))?;
            let again = output(kept.cost, &password, &kept.salt)?;
            Ok(Verdict { is_right: equal(&again, &kept.output) && known, is_outdated: kept.cost != cost })
        })
        .await
    }

    /// Runs `work` on a thread that may block, when it is its turn.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _place = self.0.places.try_acquire().map_err(|error| match error {
            TryAcquireError::NoPermits => Error::Limited { seconds: 2 },
            TryAcquireError::Closed => Error::internal(error),
        })?;
        let _slot = self.0.slots.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

/// A hash that no password has, made once.
fn dummy(inner: &Inner) -> Result<String> {
    if let Some(kept) = inner.dummy.get() {
        return Ok(kept.clone());
    }
    let mut bytes = [0; OUTPUT];
    secret::fill(&mut bytes)?;
    let made = Kept { cost: inner.cost, salt: bytes[..SALT].to_vec(), output: bytes.to_vec() }.write();
    Ok(inner.dummy.get_or_init(|| made).clone())
}

fn hash(cost: Cost, password: &str) -> Result<String> {
    let mut salt = vec![0; SALT];
    secret::fill(&mut salt)?;
    let output = output(cost, password, &salt)?;
    Ok(Kept { cost, salt, output }.write())
}

fn output(cost: Cost, password: &str, salt: &[u8]) -> Result<Vec<u8>> {
    let wrong = |error: argon2::Error| Error::internal(error.to_string());
    let params = Params::new(cost.memory, cost.passes, 1, Some(OUTPUT)).map_err(wrong)?;
    let mut output = vec![0; OUTPUT];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(password.as_bytes(), salt, &mut output).map_err(wrong)?;
    Ok(output)
}

/// Whether two are the same, in a time that does not tell where they differ.
fn equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// What is kept of a password, written as other programs write it too: `$argon2id$v=19$m=19456,t=2,p=1$salt$output`.
struct Kept {
    cost: Cost,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl Kept {
    fn write(&self) -> String {
        let Cost { memory, passes } = self.cost;
        let [salt, output] = [&self.salt, &self.output].map(|bytes| STANDARD_NO_PAD.encode(bytes));
        format!("$argon2id$v=19$m={memory},t={passes},p=1${salt}${output}")
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("$argon2id$v=19$m=")?.split('$');
        let (memory, rest) = parts.next()?.split_once(",t=")?;
        let passes = rest.strip_suffix(",p=1")?;
        let cost = Cost { memory: memory.parse().ok()?, passes: passes.parse().ok()? };
        let salt = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        let output = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        parts.next().is_none().then_some(Self { cost, salt, output })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Option<Problem> {
        match Password::typed(text).checked("password", &["ana.phommachan@example.org", "Ana Phommachan"]) {
            Err(Error::Invalid(fields)) => Some(fields[0].problem.clone()),
            _ => None,
        }
    }

    #[test]
    fn a_password_is_long_and_not_what_everybody_tries_first() {
        for good in ["correct horse battery", "ສະບາຍດີທຸກໆຄົນເດີ້", "kjhkjhkkjh7x", "技术转移促进区域合作发展吧"]
        {
            assert_eq!(problem(good), None, "{good}");
        }
        assert_eq!(problem(""), Some(Problem::Required));
        assert_eq!(problem("elevenchars"), Some(Problem::TooShort { min: 12 }));
        assert_eq!(problem(&"ab1".repeat(100)), Some(Problem::TooLong { max: 256 }));
        for easy in [
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "Password1234",
            "ANA.phommachan@example.org",
            "ana phommachan",
            "123456789012",
        ] {
            assert_eq!(problem(easy), Some(Problem::Common), "{easy}");
        }
        assert!(COMMON.lines().all(|line| line.chars().count() >= PASSWORD_MIN && i18n::fold(line) == line));
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_and_whether_it_is_outdated() {
        let hashing = Hashing::new(Cost::LEAST, 1, 1);
        let right = Password::typed("Nguye\u{302}\u{303}n va\u{306}n An");
        let kept = hashing.hash(&Password::typed("Nguyễn văn An")).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        let verdict = hashing.verify(&right, Some(kept.clone())).await.unwrap();
        assert_eq!(verdict, Verdict { is_right: true, is_outdated: false });
        let dearer = Hashing::new(Cost { memory: 16, passes: 1 }, 1, 1);
        assert!(dearer.verify(&right, Some(kept.clone())).await.unwrap().is_outdated);
        let wrong = Password::typed("nguyễn văn an");
        assert!(!hashing.verify(&wrong, Some(kept)).await.unwrap().is_right);
        assert!(!hashing.verify(&wrong, None).await.unwrap().is_right);
        assert!(hashing.verify(&wrong, Some("x".to_owned())).await.is_err());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_more_are_hashed_or_wait_than_there_is_room_for() {
        let hashing = Hashing::new(Cost { memory: 4096, passes: 4 }, 1, 1);
        let password = Password::typed("correct horse battery");
        let tasks: Vec<_> = (0..6)
            .map(|_| {
                let (hashing, password) = (hashing.clone(), password.clone());
                tokio::spawn(async move { hashing.hash(&password).await })
            })
            .collect();
        let mut limited = 0;
        for task in tasks {
            limited += usize::from(matches!(task.await.unwrap(), Err(Error::Limited { seconds: 2 })));
        }
        assert!((1..=4).contains(&limited), "{limited}");
        assert!(hashing.hash(&password).await.is_ok(), "there is room again");
    }
}
