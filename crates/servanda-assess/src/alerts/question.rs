//! The question: which series there are, what the rules find in them, what else was reported.

use servanda_ledger::{FactIx, View};
use servanda_model::{
    Alert, Alerts, Band, ClaimId, Instant, Name, RateChange, RuleHit, RuleUsed, SeriesPoint, Standpoint,
    WatchedSeries,
};
use servanda_pact::{Agreement, Clock, Per};

use super::effort::Others;
use super::extract::{self, Extracted, Series};
use super::law::Law;
use super::series::{Report, n_days};
use super::watch::{Alarm, Rule, RuleUse, WatchOptions, Watched, watch};
use crate::context::Context;
use crate::heard::Heard;
use crate::status::UnknownClock;

/// A stretch of time over which a source says that it reports every day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The source.
    pub source: Name,
    /// From this moment ...
    pub from: Instant,
    /// ... to this one.
    pub to: Instant,
}

/// How to look for clusters in space and time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScanQuestion {
    /// Days before the end of the window that are studied.
    pub n_days: u32,
    /// Most days of a cluster.
    pub most_days: u32,
    /// Largest radius in kilometres; positions that may be further off than this are left out.
    pub most_km: f64,
    /// Permutations at most.
    pub n_permutations: u32,
}

impl Default for ScanQuestion {
    fn default() -> ScanQuestion {
        ScanQuestion { n_days: 365, most_days: 14, most_km: 30.0, n_permutations: 999 }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Kinds of the agreement.
    pub kinds: Vec<Name>,
    /// Only series of these places, or of places that lie in them; empty: all.
    pub places: Vec<Name>,
    /// Series begin here: what was before is not what the present is compared with.
    pub since: Instant,
    /// Alerts from this moment ...
    pub from: Instant,
    /// ... to this one.
    pub to: Instant,
    /// Day or week; hours are taken as days.
    pub per: Per,
    /// Which part of a mixed figure is about what occurred in its period. Figures without component always count.
    pub component: Name,
    /// What sources say of their coverage.
    pub covered: Vec<Coverage>,
    /// How series are watched.
    pub watch: WatchOptions,
    /// Whether the budget of false alarms is one for all series and rules together; else each has it.
    pub is_overall: bool,
    /// How to scan; `None`: not.
    pub scan: Option<ScanQuestion>,
}

/// Fewest reports of a series that is watched.
const LEAST_REPORTS: usize = 12;
/// Fewest reports above zero of a series that is watched: of fewer no rule can say what is usual.
const LEAST_ABOVE_ZERO: usize = 5;

/// Reports before the window asked for that stay in a series, at least.
const LEAST_BEFORE: usize = 90;
/// A band leaves out at most this share on either side, though a limit may be as low as nothing where counts are tiny.
const WIDEST_SHARE: f64 = 0.1;

/// Where and when what is reported left the band expected of it.
///
/// # Errors
/// [`UnknownClock`] where the agreement's clock is no IANA time zone.
pub fn alerts(
    view: &View,
    agreement: &Agreement,
    standpoint: &Standpoint,
    context: &Context,
    question: &Question,
) -> Result<Alerts, UnknownClock> {
    let zone = if agreement.clock.is_empty() { "UTC" } else { agreement.clock.as_str() };
    let clock = Clock::new(zone).ok_or_else(|| UnknownClock(agreement.clock.clone()))?;
    let view = &view.seen_from(standpoint);
    let heard = Heard::new(*view, standpoint, context);
    let Extracted { mut series, occurrences, mut left_out } =
        extract::extract(view, &heard, context, &clock, question);
    if question.watch.rules.is_empty() {
        series.clear();
    }
    series.iter_mut().for_each(|series| cut(series, &clock, question));
    let n_before = series.len();
    series.retain(|series| {
        series.reports.len() >= LEAST_REPORTS
            && series.reports.iter().filter(|report| report.count > 0).count() >= LEAST_ABOVE_ZERO
    });
    left_out.n_short_series = (n_before - series.len()) as u32;
    let others = Others::new(view, &heard, &clock, question.since, question.to);
    let mut options = question.watch.clone();
    if question.is_overall {
        options.budget.days *= (series.len() * options.rules.len()).max(1) as f64;
    }
    let mut found = Alerts { left_out, ..Alerts::default() };
    // One seed for all: what a series is called changes nothing, and another series more or less neither.
    for series in &series {
        let Some(watched) = watch(&series.reports, &options) else { continue };
        let asked = Asked { view, clock: &clock, question, options: &options, others: &others };
        found.n_false_expected += asked.n_false_expected(series, &watched);
        found.series.push(asked.finding(series, &watched));
    }
    if let Some(scan) = question.scan {
        let scanned = super::clusters::clusters(view, context, &clock, question, scan, &occurrences);
        (found.clusters, found.scans, found.left_out.n_without_position) = scanned;
    }
    Ok(found)
}

/// Leaves a series with the reports of the window asked for and those before it that they are compared with.
///
/// So the law that limits are found for is that of the time asked about, not of years before it.
fn cut(series: &mut Series, clock: &Clock, question: &Question) {
    let first_asked = series
        .reports
        .iter()
        .position(|report| clock.days(report.last_day, report.last_day).end > question.from)
        .unwrap_or(series.reports.len());
    let baseline = question.watch.baseline;
    let n_before = LEAST_BEFORE.max(baseline.n_most + baseline.n_guard);
    let first = first_asked.saturating_sub(n_before);
    series.reports.drain(..first);
    series.claims.drain(..first);
}

/// One series, asked about.
struct Asked<'a> {
    view: &'a View<'a>,
    clock: &'a Clock,
    question: &'a Question,
    options: &'a WatchOptions,
    others: &'a Others,
}

impl Asked<'_> {
    fn is_asked(&self, series: &Series, at: usize) -> bool {
        let report = &series.reports[at];
        let last = self.clock.days(report.last_day, report.last_day);
        last.end > self.question.from && last.start <= self.question.to
    }

    /// Alarms that chance alone would raise in the window asked for.
    fn n_false_expected(&self, series: &Series, watched: &Watched) -> f64 {
        let asked = (0..series.reports.len()).filter(|at| self.is_asked(series, *at));
        let asked_days: f64 = asked.map(|at| series.reports[at].days).sum();
        let share = (asked_days / n_days(&series.reports)).min(1.0);
        watched.rules.iter().map(|used| share * used.n_days / used.limit.days_per_false_alarm).sum()
    }

    fn finding(&self, series: &Series, watched: &Watched) -> WatchedSeries {
        let points: Vec<SeriesPoint> =
            (0..series.reports.len()).map(|at| self.point(series, watched, at)).collect();
        let changes =
            watched.changes.iter().filter(|change| self.is_asked(series, change.at)).map(|change| {
                RateChange {
                    window: points[change.at].window,
                    rate_before: rounded(change.rate_before),
                    rate_after: rounded(change.rate_after),
                    days_per_false_alarm: used(watched, Rule::Changes).and_then(days_per_false_alarm),
                }
            });
        WatchedSeries {
            key: series.key.clone(),
            n_days: rounded(n_days(&series.reports)),
            total: series.reports.iter().map(|report| report.count).sum(),
            quiet_rate: rounded(watched.law.mean),
            dispersion: rounded(watched.law.dispersion()),
            rules: watched
                .rules
                .iter()
                .map(|used| RuleUsed {
                    rule: Name::new(used.rule.name()),
                    limit: rounded(used.limit.limit),
                    days_per_false_alarm: days_per_false_alarm(used),
                    n_simulated_days: rounded(used.limit.n_days),
                    n_judged_days: rounded(used.n_days),
                })
                .collect(),
            alerts: self.alerts(series, watched, &points),
            changes: changes.collect(),
            points,
        }
    }

    fn point(&self, series: &Series, watched: &Watched, at: usize) -> SeriesPoint {
        let report = &series.reports[at];
        // The band is drawn at the limit of the rule that uses it, else at the probability that the budget allows a report.
        let beyond = used(watched, Rule::Band)
            .map_or(report.days / self.options.budget.days, |used| libm::exp10(-used.limit.limit))
            .min(WIDEST_SHARE);
        let band = |law: Law| Band {
            low: law.lower(beyond, report.days),
            mean: rounded(law.mean * report.days),
            high: law.upper(beyond, report.days),
        };
        SeriesPoint {
            window: self.clock.days(report.first_day, report.last_day),
            days: rounded(report.days),
            count: report.count,
            expected: watched.laws[at].map(band),
        }
    }

    fn alerts(&self, series: &Series, watched: &Watched, points: &[SeriesPoint]) -> Vec<Alert> {
        let mut found: Vec<Alert> = Vec::new();
        let mut last = None;
        let is_shown = |alarm: &&Alarm| {
            self.is_asked(series, alarm.at)
                && !repeats(alarm, &watched.alarms)
                && !is_afterthought(alarm, &series.reports)
        };
        for alarm in watched.alarms.iter().filter(is_shown) {
            if last != Some(alarm.at) {
                let compared = self.options.baseline.of(&series.reports, alarm.at).unwrap_or(&[]);
                let mut origins: Vec<Name> = series.claims[alarm.at]
                    .iter()
                    .filter_map(|ix| self.view.fact(*ix))
                    .map(|fact| self.view.name(fact.origin).clone())
                    .filter(|name| !name.as_str().is_empty())
                    .collect();
                origins.sort();
                origins.dedup();
                found.push(Alert {
                    point: points[alarm.at],
                    hits: Vec::new(),
                    claims: claim_ids(self.view, &series.claims[alarm.at]),
                    origins,
                    effort: self.others.effort(series, &series.reports[alarm.at], compared),
                });
                last = Some(alarm.at);
            }
            if let Some(alert) = found.last_mut() {
                alert.hits.push(self.hit(alarm, watched, points));
            }
        }
        found
    }

    fn hit(&self, alarm: &Alarm, watched: &Watched, points: &[SeriesPoint]) -> RuleHit {
        let mut since = points[alarm.since].window;
        since.end = points[alarm.at].window.end;
        let used = used(watched, alarm.rule);
        RuleHit {
            rule: Name::new(alarm.rule.name()),
            score: rounded(alarm.score),
            limit: rounded(used.map_or(f64::NAN, |used| used.limit.limit)),
            days_per_false_alarm: used.and_then(days_per_false_alarm),
            since,
            is_rise: alarm.is_rise,
        }
    }
}

/// Claims by the time at which they became known, then by id.
pub(super) fn claim_ids(view: &View, facts: &[FactIx]) -> Vec<ClaimId> {
    let mut ids: Vec<_> =
        facts.iter().map(|ix| (view.fact(*ix).map(|fact| fact.known_at), view.claim_id(*ix))).collect();
    ids.sort();
    ids.into_iter().map(|(_, id)| id).collect()
}

/// Whether a rule with a memory had alarmed at the report before already, in the same direction: then it says nothing new.
fn repeats(alarm: &Alarm, alarms: &[Alarm]) -> bool {
    let is_before = |other: &Alarm| {
        other.rule == alarm.rule && other.at + 1 == alarm.at && other.is_rise == alarm.is_rise
    };
    alarm.rule.has_memory() && alarms.iter().any(is_before)
}

/// Whether an online change points the other way than the report that completed its evidence: the change lies before it.
fn is_afterthought(alarm: &Alarm, reports: &[Report]) -> bool {
    let before = &reports[alarm.since.saturating_sub(1)];
    alarm.rule == Rule::Online && (reports[alarm.at].rate() > before.rate()) != alarm.is_rise
}

fn used(watched: &Watched, rule: Rule) -> Option<&RuleUse> {
    watched.rules.iter().find(|used| used.rule == rule)
}

fn days_per_false_alarm(used: &RuleUse) -> Option<f64> {
    let days = used.limit.days_per_false_alarm;
    days.is_finite().then(|| rounded(days))
}

/// Four significant digits: more would say more than simulations know. What is not finite becomes the largest number.
pub(super) fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return if value.is_finite() { 0.0 } else { 1e9 };
    }
    let scale = libm::pow(10.0, 3.0 - libm::floor(libm::log10(value.abs())));
    if scale >= 1.0 { libm::round(value * scale) / scale } else { libm::round(value) }
}
