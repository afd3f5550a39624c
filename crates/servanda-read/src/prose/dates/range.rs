//! Dates with times, ranges of dates, and open ends.

use servanda_model::DateBasis;

use super::calendar::{Days, day, plus_days};
use super::explicit::explicit;
use super::holiday::holiday;
use super::open::{bounded, since};
use super::part::{edge, part};
use super::point::{Point, Reader, Yearless};
use super::relative::{inner_point, relative};
use super::timed::timed;
use super::weekday::weekday_point;
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
    if let Some(found) = date_then_bound(reader, &point) {
        return Some(found);
    }
    const LATER: &[&str] =
        &["or later", "and later", "onwards", "onward", "or after", "and after", "or above", "and beyond"];
    if let Some(end) = scan.any_words(point.end, LATER) {
        let point = later_of_day(reader, point.until(end));
        return Some(since(reader, point, false));
    }
    if let Some(end) = scan.any_words(point.end, &["or earlier", "and earlier", "or before", "and before"])
        && !reader.is_claims()
    {
        return Some(super::open::until(reader, point.until(end), false));
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

/// "Friday after 5 p.m.", "tomorrow before noon": a day, and one end of a time in it.
fn date_then_bound(reader: &Reader<'_>, point: &Point) -> Option<Found> {
    let scan = reader.scan;
    if point.grain != "day" || point.seconds.is_some() {
        return None;
    }
    let next = scan.skip(point.end, &[","]);
    let (is_before, at) = super::open::clock_bound(scan, next)?;
    let at = scan.skip(at, &["around", "about"]);
    let time = super::clock::clock(scan, at).filter(|time| !time.is_bare || !scan.is_word(time.end))?;
    let (from, to) = if is_before { (0, time.seconds.0) } else { (time.seconds.1, 86_399) };
    let rule = match (reader.is_claims(), is_before) {
        (true, _) => point.rule,
        (false, true) => "open:before",
        (false, false) => "open:after",
    };
    let point = Point { end: time.end, seconds: Some((from, to)), grain: "time", rule, ..*point };
    let seconds = if reader.is_claims() { Some((from, to)) } else { Some(time.seconds) };
    Some(Found::closed(Point { seconds, ..point }))
}

/// "3 pm or later on Monday": the day stands behind the bound.
fn later_of_day(reader: &Reader<'_>, point: Point) -> Point {
    let at = reader.scan.skip(point.end, &["on"]);
    if point.days.is_some() || point.seconds.is_none() {
        return point;
    }
    match date_point(reader, at).filter(|date| date.grain == "day") {
        Some(date) => Point { end: date.end, days: date.days, basis: date.basis, ..point },
        None => point,
    }
}

/// A date without time, of any form.
pub(super) fn date_point(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    if let Some(found) = part(reader, ix) {
        return Some(found);
    }
    let around = reader.scan.skip(ix, &["around", "circa"]);
    if around > ix && !reader.is_claims() && !reader.scan.is_any(around, &["around", "circa"]) {
        return date_point(reader, around).map(|point| point.from(ix));
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

pub(super) fn inner_or_now(reader: &Reader<'_>, ix: usize) -> Option<Point> {
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
            let has_times = first.seconds.is_some() && last.seconds.is_some();
            let end = if reader.is_claims() || has_times { to.1 } else { plus_days(to.0, -1)?.max(from.0) };
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

impl Reader<'_> {
    /// A range without years in the years that are nearest.
    pub(super) fn nearest_range(&self, whole: Yearless, first: usize, end: usize) -> Option<Days> {
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
