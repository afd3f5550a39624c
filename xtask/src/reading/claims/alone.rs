//! How many values a claim gives that only one of the two has: the annotated claim that was missed, or the claim of the program
//! that is spurious. No value of such a claim is right.

use servanda_model::{AttributionRole, Claim, ClaimKind, Polarity};

use super::fields::{FIELDS, Tally};
use super::gold::GoldClaim;

/// Values of a claim that was missed, in the order of [`FIELDS`].
pub(super) fn missed(claim: &GoldClaim) -> Vec<Tally> {
    let is_meeting = claim.kind == ClaimKind::Meeting;
    let n_targets = claim.targets.len();
    let n = |field: &str| match field {
        "speaker" => usize::from(!claim.may_be_nobody()),
        "chain" => usize::from(!claim.may_have_no_source()),
        "actor" => claim.actors.len() + if is_meeting { n_targets } else { 0 },
        "target" => {
            if is_meeting {
                0
            } else {
                n_targets
            }
        }
        "negative" => usize::from(claim.polarity == Polarity::Negative),
        "condition" => usize::from(claim.condition.is_some()),
        "commitment" => usize::from(!claim.commitment_level.is_empty()),
        "issue" => usize::from(!claim.issue.is_empty()),
        "date" => usize::from(claim.date.as_ref().is_some_and(|date| !date.is_open())),
        "quantity" => claim.quantities.len(),
        _ => 1,
    };
    FIELDS.iter().map(|field| Tally { same: 0, gold: n(field), read: 0 }).collect()
}

/// Values of a claim that is spurious, in the order of [`FIELDS`].
pub(super) fn spurious(claim: &Claim) -> Vec<Tally> {
    let is_meeting = claim.kind == ClaimKind::Meeting;
    let n_targets = claim.targets.len();
    let has_source = claim.attribution.iter().any(|link| link.role == AttributionRole::Source);
    let n = |field: &str| match field {
        "speaker" => usize::from(claim.speaker.is_some()),
        "chain" => usize::from(has_source),
        "actor" => claim.actors.len() + if is_meeting { n_targets } else { 0 },
        "target" => {
            if is_meeting {
                0
            } else {
                n_targets
            }
        }
        "negative" => usize::from(claim.polarity == Polarity::Negative),
        "condition" => usize::from(claim.condition.is_some()),
        "commitment" => usize::from(claim.commitment_level.is_some()),
        "issue" => usize::from(claim.issue.is_some()),
        "date" => {
            usize::from(claim.date.as_ref().is_some_and(|date| date.start.is_some() || date.end.is_some()))
        }
        "quantity" => claim.quantities.len(),
        _ => 1,
    };
    FIELDS.iter().map(|field| Tally { same: 0, gold: 0, read: n(field) }).collect()
}
