//! Rulings: a person's signed, dated judgement about claims.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, Name};

/// What a person judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "judgement")]
pub enum Judgement {
    /// The claims are sound readings of their documents.
    Accept,
    /// The claims are no sound readings of their documents; they no longer count.
    Reject,
    /// The claims are about one and the same occurrence.
    SameIncident,
    /// The claims are about different occurrences, whatever their names say.
    NotSameIncident,
    /// The incident that the claims are about is to be taken as verified.
    Verified,
    /// The incident that the claims are about is to be taken as refuted.
    Refuted,
    /// The incident that the claims are about stays disputed.
    Disputed,
    /// A provision was breached: only a ruling says so.
    Breach {
        /// The provision.
        provision: Name,
        /// Who breached it.
        obligor: Name,
    },
    /// A provision was not breached, whatever was reported.
    NoBreach {
        /// The provision.
        provision: Name,
        /// Who is cleared.
        obligor: Name,
    },
    /// The question is put off: claims that were accepted or rejected are open again.
    Postpone,
}

/// A person's judgement. The record that carries it gives author and time; a later ruling of the same author
/// about the same claims takes its place, and both stay on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ruling {
    /// What was judged.
    #[serde(flatten)]
    pub judgement: Judgement,
    /// The claims that the judgement is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimId>,
    /// Why, in the person's words.
    pub reason: String,
}
