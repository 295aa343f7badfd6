//! The queue of jobs.

use axum::http::Method;
use db::Db;
use domain::job::{self, Job};
use serde_json::json;

use crate::world::World;

#[derive(serde::Serialize, serde::Deserialize)]
struct Idle {}

impl Job for Idle {
    const KIND: &'static str = "test.idle";
}

#[db::test]
async fn a_job_is_stopped_and_run_again(db: Db) {
    let world = World::new(&db).await;
    let system = domain::actor::Actor::system();
    let id = db.write(async |tx| job::enqueue(&tx, &system, &Idle {}, tx.now()).await).await.unwrap();
    let administrator = world.administrator();
    let path = format!("/api/v1/jobs/{id}");
    let jobs = administrator.get("/api/v1/jobs").await.shape();
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(jobs, @r#"
    {
      "items": [
        {
          "id": "[id]",
          "kind": "test.idle",
          "state": "queued",
          "run_at": "2026-11-23T08:00:00Z",
          "attempts": 0,
          "worker": null,
          "stop_asked": false,
          "step": 0,
          "steps": null,
          "error": null,
          "request": null,
          "made_at": "2026-11-23T08:00:00Z",
          "ended_at": null
        }
      ],
      "next": null
    }
    "#);
    }
    assert_eq!(administrator.ask(Method::POST, &format!("{path}/runs")).await.status, 409);
    let stopped = administrator.delete(&path).await;
    assert_eq!((stopped.status, &stopped.json()["state"]), (202, &json!("stopped")));
    assert_eq!(administrator.get("/api/v1/jobs?state=stopped").await.json()["items"][0]["id"], json!(id));
    let again = administrator.ask(Method::POST, &format!("{path}/runs")).await;
    assert_eq!((again.status, &again.json()["state"]), (202, &json!("queued")));
    assert_eq!(administrator.get("/api/v1/jobs?state=lost").await.status, 422);
    assert_eq!(administrator.get("/api/v1/jobs/not-an-id").await.status, 404);
}
