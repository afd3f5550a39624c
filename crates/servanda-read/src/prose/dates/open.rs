//! Open ends: since, after, before, until, by.

use servanda_model::Tense;

use super::calendar::plus_days;
use super::part::edge;
use super::point::{Point, Reader};
use super::range::{Found, date_point, inner_or_now};
use super::relative::inner_point;
use super::timed::timed;

/// "before", "after" and their kin in front of a time of day: whether it is the last moment, and one past the words.
pub(super) fn clock_bound(scan: &crate::prose::scan::Scan<'_>, ix: usize) -> Option<(bool, usize)> {
    const WORDS: &[(&str, bool)] = &[
        ("no later than", true),
        ("not later than", true),
        ("earlier than", true),
        ("later than", false),
        ("prior to", true),
        ("before", true),
        ("after", false),
        ("since", false),
        ("until", true),
        ("by", true),
    ];
    WORDS.iter().find_map(|(words, is_before)| scan.words(ix, words).map(|end| (*is_before, end)))
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
    ("on or before", Bound::Until),
    ("at or before", Bound::Until),
    ("before or on", Bound::Until),
    ("in advance of", Bound::Before),
    ("sooner than", Bound::Before),
    ("ending on", Bound::Until),
    ("ending", Bound::Until),
    ("on or after", Bound::Since),
    ("at or after", Bound::Since),
    ("after or on", Bound::Since),
    ("any time after", Bound::After),
    ("any time from", Bound::Since),
    ("any time since", Bound::Since),
    ("beginning from", Bound::Since),
    ("starting with", Bound::Since),
    ("beginning with", Bound::Since),
    ("after or equal to", Bound::Since),
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
pub(super) fn bounded(reader: &Reader<'_>, ix: usize) -> Option<Found> {
    let scan = reader.scan;
    if let Some(found) = more_or_less(reader, ix) {
        return Some(found);
    }
    if let Some(end) = scan.any_words(ix, &["till date", "until date", "to date"])
        && !reader.is_claims()
        && !(ix > 0 && scan.is_any(ix - 1, &["up", "equal", "equals", "year", "month"]))
    {
        let today = super::relative::days_of(reader.published.and_then(|date| plus_days(date, -1)));
        return Some(until(reader, Point::relative(ix, end, today, "day", "day:today"), false));
    }
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
    if point.bare_day.is_some() || scan.is(ix, "by") && point.rule == "clock" && reader.is_claims() {
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

/// "more than two weeks ago", "less than three days after tomorrow": an end that a shift sets.
fn more_or_less(reader: &Reader<'_>, ix: usize) -> Option<Found> {
    let scan = reader.scan;
    const MORE: &[&str] = &["more than", "longer than", "over", "at least", "well over", "just over"];
    const LESS: &[&str] =
        &["less than", "fewer than", "under", "just under", "not more than", "no more than"];
    let is_in = usize::from(scan.is(ix, "in"));
    let (is_more, at) = match scan.any_words(ix + is_in, MORE) {
        Some(at) => (true, at),
        None => (false, scan.any_words(ix + is_in, LESS)?),
    };
    // "in less than two weeks": the shift is read without its "in".
    let point = if is_in == 1 {
        let length = super::lengths::length_at(scan, at)?;
        let is_planned = !reader.is_claims() || reader.is_future(ix, length.end);
        let date = reader.published.filter(|_| is_planned && !scan.is_any(length.end, &["ago", "of"]))?;
        let days = super::counted::window_days(reader, date, 1, &length.high).map(|days| (days.1, days.1));
        Point::relative(ix, length.end, days, length.unit.grain(), "shift:in")
    } else {
        super::counted::counted(reader, at)?
    };
    let is_past = match point.rule {
        "shift:ago" => true,
        "shift:from-now" | "shift:in" => false,
        "shift:from-point" if !is_more => false,
        _ => return None,
    };
    let date = point.start();
    let point = point.from(ix);
    if is_more == is_past {
        // More than two weeks ago: that day or before; more than two weeks from now is no end.
        return is_past.then(|| until(reader, Point { days: date.map(|date| (date, date)), ..point }, false));
    }
    let days = match (date, reader.published) {
        (Some(date), Some(published)) if is_past => Some((date, published.max(date))),
        (Some(date), Some(published)) => {
            let last = if reader.is_claims() { date } else { plus_days(date, -1)? };
            let first =
                if point.rule == "shift:from-point" { point_base(&point, scan, reader) } else { None };
            let first = first.unwrap_or(published);
            (first <= last).then_some((first, last))
        }
        _ => None,
    };
    let point = Point { days, grain: "range", rule: "shift:within", ..point };
    Some(Found { point, has_start: true, has_end: true })
}

/// The day that "three days after tomorrow" counts from.
fn point_base(
    point: &Point,
    scan: &crate::prose::scan::Scan<'_>,
    reader: &Reader<'_>,
) -> Option<jiff::civil::Date> {
    let link = (point.first..point.end).find(|at| scan.is_any(*at, &["after", "from", "following"]))?;
    inner_point(reader, link + 1)?.stop()
}

pub(super) fn since(reader: &Reader<'_>, point: Point, is_after: bool) -> Found {
    let point = Point { days: not_after(reader, &point).or(point.days), ..point };
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

pub(super) fn until(reader: &Reader<'_>, point: Point, is_before: bool) -> Found {
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

/// "since 1 January" began in the past, unless it is planned: the last such day that publication follows.
fn not_after(reader: &Reader<'_>, point: &Point) -> Option<super::calendar::Days> {
    let (published, yearless) = (reader.published?, point.yearless?);
    let is_planned = (reader.lean)(reader.scan.span(point.first, point.end)) == Tense::Future;
    if is_planned || !reader.is_claims() || point.start()? <= published {
        return None;
    }
    (0..2).filter_map(|n| yearless.of(published.year() - n)).find(|days| days.0 <= published)
}
