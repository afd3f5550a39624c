//! Change points of a whole series: the partition into stretches of one rate that costs least.
//!
//! # Source
//! Killick, Fearnhead and Eckley 2012, "Optimal detection of changepoints with a linear computational cost", Journal of
//! the American Statistical Association 107(500): PELT, which gives the same partition as trying all of them.

use super::series::Report;

/// What a stretch without change costs: twice the negative log-likelihood at its best rate, constants left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cost {
    /// Poisson counts with exposure.
    Poisson,
    /// Negative binomial counts with exposure and this size of a day, the same in all stretches.
    NegativeBinomial {
        /// Size of one day.
        size: f64,
    },
    /// Normal values of variance 1: squares off the mean. Each report counts as one value, whatever its length.
    Normal,
}

/// Sums up to each report, so that a stretch costs the same to look at however long it is.
pub struct Sums {
    days: Vec<f64>,
    count: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    /// The sums of a series.
    pub fn new(reports: &[Report]) -> Sums {
        let running = |of: fn(&Report) -> f64| {
            let mut sum = 0.0;
            std::iter::once(0.0)
                .chain(reports.iter().map(move |report| {
                    sum += of(report);
                    sum
                }))
                .collect()
        };
        Sums {
            days: running(|report| report.days),
            count: running(|report| report.count as f64),
            squares: running(|report| (report.count as f64) * (report.count as f64)),
        }
    }

    /// Cost of the stretch of reports `[start, end)`.
    pub fn cost(&self, cost: Cost, start: usize, end: usize) -> f64 {
        let days = self.days[end] - self.days[start];
        let count = self.count[end] - self.count[start];
        match cost {
            Cost::Normal => self.squares[end] - self.squares[start] - count * count / (end - start) as f64,
            _ if count == 0.0 => 0.0,
            Cost::Poisson => -2.0 * (count * libm::log(count / days) - count),
            Cost::NegativeBinomial { size } => {
                let rate = count / days;
                -2.0 * (count * libm::log(rate / (size + rate)) - size * days * libm::log1p(rate / size))
            }
        }
    }
}

/// The stretches of a series: the position at which each change begins, first to last.
///
/// `penalty`: what one more change must save. `least`: fewest reports in a stretch, at least 1. `n_looked`, where given,
/// counts the stretches looked at.
pub fn changes(
    reports: &[Report],
    cost: Cost,
    penalty: f64,
    least: usize,
    mut n_looked: Option<&mut usize>,
) -> Vec<usize> {
    let (n, least) = (reports.len(), least.max(1));
    if n < 2 * least {
        return Vec::new();
    }
    let sums = Sums::new(reports);
    let mut best = vec![f64::INFINITY; n + 1];
    let mut last = vec![0; n + 1];
    best[0] = -penalty;
    let mut open = vec![0];
    let mut totals = Vec::new();
    for end in least..=n {
        totals.clear();
        totals.extend(open.iter().map(|start| best[*start] + sums.cost(cost, *start, end)));
        if let Some(n_looked) = n_looked.as_deref_mut() {
            *n_looked += open.len();
        }
        for (start, total) in open.iter().zip(&totals) {
            if total + penalty < best[end] {
                best[end] = total + penalty;
                last[end] = *start;
            }
        }
        // A start that already costs more than the best partition cannot win later: pruned.
        let mut totals = totals.iter();
        open.retain(|_| totals.next().is_some_and(|total| *total <= best[end]));
        if end + 1 >= 2 * least {
            open.push(end + 1 - least);
        }
    }
    let mut found = Vec::new();
    let mut end = n;
    while last[end] > 0 {
        end = last[end];
        found.push(end);
    }
    found.reverse();
    found
}

/// What a partition costs, its penalties included.
pub fn total_cost(reports: &[Report], cost: Cost, penalty: f64, changes: &[usize]) -> f64 {
    let sums = Sums::new(reports);
    let ends = changes.iter().copied().chain([reports.len()]);
    let mut start = 0;
    let mut total = -penalty;
    for end in ends {
        total += sums.cost(cost, start, end) + penalty;
        start = end;
    }
    total
}
