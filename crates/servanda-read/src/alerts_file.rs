//! The table `[alerts]` of `case.toml`: from when on, how often a rule may alarm for nothing, who covers which days.

use std::str::FromStr;

use servanda_model::{Instant, Name};

use crate::clock::Clock;
use crate::fields::{Fields, Sink};
use crate::node::{Table, Value};

/// How often a rule may alarm while nothing changes: `1 per 90 days`, `2 per year overall`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FalseAlarms {
    /// One in so many days.
    pub days: f64,
    /// Of all series and rules together; else of each rule in each series.
    pub is_overall: bool,
}

/// A text that is no rate of false alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFalseAlarmsError;

impl FromStr for FalseAlarms {
    type Err = ParseFalseAlarmsError;
    fn from_str(text: &str) -> Result<FalseAlarms, ParseFalseAlarmsError> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let is_overall = words.last() == Some(&"overall");
        if is_overall {
            words.pop();
        }
        let (n, length, unit) = match words[..] {
            [n, "per", length, unit] => (n, length, unit),
            [n, "per", unit] => (n, "1", unit),
            _ => return Err(ParseFalseAlarmsError),
        };
        let unit_days = match unit.trim_end_matches('s') {
            "day" => 1.0,
            "week" => 7.0,
            "month" => 30.0,
            "year" => 365.0,
            _ => return Err(ParseFalseAlarmsError),
        };
        let number =
            |text: &str| text.parse::<u32>().ok().filter(|n| (1..=100_000).contains(n)).map(f64::from);
        let (n, length) = number(n).zip(number(length)).ok_or(ParseFalseAlarmsError)?;
        let days = length * unit_days / n;
        if days < 2.0 { Err(ParseFalseAlarmsError) } else { Ok(FalseAlarms { days, is_overall }) }
    }
}

/// A stretch of time over which a source says that it reports every day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredStretch {
    /// The source.
    pub source: Name,
    /// From this moment ...
    pub from: Instant,
    /// ... to this one.
    pub to: Instant,
}

/// What `case.toml` says about alerts; what it does not say is left to the question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlertsFile {
    /// Kinds looked at where none is asked for.
    pub kinds: Vec<Name>,
    /// What was before is not what the present is compared with.
    pub since: Option<Instant>,
    /// Budget of false alarms.
    pub false_alarms: Option<FalseAlarms>,
    /// Seed of the simulations.
    pub seed: Option<u64>,
    /// Which part of a mixed figure is about what occurred in its period.
    pub component: Option<Name>,
    /// Reports of a baseline, at most (7 to 365).
    pub baseline_reports: Option<u32>,
    /// Last reports that a baseline leaves out (0 to 28).
    pub guard_reports: Option<u32>,
    /// The rise that sums of counts are to notice soonest, in percent of the rate before (110 to 1000).
    pub rise_percent: Option<u32>,
    /// Whether days of the week are expected to differ.
    pub by_weekday: Option<bool>,
    /// Most days of a cluster (1 to 90).
    pub cluster_days: Option<u32>,
    /// Largest radius of a cluster in kilometres (1 to 1000).
    pub cluster_km: Option<u32>,
    /// What sources say of their coverage.
    pub covered: Vec<CoveredStretch>,
}

/// Reads the table.
///
/// # Diagnostics
/// C103, C104 for values that are none; unknown keys as everywhere.
pub(crate) fn alerts_file(table: &Table, clock: &Clock, sink: &Sink) -> AlertsFile {
    let fields = Fields::new(table, sink);
    let count = |key, low, high| fields.count(key, low, high).map(|(n, _)| n as u32);
    let file = AlertsFile {
        kinds: fields.names("kinds"),
        since: moment(&fields, "since", clock).map(|when| when.0),
        false_alarms: false_alarms(&fields),
        seed: fields.count("seed", 0, u64::MAX).map(|(n, _)| n),
        component: fields.name("component").map(|(name, _)| name),
        baseline_reports: count("baseline_reports", 7, 365),
        guard_reports: count("guard_reports", 0, 28),
        rise_percent: count("rise_percent", 110, 1000),
        by_weekday: fields.flag("by_weekday"),
        cluster_days: count("cluster_days", 1, 90),
        cluster_km: count("cluster_km", 1, 1000),
        covered: fields
            .tables("covered")
            .into_iter()
            .filter_map(|table| covered(table, clock, sink))
            .collect(),
    };
    fields.finish();
    file
}

fn covered(table: &Table, clock: &Clock, sink: &Sink) -> Option<CoveredStretch> {
    let fields = Fields::new(table, sink);
    let source = fields.required("source").map(|(source, _)| Name::new(source));
    let from = fields.required("from").and_then(|_| moment(&fields, "from", clock));
    let to = fields.required("to").and_then(|_| moment(&fields, "to", clock));
    fields.finish();
    Some(CoveredStretch { source: source?, from: from?.0, to: to?.1 })
}

/// First and last instant of a date as written.
fn moment(fields: &Fields<'_>, key: &'static str, clock: &Clock) -> Option<(Instant, Instant)> {
    let (text, _) = fields.text(key)?;
    let when = clock.when(text).map(|when| (when.earliest, when.latest));
    if when.is_none()
        && let Some(node) = fields.find(key)
    {
        fields.bad(key, node, "a date such as 2025-10-10");
    }
    when
}

fn false_alarms(fields: &Fields<'_>) -> Option<FalseAlarms> {
    let node = fields.find("false_alarms")?;
    let parsed = match &node.value {
        Value::Text(text) => text.parse().ok(),
        _ => None,
    };
    if parsed.is_none() {
        fields.bad("false_alarms", node, "a rate such as \"1 per 90 days\" or \"1 per 90 days overall\"");
    }
    parsed
}
