//! The status screen: every promise with its state (`status.v1`).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Badge, Finding, State};

use crate::heading::Heading;
use crate::lexicon::Lexicon;
use crate::row::{StatusRow, status_row};
use crate::words::{self, Form};

/// How many promises are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StateCount {
    /// The state as reported; `None`: the record does not decide.
    pub state: Option<State>,
    /// Its word.
    pub said: String,
    /// How many.
    pub n: usize,
}

/// A word of the screen with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LegendEntry {
    /// The word.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

/// Every promise of a case with its state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatusView {
    /// `status.v1`.
    pub schema: String,
    /// Case, moments, standpoint.
    pub heading: Heading,
    /// One row per provision and obligor, in the order of the agreement.
    pub rows: Vec<StatusRow>,
    /// How many rows are in each state.
    pub counts: Vec<StateCount>,
    /// The words used, with their meanings.
    pub legend: Vec<LegendEntry>,
}

impl StatusView {
    /// The screen of some findings.
    pub fn new(heading: Heading, findings: &[Finding], lexicon: &Lexicon) -> StatusView {
        let civil = heading.civil();
        let rows: Vec<StatusRow> =
            findings.iter().map(|finding| status_row(finding, lexicon, &civil, heading.as_of)).collect();
        let counts = counts(&rows);
        let legend = legend(&rows);
        StatusView { schema: "status.v1".to_owned(), heading, rows, counts, legend }
    }
}

/// How many rows are in each state, contested ones apart.
pub fn counts(rows: &[StatusRow]) -> Vec<StateCount> {
    let mut counts: Vec<StateCount> = Vec::new();
    let n_contested = rows.iter().filter(|row| !row.finding.state.is_settled()).count();
    for state in words::STATES {
        let is = |row: &&StatusRow| row.finding.state.is_settled() && row.finding.state.reported == state;
        let n = rows.iter().filter(is).count();
        if n > 0 {
            let said = words::state(state, Form::Deliver).to_owned();
            counts.push(StateCount { state: Some(state), said, n });
        }
    }
    if n_contested > 0 {
        counts.push(StateCount { state: None, said: "contested".to_owned(), n: n_contested });
    }
    counts
}

fn legend(rows: &[StatusRow]) -> Vec<LegendEntry> {
    let entry =
        |word: &str, meaning: &str| LegendEntry { word: word.to_owned(), meaning: meaning.to_owned() };
    let mut legend = Vec::new();
    for state in words::STATES {
        let views = |row: &StatusRow| {
            let state = row.finding.state;
            [state.worst, state.best, state.reported]
        };
        if rows.iter().any(|row| views(row).contains(&state)) {
            legend.push(entry(words::state(state, Form::Deliver), words::state_meaning(state)));
        }
    }
    // "no deadline" says itself.
    let badges = rows.iter().flat_map(|row| row.finding.badges.iter().cloned());
    let badges: BTreeSet<Badge> = badges.filter(|badge| *badge != Badge::NoDeadline).collect();
    legend.extend(badges.iter().map(|badge| entry(words::badge(badge), words::badge_meaning(badge))));
    if rows.iter().any(|row| row.finding.level.is_some()) {
        legend.push(entry(
            "level",
            "0 not begun, 1 at the present pace it is missed, 2 at the present pace it is met, 3 full",
        ));
    }
    legend
}
