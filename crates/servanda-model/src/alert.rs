//! Findings of the alerts question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, Name, Window};

/// What a series counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Occurrences on record, each once.
    Occurrences,
    /// People killed in occurrences on record.
    Deaths,
    /// A counter's own figures for the period of each report.
    Figures,
}

/// Which series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SeriesKey {
    /// Kind of the agreement.
    pub kind: Name,
    /// Where; `None`: all places together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Name>,
    /// What is counted.
    pub counted: Counted,
    /// Whose figures; only for [`Counted::Figures`]. Series of different counters are never added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<Name>,
    /// Which part of a mixed figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<Name>,
}

/// One report of a series with the band expected of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesPoint {
    /// The days it is about.
    pub window: Window,
    /// Days that it covers: its exposure.
    pub days: f64,
    /// What it counts.
    pub count: u64,
    /// Expected from the reports before it; `None` while there are too few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Band>,
}

/// What is expected of a report.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Band {
    /// Lower end.
    pub low: u64,
    /// Mean.
    pub mean: f64,
    /// Upper end: more than this is beyond what the budget of false alarms allows.
    pub high: u64,
}

/// How a rule was used on a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleUsed {
    /// The rule by name.
    pub rule: Name,
    /// It alarms where its statistic exceeds this.
    pub limit: f64,
    /// Days of this series between false alarms, by simulation; `None`: there was none in the days simulated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_per_false_alarm: Option<f64>,
    /// Days simulated.
    pub n_simulated_days: f64,
    /// Days of the series that it could judge.
    pub n_judged_days: f64,
}

/// A rule that alarmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleHit {
    /// The rule by name.
    pub rule: Name,
    /// Its statistic.
    pub score: f64,
    /// Its limit.
    pub limit: f64,
    /// Days of this series between false alarms of this rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_per_false_alarm: Option<f64>,
    /// The days over which it noticed it, where it looks at several reports.
    pub since: Window,
    /// More than expected, or less.
    pub is_rise: bool,
}

/// How much else is on record about the days of an alert and of the reports it is compared with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effort {
    /// Other claims about these days.
    pub n_claims: u32,
    /// Sources of those claims.
    pub n_sources: u32,
    /// Other claims a day, about the days compared with.
    pub claims_per_day_before: f64,
    /// Sources on a day, about the days compared with.
    pub sources_per_day_before: f64,
    /// Whether reporting differs by more than chance: a change of effort alone can make an alert.
    pub is_changed: bool,
}

/// A report that left the expected band, by one rule or several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alert {
    /// The report.
    pub point: SeriesPoint,
    /// The rules that alarmed.
    pub hits: Vec<RuleHit>,
    /// The claims that it rests on.
    pub claims: Vec<ClaimId>,
    /// Where they come from in the end.
    pub origins: Vec<Name>,
    /// What else was reported.
    pub effort: Effort,
}

/// A change of the rate of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RateChange {
    /// The first report after it.
    pub window: Window,
    /// Rate per day before.
    pub rate_before: f64,
    /// Rate per day after.
    pub rate_after: f64,
    /// Days of this series between changes found though there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_per_false_alarm: Option<f64>,
}

/// One series with what was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WatchedSeries {
    /// Which.
    pub key: SeriesKey,
    /// Its reports, oldest first.
    pub points: Vec<SeriesPoint>,
    /// Days that the reports cover together.
    pub n_days: f64,
    /// Sum of the counts.
    pub total: u64,
    /// Rate per day of its quiet part.
    pub quiet_rate: f64,
    /// Variance over mean of its quiet part; 1: as chance alone would have it.
    pub dispersion: f64,
    /// The rules as used.
    pub rules: Vec<RuleUsed>,
    /// Reports in the window asked for that left the band.
    pub alerts: Vec<Alert>,
    /// Changes of the rate in the window asked for.
    pub changes: Vec<RateChange>,
}

/// Places near each other with more occurrences in the last days than their totals explain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterFinding {
    /// Kind of the agreement.
    pub kind: Name,
    /// The places, by name.
    pub places: Vec<Name>,
    /// How far they lie from their middle, in whole kilometres, rounded up.
    pub radius_km: u32,
    /// Its days.
    pub window: Window,
    /// Occurrences in it.
    pub n_cases: u32,
    /// Occurrences expected from the totals of its places and days.
    pub expected: f64,
    /// Monte Carlo p-value.
    pub p_value: f64,
    /// Days between clusters as unusual as this by chance, where one looks every day.
    pub recurrence_days: f64,
    /// Permutations that the p-value rests on.
    pub n_permutations: u32,
    /// The claims of its occurrences.
    pub claims: Vec<ClaimId>,
}

/// A scan over places and days, whether or not it found anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScanSummary {
    /// Kind of the agreement.
    pub kind: Name,
    /// The days studied.
    pub window: Window,
    /// Occurrences with a position.
    pub n_cases: u32,
    /// Different positions.
    pub n_positions: u32,
    /// P-value of the likeliest cluster; `None`: there was nothing to compare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_p_value: Option<f64>,
    /// Clusters are listed up to this p-value.
    pub listed_p_value: f64,
}

/// What was left out, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Figures of other components.
    pub n_other_components: u32,
    /// Running totals, rates and figures over longer periods.
    pub n_longer_figures: u32,
    /// Figures whose period overlaps one that is counted.
    pub n_overlapping: u32,
    /// Occurrences whose day is not known exactly enough.
    pub n_vague: u32,
    /// Series that are too short or hold too little to be watched.
    pub n_short_series: u32,
    /// Occurrences without a position, or with one too vague to scan.
    pub n_without_position: u32,
}

/// The answer to the alerts question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alerts {
    /// Series with what was found in them.
    pub series: Vec<WatchedSeries>,
    /// Clusters at the end of the window.
    pub clusters: Vec<ClusterFinding>,
    /// What was scanned for clusters.
    pub scans: Vec<ScanSummary>,
    /// Alarms to expect from chance alone in the window asked for, over all series and rules.
    pub n_false_expected: f64,
    /// What was left out.
    pub left_out: LeftOut,
}
