//! News: published, listed, withdrawn.

use db::Db;
use domain::actor::{Actor, Role};
use domain::error::Problem;
use domain::id::Reference;
use domain::page::Ask;
use domain::publication::{self, Draft, TITLE_MAX};
use domain::words::Words;
use domain::{Error, change};
use i18n::Locale;
use jiff::SignedDuration;
use uuid::Uuid;

use crate::world;

#[db::test]
async fn news_is_public_in_every_language_it_was_given(db: Db) {
    let editor = world::actor(&db, Role::Editor).await;
    let draft = Draft {
        language: Locale::Lo,
        title: Words::written([(Locale::Lo, " ຂ່າວ ".to_owned()), (Locale::ZhHans, "新闻".to_owned())]),
        body: Words::written([(Locale::Lo, "ເນື້ອໃນ".to_owned())]),
    };
    let made = publication::publish(&db, &editor, draft).await.unwrap();
    let found = publication::load(&db, &made.reference).await.unwrap();
    assert_eq!(found, made);
    assert_eq!(found.title.best(Locale::Lo, found.language).unwrap().1.value, "ຂ່າວ");
    assert_eq!(found.title.best(Locale::ZhHans, found.language).unwrap().1.value, "新闻");
    assert!(made.reference.as_str().starts_with("N20261123-"));

    let log = db.read(async |read| change::of_subject(&read, made.id.0, 10).await).await.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(
        (log[0].verb.as_str(), log[0].actor),
        ("publication.publish", editor.account().map(|id| id.0))
    );
    assert_eq!(log[0].after.as_ref().unwrap()["reference"], made.reference.as_str());
}

#[db::test]
async fn whoever_may_not_publish_is_denied_and_nothing_is_written(db: Db) {
    for actor in [Actor::visitor(), world::actor(&db, Role::Auditor).await, Actor::system()] {
        let before = world::fresh_changes(&db).await;
        let outcome = publication::publish(&db, &actor, world::draft("x")).await;
        assert!(matches!(outcome, Err(Error::Denied(_))), "{actor:?}");
        assert_eq!(world::fresh_changes(&db).await, before);
    }
    assert_eq!(publication::list(&db, Ask::first(10)).await.unwrap().items, vec![]);
}

#[db::test]
async fn every_wrong_field_is_named(db: Db) {
    let draft = Draft {
        language: Locale::Th,
        title: Words::written([(Locale::Th, "ก".repeat(TITLE_MAX + 1))]),
        body: Words::written([(Locale::En, "not in the language it says".to_owned())]),
    };
    let outcome = publication::publish(&db, &Actor::operator(), draft).await;
    let Err(Error::Invalid(fields)) = outcome else { panic!("{outcome:?}") };
    let problems: Vec<_> = fields.iter().map(|field| (field.name, &field.problem)).collect();
    assert_eq!(problems, [("title", &Problem::TooLong { max: TITLE_MAX }), ("body", &Problem::Required)]);
}

#[db::test]
async fn pages_hold_everything_once_newest_first(db: Db) {
    let mut made = Vec::new();
    for n in 0..7 {
        made.push(world::news(&db, &format!("news {n}")).await.reference);
        if n % 2 == 0 {
            db.clock().advance(SignedDuration::from_secs(1));
        }
    }
    let mut seen = Vec::new();
    let mut ask = Ask::first(3);
    loop {
        let page = publication::list(&db, ask).await.unwrap();
        seen.extend(page.items.into_iter().map(|publication| publication.reference));
        let Some(next) = page.next else { break };
        ask = Ask { limit: 3, after: Some(next) };
    }
    made.reverse();
    assert_eq!(seen, made);
}

#[db::test]
async fn a_page_out_of_range_or_a_cursor_of_nobody_is_refused(db: Db) {
    for limit in [0, 201] {
        let outcome = publication::list(&db, Ask::first(limit)).await;
        assert!(matches!(&outcome, Err(Error::Invalid(fields)) if fields[0].name == "limit"), "{outcome:?}");
    }
    for cursor in ["", "x", "1_2", "99999999999999999999_00000000000000000000000000000000", "1_x' or 1=1"] {
        let outcome = publication::list(&db, Ask { limit: 3, after: Some(cursor.to_owned()) }).await;
        assert!(
            matches!(&outcome, Err(Error::Invalid(fields)) if fields[0].name == "after"),
            "{cursor}: {outcome:?}"
        );
    }
}

#[db::test]
async fn what_is_withdrawn_is_gone_for_everybody(db: Db) {
    let made = world::news(&db, "wrong").await;
    let stale = publication::withdraw(&db, &Actor::operator(), &made.reference, Some(9)).await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    publication::withdraw(&db, &Actor::operator(), &made.reference, Some(made.version)).await.unwrap();
    assert!(matches!(publication::load(&db, &made.reference).await, Err(Error::NotFound)));
    assert_eq!(publication::list(&db, Ask::first(10)).await.unwrap().items, vec![]);
    let again = publication::withdraw(&db, &Actor::operator(), &made.reference, None).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let visitor = publication::withdraw(&db, &Actor::visitor(), &made.reference, None).await;
    assert!(matches!(visitor, Err(Error::Denied(_))), "{visitor:?}");
    let nothing = Reference::parse("N20261123-ZZZZZZ").unwrap();
    assert!(matches!(publication::load(&db, &nothing).await, Err(Error::NotFound)));
}

/// The thirty bits of two references are the same: the second is given another.
#[db::test]
async fn a_reference_that_is_taken_is_given_to_nobody_else(db: Db) {
    let with = |high: u128| Uuid::from_u128((high << 64) | 0x7000_8000_0000_0000_0000 | 0x2AAA_AAAA);
    db.clock().foresee([with(1)]);
    let first = world::news(&db, "one").await;
    db.clock().foresee([with(2), with(3)]);
    let second = world::news(&db, "two").await;
    assert_eq!(first.id.0, with(1));
    assert_eq!(
        Reference::new('N', db.clock().now(), with(2)),
        first.reference,
        "it would have been the same"
    );
    assert_ne!(second.reference, first.reference);
    assert!(![with(2), with(3)].contains(&second.id.0), "two that were taken were passed over");
    for (made, title) in [(first, "one"), (second, "two")] {
        let found = publication::load(&db, &made.reference).await.unwrap();
        assert_eq!((found.id, found.title.0.len()), (made.id, 1), "{title}");
    }
}

#[db::test]
async fn a_revision_keeps_what_was_left_as_it_is_and_says_what_it_says_the_same_as(db: Db) {
    let editor = world::actor(&db, Role::Editor).await;
    let said = |en: &str, km: &str| Draft {
        language: Locale::En,
        title: Words::written([(Locale::En, en.to_owned()), (Locale::Km, km.to_owned())]),
        body: Words::written([(Locale::En, "A text.".to_owned())]),
    };
    let made = publication::publish(&db, &editor, said("One", "មួយ")).await.unwrap();
    let of = async |locale| {
        let found = publication::load(&db, &made.reference).await.unwrap();
        (found.version, found.title.0[&locale].source_revision)
    };
    let revise =
        async |draft, version| publication::revise(&db, &editor, &made.reference, draft, Some(version)).await;
    revise(said("One", "មួយទៀត"), 1).await.unwrap();
    assert_eq!(
        (of(Locale::En).await, of(Locale::Km).await),
        ((2, 1), (2, 1)),
        "a translation is no new revision"
    );
    revise(said("Two", "មួយទៀត"), 2).await.unwrap();
    assert_eq!((of(Locale::En).await, of(Locale::Km).await), ((3, 2), (3, 1)), "the translation is behind");
    assert!(matches!(revise(said("Three", "បី"), 2).await, Err(Error::Stale)));
    revise(said("Two", "ពីរ"), 3).await.unwrap();
    assert_eq!(of(Locale::Km).await, (4, 2), "and has caught up");
    assert!(matches!(revise(said("", "ពីរ"), 4).await, Err(Error::Invalid(_))));
    let auditor = world::actor(&db, Role::Auditor).await;
    let denied = publication::revise(&db, &auditor, &made.reference, said("x", "y"), None).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    publication::withdraw(&db, &editor, &made.reference, None).await.unwrap();
    assert!(matches!(revise(said("x", "y"), 5).await, Err(Error::NotFound)));
    let log = db.read(async |read| change::of_subject(&read, made.id.0, 10).await).await.unwrap();
    assert_eq!(log.iter().filter(|change| change.verb == "publication.revise").count(), 3);
}

#[db::test]
async fn the_desk_shows_what_was_withdrawn_too_and_is_paged(db: Db) {
    let editor = world::actor(&db, Role::Editor).await;
    let first = world::news(&db, "first").await;
    db.clock().advance(SignedDuration::from_secs(1));
    let second = world::news(&db, "second").await;
    publication::withdraw(&db, &editor, &first.reference, None).await.unwrap();
    let page = publication::list_desk(&db, &editor, Ask::first(1)).await.unwrap();
    assert_eq!(page.items[0].publication.reference, second.reference);
    assert!(!page.items[0].is_withdrawn);
    let rest = Ask { limit: 1, after: page.next };
    let page = publication::list_desk(&db, &editor, rest).await.unwrap();
    assert_eq!(page.items[0].publication.reference, first.reference);
    assert!(page.items[0].is_withdrawn && page.next.is_none());
    let denied = publication::list_desk(&db, &Actor::visitor(), Ask::first(1)).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
}
