//! Dates that name their day, month, quarter, year, decade or century.

use super::calendar::{century, day, month_days, quarter_days};
use super::point::{Point, Reader, Yearless};
use super::words::{day_number, is_doubtful_month, month, weekday, year_number};
use super::years::{decade, year};
use crate::prose::quantities::number::ordinal_at;
use crate::prose::scan::{Gap, Scan};

/// The date in digits or with the name of a month that begins here.
pub(super) fn explicit(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    super::month_day::month_day(reader, ix)
        .or_else(|| numeric(reader, ix))
        .or_else(|| day_first(reader, ix))
        .or_else(|| month_first(reader, ix))
        .or_else(|| quarter(reader, ix))
        .or_else(|| season(reader, ix))
        .or_else(|| decade(reader, ix))
        .or_else(|| year(reader, ix))
}

/// Words after which a doubtful word is a month, or four digits are a year.
pub(super) const LEADS: &[&str] = &[
    "in",
    "since",
    "by",
    "until",
    "till",
    "of",
    "from",
    "to",
    "after",
    "before",
    "during",
    "through",
    "throughout",
    "between",
    "year",
    "early",
    "late",
    "mid",
    "for",
    "than",
    "last",
    "next",
    "this",
    "on",
    "previous",
    "past",
    "until",
];

pub(super) fn is_led(scan: &Scan<'_>, ix: usize) -> bool {
    ix.checked_sub(1).is_some_and(|before| scan.is_any(before, LEADS))
}

/// Past a separator that touches both sides, or here.
fn joint(scan: &Scan<'_>, ix: usize) -> Option<usize> {
    let stands = scan.is_any(ix, &["/", "-", "."]) && scan.touches(ix) && scan.touches(ix + 1);
    stands.then_some(ix + 1)
}

/// A year behind a separator that touches: four digits, or two ("3-Jun-24").
fn joined_year(scan: &Scan<'_>, ix: usize) -> Option<(i16, usize)> {
    let short = || scan.digits(ix, 2).filter(|_| scan.low(ix).len() == 2).map(|n| (century(n), ix + 1));
    year_number(scan, ix).or_else(short)
}

/// Past the point of an abbreviated month, and past it where there is none.
fn month_end(scan: &Scan<'_>, ix: usize) -> usize {
    let short =
        scan.low(ix).len() <= 4 && !scan.is(ix, "may") && !scan.is(ix, "june") && !scan.is(ix, "july");
    let stop = short
        && scan.is(ix + 1, ".")
        && scan.touches(ix + 1)
        && (scan.is_digits(ix + 2) || scan.is(ix + 2, ","));
    ix + 1 + usize::from(stop)
}

/// A year after a day or month: `, 2025`, `of 2025`, `in 2025`, `/2025`, `of 87`; one past it.
fn year_after(scan: &Scan<'_>, ix: usize) -> Option<(i16, usize)> {
    let at = scan.skip(ix, &[","]);
    let is_joined = joint(scan, ix).is_some();
    let at = if is_joined { ix + 1 } else { scan.skip(at, &["of", "in"]) };
    if scan.gap(at) == Gap::Blank {
        return None;
    }
    if (scan.is_digits(at) || at == ix || scan.is(ix, ","))
        && let Some((year, end)) = year_number(scan, at).filter(|(year, _)| (1000..=2999).contains(year))
    {
        // "October 2, 1500 people": a number of something is no year.
        let counts = at > ix
            && scan.is(ix, ",")
            && scan.is_word(end)
            && !scan.is_capital(end)
            && scan.low(end).ends_with('s')
            && scan.low(end).len() > 3
            && year < 1900;
        return (!counts).then_some((year, end));
    }
    let apostrophe = scan.is_any(at, &["'", "\u{2019}"]) && scan.touches(at + 1);
    let at = at + usize::from(apostrophe);
    let short =
        scan.digits(at, 2).filter(|_| scan.low(at).len() == 2 && (apostrophe || scan.is(at - 1, "of")))?;
    Some((century(short), at + 1))
}

/// The year beside a day or month: named, or counted from publication ("of next year").
#[derive(Clone, Copy)]
enum Year {
    Named(i16),
    /// No day of publication, no year.
    Relative(Option<i16>),
}

/// A year after a day, month, season or quarter: `, 2025`, `of next year`, `this year`; one past it.
fn year_beside(reader: &Reader<'_>, ix: usize) -> Option<(Year, usize)> {
    if let Some((year, end)) = year_after(reader.scan, ix) {
        return Some((Year::Named(year), end));
    }
    let scan = reader.scan;
    let at = scan.skip(scan.skip(scan.skip(ix, &[","]), &["of", "in"]), &["the"]);
    // "the same year", "the following year" are counted from another date.
    let is_other =
        scan.is_any(at, &["same", "that", "following", "previous", "preceding"]) && reader.is_claims();
    let n = super::relative::direction(scan.low(at)).filter(|_| scan.is(at + 1, "year") && !is_other)?;
    let year = reader.published.map(|date| date.year().saturating_add(n as i16));
    // "in October last year's budget": the year belongs to what follows.
    (!scan.is_any(at + 2, &["'", "\u{2019}"])).then_some((Year::Relative(year), at + 2))
}

/// A stretch in the year beside it, or in the nearest.
fn in_year(
    reader: &Reader<'_>,
    first: usize,
    end: usize,
    year: Option<Year>,
    yearless: Yearless,
    grain: &'static str,
    rule: &'static str,
) -> Point {
    match year {
        Some(Year::Named(year)) => Point::explicit(first, end, yearless.of(year), grain, rule),
        Some(Year::Relative(year)) => {
            Point::relative(first, end, year.and_then(|year| yearless.of(year)), grain, rule)
        }
        None => Point::yearless(reader, first, end, yearless, grain, rule),
    }
}

fn dated(
    reader: &Reader<'_>,
    first: usize,
    end: usize,
    y: Option<Year>,
    m: i8,
    d: i8,
    rule: &'static str,
) -> Option<Point> {
    match y {
        Some(Year::Named(y)) => {
            let date = day(y, m, d)?;
            Some(Point::explicit(first, end, Some((date, date)), "day", rule))
        }
        Some(Year::Relative(_)) => Some(in_year(reader, first, end, y, Yearless::day(m, d), "day", rule)),
        None => {
            // A day that no year has is no day; 29 February is one.
            day(2024, m, d)?;
            Some(Point::yearless(reader, first, end, Yearless::day(m, d), "day", rule))
        }
    }
}

/// `15 November 2021`, `the 9th of May`, `22/Jan/2019`, `thirty-first day of the month`.
fn day_first(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let at = scan.skip(ix, &["the"]);
    let (d, end) = day_number(scan, at)?;
    let month_at = joint(scan, end).unwrap_or_else(|| scan.skip(end, &["of", "day"]));
    let month_at = if scan.is(month_at - 1, "day") { scan.skip(month_at, &["of"]) } else { month_at };
    if scan.gap(month_at) == Gap::Blank {
        return None;
    }
    let m = month(scan.low(month_at))?;
    let month_end = month_end(scan, month_at);
    let is_joined = joint(scan, end).is_some();
    let named = |(year, end): (i16, usize)| (Year::Named(year), end);
    let year = joint(scan, month_end).filter(|_| is_joined).and_then(|at| joined_year(scan, at)).map(named);
    let year = year.or_else(|| year_beside(reader, month_end));
    // "15 may be", "16 march": a verb, unless a capital, an ordinal or a year says otherwise.
    let is_verb = matches!(scan.low(month_at), "may" | "march" | "mar")
        && !scan.is_capital(month_at)
        && end == at + 1
        && scan.is_digits(at)
        && year.is_none()
        && scan.is_word(month_end);
    if is_verb {
        return None;
    }
    let (y, end) = year.map_or((None, month_end), |(y, end)| (Some(y), end));
    dated(reader, ix, end, y, m, d, "date:day-month")
}

/// `November 15, 2021`, `Nov. 15`, `June the 28th 2020`, `November 2021`, `November`.
fn month_first(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let m = month(scan.low(ix))?;
    let past = month_end(scan, ix);
    let day_at = joint(scan, past).unwrap_or_else(|| {
        let comma = scan.is(past, ",")
            && scan.is_digits(past + 1)
            && scan.touches(past + 2)
            && scan.is_word(past + 2);
        scan.skip(past + usize::from(comma), &["the"])
    });
    let is_range = |end: usize| scan.is(end, "percent") || scan.is(end, "%");
    if scan.gap(day_at) < Gap::Blank
        && let Some((d, end)) = day_number(scan, day_at).filter(|(_, end)| !is_range(*end))
        && !is_clock_or_count(scan, day_at, end)
    {
        let named = |(year, end): (i16, usize)| (Year::Named(year), end);
        let joined = joint(scan, end).and_then(|at| year_number(scan, at)).map(named);
        let year = joined.or_else(|| year_beside(reader, end));
        let (y, end) = year.map_or((None, end), |(y, end)| (Some(y), end));
        return dated(reader, ix, end, y, m, d, "date:month-day");
    }
    let named = |(year, end): (i16, usize)| (Year::Named(year), end);
    let year = joint(scan, past).and_then(|at| year_number(scan, at)).map(named);
    if let Some((y, end)) = year.or_else(|| year_beside(reader, past)) {
        if let Some((d, end)) = joint(scan, end).and_then(|at| day_number(scan, at)) {
            return dated(reader, ix, end, Some(y), m, d, "date:month-year-day");
        }
        return Some(in_year(reader, ix, end, Some(y), Yearless::months(m, m), "month", "month"));
    }
    let is_sure = !is_doubtful_month(scan.low(ix))
        || is_led(scan, ix)
        || is_led(scan, ix.saturating_sub(1)) && scan.is(ix - 1, "the");
    let is_and =
        ix >= 2 && scan.is_any(ix - 1, &["and", "or", "-", ","]) && month(scan.low(ix - 2)).is_some();
    // A person can be called May or August: the name of a month alone needs a word that leads it.
    let is_name =
        scan.is_capital(ix) && !matches!(scan.low(ix), "may" | "march" | "august" | "april" | "june");
    let led_name = matches!(scan.low(ix), "april" | "june") && !scan.is_capital(ix + 1);
    let stands = is_led(scan, ix) || is_and || is_name || led_name || is_sure;
    let fits = stands && !(is_doubtful_month(scan.low(ix)) && !is_sure && !is_and && !is_name);
    fits.then(|| Point::yearless(reader, ix, past, Yearless::months(m, m), "month", "month"))
}

/// "October 12 people", "May 5pm": the digits belong to what follows.
fn is_clock_or_count(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let is_plain = scan.is_digits(at) && end == at + 1;
    let clock = scan.is(end, ":") && scan.touches(end) || scan.is_any(end, &["am", "pm"]);
    let grouped =
        scan.is(end, ",") && scan.touches(end) && scan.touches(end + 1) && scan.low(end + 1).len() == 3;
    let decimal = scan.is(end, ".") && scan.touches(end) && scan.touches(end + 1) && scan.is_digits(end + 1);
    is_plain && (clock || grouped || decimal)
}

/// `2021-11-15`, `11/15/2021`, `15.11.2021`, `20211115`, `2021-11`, `10/1`.
fn numeric(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    // "2017 April".
    if let Some((y, end)) =
        year_number(scan, ix).filter(|(y, _)| scan.is_digits(ix) && (1800..2200).contains(y))
        && let Some(m) = month(scan.low(end)).filter(|_| scan.gap(end) == Gap::Space)
        && day_number(scan, end + 1).is_none()
    {
        return Some(Point::explicit(ix, end + 1, Some(month_days(y, m)?), "month", "month"));
    }
    if !scan.is_digits(ix)
        || scan.touches(ix) && ix > 0 && (scan.is_any(ix - 1, &[".", ",", "$"]) || scan.is_word(ix - 1))
    {
        return None;
    }
    let digits = scan.low(ix);
    if digits.len() == 8 && (digits.starts_with("19") || digits.starts_with("20")) {
        let part = |from: usize, to: usize| digits[from..to].parse::<i16>().ok();
        let (y, m, d) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
        return dated(reader, ix, ix + 1, Some(Year::Named(y)), m as i8, d as i8, "date:digits");
    }
    let a = scan.digits(ix, 4)?;
    let sep = scan.low(ix + 1);
    let second = joint(scan, ix + 1)?;
    // "2020/Sep/23", "2020/23/Sep".
    if let Some(m) = month(scan.low(second)).filter(|_| digits.len() == 4) {
        let (d, end) = joint(scan, second + 1).and_then(|at| day_number(scan, at))?;
        return dated(reader, ix, end, Some(Year::Named(a as i16)), m, d, "date:digits");
    }
    let b = scan.digits(second, 4)?;
    let third = joint(scan, second + 1).filter(|_| scan.is(second + 1, sep));
    if let Some(at) = third {
        if let Some(m) = month(scan.low(at)).filter(|_| digits.len() == 4) {
            return dated(reader, ix, at + 1, Some(Year::Named(a as i16)), m, b as i8, "date:digits");
        }
        if let Some(c) = scan.digits(at, 4).filter(|_| !is_more_digits(scan, at + 1)) {
            let (y, m, d) =
                year_month_day((a, digits.len()), (b, scan.low(second).len()), (c, scan.low(at).len()), sep)?;
            return dated(reader, ix, at + 1, Some(Year::Named(y)), m, d, "date:digits");
        }
    }
    two_numbers(reader, ix, second, a, b, sep)
}

fn is_more_digits(scan: &Scan<'_>, ix: usize) -> bool {
    scan.touches(ix) && scan.is_any(ix, &[".", "/"]) && scan.touches(ix + 1) && scan.is_digits(ix + 1)
}

fn year_month_day(a: (i64, usize), b: (i64, usize), c: (i64, usize), sep: &str) -> Option<(i16, i8, i8)> {
    let small = |n: i64| i8::try_from(n).ok();
    let ((a, a_len), (b, b_len), (c, c_len)) = (a, b, c);
    if a_len == 4 && b_len <= 2 && c_len <= 2 {
        return if b > 12 {
            Some((a as i16, small(c)?, small(b)?))
        } else {
            Some((a as i16, small(b)?, small(c)?))
        };
    }
    if a_len > 2 || b_len > 2 || !(c_len == 4 || c_len == 2 && sep != ".") {
        return None;
    }
    let y = if c_len == 4 { c as i16 } else { century(c) };
    if !(1000..=2999).contains(&y) {
        return None;
    }
    let day_is_first = a > 12 || sep == "." && b <= 12;
    if day_is_first { Some((y, small(b)?, small(a)?)) } else { Some((y, small(a)?, small(b)?)) }
}

/// A month with a year, or a month with a day where a word before says that it is a date.
fn two_numbers(reader: &Reader<'_>, ix: usize, second: usize, a: i64, b: i64, sep: &str) -> Option<Point> {
    let scan = reader.scan;
    let end = second + 1;
    if is_more_digits(scan, end) || scan.touches(end) && scan.is_word(end) || scan.is(end, "%") {
        return None;
    }
    let before = ix.checked_sub(1).map_or("", |before| scan.low(before));
    let (a_len, b_len) = (scan.low(ix).len(), scan.low(second).len());
    let (y, m) = if a_len == 4 { (a, b) } else { (b, a) };
    if (a_len == 4) != (b_len == 4) {
        let fits = (1..=12).contains(&m) && (1900..2100).contains(&y) && a_len.min(b_len) <= 2 && sep != ".";
        let led = sep == "-"
            || matches!(before, "in" | "since" | "until" | "from" | "to" | "by" | "of" | "during" | "for");
        return (fits && led)
            .then(|| month_days(y as i16, m as i8))
            .flatten()
            .map(|days| Point::explicit(ix, end, Some(days), "month", "month:digits"));
    }
    let led = matches!(
        before,
        "on" | "from"
            | "until"
            | "till"
            | "by"
            | "since"
            | "between"
            | "before"
            | "after"
            | "to"
            | "this"
            | "next"
            | "last"
    ) || weekday(before).is_some()
        || before == "for" && sep == "/"
        || before == "-" && ix >= 2 && scan.is_digits(ix - 2) && sep == "/";
    let led = led || !reader.is_claims() && sep == "/" || !reader.is_claims() && before == "in";
    let leads_range = scan.is(end, "-") && scan.is_digits(end + 1) && scan.is(end + 2, "/");
    let sep_fits = sep == "/"
        || sep == "." && (before == "on" || weekday(before).is_some()) && scan.low(second).len() <= 2;
    let in_claims = reader.is_claims() && sep == ".";
    if !(led || leads_range) || !sep_fits || a_len > 2 || b_len > 2 || in_claims {
        return None;
    }
    let (m, d) = if a > 12 { (b, a) } else { (a, b) };
    if let Some((y, end)) = year_beside(reader, end).filter(|_| scan.is_any(end, &[",", "of", "in", "/"])) {
        return dated(reader, ix, end, Some(y), m as i8, d as i8, "date:digits");
    }
    dated(reader, ix, end, None, m as i8, d as i8, "date:digits")
}

/// `Q1 2019`, `2017 Q1`, `H2 2019`, `first quarter of 2013`, `the second half of 2025`.
fn quarter(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let short = |at: usize| {
        let is_short = scan.is_any(at, &["q", "h"]) && scan.touches(at + 1) && scan.low(at + 1).len() == 1;
        let n = scan.digits(at + 1, 1).filter(|_| is_short)?;
        let max = if scan.is(at, "q") { 4 } else { 2 };
        ((1..=max).contains(&n) && !(scan.touches(at + 2) && scan.is_word(at + 2))).then_some((
            n as i8,
            scan.is(at, "h"),
            at + 2,
        ))
    };
    let worded = |at: usize| {
        let at = scan.skip(at, &["the"]);
        let is_last = scan.is_any(at, &["final", "last"]) && scan.is(at + 2, "of");
        let last = if scan.is(at + 1, "half") { 2 } else { 4 };
        let (n, end) = if is_last { (last, at + 1) } else { ordinal_at(scan, at)? };
        let end = if scan.is_dash(end) { end + 1 } else { end };
        let is_half = scan.is(end, "half");
        let max = if is_half { 2 } else { 4 };
        ((scan.is(end, "quarter") || is_half) && (1..=max).contains(&n)).then_some((
            n as i8,
            is_half,
            end + 1,
        ))
    };
    if let Some((y, end)) = year_number(scan, ix).filter(|_| scan.is_digits(ix)) {
        let at = joint(scan, end).unwrap_or(end);
        let (n, is_half, end) = short(at)?;
        return Some(Point::explicit(ix, end, quarter_of(y, n, is_half), "quarter", "quarter"));
    }
    let (n, is_half, end) = short(ix).or_else(|| worded(ix))?;
    let is_short = scan.is_any(ix, &["q", "h"]);
    let months = if is_half { (6 * n - 5, 6 * n) } else { (3 * n - 2, 3 * n) };
    let months = Yearless::months(months.0, months.1);
    let named = |(year, end): (i16, usize)| (Year::Named(year), end);
    let year = joint(scan, end).and_then(|at| year_number(scan, at)).map(named);
    if let Some((y, end)) = year.or_else(|| year_beside(reader, end)) {
        return Some(in_year(reader, ix, end, Some(y), months, "quarter", "quarter"));
    }
    let relative = scan.is(end, "of").then(|| super::relative::relative(reader, end + 1)).flatten();
    if let Some(year) = relative.filter(|point| point.grain == "year") {
        let whole = super::relative::away_whole(reader, &year);
        let days = whole.and_then(|y| quarter_of(y, n, is_half));
        return Some(Point {
            grain: "quarter",
            rule: "quarter",
            ..Point::relative(ix, year.end, days, "quarter", "quarter")
        });
    }
    let led = is_led(scan, ix) || ix > 0 && scan.is(ix - 1, "the") && is_led(scan, ix - 1);
    let stands = is_short && (scan.is_capital(ix) || !reader.is_claims())
        || !is_short && !is_half && !scan.is(end, "of") && (led || !reader.is_claims());
    stands.then(|| Point::yearless(reader, ix, end, months, "quarter", "quarter"))
}

pub(super) fn quarter_of(year: i16, n: i8, is_half: bool) -> Option<super::calendar::Days> {
    if is_half {
        return Some((quarter_days(year, 2 * n - 1)?.0, quarter_days(year, 2 * n)?.1));
    }
    quarter_days(year, n)
}

/// Number of a season in `season_days`.
pub(super) fn season_number(word: &str) -> Option<i8> {
    Some(match word {
        "spring" => 1,
        "summer" => 2,
        "autumn" | "fall" => 3,
        "winter" => 4,
        _ => return None,
    })
}

/// `summer 2025`, `the spring of 2014`, `in winter`.
fn season(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let n = season_number(scan.low(ix))?;
    let (m, to) = if n == 4 { (12, 2) } else { (3 * n, 3 * n + 2) };
    if let Some((y, end)) = year_beside(reader, ix + 1) {
        return Some(in_year(reader, ix, end, Some(y), Yearless::months(m, to), "season", "season"));
    }
    let the = ix.checked_sub(1).is_some_and(|at| scan.is(at, "the")) as usize;
    let led =
        ix > the && scan.is_any(ix - 1 - the, &["in", "during", "until", "since", "by", "through", "last"]);
    let is_verb = scan.is_any(ix, &["spring", "fall"]) && the == 0;
    (led && !is_verb)
        .then(|| Point::yearless(reader, ix, ix + 1, Yearless::months(m, to), "season", "season"))
}
