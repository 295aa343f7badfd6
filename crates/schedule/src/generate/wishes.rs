//! Who asks for whom, and when they are there.

use std::collections::HashSet;

use super::{Presence, Recipe, Shape};
use crate::random::Random;

/// How unevenly people are asked for: the popularity of the n-th is n to minus this.
const UNEVEN: f64 = 0.6;
/// Share of hosts, of important people (whose wishes count double) and of chance availability.
const HOSTS: f64 = 0.15;
const IMPORTANT: f64 = 0.1;
const NOISE: f64 = 0.3;
const HOLES: f64 = 0.08;

pub(super) struct Plan {
    pub(super) open: Vec<Vec<bool>>,
    pub(super) hosts: Vec<usize>,
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) weights: Vec<u32>,
}

pub(super) fn plan(recipe: &Recipe, random: &mut Random) -> Plan {
    let hosts: Vec<usize> = match recipe.shape {
        Shape::Open => Vec::new(),
        Shape::Hosts => (0..(recipe.participants as f64 * HOSTS).ceil() as usize).collect(),
    };
    let (open, pairs) = match recipe.presence {
        Presence::Planted => planted(recipe, &hosts, random),
        presence => {
            let open =
                (0..recipe.participants).map(|_| presence_of(presence, recipe.slots, random)).collect();
            (open, asked(recipe, hosts.len(), random))
        }
    };
    let important: Vec<bool> = (0..recipe.participants).map(|_| random.chance(IMPORTANT)).collect();
    let weights = pairs
        .iter()
        .map(|&(from, to)| {
            let weight = [1, 1, 1, 1, 2, 2, 2, 4, 4, 8][random.below(10)];
            if important[from] || important[to] { 2 * weight } else { weight }
        })
        .collect();
    Plan { open, hosts, pairs, weights }
}

fn presence_of(presence: Presence, slots: usize, random: &mut Random) -> Vec<bool> {
    let mut open = vec![false; slots];
    if presence == Presence::Windows {
        let length =
            ((slots as f64 * (0.25 + 0.35 * random.unit())).round() as usize).clamp(1.min(slots), slots);
        let first = random.below(slots - length + 1);
        open[first..first + length].fill(true);
        return open;
    }
    let late = if random.chance(0.25) { random.below(slots / 3 + 1) } else { 0 };
    let early = if random.chance(0.25) { random.below(slots / 3 + 1) } else { 0 };
    for slot in &mut open[late..slots - early] {
        *slot = !random.chance(HOLES);
    }
    open
}

/// Different pairs of people, the asked ones drawn by popularity.
fn asked(recipe: &Recipe, hosts: usize, random: &mut Random) -> Vec<(usize, usize)> {
    let people = recipe.participants;
    let sought = if hosts > 0 { hosts } else { people };
    let mut sum = 0.0;
    let popularity: Vec<f64> = (0..sought)
        .map(|rank| {
            sum += (rank as f64 + 1.0).powf(-UNEVEN);
            sum
        })
        .collect();
    let (mut pairs, mut seen) = (Vec::with_capacity(recipe.requests), HashSet::new());
    for _ in 0..recipe.requests.saturating_mul(20) {
        if pairs.len() == recipe.requests {
            break;
        }
        let drawn = random.unit() * sum;
        let to = popularity.partition_point(|&upto| upto < drawn).min(sought - 1);
        let from = if hosts > 0 { hosts + random.below(people - hosts) } else { random.below(people) };
        if from != to && seen.insert((from.min(to), from.max(to))) {
            pairs.push((from, to));
        }
    }
    pairs
}

/// A hidden timetable that fills every table, what people need to be there for it, and chance on top.
fn planted(recipe: &Recipe, hosts: &[usize], random: &mut Random) -> (Vec<Vec<bool>>, Vec<(usize, usize)>) {
    let people = recipe.participants;
    let mut open = vec![vec![false; recipe.slots]; people];
    let (mut pairs, mut seen) = (Vec::new(), HashSet::new());
    let tables = if hosts.is_empty() { recipe.tables } else { hosts.len() };
    for slot in 0..recipe.slots {
        let is_free = |open: &[Vec<bool>], person: usize| !open[person][slot];
        let mut order: Vec<usize> = (0..people).collect();
        let mut held = 0;
        for _ in 0..20 {
            random.shuffle(&mut order);
            let (ones, others) = order.split_at(people / 2);
            for (&one, &other) in ones.iter().zip(others) {
                let fits = hosts.is_empty() || (one < hosts.len()) != (other < hosts.len());
                let free = is_free(&open, one) && is_free(&open, other);
                if held < tables && fits && free && seen.insert((one.min(other), one.max(other))) {
                    open[one][slot] = true;
                    open[other][slot] = true;
                    pairs.push((one.max(other), one.min(other)));
                    held += 1;
                }
            }
        }
    }
    random.shuffle(&mut pairs);
    for slots in &mut open {
        for slot in slots {
            *slot |= random.chance(NOISE);
        }
    }
    (open, pairs)
}
