//! Places, zones and lines.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Name;

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
    /// Versions of its geometry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<LineVersion>,
}
