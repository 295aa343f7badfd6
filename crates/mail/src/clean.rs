//! What others wrote, made fit for a line or for paragraphs of a letter: nothing ends a line early, nothing turns its direction,
//! nothing is too long. Escaping for HTML is the templates'.

/// The most characters of a line.
const LINE_MOST: usize = 200;

/// The most characters of paragraphs.
const TEXT_MOST: usize = 20_000;

/// One line: line ends and other controls become spaces, and spaces in a row one.
pub(crate) fn line(text: &str) -> String {
    let shown: String =
        text.chars().filter(|&c| !is_hidden(c)).map(|c| if is_break(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = shown.split(' ').filter(|word| !word.is_empty()).collect();
    cut(&words.join(" "), LINE_MOST)
}

/// One line of a header. What looks like an encoded word (RFC 2047) is taken apart: a mail program would decode it into anything.
pub(crate) fn header(text: &str) -> String {
    line(&text.replace("=?", "= ?"))
}

/// Paragraphs: what empty lines separate.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let text = cut(&text.replace("\r\n", "\n"), TEXT_MOST);
    let lines = text.split('\n').map(|line| {
        let shown: String = line.chars().filter(|&c| !is_hidden(c)).collect();
        shown.replace(is_break, " ").trim().to_owned()
    });
    let mut all = vec![String::new()];
    for line in lines {
        match all.last_mut() {
            Some(last) if line.is_empty() && !last.is_empty() => all.push(String::new()),
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(&line);
            }
            _ => {}
        }
    }
    all.retain(|paragraph| !paragraph.is_empty());
    all
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks that turn the direction of what follows, and letters that no screen shows. Joiners and the zero width space stay: Khmer,
/// Burmese and Thai are written with them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(line(" Ana\r\nBcc: x@y.org\t\u{202e}gro "), "Ana Bcc: x@y.org gro");
        assert_eq!(line("a\u{2028}b\u{0}c"), "a b c");
        assert_eq!(line("ភាសា\u{200b}ខ្មែរ"), "ភាសា\u{200b}ខ្មែរ");
        assert_eq!(line(&"ก".repeat(500)).chars().count(), LINE_MOST + 1);
    }

    #[test]
    fn paragraphs_are_what_empty_lines_separate() {
        assert_eq!(paragraphs("\r\n\r\na\r\nb \n\n\n\u{202e}c\n"), ["a\nb", "c"]);
        assert_eq!(paragraphs(" \n "), Vec::<String>::new());
    }
}
