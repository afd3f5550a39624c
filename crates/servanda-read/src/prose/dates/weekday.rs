//! Days of the week, with what stands beside them.

use jiff::civil::{Date, Weekday};

use super::calendar::{day, days_between, weekday_near, weekday_of_week};
use super::explicit::explicit;
use super::point::{Point, Reader};
use super::words::{day_number, is_doubtful_weekday, weekday};
use crate::prose::scan::{Gap, Scan};

/// "Friday", "last Friday", "Friday, 24 October", "Monday of last week", "next week on Tuesday".
pub(super) fn weekday_point(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if let Some(point) = week_then_day(reader, ix) {
        return Some(point);
    }
    if let Some(point) = counted_weekdays(reader, ix) {
        return Some(point);
    }
    let is_this = scan.is(ix, "this") && scan.is_any(ix + 1, &["coming", "past", "upcoming", "last", "next"]);
    let (turn, at) = match scan.low(ix + usize::from(is_this)) {
        "coming" | "upcoming" | "next" if is_this => (Some(Turn::After), ix + 2),
        "past" | "last" if is_this => (Some(Turn::Before), ix + 2),
        "this" => (Some(Turn::Week(0)), ix + 1),
        "last" | "previous" => (Some(Turn::Week(-1)), ix + 1),
        "next" | "following" => (Some(Turn::Week(1)), ix + 1),
        "coming" | "upcoming" => (Some(Turn::After), ix + 1),
        "past" => (Some(Turn::Before), ix + 1),
        _ => (None, ix),
    };
    let wanted = weekday(scan.low(at))?;
    let is_short = is_doubtful_weekday(scan.low(at));
    // "Fri-days": the half of a word that a line end had cut.
    if is_short
        && scan.is_dash(at + 1)
        && scan.touches(at + 1)
        && scan.is_word(at + 2)
        && scan.touches(at + 2)
    {
        return None;
    }
    let end = at
        + 1
        + usize::from(is_short && scan.is(at + 1, ".") && scan.touches(at + 1) && scan.is_digits(at + 2));
    if let Some(point) = with_date(reader, ix, end, wanted) {
        return Some(point);
    }
    if is_short && !scan.is_capital(at) && turn.is_none() && !is_led(scan, at) && reader.is_claims() {
        return None;
    }
    // A person or a newspaper can be called Sunday; a year after it makes it a film.
    let (turn, end) = match turn {
        Some(Turn::Week(n)) if scan.words(end, "of next week").is_some() && n == 0 => {
            (Some(Turn::Week(1)), end + 3)
        }
        Some(turn) => (Some(turn), end),
        None if scan.is(end, "last") && !scan.is_word(end + 1) => (Some(Turn::Before), end + 1),
        None if scan.is(end, "next") && !scan.is_word(end + 1) => (Some(Turn::After), end + 1),
        // "Tuesday week": a week after the next one.
        None if scan.is(end, "week") && !scan.is_word(end + 1) => (Some(Turn::WeekAfter), end + 1),
        None => week_after(scan, end).map_or((None, end), |(n, end)| (Some(Turn::Week(n)), end)),
    };
    let date = reader.published.and_then(|published| match turn {
        Some(Turn::Week(n)) => weekday_of_week(published, n, wanted),
        Some(Turn::After) => weekday_near(published.tomorrow().ok()?, wanted, true),
        Some(Turn::Before) => weekday_near(published.yesterday().ok()?, wanted, false),
        Some(Turn::WeekAfter) => {
            super::calendar::plus_days(weekday_near(published.tomorrow().ok()?, wanted, true)?, 7)
        }
        None => weekday_near(published, wanted, reader.is_future(ix, end)),
    });
    let rule = if turn.is_some() { "weekday:turned" } else { "weekday" };
    Some(Point::relative(ix, end, date.map(|date| (date, date)), "day", rule))
}

#[derive(Clone, Copy)]
enum Turn {
    Week(i64),
    After,
    Before,
    WeekAfter,
}

/// "two Sundays from now", "three Fridays ago".
fn counted_weekdays(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let (n, at) = super::words::how_many(scan, ix).filter(|(n, _)| (1..=60).contains(n))?;
    let wanted = weekday(scan.low(at).strip_suffix('s').unwrap_or(scan.low(at)))?;
    let ahead = scan.any_words(at + 1, &["from now", "from today", "later", "hence"]);
    let (end, is_future) = match ahead {
        Some(end) => (end, true),
        None => (scan.words(at + 1, "ago")?, false),
    };
    let date = reader.published.and_then(|published| {
        let near = if is_future { published.tomorrow() } else { published.yesterday() }.ok()?;
        let first = weekday_near(near, wanted, is_future)?;
        super::calendar::plus_days(first, if is_future { 7 * (n - 1) } else { -7 * (n - 1) })
    });
    Some(Point::relative(ix, end, date.map(|date| (date, date)), "day", "weekday:counted"))
}

fn is_led(scan: &Scan<'_>, ix: usize) -> bool {
    ix > 0
        && scan.is_any(
            ix - 1,
            &["on", "since", "until", "by", "from", "to", "till", "after", "before", "next", "last", "this"],
        )
}

fn turn_of(word: &str) -> Option<i64> {
    Some(match word {
        "this" => 0,
        "last" | "previous" => -1,
        "next" | "following" => 1,
        _ => return None,
    })
}

/// "last week", "of the following week" after a weekday.
fn week_after(scan: &Scan<'_>, ix: usize) -> Option<(i64, usize)> {
    let at = scan.skip(scan.skip(ix, &["of", "in"]), &["the"]);
    if let Some(end) = scan.any_words(at, &["week after next", "week after the next"]) {
        return Some((2, end));
    }
    if let Some(end) = scan.any_words(at, &["week before last"]) {
        return Some((-2, end));
    }
    let n = turn_of(scan.low(at))?;
    (scan.is(at + 1, "week")).then_some((n, at + 2))
}

/// "next week on Tuesday", "this week Monday", "next week Mon".
fn week_then_day(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let n = turn_of(scan.low(ix)).filter(|_| scan.is(ix + 1, "week"))?;
    let at = scan.skip(scan.skip(ix + 2, &["'", "\u{2019}", "-", "\u{2013}", ","]), &["on", "s"]);
    let wanted = weekday(scan.low(at))?;
    let date = reader.published.and_then(|date| weekday_of_week(date, n, wanted));
    Some(Point::relative(ix, at + 1, date.map(|date| (date, date)), "day", "weekday:turned"))
}

/// A date beside its weekday: the date tells, the weekday belongs to its words.
fn with_date(reader: &Reader<'_>, ix: usize, end: usize, wanted: Weekday) -> Option<Point> {
    let scan = reader.scan;
    let bracket = scan.is(end, "(");
    let at = if bracket { end + 1 } else { scan.skip(end, &[","]) };
    if scan.gap(at) == Gap::Blank {
        return None;
    }
    if let Some(point) = explicit(reader, at).filter(|point| point.grain == "day") {
        let end = if bracket && scan.is(point.end, ")") { point.end + 1 } else { point.end };
        let point = point.from(ix).until(end);
        return Some(Point { days: on_weekday(reader, &point, wanted).or(point.days), ..point });
    }
    if let Some(point) =
        super::relative::relative(reader, at).filter(|point| point.rule.starts_with("shift:from-now"))
    {
        let date = point.start().and_then(|date| weekday_near(date, wanted, true));
        return Some(Point { first: ix, days: date.map(|date| (date, date)), ..point });
    }
    let has_the = scan.is(at, "the");
    let (n, day_end) = day_number(scan, scan.skip(at, &["the"]))?;
    let is_ordinal = !(day_end == at + 1 && scan.is_digits(at));
    // "on Monday 12 people": digits alone count what follows.
    let fits = has_the || is_ordinal || !reader.is_claims();
    let clock = scan.is(day_end, ":")
        || scan.is_dash(day_end)
        || scan.is_any(day_end, &["am", "pm", "in", "o", "oclock", "a", "p"]);
    if !fits || clock || scan.is(day_end, ".") && scan.touches(day_end + 1) && scan.is_digits(day_end + 1) {
        return None;
    }
    let date = reader.published.and_then(|date| weekday_on(date, n, wanted, has_the));
    Some(Point::relative(ix, day_end, date.map(|date| (date, date)), "day", "weekday:day"))
}

/// A day without a year falls on the weekday beside it in few years: the nearest of them.
fn on_weekday(reader: &Reader<'_>, point: &Point, wanted: Weekday) -> Option<super::calendar::Days> {
    let (published, yearless) = (reader.published?, point.yearless.filter(|_| reader.is_claims())?);
    let near = |n: i16| yearless.of(published.year() + n).filter(|days| days.0.weekday() == wanted);
    (-6..=6).filter_map(near).min_by_key(|days| days_between(published, days.0).abs())
}

/// The nearest day of that number on that weekday; with "the" of the month of publication, where it fits.
fn weekday_on(published: Date, n: i8, wanted: Weekday, has_the: bool) -> Option<Date> {
    let this = day(published.year(), published.month(), n);
    if let (true, Some(this)) = (has_the, this) {
        return Some(this);
    }
    let near = |months: i64| {
        let month = super::calendar::shift(published.first_of_month(), months, super::words::Unit::Month)?;
        day(month.year(), month.month(), n).filter(|date| date.weekday() == wanted)
    };
    (-14..=14).filter_map(near).min_by_key(|date| days_between(published, *date).abs())
}

/// "the 21st": a day of the month nearest to publication.
pub(super) fn bare_day(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    let (n, end) = day_number(scan, at)?;
    let date = reader.published.and_then(|published| {
        let near = |months: i64| {
            let month =
                super::calendar::shift(published.first_of_month(), months, super::words::Unit::Month)?;
            day(month.year(), month.month(), n)
        };
        [0, -1, 1].into_iter().filter_map(near).min_by_key(|date| days_between(published, *date).abs())
    });
    let point = Point::relative(ix, end, date.map(|date| (date, date)), "day", "day-of-month");
    Some(Point { bare_day: Some(n), ..point })
}
