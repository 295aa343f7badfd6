//! One piece of news as a reader of one language sees it.

use domain::publication::Publication;
use domain::words::{Origin, Text, Words};
use i18n::{Locale, Stamp, Translator};
use jiff::tz::TimeZone;

/// A text with the language it is in, which need not be the page's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fragment {
    /// The language, where it is not the page's.
    pub(crate) lang: Option<&'static str>,
    /// The text.
    pub(crate) value: String,
    /// Whether a machine made it and nobody has reviewed it.
    pub(crate) by_machine: bool,
}

/// One piece of news.
#[derive(Clone, Debug)]
pub(crate) struct News {
    pub(crate) href: String,
    pub(crate) published: Stamp,
    pub(crate) title: Fragment,
    /// Its paragraphs.
    pub(crate) body: Vec<Fragment>,
    /// The name of the language it was written in, in the reader's, where that is another.
    pub(crate) written_in: Option<&'static str>,
}

impl News {
    /// `publication` for a reader of the language of `t`.
    pub(crate) fn of(publication: &Publication, t: Translator) -> Self {
        let locale = t.locale();
        let source = publication.language;
        let date = TimeZone::UTC.to_datetime(publication.published_at).date();
        Self {
            href: format!("/{}/news/{}", locale.tag(), publication.reference),
            published: t.formats().stamp_date(date),
            title: best(&publication.title, locale, source),
            body: fragments(&publication.body, locale, source),
            written_in: if source == locale { None } else { i18n::language(source.tag(), locale) },
        }
    }

    /// What a list shows of the text: its first paragraph.
    pub(crate) fn lead(&self) -> Option<&Fragment> {
        self.body.first()
    }

    /// Whether a machine made what the reader sees.
    pub(crate) fn by_machine(&self) -> bool {
        self.title.by_machine || self.body.iter().any(|paragraph| paragraph.by_machine)
    }
}

/// The paragraphs of a text for a reader of `locale`.
pub(crate) fn fragments(words: &Words, locale: Locale, source: Locale) -> Vec<Fragment> {
    let whole = best(words, locale, source);
    paragraphs(&whole.value).map(|value| Fragment { value: value.to_owned(), ..whole.clone() }).collect()
}

fn best(words: &Words, locale: Locale, source: Locale) -> Fragment {
    let Some((found, text)) = words.best(locale, source) else {
        return Fragment { lang: None, value: String::new(), by_machine: false };
    };
    let Text { value, origin, .. } = text;
    Fragment {
        lang: (found != locale).then(|| found.tag()),
        value: value.clone(),
        by_machine: *origin == Origin::Machine,
    }
}

/// Paragraphs are separated by empty lines.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = blank_line(rest).unwrap_or(rest.len());
        let (paragraph, after) = rest.split_at(end);
        rest = after.trim_start();
        Some(paragraph.trim_end())
    })
}

/// Where the first line ends that an empty line follows.
fn blank_line(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            return Some(start);
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_separated_by_empty_lines() {
        let split = |text| paragraphs(text).collect::<Vec<_>>();
        assert_eq!(split("one\ntwo\n\nthree\r\n\r\n \n four"), ["one\ntwo", "three", "four"]);
        assert_eq!(split(" one "), ["one"]);
        assert!(split(" \n ").is_empty());
    }
}
