//! The ways through the site that stand on every page. A slice hangs its pages in here, with one row.

use i18n::Translator;

use crate::extract::Asked;

/// The sections in the header: the path behind the locale, and the message that names it.
const SECTIONS: [(&str, &str); 1] = [("#news", "publication-news")];

/// The links in the footer.
const FOOTING: [(&str, &str); 0] = [];

/// One link of the header or the footer.
#[derive(Clone, Debug)]
pub(crate) struct SectionLink {
    pub(crate) href: String,
    pub(crate) label: String,
    /// Whether the page that was asked for is in this section.
    pub(crate) is_current: bool,
    /// Whether it is the section's own first page.
    pub(crate) is_exact: bool,
}

impl SectionLink {
    fn new((path, key): (&str, &str), asked: &Asked, t: Translator) -> Self {
        let rest = asked.rest.split('?').next().unwrap_or_default();
        let is_exact = rest == path;
        let is_below = rest.strip_prefix(path).is_some_and(|below| below.starts_with('/'));
        Self {
            href: format!("/{}{path}", asked.locale.tag()),
            label: t.text(key).into_owned(),
            is_current: is_exact || is_below,
            is_exact,
        }
    }
}

/// The sections in the header.
pub(crate) fn sections(asked: &Asked, t: Translator) -> Vec<SectionLink> {
    SECTIONS.into_iter().map(|row| SectionLink::new(row, asked, t)).collect()
}

/// The links in the footer, the programming interface last.
pub(crate) fn footing(asked: &Asked, t: Translator) -> Vec<SectionLink> {
    let api = SectionLink {
        href: format!("/{}/api", asked.locale.tag()),
        label: t.text("shell-api").into_owned(),
        is_current: false,
        is_exact: false,
    };
    FOOTING.into_iter().map(|row| SectionLink::new(row, asked, t)).chain([api]).collect()
}
