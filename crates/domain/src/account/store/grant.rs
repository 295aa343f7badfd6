//! Statements of grants.

use db::{Error, FromRow, Read, Row, Tx, Value, sql};
use i18n::Locale;

use crate::account::grant::GrantView;
use crate::actor::{Grant, Role, Scope};
use crate::id::{AccountId, GrantId, OrganisationId};

impl FromRow for Grant {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let wrong = |what: &str, text: &str| Error::Refused(format!("a grant of the {what} “{text}”"));
        let role: String = row.get("role")?;
        let scope: String = row.get("scope")?;
        let scope = match scope.as_str() {
            "platform" => Scope::Platform,
            "centre" => Scope::Centre(row.get("country")?),
            "organisation" => Scope::Organisation(row.get("organisation")?),
            "language" => {
                let language: String = row.get("language")?;
                Scope::Language(Locale::parse(&language).ok_or_else(|| wrong("language", &language))?)
            }
            other => return Err(wrong("scope", other)),
        };
        Ok(Self { role: Role::parse(&role).ok_or_else(|| wrong("role", &role))?, scope })
    }
}

impl FromRow for GrantView {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.get("id")?,
            account: row.get("account")?,
            grant: Grant::from_row(row)?,
            from: row.get("from_at")?,
            until: row.get("until_at")?,
            granted_by: row.get("granted_by")?,
            revoked_at: row.get("revoked_at")?,
        })
    }
}

/// The columns of a scope: its kind, and the one that says which.
fn columns(scope: Scope) -> [Value; 4] {
    let (kind, country, organisation, language) = match scope {
        Scope::Platform => ("platform", None, None, None),
        Scope::Centre(country) => ("centre", Some(country.to_string()), None, None),
        Scope::Organisation(OrganisationId(id)) => ("organisation", None, Some(id), None),
        Scope::Language(locale) => ("language", None, None, Some(locale.tag())),
    };
    [kind.into(), country.into(), organisation.into(), language.into()]
}

pub(in crate::account) async fn insert(tx: &Tx, view: &GrantView) -> Result<(), Error> {
    let [scope, country, organisation, language] = columns(view.grant.scope);
    tx.run(sql!(
        "insert into account_grant (id, account, role, scope, country, organisation, language, from_at, until_at,
            granted_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        view.id,
        view.account,
        view.grant.role.code(),
        scope,
        country,
        organisation,
        language,
        view.from,
        view.until,
        view.granted_by.map(|id| id.0),
        tx.now()
    ))
    .await?;
    Ok(())
}

pub(in crate::account) async fn find(read: &Read, id: GrantId) -> Result<Option<GrantView>, Error> {
    read.optional(sql!(
        "select id, account, role, scope, country, organisation, language, from_at, until_at, granted_by, revoked_at
        from account_grant where id = $1",
        id
    ))
    .await
}

pub(in crate::account) async fn list(read: &Read, account: AccountId) -> Result<Vec<GrantView>, Error> {
    read.all(sql!(
        "select id, account, role, scope, country, organisation, language, from_at, until_at, granted_by, revoked_at
        from account_grant where account = $1 order by from_at desc, id desc",
        account
    ))
    .await
}

pub(in crate::account) async fn in_force(read: &Read, account: AccountId) -> Result<Vec<Grant>, Error> {
    read.all(sql!(
        "select distinct role, scope, country, organisation, language from account_grant
        where account = $1 and from_at <= $2 and (until_at is null or until_at > $2) and revoked_at is null",
        account,
        read.now()
    ))
    .await
}

pub(in crate::account) async fn holders(read: &Read, grant: Grant) -> Result<Vec<AccountId>, Error> {
    let [scope, country, organisation, language] = columns(grant.scope);
    let found: Vec<(AccountId,)> = read
        .all(sql!(
            "select distinct g.account as value from account_grant g join account a on a.id = g.account
            where g.role = $1 and g.scope = $2 and (g.country = $3 or $2 <> 'centre')
                and (g.organisation = $4 or $2 <> 'organisation') and (g.language = $5 or $2 <> 'language')
                and g.from_at <= $6 and (g.until_at is null or g.until_at > $6) and g.revoked_at is null
                and a.closed_at is null and a.suspended_at is null
            order by g.account",
            grant.role.code(),
            scope,
            country,
            organisation,
            language,
            read.now()
        ))
        .await?;
    Ok(found.into_iter().map(|(account,)| account).collect())
}

pub(in crate::account) async fn revoke(tx: &Tx, id: GrantId, by: Option<AccountId>) -> Result<(), Error> {
    tx.run(sql!(
        "update account_grant set revoked_at = $1, revoked_by = $2 where id = $3 and revoked_at is null",
        tx.now(),
        by.map(|id| id.0),
        id
    ))
    .await?;
    Ok(())
}
