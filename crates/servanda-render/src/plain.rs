//! Text for terminals: foreign text kept harmless and isolated, widths counted as cells, lines broken at words.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

const FSI: char = '\u{2068}';
const PDI: char = '\u{2069}';

/// Whether a character is written from right to left, or could begin such text.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Characters that change the order or look of what stands around them.
pub fn is_invisible_control(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Foreign text without control characters: each shows as U+FFFD, so that nothing hides.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_invisible_control) {
        text.chars().map(|c| if is_invisible_control(c) { '\u{fffd}' } else { c }).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Foreign text within a sentence: harmless, and isolated where it is written from right to left.
pub fn isolate(text: &str) -> String {
    let text = harmless(text);
    if text.chars().any(is_rtl) { format!("{FSI}{text}{PDI}") } else { text.into_owned() }
}

/// Width in cells of a terminal.
pub fn width(text: &str) -> usize {
    text.chars().filter(|c| !is_invisible_control(*c)).collect::<String>().width()
}

/// Lines of at most `max` cells, broken between words; a longer word is cut.
pub fn wrap(text: &str, max: usize) -> Vec<String> {
    let max = max.max(4);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split([' ', '\t']).filter(|word| !word.is_empty()) {
            for piece in pieces(word, max) {
                if !line.is_empty() && width(&line) + 1 + width(&piece) > max {
                    lines.push(std::mem::take(&mut line));
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(&piece);
            }
        }
        lines.push(line);
    }
    lines
}

/// A word in pieces that fit; after a hyphen or dot where there is one.
fn pieces(word: &str, max: usize) -> Vec<String> {
    if width(word) <= max {
        return vec![word.to_owned()];
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for c in word.chars() {
        if width(&piece) + width(c.encode_utf8(&mut [0; 4])) > max {
            let cut = piece.rfind(['-', '.', '/', '_']).map_or(piece.len(), |at| at + 1);
            let rest = piece.split_off(cut);
            pieces.push(std::mem::replace(&mut piece, rest));
        }
        piece.push(c);
    }
    pieces.push(piece);
    pieces
}

/// The text filled up with spaces to a width.
pub fn pad(text: &str, to: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', to.saturating_sub(width(text))));
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_and_isolates() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("hostages-deceased", 10), ["hostages-", "deceased"]);
        assert_eq!(width("東京"), 4);
        assert_eq!(isolate("שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(isolate("a\u{202e}b"), "a\u{fffd}b");
        assert_eq!(pad("ab", 4), "ab  ");
    }
}
