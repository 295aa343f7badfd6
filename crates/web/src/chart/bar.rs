//! Bars, one below the other, each under its name.

use super::label::fit;
use super::picture::{Across, Anchor, Mark, Picture, Tint};

/// One bar.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: u64,
    /// The value as people read it.
    pub(crate) written: String,
}

/// From one bar to the next.
pub(super) const PITCH: u32 = 52;
pub(super) const BAR_HEIGHT: u32 = 18;
/// Room for a name: the picture on the narrowest phone.
pub(super) const ROOM: u32 = 300;
/// A bar longer than this bears its value inside.
const LONG: Across = Across(6_500);

/// A picture of `bars`, the longest of which fills the width.
pub(crate) fn bars(id: &'static str, title: &str, about: &str, bars: &[Bar]) -> Picture {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    let mut marks = Vec::new();
    for (bar, top) in bars.iter().zip((0..).step_by(PITCH as usize)) {
        let width = Across::share(bar.value, most);
        let says = format!("{}: {}", bar.label, bar.written);
        marks.push(name(&bar.label, top));
        marks.push(surface(Across(0), top, Across::WHOLE, Tint::Blank, String::new()));
        if bar.value > 0 {
            marks.push(surface(Across(0), top, width, Tint::First, says));
        }
        marks.push(value(&bar.written, width, top));
    }
    let height = u32::try_from(bars.len()).unwrap_or(0) * PITCH;
    Picture { id, height, marks, title: title.to_owned(), about: about.to_owned() }
}

pub(super) fn name(label: &str, top: u32) -> Mark {
    Mark::Label {
        at: (Across(0), top + 16),
        shift: 0,
        anchor: Anchor::Start,
        class: "name",
        text: fit(label, ROOM),
        lang: None,
    }
}

pub(super) fn surface(x: Across, top: u32, width: Across, tint: Tint, says: String) -> Mark {
    Mark::Surface { x, y: top + 24, width, height: BAR_HEIGHT, tint, says }
}

/// The value, inside a long bar and beyond the end of a short one.
pub(super) fn value(written: &str, end: Across, top: u32) -> Mark {
    let (shift, anchor, class) =
        if end > LONG { (-6, Anchor::End, "inside") } else { (6, Anchor::Start, "beside") };
    Mark::Label { at: (end, top + 38), shift, anchor, class, text: written.to_owned(), lang: None }
}
