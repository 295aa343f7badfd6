//! Rules of a meeting by itself.

use super::{Check, Held, Rule, calendar};
use crate::model::{Level, Participant};

impl Check<'_> {
    pub(super) fn meeting(&mut self, held: &Held<'_>) {
        let name = format!("\"{}\" in {}", held.request.id, held.slot.id);
        let (from, to) = (&held.from.id, &held.to.id);
        if from == to || !held.request.from.contains(from) || !held.request.to.contains(to) {
            self.report(Rule::Sides, format!("{name} puts \"{from}\" and \"{to}\" together"));
        }
        if self.is_declined(held) {
            self.report(
                Rule::Declined,
                format!("{name} puts \"{from}\" and \"{to}\" together, which was declined"),
            );
        }
        if held.request.slots.as_ref().is_some_and(|slots| !slots.contains(&held.slot.id)) {
            self.report(Rule::RequestedSlots, format!("{name} is not in a slot that was asked for"));
        }
        for participant in [held.from, held.to] {
            if !calendar::is_available(self.event, &participant.available, held.slot) {
                self.report(Rule::Availability, format!("{name} finds \"{}\" absent", participant.id));
            }
        }
        self.languages(held, &name);
    }

    fn is_declined(&self, held: &Held<'_>) -> bool {
        let pair = |one: &Participant, other: &Participant| {
            self.declined
                .iter()
                .any(|request| request.from.contains(&one.id) && request.to.contains(&other.id))
        };
        held.request.level == Level::Never || pair(held.from, held.to) || pair(held.to, held.from)
    }

    fn languages(&mut self, held: &Held<'_>, name: &str) {
        let (one, other) = (&held.from.languages, &held.to.languages);
        let understand =
            one.is_empty() || other.is_empty() || one.iter().any(|language| other.contains(language));
        match held.interpreter {
            None if !understand => {
                self.report(Rule::Languages, format!("{name} needs an interpreter"));
            }
            Some(_) if understand => {
                self.report(Rule::Languages, format!("{name} has an interpreter but needs none"));
            }
            Some(interpreter) => {
                let speaks =
                    |side: &[String]| side.iter().any(|language| interpreter.languages.contains(language));
                if !speaks(one) || !speaks(other) {
                    let message =
                        format!("{name} has interpreter \"{}\", who lacks a language of it", interpreter.id);
                    self.report(Rule::Languages, message);
                }
                if !calendar::is_available(self.event, &interpreter.available, held.slot) {
                    self.report(
                        Rule::Availability,
                        format!("{name} finds interpreter \"{}\" absent", interpreter.id),
                    );
                }
            }
            None => {}
        }
    }
}
