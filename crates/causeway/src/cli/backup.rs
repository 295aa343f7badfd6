//! `causeway backup`, `causeway verify` and `causeway restore`. The work is done in `crate::backup`; here it is asked for,
//! watched and told.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use db::{Db, Settings};
use domain::file::Shelf;
use serde::Serialize;

use crate::backup::{
    self, BackupError, Contents, Input, Manifest, Output, Progress, Source, Summary, Target,
};
use crate::config::Secret;

/// `causeway backup`
#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// File to write, or - for the standard output
    #[arg(short, long, value_name = "PATH")]
    output: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// `causeway verify`
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// Backup to read, or - for the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// `causeway restore`
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("target").required(true).args(["to", "database"]))]
pub(super) struct RestoreArgs {
    /// Backup to read, or - for the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// New data folder, with the embedded database; it must be empty or not exist
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Empty PostgreSQL database; leave the password out and put it into ~/.pgpass
    #[arg(long, value_name = "URL", value_parser = secret)]
    database: Option<Secret>,
    /// New data folder for files, keys and heads, when the database is PostgreSQL; without it they are left out
    #[arg(long, value_name = "DIR", conflicts_with = "to")]
    files: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text))
}

/// What a command has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// For the standard output; for the standard error where the backup itself went to the standard output.
    pub(super) text: String,
    /// What the operator must look at although the command did its work: exit code 1.
    pub(super) warning: Option<String>,
}

/// Makes a backup of `source`.
///
/// # Errors
/// As [`backup::make`].
pub(super) async fn make(args: &BackupArgs, source: &Source) -> Result<Answer, BackupError> {
    let progress = Progress::default();
    let output = Output::of(&args.output);
    let to_stream = matches!(output, Output::Stream(_));
    let made = watched("backup", &progress, backup::make(source, output, &progress)).await?;
    let text = told(args.json, &made, || {
        let mut text = described(&made.manifest, &made.summary);
        let _ = writeln!(text, "written    {} bytes to {}", made.bytes, args.output.display());
        text
    });
    if to_stream {
        eprint!("{text}");
    }
    Ok(Answer { text: if to_stream { String::new() } else { text }, warning: None })
}

/// Verifies a backup.
///
/// # Errors
/// As [`backup::verify`].
pub(super) async fn verify(args: &VerifyArgs) -> Result<Answer, BackupError> {
    let progress = Progress::default();
    let contents = watched("verify", &progress, backup::verify(Input::of(&args.file), &progress)).await?;
    let text = told(args.json, &contents, || {
        let Contents { manifest, summary } = &contents;
        format!("{}sound      every byte, row and file is as it was written\n", described(manifest, summary))
    });
    Ok(Answer { text, warning: None })
}

/// Restores a backup; its files into `shelf` where the installation keeps them outside its data folder.
///
/// # Errors
/// As [`backup::restore`].
pub(super) async fn restore(args: &RestoreArgs, shelf: Option<Shelf>) -> Result<Answer, BackupError> {
    let mut target = match (&args.database, &args.to) {
        (Some(url), _) => {
            Target::database(Db::open(&Settings::new(db::Target::Postgres(url.reveal().to_owned()))).await?)
        }
        (None, Some(folder)) => Target::folder(folder),
        (None, None) => unreachable!("the group of arguments asks for one of them"),
    };
    if let Some(folder) = &args.files {
        target = target.with_folder(folder);
    }
    if let Some(shelf) = shelf {
        target = target.with_shelf(shelf);
    }
    let progress = Progress::default();
    let restore = backup::restore(Input::of(&args.file), target, &progress);
    let restored = watched("restore", &progress, restore).await?;
    let text = told(args.json, &restored, || {
        let mut text = described(&restored.manifest, &restored.summary);
        for migration in &restored.migrated {
            let _ = writeln!(text, "migrated   {migration}");
        }
        let log = &restored.log;
        let _ = writeln!(
            text,
            "change log {} sealed rows proven, {} heads agree, {} rows wait for their seal",
            log.rows, log.heads, log.unsealed
        );
        text
    });
    let warning = restored.log.fault.map(|fault| {
        format!(
            "everything was restored as it had been backed up, but the change log in it does not hold: {fault}; look at an \
             older backup, and keep this one as evidence"
        )
    });
    Ok(Answer { text, warning })
}

fn told(json: bool, result: &impl Serialize, words: impl FnOnce() -> String) -> String {
    if json {
        let value = serde_json::to_value(result).expect("results are plain data");
        format!("{value:#}\n")
    } else {
        words()
    }
}

fn described(manifest: &Manifest, summary: &Summary) -> String {
    format!(
        "made       {} by release {} from {}\nschema     {}\nrows       {} in {} tables\nfiles      {} with {} bytes\n",
        manifest.made_at,
        manifest.release,
        manifest.engine,
        manifest.schema,
        summary.rows.values().sum::<u64>(),
        summary.rows.len(),
        summary.files.count,
        summary.files.bytes
    )
}

/// Shows how far `work` is, where somebody looks.
async fn watched<T>(
    what: &str,
    progress: &Progress,
    work: impl Future<Output = Result<T, BackupError>>,
) -> Result<T, BackupError> {
    if !std::io::stderr().is_terminal() {
        return work.await;
    }
    tokio::pin!(work);
    let outcome = loop {
        tokio::select! {
            outcome = &mut work => break outcome,
            () = tokio::time::sleep(Duration::from_millis(200)) => {
                let (done, total) = progress.reached();
                let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0);
                eprint!("\r{what}: {percent} % of {} MiB", total >> 20);
                // A terminal that cannot be written to shows no progress; the work goes on.
                let _ = std::io::stderr().flush();
            }
        }
    };
    eprint!("\r\u{1b}[K");
    outcome
}
