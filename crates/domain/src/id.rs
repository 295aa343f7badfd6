//! Ids, one type for each kind of thing, and the readable references that people see. Ids are made by a transaction.

use std::fmt;

use uuid::Uuid;

/// Declares an id: a UUIDv7 that cannot be taken for another kind's.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<$name> for db::Value {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl db::Column for $name {
            fn take(row: &db::Row, column: &str) -> Result<Self, db::Error> {
                row.get(column).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// An account.
    AccountId
);
id!(
    /// An organisation.
    OrganisationId
);
id!(
    /// An organisation's application to become a member.
    ApplicationId
);
id!(
    /// A person's belonging to an organisation.
    AffiliationId
);
id!(
    /// A training that people of an organisation attended.
    TrainingId
);
id!(
    /// A role that an account holds or held.
    GrantId
);
id!(
    /// A session of an account.
    SessionId
);
id!(
    /// A token of an account.
    TokenId
);
id!(
    /// A row of the change log.
    ChangeId
);
id!(
    /// A job.
    JobId
);
id!(
    /// A publication.
    PublicationId
);
id!(
    /// A file.
    FileId
);
id!(
    /// A letter.
    LetterId
);
id!(
    /// An address that is left alone.
    SuppressionId
);

/// The reference by which people name a thing: a letter for its kind, the day it was made (UTC), and six characters
/// that are not mistaken for one another when read out (Crockford's base 32): `N20261123-4KX9QD`.
///
/// Thirty random bits a day: whoever inserts one asks the database whether it is free, and takes another if it is not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Reference(String);

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Reference {
    /// A new reference of the kind `letter`, for the thing with the id `id` made at `at`.
    pub fn new(letter: char, at: db::Timestamp, id: Uuid) -> Self {
        let day = at.strftime("%Y%m%d");
        // The low 30 bits of a UUIDv7 are random.
        let bits = id.as_u128();
        let suffix: String =
            (0..6).rev().map(|place| char::from(DIGITS[(bits >> (5 * place)) as usize & 31])).collect();
        Self(format!("{letter}{day}-{suffix}"))
    }

    /// Reads a reference as people write it: lower case counts as upper, `O` as 0, `I` and `L` as 1.
    pub fn parse(text: &str) -> Option<Self> {
        let (head, suffix) = text.split_once('-')?;
        let (letter, day) = head.split_at_checked(1)?;
        let suffix: String = suffix
            .chars()
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let well = letter.bytes().all(|b| b.is_ascii_alphabetic())
            && day.len() == 8
            && day.bytes().all(|b| b.is_ascii_digit())
            && suffix.len() == 6
            && suffix.bytes().all(|b| DIGITS.contains(&b));
        well.then(|| Self(format!("{}{day}-{suffix}", letter.to_ascii_uppercase())))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&Reference> for db::Value {
    fn from(reference: &Reference) -> Self {
        reference.0.as_str().into()
    }
}

impl db::Column for Reference {
    fn take(row: &db::Row, column: &str) -> Result<Self, db::Error> {
        row.get(column).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_people_write_it() {
        let at = "2026-11-23T23:59:59Z".parse().unwrap();
        let reference = Reference::new('N', at, Uuid::from_u128(0b00001_00010_00011_00100_00000_11111));
        assert_eq!(reference.as_str(), "N20261123-12340Z");
        for written in ["N20261123-12340Z", "n20261123-l234oz", "N20261123-I234OZ"] {
            assert_eq!(Reference::parse(written), Some(reference.clone()), "{written}");
        }
        for wrong in [
            "",
            "N",
            "N20261123",
            "20261123-12340Z",
            "N2026112-12340Z",
            "N20261123-12340",
            "N20261123-1234UZ",
            "ขN20261123-12340Z",
        ] {
            assert_eq!(Reference::parse(wrong), None, "{wrong}");
        }
    }
}
