//! Signs of life.

use db::Db;
use domain::actor::Actor;
use domain::{change, node};
use jiff::SignedDuration;

#[db::test]
async fn nodes_are_seen_until_they_leave_or_fall_silent(db: Db) {
    let started = db.clock().now();
    node::give_sign(&db, "a:1", "0.1.0", started).await.unwrap();
    node::give_sign(&db, "b:2", "0.1.0", started).await.unwrap();
    db.clock().advance(SignedDuration::from_hours(23));
    node::give_sign(&db, "b:2", "0.1.0", started).await.unwrap();
    let names = async || -> Vec<String> {
        node::list(&db).await.unwrap().into_iter().map(|node| node.name).collect()
    };
    assert_eq!(names().await, ["a:1", "b:2"]);
    db.clock().advance(SignedDuration::from_hours(2));
    node::give_sign(&db, "b:2", "0.1.1", started).await.unwrap();
    assert_eq!(names().await, ["b:2"]);
    assert_eq!(node::list(&db).await.unwrap()[0].version, "0.1.1");
    node::leave(&db, "b:2").await.unwrap();
    assert!(names().await.is_empty());
}

#[db::test]
async fn a_key_is_made_known_once_and_that_is_in_the_log(db: Db) {
    assert!(node::announce_key(&db, "a:1", "abc").await.unwrap());
    assert!(!node::announce_key(&db, "a:2", "abc").await.unwrap(), "the same key after a restart");
    assert!(node::announce_key(&db, "b:1", "def").await.unwrap());
    let mut keys: Vec<_> =
        node::keys(&db).await.unwrap().into_iter().map(|key| (key.node, key.key)).collect();
    keys.sort();
    assert_eq!(keys, [("a:1".to_owned(), "abc".to_owned()), ("b:1".to_owned(), "def".to_owned())]);
    crate::world::seal_all(&db, &crate::world::signer()).await;
    let log = change::read_log(&db, &Actor::operator(), 0, 10).await.unwrap();
    assert_eq!(log.iter().filter(|change| change.verb == "node.announce_key").count(), 2);
    assert_eq!(change::signers(&db).await.unwrap().len(), 1);
    let signer = change::signer_at(&db, 2).await.unwrap();
    assert_eq!(signer, change::signers(&db).await.unwrap().pop());
    assert_eq!(change::signer_at(&db, 77).await.unwrap(), None);
}
