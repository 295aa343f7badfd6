//! Events made up to order: for benchmarks, tests and demonstrations. The same recipe gives the same event.

mod days;
mod wishes;

use crate::model::{Event, Hall, Limits, Participant, Request, Rules, SlotId, Table};
use crate::random::Random;

/// When people can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Most of the time, with late arrivals, early leavers and 8 % of holes.
    Scattered,
    /// One window of 25 to 60 % of the slots.
    Windows,
    /// In the slots of a hidden perfect timetable, and by chance in 30 % of the others.
    Planted,
}

/// Who asks for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Anyone for anyone, some people far more often than others; all tables are shared.
    Open,
    /// Visitors for hosts, who are 15 % of the people and have tables of their own.
    Hosts,
}

/// What to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// When people can meet.
    pub presence: Presence,
    /// Who asks for whom.
    pub shape: Shape,
    /// People.
    pub participants: usize,
    /// Slots, in sessions of ten, two sessions a day.
    pub slots: usize,
    /// Requests asked for. Fewer are made if people run out; planted events make as many as fill their tables.
    pub requests: usize,
    /// Shared tables; in planted events each slot of the hidden timetable fills them to the last.
    pub tables: usize,
    /// What chance depends on.
    pub seed: u64,
}

impl Recipe {
    /// The event of the measurements: 2,000 people, 40 slots, 8,000 requests.
    pub fn usual(presence: Presence, shape: Shape) -> Self {
        Self { presence, shape, participants: 2_000, slots: 40, requests: 8_000, tables: 200, seed: 1 }
    }

    /// Makes the event.
    pub fn event(&self) -> Event {
        let mut random = Random::new(self.seed);
        let plan = wishes::plan(self, &mut random);
        let slots = days::slots(self.slots);
        let id = |slot: usize| SlotId(format!("s{slot}"));
        let participants = plan.open.iter().enumerate().map(|(at, open)| Participant {
            id: format!("p{at}").into(),
            name: format!("Participant {at}"),
            languages: Vec::new(),
            available: crate::model::Availability {
                slots: Some((0..self.slots).filter(|&slot| open[slot]).map(id).collect()),
                ..Default::default()
            },
            pauses: Vec::new(),
            limits: Limits::default(),
        });
        let requests =
            plan.pairs.iter().zip(&plan.weights).enumerate().map(|(at, (&(from, to), &weight))| Request {
                id: format!("r{at}").into(),
                from: vec![format!("p{from}").into()],
                to: vec![format!("p{to}").into()],
                level: crate::model::Level::Want,
                weight,
                slots: None,
                lock: None,
            });
        Event {
            name: format!("{:?} {:?} {}", self.presence, self.shape, self.seed).to_lowercase(),
            zone: "Asia/Shanghai".to_owned(),
            slots,
            halls: vec![Hall { id: "hall".into(), name: "Hall".to_owned(), capacity: None }],
            walks: Vec::new(),
            tables: tables(self, &plan.hosts),
            participants: participants.collect(),
            interpreters: Vec::new(),
            requests: requests.collect(),
            precedences: Vec::new(),
            rules: Rules::default(),
        }
    }
}

fn tables(recipe: &Recipe, hosts: &[usize]) -> Vec<Table> {
    let shared = if recipe.shape == Shape::Hosts { 0 } else { recipe.tables };
    let table = |id: String, host| Table { id: id.into(), hall: "hall".into(), host, closed: Vec::new() };
    let shared = (0..shared).map(|at| table(format!("T{}", at + 1), None));
    let own = hosts.iter().map(|host| table(format!("B{}", host + 1), Some(format!("p{host}").into())));
    shared.chain(own).collect()
}
