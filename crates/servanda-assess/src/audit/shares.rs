//! One statement against itself and against the promise: parts, rates, shares, wholes, lengths (A101 to A105, A112).

use servanda_model::*;

use super::Question;
use super::rounding::Stated;
use super::statement::Statement;
use super::totals;
use crate::counts::promised_over;

/// Largest percentage that is checked, in thousandths: 10,000 %.
const LARGEST_PERCENT: i64 = 10_000_000;

pub(super) fn check(statement: &Statement, question: &Question, found: &mut Vec<AuditFinding>) {
    let Some(amount) = statement.claim.amount() else { return };
    let claim = &statement.claim;
    let stated = Stated::of(amount);
    if !claim.quantities.iter().all(|quantity| Stated::of(quantity).is_plain()) {
        return;
    }
    let parts: Vec<(Name, &Quantity)> = claim
        .quantities
        .iter()
        .filter_map(|quantity| {
            let role = quantity.role.as_ref()?.as_str().strip_prefix(roles::PART)?;
            Some((Name::new(role), quantity))
        })
        .collect();
    found.extend(totals::parts(statement, &parts, amount));
    found.extend(range(statement, amount));
    let n_days = days(statement, stated, found);
    if let Some(n_days) = n_days.filter(|_| matches!(claim.measure, Measure::Total)) {
        for (role, per_days) in [(roles::PER_DAY, 1), (roles::PER_WEEK, 7)] {
            found.extend(
                claim.figure(role).and_then(|rate| self::rate(statement, stated, rate, per_days, n_days)),
            );
        }
    }
    let promise = promise(statement, question);
    let whole = claim.figure(roles::WHOLE);
    let promised = promise.zip(claim.window).map(|(rate, window)| {
        Number::from_thousandths(promised_over(rate, window.start.ms(), window.end.ms()))
    });
    if let Some(percent) = claim.figure(roles::PERCENT) {
        let of = whole.map(Stated::of);
        let own = of.is_some();
        let of = of.or(promised.filter(|_| claim.measure == Measure::Total).map(|number| Stated {
            low: number.thousandths(),
            high: number.thousandths(),
            grain: 1,
            is_approx: false,
        }));
        found.extend(of.and_then(|of| percentage(statement, stated, of, percent, own)));
    }
    if let (Some(whole), Some(rate), Some(n_days)) = (whole, promise, n_days) {
        found.extend(self::whole(statement, whole, rate, n_days));
    }
}

/// The rate that the statement's kind was promised, in the statement's own unit.
fn promise<'q>(statement: &Statement, question: &'q Question) -> Option<&'q PromisedRate> {
    let kind = statement.claim.event_kind.as_ref()?;
    let mut of_kind = question.promises.iter().filter(|(of, rate)| of == kind && rate.unit == statement.unit);
    of_kind.next().map(|(_, rate)| rate)
}

/// The length of the period as the statement counts it: as it says, else the one (up to a day off) that its own rate fits.
fn days(statement: &Statement, total: Stated, found: &mut Vec<AuditFinding>) -> Option<i64> {
    let n_days = statement.n_days();
    if let Some(days) = statement.claim.figure(roles::DAYS) {
        let stated = Stated::of(days);
        if let (Some(window), Some(n)) = (statement.claim.window, n_days) {
            // Whether both ends are counted is a matter of habit, so a day more or less says nothing.
            let is_near = (n - 1) * 1000 <= stated.high && stated.low <= (n + 1) * 1000;
            let is_rounded = stated.is_approx && stated.is_any_rounding(n.into(), n.into(), 1);
            if !is_near && !is_rounded {
                let fact = AuditFact::Length {
                    stated: stated.bounds(),
                    window,
                    n_days: u32::try_from(n).unwrap_or(0),
                };
                found.push(statement.finding("A112", AuditGrade::Conflict, fact));
            }
        }
        return (stated.low > 0 && stated.low == stated.high).then_some(stated.low / 1000).or(n_days);
    }
    let n = n_days?;
    let rate = statement.claim.figure(roles::PER_DAY).map(Stated::of);
    let fits = |n: &i64| rate.is_some_and(|rate| *n > 0 && fits(total, rate, 1, *n));
    [n, n - 1, n + 1].into_iter().find(|n| fits(n)).or(Some(n))
}

/// Whether a total over so many days is a rate, by any rounding.
fn fits(total: Stated, rate: Stated, per_days: i64, n_days: i64) -> bool {
    let by = |bound: i64| i128::from(bound) * i128::from(per_days);
    rate.is_any_rounding(by(total.low), by(total.high), i128::from(n_days))
}

/// A102: the total over the days of the period is not the rate, however it was rounded.
///
/// A length one day off is another habit of counting the ends: of an approximate rate it says nothing, of an exact one it
/// is a remark.
fn rate(
    statement: &Statement,
    total: Stated,
    rate: &Quantity,
    per_days: i64,
    n_days: i64,
) -> Option<AuditFinding> {
    let stated = Stated::of(rate);
    let has_own_length = statement.claim.figure(roles::DAYS).is_some();
    let n = if has_own_length { n_days } else { statement.n_days().unwrap_or(n_days) };
    if fits(total, stated, per_days, n) {
        return None;
    }
    rate_finding(statement, total, stated, per_days, n)
}

/// A total and a rate that do not give the length of their period.
pub(super) fn rate_finding(
    statement: &Statement,
    total: Stated,
    rate: Stated,
    per_days: i64,
    n: i64,
) -> Option<AuditFinding> {
    let near = [n - 1, n + 1].into_iter().find(|n| *n > 0 && fits(total, rate, per_days, *n));
    if near.is_some() && rate.is_approx {
        return None;
    }
    let fact = AuditFact::Rate {
        total: total.bounds(),
        n_days: u32::try_from(n).unwrap_or(0),
        rate: rate.bounds(),
        per_days: u32::try_from(per_days).unwrap_or(1),
        implied: over(total, per_days, n),
        fits_days: near.and_then(|n| u32::try_from(n).ok()),
    };
    let grade = if near.is_some() { AuditGrade::Remark } else { AuditGrade::Conflict };
    Some(statement.finding("A102", grade, fact))
}

/// A figure by so many days, to thousandths.
pub(super) fn over(total: Stated, per_days: i64, n_days: i64) -> Bounds {
    let by = |bound: i64| {
        let n = i128::from(bound) * i128::from(per_days) * 2 + i128::from(n_days);
        Number::from_thousandths(i64::try_from(n.div_euclid(i128::from(n_days) * 2)).unwrap_or(i64::MAX))
    };
    Bounds { low: by(total.low), high: (total.high != i64::MAX).then(|| by(total.high)) }
}

/// A103: the share of the two numbers, to the nearest, is not the one stated.
fn percentage(
    statement: &Statement,
    part: Stated,
    whole: Stated,
    percent: &Quantity,
    is_own_whole: bool,
) -> Option<AuditFinding> {
    if whole.low <= 0 || part.high == i64::MAX || whole.high == i64::MAX {
        return None;
    }
    let stated = Stated::of(percent);
    if stated.low.abs() > LARGEST_PERCENT || stated.high > LARGEST_PERCENT {
        return None;
    }
    // Shares in thousandths of a per cent: part * 100 * 1000 / whole, from the least to the most.
    let share = |part: i64, whole: i64| (i128::from(part) * 100_000, i128::from(whole));
    let ((low, low_of), (high, high_of)) = (share(part.low, whole.high), share(part.high, whole.low));
    let of = low_of * high_of;
    let (low, high) = (low * high_of, high * low_of);
    // Without an own whole the promised number is only what it may be a share of: its length may be counted otherwise.
    let is_sound =
        stated.is_nearest(low, high, of) || (stated.is_approx && stated.is_any_rounding(low, high, of));
    if is_sound {
        return None;
    }
    let is_cut_off = stated.is_cut_off(low, high, of);
    let to_number =
        |n: i128| Number::from_thousandths(i64::try_from((n * 2 + of) / (of * 2)).unwrap_or(i64::MAX));
    let fact = AuditFact::Percentage {
        part: part.bounds(),
        whole: whole.bounds(),
        percent: stated.bounds(),
        implied: Bounds { low: to_number(low), high: Some(to_number(high)) },
        is_cut_off,
        is_own_whole,
    };
    let grade = if is_cut_off || !is_own_whole { AuditGrade::Remark } else { AuditGrade::Conflict };
    Some(statement.finding("A103", grade, fact))
}

/// A104: the number that the statement measures by is not the promised one for the days of its period.
fn whole(statement: &Statement, whole: &Quantity, rate: &PromisedRate, n_days: i64) -> Option<AuditFinding> {
    let stated = Stated::of(whole);
    let agreed = |n: i64| i128::from(rate.amount.thousandths()) * i128::from(n);
    let per = i128::from(rate.per_days.max(1));
    let is_agreed = |n: i64| {
        let exact = agreed(n) >= i128::from(stated.low) * per
            && agreed(n) <= i128::from(stated.high).saturating_mul(per);
        exact || (stated.is_approx && stated.is_any_rounding(agreed(n), agreed(n), per))
    };
    let n = statement.n_days().unwrap_or(n_days);
    let has_own_length = statement.claim.figure(roles::DAYS).is_some();
    if is_agreed(n) || (has_own_length && is_agreed(n_days)) {
        return None;
    }
    let near = [n_days, n - 1, n + 1].into_iter().find(|n| *n > 0 && is_agreed(*n));
    if near.is_some() && stated.is_approx {
        return None;
    }
    let shown = if near.is_some() { n } else { n_days };
    let number = |n: i128| Number::from_thousandths(i64::try_from(n / per).unwrap_or(i64::MAX));
    let fact = AuditFact::Whole {
        whole: stated.bounds(),
        n_days: u32::try_from(shown).unwrap_or(0),
        provision: rate.provision.clone(),
        agreed_per_day: number(i128::from(rate.amount.thousandths())),
        agreed: number(agreed(shown)),
        implied_per_day: over(stated, 1, shown),
        fits_days: near.and_then(|n| u32::try_from(n).ok()),
    };
    let grade = if near.is_some() { AuditGrade::Remark } else { AuditGrade::Conflict };
    Some(statement.finding("A104", grade, fact))
}

/// A105: a share of a whole below 0 or above 100 per cent. What was promised can be exceeded, so a share of a promise is not
/// meant.
fn range(statement: &Statement, amount: &Quantity) -> Option<AuditFinding> {
    let is_share = matches!(statement.unit.as_str(), "percent" | "per cent" | "%");
    let percent = if is_share { Some(amount) } else { None };
    let stated = Stated::of(percent?);
    let is_outside = stated.low > 100_000 || stated.low < 0;
    let fact = AuditFact::PercentRange { percent: stated.bounds() };
    is_outside.then(|| statement.finding("A105", AuditGrade::Conflict, fact))
}
