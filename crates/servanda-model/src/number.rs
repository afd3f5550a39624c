//! Exact numbers and quantities with bounds.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Name;

/// An exact decimal with three places, held as thousandths in an `i64`.
///
/// Floating point is never used for counts or amounts. Bounds: about ±9.2e15. JSON: a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i64);

impl Number {
    /// Nothing at all.
    pub const ZERO: Number = Number(0);
    /// The largest number that can be held; stands for "no upper bound".
    pub const MAX: Number = Number(i64::MAX);

    /// A whole number; saturates at the bounds.
    pub const fn whole(n: i64) -> Number {
        Number(n.saturating_mul(1000))
    }

    /// From thousandths.
    pub const fn from_thousandths(n: i64) -> Number {
        Number(n)
    }

    /// In thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The whole part, rounded towards minus infinity.
    pub const fn floor(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// As a float, for drawing only.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Add for Number {
    type Output = Number;
    fn add(self, other: Number) -> Number {
        Number(self.0.saturating_add(other.0))
    }
}

impl Sub for Number {
    type Output = Number;
    fn sub(self, other: Number) -> Number {
        Number(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Number {
    /// Plain digits, no thousands separators, no trailing zeros: `24`, `3.5`, `-0.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let (whole, rest) = (magnitude / 1000, magnitude % 1000);
        if rest == 0 {
            f.pad(&format!("{sign}{whole}"))
        } else {
            f.pad(format!("{sign}{whole}.{rest:03}").trim_end_matches('0'))
        }
    }
}

/// A text that is no number of at most three decimals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseNumberError {
    /// The text as written.
    pub as_written: String,
}

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is not a number with at most three decimals", self.as_written)
    }
}

impl std::error::Error for ParseNumberError {}

impl FromStr for Number {
    type Err = ParseNumberError;
    /// Reads `12`, `-3`, `4.25`; thousands separators are the caller's affair.
    fn from_str(text: &str) -> Result<Number, ParseNumberError> {
        let refuse = || ParseNumberError { as_written: text.to_owned() };
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let only_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && fraction.is_empty() || !only_digits(whole) || !only_digits(fraction) {
            return Err(refuse());
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 3 {
            return Err(refuse());
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| refuse())? };
        let rest: i64 = format!("{fraction:0<3}").parse().map_err(|_| refuse())?;
        let magnitude =
            whole.checked_mul(1000).and_then(|scaled| scaled.checked_add(rest)).ok_or_else(refuse)?;
        Ok(Number(if negative { -magnitude } else { magnitude }))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.to_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whole(i64),
            Float(f64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Whole(n) => n
                .checked_mul(1000)
                .map(Number)
                .ok_or_else(|| serde::de::Error::custom(format!("{n} is too large for a number here"))),
            Written::Float(x) => {
                let scaled = (x * 1000.0).round();
                if scaled.abs() < 9.0e15 && (scaled / 1000.0 - x).abs() <= 1e-9 * x.abs().max(1.0) {
                    Ok(Number(scaled as i64))
                } else {
                    Err(serde::de::Error::custom(format!("{x} is not a number with at most three decimals")))
                }
            }
            Written::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "multipleOf": 0.001 })
    }
}

/// An amount as somebody stated it: bounds, best estimate, unit and the words.
///
/// Each bound may be absent: "at least six" has `low` 6 and no `high`; "sufficient aid" has no number at all
/// and is kept as words. Invariant (checked by [`Quantity::is_ordered`]): low ≤ best ≤ high where present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// Smallest value the statement allows; `None`: it gives no lower bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Number>,
    /// The value the statement gives as its best; `None`: it gives only bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Number>,
    /// Largest value the statement allows; `None`: it gives no upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Number>,
    /// Unit in the singular or as the case names it (`truck`, `person`); empty for a bare count.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The words of the statement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub as_written: String,
    /// Whether the statement itself calls the figure approximate.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approx: bool,
    /// What a further figure of the same statement is; `None`: the figure that counts. Words with a meaning are in
    /// [`roles`]; a case may use others, which are kept and shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Name>,
}

/// Roles of figures that questions know.
pub mod roles {
    /// People killed in the occurrence.
    pub const KILLED: &str = "killed";
    /// People injured in the occurrence.
    pub const INJURED: &str = "injured";
    /// The number that the first figure is a part of, as the statement gives it: what was promised or planned.
    pub const WHOLE: &str = "whole";
    /// The first figure as a share of the whole, in per cent.
    pub const PERCENT: &str = "percent";
    /// The first figure as a rate per day.
    pub const PER_DAY: &str = "per_day";
    /// The first figure as a rate per week.
    pub const PER_WEEK: &str = "per_week";
    /// Length of the reference period in days, as the statement gives it.
    pub const DAYS: &str = "days";
    /// Beginning of the role of a part of the first figure: `part:NAME`.
    pub const PART: &str = "part:";
}

impl Quantity {
    /// An exact count.
    pub fn exactly(n: i64, unit: impl Into<String>) -> Quantity {
        let n = Number::whole(n);
        Quantity { low: Some(n), best: Some(n), high: Some(n), unit: unit.into(), ..Quantity::default() }
    }

    /// Low bound in force: `low`, else `best`, else zero.
    pub fn low_or_zero(&self) -> Number {
        self.low.or(self.best).unwrap_or(Number::ZERO)
    }

    /// High bound in force: `high`, else `best` when no lower bound alone was given, else unbounded.
    pub fn high_or_max(&self) -> Number {
        self.high
            .or(if self.low.is_none() || self.low == self.best { self.best } else { None })
            .unwrap_or(Number::MAX)
    }

    /// Whether the bounds that are present are in order.
    pub fn is_ordered(&self) -> bool {
        let present: Vec<Number> = [self.low, self.best, self.high].into_iter().flatten().collect();
        present.is_sorted()
    }
}
