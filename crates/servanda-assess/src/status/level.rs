//! Implementation levels 0 to 3 by pace.
//!
//! # Source
//! Peace Accords Matrix: 0 not initiated, 1 minimal, 2 intermediate, 3 full. Between 0 and 3 the present pace
//! decides: 2 if it meets the deadline or the agreed rate, 1 if not. See `docs/methods/status.md`.

use servanda_model::{DAY_MS, Finding, Level, Number, State};

use super::course::{Course, NEVER};
use super::engine::Engine;
use super::keep::{KeepResult, Met};
use super::plan::{DutyPlan, Plan};
use super::stream::Quad;

impl Engine {
    pub(crate) fn level(
        &self,
        plan: &Plan,
        course: &Quad<Course>,
        keep: Option<&KeepResult>,
        now: i64,
        finding: &mut Finding,
    ) {
        let course = &course.reported;
        let state = finding.state.reported;
        if matches!(state, State::Dormant | State::Void | State::Superseded) {
            return;
        }
        let (level, pace) = match &plan.duty {
            DutyPlan::Deliver { .. } if plan.each_time.is_none() => delivered(course, now, finding),
            DutyPlan::Establish { .. } if plan.each_time.is_none() => {
                let is_done = matches!(state, State::Fulfilled | State::FulfilledLate);
                (if is_done { Level::Full } else { Level::NotInitiated }, None)
            }
            DutyPlan::Deliver { .. } | DutyPlan::Establish { .. } => by_instances(finding),
            DutyPlan::Keep { .. } => match keep.and_then(|result| kept(result, now)) {
                Some(result) => result,
                None => return,
            },
            DutyPlan::Match { .. } => matched(finding),
            DutyPlan::Not { .. } | DutyPlan::May { .. } => return,
        };
        finding.level = Some(level);
        finding.pace = pace;
    }
}

/// A delivery: at the pace since the start, would the slowest part be complete by the deadline?
fn delivered(course: &Course, now: i64, finding: &Finding) -> (Level, Option<String>) {
    if matches!(finding.state.reported, State::Fulfilled | State::FulfilledLate) {
        return (Level::Full, None);
    }
    let ratio = |p: &&servanda_model::Progress| {
        i128::from(p.reported.thousandths()) * 1_000_000 / i128::from(p.target.thousandths().max(1))
    };
    if finding.progress.iter().all(|p| p.reported == Number::ZERO) {
        return (Level::NotInitiated, None);
    }
    let Some(slowest) = finding.progress.iter().min_by_key(ratio) else { return (Level::NotInitiated, None) };
    let came = format!("{} of {}", slowest.reported, slowest.target);
    let deadline = course.deadlines.at(now);
    if deadline == NEVER {
        return (Level::Intermediate, Some(format!("{came}; no deadline to miss")));
    }
    if now > deadline {
        return (Level::Minimal, Some(format!("{came}; the deadline has passed")));
    }
    let (elapsed, allowed) = ((now - course.start).max(1), (deadline - course.start).max(1));
    let projected = i128::from(slowest.reported.thousandths()) * i128::from(allowed) / i128::from(elapsed);
    let meets = projected >= i128::from(slowest.target.thousandths());
    let projected = Number::from_thousandths(i64::try_from(projected).unwrap_or(i64::MAX));
    let pace = format!(
        "{came} in {} of {} days; at that pace {projected} by the deadline",
        days(elapsed),
        days(allowed)
    );
    (if meets { Level::Intermediate } else { Level::Minimal }, Some(pace))
}

fn by_instances(finding: &Finding) -> (Level, Option<String>) {
    let n = |wanted: &[State]| {
        finding.tally.iter().filter(|(s, _)| wanted.contains(s)).map(|(_, n)| n).sum::<u32>()
    };
    let (met, missed) = (n(&[State::Fulfilled]), n(&[State::Overdue, State::FulfilledLate]));
    let late = n(&[State::FulfilledLate]);
    let pace = Some(format!("{met} of {} due instances met in time", met + missed));
    let level = match (met, missed) {
        (_, 0) if met > 0 => Level::Full,
        (0, 0) => Level::NotInitiated,
        (0, _) if late == 0 => Level::NotInitiated,
        (met, missed) if met >= missed => Level::Intermediate,
        _ => Level::Minimal,
    };
    (level, pace)
}

/// A rate: full while every decided window was met; else by the last decided window; not begun while nothing came.
fn kept(result: &KeepResult, now: i64) -> Option<(Level, Option<String>)> {
    let past = || result.windows.iter().filter(|w| w.end <= now.saturating_add(1) && w.met != Met::NoData);
    let last = past().next_back()?;
    let n_missed = past().filter(|w| w.reported_missed).count();
    let pace = format!(
        "{} of {} windows with reports were reported short; last window {} to {} of {}",
        n_missed,
        past().count(),
        Number::from_thousandths(last.low),
        if last.high >= super::stream::UNBOUNDED {
            "any number".to_owned()
        } else {
            Number::from_thousandths(last.high).to_string()
        },
        Number::from_thousandths(last.bound)
    );
    let some_short = result.counters.iter().any(|counter| !counter.missed_some.is_empty());
    let level = if n_missed == 0 && !some_short && past().all(|w| w.met == Met::Yes) {
        Level::Full
    } else if past().all(|w| w.high == 0) {
        Level::NotInitiated
    } else if last.met == Met::Yes {
        Level::Intermediate
    } else {
        Level::Minimal
    };
    Some((level, Some(pace)))
}

fn matched(finding: &Finding) -> (Level, Option<String>) {
    let Some(balance) = &finding.balance else { return (Level::NotInitiated, None) };
    let (due, returned) = (balance.due.reported, balance.returned.reported);
    let pace = Some(format!("{returned} returned of {due} due"));
    if returned >= due {
        let level = match (due > Number::ZERO, returned > Number::ZERO) {
            (true, _) => Level::Full,
            (false, true) => Level::Intermediate,
            (false, false) => Level::NotInitiated,
        };
        (level, pace)
    } else if returned == Number::ZERO {
        (Level::NotInitiated, pace)
    } else {
        (Level::Minimal, pace)
    }
}

/// Days of 24 hours with one decimal.
fn days(ms: i64) -> Number {
    Number::from_thousandths((i128::from(ms) * 10 / i128::from(DAY_MS)) as i64 * 100)
}
