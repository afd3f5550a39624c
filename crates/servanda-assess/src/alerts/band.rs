//! The expected band of a report, from the counts before it.

use super::law::{Law, by_moments, quiet};
use super::series::Report;

/// Which earlier reports a report is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// How many reports, at most.
    pub n_most: usize,
    /// How many there must be, at least.
    pub n_least: usize,
    /// The last reports before the one in question that are left out, since an escalation may have begun in them.
    pub n_guard: usize,
}

impl Default for Baseline {
    fn default() -> Baseline {
        Baseline { n_most: 28, n_least: 7, n_guard: 2 }
    }
}

impl Baseline {
    /// The reports that the report at `at` is compared with; `None` where there are too few.
    pub fn of(self, reports: &[Report], at: usize) -> Option<&[Report]> {
        let end = at.checked_sub(self.n_guard)?;
        let start = end.saturating_sub(self.n_most);
        (end - start >= self.n_least).then(|| &reports[start..end])
    }

    /// The law of each report's baseline, reports that stand out in it left aside; `None` where it is too short.
    pub fn laws(self, reports: &[Report]) -> Vec<Option<Law>> {
        let law = |at| by_moments(&quiet(self.of(reports, at)?));
        (0..reports.len()).map(law).collect()
    }
}

/// How rare each report is by its baseline: minus the decimal logarithm of the probability of so many or more.
pub fn rarity(reports: &[Report], laws: &[Option<Law>]) -> Vec<Option<f64>> {
    let score = |(report, law): (&Report, &Option<Law>)| {
        law.map(|law| -libm::log10(law.tail(report.count, report.days).max(1e-300)))
    };
    reports.iter().zip(laws).map(score).collect()
}

/// Each report as a standard normal score by its baseline, 0 in the middle, positive for more than expected.
///
/// The middle of the probability step of the count is taken, so that scores have mean 0 though counts are whole numbers.
pub fn normal_scores(reports: &[Report], laws: &[Option<Law>]) -> Vec<Option<f64>> {
    let score = |(report, law): (&Report, &Option<Law>)| {
        law.map(|law| {
            let above = law.tail(report.count + 1, report.days);
            let here = law.tail(report.count, report.days);
            -super::normal::quantile(((above + here) / 2.0).clamp(1e-15, 1.0 - 1e-15))
        })
    };
    reports.iter().zip(laws).map(score).collect()
}
