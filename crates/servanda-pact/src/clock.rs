//! Civil time in the clock of an agreement: days, weeks, deadlines, exact across changes of the clock.
//!
//! The rule for everything here: a civil moment is *the first instant at which the clock shows it or something
//! later*. A time that the clock skips is the instant of the jump; a time that it shows twice is the first one.
//! So days and weeks divide time without gap or overlap, whatever the zone does at midnight.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use servanda_model::{DAY_MS, HOUR_MS, Instant, Window};

use crate::{Date, Duration, DurationUnit, Per};

/// No zone is further than this from UTC.
const FURTHEST_MS: i64 = 26 * HOUR_MS;
/// Years in which changes of the clock are known exactly.
const EXACT_YEARS: (i16, i16) = (1900, 2150);

/// A time zone made ready for millions of questions.
///
/// Changes of the clock are held in a table for the years 1900 to 2150; earlier and later the first and the
/// last offset are taken as lasting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    name: String,
    /// Start and offset of each stretch of one offset, oldest first; the first starts at `i64::MIN`.
    stretches: Vec<(i64, i64)>,
}

impl Clock {
    /// The clock of an IANA time zone (`Etc/GMT-3`, `UTC`); `None` where no such zone is known.
    ///
    /// The zones are those bundled with the program, never those of the machine, so that the same case gives
    /// the same answer everywhere.
    pub fn new(name: &str) -> Option<Clock> {
        if name.is_empty() || name.eq_ignore_ascii_case("etc/unknown") {
            return None;
        }
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        let name = zone.iana_name().unwrap_or(name).to_owned();
        Some(Clock { name, stretches: stretches(&zone)? })
    }

    /// Name of the zone, as the zone database spells it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first instant of a civil day.
    pub fn start_of_day(&self, date: Date) -> Instant {
        Instant::from_ms(self.first_showing(day_number(date) * DAY_MS))
    }

    /// The last millisecond of a civil day.
    ///
    /// A day that the clock skips as a whole ends just before it would have begun.
    pub fn end_of_day(&self, date: Date) -> Instant {
        Instant::from_ms(self.first_showing((day_number(date) + 1) * DAY_MS) - 1)
    }

    /// The instant of a date with its time; without a time the start of the day.
    ///
    /// A time that the clock skips is the instant of the jump, one that it shows twice the first of the two.
    pub fn moment(&self, date: Date) -> Instant {
        let (hour, minute) = date.time.unwrap_or((0, 0));
        let local = day_number(date) * DAY_MS + i64::from(hour) * HOUR_MS + i64::from(minute) * 60_000;
        Instant::from_ms(self.first_showing(local))
    }

    /// A length of time later.
    ///
    /// Hours, days and weeks are exact (a day is 24 hours). Calendar days lead to the last millisecond of the
    /// n-th civil day after the one that holds the instant. The two ends of time stay where they are.
    pub fn add(&self, instant: Instant, duration: Duration) -> Instant {
        if instant == Instant::MAX || instant == Instant::MIN {
            return instant;
        }
        let n = i64::from(duration.n);
        match duration.unit {
            DurationUnit::Hours => instant.plus_ms(n * HOUR_MS),
            DurationUnit::Days => instant.plus_ms(n * DAY_MS),
            DurationUnit::Weeks => instant.plus_ms(n * 7 * DAY_MS),
            DurationUnit::CalendarDays => {
                let day = self.day_of(clamp(instant.ms()));
                Instant::from_ms(self.first_showing((day + n + 1) * DAY_MS) - 1)
            }
        }
    }

    /// The civil hour, day or ISO week (from Monday) that holds an instant.
    ///
    /// An hour that the clock shows twice is two windows, and an hour that a change cuts is shorter; windows
    /// never overlap and leave nothing out. Beyond the year 9998 the window is everything that is left.
    pub fn window_of(&self, instant: Instant, per: Per) -> Window {
        let ms = instant.ms();
        if ms >= LAST_MS {
            return Window { start: Instant::from_ms(LAST_MS), end: Instant::MAX };
        }
        let ms = clamp(ms);
        let at = self.stretch_at(ms);
        let (from, offset) = self.stretches[at];
        let until = self.stretches.get(at + 1).map_or(i64::MAX, |next| next.0);
        let local = ms + offset;
        let (first, last) = match per {
            Per::Hour => {
                let hour = local.div_euclid(HOUR_MS) * HOUR_MS - offset;
                return window(hour.max(from), (hour + HOUR_MS).min(until));
            }
            Per::Day => {
                let day = local.div_euclid(DAY_MS);
                (day, day + 1)
            }
            Per::Week => {
                let monday = monday_of(local.div_euclid(DAY_MS));
                (monday, monday + 7)
            }
        };
        let (start, end) = (first * DAY_MS - offset, last * DAY_MS - offset);
        // Plain case: the whole window and its two ends lie in one stretch; a day's distance from the edges
        // keeps the repeated hours around a change out of it.
        if from.saturating_add(DAY_MS) <= start && end <= until.saturating_sub(DAY_MS) {
            return window(start, end);
        }
        self.window_across_changes(ms, per)
    }

    /// The window that follows.
    pub fn next_window(&self, window: Window, per: Per) -> Window {
        self.window_of(window.end, per)
    }

    /// Year, month, day, hour and minute that the clock shows, for printing.
    pub fn civil(&self, instant: Instant) -> (i16, i8, i8, i8, i8) {
        let ms = clamp(instant.ms());
        let local = ms + self.stretches[self.stretch_at(ms)].1;
        let (year, month, day) = civil_day(local.div_euclid(DAY_MS));
        let minutes = local.rem_euclid(DAY_MS) / 60_000;
        (year, month, day, (minutes / 60) as i8, (minutes % 60) as i8)
    }

    /// The civil day that holds an instant, without time.
    pub fn date_of(&self, instant: Instant) -> Date {
        let (year, month, day) = civil_day(self.day_of(clamp(instant.ms())));
        Date { year, month, day, time: None }
    }

    /// The civil day that holds an instant, as days since 1970-01-01.
    pub fn day_number(&self, instant: Instant) -> i64 {
        self.day_of(clamp(instant.ms()))
    }

    /// From the first instant of one civil day to the end of another, both as days since 1970-01-01.
    pub fn days(&self, first: i64, last: i64) -> Window {
        window(self.first_showing(first * DAY_MS), self.first_showing((last + 1) * DAY_MS))
    }

    fn stretch_at(&self, ms: i64) -> usize {
        self.stretches.partition_point(|stretch| stretch.0 <= ms).max(1) - 1
    }

    /// The first instant at which the clock shows a local time or a later one.
    fn first_showing(&self, local: i64) -> i64 {
        let local = local.clamp(FIRST_MS - DAY_MS * 400, LAST_MS + DAY_MS * 400);
        let mut at = self.stretch_at(local - FURTHEST_MS);
        loop {
            let (from, offset) = self.stretches[at];
            match self.stretches.get(at + 1) {
                Some(next) if next.0 + offset <= local => at += 1,
                _ => return from.max(local - offset),
            }
        }
    }

    /// The number of the civil day whose stretch, by the rule of this module, holds an instant.
    fn day_of(&self, ms: i64) -> i64 {
        let mut day = (ms + self.stretches[self.stretch_at(ms)].1).div_euclid(DAY_MS);
        while self.first_showing((day + 1) * DAY_MS) <= ms {
            day += 1;
        }
        while self.first_showing(day * DAY_MS) > ms {
            day -= 1;
        }
        day
    }

    fn window_across_changes(&self, ms: i64, per: Per) -> Window {
        let day = self.day_of(ms);
        let (first, last) = match per {
            Per::Week => (monday_of(day), monday_of(day) + 7),
            _ => (day, day + 1),
        };
        window(self.first_showing(first * DAY_MS), self.first_showing(last * DAY_MS))
    }
}

/// Names of the bundled time zones, in order, for "did you mean".
pub(crate) fn zone_names() -> Vec<String> {
    TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect()
}

fn window(start: i64, end: i64) -> Window {
    Window { start: Instant::from_ms(start), end: Instant::from_ms(end) }
}

/// First and last instant for which civil time is computed: years -9998 to 9998.
const FIRST_MS: i64 = days_from_civil(-9998, 1, 1) * DAY_MS;
const LAST_MS: i64 = days_from_civil(9998, 12, 31) * DAY_MS;

fn clamp(ms: i64) -> i64 {
    ms.clamp(FIRST_MS, LAST_MS)
}

/// Day 0 is 1970-01-01, a Thursday.
fn monday_of(day: i64) -> i64 {
    (day + 3).div_euclid(7) * 7 - 3
}

fn day_number(date: Date) -> i64 {
    days_from_civil(i64::from(date.year), i64::from(date.month), i64::from(date.day))
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
///
/// # Source
/// Howard Hinnant, "chrono-compatible low-level date algorithms".
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_day(days: i64) -> (i16, i8, i8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year as i16, month as i8, day as i8)
}

fn stretches(zone: &TimeZone) -> Option<Vec<(i64, i64)>> {
    let from = days_from_civil(i64::from(EXACT_YEARS.0), 1, 1) * DAY_MS;
    let until = days_from_civil(i64::from(EXACT_YEARS.1), 1, 1) * DAY_MS;
    let start = Timestamp::from_millisecond(from).ok()?;
    let offset_ms = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1000;
    let mut stretches = vec![(i64::MIN, offset_ms(zone.to_offset(start)))];
    for change in zone.following(start) {
        let (at, offset) = (change.timestamp().as_millisecond(), offset_ms(change.offset()));
        if at >= until {
            break;
        }
        if stretches.last().is_some_and(|last| last.1 != offset) {
            stretches.push((at, offset));
        }
    }
    Some(stretches)
}
