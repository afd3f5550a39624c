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
