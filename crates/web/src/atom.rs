//! Atom feeds (RFC 4287) in pages (RFC 5005): a few entries in one document, and where the next ones are.

use std::fmt::Write as _;

use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse as _, Response};
use db::Timestamp;
use i18n::Locale;

use crate::entity_tag::{self, Known};

/// The media type.
pub(crate) const KIND: &str = "application/atom+xml";

/// One page of a feed. Addresses are whole, with scheme and host.
#[derive(Debug)]
pub(crate) struct Feed {
    /// Its language.
    pub(crate) locale: Locale,
    /// What it is about.
    pub(crate) title: String,
    /// Who publishes it.
    pub(crate) author: String,
    /// The page for people.
    pub(crate) page: String,
    /// The address of its first page, which is also its name.
    pub(crate) first: String,
    /// The address of this page.
    pub(crate) this: String,
    /// The address of the next page, with what is older.
    pub(crate) next: Option<String>,
    /// The newest first.
    pub(crate) entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name, for ever.
    pub(crate) id: String,
    /// The page for people.
    pub(crate) href: String,
    /// When it was last changed.
    pub(crate) updated: Timestamp,
    /// The title, with its language where that is not the feed's.
    pub(crate) title: (Option<&'static str>, String),
    /// The paragraphs, likewise.
    pub(crate) body: Vec<(Option<&'static str>, String)>,
}

impl Feed {
    /// As an answer; nothing where whoever asks has it already.
    pub(crate) fn answer(&self, known: &Known) -> Response {
        let text = self.write();
        let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        let tag = [(ETAG, entity_tag::tag(&digest))];
        if known.is(&digest) {
            return (StatusCode::NOT_MODIFIED, tag).into_response();
        }
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8")),
            (CONTENT_LANGUAGE, HeaderValue::from_static(self.locale.tag())),
        ];
        (tag, headers, text).into_response()
    }

    fn write(&self) -> String {
        // Of a feed without entries nobody can say when it was changed.
        let updated = self.entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let lang = self.locale.tag();
        _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">");
        element(&mut out, "id", None, &self.first);
        element(&mut out, "title", None, &self.title);
        element(&mut out, "updated", None, &updated.to_string());
        _ = writeln!(out, "<author><name>{}</name></author>", escaped(&self.author));
        link(&mut out, "alternate", "text/html", &self.page);
        link(&mut out, "self", KIND, &self.this);
        link(&mut out, "first", KIND, &self.first);
        if let Some(next) = &self.next {
            link(&mut out, "next", KIND, next);
        }
        self.entries.iter().for_each(|entry| entry.write(&mut out));
        out.push_str("</feed>\n");
        out
    }
}

impl Entry {
    fn write(&self, out: &mut String) {
        out.push_str("<entry>\n");
        element(out, "id", None, &self.id);
        element(out, "title", self.title.0, &self.title.1);
        element(out, "updated", None, &self.updated.to_string());
        element(out, "published", None, &self.updated.to_string());
        link(out, "alternate", "text/html", &self.href);
        out.push_str("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">");
        for (lang, paragraph) in &self.body {
            let lang = lang.map(|lang| format!(" xml:lang=\"{lang}\" lang=\"{lang}\"")).unwrap_or_default();
            _ = write!(out, "<p{lang}>{}</p>", escaped(paragraph));
        }
        out.push_str("</div></content>\n</entry>\n");
    }
}

fn element(out: &mut String, name: &str, lang: Option<&str>, text: &str) {
    let lang = lang.map(|lang| format!(" xml:lang=\"{lang}\"")).unwrap_or_default();
    _ = writeln!(out, "<{name}{lang}>{}</{name}>", escaped(text));
}

fn link(out: &mut String, rel: &str, kind: &str, href: &str) {
    _ = writeln!(out, "<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>", escaped(href));
}

/// Text between tags or in an attribute. What XML has no way to say is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place_and_what_xml_cannot_say_is_left_out() {
        assert_eq!(escaped("<b a=\"1\">&\u{0}\u{b}\n"), "&lt;b a=&quot;1&quot;&gt;&amp;\n");
        assert_eq!(escaped("\u{200b}ខ្មែរ"), "\u{200b}ខ្មែរ");
    }
}
