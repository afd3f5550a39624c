//! Alerts as GeoJSON: one point for each report that left its band, where its place has a position.

use std::collections::BTreeMap;

use servanda_model::{Alert, Counted, Name, Number, Position, WatchedSeries};

use crate::alerts::AlertsView;
use crate::table::{Column, Field, Sort};
use crate::table_geojson::GeoJsonTable;

const fn column(name: &'static str, sort: Sort, says: &'static str) -> Column {
    Column { name, tag: "", sort, says }
}

/// The properties of a point.
pub const ALERT_COLUMNS: &[Column] = &[
    column("place", Sort::Text, "The place, by name."),
    column("kind", Sort::Text, "Kind of the agreement."),
    column("counted", Sort::Text, "What is counted: occurrences, deaths or figures."),
    column("counter", Sort::Text, "Whose figures."),
    column("from", Sort::Moment, "Beginning of the report."),
    column("until", Sort::Moment, "End of the report."),
    column("days", Sort::Number, "Days that it covers."),
    column("reported", Sort::Whole, "What it counts."),
    column("expected_low", Sort::Whole, "Lower end of the band."),
    column("expected_high", Sort::Whole, "Upper end of the band."),
    column("rules", Sort::Text, "Rules that alarmed."),
    column("days_per_false_alarm", Sort::Number, "Days between false alarms, of the rule with most of them."),
    column("effort_changed", Sort::Flag, "Whether reporting changed as well."),
    column("radius_m", Sort::Whole, "The place lies within so many metres of the point."),
];

const REMARK: &str = "Positions are those of places, coarse: within radius_m. An alert is about reports, not about what happened.";

/// The alerts upwards of the screen as a collection of points, by place; those without a position are left out.
pub fn alerts_map(view: &AlertsView, positions: &BTreeMap<Name, Position>) -> String {
    let mut table = GeoJsonTable::new(Vec::new(), ALERT_COLUMNS, REMARK).ok();
    for series in &view.findings.series {
        let Some(position) = series.key.place.as_ref().and_then(|place| positions.get(place)) else {
            continue;
        };
        for alert in series.alerts.iter().filter(|alert| alert.hits.iter().any(|hit| hit.is_rise)) {
            let shown = position.coarse();
            let row = fields(series, alert, shown.radius_m);
            // Writing into memory cannot fail.
            if let Some(table) = table.as_mut() {
                let _ = table.row(shown, &row);
            }
        }
    }
    let written = table.and_then(|table| table.finish().ok()).unwrap_or_default();
    String::from_utf8(written).unwrap_or_default()
}

fn fields<'r>(series: &'r WatchedSeries, alert: &'r Alert, radius_m: u32) -> Vec<Field<'r>> {
    let key = &series.key;
    let point = &alert.point;
    let rises = alert.hits.iter().filter(|hit| hit.is_rise);
    let rules: Vec<&str> = rises.clone().map(|hit| hit.rule.as_str()).collect();
    let often = rises.filter_map(|hit| hit.days_per_false_alarm).min_by(f64::total_cmp);
    let whole = |n: u64| Field::Whole(i64::try_from(n).unwrap_or(i64::MAX));
    let number = |value: f64| Field::Number(Number::from_thousandths((value * 1000.0).round() as i64));
    vec![
        Field::of(key.place.as_ref(), |place| Field::text(place.as_str())),
        Field::text(key.kind.as_str()),
        Field::text(match key.counted {
            Counted::Occurrences => "occurrences",
            Counted::Deaths => "deaths",
            Counted::Figures => "figures",
        }),
        Field::of(key.counter.as_ref(), |counter| Field::text(counter.as_str())),
        Field::Moment(point.window.start),
        Field::Moment(point.window.end),
        number(point.days),
        whole(point.count),
        Field::of(point.expected, |band| whole(band.low)),
        Field::of(point.expected, |band| whole(band.high)),
        Field::text(rules.join(", ")),
        Field::of(often, number),
        Field::Flag(alert.effort.is_changed),
        Field::Whole(i64::from(radius_m)),
    ]
}
