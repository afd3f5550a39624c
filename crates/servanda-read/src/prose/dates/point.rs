//! A stretch of days that words name, while it is being read.

use jiff::civil::Date;
use servanda_model::{DateBasis, Span, Tense};

use super::calendar::{Days, day, days_between};
use crate::prose::scan::Scan;

/// Which reading is chosen where usage differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Convention {
    /// What claims are recorded by: "this week" ends on the day of publication, "the past three days" holds that day,
    /// "late October" is its last third, "since" and "until" are closed by the day of publication.
    #[default]
    Claims,
    /// Whole periods and open ends, as specifications of personal assistants have it; for evaluations.
    WholePeriods {
        /// The second of the day that "now" means.
        now_seconds: u32,
    },
}

/// What the words are read with.
pub(super) struct Reader<'a> {
    pub(super) scan: &'a Scan<'a>,
    pub(super) published: Option<Date>,
    pub(super) lean: &'a dyn Fn(Span) -> Tense,
    pub(super) convention: Convention,
    /// The day that was named last: "the following day" is counted from it.
    pub(super) last_day: Option<Date>,
}

/// How far ahead a day without a year can lie in a clause of the past: "was set for 5 March", "announced talks on
/// 5 March" look ahead, and so does the writer whose clock is ahead of the publisher's. Farther ahead it is a year ago.
const N_DAYS_AHEAD_MAX: i64 = 31;

/// How far behind it can lie in a clause of what is to come: "would leave by 5 March" was said before that day. Nobody who
/// means a day nine months ahead leaves its year out.
const N_DAYS_BEHIND_MAX: i64 = 92;

impl Reader<'_> {
    pub(super) fn is_claims(&self) -> bool {
        self.convention == Convention::Claims
    }

    /// The second of the day that "in five minutes" counts from, where it is known: a day of publication has none.
    pub(super) fn now_seconds(&self) -> Option<u32> {
        match self.convention {
            Convention::Claims => None,
            Convention::WholePeriods { now_seconds } => Some(now_seconds),
        }
    }

    pub(super) fn is_future(&self, first: usize, end: usize) -> bool {
        (self.lean)(self.scan.span(first, end)) == Tense::Future
    }

    /// The days of a calendar day, month or season without a year: those nearest to the day of publication that the
    /// tense allows. What happened does not lie far after publication, what is planned not far before.
    pub(super) fn nearest(&self, yearless: Yearless, first: usize, end: usize) -> Option<Days> {
        let published = self.published?;
        let near = |year: i16| yearless.of(published.year() + year);
        let candidates: Vec<Days> = [-1, 0, 1, -2, 2, -3, 3, -4, 4].into_iter().filter_map(near).collect();
        let distance =
            |days: &Days| days_between(days.1, published).max(days_between(published, days.0)).max(0);
        let best = candidates.iter().min_by_key(|days| distance(days)).copied()?;
        if !self.is_claims() {
            return Some(best);
        }
        let tense = (self.lean)(self.scan.span(first, end));
        let fits = |days: &&Days| match tense {
            Tense::Past => days_between(published, days.0) <= N_DAYS_AHEAD_MAX,
            Tense::Present => true,
            Tense::Future => days_between(days.1, published) <= N_DAYS_BEHIND_MAX,
        };
        candidates.iter().filter(fits).min_by_key(|days| distance(days)).copied().or(Some(best))
    }
}

/// A stretch of a year without the year; `to_day` of 0 is the last day of the month. It may end in the next year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Yearless {
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) to_month: i8,
    pub(super) to_day: i8,
}

impl Yearless {
    pub(super) fn day(month: i8, day: i8) -> Yearless {
        Yearless { month, day, to_month: month, to_day: day }
    }

    pub(super) fn months(month: i8, to_month: i8) -> Yearless {
        Yearless { month, day: 1, to_month, to_day: 0 }
    }

    pub(super) fn of(self, year: i16) -> Option<Days> {
        let first = day(year, self.month, self.day)?;
        let last_year = if self.to_month < self.month { year + 1 } else { year };
        let last = match self.to_day {
            0 => day(last_year, self.to_month, 1)?.last_of_month(),
            n => day(last_year, self.to_month, n)?,
        };
        Some((first, last))
    }
}

/// What the words from one piece on name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) first: usize,
    /// One past the last piece.
    pub(super) end: usize,
    /// The days, where they are known.
    pub(super) days: Option<Days>,
    /// The same without the year, where the words give none.
    pub(super) yearless: Option<Yearless>,
    /// A day of a month and nothing else ("the 15th"): stands only beside other words of a date.
    pub(super) bare_day: Option<i8>,
    /// Seconds of the day between which it is.
    pub(super) seconds: Option<(u32, u32)>,
    pub(super) basis: DateBasis,
    pub(super) grain: &'static str,
    pub(super) rule: &'static str,
}

impl Point {
    pub(super) fn explicit(
        first: usize,
        end: usize,
        days: Option<Days>,
        grain: &'static str,
        rule: &'static str,
    ) -> Point {
        let basis = DateBasis::Explicit;
        Point { first, end, days, yearless: None, bare_day: None, seconds: None, basis, grain, rule }
    }

    pub(super) fn relative(
        first: usize,
        end: usize,
        days: Option<Days>,
        grain: &'static str,
        rule: &'static str,
    ) -> Point {
        Point { basis: DateBasis::Relative, ..Point::explicit(first, end, days, grain, rule) }
    }

    /// A stretch without a year, in the year that is nearest.
    pub(super) fn yearless(
        reader: &Reader<'_>,
        first: usize,
        end: usize,
        yearless: Yearless,
        grain: &'static str,
        rule: &'static str,
    ) -> Point {
        let days = reader.nearest(yearless, first, end);
        Point { yearless: Some(yearless), ..Point::explicit(first, end, days, grain, rule) }
    }

    pub(super) fn from(self, first: usize) -> Point {
        Point { first, ..self }
    }

    pub(super) fn until(self, end: usize) -> Point {
        Point { end, ..self }
    }

    pub(super) fn start(&self) -> Option<Date> {
        self.days.map(|days| days.0)
    }

    pub(super) fn stop(&self) -> Option<Date> {
        self.days.map(|days| days.1)
    }
}
