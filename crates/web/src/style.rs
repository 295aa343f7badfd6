//! The style page: every component in four scripts, side by side, with the texts of the pages themselves. Shown in
//! development alone. A heading is the name of a component's template and style sheet.

use askama::Template;
use axum::extract::State;
use i18n::{Locale, Translator};
use jiff::civil::date;

use crate::App;
use crate::chart::{Bar, Chart, Picture, Point, Stack, Tile, Tint, bars, line, stacks, tiles};
use crate::component::{
    Bilingual, Card, Cards, Cell, Chip, Column, Crumbs, Empty, Facet, FacetGroup, Facets, Fact, Facts,
    Figures, Link, Moment, Notice, Order, Paging, Pair, Progress, Published, Row, Step, StepState, Steps,
    Tab, Table, Tabs, Timeline, Tone,
};
use crate::error::Refusal;
use crate::extract::Asked;
use crate::page::{InLanguage, Page, Shell};

/// The scripts that are shown, each with the names of its pictures, which have to differ on one page.
const SHOWN: [(Locale, [&str; 4]); 4] = [
    (Locale::En, ["bars-en", "stacks-en", "line-en", "tiles-en"]),
    (Locale::ZhHans, ["bars-zh", "stacks-zh", "line-zh", "tiles-zh"]),
    (Locale::Km, ["bars-km", "stacks-km", "line-km", "tiles-km"]),
    (Locale::My, ["bars-my", "stacks-my", "line-my", "tiles-my"]),
];

/// The style page.
#[derive(Debug, Template)]
#[template(path = "style.html")]
pub(crate) struct StylePage {
    shell: Shell,
    specimens: Vec<Specimen>,
}

impl InLanguage for StylePage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// Every component in one language.
#[derive(Debug)]
struct Specimen {
    t: Translator,
    crumbs: Crumbs,
    tabs: Tabs,
    facets: Facets,
    steps: Steps,
    paging: Paging,
    table: Table,
    facts: Facts,
    figures: Figures,
    timeline: Timeline,
    cards: Cards,
    bilingual: Bilingual,
    chips: Vec<Chip>,
    notices: Vec<Notice>,
    empty: Empty,
    progress: Progress,
    charts: Vec<Chart>,
}

/// `GET /{locale}/style`.
pub(crate) async fn show(State(app): State<App>, asked: Asked) -> Result<Page<StylePage>, Refusal> {
    asked.fixed()?;
    if !app.settings().development {
        return Err(Refusal::NotFound);
    }
    let specimens =
        SHOWN.into_iter().map(|(locale, ids)| Specimen::new(&app, app.translator(locale), ids)).collect();
    Ok(Page(StylePage { shell: Shell::new(&app, &asked), specimens }))
}

impl Specimen {
    fn new(app: &App, t: Translator, ids: [&'static str; 4]) -> Self {
        let locale = t.locale();
        let here = format!("/{}/style", locale.tag());
        let link = |key| Link::new(here.clone(), text(t, key));
        let number = |number| t.formats().number(number);
        let countries: Vec<&'static str> =
            app.programme().countries().map(|country| country.name(locale)).collect();
        Self {
            t,
            crumbs: Crumbs {
                label: text(t, "shell-you-are-here"),
                above: vec![link("shell-home"), link("programme-heading")],
                here: countries.last().copied().unwrap_or_default().into(),
            },
            tabs: Tabs {
                label: text(t, "programme-partners"),
                items: [
                    ("programme-centre", true),
                    ("programme-authority", false),
                    ("programme-contact", false),
                ]
                .into_iter()
                .map(|(key, is_current)| Tab { link: link(key), count: Some(number(12)), is_current })
                .collect(),
            },
            facets: facets(t, &here, &countries),
            steps: steps(t),
            paging: Paging {
                label: text(t, "publication-news"),
                back: Some(link("publication-back")),
                next: Some(link("publication-older")),
                place: Some(format!("21–40 / {}", number(1312))),
            },
            table: table(t, &here, &countries),
            facts: Facts {
                items: vec![
                    Fact::new(
                        text(t, "programme-agreement"),
                        Cell::chip(Chip::new(Tone::Good, text(t, "programme-signed")))
                            .noted(t.formats().date_long(date(2026, 9, 16))),
                    ),
                    Fact::new(text(t, "programme-centre"), Cell::link(link("programme-bilateral-centre"))),
                ],
            },
            figures: Figures {
                label: text(t, "home-figures"),
                items: [("programme-partners", 491), ("programme-mechanisms", 9), ("publication-news", 2400)]
                    .into_iter()
                    .map(|(key, value)| Published {
                        number: number(value),
                        before: String::new(),
                        after: String::new(),
                        label: text(t, key).into(),
                        as_of: t.with("programme-as-of", &[("date", "2020".into())]),
                    })
                    .collect(),
                source: Some(link("home-figures-all")),
                note: Some(text(t, "programme-network-about").into()),
            },
            timeline: timeline(t),
            cards: cards(t, &here),
            bilingual: bilingual(t),
            chips: [Tone::Plain, Tone::Good, Tone::Calm, Tone::Warn, Tone::Bad]
                .into_iter()
                .zip([
                    "publication-machine-translated",
                    "programme-signed",
                    "programme-established",
                    "programme-tentative",
                    "programme-unpublished",
                ])
                .map(|(tone, key)| Chip::new(tone, text(t, key)))
                .collect(),
            notices: [Tone::Plain, Tone::Good, Tone::Warn, Tone::Bad]
                .into_iter()
                .zip([
                    ("publication-none-yet", "publication-none-yet-hint"),
                    ("programme-signed", "about-rule-results"),
                    ("error-busy", "error-busy-hint"),
                    ("error-internal", "error-internal-hint"),
                ])
                .map(|(tone, (title, body))| Notice {
                    tone,
                    title: text(t, title).into(),
                    body: Some(text(t, body).into()),
                    links: vec![link("shell-home")],
                })
                .collect(),
            empty: Empty {
                title: text(t, "publication-none-yet").into(),
                hint: text(t, "publication-none-yet-hint").into(),
                action: Some(link("shell-home")),
            },
            progress: Progress {
                label: text(t, "home-in-preparation").into(),
                done: 7,
                whole: 12,
                words: "7 / 12".to_owned(),
            },
            charts: charts(t, &countries, ids),
        }
    }
}

fn text(t: Translator, key: &str) -> String {
    t.text(key).into_owned()
}

fn facets(t: Translator, here: &str, countries: &[&'static str]) -> Facets {
    let facet = |(index, name): (usize, &&'static str)| Facet {
        link: Link::new(here, *name),
        count: t.formats().number([1312, 87, 4][index % 3]),
        is_chosen: index == 1,
    };
    Facets {
        label: text(t, "programme-heading"),
        groups: vec![FacetGroup {
            heading: text(t, "programme-country").into(),
            items: countries.iter().take(4).enumerate().map(facet).collect(),
        }],
    }
}

fn steps(t: Translator) -> Steps {
    let step = |(key, state)| Step { label: text(t, key).into(), state, words: String::new(), href: None };
    Steps {
        label: text(t, "about-model"),
        items: [
            ("home-find", StepState::Done),
            ("programme-contact", StepState::Done),
            ("programme-agreement", StepState::Here),
            ("programme-partners", StepState::Ahead),
        ]
        .into_iter()
        .map(step)
        .collect(),
    }
}

fn table(t: Translator, here: &str, countries: &[&'static str]) -> Table {
    let row = |(index, name): (usize, &&'static str)| Row {
        cells: vec![
            Cell::link(Link::new(here, *name)),
            Cell::chip(Chip::new(Tone::Good, text(t, "programme-signed"))),
            Cell::new(t.formats().date_short(date(2026, 11, 28))).noted(text(t, "programme-tentative")),
            Cell::new(t.formats().number([491, 1900, 2400][index % 3])),
        ],
    };
    Table {
        caption: text(t, "programme-heading").into(),
        is_caption_unseen: false,
        columns: vec![
            Column::new(text(t, "programme-country")).sorted(here, Some(Order::Ascending)),
            Column::new(text(t, "programme-agreement")),
            Column::new(text(t, "programme-when")).sorted(here, None),
            Column::number(text(t, "programme-figure")),
        ],
        rows: countries.iter().take(3).enumerate().map(row).collect(),
    }
}

fn timeline(t: Translator) -> Timeline {
    let moment = |(day, key, tone)| Moment {
        when: t.formats().stamp_date(date(2026, 11, day)),
        title: text(t, key).into(),
        body: Some(text(t, "about-rule-data").into()),
        tone,
    };
    Timeline {
        items: [
            (3, "home-offer", Tone::Good),
            (12, "programme-contact", Tone::Plain),
            (24, "programme-tentative", Tone::Warn),
        ]
        .into_iter()
        .map(moment)
        .collect(),
    }
}

fn cards(t: Translator, here: &str) -> Cards {
    let card = |(title, lead)| Card {
        link: Link::new(here, text(t, title)),
        lead: Some(text(t, lead).into()),
        chips: vec![Chip::new(Tone::Calm, text(t, "home-in-preparation"))],
        note: Some(t.formats().date_long(date(2026, 11, 28)).into()),
    };
    Cards {
        items: [("home-find", "home-find-lead"), ("home-need", "home-need-lead")]
            .into_iter()
            .map(card)
            .collect(),
    }
}

fn bilingual(t: Translator) -> Bilingual {
    let other = t.in_locale(if t.locale() == Locale::En { Locale::Lo } else { Locale::En });
    let foreign = |key| crate::component::Text::of(other.text(key), other.locale(), t.locale());
    let pair = |(key, state)| Pair { from: foreign(key), to: text(t, key).into(), state };
    Bilingual {
        heads: (foreign("programme-languages"), text(t, "programme-languages").into()),
        pairs: [
            ("about-rule-data", None),
            ("about-rule-results", Some(Chip::new(Tone::Warn, text(t, "publication-machine-translated")))),
        ]
        .into_iter()
        .map(pair)
        .collect(),
    }
}

fn charts(t: Translator, countries: &[&'static str], ids: [&'static str; 4]) -> Vec<Chart> {
    let number = |number: u64| t.formats().number(i64::try_from(number).unwrap_or(i64::MAX));
    let (title, about) = (text(t, "programme-figures"), text(t, "programme-network-about"));
    let values: [u64; 4] = [2400, 1228, 338, 0];
    let named: Vec<Bar> = countries
        .iter()
        .zip(values)
        .map(|(name, value)| Bar { label: (*name).to_owned(), value, written: number(value) })
        .collect();
    let stacked: Vec<Stack> = countries
        .iter()
        .zip([[825, 403, 90], [410, 220, 0], [96, 40, 12]])
        .map(|(name, parts)| Stack {
            label: (*name).to_owned(),
            parts: parts.map(|value| (value, number(value))).to_vec(),
            written: number(parts.iter().sum()),
        })
        .collect();
    let points: Vec<Point> = [(2015, 338), (2018, 420), (2019, 491), (2020, 500), (2021, 630)]
        .map(|(year, value)| Point { at: year, label: year.to_string(), value, written: number(value) })
        .to_vec();
    let tile = |(index, code): (usize, &str)| Tile {
        code: code.to_owned(),
        tint: [Tint::Fourth, Tint::First, Tint::Second, Tint::Blank][index % 4],
        says: code.to_owned(),
    };
    let placed: Vec<Tile> = ["CN", "LA", "TH", "SG", "KH", "MM", "VN", "TL", "MY", "BN", "ID", "PH"]
        .into_iter()
        .enumerate()
        .map(tile)
        .collect();
    let key = |keys: &[&str]| {
        keys.iter().enumerate().map(|(index, key)| (Tint::nth(index), text(t, key).into())).collect()
    };
    let chart = |picture: Picture, key| Chart {
        caption: title.as_str().into(),
        about: about.as_str().into(),
        picture,
        key,
        numbers: text(t, "shell-numbers"),
        table: Table { is_caption_unseen: true, ..table(t, "#", countries) },
        nothing: text(t, "shell-nothing-to-show"),
    };
    vec![
        chart(bars(ids[0], &title, &about, &named), Vec::new()),
        chart(
            stacks(ids[1], &title, &about, &stacked),
            key(&["programme-centre", "programme-authority", "programme-contact"]),
        ),
        chart(line(ids[2], &title, &about, &points, number), Vec::new()),
        chart(tiles(ids[3], &title, &about, &placed), Vec::new()),
        chart(bars("none", &title, &about, &[]), Vec::new()),
    ]
}
