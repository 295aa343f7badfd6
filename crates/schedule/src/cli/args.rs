//! The arguments.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Meeting timetables.
#[derive(Debug, Parser)]
#[command(name = "schedule", version)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do. An EVENT is a JSON file, a `.dzn` file, or a folder with slots.csv, tables.csv, participants.csv,
/// requests.csv and perhaps interpreters.csv.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find a timetable.
    Solve(Solve),
    /// Say whether a timetable keeps to every rule.
    Check {
        /// The event.
        event: PathBuf,
        /// The timetable, JSON.
        timetable: PathBuf,
    },
    /// Mend a timetable after a change.
    Replan(Replan),
    /// Say of each unserved request why, and what it would take.
    Explain {
        /// The event.
        event: PathBuf,
        /// The timetable, JSON.
        timetable: PathBuf,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Measure the quality of a timetable.
    Report {
        /// The event.
        event: PathBuf,
        /// The timetable, JSON.
        timetable: PathBuf,
    },
    /// Write a timetable for people and calendars.
    Print {
        /// The event.
        event: PathBuf,
        /// The timetable, JSON.
        timetable: PathBuf,
        /// What to write.
        #[command(flatten)]
        output: Output,
    },
    /// Make up an event.
    Generate(Generate),
    /// Print the JSON Schema of a file.
    Schema {
        /// Of which.
        of: File,
    },
}

/// Find a timetable.
#[derive(Debug, clap::Args)]
pub struct Solve {
    /// The event.
    pub event: PathBuf,
    /// Where to write the timetable, JSON; absent: standard output.
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// Seconds to search.
    #[arg(long, default_value_t = 5.0, conflicts_with = "moves")]
    pub seconds: f64,
    /// Moves to try per thread, in place of seconds: the same result each time.
    #[arg(long)]
    pub moves: Option<u64>,
    /// Searches side by side.
    #[arg(long, default_value_t = 2)]
    pub threads: usize,
    /// What random choices depend on.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// For `.dzn`: most that the breaks of two people may differ.
    #[arg(long)]
    pub spread: Option<u16>,
    /// Say nothing of the progress.
    #[arg(short, long)]
    pub quiet: bool,
    /// What else to write.
    #[command(flatten)]
    pub print: Output,
}

/// Mend a timetable.
#[derive(Debug, clap::Args)]
pub struct Replan {
    /// The event as it is now.
    pub event: PathBuf,
    /// The timetable so far, JSON.
    pub timetable: PathBuf,
    /// Where to write the new timetable, JSON; absent: standard output.
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// Where to write what has changed, JSON.
    #[arg(long)]
    pub diff: Option<PathBuf>,
    /// The time, RFC 3339: what has begun is not touched.
    #[arg(long)]
    pub now: Option<jiff::Timestamp>,
    /// Minutes of notice people are given.
    #[arg(long, default_value_t = 30)]
    pub notice: u32,
    /// Participants who do not come.
    #[arg(long, num_args = 1..)]
    pub absent: Vec<String>,
    /// Weight that dropping a confirmed meeting costs.
    #[arg(long, default_value_t = 1_000)]
    pub drop_penalty: u32,
    /// Weight that moving a confirmed meeting costs.
    #[arg(long, default_value_t = 2)]
    pub move_penalty: u32,
    /// Most confirmed meetings of one person that may change.
    #[arg(long)]
    pub changes_per_person: Option<u16>,
    /// Moves to try.
    #[arg(long, default_value_t = 20_000)]
    pub moves: u64,
    /// What random choices depend on.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// For `.dzn`: most that the breaks of two people may differ.
    #[arg(long)]
    pub spread: Option<u16>,
}

/// Files for people.
#[derive(Debug, Default, clap::Args)]
pub struct Output {
    /// Write an HTML page by hall, table and person.
    #[arg(long)]
    pub html: Option<PathBuf>,
    /// Write a CSV file.
    #[arg(long)]
    pub csv: Option<PathBuf>,
    /// Write a calendar for each person, interpreter and table into this folder.
    #[arg(long)]
    pub ical: Option<PathBuf>,
    /// Edition of the calendars: higher ones replace lower ones.
    #[arg(long, default_value_t = 0)]
    pub sequence: u32,
    /// Time the calendars are stamped with, RFC 3339; absent: the start of the event.
    #[arg(long)]
    pub stamp: Option<jiff::Timestamp>,
}

/// Make up an event.
#[derive(Debug, clap::Args)]
pub struct Generate {
    /// When people can meet.
    pub presence: Presence,
    /// Let visitors ask for hosts with tables of their own.
    #[arg(long)]
    pub hosts: bool,
    /// People.
    #[arg(long, default_value_t = 2_000)]
    pub participants: usize,
    /// Slots.
    #[arg(long, default_value_t = 40)]
    pub slots: usize,
    /// Requests.
    #[arg(long, default_value_t = 8_000)]
    pub requests: usize,
    /// Shared tables.
    #[arg(long, default_value_t = 200)]
    pub tables: usize,
    /// What chance depends on.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// When people of a made-up event can meet.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Presence {
    /// Most of the time.
    Scattered,
    /// One window each.
    Windows,
    /// Such that everything can be served.
    Planted,
}

/// A file with a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum File {
    /// The event.
    Event,
    /// The timetable.
    Timetable,
}
