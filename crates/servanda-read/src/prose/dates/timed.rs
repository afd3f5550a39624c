//! Dates with the time that stands beside them.

use super::clock::{Clock, clock, day_part};
use super::point::{Point, Reader};
use super::range::date_point;
use super::weekday::bare_day;
use crate::prose::scan::Gap;

/// A date with the time that stands beside it; a day of a month alone where a time makes it a date.
pub(super) fn timed(reader: &Reader<'_>, ix: usize) -> Option<Point> {
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
        if timed.seconds.is_some() {
            return Some(timed);
        }
    }
    super::month_day::on_day(reader, ix).or_else(|| time_alone(reader, ix))
}

/// "Friday at 5 p.m.", "25 October, 17:00", "Monday morning", "today between 3 and 8".
pub(super) fn with_time(reader: &Reader<'_>, date: Point) -> Point {
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
pub(super) fn in_part(time: Clock, part: Clock) -> Clock {
    let noon = 12 * 3600;
    let (from, _) = part.seconds;
    let shifts = !time.is_sure && from >= noon && time.seconds.0 < noon;
    let add = if shifts { noon } else { 0 };
    Clock { seconds: (time.seconds.0 + add, time.seconds.1 + add), is_sure: true, ..time }
}

/// The same of a range whose first end words may have fixed already ("8am-3 yesterday afternoon").
fn in_part_end(time: Clock, part: Clock) -> Clock {
    let is_range = time.seconds.0 != time.seconds.1;
    if is_range && time.is_sure {
        let noon = 12 * 3600;
        let shifts = part.seconds.0 >= noon && time.seconds.1 < noon;
        return Clock { seconds: (time.seconds.0, time.seconds.1 + if shifts { noon } else { 0 }), ..time };
    }
    in_part(time, part)
}

pub(super) fn timed_by(date: Point, time: Clock) -> Point {
    Point { end: time.end.max(date.end), seconds: Some(time.seconds), grain: "time", bare_day: None, ..date }
}

/// "at 5 p.m. on Friday", "13:00 February 28", "five to seven today".
pub(super) fn time_then_date(reader: &Reader<'_>, ix: usize) -> Option<Point> {
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
    // "one Tuesday", "5 October", "at 12 May": the number counts, or is the day.
    if time.is_bare && at == ix && scan.is_word(at) && (reader.is_claims() || date.seconds.is_none()) {
        return None;
    }
    let is_number = time.is_bare && time.end == at + 1 && reader.is_claims();
    // "between 9 and 10 tomorrow morning": the part of the day stands last.
    let (date, time) =
        match day_part(scan, date.end).filter(|part| date.seconds.is_none() && part.end > date.end) {
            Some(part) => {
                let last = if time.seconds.0 >= 12 * 3600 { time } else { in_part_end(time, part) };
                (Point { end: part.end, ..date }, last)
            }
            None => (date, time),
        };
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
pub(super) fn time_alone(reader: &Reader<'_>, ix: usize) -> Option<Point> {
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
pub(super) fn clock_range(reader: &Reader<'_>, ix: usize, led: bool) -> Option<Clock> {
    let scan = reader.scan;
    let from = clock(scan, ix)?;
    let link = from.end;
    let is_word = scan.is_any(link, &["to", "until", "till", "through", "and"]);
    if !(is_word || scan.is_dash(link)) || scan.is(link, "and") && !led {
        return None;
    }
    let to = clock(scan, link + 1)?;
    let is_bare = from.is_bare && to.is_bare;
    if is_bare && (!led || scan.is(to.end, "/") || scan.is_dash(to.end)) {
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
