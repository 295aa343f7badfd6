//! News as a form: the languages side by side.

use std::collections::BTreeMap;

use domain::error::Problem;
use domain::publication::{Draft, Publication};
use domain::words::Words;
use i18n::Locale;
use serde::{Deserialize, Serialize};

use crate::error::Refusal;
use crate::form::{Choice, Field, Fields};

/// What is to become of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Step {
    /// It is published, or what was published is revised.
    #[default]
    Publish,
    /// It is shown as readers would see it.
    Preview,
}

/// News that are being written.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct NewsForm {
    language: String,
    title: BTreeMap<String, String>,
    body: BTreeMap<String, String>,
    /// The version that is revised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<i64>,
    #[serde(skip_serializing)]
    pub(crate) step: Step,
}

impl Fields for NewsForm {
    const FIELDS: &'static [Field] = &[
        Field::new("language", "publication-language").hint("publication-language-hint"),
        Field::new("title", "publication-title").hint("publication-title-hint"),
        Field::new("body", "publication-body").hint("publication-body-hint"),
    ];
}

impl NewsForm {
    /// An empty form, for news in `locale`.
    pub(crate) fn new(locale: Locale) -> Self {
        Self { language: locale.tag().to_owned(), ..Self::default() }
    }

    /// A form to revise `publication`.
    pub(crate) fn of(publication: Publication) -> Self {
        Self {
            language: publication.language.tag().to_owned(),
            title: texts(publication.title),
            body: texts(publication.body),
            version: Some(publication.version),
            step: Step::Publish,
        }
    }

    /// What is to be published.
    pub(crate) fn draft(self) -> Result<Draft, Refusal> {
        let language =
            Locale::parse(&self.language).ok_or(Refusal::field("language", Problem::BadLanguage))?;
        Ok(Draft { language, title: words(self.title)?, body: words(self.body)? })
    }
}

/// The languages that news may be written in.
pub(crate) fn languages() -> Vec<Choice> {
    let choice = |locale: Locale| Choice::new(locale.tag(), locale.autonym()).in_language(locale.tag());
    Locale::ALL.into_iter().map(choice).collect()
}

fn texts(words: Words) -> BTreeMap<String, String> {
    words.0.into_iter().map(|(locale, text)| (locale.tag().to_owned(), text.value)).collect()
}

fn words(texts: BTreeMap<String, String>) -> Result<Words, Refusal> {
    // No form of ours asks for another language.
    let text = |(tag, value): (String, String)| Some((Locale::parse(&tag)?, value));
    let texts = texts.into_iter().map(text).collect::<Option<Vec<_>>>().ok_or(Refusal::Garbled)?;
    Ok(Words::written(texts))
}
