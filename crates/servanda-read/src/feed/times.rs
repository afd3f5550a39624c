//! When a row's occurrence was, and for which period its figure holds.

use jiff::ToSpan;
use servanda_model::{Instant, Precision, When, Window};

use super::cells::{Cell, Columns, Source};
use super::dates::DateReader;
use super::figures::NumberFormat;
use crate::clock::Clock;
use crate::fields::Fields;
use crate::messages;
use crate::node::{Node, Table, Value};
use crate::words::PRECISIONS;

/// The columns of a time.
#[derive(Clone, Debug)]
pub(crate) struct WhenSpec {
    pub start: usize,
    pub end: Option<usize>,
    pub formats: Vec<String>,
    pub is_day_only: bool,
    pub precision: Option<Source>,
}

/// The columns and constants of a reference period.
#[derive(Clone, Debug)]
pub(crate) struct WindowSpec {
    start: Option<usize>,
    since: Option<When>,
    end: Option<usize>,
    until: Option<When>,
    hours: Option<usize>,
    days: Option<usize>,
    pub formats: Vec<String>,
    /// A period of no hours or days says that there was no report, rather than being a fault.
    zero_is_no_report: bool,
}

/// Why a row has no time.
#[derive(Clone, Debug)]
pub(crate) enum TimeFault {
    /// The cell is empty.
    NotStated { column: usize },
    /// The period is of no length, and the feed says that this means no report.
    NoReport { column: usize },
    /// No format fits.
    Unreadable { column: usize, cell: String },
    /// The end lies before the start, or the period holds nothing.
    Reversed,
    /// The precision is in no map and no word of the list.
    Precision { column: Option<usize>, cell: String },
}

fn formats(fields: &Fields<'_>) -> Vec<String> {
    fields.texts("format").into_iter().map(|(text, _)| text.to_owned()).collect()
}

impl WhenSpec {
    /// Reads `"column"` or `{ column | start, end, format, precision, grain = "day" }`.
    pub fn of(fields: &Fields<'_>, node: &Node, columns: &mut Columns) -> Option<WhenSpec> {
        let Value::Table(table) = &node.value else {
            let start = columns.of(fields, "when", node)?;
            return Some(WhenSpec {
                start,
                end: None,
                formats: Vec::new(),
                is_day_only: false,
                precision: None,
            });
        };
        let inner = Fields::new(table, fields.sink);
        let start = inner.find("start").or(inner.find("column"));
        if start.is_none() {
            inner.required("start");
        }
        let end = inner.find("end").and_then(|node| columns.of(&inner, "end", node));
        let precision = inner.find("precision").and_then(|node| match &node.value {
            // As with the other keys of this table, a text names a column.
            Value::Text(_) => columns.of(&inner, "precision", node).map(Source::of_column),
            _ => Source::of(&inner, "precision", node, columns),
        });
        let is_day_only = inner.word("grain", &[("day", true), ("time", false)]).unwrap_or(false);
        let formats = formats(&inner);
        inner.finish();
        Some(WhenSpec { start: columns.of(&inner, "start", start?)?, end, formats, is_day_only, precision })
    }

    /// The time of a row.
    pub fn read(
        &self,
        cells: &[Cell<'_>],
        dates: &mut DateReader<'_>,
        clock: &Clock,
    ) -> Result<When, TimeFault> {
        let mut at = |column: usize| {
            let Some(text) = cells[column].stated() else { return Err(TimeFault::NotStated { column }) };
            dates.read(text, clock).ok_or_else(|| TimeFault::Unreadable { column, cell: text.to_owned() })
        };
        let first = at(self.start)?;
        let last = match self.end {
            Some(end) if !cells[end].is_empty => Some(at(end)?),
            _ => None,
        };
        let precision = self.precision(cells)?;
        match last {
            Some(last) if last.latest < first.earliest => Err(TimeFault::Reversed),
            Some(last) => {
                let found = if last == first { first.precision } else { Precision::Range };
                let precision = precision.unwrap_or(found);
                Ok(When { earliest: first.earliest, latest: last.latest, precision })
            }
            None => widened(first, precision, clock).ok_or(TimeFault::Reversed),
        }
    }

    fn precision(&self, cells: &[Cell<'_>]) -> Result<Option<Precision>, TimeFault> {
        let Some(source) = &self.precision else { return Ok(None) };
        let fault = |cell: &str| TimeFault::Precision { column: source.column, cell: cell.to_owned() };
        match source.value(cells) {
            Err(unmapped) => Err(fault(&unmapped.cell)),
            Ok(None) => Ok(None),
            Ok(Some(word)) => {
                let found = PRECISIONS.iter().find(|(known, _)| *known == word);
                found.map(|(_, precision)| Some(*precision)).ok_or_else(|| fault(word))
            }
        }
    }
}

/// A single date of coarse precision stands for any day near it: a week reaches six days either way (which day of its week
/// the date is, is not said), a month and a year are those of the calendar.
fn widened(when: When, precision: Option<Precision>, clock: &Clock) -> Option<When> {
    let day = clock.day_of(when.earliest)?;
    match precision {
        None => Some(when),
        Some(Precision::Week) => {
            clock.days(day.checked_sub(6.days()).ok()?, day.checked_add(6.days()).ok()?, Precision::Week)
        }
        Some(Precision::Month) => clock.days(day.first_of_month(), day.last_of_month(), Precision::Month),
        Some(Precision::Year) => clock.days(day.first_of_year(), day.last_of_year(), Precision::Year),
        Some(precision) => Some(When { precision, ..when }),
    }
}

impl WindowSpec {
    /// Reads `{ start | since, end | until, hours | days, format, zero }`; `since` and `until` are constants, the rest columns.
    pub fn of(
        fields: &Fields<'_>,
        table: &Table,
        columns: &mut Columns,
        clock: &Clock,
    ) -> Option<WindowSpec> {
        let inner = Fields::new(table, fields.sink);
        let mut column = |key: &'static str| inner.find(key).and_then(|node| columns.of(&inner, key, node));
        let (start, end, hours, days) = (column("start"), column("end"), column("hours"), column("days"));
        let constant = |key: &'static str| {
            let (text, span) = inner.text(key)?;
            let when = clock.when(text);
            if when.is_none() {
                inner.sink.push(messages::feed_constant_date(span, key, text));
            }
            when
        };
        let spec = WindowSpec {
            start,
            since: constant("since"),
            end,
            until: constant("until"),
            hours,
            days,
            formats: formats(&inner),
            zero_is_no_report: inner.word("zero", &[("no_report", true), ("fault", false)]).unwrap_or(false),
        };
        inner.finish();
        let n_starts = [start.is_some(), spec.since.is_some(), hours.is_some(), days.is_some()];
        let n_starts = n_starts.into_iter().filter(|is_given| *is_given).count();
        if n_starts > 1 || spec.end.is_some() == spec.until.is_some() {
            inner.sink.push(messages::window_spec(table.span));
            return None;
        }
        Some(spec)
    }

    /// The reference period of a row. Without a start it is the last day (or moment's day) alone.
    pub fn read(
        &self,
        cells: &[Cell<'_>],
        dates: &mut DateReader<'_>,
        numbers: &NumberFormat,
        clock: &Clock,
    ) -> Result<Window, TimeFault> {
        let mut at = |column: Option<usize>, constant: Option<When>| match (column, constant) {
            (_, Some(when)) => Ok(Some(when)),
            (None, None) => Ok(None),
            (Some(column), None) => {
                let Some(text) = cells[column].stated() else { return Err(TimeFault::NotStated { column }) };
                let when = dates.read(text, clock);
                when.map(Some).ok_or_else(|| TimeFault::Unreadable { column, cell: text.to_owned() })
            }
        };
        let last = at(self.end, self.until)?.ok_or(TimeFault::Reversed)?;
        let first = at(self.start, self.since)?;
        let end = if last.precision == Precision::Exact { last.latest } else { last.latest.plus_ms(1) };
        if let Some(column) = self.hours.or(self.days).filter(|_| self.zero_is_no_report)
            && whole(column, cells, numbers)? == 0
        {
            return Err(TimeFault::NoReport { column });
        }
        let start = match (first, self.hours, self.days) {
            (Some(first), ..) => first.earliest,
            (None, Some(column), _) => {
                let hours = whole(column, cells, numbers)?;
                // Hours back from the end of a day that make whole days are civil days: a day on which the clock changes is one.
                match hours % 24 {
                    0 if hours > 0 && last.precision != Precision::Exact => {
                        days_back(end, hours / 24, clock)?
                    }
                    _ => end.plus_ms(hours.saturating_mul(servanda_model::HOUR_MS).saturating_neg()),
                }
            }
            (None, None, Some(column)) => days_back(end, whole(column, cells, numbers)?, clock)?,
            (None, None, None) => last.earliest,
        };
        if start < end { Ok(Window { start, end }) } else { Err(TimeFault::Reversed) }
    }
}

/// The start of the civil day that lies so many days back, the day that ends with `end` included.
fn days_back(end: Instant, n_days: i64, clock: &Clock) -> Result<Instant, TimeFault> {
    let day = clock.day_of(end.plus_ms(-1)).ok_or(TimeFault::Reversed)?;
    let first = n_days.checked_sub(1).filter(|n| (0..=40_000).contains(n));
    let first = first.and_then(|n| day.checked_sub(n.days()).ok()).ok_or(TimeFault::Reversed)?;
    clock.day_start(first).ok_or(TimeFault::Reversed)
}

fn whole(column: usize, cells: &[Cell<'_>], numbers: &NumberFormat) -> Result<i64, TimeFault> {
    let Some(text) = cells[column].stated() else { return Err(TimeFault::NotStated { column }) };
    match numbers.read(text) {
        Some(figure) if figure.is_exact() && figure.low.thousandths() % 1000 == 0 => Ok(figure.low.floor()),
        _ => Err(TimeFault::Unreadable { column, cell: text.to_owned() }),
    }
}
