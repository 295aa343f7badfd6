//! A matching of the greatest worth between few wishes and many tables, by longest augmenting paths.

use std::collections::{HashMap, VecDeque};

/// A different table of `tables` for each row. The sum of the worths of wishes granted is the greatest possible,
/// if there are as many tables as rows; wishes name tables of `tables` and are worth more than 0.
pub(super) fn assign(wishes: &[Vec<(u32, i64)>], tables: &[u32]) -> Vec<u32> {
    let mut numbers: HashMap<u32, usize> = HashMap::new();
    for &(table, _) in wishes.iter().flatten() {
        let next = numbers.len();
        numbers.entry(table).or_insert(next);
    }
    let number = |row: &Vec<(u32, i64)>| row.iter().map(|&(table, worth)| (numbers[&table], worth)).collect();
    let mut matching = Matching::new(wishes.iter().map(number).collect(), numbers.len());
    for row in 0..wishes.len() {
        matching.insert(row);
    }
    let mut table_of = vec![0; numbers.len()];
    numbers.iter().for_each(|(&table, &number)| table_of[number] = table);
    let is_free = |table: &u32| numbers.get(table).is_none_or(|&number| matching.row_of[number] == FREE);
    let mut rest = tables.iter().copied().filter(is_free);
    let table = |granted: &Option<(usize, i64)>| match granted {
        Some((number, _)) => table_of[*number],
        None => rest.next().expect("the search places no more meetings than there are tables"),
    };
    matching.granted.iter().map(table).collect()
}

const FREE: usize = usize::MAX;

struct Matching {
    /// Tables and worths by row.
    wishes: Vec<Vec<(usize, i64)>>,
    row_of: Vec<usize>,
    granted: Vec<Option<(usize, i64)>>,
    /// Gain of the best path that leaves a row without a table, and how it got there: row before, table, worth.
    gain: Vec<i64>,
    came: Vec<(usize, usize, i64)>,
    /// Rows reached.
    reached: Vec<usize>,
}

impl Matching {
    fn new(wishes: Vec<Vec<(usize, i64)>>, tables: usize) -> Self {
        let rows = wishes.len();
        Self {
            wishes,
            row_of: vec![FREE; tables],
            granted: vec![None; rows],
            gain: vec![i64::MIN; rows],
            came: vec![(FREE, 0, 0); rows],
            reached: Vec::new(),
        }
    }

    /// Adds a row along the path that gains most: it takes a table, whose row takes another, and so on, until one
    /// takes a free table or goes without.
    fn insert(&mut self, row: usize) {
        self.gain[row] = 0;
        self.reached.push(row);
        let mut best: (i64, usize, Option<(usize, i64)>) = (0, row, None);
        let mut queue = VecDeque::from([row]);
        while let Some(at) = queue.pop_front() {
            for &(table, worth) in &self.wishes[at] {
                let here = self.gain[at] + worth;
                let holder = self.row_of[table];
                if holder == FREE {
                    if here > best.0 {
                        best = (here, at, Some((table, worth)));
                    }
                    continue;
                }
                let next = here - self.granted[holder].map_or(0, |(_, worth)| worth);
                if holder != at && next > self.gain[holder] {
                    if self.gain[holder] == i64::MIN {
                        self.reached.push(holder);
                    }
                    self.gain[holder] = next;
                    self.came[holder] = (at, table, worth);
                    queue.push_back(holder);
                    if next > best.0 {
                        best = (next, holder, None);
                    }
                }
            }
        }
        self.follow_back(row, best.1, best.2);
        for row in self.reached.drain(..) {
            self.gain[row] = i64::MIN;
        }
    }

    /// Gives the row at the end of the path its table, and each before it the one it came by.
    fn follow_back(&mut self, row: usize, end: usize, take: Option<(usize, i64)>) {
        let (mut at, mut take) = (end, take);
        loop {
            self.granted[at] = take;
            if let Some((table, _)) = take {
                self.row_of[table] = at;
            }
            if at == row {
                return;
            }
            let (before, table, worth) = self.came[at];
            (at, take) = (before, Some((table, worth)));
        }
    }
}
