//! Which two moments are meant: dates as people write them, in the clock of the case.

use servanda_ledger::Ledger;
use servanda_model::Instant;
use servanda_read::{Clock, KnownBy};
use servanda_render::civil::Civil;

use crate::case::Case;
use crate::error::CommandError;

/// The two moments of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moments {
    pub as_of: Instant,
    pub known: Instant,
    /// What to know about how they were chosen.
    pub remark: Option<String>,
}

/// The present moment. `SERVANDA_NOW` takes its place, so that a report can be made again.
pub(crate) fn now() -> Result<Instant, CommandError> {
    if let Ok(fixed) = std::env::var("SERVANDA_NOW") {
        return fixed.parse().map_err(|error| {
            CommandError::usage(format!("SERVANDA_NOW: {error}")).hint("write it as 2025-10-13T09:00:00Z")
        });
    }
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Ok(Instant::from_ms(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX - 1))))
}

/// A date or time as written; a bare date is the end of that civil day.
pub(crate) fn moment(text: &str, option: &str, clock: &Clock) -> Result<Instant, CommandError> {
    match clock.when(text).filter(|_| !text.contains('/')) {
        Some(when) => Ok(when.latest),
        None => Err(CommandError::usage(format!("{option} '{text}' is no date"))
            .hint("write 2025-10-22, 2025-10-22T14:00 or 2025-10-22T14:00:00Z")),
    }
}

/// The moments that are asked for, or those that the case suggests.
pub(crate) fn moments(
    case: &Case,
    ledger: &Ledger,
    as_of: Option<&str>,
    known: Option<&str>,
) -> Result<Moments, CommandError> {
    let clock = &case.file.clock;
    let civil = Civil::new(case.zone());
    let now = now()?;
    let mut remark = None;
    let as_of = match (as_of, known) {
        (Some(text), _) => moment(text, "--as-of", clock)?,
        (None, Some(text)) => moment(text, "--known", clock)?,
        (None, None) => match ledger.last_known_at().filter(|_| case.file.known_by == KnownBy::Publication) {
            Some(last) => {
                let day = end_of_day(clock, last);
                remark = Some(format!(
                    "no date was asked for, so this is the day of the last thing on record, {}; --as-of DATE asks for another",
                    civil.day(day)
                ));
                day
            }
            None => now,
        },
    };
    let known = match known {
        Some(text) => moment(text, "--known", clock)?,
        None if remark.is_some() => as_of,
        None => as_of.min(now),
    };
    Ok(Moments { as_of, known, remark })
}

/// The last moment of the civil day that holds a moment.
pub(crate) fn end_of_day(clock: &Clock, instant: Instant) -> Instant {
    let day = clock.day_of(instant);
    day.and_then(|day| clock.day_end(day)).map_or(instant, |end| end.plus_ms(-1))
}
