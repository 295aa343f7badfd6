//! Reports of letters that came back: delivery status (RFC 3464) and complaints (RFC 5965), as mail servers send them to the sender's
//! address. Anybody may send us anything: what is not such a report, or names no letter of ours, says nothing.

use domain::id::LetterId;
use domain::notice::{Address, Reason, Report};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use crate::clean;

/// The most bytes of a report that are read: what is needed stands at its beginning.
pub const REPORT_MOST: usize = 1 << 20;

/// What a message reports: nothing, or one thing for each recipient that failed.
pub fn reports(message: &[u8]) -> Vec<Report> {
    let Some(message) = MessageParser::default().parse(&message[..message.len().min(REPORT_MOST)]) else {
        return Vec::new();
    };
    let Some(letter) = message.parts.iter().find_map(letter_of) else { return Vec::new() };
    let mut all = Vec::new();
    for part in &message.parts {
        if is(part, "delivery-status") {
            all.extend(failures(&text_of(part)).into_iter().map(|failure| failure.report(letter)));
        } else if is(part, "feedback-report") {
            all.extend(complaint(&text_of(part), letter));
        }
    }
    all
}

fn is(part: &MessagePart<'_>, subtype: &str) -> bool {
    part.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("message")
            && kind.subtype().is_some_and(|is| is.eq_ignore_ascii_case(subtype))
    })
}

fn text_of(part: &MessagePart<'_>) -> String {
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.clone().into_owned(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        PartType::Message(message) => String::from_utf8_lossy(message.raw_message()).into_owned(),
        PartType::Multipart(_) => String::new(),
    }
}

/// The letter that a part gives back, whole or by its headers.
fn letter_of(part: &MessagePart<'_>) -> Option<LetterId> {
    let kind = part.content_type()?;
    let subtype = kind.subtype()?.to_ascii_lowercase();
    if !matches!(subtype.as_str(), "rfc822" | "rfc822-headers" | "global" | "global-headers") {
        return None;
    }
    match &part.body {
        PartType::Message(message) => id_of(message),
        _ => id_of(&MessageParser::default().parse(text_of(part).as_bytes())?),
    }
}

/// The number that our Message-IDs begin with.
fn id_of(message: &Message<'_>) -> Option<LetterId> {
    let (number, _) = message.message_id()?.split_once('@')?;
    let plain = number.len() == 32 && number.bytes().all(|b| b.is_ascii_hexdigit());
    plain.then(|| number.parse().ok()).flatten()
}

/// The fields about one recipient.
#[derive(Debug, Default)]
struct Failure {
    recipients: Vec<Address>,
    failed: bool,
    status: String,
    words: String,
}

impl Failure {
    fn report(self, letter: LetterId) -> Report {
        let words = clean::line(&format!("{} {}", self.status, self.words));
        let lasting = self.failed && is_about_the_address(&self.status);
        Report { letter, recipients: self.recipients, reason: lasting.then_some(Reason::Bounce), words }
    }
}

/// Whether a permanent failure is the address's: its mailbox is not there, closed or moved (RFC 3463, 5.1.x and 5.2.1). A full mailbox, a
/// letter that is too large or looks like spam is not.
fn is_about_the_address(status: &str) -> bool {
    status.starts_with("5.1.") && !matches!(status, "5.1.7" | "5.1.8") || status == "5.2.1"
}

/// Fields of each group behind the first, which is about the message.
fn failures(text: &str) -> Vec<Failure> {
    let text = text.replace("\r\n", "\n");
    let groups = text.split("\n\n").filter(|group| !group.trim().is_empty());
    let failures = groups.map(failure);
    failures
        .filter(|failure| !failure.recipients.is_empty() && !failure.status.is_empty())
        .take(100)
        .collect()
}

fn failure(group: &str) -> Failure {
    let mut failure = Failure::default();
    for (name, value) in fields(group) {
        match name.as_str() {
            // What the server wrote on to, and what we wrote to.
            "final-recipient" | "original-recipient" if failure.recipients.len() < 2 => {
                failure.recipients.extend(address(&value));
            }
            "action" => failure.failed = value.eq_ignore_ascii_case("failed"),
            "status" => value.split_whitespace().next().unwrap_or_default().clone_into(&mut failure.status),
            "diagnostic-code" => {
                let words = value.split_once(';').map_or(value.as_str(), |(_, words)| words);
                words.trim().clone_into(&mut failure.words);
            }
            _ => {}
        }
    }
    failure
}

/// `rfc822; ana@example.org`.
fn address(value: &str) -> Option<Address> {
    let text = value.split_once(';').map_or(value, |(_, address)| address);
    Address::parse(text.trim().trim_matches(['<', '>']))
}

fn complaint(text: &str, letter: LetterId) -> Option<Report> {
    let fields = fields(&text.replace("\r\n", "\n"));
    let find = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let kind = find("feedback-type")?;
    let unwanted = ["abuse", "fraud", "opt-out"].iter().any(|known| kind.eq_ignore_ascii_case(known));
    let recipients = find("original-rcpt-to").and_then(address).into_iter().collect();
    unwanted.then(|| Report { letter, recipients, reason: Some(Reason::Complaint), words: clean::line(kind) })
}

/// Fields, folded lines joined.
fn fields(group: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in group.lines() {
        if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), all.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            all.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    all
}
