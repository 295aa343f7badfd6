//! Files: what was uploaded, kept under the digest of its bytes in a local folder or an S3 bucket. Owns upload, download
//! and the removal of bytes that nothing names any more. To which thing a file belongs is that thing's own matter.

mod content;
mod policy;
mod reading;
mod shelf;
mod store;
mod sweep;

use bytes::Bytes;
use db::{Db, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

pub use content::{NAME_MAX, media_type_of};
pub use reading::{CHUNK, Reading};
pub use shelf::{Shelf, ShelfError, Upload};
pub use sweep::Sweep;

use crate::actor::Actor;
use crate::change::{self, Entry};
use crate::id::FileId;
use crate::schema::Moment;
use crate::{Error, Result};

/// How far a file is disclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Anybody may have it.
    Public,
    /// The centre's own people alone.
    Centre,
}

impl Tier {
    const ALL: [Self; 2] = [Self::Public, Self::Centre];

    /// Its code, as in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Centre => "centre",
        }
    }

    /// The tier of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.code() == code)
    }
}

/// A file as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// The BLAKE3 digest of its bytes, in hex.
    pub digest: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// What its bytes show it to be; never what the sender said.
    pub media_type: String,
    /// The name to save it under, without a path.
    pub name: String,
    /// How far it is disclosed.
    pub tier: Tier,
    /// When it was uploaded.
    #[schemars(with = "Moment")]
    pub made_at: Timestamp,
}

/// Whether the actor may [`keep`] files at all: asked before their bytes are taken in, which costs memory and time.
///
/// # Errors
/// [`Error::Denied`] for whoever may not.
pub fn may_keep(actor: &Actor) -> Result<()> {
    policy::may_keep(actor)
}

/// Keeps `content` under `name`. The bytes are on the shelf before the database names them, so that a crash in between
/// leaves bytes that the sweep removes, never a name without bytes. They are looked for again once they are named: a sweep
/// may have found the same bytes nameless just before, and removed them.
///
/// # Errors
/// [`Error::Denied`] for whoever may not; [`Error::Invalid`] naming `name` or `content`, also where its bytes are of no
/// kind that is taken; [`Error::Full`] and [`Error::Unavailable`] where the shelf refuses.
pub async fn keep(
    db: &Db,
    shelf: &Shelf,
    actor: &Actor,
    name: &str,
    tier: Tier,
    content: Bytes,
) -> Result<File> {
    policy::may_keep(actor)?;
    let name = content::safe_name(name)?;
    let media_type = content::checked(&content, shelf.most())?;
    let digest = blake3::hash(&content).to_hex().to_string();
    let bytes = i64::try_from(content.len()).map_err(Error::internal)?;
    shelf.put(&digest, content.clone()).await?;
    let file = db
        .write(async |tx| {
            let file = File {
                id: FileId(tx.new_id()),
                digest: digest.clone(),
                bytes,
                media_type: media_type.to_owned(),
                name: name.clone(),
                tier,
                made_at: tx.now(),
            };
            store::insert(&tx, &file, actor.account()).await?;
            let after =
                Some(json!({ "digest": digest, "bytes": bytes, "media_type": media_type, "tier": tier }));
            let entry = Entry { verb: "file.keep", kind: "file", subject: file.id.0, before: None, after };
            change::record(&tx, actor, entry).await?;
            Ok::<_, Error>(file)
        })
        .await?;
    if shelf.part(&digest, 0..1).await.is_err() {
        shelf.put(&digest, content).await?;
    }
    Ok(file)
}

/// A file as it is known, without its bytes.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or for whoever may not have it.
pub async fn load(db: &Db, actor: &Actor, id: FileId) -> Result<File> {
    let file = db.read(async |read| store::find(&read, id).await).await?.ok_or(Error::NotFound)?;
    policy::may_have(actor, &file)?;
    Ok(file)
}

/// The bytes of a file that was [`load`]ed for somebody who may have it. Nothing is read yet.
///
/// # Errors
/// [`Error::Internal`] where the database has a length that no file can have.
pub fn read(shelf: &Shelf, file: File) -> Result<Reading> {
    Reading::new(shelf.clone(), file)
}
