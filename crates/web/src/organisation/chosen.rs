//! What is chosen of the directory: read from the query of an address, and written into the addresses that choose more,
//! or less.

use domain::error::Problem;
use domain::organisation::{Filter, Kind};
use domain::programme::CountryCode;
use domain::taxonomy;
use i18n::Locale;
use serde::Deserialize;

use crate::error::Refusal;

/// The query as it comes. A form that is sent empty names every field, so an empty one is none.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct DirectoryQuery {
    country: Option<String>,
    kind: Option<String>,
    field: Option<String>,
    name: Option<String>,
    after: Option<String>,
}

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) country: Option<CountryCode>,
    pub(super) kind: Option<Kind>,
    pub(super) field: Option<&'static str>,
    pub(super) name: Option<String>,
}

impl DirectoryQuery {
    /// What is chosen, and the cursor.
    ///
    /// # Errors
    /// [`Refusal::Fields`] naming what is no country, kind or field.
    pub(super) fn read(self) -> Result<(Chosen, Option<String>), Refusal> {
        let chosen = Chosen {
            country: read("country", self.country, CountryCode::read)?,
            kind: read("kind", self.kind, Kind::parse)?,
            field: read("field", self.field, |code| taxonomy::fields().map(|f| f.code).find(|f| *f == code))?,
            name: self.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        };
        Ok((chosen, self.after))
    }
}

fn read<T>(
    name: &'static str,
    value: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Refusal> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
    parse(&value).map(Some).ok_or_else(|| Refusal::field(name, Problem::BadValue))
}

impl Chosen {
    /// Whether it is the whole directory.
    pub(super) fn is_all(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn filter(&self) -> Filter {
        Filter {
            country: self.country,
            kind: self.kind,
            field: self.field.map(str::to_owned),
            name: self.name.clone(),
        }
    }

    /// What a form has to carry along: all but the name, which is typed into it.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        let country = self.country.map(|country| ("country", country.to_string()));
        let kind = self.kind.map(|kind| ("kind", kind.code().to_owned()));
        let field = self.field.map(|field| ("field", field.to_owned()));
        [country, kind, field].into_iter().flatten().collect()
    }

    /// The address of the directory with this choice.
    pub(super) fn href(&self, locale: Locale) -> String {
        self.page(locale, None)
    }

    /// The same from a cursor on.
    pub(super) fn page(&self, locale: Locale, after: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.carried());
        query.extend_pairs(self.name.iter().map(|name| ("name", name)));
        query.extend_pairs(after.iter().map(|after| ("after", after)));
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/{}/organisations{mark}{query}", locale.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_reads_back_from_its_address() {
        let query = DirectoryQuery {
            country: Some("la".into()),
            kind: Some("university".into()),
            field: Some(String::new()),
            name: Some(" ລາວ & co ".into()),
            after: None,
        };
        let (chosen, _) = query.read().unwrap();
        assert_eq!(chosen.field, None);
        let href = chosen.page(Locale::Lo, Some("1_a b"));
        let (path, query) = href.split_once('?').unwrap();
        assert_eq!(path, "/lo/organisations");
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = [
            pair("country", "LA"),
            pair("kind", "university"),
            pair("name", "ລາວ & co"),
            pair("after", "1_a b"),
        ];
        assert_eq!(pairs, expected);
        assert_eq!(Chosen::default().href(Locale::En), "/en/organisations");
    }

    #[test]
    fn what_is_no_country_kind_or_field_is_refused() {
        let some = || Some("nonsense".to_owned());
        for query in [
            DirectoryQuery { country: some(), ..DirectoryQuery::default() },
            DirectoryQuery { kind: some(), ..DirectoryQuery::default() },
            DirectoryQuery { field: some(), ..DirectoryQuery::default() },
            DirectoryQuery { field: Some("aqua.feed".into()), ..DirectoryQuery::default() },
        ] {
            assert!(query.read().is_err());
        }
    }
}
