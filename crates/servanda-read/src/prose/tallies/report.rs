//! The period of a report, and the year of its days.

use servanda_model::{DateBasis, Tense};

use crate::prose::dates::{Convention, dates_by};
use crate::prose::{Calendar, DateFound};

/// What a report says of its own time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Its dates, with years that other words of the report tell.
    pub dates: Vec<DateFound>,
    /// The stretch it reports on: its first range of six to thirty-two days.
    pub period: Option<(Calendar, Calendar)>,
    /// The last day it can report on.
    pub last_day: Option<Calendar>,
    /// When it was published.
    pub published: Option<Calendar>,
}

/// Lengths of a period that reports are for, in days.
const PERIOD_DAYS: std::ops::RangeInclusive<i32> = 6..=32;

/// The period of a report, from its dates. Where the dates have no year because no day of publication is known, the year
/// is taken from the words of the report: its own date ("as of 9 March 2017"), else a year that it counts from or in.
pub fn report_of(text: &str, dates: &[DateFound]) -> Report {
    let is_open = |date: &DateFound| date.start.is_none() && date.end.is_none();
    let dates = if dates.iter().any(is_open) { dated(text, dates) } else { dates.to_vec() };
    let days = |date: &DateFound| Some((date.start?, date.end?));
    let length = |(from, to): (Calendar, Calendar)| from.until(to).map_or(0, |span| span.get_days() + 1);
    let period = dates
        .iter()
        .filter(|date| date.granularity == "range")
        .filter_map(days)
        .find(|days| PERIOD_DAYS.contains(&length(*days)));
    let own = own_date(text, &dates);
    let last_day = own.or(period.map(|period| period.1));
    Report { dates, period, last_day, published: None }
}

/// The date that a report gives itself: "as of 9 March 2017", near its beginning.
fn own_date(text: &str, dates: &[DateFound]) -> Option<Calendar> {
    let near = dates.iter().take_while(|date| date.span.start < 2_000);
    near.filter(|date| date.granularity == "day" && date.basis == DateBasis::Explicit).find_map(|date| {
        let before = text.get(..date.span.start)?.trim_end();
        (before.ends_with("as of") || before.ends_with("As of") || before.ends_with("AS OF"))
            .then_some(date.start)?
    })
}

/// Dates without a year get the year that the report names elsewhere.
fn dated(text: &str, dates: &[DateFound]) -> Vec<DateFound> {
    let past = |_| Tense::Past;
    let nearest = |_| Tense::Present;
    if let Some(own) = own_date(text, dates) {
        let known = dates_by(text, Some(own), &past, Convention::Claims);
        return merged(dates, known, false);
    }
    match named_year(text, dates).and_then(|year| Calendar::new(year, 7, 1).ok()) {
        // Of all days of a year the nearest to its middle lies in it.
        Some(middle) => merged(dates, dates_by(text, Some(middle), &nearest, Convention::Claims), true),
        None => dates.to_vec(),
    }
}

/// The year that a report counts from ("since the beginning of 2021"), of its period, or of a total ("a total of 12 in
/// 2017"); else the latest year that it names beside a day. Other years are history.
fn named_year(text: &str, dates: &[DateFound]) -> Option<i16> {
    let words = |date: &DateFound| date.span.of(text).unwrap_or_default().to_ascii_lowercase();
    let is_counted = |date: &&DateFound| match date.granularity {
        "open" => {
            let words = words(date);
            words.starts_with("since") && (words.contains("beginning of") || words.contains("january"))
        }
        "range" => true,
        "year" => has_total_before(text, date),
        _ => false,
    };
    let year = |date: &DateFound| date.start.or(date.end).map(|day| day.year());
    let counted = dates.iter().filter(is_counted).filter_map(year).max();
    let is_day = |date: &&DateFound| date.granularity == "day" && date.basis == DateBasis::Explicit;
    counted.or_else(|| dates.iter().filter(is_day).filter_map(year).max())
}

fn has_total_before(text: &str, date: &DateFound) -> bool {
    const N_CHARS: usize = 200;
    let before = text.get(..date.span.start).unwrap_or_default();
    let near = before.char_indices().rev().nth(N_CHARS - 1).map_or(before, |(at, _)| &before[at..]);
    near.rsplit(". ").next().unwrap_or_default().contains("total")
}

/// Puts the days that the year gave into the dates that had none.
fn merged(dates: &[DateFound], known: Vec<DateFound>, only_year: bool) -> Vec<DateFound> {
    let mut known = known.into_iter().peekable();
    let mut result = Vec::with_capacity(dates.len());
    for date in dates {
        while known.next_if(|other| other.span.start < date.span.start).is_some() {}
        let other = known.peek().filter(|other| other.span == date.span);
        let is_open = date.start.is_none() && date.end.is_none();
        // Relative words need the day itself; a year tells only days that are named.
        match other.filter(|other| is_open && !(only_year && other.basis != DateBasis::Explicit)) {
            Some(other) => {
                let end = if only_year && other.granularity == "open" { None } else { other.end };
                result.push(DateFound { end, basis: DateBasis::Inferred, ..other.clone() });
            }
            None => result.push(date.clone()),
        }
    }
    result
}
