//! Counts: what does every counter say of one kind in one window, by which rule, and why do they differ?
//!
//! The rules are those of `docs/methods/counts.md`. Figures of two counters never meet in one sum: a series is of one
//! counter, one rule, one unit and one basis.

mod differ;
mod figures;
mod gather;
mod promise;
mod series;
mod sums;

use servanda_ledger::View;
use servanda_model::{Conversion, Counter, KindCounts, Name, PromisedRate, SeriesBasis, Standpoint, Window};
use servanda_pact::{Agreement, Clock, Per};

use crate::Context;
use crate::status::UnknownClock;

pub(crate) use gather::{Gathering, Row, SeriesKey, gather};
pub use promise::promised_rates;
pub(crate) use promise::{days_of, promised_over, rule_of};
pub(crate) use sums::{OPEN, Sums, Told};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<'q> {
    /// Kinds of the agreement.
    pub kinds: &'q [Name],
    /// The window.
    pub window: Window,
    /// Days or weeks to list, where wanted; hours are not counted apart.
    pub per: Option<Per>,
    /// Only this component.
    pub component: Option<&'q Name>,
    /// Counting rules of the case.
    pub counters: &'q [Counter],
    /// Sourced factors of the case.
    pub conversions: &'q [Conversion],
    /// Promised rates, each with its kind and the day since which it binds.
    pub promises: &'q [(Name, PromisedRate)],
}

/// Every counter's figures of the kinds asked, side by side, in one pass over the record.
///
/// # Errors
/// [`UnknownClock`] where the agreement's clock is no IANA time zone.
pub fn counts(
    view: &View,
    agreement: &Agreement,
    standpoint: &Standpoint,
    context: &Context,
    question: &Question,
) -> Result<Vec<KindCounts>, UnknownClock> {
    let clock = Clock::new(&agreement.clock).ok_or_else(|| UnknownClock(agreement.clock.clone()))?;
    let (from, to) = (question.window.start.ms(), question.window.end.ms());
    // Totals outside of the window can still bound what is inside; single occurrences cannot.
    let wanted = |basis: SeriesBasis, _, (start, end): (i64, i64)| {
        !matches!(basis, SeriesBasis::Occurrences | SeriesBasis::Outstanding) || (start < to && end > from)
    };
    let (kinds, counters) = (question.kinds, question.counters);
    let gathering =
        Gathering { agreement, standpoint, context, kinds, counters, clock: &clock, wanted: &wanted };
    let gathered = gather(view, &gathering);
    let kinds = question.kinds.iter().map(|kind| {
        let promises: Vec<PromisedRate> =
            question.promises.iter().filter(|(of, _)| of == kind).map(|(_, rate)| rate.clone()).collect();
        let of_kind = gathered.iter().filter(|(key, _)| key.kind == *kind);
        let mut series: Vec<_> = of_kind
            .flat_map(|(key, rows)| series::series(view, key, rows, &promises, question, &clock))
            .collect();
        differ::mark_origins(&mut series);
        let differences = differ::differences(&series);
        KindCounts { kind: kind.clone(), window: question.window, promises, series, differences }
    });
    Ok(kinds.collect())
}
