//! Secrets that we make: 256 random bits, shown once, of which the database keeps a digest. A plain hash is enough, since
//! nobody guesses them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::{Error, Result};

const BYTES: usize = 32;

/// Fills `bytes` with randomness.
pub(super) fn fill(bytes: &mut [u8]) -> Result<()> {
    SystemRandom::new().fill(bytes).map_err(|_| Error::internal("the machine gives no randomness"))
}

/// A new secret behind `prefix`, by which scanners can tell what they have found.
pub(crate) fn random(prefix: &str) -> Result<String> {
    let mut bytes = [0; BYTES];
    fill(&mut bytes)?;
    Ok(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Whether `text` can be one with `prefix`.
pub(crate) fn well_formed(prefix: &str, text: &str) -> bool {
    let bytes = text.strip_prefix(prefix).and_then(|rest| URL_SAFE_NO_PAD.decode(rest).ok());
    bytes.is_some_and(|bytes| bytes.len() == BYTES)
}

/// What the database keeps of `text`. `purpose` keeps secrets of different kinds apart.
pub(crate) fn digest(purpose: &str, text: &str) -> String {
    hex::encode(blake3::derive_key(purpose, text.as_bytes()))
}

/// Declares a kind of secret: a text behind a prefix, with a digest of its own. It never shows in a log.
macro_rules! secret {
    ($(#[$meta:meta])* $name:ident, $prefix:literal, $purpose:literal) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(...)"))
            }
        }

        impl $name {
            pub(super) fn random() -> $crate::Result<Self> {
                $crate::account::secret::random($prefix).map(Self)
            }

            /// Reads what was shown; `None` for what cannot be one.
            pub fn parse(text: &str) -> Option<Self> {
                $crate::account::secret::well_formed($prefix, text).then(|| Self(text.to_owned()))
            }

            /// The secret itself, for whoever it belongs to.
            pub fn reveal(&self) -> &str {
                &self.0
            }

            pub(super) fn digest(&self) -> String {
                $crate::account::secret::digest($purpose, &self.0)
            }
        }
    };
}

pub(crate) use secret;

#[cfg(test)]
mod tests {
    use crate::account::{SessionSecret, TokenSecret};

    #[test]
    fn only_what_can_be_a_secret_is_looked_up() {
        let secret = TokenSecret::random().unwrap();
        assert_eq!(TokenSecret::parse(secret.reveal()), Some(secret.clone()));
        for wrong in [
            "",
            "cway_",
            "cway_abc",
            "ghp_0123456789",
            &secret.reveal()[1..],
            &format!("{}A", secret.reveal()),
        ] {
            assert_eq!(TokenSecret::parse(wrong), None, "{wrong}");
        }
        assert!(!format!("{secret:?}").contains(&secret.reveal()[5..]), "it cannot end up in a log");
        assert_eq!(SessionSecret::parse(secret.reveal()), None, "one kind is not taken for another");
    }
}
