//! EARS C1, C2 and C3: a report against the mean and spread of the few before it.
//!
//! # Source
//! Hutwagner, Thompson, Seeman and Treadwell 2003, "The bioterrorism preparedness and response Early Aberration Reporting
//! System (EARS)", Journal of Urban Health 80 (suppl. 1); Fricker, Hegler and Dunfee 2008, "Comparing syndromic
//! surveillance detection methods: EARS' versus a CUSUM-based methodology", Statistics in Medicine 27(17).

use super::series::Report;

/// Which of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ears {
    /// Against the reports just before.
    C1,
    /// Against the reports before the last two, which an escalation may have raised already.
    C2,
    /// The last three C2 taken together, each beyond 1.
    C3,
}

/// Reports of the baseline, as published.
pub const BASELINE: usize = 7;
/// Reports left out between baseline and report in C2 and C3, as published.
pub const GAP: usize = 2;

/// How to run EARS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarsOptions {
    /// Reports of the baseline; at least 2.
    pub n_baseline: usize,
    /// Least standard deviation of a day. 0 as published: then a baseline of equal counts makes any higher count infinite.
    pub least_sd: f64,
}

impl Default for EarsOptions {
    fn default() -> EarsOptions {
        EarsOptions { n_baseline: BASELINE, least_sd: 0.0 }
    }
}

/// The statistic of every report; `None` while there are too few before it.
///
/// For reports of one day each it is the published one. Otherwise the baseline's rate is weighed by exposure, and its
/// variance is that of a day: a report over `d` days has `d` times the mean and `d` times the variance of a day.
pub fn ears(reports: &[Report], which: Ears, options: EarsOptions) -> Vec<Option<f64>> {
    match which {
        Ears::C1 => standardised(reports, 0, options),
        Ears::C2 => standardised(reports, GAP, options),
        Ears::C3 => {
            let c2 = standardised(reports, GAP, options);
            let beyond = |at: usize| c2[at].map(|score| (score - 1.0).max(0.0));
            (0..c2.len())
                .map(|at| (at >= 2).then(|| Some(beyond(at)? + beyond(at - 1)? + beyond(at - 2)?)).flatten())
                .collect()
        }
    }
}

fn standardised(reports: &[Report], gap: usize, options: EarsOptions) -> Vec<Option<f64>> {
    let n = options.n_baseline.max(2);
    let score = |at: usize| {
        let end = at.checked_sub(gap)?;
        let (mean, sd) = spread(&reports[end.checked_sub(n)?..end]);
        let report = &reports[at];
        let excess = report.count as f64 - mean * report.days;
        let sd = sd.max(options.least_sd) * libm::sqrt(report.days);
        Some(match (sd > 0.0, excess > 0.0) {
            (true, _) => excess / sd,
            (false, true) => f64::INFINITY,
            (false, false) => 0.0,
        })
    };
    (0..reports.len()).map(score).collect()
}

/// Mean and standard deviation of a day, from reports of whatever length.
fn spread(baseline: &[Report]) -> (f64, f64) {
    let (mut days, mut sum) = (0.0, 0.0);
    for report in baseline {
        days += report.days;
        sum += report.count as f64;
    }
    let mean = sum / days;
    let squares: f64 = baseline
        .iter()
        .map(|report| {
            let off = report.count as f64 - mean * report.days;
            off * off / report.days
        })
        .sum();
    (mean, libm::sqrt(squares / (baseline.len() - 1) as f64))
}
