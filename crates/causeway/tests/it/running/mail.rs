//! Letters while the process serves, and while it is killed.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use db::Engine;
use domain::notice::{self, Address, Kind, Letter};
use i18n::Locale;
use mail::sink::{Server, Way};
use serde_json::Value as Json;

use super::site::{Running, each_engine, on};

fn speak_to(site: &mut Running, server: &Server) {
    for (variable, value) in [
        ("CAUSEWAY__MAIL__TRANSPORT", "smtp".to_owned()),
        ("CAUSEWAY__MAIL__HOST", "localhost".to_owned()),
        ("CAUSEWAY__MAIL__PORT", server.port.to_string()),
        ("CAUSEWAY__MAIL__SECURITY", "none".to_owned()),
        ("CAUSEWAY__MAIL__FROM", "post@transfer.example.org".to_owned()),
        ("CAUSEWAY__MAIL__PER_MINUTE", "0".to_owned()),
    ] {
        site.set(variable, value);
    }
}

async fn letters(site: &Running) -> Vec<Json> {
    serde_json::from_str(&site.say(&["mail", "list", "--limit", "100000", "--json"])).unwrap()
}

/// Posts letters to one address each, straight into the outbox.
async fn post(site: &Running, count: usize) {
    let db = site.database().await;
    db.write(async |tx| {
        for n in 0..count {
            let to = Address::parse(&format!("a{n}@example.org")).unwrap();
            let letter = Letter { to, account: None, locale: Locale::Lo, kind: Kind::Test {} };
            notice::post(&tx, letter).await?;
        }
        Ok::<_, domain::Error>(())
    })
    .await
    .unwrap();
    db.close().await;
}

#[test]
fn a_letter_goes_to_the_folder_until_a_server_is_named() {
    each_engine(async |mut site: Running| {
        site.start();
        let said = site.say(&["mail", "test", "--to", "ana@example.org", "--language", "my"]);
        assert!(said.starts_with("Sent to ana@example.org: "), "{said}");
        let files: Vec<_> = std::fs::read_dir(site.data().join("mail")).unwrap().flatten().collect();
        assert_eq!(files.len(), 1);
        let found = |findings: Vec<Json>, subject: &str| {
            findings.into_iter().find(|finding| finding["subject"] == subject).unwrap()["level"].clone()
        };
        assert_eq!(found(site.findings(), "mail"), "warning");
        assert_eq!(found(site.findings(), "letters"), "good");

        let server = Server::start(Way::Plain).await;
        speak_to(&mut site, &server);
        site.say(&["mail", "test", "--to", "ana@example.org"]);
        assert_eq!(server.taken().len(), 1);
        assert_eq!(found(site.findings(), "mail"), "good");
        server.twist(mail::sink::Twist::Recipient("550 5.1.1 no such mailbox"));
        let refused = site.run(&["mail", "test", "--to", "nobody@example.org"]);
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("no such mailbox"));
        assert_eq!(found(site.findings(), "letters"), "warning");
        let dead = letters(&site).await.remove(0);
        assert_eq!((dead["state"].as_str(), dead["to"].as_str()), (Some("dead"), Some("nobody@example.org")));
        let id = dead["id"].as_str().unwrap();
        assert!(site.say(&["mail", "retry", id]).contains("queued"));
        assert!(site.say(&["mail", "show", id]).contains("nobody@example.org"));
        site.remove().await;
    });
}

/// What a mail server says who could not hand a letter on, given to the command as the server would.
fn hand_over(site: &Running, letter: &str, recipient: &str) -> String {
    let report = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n\
        Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
        --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}@transfer.example.org>\r\n\r\n--b--\r\n",
        letter.replace('-', "")
    );
    let mut command = site.command(&["mail", "bounce"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(report.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_letter_that_came_back_silences_its_address_until_somebody_lifts_it() {
    each_engine(async |mut site: Running| {
        site.start();
        site.say(&["mail", "test", "--to", "ana@example.org"]);
        let letter = letters(&site).await.remove(0);
        let id = letter["id"].as_str().unwrap();
        assert_eq!(hand_over(&site, id, "lee@example.org"), "0 reports of our letters, 1 of others\n");
        assert_eq!(site.say(&["mail", "suppressed"]), "No address is left alone.\n");
        assert_eq!(hand_over(&site, id, "ANA@example.org"), "1 reports of our letters, 0 of others\n");
        assert!(site.say(&["mail", "suppressed"]).starts_with("ana@example.org  bounce  "));
        let said = site.say(&["mail", "test", "--to", "ana@example.org"]);
        assert!(said.starts_with("Sent to ana@example.org"), "who asks for a letter gets it: {said}");
        site.say(&["mail", "lift", "ana@example.org"]);
        assert_eq!(site.say(&["mail", "suppressed", "--json"]).trim(), "[]");
        assert!(!site.run(&["mail", "lift", "ana@example.org"]).status.success());
        site.remove().await;
    });
}

/// Kills the process again and again while it sends: none is lost, and a kill repeats one letter at most, under the same
/// Message-ID.
async fn survive(mut site: Running, count: usize, kills: usize) {
    let server = Server::start(Way::Plain).await;
    speak_to(&mut site, &server);
    site.start();
    post(&site, count).await;
    for kill in 0..kills {
        let before = server.taken().len();
        let goal = (count - before) / (kills - kill + 1);
        let started = Instant::now();
        while server.taken().len() < before + goal.max(1) && server.taken().len() < count {
            assert!(started.elapsed() < Duration::from_secs(60), "nothing is sent");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        site.kill();
        site.start();
    }
    let started = Instant::now();
    while letters(&site).await.iter().any(|letter| letter["state"] != "sent") {
        assert!(started.elapsed() < Duration::from_secs(120), "some letters do not go");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let mut times: BTreeMap<(String, String), usize> = BTreeMap::new();
    for taken in server.taken() {
        *times.entry((taken.to.clone(), taken.header("Message-ID").unwrap().to_owned())).or_default() += 1;
    }
    let missing: Vec<_> = (0..count)
        .map(|n| format!("a{n}@example.org"))
        .filter(|to| !times.keys().any(|(taken, _)| taken == to))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
    // One Message-ID an address: what came twice came as the same letter.
    assert_eq!(times.len(), count);
    let repeated = server.taken().len() - count;
    assert!(repeated <= kills, "{repeated} letters came twice after {kills} kills");
    println!("{count} letters, {kills} kills: 0 missing, {repeated} repeated under the same Message-ID");
    site.remove().await;
}

#[test]
fn no_letter_is_lost_when_the_process_is_killed_and_one_a_kill_is_repeated_at_most() {
    each_engine(async |site: Running| survive(site, 60, 3).await);
}

/// The whole drill: `cargo nextest run -p causeway --run-ignored only letters_survive`.
#[test]
#[ignore = "takes minutes; the small one runs always"]
fn a_thousand_letters_survive_twenty_kills() {
    on(Engine::Sqlite, async |site: Running| survive(site, 1000, 20).await);
}
