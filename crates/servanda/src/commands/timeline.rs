//! `timeline`: what changed between two dates.

use servanda_ledger::{Change, What};
use servanda_model::{DAY_MS, Judgement};
use servanda_render::{RecordedItem, RecordedSort, TimelineView, text};

use crate::Answer;
use crate::args::{Common, View};
use crate::error::CommandError;
use crate::lexicon::{add_quote, add_quotes};
use crate::moments::moment;
use crate::out::Console;
use crate::question::Asked;

/// What changed between two dates.
pub(super) fn timeline(
    common: &Common,
    since: Option<&str>,
    view: &View,
    console: &Console,
) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, view)?;
    let from = match since {
        Some(text) => moment(text, "--since", &asked.case.file.clock)?,
        None => asked.moments.as_of.plus_ms(-7 * DAY_MS),
    };
    if from >= asked.moments.as_of {
        return Err(
            CommandError::usage("--since is not before --as-of").hint("name the earlier date with --since")
        );
    }
    let before = asked.findings_at(&asked.standpoint, (from, from.min(asked.moments.known)), &[], false)?;
    let after = asked.findings(&[], false)?;
    let record = asked.records.ledger.as_of(asked.moments.known);
    add_quotes(&mut asked.lexicon, &record, &before);
    add_quotes(&mut asked.lexicon, &record, &after);
    let changes: Vec<Change> =
        record.changes().iter().copied().filter(|change| change.known_at > from).collect();
    let mut corrected = std::collections::BTreeSet::new();
    for change in &changes {
        if let What::Assert(ix) = change.what
            && let Some(old) = record.claim(ix).and_then(|claim| claim.corrects)
        {
            corrected.insert(old);
        }
    }
    let mut recorded = Vec::new();
    for change in changes {
        let (sort, ix) = match change.what {
            What::Assert(ix) => (RecordedSort::Claim, ix),
            What::Retract(ix) if corrected.contains(&record.claim_id(ix)) => continue,
            What::Retract(ix) => (RecordedSort::Retraction, ix),
            What::Rule(ix) => {
                let Some(ruling) = record.ruling(ix) else { continue };
                recorded.push(RecordedItem {
                    known_at: change.known_at,
                    sort: RecordedSort::Ruling,
                    about: judged(&ruling.ruling.judgement),
                    remark: Some(ruling.ruling.reason.clone()),
                    quote: None,
                });
                continue;
            }
        };
        let Some(claim) = record.claim(ix) else { continue };
        let id = record.claim_id(ix);
        add_quote(&mut asked.lexicon, &record, id);
        let is_correction = sort == RecordedSort::Claim && claim.corrects.is_some();
        recorded.push(RecordedItem {
            known_at: change.known_at,
            sort: if is_correction { RecordedSort::Correction } else { sort },
            about: claim
                .event_kind
                .as_ref()
                .map(|kind| asked.lexicon.kind(kind).to_owned())
                .unwrap_or_default(),
            remark: if is_correction { claim.note.clone() } else { None },
            quote: asked.lexicon.quotes.get(&id).cloned(),
        });
    }
    let screen = TimelineView::new(
        asked.heading(),
        (from, from.min(asked.moments.known)),
        (&before, &after),
        recorded,
        &asked.lexicon,
    );
    if view.json {
        console.json(&screen)?;
    } else {
        console.print(&text::timeline(&screen, console.page()))?;
    }
    Ok(Answer::Yes)
}

fn judged(judgement: &Judgement) -> String {
    match judgement {
        Judgement::Accept => "accepted".to_owned(),
        Judgement::Reject => "rejected".to_owned(),
        Judgement::SameIncident => "one occurrence".to_owned(),
        Judgement::NotSameIncident => "different occurrences".to_owned(),
        Judgement::Verified => "verified".to_owned(),
        Judgement::Refuted => "refuted".to_owned(),
        Judgement::Disputed => "disputed".to_owned(),
        Judgement::Breach { provision, obligor } => format!("{provision}, {obligor}: breach"),
        Judgement::NoBreach { provision, obligor } => format!("{provision}, {obligor}: no breach"),
        Judgement::Postpone => "put off".to_owned(),
    }
}
