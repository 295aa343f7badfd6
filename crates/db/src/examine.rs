//! What an operator wants to know of the engine itself. Here because each question is one engine's own.

use crate::{Db, Engine, Error, row, sql};

row!(
    /// The settings of a PostgreSQL server that decide whether it keeps what it acknowledges.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ServerSettings {
        /// `on`, or a power cut can destroy the database.
        pub fsync: String,
        /// `on`, or a power cut can tear pages.
        pub full_page_writes: String,
        /// Not `off`, or a crash loses what was acknowledged.
        pub synchronous_commit: String,
        /// The standbys that must have a change before it is acknowledged; empty for none.
        pub synchronous_standbys: String,
        /// Must be `UTF8`.
        pub encoding: String,
        /// Standbys that follow at the moment.
        pub standbys: i64,
    }
);

impl Db {
    /// Lets SQLite look through its file, short of comparing indexes with their tables. `None` where it is sound, else
    /// what is wrong first. Always `None` on PostgreSQL, which checks its pages by itself.
    ///
    /// # Errors
    /// What the database says.
    pub async fn damage(&self) -> Result<Option<String>, Error> {
        if self.engine() == Engine::Sqlite {
            let (said,): (String,) = self
                .read(async |read| {
                    read.one(sql!("select quick_check as value from pragma_quick_check()")).await
                })
                .await?;
            return Ok((said != "ok").then_some(said));
        }
        Ok(None)
    }

    /// How the PostgreSQL server is set. `None` on SQLite.
    ///
    /// # Errors
    /// What the database says.
    pub async fn server_settings(&self) -> Result<Option<ServerSettings>, Error> {
        if self.engine() == Engine::Postgres {
            let settings = self.read(async |read| {
                read.one(sql!(
                    "select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
                        current_setting('synchronous_commit') as synchronous_commit,
                        current_setting('synchronous_standby_names') as synchronous_standbys,
                        current_setting('server_encoding') as encoding,
                        (select count(*) from pg_stat_replication) as standbys"
                ))
                .await
            });
            return settings.await.map(Some);
        }
        Ok(None)
    }
}
