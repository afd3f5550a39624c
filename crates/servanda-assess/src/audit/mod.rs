//! Audit: which published figures contradict themselves, or their counter's earlier ones?
//!
//! The rules are those of `docs/methods/audit.md`. All sides' statements are checked by the same arithmetic; a standpoint
//! changes nothing, and no finding says who is right.

mod across;
mod copies;
mod outlying;
mod rounding;
mod shares;
mod statement;
mod totals;
mod weekday;

use servanda_ledger::View;
use servanda_model::{AuditFinding, Counter, Name, PromisedRate, Standpoint};
use servanda_pact::{Agreement, Clock};

use crate::Context;
use crate::counts::{Gathering, gather};
use crate::status::UnknownClock;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// Only these kinds; empty: all, and statements that name none.
    pub kinds: &'q [Name],
    /// Only figures of these counters, speakers or origins; empty: all.
    pub who: &'q [Name],
    /// Counting rules of the case.
    pub counters: &'q [Counter],
    /// Promised rates with their kinds.
    pub promises: &'q [(Name, PromisedRate)],
}

/// Everything that does not fit together, in the order of rules, kinds, counters and periods.
///
/// # Errors
/// [`UnknownClock`] where the agreement's clock is no IANA time zone.
pub fn audit(
    view: &View,
    agreement: &Agreement,
    context: &Context,
    question: &Question,
) -> Result<Vec<AuditFinding>, UnknownClock> {
    let clock = Clock::new(&agreement.clock).ok_or_else(|| UnknownClock(agreement.clock.clone()))?;
    let mut found: Vec<AuditFinding> = Vec::new();
    let statements = statement::statements(view, agreement, question);
    statements.iter().for_each(|statement| weekday::check(statement, &mut found));
    let statements: Vec<_> = statements.into_iter().filter(|statement| statement.has_figures).collect();
    statements.iter().for_each(|statement| shares::check(statement, question, &mut found));
    totals::components(&statements, &mut found);
    copies::check(&statements, &mut found);
    across::rates(&statements, question, &mut found);
    let kinds: Vec<Name> = if question.kinds.is_empty() {
        agreement.kinds.iter().map(|kind| kind.id.clone()).collect()
    } else {
        question.kinds.to_vec()
    };
    let everybody = Standpoint::all_sources();
    // What nobody in particular counts is compared with nothing.
    let wanted = |_, is_counted: bool, _| is_counted;
    let gathering = Gathering {
        agreement,
        standpoint: &everybody,
        context,
        kinds: &kinds,
        counters: question.counters,
        clock: &clock,
        wanted: &wanted,
    };
    let series = gather(view, &gathering);
    for (key, rows) in &series {
        let is_asked = |row: &&crate::counts::Row| statement::is_asked(view, row.ix, question.who);
        let rows: Vec<crate::counts::Row> =
            rows.iter().filter(|row| !row.is_former).filter(is_asked).cloned().collect();
        across::series(view, key, &rows, &mut found);
        outlying::check(view, key, &rows, &mut found);
    }
    across::units(view, &series, question.who, &mut found);
    found.sort_by(|a, b| {
        let key = |one: &AuditFinding| {
            (one.code.clone(), one.kind.clone(), one.counter.clone(), one.window, one.claims.clone())
        };
        key(a).cmp(&key(b))
    });
    found.dedup();
    Ok(found)
}
