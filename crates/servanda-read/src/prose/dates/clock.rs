//! Times of the day.

use super::words::Unit;
use crate::prose::quantities::number::number_at;
use crate::prose::scan::{Gap, Scan};

/// A time as read: seconds of the day, first and last; equal for a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) end: usize,
    pub(super) seconds: (u32, u32),
    /// Whether words say which half of the day it is.
    pub(super) is_sure: bool,
    /// Whether it is nothing but a number, which stands only beside other words of a time.
    pub(super) is_bare: bool,
}

const HOUR: u32 = 3600;

/// Seconds of a part of the day; the hours are a convention.
pub(super) fn part_of_day(word: &str) -> Option<(u32, u32)> {
    Some(match word {
        "morning" => (8 * HOUR, 12 * HOUR),
        "afternoon" => (12 * HOUR, 16 * HOUR),
        "evening" => (16 * HOUR, 20 * HOUR),
        "night" => (20 * HOUR, 24 * HOUR - 1),
        "daytime" => (8 * HOUR, 18 * HOUR),
        _ => return None,
    })
}

/// Half of the day that stands here: 0 for a.m., 12 for p.m.; one past it.
fn half(scan: &Scan<'_>, ix: usize) -> Option<(u32, usize)> {
    let letter = |word: &str| match word {
        "a" | "am" => Some(0),
        "p" | "pm" => Some(12),
        _ => None,
    };
    let add = letter(scan.low(ix))?;
    if scan.low(ix).len() == 2 {
        return Some((add, ix + 1));
    }
    if scan.is(ix + 1, ".") && scan.is(ix + 2, "m") {
        return Some((
            add,
            ix + 3 + usize::from(scan.is(ix + 3, ".") && scan.touches(ix + 3) && !scan.is_capital(ix + 4)),
        ));
    }
    if scan.is(ix + 1, "m") {
        return Some((add, ix + 2));
    }
    // "9a", "9p": the letter touches the number and ends.
    (scan.touches(ix) && !(scan.touches(ix + 1) && scan.is_word(ix + 1))).then_some((add, ix + 1))
}

/// "in the evening", "at night": hours to add, and one past the words.
fn part_after(scan: &Scan<'_>, ix: usize) -> Option<(&'static str, usize)> {
    let at =
        scan.any_words(ix, &["in the early", "in the late", "in the", "at", "early", "late"]).unwrap_or(ix);
    let word = ["morning", "afternoon", "evening", "night"].into_iter().find(|word| scan.is(at, word))?;
    (at > ix || scan.gap(ix) == Gap::Space).then_some((word, at + 1))
}

fn add_of(part: &str, hour: u32) -> u32 {
    match part {
        "morning" => hour % 12,
        "night" if hour < 5 || hour == 12 => hour % 12,
        _ if hour < 12 => hour + 12,
        _ => hour,
    }
}

/// The time of day that begins here.
pub(super) fn clock(scan: &Scan<'_>, ix: usize) -> Option<Clock> {
    named(scan, ix).or_else(|| past(scan, ix)).or_else(|| digits(scan, ix)).or_else(|| words(scan, ix))
}

fn moment(end: usize, seconds: u32, is_sure: bool) -> Clock {
    Clock { end, seconds: (seconds, seconds), is_sure, is_bare: false }
}

/// Noon, midnight, parts of the day.
fn named(scan: &Scan<'_>, ix: usize) -> Option<Clock> {
    let twelve = usize::from(scan.is(ix, "12"));
    match scan.low(ix + twelve) {
        "noon" | "midday" => return Some(moment(ix + twelve + 1, 12 * HOUR, true)),
        "midnight" => return Some(moment(ix + twelve + 1, 0, true)),
        "mid" => {
            let at = ix + twelve + 1;
            let at = if scan.is_dash(at) { at + 1 } else { at };
            let seconds = match scan.low(at) {
                "night" => 0,
                "day" => 12 * HOUR,
                _ => return None,
            };
            return Some(moment(at + 1, seconds, true));
        }
        _ => {}
    }
    None
}

/// "the early morning", "in the evening", "late at night"; one past the words.
pub(super) fn day_part(scan: &Scan<'_>, ix: usize) -> Option<Clock> {
    let lead = scan.skip(ix, &["early", "late", "later"]);
    let at = scan.any_words(lead, &["in the", "at", "in"]).unwrap_or(lead);
    let shade = if lead > ix { scan.low(ix) } else { scan.low(at) };
    let word_at = if lead == ix { scan.skip(at, &["early", "late"]) } else { at };
    let (from, to) = part_of_day(scan.low(word_at))?;
    let seconds = match shade {
        "early" => (from, from + 2 * HOUR),
        "late" | "later" => (to - 2 * HOUR, to),
        _ => (from, to),
    };
    Some(Clock { end: word_at + 1, seconds, is_sure: true, is_bare: false })
}

/// "half past five", "20 min past eight", "quarter to nine".
fn past(scan: &Scan<'_>, ix: usize) -> Option<Clock> {
    let at = scan.skip(ix, &["a"]);
    let (minutes, at) = match scan.low(at) {
        "half" => (30, at + 1),
        "quarter" => (15, at + 1),
        _ => {
            let number = number_at(scan, ix)?;
            let n = number.value.as_whole().filter(|n| (1..60).contains(n))?;
            (n, scan.skip(number.end, &["minutes", "minute", "mins", "min"]))
        }
    };
    let is_to = scan.is(at, "to") && !scan.is_digits(ix);
    if !(scan.is(at, "past") || is_to && scan.is_any(ix, &["quarter", "a", "half"])) {
        return None;
    }
    let hour = number_at(scan, at + 1)
        .and_then(|hour| Some((hour.value.as_whole().filter(|n| (1..=12).contains(n))?, hour.end)))?;
    let end = oclock(scan, hour.1).unwrap_or(hour.1);
    let signed = if is_to { hour.0 * 60 - minutes } else { hour.0 * 60 + minutes };
    Some(in_half(scan, end, u32::try_from(signed).ok()? * 60, false))
}

fn oclock(scan: &Scan<'_>, ix: usize) -> Option<usize> {
    scan.any_words(ix, &["o ' clock", "o \u{2019} clock", "oclock", "o clock"])
}

/// Adds what words after a time say of the half of the day.
fn in_half(scan: &Scan<'_>, end: usize, seconds: u32, is_bare: bool) -> Clock {
    let (hour, rest) = (seconds / HOUR, seconds % HOUR);
    if let Some((add, end)) = half(scan, end).filter(|_| hour <= 12) {
        return moment(end, (hour % 12 + add) * HOUR + rest, true);
    }
    // "2 morning sessions": a bare number and a part of the day make no time.
    let part = part_after(scan, end).filter(|(_, to)| !is_bare || *to > end + 1);
    if let Some((part, end)) = part.filter(|_| hour <= 12) {
        return moment(end, add_of(part, hour) * HOUR + rest, true);
    }
    Clock { is_bare, ..moment(end, seconds, hour > 12 || hour == 0 && !is_bare) }
}

/// `17:00`, `5.30pm`, `5 p.m.`, `0730`, `9 o'clock`, `10`.
fn digits(scan: &Scan<'_>, ix: usize) -> Option<Clock> {
    let first = scan.low(ix);
    if !scan.is_digits(ix)
        || ix > 0
            && scan.touches(ix)
            && (scan.is_any(ix - 1, &[".", ",", ":", "$", "£", "€"]) || scan.is_word(ix - 1))
    {
        return None;
    }
    if matches!(first.len(), 3 | 4)
        && !(scan.touches(ix + 1)
            && scan.is_any(ix + 1, &[",", ".", ":"])
            && scan.is_digits(ix + 2)
            && scan.touches(ix + 2))
    {
        let n = scan.digits(ix, 4)? as u32;
        let (hour, minute) = (n / 100, n % 100);
        let has_half = half(scan, ix + 1).is_some();
        let fits = hour < 24
            && minute < 60
            && (has_half || first.starts_with('0') && first.len() == 4 || scan.is(ix + 1, "hours"));
        let end = ix + 1 + usize::from(scan.is(ix + 1, "hours"));
        return fits.then(|| in_half(scan, end, hour * HOUR + minute * 60, false));
    }
    let hour = scan.digits(ix, 2).filter(|n| *n <= 24)? as u32;
    let is_point = |at: usize| {
        scan.touches(at) && scan.is_digits(at + 1) && scan.touches(at + 1) && scan.low(at + 1).len() == 2
    };
    let by_colon = scan.is(ix + 1, ":") && is_point(ix + 1);
    let by_dot = scan.is(ix + 1, ".") && is_point(ix + 1);
    if by_colon || by_dot {
        let minute = scan.digits(ix + 2, 2).filter(|n| *n < 60)? as u32;
        let more = scan.is(ix + 3, ":") && is_point(ix + 3);
        let second = if more { scan.digits(ix + 4, 2).filter(|n| *n < 60)? as u32 } else { 0 };
        let end = ix + 3 + 2 * usize::from(more);
        let ends = !(scan.touches(end)
            && (scan.is_any(end, &[":", "%", "/"])
                || scan.is(end, ".") && scan.touches(end + 1) && scan.is_digits(end + 1)));
        let time = in_half(scan, end, hour * HOUR + minute * 60 + second, false);
        // With a point it is a time where "am", "pm" follow; else a decimal number, which only "at" makes a time.
        let is_time = by_colon
            || time.is_sure && time.end > end
            || ix > 0 && scan.is_any(ix - 1, &["at", "-", "between", "from"]);
        return (ends && is_time && hour < 24).then_some(Clock { is_bare: by_dot && !time.is_sure, ..time });
    }
    if let Some(end) = oclock(scan, ix + 1) {
        return Some(in_half(scan, end, hour * HOUR, false));
    }
    let glued = scan.touches(ix + 1) && scan.is_word(ix + 1) && half(scan, ix + 1).is_none();
    let counts = scan.is(ix + 1, "%") || Unit::of(scan.low(ix + 1)).is_some();
    (!glued && !counts).then(|| in_half(scan, ix + 1, hour * HOUR, true))
}

/// "nine thirty", "seven o'clock", "five in the afternoon", "five".
fn words(scan: &Scan<'_>, ix: usize) -> Option<Clock> {
    let number = number_at(scan, ix).filter(|number| number.in_words && !number.is_fraction)?;
    let hour = number.value.as_whole().filter(|n| (1..=12).contains(n))? as u32;
    if let Some(end) = oclock(scan, number.end) {
        return Some(in_half(scan, end, hour * HOUR, false));
    }
    let minute =
        number_at(scan, number.end).filter(|minute| minute.in_words && scan.gap(number.end) == Gap::Space);
    if let Some((n, end)) = minute
        .and_then(|minute| Some((minute.value.as_whole()?, minute.end)))
        .filter(|(n, _)| (10..60).contains(n))
    {
        let time = in_half(scan, end, hour * HOUR + n as u32 * 60, true);
        return Some(time);
    }
    if Unit::of(scan.low(number.end)).is_some() {
        return None;
    }
    Some(in_half(scan, number.end, hour * HOUR, true))
}
