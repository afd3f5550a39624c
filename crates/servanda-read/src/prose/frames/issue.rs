//! What is a claim about?

use std::ops::Range;

use servanda_model::Name;

use super::hits::Numbered;
use super::lexicon::{Lexicon, Run};

/// How far apart two elements of an issue's words may stand.
const MAX_GAP: usize = 5;

/// The first issue of the lexicon with words among these tokens.
pub(crate) fn issue(lexicon: &Lexicon, numbered: &Numbered, tokens: Range<usize>) -> Option<Name> {
    let fits = |patterns: &[Vec<Vec<Run>>]| {
        patterns.iter().any(|elements| tokens.clone().any(|at| stands(numbered, elements, at, tokens.end)))
    };
    lexicon.issues.iter().find(|issue| fits(&issue.patterns)).map(|issue| issue.id.clone())
}

fn stands(numbered: &Numbered, elements: &[Vec<Run>], at: usize, end: usize) -> bool {
    let Some(mut next) = numbered.run(&elements[0], at, end) else { return false };
    for element in &elements[1..] {
        let found = (next..end.min(next + MAX_GAP + 1)).find_map(|token| numbered.run(element, token, end));
        let Some(stop) = found else { return false };
        next = stop;
    }
    true
}
