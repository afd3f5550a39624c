//! The sentences of the alerts screen.

use std::collections::BTreeSet;

use servanda_model::{
    Alert, Alerts, Band, ClaimId, ClusterFinding, Counted, Effort, Instant, LeftOut, Number, RateChange,
    RuleHit, ScanSummary, SeriesKey, SeriesPoint, WatchedSeries, Window,
};

use crate::alerts::{AlertRow, ClusterRow, DigestRow, MOST_QUOTES, SeriesRow};
use crate::civil::Civil;
use crate::figures::{count, number, unit};
use crate::lexicon::{Lexicon, Quoted};
use crate::status::LegendEntry;

pub(crate) struct Wording<'a> {
    pub(crate) civil: &'a Civil,
    pub(crate) lexicon: &'a Lexicon,
}

impl Wording<'_> {
    pub(crate) fn series(&self, series: &WatchedSeries, from: Instant, to: Instant) -> SeriesRow {
        let asked: Vec<SeriesPoint> = series
            .points
            .iter()
            .filter(|point| point.window.end > from && point.window.start <= to)
            .copied()
            .collect();
        let is_rise = |alert: &&Alert| alert.hits.iter().any(|hit| hit.is_rise);
        let rises = series.alerts.iter().filter(is_rise);
        let falls = series.alerts.iter().filter(|alert| !is_rise(alert));
        SeriesRow {
            title: self.title(&series.key),
            said: self.series_said(series),
            bars: bars(&asked),
            alerts: rises.map(|alert| self.alert(alert, &series.key)).collect(),
            falls_said: falls.map(|alert| self.fall(alert, &series.key)).collect(),
            changes_said: series.changes.iter().map(|change| self.change(change)).collect(),
            rates_said: rates_said(series),
        }
    }

    pub(crate) fn digest(&self, found: &Alerts) -> Vec<DigestRow> {
        let is_rise = |alert: &&Alert| alert.hits.iter().any(|hit| hit.is_rise);
        let mut rows: Vec<(&SeriesKey, &Alert)> = found
            .series
            .iter()
            .flat_map(|series| series.alerts.iter().filter(is_rise).map(|alert| (&series.key, alert)))
            .collect();
        rows.sort_by_key(|(key, alert)| (alert.point.window, *key));
        let row = |(key, alert): (&SeriesKey, &Alert)| DigestRow {
            when_said: self.civil.window(&alert.point.window),
            title: self.title(key),
            reported: format!("{} {}", whole(alert.point.count), self.unit_of(key, alert.point.count))
                .trim_end()
                .to_owned(),
            expected: alert.point.expected.map_or("no band yet".to_owned(), |band| {
                format!("{} to {}", whole(band.low), whole(band.high))
            }),
            rules: alert.hits.iter().filter(|hit| hit.is_rise).map(|hit| hit.rule.to_string()).collect(),
        };
        rows.into_iter().map(row).collect()
    }

    fn title(&self, key: &SeriesKey) -> String {
        let kind = self.lexicon.kind(&key.kind);
        let place = match (&key.place, key.counted) {
            (Some(place), _) => self.lexicon.place(place),
            (None, Counted::Figures) => "no place named",
            (None, _) => "all places",
        };
        let what = match key.counted {
            Counted::Occurrences => "occurrences on record".to_owned(),
            Counted::Deaths => "people killed, as reported".to_owned(),
            Counted::Figures => {
                let counter = key.counter.as_ref().map_or("unnamed counter", |name| self.lexicon.actor(name));
                let component = key.component.as_ref().map(|name| format!(", component {name}"));
                format!("figures of {counter}{}", component.unwrap_or_default())
            }
        };
        format!("{kind} \u{2013} {place} \u{2013} {what}")
    }

    fn series_said(&self, series: &WatchedSeries) -> String {
        let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else {
            return String::new();
        };
        let window = Window { start: first.window.start, end: last.window.end };
        format!(
            "{} over {} covered, {}: {} in all; in its quiet part {} a day, {}.",
            count(series.points.len(), "report", "reports"),
            days(series.n_days),
            self.civil.window(&window),
            whole(series.total),
            decimal(series.quiet_rate),
            match series.dispersion {
                spread if spread < 1.05 => "spread as by pure chance".to_owned(),
                spread => format!("with {} times the spread of pure chance", decimal(spread)),
            },
        )
    }

    fn unit_of(&self, key: &SeriesKey, n: u64) -> String {
        match key.counted {
            Counted::Occurrences => if n == 1 { "occurrence" } else { "occurrences" }.to_owned(),
            Counted::Deaths => "killed".to_owned(),
            Counted::Figures => {
                let label = self.lexicon.kinds.get(&key.kind).map_or("", |kind| kind.unit.as_str());
                unit(label, Number::whole(n as i64))
            }
        }
    }

    fn alert(&self, alert: &Alert, key: &SeriesKey) -> AlertRow {
        let point = &alert.point;
        let over = if point.days > 1.0 { format!(" over {}", days(point.days)) } else { String::new() };
        let expected = point.expected.map_or("too few reports before it for a band".to_owned(), band_said);
        let count = format!("{} {}", whole(point.count), self.unit_of(key, point.count));
        AlertRow {
            when_said: self.civil.window(&point.window),
            said: format!("{} reported{over}; {expected}", count.trim_end()),
            rules_said: alert.hits.iter().filter(|hit| hit.is_rise).map(|hit| self.hit(hit, point)).collect(),
            sources_said: self.sources(alert),
            effort_said: effort_said(&alert.effort),
            quotes: self.quotes(&alert.claims),
        }
    }

    fn hit(&self, hit: &RuleHit, point: &SeriesPoint) -> String {
        let since = if hit.since.start < point.window.start {
            format!(", rising since {}", self.civil.day(hit.since.start))
        } else {
            String::new()
        };
        format!("{} {} (limit {}{since})", hit.rule, decimal(hit.score), decimal(hit.limit))
    }

    fn fall(&self, alert: &Alert, key: &SeriesKey) -> String {
        let rules: Vec<&str> = alert.hits.iter().map(|hit| hit.rule.as_str()).collect();
        let point = &alert.point;
        let count = format!("{} {}", whole(point.count), self.unit_of(key, point.count));
        format!(
            "fell: {}, {} reported (by {})",
            self.civil.window(&point.window),
            count.trim_end(),
            rules.join(", ")
        )
    }

    fn sources(&self, alert: &Alert) -> String {
        let mut origins: Vec<&str> = alert.origins.iter().map(|name| self.lexicon.actor(name)).collect();
        let n_more = origins.len().saturating_sub(4);
        origins.truncate(4);
        let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
        let claims = count(alert.claims.len(), "claim", "claims");
        match origins.len() {
            0 => format!("rests on {claims}"),
            _ => format!("rests on {claims}; according to {}{more}", origins.join(", ")),
        }
    }

    fn quotes(&self, claims: &[ClaimId]) -> Vec<Quoted> {
        claims.iter().take(MOST_QUOTES).filter_map(|id| self.lexicon.quotes.get(id)).cloned().collect()
    }

    fn change(&self, change: &RateChange) -> String {
        format!(
            "changes: from {} to {} a day, with the report of {}",
            decimal(change.rate_before),
            decimal(change.rate_after),
            self.civil.window(&change.window),
        )
    }

    pub(crate) fn cluster(&self, cluster: &ClusterFinding) -> ClusterRow {
        let mut places: Vec<&str> = cluster.places.iter().map(|name| self.lexicon.place(name)).collect();
        let n_more = places.len().saturating_sub(6);
        places.truncate(6);
        let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
        let places = if places.is_empty() { "places without a name".to_owned() } else { places.join("; ") };
        let radius = match cluster.radius_km {
            0 => "one position".to_owned(),
            km => format!("within {km} km"),
        };
        let said = format!(
            "{} \u{2013} {places}{more} ({radius}), {}: {} on record where {} would be expected from the totals of these places and days; p = {} by {}. Chance alone shows the like once in {} of looking every day.",
            self.lexicon.kind(&cluster.kind),
            self.civil.window(&cluster.window),
            count(cluster.n_cases as usize, "occurrence", "occurrences"),
            decimal(cluster.expected),
            cluster.p_value,
            count(cluster.n_permutations as usize, "permutation", "permutations"),
            days(cluster.recurrence_days),
        );
        ClusterRow { said, quotes: self.quotes(&cluster.claims) }
    }

    fn scan(&self, scan: &ScanSummary) -> String {
        let what = format!(
            "Scan of {}, {}: {} at {}",
            self.lexicon.kind(&scan.kind),
            self.civil.window(&scan.window),
            count(scan.n_cases as usize, "occurrence", "occurrences"),
            count(scan.n_positions as usize, "position", "positions"),
        );
        match scan.least_p_value {
            None => format!("{what}; nothing stands out that could be compared."),
            Some(p) if p > scan.listed_p_value => {
                format!(
                    "{what}; the likeliest cluster is no more than chance would show (p = {}).",
                    decimal(p)
                )
            }
            Some(_) => format!("{what}; clusters are listed up to p = {}.", decimal(scan.listed_p_value)),
        }
    }

    pub(crate) fn remarks(&self, found: &Alerts) -> Vec<String> {
        let mut remarks = Vec::new();
        let n_alarms: usize =
            found.series.iter().flat_map(|series| &series.alerts).map(|alert| alert.hits.len()).sum();
        let n_changes: usize = found.series.iter().map(|series| series.changes.len()).sum();
        let rules: BTreeSet<_> =
            found.series.iter().flat_map(|series| &series.rules).map(|used| &used.rule).collect();
        if found.series.is_empty() && found.scans.iter().all(|scan| scan.n_cases == 0) {
            remarks.push("Nothing on record makes a series that is long enough to be watched.".to_owned());
        } else if !found.series.is_empty() {
            remarks.push(format!(
                "{} looked at by {}: {} raised. If nothing changed, chance alone would raise about {}.",
                count(found.series.len(), "series was", "series were"),
                count(rules.len(), "rule", "rules"),
                count(n_alarms + n_changes, "alarm was", "alarms were"),
                decimal(found.n_false_expected.round()),
            ));
        }
        let still: Vec<String> = found
            .series
            .iter()
            .filter(|series| series.alerts.is_empty() && series.changes.is_empty())
            .map(|series| self.title(&series.key))
            .collect();
        if !still.is_empty() {
            let (shown, rest) = still.split_at(still.len().min(5));
            let more = if rest.is_empty() { String::new() } else { format!("; and {} more", rest.len()) };
            remarks.push(format!("Within their band: {}{more}.", shown.join("; ")));
        }
        remarks.extend(found.scans.iter().filter(|scan| scan.n_cases > 0).map(|scan| self.scan(scan)));
        remarks.extend(left_out_said(&found.left_out));
        remarks
    }
}

fn band_said(band: Band) -> String {
    format!("expected {}, within {} to {}", decimal(band.mean), whole(band.low), whole(band.high))
}

fn effort_said(effort: &Effort) -> Option<String> {
    effort.is_changed.then(|| {
        format!(
            "Reporting changed too: {} by {} about these days, against {} a day by {} a day before. A change of effort alone can raise an alarm.",
            count(effort.n_claims as usize, "other claim", "other claims"),
            count(effort.n_sources as usize, "source", "sources"),
            decimal(effort.claims_per_day_before),
            decimal(effort.sources_per_day_before),
        )
    })
}

fn rates_said(series: &WatchedSeries) -> String {
    let rates: Vec<String> = series
        .rules
        .iter()
        .map(|used| match used.days_per_false_alarm {
            Some(days) => format!("{} {}", used.rule, decimal(days.round())),
            None => format!("{} none in {}", used.rule, decimal(used.n_simulated_days.round())),
        })
        .collect();
    format!("Days between false alarms here: {}.", rates.join(", "))
}

fn left_out_said(left_out: &LeftOut) -> Option<String> {
    let parts = [
        (left_out.n_other_components, "figure of another component", "figures of other components"),
        (
            left_out.n_longer_figures,
            "running total, rate or figure over more than a week",
            "running totals, rates and figures over more than a week",
        ),
        (
            left_out.n_overlapping,
            "figure whose period overlaps another",
            "figures whose period overlaps another",
        ),
        (left_out.n_vague, "occurrence without an exact day", "occurrences without an exact day"),
        (
            left_out.n_without_position,
            "occurrence without an exact enough position (of the clusters)",
            "occurrences without an exact enough position (of the clusters)",
        ),
        (
            left_out.n_short_series,
            "series that is too short or too thin",
            "series that are too short or too thin",
        ),
    ];
    let said: Vec<String> =
        parts.iter().filter(|part| part.0 > 0).map(|(n, one, many)| count(*n as usize, one, many)).collect();
    (!said.is_empty()).then(|| format!("Left out: {}.", said.join(", ")))
}

pub(crate) fn legend(found: &Alerts) -> Vec<LegendEntry> {
    let mut rules: Vec<&str> = Vec::new();
    for used in found.series.iter().flat_map(|series| &series.rules) {
        if !rules.contains(&used.rule.as_str()) {
            rules.push(used.rule.as_str());
        }
    }
    let entry = |rule: &str| LegendEntry { word: rule.to_owned(), meaning: meaning(rule).to_owned() };
    rules.into_iter().map(entry).collect()
}

fn meaning(rule: &str) -> &'static str {
    match rule {
        "ears-c1" => "far above the mean of the seven reports before, in standard deviations",
        "ears-c2" => "the same, the last two reports before it left out",
        "ears-c3" => "what C2 exceeds 1 by, added over three reports",
        "band" => {
            "more than the negative binomial law of up to 28 earlier reports allows; minus the decimal logarithm of its probability"
        }
        "cusum-poisson" => "sum of what exceeds, for a lasting rise, counts taken as pure chance",
        "cusum-nb" => "the same, counts taken to come in bursts as they did before",
        "cusum-two-sided" => "sums of what exceeds and of what falls short, in standard deviations",
        "online" => "a change of the rate within the last three reports is probable; log-odds",
        "changes" => "change points of the whole series at once",
        _ => "",
    }
}

fn days(n: f64) -> String {
    if n == 1.0 { "1 day".to_owned() } else { format!("{} days", decimal(n)) }
}

fn whole(n: u64) -> String {
    number(Number::whole(i64::try_from(n).unwrap_or(i64::MAX / 1000)))
}

/// A statistic for people: two decimals below ten, one below a hundred, else whole.
fn decimal(value: f64) -> String {
    let places = match value.abs() {
        size if size < 0.1 => 1000.0,
        size if size < 10.0 => 100.0,
        size if size < 100.0 => 10.0,
        _ => 1.0,
    };
    let thousandths = (value * places).round() / places * 1000.0;
    if thousandths.abs() < 9e15 {
        number(Number::from_thousandths(thousandths.round() as i64))
    } else {
        "\u{221e}".to_owned()
    }
}

/// Most bars of a line.
const MOST_BARS: usize = 64;

/// Rates of reports as bars; where there are more reports than bars, each bar is the highest of its share.
fn bars(points: &[SeriesPoint]) -> String {
    const BARS: [char; 8] =
        ['\u{2581}', '\u{2582}', '\u{2583}', '\u{2584}', '\u{2585}', '\u{2586}', '\u{2587}', '\u{2588}'];
    let share = points.len().div_ceil(MOST_BARS).max(1);
    let rates: Vec<f64> = points
        .chunks(share)
        .map(|part| part.iter().map(|point| point.count as f64 / point.days).fold(0.0, f64::max))
        .collect();
    let highest = rates.iter().copied().fold(0.0, f64::max);
    let bar = |rate: &f64| {
        if *rate == 0.0 { '\u{b7}' } else { BARS[((rate / highest * 8.0).ceil() as usize).clamp(1, 8) - 1] }
    };
    rates.iter().map(bar).collect()
}
