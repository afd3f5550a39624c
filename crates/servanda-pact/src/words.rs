//! The nouns of an agreement as they are written: dates, lengths of time, amounts, words for units and powers.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use servanda_model::Span;

use crate::syntax::{AmountWord, DateWord};
use crate::{Amount, Bound, Date, Duration, DurationUnit, Per, Power};

impl Date {
    /// Days of its month, 28 to 31; `None` where the month does not exist.
    pub fn days_in_month(self) -> Option<i8> {
        let year = self.year;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        match self.month {
            4 | 6 | 9 | 11 => Some(30),
            2 => Some(if leap { 29 } else { 28 }),
            1..=12 => Some(31),
            _ => None,
        }
    }

    /// Whether it stands in the (proleptic Gregorian) calendar and its time on the clock face.
    pub fn exists(self) -> bool {
        let day = self.days_in_month().is_some_and(|last| (1..=last).contains(&self.day));
        day && self.time.is_none_or(|(hour, minute)| (0..24).contains(&hour) && (0..60).contains(&minute))
    }
}

impl fmt::Display for Date {
    /// `2025-10-10` or `2025-10-10 12:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        match self.time {
            Some((hour, minute)) => write!(f, " {hour:02}:{minute:02}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Date {
    type Err = String;
    /// Reads exactly what [`Date`] displays, and only dates that exist; the error is the text.
    fn from_str(text: &str) -> Result<Date, String> {
        let read = || {
            let (day, time) = text.split_at_checked(10)?;
            let mut parts = day.splitn(3, '-');
            let mut next = || parts.next()?.parse::<i16>().ok();
            let (year, month, day) = (next()?, next()?, next()?);
            let time = match time {
                "" => None,
                time => {
                    let (hour, minute) = time.strip_prefix(' ')?.split_once(':')?;
                    Some((hour.parse().ok()?, minute.parse().ok()?))
                }
            };
            let date = Date { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()?, time };
            (date.exists() && date.to_string() == text).then_some(date)
        };
        read().ok_or_else(|| text.to_owned())
    }
}

impl Duration {
    /// Its length in hours, a calendar day taken as 24.
    pub fn hours(self) -> u64 {
        let hours = match self.unit {
            DurationUnit::Hours => 1,
            DurationUnit::Days | DurationUnit::CalendarDays => 24,
            DurationUnit::Weeks => 168,
        };
        u64::from(self.n) * hours
    }
}

impl fmt::Display for Duration {
    /// `72 hours`, `1 day`, `5 calendar days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            DurationUnit::Hours => "hour",
            DurationUnit::Days => "day",
            DurationUnit::Weeks => "week",
            DurationUnit::CalendarDays => "calendar day",
        };
        write!(f, "{} {unit}{}", self.n, if self.n == 1 { "" } else { "s" })
    }
}

impl fmt::Display for Amount {
    /// The number, or the name of the dated number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Fixed(number) => number.fmt(f),
            Amount::Dated(name) => name.fmt(f),
        }
    }
}

impl fmt::Display for AmountWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AmountWord::Fixed(number) => number.number.fmt(f),
            AmountWord::Named(word) => word.name.fmt(f),
        }
    }
}

impl fmt::Display for Per {
    /// `hour`, `day` or `week`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Per::Hour => "hour",
            Per::Day => "day",
            Per::Week => "week",
        })
    }
}

impl fmt::Display for Bound {
    /// `at least` or `at most`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Bound::AtLeast => "at least",
            Bound::AtMost => "at most",
        })
    }
}

impl fmt::Display for Power {
    /// The verb: `suspend`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Power::Suspend => "suspend",
            Power::Resume => "resume",
            Power::Waive => "waive",
            Power::Terminate => "terminate",
            Power::Extend => "extend",
        })
    }
}

impl Serialize for DateWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.date)
    }
}

impl<'de> Deserialize<'de> for DateWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let date = text.parse().map_err(|_| {
            serde::de::Error::custom(format!("'{text}' is not a date such as 2025-10-10 or 2025-10-10 12:00"))
        })?;
        Ok(DateWord { date, span: Span::default() })
    }
}

impl JsonSchema for DateWord {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?$",
            "description": "A civil date in the clock of the agreement, with or without time."
        })
    }
}
