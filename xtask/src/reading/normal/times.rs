//! Dates and times as they are read, in the form of the specifications: ranges with an end that is left out.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;
use servanda_model::Tense;
use servanda_read::prose::DateFound;
use servanda_read::prose::dates::{Convention, dates_by};
use servanda_read::prose::quantities::quantities_beside;

use super::item::Value1;
use super::spans::Found;

/// One reading of a date or time: first moment and the moment after the last, each of which can be open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    start: Option<Moment>,
    end: Option<Moment>,
}

/// A day, a second of the day, or both.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    day: Option<Date>,
    second: Option<u32>,
}

/// The reading that a specification gives; `None` where it gives none ("not resolved").
pub(super) fn reading(value: &Value) -> Option<Reading> {
    let moment = |key: &str| value[key].as_str().map(moment);
    if let Some(point) = moment("value") {
        let point = point?;
        let end =
            if point.second.is_some() { point } else { Moment { day: point.day?.tomorrow().ok(), ..point } };
        return Some(Reading { start: Some(point), end: Some(end) });
    }
    let (start, end) = (moment("start"), moment("end"));
    (start.is_some() || end.is_some()).then_some(Reading { start: start.flatten(), end: end.flatten() })
}

fn moment(text: &str) -> Option<Moment> {
    let (day, time) = match text.split_once(' ') {
        Some((day, time)) => (Some(day), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let second = time.and_then(seconds);
    let day = day.map(|day| day.parse::<Date>().ok());
    if day == Some(None) { None } else { Some(Moment { day: day.flatten(), second }) }
}

/// `hh:mm:ss` as seconds of the day.
fn seconds(time: &str) -> Option<u32> {
    let parts: Vec<u32> = time.split(':').filter_map(|part| part.parse().ok()).collect();
    (!parts.is_empty()).then(|| parts.iter().rev().zip([1, 60, 3600]).map(|(n, unit)| n * unit).sum())
}

impl Reading {
    /// Whether both say the same. Hours of the half of the day that words leave open count as either half; an open end is
    /// compared with an open end only.
    pub(super) fn same(&self, other: &Reading) -> bool {
        let same = |a: Option<Moment>, b: Option<Moment>, slack: i64| match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => a.same(&b, slack),
            _ => false,
        };
        let is_open = self.start.is_none() || self.end.is_none();
        same(self.start, other.start, 0) && same(self.end, other.end, i64::from(is_open))
    }
}

impl Moment {
    fn same(&self, other: &Moment, slack: i64) -> bool {
        let day = match (self.day, other.day) {
            (Some(a), Some(b)) => a
                .until(b)
                .is_ok_and(|span| i64::from(span.get_days()).abs() <= slack && span.get_months() == 0),
            (None, None) => true,
            _ => false,
        };
        // A moment of the clock without day is that of the reference day, or of none.
        let noon = 12 * 3600;
        let second = match (self.second, other.second) {
            (Some(a), Some(b)) => a == b || a % noon == b % noon && b < noon,
            (None, None) => true,
            _ => false,
        };
        day && second
    }
}

/// Dates, times and durations of an input.
pub(super) fn read(input: &str, reference: &str) -> Vec<Found> {
    let day = reference.get(..10).and_then(|day| day.parse::<Date>().ok());
    let now_seconds = reference.get(11..19).and_then(seconds).unwrap_or(0);
    // Both directions of weekdays are expected: either reading counts.
    let past = dates_by(input, day, &|_| Tense::Past, Convention::WholePeriods { now_seconds });
    let future = dates_by(input, day, &|_| Tense::Future, Convention::WholePeriods { now_seconds });
    let mut found: Vec<Found> = past
        .iter()
        .map(|date| {
            let same = future.iter().find(|other| other.span == date.span);
            let readings = [Some(date), same].into_iter().flatten().map(of_date).collect();
            Found {
                text: date.span.of(input).unwrap_or_default().to_owned(),
                start: date.span.start,
                end: date.span.end,
                value: Value1::Times(readings),
                is_rounded: false,
            }
        })
        .collect();
    for quantity in quantities_beside(input, &past).into_iter().filter(|quantity| quantity.sort == "duration")
    {
        let seconds = match quantity.unit.as_str() {
            "second" => 1.0,
            "minute" => 60.0,
            "hour" => 3600.0,
            "day" | "night" => 86_400.0,
            "weekend" => 172_800.0,
            "week" => 604_800.0,
            "fortnight" => 1_209_600.0,
            "month" => 2_592_000.0,
            "quarter" => 7_776_000.0,
            "year" => 31_536_000.0,
            "decade" => 315_360_000.0,
            _ => continue,
        };
        let Some(n) = quantity.best.or(quantity.low).or(quantity.high) else { continue };
        // "more than 4 days": the bound is a word beside the four.
        let vague = matches!(quantity.rule, "vague:several" | "vague:a-few" | "vague:few");
        let n = if vague { 3.0 } else { n.to_f64() };
        found.push(Found {
            text: quantity.span.of(input).unwrap_or_default().to_owned(),
            start: quantity.span.start,
            end: quantity.span.end,
            value: Value1::Seconds(n * seconds),
            is_rounded: true,
        });
    }
    found.sort_by_key(|found| found.start);
    found
}

fn of_date(date: &DateFound) -> Reading {
    let moment = |day: Option<Date>, second: Option<u32>| {
        (day.is_some() || second.is_some()).then_some(Moment { day, second })
    };
    let is_open_start = date.rule == "open:until" || date.rule == "open:before";
    let is_open_end = date.rule == "open:since" || date.rule == "open:after";
    match date.seconds {
        Some((from, to)) => {
            let (mut end_day, mut end) = (date.end.or(date.start), to);
            if to >= 86_400 {
                end = to - 86_400;
                end_day = end_day.and_then(|day| day.tomorrow().ok());
            }
            Reading {
                start: if is_open_start { None } else { moment(date.start.or(date.end), Some(from)) },
                end: if is_open_end { None } else { moment(end_day, Some(end)) },
            }
        }
        None => Reading {
            start: date.start.and_then(|day| moment(Some(day), None)),
            end: date
                .end
                .and_then(|day| day.checked_add(1.day()).ok())
                .and_then(|day| moment(Some(day), None)),
        },
    }
}
