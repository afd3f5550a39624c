//! Proposals: what a language model says that a document says, and whether the document bears it out.
//!
//! A model only proposes. A proposal becomes a claim for review only if its words, its speaker and its cue stand in the
//! document, its figures and dates follow from those words by the program's own rules, and neither its polarity nor its
//! condition contradicts them. Even then it counts for nobody until a person accepts it.
//!
//! Invariant: the text of a document is data. It stands between marks that it cannot hold, no part of it is followed, and
//! whatever a model was talked into saying passes the same checks.
//! Invariant: pure. Requests and answers are texts; whoever sends them is elsewhere.

mod answer;
mod check;
mod ground;
mod prompt;

pub use answer::{
    MAX_ANSWER_BYTES, MAX_PROPOSALS, Proposal, ProposedCondition, ProposedDate, ProposedQuantity, proposals,
};
pub use check::{Checked, Refusal, checked};
pub use ground::Ground;
pub use prompt::{MAX_PART_CHARS, Part, parts, request};

use servanda_model::{Diagnostic, Span};

use crate::messages;

/// What became of the proposals of one article: the claims for review, and a remark with what was refused and why.
pub fn outcome(file: &str, model: &str, checked: &Checked) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut counts: std::collections::BTreeMap<Refusal, (usize, String)> = std::collections::BTreeMap::new();
    for (refusal, words) in &checked.refused {
        counts.entry(*refusal).or_insert((0, words.clone())).0 += 1;
    }
    for (refusal, (n, first)) in counts {
        found.push(messages::proposals_refused(refusal.code(), refusal.said(), n, &first));
    }
    let n = checked.claims.len() + checked.refused.len() + checked.n_read_already;
    if n > 0 {
        let (n_kept, n_same) = (checked.claims.len(), checked.n_read_already);
        found.push(messages::proposals_summed(model, n, n_kept, n_same));
    }
    found.into_iter().map(|found| found.in_file(file)).collect()
}

/// No answer came, or none that can be read.
pub fn unanswered(file: &str, model: &str, why: &str) -> Diagnostic {
    messages::model_unanswered(Span::default(), model, why).in_file(file)
}

/// An answer that cannot be read.
pub fn unreadable(file: &str, model: &str, why: &str) -> Diagnostic {
    messages::model_unreadable(Span::default(), model, why).in_file(file)
}
