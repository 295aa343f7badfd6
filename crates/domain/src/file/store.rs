//! Every statement of files.

use db::{Error, FromRow, Read, Row, Tx, sql};

use super::{File, Tier};
use crate::id::{AccountId, FileId};

impl FromRow for File {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let tier: String = row.get("tier")?;
        Ok(Self {
            id: row.get("id")?,
            digest: row.get("digest")?,
            bytes: row.get("bytes")?,
            media_type: row.get("media_type")?,
            name: row.get("name")?,
            tier: Tier::parse(&tier).ok_or_else(|| Error::Refused(format!("a file of the tier “{tier}”")))?,
            made_at: row.get("made_at")?,
        })
    }
}

pub(super) async fn insert(tx: &Tx, file: &File, owner: Option<AccountId>) -> Result<(), Error> {
    tx.run(sql!(
        "insert into file (id, digest, bytes, media_type, name, tier, owner, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        file.id,
        &file.digest,
        file.bytes,
        &file.media_type,
        &file.name,
        file.tier.code(),
        owner.map(|account| account.0),
        file.made_at
    ))
    .await?;
    Ok(())
}

pub(super) async fn find(read: &Read, id: FileId) -> Result<Option<File>, Error> {
    read.optional(sql!(
        "select id, digest, bytes, media_type, name, tier, made_at from file where id = $1",
        id
    ))
    .await
}

pub(super) async fn is_named(read: &Read, digest: &str) -> Result<bool, Error> {
    let found: Option<(i64,)> = read
        .optional(sql!("select cast(1 as bigint) as value from file where digest = $1 limit 1", digest))
        .await?;
    Ok(found.is_some())
}
