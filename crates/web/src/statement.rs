//! Pages that are read and change only with a release: how the programme works, who can use the site, what is kept.

use askama::Template;
use axum::extract::State;
use i18n::Locale;

use crate::App;
use crate::component::{Cell, Column, Row, Table};
use crate::error::Refusal;
use crate::extract::Asked;
use crate::page::{InLanguage, Page, Shell};

/// The standard that pages are measured against.
const STANDARD: &str = "WCAG 2.2 AA";

/// How long an answer about one's own data may take, in hours: the strictest of the countries' rules.
const ANSWER_HOURS: u32 = 72;

/// How the programme works, whose the results are, who operates the site.
#[derive(Debug, Template)]
#[template(path = "statement/about.html")]
pub(crate) struct AboutPage {
    shell: Shell,
    /// Where the account of the model comes from.
    source: Option<(String, Option<String>)>,
}

/// How far everybody can use the site.
#[derive(Debug, Template)]
#[template(path = "statement/accessibility.html")]
pub(crate) struct AccessibilityPage {
    shell: Shell,
    lead: String,
}

/// What is kept about people.
#[derive(Debug, Template)]
#[template(path = "statement/privacy.html")]
pub(crate) struct PrivacyPage {
    shell: Shell,
    kept: Table,
    /// How soon an answer comes.
    answer: String,
}

impl InLanguage for AboutPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

impl InLanguage for AccessibilityPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

impl InLanguage for PrivacyPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// `GET /{locale}/about`.
pub(crate) async fn about(State(app): State<App>, asked: Asked) -> Result<Page<AboutPage>, Refusal> {
    asked.fixed()?;
    let source = app.programme().sources().first().map(|source| (source.title.clone(), source.url.clone()));
    Ok(Page(AboutPage { shell: Shell::new(&app, &asked), source }))
}

/// `GET /{locale}/accessibility`.
pub(crate) async fn accessibility(
    State(app): State<App>,
    asked: Asked,
) -> Result<Page<AccessibilityPage>, Refusal> {
    asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let lead = shell.t.with("accessibility-lead", &[("standard", STANDARD.into())]);
    Ok(Page(AccessibilityPage { shell, lead }))
}

/// `GET /{locale}/privacy`.
pub(crate) async fn privacy(State(app): State<App>, asked: Asked) -> Result<Page<PrivacyPage>, Refusal> {
    asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let t = shell.t;
    let row = |cells: [std::borrow::Cow<'static, str>; 3]| Row { cells: cells.map(Cell::new).to_vec() };
    let kept = Table {
        caption: t.text("privacy-what").into(),
        is_caption_unseen: true,
        columns: [t.text("privacy-what"), t.text("privacy-why"), t.text("privacy-how-long")]
            .map(Column::new)
            .to_vec(),
        rows: vec![
            row([t.text("privacy-visit"), t.text("privacy-visit-why"), t.text("privacy-visit-time")]),
            row([t.text("privacy-account"), t.text("privacy-account-why"), t.text("privacy-account-time")]),
            row([
                t.text("privacy-published"),
                t.text("privacy-published-why"),
                t.text("privacy-published-time"),
            ]),
            row([t.text("privacy-log"), t.text("privacy-log-why"), t.text("privacy-log-time")]),
        ],
    };
    let answer = t.with("privacy-answer", &[("hours", ANSWER_HOURS.into())]);
    Ok(Page(PrivacyPage { shell, kept, answer }))
}
