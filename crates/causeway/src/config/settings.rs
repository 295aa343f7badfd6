//! The table of settings: every section, key, type, default and range, with the sentence that explains it.
//! Parsing, checks, `config show`, the reference and the example file all come from here.
//! A row reads `name: Type = "default" in "least"..="most"`; its doc comment is what operators read.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use domain::notice::Address;

use super::choice::{LogFilter, LogFormat, MailSecurity, MailTransport, StorageKind};
use super::network::{Network, WebAddress};
use super::secret::{DatabaseUrl, Secret};
use super::size::Size;
use super::table::{Reader, Section, Setting, Table, section, understood};
use super::value::Value;

section! {
    /// Where the site is served and how much one client may ask of it.
    Server = "server" {
        /// Address and port the site is served on. Put a reverse proxy with TLS in front before opening it to others.
        listen: SocketAddr = "127.0.0.1:8080",
        /// The address people type: it stands in links, mails and feeds, and forms are accepted only from it.
        base_url: WebAddress = "http://localhost:8080",
        /// Reverse proxies whose word about the client's address is believed (`X-Forwarded-For`). None by default.
        trusted_proxies: Vec<Network> = "",
        /// The longest a request may take from its last header to the end of the answer.
        request_timeout: Duration = "30s" in "1s"..="10m",
        /// The longest a client may take to send its headers.
        header_timeout: Duration = "10s" in "1s"..="2m",
        /// The largest request body. Uploads of files have their own bound, `storage.max_file`.
        max_body: Size = "10 MiB" in "1 KiB"..="1 GiB",
        /// The most connections held at once; more wait until one closes.
        max_connections: u32 = "1024" in "16"..="100000",
        /// How long running requests and jobs may finish when the program is told to stop.
        shutdown_grace: Duration = "20s" in "0s"..="10m",
        /// Shows the style page at `/en/style`, for those who work on the pages.
        development: bool = "false",
    }
}

section! {
    /// The folder that holds what the program keeps on this machine.
    Data = "data" {
        /// Holds the embedded database, files, keys and backups. Created with access for its owner only.
        folder: PathBuf = "./data",
    }
}

section! {
    /// The database: embedded SQLite, or PostgreSQL 15 or newer when one machine is no longer enough.
    Database = "database" {
        /// A PostgreSQL address. Empty: SQLite in the file `causeway.db` of the data folder.
        url: Option<DatabaseUrl> = "",
        /// Connections that read from SQLite at the same time. Writing always has one of its own.
        readers: u32 = "4" in "1"..="64",
        /// The most connections this process holds to PostgreSQL.
        connections: u32 = "16" in "2"..="500",
        /// Brings the schema up to date at start. Otherwise run `causeway migrate` after each upgrade.
        migrate_on_start: bool = "true",
        /// Writes a backup to the backup folder before a migration (SQLite only).
        backup_before_migrate: bool = "true",
    }
}

section! {
    /// Where uploaded files are kept.
    Storage = "storage" {
        /// `folder` keeps files in the data folder; `s3` keeps them in a bucket that several nodes share.
        kind: StorageKind = "folder",
        /// The largest file that is accepted.
        max_file: Size = "50 MiB" in "1 KiB"..="5 GiB",
    }
    with {
        /// The bucket, when `kind` is `s3`.
        s3: S3,
    }
}

section! {
    /// The bucket that holds files when `storage.kind` is `s3`.
    S3 = "storage.s3" {
        /// Name of the bucket. It must exist.
        bucket: String = "",
        /// Region of the bucket.
        region: String = "us-east-1",
        /// Address of an S3-speaking server that is not Amazon's.
        endpoint: Option<WebAddress> = "",
        /// Access key.
        access_key: Option<Secret> = "",
        /// Secret key that belongs to the access key.
        secret_key: Option<Secret> = "",
        /// Puts the bucket's name in the path (`host/bucket`) and not in the host (`bucket.host`).
        path_style: bool = "true",
        /// Allows an endpoint without TLS. Only for a server on this machine or a closed network.
        allow_http: bool = "false",
    }
}

section! {
    /// Work done outside requests: mails, matching, indexing, backups.
    Jobs = "jobs" {
        /// Jobs that run at the same time on this node.
        workers: u32 = "2" in "1"..="64",
        /// How long a job is reserved for a worker without a sign of life before another may take it.
        lease: Duration = "60s" in "5s"..="1h",
        /// How often a failing job is tried before it is set aside for the operator.
        max_attempts: u32 = "10" in "1"..="100",
    }
}

section! {
    /// E-mail that the site sends. `causeway mail test --to ADDRESS` shows whether it arrives.
    Mail = "mail" {
        /// `smtp` hands letters to a mail server; `folder` writes each into a file that mail programs open, and sends nothing.
        transport: MailTransport = "folder",
        /// Where letters are written when `transport` is `folder`. Empty: `mail` in the data folder.
        folder: Option<PathBuf> = "",
        /// The sender's address. Empty: `causeway@` and the host of `server.base_url`.
        from: Option<Address> = "",
        /// Where answers go. Empty: to the sender's address.
        reply_to: Option<Address> = "",
        /// Name of the mail server.
        host: String = "localhost",
        /// Its port. 0: the usual one, 587 for `starttls`, 465 for `tls`, 25 for `none`.
        port: u32 = "0" in "0"..="65535",
        /// `starttls` or `tls`; `none` only for a server on this machine.
        security: MailSecurity = "starttls",
        /// Name to sign in with at the mail server. Empty: without signing in.
        user: String = "",
        /// Password that belongs to `user`.
        password: Option<Secret> = "",
        /// File with a certificate (PEM) to trust beside those of the machine, for a mail server with one of its own making.
        ca_file: Option<PathBuf> = "",
        /// The longest that handing over one letter may take.
        timeout: Duration = "60s" in "1s"..="10m",
        /// The most letters in a minute; more wait. 0 sets no bound.
        per_minute: u32 = "300" in "0"..="100000",
    }
}

section! {
    /// Sealing of the change log into a chain of hashes that shows tampering.
    Audit = "audit" {
        /// How long a row may wait before it is sealed.
        seal_every: Duration = "1s" in "100ms"..="10m",
        /// How many waiting rows are sealed together at most.
        seal_rows: u32 = "1000" in "1"..="100000",
    }
}

section! {
    /// Backups that the program makes by itself. `causeway backup` makes one at any time.
    Backup = "backup" {
        /// How often a backup is made.
        every: Option<Duration> = "off" in "5m"..="365d",
        /// Where backups are put. Empty: `backups` in the data folder. Better on another disk or machine.
        folder: Option<PathBuf> = "",
        /// How many of the backups made by itself are kept; the oldest go first.
        keep: u32 = "7" in "1"..="1000",
    }
}

section! {
    /// What the program writes to its standard error about its own work. No personal data at any level.
    Log = "log" {
        /// `text` for people, `json` for machines.
        format: LogFormat = "text",
        /// `error`, `warn`, `info`, `debug` or `trace`, and other levels for parts of the program after commas.
        level: LogFilter = "info",
    }
}

section! {
    /// Figures for Prometheus, on a port of their own.
    Metrics = "metrics" {
        /// Address and port the figures are served on. Must be this machine only, unless `public` is true.
        listen: SocketAddr = "127.0.0.1:9464",
        /// Allows an address that other machines can reach. The figures name routes and loads, but no person.
        public: bool = "false",
    }
}

section! {
    /// Bounds on what one client may do.
    Limits = "limits" {
        /// Changes one client (account, or address when not signed in) may make in a minute. 0 sets no bound.
        writes_per_minute: u32 = "120" in "0"..="100000",
    }
}

section! {
    /// Signing in.
    Accounts = "accounts" {
        /// How long a session lasts without a sign of life. What is set counts for sessions opened from then on.
        session_idle: Duration = "12h" in "5m"..="30d",
        /// How long a session lasts at the most.
        session_longest: Duration = "14d" in "15m"..="90d",
        /// Passwords hashed at the same time. Each takes 19 MiB of memory while it is hashed.
        hashes_at_once: u32 = "2" in "1"..="32",
        /// Passwords that wait for their turn. One more is asked to come again in a moment.
        hashes_waiting: u32 = "40" in "0"..="10000",
    }
}

section! {
    /// What this installation serves.
    Programme = "programme" {
        /// Name of the programme, shown on every page.
        name: String = "Causeway",
        /// Name of the centre that operates this installation.
        centre: String = "",
    }
}

/// Defines the whole configuration from its sections, in the order of the reference.
macro_rules! configuration {
    ($($field:ident: $type:ident,)+) => {
        /// The whole configuration, read and checked.
        #[derive(Clone, Debug)]
        pub struct Config {
            $(#[doc = concat!("The section `", stringify!($field), "`.")] pub $field: $type,)+
        }

        impl Config {
            pub(super) fn read(reader: &mut Reader<'_>) -> Self {
                Self { $($field: $type::read(reader),)+ }
            }
        }

        /// The table of each section, in the order of the reference.
        pub fn tables() -> impl Iterator<Item = &'static Table> {
            [$((<$type as Section>::TABLE, <$type as Section>::INNER)),+]
                .into_iter()
                .flat_map(|(table, inner)| std::iter::once(table).chain(inner.iter().copied()))
        }
    };
}

configuration! {
    server: Server,
    data: Data,
    database: Database,
    storage: Storage,
    jobs: Jobs,
    mail: Mail,
    audit: Audit,
    backup: Backup,
    log: Log,
    metrics: Metrics,
    limits: Limits,
    accounts: Accounts,
    programme: Programme,
}

/// Every setting, in the order of the reference.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    tables().flat_map(|table| table.settings)
}

/// The setting with this key.
pub(super) fn find(key: &str) -> Option<&'static Setting> {
    settings().find(|setting| setting.key == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_default_and_every_bound_can_be_read_and_shown_and_read_again() {
        for setting in settings() {
            setting.default_shown();
            for bound in setting.range.into_iter().flat_map(|(least, most)| [least, most]) {
                assert!((setting.understood)(bound).is_ok(), "{}: {bound}", setting.key);
            }
        }
    }

    #[test]
    fn every_default_lies_in_its_range() {
        let given = Default::default();
        let mut reader = Reader::new(&given, Vec::new());
        Config::read(&mut reader);
        let given =
            settings().map(|setting| (setting.key, super::super::given::as_default(setting))).collect();
        let mut again = Reader::new(&given, Vec::new());
        Config::read(&mut again);
        assert_eq!(again.problems, []);
        assert_eq!(again.effective.len(), settings().count());
        for (default, read) in reader.effective.iter().zip(&again.effective) {
            assert_eq!((default.setting.key, &default.value), (read.setting.key, &read.value));
        }
    }

    #[test]
    fn every_setting_is_explained_and_no_two_share_a_key_or_a_variable() {
        let mut names = BTreeSet::new();
        for setting in settings() {
            assert!(setting.about.ends_with('.') && setting.about.len() > 10, "{}", setting.key);
            assert!(names.insert(setting.key.to_owned()), "{}", setting.key);
            assert!(names.insert(setting.variable()), "{}", setting.key);
            assert!(names.insert(format!("{}_FILE", setting.variable())), "{}", setting.key);
        }
    }
}
