//! How far does a word reach? Over apostrophes, the dots of acronyms, the marks inside numbers and the hyphens of prefixes.

use super::address::is_ending;
use super::{Abbreviation, abbreviation, is_acronym, is_apostrophe, is_word_char};

/// First parts that stay with their hyphen; every other hyphen stands apart, as in the treebank.
pub(super) const PREFIXES: &[&str] = &[
    "anti", "bi", "co", "counter", "de", "e", "ex", "extra", "hyper", "inter", "intra", "macro", "mega",
    "meta", "micro", "mid", "mini", "mis", "mono", "multi", "neo", "non", "over", "para", "poly", "post",
    "pre", "pro", "proto", "pseudo", "psycho", "quasi", "re", "retro", "semi", "sub", "super", "trans",
    "tri", "ultra", "un", "uni",
];

/// One past the last byte of the word that begins at `at`. `follows`: first character behind the chunk, if any.
pub(super) fn word(chunk: &str, at: usize, follows: Option<char>) -> usize {
    let bytes = chunk.as_bytes();
    let mut end = at;
    let mut part = at;
    loop {
        end += run(&chunk[end..]);
        let Some(c) = chunk[end..].chars().next() else { break };
        let behind = end + c.len_utf8();
        let next = bytes.get(behind).copied().unwrap_or(b' ');
        let is_digit_before = end > part && bytes[end - 1].is_ascii_digit();
        let joins = match c {
            _ if is_apostrophe(c) => chunk[behind..].starts_with(|c: char| c.is_alphabetic()),
            '.' => joins_dot(chunk, at, part, end),
            ',' => is_digit_before && digits(&bytes[behind..], 4) == 3,
            ':' => is_digit_before && next.is_ascii_digit(),
            '/' => {
                is_digit_before
                    && next.is_ascii_digit()
                    && bytes[at..end].iter().all(|b| b.is_ascii_digit() || *b == b'/')
            }
            '-' | '\u{2010}' | '\u{2011}' => joins_hyphen(chunk, at, end, behind),
            '&' => joins_ampersand(&chunk[at..end], &chunk[behind..]),
            '$' => is_digit_after_currency(&chunk[at..end], next),
            '"' | '\u{5f4}' => is_hebrew_before(chunk, end) && chunk[behind..].starts_with(is_hebrew),
            _ => false,
        };
        if !joins {
            break;
        }
        end = behind;
        part = behind;
        if c == '$' {
            return end;
        }
    }
    keep_stop(chunk, at, end, follows)
}

/// Takes a full stop along where the word is an abbreviation.
fn keep_stop(chunk: &str, at: usize, end: usize, follows: Option<char>) -> usize {
    let bytes = chunk.as_bytes();
    let n_dots = bytes[end..].iter().take(3).take_while(|byte| **byte == b'.').count();
    if n_dots == 2 && chunk.len() == end + 2 && abbreviation(&chunk[at..end]) == Some(Abbreviation::MayEnd) {
        return end + 1;
    }
    if n_dots != 1 {
        return end;
    }
    let next = chunk[end + 1..].chars().next().or(follows);
    let keeps = match abbreviation(&chunk[at..end]) {
        None => false,
        Some(Abbreviation::Leads) => next.is_some(),
        Some(Abbreviation::LeadsNumber) => next.is_some_and(|c| c.is_ascii_digit()),
        // "Plan B." at the end of a block has lost its full stop if an initial keeps it.
        Some(Abbreviation::MayEnd) => next.is_some() || end - at > 1,
    };
    if keeps { end + 1 } else { end }
}

/// Length of the run of word characters. Scripts that write without spaces give one character at a time.
fn run(text: &str) -> usize {
    let mut end = 0;
    for c in text.chars() {
        if !is_word_char(c) {
            break;
        }
        if is_ideograph(c) {
            return if end == 0 { c.len_utf8() } else { end };
        }
        end += c.len_utf8();
    }
    end
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}

fn is_hebrew_before(chunk: &str, end: usize) -> bool {
    chunk[..end].chars().next_back().is_some_and(is_hebrew)
}

/// A dot inside a decimal, an acronym or an address.
fn joins_dot(chunk: &str, at: usize, part: usize, end: usize) -> bool {
    let bytes = chunk.as_bytes();
    let behind = &chunk[end + 1..];
    if end == part {
        return false;
    }
    if bytes[end - 1].is_ascii_digit() && behind.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if is_ending(&behind[..n_alphanumeric(behind, 5)]) || is_host(&chunk[part..end], behind) {
        return true;
    }
    // "U.S": a letter, a dot, a letter, and no word behind it.
    let letter = behind.chars().next().filter(|c| c.is_alphabetic());
    let is_single = letter.is_some_and(|c| !behind[c.len_utf8()..].starts_with(is_word_char));
    is_single && (end - at) < 24 && (is_acronym(&chunk[at..end]) || chunk[at..end].chars().count() == 1)
}

/// The front of a host name: parts in small letters, the last of them one that hosts end with.
fn is_host(part: &str, behind: &str) -> bool {
    let is_small = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let n = n_alphanumeric(behind, 24);
    let rest = behind[n..].strip_prefix('.').unwrap_or_default();
    is_small(part) && is_small(&behind[..n]) && rest.starts_with(|c: char| c.is_ascii_lowercase())
}

fn n_alphanumeric(text: &str, max: usize) -> usize {
    text.bytes().take(max).take_while(u8::is_ascii_alphanumeric).count()
}

/// A hyphen behind a prefix, or within a telephone number or a date written with hyphens.
fn joins_hyphen(chunk: &str, at: usize, end: usize, behind: usize) -> bool {
    let bytes = chunk.as_bytes();
    let next = chunk[behind..].chars().next();
    if next.is_some_and(char::is_alphabetic) {
        let part = &chunk[at..end];
        let is_acronym = part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase());
        return part.len() <= 8 && !is_acronym && PREFIXES.contains(&part.to_ascii_lowercase().as_str());
    }
    let has_digits = bytes[at..end].iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    if !has_digits || bytes.get(end) != Some(&b'-') || !next.is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    // A range ("3-4") has one hyphen, and its parts stand apart; a telephone number may also have one ("555-0134").
    let is_number = end - at == 3 && digits(&bytes[behind..], 5) == 4;
    bytes[at..end].contains(&b'-') || is_number || is_third(bytes, behind)
}

/// Whether another hyphen with a digit follows the digits here.
fn is_third(bytes: &[u8], at: usize) -> bool {
    let n = digits(&bytes[at..], 8);
    bytes.get(at + n) == Some(&b'-') && bytes.get(at + n + 1).is_some_and(u8::is_ascii_digit)
}

/// How many digits stand here, counted up to a bound.
fn digits(bytes: &[u8], max: usize) -> usize {
    bytes.iter().take(max).take_while(|byte| byte.is_ascii_digit()).count()
}

fn joins_ampersand(before: &str, behind: &str) -> bool {
    before.chars().count() <= 3
        && before.chars().all(|c| c.is_uppercase())
        && behind.starts_with(|c: char| c.is_uppercase())
        && behind.chars().take_while(|c| is_word_char(*c)).take(4).count() < 4
}

/// `US$5`: the letters belong to the sign.
fn is_digit_after_currency(before: &str, next: u8) -> bool {
    next.is_ascii_digit() && ["US", "A", "C", "HK", "NZ", "AU", "CA"].contains(&before)
}
