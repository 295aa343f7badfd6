//! The examination that `causeway doctor` makes: each finding says what was looked at, how it stands and, where it does
//! not stand well, the way out. It changes nothing but a probe that it removes again.

mod database;
mod disk;
mod letters;
mod programme;
mod upkeep;

use serde::Serialize;

use crate::config::Config;
use crate::folder::DataFolder;
use crate::site::Site;

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Good,
    /// It works, and somebody should look at it.
    Warning,
    /// It does not work, or data are in danger.
    Wrong,
}

impl Level {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Wrong => "WRONG",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub subject: &'static str,
    /// How it stands.
    pub level: Level,
    /// The finding, with the way out where there is something to do.
    pub sentence: String,
}

impl Finding {
    fn new(level: Level, subject: &'static str, sentence: impl Into<String>) -> Self {
        Self { subject, level, sentence: sentence.into() }
    }

    fn good(subject: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(Level::Good, subject, sentence)
    }

    fn warning(subject: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(Level::Warning, subject, sentence)
    }

    fn wrong(subject: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(Level::Wrong, subject, sentence)
    }
}

/// Looks at everything, beside a process that may be serving.
pub async fn examine(config: Config) -> Vec<Finding> {
    let mut findings = vec![address(&config)];
    let folder = match DataFolder::visit(&config.data.folder) {
        Ok(folder) => folder,
        Err(error) => {
            findings.push(Finding::wrong("folder", error.to_string()));
            return findings;
        }
    };
    findings.extend(disk::examine(&folder));
    findings.extend(programme::examine(&folder));
    match Site::look(config, folder).await {
        Ok(site) => {
            findings.extend(database::examine(&site).await);
            // Without its tables there is nothing more to ask.
            if !findings.iter().any(|finding| finding.subject == "schema" && finding.level == Level::Wrong) {
                findings.extend(upkeep::examine(&site).await);
                findings.extend(letters::examine(&site).await);
            }
            site.close().await;
        }
        Err(error) => findings.push(Finding::wrong("database", error.to_string())),
    }
    findings
}

fn address(config: &Config) -> Finding {
    let address = &config.server.base_url;
    if address.is_https() {
        return Finding::good("address", format!("people reach the site at {}", address.as_str()));
    }
    if config.server.listen.ip().is_loopback() {
        let sentence = format!(
            "{} is without TLS and for this machine alone; before others use it, put a proxy with TLS in front and set \
             server.base_url",
            address.as_str()
        );
        return Finding::warning("address", sentence);
    }
    let sentence = format!(
        "{} is without TLS and open to others: passwords and tokens can be read on the way; put a proxy with TLS in \
         front and set server.base_url to its https address",
        address.as_str()
    );
    Finding::wrong("address", sentence)
}
