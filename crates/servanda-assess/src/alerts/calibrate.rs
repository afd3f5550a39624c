//! The limit of a rule that keeps to a budget of false alarms, found by running it on quiet series.

use super::chance::Chance;
use super::law::Law;
use super::series::{Report, n_days};

/// How often a rule may alarm while nothing changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// One false alarm in so many days of one series.
    pub days: f64,
}

/// A limit with the false-alarm rate that goes with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// A rule alarms where its statistic exceeds this.
    pub limit: f64,
    /// Days of one series between false alarms at this limit; infinite where the simulation had none.
    ///
    /// Not less than the budget; more, where counts are so small that their steps leave no closer limit.
    pub days_per_false_alarm: f64,
    /// Days simulated.
    pub n_days: f64,
}

/// A quiet series with the law and the lengths of reports of a real one.
pub fn quiet_series(law: Law, like: &[Report], n_reports: usize, chance: &mut Chance) -> Vec<Report> {
    let mut day = 0;
    (0..n_reports)
        .map(|at| {
            let days = like[at % like.len()].days;
            let report = Report { first_day: day, last_day: day, days, count: chance.count(law, days) };
            day += 1;
            report
        })
        .collect()
}

/// The limit for a statistic that alarms at each report where it is exceeded, from its values on a quiet series.
pub fn by_scores(scores: &[Option<f64>], quiet: &[Report], budget: Budget) -> Limit {
    let judged: Vec<(f64, f64)> =
        scores.iter().zip(quiet).filter_map(|(score, report)| Some(((*score)?, report.days))).collect();
    let days: f64 = judged.iter().map(|(_, days)| days).sum();
    let n_allowed = (days / budget.days).floor() as usize;
    let mut sorted: Vec<f64> = judged.iter().map(|(score, _)| *score).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let limit = sorted.get(n_allowed).or(sorted.last()).copied().unwrap_or(f64::INFINITY);
    let n_alarms = sorted.iter().take_while(|score| **score > limit).count();
    Limit { limit, days_per_false_alarm: days / n_alarms as f64, n_days: days }
}

/// The smallest limit (on a fine scale) at which `n_alarms` keeps to the budget on a quiet series.
///
/// For rules that begin again after an alarm, where no list of scores tells how often they alarm.
pub fn by_runs(
    quiet: &[Report],
    budget: Budget,
    (mut low, mut high): (f64, f64),
    n_alarms: impl Fn(f64) -> usize,
) -> Limit {
    let days = n_days(quiet);
    let n_allowed = (days / budget.days).floor() as usize;
    while n_alarms(high) > n_allowed && high < 1e9 {
        high *= 2.0;
    }
    // A 65,000th of the scale: closer than the simulation knows the rate.
    for _ in 0..16 {
        let middle = (low + high) / 2.0;
        if n_alarms(middle) > n_allowed { low = middle } else { high = middle }
    }
    Limit { limit: high, days_per_false_alarm: days / n_alarms(high) as f64, n_days: days }
}
