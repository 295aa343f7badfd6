//! The support bundle: what a maintainer needs to help, and nothing that is secret or tells of a person. Logs are not in
//! it: they are the journal's, and the operator adds what he has looked through.

use std::fs::File;
use std::path::Path;

use domain::actor::Actor;
use domain::job::{self, JobView};
use domain::page::Ask;
use domain::{change, node};
use serde_json::{Value as Json, json};

use crate::config::Config;
use crate::doctor::Finding;
use crate::site::Site;

/// Jobs in the bundle at most.
const JOBS: u32 = 200;

/// Named documents.
#[derive(Debug)]
pub struct Bundle(Vec<(&'static str, Json)>);

async fn jobs(db: &db::Db) -> domain::Result<Vec<JobView>> {
    Ok(job::list(db, &Actor::operator(), None, Ask::first(JOBS)).await?.items)
}

/// Gathers it. What cannot be asked, since the database is away, is said in its place.
pub async fn gather(config: Config, settings: Json, findings: Vec<Finding>) -> Bundle {
    let mut parts = vec![
        ("version.json", json!({ "causeway": env!("CARGO_PKG_VERSION"), "schema": db::Db::newest_schema() })),
        ("config.json", settings),
        ("doctor.json", json!(findings)),
        ("machine.json", machine()),
    ];
    match Site::visit(config).await {
        Ok(site) => {
            parts.push(("jobs.json", said(jobs(&site.db).await)));
            parts.push(("nodes.json", said(node::list(&site.db).await)));
            parts.push(("readers.json", said(change::lags(&site.db).await)));
            site.close().await;
        }
        Err(error) => parts.push(("site.json", json!({ "error": error.to_string() }))),
    }
    Bundle(parts)
}

fn said(answer: domain::Result<impl serde::Serialize>) -> Json {
    match answer {
        Ok(answer) => json!(answer),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn machine() -> Json {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default().trim().to_owned();
    json!({
        "kernel": read("/proc/sys/kernel/osrelease"),
        "system": read("/etc/os-release"),
        "cores": std::thread::available_parallelism().map(std::num::NonZero::get).unwrap_or(0),
        "memory": read("/proc/meminfo").lines().take(3).collect::<Vec<_>>(),
    })
}

impl Bundle {
    /// The names of its documents.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// Writes it as a `.tar.zst`.
    ///
    /// # Errors
    /// What the disk says.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let file = zstd::Encoder::new(File::create(path)?, 0)?;
        let mut archive = tar::Builder::new(file);
        for (name, document) in &self.0 {
            let content = format!("{document:#}\n");
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o600);
            archive.append_data(&mut header, format!("causeway-support/{name}"), content.as_bytes())?;
        }
        archive.into_inner()?.finish()?.sync_all()
    }
}
