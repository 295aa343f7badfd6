//! A matching of the greatest worth between few wishes and many tables, by longest augmenting paths.

use std::collections::{HashMap, VecDeque};

/// A different table of `tables` for each row. The sum of the worths of wishes granted is the greatest possible,
/// if there are as many tables as rows; wishes name tables of `tables` and are worth more than 0.
pub(super) fn assign(wishes: &[Vec<(u32, i64)>], tables: &[u32]) -> Vec<u32> {
    let mut matching = Matching { wishes, row_of: HashMap::new(), granted: vec![None; wishes.len()] };
    for row in 0..wishes.len() {
        matching.insert(row);
    }
    let mut rest = tables.iter().copied().filter(|table| !matching.row_of.contains_key(table));
    let mut result = Vec::with_capacity(wishes.len());
    for granted in &matching.granted {
        let table = granted.map(|(table, _)| table).or_else(|| rest.next());
        result.push(table.expect("the search places no more meetings than there are tables"));
    }
    result
}

struct Matching<'a> {
    wishes: &'a [Vec<(u32, i64)>],
    row_of: HashMap<u32, usize>,
    granted: Vec<Option<(u32, i64)>>,
}

impl Matching<'_> {
    /// Adds a row along the path that gains most: it takes a table, whose row takes another, and so on, until one
    /// takes a free table or goes without.
    fn insert(&mut self, row: usize) {
        // Gain of the best path that leaves a row without a table, and how it got there: (row before, table, worth).
        let mut gain: HashMap<usize, i64> = HashMap::from([(row, 0)]);
        let mut came: HashMap<usize, (usize, u32, i64)> = HashMap::new();
        let mut best: (i64, usize, Option<(u32, i64)>) = (0, row, None);
        let mut queue = VecDeque::from([row]);
        while let Some(at) = queue.pop_front() {
            let here = gain[&at];
            for &(table, worth) in &self.wishes[at] {
                let Some(&holder) = self.row_of.get(&table) else {
                    if here + worth > best.0 {
                        best = (here + worth, at, Some((table, worth)));
                    }
                    continue;
                };
                if holder == at {
                    continue;
                }
                let next = here + worth - self.granted[holder].map_or(0, |(_, worth)| worth);
                if gain.get(&holder).is_none_or(|&known| next > known) {
                    gain.insert(holder, next);
                    came.insert(holder, (at, table, worth));
                    queue.push_back(holder);
                    if next > best.0 {
                        best = (next, holder, None);
                    }
                }
            }
        }
        let (_, mut at, mut take) = best;
        loop {
            self.granted[at] = take;
            if let Some((table, _)) = take {
                self.row_of.insert(table, at);
            }
            let Some(&(before, table, worth)) = came.get(&at).filter(|_| at != row) else { break };
            (at, take) = (before, Some((table, worth)));
        }
    }
}
