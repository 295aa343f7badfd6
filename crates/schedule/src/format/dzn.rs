//! The `.dzn` instances of the business-to-business meeting scheduling problem (B2BSP): every meeting placed, fewest
//! breaks. Participants are numbered from 1, as in the files; each meeting is a request `m1`, `m2` and so on.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::model::{
    Availability, Event, Goal, Hall, Invalid, Level, Limits, Participant, Precedence, Request, Rules, Slot,
    SlotId, Table,
};

/// Most of anything that a file may announce.
const MOST: usize = 10_000;
/// Minutes from one slot to the next: the files give no times.
const STEP: i64 = 30;

/// Reads an instance as an event in complete mode; `spread` bounds how far breaks of two people may differ.
pub fn read(text: &str, spread: Option<u16>) -> Result<Event, Invalid> {
    let file = File::parse(text)?;
    let people = file.number("nBusiness")?;
    let meetings = file.number("nMeetings")?;
    let tables = file.number("nTables")?;
    let slots = file.number("nTotalSlots")?;
    let morning = file.number("nMorningSlots")?;
    let asked = file.rows("requested")?;
    let forbidden = file.rows("forbidden")?;
    let fixed = file.rows("fixed")?;
    let precedences = file.rows("precedences")?;
    let fixed = fixed.first().cloned().unwrap_or_default();
    for (name, found, expected) in [
        ("requested", asked.len(), meetings),
        ("forbidden", forbidden.len(), people),
        ("fixed", fixed.len(), meetings),
        ("precedences", precedences.len(), meetings),
    ] {
        if found != expected {
            return Err(Invalid::one(name, format!("has {found} entries where {expected} are announced")));
        }
    }
    let mut requests = Vec::with_capacity(meetings);
    for (at, row) in asked.iter().enumerate() {
        requests.push(request(at, row, fixed[at], (slots, morning))?);
    }
    let before = |(after, row): (usize, &Vec<usize>)| {
        let after = format!("m{}", after + 1);
        row.iter().map(|&before| (format!("m{before}"), after.clone())).collect::<Vec<_>>()
    };
    let precedences = precedences.iter().enumerate().flat_map(before);
    let event = Event {
        name: "B2BSP".to_owned(),
        zone: "UTC".to_owned(),
        slots: (0..slots).map(|at| slot(at, morning)).collect(),
        halls: vec![Hall { id: "hall".into(), name: "Hall".to_owned(), capacity: None }],
        walks: Vec::new(),
        tables: (1..=tables)
            .map(|at| Table {
                id: format!("T{at}").into(),
                hall: "hall".into(),
                host: None,
                closed: Vec::new(),
            })
            .collect(),
        participants: forbidden.iter().enumerate().map(|(at, row)| participant(at, row, slots)).collect(),
        interpreters: Vec::new(),
        requests,
        precedences: precedences
            .map(|(before, after)| Precedence { before: before.into(), after: after.into() })
            .collect(),
        rules: Rules { goal: Goal::Complete { spread }, ..Rules::default() },
    };
    crate::model::validate::index(&event)?;
    Ok(event)
}

fn slot(at: usize, morning: usize) -> Slot {
    let start = Timestamp::UNIX_EPOCH.saturating_add(SignedDuration::from_mins(STEP * at as i64));
    Slot {
        id: slot_id(at + 1),
        start: start.unwrap_or(Timestamp::MAX),
        minutes: STEP as u32,
        session: if at < morning { "morning" } else { "afternoon" }.to_owned(),
        capacity: None,
    }
}

fn slot_id(number: usize) -> SlotId {
    SlotId(format!("{number}"))
}

fn participant(at: usize, forbidden: &[usize], slots: usize) -> Participant {
    let except = forbidden.iter().filter(|&&slot| (1..=slots).contains(&slot)).map(|&slot| slot_id(slot));
    Participant {
        id: format!("{}", at + 1).into(),
        name: String::new(),
        languages: Vec::new(),
        available: Availability { except: except.collect(), ..Availability::default() },
        pauses: Vec::new(),
        limits: Limits::default(),
    }
}

fn request(
    at: usize,
    row: &[usize],
    fixed: usize,
    (slots, morning): (usize, usize),
) -> Result<Request, Invalid> {
    let &[from, to, session] = row else {
        return Err(Invalid::one(
            format!("requested row {}", at + 1),
            "must be two participants and a session",
        ));
    };
    let allowed = match (fixed, session) {
        (0, 1) => Some((1..=morning).map(slot_id).collect()),
        (0, 2) => Some((morning + 1..=slots).map(slot_id).collect()),
        (0, 3) => None,
        (0, _) => {
            let message = "session must be 1 (morning), 2 (afternoon) or 3 (any)";
            return Err(Invalid::one(format!("requested row {}", at + 1), message));
        }
        (slot, _) => Some(vec![slot_id(slot)]),
    };
    Ok(Request {
        id: format!("m{}", at + 1).into(),
        from: vec![format!("{from}").into()],
        to: vec![format!("{to}").into()],
        level: Level::Must,
        weight: 1,
        slots: allowed,
        lock: None,
    })
}

/// Assignments of a file: each a list of rows of numbers.
struct File {
    values: HashMap<String, Vec<Vec<usize>>>,
}

impl File {
    fn parse(text: &str) -> Result<Self, Invalid> {
        let mut values = HashMap::new();
        let bare: String =
            text.lines().map(|line| line.split('%').next().unwrap_or("")).collect::<Vec<_>>().join("\n");
        for statement in bare.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            let Some((name, value)) = statement.split_once('=') else {
                let start: String = statement.chars().take(40).collect();
                return Err(Invalid::one(
                    "file",
                    format!("\"{start}\" is no assignment: `name = value;` is expected"),
                ));
            };
            let name = name.trim().to_owned();
            if name != "meetingsxBusiness" {
                let rows = rows(value).map_err(|message| Invalid::one(name.clone(), message))?;
                values.insert(name, rows);
            }
        }
        Ok(Self { values })
    }

    fn rows(&self, name: &str) -> Result<&Vec<Vec<usize>>, Invalid> {
        self.values.get(name).ok_or_else(|| Invalid::one("file", format!("`{name}` is missing")))
    }

    fn number(&self, name: &str) -> Result<usize, Invalid> {
        match &self.rows(name)?[..] {
            [row] if row.len() == 1 && row[0] <= MOST => Ok(row[0]),
            _ => Err(Invalid::one(name, format!("must be one number, at most {MOST}"))),
        }
    }
}

/// `5`, `[1, 2]`, `[|1, 2, |3, 4, |]` or `[{1}, {}, {2, 3}]` as rows: a set is a row, a bar ends one.
fn rows(value: &str) -> Result<Vec<Vec<usize>>, String> {
    let (mut rows, mut row, mut digits) = (Vec::new(), Vec::new(), String::new());
    let (sets, table) = (value.contains('{'), value.contains('|'));
    for sign in value.chars().chain(std::iter::once(' ')) {
        if sign.is_ascii_digit() {
            digits.push(sign);
            continue;
        }
        if !digits.is_empty() {
            row.push(digits.parse().map_err(|_| format!("{digits} is too large"))?);
            digits.clear();
        }
        match sign {
            '}' if sets => rows.push(std::mem::take(&mut row)),
            '|' if table && !row.is_empty() => rows.push(std::mem::take(&mut row)),
            '[' | ']' | '{' | '|' | ',' => {}
            space if space.is_whitespace() => {}
            other => return Err(format!("\"{other}\" is not expected in a list of numbers")),
        }
    }
    if !row.is_empty() || !sets && !table {
        rows.push(row);
    }
    Ok(rows)
}
