//! Aid on its way: what was cleared, offloaded, collected, what arrived, what was intercepted, according to whom?
//!
//! The rules are those of `docs/methods/aid.md`. Figures are those of [`crate::counts`]: by counter, never added across
//! counters. A stock below zero is a conflict of data, shown and not mended.

mod delay;
mod energy;
mod flows;
mod triangle;

use servanda_ledger::View;
use servanda_model::{
    AidFinding, AidPlan, AidRow, Conversion, Counter, EstimatedPeriod, EstimatedSeries, Name, Number,
    PromisedRate, SeriesBasis, Standpoint, Window, Withheld,
};
use servanda_pact::{Agreement, Clock, Per};

pub use delay::{Delays, Late, MAX_AGE, MIN_PERIODS, NoDelays, delays};
pub use energy::{Extent, along, chain};
pub use flows::KCAL;
pub use triangle::{CompletedRow, Completion, Triangle};

use crate::Context;
use crate::counts::{self, Gathering, gather};
use crate::status::UnknownClock;

/// Most recent periods that are listed as estimates.
const MAX_ESTIMATED: usize = 14;
/// Most periods of the past that the pace of late reports is learnt from: two years of days.
const MAX_PERIODS: usize = 731;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<'q> {
    /// What the case says of aid.
    pub plan: &'q AidPlan,
    /// The window.
    pub window: Window,
    /// Days or weeks in which late reports are completed; hours count as days.
    pub per: Per,
    /// Counting rules of the case.
    pub counters: &'q [Counter],
    /// Sourced factors of the case.
    pub conversions: &'q [Conversion],
    /// Promised rates, each with its kind.
    pub promises: &'q [(Name, PromisedRate)],
}

/// Aid in a window, by counter and stage.
///
/// # Errors
/// [`UnknownClock`] where the agreement's clock is no IANA time zone.
pub fn aid(
    view: &View,
    agreement: &Agreement,
    standpoint: &Standpoint,
    context: &Context,
    question: &Question,
) -> Result<AidFinding, UnknownClock> {
    let clock = Clock::new(&agreement.clock).ok_or_else(|| UnknownClock(agreement.clock.clone()))?;
    let kinds = kinds(question);
    let rows_in = |window: Window| -> Result<Vec<AidRow>, UnknownClock> {
        let asked = counts::Question {
            kinds: &kinds,
            window,
            per: None,
            component: None,
            counters: question.counters,
            conversions: question.conversions,
            promises: question.promises,
        };
        let by_kind = counts::counts(view, agreement, standpoint, context, &asked)?;
        let mut rows: Vec<AidRow> = Vec::new();
        for counts in by_kind {
            let series = counts.series.into_iter();
            rows.extend(
                series.map(|series| flows::row(&counts.kind, series, question.plan, question.conversions)),
            );
        }
        // Figures without a stage come last.
        rows.sort_by_key(|row| (row.stage.is_none(), row.stage, row.by));
        Ok(rows)
    };
    let rows = rows_in(question.window)?;
    let mut checks = Vec::new();
    for pending in flows::pending(&rows) {
        let by_window = pending.windows.iter().map(|window| rows_in(*window));
        let by_window: Vec<Vec<AidRow>> = by_window.collect::<Result<_, _>>()?;
        checks.push(flows::check(pending, &by_window));
    }
    let estimates = estimates(view, agreement, standpoint, context, question, &kinds, &clock);
    let (population, need) = (question.plan.population.clone(), question.plan.need.clone());
    Ok(AidFinding { window: question.window, rows, checks, estimates, population, need })
}

/// The kinds that a stage is named for: by the plan, or by a counting rule that gives a stage.
fn kinds(question: &Question) -> Vec<Name> {
    let planned = question.plan.stages.iter().map(|rule| &rule.kind);
    let counted = question.counters.iter().filter(|counter| counter.stage.is_some());
    let mut kinds: Vec<Name> = Vec::new();
    for kind in planned.chain(counted.flat_map(|counter| &counter.of)) {
        if !kinds.contains(kind) {
            kinds.push(kind.clone());
        }
    }
    kinds
}

/// Completes the recent periods of every list of single reports.
fn estimates(
    view: &View,
    agreement: &Agreement,
    standpoint: &Standpoint,
    context: &Context,
    question: &Question,
    kinds: &[Name],
    clock: &Clock,
) -> Vec<EstimatedSeries> {
    // Consignments one by one: single occurrences.
    let wanted = |basis: SeriesBasis, _, _| basis == SeriesBasis::Occurrences;
    let counters = question.counters;
    let gathering = Gathering { agreement, standpoint, context, kinds, counters, clock, wanted: &wanted };
    let gathered = gather(view, &gathering);
    let lists = gathered.into_iter().filter(|(key, _)| key.basis == SeriesBasis::Occurrences);
    let per = if question.per == Per::Week { Per::Week } else { Per::Day };
    lists
        .map(|(key, rows)| {
            let reports: Vec<Late> = rows
                .iter()
                .filter(|row| !row.is_former)
                .map(|row| Late {
                    earliest: servanda_model::Instant::from_ms(row.start),
                    latest: servanda_model::Instant::from_ms(row.end - 1),
                    known_at: servanda_model::Instant::from_ms(row.known),
                    amount: Number::from_thousandths(row.total.0).to_f64(),
                })
                .collect();
            let periods = periods(&reports, question.window, per, clock);
            let found = delays(&reports, &periods, view.known().min(question.window.end));
            let period_days = if per == Per::Week { 7 } else { 1 };
            let mut series = EstimatedSeries {
                counter: key.counter,
                kind: key.kind,
                unit: key.unit,
                period_days,
                periods: Vec::new(),
                n_periods: periods.len() as u32,
                withheld: None,
            };
            match found {
                Ok(delays) => series.periods = completed(&delays),
                Err(NoDelays::TooFewPeriods { .. }) => series.withheld = Some(Withheld::TooFewPeriods),
                Err(NoDelays::NoDelay) => series.withheld = Some(Withheld::NoDelay),
            }
            series
        })
        .collect()
}

/// The periods from the first report, or so many before the window's end, to that end.
fn periods(reports: &[Late], window: Window, per: Per, clock: &Clock) -> Vec<Window> {
    let Some(first) = reports.iter().map(|report| report.earliest).filter(|first| *first < window.end).min()
    else {
        return Vec::new();
    };
    let days = if per == Per::Week { 7 } else { 1 };
    let earliest = window.end.plus_ms(-(MAX_PERIODS as i64) * days * servanda_model::DAY_MS);
    let mut period = clock.window_of(first.max(earliest), per);
    let mut periods = Vec::new();
    while period.end <= window.end && periods.len() < MAX_PERIODS {
        periods.push(period);
        period = clock.next_window(period, per);
    }
    periods
}

/// The periods that reports are still missing for, by the pace learnt; never less than what is on record.
fn completed(delays: &Delays) -> Vec<EstimatedPeriod> {
    let completion = delays.triangle.complete();
    let number = |value: f64| Number::from_thousandths((value * 1000.0).round().clamp(0.0, 9e15) as i64);
    let each = delays.periods.iter().zip(&completion.rows).zip(&delays.reported);
    let open: Vec<EstimatedPeriod> = each
        .filter(|((_, row), reported)| row.estimate > **reported + 0.0005)
        .map(|((window, row), reported)| EstimatedPeriod {
            window: *window,
            reported: number(*reported),
            estimate: number(row.estimate),
            standard_error: row.error.map(number),
        })
        .collect();
    open[open.len().saturating_sub(MAX_ESTIMATED)..].to_vec()
}
