//! The keys of all nodes, held against those that this machine believes. What the database says of keys is a claim: only the
//! list in the data folder makes a key believed, and only an operator puts one there.

use db::{Db, Timestamp};
use domain::change;
use domain::node;
use serde::Serialize;

use super::key::trusted_keys;
use crate::folder::DataFolder;

/// How a key stands on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyState {
    /// Believed, and a node has made it known.
    Believed,
    /// Believed, and no node has made it known.
    Unannounced,
    /// A node has made it known, and it is not believed.
    Waiting,
    /// It has signed the log, no node has made it known, and it is not believed.
    Unknown,
}

/// A key, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyView {
    /// The public key.
    pub key: String,
    /// How it stands on this machine.
    pub state: KeyState,
    /// The node that made it known, as it calls itself.
    pub node: Option<String>,
    /// When it did.
    pub made_at: Option<Timestamp>,
    /// Whether it has signed any of the log.
    pub has_signed: bool,
}

/// Every key that is believed here, was made known, or has signed.
///
/// # Errors
/// What the database says, or that the list of believed keys cannot be read.
pub async fn keys(db: &Db, folder: &DataFolder) -> domain::Result<Vec<KeyView>> {
    let believed = trusted_keys(folder).map_err(domain::Error::internal)?;
    let announced = node::keys(db).await?;
    let signers = change::signers(db).await?;
    let mut views: Vec<KeyView> = announced
        .into_iter()
        .map(|made| KeyView {
            state: if believed.contains(&made.key) { KeyState::Believed } else { KeyState::Waiting },
            has_signed: signers.contains(&made.key),
            key: made.key,
            node: Some(made.node),
            made_at: Some(made.made_at),
        })
        .collect();
    for key in believed.iter().chain(&signers) {
        if views.iter().any(|view| view.key == *key) {
            continue;
        }
        let state = if believed.contains(key) { KeyState::Unannounced } else { KeyState::Unknown };
        let has_signed = signers.contains(key);
        views.push(KeyView { key: key.clone(), state, node: None, made_at: None, has_signed });
    }
    Ok(views)
}
