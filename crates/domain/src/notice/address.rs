//! An e-mail address that can be written to: read once, at the edge, and carried as a type from there on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Problem;
use crate::{Error, Result};

/// The most bytes of an address, and of the part before its `@` (RFC 5321).
const MOST: usize = 254;
const LOCAL_MOST: usize = 64;

/// An e-mail address. Its domain is in lower case and in ASCII (`xn--`); the part before the `@` is as it was written, since
/// only the receiving server knows what it means, and may be in any script.
///
/// It holds nothing that could end a header, start another address or change the direction of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

impl Address {
    /// Reads an address as people type it, without a name around it.
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.trim().rsplit_once('@')?;
        let well = !local.is_empty() && local.len() <= LOCAL_MOST && local.split('.').all(is_word);
        if !well {
            return None;
        }
        let domain = idna::domain_to_ascii(domain).ok()?;
        let named = domain.contains('.') || domain == "localhost";
        let read = format!("{local}@{domain}");
        (named && domain.split('.').all(is_label) && read.len() <= MOST).then_some(Self(read))
    }

    /// The same, refusing the field `name` where it is none.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `name`.
    pub fn field(name: &'static str, text: &str) -> Result<Self> {
        if text.trim().is_empty() {
            return Err(Error::field(name, Problem::Required));
        }
        Self::parse(text).ok_or_else(|| Error::field(name, Problem::BadAddress))
    }

    /// As it is written to.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The form in which two spellings of one mailbox are the same, as nearly every server sees it: case does not count.
    pub fn key(&self) -> String {
        i18n::fold(&self.0)
    }
}

/// Letters and figures of any script, and what RFC 5322 allows in a word without quotes.
fn is_word(word: &str) -> bool {
    let is_mark = |c: char| "!#$%&'*+-/=?^_`{|}~".contains(c);
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || is_mark(c))
}

fn is_label(label: &str) -> bool {
    let ends = !label.starts_with('-') && !label.ends_with('-');
    let letters = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (1..=63).contains(&label.len()) && ends && letters
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("not an e-mail address")
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl From<&Address> for db::Value {
    fn from(address: &Address) -> Self {
        address.0.as_str().into()
    }
}

impl db::Column for Address {
    fn take(row: &db::Row, column: &str) -> Result<Self, db::Error> {
        let text: String = row.get(column)?;
        Self::parse(&text).ok_or_else(|| db::Error::Refused("an e-mail address that is none".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_every_script_are_read_and_their_domains_written_in_ascii() {
        for (written, read) in [
            (" ana@Example.ORG ", "ana@example.org"),
            ("Ana.Lim+cattc@example.org", "Ana.Lim+cattc@example.org"),
            ("李明@例子.中国", "李明@xn--fsqu00a.xn--fiqs8s"),
            ("o'brien@mail.example.org", "o'brien@mail.example.org"),
            ("root@localhost", "root@localhost"),
        ] {
            assert_eq!(Address::parse(written).map(String::from).as_deref(), Some(read), "{written}");
        }
    }

    #[test]
    fn nothing_is_an_address_that_could_end_a_header_or_start_another() {
        for wrong in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@example",
            "ana@.org",
            "ana@exa mple.org",
            "ana lim@example.org",
            "ana@example.org\r\nBcc: x@example.org",
            "ana\r\nBcc: x@y.org@example.org",
            "<ana@example.org>",
            "ana@example.org, x@example.org",
            "\"ana\"@example.org",
            "a..b@example.org",
            ".a@example.org",
            "ana\u{202e}@example.org",
            "ana\u{200b}@example.org",
            "ana@exam\u{0}ple.org",
            "ana@-example.org",
            "ana@[127.0.0.1]",
            "ana@example.org;x",
            "a:b@example.org",
            "ana@example..org",
            "ana(x)@example.org",
        ] {
            assert_eq!(Address::parse(wrong), None, "{wrong:?}");
        }
        assert_eq!(Address::parse(&format!("{}@example.org", "a".repeat(65))), None);
        assert_eq!(Address::parse(&format!("a@{}.org", "b".repeat(64))), None);
    }

    #[test]
    fn two_spellings_of_one_mailbox_have_one_key() {
        let key = |text| Address::parse(text).map(|address| address.key());
        assert_eq!(key("Ana@Example.org"), key("ana@example.org"));
        assert_ne!(key("ana@example.org"), key("anna@example.org"));
    }
}
