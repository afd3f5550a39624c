//! Figures of one counter against its other ones (A102 and A107 across statements, A106, A107, A109).

use std::collections::BTreeMap;

use servanda_ledger::{Symbol, SymbolList, View};
use servanda_model::*;

use super::Question;
use super::rounding::Stated;
use super::shares::{over, rate_finding};
use super::statement::{Statement, is_asked};
use crate::counts::{OPEN, Row, SeriesKey};

/// Most figures of one series that are compared pair by pair.
const MAX_PAIRS: usize = 2000;

/// Totals and rates of one kind and one origin: of the same period, or the total within the period of a rate for each day.
pub(super) fn rates(statements: &[Statement], question: &Question, found: &mut Vec<AuditFinding>) {
    type Origin = (Symbol, Name, Symbol, SymbolList, Symbol);
    let mut by_origin: BTreeMap<Origin, (Vec<&Statement>, Vec<&Statement>)> = BTreeMap::new();
    for statement in
        statements.iter().filter(|one| one.fact.event_kind.is_some() && one.claim.window.is_some())
    {
        let Some(who) = &statement.who else { continue };
        let rule = question.counters.iter().find(|rule| rule.id == *who);
        let declared = rule.and_then(|rule| rule.origin.clone());
        let origin = declared.or(statement.claim.origin.clone()).unwrap_or_else(|| who.clone());
        let fact = statement.fact;
        let key = (fact.event_kind, origin, fact.component, fact.actors, fact.place);
        let entry = by_origin.entry(key).or_default();
        match statement.claim.measure {
            Measure::Total => entry.0.push(statement),
            Measure::PerDay => entry.1.push(statement),
            _ => {}
        }
    }
    for (totals, rates) in by_origin.into_values() {
        for (rate, total) in rates.iter().flat_map(|rate| totals.iter().map(move |total| (*rate, *total))) {
            found.extend(rate_and_total(rate, total));
        }
    }
}

fn rate_and_total(rate: &Statement, total: &Statement) -> Option<AuditFinding> {
    let (of_rate, of_total) = (rate.claim.window?, total.claim.window?);
    let (stated, sum) = (Stated::of(rate.claim.amount()?), Stated::of(total.claim.amount()?));
    let is_closed = sum.high != i64::MAX && stated.high != i64::MAX;
    if rate.unit != total.unit || !is_closed || !sum.is_plain() || !stated.is_plain() {
        return None;
    }
    let n = total.n_days()?;
    let is_rounded = |n: i64| stated.is_any_rounding(sum.low.into(), sum.high.into(), n.into());
    let mut finding = if of_rate == of_total {
        if is_rounded(n) {
            return None;
        }
        rate_finding(rate, sum, stated, 1, n)?
    } else {
        // A single rate is a mean of its whole period; only a range is said of each day.
        let is_within = of_rate.start <= of_total.start && of_total.end <= of_rate.end;
        if !is_within || stated.low == stated.high || is_rounded(n) {
            return None;
        }
        let fact = AuditFact::RateWithin {
            window: of_rate,
            rate: stated.bounds(),
            inner: of_total,
            n_days: u32::try_from(n).unwrap_or(0),
            total: sum.bounds(),
            implied: over(sum, 1, n),
        };
        rate.finding("A107", AuditGrade::Conflict, fact)
    };
    finding.claims.push(total.id);
    Some(finding)
}

/// Totals of one series against each other.
pub(super) fn series(view: &View, key: &SeriesKey, rows: &[Row], found: &mut Vec<AuditFinding>) {
    if key.basis != SeriesBasis::Totals || key.counter.is_none() {
        return;
    }
    let mut by_component: BTreeMap<Symbol, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_component.entry(row.component).or_default().push(row);
    }
    for rows in by_component.into_values() {
        let finding =
            |code: &str, grade: AuditGrade, first: &Row, others: &[&Row], fact: AuditFact| AuditFinding {
                code: code.to_owned(),
                grade,
                counter: key.counter.clone(),
                kind: Some(key.kind.clone()),
                unit: key.unit.clone(),
                window: Some(window(first)),
                fact,
                claims: std::iter::once(first)
                    .chain(others.iter().copied())
                    .map(|row| view.claim_id(row.ix))
                    .collect(),
            };
        falls(&rows, &finding, found);
        two_figures(&rows, &finding, found);
        if rows.len() <= MAX_PAIRS {
            part_exceeds(&rows, &finding, found);
        }
        between(&rows, &finding, found);
    }
}

type Make<'m> = &'m dyn Fn(&str, AuditGrade, &Row, &[&Row], AuditFact) -> AuditFinding;

fn window(row: &Row) -> Window {
    Window { start: Instant::from_ms(row.start), end: Instant::from_ms(row.end) }
}

fn bounds((low, high): (i64, i64)) -> Bounds {
    Bounds {
        low: Number::from_thousandths(low),
        high: (high != OPEN).then(|| Number::from_thousandths(high)),
    }
}

/// A106: a running total below the highest earlier one from the same beginning.
fn falls(rows: &[&Row], finding: Make, found: &mut Vec<AuditFinding>) {
    let mut highest: Option<&Row> = None;
    for row in rows {
        match highest.filter(|highest| highest.start == row.start) {
            Some(earlier) if earlier.end < row.end && row.total.1 < earlier.total.0 => {
                let fact = AuditFact::Falls {
                    earlier: window(earlier),
                    before: bounds(earlier.total),
                    later: window(row),
                    after: bounds(row.total),
                };
                found.push(finding("A106", AuditGrade::Conflict, row, &[earlier], fact));
            }
            Some(earlier) if earlier.total.0 >= row.total.0 => {}
            _ => highest = Some(row),
        }
    }
}

/// A107: one period with two figures that exclude each other.
fn two_figures(rows: &[&Row], finding: Make, found: &mut Vec<AuditFinding>) {
    for pair in rows.windows(2) {
        let (one, other) = (pair[0], pair[1]);
        let is_same = (one.start, one.end) == (other.start, other.end);
        if is_same && (one.total.1 < other.total.0 || other.total.1 < one.total.0) {
            let is_later = one.known < other.known;
            let fact = AuditFact::TwoFigures {
                window: window(one),
                one: bounds(one.total),
                other: bounds(other.total),
                is_later,
            };
            let grade = if is_later { AuditGrade::Remark } else { AuditGrade::Conflict };
            found.push(finding("A107", grade, other, &[one], fact));
        }
    }
}

/// A107: a part of a period with more than the whole; periods of one beginning are running totals (A106).
fn part_exceeds(rows: &[&Row], finding: Make, found: &mut Vec<AuditFinding>) {
    for outer in rows {
        let inside = rows.iter().filter(|inner| {
            inner.start > outer.start && inner.end <= outer.end && inner.total.0 > outer.total.1
        });
        for inner in inside {
            let fact = AuditFact::PartExceeds {
                inner: window(inner),
                part: bounds(inner.total),
                outer: window(outer),
                whole: bounds(outer.total),
            };
            found.push(finding("A107", AuditGrade::Conflict, inner, &[outer], fact));
        }
    }
}

/// A107: consecutive running totals whose difference is not what the counter gives for the time between.
fn between(rows: &[&Row], finding: Make, found: &mut Vec<AuditFinding>) {
    let mut by_start: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_start.entry(row.start).or_default().push(row);
    }
    for running in by_start.values().filter(|running| running.len() > 1) {
        for pair in running.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if before.end >= after.end || before.total.1 == OPEN || after.total.1 < before.total.0 {
                continue;
            }
            let Some(tiles) = tiled(&by_start, before.end, after.end) else { continue };
            let told = tiles.iter().fold((0i64, 0i64), |sum, row| {
                (sum.0.saturating_add(row.total.0), sum.1.saturating_add(row.total.1))
            });
            let high =
                if after.total.1 == OPEN { OPEN } else { after.total.1.saturating_sub(before.total.0) };
            let difference = (after.total.0.saturating_sub(before.total.1).max(0), high);
            if told.1 < difference.0 || difference.1 < told.0 {
                let fact = AuditFact::Between {
                    window: Window { start: Instant::from_ms(before.end), end: Instant::from_ms(after.end) },
                    before: bounds(before.total),
                    after: bounds(after.total),
                    difference: bounds(difference),
                    told: bounds(told),
                };
                let mut others = vec![before];
                others.extend(&tiles);
                found.push(finding("A107", AuditGrade::Conflict, after, &others, fact));
            }
        }
    }
}

/// Figures that follow on one another from one moment to another, the shortest at each step; `None`: there is a gap.
fn tiled<'r>(by_start: &BTreeMap<i64, Vec<&'r Row>>, from: i64, to: i64) -> Option<Vec<&'r Row>> {
    const MOST: usize = 62;
    let (mut tiles, mut at) = (Vec::new(), from);
    while at < to {
        let next = by_start.get(&at)?.iter().copied().find(|row| row.end <= to)?;
        at = next.end;
        tiles.push(next);
        if tiles.len() > MOST {
            return None;
        }
    }
    Some(tiles)
}

/// A109: one kind in several units by one counter. Which one is meant is for a person to say; series are never mixed.
pub(super) fn units(
    view: &View,
    series: &BTreeMap<SeriesKey, Vec<Row>>,
    who: &[Name],
    found: &mut Vec<AuditFinding>,
) {
    type PerUnit = BTreeMap<String, (u32, ClaimId)>;
    let mut by_counter: BTreeMap<(Name, Name), PerUnit> = BTreeMap::new();
    for (key, rows) in series {
        let Some(counter) = &key.counter else { continue };
        let rows = rows.iter().filter(|row| !row.is_former && is_asked(view, row.ix, who));
        for row in rows {
            let units = by_counter.entry((key.kind.clone(), counter.clone())).or_default();
            let entry = units.entry(key.unit.clone()).or_insert((0, row.id));
            *entry = (entry.0 + 1, entry.1.min(row.id));
        }
    }
    for ((kind, counter), units) in by_counter.into_iter().filter(|(_, units)| units.len() > 1) {
        found.push(AuditFinding {
            code: "A109".to_owned(),
            grade: AuditGrade::Remark,
            counter: Some(counter),
            kind: Some(kind),
            unit: String::new(),
            window: None,
            claims: units.values().map(|(_, claim)| *claim).collect(),
            fact: AuditFact::Units { units: units.into_iter().map(|(unit, (n, _))| (unit, n)).collect() },
        });
    }
}
