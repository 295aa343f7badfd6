//! Migrations: forward only, each in a transaction of its own, one text for both engines and a pair only where they
//! must differ. The files are `migrations/NNNN_name.sql`, or `NNNN_name.sqlite.sql` beside `NNNN_name.postgres.sql`.
//!
//! Own code, since sqlx's migrator takes one folder per engine: see `docs/decisions/0004-migrations.md`.

use crate::conn::Tx;
use crate::postgres::BEGIN_MIGRATION;
use crate::{Db, Engine, Error, OpenError, sql, sqlite};

struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! both {
    ($version:literal, $name:literal) => {
        Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/", $name, ".sql")),
        }
    };
}

macro_rules! pair {
    ($version:literal, $name:literal) => {
        Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/", $name, ".sqlite.sql")),
            postgres: include_str!(concat!("../migrations/", $name, ".postgres.sql")),
        }
    };
}

const MIGRATIONS: &[Migration] = &[
    pair!(1, "0001_engine"),
    both!(2, "0002_change"),
    pair!(3, "0003_change_guard"),
    both!(4, "0004_job"),
    both!(5, "0005_account"),
    both!(6, "0006_words"),
    both!(7, "0007_publication"),
    both!(8, "0008_file"),
    both!(9, "0009_node"),
    both!(10, "0010_letter"),
    both!(11, "0011_grant"),
    pair!(12, "0012_change_position"),
    both!(13, "0013_node_key"),
    pair!(14, "0014_sorted_text"),
    both!(15, "0015_organisation"),
    both!(16, "0016_membership"),
    both!(17, "0017_suppression"),
];

const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

impl Migration {
    fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }

    fn checksum(&self, engine: Engine) -> String {
        blake3::hash(self.text(engine).as_bytes()).to_hex()[..32].to_owned()
    }
}

/// What stands between a database and the newest schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationPlan {
    /// The version the database has; 0 for an empty one.
    pub found: i64,
    /// The version this program needs.
    pub newest: i64,
    /// The migrations to come, as `NNNN_name`.
    pub pending: Vec<&'static str>,
}

/// A migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its number.
    pub version: i64,
    /// `NNNN_name`.
    pub name: &'static str,
}

impl Db {
    /// The newest schema this program knows.
    pub fn newest_schema() -> i64 {
        NEWEST
    }

    /// Compares the database with this program, and changes nothing.
    ///
    /// # Errors
    /// [`OpenError::Newer`], [`OpenError::Altered`], or what the database says.
    pub async fn migration_plan(&self) -> Result<MigrationPlan, OpenError> {
        let engine = self.engine();
        let applied = self.read(async |read| applied(&read).await).await?;
        for (version, checksum) in &applied {
            let Some(known) = MIGRATIONS.iter().find(|migration| migration.version == *version) else {
                return Err(OpenError::Newer { at: self.at().to_owned(), found: *version, known: NEWEST });
            };
            if known.checksum(engine) != *checksum {
                return Err(OpenError::Altered { at: self.at().to_owned(), version: *version });
            }
        }
        let found = applied.iter().map(|(version, _)| *version).max().unwrap_or(0);
        let pending = MIGRATIONS.iter().filter(|m| m.version > found).map(|m| m.name).collect();
        Ok(MigrationPlan { found, newest: NEWEST, pending })
    }

    /// Applies what is missing, each migration in a transaction of its own. Two nodes may start at once: the second
    /// waits for the first and finds nothing left to do.
    ///
    /// # Errors
    /// [`OpenError::Newer`], [`OpenError::Altered`], or what the database says; migrations before the failed one stay.
    pub async fn migrate(&self) -> Result<Vec<Applied>, OpenError> {
        self.migrate_to(NEWEST).await
    }

    /// [`Db::migrate`], stopping at the version `newest`: for tests that look at what lies in between, and for data of an
    /// older schema.
    ///
    /// # Errors
    /// As [`Db::migrate`].
    pub async fn migrate_to(&self, newest: i64) -> Result<Vec<Applied>, OpenError> {
        let mut done = Vec::new();
        self.migration_plan().await?;
        for migration in MIGRATIONS.iter().filter(|migration| migration.version <= newest) {
            if self.write_from(BEGIN_MIGRATION, async |tx| apply(&tx, migration).await).await? {
                tracing::info!(migration = migration.name, "applied");
                done.push(Applied { version: migration.version, name: migration.name });
            }
        }
        Ok(done)
    }

    /// Refuses a database that [`Db::migrate`] would still have to change.
    ///
    /// # Errors
    /// [`OpenError::Older`], and those of [`Db::migration_plan`].
    pub async fn demand_current(&self) -> Result<(), OpenError> {
        let plan = self.migration_plan().await?;
        if plan.pending.is_empty() {
            return Ok(());
        }
        Err(OpenError::Older { at: self.at().to_owned(), found: plan.found, known: plan.newest })
    }

    pub(crate) async fn demand_ours(&self) -> Result<(), OpenError> {
        let at = self.at().to_owned();
        let foreign = self.read(async |read| foreign_sign(&read).await).await;
        match foreign {
            Ok(None) => Ok(()),
            Ok(Some(sign)) => Err(OpenError::Foreign { at, sign }),
            Err(Error::Unavailable(cause)) => Err(OpenError::Unreachable { at, cause }),
            Err(Error::Driver(error)) if self.engine() == Engine::Postgres => {
                Err(OpenError::Unreachable { at, cause: error.to_string() })
            }
            // SQLITE_NOTADB and SQLITE_CORRECT come up at the first statement.
            Err(Error::Driver(error)) => Err(OpenError::Foreign { at, sign: error.to_string() }),
            Err(other) => Err(other.into()),
        }
    }
}

impl crate::Read {
    /// The version of the schema that this view sees; 0 for a database without one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn schema_version(&self) -> Result<i64, Error> {
        Ok(applied(self).await?.into_iter().map(|(version, _)| version).max().unwrap_or(0))
    }
}

impl Tx {
    /// Lays the schema of `version` into an empty database, within this transaction: for a restore, which keeps schema
    /// and rows together or neither.
    ///
    /// # Errors
    /// [`Error::Refused`] for a version that this program does not know; else what the database says.
    pub async fn lay_schema(&self, version: i64) -> Result<(), Error> {
        if !MIGRATIONS.iter().any(|migration| migration.version == version) {
            return Err(Error::Refused(format!("this program knows no schema {version}")));
        }
        for migration in MIGRATIONS.iter().filter(|migration| migration.version <= version) {
            apply(self, migration).await?;
        }
        Ok(())
    }
}

/// What shows that the tables are another program's, if they are.
async fn foreign_sign(read: &crate::Read) -> Result<Option<String>, Error> {
    let ours = has_migrations(read).await?;
    if read.engine() == Engine::Sqlite {
        let (mark,): (i64,) =
            read.one(sql!("select application_id as value from pragma_application_id()")).await?;
        if mark != 0 && mark != sqlite::APPLICATION_ID {
            return Ok(Some(format!("its application id is {mark}")));
        }
    }
    if ours {
        return Ok(None);
    }
    let tables = crate::schema::table_names(read).await?;
    Ok(tables.first().map(|table| format!("it has a table “{table}” and none called “schema_migration”")))
}

async fn has_migrations(read: &crate::Read) -> Result<bool, Error> {
    Ok(crate::schema::table_names(read).await?.iter().any(|table| table == "schema_migration"))
}

async fn applied(read: &crate::Read) -> Result<Vec<(i64, String)>, Error> {
    if !has_migrations(read).await? {
        return Ok(Vec::new());
    }
    crate::row!(
        struct AppliedRow {
            version: i64,
            checksum: String,
        }
    );
    let rows: Vec<AppliedRow> =
        read.all(sql!("select version, checksum from schema_migration order by version")).await?;
    Ok(rows.into_iter().map(|row| (row.version, row.checksum)).collect())
}

async fn apply(tx: &Tx, migration: &Migration) -> Result<bool, Error> {
    if tx.engine() == Engine::Postgres {
        // Held to the end of the transaction: one node migrates, the others wait.
        tx.optional::<Ignored>(sql!("select pg_advisory_xact_lock(4357415900)")).await?;
    }
    tx.run(sql!(
        "create table if not exists schema_migration (version bigint primary key not null, name text not null, checksum text not null, applied_at text not null)"
    ))
    .await?;
    if applied(tx).await?.iter().any(|(version, _)| *version == migration.version) {
        return Ok(false);
    }
    let engine = tx.engine();
    tx.script(migration.text(engine)).await?;
    tx.run(sql!(
        "insert into schema_migration (version, name, checksum, applied_at) values ($1, $2, $3, $4)",
        migration.version,
        migration.name,
        migration.checksum(engine),
        tx.now()
    ))
    .await?;
    Ok(true)
}

struct Ignored;

impl crate::FromRow for Ignored {
    fn from_row(_: &crate::Row) -> Result<Self, Error> {
        Ok(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_in_order_and_named_by_their_number() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version, i64::try_from(index).unwrap() + 1);
            assert!(migration.name.starts_with(&format!("{:04}_", migration.version)), "{}", migration.name);
        }
    }
}
