//! Days of a month that words point to: "the 3rd of next month", "on the 27th".

use jiff::civil::Date;

use super::calendar::{day, shift};
use super::point::{Point, Reader};
use super::relative::{days_of, direction};
use super::words::{Unit, day_number};
use crate::prose::quantities::number::ordinal_at;
use crate::prose::scan::Scan;

/// "the 3rd of next month", "15th of this month", "thirty-first day of the month".
pub(super) fn month_day(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    let (d, end) = day_number(scan, at).filter(|(_, end)| *end > at + 1 || at > ix || scan.is_word(at))?;
    let of = scan.skip(end, &["day"]);
    if !scan.is_any(of, &["of", "in"]) {
        return None;
    }
    let the = scan.skip(of + 1, &["the"]);
    let n = direction(scan.low(the));
    let unit_at = the + usize::from(n.is_some());
    // "the 15th of the same month" is counted from another date.
    let is_other =
        scan.is_any(the, &["same", "that", "previous", "following", "preceding"]) && reader.is_claims();
    if !scan.is(unit_at, "month") || is_other || the == of + 1 && n.is_none() {
        return None;
    }
    let date = reader.published.and_then(|date| {
        let month = shift(date.first_of_month(), n.unwrap_or(0), Unit::Month)?;
        day(month.year(), month.month(), d)
    });
    Some(Point::relative(ix, unit_at + 1, days_of(date), "day", "day-of-month"))
}

/// "on the 27th", "on 27th": an ordinal in digits, or any after "on the", which no noun follows.
pub(super) fn on_day(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let before = ix.checked_sub(1)?;
    if !scan.is_any(before, &["on", "for", "by", "until", "till", "since", "before", "after"]) {
        return None;
    }
    let at = scan.skip(ix, &["the"]);
    let (n, end) = ordinal_at(scan, at).filter(|(n, _)| (1..=31).contains(n))?;
    let is_on = scan.is(before, "on");
    let in_digits = scan.is_digits(at);
    let led = at > ix && (in_digits || is_on && !reader.is_claims()) || is_on && in_digits;
    if !led || !ends_here(scan, end) || reader.is_claims() && n < 4 && !in_digits {
        return None;
    }
    let date = reader.published.and_then(|date| nearest(reader, date, n as i8, (ix, end)));
    Some(Point::relative(ix, end, days_of(date), "day", "day-of-month"))
}

/// Whether no noun follows that the ordinal would count ("the 27th floor").
fn ends_here(scan: &Scan<'_>, end: usize) -> bool {
    const AFTER: &[&str] = &[
        "at", "in", "and", "or", "for", "to", "of", "from", "with", "when", "but", "by", "as", "after",
        "before", "until", "between", "we", "he", "she", "they", "it", "i",
    ];
    let goes_on = scan.touches(end) && (scan.is_dash(end) || scan.is(end, "/")) || scan.is(end, "%");
    !goes_on && (!scan.is_word(end) || scan.is_any(end, AFTER))
}

/// Of the months around publication the nearest that has the day, on the side that the tense allows.
fn nearest(reader: &Reader<'_>, published: Date, n: i8, pieces: (usize, usize)) -> Option<Date> {
    let of = |months: i64| {
        let month = shift(published.first_of_month(), months, Unit::Month)?;
        day(month.year(), month.month(), n)
    };
    let is_future = reader.is_future(pieces.0, pieces.1);
    if is_future {
        (0..3).filter_map(of).find(|date| *date >= published)
    } else {
        (0..3).filter_map(|n| of(-n)).find(|date| *date <= published)
    }
}
