//! Publication times as sites write them.

use jiff::civil::{Date, DateTime};
use servanda_model::{Precision, When};

use crate::clock::Clock;
use crate::prose::Calendar;

/// When something was published, and on which day where that was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The time, as precisely as it is written.
    pub when: When,
    /// The civil day as written, whatever the clock of the case; `None` where only a month or a year is written.
    pub day: Option<Calendar>,
}

/// Reads a publication time: what a case may write (`2025-10-22`, `2025-10`, RFC 3339), what e-mail writes (RFC 5322),
/// and dates in words (`October 22, 2025`, `Wednesday 22 October 2025, 14:30`).
///
/// `10/22/2025` is read where only one order of day and month is possible, and else left unread. A time of day without
/// offset is in the clock of the case. `None`: unreadable, or a range.
pub(crate) fn as_written(text: &str, clock: &Clock) -> Option<Published> {
    let text = text.trim();
    let is_range = text.contains('/') && text.contains('-');
    if text.len() > MAX_BYTES || is_range {
        return None;
    }
    if !text.contains('/')
        && let Some(when) = clock.when(text)
    {
        return Some(Published { when, day: local_day(text).or_else(|| whole_day(when, clock)) });
    }
    rfc_5322(text).or_else(|| iso_prefix(text, clock)).or_else(|| in_words(text, clock))
}

/// A longer text is no publication time.
const MAX_BYTES: usize = 100;

/// The day of a written timestamp: its own digits, not those of another zone.
fn local_day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn whole_day(when: When, clock: &Clock) -> Option<Date> {
    matches!(when.precision, Precision::Day | Precision::Hour | Precision::Exact)
        .then(|| clock.day_of(when.earliest))
        .flatten()
}

fn rfc_5322(text: &str) -> Option<Published> {
    let zoned = jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(text).ok()?;
    Some(Published { when: When::at(zoned.timestamp().into()), day: Some(zoned.date()) })
}

/// `2025-10-22T14:30+0200`, `20251022`, `2025-10-22 14:30 CEST`: the time where it can be read, else the day.
fn iso_prefix(text: &str, clock: &Clock) -> Option<Published> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 && text.len() == 8 {
        let day = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok()?;
        return Some(Published { when: clock.day(day)?, day: Some(day) });
    }
    let day: Date = text.get(..10).filter(|_| digits == 4)?.parse().ok()?;
    let rest = text[10..].trim_start_matches(['T', 't', ' ', ',']);
    let exact =
        |format: &str| jiff::fmt::strtime::parse(format, format!("{day}T{rest}")).ok()?.to_timestamp().ok();
    let timestamp =
        ["%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S%.f%z"].into_iter().find_map(exact);
    let when = timestamp.map(|timestamp| When::at(timestamp.into())).or_else(|| clock.day(day))?;
    Some(Published { when, day: Some(day) })
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let found = MONTHS.iter().position(|month| {
        *month == word
            || word.len() >= 3 && month.starts_with(&word)
            || *month == "september" && word == "sept"
    })?;
    Some(found as i8 + 1)
}

/// A date in words or with slashes, perhaps with a time of day behind it.
fn in_words(text: &str, clock: &Clock) -> Option<Published> {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '/' | '.' | '-' | '|'))
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("of"))
        .collect();
    let number = |word: &str| {
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let tail = &word[digits.len()..];
        (matches!(tail, "" | "st" | "nd" | "rd" | "th")).then(|| digits.parse::<i16>().ok()).flatten()
    };
    let at = words.iter().position(|word| month(word).is_some());
    let (day, end) = match at {
        Some(at) => {
            let year = |ix: usize| {
                words.get(ix).and_then(|word| number(word)).filter(|year| (1900..2200).contains(year))
            };
            let month = month(words[at])?;
            let before =
                at.checked_sub(1).and_then(|ix| number(words[ix])).filter(|day| (1..=31).contains(day));
            let after = words.get(at + 1).and_then(|word| number(word)).filter(|day| (1..=31).contains(day));
            if let (Some(day), Some(year)) = (before, year(at + 1)) {
                (Date::new(year, month, day as i8).ok()?, at + 2)
            } else if let (Some(day), Some(year)) = (after, year(at + 2)) {
                (Date::new(year, month, day as i8).ok()?, at + 3)
            } else {
                if at.checked_sub(1).is_some_and(|ix| number(words[ix]).is_some()) {
                    return None;
                }
                let first = Date::new(year(at + 1)?, month, 1).ok()?;
                let when = clock.days(first, first.last_of_month(), Precision::Month)?;
                return Some(Published { when, day: None });
            }
        }
        None => (in_digits(words.get(..3)?, text.contains('.') && !text.contains('/'))?, 3),
    };
    let time = words[end..].iter().find_map(|word| format!("{day}T{word}").parse::<DateTime>().ok());
    let is_local = words.len() <= end + 1;
    let when = time.filter(|_| is_local).and_then(|time| clock.local(time)).or_else(|| clock.day(day))?;
    Some(Published { when, day: Some(day) })
}

/// Three numbers, of which the order of day and month is certain: with points between, the day stands first.
fn in_digits(words: &[&str], has_points: bool) -> Option<Date> {
    let numbers: Vec<i16> = words.iter().map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = numbers[..] else { return None };
    let (year, first, second) =
        if a >= 1900 { return Date::new(a, b as i8, c as i8).ok() } else { (c, a, b) };
    if !(1900..2200).contains(&year) || !(1..=31).contains(&first) || !(1..=31).contains(&second) {
        return None;
    }
    match (first > 12 || has_points, second > 12) {
        (true, false) => Date::new(year, second as i8, first as i8).ok(),
        (false, true) => Date::new(year, first as i8, second as i8).ok(),
        _ if first == second => Date::new(year, first as i8, second as i8).ok(),
        _ => None,
    }
}
