//! The programme's data as JSON.

use db::Db;
use domain::programme::ListKind;
use serde_json::json;

use crate::world::World;

#[db::test]
async fn a_list_has_its_codes_with_labels_in_the_languages_asked_for(db: Db) {
    let world = World::new(&db).await;
    let list = world.visitor().get("/api/v1/lists/partner-kinds?languages=en,lo").await;
    assert_eq!(list.status, 200);
    let body = list.json();
    assert_eq!(body["list"], "partner-kinds");
    assert_eq!(body["edition"]["version"], 1);
    assert_eq!(
        body["items"][0],
        json!({ "code": "centre", "retired": false, "labels": { "en": "Centre", "lo": "ສູນ" } })
    );
    for kind in ListKind::ALL {
        let whole = world.visitor().get(&format!("/api/v1/lists/{kind}")).await.json();
        assert_eq!(whole["items"][0]["labels"].as_object().unwrap().len(), 10, "{kind}");
    }
    assert_eq!(world.visitor().get("/api/v1/lists/colours").await.status, 404);
}

#[db::test]
async fn a_language_that_is_not_served_is_refused_under_its_name(db: Db) {
    let world = World::new(&db).await;
    for path in ["/api/v1/programme", "/api/v1/countries", "/api/v1/countries/TH", "/api/v1/lists/indicators"]
    {
        let refused = world.visitor().get(&format!("{path}?languages=en,tlh")).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(refused.text().contains("languages"), "{}", refused.text());
    }
}

#[db::test]
async fn an_answer_that_is_known_is_not_sent_again(db: Db) {
    let world = World::new(&db).await;
    for path in ["/api/v1/programme", "/api/v1/countries", "/api/v1/countries/VN", "/api/v1/lists/holidays"] {
        let first = world.visitor().get(path).await;
        let tag = first.header("etag").to_owned();
        let again = world.visitor().get(path).header("if-none-match", &tag).await;
        assert_eq!((again.status, again.text()), (304, ""), "{path}");
        let other = world.visitor().get(&format!("{path}?languages=th")).header("if-none-match", &tag).await;
        assert_eq!(other.status, 200, "{path} in another language is another answer");
    }
}

#[db::test]
async fn a_country_has_its_money_its_partners_and_its_working_days(db: Db) {
    let world = World::new(&db).await;
    let countries = world.visitor().get("/api/v1/countries").await.json();
    assert_eq!(countries["items"].as_array().unwrap().len(), 11);
    let brunei = world.visitor().get("/api/v1/countries/BN?languages=en,ms").await.json();
    assert_eq!(brunei["name"], json!({ "en": "Brunei", "ms": "Brunei" }));
    assert_eq!(brunei["currency"], json!({ "code": "BND", "exponent": 2 }));
    assert_eq!(brunei["working_days"], json!(["mon", "tue", "wed", "thu", "sat"]));
    assert_eq!(
        (&brunei["centre"], &brunei["mechanism"]["agreement"]["state"]),
        (&json!("bn-mtic"), &json!("agreement-signed"))
    );
    assert_eq!(brunei["calendar"], json!({ "first": "2026-01-01", "last": "2027-12-31" }));
    let new_year = json!({
        "first": "2026-01-01", "last": "2026-01-01", "substitute": false, "status": "announced",
        "name": { "en": "New Year’s Day", "ms": "Hari Tahun Baharu" },
    });
    assert_eq!(brunei["days_off"][0], new_year);
    let china = world.visitor().get("/api/v1/countries/CN").await.json();
    assert_eq!(china["extra_workdays"][0], json!({ "date": "2026-01-04", "status": "announced" }));
    for unserved in ["TL", "FR", "th", "x"] {
        assert_eq!(
            world.visitor().get(&format!("/api/v1/countries/{unserved}")).await.status,
            404,
            "{unserved}"
        );
    }
}

#[db::test]
async fn the_programme_tells_its_figures_with_their_sources_and_the_note(db: Db) {
    let world = World::new(&db).await;
    let body = world.visitor().get("/api/v1/programme?languages=en").await.json();
    assert_eq!(body["home"], "CN");
    assert_eq!(body["mechanisms"].as_array().unwrap().len(), 10);
    assert!(body["figures"]["note"]["en"].as_str().unwrap().contains("cannot be compared"));
    let known: Vec<_> =
        body["sources"].as_array().unwrap().iter().map(|source| source["code"].clone()).collect();
    assert!(
        body["figures"]["items"].as_array().unwrap().iter().all(|figure| known.contains(&figure["source"]))
    );
    for list in body["lists"].as_array().unwrap() {
        assert_eq!(world.visitor().get(list["url"].as_str().unwrap()).await.status, 200);
    }
    assert!(body["files"].as_array().unwrap().iter().all(|file| file["replaced"] == false));
}
