//! Where a row's occurrence was: `{ lat = "latitude", lon = "longitude", radius_km = 2 }`.

use servanda_model::Position;

use super::cells::{Cell, Columns, Source};
use crate::fields::Fields;
use crate::node::Table;
use crate::position::radius_m;

/// The columns of a position.
#[derive(Clone, Debug)]
pub(crate) struct PositionSpec {
    pub lat: usize,
    pub lon: usize,
    /// How far off it may be, in kilometres: a constant, or a column through a map.
    radius_km: Option<Source>,
    /// The same in metres.
    radius_m: Option<Source>,
}

/// Why a row has no position although it has coordinates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoPosition {
    /// Column at fault.
    pub column: usize,
    /// What it says.
    pub cell: String,
}

impl PositionSpec {
    /// Reads `{ lat, lon, radius_km | radius_m }`.
    pub fn of(fields: &Fields<'_>, table: &Table, columns: &mut Columns) -> Option<PositionSpec> {
        let inner = Fields::new(table, fields.sink);
        let mut column = |key: &'static str| {
            let node = inner.find(key);
            if node.is_none() {
                inner.required(key);
            }
            columns.of(&inner, key, node?)
        };
        let (lat, lon) = (column("lat"), column("lon"));
        let mut radius =
            |key: &'static str| inner.find(key).and_then(|node| Source::of(&inner, key, node, columns));
        let (radius_km, radius_m) = (radius("radius_km"), radius("radius_m"));
        inner.finish();
        Some(PositionSpec { lat: lat?, lon: lon?, radius_km, radius_m })
    }

    /// The position that a row states; `None` where it states no coordinates.
    pub fn read(&self, cells: &[Cell<'_>]) -> Result<Option<Position>, NoPosition> {
        let fault = |column: usize| NoPosition { column, cell: cells[column].text.clone().into_owned() };
        let degrees = |column: usize| match cells[column].stated() {
            None => Ok(None),
            Some(text) => text.parse::<f64>().map(Some).map_err(|_| fault(column)),
        };
        let (Some(lat), Some(lon)) = (degrees(self.lat)?, degrees(self.lon)?) else { return Ok(None) };
        let (radius, km) = match (&self.radius_km, &self.radius_m) {
            (Some(source), _) => (Some(source), 1.0),
            (None, source) => (source.as_ref(), 1e-3),
        };
        let radius_m = match radius.map(|source| source.value(cells)) {
            None | Some(Ok(None)) => Some(0),
            Some(Ok(Some(text))) => text.parse::<f64>().ok().and_then(|radius| radius_m(radius * km)),
            Some(Err(unmapped)) => {
                return Err(NoPosition { column: unmapped.column, cell: unmapped.cell });
            }
        };
        let radius_column = radius.and_then(|source| source.column).unwrap_or(self.lat);
        let radius_m = radius_m.ok_or_else(|| fault(radius_column))?;
        let at_fault = if (-90.0..=90.0).contains(&lat) { self.lon } else { self.lat };
        Position::of_degrees(lat, lon, radius_m).map(Some).ok_or_else(|| fault(at_fault))
    }
}
