//! The ways to serve a request: which pair of its sides, and with which interpreter.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{NONE, Seat};
use crate::model::validate::{Index, most};
use crate::model::{Event, Invalid, Level, Request};

/// Who may sit together, and who can interpret.
pub(super) struct Seating<'a> {
    event: &'a Event,
    index: &'a Index<'a>,
    apart: HashSet<(u32, u32)>,
    /// Interpreters per pair of languages, in both orders.
    speaking: HashMap<(&'a str, &'a str), Vec<u32>>,
    pub(super) seats: Vec<Seat>,
}

impl<'a> Seating<'a> {
    pub(super) fn new(event: &'a Event, index: &'a Index<'a>) -> Self {
        let mut speaking: HashMap<_, Vec<u32>> = HashMap::new();
        for (at, interpreter) in event.interpreters.iter().enumerate() {
            let person = (event.participants.len() + at) as u32;
            let languages: HashSet<&str> = interpreter.languages.iter().map(String::as_str).collect();
            for &one in &languages {
                for &other in &languages {
                    speaking.entry((one, other)).or_default().push(person);
                }
            }
        }
        let mut seating = Self { event, index, apart: HashSet::new(), speaking, seats: Vec::new() };
        for request in event.requests.iter().filter(|request| request.level == Level::Never) {
            let declined = seating.pairs(request).map(|(a, b)| (a.min(b), a.max(b))).collect::<Vec<_>>();
            seating.apart.extend(declined);
        }
        seating
    }

    /// Adds the ways of one request; empty if it is declined, or nobody can interpret.
    pub(super) fn add(&mut self, at: usize, request: &Request) -> Result<Range<u32>, Invalid> {
        let first = self.seats.len() as u32;
        if request.level != Level::Never {
            for (a, b) in self.pairs(request).collect::<Vec<_>>() {
                if !self.apart.contains(&(a.min(b), a.max(b))) {
                    self.add_pair(a, b);
                }
                if self.seats.len() > most::SEATS {
                    let message = "offers too many pairs of people: name smaller sets";
                    return Err(Invalid::one(format!("requests[{at}]"), message));
                }
            }
        }
        Ok(first..self.seats.len() as u32)
    }

    fn pairs(&self, request: &'a Request) -> impl Iterator<Item = (u32, u32)> + use<'_, 'a> {
        let number = |id: &str| self.index.participants[id] as u32;
        let mut seen = HashSet::new();
        let single = request.from.len() == 1 && request.to.len() == 1;
        request
            .from
            .iter()
            .flat_map(move |from| {
                request.to.iter().map(move |to| (number(from.as_str()), number(to.as_str())))
            })
            .filter(move |&(a, b)| a != b && (single || seen.insert((a, b))))
    }

    fn add_pair(&mut self, a: u32, b: u32) {
        let mut interpreters = interpreters(&self.speaking, self.languages(a), self.languages(b));
        match &mut interpreters {
            None => self.seats.push([a, b, NONE]),
            Some(found) => {
                found.sort_unstable();
                found.dedup();
                self.seats.extend(found.iter().map(|&interpreter| [a, b, interpreter]));
            }
        }
    }

    fn languages(&self, participant: u32) -> &'a [String] {
        &self.event.participants[participant as usize].languages
    }
}

/// Who can interpret between speakers of `one` and of `other`; `None` if they need nobody.
fn interpreters(
    speaking: &HashMap<(&str, &str), Vec<u32>>,
    one: &[String],
    other: &[String],
) -> Option<Vec<u32>> {
    if one.is_empty() || other.is_empty() || one.iter().any(|language| other.contains(language)) {
        return None;
    }
    let pairs = one.iter().flat_map(|from| other.iter().map(move |to| (from.as_str(), to.as_str())));
    Some(pairs.filter_map(|pair| speaking.get(&pair)).flatten().copied().collect())
}
