//! The space-time index: which records can be about one occurrence, found without looking at all pairs.

use rustc_hash::FxHashMap;
use servanda_model::DAY_MS;

use super::Options;
use super::geo::{DEGREE_KM, distance_km};
use super::record::Record;

/// Positions vaguer than so many times the range are not matched by distance: they would be near everything.
const MAX_RADIUS_RANGES: f64 = 6.0;
/// Times vaguer than this are not matched by delay, for the same reason.
const MAX_SPAN_DAYS: i64 = 32;
/// Classes of radius: up to 1, 2, 4 ... ranges, each with a grid of its own.
const N_CLASSES: u8 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Cell {
    At { class: u8, row: i32, column: i32, time: i32 },
    Named { place: u32, time: i32 },
}

/// Slots of records by cell of space and time.
///
/// Invariant: [`Grid::near`] gives every record within range and window, and possibly others.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    cells: FxHashMap<Cell, Vec<u32>>,
}

fn time_bucket_ms(options: &Options) -> i64 {
    (options.window_days.max(1) + 1) * DAY_MS
}

fn class_of(radius_km: f64, range_km: f64) -> Option<u8> {
    if radius_km > range_km * MAX_RADIUS_RANGES {
        return None;
    }
    let class = (radius_km / range_km).max(1.0).log2().ceil() as u8;
    Some(class.min(N_CLASSES - 1))
}

fn class_radius_km(class: u8, range_km: f64) -> f64 {
    if class + 1 == N_CLASSES { range_km * MAX_RADIUS_RANGES } else { range_km * f64::from(1u32 << class) }
}

fn cell_km(class: u8, range_km: f64) -> f64 {
    range_km + class_radius_km(class, range_km)
}

fn n_columns(row: i32, cell_km: f64) -> i32 {
    let lat = (f64::from(row) + 0.5) * cell_km / DEGREE_KM;
    ((360.0 * DEGREE_KM * lat.to_radians().cos().max(0.0) / cell_km).floor() as i32).max(1)
}

fn column(lon: f64, n_columns: i32) -> i32 {
    (((lon + 180.0).rem_euclid(360.0) / 360.0 * f64::from(n_columns)) as i32).min(n_columns - 1)
}

/// Whether a record can be laid beside others at all, other than by a person.
pub(super) fn is_placed(record: &Record, options: &Options) -> bool {
    let is_dated = record.earliest_ms <= record.latest_ms
        && record.latest_ms.saturating_sub(record.earliest_ms) <= MAX_SPAN_DAYS * DAY_MS;
    let is_near_something = record
        .point
        .is_none_or(|point| class_of(f64::from(point.radius_m) / 1e3, options.range_km).is_some());
    is_dated && is_near_something
}

impl Grid {
    pub(super) fn insert(&mut self, record: &Record, slot: u32, options: &Options) {
        for cell in home(record, options) {
            self.cells.entry(cell).or_default().push(slot);
        }
    }

    pub(super) fn remove(&mut self, record: &Record, slot: u32, options: &Options) {
        for cell in home(record, options) {
            if let Some(slots) = self.cells.get_mut(&cell) {
                slots.retain(|other| *other != slot);
                if slots.is_empty() {
                    self.cells.remove(&cell);
                }
            }
        }
    }

    /// Calls `found` with each slot that may be near, possibly more than once.
    pub(super) fn near(&self, record: &Record, options: &Options, mut found: impl FnMut(u32)) {
        if !is_placed(record, options) {
            return;
        }
        let (first, last) = times(record, options, options.window_days * DAY_MS);
        let mut look = |cell: &Cell| {
            for slot in self.cells.get(cell).into_iter().flatten() {
                found(*slot);
            }
        };
        let Some(point) = &record.point else {
            for time in first..=last {
                look(&Cell::Named { place: record.place, time });
            }
            return;
        };
        for class in 0..N_CLASSES {
            let cell_km = cell_km(class, options.range_km);
            let reach_km = options.range_km
                + f64::from(point.radius_m) / 1e3
                + class_radius_km(class, options.range_km).min(options.range_km * MAX_RADIUS_RANGES);
            let row_of = |lat: f64| (lat * DEGREE_KM / cell_km).floor() as i32;
            let reach_lat = reach_km / DEGREE_KM;
            for row in row_of(point.lat() - reach_lat)..=row_of(point.lat() + reach_lat) {
                let n_columns = n_columns(row, cell_km);
                // The widest the reach can be in this row, so that no cell is missed near the poles.
                let widest = (point.lat().abs() + reach_lat).min(89.9).to_radians().cos();
                let reach_lon = (reach_km / (DEGREE_KM * widest)).min(180.0);
                let middle = column(point.lon(), n_columns);
                let steps = ((reach_lon / 360.0 * f64::from(n_columns)).ceil() as i32 + 1).min(n_columns / 2);
                let columns = if 2 * steps + 1 >= n_columns { 0..n_columns } else { 0..2 * steps + 1 };
                for step in columns {
                    let column = (middle - steps + step).rem_euclid(n_columns);
                    for time in first..=last {
                        look(&Cell::At { class, row, column, time });
                    }
                }
            }
        }
    }
}

/// Whether two records are candidates: of different sources, within range and window of each other.
pub(super) fn are_candidates(a: &Record, b: &Record, options: &Options) -> bool {
    if a.source == b.source || a.family != b.family || !is_placed(a, options) || !is_placed(b, options) {
        return false;
    }
    if a.delay_days(b).abs() > options.window_days {
        return false;
    }
    match (&a.point, &b.point) {
        (Some(p), Some(q)) => {
            distance_km(p, q) <= options.range_km + f64::from(p.radius_m) / 1e3 + f64::from(q.radius_m) / 1e3
        }
        // Without coordinates little speaks for one occurrence: at least the sort of act must, and the day where not even
        // a place is named.
        (None, None) => a.place == b.place && a.kind == b.kind && (a.place != 0 || a.delay_days(b) == 0),
        _ => false,
    }
}

fn times(record: &Record, options: &Options, slack_ms: i64) -> (i32, i32) {
    let bucket = time_bucket_ms(options);
    let of = |ms: i64| ms.div_euclid(bucket).clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
    (of(record.earliest_ms.saturating_sub(slack_ms)), of(record.latest_ms.saturating_add(slack_ms)))
}

fn home(record: &Record, options: &Options) -> Vec<Cell> {
    if !is_placed(record, options) {
        return Vec::new();
    }
    let (first, last) = times(record, options, 0);
    let at = |time: i32| match &record.point {
        None => Cell::Named { place: record.place, time },
        Some(point) => {
            let class = class_of(f64::from(point.radius_m) / 1e3, options.range_km).unwrap_or(N_CLASSES - 1);
            let cell_km = cell_km(class, options.range_km);
            let row = (point.lat() * DEGREE_KM / cell_km).floor() as i32;
            Cell::At { class, row, column: column(point.lon(), n_columns(row, cell_km)), time }
        }
    };
    (first..=last).map(at).collect()
}
