//! A line through points in time.

use super::picture::{Across, Anchor, Mark, Picture};
use super::scale::ticks;

/// One point.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// Where it stands across: days, years, any measure.
    pub(crate) at: i64,
    /// What stands below it.
    pub(crate) label: String,
    pub(crate) value: u64,
    /// The value as people read it.
    pub(crate) written: String,
}

const TOP: u32 = 28;
const PLOT: u32 = 180;
/// The labels below are no nearer to each other than this.
const APART: u32 = 1_900;

/// A picture of `points`, which are in the order of time; `write` writes the numbers at the side. The scale begins at 0.
pub(crate) fn line(
    id: &'static str,
    title: &str,
    about: &str,
    points: &[Point],
    write: impl Fn(u64) -> String,
) -> Picture {
    let mut marks = Vec::new();
    let ticks = ticks(points.iter().map(|point| point.value).max().unwrap_or(0));
    let most = ticks.last().copied().unwrap_or(1);
    let height_of = |value: u64| {
        let risen = u128::from(value) * u128::from(PLOT) / u128::from(most.max(1));
        TOP + PLOT - u32::try_from(risen).unwrap_or(PLOT)
    };
    for tick in ticks.iter().filter(|_| !points.is_empty()) {
        let y = height_of(*tick);
        let class = if *tick == 0 { "base" } else { "grid" };
        marks.push(Mark::Stroke { from: (Across(0), y), to: (Across::WHOLE, y), class });
        if *tick > 0 {
            marks.push(label((Across(0), y - 4), Anchor::Start, "soft", write(*tick)));
        }
    }
    let places = places(points);
    let at: Vec<_> = points.iter().zip(&places).map(|(point, x)| (*x, height_of(point.value))).collect();
    marks.extend(at.windows(2).map(|pair| Mark::Stroke { from: pair[0], to: pair[1], class: "course" }));
    for (point, at) in points.iter().zip(&at) {
        marks.push(Mark::Dot { at: *at, says: format!("{}: {}", point.label, point.written) });
    }
    for index in apart(&places) {
        let (point, (x, y)) = (&points[index], at[index]);
        let anchor = anchor(x);
        marks.push(label((x, y - 10), anchor, "name", point.written.clone()));
        marks.push(label((x, TOP + PLOT + 20), anchor, "soft", point.label.clone()));
    }
    let height = if points.is_empty() { 0 } else { TOP + PLOT + 28 };
    Picture { id, height, marks, title: title.to_owned(), about: about.to_owned() }
}

/// Where the points stand across, with room at the left for the numbers of the lines.
fn places(points: &[Point]) -> Vec<Across> {
    const LEFT: u32 = 1_600;
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let span = last.at.abs_diff(first.at);
    if span == 0 {
        return points.iter().map(|_| Across(5_800)).collect();
    }
    let room = Across::WHOLE.0 - LEFT - 200;
    let place = |point: &Point| {
        let share = Across::share(point.at.saturating_sub(first.at).unsigned_abs(), span);
        Across(LEFT + share.0 * room / Across::WHOLE.0)
    };
    points.iter().map(place).collect()
}

/// The points that bear labels: the last, and before it whichever are far enough from the next.
fn apart(places: &[Across]) -> Vec<usize> {
    let mut kept = Vec::new();
    let mut next = None;
    for (index, place) in places.iter().enumerate().rev() {
        if next.is_none_or(|next: Across| place.to(next).0 >= APART) {
            kept.push(index);
            next = Some(*place);
        }
    }
    kept.reverse();
    kept
}

/// A text near an edge grows away from it.
fn anchor(x: Across) -> Anchor {
    match x.0 {
        0..=1_700 => Anchor::Start,
        8_500.. => Anchor::End,
        _ => Anchor::Middle,
    }
}

fn label(at: (Across, u32), anchor: Anchor, class: &'static str, text: String) -> Mark {
    Mark::Label { at, shift: 0, anchor, class, text, lang: None }
}
