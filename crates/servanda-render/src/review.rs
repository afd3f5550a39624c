//! The review screen: what a program read and a person has still to look at (`review.v1`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::ClaimId;

use crate::claim_words::FieldWords;
use crate::excerpt::Excerpt;
use crate::figures::count;
use crate::lexicon::{Quoted, Reading};

/// Where a reading stands in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Nobody has ruled on it.
    Waiting,
    /// Somebody put it off, or opened it again.
    Postponed,
    /// A person accepted it.
    Accepted,
    /// A person rejected it.
    Rejected,
    /// A person corrected it; the correction counts in its place.
    Corrected,
}

impl QueueState {
    /// Its word.
    pub fn said(self) -> &'static str {
        match self {
            QueueState::Waiting => "waiting",
            QueueState::Postponed => "put off",
            QueueState::Accepted => "accepted",
            QueueState::Rejected => "rejected",
            QueueState::Corrected => "corrected",
        }
    }

    /// Whether a person is still to say something.
    pub fn is_open(self) -> bool {
        matches!(self, QueueState::Waiting | QueueState::Postponed)
    }
}

/// A claim on record that may be about the same occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// Why it may be: time, place, what the record names.
    pub said: String,
    /// Its words.
    pub quoted: Quoted,
}

/// One reading with all that a person needs in order to rule on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewItem {
    /// The claim.
    pub claim: ClaimId,
    /// Where it stands.
    pub state: QueueState,
    /// Which program made it, and what persons said.
    pub reading: Option<Reading>,
    /// Where the document lies in the case.
    pub path: String,
    /// `Title, publisher, day`, as far as they are known.
    pub document_said: String,
    /// The words in their surroundings.
    pub excerpt: Excerpt,
    /// What was read.
    pub fields: Vec<FieldWords>,
    /// Which rules produced it.
    pub rules: Vec<String>,
    /// Promises of the agreement that its kind bears on.
    pub promises: Vec<String>,
    /// What may be the same occurrence.
    pub candidates: Vec<Candidate>,
}

/// How many readings stand where, within what is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueCounts {
    /// Nobody has ruled on them.
    pub n_waiting: usize,
    /// Put off.
    pub n_postponed: usize,
    /// Accepted.
    pub n_accepted: usize,
    /// Rejected.
    pub n_rejected: usize,
    /// Corrected since the review began.
    pub n_corrected: usize,
}

impl QueueCounts {
    /// Adds one.
    pub fn add(&mut self, state: QueueState) {
        match state {
            QueueState::Waiting => self.n_waiting += 1,
            QueueState::Postponed => self.n_postponed += 1,
            QueueState::Accepted => self.n_accepted += 1,
            QueueState::Rejected => self.n_rejected += 1,
            QueueState::Corrected => self.n_corrected += 1,
        }
    }

    /// `12 waiting, 3 put off, 40 accepted`.
    pub fn said(&self) -> String {
        let parts = [
            (self.n_waiting, QueueState::Waiting),
            (self.n_postponed, QueueState::Postponed),
            (self.n_accepted, QueueState::Accepted),
            (self.n_rejected, QueueState::Rejected),
            (self.n_corrected, QueueState::Corrected),
        ];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(n, state)| *n > 0 || *state == QueueState::Waiting)
            .map(|(n, state)| {
                format!(
                    "{} {}",
                    crate::figures::number(servanda_model::Number::whole(n as i64)),
                    state.said()
                )
            })
            .collect();
        said.join(", ")
    }
}

/// The queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewView {
    /// `review.v1`.
    pub schema: String,
    /// Title of the case.
    pub case: String,
    /// What it was narrowed to, in words; empty: everything.
    pub asked_said: String,
    /// How many stand where.
    pub counts: QueueCounts,
    /// The readings, in the order in which they are to be looked at.
    pub items: Vec<ReviewItem>,
}

/// `3 claims were read by the program and not reviewed`: a remark for other screens; `None` where there are none.
pub fn unreviewed_said(n: usize) -> Option<String> {
    let were = count(n, "claim was read by the program and", "claims were read by the program and");
    (n > 0).then(|| format!("{were} not reviewed; 'servanda review' goes through them"))
}
