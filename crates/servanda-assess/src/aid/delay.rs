//! How late reports arrive: the run-off triangle of a record that has two times.

use servanda_model::{Instant, Window};

use super::triangle::Triangle;

/// Fewer reference periods than this bear no estimate.
pub const MIN_PERIODS: usize = 8;
/// Reports later than so many periods are rare enough to be left to the periods they belong to.
pub const MAX_AGE: usize = 28;

/// A single report: when it was, when it became known, how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Late {
    /// First instant it can have been.
    pub earliest: Instant,
    /// Last instant it can have been.
    pub latest: Instant,
    /// When it became known.
    pub known_at: Instant,
    /// How much.
    pub amount: f64,
}

/// Amounts by reference period and age of their report, as far as the record has grown.
#[derive(Clone, Debug, PartialEq)]
pub struct Delays {
    /// The periods, oldest first; the triangle's rows.
    pub periods: Vec<Window>,
    /// Cumulative amounts by age in periods; only ages that are over.
    pub triangle: Triangle,
    /// All that is known of each period, with what came in the period that is not over yet.
    pub reported: Vec<f64>,
    /// Amounts reported at an age beyond the triangle's last column; they are part of that column.
    pub n_later: usize,
}

/// Why there is no triangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDelays {
    /// Fewer than [`MIN_PERIODS`] periods lie between the first report and the moment.
    TooFewPeriods {
        /// How many there are.
        n_periods: usize,
    },
    /// Everything became known in the period in which it occurred, or all at one moment: nothing is learnt of delays.
    NoDelay,
}

/// The triangle of reports, by when they became known.
///
/// `periods` are the reference periods in order without gaps; `known` is the moment of the view. A report whose time is
/// vague over several periods is left out. A period whose end lies after `known` is not over and is left out.
///
/// # Errors
/// [`NoDelays`] where the record does not bear an estimate.
pub fn delays(reports: &[Late], periods: &[Window], known: Instant) -> Result<Delays, NoDelays> {
    // The last instant of a day is as good as its end.
    let over = known.plus_ms(1);
    let periods: Vec<Window> = periods.iter().copied().filter(|period| period.end <= over).collect();
    if periods.len() < MIN_PERIODS {
        return Err(NoDelays::TooFewPeriods { n_periods: periods.len() });
    }
    let at = |instant: Instant| periods.partition_point(|period| period.end <= instant);
    let mut placed: Vec<(usize, usize, f64)> = Vec::new();
    for report in reports.iter().filter(|report| report.known_at <= known) {
        let row = at(report.earliest);
        let holds = |period: &Window| period.contains(report.earliest) && period.contains(report.latest);
        if periods.get(row).is_some_and(holds) {
            placed.push((row, at(report.known_at).saturating_sub(row), report.amount));
        }
    }
    let moments = || reports.iter().map(|report| report.known_at);
    let latest = placed.iter().map(|(_, age, _)| *age).max().unwrap_or(0);
    if latest == 0 || moments().min() == moments().max() {
        return Err(NoDelays::NoDelay);
    }
    let last_age = latest.min(MAX_AGE).min(periods.len() - 1);
    let n_later = placed.iter().filter(|(_, age, _)| *age > last_age).count();
    let n_ages = |row: usize| (periods.len() - row).min(last_age + 1);
    let mut rows: Vec<Vec<f64>> = (0..periods.len()).map(|row| vec![0.0; n_ages(row)]).collect();
    let mut reported = vec![0.0; periods.len()];
    for (row, age, amount) in placed {
        reported[row] += amount;
        if row + age < periods.len() {
            rows[row][age.min(last_age)] += amount;
        }
    }
    let triangle = Triangle::of_increments(&rows).ok_or(NoDelays::NoDelay)?;
    Ok(Delays { periods, triangle, reported, n_later })
}
