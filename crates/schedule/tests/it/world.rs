//! Random events small enough to try everything, with every rule of the model in some of them.

use jiff::{SignedDuration, Timestamp};
use schedule::model::*;

/// A reproducible stream of choices.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    /// A number from 0 to `sides - 1`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize) % sides
    }

    /// True once in `sides`.
    pub(crate) fn once_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn some<T: Clone>(&mut self, all: &[T], keep_of_ten: usize) -> Vec<T> {
        all.iter().filter(|_| self.roll(10) < keep_of_ten).cloned().collect()
    }
}

/// How large an event may be.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) people: usize,
    pub(crate) slots: usize,
    pub(crate) requests: usize,
    pub(crate) tables: usize,
}

/// An event in which anything may occur.
pub(crate) fn anything(seed: u64, most: Size) -> Event {
    let mut dice = Dice::new(seed);
    let people = 2 + dice.roll(most.people - 1);
    let slots: Vec<Slot> = slots(&mut dice, 1 + dice_roll(seed, most.slots));
    let ids: Vec<SlotId> = slots.iter().map(|slot| slot.id.clone()).collect();
    let halls: Vec<Hall> = (0..1 + dice.roll(2))
        .map(|at| Hall {
            id: format!("h{at}").into(),
            name: format!("Hall {at}"),
            capacity: dice.once_in(4).then(|| 1 + dice.roll(3) as u32),
        })
        .collect();
    let walks = if halls.len() > 1 && dice.once_in(2) {
        vec![Walk { from: "h0".into(), to: "h1".into(), minutes: [5, 15, 40][dice.roll(3)] }]
    } else {
        Vec::new()
    };
    let languages = ["en", "zh", "th"];
    let multilingual = dice.once_in(3);
    let participants: Vec<Participant> = (0..people)
        .map(|at| Participant {
            id: format!("p{at}").into(),
            name: String::new(),
            languages: if multilingual { vec![languages[dice.roll(3)].to_owned()] } else { Vec::new() },
            available: availability(&mut dice, &ids),
            pauses: pauses(&mut dice),
            limits: limits(&mut dice),
        })
        .collect();
    let interpreters: Vec<Interpreter> = (0..if multilingual { dice.roll(3) } else { 0 })
        .map(|at| Interpreter {
            id: format!("i{at}").into(),
            name: String::new(),
            languages: languages[at..at + 2].iter().map(|language| (*language).to_owned()).collect(),
            available: availability(&mut dice, &ids),
            pauses: Vec::new(),
            limits: limits(&mut dice),
        })
        .collect();
    let requests: Vec<Request> =
        (0..1 + dice.roll(most.requests)).map(|at| request(&mut dice, at, people, &ids)).collect();
    let precedences = if requests.len() > 2 && dice.once_in(4) {
        vec![Precedence { before: "r0".into(), after: "r1".into() }]
    } else {
        Vec::new()
    };
    let mut event = Event {
        name: format!("seed {seed}"),
        zone: "Asia/Shanghai".to_owned(),
        slots,
        tables: tables(&mut dice, most.tables, &halls, people, &ids),
        halls,
        walks,
        participants,
        interpreters,
        requests,
        precedences,
        rules: Rules { want_outweighs: 3, ..Rules::default() },
    };
    for hall in &mut event.halls {
        let hosted = event.tables.iter().any(|table| table.hall == hall.id && table.host.is_some());
        hall.capacity = hall.capacity.filter(|_| !hosted);
    }
    if dice.once_in(5) {
        event.rules.pauses.push(Pause { from: time(9, 10), to: time(10, 10), minutes: Some(30) });
    }
    event
}

/// A time of day.
pub(crate) fn time(hour: i8, minute: i8) -> jiff::civil::Time {
    jiff::civil::time(hour, minute, 0, 0)
}

fn dice_roll(seed: u64, sides: usize) -> usize {
    Dice::new(seed ^ 0xabcd).roll(sides)
}

fn slots(dice: &mut Dice, count: usize) -> Vec<Slot> {
    let first: Timestamp = "2026-09-16T09:00:00+08:00".parse().unwrap();
    let gap = [0, 5, 10][dice.roll(3)];
    let split = dice.roll(count + 1);
    (0..count)
        .map(|at| Slot {
            id: format!("s{at}").into(),
            start: first + SignedDuration::from_mins((at * (20 + gap)) as i64),
            minutes: 20,
            session: if at < split { "one" } else { "two" }.to_owned(),
            capacity: dice.once_in(8).then(|| 1 + dice.roll(2) as u32),
        })
        .collect()
}

fn availability(dice: &mut Dice, ids: &[SlotId]) -> Availability {
    Availability {
        slots: dice.once_in(2).then(|| dice.some(ids, 7)),
        except: if dice.once_in(3) { dice.some(ids, 2) } else { Vec::new() },
        zone: dice.once_in(4).then(|| ["Asia/Yangon", "Asia/Bangkok"][dice.roll(2)].to_owned()),
        hours: if dice.once_in(6) { vec![Hours { from: time(7, 30), to: time(10, 0) }] } else { Vec::new() },
    }
}

fn pauses(dice: &mut Dice) -> Vec<Pause> {
    if !dice.once_in(6) {
        return Vec::new();
    }
    let minutes = [None, Some(20), Some(25), Some(40)][dice.roll(4)];
    vec![Pause { from: time(9, 15), to: time(10, 0), minutes }]
}

fn limits(dice: &mut Dice) -> Limits {
    if !dice.once_in(4) {
        return Limits::default();
    }
    let cap = dice.once_in(2).then(|| dice.roll(3) as u16);
    Limits {
        floor: dice.roll(2).min(usize::from(cap.unwrap_or(9))) as u16,
        cap,
        longest_run: dice.once_in(2).then(|| 1 + dice.roll(2) as u16),
        rest: dice.once_in(2).then(|| 1 + dice.roll(2) as u16),
    }
}

fn request(dice: &mut Dice, at: usize, people: usize, ids: &[SlotId]) -> Request {
    let from = dice.roll(people);
    let to = (from + 1 + dice.roll(people - 1)) % people;
    let id = |number: usize| ParticipantId(format!("p{number}"));
    let mut sides = [vec![id(from)], vec![id(to)]];
    if dice.once_in(6) {
        let more = id(dice.roll(people));
        if !sides[1].contains(&more) {
            sides[1].push(more);
        }
    }
    let [from, to] = sides;
    Request {
        id: format!("r{at}").into(),
        from,
        to,
        level: [Level::Want, Level::Want, Level::Want, Level::Must, Level::IfPossible, Level::Never]
            [dice.roll(6)],
        weight: [1, 2, 4, 8][dice.roll(4)],
        slots: dice.once_in(6).then(|| dice.some(ids, 6)),
        lock: None,
    }
}

fn tables(dice: &mut Dice, most: usize, halls: &[Hall], people: usize, ids: &[SlotId]) -> Vec<Table> {
    let hosts = dice.once_in(3);
    (0..1 + dice.roll(most))
        .map(|at| Table {
            id: format!("t{at}").into(),
            hall: halls[dice.roll(halls.len())].id.clone(),
            host: (hosts && at < people && dice.once_in(2)).then(|| format!("p{at}").into()),
            closed: if dice.once_in(4) { dice.some(ids, 3) } else { Vec::new() },
        })
        .collect()
}
