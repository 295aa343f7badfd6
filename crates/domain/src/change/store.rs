//! Every statement of the change log.

use db::{Error, FromRow, Read, Row, Timestamp, Tx, Uuid, row, sql};

use super::seal::ROW;
use super::{Change, Entry, Head, Lag};
use crate::actor::Actor;
use crate::id::{ChangeId, Reference};

impl FromRow for Change {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            position: row.get("position")?,
            id: row.get("id")?,
            at: row.get("at")?,
            actor_kind: row.get("actor_kind")?,
            actor: row.get("actor")?,
            behalf: row.get("behalf")?,
            verb: row.get("verb")?,
            subject_kind: row.get("subject_kind")?,
            subject: row.get("subject")?,
            before: row.get("before")?,
            after: row.get("after")?,
            request: row.get("request")?,
        })
    }
}

pub(super) async fn insert(tx: &Tx, id: ChangeId, actor: &Actor, entry: &Entry) -> Result<(), Error> {
    tx.run(sql!(
        "insert into change_fresh (id, at, actor_kind, actor, behalf, verb, subject_kind, subject, before, after, request)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        tx.now(),
        actor.kind(),
        actor.account().map(|account| account.0),
        actor.behalf,
        entry.verb,
        entry.kind,
        entry.subject,
        entry.before.clone(),
        entry.after.clone(),
        actor.request.as_deref()
    ))
    .await?;
    Ok(())
}

pub(super) async fn after(read: &Read, position: i64, limit: u32) -> Result<Vec<Change>, Error> {
    read.all(sql!(
        "select position, id, at, actor_kind, actor, behalf, verb, subject_kind, subject, before, after, request
        from change_sealed where position > $1 order by position limit $2",
        position,
        limit
    ))
    .await
}

pub(super) async fn sealed_of(
    read: &Read,
    subject: Uuid,
    position: i64,
    limit: u32,
) -> Result<Vec<Change>, Error> {
    read.all(sql!(
        "select position, id, at, actor_kind, actor, behalf, verb, subject_kind, subject, before, after, request
        from change_sealed where subject = $1 and position > $2 order by position limit $3",
        subject,
        position,
        limit
    ))
    .await
}

pub(super) async fn fresh_of(read: &Read, subject: Uuid, limit: u32) -> Result<Vec<Change>, Error> {
    read.all(sql!(
        "select cast(null as bigint) as position, id, at, actor_kind, actor, behalf, verb, subject_kind, subject, before,
            after, request
        from change_fresh where subject = $1 order by id limit $2",
        subject,
        limit
    ))
    .await
}

/// The thing that was given `reference`: its first change says so. The log is gone through for it, since the references of
/// all kinds of things are kept together nowhere else; that is for auditors, now and then.
pub(super) async fn named(read: &Read, reference: &Reference) -> Result<Option<Uuid>, Error> {
    let said = format!("%\"reference\":\"{reference}\"%");
    let sealed: Option<(Uuid,)> = read
        .optional(sql!(
            "select subject as value from change_sealed where after like $1 order by position limit 1",
            &said
        ))
        .await?;
    if sealed.is_some() {
        return Ok(sealed.map(|(subject,)| subject));
    }
    let fresh: Option<(Uuid,)> = read
        .optional(sql!(
            "select subject as value from change_fresh where after like $1 order by id limit 1",
            &said
        ))
        .await?;
    Ok(fresh.map(|(subject,)| subject))
}

/// Who signed the batch that ends at `position`.
pub(super) async fn signer_at(read: &Read, position: i64) -> Result<Option<String>, Error> {
    let found: Option<(String,)> =
        read.optional(sql!("select signer as value from change_seal where last = $1", position)).await?;
    Ok(found.map(|(signer,)| signer))
}

/// Every key that has signed a batch.
pub(super) async fn signers(read: &Read) -> Result<Vec<String>, Error> {
    let found: Vec<(String,)> =
        read.all(sql!("select distinct signer as value from change_seal order by 1")).await?;
    Ok(found.into_iter().map(|(signer,)| signer).collect())
}

/// A batch as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Seal {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) previous: String,
    pub(super) locators: String,
    pub(super) hash: String,
    pub(super) head: Head,
}

impl FromRow for Seal {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let head = Head::from_row(row)?;
        Ok(Self {
            first: row.get("first")?,
            last: head.last,
            previous: row.get("previous")?,
            locators: row.get("locators")?,
            hash: head.hash.clone(),
            head,
        })
    }
}

impl FromRow for Head {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            last: row.get("last")?,
            hash: row.get("hash")?,
            signer: row.get("signer")?,
            signature: row.get("signature")?,
            made_at: row.get::<Timestamp>("made_at")?,
        })
    }
}

pub(super) async fn any_fresh(read: &Read) -> Result<bool, Error> {
    let found: Option<(i64,)> =
        read.optional(sql!("select cast(1 as bigint) as value from change_fresh limit 1")).await?;
    Ok(found.is_some())
}

pub(super) async fn last_seal(tx: &Tx) -> Result<Option<Seal>, Error> {
    tx.optional(sql!(
        "select last, first, previous, locators, hash, signer, signature, made_at
        from change_seal order by last desc limit 1"
    ))
    .await
}

/// Gives the oldest fresh rows the positions after `end`, and tells how many there were.
pub(super) async fn number_fresh(tx: &Tx, end: i64, most: u32) -> Result<u64, Error> {
    tx.run(sql!(
        "insert into change_sealed (position, id, at, actor_kind, actor, behalf, verb, subject_kind, subject, before,
            after, request)
        select $1 + row_number() over (order by id), id, at, actor_kind, actor, behalf, verb, subject_kind, subject,
            before, after, request
        from (select * from change_fresh order by id limit $2) f",
        end,
        most
    ))
    .await
}

/// The text of a batch's rows, as it is hashed.
pub(super) async fn text_of(tx: &Tx, first: i64, last: i64) -> Result<String, Error> {
    let (text,): (String,) = tx
        .one(sql!(
            "select string_agg(text, $3 order by position) as value from change_text where position between $1 and $2",
            first,
            last,
            ROW
        ))
        .await?;
    Ok(text)
}

pub(super) async fn insert_seal(tx: &Tx, seal: &Seal) -> Result<(), Error> {
    tx.run(sql!(
        "insert into change_seal (last, first, previous, locators, hash, signer, signature, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        seal.last,
        seal.first,
        &seal.previous,
        &seal.locators,
        &seal.hash,
        &seal.head.signer,
        &seal.head.signature,
        seal.head.made_at
    ))
    .await?;
    Ok(())
}

pub(super) async fn forget_fresh(tx: &Tx, first: i64, last: i64) -> Result<(), Error> {
    tx.run(sql!(
        "delete from change_fresh where id in (select id from change_sealed where position between $1 and $2)",
        first,
        last
    ))
    .await?;
    Ok(())
}

pub(super) async fn heads_after(read: &Read, position: i64, limit: u32) -> Result<Vec<Head>, Error> {
    read.all(sql!(
        "select last, hash, signer, signature, made_at from change_seal where last > $1 order by last limit $2",
        position,
        limit
    ))
    .await
}

/// The positions between which the batches can be checked in `shares` about equal shares: 0 first, the last position last.
pub(super) async fn shares(read: &Read, shares: i64) -> Result<Vec<i64>, Error> {
    let (last,): (i64,) = read.one(sql!("select coalesce(max(last), 0) as value from change_seal")).await?;
    let mut bounds = vec![0];
    for share in 1..shares {
        let (bound,): (i64,) = read
            .one(sql!(
                "select coalesce(max(last), 0) as value from change_seal where last <= $1",
                last / shares * share
            ))
            .await?;
        if bounds.last() != Some(&bound) {
            bounds.push(bound);
        }
    }
    if bounds.last() != Some(&last) {
        bounds.push(last);
    }
    Ok(bounds)
}

/// The batches that end after `after` and not beyond `last`, each with the text of its rows: not counted, and in the order
/// in which the database happens to come by them, which is that of their positions. Where it is not, they do not hash right.
pub(super) async fn each_batch_quickly(
    read: &Read,
    after: i64,
    last: i64,
    mut take: impl FnMut(Seal, Option<String>),
) -> Result<(), Error> {
    read.each(
        sql!(
            "select s.last, s.first, s.previous, s.locators, s.hash, s.signer, s.signature, s.made_at,
                (select string_agg(u.text, $1) from (select t.text from change_text t
                    where t.position between s.first and s.last order by t.position) u) as text
            from change_seal s where s.last > $2 and s.last <= $3 order by s.last",
            ROW,
            after,
            last
        ),
        |row| {
            take(Seal::from_row(&row)?, row.get("text")?);
            Ok(())
        },
    )
    .await
}

/// Every batch with how many rows it has left and their text, `None` where it has none.
pub(super) async fn each_batch(
    read: &Read,
    mut take: impl FnMut(Seal, i64, Option<String>),
) -> Result<(), Error> {
    read.each(
        sql!(
            "select s.last, s.first, s.previous, s.locators, s.hash, s.signer, s.signature, s.made_at,
                (select count(*) from change_sealed c where c.position between s.first and s.last) as found,
                (select string_agg(t.text, $1 order by t.position)
                    from change_text t where t.position between s.first and s.last) as text
            from change_seal s order by s.last",
            ROW
        ),
        |row| {
            take(Seal::from_row(&row)?, row.get("found")?, row.get("text")?);
            Ok(())
        },
    )
    .await
}

row!(
    /// How many rows there are, and between which positions.
    pub(super) struct Totals {
        pub(super) sealed: i64,
        pub(super) lowest: Option<i64>,
        pub(super) highest: Option<i64>,
        pub(super) fresh: i64,
    }
);

impl Totals {
    /// Whether there are rows outside 1 to `last`.
    pub(super) fn beyond(&self, last: i64) -> bool {
        self.lowest.is_some_and(|lowest| lowest < 1) || self.highest.is_some_and(|highest| highest > last)
    }

    /// Whether the rows are those at 1 to `last`, each once: a position is a key.
    pub(super) fn are_whole(&self, last: i64) -> bool {
        self.sealed == last && !self.beyond(last)
    }

    /// A position outside 1 to `last`.
    pub(super) fn stray(&self, last: i64) -> i64 {
        self.lowest.filter(|lowest| *lowest < 1).or(self.highest).unwrap_or(last)
    }
}

pub(super) async fn totals(read: &Read) -> Result<Totals, Error> {
    read.one(sql!(
        "select (select count(*) from change_sealed) as sealed, (select min(position) from change_sealed) as lowest,
            (select max(position) from change_sealed) as highest, (select count(*) from change_fresh) as fresh"
    ))
    .await
}

pub(super) async fn cursor(read: &Read, name: &str) -> Result<i64, Error> {
    let found: Option<(i64,)> =
        read.optional(sql!("select position as value from change_reader where name = $1", name)).await?;
    Ok(found.map_or(0, |(position,)| position))
}

pub(super) async fn keep_cursor(tx: &Tx, name: &str, position: i64) -> Result<(), Error> {
    tx.run(sql!(
        "insert into change_reader (name, position, read_at) values ($1, $2, $3)
        on conflict (name) do update set position = excluded.position, read_at = excluded.read_at
        where change_reader.position < excluded.position",
        name,
        position,
        tx.now()
    ))
    .await?;
    Ok(())
}

pub(super) async fn lags(read: &Read) -> Result<Vec<Lag>, Error> {
    row!(
        struct LagRow {
            name: String,
            position: i64,
            behind: i64,
        }
    );
    let rows: Vec<LagRow> = read
        .all(sql!(
            "select name, position,
                coalesce((select max(position) from change_sealed), 0) - position as behind
            from change_reader order by name"
        ))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Lag { name: row.name, position: row.position, behind: row.behind })
        .collect())
}

pub(super) async fn count_fresh(read: &Read) -> Result<i64, Error> {
    let (count,): (i64,) = read.one(sql!("select count(*) as value from change_fresh")).await?;
    Ok(count)
}

pub(super) async fn newest(read: &Read) -> Result<Option<Timestamp>, Error> {
    let (at,): (Option<Timestamp>,) = read
        .one(sql!(
            "select coalesce((select max(at) from change_fresh),
                (select at from change_sealed order by position desc limit 1)) as value"
        ))
        .await?;
    Ok(at)
}
