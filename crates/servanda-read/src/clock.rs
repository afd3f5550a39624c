//! The clock of a case: civil days and local times become instants.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use servanda_model::{HOUR_MS, Instant, Precision, When, Window};

/// The clock in which a case counts its civil days: an IANA time zone, from rules built into the program.
#[derive(Clone, Debug)]
pub struct Clock {
    name: String,
    zone: TimeZone,
}

/// A name that no time zone has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownClock {
    /// The name as written.
    pub as_written: String,
}

impl fmt::Display for UnknownClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no IANA time zone", self.as_written)
    }
}

impl std::error::Error for UnknownClock {}

impl Clock {
    /// The clock in which a day is `[00:00, 24:00)` UTC.
    pub fn utc() -> Clock {
        Clock { name: "UTC".to_owned(), zone: TimeZone::UTC }
    }

    /// The clock of an IANA time zone.
    ///
    /// # Errors
    /// [`UnknownClock`] where the bundled rules have no zone of that name.
    pub fn named(name: &str) -> Result<Clock, UnknownClock> {
        let refuse = || UnknownClock { as_written: name.to_owned() };
        let zone = TimeZoneDatabase::bundled().get(name).map_err(|_| refuse())?;
        Ok(Clock { name: zone.iana_name().unwrap_or(name).to_owned(), zone })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first instant of a civil day; `None` outside the years -9999 to 9999.
    pub fn day_start(&self, day: Date) -> Option<Instant> {
        day.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp().into())
    }

    /// The first instant after a civil day.
    pub fn day_end(&self, day: Date) -> Option<Instant> {
        self.day_start(day.tomorrow().ok()?)
    }

    /// The civil day that holds an instant.
    pub fn day_of(&self, instant: Instant) -> Option<Date> {
        Some(instant.to_timestamp()?.to_zoned(self.zone.clone()).date())
    }

    /// A local time as a moment. Where the clock was set back and the time came twice, both count and the answer is a range.
    pub fn local(&self, local: DateTime) -> Option<When> {
        let ambiguous = self.zone.to_ambiguous_zoned(local);
        if let AmbiguousOffset::Fold { .. } = ambiguous.offset() {
            let first = ambiguous.clone().earlier().ok()?.timestamp().into();
            let second = ambiguous.later().ok()?.timestamp().into();
            return Some(When::between(first, second, Precision::Range));
        }
        Some(When::at(ambiguous.compatible().ok()?.timestamp().into()))
    }

    /// Reads a time as written in a case: `2025-10-13`, `2025-10-13T09:00`, RFC 3339 with offset, `2025-10`, `2025`, or a
    /// range of two of these with `/` between, both ends included. `None` where it is none of them or runs backwards.
    pub fn when(&self, text: &str) -> Option<When> {
        let text = text.trim();
        let Some((first, last)) = text.split_once('/') else {
            return self.single(text);
        };
        let (first, last) = (self.single(first.trim())?, self.single(last.trim())?);
        if first == last {
            return Some(first);
        }
        (first.earliest <= last.latest).then_some(When {
            earliest: first.earliest,
            latest: last.latest,
            precision: Precision::Range,
        })
    }

    /// Reads a reference period: one time or two with `/` between. Civil days are included whole, so the window ends with
    /// the start of the day after; a time of day is the end itself. `None` where it is unreadable or holds nothing.
    pub fn window(&self, text: &str) -> Option<Window> {
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        let (first, last) = (self.single(first.trim())?, self.single(last.trim())?);
        let end = if last.precision == Precision::Exact { last.latest } else { last.latest.plus_ms(1) };
        (first.earliest < end).then_some(Window { start: first.earliest, end })
    }

    /// A whole civil day as a vague moment.
    pub fn day(&self, day: Date) -> Option<When> {
        self.days(day, day, Precision::Day)
    }

    /// Civil days from `first` to `last`, both included.
    pub fn days(&self, first: Date, last: Date, precision: Precision) -> Option<When> {
        let latest = self.day_end(last)?.plus_ms(-1);
        Some(When { earliest: self.day_start(first)?, latest, precision })
    }

    fn single(&self, text: &str) -> Option<When> {
        let n_digits = text.len();
        match n_digits {
            4 => {
                let year = digits(text)?;
                let first = Date::new(year, 1, 1).ok()?;
                self.days(first, first.last_of_year(), Precision::Year)
            }
            7 => {
                let (year, month) = text.split_once('-')?;
                let first = Date::new(digits(year)?, digits(month)? as i8, 1).ok()?;
                self.days(first, first.last_of_month(), Precision::Month)
            }
            10 => self.day(text.parse().ok()?),
            13 => {
                let start = self.local(format!("{text}:00").parse().ok()?)?;
                Some(When::between(start.earliest, start.latest.plus_ms(HOUR_MS - 1), Precision::Hour))
            }
            _ if !text.contains(['T', 't', ' ']) => None,
            _ => match text.parse::<jiff::Timestamp>() {
                Ok(timestamp) => Some(When::at(timestamp.into())),
                Err(_) if text.contains(['+', 'Z', '[']) => None,
                Err(_) => self.local(text.parse().ok()?),
            },
        }
    }
}

fn digits(text: &str) -> Option<i16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// The civil days of a vague moment, first and last, as `YYYY-MM-DD`.
pub(crate) fn civil_days(clock: &Clock, when: &When) -> (Option<String>, Option<String>) {
    let day = |instant| clock.day_of(instant).map(|day| day.to_string());
    (day(when.earliest), day(when.latest))
}
