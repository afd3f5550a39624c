//! Dates counted from the day of publication, or from a day that was named before.

use super::calendar::{Days, iso_week, monday, nth_weekday, period, period_away, plus_days, shift};
use super::explicit::{explicit, season_number};
use super::near::near_day;
use super::point::{Point, Reader};
use super::words::{Unit, day_number, how_many, month, weekday};
use crate::prose::quantities::number::ordinal_at;
use jiff::civil::Date;

/// The relative date that begins here.
pub(super) fn relative(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    near_day(reader, ix)
        .or_else(|| ordinal_part(reader, ix))
        .or_else(|| super::counted::window(reader, ix))
        .or_else(|| super::counted::counted(reader, ix))
        .or_else(|| modified(reader, ix))
}

pub(super) fn days_of(date: Option<Date>) -> Option<Days> {
    date.map(|date| (date, date))
}

/// How many periods away a word points.
pub(super) fn direction(word: &str) -> Option<i64> {
    Some(match word {
        "this" | "current" | "same" | "that" => 0,
        "last" | "previous" | "past" | "preceding" => -1,
        "next" | "coming" | "upcoming" | "following" => 1,
        _ => return None,
    })
}

/// "this week", "last month", "next year", "earlier this week", "later this month", "the week", "year to date".
fn modified(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if let Some(end) = scan.words(ix, "year to date") {
        let days = reader.published.and_then(|date| {
            let last = if reader.is_claims() { date } else { plus_days(date, -1)? };
            Some((period(date, Unit::Year)?.0, last))
        });
        return Some(Point::relative(ix, end, days, "range", "period:to-date"));
    }
    let (lead, at) = match scan.low(ix) {
        "earlier" => (-1, scan.skip(ix + 1, &["in"])),
        "later" => (1, scan.skip(ix + 1, &["in"])),
        _ => (0, ix),
    };
    if lead != 0 && scan.is(at, "the") && Unit::of(scan.low(at + 1)).is_some_and(|unit| !unit.is_clock()) {
        return modified_at(reader, ix, at + 1, 0, lead);
    }
    let the = scan.skip(at, &["the"]);
    if let Some((n, end)) = second_next(scan, the) {
        let point = modified_at(reader, ix, the, n, 0)?;
        return Some(point.until(end));
    }
    // "partner of the year": only where open questions of time are asked.
    let names_unit =
        the > at && Unit::of(scan.low(the)).is_some_and(|unit| unit > Unit::Night && unit != Unit::Decade);
    if names_unit && !reader.is_claims() && !scan.is_any(the + 1, &["of", "end"]) && !scan.is_digits(the + 1)
    {
        return modified_at(reader, ix, the, 0, lead);
    }
    let n = direction(scan.low(the))?;
    if reader.is_claims() && super::counted::is_of_other(scan, the) {
        return None;
    }
    if super::counted::is_verb(scan, the) {
        return None;
    }
    // "the past week" names a week; "the last of the", "that week" of a story without dates does not.
    modified_at(reader, ix, the + 1, n, lead).filter(|_| lead == 0 || n == 0)
}

/// "week after next", "the year before last": two periods away; one past the words.
fn second_next(scan: &crate::prose::scan::Scan<'_>, ix: usize) -> Option<(i64, usize)> {
    Unit::of(scan.low(ix)).filter(|unit| *unit > Unit::Night)?;
    let next = scan.any_words(ix + 1, &["after next", "after the next"]).map(|end| (2, end));
    next.or_else(|| scan.any_words(ix + 1, &["before last", "before the last"]).map(|end| (-2, end)))
}

fn modified_at(reader: &Reader<'_>, first: usize, at: usize, n: i64, lead: i64) -> Option<Point> {
    let scan = reader.scan;
    if scan.is_any(at, &["fiscal", "school", "financial", "academic"]) {
        return None;
    }
    if let Some(named) = season_number(scan.low(at)) {
        let season = reader.published.and_then(|date| {
            let year = date.year() + n as i16;
            super::calendar::season_days(if named == 4 && date.month() <= 2 { year - 1 } else { year }, named)
        });
        return Some(Point::relative(first, at + 1, season, "season", "season:relative"));
    }
    if let Some(m) = month(scan.low(at)) {
        return modified_month(reader, first, at, n, m);
    }
    let unit = Unit::of(scan.low(at)).filter(|unit| !matches!(unit, Unit::Night | Unit::Day) || n != 0)?;
    if scan.low(at).ends_with('s') && unit != Unit::Century || unit == Unit::Second {
        return None;
    }
    if matches!(unit, Unit::Day | Unit::Night) {
        let days = reader.published.and_then(|date| {
            let other = plus_days(date, n)?;
            Some(if n < 0 && reader.is_claims() { (other, date) } else { (other, other) })
        });
        return scan
            .is_any(at - 1, &["past", "coming"])
            .then(|| Point::relative(first, at + 1, days, "day", "period"));
    }
    if unit.is_clock()
        && n != 0
        && let Some((date, now)) = reader.published.zip(reader.now_seconds())
    {
        let length = n * super::lengths::clock_seconds(&[(1, unit)]);
        let (other, second) = super::counted::moment(date, now, length)?;
        let (days, seconds) =
            if n < 0 { ((other, date), (second, now)) } else { ((date, other), (now, second)) };
        let point = Point::relative(first, at + 1, Some(days), "time", "window");
        return Some(Point { seconds: Some(seconds), ..point });
    }
    let days = reader.published.and_then(|date| period_days(reader, date, unit, n, lead, (first, at + 1)));
    let grain = if lead == 0 { unit.grain() } else { "range" };
    Some(Point::relative(first, at + 1, days, grain, if lead == 0 { "period" } else { "period:part" }))
}

fn period_days(
    reader: &Reader<'_>,
    date: Date,
    unit: Unit,
    n: i64,
    lead: i64,
    pieces: (usize, usize),
) -> Option<Days> {
    if unit.is_clock() {
        return Some((date, date));
    }
    let is_future = reader.is_future(pieces.0, pieces.1);
    if unit == Unit::Weekend && n == 0 && reader.is_claims() {
        let this = period(date, unit)?;
        return if this.0 > date && !is_future { period_away(date, -1, unit) } else { Some(this) };
    }
    // The past fortnight is the two weeks before this one.
    if unit == Unit::Fortnight && n != 0 {
        return period(plus_days(monday(date)?, if n < 0 { -14 } else { 14 })?, unit);
    }
    let whole = period_away(date, n, unit)?;
    if n != 0 {
        return Some(whole);
    }
    match lead {
        -1 if !reader.is_claims() && middle(whole, unit).is_some_and(|middle| middle < date) => {
            Some((whole.0, middle(whole, unit)?))
        }
        1 if !reader.is_claims() && middle(whole, unit).is_some_and(|middle| middle >= date) => {
            Some((plus_days(middle(whole, unit)?, 1)?, whole.1))
        }
        -1 => {
            let before = plus_days(date, -1)?;
            Some((whole.0, before.max(whole.0)))
        }
        1 => Some((if reader.is_claims() { plus_days(date, 1)?.min(whole.1) } else { date }, whole.1)),
        _ if !reader.is_claims() => Some(whole),
        _ if unit == Unit::Week || !is_future => Some((whole.0, date)),
        _ => Some((date, whole.1)),
    }
}

/// The last day of the earlier half: Wednesday, the 15th, June.
fn middle(whole: Days, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Week => plus_days(whole.0, 2),
        Unit::Month => plus_days(whole.0, 14),
        Unit::Year => Date::new(whole.0.year(), 6, 30).ok(),
        _ => None,
    }
}

/// "last October", "this September", "next March": the one before, of, or after this year's.
fn modified_month(reader: &Reader<'_>, first: usize, at: usize, n: i64, m: i8) -> Option<Point> {
    let scan = reader.scan;
    // "next 6th of April" has a day, "this May 5" too: left to the explicit forms.
    if day_number(scan, at + 1).is_some() || scan.digits(at + 1, 4).is_some() {
        return None;
    }
    let days = reader.published.and_then(|date| {
        let year = match n {
            0 => date.year(),
            n if n < 0 => date.year() - i16::from(m >= date.month()),
            _ => date.year() + i16::from(m <= date.month()),
        };
        super::calendar::month_days(year, m)
    });
    Some(Point::relative(first, at + 1, days, "month", "month:relative"))
}

/// The year that a relative point of a whole year names.
pub(super) fn away_whole(reader: &Reader<'_>, point: &Point) -> Option<i16> {
    let _ = reader;
    point.days.map(|days| days.0.year())
}

/// A point that another one is counted from.
pub(super) fn inner_point(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    if scan.is_any(ix, &["now", "today"]) {
        let days = days_of(reader.published);
        return Some(Point::relative(ix, ix + 1, days, "day", "day:today"));
    }
    super::holiday::holiday(reader, at)
        .or_else(|| super::weekday::weekday_point(reader, ix))
        .or_else(|| near_day(reader, ix))
        .or_else(|| modified(reader, ix))
        .or_else(|| explicit(reader, at))
        .filter(|point| point.bare_day.is_none())
}

/// "the first week of 2015", "last Friday of October", "the last 3 weeks of this year", "week of 10 April", "week 31".
fn ordinal_part(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if let Some(point) = week_of(reader, ix) {
        return Some(point);
    }
    let at = scan.skip(ix, &["the"]);
    let (n, next) = if scan.is(at, "last") { (-1, at + 1) } else { ordinal_at(scan, at)? };
    let (amount, next) = if n == -1 || n == 1 {
        how_many(scan, next).filter(|(_, end)| Unit::of(scan.low(*end)).is_some()).unwrap_or((1, next))
    } else {
        (1, next)
    };
    let unit = Unit::of(scan.low(next));
    let wanted = weekday(scan.low(next));
    if unit.is_none() && wanted.is_none() || !(scan.is(next + 1, "of") || scan.is(next + 1, "in")) {
        return None;
    }
    let whole = inner_point(reader, next + 2).filter(|whole| matches!(whole.grain, "month" | "year"))?;
    let nth = |days: Days| -> Option<Days> {
        let n8 = i8::try_from(n).ok()?;
        if let Some(wanted) = wanted {
            return days_of(
                nth_weekday(days.0.year(), days.0.month(), n8, wanted).filter(|_| whole.grain == "month"),
            );
        }
        nth_unit(days, whole.grain, n, amount, unit?)
    };
    let days = whole_period(reader, &whole).and_then(nth);
    let grain = unit.map_or("day", Unit::grain);
    Some(Point { first: ix, days, grain, rule: "period:nth", yearless: None, ..whole })
}

/// A relative month or year as a whole, which the day of publication would cut short.
fn whole_period(reader: &Reader<'_>, point: &Point) -> Option<Days> {
    let _ = reader;
    let days = point.days?;
    match point.grain {
        "month" => period(days.0, Unit::Month),
        "year" => period(days.0, Unit::Year),
        _ => Some(days),
    }
}

fn nth_unit(days: Days, grain: &str, n: i64, amount: i64, unit: Unit) -> Option<Days> {
    if unit == Unit::Week {
        let (first, last) = (monday(plus_days(days.0, 3)?)?, days.1);
        // A week belongs to the period that holds its Thursday (ISO 8601).
        let last_monday = monday(plus_days(last, -3)?)?;
        let start =
            if n == -1 { plus_days(last_monday, -7 * (amount - 1))? } else { plus_days(first, 7 * (n - 1))? };
        return Some((start, plus_days(start, 7 * amount - 1)?));
    }
    if unit == Unit::Weekend {
        let first = super::calendar::weekday_near(days.0, jiff::civil::Weekday::Saturday, true)?;
        let last = super::calendar::weekday_near(days.1, jiff::civil::Weekday::Saturday, false)?;
        let start = if n == -1 { last } else { plus_days(first, 7 * (n - 1))? };
        return Some((start, plus_days(start, 1)?));
    }
    if !matches!((grain, unit), ("year", Unit::Month | Unit::Quarter | Unit::Day) | ("month", Unit::Day)) {
        return None;
    }
    let start =
        if n == -1 { shift(plus_days(days.1, 1)?, -amount, unit)? } else { shift(days.0, n - 1, unit)? };
    let end = plus_days(shift(start, amount, unit)?, -1)?;
    (start >= days.0 && end <= days.1).then_some((start, end))
}

/// "the week of 10 April", "week beginning 4 February", "the week 31 of 2027".
fn week_of(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    let (is_end, next) = match scan.low(at) {
        "week" | "weeks" => match scan.low(at + 1) {
            "of" | "beginning" | "starting" | "commencing" => (false, at + 2),
            "ending" | "ended" => (true, at + 2),
            _ => return numbered_week(reader, ix, at),
        },
        "w" if scan.is(at + 1, "/") && scan.is(at + 2, "c") => (false, at + 3),
        _ => return None,
    };
    let next = scan.skip(scan.skip(next, &["on"]), &["the"]);
    let point = explicit(reader, next)
        .or_else(|| super::weekday::bare_day(reader, next))
        .or_else(|| super::weekday::weekday_point(reader, next))
        .filter(|point| point.grain == "day")?;
    // "the week of 27 February to 5 March": the two days tell more than the week.
    if (scan.is_dash(point.end) || scan.is_any(point.end, &["to", "until", "through"]))
        && explicit(reader, point.end + 1).is_some()
    {
        return None;
    }
    let days = point.start().and_then(|date| {
        if is_end {
            return Some((plus_days(date, -6)?, date));
        }
        period(date, Unit::Week)
    });
    Some(Point { first: ix, days, grain: "week", rule: "week:of", yearless: None, bare_day: None, ..point })
}

fn numbered_week(reader: &Reader<'_>, ix: usize, at: usize) -> Option<Point> {
    let scan = reader.scan;
    let n = scan.digits(at + 1, 2).filter(|n| (1..=53).contains(n))? as i8;
    if scan.is(at + 2, "of")
        && let Some(year) = explicit(reader, at + 3).filter(|point| point.grain == "year")
    {
        let days = year.start().and_then(|first| iso_week(first.year(), n));
        return Some(Point { grain: "week", ..Point::explicit(at, year.end, days, "week", "week:number") });
    }
    let stands = !reader.is_claims() && ix <= at;
    let days = reader.published.and_then(|date| iso_week(date.year(), n));
    stands.then(|| Point::relative(at, at + 2, days, "week", "week:number"))
}
