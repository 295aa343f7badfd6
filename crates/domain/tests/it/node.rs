//! Signs of life.

use db::Db;
use domain::node;
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
