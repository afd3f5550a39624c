//! One series under watch: every rule with a limit that keeps to the budget, and the reports at which it alarms.

use super::band::{Baseline, normal_scores, rarity};
use super::calibrate::{Budget, Limit, by_runs, by_scores, quiet_series};
use super::chance::Chance;
use super::cusum::{Signal, as_poisson, steps, two_sided, upper};
use super::ears::{Ears, EarsOptions, ears};
use super::law::{Law, by_likelihood, quiet};
use super::online::{Online, OnlineOptions, online};
use super::pelt::{Cost, changes};
use super::series::{Report, n_days};

/// A rule that looks at one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// EARS C1.
    EarsC1,
    /// EARS C2.
    EarsC2,
    /// EARS C3.
    EarsC3,
    /// More than the band of the baseline allows.
    Band,
    /// Cumulative sum of Poisson counts.
    CusumPoisson,
    /// Cumulative sum of negative binomial counts.
    CusumNegativeBinomial,
    /// Two-sided cumulative sum of normal scores.
    CusumTwoSided,
    /// Bayesian online change point.
    Online,
    /// Change points of the whole series.
    Changes,
}

impl Rule {
    /// All rules, in the order in which they are shown.
    pub const ALL: [Rule; 9] = [
        Rule::EarsC1,
        Rule::EarsC2,
        Rule::EarsC3,
        Rule::Band,
        Rule::CusumPoisson,
        Rule::CusumNegativeBinomial,
        Rule::CusumTwoSided,
        Rule::Online,
        Rule::Changes,
    ];

    /// Whether its statistic keeps what it saw over several reports, so that one rise alarms several times.
    pub fn has_memory(self) -> bool {
        matches!(self, Rule::EarsC3 | Rule::Online)
    }

    /// Its name, as options and output give it.
    pub fn name(self) -> &'static str {
        match self {
            Rule::EarsC1 => "ears-c1",
            Rule::EarsC2 => "ears-c2",
            Rule::EarsC3 => "ears-c3",
            Rule::Band => "band",
            Rule::CusumPoisson => "cusum-poisson",
            Rule::CusumNegativeBinomial => "cusum-nb",
            Rule::CusumTwoSided => "cusum-two-sided",
            Rule::Online => "online",
            Rule::Changes => "changes",
        }
    }
}

/// How to watch a series.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchOptions {
    /// The rules.
    pub rules: Vec<Rule>,
    /// How often each may alarm while nothing changes.
    pub budget: Budget,
    /// What a report is compared with in the band and the sums.
    pub baseline: Baseline,
    /// How EARS is run.
    pub ears: EarsOptions,
    /// The rise that the sums of counts are to notice soonest, as a factor; above 1.
    pub rise: f64,
    /// Probability of a change at any report, before looking.
    pub hazard: f64,
    /// Whether days of the week are expected to differ.
    pub by_weekday: bool,
    /// Seed of the simulations.
    pub seed: u64,
}

impl Default for WatchOptions {
    fn default() -> WatchOptions {
        WatchOptions {
            rules: Rule::ALL.to_vec(),
            budget: Budget { days: 90.0 },
            baseline: Baseline::default(),
            // A day's standard deviation is taken to be at least half an occurrence: seven equal days are not certainty.
            ears: EarsOptions { least_sd: 0.5, ..EarsOptions::default() },
            rise: 2.0,
            hazard: 1.0 / 90.0,
            by_weekday: false,
            seed: 1,
        }
    }
}

/// A report at which a rule alarmed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alarm {
    /// Position of the report.
    pub at: usize,
    /// Position of the report at which what the rule noticed began, by the rule.
    pub since: usize,
    /// The rule.
    pub rule: Rule,
    /// Its statistic there.
    pub score: f64,
    /// More than expected, or less.
    pub is_rise: bool,
}

/// A change of the rate, from the partition of the whole series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Position of the first report after it.
    pub at: usize,
    /// Rate per day of the stretch before.
    pub rate_before: f64,
    /// Rate per day of the stretch after.
    pub rate_after: f64,
}

/// What a rule did on a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleUse {
    /// The rule.
    pub rule: Rule,
    /// Its limit and false-alarm rate.
    pub limit: Limit,
    /// Days of the series that it could judge.
    pub n_days: f64,
}

/// A series with what the rules found.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// The law of the quiet part of the series.
    pub law: Law,
    /// The law that each report is compared with; `None` while there are too few before it.
    pub laws: Vec<Option<Law>>,
    /// The rules as used.
    pub rules: Vec<RuleUse>,
    /// Alarms, in the order of the reports.
    pub alarms: Vec<Alarm>,
    /// Changes of the whole series.
    pub changes: Vec<Change>,
}

/// So many false alarms are simulated to find a limit: its rate is then known to about 8 %.
const N_SIMULATED_ALARMS: f64 = 150.0;
/// Reports simulated, at least and at most.
const N_SIMULATED: (usize, usize) = (3_000, 200_000);
/// Reports in one simulated series for change points, whose cost grows with the square.
const N_PER_PARTITION: usize = 200;
/// Reports simulated for change points at most.
const N_PARTITIONED: usize = 8_000;
/// Reference value of the two-sided sum, in standard deviations: for shifts of one standard deviation.
const REFERENCE: f64 = 0.5;
/// Reports that count as "lately" for online change points.
const N_RECENT: usize = 3;

/// Watches a series. `None` where it has no covered day.
///
/// The limits come from running the same procedure, fits included, on series simulated from the law of the quiet part with
/// the report lengths of the series; so an uncertain baseline is paid for by a wider limit.
pub fn watch(reports: &[Report], options: &WatchOptions) -> Option<Watched> {
    let adjusted = if options.by_weekday { by_weekday(reports) } else { reports.to_vec() };
    let law = by_likelihood(&quiet(&adjusted))?;
    let mean_days = n_days(&adjusted) / adjusted.len() as f64;
    let n = (N_SIMULATED_ALARMS * options.budget.days / mean_days) as usize;
    let mut chance = Chance::new(options.seed);
    let simulated = Run::new(
        quiet_series(law, &adjusted, n.clamp(N_SIMULATED.0, N_SIMULATED.1), &mut chance),
        law,
        options,
    );
    let real = Run::new(adjusted, law, options);
    let mut watched =
        Watched { law, laws: real.laws.clone(), rules: Vec::new(), alarms: Vec::new(), changes: Vec::new() };
    for rule in &options.rules {
        let limit = simulated.limit(*rule, options);
        let n_days = real.n_days(*rule, options);
        watched.rules.push(RuleUse { rule: *rule, limit, n_days });
        match rule {
            Rule::Changes => watched.changes = real.changes(limit.limit),
            _ => watched.alarms.extend(real.alarms(*rule, limit.limit, options)),
        }
    }
    watched.alarms.sort_by_key(|alarm| (alarm.at, alarm.rule));
    Some(watched)
}

/// A series, real or simulated, with the laws of its baselines.
struct Run {
    reports: Vec<Report>,
    laws: Vec<Option<Law>>,
    law: Law,
}

impl Run {
    fn new(reports: Vec<Report>, law: Law, options: &WatchOptions) -> Run {
        let laws = options.baseline.laws(&reports);
        Run { reports, laws, law }
    }

    fn scores(&self, rule: Rule, options: &WatchOptions) -> Vec<Option<f64>> {
        match rule {
            Rule::EarsC1 => ears(&self.reports, Ears::C1, options.ears),
            Rule::EarsC2 => ears(&self.reports, Ears::C2, options.ears),
            Rule::EarsC3 => ears(&self.reports, Ears::C3, options.ears),
            Rule::Band => rarity(&self.reports, &self.laws),
            Rule::CusumPoisson => steps(&self.reports, &as_poisson(&self.laws), options.rise),
            Rule::CusumNegativeBinomial => steps(&self.reports, &self.laws, options.rise),
            Rule::CusumTwoSided => normal_scores(&self.reports, &self.laws),
            Rule::Online => {
                self.online(options).iter().map(|held| held.map(|held| log_odds(held.is_recent))).collect()
            }
            Rule::Changes => Vec::new(),
        }
    }

    fn online(&self, options: &WatchOptions) -> Vec<Option<Online>> {
        let options = OnlineOptions {
            hazard: options.hazard,
            prior_shape: 1.0,
            prior_mean: self.law.mean,
            n_recent: N_RECENT,
        };
        online(&self.reports, options)
    }

    /// The limit of a rule, this being a quiet series.
    fn limit(&self, rule: Rule, options: &WatchOptions) -> Limit {
        let scores = self.scores(rule, options);
        let budget = options.budget;
        match rule {
            Rule::CusumPoisson | Rule::CusumNegativeBinomial => {
                by_runs(&self.reports, budget, (0.0, 8.0), |limit| upper(&scores, limit).len())
            }
            Rule::CusumTwoSided => {
                by_runs(&self.reports, budget, (0.0, 8.0), |limit| two_sided(&scores, REFERENCE, limit).len())
            }
            Rule::Changes => {
                let part = &self.reports[..self.reports.len().min(N_PARTITIONED)];
                let cost = self.cost();
                let n_changes = |penalty| {
                    part.chunks(N_PER_PARTITION)
                        .map(|chunk| changes(chunk, cost, penalty, 1, None).len())
                        .sum()
                };
                by_runs(part, budget, (0.0, 32.0), n_changes)
            }
            _ => by_scores(&scores, &self.reports, budget),
        }
    }

    fn alarms(&self, rule: Rule, limit: f64, options: &WatchOptions) -> Vec<Alarm> {
        let scores = self.scores(rule, options);
        let of_signal = |signal: Signal| Alarm {
            at: signal.at,
            since: signal.since,
            rule,
            score: signal.sum,
            is_rise: signal.is_rise,
        };
        match rule {
            Rule::CusumPoisson | Rule::CusumNegativeBinomial => {
                upper(&scores, limit).into_iter().map(of_signal).collect()
            }
            Rule::CusumTwoSided => two_sided(&scores, REFERENCE, limit).into_iter().map(of_signal).collect(),
            Rule::Online => self.online_alarms(limit, options),
            _ => scores
                .iter()
                .enumerate()
                .filter_map(|(at, score)| Some((at, score.filter(|score| *score > limit)?)))
                .map(|(at, score)| Alarm { at, since: at, rule, score, is_rise: true })
                .collect(),
        }
    }

    fn online_alarms(&self, limit: f64, options: &WatchOptions) -> Vec<Alarm> {
        let held = self.online(options);
        let mut alarms = Vec::new();
        for (at, now) in held.iter().enumerate() {
            let Some(now) = now.filter(|now| log_odds(now.is_recent) > limit) else { continue };
            let since = (at + 1).saturating_sub(now.n_since.min(N_RECENT));
            let before =
                since.checked_sub(1).and_then(|before| held[before]).map_or(self.law.mean, |held| held.rate);
            let is_rise = now.rate > before;
            alarms.push(Alarm { at, since, rule: Rule::Online, score: log_odds(now.is_recent), is_rise });
        }
        alarms
    }

    fn cost(&self) -> Cost {
        if self.law.is_poisson() { Cost::Poisson } else { Cost::NegativeBinomial { size: self.law.size } }
    }

    fn changes(&self, penalty: f64) -> Vec<Change> {
        let starts = changes(&self.reports, self.cost(), penalty, 1, None);
        let ends = starts.iter().skip(1).copied().chain([self.reports.len()]);
        let rate =
            |part: &[Report]| part.iter().map(|report| report.count as f64).sum::<f64>() / n_days(part);
        let mut before = 0;
        let mut found = Vec::new();
        for (at, end) in starts.iter().copied().zip(ends) {
            let (rate_before, rate_after) = (rate(&self.reports[before..at]), rate(&self.reports[at..end]));
            found.push(Change { at, rate_before, rate_after });
            before = at;
        }
        found
    }

    fn n_days(&self, rule: Rule, options: &WatchOptions) -> f64 {
        if rule == Rule::Changes {
            return n_days(&self.reports);
        }
        let judged = self.scores(rule, options);
        let days = self.reports.iter().zip(judged).filter(|(_, score)| score.is_some());
        days.map(|(report, _)| report.days).sum()
    }
}

fn log_odds(probability: f64) -> f64 {
    let p = probability.clamp(1e-12, 1.0 - 1e-12);
    libm::log(p / (1.0 - p))
}

/// The series with exposures that hold what each day of the week usually carries.
///
/// Only reports within one day say something about their weekday; each factor leans towards 1 by the weight of two
/// weeks. A longer report carries the mean factor of its days.
fn by_weekday(reports: &[Report]) -> Vec<Report> {
    const LEAN_DAYS: f64 = 2.0;
    let kept = quiet(reports);
    let Some(law) = by_likelihood(&kept) else { return reports.to_vec() };
    let mut counts = [LEAN_DAYS * law.mean; 7];
    let mut expected = counts;
    for report in kept.iter().filter(|report| report.first_day == report.last_day) {
        let day = report.first_day.rem_euclid(7) as usize;
        counts[day] += report.count as f64;
        expected[day] += law.mean * report.days;
    }
    let factor = |day: i64| {
        let day = day.rem_euclid(7) as usize;
        counts[day] / expected[day]
    };
    reports
        .iter()
        .map(|report| {
            let days = report.first_day..=report.last_day.max(report.first_day);
            let n = days.clone().count() as f64;
            Report { days: report.days * days.map(factor).sum::<f64>() / n, ..*report }
        })
        .collect()
}
