//! A mail server, by SMTP. One connection, kept open between letters, and one letter at a time.

use std::error::Error as _;
use std::time::Duration;

use domain::notice::Outcome;
use jiff::SignedDuration;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::pace::{NotNow, Pace};

type Connection = AsyncSmtpTransport<Tokio1Executor>;

/// How the way to the server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS after a greeting in the clear; without TLS, nothing is sent.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None: only for a server on this machine.
    None,
}

impl Security {
    /// The port that is meant where none is given.
    pub fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// Where the server is and how to speak to it.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way is kept private.
    pub security: Security,
    /// Name and password, where it asks for them.
    pub credentials: Option<(String, String)>,
    /// A certificate (PEM) to trust beside those of the machine.
    pub ca: Option<Vec<u8>>,
    /// The longest that one letter may take.
    pub timeout: Duration,
    /// The most letters in a minute; 0 sets no bound.
    pub per_minute: u32,
    /// How this machine calls itself.
    pub hello: String,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// Why a server cannot be spoken to as the settings say.
#[derive(Debug, thiserror::Error)]
#[error("the mail server's settings cannot be used: {0}")]
pub struct Unusable(#[from] Error);

/// The server.
pub struct Smtp {
    builder: AsyncSmtpTransportBuilder,
    timeout: Duration,
    line: Mutex<Line>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

struct Line {
    /// The connection while nobody uses it. Whoever does takes it out and puts it back when the server has answered, so that one on
    /// which an answer is still outstanding is never used again.
    open: Option<Connection>,
    pace: Pace,
}

impl Smtp {
    /// Reads the settings; speaks to nobody yet.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn new(settings: &SmtpSettings) -> Result<Self, Unusable> {
        let tls = || -> Result<TlsParameters, Error> {
            let mut tls = TlsParameters::builder(settings.host.clone());
            if let Some(pem) = &settings.ca {
                tls = tls.add_root_certificate(Certificate::from_pem(pem)?);
            }
            tls.build_rustls()
        };
        let tls = match settings.security {
            Security::StartTls => Tls::Required(tls()?),
            Security::Tls => Tls::Wrapper(tls()?),
            Security::None => Tls::None,
        };
        let pool = PoolConfig::new().max_size(1).idle_timeout(Duration::from_secs(30));
        let mut builder = Connection::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(settings.timeout))
            .hello_name(ClientId::Domain(settings.hello.clone()))
            .pool_config(pool);
        if let Some((name, password)) = &settings.credentials {
            builder = builder.credentials(Credentials::new(name.clone(), password.clone()));
        }
        let pace = Pace::new(settings.per_minute, Instant::now());
        Ok(Self { builder, timeout: settings.timeout, line: Mutex::new(Line { open: None, pace }) })
    }

    /// Hands a letter to the server, and says what it said.
    pub(crate) async fn send(&self, message: Message) -> Outcome {
        let mut line = self.line.lock().await;
        match line.pace.ask(Instant::now()) {
            Ok(()) => {}
            Err(NotNow::Full(wait)) => return put_off(wait, "more letters than mail.per_minute allows"),
            Err(NotNow::Resting(wait)) => {
                return put_off(wait, "the mail server did not answer a moment ago");
            }
        }
        let open = line.open.take().unwrap_or_else(|| self.builder.clone().build());
        let sent = tokio::time::timeout(self.timeout, open.send(message)).await;
        let now = Instant::now();
        let error = match sent {
            Ok(Ok(reply)) => {
                line.pace.answered();
                line.open = Some(open);
                let words: Vec<&str> = reply.message().collect();
                return Outcome::Sent(format!("{} {}", reply.code(), words.join(" ")).trim().to_owned());
            }
            Ok(Err(error)) => error,
            Err(_) => {
                let words = format!("the mail server took longer than {} s", self.timeout.as_secs());
                return put_off(line.pace.failed(now), &words);
            }
        };
        let words = words_of(&error);
        match Fault::of(&error, &words) {
            Fault::Letter => {
                line.pace.answered();
                line.open = Some(open);
                Outcome::Refused(words)
            }
            Fault::Passing => {
                line.pace.answered();
                line.open = Some(open);
                Outcome::Later(words)
            }
            Fault::Way => put_off(line.pace.failed(now), &words),
        }
    }
}

fn put_off(wait: Duration, words: &str) -> Outcome {
    Outcome::Wait(SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX), words.to_owned())
}

/// Whose fault it is that a letter was not sent.
enum Fault {
    /// The letter's own: it will never be taken.
    Letter,
    /// Nobody's for long: it may be taken later.
    Passing,
    /// The way's: no letter would have been taken. The server is away, shuts down, cannot be trusted or does not let us in.
    Way,
}

impl Fault {
    fn of(error: &Error, words: &str) -> Self {
        match error.status().map(u16::from) {
            Some(421 | 454 | 530 | 534 | 535 | 538) => Self::Way,
            Some(500..) => Self::Letter,
            Some(_) => Self::Passing,
            // What its address needs, and this server cannot do.
            None if words.contains("SMTPUTF8") || words.contains("8BITMIME") => Self::Letter,
            None => Self::Way,
        }
    }
}

/// What went wrong, with its causes. The server's own words among them.
fn words_of(error: &Error) -> String {
    let mut words = match error.status() {
        Some(code) => format!("{code} {error}"),
        None => error.to_string(),
    };
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_words = cause.to_string();
        if !words.contains(&cause_words) {
            words = format!("{words}: {cause_words}");
        }
        source = cause.source();
    }
    words
}
