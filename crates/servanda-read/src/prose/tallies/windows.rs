//! Which days does a figure hold for?

use jiff::ToSpan as _;
use servanda_model::{DateBasis, Span};

use super::report::Report;
use crate::prose::{Calendar, DateFound};

/// Days that a figure holds for, and how they were found.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowFound {
    pub(super) days: Option<(Calendar, Calendar)>,
    pub(super) basis: DateBasis,
    pub(super) words: Option<Span>,
    pub(super) is_running: bool,
    pub(super) rule: &'static str,
}

/// The window of the figures of a sentence, as its words tell it.
pub(super) fn window_of(text: &str, sentence: Span, at: Span, report: &Report) -> WindowFound {
    let from = report.dates.partition_point(|date| date.span.end <= sentence.start);
    let to = report.dates.partition_point(|date| date.span.start < sentence.end);
    let dates = &report.dates[from.min(to)..to];
    let words = sentence.of(text).unwrap_or_default();
    // "one casualty, ... bringing the total since January to 61": the beginning is the total's.
    let of_total = |date: &DateFound| {
        let between = text.get(at.end..date.span.start.max(at.end)).unwrap_or_default();
        date.span.start > at.end && (between.contains("bring") || between.contains("brought"))
    };
    if let Some(running) =
        dates.iter().filter(|date| !of_total(date)).find_map(|date| running(text, sentence, date, report))
    {
        return running;
    }
    if let Some(year) = this_year(text, sentence, dates, report) {
        return year;
    }
    // The nearest date before the figure that is a period or a day of it; else the nearest after it.
    let dated = |date: &&DateFound| {
        date.granularity != "time" && !date.rule.starts_with("shift") && date.rule != "open:before"
    };
    let is_period = |date: &&DateFound| matches!(date.granularity, "range" | "week" | "month");
    let before = dates.iter().rev().filter(dated).filter(|date| date.span.end <= at.start);
    let after = || dates.iter().filter(dated).filter(|date| date.span.start >= at.end);
    let chosen = before.clone().find(is_period).or_else(|| after().find(is_period));
    // "13 casualties, including three on 30 October": the day is the part's.
    let is_own = |date: &&DateFound| {
        let between = text.get(at.end..date.span.start.max(at.end)).unwrap_or_default();
        date.granularity == "day" && !between.contains("including") && !between.contains(',')
    };
    let single = || after().find(is_own).or_else(|| before.clone().find(|date| date.granularity == "day"));
    if let Some(date) = chosen.or_else(single) {
        let days = date.start.zip(date.end);
        let basis = if days.is_some() { date.basis } else { DateBasis::None };
        return WindowFound { days, basis, words: Some(date.span), is_running: false, rule: "window:named" };
    }
    let low = words.to_ascii_lowercase();
    let has_period_words =
        low.contains("reporting") && low.contains("period") || low.contains("two-week period");
    let rule = if has_period_words { "window:reporting-period" } else { "window:report" };
    let basis = if report.period.is_some() { DateBasis::Inferred } else { DateBasis::None };
    WindowFound { days: report.period, basis, words: None, is_running: false, rule }
}

/// "since the beginning of 2021", "since 1 January 2019": up to the end of the report's period.
fn running(text: &str, sentence: Span, date: &DateFound, report: &Report) -> Option<WindowFound> {
    let words = date.span.of(text)?.to_ascii_lowercase();
    if !words.starts_with("since") && !words.starts_with("ever since") || date.rule != "open:since" {
        return None;
    }
    // "the highest number since 2014" compares; it counts nothing from then on.
    let before = text.get(sentence.start..date.span.start)?.to_ascii_lowercase();
    if ["highest", "lowest", "first time", "largest", "worst"].iter().any(|word| before.contains(word)) {
        return None;
    }
    let end = report.last_or_period_end().or(date.end);
    let days = date.start.zip(end).filter(|(from, to)| from <= to);
    let basis = if days.is_some() { date.basis } else { DateBasis::None };
    Some(WindowFound { days, basis, words: Some(date.span), is_running: true, rule: "window:running" })
}

/// "this year", "so far this year", "in 2017" beside "total": from the first of January.
fn this_year(text: &str, sentence: Span, dates: &[DateFound], report: &Report) -> Option<WindowFound> {
    let low = sentence.of(text)?.to_ascii_lowercase();
    if !(low.contains("total") || low.contains("so far")) {
        return None;
    }
    let date = dates.iter().find(|date| date.granularity == "year")?;
    let year = date.start.or(report.last_or_period_end())?.year();
    let end = report.last_or_period_end().filter(|end| end.year() == year).or(date.end)?;
    let start = Calendar::new(year, 1, 1).ok()?;
    let basis = if date.start.is_some() { date.basis } else { DateBasis::Inferred };
    let days = Some((start, end)).filter(|(from, to)| from <= to);
    Some(WindowFound { days, basis, words: Some(date.span), is_running: true, rule: "window:this-year" })
}

impl Report {
    /// The last day of its period, else its own date.
    pub(super) fn last_or_period_end(&self) -> Option<Calendar> {
        self.period.map(|period| period.1).or(self.last_day)
    }
}

/// The stretch before a window: as long as the words say ("the previous two-week period"), else as long as the window.
pub(super) fn previous(
    window: Option<(Calendar, Calendar)>,
    n_days: Option<i64>,
) -> Option<(Calendar, Calendar)> {
    let (from, to) = window?;
    let length = n_days.unwrap_or_else(|| from.until(to).map_or(1, |span| i64::from(span.get_days()) + 1));
    let end = from.checked_sub(1.days()).ok()?;
    let start = end.checked_sub(jiff::Span::new().try_days(length - 1).ok()?).ok()?;
    Some((start, end))
}
