//! Into which tokens does a run without white space fall?

use std::ops::Range;

use super::{MAX_TOKEN_BYTES, address::address, is_apostrophe, is_word_char, marks::mark, words::word};

/// Units and times that are written onto a number and stand apart in the treebank.
const UNITS: &[&str] = &[
    "am", "pm", "bn", "b", "k", "m", "mn", "tn", "km", "cm", "mm", "kg", "g", "lb", "lbs", "mph", "kph",
    "hrs", "hr", "min", "mins", "sec", "ft", "in", "ha", "t", "mw", "kw", "gb", "mb", "usd", "hours",
    "years", "days", "p.m", "a.m", "p.m.", "a.m.",
];

/// Words that the treebank takes apart, and after how many bytes.
const CONTRACTIONS: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("isnt", 2),
    ("arent", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("wont", 2),
    ("cant", 2),
    ("thats", 4),
    ("im", 1),
    ("ive", 1),
    ("youre", 3),
    ("theyre", 4),
];

/// Gives the tokens of a run in order. `follows`: the first character after it, `None` at the end of the block.
pub(super) fn split(chunk: &str, follows: Option<char>, emit: &mut dyn FnMut(Range<usize>)) {
    let may_be_address =
        chunk.len() > 4 && (chunk.contains('@') || chunk.contains("://") || starts_www(chunk));
    let (mut at, mut after_word) = (0, false);
    while let Some(c) = chunk[at..].chars().next() {
        let web = (may_be_address && !after_word).then(|| address(chunk, at)).flatten();
        if let Some(end) = web {
            emit(at..end);
            (at, after_word) = (end, true);
        } else if is_word_char(c) && c != '_' {
            let end = word(chunk, at, follows);
            emit_word(chunk, at, end, emit);
            (at, after_word) = (end, true);
        } else {
            let end = mark(chunk, at, after_word);
            emit(at..end);
            (at, after_word) = (end, false);
            after_word |= is_closing(c);
        }
    }
}

fn starts_www(chunk: &str) -> bool {
    chunk.contains("www.") || chunk.contains("mailto:")
}

/// Behind a closing mark a clitic may follow, and no new word begins with a mark of its own.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | ')' | ']' | '\u{201d}' | '%')
}

/// Takes clitics, contractions and units off a word.
fn emit_word(chunk: &str, at: usize, end: usize, emit: &mut dyn FnMut(Range<usize>)) {
    let word = &chunk[at..end];
    if word.len() > MAX_TOKEN_BYTES {
        return emit(at..end);
    }
    let cut = clitic(word).or_else(|| contraction(word)).or_else(|| unit(word)).unwrap_or(0);
    if cut > 0 && cut < word.len() {
        let front = &word[..cut];
        // "shouldn't've": a clitic may stand behind another.
        match clitic(front) {
            Some(inner) if inner > 0 && inner < cut => {
                emit(at..at + inner);
                emit(at + inner..at + cut);
            }
            _ => emit(at..at + cut),
        }
        emit(at + cut..end);
    } else {
        emit(at..end);
    }
}

/// Where a clitic begins: `n't`, `'s`, `'re`, `'ve`, `'ll`, `'d`, `'m`.
fn clitic(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let behind = &word[at + mark.len_utf8()..];
    let is = |clitic: &str| behind.eq_ignore_ascii_case(clitic);
    if is("t") && word[..at].ends_with(['n', 'N']) && at > 1 {
        return Some(at - 1);
    }
    // "the 80's" is a plural, as "the 80s".
    let is_decade =
        is("s") && word[..at].ends_with('0') && word[..at].bytes().all(|byte| byte.is_ascii_digit());
    (!is_decade && ["s", "re", "ve", "ll", "d", "m"].into_iter().any(is)).then_some(at)
}

fn contraction(word: &str) -> Option<usize> {
    if word.len() > 8 || !word.is_ascii() {
        return None;
    }
    let small = word.to_ascii_lowercase();
    let is_name = small == "im" && word == "IM";
    CONTRACTIONS.iter().find(|(whole, _)| *whole == small && !is_name).map(|(_, cut)| *cut)
}

fn unit(word: &str) -> Option<usize> {
    if !word.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let at = word.find(|c: char| c.is_alphabetic())?;
    UNITS.contains(&word[at..].to_ascii_lowercase().as_str()).then_some(at)
}
