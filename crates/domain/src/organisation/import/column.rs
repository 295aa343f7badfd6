//! The columns of a table of organisations: their codes, and what they are headed in each language.

use std::collections::HashMap;
use std::sync::LazyLock;

use i18n::{Locale, Translator};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Ror,
    Name(Locale),
    Acronym,
    OtherNames,
    Kind,
    Size,
    Country,
    Region,
    Established,
    Website,
    MailDomains,
    Fields,
    Parent,
    Description(Locale),
}

impl Column {
    /// Every column, in the order of the template.
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![Self::Id, Self::Ror];
        all.extend(Locale::ALL.map(Self::Name));
        all.extend([
            Self::Acronym,
            Self::OtherNames,
            Self::Kind,
            Self::Size,
            Self::Country,
            Self::Region,
            Self::Established,
            Self::Website,
            Self::MailDomains,
            Self::Fields,
            Self::Parent,
        ]);
        all.extend(Locale::ALL.map(Self::Description));
        all
    }

    /// Its code, which may stand as a heading too: `name:lo`.
    pub(super) fn code(self) -> String {
        match self {
            Self::Name(locale) => format!("name:{}", locale.tag()),
            Self::Description(locale) => format!("description:{}", locale.tag()),
            other => other.field().to_owned(),
        }
    }

    /// What findings call it.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Ror => "ror",
            Self::Name(_) => "name",
            Self::Acronym => "acronym",
            Self::OtherNames => "other_names",
            Self::Kind => "kind",
            Self::Size => "size",
            Self::Country => "country",
            Self::Region => "region",
            Self::Established => "established",
            Self::Website => "website",
            Self::MailDomains => "mail_domains",
            Self::Fields => "fields",
            Self::Parent => "parent",
            Self::Description(_) => "description",
        }
    }

    /// Its heading for people.
    pub(super) fn heading(self, t: Translator) -> String {
        let language = |key, locale: Locale| {
            let name = i18n::language(locale.tag(), t.locale()).unwrap_or(locale.tag());
            t.with(key, &[("language", name.into())])
        };
        let key = match self {
            Self::Name(locale) => return language("organisation-column-name", locale),
            Self::Description(locale) => return language("organisation-column-description", locale),
            Self::Id => "organisation-column-id",
            Self::Ror => "organisation-column-ror",
            Self::Acronym => "organisation-column-acronym",
            Self::OtherNames => "organisation-column-other-names",
            Self::Kind => "organisation-column-kind",
            Self::Size => "organisation-column-size",
            Self::Country => "organisation-column-country",
            Self::Region => "organisation-column-region",
            Self::Established => "organisation-column-established",
            Self::Website => "organisation-column-website",
            Self::MailDomains => "organisation-column-mail-domains",
            Self::Fields => "organisation-column-fields",
            Self::Parent => "organisation-column-parent",
        };
        t.text(key).into_owned()
    }

    /// The column that a heading names, by its code or in any language.
    pub(super) fn read(heading: &str) -> Option<Self> {
        static HEADINGS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
            let translators = Locale::ALL.map(Translator::new);
            let named = |column: Column| {
                let headings = translators.iter().map(move |t| column.heading(*t));
                std::iter::once(column.code()).chain(headings).map(move |text| (i18n::fold(&text), column))
            };
            Column::all().into_iter().flat_map(named).collect()
        });
        HEADINGS.get(&i18n::fold(heading.trim())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_is_read_as_its_column_in_every_language() {
        for locale in Locale::ALL {
            let t = Translator::new(locale);
            for column in Column::all() {
                assert_eq!(Column::read(&column.heading(t)), Some(column), "{}", column.heading(t));
                assert_eq!(Column::read(&column.code()), Some(column));
            }
        }
        assert_eq!(Column::read("colour"), None);
    }
}
