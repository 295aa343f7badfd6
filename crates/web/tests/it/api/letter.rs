//! Letters, for administrators.

use axum::http::Method;
use db::Db;
use domain::notice::{self, Outcome};
use serde_json::json;

use crate::world::World;

#[db::test]
async fn a_letter_that_was_given_up_is_seen_and_tried_again(db: Db) {
    let world = World::new(&db).await;
    let id = world.letter().await;
    let refused = Outcome::Refused("550 5.1.1 no such mailbox".to_owned());
    notice::settle(&db, id, &refused).await.unwrap();
    let administrator = world.administrator();
    let letters = administrator.get("/api/v1/letters?state=dead").await.shape();
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(letters, @r#"
    {
      "items": [
        {
          "id": "[id]",
          "kind": "test",
          "to": "ana@example.org",
          "account": null,
          "locale": "th",
          "state": "dead",
          "attempts": 1,
          "due_at": null,
          "error": "550 5.1.1 no such mailbox",
          "reply": null,
          "made_at": "2026-11-23T08:00:00Z",
          "ended_at": "2026-11-23T08:00:00Z"
        }
      ],
      "next": null
    }
    "#);
    }
    let path = format!("/api/v1/letters/{id}");
    let again = administrator.ask(Method::POST, &format!("{path}/deliveries")).await;
    assert_eq!((again.status, &again.json()["state"]), (202, &json!("queued")));
    assert_eq!(administrator.get(&path).await.json()["error"], json!(null));
    notice::settle(&db, id, &Outcome::Sent("250 taken".to_owned())).await.unwrap();
    assert_eq!(administrator.ask(Method::POST, &format!("{path}/deliveries")).await.status, 409);
    assert_eq!(administrator.get("/api/v1/letters?state=lost").await.status, 422);
    assert_eq!(administrator.get("/api/v1/letters/not-an-id").await.status, 404);
}
