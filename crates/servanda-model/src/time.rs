//! Time: instants, vague times, windows.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds in an exact hour.
pub const HOUR_MS: i64 = 3_600_000;
/// Milliseconds in an exact day of 24 hours; a civil day may be shorter or longer.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z.
///
/// Text and JSON form: RFC 3339 (`2025-10-13T09:00:00Z`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// Before every other moment.
    pub const MIN: Instant = Instant(i64::MIN);
    /// After every other moment; stands for "never" and "open".
    pub const MAX: Instant = Instant(i64::MAX);

    /// From milliseconds since the Unix epoch.
    pub const fn from_ms(ms: i64) -> Instant {
        Instant(ms)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Later (or earlier, when negative) by so many milliseconds; the two ends of time stay where they are.
    pub const fn plus_ms(self, ms: i64) -> Instant {
        if self.0 == i64::MAX || self.0 == i64::MIN { self } else { Instant(self.0.saturating_add(ms)) }
    }

    /// The library form, where the moment lies within its range (years -9999 to 9999).
    pub fn to_timestamp(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.0).ok()
    }
}

impl From<jiff::Timestamp> for Instant {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Instant(timestamp.as_millisecond())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (*self, self.to_timestamp()) {
            (_, Some(timestamp)) => f.pad(&timestamp.to_string()),
            (Instant(i64::MAX), None) => f.pad("never"),
            (Instant(n), None) if n < 0 => f.pad("always"),
            (_, None) => f.pad("never"),
        }
    }
}

/// A text that is no RFC 3339 moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseInstantError {
    /// The text as written.
    pub as_written: String,
}

impl fmt::Display for ParseInstantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is not a moment like 2025-10-13T09:00:00Z", self.as_written)
    }
}

impl std::error::Error for ParseInstantError {}

impl FromStr for Instant {
    type Err = ParseInstantError;
    fn from_str(text: &str) -> Result<Instant, ParseInstantError> {
        match text {
            "never" => Ok(Instant::MAX),
            "always" => Ok(Instant::MIN),
            _ => text
                .parse::<jiff::Timestamp>()
                .map(Instant::from)
                .map_err(|_| ParseInstantError { as_written: text.to_owned() }),
        }
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Instant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A moment in RFC 3339, UTC; 'never' and 'always' are the ends of time."
        })
    }
}

/// How exactly a time is known.
///
/// # Source
/// UCDP's and ACLED's date precision codes, reduced to the grains that reports use.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the minute or better.
    Exact,
    /// To the hour.
    Hour,
    /// To the civil day.
    #[default]
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Some other stretch, given by its two ends.
    Range,
}

/// A vague moment: something happened at one instant somewhere in `[earliest, latest]`, both ends included.
///
/// A civil day is `[00:00:00.000, 23:59:59.999]` in the clock of the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// The first instant it can have been.
    pub earliest: Instant,
    /// The last instant it can have been; `latest ≥ earliest`.
    pub latest: Instant,
    /// How exactly it is known, in words of the field.
    #[serde(default)]
    pub precision: Precision,
}

impl When {
    /// A moment known exactly.
    pub const fn at(instant: Instant) -> When {
        When { earliest: instant, latest: instant, precision: Precision::Exact }
    }

    /// Somewhere between two instants; a reversed pair is put in order.
    pub fn between(a: Instant, b: Instant, precision: Precision) -> When {
        When { earliest: a.min(b), latest: a.max(b), precision }
    }
}

/// A reference period `[start, end)` for which a figure holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Window {
    /// First instant.
    pub start: Instant,
    /// One past the last instant.
    pub end: Instant,
}

impl Window {
    /// Whether the instant lies in the window.
    pub fn contains(&self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }
}
