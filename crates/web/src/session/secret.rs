//! The secret of a browser's cookie, and what is derived from it: the tokens that its forms carry, and the mark on what is
//! to be said at the next page. Nothing of it is stored: whoever has the cookie can be checked without a key of the site's.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::SessionSecret;
use ring::rand::{SecureRandom as _, SystemRandom};

/// Bytes of a secret, of a token's mask, and of what is masked.
const LENGTH: usize = 32;

/// What the cookie of somebody who is not signed in begins with.
const PREFIX: &str = "visit_";

/// The value of a browser's cookie. Never logged.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(...)")
    }
}

impl Secret {
    /// A new secret, for somebody who is not signed in.
    pub(crate) fn random() -> Self {
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(random())))
    }

    /// The secret in a cookie of somebody who is not signed in; `None` for what we never gave.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (bytes.len() == LENGTH).then(|| Self(text.to_owned()))
    }

    /// The secret in a cookie of somebody who is signed in.
    pub(crate) fn of_session(session: &SessionSecret) -> Self {
        Self(session.reveal().to_owned())
    }

    /// The value of the cookie.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// A token for a form. Each differs, though all say the same: compressed beside text of others, one that stays the same
    /// could be guessed bit by bit from the lengths of the answers.
    pub(crate) fn token(&self) -> String {
        let mask = random();
        let mut token = [0; 2 * LENGTH];
        token[..LENGTH].copy_from_slice(&mask);
        for (place, (byte, mask)) in token[LENGTH..].iter_mut().zip(self.proof().into_iter().zip(mask)) {
            *place = byte ^ mask;
        }
        URL_SAFE_NO_PAD.encode(token)
    }

    /// Whether a form carries a token made for this secret.
    pub(crate) fn made(&self, token: &str) -> bool {
        let Ok(token) = URL_SAFE_NO_PAD.decode(token) else { return false };
        let Ok(token) = <[u8; 2 * LENGTH]>::try_from(token) else { return false };
        let (mask, masked) = token.split_at(LENGTH);
        let proof: [u8; LENGTH] = std::array::from_fn(|place| masked[place] ^ mask[place]);
        // Compared in constant time.
        blake3::Hash::from_bytes(proof) == blake3::Hash::from_bytes(self.proof())
    }

    /// The mark that shows that `text` was written for this browser.
    pub(crate) fn mark(&self, text: &str) -> String {
        let key = blake3::derive_key("causeway browser flash 1", self.0.as_bytes());
        blake3::keyed_hash(&key, text.as_bytes()).to_hex().as_str()[..LENGTH].to_owned()
    }

    /// Whether `mark` is the mark of `text`.
    pub(crate) fn marked(&self, text: &str, mark: &str) -> bool {
        // What is compared is a hash of both: how far they agree does not show in the time.
        blake3::hash(self.mark(text).as_bytes()) == blake3::hash(mark.as_bytes())
    }

    fn proof(&self) -> [u8; LENGTH] {
        blake3::derive_key("causeway browser form 1", self.0.as_bytes())
    }
}

fn random() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    SystemRandom::new().fill(&mut bytes).expect("the machine gives randomness once it has started");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_secret_and_looks_different_each_time() {
        let (own, other) = (Secret::random(), Secret::random());
        let (first, second) = (own.token(), own.token());
        assert_ne!(first, second);
        assert!(own.made(&first) && own.made(&second));
        assert!(!other.made(&first), "another's");
        let mut bent = first.clone().into_bytes();
        bent[50] = if bent[50] == b'A' { b'B' } else { b'A' };
        for wrong in ["", "AAAA", &first[1..], &format!("{first}A"), std::str::from_utf8(&bent).unwrap()] {
            assert!(!own.made(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_mark_is_good_for_its_text_and_its_secret() {
        let (own, other) = (Secret::random(), Secret::random());
        let mark = own.mark("publication-published");
        assert!(own.marked("publication-published", &mark));
        assert!(!own.marked("publication-withdrawn", &mark) && !other.marked("publication-published", &mark));
        assert!(!own.marked("publication-published", "") && !own.marked("publication-published", &mark[1..]));
    }

    #[test]
    fn only_what_we_gave_is_a_secret() {
        let secret = Secret::random();
        assert_eq!(Secret::parse(secret.reveal()), Some(secret.clone()));
        for wrong in ["", "visit_", "visit_AAAA", &secret.reveal()[1..], &format!("{}A", secret.reveal())] {
            assert_eq!(Secret::parse(wrong), None, "{wrong}");
        }
        assert!(!format!("{secret:?}").contains(&secret.reveal()[6..]));
    }
}
