//! Tables for other programs: columns with a name and an HXL tag, rows of typed fields.
//!
//! Invariant: a table holds values, not sentences. Nothing in it is rounded but positions, which are disclosed coarsely.

use std::borrow::Cow;

use servanda_model::{Instant, Number, Position};

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

/// Metres to half a step of one degree, along a diagonal: a degree is at most some 111.7 km, and half of a square's
/// diagonal is 0.7072 of its side.
const HALF_DIAGONAL_OF_DEGREE_M: u32 = 79_000;

/// A position as it is disclosed: rounded to a grid no finer than its uncertainty, at best to hundredths of a degree, with
/// the radius that holds the place all the same.
pub fn coarse(position: Position) -> Position {
    // Steps in millionths of a degree: some 1.1 km, 11 km, 110 km; never finer, as on every map.
    let step = match position.radius_m {
        0..10_000 => 10_000,
        10_000..100_000 => 100_000,
        _ => 1_000_000,
    };
    let round = |e6: i32| {
        ((i64::from(e6) + i64::from(step) / 2).div_euclid(i64::from(step)) * i64::from(step)) as i32
    };
    let further_m = HALF_DIAGONAL_OF_DEGREE_M / (1_000_000 / step as u32);
    Position {
        lat_e6: round(position.lat_e6).clamp(-90_000_000, 90_000_000),
        lon_e6: round(position.lon_e6).clamp(-180_000_000, 180_000_000),
        radius_m: position.radius_m.saturating_add(further_m),
    }
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

    /// What is disclosed holds the place: the rounded point is never farther from the true one than the radius grew by.
    #[test]
    fn a_coarse_position_holds_the_place() {
        let metres = |e6: i64| e6 as f64 / 1e6 * 111_700.0;
        for radius_m in [0, 999, 1_000, 9_999, 10_000, 99_999, 100_000, u32::MAX] {
            for n in 0..5_000i32 {
                let position = Position {
                    lat_e6: (n.wrapping_mul(2_654_435)) % 90_000_000,
                    lon_e6: (n.wrapping_mul(40_503_331)) % 180_000_000,
                    radius_m,
                };
                let shown = coarse(position);
                let off = |a: i32, b: i32| metres(i64::from(a) - i64::from(b)).abs();
                let distance = off(shown.lat_e6, position.lat_e6).hypot(off(shown.lon_e6, position.lon_e6));
                assert!(
                    distance <= f64::from(shown.radius_m - radius_m.min(shown.radius_m)).max(1.0)
                        || radius_m == u32::MAX
                );
                assert_eq!((shown.lat_e6 % 10_000, shown.lon_e6 % 10_000), (0, 0));
            }
        }
    }
}
