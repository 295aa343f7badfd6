//! A mail server for tests: speaks SMTP on loopback, with TLS and sign-in if told to, keeps what it takes, and misbehaves as a
//! test asks it to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A letter that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipient.
    pub to: String,
    /// The message.
    pub message: String,
    /// Whether it came over TLS.
    pub private: bool,
    /// What was sent to sign in: `AUTH PLAIN ..`.
    pub signed_in: Option<String>,
}

impl Taken {
    /// The first header of that name, as it came.
    pub fn header(&self, name: &str) -> Option<&str> {
        let wanted = format!("{}:", name.to_ascii_lowercase());
        let headers = self.message.split("\r\n\r\n").next()?;
        headers
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&wanted))
            .map(|line| line[wanted.len()..].trim())
    }
}

/// What the server does with one letter instead of taking it.
#[derive(Clone, Copy, Debug)]
pub enum Twist {
    /// Answers the recipient with this line.
    Recipient(&'static str),
    /// Answers the message with this line, and does not take it.
    Message(&'static str),
    /// Says nothing after the message.
    Silent,
    /// Takes the message and hangs up instead of answering.
    HangUp,
}

/// How the way is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Not at all.
    Plain,
    /// TLS once it is asked for.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// The server. It goes with this.
#[derive(Debug)]
pub struct Server {
    /// Its port on 127.0.0.1.
    pub port: u16,
    /// The certificate to trust it by (PEM), for `localhost`.
    pub certificate: String,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    taken: Mutex<Vec<Taken>>,
    twists: Mutex<VecDeque<Twist>>,
    connections: std::sync::atomic::AtomicUsize,
    refuses_sign_in: bool,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// A server that takes everything, on a free port.
    pub async fn start(way: Way) -> Self {
        Self::start_with(way, false).await
    }

    /// A server that lets nobody sign in.
    pub async fn locked(way: Way) -> Self {
        Self::start_with(way, true).await
    }

    async fn start_with(way: Way, refuses_sign_in: bool) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|config| {
                config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key)
            })
            .expect("a configuration of TLS");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(State { refuses_sign_in, ..State::default() });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let (acceptor, state) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move { Session::run(stream, way, acceptor, state).await.ok() });
            }
        });
        Self { port, certificate: made.cert.pem(), state, task }
    }

    /// What it took so far.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.state.taken).clone()
    }

    /// Misbehaves with the next letter that is not spoken for yet.
    pub fn twist(&self, twist: Twist) {
        lock(&self.state.twists).push_back(twist);
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.state.connections.load(std::sync::atomic::Ordering::SeqCst)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One connection.
struct Session {
    state: Arc<State>,
    private: bool,
    signed_in: Option<String>,
}

/// Why a connection ended.
enum End {
    Over,
    StartTls,
}

impl Session {
    async fn run(
        stream: TcpStream,
        way: Way,
        acceptor: TlsAcceptor,
        state: Arc<State>,
    ) -> std::io::Result<()> {
        let mut session = Self { state, private: false, signed_in: None };
        if way == Way::Tls {
            session.private = true;
            session.talk(&mut BufStream::new(acceptor.accept(stream).await?), true, false).await?;
            return Ok(());
        }
        let mut plain = BufStream::new(stream);
        if let End::StartTls = session.talk(&mut plain, true, way == Way::StartTls).await? {
            session.private = true;
            let stream = acceptor.accept(plain.into_inner()).await?;
            session.talk(&mut BufStream::new(stream), false, false).await?;
        }
        Ok(())
    }

    async fn talk<S>(
        &mut self,
        stream: &mut BufStream<S>,
        greets: bool,
        offers_tls: bool,
    ) -> std::io::Result<End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        if greets {
            say(stream, "220 localhost ready").await?;
        }
        let (mut from, mut to, mut twist) = (String::new(), String::new(), None);
        while let Some(line) = hear(stream).await? {
            let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match word.as_str() {
                "EHLO" | "HELO" => {
                    let tls = if offers_tls { "250-STARTTLS\r\n" } else { "" };
                    say(
                        stream,
                        &format!(
                            "250-localhost\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n{tls}250 AUTH PLAIN LOGIN"
                        ),
                    )
                    .await?;
                }
                "STARTTLS" => {
                    say(stream, "220 go on").await?;
                    return Ok(End::StartTls);
                }
                "AUTH" if self.state.refuses_sign_in => say(stream, "535 5.7.8 not you").await?,
                "AUTH" => {
                    self.signed_in = Some(line);
                    say(stream, "235 welcome").await?;
                }
                "MAIL" => {
                    from = inside(&line);
                    twist = lock(&self.state.twists).pop_front();
                    say(stream, "250 ok").await?;
                }
                "RCPT" => match twist {
                    Some(Twist::Recipient(answer)) => say(stream, answer).await?,
                    _ => {
                        to = inside(&line);
                        say(stream, "250 ok").await?;
                    }
                },
                "DATA" => {
                    say(stream, "354 go on").await?;
                    let message = message(stream).await?;
                    let taken = Taken {
                        from: from.clone(),
                        to: to.clone(),
                        message,
                        private: self.private,
                        signed_in: self.signed_in.clone(),
                    };
                    match twist.take() {
                        Some(Twist::Message(answer)) => say(stream, answer).await?,
                        Some(Twist::Silent) => std::future::pending().await,
                        Some(Twist::HangUp) => {
                            lock(&self.state.taken).push(taken);
                            return Ok(End::Over);
                        }
                        _ => {
                            lock(&self.state.taken).push(taken);
                            say(stream, "250 2.0.0 taken").await?;
                        }
                    }
                }
                "QUIT" => {
                    say(stream, "221 bye").await?;
                    return Ok(End::Over);
                }
                _ => say(stream, "250 ok").await?,
            }
        }
        Ok(End::Over)
    }
}

fn inside(line: &str) -> String {
    let address = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    address.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}

async fn hear<S: AsyncBufRead + Unpin>(stream: &mut S) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let heard = stream.read_line(&mut line).await?;
    Ok((heard > 0).then(|| line.trim_end().to_owned()))
}

async fn message<S: AsyncBufRead + Unpin>(stream: &mut S) -> std::io::Result<String> {
    let mut message = String::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        if line == ".\r\n" {
            return Ok(message);
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
