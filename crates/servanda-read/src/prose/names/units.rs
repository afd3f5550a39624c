//! The parts of a noun phrase: declared names, role nouns, unknown names, other words.

use std::ops::Range;

use servanda_language::Tag;

use super::chunks::Chunk;
use super::directory::Meaning;
use super::scan::{Scan, Sense};

/// A part of a noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub tokens: Range<usize>,
    pub sort: UnitSort,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitSort {
    /// A name that the directory or the text declares: index of the hit.
    Hit(usize),
    /// A role noun: index of the hit.
    Role(usize),
    /// Words in capitals that nothing declares.
    Proper,
    /// An article, possessive pronoun or number.
    Counting,
    /// Any other word.
    Plain,
}

/// The parts of a chunk, in order; hyphens between words are part of neither.
pub(super) fn units(scan: &Scan<'_>, chunk: &Chunk) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    let mut at = chunk.tokens.start;
    while at < chunk.tokens.end {
        let (end, sort) = unit_at(scan, at, chunk.tokens.end);
        found.push(Unit { tokens: at..end, sort });
        at = end;
    }
    found.retain(|unit| !matches!(scan.word(unit.tokens.start), "-" | "‐" | "‑"));
    joined(scan, found)
}

/// Lays parts together that are one name: "Board of Bridges", and a namesake's given name with a surname that the
/// directory knows of somebody else.
fn joined(scan: &Scan<'_>, list: Vec<Unit>) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let unit = &list[at];
        let is_join = unit.sort == UnitSort::Plain && matches!(scan.word(unit.tokens.start), "of" | "for");
        if is_join && at + 1 < list.len() {
            let is_name = |unit: &Unit| {
                !matches!(unit.sort, UnitSort::Hit(_) | UnitSort::Counting)
                    && scan.is_capital(unit.tokens.start)
            };
            while found.len() > 1 && is_name(&found[found.len() - 1]) && is_name(&found[found.len() - 2]) {
                found.pop();
            }
            if let Some(last) = found.last_mut() {
                *last = Unit {
                    tokens: last.tokens.start..list[list.len() - 1].tokens.end,
                    sort: UnitSort::Proper,
                };
                return found;
            }
        }
        match found.last_mut() {
            Some(last) if is_namesake(scan, last, unit) => {
                last.tokens.end = unit.tokens.end;
                last.sort = UnitSort::Proper;
            }
            _ => found.push(unit.clone()),
        }
        at += 1;
    }
    found
}

fn is_namesake(scan: &Scan<'_>, last: &Unit, unit: &Unit) -> bool {
    let is_surname = |unit: &Unit| match unit.sort {
        UnitSort::Hit(hit) => match &scan.hits[hit].sense {
            Sense::Listed(meanings) => {
                meanings.iter().all(|meaning| matches!(meaning, Meaning::Holder { is_full: false, .. }))
            }
            Sense::Defined(_) => false,
        },
        _ => false,
    };
    let is_given = |unit: &Unit| {
        let word = scan.lower(unit.tokens.end - 1);
        unit.sort == UnitSort::Proper && !scan.lexicon.honorifics.contains(word.trim_end_matches('.'))
    };
    is_given(last) && is_surname(unit) || is_surname(last) && is_given(unit)
}

fn unit_at(scan: &Scan<'_>, at: usize, limit: usize) -> (usize, UnitSort) {
    let clip = |end: usize| end.clamp(at + 1, limit);
    if let Some(role) = scan.role(at) {
        return (clip(role.tokens.end), UnitSort::Role(scan.role_of[at].unwrap_or_default() as usize));
    }
    if let Some(hit) = scan.hit(at) {
        return (clip(hit.tokens.end), UnitSort::Hit(scan.hit_of[at].unwrap_or_default() as usize));
    }
    if is_proper(scan, at) {
        return (proper_end(scan, at, limit), UnitSort::Proper);
    }
    let is_counting = matches!(scan.tag(at), Tag::Det | Tag::Num | Tag::Pron)
        || scan.lexicon.has("counting", scan.word(at));
    (at + 1, if is_counting { UnitSort::Counting } else { UnitSort::Plain })
}

/// Whether a token may be (part of) the name of somebody whom nothing declares.
pub(super) fn is_proper(scan: &Scan<'_>, token: usize) -> bool {
    if !scan.is_capital(token)
        || scan.lexicon.has("calendar", scan.word(token))
        || !scan.word(token).chars().any(char::is_alphabetic)
    {
        return false;
    }
    if scan.hit(token).is_some() || scan.role(token).is_some() {
        return false;
    }
    let is_first = scan.before(token).is_none_or(|before| {
        matches!(scan.tag(before), Tag::Punct) && !matches!(scan.word(before), "," | "-" | "(" | "’" | "'")
    });
    match scan.tag(token) {
        Tag::Propn => true,
        Tag::Noun | Tag::X | Tag::Adj | Tag::Verb => {
            !is_first
                && !is_title_case(scan, token)
                && !matches!(scan.fine(token), servanda_language::Fine::Jj if scan.tag(token) == Tag::Adj)
        }
        _ => false,
    }
}

/// Whether most words of the sentence begin with a capital, so that capitals tell nothing.
fn is_title_case(scan: &Scan<'_>, token: usize) -> bool {
    const LONG_CHARS: usize = 4;
    let long = scan.sentence(token).filter(|at| scan.word(*at).chars().count() >= LONG_CHARS).take(40);
    let (mut n_words, mut n_capitals) = (0, 0);
    for at in long {
        n_words += 1;
        n_capitals += usize::from(scan.is_capital(at));
    }
    n_words > 3 && n_capitals * 4 > n_words * 3
}

fn proper_end(scan: &Scan<'_>, start: usize, limit: usize) -> usize {
    let is_glue = |at: usize| {
        let word = scan.word(at);
        matches!(word, "-" | "‐" | "‑" | "." | "’" | "'")
            || scan.lexicon.particles.contains(&word.to_lowercase())
    };
    let mut end = start + 1;
    loop {
        let next = (end..limit.min(end + 4)).find(|at| !is_glue(*at));
        match next {
            Some(next) if is_proper(scan, next) => end = next + 1,
            _ => return end,
        }
    }
}
