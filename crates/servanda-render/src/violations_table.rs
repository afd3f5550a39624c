//! Incidents as a table: one row for each, with what its sources say of toll and actors side by side.

use servanda_model::{
    Incident, IncidentReport, Name, Number, Polarity, Precision, SaidActors, Support, TollRange,
};

use crate::table::{Column, Field, Sort, column};
use crate::violations::{ViolationsView, rung};

/// The columns, in order.
pub const INCIDENT_COLUMNS: &[Column] = &[
    column("incident", "#event+id", Sort::Text, "Id of the incident."),
    column("names", "#event+name", Sort::Text, "Names that analysts or feeds give it, parted by ';'."),
    column("kind", "#event+kind", Sort::Text, "The act; where sources differ the one that most give."),
    column("other_kinds", "#event+kind+other", Sort::Text, "Acts that other sources give, parted by ';'."),
    column("when_earliest", "#date+occurred+start", Sort::Moment, "The first instant that it can have been."),
    column("when_latest", "#date+occurred+end", Sort::Moment, "The last instant that it can have been."),
    column("when_precision", "#date+precision", Sort::Text, "How exactly the time is known."),
    column("place", "#loc+name", Sort::Text, "Place of the case's gazetteer."),
    column("lat", "#geo+lat", Sort::Degrees, "Degrees north, no more exact than may be shown."),
    column("lon", "#geo+lon", Sort::Degrees, "Degrees east."),
    column("radius_m", "#geo+radius", Sort::Whole, "The place lies within so many metres of the point."),
    column("toll_low", "#affected+low", Sort::Number, "Least number of people that any source gives."),
    column("toll_high", "#affected+high", Sort::Number, "Greatest; empty: some source gives no upper bound."),
    column(
        "tolls",
        "#affected+by_source",
        Sort::Text,
        "The number by each source, low..best..high, parted by ';'.",
    ),
    column("rung", "#meta+standing", Sort::Text, "refuted, reported, recorded, verified or attributed."),
    column("support", "#meta+support", Sort::Text, "single_source, corroborated or contested."),
    column("n_origins", "#meta+origins", Sort::Whole, "Independent origins that assert it."),
    column("sources", "#org+origin", Sort::Text, "Who affirms it, parted by ';'."),
    column("denied_by", "#org+denies", Sort::Text, "Who denies it, parted by ';'."),
    column(
        "said_actors",
        "#org+actor+by_source",
        Sort::Text,
        "Who acted according to each source, parted by ';'.",
    ),
    column(
        "is_attribution_contested",
        "#meta+attribution+contested",
        Sort::Flag,
        "Whether sources name different actors, or one named denies it.",
    ),
    column(
        "promises",
        "#meta+promises",
        Sort::Text,
        "Promises that it would be contrary to, parted by ';'; no finding that one was.",
    ),
];

/// Every incident of a screen.
pub fn incident_rows(view: &ViolationsView) -> Vec<Vec<Field<'_>>> {
    view.rows.iter().map(|row| fields(&row.incident)).collect()
}

fn fields(incident: &Incident) -> Vec<Field<'_>> {
    let joined = |names: Vec<&str>| Field::text(names.join(";"));
    let names = |names: &[Name]| joined(names.iter().map(Name::as_str).collect());
    let number = |n: Option<u32>| Field::of(n, |n| Field::Number(Number::whole(i64::from(n))));
    let (when, position, toll) = (incident.when, incident.position, incident.toll);
    let by = |polarity: Polarity| {
        let reports = incident.reports.iter().filter(|report| report.polarity == polarity);
        joined(reports.map(|report| report.source.as_str()).collect())
    };
    let said = |say: fn(&IncidentReport) -> Option<String>| {
        let said =
            incident.reports.iter().filter_map(|report| Some(format!("{}: {}", report.source, say(report)?)));
        Field::text(said.collect::<Vec<_>>().join(";"))
    };
    let support = match incident.support {
        Support::SingleSource => "single_source",
        Support::Corroborated => "corroborated",
        Support::Contested => "contested",
    };
    let promises: Vec<String> = incident
        .promises
        .iter()
        .map(|touched| format!("{} ({})", touched.provision, touched.obligor))
        .collect();
    vec![
        Field::text(incident.id.as_str()),
        names(&incident.names),
        Field::of(incident.acts.first(), |act| Field::text(act.as_str())),
        names(incident.acts.get(1..).unwrap_or_default()),
        Field::of(when, |when| Field::Moment(when.earliest)),
        Field::of(when, |when| Field::Moment(when.latest)),
        Field::of(when, |when| Field::text(precision(when.precision))),
        Field::of(incident.place.as_ref(), |place| Field::text(place.as_str())),
        Field::of(position, |position| Field::Degrees(position.lat_e6)),
        Field::of(position, |position| Field::Degrees(position.lon_e6)),
        Field::of(position, |position| Field::Whole(i64::from(position.radius_m))),
        number(toll.map(|toll| toll.low)),
        number(toll.and_then(|toll| toll.high)),
        said(|report| report.toll.map(range)),
        Field::text(rung(incident.rung)),
        Field::text(support),
        Field::Whole(incident.n_origins as i64),
        by(Polarity::Affirmative),
        by(Polarity::Negative),
        said(|report| match &report.actors {
            SaidActors::Named(names) => Some(names.iter().map(Name::as_str).collect::<Vec<_>>().join(", ")),
            SaidActors::Undetermined => Some("undetermined".to_owned()),
            SaidActors::Unstated => None,
        }),
        Field::Flag(incident.is_attribution_contested),
        Field::text(promises.join(";")),
    ]
}

fn range(toll: TollRange) -> String {
    let bound = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    match (toll.best, toll.high) {
        (None, high) if high == Some(toll.low) => toll.low.to_string(),
        (best, high) if best == high && high == Some(toll.low) => toll.low.to_string(),
        (best, high) => format!("{}..{}..{}", toll.low, bound(best), bound(high)),
    }
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact",
        Precision::Hour => "hour",
        Precision::Day => "day",
        Precision::Week => "week",
        Precision::Month => "month",
        Precision::Year => "year",
        Precision::Range => "range",
    }
}
