//! Windows and shifts of so many units: "the past 24 hours", "two weeks ago", "three days before".

use jiff::civil::Date;
use servanda_model::DateBasis;

use super::calendar::{Days, period_away, plus_days, shift};
use super::point::{Point, Reader};
use super::relative::{days_of, direction, inner_point};
use super::words::{Unit, how_many};
use crate::prose::scan::{Gap, Scan};

/// "the past 24 hours", "next 3 days", "in the coming weeks", "5 upcoming years", "recent days".
pub(super) fn window(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if reader.is_claims() && is_of_other(scan, scan.skip(ix, &["the"])) {
        return None;
    }
    let within = scan.is(ix, "within");
    let the = scan.skip(ix + usize::from(within), &["the"]);
    let (n, at, amount) = match direction(scan.low(the)) {
        Some(n) if n != 0 => {
            let at = scan.skip(the + 1, &["good", "full", "whole"]);
            match how_many(scan, at) {
                Some((amount, end)) => (n, end, Some(amount)),
                None => (n, at, None),
            }
        }
        _ if scan.is(the, "recent") => (-1, the + 1, None),
        _ => {
            let (amount, end) = how_many(scan, the)?;
            match direction(scan.low(end)).filter(|n| *n != 0) {
                Some(n) => (n, end + 1, Some(amount)),
                // "within ten days" of something past is a duration.
                None if within && (reader.is_future(ix, end) || !reader.is_claims()) => {
                    (1, end, Some(amount))
                }
                None => return None,
            }
        }
    };
    let unit = Unit::of(scan.low(at))?;
    let is_plural = scan.low(at).ends_with('s');
    let first =
        if within || scan.is_any(at, &["decade", "decades"]) || reader.is_claims() { ix } else { the };
    let Some(amount) = amount else {
        if !is_plural || unit.is_clock() {
            return None;
        }
        // "in the coming days": it begins now, and no word says when it ends.
        return Some(open_window(reader, first, at + 1, n));
    };
    // "3 next week": the number counts something else.
    if amount == 0 || amount > 1 && !is_plural {
        return None;
    }
    let (mut total, mut end) = (vec![(amount, unit)], at + 1);
    while scan.is(end, "and")
        && let Some((more, after)) = how_many(scan, end + 1)
        && let Some(unit) = Unit::of(scan.low(after))
        && !scan.is_any(after + 1, &["ago", "later", "earlier"])
        && total.len() < 6
    {
        total.push((more, unit));
        end = after + 1;
    }
    let days = reader.published.and_then(|date| window_days(reader, date, n, &total));
    let days = if within && !reader.is_claims() {
        days.zip(reader.published).and_then(|(days, date)| Some((date, plus_days(days.1, -1)?.max(date))))
    } else {
        days
    };
    // "the past two weeks" after which "of" follows are another period's weeks.
    if scan.is(end, "of") {
        return None;
    }
    let grain = if unit.is_clock() { "time" } else { "range" };
    Some(Point::relative(first, end, days, grain, "window"))
}

/// "the previous two weeks" are those before some other days, not before publication.
pub(super) fn is_of_other(scan: &Scan<'_>, ix: usize) -> bool {
    scan.is_any(ix, &["previous", "preceding", "following"])
}

pub(super) fn window_days(reader: &Reader<'_>, date: Date, n: i64, total: &[(i64, Unit)]) -> Option<Days> {
    let (amount, unit) = *total.first()?;
    if unit.is_clock() {
        let hours = if unit == Unit::Hour { amount } else { 1 };
        let n_days = (hours + 23) / 24;
        let other = plus_days(date, n * if hours < 24 { 0 } else { n_days })?;
        return Some((other.min(date), other.max(date)));
    }
    if matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century | Unit::Weekend) {
        let near = period_away(date, n, unit)?;
        let far = period_away(date, n * amount, unit)?;
        return Some((near.0.min(far.0), near.1.max(far.1)));
    }
    let far = total.iter().try_fold(date, |at, (amount, unit)| shift(at, n * amount, *unit))?;
    let step = i64::from(!reader.is_claims());
    Some(if n < 0 { (far, plus_days(date, -step)?.max(far)) } else { (plus_days(date, 1)?, far) })
}

pub(super) fn open_window(reader: &Reader<'_>, first: usize, end: usize, n: i64) -> Point {
    // The missing end is the day itself, doubled by the caller of an open end; see `range::opened`.
    let days = days_of(reader.published);
    let rule = if n < 0 { "window:recent" } else { "window:coming" };
    Point { grain: "open", ..Point::relative(first, end, days, "open", rule) }
}

/// "two weeks ago", "in two months", "three days later", "two days before Christmas", "3 days from now".
pub(super) fn counted(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let is_in = scan.is(ix, "in");
    let (mut total, mut end) = amounts(scan, ix + usize::from(is_in))?;
    if total.len() > 1 && !scan.is(end, "later") && !scan.is(end, "ago") && is_in {
        total.truncate(1);
        end = amounts_first_end(scan, ix + 1)?;
    }
    let unit = total[0].1;
    let grain = unit.grain();
    let shifted = |date: Option<Date>, sign: i64| {
        date.and_then(|date| total.iter().try_fold(date, |at, (n, unit)| shift(at, sign * n, *unit)))
    };
    let point = |end: usize, date: Option<Date>, rule: &'static str| {
        Some(Point::relative(ix, end, days_of(date), grain, rule))
    };
    let age = scan.is(end, "old") || scan.is_dash(end) && scan.is(end + 1, "old");
    if age {
        return None;
    }
    if !is_in {
        let anchor = reader.last_day.or(if reader.is_claims() { None } else { reader.published });
        if let Some(end) =
            scan.any_words(end, &["ago", "back"]).filter(|_| !scan.is(end, "back") || !scan.is_word(end + 1))
        {
            return point(end, shifted(reader.published, -1), "shift:ago");
        }
        if let Some(end) = scan.any_words(end, &["from now", "from today", "hence"]) {
            return point(end, shifted(reader.published, 1), "shift:from-now");
        }
        for (word, sign) in [("later", 1), ("earlier", -1)] {
            if scan.is(end, word) && !scan.is_any(end + 1, &["than", "this", "in", "on"]) {
                let inferred = point(end + 1, shifted(anchor, sign), "shift:after-named")?;
                return Some(Point { basis: DateBasis::Inferred, ..inferred });
            }
        }
    }
    for (word, sign) in [("before", -1), ("after", 1), ("from", 1), ("since", 1), ("following", 1)] {
        if scan.is(end, word)
            && let Some(inner) = inner_point(reader, end + 1)
        {
            let base = if sign < 0 || scan.is(end, "since") {
                inner.start()
            } else {
                inner.stop().filter(|_| inner.grain == "day").or(inner.start())
            };
            let base = base.or(inner.start());
            let known = Point { yearless: None, ..inner };
            return Some(Point {
                first: ix,
                end: inner.end,
                days: days_of(shifted(base, sign)),
                grain,
                rule: "shift:from-point",
                ..known
            });
        }
    }
    let is_planned = !reader.is_claims() || reader.is_future(ix, end);
    let stands = is_in && is_planned && !scan.is_any(end, &["of", "since"]);
    if stands {
        // "in a fortnight's time".
        return point(end, shifted(reader.published, 1), "shift:in");
    }
    None
}

pub(super) fn amounts_first_end(scan: &Scan<'_>, ix: usize) -> Option<usize> {
    let (_, at) = how_many(scan, ix)?;
    Unit::of(scan.low(at)).map(|_| at + 1)
}

/// "2 years 1 month 21 days", "three weeks and two days"; one past the last unit.
pub(super) fn amounts(scan: &Scan<'_>, ix: usize) -> Option<(Vec<(i64, Unit)>, usize)> {
    let half = scan.words(ix, "half an hour").or_else(|| scan.words(ix, "half a year"));
    if let Some(end) = half {
        return Some((vec![if scan.is(end - 1, "year") { (6, Unit::Month) } else { (0, Unit::Hour) }], end));
    }
    let (n, at) = how_many(scan, ix)?;
    let unit = Unit::of(scan.low(at)).filter(|_| scan.gap(at) < Gap::Blank)?;
    let (mut total, mut end) = (vec![(n, unit)], at + 1);
    while total.len() < 6 {
        let next = scan.skip(scan.skip(end, &[","]), &["and"]);
        let Some((n, at)) = how_many(scan, next).filter(|_| scan.gap(next) < Gap::Blank) else { break };
        let Some(unit) = Unit::of(scan.low(at)) else { break };
        // Units grow smaller, or it is another amount.
        if total.last().is_some_and(|(_, last)| (unit as u8) >= (*last as u8)) {
            break;
        }
        total.push((n, unit));
        end = at + 1;
    }
    Some((total, end))
}
