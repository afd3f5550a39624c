//! Reads the dates of a table, in the formats that the feed lists.

use std::collections::HashMap;

use jiff::fmt::strtime;
use servanda_model::When;

use crate::clock::Clock;

/// How many different dates are remembered; tables repeat them.
const MAX_REMEMBERED: usize = 1 << 16;

/// Reads date texts by the first format that fits.
pub(crate) struct DateReader<'f> {
    formats: &'f [String],
    is_day_only: bool,
    seen: HashMap<String, Option<When>>,
}

impl<'f> DateReader<'f> {
    /// Without formats, dates are read as a case writes them (ISO 8601). With `is_day_only`, a time of day is passed over.
    pub fn new(formats: &'f [String], is_day_only: bool) -> DateReader<'f> {
        DateReader { formats, is_day_only, seen: HashMap::new() }
    }

    /// The time that a text states; `None` where no format fits.
    pub fn read(&mut self, text: &str, clock: &Clock) -> Option<When> {
        if let Some(known) = self.seen.get(text) {
            return *known;
        }
        let when = if self.formats.is_empty() {
            clock.when(text).and_then(|when| self.grained(when, clock))
        } else {
            self.formats.iter().find_map(|format| self.by_format(format, text, clock))
        };
        if self.seen.len() < MAX_REMEMBERED {
            self.seen.insert(text.to_owned(), when);
        }
        when
    }

    fn by_format(&self, format: &str, text: &str, clock: &Clock) -> Option<When> {
        let parts = strtime::parse(format, text).ok()?;
        let date = parts.to_date().ok();
        if parts.hour().is_none() || self.is_day_only && parts.offset().is_none() {
            return clock.day(date?);
        }
        let when = match parts.offset() {
            Some(_) => When::at(parts.to_timestamp().ok()?.into()),
            None => clock.local(parts.to_datetime().ok()?)?,
        };
        self.grained(when, clock)
    }

    fn grained(&self, when: When, clock: &Clock) -> Option<When> {
        if !self.is_day_only {
            return Some(when);
        }
        clock.days(clock.day_of(when.earliest)?, clock.day_of(when.latest)?, when.precision).map(|days| {
            let is_finer =
                matches!(days.precision, servanda_model::Precision::Exact | servanda_model::Precision::Hour);
            When { precision: if is_finer { servanda_model::Precision::Day } else { days.precision }, ..days }
        })
    }
}
