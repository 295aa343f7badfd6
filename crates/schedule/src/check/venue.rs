//! Rules of tables, halls and slots.

use std::collections::HashMap;

use super::{Check, Held, Rule};
use crate::model::{HallId, ParticipantId, RequestId, SlotId, Table, TableId};

impl<'a> Check<'a> {
    pub(super) fn venue(&mut self, known: &[Held<'a>]) {
        let own: HashMap<&ParticipantId, &Table> =
            self.event.tables.iter().filter_map(|table| Some((table.host.as_ref()?, table))).collect();
        let mut taken: HashMap<(&TableId, &SlotId), &RequestId> = HashMap::new();
        let mut in_hall: HashMap<(&HallId, &SlotId), u32> = HashMap::new();
        let mut in_slot: HashMap<&SlotId, u32> = HashMap::new();
        for held in known {
            let (table, slot, request) = (held.table, &held.slot.id, &held.request.id);
            if let Some(other) = taken.insert((&table.id, slot), request) {
                let message =
                    format!("\"{other}\" and \"{request}\" are both at table {} in {slot}", table.id);
                self.report(Rule::Tables, message);
            }
            if table.closed.contains(slot) {
                self.report(
                    Rule::Tables,
                    format!("\"{request}\" is at table {}, closed in {slot}", table.id),
                );
            }
            self.right_table(held, &own);
            *in_hall.entry((&table.hall, slot)).or_default() += 1;
            *in_slot.entry(slot).or_default() += 1;
        }
        self.capacities(&in_hall, &in_slot);
    }

    /// A host with an open table sits there; others sit at tables without a host.
    fn right_table(&mut self, held: &Held<'_>, own: &HashMap<&ParticipantId, &Table>) {
        let open: Vec<&TableId> = [&held.from.id, &held.to.id]
            .into_iter()
            .filter_map(|person| own.get(person))
            .filter(|table| !table.closed.contains(&held.slot.id))
            .map(|table| &table.id)
            .collect();
        let right = if open.is_empty() { held.table.host.is_none() } else { open.contains(&&held.table.id) };
        if !right {
            let message = format!(
                "\"{}\" is at table {}, which is not its host's or is another's",
                held.request.id, held.table.id
            );
            self.report(Rule::Tables, message);
        }
    }

    fn capacities(&mut self, in_hall: &HashMap<(&HallId, &SlotId), u32>, in_slot: &HashMap<&SlotId, u32>) {
        let event = self.event;
        for slot in &event.slots {
            for hall in &event.halls {
                let held = in_hall.get(&(&hall.id, &slot.id)).copied().unwrap_or(0);
                if hall.capacity.is_some_and(|most| held > most) {
                    self.report(
                        Rule::Capacity,
                        format!("hall \"{}\" has {held} meetings in {}", hall.id, slot.id),
                    );
                }
            }
            let held = in_slot.get(&slot.id).copied().unwrap_or(0);
            if slot.capacity.is_some_and(|most| held > most) {
                self.report(Rule::Capacity, format!("slot {} has {held} meetings", slot.id));
            }
        }
    }
}
