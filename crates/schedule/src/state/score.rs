//! What a timetable is worth: weight first, then fairness, breaks and changes of area.

use super::State;
use crate::bits;
use crate::instance::Spot;

/// Cost of a break in the second score.
pub(crate) const BREAK: i64 = 16;
/// Cost of a break above what the spread allows: more than any few breaks saved.
const EXCESS: i64 = 12 * BREAK;
/// Cost of walking between areas in one session.
const WALK: i64 = 4;
/// Worth of a person's first meeting to fairness; each further one is worth half as much.
const FIRST_MEETING: i64 = 64;

/// Compared in order: nothing of the first is given for any amount of the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Score {
    /// Worth of the requests served, promised floors reached, confirmed meetings kept.
    pub(crate) primary: i64,
    /// Fairness, less breaks, less changes of area.
    pub(crate) secondary: i64,
    /// Breaks above the limit, over all people: 0 or the spread is not kept.
    pub(crate) excess: i64,
}

/// What was published before, and what it costs to depart from it.
#[derive(Clone, Debug)]
pub(crate) struct Anchors {
    /// Where each confirmed request was; [`Spot::NONE`] for the others.
    pub(crate) spots: Vec<Spot>,
    pub(crate) drop: i64,
    pub(crate) moving: i64,
    /// Most confirmed meetings of a person that may change.
    pub(crate) most: u16,
    /// Confirmed meetings of each person that are not as they were.
    pub(crate) changed: Vec<u16>,
    /// People with more changes than allowed.
    pub(crate) over: u32,
}

impl State<'_> {
    /// Ties the score to what was published at `spots`, against the timetable as it stands now.
    pub(crate) fn anchor(&mut self, spots: Vec<Spot>, drop: i64, moving: i64, most: u16) {
        let changed = vec![0; self.instance.people];
        self.anchors = Some(Anchors { spots, drop, moving, most, changed, over: 0 });
        for need in 0..self.spots.len() as u32 {
            let spot = self.spot(need);
            if spot.is_none() || !self.is_anchored_at(need, spot) {
                self.note_change(need, true);
            }
            if !spot.is_none() {
                self.score.primary += self.gain(need, spot) - self.instance.needs[need as usize].worth;
            }
        }
    }

    /// People with more changes than they may have.
    #[inline]
    pub(crate) fn over_limit(&self) -> u32 {
        self.anchors.as_ref().map_or(0, |anchors| anchors.over)
    }

    /// What serving a request there adds to the first score, apart from promised floors.
    pub(super) fn gain(&self, need: u32, spot: Spot) -> i64 {
        let worth = self.instance.needs[need as usize].worth;
        match &self.anchors {
            Some(anchors) if !anchors.spots[need as usize].is_none() => {
                let moving = if self.is_anchored_at(need, spot) { 0 } else { anchors.moving };
                worth + anchors.drop - moving
            }
            _ => worth,
        }
    }

    /// Notes that a meeting enters or leaves `spot`.
    pub(super) fn note_anchor(&mut self, need: u32, spot: Spot, entering: bool) {
        if self.anchors.is_some() && self.is_anchored_at(need, spot) {
            self.note_change(need, !entering);
        }
    }

    /// Whether `spot` is where and with whom the request was published.
    fn is_anchored_at(&self, need: u32, spot: Spot) -> bool {
        let Some(anchors) = &self.anchors else { return false };
        let anchor = anchors.spots[need as usize];
        let pair = |spot: Spot| &self.instance.seats[spot.seat as usize][..2];
        !anchor.is_none()
            && anchor.slot == spot.slot
            && anchor.area == spot.area
            && pair(anchor) == pair(spot)
    }

    fn note_change(&mut self, need: u32, changed: bool) {
        let Some(anchors) = &mut self.anchors else { return };
        let anchor = anchors.spots[need as usize];
        if anchor.is_none() {
            return;
        }
        for &person in &self.instance.seats[anchor.seat as usize][..2] {
            let count = &mut anchors.changed[person as usize];
            let was_over = *count > anchors.most;
            *count = if changed { *count + 1 } else { *count - 1 };
            anchors.over = anchors.over + u32::from(*count > anchors.most) - u32::from(was_over);
        }
    }

    /// Scores a meeting that a person is about to have.
    pub(super) fn attend(&mut self, person: u32, slot: usize, area: u16) {
        let breaks = self.break_change(person, slot);
        self.account(person, slot, area, breaks, 1);
        let at = person as usize;
        let count = self.count[at];
        if count < self.instance.limits[at].floor {
            self.score.primary += self.instance.floor_worth;
        }
        self.count[at] = count + 1;
        self.score.secondary += self.fairness(person, count);
    }

    /// Scores a meeting that a person no longer has; it is out of the diary already.
    pub(super) fn desert(&mut self, person: u32, slot: usize, area: u16) {
        let breaks = self.break_change(person, slot);
        self.account(person, slot, area, -breaks, -1);
        let at = person as usize;
        let count = self.count[at] - 1;
        if count < self.instance.limits[at].floor {
            self.score.primary -= self.instance.floor_worth;
        }
        self.count[at] = count;
        self.score.secondary -= self.fairness(person, count);
    }

    fn account(&mut self, person: u32, slot: usize, area: u16, breaks: i64, sign: i64) {
        if self.instance.places.areas > 1 {
            self.score.secondary -= sign * WALK * self.walks(person, slot, area);
        }
        if breaks == 0 || person as usize >= self.instance.participants {
            return;
        }
        let before = i64::from(self.breaks[person as usize]);
        let now = before + breaks;
        let limit = i64::from(self.instance.break_limit);
        let excess = (now - limit).max(0) - (before - limit).max(0);
        self.breaks[person as usize] = now as u16;
        self.all_breaks += breaks;
        self.score.excess += excess;
        self.score.secondary -= BREAK * breaks + EXCESS * excess;
    }

    /// How the person's number of breaks differs with a meeting in `slot` from without.
    fn break_change(&self, person: u32, slot: usize) -> i64 {
        let busy = self.busy(person);
        let session = self.instance.session_of(slot);
        if busy.iter().zip(session).all(|(busy, session)| busy & session == 0) {
            return 0;
        }
        let beside = |other: usize| i64::from(bits::has(busy, other) && bits::has(session, other));
        let earlier = if slot > 0 { beside(slot - 1) } else { 0 };
        let later = if slot + 1 < self.instance.slots { beside(slot + 1) } else { 0 };
        1 - earlier - later
    }

    /// How many more changes of area a person has with a meeting in `slot` than without.
    fn walks(&self, person: u32, slot: usize, area: u16) -> i64 {
        let area_at = |slot: usize| self.spots[self.meeting(person, slot) as usize].area;
        let session = self.instance.session_of(slot);
        let busy = |other: &usize| *other != slot && bits::has(self.busy(person), *other);
        let earlier = (0..slot).rev().take_while(|&at| bits::has(session, at)).find(busy).map(area_at);
        let later =
            (slot + 1..self.instance.slots).take_while(|&at| bits::has(session, at)).find(busy).map(area_at);
        let change = |one: Option<u16>, other: Option<u16>| match (one, other) {
            (Some(one), Some(other)) => i64::from(one != other),
            _ => 0,
        };
        change(earlier, Some(area)) + change(Some(area), later) - change(earlier, later)
    }

    /// Worth to fairness of one more meeting for a person who has `count`.
    #[inline]
    fn fairness(&self, person: u32, count: u16) -> i64 {
        if !self.instance.fairness || person as usize >= self.instance.participants {
            return 0;
        }
        // More than every break and walk of every diary together, so that fairness is never traded for them.
        let unit = (BREAK + 2 * WALK) * (self.instance.people * self.instance.slots + 1) as i64;
        unit * (FIRST_MEETING >> count.min(63))
    }
}
