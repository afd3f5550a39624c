//! Does what is said at some words lie ahead or behind?

use servanda_language::{Analysis, Fine};
use servanda_model::{ClaimKind, Modality, Span, Tense};

use super::Proposition;
use super::compose::{self, Index};
use super::factuality::tense;
use super::frames::Tree;

/// Words that say that what follows is fixed for a day to come.
const FIXED: &[&str] =
    &["due", "scheduled", "slated", "planned", "set", "expected", "upcoming", "will", "shall", "deadline"];

/// Farthest that such a word stands before its date, in tokens.
const N_TOKENS_MAX: usize = 8;

/// Farthest that an infinitive is looked for before its date, in tokens.
const N_TOKENS_BEHIND_MAX: usize = 20;

/// Most steps from a date up the tree to its verb.
const N_STEPS_MAX: usize = 6;

/// The time of the smallest proposition that holds these words, else of the verb above them; neither where nothing tells.
pub(super) fn lean(tree: &Tree<'_>, index: &Index, propositions: &[Proposition], span: Span) -> Tense {
    let analysis = tree.analysis;
    let at = analysis.tokens_in(span.start..span.end).start;
    if is_fixed(tree, at) {
        return Tense::Future;
    }
    let smallest = compose::sentences_of(analysis, span)
        .flat_map(|sentence| index.propositions(sentence))
        .map(|at| &propositions[*at])
        .filter(|proposition| proposition.span.start <= span.start && span.end <= proposition.span.end)
        .min_by_key(|proposition| proposition.span.len());
    match smallest {
        Some(proposition) => match proposition.modality {
            Modality::Planned | Modality::Expected => Tense::Future,
            _ if is_to_come(tree, proposition, at) => Tense::Future,
            _ => proposition.tense,
        },
        None => of_verb(tree, analysis, at).unwrap_or(Tense::Present),
    }
}

/// "is due to arrive on Thursday", "elections scheduled for 3 November".
fn is_fixed(tree: &Tree<'_>, at: usize) -> bool {
    let Some(token) = tree.analysis.tokens.get(at) else { return false };
    let first = tree.analysis.sentences[token.sentence].tokens.start.max(at.saturating_sub(N_TOKENS_MAX));
    for before in (first..at).rev() {
        let word = tree.word(before);
        if matches!(
            word,
            "," | ";" | ":" | "(" | ")" | "and" | "but" | "which" | "who" | "that" | "after" | "when"
        ) {
            return false;
        }
        if FIXED.contains(&word.to_lowercase().as_str()) {
            // "had been due": it is over. "A set of", "the set": a noun. "Until" closes what goes on.
            let is_over = before > first && matches!(tree.word(before - 1), "been" | "not" | "never");
            let is_noun = word == "set" && !matches!(tree.word(before + 1), "to" | "for");
            return !(is_over || is_noun);
        }
    }
    false
}

/// "agreed to meet in May", "urged both sides to return on Friday": the date stands behind the infinitive of what is
/// promised or wanted.
fn is_to_come(tree: &Tree<'_>, proposition: &Proposition, at: usize) -> bool {
    let is_wanted = matches!(proposition.kind, ClaimKind::Pledge | ClaimKind::Position)
        || matches!(proposition.modality, Modality::Desired | Modality::Required);
    let from = proposition.predicate.max(at.saturating_sub(N_TOKENS_BEHIND_MAX));
    is_wanted
        && (from..at).any(|token| {
            tree.word(token) == "to"
                && tree.analysis.tokens.get(token + 1).is_some_and(|next| next.fine == Fine::Vb)
        })
}

/// The time of the first verb above a token.
fn of_verb(tree: &Tree<'_>, analysis: &Analysis, at: usize) -> Option<Tense> {
    let mut token = at;
    for _ in 0..N_STEPS_MAX {
        // A date can stand in words that were not analysed.
        let head = analysis.tokens.get(token)?.head;
        if tree.is_verb(token)
            && let Some(tense) = tense(tree, token)
        {
            return Some(tense);
        }
        if head == token {
            return None;
        }
        token = head;
    }
    None
}
