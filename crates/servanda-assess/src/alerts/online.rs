//! Change points as they come: how probable it is, after each report, that the rate changed lately.
//!
//! # Source
//! Adams and MacKay 2007, "Bayesian online changepoint detection", arXiv:0710.3742, with the gamma-Poisson model.

use super::series::Report;

/// How to run it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnlineOptions {
    /// Probability of a change at any report, before looking.
    pub hazard: f64,
    /// Shape of the prior gamma law of the rate. Small: the rate after a change can be anything.
    pub prior_shape: f64,
    /// Mean of that law, per day.
    pub prior_mean: f64,
    /// "Lately": within so many reports, the last one included.
    pub n_recent: usize,
}

/// What is held after a report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Online {
    /// Probability that a change occurred within the last reports.
    pub is_recent: f64,
    /// The likeliest number of reports since the last change, this one included.
    pub n_since: usize,
    /// Expected rate per day of the present stretch.
    pub rate: f64,
}

/// Run lengths that are less probable than this are dropped, so that the work per report stays bounded.
const NEGLIGIBLE: f64 = 1e-7;

struct Run {
    n: usize,
    probability: f64,
    shape: f64,
    days: f64,
}

/// What is held after each report. The first `n_recent` reports say nothing about a change: the series begins there.
pub fn online(reports: &[Report], options: OnlineOptions) -> Vec<Option<Online>> {
    let prior = |probability| Run {
        n: 0,
        probability,
        shape: options.prior_shape,
        days: options.prior_shape / options.prior_mean,
    };
    let mut runs = vec![prior(1.0)];
    let mut held = Vec::with_capacity(reports.len());
    for (at, report) in reports.iter().enumerate() {
        // The change, where there is one, lies before the report; so the new stretch predicts it from the prior alone.
        if at > 0 {
            runs.iter_mut().for_each(|run| run.probability *= 1.0 - options.hazard);
            runs.push(prior(options.hazard));
        }
        // The likeliest run gets 1, so that no probability is lost to small numbers.
        let logs: Vec<f64> = runs.iter().map(|run| predicted(run, report)).collect();
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (run, log) in runs.iter_mut().zip(logs) {
            run.probability *= libm::exp(log - highest);
            run.n += 1;
            run.shape += report.count as f64;
            run.days += report.days;
        }
        let total: f64 = runs.iter().map(|run| run.probability).sum();
        if total > 0.0 {
            runs.iter_mut().for_each(|run| run.probability /= total);
            runs.retain(|run| run.probability > NEGLIGIBLE);
        } else {
            runs = vec![Run { n: 1, ..prior(1.0) }];
        }
        held.push((at >= options.n_recent).then(|| sum_up(&runs, options.n_recent)));
    }
    held
}

/// Log-probability of a report's count from a run: negative binomial, without the part that all runs share.
fn predicted(run: &Run, report: &Report) -> f64 {
    /// Counts up to this need no gamma function: a ratio of two of them is a short product.
    const SMALL: u64 = 12;
    let y = report.count as f64;
    let ratio = if report.count <= SMALL {
        libm::log((0..report.count).map(|n| run.shape + n as f64).product())
    } else {
        libm::lgamma(y + run.shape) - libm::lgamma(run.shape)
    };
    let days = run.days + report.days;
    ratio + run.shape * libm::log(run.days / days) + y * libm::log(report.days / days)
}

fn sum_up(runs: &[Run], n_recent: usize) -> Online {
    let recent: f64 = runs.iter().filter(|run| run.n <= n_recent).map(|run| run.probability).sum();
    let rate: f64 = runs.iter().map(|run| run.probability * run.shape / run.days).sum();
    let likeliest = runs.iter().max_by(|a, b| a.probability.total_cmp(&b.probability));
    Online { is_recent: recent.min(1.0), n_since: likeliest.map_or(0, |run| run.n), rate }
}
