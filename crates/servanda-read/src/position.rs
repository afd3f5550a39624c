//! Positions in case files: `{ lat = 48.01, lon = 37.80, radius_km = 2 }`.

use servanda_model::Position;

use crate::fields::Fields;
use crate::messages;
use crate::node::Value;

/// The largest uncertainty that means anything: half the circumference of the earth.
const MAX_RADIUS_KM: f64 = 20_040.0;

/// The position under a key; `None` where there is none, or where it is no place on the earth, which is reported.
pub(crate) fn position(fields: &Fields<'_>, key: &'static str) -> Option<Position> {
    let table = fields.table(key)?;
    let inner = Fields::new(table, fields.sink);
    let degrees = |key: &'static str| match inner.find(key).map(|node| (&node.value, node)) {
        Some((Value::Number(text) | Value::Text(text), node)) => {
            let degrees = text.replace('_', "").parse::<f64>().ok();
            if degrees.is_none() {
                inner.bad(key, node, "a number");
            }
            degrees
        }
        Some((_, node)) => {
            inner.bad(key, node, "a number");
            None
        }
        None => None,
    };
    for key in ["lat", "lon"] {
        if inner.find(key).is_none() {
            inner.required(key);
        }
    }
    let (lat, lon, radius_km) = (degrees("lat"), degrees("lon"), degrees("radius_km"));
    inner.finish();
    let (lat, lon) = (lat?, lon?);
    let position =
        radius_m(radius_km.unwrap_or(0.0)).and_then(|radius_m| Position::of_degrees(lat, lon, radius_m));
    if position.is_none() {
        fields.sink.push(messages::no_position(fields.sink.family.bad_value, table.span, lat, lon));
    }
    position
}

/// Kilometres as whole metres; `None` where they are no distance on the earth.
pub(crate) fn radius_m(radius_km: f64) -> Option<u32> {
    (0.0..=MAX_RADIUS_KM).contains(&radius_km).then(|| (radius_km * 1000.0).round() as u32)
}
