//! Heads: the signed summary of the log up to a position, to be kept in a second place.

use db::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// A statement, signed with Ed25519, that the log up to `last` hashes to `hash`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The last position it covers.
    pub last: i64,
    /// The chain's BLAKE3 hash there, in hex.
    pub hash: String,
    /// The public key of whoever signed, in hex.
    pub signer: String,
    /// The signature, in hex.
    pub signature: String,
    /// When the batch was sealed.
    pub made_at: Timestamp,
}

impl Head {
    fn signed_text(last: i64, hash: &str) -> String {
        format!("causeway change log head 1\n{last}\n{hash}\n")
    }

    /// Whether its signer has signed it.
    pub fn is_signed(&self) -> bool {
        let (Ok(key), Ok(signature)) = (hex::decode(&self.signer), hex::decode(&self.signature)) else {
            return false;
        };
        let text = Self::signed_text(self.last, &self.hash);
        UnparsedPublicKey::new(&ED25519, key).verify(text.as_bytes(), &signature).is_ok()
    }
}

/// A public key, in hex.
pub type PublicKey = String;

/// The key that signs heads.
pub struct Signer(Ed25519KeyPair);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.public_key())
    }
}

impl Signer {
    /// A new key, as the PKCS#8 document to be kept.
    ///
    /// # Errors
    /// [`Error::Internal`] where the machine gives no randomness.
    pub fn generate() -> Result<Vec<u8>> {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .map_err(|_| Error::internal("the machine gives no randomness"))?;
        Ok(document.as_ref().to_vec())
    }

    /// The key in a document that [`Signer::generate`] gave.
    ///
    /// # Errors
    /// [`Error::Internal`] where it is none.
    pub fn from_document(document: &[u8]) -> Result<Self> {
        Ed25519KeyPair::from_pkcs8(document)
            .map(Self)
            .map_err(|cause| Error::internal(format!("the audit key cannot be read: {cause}")))
    }

    /// The public half, in hex.
    pub fn public_key(&self) -> PublicKey {
        hex::encode(self.0.public_key().as_ref())
    }

    pub(super) fn sign(&self, last: i64, hash: &str, made_at: Timestamp) -> Head {
        let signature = self.0.sign(Head::signed_text(last, hash).as_bytes());
        Head {
            last,
            hash: hash.to_owned(),
            signer: self.public_key(),
            signature: hex::encode(signature.as_ref()),
            made_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_valid_only_as_it_was_signed() {
        let signer = Signer::from_document(&Signer::generate().unwrap()).unwrap();
        let head = signer.sign(7, "abc", "2026-11-23T08:00:00Z".parse().unwrap());
        assert!(head.is_signed());
        assert!(!Head { last: 8, ..head.clone() }.is_signed());
        assert!(!Head { hash: "abd".into(), ..head.clone() }.is_signed());
        assert!(!Head { signature: "00".into(), ..head.clone() }.is_signed());
        assert!(!Head { signer: "zz".into(), ..head }.is_signed());
    }
}
