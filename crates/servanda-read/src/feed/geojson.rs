//! GeoJSON geometries: the point that stands for one, and how far it reaches.
//!
//! # Source
//! RFC 7946. Degrees are those of WGS 84, longitude first.

use serde_json::Value;

/// Mean radius of the earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A geometry as a point and the radius within which all of it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent {
    pub lat: f64,
    pub lon: f64,
    /// 0 for a single point: as exact as stated.
    pub radius_m: u32,
}

/// Why a geometry gives no point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GeometryFault {
    /// There is none (`null` is allowed and means that the place is not known).
    Absent,
    /// It is no geometry of GeoJSON, has no coordinates, or they lie beyond the earth.
    Unreadable,
}

/// Reads a geometry: a point as it is; of anything else the middle of its box, with the radius that holds all its corners.
pub(crate) fn extent(raw: &str) -> Result<Extent, GeometryFault> {
    let value: Value = serde_json::from_str(raw).map_err(|_| GeometryFault::Unreadable)?;
    if value.is_null() {
        return Err(GeometryFault::Absent);
    }
    let mut corners = Vec::new();
    gather(&value, &mut corners).ok_or(GeometryFault::Unreadable)?;
    of_corners(&corners).ok_or(GeometryFault::Unreadable)
}

fn gather(geometry: &Value, corners: &mut Vec<(f64, f64)>) -> Option<()> {
    let n_levels = match geometry.get("type")?.as_str()? {
        "Point" => 0,
        "MultiPoint" | "LineString" => 1,
        "MultiLineString" | "Polygon" => 2,
        "MultiPolygon" => 3,
        "GeometryCollection" => {
            return geometry.get("geometries")?.as_array()?.iter().try_for_each(|part| gather(part, corners));
        }
        _ => return None,
    };
    positions(geometry.get("coordinates")?, n_levels, corners)
}

fn positions(value: &Value, n_levels: usize, corners: &mut Vec<(f64, f64)>) -> Option<()> {
    let list = value.as_array()?;
    if n_levels > 0 {
        return list.iter().try_for_each(|part| positions(part, n_levels - 1, corners));
    }
    let (lon, lat) = (list.first()?.as_f64()?, list.get(1)?.as_f64()?);
    let is_on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    is_on_earth.then(|| corners.push((lat, lon)))
}

fn of_corners(corners: &[(f64, f64)]) -> Option<Extent> {
    let bounds = |corners: &[(f64, f64)]| {
        let of = |pick: fn(&(f64, f64)) -> f64| {
            let (low, high) = corners
                .iter()
                .map(pick)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
            (low, high)
        };
        (of(|corner| corner.0), of(|corner| corner.1))
    };
    if corners.is_empty() {
        return None;
    }
    let ((south, north), (mut west, mut east)) = bounds(corners);
    if east - west > 180.0 {
        // It crosses the meridian of 180 degrees: seen from the other side it is the smaller one.
        let turned: Vec<(f64, f64)> =
            corners.iter().map(|(lat, lon)| (*lat, if *lon < 0.0 { lon + 360.0 } else { *lon })).collect();
        (_, (west, east)) = bounds(&turned);
    }
    let (lat, lon) = ((south + north) / 2.0, (west + east) / 2.0);
    let lon = if lon > 180.0 { lon - 360.0 } else { lon };
    let radius = corners.iter().map(|corner| distance_m((lat, lon), *corner)).fold(0.0, f64::max);
    Some(Extent { lat, lon, radius_m: radius.ceil() as u32 })
}

/// Great-circle distance (haversine) of two points in degrees.
fn distance_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |x: f64| (x.to_radians() / 2.0).sin().powi(2);
    let h = half(b.0 - a.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(b.1 - a.1);
    2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_geometry_has_a_point_and_a_radius() {
        let check = |raw: &str, expected: &str| {
            let shown = match extent(raw) {
                Ok(Extent { lat, lon, radius_m }) => format!("{lat:.4} {lon:.4} {radius_m}"),
                Err(fault) => format!("{fault:?}"),
            };
            assert_eq!(shown, expected, "{raw}");
        };
        let of =
            |kind: &str, coordinates: &str| format!("{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}");
        check(&of("Point", "[34.25, 31.5]"), "31.5000 34.2500 0");
        check(&of("Point", "[34.25, 31.5, 12.0]"), "31.5000 34.2500 0");
        // A degree of latitude is some 111.2 km; half of it each way.
        check(&of("LineString", "[[10, 0], [10, 1]]"), "0.5000 10.0000 55598");
        check(&of("Polygon", "[[[0,0],[2,0],[2,2],[0,2],[0,0]]]"), "1.0000 1.0000 157250");
        check(&of("MultiPolygon", "[[[[0,0],[2,0],[2,2],[0,0]]]]"), "1.0000 1.0000 157250");
        check(&of("MultiPoint", "[[179, 0], [-179, 0]]"), "0.0000 180.0000 111196");
        let parts = format!("{},{}", of("Point", "[0,0]"), of("Point", "[0,1]"));
        check(
            &format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{parts}]}}"),
            "0.5000 0.0000 55598",
        );
        check("null", "Absent");
        for raw in ["", "{}", "3", "[1,2]", "{\"type\":\"Circle\",\"coordinates\":[1,2]}"] {
            check(raw, "Unreadable");
        }
        for (kind, coordinates) in [
            ("Point", "[]"),
            ("Point", "[1]"),
            ("Point", "[\"1\",\"2\"]"),
            ("Point", "[0, 91]"),
            ("Point", "[181, 0]"),
            ("LineString", "[]"),
            ("LineString", "[1,2]"),
            ("Polygon", "[[]]"),
        ] {
            check(&of(kind, coordinates), "Unreadable");
        }
    }
}
