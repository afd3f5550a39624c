//! Lengths of time: "two weeks", "an hour and a half", "half a year", "2 years 1 month", "two to three days".

use super::words::{Unit, how_many};
use crate::prose::quantities::number::number_at;
use crate::prose::ratio::Ratio;
use crate::prose::scan::{Gap, Scan};

/// So many of each unit, larger units first.
pub(super) type Total = Vec<(i64, Unit)>;

/// A length of time; of "two to three weeks" both ends.
#[derive(Clone, Debug)]
pub(super) struct Length {
    pub(super) low: Total,
    pub(super) high: Total,
    /// One past the last unit.
    pub(super) end: usize,
    /// The unit that is named first.
    pub(super) unit: Unit,
}

/// Most units in one length ("2 years 1 month 21 days").
const N_UNITS_MAX: usize = 6;

/// The length of time that begins here.
pub(super) fn length_at(scan: &Scan<'_>, ix: usize) -> Option<Length> {
    if let Some(length) = part_first(scan, ix).or_else(|| spread(scan, ix)) {
        return Some(length);
    }
    let (n, at) = count(scan, ix)?;
    let unit = unit_at(scan, at)?;
    let (half, mut end) = and_part(scan, at + 1).unwrap_or((Ratio::ZERO, at + 1));
    let n = n.plus(half)?;
    let mut total = units_of(n, unit)?;
    while total.len() < N_UNITS_MAX && n.is_whole() {
        let next = scan.skip(scan.skip(end, &[","]), &["and"]);
        let Some((more, at)) = count(scan, next).filter(|_| scan.gap(next) < Gap::Blank) else { break };
        let Some(unit) = unit_at(scan, at) else { break };
        // Units grow smaller, or it is another amount.
        if total.last().is_some_and(|(_, last)| unit >= *last) {
            break;
        }
        total.extend(units_of(more, unit)?);
        end = at + 1;
    }
    Some(Length { high: total.clone(), low: total, end, unit })
}

fn unit_at(scan: &Scan<'_>, ix: usize) -> Option<Unit> {
    Unit::of(scan.low(ix)).filter(|_| scan.gap(ix) < Gap::Blank)
}

/// How many units, with fractions: "three", "a", "a few", "2.5", "one and a half"; one past the number.
fn count(scan: &Scan<'_>, ix: usize) -> Option<(Ratio, usize)> {
    if let Some((n, end)) = how_many(scan, ix) {
        return Some((Ratio::whole(n.into()), end));
    }
    let number = number_at(scan, ix).filter(|number| number.whole.is_none())?;
    let is_small = number.value > Ratio::ZERO && number.value < Ratio::whole(100_000);
    let at = if scan.is_dash(number.end) && scan.touches(number.end) { number.end + 1 } else { number.end };
    let at = scan.words(at, "of a").or_else(|| scan.words(at, "of an")).unwrap_or(at);
    is_small.then_some((number.value, at))
}

/// "and a half", "and a quarter" after a unit.
fn and_part(scan: &Scan<'_>, ix: usize) -> Option<(Ratio, usize)> {
    let at = scan.is(ix, "and").then(|| scan.skip(ix + 1, &["a"]))?;
    let d = match scan.low(at) {
        "half" => 2,
        "quarter" => 4,
        _ => return None,
    };
    // "a year and a quarter of an hour" is another length.
    (!scan.is_any(at + 1, &["of", "an", "a"])).then_some((Ratio::new(1, d)?, at + 1))
}

/// "half an hour", "a half hour", "a quarter of an hour", "half-year".
fn part_first(scan: &Scan<'_>, ix: usize) -> Option<Length> {
    let at = scan.skip(ix, &["a", "another"]);
    let (d, next) = match scan.low(at) {
        "half" => (2, at + 1),
        "quarter" if scan.is(at + 1, "of") => (4, at + 2),
        _ => return None,
    };
    let next = if scan.is_dash(next) { next + 1 } else { scan.skip(next, &["a", "an"]) };
    let unit = unit_at(scan, next).filter(|_| !scan.low(next).ends_with('s'))?;
    let total = units_of(Ratio::new(1, d)?, unit)?;
    Some(Length { high: total.clone(), low: total, end: next + 1, unit })
}

/// "two to three weeks", "five or six days", "10-14 days".
fn spread(scan: &Scan<'_>, ix: usize) -> Option<Length> {
    let (low, link) = how_many(scan, ix).filter(|(_, end)| unit_at(scan, *end).is_none())?;
    // A hyphen that touches the first number is already behind it.
    let is_past_dash = link > ix && scan.is_dash(link - 1);
    let is_link = scan.is_any(link, &["to", "or"]) || scan.is_dash(link);
    if !(is_link || is_past_dash) {
        return None;
    }
    let (high, at) = how_many(scan, if is_past_dash { link } else { link + 1 })?;
    let unit = unit_at(scan, at).filter(|_| low < high)?;
    let total = |n: i64| units_of(Ratio::whole(n.into()), unit);
    Some(Length { low: total(low)?, high: total(high)?, end: at + 1, unit })
}

/// So many units in whole numbers: one and a half years are a year and six months.
fn units_of(n: Ratio, unit: Unit) -> Option<Total> {
    if let Some(whole) = n.as_whole() {
        return Some(vec![(whole, unit)]);
    }
    let (per, smaller) = match unit {
        Unit::Second | Unit::Night | Unit::Weekend => return None,
        Unit::Minute => (60, Unit::Second),
        Unit::Hour => (60, Unit::Minute),
        Unit::Day => (24, Unit::Hour),
        Unit::Week => (7, Unit::Day),
        Unit::Fortnight => (14, Unit::Day),
        Unit::Month => (30, Unit::Day),
        Unit::Quarter => (3, Unit::Month),
        Unit::Year => (12, Unit::Month),
        Unit::Decade => (10, Unit::Year),
        Unit::Century => (100, Unit::Year),
    };
    // Whole smaller units; what is left of one is beyond what words of that size say.
    let n_smaller = n.times(Ratio::whole(per))?.to_f64().floor();
    (0.0..1e6).contains(&n_smaller).then(|| vec![(n_smaller as i64, smaller)])
}

/// Seconds of the units that a clock counts.
pub(super) fn clock_seconds(total: &[(i64, Unit)]) -> i64 {
    let seconds = |unit: Unit| match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3600,
        _ => 0,
    };
    total.iter().map(|(n, unit)| n.saturating_mul(seconds(*unit))).fold(0, i64::saturating_add)
}
