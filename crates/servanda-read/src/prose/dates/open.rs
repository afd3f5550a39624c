//! Open ends: since, after, before, until, by.

use servanda_model::Tense;

use super::calendar::plus_days;
use super::part::edge;
use super::point::{Point, Reader};
use super::range::{Found, date_point, inner_or_now};
use super::relative::inner_point;
use super::timed::timed;

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
pub(super) fn bounded(reader: &Reader<'_>, ix: usize) -> Option<Found> {
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
