//! Average run lengths: how long a sum runs until it signals, while nothing changes or after a shift.

use super::law::Law;
use super::normal;

/// Average number of observations until the two-sided tabular CUSUM of standard normal observations signals.
///
/// `k`: reference value, `h`: limit, `shift`: the mean of the observations, all in standard deviations. Both sums start
/// at 0. With `k` = 0.5: 167.68 at `h` = 4 without shift, 465.44 at `h` = 5.
///
/// # Source
/// Page 1954, Biometrika 41; the run length of one side solves an integral equation, here by Gauss-Legendre quadrature
/// with the atom at 0 kept apart (Crowder 1987); both sides: 1/L = 1/L+ + 1/L- (Kemp 1961), exact where the two sums never
/// run at once.
pub fn normal_two_sided(k: f64, h: f64, shift: f64) -> f64 {
    1.0 / (1.0 / normal_upper(k, h, shift) + 1.0 / normal_upper(k, h, -shift))
}

/// The same for the upper sum alone.
pub fn normal_upper(k: f64, h: f64, shift: f64) -> f64 {
    const N_NODES: usize = 48;
    let nodes: Vec<(f64, f64)> = gauss_legendre(N_NODES)
        .into_iter()
        .map(|(x, weight)| (h * (x + 1.0) / 2.0, weight * h / 2.0))
        .collect();
    // Unknowns: the run length from 0, then from each node. From s the next value is s - k + X, or 0.
    let start = |row: usize| if row == 0 { 0.0 } else { nodes[row - 1].0 };
    let moves = |row: usize, column: usize| match column {
        0 => normal::up_to(k - start(row) - shift),
        _ => {
            let (to, weight) = nodes[column - 1];
            weight * normal::density(to - start(row) + k - shift)
        }
    };
    from_first(N_NODES + 1, moves)
}

/// Average number of reports of one day until a CUSUM of counts signals: `S = max(0, S + count - k)`, signal at `S > h`.
///
/// `k` and `h` are multiples of 1 / `per_count`; so the sum moves on a grid and the chain is exact. The law is that of the
/// counts, whether or not `k` was chosen for it.
///
/// # Source
/// Brook and Evans 1972, "An approach to the probability distribution of CUSUM run length", Biometrika 59; Lucas 1985,
/// "Counted data CUSUM's", Technometrics 27.
pub fn counts_upper(law: Law, k: Grid, h: Grid) -> f64 {
    let step = k.per_count;
    let n = (h.steps * step / h.per_count) as usize + 1;
    let most = n as u64 / step + k.steps / step + 2;
    let probability: Vec<f64> = (0..=most).map(|count| libm::exp(law.ln_probability(count, 1.0))).collect();
    let mut rows = vec![vec![0.0; n]; n];
    for (from, row) in rows.iter_mut().enumerate() {
        for (count, probability) in probability.iter().enumerate() {
            let up = from as i64 + count as i64 * step as i64 - k.steps as i64;
            if up < n as i64 {
                row[up.max(0) as usize] += probability;
            }
        }
    }
    from_first(n, |row, column| rows[row][column])
}

/// A number as whole steps, so many of which make one count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// How many steps.
    pub steps: u64,
    /// How many steps make one count; at least 1.
    pub per_count: u64,
}

impl Grid {
    /// The number.
    pub fn value(self) -> f64 {
        self.steps as f64 / self.per_count as f64
    }
}

/// The reference value that a CUSUM of counts needs to notice a rate `rise` times the law's soonest, on a grid.
///
/// The value at which the likelihoods of both rates are equal: between the two means (Lucas 1985; Hawkins and Olwell 1998).
pub fn reference(law: Law, rise: f64, per_count: u64) -> Grid {
    let k = lean(law, rise).1;
    Grid { steps: libm::round(k * per_count as f64).max(1.0) as u64, per_count }
}

/// Log-likelihood ratio of a count in one day: `slope * (count - k)` for a rate `rise` times the law's against the law's.
///
/// It is a straight line in the count for Poisson, and for the negative binomial with equal size.
pub fn lean(law: Law, rise: f64) -> (f64, f64) {
    let (mean, raised) = (law.mean, law.mean * rise);
    if law.is_poisson() {
        let slope = libm::log(rise);
        return (slope, (raised - mean) / slope);
    }
    let size = law.size;
    let slope = libm::log(rise * (size + mean) / (size + raised));
    (slope, size * libm::log((size + raised) / (size + mean)) / slope)
}

/// The smallest limit with at least so many reports between false alarms.
pub fn limit(law: Law, k: Grid, least_run_length: f64) -> Grid {
    let at = |steps| Grid { steps, per_count: k.per_count };
    let mut high = k.per_count;
    while counts_upper(law, k, at(high)) < least_run_length && high < 2048 {
        high *= 2;
    }
    let mut low = 0;
    while low < high {
        let middle = (low + high) / 2;
        if counts_upper(law, k, at(middle)) >= least_run_length { high = middle } else { low = middle + 1 }
    }
    at(high)
}

/// Expected steps until the chain leaves its states, from the first of them: the first entry of `(I - Q)^-1 1`.
fn from_first(n: usize, moves: impl Fn(usize, usize) -> f64) -> f64 {
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|row| {
            let mut line: Vec<f64> =
                (0..n).map(|column| f64::from(u8::from(row == column)) - moves(row, column)).collect();
            line.push(1.0);
            line
        })
        .collect();
    for pivot in 0..n {
        let best = (pivot..n).max_by(|a, b| rows[*a][pivot].abs().total_cmp(&rows[*b][pivot].abs()));
        rows.swap(pivot, best.unwrap_or(pivot));
        let (above, below) = rows.split_at_mut(pivot + 1);
        let line = &above[pivot];
        for row in below {
            let factor = row[pivot] / line[pivot];
            if factor != 0.0 {
                row[pivot..].iter_mut().zip(&line[pivot..]).for_each(|(to, from)| *to -= factor * from);
            }
        }
    }
    let mut solved = vec![0.0; n];
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|column| rows[row][column] * solved[column]).sum();
        solved[row] = (rows[row][n] - known) / rows[row][row];
    }
    solved[0]
}

/// Nodes and weights of Gauss-Legendre quadrature on [-1, 1], by Newton's method.
fn gauss_legendre(n: usize) -> Vec<(f64, f64)> {
    (0..n)
        .map(|at| {
            let mut x = libm::cos(std::f64::consts::PI * (at as f64 + 0.75) / (n as f64 + 0.5));
            loop {
                let (value, slope) = legendre(n, x);
                let step = value / slope;
                x -= step;
                if step.abs() < 1e-15 {
                    let slope = legendre(n, x).1;
                    return (x, 2.0 / ((1.0 - x * x) * slope * slope));
                }
            }
        })
        .collect()
}

/// The Legendre polynomial of degree `n` and its slope.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for degree in 2..=n {
        let degree = degree as f64;
        (before, value) = (value, ((2.0 * degree - 1.0) * x * value - (degree - 1.0) * before) / degree);
    }
    (value, n as f64 * (x * value - before) / (x * x - 1.0))
}
