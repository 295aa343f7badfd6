//! A letter as a message: headers, a text, and the same as HTML. Names and texts that others wrote reach a header only as one clean
//! line; what is not ASCII is encoded by `lettre` (RFC 2047), or sent as it is to servers that take it (SMTPUTF8).

use std::time::{Duration, SystemTime};

use askama::Template;
use domain::notice::{Address, Kind, Outgoing};
use i18n::Catalogue;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::clean;
use crate::content::{self, Content};

/// Who writes, as each letter says.
#[derive(Clone)]
pub struct Imprint {
    /// The name of the programme.
    pub programme: String,
    /// The name of the centre; may be empty.
    pub centre: String,
    /// The address of the site, without a slash at its end: every link begins with it.
    pub base_url: String,
    /// The sender's address. Its domain is in every Message-ID.
    pub from: Address,
    /// Where answers go, if somewhere else.
    pub reply_to: Option<Address>,
    /// The messages.
    pub messages: &'static Catalogue,
}

impl std::fmt::Debug for Imprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imprint")
            .field("from", &self.from)
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// Why a letter cannot be written: for no server, ever.
#[derive(Debug, thiserror::Error)]
#[error("the letter cannot be written: {0}")]
pub struct Unwritable(String);

impl Unwritable {
    fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    lang: &'static str,
    content: &'a Content,
    copy: &'a str,
    sender: &'a str,
    base_url: &'a str,
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct Text<'a> {
    content: &'a Content,
    sender: &'a str,
    base_url: &'a str,
}

/// Writes a letter. The same letter gets the same Message-ID and the same date, whenever it is written.
///
/// # Errors
/// [`Unwritable`], where an address cannot stand in a header.
pub fn write(letter: &Outgoing, imprint: &Imprint) -> Result<Message, Unwritable> {
    let t = imprint.messages.translator(letter.locale);
    let content = content::of(&letter.kind, t, imprint);
    let names = [&imprint.programme, &imprint.centre].map(|name| clean::line(name));
    let sender = if names[1].is_empty() { names[0].clone() } else { names.join(" · ") };
    let base_url = imprint.base_url.as_str();
    let text = Text { content: &content, sender: &sender, base_url }.render().map_err(Unwritable::of)?;
    let copy = t.text("letter-copy");
    let html = Html { lang: letter.locale.tag(), content: &content, copy: &copy, sender: &sender, base_url };
    let html = html.render().map_err(Unwritable::of)?;

    let id = format!("<{}@{}>", letter.id.0.simple(), imprint.from.domain());
    let mut message = Message::builder()
        .message_id(Some(id))
        .date(date(letter.made_at))
        .from(mailbox(Some(names[0].clone()), &imprint.from)?)
        .to(mailbox(None, &letter.to)?)
        .subject(clean::header(&content.subject))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .raw_header(header("Content-Language", letter.locale.tag()));
    let reply_to = match &letter.kind {
        Kind::Contact { reply_to, name, .. } => Some(mailbox(Some(clean::line(name)), reply_to)?),
        _ => imprint.reply_to.as_ref().map(|address| mailbox(None, address)).transpose()?,
    };
    if let Some(reply_to) = reply_to {
        message = message.reply_to(reply_to);
    }
    message.multipart(MultiPart::alternative_plain_html(text, html)).map_err(Unwritable::of)
}

/// The moment as a header's date wants it; none of ours lies before 1970.
fn date(at: db::Timestamp) -> SystemTime {
    let since = Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0));
    SystemTime::UNIX_EPOCH + since
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// A mailbox under a name that says no other address: programs show the name and often nothing else.
fn mailbox(name: Option<String>, address: &Address) -> Result<Mailbox, Unwritable> {
    let name = name.map(|name| name.replace(['@', '＠', '﹫', '<', '>', '"', '\\'], " "));
    let name = name.map(|name| clean::header(&name)).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address.as_str().parse().map_err(Unwritable::of)?))
}
