//! `causeway token create`, `list` and `revoke`.

use domain::account;
use domain::actor::{Actor, Role};
use domain::id::TokenId;
use serde_json::json;

use super::{Failure, on_site, print, print_json};
use crate::config::Config;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Issue a token; it is shown once
    Create {
        /// The account it acts for; opened if there is none of that name
        #[arg(long)]
        account: String,
        /// What the account may do, if it is opened now: administrator, editor or auditor
        #[arg(long, value_parser = role, default_value = "editor")]
        role: Role,
        /// What the token is for
        #[arg(long)]
        label: String,
        /// Days until it ends; without, it works until it is revoked
        #[arg(long)]
        days: Option<u32>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List tokens, newest first
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// End a token at once
    Revoke {
        /// Its id, as `causeway token list` prints it
        id: TokenId,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "a role is one of administrator, editor, auditor".to_owned())
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    let operator = Actor::operator();
    on_site(config, async |site| match command {
        Command::Create { account, role, label, days, json } => {
            let account = match account::load_by_name(&site.db, &operator, account).await {
                Err(domain::Error::NotFound) => account::open(&site.db, &operator, account, *role).await?,
                found => found?,
            };
            let issued = account::issue_token(&site.db, &operator, account.id, label, *days).await?;
            let token = issued.secret.reveal();
            if *json {
                return print_json(&json!({
                    "id": issued.id, "token": token, "account": account, "expires_at": issued.expires_at,
                }));
            }
            print(&format!("{token}\n"))?;
            eprintln!(
                "Issued for {} ({}). Keep it now: it is not shown again. To end it: causeway token revoke {}",
                account.name,
                account.role.code(),
                issued.id
            );
            Ok(())
        }
        Command::List { json } => {
            let tokens = account::list_tokens(&site.db, &operator).await?;
            if *json {
                return print_json(&tokens);
            }
            let mut text = String::new();
            for token in tokens {
                let state = match (token.revoked_at, token.expires_at) {
                    (Some(at), _) => format!("revoked {at}"),
                    (None, Some(at)) => format!("until {at}"),
                    (None, None) => "until revoked".to_owned(),
                };
                text.push_str(&format!("{}  {}  {}  {state}\n", token.id, token.account_name, token.label));
            }
            print(if text.is_empty() { "No token has been issued.\n" } else { &text })
        }
        Command::Revoke { id } => Ok(account::revoke_token(&site.db, &operator, *id).await?),
    })
}
