//! Lines and zones: geometry as published, and how far from it something was, as bounds.

use serde_json::Value;
use servanda_model::{LineDistance, Name, Position, ZoneSide};

use crate::incidents::{DEGREE_KM, distance_km};

/// One version of a line or zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Place of the gazetteer.
    pub place: Name,
    /// Version; rival versions stand side by side.
    pub version: Name,
    /// First moment at which it holds, in milliseconds; `i64::MIN`: always.
    pub since_ms: i64,
    parts: Vec<Part>,
}

/// A line string, or a ring of a polygon, with how far off it may be.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    points: Vec<(f64, f64)>,
    is_ring: bool,
    accuracy_m: f64,
}

impl Line {
    /// From GeoJSON (RFC 7946): line strings and polygons, single or multiple, in features or alone. A feature says how far
    /// off it may be in its property `accuracy_m`; without it the geometry is taken as exact as drawn.
    ///
    /// # Errors
    /// In words, where the text is no GeoJSON or holds no line and no polygon.
    pub fn from_geojson(place: Name, version: Name, since_ms: i64, text: &str) -> Result<Line, String> {
        let json: Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
        let mut parts = Vec::new();
        collect(&json, 0.0, &mut parts);
        if parts.is_empty() {
            return Err("it holds no line and no polygon".to_owned());
        }
        Ok(Line { place, version, since_ms, parts })
    }

    /// How far a position was from the line, as bounds that hold its own radius and the accuracy of the line. Of a zone
    /// the distance is that to its edge.
    pub fn distance(&self, position: &Position) -> LineDistance {
        let radius_m = f64::from(position.radius_m);
        let (mut low, mut high) = (f64::MAX, f64::MAX);
        let mut is_inside = false;
        for part in &self.parts {
            let m = part.distance_km(position) * 1000.0;
            low = low.min((m - radius_m - part.accuracy_m).max(0.0));
            high = high.min(m + radius_m + part.accuracy_m);
            is_inside ^= part.is_ring && part.holds(position);
        }
        let side = self.parts.iter().any(|part| part.is_ring).then_some(match (low > 0.0, is_inside) {
            (false, _) => ZoneSide::Undecided,
            (true, true) => ZoneSide::Inside,
            (true, false) => ZoneSide::Outside,
        });
        LineDistance {
            place: self.place.clone(),
            version: self.version.clone(),
            low_m: low.min(f64::from(u32::MAX)) as u32,
            high_m: high.min(f64::from(u32::MAX)) as u32,
            side,
        }
    }
}

fn collect(json: &Value, accuracy_m: f64, parts: &mut Vec<Part>) {
    let list = |key: &str| json.get(key).and_then(Value::as_array).into_iter().flatten();
    match json.get("type").and_then(Value::as_str) {
        Some("FeatureCollection") => list("features").for_each(|feature| collect(feature, accuracy_m, parts)),
        Some("Feature") => {
            let own = json.pointer("/properties/accuracy_m").and_then(Value::as_f64);
            if let Some(geometry) = json.get("geometry") {
                collect(geometry, own.filter(|own| *own >= 0.0).unwrap_or(accuracy_m), parts);
            }
        }
        Some("GeometryCollection") => list("geometries").for_each(|one| collect(one, accuracy_m, parts)),
        Some("LineString") => push(json.get("coordinates"), false, accuracy_m, parts),
        Some("MultiLineString") => {
            list("coordinates").for_each(|line| push(Some(line), false, accuracy_m, parts))
        }
        Some("Polygon") => list("coordinates").for_each(|ring| push(Some(ring), true, accuracy_m, parts)),
        Some("MultiPolygon") => list("coordinates")
            .filter_map(Value::as_array)
            .flatten()
            .for_each(|ring| push(Some(ring), true, accuracy_m, parts)),
        _ => {}
    }
}

fn push(coordinates: Option<&Value>, is_ring: bool, accuracy_m: f64, parts: &mut Vec<Part>) {
    let point = |value: &Value| {
        let (lon, lat) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
        ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some((lat, lon))
    };
    let points: Vec<(f64, f64)> =
        coordinates.and_then(Value::as_array).into_iter().flatten().filter_map(point).collect();
    if points.len() >= 2 {
        parts.push(Part { points, is_ring, accuracy_m });
    }
}

impl Part {
    /// Distance to the nearest segment. Segments are laid on a plane around the position: for lines within some hundred
    /// kilometres that is off by less than one part in a thousand, and vague positions leave no use for more.
    fn distance_km(&self, position: &Position) -> f64 {
        let (lat, lon) = (position.lat(), position.lon());
        let scale = lat.to_radians().cos();
        let plane = |(other_lat, other_lon): (f64, f64)| {
            let east = (other_lon - lon + 540.0).rem_euclid(360.0) - 180.0;
            (east * scale * DEGREE_KM, (other_lat - lat) * DEGREE_KM)
        };
        let near = self.points.windows(2).map(|ends| {
            let ((ax, ay), (bx, by)) = (plane(ends[0]), plane(ends[1]));
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            let (lat_a, lon_a) = ends[0];
            let (lat_b, lon_b) = ends[1];
            let step = (lon_b - lon_a + 540.0).rem_euclid(360.0) - 180.0;
            let nearest = (lat_a + along * (lat_b - lat_a), lon_a + along * step);
            Position::of_degrees(nearest.0, (nearest.1 + 540.0).rem_euclid(360.0) - 180.0, 0)
                .map_or(f64::MAX, |nearest| distance_km(position, &nearest))
        });
        near.fold(f64::MAX, f64::min)
    }

    /// Whether a ring holds the position (even-odd rule).
    fn holds(&self, position: &Position) -> bool {
        let (y, x) = (position.lat(), position.lon());
        let mut holds = false;
        for (at, (ay, ax)) in self.points.iter().enumerate() {
            let (by, bx) = self.points[(at + 1) % self.points.len()];
            if (*ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                holds = !holds;
            }
        }
        holds
    }
}
