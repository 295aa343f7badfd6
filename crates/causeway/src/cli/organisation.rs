//! `causeway organisation import` and `template`.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use domain::actor::Actor;
use domain::organisation::import::{self, Format, Intake, Outcome, Rows};
use i18n::{Locale, Translator};

use super::{Failure, on_site, print, refusal};
use crate::config::{Loaded, Problems};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Take organisations in from a table, or from records of the Research Organization Registry
    Import {
        /// The file: XLSX or CSV with the columns of the template, or JSON Lines
        file: PathBuf,
        /// Say what the file would do, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// What the file is [default: what its name says]
        #[arg(long)]
        format: Option<FormatArg>,
        /// Name under which the file's own ids are kept [default: the file's name]
        #[arg(long)]
        source: Option<String>,
        /// How many remarks on rows to print
        #[arg(long, default_value_t = 50)]
        remarks: usize,
    },
    /// Write an empty table to fill in
    Template {
        /// What it is to be
        #[arg(long, default_value = "xlsx")]
        format: FormatArg,
        /// Language of the headings: en, zh-Hans, th, lo, km, my, vi, ms, id or fil
        #[arg(long, value_parser = locale, default_value = "en")]
        locale: Locale,
        /// Where to write it [default: standard output]
        #[arg(long, value_name = "PATH")]
        output: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum FormatArg {
    /// Text with columns, in UTF-8
    Csv,
    /// A spreadsheet
    Xlsx,
    /// Records of the Research Organization Registry, one JSON object a line
    Ror,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Csv => Self::Csv,
            FormatArg::Xlsx => Self::Xlsx,
            FormatArg::Ror => Self::Ror,
        }
    }
}

fn locale(text: &str) -> Result<Locale, String> {
    let tags = || Locale::ALL.map(Locale::tag).join(", ");
    Locale::parse(text).ok_or_else(|| format!("a language is one of {}", tags()))
}

pub(super) fn run(command: &Command, load: impl FnOnce() -> Result<Loaded, Problems>) -> Result<(), Failure> {
    match command {
        Command::Template { format, locale, output } => {
            let table = import::template((*format).into(), *locale)?;
            let written = match output {
                Some(path) => std::fs::write(path, table),
                None => std::io::stdout().lock().write_all(&table),
            };
            written.map_err(|error| Failure::Sentence(format!("the table cannot be written: {error}")))
        }
        Command::Import { file, dry_run, format, source, remarks } => {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let format = (*format).map(Format::from).or_else(|| Format::of_name(&name)).ok_or_else(|| {
                Failure::Sentence(format!("{name}: say what it is with --format csv, xlsx or ror"))
            })?;
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let rows = import::read(&bytes(file)?, format, source.as_deref().unwrap_or(stem))?;
            on_site(load()?.config, async |site| {
                let operator = Actor::operator();
                let outcome = if *dry_run {
                    import::plan(&site.db, &operator, &rows).await?
                } else {
                    take_in(&site.db, &operator, &rows).await?
                };
                print(&told(&outcome, *dry_run, *remarks))
            })
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| Failure::Sentence(format!("{} cannot be read: {error}", path.display())))
}

async fn take_in(db: &db::Db, actor: &Actor, rows: &Rows) -> Result<Outcome, Failure> {
    let mut intake = Intake::of(rows);
    let shown = std::io::stderr().is_terminal();
    while let Some((step, steps)) = intake.step(db, actor).await? {
        if shown {
            eprint!("\r{step} of {steps}");
        }
    }
    if shown {
        eprintln!();
    }
    Ok(intake.outcome())
}

fn told(outcome: &Outcome, dry_run: bool, remarks: usize) -> String {
    let t = Translator::new(Locale::En);
    let mut text = String::new();
    for finding in outcome.findings.iter().take(remarks) {
        let weight = if finding.rejects { "row left out" } else { "value left out" };
        let words = refusal::problem(t, &finding.problem);
        text.push_str(&format!(
            "row {}, {} “{}”: {words} ({weight})\n",
            finding.row, finding.field, finding.value
        ));
    }
    if outcome.findings.len() > remarks {
        text.push_str(&format!("... and {} remarks more\n", outcome.findings.len() - remarks));
    }
    let Outcome { new, changed, same, wrong, .. } = outcome;
    text.push_str(&format!("{new} new, {changed} changed, {same} the same, {wrong} wrong\n"));
    if dry_run {
        text.push_str("Nothing was written.\n");
    }
    text
}
