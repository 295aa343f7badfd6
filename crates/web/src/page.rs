//! What all pages share: the shell around them, how they become answers, and the page that says what went wrong.

use askama::Template;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use i18n::{Locale, Translator};

use crate::App;
use crate::account::WhoIs;
use crate::app::RELEASE;
use crate::asset;
use crate::component::{Crumbs, Link, Text};
use crate::error::Refusal;
use crate::extract::Asked;
use crate::navigation::{self, SectionLink};
use crate::session::Visit;

/// What stands around every page: `templates/layout.html`.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    /// The messages in the page's language.
    pub(crate) t: Translator,
    /// The name of the programme.
    pub(crate) programme: String,
    /// The name of the centre; may be empty.
    pub(crate) centre: String,
    /// The sections of the site, in the header.
    pub(crate) sections: Vec<SectionLink>,
    /// The links in the footer.
    pub(crate) footing: Vec<SectionLink>,
    /// The language switch.
    pub(crate) languages: Vec<LanguageLink>,
    /// The release that made the page.
    pub(crate) release: &'static str,
    /// The address of the style sheet.
    pub(crate) style: &'static str,
    /// The address of the icon.
    pub(crate) icon: &'static str,
    /// The browser's session.
    pub(crate) visit: Visit,
    /// Who is signed in.
    pub(crate) who: Option<WhoIs>,
    /// What is said once, at this page: that what was asked for on the page before has been done.
    pub(crate) flash: Option<String>,
}

/// One choice of the language switch.
#[derive(Clone, Debug)]
pub(crate) struct LanguageLink {
    pub(crate) locale: Locale,
    /// This page in that language.
    pub(crate) href: String,
    pub(crate) is_current: bool,
}

impl Shell {
    /// The shell of the page that was asked for.
    pub(crate) fn new(app: &App, asked: &Asked) -> Self {
        let link = |locale: Locale| LanguageLink {
            locale,
            href: format!("/{}{}", locale.tag(), asked.rest),
            is_current: locale == asked.locale,
        };
        let t = app.translator(asked.locale);
        Self {
            t,
            programme: app.settings().programme.clone(),
            centre: app.settings().centre.clone(),
            sections: navigation::sections(asked, t),
            footing: navigation::footing(asked, t),
            languages: Locale::ALL.into_iter().map(link).collect(),
            release: RELEASE,
            style: asset::STYLE,
            icon: asset::ICON,
            who: WhoIs::at(asked, t),
            flash: asked.visit.said(t),
            visit: asked.visit.clone(),
        }
    }

    /// The language of the page.
    pub(crate) fn locale(&self) -> Locale {
        self.t.locale()
    }

    /// The trail to a page: home, then those `above` it.
    pub(crate) fn crumbs(&self, above: Vec<Link>, here: impl Into<Text>) -> Crumbs {
        let home = Link::new(format!("/{}", self.locale().tag()), self.t.text("shell-home"));
        Crumbs {
            label: self.t.text("shell-you-are-here").into_owned(),
            above: std::iter::once(home).chain(above).collect(),
            here: here.into(),
        }
    }
}

/// A page as an answer: it knows its language, and its template is all there is to it.
#[derive(Clone, Debug)]
pub(crate) struct Page<T>(pub(crate) T);

/// What a page says of itself to caches and browsers.
pub(crate) trait InLanguage {
    /// Its language.
    fn locale(&self) -> Locale;
}

impl<T: Template + InLanguage> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let headers: [(HeaderName, HeaderValue); 2] = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_LANGUAGE, HeaderValue::from_static(self.0.locale().tag())),
        ];
        match self.0.render() {
            Ok(html) => (headers, html).into_response(),
            Err(error) => Refusal::Domain(domain::Error::internal(error)).into_response(),
        }
    }
}

/// The page that says what went wrong, what to do, and the way back.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage {
    shell: Shell,
    status: u16,
    title: String,
    advice: String,
    request: String,
}

impl ErrorPage {
    /// The page for a refusal.
    pub(crate) fn new(shell: Shell, status: u16, title: String, advice: String, request: String) -> Self {
        Self { shell, status, title, advice, request }
    }
}

impl InLanguage for ErrorPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}
