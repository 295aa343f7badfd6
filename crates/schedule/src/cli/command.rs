//! The commands. Each gives whether the answer is yes.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::args::{self, File, Generate, Output};
use super::files;
use crate::format::{csv, html, ical, json};
use crate::generate::{Presence, Recipe, Shape};
use crate::model::{Event, Timetable};
use crate::replan::{Policy, Replanned};
use crate::report::Report;
use crate::{Budget, Failure, Options, Progress};

type Answer = Result<bool, String>;

/// Longest search.
const MOST_SECONDS: f64 = 86_400.0;

pub(super) fn solve(args: &args::Solve) -> Answer {
    let event = files::event(&args.event, args.spread)?;
    let budget = match args.moves {
        Some(moves) => Budget::Moves(moves),
        None if (0.0..=MOST_SECONDS).contains(&args.seconds) => {
            Budget::Time(Duration::from_secs_f64(args.seconds))
        }
        None => return Err(format!("--seconds must be from 0 to {MOST_SECONDS}")),
    };
    let options = Options { seed: args.seed, threads: args.threads, budget };
    let mut observe = |progress: &Progress| {
        if !args.quiet {
            eprintln!("{}", progress_line(progress));
        }
        ControlFlow::Continue(())
    };
    let solution = match crate::solve(&event, &options, &mut observe) {
        Ok(solution) => solution,
        Err(Failure::Invalid(invalid)) => return Err(format!("{}: {invalid}", args.event.display())),
        Err(failure) => {
            eprintln!("{failure}");
            return Ok(false);
        }
    };
    verify(&event, &solution.timetable)?;
    if !args.quiet {
        eprintln!(
            "{}",
            summary(&crate::report::report(&event, &solution.timetable).map_err(|e| e.to_string())?)
        );
    }
    output(&event, &solution.timetable, &args.print)?;
    files::write(args.output.as_deref(), &json::write(&solution.timetable))?;
    Ok(true)
}

pub(super) fn check(event: &Path, timetable: &Path) -> Answer {
    let (event, timetable) = (files::event(event, None)?, files::timetable(timetable)?);
    let violations = crate::check::check(&event, &timetable).map_err(|invalid| invalid.to_string())?;
    violations.iter().for_each(|violation| println!("{violation}"));
    if violations.is_empty() {
        println!("{} meetings, no rule is broken", timetable.meetings.len());
    }
    Ok(violations.is_empty())
}

pub(super) fn replan(args: &args::Replan) -> Answer {
    let (event, before) = (files::event(&args.event, args.spread)?, files::timetable(&args.timetable)?);
    let policy = Policy {
        now: args.now,
        notice_minutes: args.notice,
        absent: args.absent.iter().map(|id| id.as_str().into()).collect(),
        drop_penalty: args.drop_penalty,
        move_penalty: args.move_penalty,
        changes_per_person: args.changes_per_person,
        seed: args.seed,
        moves: args.moves,
    };
    let Replanned { timetable, diff } =
        crate::replan::replan(&event, &before, &policy).map_err(|invalid| invalid.to_string())?;
    eprintln!(
        "{} kept, {} moved, {} at another table or with another interpreter, {} dropped, {} lost, {} added",
        diff.kept,
        diff.moved.len(),
        diff.replaced.len(),
        diff.dropped.len(),
        diff.lost.len(),
        diff.added.len()
    );
    if let Some(path) = &args.diff {
        files::write(Some(path), &json::write(&diff))?;
    }
    files::write(args.output.as_deref(), &json::write(&timetable))?;
    Ok(true)
}

pub(super) fn explain(event: &Path, timetable: &Path, as_json: bool) -> Answer {
    let (event, timetable) = (files::event(event, None)?, files::timetable(timetable)?);
    let explanations = crate::explain::explain(&event, &timetable).map_err(|invalid| invalid.to_string())?;
    if as_json {
        files::write(None, &json::write(&explanations))?;
    } else {
        explanations.iter().for_each(|explanation| println!("{}", crate::explain::in_words(explanation)));
    }
    Ok(true)
}

pub(super) fn report(event: &Path, timetable: &Path) -> Answer {
    let (event, timetable) = (files::event(event, None)?, files::timetable(timetable)?);
    let report = crate::report::report(&event, &timetable).map_err(|invalid| invalid.to_string())?;
    files::write(None, &json::write(&report))?;
    Ok(true)
}

pub(super) fn print(event: &Path, timetable: &Path, what: &Output) -> Answer {
    let (event, timetable) = (files::event(event, None)?, files::timetable(timetable)?);
    output(&event, &timetable, what)?;
    Ok(true)
}

pub(super) fn generate(args: &Generate) -> Answer {
    let presence = match args.presence {
        args::Presence::Scattered => Presence::Scattered,
        args::Presence::Windows => Presence::Windows,
        args::Presence::Planted => Presence::Planted,
    };
    if args.participants < 2 || args.slots == 0 || args.participants.saturating_mul(args.slots) > 64 << 20 {
        return Err(
            "an event needs two participants and a slot, and at most 64 Mi of them multiplied".to_owned()
        );
    }
    let recipe = Recipe {
        presence,
        shape: if args.hosts { Shape::Hosts } else { Shape::Open },
        participants: args.participants,
        slots: args.slots,
        requests: args.requests,
        tables: args.tables,
        seed: args.seed,
    };
    files::write(None, &json::write(&recipe.event()))?;
    Ok(true)
}

pub(super) fn schema(of: File) -> Answer {
    let schema = match of {
        File::Event => json::event_schema(),
        File::Timetable => json::timetable_schema(),
    };
    files::write(None, &schema)?;
    Ok(true)
}

/// A last look by the independent checker, so that a fault in the search is never printed on a badge.
fn verify(event: &Event, timetable: &Timetable) -> Result<(), String> {
    match crate::check::check(event, timetable) {
        Ok(violations) if violations.is_empty() => Ok(()),
        Ok(violations) => Err(format!("the search went wrong, please report: {}", violations[0])),
        Err(invalid) => Err(invalid.to_string()),
    }
}

fn output(event: &Event, timetable: &Timetable, what: &Output) -> Result<(), String> {
    if let Some(path) = &what.html {
        files::write(Some(path), &html::page(event, timetable, &html::Words::default()))?;
    }
    if let Some(path) = &what.csv {
        files::write(Some(path), &csv::write(event, timetable))?;
    }
    if let Some(folder) = &what.ical {
        calendars(event, timetable, what, folder)?;
    }
    Ok(())
}

fn calendars(event: &Event, timetable: &Timetable, what: &Output, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let made = what.stamp.or(event.slots.first().map(|slot| slot.start)).unwrap_or(Timestamp::UNIX_EPOCH);
    let stamp = ical::Stamp { made, sequence: what.sequence, domain: "timetable.invalid" };
    let write = |kind: &str, at: usize, id: &str, of| {
        let plain: String =
            id.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
        let path = folder.join(format!("{kind}-{}-{plain}.ics", at + 1));
        files::write(Some(&path), &ical::calendar(event, timetable, of, stamp))
    };
    for (at, participant) in event.participants.iter().enumerate() {
        write("person", at, participant.id.as_str(), ical::Of::Participant(&participant.id))?;
    }
    for (at, interpreter) in event.interpreters.iter().enumerate() {
        write("interpreter", at, interpreter.id.as_str(), ical::Of::Interpreter(&interpreter.id))?;
    }
    for (at, table) in event.tables.iter().enumerate() {
        write("table", at, table.id.as_str(), ical::Of::Table(&table.id))?;
    }
    Ok(())
}

fn progress_line(progress: &Progress) -> String {
    let share = 100.0 * progress.served as f64 / progress.bound.max(1) as f64;
    format!(
        "{:6.1} s  {:?}: {} of at most {} ({share:.3} %), {} requests not served, {} breaks",
        progress.elapsed.as_secs_f64(),
        progress.phase,
        progress.served,
        progress.bound,
        progress.unserved,
        progress.breaks
    )
}

fn summary(report: &Report) -> String {
    let served: usize = report.levels.iter().map(|level| level.served).sum();
    let asked: usize = report.levels.iter().map(|level| level.asked).sum();
    format!(
        "{served} of {asked} requests served, within {:.3} % of the best possible; {} of {} people without a meeting, \
         {} breaks, {} changes of hall, {} of table",
        report.gap_percent,
        report.without_meeting.len(),
        report.people,
        report.breaks,
        report.hall_changes,
        report.table_changes
    )
}
