//! Places, zones and lines.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Name;

/// A point on the earth and how far off it may be; WGS 84.
///
/// JSON: `{"lat": 48.015, "lon": 37.802, "radius_m": 5000}`, degrees to six decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Millionths of a degree north; within ±90,000,000.
    pub lat_e6: i32,
    /// Millionths of a degree east; within ±180,000,000.
    pub lon_e6: i32,
    /// The place lies within so many metres of the point; 0: as exact as stated.
    pub radius_m: u32,
}

impl Position {
    /// From degrees, rounded to millionths; `None` where they are no place on the earth.
    pub fn of_degrees(lat: f64, lon: f64, radius_m: u32) -> Option<Position> {
        let is_on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        let e6 = |degrees: f64| (degrees * 1e6).round() as i32;
        is_on_earth.then(|| Position { lat_e6: e6(lat), lon_e6: e6(lon), radius_m })
    }

    /// The position as it may be shown: on a grid no finer than its own precision, and never finer than a hundredth of a
    /// degree (about a kilometre), with the radius that holds the place all the same.
    pub fn coarse(&self) -> Position {
        const STEPS_E6: [i32; 10] =
            [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];
        // The longest degree on the earth, at the poles, is 111.694 km.
        let step_m = |step: i32| f64::from(step) / 1e6 * 111_700.0;
        let is_enough = |step: &i32| step_m(*step) >= f64::from(self.radius_m);
        let step = STEPS_E6.into_iter().find(is_enough).unwrap_or(10_000_000);
        let round = |e6: i32| ((f64::from(e6) / f64::from(step)).round() as i32).saturating_mul(step);
        // Half the diagonal of a cell is what rounding adds.
        let added_m = (step_m(step) / std::f64::consts::SQRT_2).ceil();
        Position {
            lat_e6: round(self.lat_e6).clamp(-90_000_000, 90_000_000),
            lon_e6: round(self.lon_e6).clamp(-180_000_000, 180_000_000),
            radius_m: (f64::from(self.radius_m) + added_m) as u32,
        }
    }

    /// Degrees north.
    pub fn lat(&self) -> f64 {
        f64::from(self.lat_e6) / 1e6
    }

    /// Degrees east.
    pub fn lon(&self) -> f64 {
        f64::from(self.lon_e6) / 1e6
    }
}

#[derive(Serialize, Deserialize)]
struct PositionJson {
    lat: f64,
    lon: f64,
    radius_m: u32,
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PositionJson { lat: self.lat(), lon: self.lon(), radius_m: self.radius_m }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let PositionJson { lat, lon, radius_m } = PositionJson::deserialize(deserializer)?;
        Position::of_degrees(lat, lon, radius_m).ok_or_else(|| {
            serde::de::Error::custom(format!("latitude {lat}, longitude {lon} is no place on the earth"))
        })
    }
}

impl JsonSchema for Position {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Position".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "A point in degrees (WGS 84), and within how many metres of it the place lies.",
            "properties": {
                "lat": { "type": "number", "minimum": -90, "maximum": 90 },
                "lon": { "type": "number", "minimum": -180, "maximum": 180 },
                "radius_m": { "type": "integer", "minimum": 0 }
            },
            "required": ["lat", "lon", "radius_m"]
        })
    }
}

/// What a place is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Settlement or district.
    #[default]
    Locality,
    /// Crossing point.
    Crossing,
    /// Area.
    Zone,
    /// Line between areas.
    Line,
    /// Country or large region.
    Region,
}

/// One version of a line or zone, with its source; rival versions stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineVersion {
    /// Name of the version.
    pub id: Name,
    /// First civil day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Where the geometry was published.
    pub source: String,
    /// GeoJSON file in the case folder, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// A named place of the case's gazetteer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Name used in the case's files.
    pub id: Name,
    /// Label for people.
    pub label: String,
    /// What it is.
    #[serde(default)]
    pub kind: PlaceKind,
    /// Other names, in any script.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Places that hold this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<Name>,
    /// Where the entry comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Where it is: its middle, and how far it reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Versions of its geometry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<LineVersion>,
}

#[cfg(test)]
mod tests {
    use super::*;

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
                let shown = position.coarse();
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
