//! The alerts screen: where and when what is reported left the band expected of it (`alerts.v1`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Alerts, ClaimId, Instant, WatchedSeries};

use crate::alerts_words::{Wording, legend};
use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::section::{Item, Section};
use crate::status::LegendEntry;

/// A report that left its band, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlertRow {
    /// The days, as the clock of the case shows them.
    pub when_said: String,
    /// What was reported and what was expected.
    pub said: String,
    /// Each rule that alarmed, with its false-alarm rate.
    pub rules_said: Vec<String>,
    /// Where the claims come from.
    pub sources_said: String,
    /// A warning that reporting changed as well; `None`: it did not, or nothing can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort_said: Option<String>,
    /// Words of the claims, at most a few.
    pub quotes: Vec<Quoted>,
}

/// One line for a report that left its band.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DigestRow {
    /// The days.
    pub when_said: String,
    /// Act, place, who counts.
    pub title: String,
    /// What was reported.
    pub reported: String,
    /// The band, where there is one.
    pub expected: String,
    /// The rules that alarmed.
    pub rules: Vec<String>,
}

/// A series in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesRow {
    /// Act, place, who counts.
    pub title: String,
    /// How much was covered, and what is usual.
    pub said: String,
    /// The reports of the window as a line of bars, one for each report, or for several where they are many.
    pub bars: String,
    /// Reports at which a rule noticed more than before.
    pub alerts: Vec<AlertRow>,
    /// Reports at which a rule noticed less than before.
    pub falls_said: Vec<String>,
    /// Changes of the rate.
    pub changes_said: Vec<String>,
    /// How many days each rule has between false alarms here.
    pub rates_said: String,
}

/// A cluster in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterRow {
    /// Where, when, how many.
    pub said: String,
    /// Words of its claims, at most a few.
    pub quotes: Vec<Quoted>,
}

/// Where and when what is reported left the band expected of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlertsView {
    /// `alerts.v1`.
    pub schema: String,
    /// Which case, when, from which standpoint.
    pub heading: Heading,
    /// Alerts from this moment ...
    pub from: Instant,
    /// ... to this one.
    pub to: Instant,
    /// The budget of false alarms.
    pub budget_said: String,
    /// What was found, in figures.
    pub findings: Alerts,
    /// Every report that left its band upwards, by day.
    pub digest: Vec<DigestRow>,
    /// Series in which something was found, in words; the others are only in `findings`.
    pub series: Vec<SeriesRow>,
    /// Clusters, in words.
    pub clusters: Vec<ClusterRow>,
    /// What chance alone would do, what was watched, what was left out.
    pub remarks: Vec<String>,
    /// The rules that appear.
    pub legend: Vec<LegendEntry>,
}

/// Quotes that are printed with one alert.
pub(crate) const MOST_QUOTES: usize = 3;

/// The claims that the screen quotes.
pub fn alert_claims(found: &Alerts) -> Vec<ClaimId> {
    let of_series = found.series.iter().flat_map(|series| &series.alerts).map(|alert| &alert.claims);
    let of_clusters = found.clusters.iter().map(|cluster| &cluster.claims);
    of_series.chain(of_clusters).flat_map(|claims| claims.iter().take(MOST_QUOTES)).copied().collect()
}

impl AlertsView {
    /// The screen of what was found.
    pub fn new(
        heading: Heading,
        (from, to): (Instant, Instant),
        budget_said: String,
        findings: Alerts,
        lexicon: &Lexicon,
    ) -> AlertsView {
        let civil = heading.civil();
        let words = Wording { civil: &civil, lexicon };
        let has_found = |series: &&WatchedSeries| !series.alerts.is_empty() || !series.changes.is_empty();
        let series =
            findings.series.iter().filter(has_found).map(|found| words.series(found, from, to)).collect();
        let clusters = findings.clusters.iter().map(|cluster| words.cluster(cluster)).collect();
        let digest = words.digest(&findings);
        AlertsView {
            digest,
            schema: "alerts.v1".to_owned(),
            from,
            to,
            budget_said,
            series,
            clusters,
            remarks: words.remarks(&findings),
            legend: legend(&findings),
            heading,
            findings,
        }
    }
}

impl AlertsView {
    /// The screen as a part of the report; `None` where nothing left its band.
    pub fn section(&self) -> Option<Section> {
        if self.digest.is_empty() && self.clusters.is_empty() {
            return None;
        }
        let mut section = Section::new("alerts", "Days that left the expected band");
        section.line(&self.budget_said);
        let cells = self.digest.iter().map(|row| {
            let said = [&row.when_said, &row.title, &row.reported, &row.expected];
            said.into_iter().cloned().chain([row.rules.join(", ")]).collect()
        });
        section.table(&["days", "act, place, who counts", "reported", "band", "rules"], cells.collect());
        for series in &self.series {
            let items: Vec<Item> = series
                .alerts
                .iter()
                .map(|alert| {
                    let effort = alert.effort_said.as_deref().map(|effort| format!(". {effort}"));
                    let said = format!("{}: {}{}", alert.when_said, alert.said, effort.unwrap_or_default());
                    Item::new(said).quoting(alert.quotes.clone())
                })
                .collect();
            if !items.is_empty() {
                section.title(&series.title);
                section.line(&series.said);
                section.list(items);
            }
        }
        if !self.clusters.is_empty() {
            section.title("Clusters in space and time");
            let clusters = self.clusters.iter();
            section.list(clusters.map(|row| Item::new(&row.said).quoting(row.quotes.clone())).collect());
        }
        self.remarks.iter().for_each(|remark| section.line(remark));
        section.list(
            self.legend.iter().map(|entry| Item::new(format!("{}: {}", entry.word, entry.meaning))).collect(),
        );
        Some(section)
    }
}
