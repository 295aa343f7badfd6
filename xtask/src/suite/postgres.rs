//! A PostgreSQL server for one test run: on loopback, in a folder of its own, gone with the run.
//!
//! It trades durability for speed (no fsync), so nothing about crash safety may be concluded from it.

use std::fs::File;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::group::{Group, Interrupt};
use super::{free_port, last_lines};

/// The superuser role of the tests, who may create databases. Nobody needs a password.
const ROLE: &str = "causeway";
const PATIENCE: Duration = Duration::from_secs(60);
const TRIES: usize = 3;

/// The settings of a server whose data nobody will miss.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "autovacuum_naptime=10min",
    "timezone=UTC",
];

/// A running server. Dropping it stops the server and removes its data.
#[derive(Debug)]
pub struct Postgres {
    _group: Group,
    port: u16,
}

/// The user and group the server runs as.
#[derive(Debug, Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Postgres {
    /// Makes a cluster and starts its server from the programs in `programs`; its log goes to the file `log`.
    ///
    /// # Errors
    /// When the programs fail (their words are in the message), or the run is interrupted.
    pub fn start(programs: &Path, log: &Path, interrupt: &Interrupt) -> Result<Postgres> {
        // A free port may be taken by somebody else before the server binds it.
        for _ in 1..TRIES {
            if let Some(server) = Postgres::try_start(programs, log, interrupt)? {
                return Ok(server);
            }
        }
        match Postgres::try_start(programs, log, interrupt)? {
            Some(server) => Ok(server),
            None => bail!("PostgreSQL did not start; {} ends with:\n{}", log.display(), last_lines(log)),
        }
    }

    /// The connection URL of the server's own database, for `CAUSEWAY_TEST_POSTGRES`.
    pub fn url(&self) -> String {
        format!("postgres://{ROLE}@127.0.0.1:{}/postgres", self.port)
    }

    /// `None` when the server ended before it answered.
    fn try_start(programs: &Path, log: &Path, interrupt: &Interrupt) -> Result<Option<Postgres>> {
        let owner = owner()?;
        let folder = tempfile::Builder::new().prefix("causeway-postgres-").tempdir()?;
        if let Some(owner) = owner {
            chown(folder.path(), Some(owner.user), Some(owner.group)).context("cannot hand over a folder")?;
        }
        make_cluster(programs, folder.path(), owner)?;

        let port = free_port()?;
        let log_file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = server_command(&programs.join("postgres"), folder.path(), owner);
        command.args(["-D", "data", "-h", "127.0.0.1", "-p", &port.to_string(), "-k"]).arg(folder.path());
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        command.stdout(log_file.try_clone()?).stderr(log_file);
        let mut group = Group::start(&mut command, Some(folder))?;

        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if group.ended()?.is_some() {
                return Ok(None);
            }
            if is_ready(programs, port)? {
                return Ok(Some(Postgres { _group: group, port }));
            }
            interrupt.pause()?;
        }
        bail!(
            "PostgreSQL did not answer within {PATIENCE:?}; {} ends with:\n{}",
            log.display(),
            last_lines(log)
        );
    }
}

/// Whom the server runs as: the caller (`None`), or the user `postgres` when the caller is root, whom
/// PostgreSQL refuses.
fn owner() -> Result<Option<Owner>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let id = |option: &str| -> Result<u32> {
        let output =
            Command::new("id").args([option, "postgres"]).output().context("id could not be started")?;
        String::from_utf8_lossy(&output.stdout).trim().parse().context(
            "PostgreSQL refuses to run as root, and there is no user `postgres`; \
             make one (useradd --system postgres) or run the tests as another user",
        )
    };
    Ok(Some(Owner { user: id("-u")?, group: id("-g")? }))
}

fn server_command(program: &Path, folder: &Path, owner: Option<Owner>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("PGDATA").env_remove("PGPORT");
    if let Some(owner) = owner {
        command.uid(owner.user).gid(owner.group);
    }
    command
}

fn make_cluster(programs: &Path, folder: &Path, owner: Option<Owner>) -> Result<()> {
    let output = server_command(&programs.join("initdb"), folder, owner)
        .args(["--pgdata=data", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
        .arg(format!("--username={ROLE}"))
        .stdin(Stdio::null())
        .output()
        .context("initdb could not be started")?;
    if !output.status.success() {
        bail!(
            "initdb failed in {} (is the folder of temporary files open to the user `postgres`?):\n{}",
            folder.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

fn is_ready(programs: &Path, port: u16) -> Result<bool> {
    let status = Command::new(programs.join("pg_isready"))
        .args(["--quiet", "--host=127.0.0.1", &format!("--port={port}"), "--username", ROLE])
        .status()
        .context("pg_isready could not be started")?;
    Ok(status.success())
}
