//! The database: what it is, and whether it keeps what it acknowledges.

use db::{Engine, Error, Read, sql};

use super::Finding;
use crate::site::Site;

pub(super) async fn examine(site: &Site) -> Vec<Finding> {
    let mut findings = vec![kind(site).await, schema(site).await];
    match site.db.engine() {
        Engine::Sqlite => findings.push(soundness(site).await),
        Engine::Postgres => findings.extend(server(site).await),
    }
    findings
}

async fn kind(site: &Site) -> Finding {
    match site.db.probe().await {
        Ok(probe) => {
            let size = probe.bytes >> 20;
            Finding::good("database", format!("{} {}, {size} MiB", site.db.engine().name(), probe.version))
        }
        Err(error) => Finding::wrong("database", error.to_string()),
    }
}

async fn schema(site: &Site) -> Finding {
    match site.db.demand_current().await {
        Ok(()) => Finding::good("schema", format!("up to date ({})", db::Db::newest_schema())),
        Err(error) => Finding::wrong("schema", error.to_string()),
    }
}

/// SQLite's own look at its file: short of reading every index, which a verified backup stands for.
async fn soundness(site: &Site) -> Finding {
    let said: Result<(String,), Error> = site
        .db
        .read(async |read| read.one(sql!("select quick_check as value from pragma_quick_check()")).await)
        .await;
    match said {
        Ok((said,)) if said == "ok" => Finding::good("soundness", "the database file is sound"),
        Ok((said,)) => Finding::wrong(
            "soundness",
            format!("the database file is damaged ({said}): restore the newest backup"),
        ),
        Err(error) => Finding::wrong("soundness", format!("the database file cannot be checked: {error}")),
    }
}

/// What a PostgreSQL server must be set to.
async fn server(site: &Site) -> Vec<Finding> {
    let read = site.db.read(async |read| server_settings(&read).await).await;
    let found = match read {
        Ok(found) => found,
        Err(error) => return vec![Finding::wrong("server", error.to_string())],
    };
    let mut findings = Vec::new();
    for (name, value) in [("fsync", &found.fsync), ("full_page_writes", &found.full_page_writes)] {
        if value != "on" {
            findings.push(Finding::wrong(
                "server",
                format!("{name} is {value}: a power cut can destroy the database; set it to on"),
            ));
        }
    }
    if found.synchronous_commit == "off" {
        findings.push(Finding::wrong(
            "server",
            "synchronous_commit is off: a crash loses changes that were acknowledged; set it to on",
        ));
    }
    if found.standbys > 0 && found.synchronous_standbys.is_empty() {
        findings.push(Finding::warning(
            "server",
            "its standby follows asynchronously: a fail-over can lose acknowledged changes; name it in \
             synchronous_standby_names",
        ));
    }
    if found.encoding != "UTF8" {
        findings.push(Finding::wrong(
            "server",
            format!("the database's encoding is {}: it must be UTF8", found.encoding),
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::good("server", "keeps what it acknowledges"));
    }
    findings
}

db::row!(
    struct ServerSettings {
        fsync: String,
        full_page_writes: String,
        synchronous_commit: String,
        synchronous_standbys: String,
        encoding: String,
        standbys: i64,
    }
);

async fn server_settings(read: &Read) -> Result<ServerSettings, Error> {
    read.one(sql!(
        "select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit,
            current_setting('synchronous_standby_names') as synchronous_standbys,
            current_setting('server_encoding') as encoding,
            (select count(*) from pg_stat_replication) as standbys"
    ))
    .await
}
