//! Stages by counter, what stayed at each, and what the figures come to for each person.

use servanda_model::{
    AidPlan, AidRow, Bounds, Conservation, ConservationCheck, Conversion, EnergyPerPerson, Name, Number,
    SeriesBasis, SeriesCount, Stage, StageRule, Window,
};

use super::energy::{Extent, along, chain};

/// Name of the unit that energy is given in.
pub const KCAL: &str = "kcal";
/// Most claims that a check lists of each side.
const MAX_CLAIMS: usize = 5;

/// The rule for a counter's figures of a kind: the one for this counter, else the one for any.
pub(super) fn rule_for<'p>(plan: &'p AidPlan, kind: &Name, counter: Option<&Name>) -> Option<&'p StageRule> {
    let of_kind = || plan.stages.iter().filter(|rule| rule.kind == *kind);
    of_kind()
        .find(|rule| rule.counter.is_some() && rule.counter.as_ref() == counter)
        .or_else(|| of_kind().find(|rule| rule.counter.is_none()))
}

/// The stage that a counting rule names in the words of this method; other words (`entered`) name none.
fn stage_of(series: &SeriesCount) -> Option<Stage> {
    Stage::of_word(series.rules.first()?.stage.as_ref()?.as_str())
}

/// One counter's figures with their stage and energy.
pub(super) fn row(kind: &Name, series: SeriesCount, plan: &AidPlan, conversions: &[Conversion]) -> AidRow {
    let rule = rule_for(plan, kind, series.counter.as_ref());
    let stage = rule.map(|rule| rule.stage).or_else(|| stage_of(&series));
    let energy = plan.food.contains(kind).then(|| energy(&series, plan, conversions)).flatten();
    AidRow { stage, by: rule.and_then(|rule| rule.by), kind: kind.clone(), series, energy }
}

/// What a counter's daily figure comes to for each person; `None` where no chain of sourced factors leads to energy, where
/// no population is given, or where the series has no daily figure.
fn energy(series: &SeriesCount, plan: &AidPlan, conversions: &[Conversion]) -> Option<EnergyPerPerson> {
    let per_day = series.per_day?;
    let population = plan.population.as_ref()?;
    let factors = chain(&series.unit, KCAL, conversions)?;
    let high = per_day.high.unwrap_or(Number::MAX);
    let amount = Extent::of(per_day.low, per_day.low, high);
    let people = Extent::of(population.low, population.best, population.high);
    let each = along(amount, &factors).over(people)?;
    let need_ratio = plan.need.as_ref().and_then(|need| {
        each.over(Extent::of(need.low, need.best, need.high)).map(|ratio| bounds(ratio.low, ratio.high))
    });
    Some(EnergyPerPerson {
        kcal: bounds(each.low, each.high),
        best: per_day.is_exact().then(|| nearest(each.best)),
        need_ratio,
        factors: factors.into_iter().cloned().collect(),
    })
}

/// Rounded outwards to thousandths; an infinite upper bound is none.
pub(super) fn bounds(low: f64, high: f64) -> Bounds {
    let thousandths = |value: f64| Number::from_thousandths((value * 1000.0).clamp(-9e15, 9e15) as i64);
    Bounds {
        low: thousandths(((low * 1000.0).floor()) / 1000.0),
        high: high.is_finite().then(|| thousandths((high * 1000.0).ceil() / 1000.0)),
    }
}

fn nearest(value: f64) -> Number {
    Number::from_thousandths((value * 1000.0).round().clamp(-9e15, 9e15) as i64)
}

/// Stages that follow a stage on the way; figures of all of them together leave it.
const NEXT: [(Stage, &[Stage]); 3] = [
    (Stage::Cleared, &[Stage::Offloaded, Stage::Returned]),
    (Stage::Offloaded, &[Stage::Collected]),
    (Stage::Collected, &[Stage::Arrived, Stage::Intercepted, Stage::Unknown]),
];

/// A check to be made: a counter's figures of a stage and of those after it, over the stretches that all of them cover.
pub(super) struct Pending {
    pub counter: Name,
    pub unit: String,
    pub stage: Stage,
    pub next: Vec<Stage>,
    pub windows: Vec<Window>,
}

/// Which checks the rows allow. Single reports are no count of a stage, and are not set against one another.
pub(super) fn pending(rows: &[AidRow]) -> Vec<Pending> {
    let mut keys: Vec<(&Name, &str)> = rows
        .iter()
        .filter(|row| is_total(&row.series))
        .filter_map(|row| Some((row.series.counter.as_ref()?, row.series.unit.as_str())))
        .collect();
    keys.sort();
    keys.dedup();
    let mut pending = Vec::new();
    for (counter, unit) in keys {
        let of = |stages: &[Stage]| -> Vec<&AidRow> {
            let is_meant = |row: &&AidRow| {
                row.series.counter.as_ref() == Some(counter)
                    && row.series.unit == unit
                    && is_total(&row.series)
                    && row.stage.is_some_and(|stage| stages.contains(&stage))
            };
            rows.iter().filter(is_meant).collect()
        };
        for (stage, next) in NEXT {
            let (before, after) = (of(&[stage]), of(next));
            if before.is_empty() || after.is_empty() {
                continue;
            }
            let all = before.iter().chain(&after).map(|row| row.series.covered.as_slice());
            let windows = all.fold(None, |common: Option<Vec<Window>>, covered| {
                Some(common.map_or_else(|| covered.to_vec(), |common| overlap(&common, covered)))
            });
            let mut stages: Vec<Stage> = after.iter().filter_map(|row| row.stage).collect();
            stages.sort();
            stages.dedup();
            if let Some(windows) = windows.filter(|windows| !windows.is_empty()) {
                let (counter, unit) = (counter.clone(), unit.to_owned());
                pending.push(Pending { counter, unit, stage, next: stages, windows });
            }
        }
    }
    pending
}

fn is_total(series: &SeriesCount) -> bool {
    series.basis == SeriesBasis::Totals
        || series.basis == SeriesBasis::Occurrences && series.counter.is_some()
}

/// Stretches that lie in both lists; each list is in order and does not overlap itself.
fn overlap(one: &[Window], other: &[Window]) -> Vec<Window> {
    let both = one
        .iter()
        .flat_map(|a| other.iter().map(|b| Window { start: a.start.max(b.start), end: a.end.min(b.end) }));
    both.filter(|window| window.start < window.end).collect()
}

/// The check over its stretches, from the rows computed for each of them.
pub(super) fn check(pending: Pending, rows_by_window: &[Vec<AidRow>]) -> ConservationCheck {
    let nothing = Bounds { low: Number::ZERO, high: Some(Number::ZERO) };
    let mut sums = [nothing, nothing];
    let mut claims = [Vec::new(), Vec::new()];
    for rows in rows_by_window {
        for row in rows {
            let is_own = row.series.counter.as_ref() == Some(&pending.counter)
                && row.series.unit == pending.unit
                && is_total(&row.series);
            let Some(stage) = row.stage.filter(|_| is_own) else { continue };
            let side = match stage {
                stage if stage == pending.stage => 0,
                stage if pending.next.contains(&stage) => 1,
                _ => continue,
            };
            sums[side] = plus(sums[side], row.series.total);
            let ids = row.series.statements.iter().flat_map(|statement| statement.claims.iter().copied());
            claims[side].extend(ids);
        }
    }
    let [mut reached_claims, mut left_claims] = claims;
    for list in [&mut reached_claims, &mut left_claims] {
        list.dedup();
        list.truncate(MAX_CLAIMS);
    }
    let [reached, left] = sums;
    let stock_low = left.high.map(|left| reached.low - left);
    let stock_high = reached.high.map(|reached| reached - left.low);
    let state = match (stock_low, stock_high) {
        (Some(low), _) if low >= Number::ZERO => Conservation::Holds,
        (_, Some(high)) if high < Number::ZERO => Conservation::Negative,
        _ => Conservation::Open,
    };
    let n_days: i64 =
        pending.windows.iter().map(|window| crate::counts::days_of(window.start.ms(), window.end.ms())).sum();
    let stock_days = stock_days(stock_low, stock_high, left, n_days);
    ConservationCheck {
        counter: pending.counter,
        unit: pending.unit,
        stage: pending.stage,
        next: pending.next,
        windows: pending.windows,
        reached,
        left,
        stock_low,
        stock_high,
        state,
        stock_days,
        reached_claims,
        left_claims,
    }
}

fn plus(one: Bounds, other: Bounds) -> Bounds {
    Bounds { low: one.low + other.low, high: one.high.zip(other.high).map(|(one, other)| one + other) }
}

/// How many days of the pace at which it left the stock is; `None` where there may be none, or nothing left.
fn stock_days(low: Option<Number>, high: Option<Number>, left: Bounds, n_days: i64) -> Option<Bounds> {
    let low = low.filter(|low| *low >= Number::ZERO)?;
    if left.low <= Number::ZERO || n_days <= 0 {
        return None;
    }
    let days = n_days as f64;
    let stock = Extent::of(low, low, high.unwrap_or(Number::MAX));
    let pace = Extent::of(left.low, left.low, left.high.unwrap_or(Number::MAX)).per(days);
    stock.over(pace).map(|days| bounds(days.low, days.high))
}
