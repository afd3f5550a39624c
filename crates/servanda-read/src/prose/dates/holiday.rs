//! Days that have a name: those fixed in the calendar or counted from the Easter of the Gregorian calendar.
//!
//! Days that other calendars fix (Eid, Passover, Orthodox Easter, Diwali) are not computed: their words stay words.

use jiff::civil::{Date, Weekday};

use super::calendar::{Days, day, days_between, easter, nth_weekday, plus_days};
use super::point::{Point, Reader};
use super::words::year_number;

/// The day of that name in a year.
fn named(name: &str, year: i16) -> Option<Date> {
    match name {
        "christmas day" | "christmas" | "xmas" => day(year, 12, 25),
        "christmas eve" => day(year, 12, 24),
        "boxing day" => day(year, 12, 26),
        "new year ' s eve" | "new year \u{2019} s eve" | "new years eve" | "new year eve" => {
            day(year, 12, 31)
        }
        "new year ' s day"
        | "new year \u{2019} s day"
        | "new years day"
        | "new year day"
        | "new year ' s"
        | "new year \u{2019} s"
        | "new year" => day(year, 1, 1),
        "valentine ' s day" | "valentine \u{2019} s day" | "valentines day" => day(year, 2, 14),
        "saint patrick ' s day"
        | "st patrick ' s day"
        | "saint patrick day"
        | "saint patrick"
        | "st patrick" => day(year, 3, 17),
        "april fools" | "april fool ' s day" => day(year, 4, 1),
        "earth day" => day(year, 4, 22),
        "may day" | "international workers ' day" => day(year, 5, 1),
        "international women ' s day" | "international women \u{2019} s day" => day(year, 3, 8),
        "independence day" => day(year, 7, 4),
        "halloween" | "all hallows day" => day(year, 10, 31),
        "all saints day" | "all saints ' day" => day(year, 11, 1),
        "veterans day" => day(year, 11, 11),
        "thanksgiving day" | "thanksgiving" => nth_weekday(year, 11, 4, Weekday::Thursday),
        "black friday" => plus_days(nth_weekday(year, 11, 4, Weekday::Thursday)?, 1),
        "cyber monday" => plus_days(nth_weekday(year, 11, 4, Weekday::Thursday)?, 4),
        "labor day" | "labour day" => nth_weekday(year, 9, 1, Weekday::Monday),
        "memorial day" => nth_weekday(year, 5, -1, Weekday::Monday),
        "martin luther king day" | "mlk day" => nth_weekday(year, 1, 3, Weekday::Monday),
        "mother ' s day" | "mothers day" => nth_weekday(year, 5, 2, Weekday::Sunday),
        "father ' s day" | "fathers day" => nth_weekday(year, 6, 3, Weekday::Sunday),
        "easter sunday" | "easter" | "easter day" => easter(year),
        "easter monday" => plus_days(easter(year)?, 1),
        "good friday" => plus_days(easter(year)?, -2),
        "ash wednesday" => plus_days(easter(year)?, -46),
        "palm sunday" => plus_days(easter(year)?, -7),
        "pentecost" | "whit sunday" => plus_days(easter(year)?, 49),
        "ascension day" => plus_days(easter(year)?, 39),
        _ => None,
    }
}

/// First words of all names.
const BEGINNINGS: &[&str] = &[
    "christmas",
    "xmas",
    "boxing",
    "new",
    "valentine",
    "valentines",
    "saint",
    "st",
    "april",
    "earth",
    "may",
    "international",
    "independence",
    "halloween",
    "all",
    "veterans",
    "thanksgiving",
    "black",
    "cyber",
    "labor",
    "labour",
    "memorial",
    "martin",
    "mlk",
    "mother",
    "mothers",
    "father",
    "fathers",
    "easter",
    "good",
    "ash",
    "palm",
    "pentecost",
    "whit",
    "ascension",
];

/// The named day that begins here, with "last", "next", a year.
pub(super) fn holiday(reader: &Reader<'_>, ix: usize) -> Option<Point> {
    let scan = reader.scan;
    let (turn, at) = match scan.low(ix) {
        "last" | "previous" => (-1, ix + 1),
        "next" | "following" | "coming" => (1, ix + 1),
        _ => (0, ix),
    };
    if !BEGINNINGS.contains(&scan.low(at)) {
        return None;
    }
    // The longest name that stands here.
    let (name, end) = (1..=5).rev().find_map(|n| {
        let name = (at..at + n).map(|ix| scan.low(ix)).collect::<Vec<_>>().join(" ");
        (at + n <= scan.pieces.len() && named(&name, 2024).is_some()).then_some((name, at + n))
    })?;
    // "a new year of talks", "Orthodox Easter" are other days.
    let other = ix > 0
        && scan
            .is_any(ix - 1, &["orthodox", "a", "lunar", "chinese", "jewish", "islamic", "persian", "greek"]);
    let word_only = matches!(name.as_str(), "new year" | "saint patrick" | "st patrick")
        && !scan.is_capital(at)
        && reader.is_claims();
    if other || word_only {
        return None;
    }
    let one = |year: i16| named(&name, year).map(|date| (date, date));
    let year_at = scan.skip(end, &["of", ","]);
    if let Some((year, end)) = year_number(scan, year_at).filter(|_| scan.is_digits(year_at) && turn == 0) {
        return Some(Point::explicit(ix, end, one(year), "day", "holiday"));
    }
    let days = reader.published.and_then(|date| {
        let around: Vec<Days> = (-1..=1).filter_map(|n| one(date.year() + n)).collect();
        match turn {
            -1 => around.iter().rev().find(|days| days.0 < date).copied(),
            1 => around.iter().find(|days| days.0 > date).copied(),
            _ => around.iter().min_by_key(|days| days_between(days.0, date).abs()).copied(),
        }
    });
    let basis_known = Point::explicit(ix, end, days, "day", "holiday");
    Some(if turn == 0 { basis_known } else { Point::relative(ix, end, days, "day", "holiday:relative") })
}
