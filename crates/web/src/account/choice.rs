//! What may be chosen of the programme's countries, languages and time zones.

use i18n::Locale;

use crate::App;
use crate::form::Choice;

/// Nothing, then the countries of the programme and the rest of the world, each in the order of its names.
pub(super) fn countries(app: &App, locale: Locale) -> Vec<Choice> {
    let served: Vec<_> = app.programme().countries().map(|country| country.code.to_string()).collect();
    let all = i18n::country_codes(locale);
    let choice = |name: &i18n::Name| Choice::new(name.code, name.name);
    let first = all.iter().filter(|name| served.iter().any(|code| code == name.code)).map(choice);
    let rest = all.iter().filter(|name| !served.iter().any(|code| code == name.code)).map(choice);
    std::iter::once(Choice::new("", "–")).chain(first).chain(rest).collect()
}

/// The languages of the pages, each in its own words.
pub(super) fn languages() -> Vec<Choice> {
    let choice = |locale: Locale| Choice::new(locale.tag(), locale.autonym()).in_language(locale.tag());
    Locale::ALL.into_iter().map(choice).collect()
}

/// Nothing, then the time zones of the programme's countries, and the one that somebody has.
pub(super) fn zones(app: &App, own: Option<&str>) -> Vec<Choice> {
    let mut zones: Vec<_> = app.programme().countries().flat_map(|country| country.zones.clone()).collect();
    zones.extend(own.map(str::to_owned));
    zones.sort_unstable();
    zones.dedup();
    let zones = zones.into_iter().map(|zone| Choice::new(zone.clone(), zone));
    std::iter::once(Choice::new("", "–")).chain(zones).collect()
}
