//! Parts of periods: early, mid, late; the beginning, the end, the rest.

use jiff::civil::Date;
use servanda_model::DateBasis;

use super::calendar::{Days, days_between, period, plus_days};
use super::explicit::explicit;
use super::point::{Point, Reader};
use super::relative::relative;
use super::words::Unit;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    First,
    Middle,
    Last,
    Rest,
}

/// "late October", "the end of the year", "mid-2025", "the rest of the week".
pub(super) fn part(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    let (part, next) = match scan.low(at) {
        "early" => (Part::First, at + 1),
        "late" => (Part::Last, at + 1),
        "mid" => (Part::Middle, if scan.is_dash(at + 1) { at + 2 } else { at + 1 }),
        "eoy" if !reader.is_claims() => return Some(last_of_now(reader, ix, at + 1, Unit::Year)),
        "eom" if !reader.is_claims() => return Some(last_of_now(reader, ix, at + 1, Unit::Month)),
        "beginning" | "start" | "outset" => (Part::First, scan.words(at + 1, "of")?),
        "middle" => (Part::Middle, scan.words(at + 1, "of")?),
        "end" | "close" => (Part::Last, scan.skip(at + 1, &["of"])),
        "rest" | "remainder" | "remaining" => (Part::Rest, scan.words(at + 1, "of")?),
        _ => return None,
    };
    if scan.is(at, "end") && !scan.is(at + 1, "of") {
        // "end October": the name of the month follows at once.
        explicit(reader, next).filter(|point| matches!(point.grain, "month" | "year"))?;
    }
    let whole = whole_at(reader, next)?;
    let days = whole.days.and_then(|days| part_days(reader, days, whole.grain, part));
    let days = halved_year(reader, &whole, part).or(days);
    let first = at;
    let grain = if matches!(whole.grain, "day" | "time") { "time" } else { "range" };
    let seconds = match part {
        Part::Last if whole.grain == "day" => Some((86_399, 86_399)),
        _ => whole.seconds,
    };
    Some(Point { first, days, grain, seconds, rule: "period:part", yearless: None, ..whole })
}

/// "the end of this year": of a year that words only point to, assistants take halves.
fn halved_year(reader: &Reader<'_>, whole: &Point, part: Part) -> Option<Days> {
    if reader.is_claims() || whole.grain != "year" || whole.basis != DateBasis::Relative {
        return None;
    }
    let (year, date) =
        (whole.start()?.year(), |month: i8, day: i8, year: i16| Date::new(year, month, day).ok());
    match part {
        Part::First => Some((date(1, 1, year)?, date(6, 30, year)?)),
        Part::Middle => Some((date(4, 1, year)?, date(9, 30, year)?)),
        Part::Last => Some((date(7, 1, year)?, date(12, 31, year)?)),
        Part::Rest => None,
    }
}

fn last_of_now(reader: &Reader<'_>, ix: usize, end: usize, unit: Unit) -> Point {
    let days =
        reader.published.and_then(|date| part_days(reader, period(date, unit)?, unit.grain(), Part::Last));
    let year = reader.published.and_then(|date| period(date, Unit::Year));
    let halved = halved_year(reader, &Point::relative(ix, end, year, "year", "period"), Part::Last);
    let days = if unit == Unit::Year { halved } else { days };
    Point::relative(ix, end, days, "range", "period:part")
}

/// A whole period: named, or "the week", "this year" uncut by the day of publication.
fn whole_at(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the", "this", "current"]);
    if let Some(unit) =
        Unit::of(scan.low(at)).filter(|unit| !unit.is_clock() && *unit != Unit::Night && at > ix)
    {
        let days = reader.published.and_then(|date| period(date, unit));
        return Some(Point::relative(ix, at + 1, days, unit.grain(), "period"));
    }
    let point = explicit(reader, at).or_else(|| relative(reader, ix))?;
    let fits = matches!(
        point.grain,
        "day" | "week" | "month" | "quarter" | "season" | "year" | "decade" | "century"
    );
    (fits && point.bare_day.is_none()).then_some(point)
}

/// The days of a part. Months, years and longer periods have thirds; of a week the beginning is Monday and Tuesday,
/// the end Friday to Sunday.
fn part_days(reader: &Reader<'_>, days: Days, grain: &str, part: Part) -> Option<Days> {
    let (first, last) = days;
    if part == Part::Rest {
        let from = reader.published.unwrap_or(first).max(first);
        let from = from.min(last);
        return Some((from, if reader.is_claims() { last } else { plus_days(last, -1)?.max(from) }));
    }
    let at = |n: i64| plus_days(first, n);
    match (grain, part) {
        ("day", _) => Some(days),
        ("week", Part::First) if !reader.is_claims() => Some((first, at(2)?)),
        ("week", Part::Middle) if !reader.is_claims() => Some((at(1)?, at(4)?)),
        ("week", Part::Last) if !reader.is_claims() => Some((at(3)?, last)),
        ("week", Part::First) => Some((first, at(1)?)),
        ("week", Part::Middle) => Some((at(2)?, at(3)?)),
        ("week", _) => Some((at(4)?, last)),
        ("month", Part::First) if reader.is_claims() => Some((first, at(9)?)),
        ("month", Part::First) => Some((first, at(14)?)),
        ("month", Part::Middle) => Some((at(10)?, at(19)?)),
        ("month", _) if reader.is_claims() => Some((at(20)?, last)),
        ("month", _) => Some((at(15)?, last)),
        ("year", _) => {
            let month = |n: i8| Date::new(first.year(), n, 1).ok();
            match part {
                Part::First => Some((first, month(4)?.last_of_month())),
                Part::Middle => Some((month(5)?, month(8)?.last_of_month())),
                _ => Some((month(9)?, last)),
            }
        }
        _ => {
            let third = days_between(first, last) / 3;
            match part {
                Part::First => Some((first, at(third)?)),
                Part::Middle => Some((at(third + 1)?, at(2 * third)?)),
                _ => Some((at(2 * third + 1)?, last)),
            }
        }
    }
}

/// The end (or beginning) itself, which "by the end of" and "since the beginning of" mean.
pub(super) fn edge(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    let is_end = scan.is_any(at, &["end", "close"]);
    if !(is_end || scan.is_any(at, &["beginning", "start", "outset"])) || !scan.is(at + 1, "of") {
        return None;
    }
    let whole = whole_at(reader, at + 2)?;
    let days = whole.days.map(|(first, last)| if is_end { (last, last) } else { (first, first) });
    let basis = if whole.basis == DateBasis::Explicit { DateBasis::Explicit } else { DateBasis::Relative };
    Some(Point { first: ix, days, basis, rule: "period:edge", ..whole })
}
