//! `causeway admin create`, and `causeway account`: who may sign in, and as what.

use db::Timestamp;
use domain::account::{self, Account, NewGrant, Registration, State, session};
use domain::actor::{Actor, Grant, Role, Scope};
use domain::id::GrantId;
use domain::page::{Ask, MOST};
use i18n::Locale;
use serde_json::json;

use super::{Failure, on_site, print, print_json};
use crate::config::Config;

#[derive(Debug, clap::Subcommand)]
pub(super) enum AdminCommand {
    /// Open an account that runs the programme, and print the link by which its owner chooses the password
    Create {
        /// Their e-mail address
        #[arg(long)]
        email: String,
        /// Their name, whole, in their own order and script
        #[arg(long)]
        name: String,
        /// The language in which they are written to
        #[arg(long, default_value = "en", value_parser = locale)]
        locale: Locale,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List accounts, newest first
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
        limit: u32,
        /// The id of the last one of the list before
        #[arg(long)]
        after: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one account with the roles it holds and held
    Show {
        /// Its id or e-mail address
        account: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Shut an account out until it is reopened
    Suspend {
        /// Its id or e-mail address
        account: String,
    },
    /// Let a suspended account in again
    Reopen {
        /// Its id or e-mail address
        account: String,
    },
    /// Give a role
    Grant {
        /// The account's id or e-mail address
        account: String,
        /// The role, such as broker
        #[arg(long, value_parser = role)]
        role: Role,
        /// For what: platform, centre:LA, organisation:ID or language:km
        #[arg(long, default_value = "platform", value_parser = scope)]
        scope: Scope,
        /// Until when, as 2027-01-01T00:00:00Z; without, until it is revoked
        #[arg(long)]
        until: Option<Timestamp>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take a role away
    Revoke {
        /// The grant's id, as `causeway account show` prints it
        grant: GrantId,
    },
    /// List the browsers in which an account is signed in
    Sessions {
        /// Its id or e-mail address
        account: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

fn locale(tag: &str) -> Result<Locale, String> {
    Locale::parse(tag).ok_or_else(|| {
        let tags: Vec<_> = Locale::ALL.into_iter().map(Locale::tag).collect();
        format!("a language is one of {}", tags.join(", "))
    })
}

fn role(code: &str) -> Result<Role, String> {
    Role::parse(code).ok_or_else(|| format!("a role is one of {}", Role::ALL.map(Role::code).join(", ")))
}

fn scope(text: &str) -> Result<Scope, String> {
    Scope::parse(text)
        .ok_or_else(|| "a scope is platform, centre:LA, organisation:ID or language:km".to_owned())
}

pub(super) fn run_admin(command: &AdminCommand, config: Config) -> Result<(), Failure> {
    let AdminCommand::Create { email, name, locale, json } = command;
    let base = config.server.base_url.as_str().trim_end_matches('/').to_owned();
    on_site(config, async |site| {
        let registration = Registration {
            email: email.clone(),
            name: name.clone(),
            latin_name: None,
            locale: *locale,
            country: None,
            time_zone: None,
        };
        let roles = [Grant::platform(Role::Administrator)];
        let (opened, link) = account::open_person(&site.db, &Actor::operator(), registration, &roles).await?;
        let link = format!("{base}{}", link.reveal());
        if *json {
            return print_json(&json!({ "account": opened, "link": link }));
        }
        print(&format!("{link}\n"))?;
        eprintln!("{} chooses a password there. The link works once, for an hour.", opened.name);
        Ok(())
    })
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    let operator = Actor::operator();
    on_site(config, async |site| {
        let db = &site.db;
        let find = async |named: &str| account::find(db, &operator, named).await;
        match command {
            Command::List { limit, after, json } => {
                let ask = Ask { limit: *limit, after: after.clone() };
                let page = account::list(db, &operator, ask).await?;
                if *json {
                    return print_json(&json!({ "items": page.items, "next": page.next }));
                }
                let text: String = page.items.iter().map(line).collect();
                print(if text.is_empty() { "There is no account.\n" } else { &text })
            }
            Command::Show { account: named, json } => {
                let found = find(named).await?;
                let grants = account::grant::list(db, &operator, found.id).await?;
                if *json {
                    return print_json(&json!({ "account": found, "grants": grants }));
                }
                let mut text = line(&found);
                for held in grants {
                    let over = held.revoked_at.map(|at| format!(", revoked {at}")).unwrap_or_default();
                    let until = held.until.map(|at| format!(" until {at}")).unwrap_or_default();
                    let Grant { role, scope } = held.grant;
                    let from = held.from;
                    text.push_str(&format!(
                        "  {}  {} for {scope} from {from}{until}{over}\n",
                        held.id,
                        role.code()
                    ));
                }
                print(&text)
            }
            Command::Suspend { account: named } => {
                account::suspend(db, &operator, find(named).await?.id).await?;
                Ok(())
            }
            Command::Reopen { account: named } => {
                account::reopen(db, &operator, find(named).await?.id).await?;
                Ok(())
            }
            Command::Grant { account: named, role, scope, until, json } => {
                let grant = Grant { role: *role, scope: *scope };
                let new = NewGrant { grant, from: None, until: *until };
                let given = account::grant::grant(db, &operator, find(named).await?.id, new).await?;
                if *json { print_json(&given) } else { print(&format!("{}\n", given.id)) }
            }
            Command::Revoke { grant } => Ok(account::grant::revoke(db, &operator, *grant).await?),
            Command::Sessions { account: named, json } => {
                let sessions = session::list_of(db, &operator, find(named).await?.id).await?;
                if *json {
                    return print_json(&sessions);
                }
                let text: String = sessions
                    .iter()
                    .map(|s| {
                        format!(
                            "{}  since {}  seen {}  {}  {}\n",
                            s.id, s.made_at, s.seen_at, s.address, s.agent
                        )
                    })
                    .collect();
                print(if text.is_empty() { "It is signed in nowhere.\n" } else { &text })
            }
        }
    })
}

fn line(account: &Account) -> String {
    let state = match account.state {
        State::Open => "open",
        State::Suspended => "suspended",
        State::Closed => "closed",
    };
    let email = account.email.as_deref().unwrap_or("-");
    format!("{}  {state}  {email}  {}\n", account.id, account.name)
}
