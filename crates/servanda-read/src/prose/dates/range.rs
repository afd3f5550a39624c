//! Dates with times, ranges of dates, and open ends.

use servanda_model::{DateBasis, Tense};

use super::calendar::{Days, day, plus_days};
use super::clock::{Clock, clock, day_part};
use super::explicit::explicit;
use super::holiday::holiday;
use super::part::{edge, part};
use super::point::{Point, Reader, Yearless};
use super::relative::{inner_point, relative};
use super::weekday::{bare_day, weekday_point};
use super::words::{day_number, year_number};
use crate::prose::scan::Gap;

/// A date as found: its words and the two ends, each of which can be missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) point: Point,
    pub(super) has_start: bool,
    pub(super) has_end: bool,
}

impl Found {
    fn closed(point: Point) -> Found {
        Found { point, has_start: true, has_end: true }
    }
}

/// The longest date that begins here.
pub(super) fn found_at(reader: &Reader<'_>, ix: usize) -> Option<Found> {
    bounded(reader, ix)
        .or_else(|| range_led(reader, ix).map(Found::closed))
        .or_else(|| bare_range(reader, ix, false).map(Found::closed))
        .or_else(|| lasting(reader, ix).map(Found::closed))
        .or_else(|| opened(reader, ix))
}

/// A point, a range without a leading word, "2018 or later".
fn opened(reader: &Reader<'_>, ix: usize) -> Option<Found> {
    let scan = reader.scan;
    let point = timed(reader, ix)?;
    if let Some(range) = range_from(reader, point, &["to", "until", "till", "through", "thru"]) {
        return Some(Found::closed(range));
    }
    if point.bare_day.is_some() && point.seconds.is_none() {
        return None;
    }
    if let Some(end) = scan.any_words(point.end, &["or later", "and later", "onwards", "onward", "or after"])
    {
        return Some(since(reader, point.until(end), false));
    }
    if scan.is_dash(point.end) && scan.is_any(point.end + 1, &["onwards", "onward"]) {
        return Some(since(reader, point.until(point.end + 2), false));
    }
    Some(match point.rule {
        "window:coming" => Found { point, has_start: true, has_end: false },
        "window:recent" => Found { point, has_start: false, has_end: true },
        _ => Found::closed(point),
    })
}

/// A date without time, of any form.
pub(super) fn date_point(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    if let Some(found) = part(reader, ix) {
        return Some(found);
    }
    // "this May 5", "next 6th of April": a day with a word that turns it.
    if reader.scan.is_any(ix, &["this", "next", "last"])
        && let Some(point) =
            explicit(reader, ix + 1).filter(|point| point.grain == "day" && point.yearless.is_some())
    {
        return Some(turned(reader, ix, point));
    }
    holiday(reader, ix)
        .or_else(|| weekday_point(reader, ix))
        .or_else(|| relative(reader, ix))
        .or_else(|| explicit(reader, ix))
}

fn turned(reader: &Reader<'_>, ix: usize, point: Point) -> Point {
    let days = reader.published.zip(point.yearless).and_then(|(date, yearless)| match reader.scan.low(ix) {
        "next" => (0..3)
            .filter_map(|n| yearless.of(date.year() + n))
            .find(|days| days.0 > date && days.0.year() > date.year()),
        "last" => (0..3).filter_map(|n| yearless.of(date.year() - n)).find(|days| days.1 < date),
        _ => yearless.of(date.year()),
    });
    Point { first: ix, days, basis: DateBasis::Relative, yearless: None, ..point }
}

/// A date with the time that stands beside it; a day of a month alone where a time makes it a date.
fn timed(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if let Some(date) = date_point(reader, ix) {
        return Some(with_time(reader, date));
    }
    if let Some(point) = time_then_date(reader, ix) {
        return Some(point);
    }
    if scan.is(ix, "the")
        && let Some(date) = bare_day(reader, ix)
    {
        let timed = with_time(reader, date);
        return timed.seconds.is_some().then_some(timed);
    }
    time_alone(reader, ix)
}

/// "Friday at 5 p.m.", "25 October, 17:00", "Monday morning", "today between 3 and 8".
fn with_time(reader: &Reader<'_>, date: Point) -> Point {
    let scan = reader.scan;
    if date.grain != "day" && date.seconds.is_none() || date.rule == "shift:ago" {
        return date;
    }
    let end = scan.skip(date.end, &[","]);
    if scan.gap(end) == Gap::Blank {
        return date;
    }
    let led = scan.is_any(end, &["at", "from", "around", "between", "by", "for", "@", "about"]);
    let at = scan.skip(end, &["at", "from", "around", "between", "for", "@", "about"]);
    let at = scan.skip(at, &["around", "about"]);
    if let Some(time) = clock_range(reader, at, true) {
        let fits = !time.is_bare || led || !reader.is_claims();
        if fits {
            return timed_by(date, time);
        }
    }
    if let Some(time) = day_part(scan, end) {
        let inner = scan.skip(time.end, &["at", "around"]);
        if let Some(exact) = clock(scan, inner).filter(|exact| !exact.is_bare || inner > time.end) {
            return timed_by(date, in_part(exact, time));
        }
        return timed_by(date, time);
    }
    let time =
        clock(scan, at).filter(|time| !time.is_bare || led && !reader.is_claims() && !scan.is_word(time.end));
    match time {
        Some(time) => {
            let time = match date.seconds {
                Some(part) => in_part(time, Clock { seconds: part, ..time }),
                None => time,
            };
            timed_by(date, time)
        }
        None => date,
    }
}

/// A time of twelve hours in the part of the day that words name.
fn in_part(time: Clock, part: Clock) -> Clock {
    let noon = 12 * 3600;
    let (from, _) = part.seconds;
    let shifts = !time.is_sure && from >= noon && time.seconds.0 < noon;
    let add = if shifts { noon } else { 0 };
    Clock { seconds: (time.seconds.0 + add, time.seconds.1 + add), is_sure: true, ..time }
}

fn timed_by(date: Point, time: Clock) -> Point {
    Point { end: time.end.max(date.end), seconds: Some(time.seconds), grain: "time", bare_day: None, ..date }
}

/// "at 5 p.m. on Friday", "13:00 February 28", "five to seven today".
fn time_then_date(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["at", "around", "from", "between"]);
    let time = clock_range(reader, at, true)
        .or_else(|| clock(scan, at))
        .or_else(|| day_part(scan, ix).filter(|part| scan.is_any(part.end, &["of", "on"])))?;
    let next = scan.skip(time.end, &["on", "of", ","]);
    if scan.gap(next) == Gap::Blank {
        return None;
    }
    let date = date_point(reader, next)
        .or_else(|| scan.is(next, "the").then(|| bare_day(reader, next)).flatten())
        .filter(|date| date.grain == "day" || date.grain == "time" && date.seconds.is_some())?;
    // "5 October", "at 12 May": the number is the day.
    let is_number = time.is_bare && time.end == at + 1 && reader.is_claims();
    let time = match date.seconds {
        Some(part) => in_part(time, Clock { seconds: part, ..time }),
        None => time,
    };
    (!is_number).then_some(Point {
        first: ix,
        seconds: Some(time.seconds),
        grain: "time",
        bare_day: None,
        ..date
    })
}

/// A time without a date is no date: only where open questions of time are asked.
fn time_alone(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if reader.is_claims() {
        return None;
    }
    let led = scan.is_any(ix, &["at", "from", "between", "around", "for"]);
    let at = scan.skip(ix, &["at", "from", "between", "around", "for"]);
    let range = clock_range(reader, at, led);
    let single = || {
        clock(scan, at).filter(|time| !time.is_bare || led && scan.is(ix, "at") && !scan.is_word(time.end))
    };
    let part = || day_part(scan, ix);
    let is_range = range.is_some();
    let time = range.or_else(single).or_else(part)?;
    let takes_lead = is_range && scan.is_any(ix, &["from", "between"])
        || scan.is(ix, "around")
        || day_part(scan, ix).is_some_and(|part| part.end == time.end);
    let first = if takes_lead { ix } else { at };
    let point =
        Point::relative(first, time.end, None, "time", if is_range { "clock:range" } else { "clock" });
    Some(Point { seconds: Some(time.seconds), ..point })
}

/// "5 to 6pm", "9:30-3:00 pm", "3 in the morning until 5pm".
fn clock_range(reader: &Reader<'_>, ix: usize, led: bool) -> Option<Clock> {
    let scan = reader.scan;
    let from = clock(scan, ix)?;
    let link = from.end;
    let is_word = scan.is_any(link, &["to", "until", "till", "through", "and"]);
    if !(is_word || scan.is_dash(link)) || scan.is(link, "and") && !led {
        return None;
    }
    let to = clock(scan, link + 1)?;
    let is_bare = from.is_bare && to.is_bare;
    if is_bare && !led || is_bare && (scan.is(to.end, "/") || scan.is_dash(to.end)) {
        return None;
    }
    let noon = 12 * 3600;
    let mut start = from.seconds.0;
    if !from.is_sure && to.is_sure && start < noon && to.seconds.0 >= noon && start + noon <= to.seconds.0 {
        start += noon;
    }
    let mut end = to.seconds.0;
    if end < start {
        end += noon;
    }
    Some(Clock { end: to.end, seconds: (start, end), is_sure: from.is_sure || to.is_sure, is_bare })
}

/// "between A and B", "from A to B".
fn range_led(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let links: &[&str] = match scan.low(ix) {
        "between" => &["and", "to", "through", "until"],
        "from" => &["to", "until", "till", "through", "thru"],
        _ => return None,
    };
    let at = scan.skip(ix + 1, &["the"]);
    if let Some(range) = bare_range(reader, at, true) {
        return Some(range.from(ix));
    }
    let first = inner_or_now(reader, ix + 1)?;
    range_from(reader, first, links).map(|range| range.from(ix))
}

fn inner_or_now(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    edge(reader, ix)
        .or_else(|| timed(reader, ix))
        .or_else(|| inner_point(reader, ix))
        .or_else(|| reader.scan.is(ix, "the").then(|| date_point(reader, ix + 1)).flatten())
}

/// "15-28 November", "15 and 28 November 2021" (after "between"), "the ninth till the seventeenth of April".
fn bare_range(reader: &Reader<'_>, ix: usize, is_led: bool) -> Option<Point> {
    let scan = reader.scan;
    let (first, link) = day_number(scan, ix)?;
    let is_word = scan.is_any(link, &["to", "until", "till", "through"]) || is_led && scan.is(link, "and");
    if !is_word && !scan.is_dash(link) {
        return None;
    }
    let at = scan.skip(link + 1, &["the"]);
    if scan.gap(at) == Gap::Blank && !is_led {
        return None;
    }
    let last = explicit(reader, at).filter(|last| last.grain == "day" && last.rule == "date:day-month")?;
    let start_of = |days: Days| -> Option<Days> {
        let same = day(days.0.year(), days.0.month(), first).filter(|date| *date <= days.0);
        let before = || {
            day(days.0.year(), days.0.month(), 1)?
                .yesterday()
                .ok()
                .and_then(|last| day(last.year(), last.month(), first))
        };
        Some((same.or_else(before)?, days.1))
    };
    let last_day =
        last.yearless.map_or_else(|| last.start().map(|date| date.day()), |yearless| Some(yearless.day))?;
    if first >= last_day {
        return None;
    }
    let days = last.days.and_then(start_of).map(|days| end_cut(reader, days));
    let yearless = last.yearless.map(|yearless| Yearless { day: first, ..yearless });
    Some(Point { first: ix, days, yearless, grain: "range", rule: "range:days", ..last })
}

/// In ranges, open questions of time leave the last named day out.
fn end_cut(reader: &Reader<'_>, days: Days) -> Days {
    if reader.is_claims() { days } else { (days.0, plus_days(days.1, -1).unwrap_or(days.1).max(days.0)) }
}

/// The range that begins with a point, where a link and another point follow.
fn range_from(reader: &Reader<'_>, first: Point, links: &[&str]) -> Option<Point> {
    let scan = reader.scan;
    let link = first.end;
    let is_dash = scan.is_dash(link) && scan.gap(link + 1) < Gap::Blank;
    if !(is_dash || scan.is_any(link, links)) || first.rule == "clock" {
        return None;
    }
    let at = link + 1;
    // "October 7-9", "April 27 to the third": a day of the same or the next month.
    if first.grain == "day"
        && first.basis == DateBasis::Explicit
        && let Some(range) = same_month(reader, first, at)
    {
        return Some(range);
    }
    if first.grain == "day"
        && first.seconds.is_none()
        && let Some(last) = month_first_day(reader, first, at)
    {
        return Some(last);
    }
    let last = edge(reader, at)
        .or_else(|| timed(reader, at))
        .or_else(|| inner_point(reader, at))
        .or_else(|| scan.is(at, "the").then(|| date_point(reader, at + 1)).flatten())
        .filter(|last| last.bare_day.is_none() && last.rule != "clock" && last.rule != "clock:range")?;
    if is_dash && first.grain == "year" && last.grain != "year" {
        return None;
    }
    combine(reader, first, last)
}

/// The second of "5 and 11 November" style ranges whose first has month and weekday ("Monday 5 to 11 November").
fn month_first_day(reader: &Reader<'_>, first: Point, at: usize) -> Option<Point> {
    let _ = (reader, first, at);
    None
}

fn same_month(reader: &Reader<'_>, first: Point, at: usize) -> Option<Point> {
    let scan = reader.scan;
    let day_at = scan.skip(at, &["the"]);
    let (n, end) = day_number(scan, day_at)?;
    // "from 5 October to 7 November": the second has its own month.
    if explicit(reader, at).is_some() || scan.is_any(end, &[":", "/", "am", "pm", "%"]) {
        return None;
    }
    let last_of = |from: jiff::civil::Date| {
        let same = day(from.year(), from.month(), n).filter(|date| *date > from);
        let next = || from.last_of_month().tomorrow().ok().and_then(|next| day(next.year(), next.month(), n));
        same.or_else(|| if scan.is(at, "the") || !scan.is_digits(day_at) { next() } else { None })
    };
    let year_at = scan.skip(end, &[",", "of"]);
    let year =
        year_number(scan, year_at).filter(|_| scan.is_digits(year_at) && scan.gap(year_at) < Gap::Blank);
    let (days, yearless, end) = match (year, first.yearless) {
        (Some((year, end)), Some(yearless)) => (yearless.of(year), None, end),
        _ => (first.days, first.yearless, end),
    };
    let last = match (days, yearless) {
        (Some(days), _) => Some(last_of(days.0)?),
        (None, Some(yearless)) => {
            last_of(day(2024, yearless.month, yearless.day)?)?;
            None
        }
        (None, None) => return None,
    };
    let range = days.zip(last).map(|(days, last)| end_cut(reader, (days.0, last)));
    let yearless = yearless.map(|yearless| Yearless { to_day: n, ..yearless });
    Some(Point { end, days: range, yearless, grain: "range", rule: "range:days", ..first })
}

/// Two points as one range; years that one of them names hold for the other.
fn combine(reader: &Reader<'_>, first: Point, last: Point) -> Option<Point> {
    let mut from = first.days;
    let mut to = last.days;
    match (first.yearless, last.yearless) {
        (Some(a), Some(b)) => {
            let whole = Yearless { month: a.month, day: a.day, to_month: b.month, to_day: b.day };
            if let Some(days) = reader.nearest_range(whole, first.first, last.end) {
                from = a.of(days.0.year());
                to = b.of(days.1.year());
            }
        }
        (Some(a), None) => {
            if let Some(days) = to {
                from =
                    a.of(days.0.year()).filter(|from| from.0 <= days.1).or_else(|| a.of(days.0.year() - 1));
            }
        }
        (None, Some(b)) => {
            if let Some(days) = from {
                to = b.of(days.0.year()).filter(|to| to.1 >= days.0).or_else(|| b.of(days.0.year() + 1));
            }
        }
        (None, None) => {}
    }
    // "from Monday to Thursday": the second is the next after the first.
    if let (Some(a), Some(b)) = (from, to)
        && first.rule == "weekday"
        && last.rule == "weekday"
    {
        let wanted = b.0.weekday();
        let next = super::calendar::weekday_near(a.0, wanted, true)?;
        // A past week lies wholly before the day of publication.
        let overshoots =
            reader.published.is_some_and(|date| next > date) && !reader.is_future(first.first, last.end);
        let shift = if overshoots { -7 } else { 0 };
        (from, to) = (Some((plus_days(a.0, shift)?, a.1)), Some((plus_days(next, shift)?, next)));
        to = to.map(|days| (days.0, days.0));
    }
    let days = match (from, to) {
        (Some(from), Some(to)) => {
            let end = if reader.is_claims() { to.1 } else { plus_days(to.0, -1)?.max(from.0) };
            if end < from.0 {
                return None;
            }
            Some((from.0, end))
        }
        _ => None,
    };
    let basis = if first.basis == DateBasis::Explicit && last.basis == DateBasis::Explicit {
        DateBasis::Explicit
    } else {
        DateBasis::Relative
    };
    let yearless = match (first.yearless, last.yearless) {
        (Some(a), Some(b)) => {
            Some(Yearless { month: a.month, day: a.day, to_month: b.to_month, to_day: b.to_day })
        }
        _ => None,
    };
    let seconds = first.seconds.zip(last.seconds).map(|(a, b)| (a.0, b.1));
    let grain = if seconds.is_some() { "time" } else { "range" };
    Some(Point { end: last.end, days, yearless, seconds, basis, grain, rule: "range", ..first })
}

/// "for 2 weeks starting 20 May", "3 days starting from next Monday".
fn lasting(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let for_first = scan.is(ix, "for");
    let at = ix + usize::from(for_first);
    let (n, unit_at) = super::words::how_many(scan, at)?;
    let unit = super::words::Unit::of(scan.low(unit_at)).filter(|unit| !unit.is_clock())?;
    let next = scan.skip(unit_at + 1, &[","]);
    let starts = scan.any_words(
        next,
        &["starting from", "starting on", "starting", "beginning on", "beginning", "from"],
    )?;
    let start = timed(reader, starts).filter(|start| start.grain == "day")?;
    if scan.is(starts - 1, "from") && start.rule == "day:today" {
        return None;
    }
    // "3 days from Tuesday" is one day; "for 3 days from Tuesday" lasts.
    if !for_first && scan.is(next, "from") {
        return None;
    }
    let days = start.days.and_then(|days| {
        let end = plus_days(super::calendar::shift(days.0, n, unit)?, -1)?;
        Some((days.0, end.max(days.0)))
    });
    let first = if scan.is(next, "from") || scan.is(unit_at + 1, ",") { ix } else { at };
    Some(Point { first, days, grain: "range", rule: "range:lasting", yearless: None, ..start })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Since,
    After,
    Before,
    Until,
}

/// Words that open an end; longer ones before those that they hold.
const BOUNDS: &[(&str, Bound)] = &[
    ("no later than", Bound::Until),
    ("not later than", Bound::Until),
    ("no earlier than", Bound::Since),
    ("not earlier than", Bound::Since),
    ("as early as", Bound::Since),
    ("as late as", Bound::Until),
    ("later than", Bound::After),
    ("earlier than", Bound::Before),
    ("greater than", Bound::After),
    ("prior to", Bound::Before),
    ("ahead of", Bound::Before),
    ("up until", Bound::Until),
    ("up to", Bound::Until),
    ("starting from", Bound::Since),
    ("starting on", Bound::Since),
    ("starting in", Bound::Since),
    ("starting", Bound::Since),
    ("beginning on", Bound::Since),
    ("beginning in", Bound::Since),
    ("beginning", Bound::Since),
    ("effective", Bound::Since),
    ("ever since", Bound::Since),
    ("since", Bound::Since),
    ("after", Bound::After),
    ("before", Bound::Before),
    ("until", Bound::Until),
    ("till", Bound::Until),
    ("by", Bound::Until),
];

/// "since 10 October", "by the end of the year", "after 2018", "from 15 October onwards".
fn bounded(reader: &Reader<'_>, ix: usize) -> Option<Found> {
    let scan = reader.scan;
    if scan.is(ix, "from")
        && let Some(point) = inner_or_now(reader, ix + 1)
    {
        let end = scan.any_words(point.end, &["onwards", "onward", "on", "and beyond"]).or_else(|| {
            // "on-\nwards": a line end within the word.
            (scan.is(point.end, "on") && scan.is_dash(point.end + 1)).then_some(point.end + 3)
        })?;
        return Some(since(reader, point.from(ix).until(end), false));
    }
    let year_first =
        usize::from(scan.is(ix, "year") && scan.is_any(ix + 1, &["greater", "later", "before", "after"]));
    let (bound, at) = BOUNDS
        .iter()
        .find_map(|(words, bound)| scan.words(ix + year_first, words).map(|end| (*bound, end)))?;
    let at = scan.skip(at, &["around", "about", "on"]);
    let point = edge(reader, at)
        .or_else(|| timed(reader, at))
        .or_else(|| inner_point(reader, at))
        .or_else(|| scan.is(at, "the").then(|| date_point(reader, at + 1)).flatten())?;
    if point.bare_day.is_some() || scan.is(ix, "by") && reader.is_future_less(point) {
        return None;
    }
    // "after 2018 and before 2020", "before 5 to 7 May": only points are bounds.
    let point = point.from(ix);
    Some(match bound {
        Bound::Since => since(reader, point, false),
        Bound::After => since(reader, point, true),
        Bound::Before => until(reader, point, true),
        Bound::Until => until(reader, point, false),
    })
}

fn since(reader: &Reader<'_>, point: Point, is_after: bool) -> Found {
    let from = point.days.and_then(|days| {
        let is_day = matches!(point.grain, "day" | "time");
        let next = is_after && !(is_day && (!reader.is_claims() || point.seconds.is_some()));
        if next { plus_days(days.1, 1) } else { Some(if is_after { days.1 } else { days.0 }) }
    });
    let closes = reader.is_claims()
        && from.zip(reader.published).is_some_and(|(from, date)| from <= date)
        && (reader.lean)(reader.scan.span(point.first, point.end)) != Tense::Future;
    let end = if closes { reader.published } else { from };
    let rule = if is_after { "open:after" } else { "open:since" };
    let days = from.zip(end);
    let point = Point {
        days,
        grain: if point.seconds.is_some() { "time" } else { "open" },
        rule,
        yearless: None,
        ..point
    };
    Found { point, has_start: true, has_end: closes }
}

fn until(reader: &Reader<'_>, point: Point, is_before: bool) -> Found {
    let to = point.days.and_then(|days| {
        let is_time = point.seconds.is_some();
        if is_before && !is_time { plus_days(days.0, -1) } else { Some(days.1) }
    });
    let opens = reader.is_claims() && to.zip(reader.published).is_some_and(|(to, date)| to >= date);
    let start = if opens { reader.published } else { to };
    let rule = if is_before { "open:before" } else { "open:until" };
    let days = start.zip(to);
    let point = Point {
        days,
        grain: if point.seconds.is_some() { "time" } else { "open" },
        rule,
        yearless: None,
        ..point
    };
    Found { point, has_start: opens, has_end: true }
}

impl Reader<'_> {
    /// "by 2014 trucks": what follows "by" must be a date beyond doubt.
    fn is_future_less(&self, point: Point) -> bool {
        point.rule == "clock" && self.is_claims()
    }

    /// A range without years in the years that are nearest.
    fn nearest_range(&self, whole: Yearless, first: usize, end: usize) -> Option<Days> {
        let to_day = if whole.to_day == 0 { 28 } else { whole.to_day };
        let wraps = (whole.to_month, to_day) < (whole.month, whole.day);
        let near = |days: Days| if wraps && days.1 < days.0 { None } else { Some(days) };
        // The nearer of its two ends decides, so that a range over New Year stays whole.
        let yearless = Yearless { to_day, ..whole };
        if wraps && whole.month == whole.to_month {
            return None;
        }
        self.nearest(yearless, first, end).and_then(near)
    }
}
