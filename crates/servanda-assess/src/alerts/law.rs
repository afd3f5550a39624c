//! Laws of counts: how many occurrences a report of so many days holds while nothing changes.

use super::series::Report;
use super::tail::{beta_i, gamma_p};

/// A law of counts per day: negative binomial, or Poisson where `size` is infinite.
///
/// A report over `d` days has mean `d * mean` and size `d * size`. So the sum of the reports of single days has the law
/// of one report over all of them, and the variance of any report is its mean times [`Law::dispersion`]. This is what
/// lets a report over 48 hours stand in a series of days without anything being invented for either of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    /// Expected count in a day; above 0.
    pub mean: f64,
    /// Size of one day; infinite: Poisson. Small: counts come in bursts.
    pub size: f64,
}

/// Sizes above this are Poisson for every purpose here.
const POISSON_SIZE: f64 = 1e7;

impl Law {
    /// Poisson.
    pub fn poisson(mean: f64) -> Law {
        Law { mean, size: f64::INFINITY }
    }

    /// Whether it is Poisson.
    pub fn is_poisson(self) -> bool {
        self.size > POISSON_SIZE
    }

    /// Variance over mean: 1 for Poisson.
    pub fn dispersion(self) -> f64 {
        if self.is_poisson() { 1.0 } else { 1.0 + self.mean / self.size }
    }

    /// Log-probability of a count in a report over so many days.
    pub fn ln_probability(self, count: u64, days: f64) -> f64 {
        let (y, mean) = (count as f64, self.mean * days);
        if self.is_poisson() {
            return y * libm::log(mean) - mean - libm::lgamma(y + 1.0);
        }
        let size = self.size * days;
        libm::lgamma(y + size) - libm::lgamma(size) - libm::lgamma(y + 1.0) - size * libm::log1p(mean / size)
            + y * (libm::log(mean) - libm::log(size + mean))
    }

    /// Probability of `count` or more, to about 1e-12 of itself where it is the smaller tail.
    pub fn tail(self, count: u64, days: f64) -> f64 {
        if count == 0 {
            return 1.0;
        }
        let (count, mean) = (count as f64, self.mean * days);
        if self.is_poisson() {
            return gamma_p(count, mean);
        }
        let size = self.size * days;
        beta_i(count, size, mean / (mean + size), size / (mean + size))
    }

    /// Probability of `count` or fewer.
    pub fn up_to(self, count: u64, days: f64) -> f64 {
        1.0 - self.tail(count + 1, days)
    }

    /// The largest count that the law still exceeds with at most probability `beyond`.
    pub fn upper(self, beyond: f64, days: f64) -> u64 {
        // Between a count that is still exceeded often enough and one that is not.
        let (mut low, mut high) = (0, 1);
        while self.tail(high + 1, days) > beyond && high < 1 << 40 {
            (low, high) = (high, high * 2);
        }
        while low < high {
            let middle = (low + high) / 2;
            if self.tail(middle + 1, days) > beyond { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The smallest count that the law falls short of with at most probability `beneath`.
    pub fn lower(self, beneath: f64, days: f64) -> u64 {
        let (mut low, mut high) = (0, (self.mean * days) as u64 + 1);
        while low < high {
            let middle = (low + high) / 2;
            if self.up_to(middle, days) > beneath { high = middle } else { low = middle + 1 }
        }
        low
    }
}

/// Fits by moments: the mean rate, and the dispersion of Pearson's statistic. `None` without reports.
///
/// Half a count is added to the sum, so that a stretch without any occurrence does not forbid the first one.
pub fn by_moments(reports: &[Report]) -> Option<Law> {
    let (days, sum) = sums(reports)?;
    let mean = (sum + 0.5) / days;
    if reports.len() < 2 {
        return Some(Law::poisson(mean));
    }
    let residual = |report: &Report| {
        let expected = mean * report.days;
        (report.count as f64 - expected) * (report.count as f64 - expected) / expected
    };
    let dispersion = reports.iter().map(residual).sum::<f64>() / (reports.len() - 1) as f64;
    let size = if dispersion > 1.0 { mean / (dispersion - 1.0) } else { f64::INFINITY };
    Some(Law { mean, size })
}

/// Fits by maximum likelihood: the mean rate, and the size that makes the reports likeliest. `None` without reports.
pub fn by_likelihood(reports: &[Report]) -> Option<Law> {
    let (days, sum) = sums(reports)?;
    let mean = (sum + 0.5) / days;
    let likelihood = |ln_size: f64| {
        let law = Law { mean, size: libm::exp(ln_size) };
        reports.iter().map(|report| law.ln_probability(report.count, report.days)).sum::<f64>()
    };
    let poisson = Law::poisson(mean);
    let at_poisson: f64 =
        reports.iter().map(|report| poisson.ln_probability(report.count, report.days)).sum();
    let ln_size = highest(likelihood, -7.0, 14.0);
    if likelihood(ln_size) > at_poisson + 1e-9 {
        return Some(Law { mean, size: libm::exp(ln_size) });
    }
    Some(poisson)
}

/// Where a function with one peak is highest (golden section).
fn highest(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_a, mut at_b) = (f(a), f(b));
    while high - low > 1e-4 {
        if at_a < at_b {
            (low, a, at_a) = (a, b, at_b);
            b = low + GOLDEN * (high - low);
            at_b = f(b);
        } else {
            (high, b, at_b) = (b, a, at_a);
            a = high - GOLDEN * (high - low);
            at_a = f(a);
        }
    }
    (low + high) / 2.0
}

fn sums(reports: &[Report]) -> Option<(f64, f64)> {
    let days: f64 = reports.iter().map(|report| report.days).sum();
    let sum: f64 = reports.iter().map(|report| report.count as f64).sum();
    (days > 0.0).then_some((days, sum))
}

/// The reports of the quiet part of a series: without those that the others would not lead one to expect.
///
/// The report furthest above the rate is held against the law of all others; where fewer than half a report in so many
/// should reach it, it is left out, and the next one is looked at, down to seven eighths of the reports. Otherwise past
/// escalations would hide the next one (Noufaily et al. 2013, Statistics in Medicine 32(7), weigh them down for the same
/// reason); each is judged without itself, so that two of them do not hide each other as easily. In a series without
/// escalation this leaves out half a report on average, and limits are found by simulating it as well.
pub fn quiet(reports: &[Report]) -> Vec<Report> {
    let rare = 0.5 / reports.len() as f64;
    let least = reports.len().saturating_sub((reports.len() / 8).max(1)).max(3);
    let mut kept = reports.to_vec();
    while kept.len() > least {
        let Some(law) = by_moments(&kept) else { break };
        let excess = |report: &Report| {
            let expected = law.mean * report.days;
            (report.count as f64 - expected) / libm::sqrt(expected)
        };
        let furthest = (0..kept.len()).max_by(|a, b| excess(&kept[*a]).total_cmp(&excess(&kept[*b])));
        let Some(report) = furthest.map(|at| kept.remove(at)) else { break };
        let is_rare = by_moments(&kept).is_some_and(|others| {
            report.count as f64 > others.mean * report.days && others.tail(report.count, report.days) < rare
        });
        if !is_rare {
            kept.push(report);
            break;
        }
    }
    kept
}
