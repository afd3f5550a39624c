//! Which days does a figure hold for?

use jiff::ToSpan as _;
use servanda_model::{DateBasis, Span};

use super::leads::Length;
use super::report::Report;
use super::{Days, Source};
use crate::prose::{Calendar, DateFound};

/// Days that a figure holds for, and how they were found.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowFound {
    pub(super) days: Option<Days>,
    pub(super) basis: DateBasis,
    pub(super) words: Option<Span>,
    pub(super) is_running: bool,
    pub(super) rule: &'static str,
}

/// The window of a figure of a sentence, as its words tell it.
pub(super) fn window_of(source: &Source<'_>, sentence: Span, at: Span) -> WindowFound {
    let (text, report) = (source.text, &source.report);
    let dates = source.dates_in(sentence);
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
    if let Some(own) = own_behind(source, at, sentence.end) {
        return own;
    }
    // The nearest date before the figure that is a period or a day of it; else the nearest after it.
    let is_dated = |date: &&DateFound| {
        !date.rule.starts_with("shift") && date.rule != "open:before" && date.start.is_some() | is_open(date)
    };
    let is_period = |date: &&DateFound| matches!(date.granularity, "range" | "week" | "month" | "quarter");
    let before = dates.iter().rev().filter(is_dated).filter(|date| date.span.end <= at.start);
    let after = || dates.iter().filter(is_dated).filter(|date| date.span.start >= at.end);
    // "1,020 violations, including 31 in the past week": the week is the part's.
    let is_of_part = |date: &&DateFound| {
        text.get(at.end..date.span.start.max(at.end)).is_some_and(|between| between.contains("including"))
    };
    let chosen =
        before.clone().find(is_period).or_else(|| after().filter(|date| !is_of_part(date)).find(is_period));
    // "13 casualties, including three on 30 October": the day is the part's.
    let is_own = |date: &&DateFound| {
        let between = without_brackets(text.get(at.end..date.span.start.max(at.end)).unwrap_or_default());
        matches!(date.granularity, "day" | "time") && !between.contains("including") && !between.contains(',')
    };
    let single = || {
        after()
            .find(is_own)
            .or_else(|| before.clone().find(|date| matches!(date.granularity, "day" | "time")))
    };
    if let Some(date) = chosen.or_else(single) {
        return of_period(report, date).unwrap_or_else(|| named(text, date));
    }
    let low = sentence.of(text).unwrap_or_default().to_ascii_lowercase();
    let has_period_words =
        low.contains("reporting") && low.contains("period") || low.contains("two-week period");
    let rule = if has_period_words { "window:reporting-period" } else { "window:report" };
    let basis = if report.period.is_some() { DateBasis::Inferred } else { DateBasis::None };
    WindowFound { days: report.period, basis, words: None, is_running: false, rule }
}

/// "During the last two weeks", in a report of two weeks: its own period, not the weeks before it was published.
fn of_period(report: &Report, date: &DateFound) -> Option<WindowFound> {
    const SLACK_DAYS: i32 = 2;
    let (period, days) = (report.period?, date.start.zip(date.end)?);
    let length = |days: Days| days.0.until(days.1).map_or(0, |span| span.get_days());
    let is_as_long = (length(period) - length(days)).abs() <= SLACK_DAYS;
    let overlaps = days.0 <= period.1 && period.0 <= days.1;
    (date.basis == DateBasis::Relative && is_as_long && overlaps).then_some(WindowFound {
        days: Some(period),
        basis: DateBasis::Inferred,
        words: Some(date.span),
        is_running: false,
        rule: "window:period-in-words",
    })
}

/// Words without what stands in brackets.
fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(words.len());
    for sign in words.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(sign),
            _ => {}
        }
    }
    kept
}

/// A day or period right behind a figure, which is its own: "115 violations on 27 July".
pub(super) fn own_behind(source: &Source<'_>, at: Span, end: usize) -> Option<WindowFound> {
    let is_right_behind = |date: &&DateFound| {
        let between = source.text.get(at.end..date.span.start.max(at.end)).unwrap_or_default();
        date.span.start >= at.end
            && matches!(date.granularity, "day" | "time" | "week" | "month")
            && between.split_whitespace().count() <= 4
            && !between.contains([',', '(', ';', ':'])
            && !between.contains("including")
            && !between.bytes().any(|byte| byte.is_ascii_digit())
    };
    let near = Span::new(at.end, end.max(at.end));
    source.dates_in(near).iter().find(is_right_behind).map(|date| named(source.text, date))
}

/// A date whose year, or whose day of publication, is not known yet.
fn is_open(date: &DateFound) -> bool {
    date.start.is_none() && date.end.is_none()
}

/// The days of a date that a sentence names, with what the words before it say of its beginning: "in the 24 hours to 6 p.m.
/// on 3 May" begins the day before, "between the evenings of 2 and 4 May" on the second.
fn named(text: &str, date: &DateFound) -> WindowFound {
    let mut days = date.start.zip(date.end);
    let mut words = date.span;
    let mut rule = "window:named";
    if let Some((from, to)) = days.filter(|(from, to)| from == to)
        && let Some((start, at)) = earlier_start(text, date.span.start, from)
    {
        days = Some((start, to));
        words.start = at;
        rule = "window:hours";
    }
    let basis = if days.is_some() { date.basis } else { DateBasis::None };
    WindowFound { days, basis, words: Some(words), is_running: false, rule }
}

/// The first day of a window that ends on a day, by the words before that day; and where those words begin.
fn earlier_start(text: &str, at: usize, day: Calendar) -> Option<(Calendar, usize)> {
    const MAX_BYTES: usize = 80;
    let mut from = at.saturating_sub(MAX_BYTES);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let before = text[from..at].to_ascii_lowercase();
    let clause =
        before.rfind(['.', ';']).filter(|at| before[at + 1..].starts_with(' ')).map_or(0, |at| at + 1);
    // "6 p.m. on": stops within the words are no ends.
    let hours = before
        .rfind("24 hours")
        .or_else(|| before.rfind("24-hour"))
        .or_else(|| before.rfind("twenty-four hours"));
    if let Some(hours) = hours {
        let between = &before[hours..];
        let leads =
            [" to ", " until ", " up to ", " ending ", " ended ", " before ", " prior to ", " preceding "];
        if leads.iter().any(|lead| between.contains(lead)) {
            return Some((day.checked_sub(1.days()).ok()?, from + hours));
        }
    }
    let parts = ["evenings of ", "nights of ", "mornings of ", "evening of ", "night of ", "morning of "];
    let at = parts
        .iter()
        .filter_map(|part| before.rfind(part).map(|at| at + part.len()))
        .max()
        .filter(|at| *at >= clause)?;
    let rest = &before[at..];
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let first: i8 = number.parse().ok()?;
    let is_between = rest[number.len()..].trim_start().starts_with("and")
        || rest[number.len()..].trim_start().starts_with("to");
    let same_month = Calendar::new(day.year(), day.month(), first).ok()?;
    let start = if same_month <= day { same_month } else { same_month.checked_sub(1.month()).ok()? };
    is_between.then(|| (start, from + at - 1))
}

/// "since the beginning of 2021", "since 1 January 2019": up to the end of the report's period.
fn running(text: &str, sentence: Span, date: &DateFound, report: &Report) -> Option<WindowFound> {
    let words = date.span.of(text)?.to_ascii_lowercase();
    let before = text.get(sentence.start..date.span.start)?.to_ascii_lowercase();
    let is_since =
        date.rule == "open:since" && (words.starts_with("since") || words.starts_with("ever since"));
    // "since the truce took effect on 10 October".
    const MAX_WORDS: usize = 9;
    let of_event = before.rfind("since ").map(|at| &before[at..]).is_some_and(|words| {
        date.granularity == "day"
            && !words.contains([',', '('])
            && words.split_whitespace().count() <= MAX_WORDS
    });
    if !is_since && !of_event {
        return None;
    }
    // "the highest number since 2014" compares; it counts nothing from then on.
    if ["highest", "lowest", "first time", "largest", "worst"].iter().any(|word| before.contains(word)) {
        return None;
    }
    let end = report.last_or_period_end().or(date.end);
    // A record that counts from a single day ends with the report, or when it was published.
    let end =
        end.filter(|end| !of_event || date.start.is_some_and(|start| start < *end)).or(report.published);
    let days = date.start.zip(end).filter(|(from, to)| from <= to);
    let basis = if days.is_some() { date.basis } else { DateBasis::None };
    Some(WindowFound { days, basis, words: Some(date.span), is_running: true, rule: "window:running" })
}

/// "this year", "so far this year", "in 2017" beside "total" or "to date": from the first of January.
fn this_year(text: &str, sentence: Span, dates: &[DateFound], report: &Report) -> Option<WindowFound> {
    let low = sentence.of(text)?.to_ascii_lowercase();
    if !["total", "so far", "to date", "cumulative"].iter().any(|word| low.contains(word)) {
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
    /// The last day of its period, else its own date, else the day it was published.
    pub(super) fn last_or_period_end(&self) -> Option<Calendar> {
        self.period.map(|period| period.1).or(self.last_day).or(self.published)
    }
}

/// The stretch before a window: as long as the words say ("the previous two-week period"), else as long as the window; whole
/// months before whole months.
pub(super) fn previous(window: Option<Days>, length: Option<Length>) -> Option<Days> {
    let (from, to) = window?;
    let end = from.checked_sub(1.days()).ok()?;
    let length = length.or_else(|| whole_months(from, to).map(Length::Months));
    let start = match length {
        Some(Length::Months(n)) => from.checked_sub(jiff::Span::new().try_months(n).ok()?).ok()?,
        Some(Length::Days(n)) => end.checked_sub(jiff::Span::new().try_days(n - 1).ok()?).ok()?,
        None => {
            let n = from.until(to).map_or(0, |span| i64::from(span.get_days()));
            end.checked_sub(jiff::Span::new().try_days(n).ok()?).ok()?
        }
    };
    (start <= end).then_some((start, end))
}

/// How many whole months a window is.
fn whole_months(from: Calendar, to: Calendar) -> Option<i32> {
    let is_whole = from.day() == 1 && to == to.last_of_month();
    let n = i32::from(to.year() - from.year()) * 12 + i32::from(to.month()) - i32::from(from.month()) + 1;
    (is_whole && (1..=120).contains(&n)).then_some(n)
}

/// The same days a year before.
pub(super) fn year_before(window: Option<Days>) -> Option<Days> {
    let (from, to) = window?;
    Some((from.checked_sub(1.year()).ok()?, to.checked_sub(1.year()).ok()?))
}
