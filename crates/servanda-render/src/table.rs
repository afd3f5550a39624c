//! Tables for other programs: columns with a name and an HXL tag, rows of typed fields.
//!
//! Invariant: a table holds values, not sentences. Nothing in it is rounded but positions, which are disclosed coarsely.

use std::borrow::Cow;

use servanda_model::{Instant, Number};

/// What the fields of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Words or names.
    Text,
    /// An exact decimal with at most three places.
    Number,
    /// A whole number.
    Whole,
    /// Degrees, to six places.
    Degrees,
    /// A moment in UTC.
    Moment,
    /// True or false.
    Flag,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: the header of CSV, the key of GeoJSON, the column of Parquet.
    pub name: &'static str,
    /// Its tag (HXL 1.1).
    pub tag: &'static str,
    /// What its fields are.
    pub sort: Sort,
    /// What it says, in one sentence.
    pub says: &'static str,
}

pub(crate) const fn column(name: &'static str, tag: &'static str, sort: Sort, says: &'static str) -> Column {
    Column { name, tag, sort, says }
}

/// One field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field<'r> {
    /// Nothing is stated.
    Empty,
    /// Words or names.
    Text(Cow<'r, str>),
    /// An exact decimal.
    Number(Number),
    /// A whole number.
    Whole(i64),
    /// Millionths of a degree.
    Degrees(i32),
    /// A moment.
    Moment(Instant),
    /// True or false.
    Flag(bool),
}

impl<'r> Field<'r> {
    /// Words; empty ones state nothing.
    pub fn text(text: impl Into<Cow<'r, str>>) -> Field<'r> {
        let text = text.into();
        if text.is_empty() { Field::Empty } else { Field::Text(text) }
    }

    /// A value that may be absent.
    pub fn of<T>(value: Option<T>, field: impl Fn(T) -> Field<'r>) -> Field<'r> {
        value.map_or(Field::Empty, field)
    }

    /// The value in plain letters; `None` where nothing is stated.
    pub fn plain(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Field::Empty => return None,
            Field::Text(text) => Cow::Borrowed(text),
            Field::Number(number) => Cow::Owned(number.to_string()),
            Field::Whole(n) => Cow::Owned(n.to_string()),
            Field::Degrees(e6) => Cow::Owned(degrees(*e6)),
            Field::Moment(at) => Cow::Owned(at.to_string()),
            Field::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        })
    }
}

/// Degrees with as many decimals as say something.
fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let (whole, rest) = (e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000);
    let text = format!("{sign}{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_say_what_they_hold() {
        for (e6, expected) in [
            (0, "0"),
            (34_250_000, "34.25"),
            (-37_800_000, "-37.8"),
            (-1, "-0.000001"),
            (180_000_000, "180"),
            (100_000, "0.1"),
        ] {
            assert_eq!(degrees(e6), expected);
        }
    }
}
