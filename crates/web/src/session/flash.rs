//! What is said once, at the page that follows: "published", "signed out". A cookie carries the key of the message and its
//! arguments, never the words, with a mark that shows that this browser was given it.

use i18n::{Arg, Translator};

use super::secret::Secret;

/// What is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flash {
    key: String,
    arguments: Vec<(String, String)>,
}

/// The separator of the mark, which no encoded pair contains.
const MARK: char = '.';

impl Flash {
    pub(super) fn new(key: &str, arguments: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self { key: key.to_owned(), arguments: arguments.iter().map(owned).collect() }
    }

    /// As the cookie has it.
    pub(super) fn write(&self, secret: &Secret) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("", &self.key).extend_pairs(&self.arguments);
        let text = pairs.finish().replace(MARK, "%2E");
        format!("{text}{MARK}{}", secret.mark(&text))
    }

    /// What the cookie says; `None` for what this browser was never given.
    pub(super) fn read(cookie: &str, secret: &Secret) -> Option<Self> {
        let (text, mark) = cookie.split_once(MARK)?;
        if !secret.marked(text, mark) {
            return None;
        }
        let mut pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
        let (_, key) = pairs.next()?;
        Some(Self { key, arguments: pairs.collect() })
    }

    /// Its words.
    pub(super) fn words(&self, t: Translator) -> String {
        let arguments = self.arguments.iter().map(|(name, value)| (name.as_str(), Arg::from(value)));
        t.with(&self.key, &arguments.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_reads_back_for_the_browser_that_was_given_it_alone() {
        let (own, other) = (Secret::random(), Secret::random());
        let flash = Flash::new("publication-published", &[("title", "ព័ត៌មាន; a.b=c, \"d\""), ("n", "")]);
        let cookie = flash.write(&own);
        assert!(
            cookie.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\'))
        );
        assert_eq!(Flash::read(&cookie, &own), Some(flash));
        assert_eq!(Flash::read(&cookie, &other), None);
        assert_eq!(Flash::read(&cookie.replace("published", "withdrawn"), &own), None);
        assert_eq!(Flash::read("", &own), None);
    }
}
