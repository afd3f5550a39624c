//! A series: counts of one act at one place, report by report, with the days that each report covers.

/// One report of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// First day it covers, as days since 1970-01-01 in the clock of the case.
    pub first_day: i64,
    /// Last day it covers.
    pub last_day: i64,
    /// Exposure in days: 2 for a report over 48 hours; fewer than the calendar shows where days are not covered. Above 0.
    pub days: f64,
    /// What it counts.
    pub count: u64,
}

impl Report {
    /// A report of one whole day.
    pub fn of_day(day: i64, count: u64) -> Report {
        Report { first_day: day, last_day: day, days: 1.0, count }
    }

    /// Count per day.
    pub fn rate(&self) -> f64 {
        self.count as f64 / self.days
    }
}

/// A series of single days that begins at day 0.
pub fn daily(counts: &[u64]) -> Vec<Report> {
    counts.iter().enumerate().map(|(day, count)| Report::of_day(day as i64, *count)).collect()
}

/// Days that a series covers.
pub fn n_days(reports: &[Report]) -> f64 {
    reports.iter().map(|report| report.days).sum()
}

/// Puts whole reports together until each has at least so many days; what is left at the end stays out.
///
/// A report over 72 hours that crosses the end of a week is not divided: nothing says on which of its days things
/// occurred. So a "week" of a counter with long reports is a run of whole reports, with its true length as exposure.
pub fn runs(reports: &[Report], least_days: f64) -> Vec<(Report, std::ops::Range<usize>)> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut days = 0.0;
    for (at, report) in reports.iter().enumerate() {
        days += report.days;
        if days >= least_days {
            let part = &reports[start..=at];
            let run = Report {
                first_day: part[0].first_day,
                last_day: report.last_day,
                days,
                count: part.iter().map(|report| report.count).sum(),
            };
            runs.push((run, start..at + 1));
            start = at + 1;
            days = 0.0;
        }
    }
    runs
}
