//! Promised numbers over stretches of time, and the rule that a figure was counted by.

use servanda_model::{Counter, DAY_MS, Finding, Instant, Name, Number, PromisedRate, State};
use servanda_pact::{Agreement, Amount, Bound, Clock, Duty, Per};

/// Whole civil days of a stretch; changes of the clock are rounded away.
pub(crate) fn days_of(start: i64, end: i64) -> i64 {
    (end - start + DAY_MS / 2).div_euclid(DAY_MS)
}

/// The promised number over a stretch, in thousandths.
pub(crate) fn promised_over(rate: &PromisedRate, start: i64, end: i64) -> i64 {
    let amount = i128::from(rate.amount.thousandths()) * i128::from(days_of(start, end));
    i64::try_from(amount / i128::from(rate.per_days.max(1))).unwrap_or(i64::MAX)
}

/// Position of the rule by which a counter counts a kind on the civil day of a moment.
pub(crate) fn rule_of(
    counters: &[Counter],
    counter: &Name,
    kind: &Name,
    moment: i64,
    clock: &Clock,
) -> Option<usize> {
    let date = clock.date_of(Instant::from_ms(moment));
    let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    counters.iter().position(|rule| rule.id == *counter && rule.holds(kind, &day))
}

/// The promised rates of an agreement with the kinds that they measure; since when they bind is what the findings say.
///
/// A promise in a zone is left out: whether a counter counts only there is not on record.
pub fn promised_rates(
    agreement: &Agreement,
    findings: &[Finding],
    clock: &Clock,
) -> Vec<(Name, PromisedRate)> {
    let mut rates = Vec::new();
    for provision in &agreement.provisions {
        let Duty::Keep { kind, bound, amount, per, zone: None } = &provision.duty else { continue };
        let finding = findings.iter().find(|found| found.provision == provision.id);
        let binding = finding.filter(|found| !matches!(found.state.reported, State::Dormant | State::Void));
        let since = binding.and_then(|found| found.start).map(|start| start.earliest);
        let since = since.map(|since| clock.window_of(since, Per::Day).start);
        let (amount, per_days) = match per {
            Per::Hour => (times(value(agreement, amount, since), 24), 1),
            Per::Day => (value(agreement, amount, since), 1),
            Per::Week => (value(agreement, amount, since), 7),
        };
        let unit = agreement.kinds.iter().find(|declared| declared.id == *kind);
        rates.push((
            kind.clone(),
            PromisedRate {
                provision: provision.id.clone(),
                obligors: provision.obligors.clone(),
                is_least: *bound == Bound::AtLeast,
                amount,
                per_days,
                unit: unit.and_then(|declared| declared.unit.clone()).unwrap_or_default(),
                since,
            },
        ));
    }
    rates
}

fn times(number: Number, n: i64) -> Number {
    Number::from_thousandths(number.thousandths().saturating_mul(n))
}

/// A number in place, or the value of a dated number when the promise began (its first value before that).
fn value(agreement: &Agreement, amount: &Amount, since: Option<Instant>) -> Number {
    let name = match amount {
        Amount::Fixed(number) => return *number,
        Amount::Dated(name) => name,
    };
    let Some(number) = agreement.numbers.iter().find(|number| number.id == *name) else {
        return Number::ZERO;
    };
    let clock = Clock::new(&agreement.clock);
    let begun = |date| clock.as_ref().zip(since).is_some_and(|(clock, since)| clock.moment(date) <= since);
    let in_force = number.values.iter().rev().find(|value| begun(value.since));
    in_force.or(number.values.first()).map_or(Number::ZERO, |value| value.value)
}
