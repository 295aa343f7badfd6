//! The home page, and the way to it.

use askama::Template;
use axum::extract::State;
use axum::http::header::{LOCATION, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::page::Ask;
use domain::publication;
use i18n::Locale;
use serde::Deserialize;

use crate::App;
use crate::component::{Figures, Link};
use crate::error::Refusal;
use crate::extract::{Asked, Query};
use crate::page::{InLanguage, Page, Shell};
use crate::programme;
use crate::publication::News;

/// News on one page.
const NEWS_COUNT: u32 = 10;

/// `GET /`: the home page in the language that the browser asks for. The only place where it is asked.
pub(crate) async fn choose_locale(asked: Asked) -> Response {
    let location = HeaderValue::from_str(&format!("/{}", asked.locale.tag())).expect("a tag is ASCII");
    let vary = HeaderValue::from_static("Accept-Language");
    (StatusCode::SEE_OTHER, [(LOCATION, location), (VARY, vary)]).into_response()
}

#[derive(Debug, Deserialize)]
pub(crate) struct HomeQuery {
    after: Option<String>,
}

/// The home page.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage {
    shell: Shell,
    /// What is published of the programme.
    figures: Option<Figures>,
    countries: Vec<Link>,
    news: Vec<News>,
    /// The address of the next page of the news.
    older: Option<String>,
    /// Whether this is not the first page of them.
    is_later: bool,
}

impl InLanguage for HomePage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// `GET /{locale}`: the programme, and what is new.
pub(crate) async fn home(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<HomeQuery>,
) -> Result<Page<HomePage>, Refusal> {
    let locale = asked.fixed()?;
    let is_later = query.after.is_some();
    let page = publication::list(app.db(), Ask { limit: NEWS_COUNT, after: query.after }).await?;
    let older = page.next.map(|next| format!("/{}?after={next}#news", locale.tag()));
    let shell = Shell::new(&app, &asked);
    let news = page.items.iter().map(|publication| News::of(publication, shell.t)).collect();
    let figures = programme::headline(app.programme(), shell.t);
    let countries = programme::names(app.programme(), shell.t);
    Ok(Page(HomePage { shell, figures, countries, news, older, is_later }))
}
