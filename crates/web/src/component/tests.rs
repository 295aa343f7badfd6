//! Whatever a component is given is text: in its elements, its attributes and its addresses.

use askama::Template;
use i18n::{Locale, Stamp};

use super::*;

const EVIL: &str = "\"><script>alert(1)</script><b onmouseover='x'>&";

fn evil() -> Text {
    Text { value: EVIL.to_owned(), lang: Some("km") }
}

fn link() -> Link {
    Link::new(EVIL, evil())
}

fn chip() -> Chip {
    Chip::new(Tone::Warn, evil())
}

fn cell() -> Cell {
    Cell { text: evil(), href: Some(EVIL.to_owned()), chip: Some(chip()), note: Some(evil()) }
}

/// Every component, full of it.
fn all() -> Vec<(&'static str, String)> {
    let label = || EVIL.to_owned();
    let table = Table {
        caption: evil(),
        is_caption_unseen: false,
        columns: vec![Column::new(label()), Column::number(label()).sorted(label(), Some(Order::Descending))],
        rows: vec![Row { cells: vec![cell(), cell()] }],
    };
    let stamp = Stamp { datetime: label(), text: label() };
    let moment = Moment { when: stamp, title: evil(), body: Some(evil()), tone: Tone::Bad };
    let card = Card { link: link(), lead: Some(evil()), chips: vec![chip()], note: Some(evil()) };
    let facet = Facet { link: link(), count: label(), is_chosen: true };
    let step = Step { label: evil(), state: StepState::Here, words: label(), href: Some(label()) };
    let published =
        Published { number: label(), before: label(), after: label(), label: evil(), as_of: label() };
    let notice = Notice { tone: Tone::Bad, title: evil(), body: Some(evil()), links: vec![link()] };
    let pair = Pair { from: evil(), to: evil(), state: Some(chip()) };
    let tab = Tab { link: link(), count: Some(label()), is_current: true };
    let group = FacetGroup { heading: evil(), items: vec![facet] };
    let paging = Paging { label: label(), back: Some(link()), next: Some(link()), place: Some(label()) };
    let figures =
        Figures { label: label(), items: vec![published], source: Some(link()), note: Some(evil()) };
    let facts = Facts { items: vec![Fact { label: label(), values: vec![cell(), cell()] }] };
    vec![
        ("text", evil().to_string()),
        ("chip", chip().render().unwrap()),
        ("notice", notice.render().unwrap()),
        ("empty", Empty { title: evil(), hint: evil(), action: Some(link()) }.render().unwrap()),
        ("progress", Progress { label: evil(), done: 1, whole: 2, words: label() }.render().unwrap()),
        ("table", table.render().unwrap()),
        ("facts", facts.render().unwrap()),
        ("figures", figures.render().unwrap()),
        ("timeline", Timeline { items: vec![moment] }.render().unwrap()),
        ("cards", Cards { items: vec![card] }.render().unwrap()),
        ("bilingual", Bilingual { heads: (evil(), evil()), pairs: vec![pair] }.render().unwrap()),
        ("crumbs", Crumbs { label: label(), above: vec![link()], here: evil() }.render().unwrap()),
        ("tabs", Tabs { label: label(), items: vec![tab] }.render().unwrap()),
        ("facets", Facets { label: label(), groups: vec![group] }.render().unwrap()),
        ("steps", Steps { label: label(), items: vec![step] }.render().unwrap()),
        ("paging", paging.render().unwrap()),
    ]
}

#[test]
fn no_component_lets_markup_through() {
    for (name, html) in all() {
        assert!(html.contains("&#60;script&#62;"), "{name} does not show what it is given: {html}");
        for raw in ["<script", "<b ", "onmouseover='"] {
            assert!(!html.contains(raw), "{name} lets {raw} through: {html}");
        }
    }
}

#[test]
fn a_text_in_another_language_says_which() {
    assert_eq!(Text::of("ລາວ", Locale::Lo, Locale::En).to_string(), "<span lang=\"lo\">ລາວ</span>");
    assert_eq!(Text::of("Lao & Thai", Locale::En, Locale::En).to_string(), "Lao &#38; Thai");
}

#[test]
fn a_table_keeps_its_meaning_when_it_becomes_cards() {
    let table = Table {
        caption: "Countries".into(),
        is_caption_unseen: false,
        columns: vec![
            Column::new("Country").sorted("/en?order=-name", Some(Order::Ascending)),
            Column::number("Members"),
        ],
        rows: vec![Row { cells: vec![Cell::new("Laos"), Cell::new("12")] }],
    };
    let html = table.render().unwrap();
    for part in [
        "<table class=\"table\" role=\"table\">",
        "<caption>Countries</caption>",
        "aria-sort=\"ascending\"",
        "<a href=\"/en?order=-name\">Country",
        "<th scope=\"row\" role=\"rowheader\">Laos</th>",
        "<td role=\"cell\" class=\"number\" data-label=\"Members\"><span>12</span></td>",
    ] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
}
