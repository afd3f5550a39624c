//! Where does a sentence end? At a full stop that is no abbreviation's, with the quotation marks and brackets behind it;
//! not where the speaker of a quoted question follows; and somewhere, if it would never end.
//!
//! Invariant: every token belongs to one sentence, sentences lie in order, and none is longer than [`MAX_TOKENS`].

use std::ops::Range;

use crate::tokens::{Abbreviation, Gap, IsKnown, Words, abbreviation};

/// Longest sentence in tokens; a longer one is cut at a mark. The longest of the treebank has 159.
pub const MAX_TOKENS: usize = 250;
/// Shortest piece in tokens that a long sentence is cut into, where a mark allows.
const MIN_PIECE_TOKENS: usize = 80;
/// How many tokens behind a quoted question are looked at for the word that says who asked.
const N_CUE_TOKENS: usize = 7;

/// Words that begin sentences much more often than names do.
const STARTERS: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "he",
    "she",
    "it",
    "they",
    "we",
    "you",
    "i",
    "but",
    "and",
    "in",
    "on",
    "at",
    "as",
    "for",
    "if",
    "when",
    "while",
    "after",
    "before",
    "however",
    "there",
    "its",
    "his",
    "her",
    "their",
    "our",
    "some",
    "many",
    "most",
    "both",
    "no",
    "not",
    "what",
    "who",
    "how",
    "why",
    "where",
    "according",
    "since",
    "also",
    "so",
    "by",
    "from",
    "with",
    "under",
    "during",
    "although",
    "despite",
    "meanwhile",
    "earlier",
    "later",
    "officials",
    "one",
];

/// Words of speech that may stand behind a quoted question or exclamation.
const SPEECH: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "told",
    "tells",
    "added",
    "adds",
    "replied",
    "replies",
    "wrote",
    "writes",
    "shouted",
    "cried",
    "exclaimed",
    "wondered",
    "answered",
    "declared",
    "continued",
    "insisted",
    "warned",
    "demanded",
    "tweeted",
    "stated",
    "remarked",
    "responded",
];

/// The sentences among the tokens of one block.
pub(crate) fn sentences(
    text: &str,
    words: &Words,
    block: Range<usize>,
    is_known: IsKnown<'_>,
    out: &mut Vec<Range<usize>>,
) {
    let mut start = block.start;
    let mut at = block.start;
    while at < block.end {
        let (next, ends) = step(text, words, at, block.end, is_known);
        let is_gap = next < block.end && words.words[next].gap == Gap::Line;
        if ends || is_gap || next >= block.end {
            push(text, words, start..next, out);
            start = next;
        }
        at = next;
    }
}

/// Goes past one token and what closes behind it; whether a sentence ends there.
fn step(text: &str, words: &Words, at: usize, end: usize, is_known: IsKnown<'_>) -> (usize, bool) {
    let form = words.form(text, at);
    let Some(stop) = stop(form) else { return (at + 1, false) };
    let mut next = at + 1;
    while next < end && words.words[next].gap != Gap::Line && closes(text, words, next, end) {
        next += 1;
    }
    if next >= end {
        return (next, true);
    }
    (
        next,
        is_end(text, words, (at, next), end, stop) || is_small_start(text, words, (at, next), stop, is_known),
    )
}

/// What kind of stop a token is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    Question,
    Dots,
    Abbreviation(Abbreviation),
}

fn stop(form: &str) -> Option<Stop> {
    let last = form.as_bytes().last().copied()?;
    if !matches!(last, b'.' | b'?' | b'!') && last < 128 {
        return None;
    }
    let is_marks = form
        .chars()
        .all(|c| matches!(c, '.' | '?' | '!' | '\u{2026}' | '\u{3002}' | '\u{61f}' | '\u{6d4}' | '\u{964}'));
    if is_marks {
        return Some(match form {
            _ if form.contains(['?', '!', '\u{61f}']) => Stop::Question,
            "." | "\u{3002}" | "\u{6d4}" | "\u{964}" => Stop::Full,
            _ => Stop::Dots,
        });
    }
    let word = form.strip_suffix('.')?;
    abbreviation(word).map(Stop::Abbreviation)
}

/// Whether a token closes what the sentence opened: it stands close behind, and no word close behind it.
fn closes(text: &str, words: &Words, at: usize, end: usize) -> bool {
    let is_close = match words.form(text, at) {
        ")" | "]" | "}" | "\u{201d}" | "\u{bb}" | "''" | "\u{2019}" | "\u{203a}" => true,
        "\"" | "'" => {
            at + 1 >= end || words.words[at + 1].gap != Gap::None || !begins_word(words.form(text, at + 1))
        }
        _ => false,
    };
    let is_near = words.words[at].gap == Gap::None || words.form(text, at) == "\u{bb}";
    is_close && is_near
}

fn begins_word(form: &str) -> bool {
    form.starts_with(char::is_alphanumeric)
}

/// Whether the sentence ends before `next`, given the stop at `at`.
fn is_end(text: &str, words: &Words, (at, next): (usize, usize), end: usize, stop: Stop) -> bool {
    let form = words.form(text, next);
    let gap = words.words[next].gap;
    let first = form.chars().next().unwrap_or(' ');
    let is_quoted = next > at + 1;
    if gap == Gap::None && !is_quoted {
        if matches!(words.form(text, at), "\u{3002}" | "\u{61f}" | "\u{6d4}") {
            return true;
        }
        // "ended.The next": the space was lost.
        return stop == Stop::Full && is_capitalised(form) && starts_small(text, words, at);
    }
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | ')' | ']' | '%') {
        return false;
    }
    let begins = content(text, words, next, end);
    if begins.starts_with(char::is_lowercase) {
        return false;
    }
    match stop {
        Stop::Abbreviation(Abbreviation::Leads | Abbreviation::LeadsNumber) => false,
        Stop::Abbreviation(Abbreviation::MayEnd) if is_quoted => true,
        Stop::Abbreviation(Abbreviation::MayEnd) => may_end(words.form(text, at), begins),
        Stop::Question if is_quoted => !is_cue_next(text, words, next, end),
        Stop::Dots => begins.starts_with(char::is_uppercase) || opens(form),
        Stop::Question | Stop::Full => {
            !(first == '-' || first == '\u{2013}' || first == '\u{2014}') || !is_quoted
        }
    }
}

/// Whether a sentence without a capital follows: behind a full stop of a known word, or behind an unquoted question.
fn is_small_start(
    text: &str,
    words: &Words,
    (at, next): (usize, usize),
    stop: Stop,
    is_known: IsKnown<'_>,
) -> bool {
    let is_open = next == at + 1 && words.words[next].gap != Gap::None && at > 0;
    let begins_small = words.form(text, next).starts_with(|c: char| c.is_ascii_lowercase());
    let is_word = || {
        let before = words.form(text, at - 1);
        before.len() > 2 && is_known(&before.to_lowercase())
    };
    is_open && begins_small && (stop == Stop::Question || stop == Stop::Full && is_word())
}

/// The first token that is a word, from here on.
fn content<'a>(text: &'a str, words: &'a Words, at: usize, end: usize) -> &'a str {
    let is_word = |at: &usize| words.form(text, *at).starts_with(|c: char| c.is_alphanumeric());
    (at..end.min(at + 3)).find(is_word).map_or("", |at| words.form(text, at))
}

/// Whether an abbreviation ends its sentence, given the word behind it. An initial is followed by a name.
fn may_end(form: &str, next: &str) -> bool {
    let is_initial = form.chars().count() == 2;
    let small = next.to_ascii_lowercase();
    let is_starter = next.starts_with(|c: char| c.is_ascii_uppercase()) && STARTERS.contains(&small.as_str());
    match form {
        "etc." | "p.m." | "a.m." => next.starts_with(char::is_uppercase),
        _ => is_starter && !(is_initial && next == "I"),
    }
}

fn opens(form: &str) -> bool {
    matches!(form, "\"" | "'" | "\u{201c}" | "\u{2018}" | "\u{ab}" | "``" | "(" | "[")
}

fn is_capitalised(form: &str) -> bool {
    let mut chars = form.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none_or(|c| c.is_lowercase())
}

/// Whether the word before a token ends in a small letter or a digit, and is no initial.
fn starts_small(text: &str, words: &Words, at: usize) -> bool {
    at > 0 && {
        let before = words.form(text, at - 1);
        before.len() > 1
            && before
                .ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, ')' | '\u{201d}'))
    }
}

/// Whether the speaker of what was quoted follows: `"...?" Minister Doe asked.`
fn is_cue_next(text: &str, words: &Words, at: usize, end: usize) -> bool {
    for at in at..end.min(at + N_CUE_TOKENS) {
        let form = words.form(text, at);
        if SPEECH.contains(&form) {
            return true;
        }
        if !form.starts_with(char::is_alphanumeric) && form != "," && form != "-" {
            return false;
        }
    }
    false
}

/// Adds a sentence, in pieces where it is too long: at the last semicolon, else comma, else anywhere.
fn push(text: &str, words: &Words, mut range: Range<usize>, out: &mut Vec<Range<usize>>) {
    while range.len() > MAX_TOKENS {
        let window = range.start + MIN_PIECE_TOKENS..range.start + MAX_TOKENS;
        let last = |marks: &[&str]| window.clone().rev().find(|at| marks.contains(&words.form(text, *at)));
        let cut = last(&[";", "\u{2022}", "*", "--", "\u{2014}"])
            .or_else(|| last(&[",", ":", ")"]))
            .map_or(window.end, |at| at + 1);
        out.push(range.start..cut);
        range.start = cut;
    }
    if !range.is_empty() {
        out.push(range);
    }
}
