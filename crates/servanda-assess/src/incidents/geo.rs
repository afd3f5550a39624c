//! Distances on the ground, as far as the positions of reports need them.

use servanda_model::Position;

/// Mean radius of the earth in km (IUGG 1980, R1).
pub const EARTH_KM: f64 = 6371.0088;
/// Length of a degree of latitude on that sphere, in km.
pub const DEGREE_KM: f64 = EARTH_KM * std::f64::consts::PI / 180.0;

/// Great-circle distance of two positions in km (haversine).
///
/// The sphere is off by at most 0.6 % of the distance against the ellipsoid: 30 m in 5 km, far below the precision of
/// any report. A geodesic library would give digits that nobody stated.
pub fn distance_km(a: &Position, b: &Position) -> f64 {
    let (lat_a, lat_b) = (a.lat().to_radians(), b.lat().to_radians());
    let half_lat = (lat_b - lat_a) / 2.0;
    let half_lon = (b.lon() - a.lon()).to_radians() / 2.0;
    let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_KM * h.min(1.0).sqrt().asin()
}
