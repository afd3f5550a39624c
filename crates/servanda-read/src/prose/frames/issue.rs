//! What is a claim about?
//!
//! Every issue has words that show it and words that hint at it. Those nearest to what carries the clause weigh most; what
//! stands in the rest of the sentence counts only where the clause itself shows nothing.

use std::ops::Range;

use servanda_model::{ClaimKind, Name};

use super::hits::Numbered;
use super::lexicon::{Frame, Lexicon, Run};

/// How far apart two elements of an issue's words may stand.
const MAX_GAP: usize = 5;
/// Words that show an issue, and words that hint at it.
const SHOWS: u32 = 6;
const HINTS: u32 = 2;
/// What each further word of a pattern adds: "ceasefire violation" says more than "violation".
const FURTHER_WORD: u32 = 2;
/// How near to the carrying word counts as near, in tokens.
const NEAR: usize = 4;
/// What the frame of an act says of the issue, and that of an attitude.
const OF_ACT: u32 = 6;
const OF_ATTITUDE: u32 = 1;

/// What some words are about: the issue with most evidence among these tokens, else in the whole sentence; of equals the first
/// in the order of the lexicon. A case's own words go before all others.
pub(crate) fn issue(
    lexicon: &Lexicon,
    numbered: &Numbered,
    tokens: Range<usize>,
    core: usize,
    frames: &[&Frame],
    sentence: Range<usize>,
) -> Option<Name> {
    let of_case = lexicon.issues.iter().filter(|issue| issue.is_of_case);
    let shown = |patterns: &[Vec<Vec<Run>>]| best(numbered, patterns, &tokens, core, SHOWS) > 0;
    if let Some(first) = of_case.into_iter().find(|issue| shown(&issue.patterns)) {
        return Some(first.id.clone());
    }
    weighed(lexicon, numbered, tokens, core, frames)
        .or_else(|| weighed(lexicon, numbered, sentence, core, &[]))
}

fn weighed(
    lexicon: &Lexicon,
    numbered: &Numbered,
    tokens: Range<usize>,
    core: usize,
    frames: &[&Frame],
) -> Option<Name> {
    let mut found: Option<(u32, &Name)> = None;
    for issue in &lexicon.issues {
        let mut score = all(numbered, &issue.patterns, &tokens, core, SHOWS);
        score += all(numbered, &issue.hints, &tokens, core, HINTS);
        let by_frame = frames.iter().filter(|frame| frame.issue.as_ref() == Some(&issue.id));
        score +=
            by_frame.map(|frame| if is_attitude(frame) { OF_ATTITUDE } else { OF_ACT }).max().unwrap_or(0);
        if score > found.map_or(0, |(top, _)| top) {
            found = Some((score, &issue.id));
        }
    }
    found.map(|(_, id)| id.clone())
}

/// The evidence of each pattern at its best place, together.
fn all(
    numbered: &Numbered,
    patterns: &[Vec<Vec<Run>>],
    tokens: &Range<usize>,
    core: usize,
    weight: u32,
) -> u32 {
    patterns.iter().map(|elements| best(numbered, std::slice::from_ref(elements), tokens, core, weight)).sum()
}

/// The evidence of the best place of any of these patterns.
fn best(
    numbered: &Numbered,
    patterns: &[Vec<Vec<Run>>],
    tokens: &Range<usize>,
    core: usize,
    weight: u32,
) -> u32 {
    let mut most = 0;
    for elements in patterns {
        for at in tokens.clone() {
            let Some(n_words) = stands(numbered, elements, at, tokens.end) else { continue };
            let near = if at.abs_diff(core) <= NEAR { weight / 2 } else { 0 };
            most = most.max(weight + near + FURTHER_WORD * (n_words as u32 - 1));
        }
    }
    most
}

/// How many words of a pattern stand from this token on.
fn stands(numbered: &Numbered, elements: &[Vec<Run>], at: usize, end: usize) -> Option<usize> {
    let mut next = numbered.run(&elements[0], at, end)?;
    let mut n_words = next - at;
    for element in &elements[1..] {
        let (stop, found) = (next..end.min(next + MAX_GAP + 1))
            .find_map(|token| numbered.run(element, token, end).map(|stop| (stop, stop - token)))?;
        next = stop;
        n_words += found;
    }
    Some(n_words)
}

fn is_attitude(frame: &Frame) -> bool {
    frame.holds.is_some() || frame.kind == ClaimKind::Position
}
