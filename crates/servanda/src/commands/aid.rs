//! `aid`: aid on its way, by stage and counter.

use servanda_assess::aid::Question;
use servanda_model::{ClaimId, Name};
use servanda_pact::Per;
use servanda_render::{AidView, text};

use super::counts::{promises, window};
use crate::Answer;
use crate::args::{Aid, CellLength, Common};
use crate::error::{CommandError, ErrorKind};
use crate::lexicon::add_quote;
use crate::out::Console;
use crate::question::Asked;

/// Aid in one window.
pub(super) fn aid(common: &Common, aid: &Aid, console: &Console) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, &aid.view)?;
    let screen = screen(&mut asked, (aid.from.as_deref(), aid.to.as_deref()), aid.per)?.ok_or_else(|| {
        CommandError::new(ErrorKind::Case, "the case does not say which figures are about aid")
            .hint("name kinds and their stages in aid.toml, or give counters a stage in counters.toml")
    })?;
    if aid.view.json {
        console.json(&screen)?;
    } else {
        console.print(&text::aid(&screen, console.page()))?;
    }
    Ok(Answer::Yes)
}

/// The screen; `None` where the case says nothing of aid.
pub(super) fn screen(
    asked: &mut Asked,
    (from, to): (Option<&str>, Option<&str>),
    per: CellLength,
) -> Result<Option<AidView>, CommandError> {
    let plan = &asked.case.aid;
    let planned = plan.stages.iter().map(|rule| rule.kind.clone());
    let counted = asked.case.counters.iter().filter(|counter| counter.stage.is_some());
    let kinds: Vec<Name> = planned.chain(counted.flat_map(|counter| counter.of.clone())).collect();
    if kinds.is_empty() {
        return Ok(None);
    }
    let promises = promises(asked)?;
    let window = window(asked, (from, to), &kinds, &promises)?;
    let record = asked.records.ledger.as_of(asked.moments.known);
    let question = Question {
        plan,
        window,
        per: match per {
            CellLength::Day => Per::Day,
            CellLength::Week => Per::Week,
        },
        counters: &asked.case.counters,
        conversions: &asked.case.conversions,
        promises: &promises,
    };
    let context = asked.case.context();
    let found =
        servanda_assess::aid::aid(&record, &asked.case.agreement, &asked.standpoint, &context, &question)
            .map_err(|error| CommandError::new(ErrorKind::Case, error.to_string()))?;
    let statements = found.rows.iter().flat_map(|row| &row.series.statements);
    let mut claims: Vec<ClaimId> =
        statements.flat_map(|statement| statement.claims.iter().copied()).collect();
    claims
        .extend(found.checks.iter().flat_map(|check| check.reached_claims.iter().chain(&check.left_claims)));
    for claim in claims {
        add_quote(&mut asked.lexicon, &record, claim);
    }
    Ok(Some(AidView::new(asked.heading(), found, &asked.lexicon)))
}
