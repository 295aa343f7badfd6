//! Which events are written: our own crates from the configured level on, other people's only when they warn,
//! for what those say below that is not under our control.

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};

use crate::config::{LogFilter, LogLevel};

/// The crates of this workspace that log. A test compares the list with the folder.
pub(super) const OURS: &[&str] = &["causeway", "db", "domain", "i18n", "mail", "schedule", "web"];

/// A level for our crates, others for parts, and a bound for everybody else.
#[derive(Debug)]
pub(super) struct Filter(pub(super) LogFilter);

impl Filter {
    pub(super) fn allows(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level_of(metadata.target()).tracing()
    }

    /// Whether the fields of a span are kept. Up to INFO they are at every configured level, so that a warning
    /// tells its request's number.
    pub(super) fn keeps(&self, span: &Metadata<'_>) -> bool {
        *span.level() <= Level::INFO || self.allows(span)
    }

    /// The finest level that anything can have and still be written or kept.
    pub(super) fn finest(&self) -> LevelFilter {
        let parts = self.0.parts.iter().map(|(_, level)| level.tracing());
        LevelFilter::from_level(parts.fold(self.0.level.tracing(), Level::max).max(Level::INFO))
    }

    fn level_of(&self, target: &str) -> LogLevel {
        let named = self
            .0
            .parts
            .iter()
            .filter(|(part, _)| is_within(target, part))
            .max_by_key(|(part, _)| part.len());
        match (named, self.0.level) {
            (Some((_, level)), _) => *level,
            (None, level) if OURS.iter().any(|ours| is_within(target, ours)) => level,
            (None, LogLevel::Error) => LogLevel::Error,
            (None, LogLevel::Warn | LogLevel::Info | LogLevel::Debug | LogLevel::Trace) => LogLevel::Warn,
        }
    }
}

/// Whether the target is the part or a module inside it.
fn is_within(target: &str, part: &str) -> bool {
    target.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_crates_have_the_level_and_others_only_warn() {
        let filter = Filter(LogFilter {
            level: LogLevel::Info,
            parts: vec![
                ("db".into(), LogLevel::Debug),
                ("db::pool".into(), LogLevel::Error),
                ("hyper".into(), LogLevel::Info),
            ],
        });
        for (target, level) in [
            ("causeway::folder", LogLevel::Info),
            ("db", LogLevel::Debug),
            ("db::pool::reader", LogLevel::Error),
            ("hyper::proto", LogLevel::Info),
            ("sqlx::query", LogLevel::Warn),
            ("dbus", LogLevel::Warn),
        ] {
            assert_eq!(filter.level_of(target), level, "{target}");
        }
        assert_eq!(filter.finest(), LevelFilter::DEBUG);
    }

    #[test]
    fn every_crate_of_the_workspace_is_ours() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(name.ends_with("-macros") || OURS.contains(&name.as_str()), "add `{name}` to OURS");
        }
    }
}
