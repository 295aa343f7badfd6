//! `causeway mail list`, `show`, `retry`, `test`, `bounce`, `suppressed` and `lift`.

use std::io::Read as _;
use std::time::Duration;

use domain::actor::Actor;
use domain::id::LetterId;
use domain::notice::{self, Address, Kind, Letter, LetterView, State, Suppression};
use i18n::Locale;

use super::{Failure, on_site, print, print_json};
use crate::config::Config;
use crate::mail;
use crate::site::Site;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the newest letters
    List {
        /// Only those that are queued, sent, failed, dead or suppressed
        #[arg(long, value_parser = state)]
        state: Option<State>,
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one letter: whom to, how it stands, what the mail server said; never what it says
    Show {
        /// Its id
        id: LetterId,
    },
    /// Try a letter again that was not sent
    Retry {
        /// Its id
        id: LetterId,
    },
    /// Send a test message, and say what the mail server said
    Test {
        /// Whom to
        #[arg(long, value_parser = address)]
        to: Address,
        /// Its language: en, zh-Hans, th, lo, km, my, vi, ms, id or fil
        #[arg(long, value_parser = locale, default_value = "en")]
        language: Locale,
    },
    /// Read a report of a letter that came back, or of a complaint, from standard input: your mail server hands it over
    Bounce,
    /// List the addresses that are left alone because letters came back or were not wanted
    Suppressed {
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write to an address again that was left alone
    Lift {
        /// The address
        #[arg(value_parser = address)]
        address: Address,
    },
}

fn state(text: &str) -> Result<State, String> {
    State::parse(text).ok_or_else(|| "a state is one of queued, sent, failed, dead, suppressed".to_owned())
}

fn address(text: &str) -> Result<Address, String> {
    Address::parse(text).ok_or_else(|| "an e-mail address looks like name@example.org".to_owned())
}

fn locale(text: &str) -> Result<Locale, String> {
    let tags = || Locale::ALL.map(Locale::tag).join(", ");
    Locale::parse(text).ok_or_else(|| format!("a language is one of {}", tags()))
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    let operator = Actor::operator();
    on_site(config, async |site| match command {
        Command::List { state, limit, json } => {
            let letters = notice::list(&site.db, &operator, *state, *limit).await?;
            if *json {
                return print_json(&letters);
            }
            let lines: String = letters.iter().map(line).collect();
            print(if lines.is_empty() { "No letters.\n" } else { &lines })
        }
        Command::Show { id } => print_json(&notice::load(&site.db, &operator, *id).await?),
        Command::Retry { id } => print(&line(&notice::retry(&site.db, &operator, *id).await?)),
        Command::Bounce => bounce(site).await,
        Command::Suppressed { limit, json } => {
            let all = notice::list_suppressed(&site.db, &operator, *limit).await?;
            if *json {
                return print_json(&all);
            }
            let lines: String = all.iter().map(suppression).collect();
            print(if lines.is_empty() { "No address is left alone.\n" } else { &lines })
        }
        Command::Lift { address } => {
            notice::lift(&site.db, &operator, address).await?;
            print(&format!("{address} is written to again.\n"))
        }
        Command::Test { to, language } => test(site, &operator, to, *language).await,
    })
}

/// Posts a test message and sends it at once, whether or not somebody serves the site.
async fn test(site: &Site, operator: &Actor, to: &Address, locale: Locale) -> Result<(), Failure> {
    let post = mail::post(site).map_err(|error| Failure::Sentence(error.to_string()))?;
    let letter = Letter { to: to.clone(), account: None, locale, kind: Kind::Test {} };
    let id = site.db.write(async |tx| notice::post(&tx, letter.clone()).await).await?;
    post.deliver(&site.db, id).await?;
    // A serving process may have been faster, and still be at it.
    let mut seen = notice::load(&site.db, operator, id).await?;
    for _ in 0..100 {
        if seen.state != State::Queued {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        seen = notice::load(&site.db, operator, id).await?;
    }
    let words = seen.reply.or(seen.error).unwrap_or_default();
    match seen.state {
        State::Sent => print(&format!("Sent to {to}: {words}\n")),
        state => Err(Failure::Sentence(format!("the test message is {}: {words}", state.code()))),
    }
}

fn line(letter: &LetterView) -> String {
    let words = letter.error.as_deref().map_or_else(String::new, |error| format!("  {error}"));
    let tries = letter.attempts;
    format!(
        "{}  {}  {}  {}  {tries} tries  {}{words}\n",
        letter.id,
        letter.state.code(),
        letter.kind,
        letter.to,
        letter.made_at
    )
}

/// Takes note of what a message on standard input reports. A message that is no report is no failure: a mail server would send that
/// back in turn.
async fn bounce(site: &Site) -> Result<(), Failure> {
    let mut message = Vec::new();
    let most = u64::try_from(::mail::REPORT_MOST).unwrap_or(u64::MAX);
    let read = std::io::stdin().lock().take(most).read_to_end(&mut message);
    read.map_err(|error| Failure::Sentence(format!("standard input cannot be read: {error}")))?;
    let (mut believed, mut passed_over) = (0, 0);
    for report in ::mail::reports(&message) {
        let counts = notice::report(&site.db, &report).await?;
        *(if counts { &mut believed } else { &mut passed_over }) += 1;
    }
    print(&format!("{believed} reports of our letters, {passed_over} of others\n"))
}

fn suppression(one: &Suppression) -> String {
    format!("{}  {}  {}  {}\n", one.address, one.reason, one.made_at, one.words)
}
