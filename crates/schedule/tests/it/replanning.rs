//! Re-planning keeps what is confirmed, touches nothing protected, and says what it changed.

use jiff::{SignedDuration, Timestamp};
use schedule::check::{Rule, check};
use schedule::generate::{Presence, Recipe, Shape};
use schedule::model::*;
use schedule::replan::{Policy, replan};

use crate::search::{options, solved};
use crate::world::{Dice, Size, anything};

fn fair() -> Event {
    let usual = Recipe::usual(Presence::Windows, Shape::Open);
    Recipe { participants: 150, slots: 20, requests: 500, tables: 25, ..usual }.event()
}

#[test]
fn nothing_changes_when_nothing_has_changed() {
    let event = fair();
    let before = solved(&event, &options(20_000, 1)).timetable;
    let after = replan(&event, &before, &Policy { moves: 0, ..Policy::default() }).unwrap();
    assert_eq!(after.diff.kept, before.meetings.len());
    assert_eq!(after.timetable, before);
}

#[test]
fn absent_people_lose_their_meetings_and_nobody_else_loses_one() {
    let event = fair();
    let before = solved(&event, &options(20_000, 1)).timetable;
    let absent: Vec<ParticipantId> = event.participants[..10].iter().map(|p| p.id.clone()).collect();
    let after = replan(&event, &before, &Policy { absent: absent.clone(), ..Policy::default() }).unwrap();
    assert_eq!(check(&event, &after.timetable).unwrap(), []);
    let concerns = |m: &&Meeting| absent.contains(&m.from) || absent.contains(&m.to);
    assert_eq!(after.diff.lost.len(), before.meetings.iter().filter(concerns).count());
    assert!(after.timetable.meetings.iter().all(|m| !concerns(&m)));
    assert_eq!(after.diff.dropped, []);
}

#[test]
fn what_has_begun_or_soon_will_is_never_touched() {
    let size = Size { people: 25, slots: 10, requests: 60, tables: 6 };
    for seed in 0..150 {
        let event = anything(seed, size);
        let before = solved(&event, &options(2_000, seed)).timetable;
        let mut dice = Dice::new(seed);
        let now: Timestamp =
            event.slots[dice.roll(event.slots.len())].start + SignedDuration::from_mins(dice.roll(30) as i64);
        let absent: Vec<_> =
            event.participants.iter().filter(|_| dice.once_in(8)).map(|p| p.id.clone()).collect();
        let policy = Policy {
            now: Some(now),
            notice_minutes: 30,
            absent: absent.clone(),
            moves: 2_000,
            ..Policy::default()
        };
        let after = replan(&event, &before, &policy).unwrap();
        let begins = |id: &SlotId| event.slots.iter().find(|slot| slot.id == *id).unwrap();
        let protected = |m: &&Meeting| begins(&m.slot).start < now + SignedDuration::from_mins(30);
        let gone = |m: &Meeting| {
            let end = begins(&m.slot).start + SignedDuration::from_mins(20);
            end > now && (absent.contains(&m.from) || absent.contains(&m.to))
        };
        let untouched: Vec<&Meeting> =
            before.meetings.iter().filter(protected).filter(|m| !gone(m)).collect();
        let kept: Vec<&Meeting> = after.timetable.meetings.iter().filter(protected).collect();
        assert!(untouched.iter().all(|m| kept.contains(m)) && kept.len() == untouched.len(), "seed {seed}");
        assert_eq!(check(&event, &after.timetable).unwrap(), [], "seed {seed}");
        let total = after.diff.kept + after.diff.moved.len() + after.diff.replaced.len();
        assert_eq!(total + after.diff.dropped.len() + after.diff.lost.len(), before.meetings.len());
        assert_eq!(total + after.diff.added.len(), after.timetable.meetings.len());
    }
}

#[test]
fn nobody_has_more_confirmed_meetings_changed_than_allowed() {
    let event = fair();
    let before = solved(&event, &options(20_000, 1)).timetable;
    let absent: Vec<ParticipantId> = event.participants[..15].iter().map(|p| p.id.clone()).collect();
    for most in [0, 1] {
        let policy = Policy {
            absent: absent.clone(),
            changes_per_person: Some(most),
            move_penalty: 0,
            ..Policy::default()
        };
        let diff = replan(&event, &before, &policy).unwrap().diff;
        for participant in &event.participants {
            let changed = diff
                .moved
                .iter()
                .filter(|m| m.before.from == participant.id || m.before.to == participant.id)
                .count();
            assert!(changed <= usize::from(most), "{} has {changed} changes", participant.id);
        }
    }
}

#[test]
fn a_closed_table_moves_its_meetings_and_drops_none() {
    let mut event = fair();
    let before = solved(&event, &options(20_000, 1)).timetable;
    let all: Vec<SlotId> = event.slots.iter().map(|slot| slot.id.clone()).collect();
    event.tables[0].closed = all;
    event.tables.push(Table { id: "spare".into(), hall: "hall".into(), host: None, closed: Vec::new() });
    let after = replan(&event, &before, &Policy::default()).unwrap();
    assert_eq!(check(&event, &after.timetable).unwrap(), []);
    assert_eq!(after.diff.dropped, []);
    assert!(!after.diff.replaced.is_empty());
}

#[test]
fn an_absent_person_who_does_not_exist_is_named() {
    let policy = Policy { absent: vec!["nobody".into()], ..Policy::default() };
    let error = replan(&fair(), &Timetable::default(), &policy).unwrap_err();
    assert_eq!(error.to_string(), "absent: there is no participant \"nobody\"");
}

#[test]
fn the_checker_sees_each_kind_of_damage() {
    let event = fair();
    let good = solved(&event, &options(20_000, 1)).timetable;
    let mut damage = good.clone();
    damage.meetings[0].slot = damage.meetings.last().unwrap().slot.clone();
    damage.meetings[0].table = damage.meetings.last().unwrap().table.clone();
    let found: Vec<Rule> =
        check(&event, &damage).unwrap().into_iter().map(|violation| violation.rule).collect();
    assert!(found.contains(&Rule::Tables), "{found:?}");
    let mut damage = good.clone();
    damage.meetings[0].table = "nowhere".into();
    assert_eq!(check(&event, &damage).unwrap()[0].rule, Rule::Names);
    let mut damage = good.clone();
    damage.meetings.push(damage.meetings[0].clone());
    let found: Vec<Rule> =
        check(&event, &damage).unwrap().into_iter().map(|violation| violation.rule).collect();
    assert!(found.contains(&Rule::DoubleBooking) && found.contains(&Rule::Names), "{found:?}");
    let mut strict = event.clone();
    strict.participants.iter_mut().for_each(|p| p.limits.cap = Some(1));
    assert!(check(&strict, &good).unwrap().iter().any(|violation| violation.rule == Rule::Limits));
}
