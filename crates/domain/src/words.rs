//! Texts in the languages of the programme. Each is a row of its own, so that it can be searched, reviewed and found
//! stale; a thing owns its texts by its id and names them by field.

use std::collections::BTreeMap;

use db::{AT_ONCE, Error as DbError, FromRow, Read, Row, Tx, Uuid, sql};
use i18n::Locale;

use crate::error::{Field, Problem};

/// Who made a text. A machine's is labelled wherever it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A person wrote it.
    Human,
    /// A machine translated it.
    Machine,
    /// A machine translated it and a person has approved it.
    MachineReviewed,
}

impl Origin {
    const ALL: [Self; 3] = [Self::Human, Self::Machine, Self::MachineReviewed];

    /// Its code, as in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Machine => "machine",
            Self::MachineReviewed => "machine-reviewed",
        }
    }
}

/// One text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub value: String,
    /// Who made it.
    pub origin: Origin,
    /// The revision of its owner that it says the same as; behind the owner's, it is stale.
    pub source_revision: i64,
}

/// One field of a thing in all its languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub BTreeMap<Locale, Text>);

impl Words {
    /// Texts that people wrote, for the first revision of their owner.
    pub fn written(texts: impl IntoIterator<Item = (Locale, String)>) -> Self {
        let text = |value| Text { value, origin: Origin::Human, source_revision: 1 };
        Self(texts.into_iter().map(|(locale, value)| (locale, text(value))).collect())
    }

    /// The text for a reader of `locale`: in that language, else in the language it was written in (`source`), else in
    /// English, else in whichever there is. With the language that it is in.
    pub fn best(&self, locale: Locale, source: Locale) -> Option<(Locale, &Text)> {
        [locale, source, Locale::En]
            .into_iter()
            .find_map(|wanted| self.0.get_key_value(&wanted))
            .or_else(|| self.0.first_key_value())
            .map(|(locale, text)| (*locale, text))
    }

    /// Trims every text, drops the empty ones, and refuses a field that lacks its source language or is too long in
    /// any. Lengths count characters; Chinese says in one what Latin script says in about two.
    pub fn checked(self, name: &'static str, source: Locale, max: usize) -> Result<Self, Field> {
        let mut kept = BTreeMap::new();
        for (locale, text) in self.0 {
            let value = text.value.trim().to_owned();
            if value.chars().count() > max {
                return Err(Field { name, problem: Problem::TooLong { max } });
            }
            if !value.is_empty() {
                kept.insert(locale, Text { value, ..text });
            }
        }
        if kept.contains_key(&source) {
            Ok(Self(kept))
        } else {
            Err(Field { name, problem: Problem::Required })
        }
    }
}

struct WordRow {
    owner: Uuid,
    field: String,
    language: Locale,
    text: Text,
}

impl FromRow for WordRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let language: String = row.get("language")?;
        let origin: String = row.get("origin")?;
        Ok(Self {
            owner: row.get("owner")?,
            field: row.get("field")?,
            language: Locale::parse(&language)
                .ok_or_else(|| DbError::Refused(format!("a text in the language “{language}”")))?,
            text: Text {
                value: row.get("value")?,
                origin: Origin::ALL
                    .into_iter()
                    .find(|known| known.code() == origin)
                    .ok_or_else(|| DbError::Refused(format!("a text of the origin “{origin}”")))?,
                source_revision: row.get("source_revision")?,
            },
        })
    }
}

/// Writes a field of `owner` in every language it has, over what was there.
///
/// # Errors
/// What the database says.
pub async fn write(tx: &Tx, owner: Uuid, field: &str, words: &Words) -> Result<(), DbError> {
    tx.run(sql!("delete from words where owner = $1 and field = $2", owner, field)).await?;
    for (locale, text) in &words.0 {
        tx.run(sql!(
            "insert into words (owner, field, language, value, origin, source_revision) values ($1, $2, $3, $4, $5, $6)",
            owner,
            field,
            locale.tag(),
            &text.value,
            text.origin.code(),
            text.source_revision
        ))
        .await?;
    }
    Ok(())
}

/// The texts of some things: by owner, then by field.
pub type OfOwners = BTreeMap<Uuid, BTreeMap<String, Words>>;

/// Reads every text of the things in `owners`.
///
/// # Errors
/// What the database says.
pub async fn read(read: &Read, owners: impl IntoIterator<Item = Uuid>) -> Result<OfOwners, DbError> {
    let owners: Vec<Uuid> = owners.into_iter().collect();
    let mut found = OfOwners::new();
    for owners in owners.chunks(AT_ONCE) {
        let rows: Vec<WordRow> = read
            .all(sql!(
                "select owner, field, language, value, origin, source_revision from words
                where owner in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                ..owners
            ))
            .await?;
        for row in rows {
            found
                .entry(row.owner)
                .or_default()
                .entry(row.field)
                .or_default()
                .0
                .insert(row.language, row.text);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(texts: &[(Locale, &str)]) -> Words {
        Words::written(texts.iter().map(|(locale, value)| (*locale, (*value).to_owned())))
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let all = words(&[(Locale::En, "news"), (Locale::Lo, "ຂ່າວ"), (Locale::Vi, "tin")]);
        let pick = |words: &Words, reader| words.best(reader, Locale::Vi).map(|(l, t)| (l, t.value.clone()));
        assert_eq!(pick(&all, Locale::Lo), Some((Locale::Lo, "ຂ່າວ".into())));
        assert_eq!(
            pick(&all, Locale::Th),
            Some((Locale::Vi, "tin".into())),
            "the language it was written in"
        );
        assert_eq!(pick(&words(&[(Locale::En, "news")]), Locale::Th), Some((Locale::En, "news".into())));
        assert_eq!(pick(&words(&[(Locale::My, "သတင်း")]), Locale::Th), Some((Locale::My, "သတင်း".into())));
        assert_eq!(pick(&Words::default(), Locale::Th), None);
    }

    #[test]
    fn texts_are_trimmed_and_bounded() {
        let checked = words(&[(Locale::En, " a "), (Locale::Th, "  ")]).checked("title", Locale::En, 3);
        assert_eq!(checked, Ok(words(&[(Locale::En, "a")])));
        let long = words(&[(Locale::En, "a"), (Locale::Th, "กกกก")]).checked("title", Locale::En, 3);
        assert_eq!(long, Err(Field { name: "title", problem: Problem::TooLong { max: 3 } }));
        let none = words(&[(Locale::Th, "ก")]).checked("title", Locale::En, 3);
        assert_eq!(none, Err(Field { name: "title", problem: Problem::Required }));
    }
}
