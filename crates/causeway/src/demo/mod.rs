//! The demonstration: a throw-away site with something in it, for whoever wants to see what this is.

mod network;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use db::Db;
use domain::account;
use domain::actor::{Actor, Role};
use domain::page::Ask;
use domain::publication::{self, Draft};
use domain::words::Words;
use i18n::Locale;
use serde::Deserialize;

use crate::config::Config;

const NEWS: &str = include_str!("../../../../demo/news.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct News {
    item: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    language: String,
    title: toml::Table,
    body: toml::Table,
}

/// Where the demonstration takes place. A folder that was made for it goes with this.
#[derive(Debug)]
pub struct Stage {
    /// The configuration to serve by.
    pub config: Config,
    _folder: Option<tempfile::TempDir>,
}

impl Stage {
    /// Sets the stage at `listen`, in `folder` or in one that is removed at the end, on the embedded database whatever
    /// the configuration says.
    ///
    /// # Errors
    /// What the disk says.
    pub fn set(mut config: Config, listen: SocketAddr, folder: Option<PathBuf>) -> std::io::Result<Self> {
        let made = if folder.is_some() {
            None
        } else {
            Some(tempfile::Builder::new().prefix("causeway-demo-").tempdir()?)
        };
        if let Some(folder) = folder.or_else(|| made.as_ref().map(|made| made.path().join("data"))) {
            config.data.folder = folder;
        }
        config.database.url = None;
        config.storage.kind = crate::config::StorageKind::Folder;
        config.mail.transport = crate::config::MailTransport::Folder;
        config.mail.folder = None;
        config.server.listen = listen;
        config.server.base_url = crate::config::WebAddress::local(listen);
        config.server.development = true;
        config.metrics.listen.set_port(0);
        config.programme.name = "Causeway demonstration".to_owned();
        Ok(Self { config, _folder: made })
    }
}

/// A ready-made sign-in.
#[derive(Debug)]
pub struct SignIn {
    role: Role,
    token: String,
}

/// Fills an empty site: news, the network, and an account with a token for each role. What is there is left as it is,
/// so that a folder that was kept can be shown again.
///
/// # Errors
/// What the verbs say.
pub async fn play(db: &Db) -> domain::Result<Vec<SignIn>> {
    let operator = Actor::operator();
    if publication::list(db, Ask::first(1)).await?.items.is_empty() {
        for draft in drafts()? {
            publication::publish(db, &operator, draft).await?;
        }
    }
    network::fill(db).await?;
    let mut sign_ins = Vec::new();
    for role in [Role::Administrator, Role::Editor, Role::Auditor] {
        let name = format!("Demonstration {}", role.code());
        let there = account::list_by_name(db, &operator, &name).await?;
        let account = match there.into_iter().next() {
            Some(account) => account,
            None => account::open(db, &operator, &name, role).await?,
        };
        let issued = account::issue_token(db, &operator, account.id, "demonstration", Some(7)).await?;
        sign_ins.push(SignIn { role, token: issued.secret.reveal().to_owned() });
    }
    Ok(sign_ins)
}

fn drafts() -> domain::Result<Vec<Draft>> {
    let news: News = toml::from_str(NEWS).map_err(domain::Error::internal)?;
    news.item.into_iter().map(draft).collect()
}

fn draft(item: Item) -> domain::Result<Draft> {
    let locale = |tag: &str| {
        Locale::parse(tag).ok_or_else(|| domain::Error::internal(format!("demonstration news in “{tag}”")))
    };
    let words = |texts: toml::Table| {
        let texts = texts
            .into_iter()
            .map(|(tag, text)| Ok((locale(&tag)?, text.as_str().unwrap_or_default().to_owned())));
        Ok::<_, domain::Error>(Words::written(texts.collect::<domain::Result<Vec<_>>>()?))
    };
    Ok(Draft { language: locale(&item.language)?, title: words(item.title)?, body: words(item.body)? })
}

/// What whoever started the demonstration wants to know.
pub fn programme_note(address: SocketAddr, letters: &Path, sign_ins: &[SignIn]) -> String {
    let mut text = format!(
        "\nThe demonstration is at http://{address}/ (Ctrl-C ends it)\nIts letters go to {}, not to people.\n\nSign-ins, to be sent by programs as a bearer \
         token (seven days):\n",
        letters.display()
    );
    for SignIn { role, token } in sign_ins {
        text.push_str(&format!("  {:13}  {token}\n", role.code()));
    }
    if let Some(SignIn { token, .. }) = sign_ins.iter().find(|sign_in| sign_in.role == Role::Editor) {
        text.push_str(&format!(
            "\nTry it:\n  curl -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' \\\n    \
             -d '{{\"language\":\"en\",\"title\":{{\"en\":\"Hello\"}},\"body\":{{\"en\":\"It works.\"}}}}' \\\n    \
             http://{address}/api/v1/publications\n\n"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_news_is_fit_to_be_published_in_every_language() {
        let drafts = drafts().unwrap();
        assert!(drafts.len() >= 3);
        for locale in Locale::ALL {
            assert!(drafts.iter().any(|draft| draft.title.0.contains_key(&locale)), "{}", locale.tag());
        }
        for draft in drafts {
            assert!(draft.clone().checked().is_ok(), "{draft:?}");
        }
    }
}
