//! Moves that bring a person's meetings together.

use super::Search;
use crate::bits;
use crate::instance::{NONE, Spot};

/// People looked at for one with a break.
const LOOKS: usize = 32;
/// Share of moves that serve or shift any request, for fairness and to leave dead ends; and in complete mode, where
/// days are so full that most gaps close only by what others do.
const ANY: f64 = 0.05;
const ANY_COMPLETE: f64 = 0.4;
/// Share of moves of a meeting to any slot, as into a session of its own: not only next to others.
const ANYWHERE: f64 = 0.3;

impl Search<'_> {
    /// Moves a meeting of someone with a break next to another of their meetings. False if it could not be tried.
    pub(super) fn try_order(&mut self) -> bool {
        if self.random.chance(if self.state.instance.complete { ANY_COMPLETE } else { ANY }) {
            return self.try_weight();
        }
        let Some((need, slot)) = self.draw_gap() else { return false };
        let old = self.state.spot(need);
        let instance = self.state.instance;
        let people = &instance.seats[old.seat as usize];
        if instance.needs[need as usize].locked.is_some()
            || !instance.allows(&instance.needs[need as usize], people, slot)
        {
            return false;
        }
        let area = self.state.draw_area(people, slot, &mut self.random);
        let spot = Spot { slot: slot as u16, area, seat: old.seat };
        self.state.remove(need);
        if self.random.chance(0.5) {
            let depth = self.random.below(3);
            self.force(need, spot, old, depth)
        } else {
            self.swap(need, spot, old.slot as usize)
        }
    }

    /// A meeting of someone with a break, and a slot for it, as a rule next to another of their meetings.
    fn draw_gap(&mut self) -> Option<(u32, usize)> {
        let instance = self.state.instance;
        if instance.participants == 0 {
            return None;
        }
        let looks = 0..LOOKS;
        let person = looks
            .map(|_| self.random.below(instance.participants) as u32)
            .find(|&person| self.state.breaks(person) > 0)?;
        let busy = self.state.busy(person);
        let count = bits::count(busy);
        let from = bits::nth(busy, self.random.below(count))?;
        let need = self.state.meeting(person, from);
        if self.random.chance(ANYWHERE) {
            let to = self.random.below(instance.slots);
            return (self.state.meeting(person, to) == NONE).then_some((need, to));
        }
        let beside = bits::nth(busy, self.random.below(count))?;
        let to = if self.random.chance(0.5) { beside.checked_sub(1)? } else { beside + 1 };
        let same_session = to < instance.slots && instance.session[to] == instance.session[beside];
        let free = same_session && beside != from && self.state.meeting(person, to) == NONE;
        free.then_some((need, to))
    }
}
