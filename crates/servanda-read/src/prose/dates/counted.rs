//! Windows and shifts of so many units: "the past 24 hours", "two weeks ago", "three days before".

use jiff::civil::Date;
use servanda_model::DateBasis;

use super::calendar::{Days, period_away, plus_days, shift};
use super::lengths::{Length, clock_seconds, length_at};
use super::point::{Point, Reader};
use super::relative::{days_of, direction, inner_point};
use super::words::Unit;
use crate::prose::scan::Scan;

const DAY_SECONDS: i64 = 86_400;

/// "the past 24 hours", "next 3 days", "in the coming weeks", "5 upcoming years", "recent days".
pub(super) fn window(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if reader.is_claims() && is_of_other(scan, scan.skip(ix, &["the"])) || is_verb(scan, ix) {
        return None;
    }
    let within = scan.is(ix, "within");
    let the = scan.skip(ix + usize::from(within), &["the"]);
    let (n, length) = match direction(scan.low(the)) {
        Some(n) if n != 0 => {
            let at = scan.skip(the + 1, &["good", "full", "whole"]);
            match length_at(scan, at) {
                Some(length) => (n, length),
                None => return open_window(reader, ix, the, at, n),
            }
        }
        _ if scan.is(the, "recent") => return open_window(reader, ix, the, the + 1, -1),
        _ => match turned_inside(scan, the) {
            Some(found) => found,
            // "within ten days" of something past is a duration.
            None if within && (reader.is_future(ix, the + 1) || !reader.is_claims()) => {
                (1, length_at(scan, the)?)
            }
            None => return None,
        },
    };
    let (amount, unit) = *length.high.first()?;
    let is_plural = scan.low(length.end - 1).ends_with('s');
    // "3 next week": the number counts something else.
    if amount == 0 || amount > 1 && length.unit == unit && length.high.len() == 1 && !is_plural {
        return None;
    }
    // "the past two weeks" after which "of" follows are another period's weeks.
    if scan.is(length.end, "of") {
        return None;
    }
    let is_long = matches!(length.unit, Unit::Decade);
    let first = if within || is_long || reader.is_claims() { ix } else { the };
    let point = Point::relative(first, length.end, None, "range", "window");
    if let Some(timed) = clock_window(reader, n, &length) {
        return Some(Point { days: Some(timed.0), seconds: Some(timed.1), grain: "time", ..point });
    }
    let days = reader.published.and_then(|date| window_days(reader, date, n, &length.high));
    let days = if within && n > 0 && !reader.is_claims() {
        days.zip(reader.published).and_then(|(days, date)| Some((date, plus_days(days.1, -1)?.max(date))))
    } else {
        days
    };
    Some(Point { days, grain: if unit.is_clock() { "time" } else { "range" }, ..point })
}

/// "5 upcoming years", "two past weeks": the number stands first.
fn turned_inside(scan: &Scan<'_>, ix: usize) -> Option<(i64, Length)> {
    let (amount, end) = super::words::how_many(scan, ix)?;
    let n = direction(scan.low(end)).filter(|n| *n != 0)?;
    let unit = Unit::of(scan.low(end + 1))?;
    let total = vec![(amount, unit)];
    Some((n, Length { low: total.clone(), high: total, end: end + 2, unit }))
}

/// "in the coming days": it begins now, and no word says when it ends.
fn open_window(reader: &Reader<'_>, ix: usize, the: usize, at: usize, n: i64) -> Option<Point> {
    let scan = reader.scan;
    let unit = Unit::of(scan.low(at))?;
    if !scan.low(at).ends_with('s') || unit.is_clock() || scan.is(at + 1, "of") {
        return None;
    }
    let first = if unit == Unit::Decade || reader.is_claims() { ix } else { the };
    // The missing end is the day itself, doubled by the caller of an open end; see `range::opened`.
    let rule = if n < 0 { "window:recent" } else { "window:coming" };
    Some(Point { grain: "open", ..Point::relative(first, at + 1, days_of(reader.published), "open", rule) })
}

/// "the previous two weeks" are those before some other days, not before publication.
pub(super) fn is_of_other(scan: &Scan<'_>, ix: usize) -> bool {
    scan.is_any(ix, &["previous", "preceding", "following"])
}

/// "will last three weeks", "could last until May": a verb, and no word of time.
pub(super) fn is_verb(scan: &Scan<'_>, ix: usize) -> bool {
    const BEFORE: &[&str] = &[
        "will", "would", "may", "might", "must", "shall", "should", "can", "could", "to", "not", "t", "ll",
        "likely", "only",
    ];
    scan.is(ix, "last") && ix > 0 && scan.is_any(ix - 1, BEFORE)
}

/// A window of hours or minutes, where the moment of reference is known.
fn clock_window(reader: &Reader<'_>, n: i64, length: &Length) -> Option<(Days, (u32, u32))> {
    let (date, now) = (reader.published?, reader.now_seconds()?);
    let is_clock = length.high.iter().all(|(_, unit)| unit.is_clock());
    let (other, second) = moment(date, now, n * clock_seconds(&length.high)).filter(|_| is_clock)?;
    Some(if n < 0 { ((other, date), (second, now)) } else { ((date, other), (now, second)) })
}

/// So many seconds after (or before) a second of a day.
pub(super) fn moment(date: Date, now_seconds: u32, seconds: i64) -> Option<(Date, u32)> {
    let at = i64::from(now_seconds).checked_add(seconds)?;
    Some((plus_days(date, at.div_euclid(DAY_SECONDS))?, at.rem_euclid(DAY_SECONDS) as u32))
}

pub(super) fn window_days(reader: &Reader<'_>, date: Date, n: i64, total: &[(i64, Unit)]) -> Option<Days> {
    let (amount, unit) = *total.first()?;
    if unit.is_clock() {
        // A day of publication has no hour: less than a day is that day, 24 hours reach into the one before.
        let n_days = clock_seconds(total) / DAY_SECONDS;
        let is_whole = clock_seconds(total) % DAY_SECONDS == 0;
        let n_days = if n_days == 0 || is_whole { n_days } else { n_days + 1 };
        let other = plus_days(date, n * n_days)?;
        return Some((other.min(date), other.max(date)));
    }
    if matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century | Unit::Weekend) {
        let near = period_away(date, n, unit)?;
        let far = period_away(date, n.checked_mul(amount)?, unit)?;
        return Some((near.0.min(far.0), near.1.max(far.1)));
    }
    let far = shifted(date, total, n)?;
    let step = i64::from(!reader.is_claims());
    Some(if n < 0 { (far, plus_days(date, -step)?.max(far)) } else { (plus_days(date, 1)?.min(far), far) })
}

fn shifted(date: Date, total: &[(i64, Unit)], sign: i64) -> Option<Date> {
    let days = total.iter().try_fold(date, |at, (n, unit)| shift(at, sign.checked_mul(*n)?, *unit))?;
    plus_days(days, sign * (clock_seconds(total) / DAY_SECONDS))
}

/// What a length is counted from, and where the words end.
struct Anchor {
    base: Option<Point>,
    date: Option<Date>,
    sign: i64,
    end: usize,
    rule: &'static str,
    is_inferred: bool,
    is_now: bool,
}

/// "two weeks ago", "in two months", "three days later", "two days before Christmas", "3 days from now".
pub(super) fn counted(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let is_in = scan.is(ix, "in");
    let mut length = length_at(scan, ix + usize::from(is_in))?;
    if is_in && length.low.len() > 1 && !scan.is_any(length.end, &["later", "ago"]) && reader.is_claims() {
        length = first_unit(scan, ix + 1).unwrap_or(length);
    }
    let end = length.end;
    if scan.is(end, "old") || scan.is_dash(end) && scan.is(end + 1, "old") {
        return None;
    }
    let after = if is_in { None } else { after_length(reader, end, length.unit) };
    let anchor = after.or_else(|| beside_point(reader, end, length.unit)).or_else(|| {
        let is_planned = !reader.is_claims() || reader.is_future(ix, end);
        let stands = is_in && is_planned && !scan.is_any(end, &["of", "since"]);
        let date = reader.published;
        let end = time_of_length(scan, end);
        stands.then_some(Anchor {
            base: None,
            date,
            sign: 1,
            end,
            rule: "shift:in",
            is_inferred: false,
            is_now: true,
        })
    })?;
    Some(reached(reader, ix, &length, &anchor))
}

/// "in four days' time": the words belong to the date.
fn time_of_length(scan: &Scan<'_>, end: usize) -> usize {
    scan.any_words(end, &["' time", "\u{2019} time", "' s time", "\u{2019} s time", "s time"]).unwrap_or(end)
}

/// The length up to its first unit alone.
fn first_unit(scan: &Scan<'_>, ix: usize) -> Option<Length> {
    let (n, at) = super::words::how_many(scan, ix)?;
    let unit = Unit::of(scan.low(at))?;
    let total = vec![(n, unit)];
    Some(Length { low: total.clone(), high: total, end: at + 1, unit })
}

/// "ago", "from now", "later": what stands behind a length.
fn after_length(reader: &Reader<'_>, end: usize, unit: Unit) -> Option<Anchor> {
    let scan = reader.scan;
    let now = |sign: i64, end: usize, rule: &'static str| Anchor {
        base: None,
        date: reader.published,
        sign,
        end,
        rule,
        is_inferred: false,
        is_now: true,
    };
    if let Some(at) = scan
        .any_words(end, &["ago today", "ago", "back"])
        .filter(|_| !scan.is(end, "back") || !scan.is_word(end + 1))
    {
        return Some(now(-1, at, "shift:ago"));
    }
    if !unit.is_clock() || reader.is_claims() {
        if let Some(at) = scan.any_words(end, &["from today"]) {
            return Some(now(1, at, "shift:from-now"));
        }
        if let Some(at) = scan.any_words(end, &["before today"]) {
            return Some(now(-1, at, "shift:ago"));
        }
    }
    if let Some(at) = scan.any_words(end, &["from now", "hence", "from today", "in the future"]) {
        return (!scan.is(end, "from") || scan.is(at - 1, "now")).then(|| now(1, at, "shift:from-now"));
    }
    for (word, sign) in [("later", 1), ("earlier", -1)] {
        if scan.is(end, word) && !scan.is_any(end + 1, &["than", "this", "in", "on"]) {
            if !reader.is_claims() {
                let rule = if sign > 0 { "shift:from-now" } else { "shift:ago" };
                return Some(now(sign, end + 1, rule));
            }
            let (date, end) = (reader.last_day, end + 1);
            let rule = "shift:after-named";
            return Some(Anchor { base: None, date, sign, end, rule, is_inferred: true, is_now: false });
        }
    }
    None
}

/// "before Christmas", "after tomorrow", "from 15 June": a length counted from another date.
fn beside_point(reader: &Reader<'_>, end: usize, unit: Unit) -> Option<Anchor> {
    let scan = reader.scan;
    for (word, sign) in [("before", -1), ("after", 1), ("from", 1), ("since", 1), ("following", 1)] {
        if scan.is(end, word)
            && let Some(inner) = inner_point(reader, end + 1)
        {
            if unit.is_clock() && !reader.is_claims() && inner.rule == "day:today" {
                return None;
            }
            let is_since = scan.is(end, "since");
            let from_start = sign < 0 || is_since;
            let last = inner.stop().filter(|_| !from_start && inner.grain == "day");
            let date = last.or(inner.start());
            let rule = "shift:from-point";
            let end = inner.end;
            return Some(Anchor {
                base: Some(inner),
                date,
                sign,
                end,
                rule,
                is_inferred: false,
                is_now: false,
            });
        }
    }
    None
}

/// The day (or, of hours from now, the second) that a length from an anchor reaches.
fn reached(reader: &Reader<'_>, ix: usize, length: &Length, anchor: &Anchor) -> Point {
    let grain = length.unit.grain();
    let days = anchor.date.and_then(|date| {
        let (near, far) =
            (shifted(date, &length.low, anchor.sign)?, shifted(date, &length.high, anchor.sign)?);
        Some((near.min(far), near.max(far)))
    });
    let basis = match (&anchor.base, anchor.is_inferred) {
        (Some(base), _) => base.basis,
        (None, true) => DateBasis::Inferred,
        (None, false) => DateBasis::Relative,
    };
    let point = Point { basis, ..Point::relative(ix, anchor.end, days, grain, anchor.rule) };
    let has_clock = length.high.iter().any(|(_, unit)| unit.is_clock()) && anchor.is_now;
    let Some((date, now)) = reader.published.zip(reader.now_seconds()).filter(|_| has_clock) else {
        return point;
    };
    let seconds = clock_seconds(&length.high);
    let date = length.high.iter().try_fold(date, |at, (n, unit)| shift(at, anchor.sign * n, *unit));
    match date.and_then(|date| moment(date, now, anchor.sign * seconds)) {
        Some((date, second)) => {
            Point { days: days_of(Some(date)), seconds: Some((second, second)), grain: "time", ..point }
        }
        None => point,
    }
}
