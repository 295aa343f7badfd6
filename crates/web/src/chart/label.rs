//! Texts in a picture, which nothing breaks into lines: cut to the room there is, at the end of a written syllable.

/// As much of `text` as goes into `room` pixels in the small size, with an ellipsis where something is left out. The width
/// is guessed from the script, rather too wide than too narrow; the table beneath has the whole text.
pub(super) fn fit(text: &str, room: u32) -> String {
    let mut width = 0;
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        width += breadth(letter);
        let next = letters.peek();
        if width > room * 10 {
            return format!("{}…", text[..end].trim_end());
        }
        if next.is_none_or(|(_, next)| !is_joined(letter, *next)) && width + breadth('…') <= room * 10 {
            end = next.map_or(text.len(), |(at, _)| *at);
        }
    }
    text.to_owned()
}

/// Tenths of a pixel.
fn breadth(letter: char) -> u32 {
    match letter {
        _ if is_mark(letter) => 0,
        '\u{200b}'..='\u{200d}' | '\u{2060}' => 0,
        '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}' | '…' => 145,
        '\u{1780}'..='\u{17ff}' | '\u{1000}'..='\u{109f}' => 130,
        '\u{0e00}'..='\u{0eff}' => 95,
        _ if letter.is_uppercase() => 105,
        _ => 85,
    }
}

/// Whether nothing may be cut between two letters: a mark belongs to what it stands on, and a letter below another to that.
fn is_joined(letter: char, next: char) -> bool {
    const COENG: char = '\u{17d2}';
    const VIRAMA: char = '\u{1039}';
    const LEADING: [char; 10] = ['เ', 'แ', 'โ', 'ใ', 'ไ', 'ເ', 'ແ', 'ໂ', 'ໃ', 'ໄ'];
    is_mark(next) || matches!(letter, COENG | VIRAMA) || LEADING.contains(&letter)
}

/// Vowels, tones and signs that stand above, below or around a letter and never alone.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{0300}'..='\u{036f}'
        | '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}'
        | '\u{0eb1}' | '\u{0eb4}'..='\u{0ebc}' | '\u{0ec8}'..='\u{0ece}'
        | '\u{17b4}'..='\u{17d3}' | '\u{17dd}'
        | '\u{102b}'..='\u{103e}' | '\u{1056}'..='\u{1059}')
}
