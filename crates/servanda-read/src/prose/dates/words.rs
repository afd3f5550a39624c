//! Words that name months, days of the week, units of time.

use jiff::civil::Weekday;

use crate::prose::quantities::number::{number_at, ordinal_at};
use crate::prose::scan::{Gap, Scan};

/// January is 1. Abbreviations too; `may` and `march` are other words as well, see [`is_doubtful_month`].
pub(super) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// Whether the name of a month is another word as well.
pub(super) fn is_doubtful_month(word: &str) -> bool {
    matches!(word, "may" | "march" | "mar" | "jan" | "dec" | "sep" | "august" | "apr" | "jun" | "jul")
}

/// A day of the week, full or abbreviated.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" | "weds" | "wedn" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Whether the short form of a day is another word as well.
pub(super) fn is_doubtful_weekday(word: &str) -> bool {
    matches!(word, "mon" | "wed" | "sat" | "sun" | "fri" | "tue" | "thu")
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub(super) fn of(word: &str) -> Option<Unit> {
        Some(match word {
            "second" | "seconds" | "sec" | "secs" => Unit::Second,
            "minute" | "minutes" | "min" | "mins" => Unit::Minute,
            "hour" | "hours" | "hr" | "hrs" | "h" => Unit::Hour,
            "day" | "days" => Unit::Day,
            "night" | "nights" => Unit::Night,
            "weekend" | "weekends" => Unit::Weekend,
            "week" | "weeks" | "wk" | "wks" => Unit::Week,
            "fortnight" | "fortnights" => Unit::Fortnight,
            "month" | "months" | "mos" => Unit::Month,
            "quarter" | "quarters" => Unit::Quarter,
            "year" | "years" | "yr" | "yrs" => Unit::Year,
            "decade" | "decades" => Unit::Decade,
            "century" | "centuries" => Unit::Century,
            _ => return None,
        })
    }

    pub(super) fn grain(self) -> &'static str {
        match self {
            Unit::Second | Unit::Minute | Unit::Hour => "time",
            Unit::Day | Unit::Night => "day",
            Unit::Week | Unit::Weekend | Unit::Fortnight => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
        }
    }

    pub(super) fn is_clock(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }
}

/// A day of a month, in digits, with or without its ending, or in words; one past it.
pub(super) fn day_number(scan: &Scan<'_>, ix: usize) -> Option<(i8, usize)> {
    if let Some((n, end)) = ordinal_at(scan, ix) {
        return i8::try_from(n).ok().filter(|n| (1..=31).contains(n)).map(|n| (n, end));
    }
    let n = scan.digits(ix, 2).filter(|n| (1..=31).contains(n))?;
    let is_alone = !(scan.touches(ix + 1) && (scan.is_word(ix + 1) || scan.is(ix + 1, "%")));
    is_alone.then_some((n as i8, ix + 1))
}

/// A year in four digits, or in words ("nineteen eighty six", "two thousand and fifteen"); one past it.
pub(super) fn year_number(scan: &Scan<'_>, ix: usize) -> Option<(i16, usize)> {
    if let Some(n) = scan.digits(ix, 4).filter(|_| scan.low(ix).len() == 4) {
        let glued = scan.touches(ix + 1) && scan.is_word(ix + 1);
        let grouped = scan.is_any(ix + 1, &[",", "."])
            && scan.touches(ix + 1)
            && scan.touches(ix + 2)
            && scan.is_digits(ix + 2);
        return ((1000..=2999).contains(&n) && !glued && !grouped).then_some((n as i16, ix + 1));
    }
    let first = number_at(scan, ix).filter(|first| first.in_words)?;
    let n = first.value.as_whole()?;
    if (1900..=2100).contains(&n) {
        return Some((n as i16, first.end));
    }
    let second =
        number_at(scan, first.end).filter(|second| second.in_words && scan.gap(first.end) == Gap::Space)?;
    let m = second.value.as_whole().filter(|m| (10..100).contains(m))?;
    matches!(n, 18..=20).then_some(((n * 100 + m) as i16, second.end))
}

/// How many units ("three", "a", "a few", "a couple of", "3"); one past the number.
pub(super) fn how_many(scan: &Scan<'_>, ix: usize) -> Option<(i64, usize)> {
    match scan.low(ix) {
        "a" | "an" if scan.is(ix + 1, "few") => return Some((3, ix + 2)),
        "a" if scan.is(ix + 1, "couple") => return Some((2, scan.skip(ix + 2, &["of"]))),
        "couple" => return Some((2, scan.skip(ix + 1, &["of"]))),
        "few" | "several" | "some" => return Some((3, ix + 1)),
        "a" | "an" if Unit::of(scan.low(ix + 1)).is_some() => return Some((1, ix + 1)),
        _ => {}
    }
    let number = number_at(scan, ix).filter(|number| number.whole.is_none() && !number.is_fraction)?;
    let n = number.value.as_whole().filter(|n| (0..100_000).contains(n))?;
    let at = if scan.is_dash(number.end) && scan.touches(number.end) { number.end + 1 } else { number.end };
    Some((n, at))
}
