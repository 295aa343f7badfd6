//! How organisations are put into words.

use domain::organisation::{Card as Body, Kind, Name, NameKind, Names};
use domain::programme::{ListKind, Programme};
use i18n::{Locale, Translator};

use crate::component::{Card, Chip, Link, Text, Tone};

/// The name of a body on a page in `locale`, with its language where that is another.
pub(super) fn named(names: &Names, reference: &str, locale: Locale) -> Text {
    names.best(locale).map_or_else(|| reference.into(), |name| text(name, locale))
}

/// A name with its language where that is not the page's.
pub(super) fn text(name: &Name, locale: Locale) -> Text {
    let tag = name.language.as_deref().and_then(tag).filter(|tag| *tag != locale.tag());
    Text { value: name.value.clone(), lang: tag }
}

/// The tag by which style sheets and voices know a language.
fn tag(language: &str) -> Option<&'static str> {
    let is_traditional = language
        .split('-')
        .skip(1)
        .any(|part| ["hant", "tw", "hk", "mo"].contains(&part.to_ascii_lowercase().as_str()));
    match Locale::nearest(language) {
        Some(Locale::ZhHans) if is_traditional => Some("zh-Hant"),
        Some(locale) => Some(locale.tag()),
        None => i18n::language_tag(language),
    }
}

/// What people call a kind.
pub(super) fn kind(programme: &Programme, t: Translator, kind: Kind) -> String {
    label(programme, t, ListKind::OrganisationKinds, kind.code())
}

/// What is said of a code of a list; the code itself where the operator's list lacks it.
pub(super) fn label(programme: &Programme, t: Translator, list: ListKind, code: &str) -> String {
    programme.label(list, code, t.locale()).unwrap_or(code).to_owned()
}

/// The address of the page of a body.
pub(super) fn href(body: &Body, locale: Locale) -> String {
    format!("/{}/organisations/{}", locale.tag(), body.reference)
}

/// A link to a body under its name.
pub(super) fn link(body: &Body, locale: Locale) -> Link {
    Link::new(href(body, locale), named(&body.names, body.reference.as_str(), locale))
}

/// What a list shows of a body: its name, one in another language, its kind, its place.
pub(super) fn card(programme: &Programme, t: Translator, body: &Body) -> Card {
    let locale = t.locale();
    let link = link(body, locale);
    let is_other = |name: &&Name| name.kind == NameKind::Label && name.value != link.label.value;
    let other = body.names.0.iter().find(is_other).map(|name| text(name, locale));
    let country = body.country.name(locale);
    let place = match body.region.as_str() {
        "" => country.to_owned(),
        region => format!("{region} · {country}"),
    };
    Card {
        link,
        lead: other,
        chips: vec![Chip::new(Tone::Plain, kind(programme, t, body.kind))],
        note: Some(place.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_bears_its_language_where_the_page_has_another() {
        let lang = |language: &str| {
            let name = Name { value: "A".into(), language: Some(language.into()), kind: NameKind::Label };
            text(&name, Locale::Km).lang
        };
        for (language, shown) in [
            ("km", None),
            ("km-KH", None),
            ("en", Some("en")),
            ("zh", Some("zh-Hans")),
            ("zh-TW", Some("zh-Hant")),
            ("tl", Some("fil")),
            ("fr", Some("fr")),
            ("fr-CA", Some("fr")),
            ("qqq", None),
        ] {
            assert_eq!(lang(language), shown, "{language}");
        }
    }
}
