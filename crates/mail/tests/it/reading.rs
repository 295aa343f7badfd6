//! Every kind in every language.

use domain::notice::Kind;
use i18n::Locale;

use crate::world::{self, Read};

#[test]
fn every_kind_is_written_in_every_language() {
    for locale in Locale::ALL {
        for kind in world::kinds("Ana Lim") {
            let code = kind.code();
            let written = Read::of(&world::letter(locale, kind), &world::imprint());
            let (message, html, text) = (written.message(), written.html(), written.text());
            let subject = message.subject().unwrap();
            assert!(!subject.is_empty(), "{locale} {code}");
            assert!(html.contains(&format!("<html lang=\"{}\">", locale.tag())), "{locale} {code}");
            for part in [&html, &text] {
                assert!(
                    part.contains("Mekong Transfer") && part.contains("CATTC"),
                    "{locale} {code}: {part}"
                );
                assert!(part.contains("https://transfer.example.org"), "{locale} {code}");
                assert!(!part.contains('⟦'), "{locale} {code}: {part}");
            }
            assert!(!text.contains("\n\n\n"), "{locale} {code}: {text:?}");
            let language =
                written.headers().iter().any(|line| line == &format!("Content-Language: {}", locale.tag()));
            assert!(language, "{locale} {code}");
        }
    }
}

#[test]
fn a_letter_loads_nothing_and_leads_nowhere_else() {
    for kind in world::kinds("Ana") {
        let html = Read::of(&world::letter(Locale::My, kind), &world::imprint()).html();
        for remote in
            ["<img", "<script", "<link", "url(", "@import", "src=", "<iframe", "<form", "http-equiv"]
        {
            assert!(!html.contains(remote), "{remote} in {html}");
        }
        for (at, _) in html.match_indices("href=\"") {
            assert!(html[at..].starts_with("href=\"https://transfer.example.org"), "{}", &html[at..at + 60]);
        }
    }
}

#[test]
fn a_letter_written_twice_is_the_same_letter() {
    let headers = || {
        let headers = Read::of(&world::letter(Locale::Th, Kind::Test {}), &world::imprint()).headers();
        headers.into_iter().filter(|line| !line.starts_with("Content-Type")).collect::<Vec<_>>()
    };
    assert_eq!(headers(), headers());
    let id = "Message-ID: <01900000000070008000000000000001@transfer.example.org>";
    assert!(headers().iter().any(|line| line == id), "{:?}", headers());
    assert!(headers().iter().any(|line| line.starts_with("Date: Sat, 28 Nov 2026 10:00:00")));
    assert!(headers().iter().any(|line| line == "Auto-Submitted: auto-generated"));
}

#[test]
fn a_link_is_whole_in_both_forms() {
    let kind = world::kinds("").remove(2);
    let written = Read::of(&world::letter(Locale::En, kind), &world::imprint());
    let link = "https://transfer.example.org/en/account/verify?token=abc&next=%2Fen";
    assert!(written.text().contains(link));
    let html = written.html();
    assert!(html.contains(&format!("href=\"{}\"", link.replace('&', "&#38;"))), "{html}");
    assert!(written.text().contains("28 November 2026"));
}

#[test]
fn a_visitors_message_is_answered_to_the_visitor() {
    let kind = Kind::Contact {
        name: "李明 <admin@transfer.example.org>".to_owned(),
        reply_to: world::address("li@例子.中国"),
        subject: "Solar foil".to_owned(),
        message: "Dear centre,\n\nwe have\na question.".to_owned(),
    };
    let written = Read::of(&world::letter(Locale::En, kind), &world::imprint());
    let message = written.message();
    let reply = message.reply_to().unwrap().first().unwrap();
    assert_eq!(reply.address(), Some("li@xn--fsqu00a.xn--fiqs8s"));
    assert_eq!(reply.name(), Some("李明 admin transfer.example.org"), "no second address in the name");
    assert_eq!(message.from().unwrap().first().unwrap().address(), Some("post@transfer.example.org"));
    let text = written.text();
    assert!(text.contains("> Dear centre,\n>\n> we have\n> a question.\n"), "{text:?}");
    assert!(
        text.contains("reply to this message") && written.html().contains("reply to this message"),
        "{text:?}"
    );
}
