//! `causeway token create`, `list` and `revoke`.

use db::Db;
use domain::account::{self, Account};
use domain::actor::{Actor, Grant, Role, Scope, ScopeKind};
use domain::id::{AccountId, TokenId};
use serde_json::json;

use super::{Failure, on_site, print, print_json};
use crate::config::Config;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Issue a token; it is shown once
    Create {
        /// The account it acts for, by name or id; opened if there is none of that name
        #[arg(long)]
        account: String,
        /// What the account may do in the whole programme, such as administrator, editor or auditor [default: what it may already, else editor]
        #[arg(long, value_parser = role)]
        role: Option<Role>,
        /// What the token is for
        #[arg(long)]
        label: String,
        /// Days until it ends, up to 3650; without, it works until it is revoked
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
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
    Role::parse(text).filter(|role| role.scopes().contains(&ScopeKind::Platform)).ok_or_else(|| {
        let held = Role::ALL.into_iter().filter(|role| role.scopes().contains(&ScopeKind::Platform));
        let codes: Vec<_> = held.map(Role::code).collect();
        format!("a role for the whole programme is one of {}", codes.join(", "))
    })
}

/// The account that `named` names, opened where there is none. One with another role than `asked` is refused: whoever gets
/// the token would hold more, or less, than was meant.
async fn account_for(
    db: &Db,
    operator: &Actor,
    named: &str,
    asked: Option<Role>,
) -> Result<Account, Failure> {
    let mut found = match named.parse::<AccountId>() {
        Ok(id) => vec![account::load(db, operator, id).await?],
        Err(_) => account::list_by_name(db, operator, named).await?,
    };
    if found.len() > 1 {
        let mut each = String::new();
        for account in &found {
            each.push_str(&format!(
                "\n- {} ({})",
                account.id,
                shown(&roles(db, operator, account.id).await?)
            ));
        }
        return Err(Failure::Sentence(format!(
            "{} accounts are called {}; say which by its id:{each}",
            found.len(),
            named.trim(),
        )));
    }
    let Some(account) = found.pop() else {
        return Ok(account::open(db, operator, named, asked.unwrap_or(Role::Editor)).await?);
    };
    let Some(asked) = asked else { return Ok(account) };
    let held = roles(db, operator, account.id).await?;
    if held == [Grant::platform(asked)] {
        return Ok(account);
    }
    Err(Failure::Sentence(format!(
        "the account {} is there already and has {}, not the role {}; leave --role out, or choose another name for a new \
         account",
        account.name,
        shown(&held),
        asked.code()
    )))
}

/// What an account holds now.
async fn roles(db: &Db, operator: &Actor, id: AccountId) -> Result<Vec<Grant>, Failure> {
    let now = db.clock().now();
    let grants = account::grant::list(db, operator, id).await?;
    Ok(grants.into_iter().filter(|grant| grant.in_force(now)).map(|grant| grant.grant).collect())
}

/// `the role editor`, or several after commas.
fn shown(grants: &[Grant]) -> String {
    let each = grants.iter().map(|grant| match grant.scope {
        Scope::Platform => grant.role.code().to_owned(),
        scope => format!("{} for {scope}", grant.role.code()),
    });
    let each: Vec<_> = each.collect();
    match each.len() {
        0 => "no role".to_owned(),
        1 => format!("the role {}", each[0]),
        _ => format!("the roles {}", each.join(", ")),
    }
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    let operator = Actor::operator();
    on_site(config, async |site| match command {
        Command::Create { account, role, label, days, json } => {
            let account = account_for(&site.db, &operator, account, *role).await?;
            let issued = account::issue_token(&site.db, &operator, account.id, label, *days).await?;
            let token = issued.secret.reveal();
            let held = roles(&site.db, &operator, account.id).await?;
            if *json {
                return print_json(&json!({
                    "id": issued.id, "token": token, "account": account, "grants": held,
                    "expires_at": issued.expires_at,
                }));
            }
            print(&format!("{token}\n"))?;
            eprintln!(
                "Issued for {} ({}). Keep it now: it is not shown again. To end it: causeway token revoke {}",
                account.name,
                shown(&held),
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
