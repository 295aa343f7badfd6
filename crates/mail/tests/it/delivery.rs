//! From the outbox to a mail server, and what it may do on the way.

use std::sync::Arc;
use std::time::Duration;

use db::Db;
use domain::actor::Actor;
use domain::id::LetterId;
use domain::job::{Registry, Settings, Worker};
use domain::notice::{self, Kind, Letter, LetterView, Link, State};
use i18n::Locale;
use jiff::SignedDuration;
use mail::sink::{Server, Twist, Way};
use mail::{Folder, Post, Security, Smtp, SmtpSettings, Transport};

use crate::world;

fn settings(server: &Server, security: Security) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port: server.port,
        security,
        credentials: None,
        ca: Some(server.certificate.clone().into_bytes()),
        timeout: Duration::from_secs(5),
        per_minute: 0,
        hello: "transfer.example.org".to_owned(),
    }
}

fn office(settings: &SmtpSettings) -> Post {
    Post::new(world::imprint(), Transport::Smtp(Box::new(Smtp::new(settings).unwrap())))
}

async fn post(db: &Db) -> LetterId {
    let letter = Letter {
        to: world::address("ana@example.org"),
        account: None,
        locale: Locale::Km,
        kind: Kind::Test {},
    };
    db.write(async |tx| notice::post(&tx, letter.clone()).await).await.unwrap()
}

async fn seen(db: &Db, id: LetterId) -> LetterView {
    notice::load(db, &Actor::operator(), id).await.unwrap()
}

#[db::test]
async fn letters_reach_a_server_by_every_way(db: Db) {
    for (way, security) in
        [(Way::Plain, Security::None), (Way::StartTls, Security::StartTls), (Way::Tls, Security::Tls)]
    {
        let server = Server::start(way).await;
        let office = office(&settings(&server, security));
        let ids = [post(&db).await, post(&db).await];
        for id in ids {
            office.deliver(&db, id).await.unwrap();
            let seen = seen(&db, id).await;
            assert_eq!((seen.state, seen.error), (State::Sent, None), "{way:?}");
            assert!(seen.reply.unwrap().contains("taken"), "{way:?}");
        }
        let taken = server.taken();
        assert_eq!(taken.len(), 2, "{way:?}");
        assert_eq!(server.connections(), 1, "{way:?}: the connection is used again");
        for (taken, id) in taken.iter().zip(ids) {
            assert_eq!(taken.private, way != Way::Plain, "{way:?}");
            assert_eq!(
                (taken.from.as_str(), taken.to.as_str()),
                ("post@transfer.example.org", "ana@example.org")
            );
            assert_eq!(
                taken.header("Message-ID"),
                Some(format!("<{}@transfer.example.org>", id.0.simple()).as_str())
            );
        }
    }
}

#[db::test]
async fn nothing_is_said_to_a_server_without_tls_or_under_another_name(db: Db) {
    let plain = Server::start(Way::Plain).await;
    let mut unknown = settings(&Server::start(Way::StartTls).await, Security::StartTls);
    let stranger = Server::start(Way::StartTls).await;
    unknown.port = stranger.port;
    for (server, settings) in [(&plain, settings(&plain, Security::StartTls)), (&stranger, unknown)] {
        let id = post(&db).await;
        office(&settings).deliver(&db, id).await.unwrap();
        let seen = seen(&db, id).await;
        assert_eq!((seen.state, seen.attempts), (State::Failed, 0), "{seen:?}");
        assert_eq!(server.taken(), vec![]);
    }
}

#[db::test]
async fn a_server_that_asks_for_a_password_gets_it_and_one_that_refuses_it_costs_no_letter(db: Db) {
    let server = Server::start(Way::Tls).await;
    let credentials = Some(("transfer".to_owned(), "hunter2".to_owned()));
    let with = SmtpSettings { credentials, ..settings(&server, Security::Tls) };
    office(&with).deliver(&db, post(&db).await).await.unwrap();
    assert!(server.taken()[0].signed_in.as_deref().unwrap().starts_with("AUTH PLAIN "));

    let locked = Server::locked(Way::Tls).await;
    let settings =
        SmtpSettings { port: locked.port, ca: Some(locked.certificate.clone().into_bytes()), ..with };
    let id = post(&db).await;
    office(&settings).deliver(&db, id).await.unwrap();
    let seen = seen(&db, id).await;
    assert_eq!((seen.state, seen.attempts), (State::Failed, 0));
    let words = seen.error.unwrap();
    assert!(words.contains("535") && words.contains("not you") && !words.contains("hunter2"), "{words}");
}

#[db::test]
async fn what_a_server_refuses_for_now_is_tried_again_and_what_it_refuses_for_good_is_dead(db: Db) {
    let server = Server::start(Way::Plain).await;
    let office = office(&settings(&server, Security::None));
    for (twist, state, words) in [
        (Twist::Recipient("450 4.2.1 mailbox is full"), State::Failed, "mailbox is full"),
        (Twist::Message("451 4.7.1 greylisted"), State::Failed, "greylisted"),
        (Twist::Recipient("550 5.1.1 no such mailbox"), State::Dead, "no such mailbox"),
        (Twist::Message("554 5.7.1 looks like spam"), State::Dead, "looks like spam"),
    ] {
        server.twist(twist);
        let id = post(&db).await;
        office.deliver(&db, id).await.unwrap();
        let seen = seen(&db, id).await;
        assert_eq!((seen.state, seen.attempts), (state, 1), "{twist:?}: {seen:?}");
        assert!(seen.error.as_deref().unwrap().contains(words), "{twist:?}: {seen:?}");
        if state == State::Failed {
            db.clock().advance(SignedDuration::from_mins(1));
            office.deliver(&db, id).await.unwrap();
            assert_eq!(self::seen(&db, id).await.state, State::Sent, "{twist:?}");
        }
    }
    assert_eq!(server.taken().len(), 2);
}

#[db::test]
async fn a_server_that_falls_silent_or_hangs_up_is_left_alone_for_a_while(db: Db) {
    for twist in [Twist::Silent, Twist::HangUp] {
        let server = Server::start(Way::Plain).await;
        let brisk = SmtpSettings { timeout: Duration::from_millis(300), ..settings(&server, Security::None) };
        let office = office(&brisk);
        server.twist(twist);
        let (first, second) = (post(&db).await, post(&db).await);
        office.deliver(&db, first).await.unwrap();
        office.deliver(&db, second).await.unwrap();
        for id in [first, second] {
            let seen = seen(&db, id).await;
            assert_eq!((seen.state, seen.attempts), (State::Failed, 0), "{twist:?}: {seen:?}");
        }
        assert_eq!(server.connections(), 1, "{twist:?}: the second was not even tried");
    }
}

#[db::test]
async fn a_server_that_is_away_keeps_letters_waiting(db: Db) {
    let port = Server::start(Way::Plain).await.port;
    let away = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        credentials: None,
        ca: None,
        timeout: Duration::from_secs(2),
        per_minute: 0,
        hello: "localhost".to_owned(),
    };
    // The server above is gone by now.
    tokio::time::sleep(Duration::from_millis(100)).await;
    let id = post(&db).await;
    office(&away).deliver(&db, id).await.unwrap();
    let seen = seen(&db, id).await;
    assert_eq!((seen.state, seen.attempts), (State::Failed, 0), "{seen:?}");
}

#[db::test]
async fn a_folder_holds_each_letter_once_and_for_its_owner_alone(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    let office = Arc::new(Post::new(world::imprint(), Transport::Folder(Folder::new(&path))));
    let link = Link::parse("/en/reset?token=s3cret").unwrap();
    let until = db.clock().now() + SignedDuration::from_hours(1);
    let kind = Kind::AccountReset { link, until };
    let letter = Letter { to: world::address("ana@example.org"), account: None, locale: Locale::En, kind };
    let id = db.write(async |tx| notice::post(&tx, letter.clone()).await).await.unwrap();
    let settings = Settings {
        node: "test".to_owned(),
        lease: Duration::from_secs(60),
        max_attempts: 3,
        idle: Duration::from_millis(5),
    };
    let registry = office.register(Registry::default(), db.clone());
    assert!(Worker::new(db.clone(), Arc::new(registry), settings).run_one().await.unwrap());
    let file = path.join(format!("{id}.eml"));
    let written = world::Read(std::fs::read(&file).unwrap());
    assert!(written.text().contains("https://transfer.example.org/en/reset?token=s3cret"));
    assert_eq!(seen(&db, id).await.reply, Some(file.display().to_string()));
    assert_eq!(std::fs::read_dir(&path).unwrap().count(), 1);
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
}
