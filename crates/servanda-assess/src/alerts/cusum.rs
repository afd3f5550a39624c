//! Cumulative sums over a series: small rises that last are noticed, single spikes less so.

use super::law::Law;
use super::run_length::lean;
use super::series::Report;

/// A report at which a sum signalled, and where that sum had begun to rise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// Position of the report that signalled.
    pub at: usize,
    /// Position of the first report of the rise: the last at which the sum left 0.
    pub since: usize,
    /// The sum.
    pub sum: f64,
    /// Whether it is the sum of what exceeds, or the one of what falls short.
    pub is_rise: bool,
}

/// What each report adds to a CUSUM of counts: the log-likelihood ratio of a rate `rise` times that of its law.
///
/// In this scale one limit serves series of every level; for a constant law it is the CUSUM of counts with the reference
/// value of [`super::run_length::reference`], multiplied by a constant. `None` where there is no law yet.
pub fn steps(reports: &[Report], laws: &[Option<Law>], rise: f64) -> Vec<Option<f64>> {
    let step = |(report, law): (&Report, &Option<Law>)| {
        law.map(|law| {
            let (slope, k) = lean(law, rise);
            slope * (report.count as f64 - k * report.days)
        })
    };
    reports.iter().zip(laws).map(step).collect()
}

/// The laws with their size made infinite: what a Poisson CUSUM takes them for.
pub fn as_poisson(laws: &[Option<Law>]) -> Vec<Option<Law>> {
    laws.iter().map(|law| law.map(|law| Law::poisson(law.mean))).collect()
}

/// Runs `S = max(0, S + step)`; signals where `S > limit`, and begins again at 0. A gap of `None` leaves the sum as it is.
pub fn upper(steps: &[Option<f64>], limit: f64) -> Vec<Signal> {
    let mut signals = Vec::new();
    let mut side = Side::default();
    for (at, step) in steps.iter().enumerate() {
        if let Some(step) = step {
            signals.extend(side.add(at, *step, limit, true));
        }
    }
    signals
}

/// Two-sided tabular CUSUM of normal scores with reference value `k` and limit `h`, both sums beginning again after a signal.
///
/// # Source
/// Montgomery, Introduction to Statistical Quality Control, chapter 9. Run lengths: [`super::run_length::normal_two_sided`].
pub fn two_sided(scores: &[Option<f64>], k: f64, h: f64) -> Vec<Signal> {
    let mut signals = Vec::new();
    let (mut above, mut below) = (Side::default(), Side::default());
    for (at, score) in scores.iter().enumerate() {
        let Some(score) = score else { continue };
        let risen = above.add(at, score - k, h, true);
        let fallen = below.add(at, -score - k, h, false);
        if risen.is_some() || fallen.is_some() {
            (above, below) = (Side::default(), Side::default());
        }
        signals.extend(risen.or(fallen));
    }
    signals
}

#[derive(Default)]
struct Side {
    sum: f64,
    since: usize,
}

impl Side {
    fn add(&mut self, at: usize, step: f64, limit: f64, is_rise: bool) -> Option<Signal> {
        if self.sum <= 0.0 {
            self.since = at;
        }
        self.sum = (self.sum + step).max(0.0);
        if self.sum <= limit {
            return None;
        }
        let signal = Signal { at, since: self.since, sum: self.sum, is_rise };
        *self = Side::default();
        Some(signal)
    }
}
