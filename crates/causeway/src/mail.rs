//! The post office as the configuration describes it.

use std::path::PathBuf;

use domain::notice::Address;
use i18n::Catalogue;
use mail::{Folder, Imprint, Post, Security, Smtp, SmtpSettings, Transport, Unusable};

use crate::config::{Config, MailSecurity, MailTransport};
use crate::site::Site;

/// Why no letter can be sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The file of the certificate.
    #[error("mail.ca_file {} cannot be read: {source}; name a PEM file that this user may read", path.display())]
    Certificate {
        /// Which.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The server's settings.
    #[error("{0}; check mail.host and mail.ca_file")]
    Server(#[from] Unusable),
}

/// The post office of `site`.
///
/// # Errors
/// [`MailError`], with the way out.
pub fn post(site: &Site) -> Result<Post, MailError> {
    let transport = match site.config.mail.transport {
        MailTransport::Folder => Transport::Folder(Folder::new(folder(site))),
        MailTransport::Smtp => Transport::Smtp(Box::new(Smtp::new(&server(&site.config)?)?)),
    };
    Ok(Post::new(imprint(&site.config), transport))
}

/// Where letters are written that go to a folder.
pub fn folder(site: &Site) -> PathBuf {
    site.config.mail.folder.clone().unwrap_or_else(|| site.folder.path().join("mail"))
}

/// The sender's address.
pub fn from(config: &Config) -> Address {
    let usual = || Address::parse(&format!("causeway@{}", host(config)));
    let here = || Address::parse("causeway@localhost").expect("an address");
    config.mail.from.clone().or_else(usual).unwrap_or_else(here)
}

/// The host of the site, as letters and mail servers name it.
fn host(config: &Config) -> String {
    let url = url::Url::parse(config.server.base_url.as_str()).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".to_owned())
}

fn imprint(config: &Config) -> Imprint {
    Imprint {
        programme: config.programme.name.clone(),
        centre: config.programme.centre.clone(),
        base_url: config.server.base_url.as_str().to_owned(),
        from: from(config),
        reply_to: config.mail.reply_to.clone(),
        messages: Catalogue::embedded(),
    }
}

fn server(config: &Config) -> Result<SmtpSettings, MailError> {
    let mail = &config.mail;
    let security = match mail.security {
        MailSecurity::StartTls => Security::StartTls,
        MailSecurity::Tls => Security::Tls,
        MailSecurity::None => Security::None,
    };
    let read = |path: &PathBuf| {
        std::fs::read(path).map_err(|source| MailError::Certificate { path: path.clone(), source })
    };
    let credentials =
        mail.password.as_ref().map(|password| (mail.user.clone(), password.reveal().to_owned()));
    Ok(SmtpSettings {
        host: mail.host.clone(),
        port: u16::try_from(mail.port).ok().filter(|port| *port > 0).unwrap_or_else(|| security.port()),
        security,
        credentials,
        ca: mail.ca_file.as_ref().map(read).transpose()?,
        timeout: mail.timeout,
        per_minute: mail.per_minute,
        hello: host(config),
    })
}
