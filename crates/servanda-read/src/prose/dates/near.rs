//! Days near publication, or near the day that was named last: today, the day before yesterday, the following day.

use servanda_model::DateBasis;

use super::calendar::plus_days;
use super::clock::{day_part, part_of_day};
use super::point::{Point, Reader};
use super::relative::{days_of, direction};

/// Words for the moment itself. An assistant is asked for them; a report's "now" dates nothing.
const NOW: &[&str] = &[
    "right now",
    "now",
    "asap",
    "as soon as possible",
    "recently",
    "previously",
    "at present",
    "at this time",
    "at this moment",
    "at the moment",
    "at this minute",
    "at the minute",
    "at the present time",
    "at the current time",
];

/// The day near publication that begins here, or one counted from the day named last.
pub(super) fn near_day(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    moment_now(reader, ix)
        .or_else(|| shaded(reader, ix))
        .or_else(|| plain(reader, ix))
        .or_else(|| of_named(reader, ix))
        .or_else(|| whole_day(reader, ix))
}

fn point(reader: &Reader<'_>, ix: usize, end: usize, n: i64, rule: &'static str) -> Point {
    let days = days_of(reader.published.and_then(|date| plus_days(date, n)));
    Point::relative(ix, end, days, "day", rule)
}

fn moment_now(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let now = reader.now_seconds()?;
    let end = reader.scan.any_words(ix, NOW)?;
    // "now that", "for now", "now, listen": no moment is meant.
    let is_word = reader.scan.is(ix, "now")
        && (reader.scan.is_any(end, &["that", ",", "for"]) || ix > 0 && reader.scan.is(ix - 1, "for"));
    let today = point(reader, ix, end, 0, "day:now");
    (!is_word).then_some(Point { seconds: Some((now, now)), grain: "time", ..today })
}

/// "early this evening", "late last night", "early tomorrow morning", "later today".
fn shaded(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if !scan.is_any(ix, &["early", "late", "earlier", "later"]) {
        return None;
    }
    let at = scan.skip(ix + 1, &["on"]);
    let inner = plain(reader, at)?;
    let part = inner.seconds.map(|seconds| (seconds, inner.end)).or_else(|| {
        let part = day_part(scan, inner.end)?;
        Some((part.seconds, part.end))
    });
    let Some(((from, to), end)) = part else {
        // "earlier today": the hour is open, the day is known.
        let whole = reader.is_claims() && inner.rule == "day:today";
        return whole.then_some(inner.from(ix));
    };
    const HALF: u32 = 2 * 3600;
    let seconds = match scan.low(ix) {
        "early" | "earlier" => (from, (from + HALF).min(to)),
        _ => (((to + 1) / 3600 * 3600).saturating_sub(HALF).max(from), to),
    };
    Some(Point { first: ix, end, seconds: Some(seconds), grain: "time", ..inner })
}

fn plain(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let night = |n: i64, end: usize, rule: &'static str| Point {
        seconds: part_of_day("night"),
        grain: "time",
        ..point(reader, ix, end, n, rule)
    };
    let day = |end: usize, n: i64, rule: &'static str| Some(point(reader, ix, end, n, rule));
    match scan.low(ix) {
        "today" | "otd" => return day(ix + 1, 0, "day:today"),
        "yesterday" => return day(ix + 1, -1, "day:yesterday"),
        "tomorrow" | "tmr" | "tmrw" | "tomorow" => return day(ix + 1, 1, "day:tomorrow"),
        "tonight" | "tonite" => return Some(night(0, ix + 1, "day:tonight")),
        "overnight" if reader.is_claims() => {
            let days = reader.published.and_then(|date| Some((plus_days(date, -1)?, date)));
            return Some(Point::relative(ix, ix + 1, days, "time", "day:overnight"));
        }
        _ => {}
    }
    let the = scan.skip(ix, &["the"]);
    if let Some(end) = scan.words(the, "night before last") {
        return Some(night(-2, end, "day:night-before-last"));
    }
    if let Some(end) = scan.words(the, "day before yesterday") {
        return day(end, -2, "day:before-yesterday");
    }
    if let Some(end) = scan.any_words(the, &["day after tomorrow", "day after tmr", "day after tmrw"]) {
        return day(end, 2, "day:after-tomorrow");
    }
    // "this morning", "last night", "next evening".
    let n = direction(scan.low(ix)).filter(|n| *n <= 0 || !reader.is_claims())?;
    let part = day_part(scan, ix + 1).filter(|_| scan.is_word(ix + 1) && !scan.is_any(ix + 1, &["in", "at"]));
    let part = part.filter(|part| part.seconds.1 > 0 && !scan.is(ix + 1, "later"))?;
    let is_last = scan.is_any(ix, &["last", "past"]);
    if !(scan.is(ix, "this") || is_last || n > 0) {
        return None;
    }
    let rule = if is_last { "day:last-night" } else { "day:today" };
    Some(Point { seconds: Some(part.seconds), grain: "time", ..point(reader, ix, part.end, n, rule) })
}

/// "the following day", "the same day", "a day earlier": counted from the day that was named last.
fn of_named(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    const ANAPHORS: &[(&str, i64)] = &[
        ("following day", 1),
        ("next day", 1),
        ("previous day", -1),
        ("preceding day", -1),
        ("same day", 0),
        ("day before", -1),
        ("day after", 1),
        ("day earlier", -1),
        ("day later", 1),
        ("next morning", 1),
        ("following morning", 1),
        ("same evening", 0),
        ("same night", 0),
    ];
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    let from_last = |n: i64| {
        let date = reader.last_day.or(if reader.is_claims() { None } else { reader.published });
        days_of(date.and_then(|date| plus_days(date, n)))
    };
    let inferred = |end: usize, n: i64| Point {
        basis: DateBasis::Inferred,
        ..Point::relative(ix, end, from_last(n), "day", "day:after-named")
    };
    for (words, n) in ANAPHORS {
        if let Some(end) = scan.words(at, words)
            && (at > ix || scan.is(ix, "a") || !reader.is_claims() && !scan.is(at, "day"))
            && is_last(reader, end)
        {
            return Some(inferred(end, *n));
        }
    }
    let that = scan.any_words(ix, &["that same day", "that very day", "that day"])?;
    Some(inferred(that, 0))
}

fn is_last(reader: &Reader<'_>, end: usize) -> bool {
    let scan = reader.scan;
    const AFTER: &[&str] = &[
        "in", "at", "and", "he", "she", "they", "it", "when", "but", "as", "we", "by", "from", "with", "on",
        "after", "before", "near",
    ];
    !scan.is_word(end) || scan.is_any(end, AFTER)
}

/// "the day", "my day", "eod": only where open questions of time are asked.
fn whole_day(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if reader.is_claims() {
        return None;
    }
    let the = scan.skip(ix, &["the"]);
    if let Some(end) = scan.any_words(the, &["eod", "end of day"]) {
        let last: u32 = 86_399;
        return Some(Point {
            seconds: Some((last, last)),
            grain: "time",
            ..point(reader, ix, end, 0, "day:end")
        });
    }
    let led = scan.is_any(ix, &["the", "my", "this", "current", "next", "last", "past"]);
    let n = direction(scan.low(ix)).unwrap_or(0);
    let holds = led && scan.is(ix + 1, "day") && is_last(reader, ix + 2);
    (holds && !scan.is_any(ix + 2, &["before", "after"])).then(|| point(reader, ix, ix + 2, n, "day:today"))
}
