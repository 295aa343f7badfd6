//! `causeway job list`, `show`, `retry`, `stop` and `run`.

use domain::actor::Actor;
use domain::id::JobId;
use domain::job::{self, Job, JobView, State};

use super::{Failure, newest, on_site, print, print_json};
use crate::audit;
use crate::config::Config;
use crate::site::Site;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the newest jobs
    List {
        /// Only those that are queued, running, done, dead or stopped
        #[arg(long, value_parser = state)]
        state: Option<State>,
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one job
    Show {
        /// Its id
        id: JobId,
    },
    /// Run a dead or stopped job again
    Retry {
        /// Its id
        id: JobId,
    },
    /// Stop a job: at once while it waits, at its next step while it runs
    Stop {
        /// Its id
        id: JobId,
    },
    /// Enqueue one of the jobs that come round, now
    Run {
        /// What is to be done
        kind: Round,
    },
}

/// The jobs that come round by themselves.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Round {
    /// Verify the change log
    #[value(name = "change.verify")]
    ChangeVerify,
    /// Remove bytes that no file names
    #[value(name = "file.sweep")]
    FileSweep,
    /// Remove what letters said, and letters that ended long ago
    #[value(name = "notice.sweep")]
    NoticeSweep,
    /// Remove jobs that ended well a month ago
    #[value(name = "job.sweep")]
    JobSweep,
    /// Make a backup
    #[value(name = "backup.make")]
    BackupMake,
}

fn state(text: &str) -> Result<State, String> {
    State::parse(text).ok_or_else(|| "a state is one of queued, running, done, dead, stopped".to_owned())
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    let operator = Actor::operator();
    on_site(config, async |site| match command {
        Command::List { state, limit, json } => {
            let jobs = newest(*limit, async |ask| job::list(&site.db, &operator, *state, ask).await).await?;
            if *json {
                return print_json(&jobs);
            }
            let lines: String = jobs.iter().map(line).collect();
            print(if lines.is_empty() { "No jobs.\n" } else { &lines })
        }
        Command::Show { id } => print_json(&job::load(&site.db, &operator, *id).await?),
        Command::Retry { id } => print(&line(&job::retry(&site.db, &operator, *id).await?)),
        Command::Stop { id } => print(&line(&job::stop(&site.db, &operator, *id).await?)),
        Command::Run { kind } => {
            let id = match kind {
                Round::ChangeVerify => enqueue(site, &operator, audit::Check {}).await?,
                Round::FileSweep => enqueue(site, &operator, domain::file::Sweep {}).await?,
                Round::NoticeSweep => enqueue(site, &operator, domain::notice::Sweep {}).await?,
                Round::JobSweep => enqueue(site, &operator, job::Sweep { keep_days: 30 }).await?,
                Round::BackupMake => enqueue(site, &operator, crate::backup::Make {}).await?,
            };
            print(&format!("{id}\n"))
        }
    })
}

async fn enqueue<J: Job + Sync>(site: &Site, operator: &Actor, job: J) -> Result<JobId, Failure> {
    Ok(site.db.write(async |tx| job::enqueue(&tx, operator, &job, tx.now()).await).await?)
}

fn line(job: &JobView) -> String {
    let steps = job.steps.map_or_else(String::new, |steps| format!("  {}/{steps}", job.step));
    let error = job.error.as_deref().map_or_else(String::new, |error| format!("  {error}"));
    let tries = job.attempts;
    format!("{}  {}  {}  {tries} tries{steps}  {}{error}\n", job.id, job.state.code(), job.kind, job.made_at)
}
