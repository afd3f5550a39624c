//! Arithmetic of days: closed intervals, periods, shifts.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::words::Unit;

/// A closed interval of civil days.
pub(super) type Days = (Date, Date);

/// A day, where the calendar has it.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(super) fn plus_days(date: Date, n: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

/// So many units later (or earlier). A month later is the same day of the month, or the month's last.
pub(super) fn shift(date: Date, n: i64, unit: Unit) -> Option<Date> {
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(date),
        Unit::Day | Unit::Night => span.try_days(n),
        Unit::Week | Unit::Weekend => span.try_weeks(n),
        Unit::Fortnight => span.try_weeks(n.checked_mul(2)?),
        Unit::Month => span.try_months(n),
        Unit::Quarter => span.try_months(n.checked_mul(3)?),
        Unit::Year => span.try_years(n),
        Unit::Decade => span.try_years(n.checked_mul(10)?),
        Unit::Century => span.try_years(n.checked_mul(100)?),
    };
    date.checked_add(span.ok()?).ok()
}

pub(super) fn monday(date: Date) -> Option<Date> {
    plus_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

pub(super) fn month_days(year: i16, month: i8) -> Option<Days> {
    let first = day(year, month, 1)?;
    Some((first, first.last_of_month()))
}

pub(super) fn year_days(from: i16, to: i16) -> Option<Days> {
    Some((day(from, 1, 1)?, day(to, 12, 31)?))
}

/// Quarter 1 to 4 of a year.
pub(super) fn quarter_days(year: i16, n: i8) -> Option<Days> {
    Some((day(year, 3 * n - 2, 1)?, day(year, 3 * n, 1)?.last_of_month()))
}

/// Week of the ISO year.
pub(super) fn iso_week(year: i16, n: i8) -> Option<Days> {
    let first = jiff::civil::ISOWeekDate::new(year, n, Weekday::Monday).ok()?.date();
    Some((first, plus_days(first, 6)?))
}

/// The whole period of that unit that holds a day.
pub(super) fn period(date: Date, unit: Unit) -> Option<Days> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Some((date, date)),
        Unit::Week => {
            let first = monday(date)?;
            Some((first, plus_days(first, 6)?))
        }
        Unit::Weekend => {
            let first = plus_days(monday(date)?, 5)?;
            Some((first, plus_days(first, 1)?))
        }
        Unit::Fortnight => {
            let first = monday(date)?;
            Some((first, plus_days(first, 13)?))
        }
        Unit::Month => month_days(date.year(), date.month()),
        Unit::Quarter => quarter_days(date.year(), (date.month() - 1) / 3 + 1),
        Unit::Year => year_days(date.year(), date.year()),
        Unit::Decade => {
            let first = date.year() - date.year().rem_euclid(10);
            year_days(first, first + 9)
        }
        Unit::Century => {
            let first = date.year() - date.year().rem_euclid(100);
            year_days(first, first + 99)
        }
    }
}

/// The period so many periods away from the one that holds a day.
pub(super) fn period_away(date: Date, n: i64, unit: Unit) -> Option<Days> {
    let (first, _) = period(date, unit)?;
    period(shift(first, n, unit)?, unit)
}

/// Days of a season by the calendar of the northern half of the earth (meteorological: March, June, September,
/// December).
pub(super) fn season_days(year: i16, n: i8) -> Option<Days> {
    let last = |year: i16, month: i8| day(year, month, 1).map(Date::last_of_month);
    match n {
        4 => Some((day(year, 12, 1)?, last(year + 1, 2)?)),
        _ => Some((day(year, 3 * n, 1)?, last(year, 3 * n + 2)?)),
    }
}

/// The nth such weekday of a month; `n` of -1 is the last.
pub(super) fn nth_weekday(year: i16, month: i8, n: i8, weekday: Weekday) -> Option<Date> {
    day(year, month, 1)?.nth_weekday_of_month(n, weekday).ok()
}

/// Easter Sunday by the Gregorian calendar.
///
/// # Source
/// The anonymous algorithm as in J. Meeus, Astronomical Algorithms (1991), chapter 8.
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let n = (h + l - 7 * m + 33 * month + 19) % 32;
    day(year, month as i8, n as i8)
}

/// Days between two dates; negative where the second is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// A year that two digits mean: up to 39 this century.
pub(super) fn century(n: i64) -> i16 {
    (if n < 40 { 2000 + n } else { 1900 + n }) as i16
}

/// The nearest such weekday to a day, that day included; not after it, or not before it.
pub(super) fn weekday_near(date: Date, weekday: Weekday, is_future: bool) -> Option<Date> {
    let offset =
        i64::from(weekday.to_monday_zero_offset()) - i64::from(date.weekday().to_monday_zero_offset());
    plus_days(date, if is_future { offset.rem_euclid(7) } else { -((-offset).rem_euclid(7)) })
}

/// The day of that week (counted from its Monday) with that weekday.
pub(super) fn weekday_of_week(date: Date, n_weeks: i64, weekday: Weekday) -> Option<Date> {
    let first = monday(date)?.checked_add(n_weeks.try_weeks_span()?).ok()?;
    plus_days(first, i64::from(weekday.to_monday_zero_offset()))
}

trait Weeks {
    fn try_weeks_span(self) -> Option<jiff::Span>;
}

impl Weeks for i64 {
    fn try_weeks_span(self) -> Option<jiff::Span> {
        if self.abs() > 10_000 { None } else { Some(self.weeks()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_tables_say() {
        for (year, month, n) in
            [(2016, 3, 27), (2018, 4, 1), (2019, 4, 21), (2020, 4, 12), (2024, 3, 31), (2025, 4, 20)]
        {
            assert_eq!(easter(year), day(year, month, n));
        }
    }
}
