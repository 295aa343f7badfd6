//! `causeway demo` as somebody runs it who has just heard of it.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

#[test]
fn it_prints_where_it_is_and_signs_in_each_role() {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_causeway"))
        .args(["demo", "--listen", "127.0.0.1:0"])
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut address = String::new();
    let mut tokens = Vec::new();
    for line in lines.by_ref() {
        if let Some((_, rest)) = line.split_once("The demonstration is at ") {
            address = rest.split_whitespace().next().unwrap().trim_end_matches('/').to_owned();
        }
        let words: Vec<_> = line.split_whitespace().collect();
        if let [role, token] = words[..]
            && token.starts_with("cway_")
        {
            tokens.push((role.to_owned(), token.to_owned()));
        }
        if line.contains("/api/v1/publications") {
            break;
        }
    }
    let roles: Vec<_> = tokens.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["administrator", "editor", "auditor"]);
    rustls::crypto::ring::default_provider().install_default().ok();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::new();
        let page = client.get(format!("{address}/th")).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("เปิดรับความต้องการเทคโนโลยี"), "{page}");
        for (role, token) in &tokens {
            let changes =
                client.get(format!("{address}/api/v1/changes")).bearer_auth(token).send().await.unwrap();
            let expected = if role == "editor" { 404 } else { 200 };
            let status = changes.status().as_u16();
            assert!(status == expected || (role == "editor" && status == 403), "{role}: {status}");
        }
    });
    kill_process(Pid::from_child(&demo), Signal::INT).unwrap();
    assert!(demo.wait().unwrap().success());
}

#[test]
fn a_demonstration_that_is_shown_again_has_the_same_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let settings = db::Settings::new(db::Target::Sqlite(folder.path().join("causeway.db")));
    runtime.block_on(async {
        let db = db::Db::open(&settings).await.unwrap();
        db.migrate().await.unwrap();
        let operator = domain::actor::Actor::operator();
        for round in 1..=2 {
            assert_eq!(causeway::demo::play(&db).await.unwrap().len(), 3);
            for role in ["administrator", "editor", "auditor"] {
                let name = format!("Demonstration {role}");
                let found = domain::account::list_by_name(&db, &operator, &name).await.unwrap();
                assert_eq!(found.len(), 1, "{role}, round {round}");
            }
        }
        let everybody = domain::actor::Actor::visitor();
        let ask = domain::page::Ask::first(1);
        let (_, counts) = domain::organisation::list(&db, &Default::default(), ask).await.unwrap();
        assert_eq!((counts.all, counts.by_country.len()), (113, 11), "those that apply are not shown yet");
        let classes = domain::membership::count_by_class(&db).await.unwrap();
        let classes: Vec<_> = classes.into_iter().map(|(class, count)| (class.code(), count)).collect();
        assert_eq!(classes, [("applicant", 10), ("core", 12), ("ordinary", 90), ("suspended", 2)]);
        assert_eq!(domain::membership::progress(&db).await.unwrap().core, 12);
        let open =
            domain::membership::list_queue(&db, &operator, domain::page::Ask::first(50)).await.unwrap();
        assert_eq!(open.items.len(), 10);
        let cards =
            domain::organisation::list_by_address(&db, "x@karst-plain-university.example").await.unwrap();
        let proposed = domain::organisation::load(&db, &everybody, &cards[0].reference).await.unwrap();
        assert_eq!(proposed.organisation.name(i18n::Locale::ZhHans), "喀原大学");
        let people = domain::membership::list_people(&db, &operator, &cards[0].reference).await.unwrap();
        assert_eq!(people.len(), 2);
        db.close().await;
    });
}
