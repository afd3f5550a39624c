//! The comparison screen: what two standpoints see differently, and because of which sources (`compare.v1`).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{ClaimId, Finding, Name};

use crate::heading::Heading;
use crate::lexicon::{Lexicon, claims_of, claims_that_bear};
use crate::row::{StatusRow, status_row};
use crate::timeline::{Difference, differences};

/// A source that only one of the standpoints counts, and how many of its claims bear on the promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceShare {
    /// Who, as a label.
    pub source: String,
    /// Claims that bear on the promise.
    pub n_claims: usize,
}

/// A promise that two standpoints see differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedRow {
    /// The promise from the first standpoint.
    pub first: StatusRow,
    /// The promise from the second; `None`: it has no such row.
    pub second: Option<StatusRow>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Sources whose claims bear on it from the first standpoint only.
    pub only_first: Vec<SourceShare>,
    /// Sources whose claims bear on it from the second standpoint only.
    pub only_second: Vec<SourceShare>,
    /// The readings followed, where they differ: first, second.
    pub readings: Option<(String, String)>,
}

/// What two standpoints see differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CompareView {
    /// `compare.v1`.
    pub schema: String,
    /// Case, moments, first standpoint.
    pub heading: Heading,
    /// The second standpoint.
    pub versus: Name,
    /// Its label.
    pub versus_said: String,
    /// Promises that differ.
    pub rows: Vec<ComparedRow>,
    /// How many promises look the same from both.
    pub n_same: usize,
}

impl CompareView {
    /// The screen of findings (with trees) from two standpoints.
    pub fn new(
        heading: Heading,
        versus: (Name, String),
        (first, second): (&[Finding], &[Finding]),
        lexicon: &Lexicon,
    ) -> CompareView {
        let civil = heading.civil();
        let key = |finding: &Finding| {
            (finding.instrument.clone(), finding.provision.clone(), finding.obligor.clone())
        };
        let seconds: BTreeMap<_, &Finding> = second.iter().map(|finding| (key(finding), finding)).collect();
        let mut rows = Vec::new();
        for finding in first {
            let row = status_row(finding, lexicon, &civil, heading.as_of);
            let Some(other) = seconds.get(&key(finding)) else {
                let (differences, only_second) = (Vec::new(), Vec::new());
                let only_first = shares(&claims_of(finding).into_iter().collect(), lexicon);
                rows.push(ComparedRow {
                    first: row,
                    second: None,
                    differences,
                    only_first,
                    only_second,
                    readings: None,
                });
                continue;
            };
            let other_row = status_row(other, lexicon, &civil, heading.as_of);
            let differences = differences(&row, &other_row);
            if differences.is_empty() {
                continue;
            }
            // Where the states differ, the start may be the reason; else it is the same for both.
            let same_state = finding.state == other.state && finding.start == other.start;
            let claims = if same_state { claims_that_bear } else { claims_of };
            let mine: BTreeSet<ClaimId> = claims(finding).into_iter().collect();
            let theirs: BTreeSet<ClaimId> = claims(other).into_iter().collect();
            let as_written =
                |reading: &Option<String>| reading.clone().unwrap_or_else(|| "as written".to_owned());
            rows.push(ComparedRow {
                first: row,
                second: Some(other_row),
                differences,
                only_first: shares(&mine.difference(&theirs).copied().collect(), lexicon),
                only_second: shares(&theirs.difference(&mine).copied().collect(), lexicon),
                readings: (finding.reading != other.reading)
                    .then(|| (as_written(&finding.reading), as_written(&other.reading))),
            });
        }
        let n_same = first.len() - rows.len();
        let (versus, versus_said) = versus;
        CompareView { schema: "compare.v1".to_owned(), heading, versus, versus_said, rows, n_same }
    }
}

/// Sources by the number of their claims, most first, then by name.
fn shares(claims: &BTreeSet<ClaimId>, lexicon: &Lexicon) -> Vec<SourceShare> {
    let mut by_source: BTreeMap<String, usize> = BTreeMap::new();
    for quoted in claims.iter().filter_map(|claim| lexicon.quotes.get(claim)) {
        let source = quoted.according_to.last().cloned().unwrap_or_else(|| "no source named".to_owned());
        *by_source.entry(source).or_default() += 1;
    }
    let mut shares: Vec<SourceShare> =
        by_source.into_iter().map(|(source, n_claims)| SourceShare { source, n_claims }).collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.n_claims));
    shares
}
