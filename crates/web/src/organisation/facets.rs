//! What the directory can be narrowed by, with how many there are, and how they are spread over the countries.

use std::borrow::Cow;

use domain::organisation::Counts;
use domain::programme::{CountryCode, Programme};
use domain::taxonomy;
use i18n::{Collation, Translator};

use super::chosen::Chosen;
use super::words;
use crate::chart::{Bar, Chart, bars};
use crate::component::{Cell, Column, Facet, FacetGroup, Facets, Link, Row, Table};

/// The facets of a list. Where a name is searched for nothing is counted: the counts are those of the whole choice.
pub(super) fn facets(programme: &Programme, t: Translator, chosen: &Chosen, counts: &Counts) -> Facets {
    let collation = Collation::of(t.locale());
    let facet = |label: String, count: i64, is_chosen: bool, with: Chosen| Facet {
        link: Link::new(with.href(t.locale()), label),
        count: if chosen.name.is_some() { String::new() } else { t.formats().number(count) },
        is_chosen,
    };
    let by_country = with_chosen(&counts.by_country, chosen.country);
    let mut countries: Vec<Facet> = by_country
        .into_iter()
        .map(|(code, count)| {
            let is_chosen = chosen.country == Some(code);
            let country = (!is_chosen).then_some(code);
            facet(code.name(t.locale()).to_owned(), count, is_chosen, Chosen { country, ..chosen.clone() })
        })
        .collect();
    countries.sort_by(|a, b| collation.compare(&a.link.label.value, &b.link.label.value));
    let kinds = with_chosen(&counts.by_kind, chosen.kind)
        .into_iter()
        .map(|(code, count)| {
            let is_chosen = chosen.kind == Some(code);
            let kind = (!is_chosen).then_some(code);
            facet(words::kind(programme, t, code), count, is_chosen, Chosen { kind, ..chosen.clone() })
        })
        .collect();
    let fields = with_chosen(&counts.by_field, chosen.field)
        .into_iter()
        .map(|(code, count)| {
            let is_chosen = chosen.field == Some(code);
            let field = (!is_chosen).then_some(code);
            let label = taxonomy::find(code).map_or(code, |field| field.label(t.locale()));
            facet(label.to_owned(), count, is_chosen, Chosen { field, ..chosen.clone() })
        })
        .collect();
    let group = |heading: Cow<'static, str>, items: Vec<Facet>| {
        (!items.is_empty()).then(|| FacetGroup { heading: heading.into(), items })
    };
    Facets {
        label: t.text("organisation-narrow").into_owned(),
        groups: [
            group(t.text("organisation-country"), countries),
            group(t.text("organisation-kind"), kinds),
            group(t.text("organisation-field"), fields),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// The counts with what is chosen among them, so that it can be given up where nothing has it.
fn with_chosen<T: Copy + PartialEq>(counts: &[(T, i64)], chosen: Option<T>) -> Vec<(T, i64)> {
    let missing = chosen.filter(|code| counts.iter().all(|(counted, _)| counted != code));
    missing.map(|code| (code, 0)).into_iter().chain(counts.iter().copied()).collect()
}

/// How many there are in each country, most first.
pub(super) fn by_country(t: Translator, counts: &Counts) -> Chart {
    let collation = Collation::of(t.locale());
    let name = |code: CountryCode| code.name(t.locale());
    let mut countries = counts.by_country.clone();
    countries
        .sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| collation.compare(name(*a), name(*b))));
    let drawn: Vec<Bar> = countries
        .iter()
        .map(|(code, count)| Bar {
            label: name(*code).to_owned(),
            value: u64::try_from(*count).unwrap_or(0),
            written: t.formats().number(*count),
        })
        .collect();
    let caption = t.text("organisation-by-country");
    let about = t.text("organisation-by-country-about");
    Chart {
        picture: bars("by-country", &caption, &about, &drawn),
        table: Table {
            caption: caption.clone().into(),
            is_caption_unseen: true,
            columns: vec![
                Column::new(t.text("organisation-country")),
                Column::number(t.text("organisation-directory")),
            ],
            rows: drawn
                .iter()
                .map(|bar| Row { cells: vec![Cell::new(&*bar.label), Cell::new(&*bar.written)] })
                .collect(),
        },
        caption: caption.into(),
        about: about.into(),
        key: Vec::new(),
        numbers: t.text("shell-numbers").into_owned(),
        nothing: t.text("shell-nothing-to-show").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_can_be_given_up_though_nothing_has_it() {
        assert_eq!(with_chosen(&[('a', 2)], Some('b')), [('b', 0), ('a', 2)]);
        assert_eq!(with_chosen(&[('a', 2)], Some('a')), [('a', 2)]);
        assert_eq!(with_chosen(&[('a', 2)], None), [('a', 2)]);
    }
}
