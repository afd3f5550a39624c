//! How far does a mark reach? Most stand alone; dots, dashes and rules run together.

use super::{is_apostrophe, is_word_char};

/// Short words that begin with an apostrophe.
const CUT_WORDS: &[&str] = &["em", "til", "cause", "tis", "twas", "bout", "cos", "n"];

/// Faces that are one token.
const FACES: &[&str] = &[":-)", ":-(", ";-)", ":)", ":(", ";)", ":D", ":P", "<3"];

/// One past the last byte of the mark that begins at `at`; `after_word` where a word ends just there.
pub(super) fn mark(chunk: &str, at: usize, after_word: bool) -> usize {
    let rest = &chunk[at..];
    let Some(first) = rest.chars().next() else { return at };
    let one = at + first.len_utf8();
    if is_apostrophe(first) {
        return apostrophe(rest, at, after_word).unwrap_or(one);
    }
    match first {
        '.' | '?' | '!' | '\u{2026}' => at + run(rest, |c| matches!(c, '.' | '?' | '!' | '\u{2026}')),
        '-' | '=' | '*' | '~' | '_' | '\u{2014}' | '\u{2013}' | '<' | '>' | '|' | '$' | '+' | '/' | '\\'
            if first != '+' || rest[1..].starts_with('+') =>
        {
            at + run(rest, |c| c == first)
        }
        ':' | ';' if FACES.iter().any(|face| is_face(rest, face)) => {
            at + FACES.iter().find(|face| is_face(rest, face)).map_or(1, |face| face.len())
        }
        '#' | '@' if !after_word && rest[1..].starts_with(|c: char| c.is_alphabetic()) => {
            at + 1 + run(&rest[1..], |c| is_word_char(c) || c == '_')
        }
        '+' if !after_word && rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            at + 1 + run(&rest[1..], |c| c.is_ascii_digit())
        }
        _ => one,
    }
}

/// A face, and nothing behind it that makes it something else.
fn is_face(rest: &str, face: &str) -> bool {
    rest.starts_with(face) && !rest[face.len()..].starts_with(is_word_char)
}

/// `''`, `'s` behind a mark, `'em`, `'90s`.
fn apostrophe(rest: &str, at: usize, after_word: bool) -> Option<usize> {
    let first = rest.chars().next()?;
    let behind = &rest[first.len_utf8()..];
    if behind.starts_with(first) {
        return Some(at + 2 * first.len_utf8());
    }
    let word = behind
        .char_indices()
        .take(8)
        .find(|(_, c)| !is_word_char(*c))
        .map_or(behind.len().min(8), |(end, _)| end);
    let word = behind.get(..word)?;
    let ends = |end: usize| (!behind[end..].starts_with(is_word_char)).then(|| at + first.len_utf8() + end);
    let small = word.to_ascii_lowercase();
    let is_clitic = after_word && ["s", "re", "ve", "ll", "d", "m"].contains(&small.as_str());
    let is_decade =
        word.len() == 3 && word.ends_with('s') && word.bytes().take(2).all(|byte| byte.is_ascii_digit());
    let is_cut = !after_word && first != '`' && CUT_WORDS.contains(&small.as_str());
    if is_clitic || is_decade || is_cut { ends(word.len()) } else { None }
}

/// Length in bytes of the run of such characters.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}
