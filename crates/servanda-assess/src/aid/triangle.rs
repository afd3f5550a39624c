//! Completion of late reports: chain ladder on a run-off triangle, with the standard error of its estimate.
//!
//! # Source
//! Mack, T. (1993): Distribution-free calculation of the standard error of chain ladder reserve estimates. ASTIN
//! Bulletin 23(2), 213-225. Known answer in the tests: the triangle of Taylor and Ashe (1983), whose total reserve is
//! 18,680,856 with a standard error of 2,447,095.

/// Cumulative amounts by reference period (rows, oldest first) and age of the report (columns, youngest first).
///
/// Invariant: no row is empty, and no row is longer than one above it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Triangle {
    rows: Vec<Vec<f64>>,
}

/// What a triangle comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completion {
    /// Factor from each age to the next.
    pub factors: Vec<f64>,
    /// Each row, oldest first.
    pub rows: Vec<CompletedRow>,
    /// What is still to come over all rows.
    pub outstanding: f64,
    /// Standard error of `outstanding`; `None` where too few rows bear it.
    pub outstanding_error: Option<f64>,
}

/// One reference period, reported and completed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CompletedRow {
    /// Reported so far.
    pub reported: f64,
    /// Estimate of what will have been reported in the end.
    pub estimate: f64,
    /// Standard error of the estimate; zero where nothing is to come, `None` where too few rows bear it.
    pub error: Option<f64>,
}

impl Triangle {
    /// From cumulative rows, oldest first; `None` where a row is empty, longer than one above it, or falls.
    pub fn of_cumulative(rows: Vec<Vec<f64>>) -> Option<Triangle> {
        let is_shaped = rows.iter().all(|row| !row.is_empty() && row.iter().all(|value| value.is_finite()));
        let shrinks = rows.windows(2).all(|pair| pair[0].len() >= pair[1].len());
        let rises = rows.iter().all(|row| row.is_sorted() && row[0] >= 0.0);
        (is_shaped && shrinks && rises).then_some(Triangle { rows })
    }

    /// From what was added at each age.
    pub fn of_increments(rows: &[Vec<f64>]) -> Option<Triangle> {
        let cumulative = |row: &Vec<f64>| {
            let mut sum = 0.0;
            row.iter()
                .map(|added| {
                    sum += added;
                    sum
                })
                .collect()
        };
        Triangle::of_cumulative(rows.iter().map(cumulative).collect())
    }

    /// Completes the rows. Where a column holds nothing yet, nothing is added from it (factor 1).
    pub fn complete(&self) -> Completion {
        let n_ages = self.rows.first().map_or(0, Vec::len);
        let steps: Vec<Step> = (1..n_ages).map(|age| self.step(age)).collect();
        let variances = variances(&steps);
        let factors: Vec<f64> = steps.iter().map(|step| step.factor).collect();
        let rows: Vec<CompletedRow> = self
            .rows
            .iter()
            .map(|row| {
                let reported = row[row.len() - 1];
                let estimate = factors[row.len() - 1..].iter().fold(reported, |sum, factor| sum * factor);
                let error = variances
                    .as_ref()
                    .map(|variances| row_variance(row.len(), reported, estimate, &steps, variances).sqrt());
                CompletedRow { reported, estimate, error }
            })
            .collect();
        let outstanding = rows.iter().map(|row| row.estimate - row.reported).sum();
        let outstanding_error = variances.map(|variances| self.total_error(&rows, &steps, &variances));
        Completion { factors, rows, outstanding, outstanding_error }
    }

    /// From one age to the next, over the rows that have reached it.
    fn step(&self, age: usize) -> Step {
        let both: Vec<(f64, f64)> =
            self.rows.iter().filter(|row| row.len() > age).map(|row| (row[age - 1], row[age])).collect();
        let before: f64 = both.iter().map(|(before, _)| before).sum();
        let after: f64 = both.iter().map(|(_, after)| after).sum();
        let factor = if before > 0.0 { after / before } else { 1.0 };
        let square = |(before, after): &(f64, f64)| {
            if *before > 0.0 { before * (after / before - factor).powi(2) } else { 0.0 }
        };
        let variance = match both.len() {
            0 | 1 => None,
            n => Some(both.iter().map(square).sum::<f64>() / (n - 1) as f64),
        };
        Step { before, factor, variance }
    }

    /// Mack's formula for the sum: the rows' errors are not independent, because they share the factors.
    fn total_error(&self, rows: &[CompletedRow], steps: &[Step], variances: &[f64]) -> f64 {
        let mut total = 0.0;
        for (at, row) in rows.iter().enumerate() {
            let n_known = self.rows[at].len();
            total += row.error.unwrap_or(0.0).powi(2);
            let later: f64 = rows[at + 1..].iter().map(|row| row.estimate).sum();
            let shared: f64 = (n_known - 1..steps.len())
                .map(|step| ratio(2.0 * variances[step], steps[step].factor.powi(2) * steps[step].before))
                .sum();
            total += row.estimate * later * shared;
        }
        total.sqrt()
    }
}

/// One step of age: sum before it, factor, variance of the factor's rows.
struct Step {
    before: f64,
    factor: f64,
    variance: Option<f64>,
}

fn ratio(above: f64, below: f64) -> f64 {
    if below > 0.0 { above / below } else { 0.0 }
}

/// The variance of each step. The last one, borne by one row only, is Mack's extrapolation of the two before it.
fn variances(steps: &[Step]) -> Option<Vec<f64>> {
    let mut variances: Vec<f64> = Vec::new();
    for step in steps {
        let variance = match (step.variance, variances.as_slice()) {
            (Some(variance), _) => variance,
            (None, [.., before, last]) => ratio(last.powi(2), *before).min(before.min(*last)),
            (None, _) => return None,
        };
        variances.push(variance);
    }
    Some(variances)
}

fn row_variance(n_known: usize, reported: f64, estimate: f64, steps: &[Step], variances: &[f64]) -> f64 {
    let mut amount = reported;
    let mut sum = 0.0;
    for (step, variance) in steps.iter().zip(variances).skip(n_known - 1) {
        sum += ratio(*variance, step.factor.powi(2)) * (ratio(1.0, amount) + ratio(1.0, step.before));
        amount *= step.factor;
    }
    estimate.powi(2) * sum
}
