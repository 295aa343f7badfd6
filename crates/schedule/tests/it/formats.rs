//! Files round-trip, fit their schemas, and bad ones give an error that names the place.

use proptest::prelude::*;
use schedule::format::{csv, dzn, html, ical, json};
use schedule::model::*;
use schedule::{Failure, solve};

use crate::search::{options, solved};
use crate::world::{Size, anything};

const DZN: &str = "nBusiness = 3; nMeetings = 2; nTables = 1; nTotalSlots = 4; nMorningSlots = 2;
requested = [|1, 2, 3, |2, 3, 1, |];
meetingsxBusiness = [{1,2}, {1}];
forbidden = [{0}, {0,2}, {}];
fixed = [0, 0];
precedences = [{2}, {}];";

fn sample(seed: u64) -> Event {
    anything(seed, Size { people: 12, slots: 8, requests: 20, tables: 4 })
}

#[test]
fn events_and_timetables_survive_json() {
    for seed in 0..50 {
        let event = sample(seed);
        assert_eq!(json::read_event(&json::write(&event)).unwrap(), event);
        let timetable = solved(&event, &options(500, seed)).timetable;
        assert_eq!(json::read_timetable(&json::write(&timetable)).unwrap(), timetable);
    }
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_code() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schema");
    for (name, schema) in [("event", json::event_schema()), ("timetable", json::timetable_schema())] {
        let kept = std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap();
        assert!(kept == schema, "run `schedule schema {name} > crates/schedule/schema/{name}.json`");
    }
}

#[test]
fn faults_of_an_event_name_place_and_cure() {
    let mut event = sample(1);
    event.zone = "Mars".to_owned();
    event.requests[0].weight = 0;
    event.requests[0].to = vec!["ghost".into()];
    let error = json::read_event(&json::write(&event)).unwrap_err().to_string();
    for part in
        ["zone: \"Mars\" is no IANA", "requests[0].weight: must be 1", "there is no participant \"ghost\""]
    {
        assert!(error.contains(part), "{error}");
    }
    let error = json::read_event("{\"name\": 5}").unwrap_err().to_string();
    assert!(error.starts_with("line 1, column "), "{error}");
    let error = json::read_event("{\"nmae\": \"\"}").unwrap_err().to_string();
    assert!(error.contains("unknown field `nmae`"), "{error}");
}

#[test]
fn locks_that_collide_are_named() {
    let mut event = sample(1);
    event.precedences.clear();
    event.participants.truncate(2);
    event.participants.iter_mut().for_each(|p| {
        *p = Participant {
            available: Availability::default(),
            pauses: Vec::new(),
            limits: Limits::default(),
            languages: Vec::new(),
            ..p.clone()
        }
    });
    event.tables.iter_mut().for_each(|t| (t.host, t.closed) = (None, Vec::new()));
    event.slots.iter_mut().for_each(|slot| slot.capacity = None);
    event.rules.pauses.clear();
    let lock = Lock { slot: event.slots[0].id.clone(), table: None, people: None, interpreter: None };
    let request = |id: &str| Request {
        id: id.into(),
        from: vec!["p0".into()],
        to: vec!["p1".into()],
        level: Level::Want,
        weight: 1,
        slots: None,
        lock: Some(lock.clone()),
    };
    event.requests = vec![request("a"), request("b")];
    let error =
        solve(&event, &options(10, 0), &mut |_| std::ops::ControlFlow::Continue(())).unwrap_err().to_string();
    assert!(error.starts_with("requests[1].lock: cannot be kept beside the other locks"), "{error}");
}

#[test]
fn an_instance_of_the_literature_is_read_and_solved_in_order() {
    let event = dzn::read(DZN, Some(2)).unwrap();
    assert_eq!(
        (event.participants.len(), event.requests.len(), event.slots.len(), event.tables.len()),
        (3, 2, 4, 1)
    );
    assert_eq!(event.participants[1].available.except, [SlotId::from("2")]);
    let timetable = solved(&event, &options(2_000, 0)).timetable;
    let slot = |id: &str| timetable.find(&id.into()).unwrap().slot.as_str().parse::<u32>().unwrap();
    assert!(slot("m2") < slot("m1"));
}

#[test]
fn an_infeasible_instance_is_said_to_be_so_and_why() {
    let full = DZN.replace("fixed = [0, 0]", "fixed = [1, 1]").replace("{2}, {}", "{}, {}");
    let event = dzn::read(&full, None).unwrap();
    match solve(&event, &options(2_000, 0), &mut |_| std::ops::ControlFlow::Continue(())) {
        Err(Failure::Infeasible(obstacle)) => {
            assert_eq!(obstacle.reason, "2 meetings must be held in slot 1, which has 1 tables");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn csv_files_make_an_event_and_bad_cells_are_named() {
    let files = csv::Files {
        slots: "id,start,minutes,session\ns1,2026-09-16T09:00:00+08:00,20,am\ns2,2026-09-16T09:25:00+08:00,20,am\n",
        tables: "id,hall\nT1,Main\n",
        participants: "id,name,languages,cap\na,\"Ana, of Hanoi\",vi en,\nb,Bao,vi,1\n",
        interpreters: "",
        requests: "id,from,to,level,weight\nr1,a,b,want,3\n",
    };
    let event = csv::read("fair", "Asia/Shanghai", &files).unwrap();
    assert_eq!(event.participants[0].name, "Ana, of Hanoi");
    assert_eq!(event.participants[1].limits.cap, Some(1));
    let timetable = solved(&event, &options(100, 0)).timetable;
    let written = csv::write(&event, &timetable);
    assert!(written.lines().nth(1).unwrap().starts_with("r1,s"), "{written}");
    let bad = csv::Files { requests: "id,from,to,level,weight\nr1,a,b,maybe,x\n", ..files };
    let error = csv::read("fair", "Asia/Shanghai", &bad).unwrap_err().to_string();
    assert!(error.contains("requests.csv, line 2, level: \"maybe\""), "{error}");
    assert!(error.contains("requests.csv, line 2, weight: \"x\" is not a whole number"), "{error}");
}

#[test]
fn calendars_fold_lines_and_keep_identities() {
    let mut event = sample(3);
    event.participants.iter_mut().for_each(|p| p.name = "ศูนย์ถ่ายทอดเทคโนโลยี; สมาคม, ".repeat(6));
    let solution = solved(&event, &options(500, 3));
    let stamp = ical::Stamp { made: event.slots[0].start, sequence: 2, domain: "example.org" };
    let mut events = 0;
    for participant in &event.participants {
        let text = ical::calendar(&event, &solution.timetable, ical::Of::Participant(&participant.id), stamp);
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        let unfolded = text.replace("\r\n ", "");
        events += unfolded.matches("BEGIN:VEVENT").count();
        assert_eq!(unfolded.matches("SEQUENCE:2").count(), unfolded.matches("@example.org").count());
    }
    assert_eq!(events, 2 * solution.timetable.meetings.len());
}

#[test]
fn a_page_shows_every_meeting_and_escapes_names() {
    let mut event = sample(4);
    event.participants[0].name = "<script>alert(1)</script>".to_owned();
    let timetable = solved(&event, &options(500, 4)).timetable;
    let page = html::page(&event, &timetable, &html::Words::default());
    assert!(!page.contains("<script"));
    assert!(page.matches("<section>").count() > 0 && page.ends_with("</body></html>\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_events_never_panic(seed in 0_u64..40, cut in 0.0..1.0_f64, put in "\\PC{0,12}", drop in 0_usize..30) {
        let text = json::write(&sample(seed));
        let at = text.char_indices().map(|(at, _)| at).nth((text.chars().count() as f64 * cut) as usize).unwrap_or(0);
        let rest: String = text[at..].chars().skip(drop).collect();
        if let Ok(event) = json::read_event(&format!("{}{put}{rest}", &text[..at])) {
            let _ = solve(&event, &options(50, 0), &mut |_| std::ops::ControlFlow::Continue(()));
        }
    }

    #[test]
    fn damaged_values_never_panic(seed in 0_u64..40, key in "(minutes|weight|floor|cap|longest_run|rest|capacity|want_outweighs)", value in any::<i64>()) {
        let mut text = json::write(&sample(seed));
        let field = format!("\"{key}\": ");
        if let Some(at) = text.find(&field) {
            let start = at + field.len();
            let end = start + text[start..].find([',', '\n']).unwrap();
            text.replace_range(start..end, &value.to_string());
        }
        if let Ok(event) = json::read_event(&text) {
            let _ = solve(&event, &options(50, 0), &mut |_| std::ops::ControlFlow::Continue(()));
        }
    }

    #[test]
    fn damaged_instances_never_panic(cut in 0_usize..300, put in "[0-9{}|;,= \\[\\]a-z%\\n]{0,8}", drop in 0_usize..20) {
        let at = cut.min(DZN.len());
        let rest: String = DZN[at..].chars().skip(drop).collect();
        if let Ok(event) = dzn::read(&format!("{}{put}{rest}", &DZN[..at]), Some(1)) {
            let _ = solve(&event, &options(50, 0), &mut |_| std::ops::ControlFlow::Continue(()));
        }
    }

    #[test]
    fn any_csv_is_read_or_refused(text in "\\PC{0,200}") {
        let files = csv::Files { slots: &text, tables: &text, participants: &text, interpreters: &text, requests: &text };
        let _ = csv::read("any", "UTC", &files);
    }
}
