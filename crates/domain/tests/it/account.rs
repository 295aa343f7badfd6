//! Accounts and tokens.

use db::Db;
use domain::Error;
use domain::account::{self, Person, TokenSecret};
use domain::actor::{Actor, Grant, Role, Who};
use domain::notice::Address;
use domain::programme::CountryCode;
use i18n::Locale;
use jiff::SignedDuration;

use crate::world;

#[db::test]
async fn a_token_signs_in_as_its_account_until_it_is_revoked(db: Db) {
    let operator = Actor::operator();
    let account = account::open(&db, &operator, " Nguyễn Thị Ánh ", Role::Editor).await.unwrap();
    assert_eq!(account.name, "Nguyễn Thị Ánh");
    let token = account::issue_token(&db, &operator, account.id, "feed", None).await.unwrap();
    let shown = TokenSecret::parse(token.secret.reveal()).unwrap();
    let actor = account::authenticate(&db, &shown).await.unwrap().unwrap();
    assert_eq!(actor.who, Who::account(account.id, [Grant::platform(Role::Editor)]));

    account::revoke_token(&db, &operator, token.id).await.unwrap();
    assert_eq!(account::authenticate(&db, &shown).await.unwrap(), None);
    let again = account::revoke_token(&db, &operator, token.id).await;
    assert!(matches!(again, Err(Error::Conflict("token-revoked"))), "{again:?}");
    let listed = account::list_tokens(&db, &operator).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].account_name, "Nguyễn Thị Ánh");
    assert!(listed[0].revoked_at.is_some());
}

#[db::test]
async fn a_token_ends_when_it_expires(db: Db) {
    let operator = Actor::operator();
    let account = account::open(&db, &operator, "Feed", Role::Auditor).await.unwrap();
    let token = account::issue_token(&db, &operator, account.id, "feed", Some(1)).await.unwrap();
    assert!(account::authenticate(&db, &token.secret).await.unwrap().is_some());
    db.clock().advance(SignedDuration::from_hours(24));
    assert_eq!(account::authenticate(&db, &token.secret).await.unwrap(), None);
}

#[db::test]
async fn only_administrators_know_of_accounts(db: Db) {
    for role in [Role::Editor, Role::Auditor] {
        let actor = world::actor(&db, role).await;
        let opened = account::open(&db, &actor, "x", Role::Administrator).await;
        assert!(matches!(opened, Err(Error::NotFound)), "{role:?}");
        assert!(matches!(account::list_tokens(&db, &actor).await, Err(Error::NotFound)));
        assert!(matches!(account::list_by_name(&db, &actor, "Ana").await, Err(Error::NotFound)));
    }
    let administrator = world::actor(&db, Role::Administrator).await;
    assert!(account::list_by_name(&db, &administrator, "Nobody").await.unwrap().is_empty());
    let anas = account::list_by_name(&db, &administrator, "Ana").await.unwrap();
    let [editor, auditor, ..] = &anas[..] else { panic!("{anas:?}") };
    let loaded = account::load(&db, &administrator, editor.id).await.unwrap();
    assert_eq!(&loaded, editor);
    let itself = Actor::new(Who::account(editor.id, [Grant::platform(Role::Editor)]));
    assert_eq!(&account::load(&db, &itself, editor.id).await.unwrap(), editor);
    assert!(matches!(account::load(&db, &itself, auditor.id).await, Err(Error::NotFound)));
}

#[db::test]
async fn accounts_that_share_a_name_are_all_listed(db: Db) {
    let operator = Actor::operator();
    let first = account::open(&db, &operator, "Feed", Role::Auditor).await.unwrap();
    let second = account::open(&db, &operator, "Feed ", Role::Editor).await.unwrap();
    assert_eq!(account::list_by_name(&db, &operator, " Feed").await.unwrap(), [first, second]);
}

#[db::test]
async fn a_token_cannot_end_after_the_calendar(db: Db) {
    let operator = Actor::operator();
    let account = account::open(&db, &operator, "Feed", Role::Editor).await.unwrap();
    let issued = account::issue_token(&db, &operator, account.id, "feed", Some(u32::MAX)).await;
    assert!(matches!(&issued, Err(Error::Invalid(fields)) if fields[0].name == "days"), "{issued:?}");
    assert!(account::list_tokens(&db, &operator).await.unwrap().is_empty(), "and none was issued");
}

#[db::test]
async fn a_name_and_a_label_are_needed(db: Db) {
    let operator = Actor::operator();
    for wrong in ["  ".to_owned(), "x".repeat(121)] {
        let opened = account::open(&db, &operator, &wrong, Role::Editor).await;
        assert!(matches!(&opened, Err(Error::Invalid(fields)) if fields[0].name == "name"), "{opened:?}");
    }
    let account = account::open(&db, &operator, "x", Role::Editor).await.unwrap();
    for wrong in ["  ".to_owned(), "x".repeat(81)] {
        let issued = account::issue_token(&db, &operator, account.id, &wrong, None).await;
        assert!(matches!(&issued, Err(Error::Invalid(fields)) if fields[0].name == "label"), "{issued:?}");
    }
    let nobody = domain::id::AccountId(uuid::Uuid::nil());
    assert!(matches!(account::issue_token(&db, &operator, nobody, "x", None).await, Err(Error::NotFound)));
}

#[db::test]
async fn staff_open_an_account_for_a_person_and_an_address_has_one(db: Db) {
    let person = |email: &str| Person {
        name: "ສົມສັກ ວົງ".into(),
        latin_name: Some("Somsak Vong".into()),
        email: Address::parse(email).unwrap(),
        locale: Locale::Lo,
        country: CountryCode::parse("LA"),
    };
    let nobody = account::enrol(&db, &Actor::visitor(), person("somsak@a.example")).await;
    assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
    let made = account::enrol(&db, &Actor::operator(), person("somsak@a.example")).await.unwrap();
    let told = account::load(&db, &Actor::operator(), made.id).await.unwrap();
    assert_eq!((told.email.as_deref(), told.locale), (Some("somsak@a.example"), Some(Locale::Lo)));
    let twice = account::enrol(&db, &Actor::operator(), person("Somsak@A.example")).await;
    assert!(matches!(twice, Err(Error::Conflict("account-exists"))), "{twice:?}");
}
