//! Where news are written and revised: the form, what it would look like, and what comes of it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::publication::{self, Draft};
use i18n::Locale;

use super::form::{NewsForm, Step, languages};
use super::news::paragraphs;
use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, NewsPath, Viewer};
use crate::form::{Choice, Form, Sheet};
use crate::page::{InLanguage, Page, Shell};

/// The form in which news are written.
#[derive(Debug, Template)]
#[template(path = "publication/writing.html")]
pub(crate) struct WritingPage {
    shell: Shell,
    sheet: Sheet,
    /// Whether something that is public is revised.
    is_revision: bool,
    languages: Vec<Choice>,
    previews: Vec<Preview>,
    action: Address,
    desk: Address,
}

/// How readers of one language would see it.
#[derive(Debug)]
struct Preview {
    locale: Locale,
    title: String,
    paragraphs: Vec<String>,
}

impl WritingPage {
    fn new(shell: Shell, sheet: Sheet) -> Self {
        let locale = shell.locale();
        Self {
            shell,
            sheet,
            is_revision: false,
            languages: languages(),
            previews: Vec::new(),
            action: Address::news_desk(locale),
            desk: Address::news_desk(locale),
        }
    }

    fn revision(shell: Shell, sheet: Sheet, reference: &domain::id::Reference) -> Self {
        let action = Address::news_revision(shell.locale(), reference);
        Self { is_revision: true, action, ..Self::new(shell, sheet) }
    }

    fn showing(self, draft: &Draft) -> Self {
        let preview = |locale: Locale| {
            let title = draft.title.0.get(&locale)?.value.clone();
            let body = draft.body.0.get(&locale).map_or("", |text| text.value.as_str());
            Some(Preview { locale, title, paragraphs: paragraphs(body).map(str::to_owned).collect() })
        };
        Self { previews: Locale::ALL.into_iter().filter_map(preview).collect(), ..self }
    }
}

impl InLanguage for WritingPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// What came of the form.
enum Outcome {
    Shown(Draft),
    Done(domain::id::Reference),
}

/// `GET /{locale}/desk/news/new`.
pub(crate) async fn write(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
) -> Result<Page<WritingPage>, Refusal> {
    let locale = asked.fixed()?;
    publication::may_publish(&viewer.actor).map_err(|error| viewer.refused(error))?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &NewsForm::new(locale));
    Ok(Page(WritingPage::new(shell, sheet)))
}

/// `POST /{locale}/desk/news`: publishes, or shows what would be published.
pub(crate) async fn publish(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<NewsForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let shown = form.shown().clone();
    let outcome = form.then(async |news: NewsForm| {
        publication::may_publish(&viewer.actor).map_err(|error| viewer.refused(error))?;
        let step = news.step;
        let draft = news.draft()?;
        if step == Step::Preview {
            return Ok(Outcome::Shown(draft.checked()?));
        }
        let publication = publication::publish(app.db(), &viewer.actor, draft).await?;
        Ok::<_, Refusal>(Outcome::Done(publication.reference))
    });
    match outcome.await {
        Ok(Outcome::Shown(draft)) => Ok(Page(WritingPage::new(shell, shown).showing(&draft)).into_response()),
        Ok(Outcome::Done(reference)) => {
            asked.visit.say("publication-now-public", &[("reference", reference.as_str())]);
            Ok(see_other(&Address::news_desk(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(WritingPage::new(shell, sheet))).await,
    }
}

/// `GET /{locale}/desk/news/{reference}`.
pub(crate) async fn revision(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    NewsPath(reference): NewsPath,
) -> Result<Page<WritingPage>, Refusal> {
    asked.fixed()?;
    publication::may_publish(&viewer.actor).map_err(|error| viewer.refused(error))?;
    let publication = publication::load(app.db(), &reference).await?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &NewsForm::of(publication));
    Ok(Page(WritingPage::revision(shell, sheet, &reference)))
}

/// `POST /{locale}/desk/news/{reference}`: revises, or shows what it would be. Whoever was overtaken by another sees what
/// they typed, and how it stands now in another window.
pub(crate) async fn revise(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    NewsPath(reference): NewsPath,
    form: Form<NewsForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let shown = form.shown().clone();
    let outcome = form.then(async |news: NewsForm| {
        publication::may_publish(&viewer.actor).map_err(|error| viewer.refused(error))?;
        let (step, version) = (news.step, news.version);
        let draft = news.draft()?;
        if step == Step::Preview {
            return Ok(Outcome::Shown(draft.checked()?));
        }
        let version = Some(version.ok_or(Refusal::Garbled)?);
        let publication = publication::revise(app.db(), &viewer.actor, &reference, draft, version).await?;
        Ok::<_, Refusal>(Outcome::Done(publication.reference))
    });
    match outcome.await {
        Ok(Outcome::Shown(draft)) => {
            Ok(Page(WritingPage::revision(shell, shown, &reference).showing(&draft)).into_response())
        }
        Ok(Outcome::Done(reference)) => {
            asked.visit.say("publication-now-revised", &[("reference", reference.as_str())]);
            Ok(see_other(&Address::news_desk(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(WritingPage::revision(shell, sheet, &reference))).await,
    }
}
