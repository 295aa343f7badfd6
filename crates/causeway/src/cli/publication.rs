//! `causeway publication post`, `list` and `withdraw`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use domain::actor::Actor;
use domain::id::Reference;
use domain::page::{Ask, MOST};
use domain::publication::{self, Draft};
use domain::words::Words;
use i18n::Locale;

use super::{Failure, on_site, print};
use crate::config::Config;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Publish news at once
    Post {
        /// Language of title and text: en, zh-Hans, th, lo, km, my, vi, ms, id or fil
        #[arg(long, value_parser = locale, default_value = "en")]
        language: Locale,
        /// The title
        #[arg(long)]
        title: String,
        /// File with the text, in paragraphs separated by empty lines; - reads standard input
        #[arg(long, value_name = "PATH")]
        body: PathBuf,
    },
    /// List what is public, newest first
    List {
        /// How many at most, up to 200
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// Take a publication off the site
    Withdraw {
        /// Its reference, such as N20261123-4KX9QD
        #[arg(value_parser = reference)]
        reference: Reference,
    },
}

fn locale(text: &str) -> Result<Locale, String> {
    let tags = || Locale::ALL.map(Locale::tag).join(", ");
    Locale::parse(text).ok_or_else(|| format!("a language is one of {}", tags()))
}

fn reference(text: &str) -> Result<Reference, String> {
    Reference::parse(text).ok_or_else(|| "a reference looks like N20261123-4KX9QD".to_owned())
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    let operator = Actor::operator();
    on_site(config, async |site| match command {
        Command::Post { language, title, body } => {
            let draft = Draft {
                language: *language,
                title: Words::written([(*language, title.clone())]),
                body: Words::written([(*language, text_of(body)?)]),
            };
            let made = publication::publish(&site.db, &operator, draft).await?;
            print(&format!("{}\n", made.reference))
        }
        Command::List { limit } => {
            let page = publication::list(&site.db, Ask::first((*limit).min(MOST))).await?;
            let mut text = String::new();
            for item in page.items {
                let title =
                    item.title.best(item.language, item.language).map_or("", |(_, text)| text.value.as_str());
                text.push_str(&format!("{}  {}  {title}\n", item.reference, item.published_at));
            }
            print(if text.is_empty() { "Nothing has been published.\n" } else { &text })
        }
        Command::Withdraw { reference } => {
            Ok(publication::withdraw(&site.db, &operator, reference, None).await?)
        }
    })
}

fn text_of(path: &Path) -> Result<String, Failure> {
    let read = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    read.map_err(|error| Failure::Sentence(format!("{} cannot be read: {error}", path.display())))
}
