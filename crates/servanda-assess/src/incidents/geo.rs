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
    great_circle_km((a.lat(), a.lon()), (b.lat(), b.lon()))
}

/// The same of two pairs of degrees north and east; by a library of its own, so that every machine gives the same digits.
pub(crate) fn great_circle_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |angle: f64| libm::pow(libm::sin(angle / 2.0), 2.0);
    let h = half(lat_b - lat_a) + libm::cos(lat_a) * libm::cos(lat_b) * half((b.1 - a.1).to_radians());
    2.0 * EARTH_KM * libm::asin(libm::sqrt(h.min(1.0)))
}
