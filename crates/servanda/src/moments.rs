//! Which two moments are meant: dates as people write them, in the clock of the case.

use servanda_ledger::{Ledger, What};
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

/// A date or time as written; a bare date is the beginning of that civil day.
pub(crate) fn start(text: &str, option: &str, clock: &Clock) -> Result<Instant, CommandError> {
    match clock.when(text).filter(|_| !text.contains('/')) {
        Some(when) => Ok(when.earliest),
        None => moment(text, option, clock),
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
    let said = |text: Option<&str>, option: &str| text.map(|text| moment(text, option, clock)).transpose();
    let (as_of, known) = (said(as_of, "--as-of")?, said(known, "--known")?);
    if let Some(as_of) = as_of.or(known) {
        // What will be on record on a later day is not known. Of a record from the future (an invented case, a clock
        // that is wrong) this machine's clock says nothing.
        let is_ahead = ledger.last_known_at().is_some_and(|last| last > now);
        let known = known.unwrap_or(if is_ahead { as_of } else { as_of.min(now) });
        return Ok(Moments { as_of, known, remark: None });
    }
    let asserted = last_asserted(ledger).filter(|_| case.file.known_by == KnownBy::Publication);
    let Some(last) = asserted else { return Ok(Moments { as_of: now, known: now, remark: None }) };
    let as_of = end_of_day(clock, last);
    let remark = format!(
        "no date was asked for, so this is the day of the last claim on record, {}; --as-of DATE asks for another",
        civil.day(as_of)
    );
    // What was taken back or ruled since then counts as well.
    let known = ledger.last_known_at().map_or(as_of, |last| end_of_day(clock, last)).max(as_of);
    Ok(Moments { as_of, known, remark: Some(remark) })
}

/// When the last claim became known.
fn last_asserted(ledger: &Ledger) -> Option<Instant> {
    let all = ledger.as_of(Instant::MAX);
    let claims = all.changes().iter().rev().filter(|change| matches!(change.what, What::Assert(_)));
    claims.map(|change| change.known_at).next()
}

/// The first moment of the civil day that holds a moment.
pub(crate) fn start_of_day(clock: &Clock, instant: Instant) -> Instant {
    clock.day_of(instant).and_then(|day| clock.day_start(day)).unwrap_or(instant)
}

/// The last moment of the civil day that holds a moment.
pub(crate) fn end_of_day(clock: &Clock, instant: Instant) -> Instant {
    let day = clock.day_of(instant);
    day.and_then(|day| clock.day_end(day)).map_or(instant, |end| end.plus_ms(-1))
}
