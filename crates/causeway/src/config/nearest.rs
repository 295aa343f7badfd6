//! The known name that somebody who mistyped one probably meant.

use super::settings::settings;
use super::table::Setting;

/// Names less alike than this (1 = the same) have nothing to do with each other.
const ALIKE: f64 = 0.8;

/// The candidate most like `name`, if one is like it at all.
pub(super) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (likeness(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// The setting most like `section.name`. The name must be alike; the section decides between equals,
/// so that a setting in the wrong section is found too.
pub(super) fn nearest_setting(section: &str, name: &str) -> Option<&'static Setting> {
    settings()
        .map(|setting| (likeness(name, setting.name()), likeness(section, setting.section()), setting))
        .filter(|(of_name, _, _)| *of_name >= ALIKE)
        .max_by(|a, b| (2.0 * a.0 + a.1).total_cmp(&(2.0 * b.0 + b.1)))
        .map(|(_, _, setting)| setting)
}

fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_finds_none() {
        let names = ["server", "storage", "storage.s3", "log"];
        assert_eq!(nearest("sever", names), Some("server"));
        assert_eq!(nearest("Storage.S4", names), Some("storage.s3"));
        assert_eq!(nearest("zzz", names), None);
    }

    #[test]
    fn a_setting_is_found_by_its_name_and_told_apart_by_its_section() {
        let key = |section, name| nearest_setting(section, name).map(|setting| setting.key);
        assert_eq!(key("sever", "listen"), Some("server.listen"));
        assert_eq!(key("metric", "listn"), Some("metrics.listen"));
        assert_eq!(key("server", "format"), Some("log.format"));
        assert_eq!(key("", "max_conections"), Some("server.max_connections"));
        assert_eq!(key("server", "zzz"), None);
    }
}
