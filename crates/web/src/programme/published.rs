//! Figures that others have published, shown as what they are: with their time and their source.

use std::collections::BTreeSet;

use domain::programme::{Figure, ListKind, Programme, Span};
use i18n::Translator;

use super::words::{as_of, label, parts, value, when};
use crate::chart::{Bar, Chart, bars};
use crate::component::{Cell, Column, Fact, Facts, Figures, Link, Published, Row, Table, Text};

/// The most figures side by side.
const SIDE_BY_SIDE: usize = 6;

/// What the first source says, side by side, for the home page. Nothing where there is no figure.
pub(crate) fn headline(programme: &Programme, t: Translator) -> Option<Figures> {
    let source = programme.sources().first()?;
    let items: Vec<Published> = programme
        .figures()
        .iter()
        .filter(|figure| figure.source == source.code && figure.currency.is_none())
        .take(SIDE_BY_SIDE)
        .map(|figure| {
            let (before, number, after) = parts(t, figure);
            let label = label(programme, t, ListKind::FigureKinds, &figure.kind).into();
            Published { number, before, after, label, as_of: as_of(t, figure.as_of) }
        })
        .collect();
    (!items.is_empty()).then(|| Figures {
        label: t.text("home-figures").into_owned(),
        items,
        source: Some(Link::new(
            format!("/{}/programme#figures", t.locale().tag()),
            t.text("home-figures-all"),
        )),
        note: None,
    })
}

/// The names of the countries, with the address of each one's page.
pub(crate) fn names(programme: &Programme, t: Translator) -> Vec<Link> {
    let link = |country: &domain::programme::Country| {
        let href = format!("/{}/programme/{}", t.locale().tag(), country.code.as_str());
        Link::new(href, country.name(t.locale()))
    };
    programme.countries().map(link).collect()
}

/// The title of a source, in the language it is in.
pub(super) fn source(programme: &Programme, code: &str) -> Cell {
    let Some(source) = programme.source(code) else { return Cell::new(code) };
    let is_chinese = source.title.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let text = Text { value: source.title.clone(), lang: Some(if is_chinese { "zh-Hans" } else { "en" }) };
    Cell { text, href: source.url.clone(), ..Cell::default() }
}

/// What one source has published.
#[derive(Debug)]
pub(super) struct BySource {
    pub(super) source: Cell,
    pub(super) figures: Facts,
}

/// Every figure, by its source, the latest source first.
pub(super) fn by_source(programme: &Programme, t: Translator) -> Vec<BySource> {
    let mut sources: Vec<_> = programme.sources().iter().collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.published));
    let fact = |figure: &Figure| {
        let label = label(programme, t, ListKind::FigureKinds, &figure.kind);
        Fact::new(label, Cell::new(value(t, figure)).noted(as_of(t, figure.as_of)))
    };
    let group = |code: &str| {
        let items: Vec<Fact> =
            programme.figures().iter().filter(|figure| figure.source == code).map(fact).collect();
        (!items.is_empty()).then(|| BySource { source: source(programme, code), figures: Facts { items } })
    };
    sources.into_iter().filter_map(|source| group(&source.code)).collect()
}

/// One kind of figure over time, the kind with the most moments; nothing where there is no kind with two.
pub(super) fn over_time(programme: &Programme, t: Translator) -> Option<Chart> {
    let counted = |figure: &&Figure| figure.span == Span::ToDate && figure.currency.is_none();
    let kinds: BTreeSet<&str> =
        programme.figures().iter().filter(counted).map(|figure| figure.kind.as_str()).collect();
    let of_kind = |kind: &str| {
        let mut figures: Vec<&Figure> =
            programme.figures().iter().filter(counted).filter(|figure| figure.kind == kind).collect();
        figures.sort_by_key(|figure| figure.as_of);
        figures
    };
    let figures = kinds.into_iter().map(of_kind).max_by_key(Vec::len).filter(|figures| figures.len() > 1)?;
    let caption = label(programme, t, ListKind::FigureKinds, &figures.first()?.kind);
    let about = t.text("programme-network-about");
    let rows: Vec<Bar> = figures
        .iter()
        .map(|figure| Bar { label: when(t, figure.as_of), value: figure.value, written: value(t, figure) })
        .collect();
    let table = Table {
        caption: caption.as_str().into(),
        is_caption_unseen: true,
        columns: vec![
            Column::new(t.text("programme-when")),
            Column::number(t.text("programme-figure")),
            Column::new(t.text("programme-said-by")),
        ],
        rows: figures
            .iter()
            .map(|figure| Row {
                cells: vec![
                    Cell::new(when(t, figure.as_of)),
                    Cell::new(value(t, figure)),
                    source(programme, &figure.source),
                ],
            })
            .collect(),
    };
    Some(Chart {
        picture: bars("figure", &caption, &about, &rows),
        caption: caption.into(),
        about: about.into(),
        key: Vec::new(),
        numbers: t.text("shell-numbers").into_owned(),
        table,
        nothing: t.text("shell-nothing-to-show").into_owned(),
    })
}
