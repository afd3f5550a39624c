//! Years, decades and centuries.

use super::calendar::year_days;
use super::explicit::is_led;
use super::point::{Point, Reader};
use super::words::year_number;
use crate::prose::quantities::number::ordinal_at;
use crate::prose::scan::{Gap, Scan};

/// `the '90s`, `the 90s`. Without the apostrophe only from the fifties on: "in the 30s" is warm.
fn short_decade(scan: &Scan<'_>, ix: usize) -> Option<Point> {
    let the = scan.skip(ix, &["the"]);
    let has_apostrophe = scan.is_any(the, &["'", "\u{2019}", "\u{2018}"]) && scan.touches(the + 1);
    let at = the + usize::from(has_apostrophe);
    let n = scan.digits(at, 2).filter(|n| n % 10 == 0 && scan.low(at).len() == 2)?;
    let led = the > ix || ix > 0 && scan.is_any(ix - 1, &["the", "early", "late", "mid", "-"]);
    let ends = scan.is(at + 1, "s") && scan.touches(at + 1);
    let fits = ends && (has_apostrophe || led && n >= 50);
    let first = if n >= 30 { 1900 + n as i16 } else { 2000 + n as i16 };
    fits.then(|| Point::explicit(ix, at + 2, year_days(first, first + 9), "decade", "decade"))
}

/// `the 1990s`, `the nineties`, `the 21st century`.
pub(super) fn decade(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    if let Some((n, end)) = ordinal_at(scan, ix)
        && scan.is(end, "century")
        && (1..=30).contains(&n)
    {
        let first = (n as i16 - 1) * 100;
        return Some(Point::explicit(ix, end + 1, year_days(first, first + 99), "century", "century"));
    }
    if let Some(n) = scan.digits(ix, 4).filter(|n| n % 10 == 0 && *n >= 1000)
        && scan.is(ix + 1, "s")
        && scan.touches(ix + 1)
    {
        let n = n as i16;
        return Some(Point::explicit(ix, ix + 2, year_days(n, n + 9), "decade", "decade"));
    }
    if let Some(point) = short_decade(scan, ix) {
        return Some(point);
    }
    let tens = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let n = tens.iter().position(|word| scan.is(ix, word))?;
    let first = 1920 + 10 * n as i16;
    // "a man in his sixties" is old, not dated.
    let of_age = ix > 0 && scan.is_any(ix - 1, &["his", "her", "their", "early", "late", "mid", "my"]);
    (!of_age).then(|| Point::explicit(ix, ix + 1, year_days(first, first + 9), "decade", "decade"))
}

/// Four digits that a word before makes a year, or "year 2008".
pub(super) fn year(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let worded = scan.is(ix, "year").then(|| scan.skip(ix + 1, &["of"]));
    let at = worded.unwrap_or(ix);
    let n = scan.digits(at, 4).filter(|_| scan.low(at).len() == 4)?;
    let (y, end) = year_number(scan, at).filter(|_| (1500..2200).contains(&n))?;
    let before = ix.checked_sub(1).map_or("", |before| scan.low(before));
    let is_listed = matches!(before, "and" | "or" | "-" | "\u{2013}" | "," | "to" | "through")
        && ix >= 2
        && scan.digits(ix - 2, 4).is_some_and(|n| (1500..2200).contains(&n));
    let is_free = !reader.is_claims();
    let spans = scan.is_dash(end)
        && scan.touches(end)
        && scan.touches(end + 1)
        && scan.low(end + 1).len() == 4
        && scan.digits(end + 1, 4).is_some_and(|to| (n + 1..2200).contains(&to))
        || !reader.is_claims()
            && scan.is_any(end, &["to", "through", "until"])
            && scan.low(end + 1).len() == 4
            && scan.digits(end + 1, 4).is_some_and(|to| (n + 1..2200).contains(&to));
    let led = worded.is_some() || spans || is_led(scan, ix) || is_listed || is_free || is_bracketed(scan, ix);
    let is_money = ix > 0 && scan.is_any(ix - 1, &["$", "€", "£"]);
    let counts = scan.is_word(end)
        && scan.gap(end) == Gap::Space
        && !scan.is_capital(end)
        && scan.low(end).ends_with('s')
        && !scan.is_any(
            end,
            &["was", "is", "has", "as", "its", "his", "this", "elections", "talks", "us", "sees", "brings"],
        );
    let part_of_number = scan.touches(end)
        && scan.is_any(end, &["/", ".", ":", "%"])
        && scan.touches(end + 1)
        && !scan.is_word(end + 1)
        && end + 1 < scan.pieces.len();
    let is_unit = scan.is_any(
        end,
        &["%", "per", "percent", "km", "people", "metres", "meters", "men", "women", "children", "troops"],
    );
    let is_edge = ix >= 2
        && scan.is(ix - 1, "of")
        && scan.is_any(ix - 2, &["beginning", "end", "start", "middle", "course"]);
    let counts =
        counts && !is_edge && !scan.is_any(end, &["stands", "remains", "totals", "stood", "reaches"]);
    let fits = led && !counts && !is_money && !part_of_number && !is_unit;
    fits.then(|| Point::explicit(ix, end, year_days(y, y), "year", "year"))
}

/// "(2014)".
fn is_bracketed(scan: &Scan<'_>, ix: usize) -> bool {
    ix > 0 && scan.is(ix - 1, "(") && scan.is_any(ix + 1, &[")", "-", "\u{2013}"])
}
