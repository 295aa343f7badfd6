//! Bars made of parts.

use super::bar::{PITCH, name, surface};
use super::picture::{Across, Anchor, Mark, Picture, Tint};

/// One bar.
#[derive(Clone, Debug)]
pub(crate) struct Stack {
    pub(crate) label: String,
    /// Its parts, each with the value as people read it, in the order of the key.
    pub(crate) parts: Vec<(u64, String)>,
    /// The whole, as people read it.
    pub(crate) written: String,
}

/// A picture of `stacks`, the longest of which fills the width. The parts of one meet without a gap.
pub(crate) fn stacks(id: &'static str, title: &str, about: &str, stacks: &[Stack]) -> Picture {
    let whole = |stack: &Stack| stack.parts.iter().fold(0_u64, |sum, (value, _)| sum.saturating_add(*value));
    let most = stacks.iter().map(whole).max().unwrap_or(0);
    let mut marks = Vec::new();
    for (stack, top) in stacks.iter().zip((0..).step_by(PITCH as usize)) {
        marks.push(name(&stack.label, top));
        marks.push(Mark::Label {
            at: (Across::WHOLE, top + 16),
            shift: 0,
            anchor: Anchor::End,
            class: "soft",
            text: stack.written.clone(),
            lang: None,
        });
        marks.push(surface(Across(0), top, Across::WHOLE, Tint::Blank, String::new()));
        let mut sum = 0_u64;
        for (index, (value, written)) in stack.parts.iter().enumerate().filter(|(_, (value, _))| *value > 0) {
            let from = Across::share(sum, most);
            sum = sum.saturating_add(*value);
            let width = from.to(Across::share(sum, most));
            let says = format!("{}: {written}", stack.label);
            marks.push(surface(from, top, width, Tint::nth(index), says));
        }
    }
    let height = u32::try_from(stacks.len()).unwrap_or(0) * PITCH;
    Picture { id, height, marks, title: title.to_owned(), about: about.to_owned() }
}
