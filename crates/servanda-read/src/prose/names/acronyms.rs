//! Acronyms that a text defines in brackets: "the Valley Monitoring Force (VMF)".

use super::lexicon::Lexicon;
use super::words::{Shape, Word, fold_in};

/// A name that the text itself introduces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// The long form, as written, without an article.
    pub name: String,
    /// Bytes of the long form where it is defined.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The acronym.
    pub acronym: String,
    /// From here on the acronym has its meaning.
    pub since: usize,
}

const MAX_WORDS: usize = 12;
const ACRONYM_CHARS: std::ops::RangeInclusive<usize> = 2..=10;

/// The acronyms that these words (of one block) define, in order.
pub(super) fn definitions(text: &str, words: &[Word]) -> Vec<Definition> {
    (1..words.len())
        .filter_map(|at| long_before_short(text, words, at).or_else(|| short_before_long(text, words, at)))
        .collect()
}

/// "Valley Monitoring Force (VMF)".
fn long_before_short(text: &str, words: &[Word], at: usize) -> Option<Definition> {
    let acronym = acronym(text, &words[at])?;
    let is_opened = opens(&text[words[at - 1].end..words[at].start]);
    if !is_opened || !closes(&text[words[at].end..]) {
        return None;
    }
    let first =
        spelled(text, &words[at.saturating_sub(MAX_WORDS)..at], acronym)? + at.saturating_sub(MAX_WORDS);
    Some(definition(text, words, first..at, acronym, words[at].start))
}

/// "VMF (Valley Monitoring Force)".
fn short_before_long(text: &str, words: &[Word], at: usize) -> Option<Definition> {
    let acronym = acronym(text, &words[at - 1])?;
    if !opens(&text[words[at - 1].end..words[at].start]) {
        return None;
    }
    let last = (at..words.len().min(at + MAX_WORDS)).find(|last| closes(&text[words[*last].end..]))?;
    (spelled(text, &words[at..=last], acronym)? == 0)
        .then(|| definition(text, words, at..last + 1, acronym, words[at - 1].start))
}

fn definition(
    text: &str,
    words: &[Word],
    long: std::ops::Range<usize>,
    acronym: &str,
    since: usize,
) -> Definition {
    let (start, end) = (words[long.start].start, words[long.end - 1].end);
    Definition { name: squeezed(&text[start..end]), start, end, acronym: acronym.to_owned(), since }
}

/// With each run of white space as one space.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn acronym<'t>(text: &'t str, word: &Word) -> Option<&'t str> {
    let written = &text[word.start..word.end];
    let is_short = ACRONYM_CHARS.contains(&written.chars().count());
    (word.shape == Shape::Upper && is_short && written.chars().all(char::is_alphanumeric)).then_some(written)
}

fn opens(gap: &str) -> bool {
    gap.trim_end_matches(['“', '"', '‘', '\'', '”'])
        .strip_suffix('(')
        .is_some_and(|before| before.trim().is_empty())
}

fn closes(rest: &str) -> bool {
    rest.trim_start_matches(['”', '"', '’', '\'', '“']).starts_with([')', ',', ';'])
}

/// The word with which a run begins whose initials spell the acronym up to the last word. Small words may be left out.
fn spelled(text: &str, words: &[Word], acronym: &str) -> Option<usize> {
    let small = ["of", "the", "and", "for", "on", "in", "to", "de", "du", "des", "la", "le", "a", "an"];
    let mut letters = acronym.chars().rev().map(|letter| letter.to_ascii_lowercase()).peekable();
    let mut n_capitals = 0;
    for (at, word) in words.iter().enumerate().rev() {
        if at + 1 < words.len() && !words[at + 1].follows && !words[at].is_possessive {
            return None;
        }
        let folded = fold_in(text, word);
        if letters.peek().copied() == folded.chars().next() {
            letters.next();
            n_capitals += usize::from(word.shape != Shape::Small);
        } else if !small.contains(&&*folded) {
            return None;
        }
        if letters.peek().is_none() {
            let (lexicon, last) = (Lexicon::builtin(), fold_in(text, &words[words.len() - 1]));
            let names_body =
                lexicon.roles.meanings(&last).next().is_some() || lexicon.has("organisation", &last);
            return (n_capitals * 2 >= acronym.len() || names_body).then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::names::words::words;

    fn check(text: &str, expected: &str) {
        let found = definitions(text, &words(text, 0..text.len()));
        let shown: Vec<String> = found.iter().map(|one| format!("{} = {}", one.acronym, one.name)).collect();
        assert_eq!(shown.join("; "), expected);
    }

    #[test]
    fn initials_tell_what_an_acronym_stands_for() {
        check("the Valley Monitoring Force (VMF) said", "VMF = Valley Monitoring Force");
        check(
            "by the Office for the Coordination of Fords (“OCF”)",
            "OCF = Office for the Coordination of Fords",
        );
        check("The VMF (Valley Monitoring Force) said", "VMF = Valley Monitoring Force");
        check("the Upper Valley's Fishing Board (UVFB), which", "UVFB = Upper Valley's Fishing Board");
        check("a joint river co-operation centre (JRCC)", "JRCC = joint river co-operation centre");
        check("the bridge (VMF) and the dam (see map)", "");
        check("a fine old boat (AFOB)", "");
        check("(VMF)", "");
    }
}
