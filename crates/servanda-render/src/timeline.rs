//! The timeline screen: what changed between two moments (`timeline.v1`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Finding, Instant, Name};

use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::row::{StatusRow, status_row};
use crate::words::Form;

/// What sort of thing became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordedSort {
    /// A claim.
    Claim,
    /// A claim that takes the place of an earlier one.
    Correction,
    /// A claim that no longer counts.
    Retraction,
    /// A person's ruling.
    Ruling,
}

/// Something that became known between the two moments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordedItem {
    /// When it became known.
    pub known_at: Instant,
    /// What sort.
    pub sort: RecordedSort,
    /// What kind of occurrence it is about, as a label; empty where none is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// A ruling's reason, or why a claim was corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quoted>,
}

/// One part of a promise before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// What differs (`state`, `progress`, `due`, `level`, `badges`, `reported breaches`).
    pub what: String,
    /// Before, or from the first standpoint.
    pub before: String,
    /// After, or from the second standpoint.
    pub after: String,
}

/// A promise that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedRow {
    /// The promise as it stands after; where it is gone, as it stood before.
    pub row: StatusRow,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// What changed between two moments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineView {
    /// `timeline.v1`.
    pub schema: String,
    /// The later moment.
    pub heading: Heading,
    /// The earlier moment: as of ...
    pub from: Instant,
    /// ... and as known at.
    pub from_known: Instant,
    /// Promises that changed, in the order of the agreement.
    pub rows: Vec<ChangedRow>,
    /// Promises that did not change.
    pub n_unchanged: usize,
    /// What became known in between, oldest first.
    pub recorded: Vec<RecordedItem>,
}

impl TimelineView {
    /// The screen of findings before and after.
    pub fn new(
        heading: Heading,
        from: (Instant, Instant),
        (before, after): (&[Finding], &[Finding]),
        recorded: Vec<RecordedItem>,
        lexicon: &Lexicon,
    ) -> TimelineView {
        let rows = changed_rows(before, after, lexicon, &heading);
        let n_unchanged = after.len().saturating_sub(rows.len());
        TimelineView {
            schema: "timeline.v1".to_owned(),
            heading,
            from: from.0,
            from_known: from.1,
            rows,
            n_unchanged,
            recorded,
        }
    }
}

/// Rows that differ between two lists of findings.
pub fn changed_rows(
    before: &[Finding],
    after: &[Finding],
    lexicon: &Lexicon,
    heading: &Heading,
) -> Vec<ChangedRow> {
    let civil = heading.civil();
    let key =
        |finding: &Finding| (finding.instrument.clone(), finding.provision.clone(), finding.obligor.clone());
    let row = |finding: &Finding| status_row(finding, lexicon, &civil, heading.as_of);
    let old: BTreeMap<(Name, Name, Name), &Finding> =
        before.iter().map(|finding| (key(finding), finding)).collect();
    let new: BTreeMap<(Name, Name, Name), &Finding> =
        after.iter().map(|finding| (key(finding), finding)).collect();
    let mut changed = Vec::new();
    for finding in after {
        let now = row(finding);
        let differences = match old.get(&key(finding)) {
            Some(then) => differences(&row(then), &now),
            None => vec![Difference {
                what: "state".to_owned(),
                before: "did not exist".to_owned(),
                after: now.state_said.clone(),
            }],
        };
        if !differences.is_empty() {
            changed.push(ChangedRow { row: now, differences });
        }
    }
    for finding in before.iter().filter(|finding| !new.contains_key(&key(finding))) {
        let then = row(finding);
        let differences = vec![Difference {
            what: "state".to_owned(),
            before: then.state_said.clone(),
            after: "does not exist".to_owned(),
        }];
        changed.push(ChangedRow { row: then, differences });
    }
    changed
}

/// What of a row differs, in words.
pub fn differences(before: &StatusRow, after: &StatusRow) -> Vec<Difference> {
    let badges = |row: &StatusRow| {
        row.badges_said.iter().map(|badge| badge.said.as_str()).collect::<Vec<_>>().join(", ")
    };
    let level =
        |row: &StatusRow| row.finding.level.map_or_else(String::new, |level| u8::from(level).to_string());
    // Of a prohibition, progress counts the reported breaches already.
    let episodes = |row: &StatusRow| match row.episodes_said.len() {
        0 => String::new(),
        _ if row.form == Form::Not => String::new(),
        n => n.to_string(),
    };
    let mut found = Vec::new();
    for (what, was, is) in [
        ("state", before.state_said.clone(), after.state_said.clone()),
        ("progress", before.progress_said.clone(), after.progress_said.clone()),
        ("due", before.due_said.clone(), after.due_said.clone()),
        ("level", level(before), level(after)),
        ("reported breaches", episodes(before), episodes(after)),
        ("badges", badges(before), badges(after)),
    ] {
        if was != is {
            let or_nothing = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
            found.push(Difference { what: what.to_owned(), before: or_nothing(was), after: or_nothing(is) });
        }
    }
    found
}
