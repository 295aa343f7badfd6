//! The page of one piece of news.

use askama::Template;
use axum::extract::State;
use domain::publication;
use i18n::Locale;

use super::News;
use crate::App;
use crate::error::Refusal;
use crate::extract::{Asked, NewsPath};
use crate::page::{InLanguage, Page, Shell};

/// One piece of news.
#[derive(Debug, Template)]
#[template(path = "publication/news.html")]
pub(crate) struct NewsPage {
    shell: Shell,
    news: News,
    reference: String,
}

impl InLanguage for NewsPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// `GET /{locale}/news/{reference}`.
pub(crate) async fn page(
    State(app): State<App>,
    asked: Asked,
    NewsPath(reference): NewsPath,
) -> Result<Page<NewsPage>, Refusal> {
    asked.fixed()?;
    let publication = publication::load(app.db(), &reference).await?;
    let shell = Shell::new(&app, &asked);
    let news = News::of(&publication, shell.t);
    Ok(Page(NewsPage { shell, news, reference: publication.reference.to_string() }))
}
