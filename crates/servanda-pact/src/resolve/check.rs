//! What can be read but is probably not meant: clauses without effect, duties without deadline, kinds unused.

use std::collections::{HashMap, HashSet};

use servanda_model::{Name, Number};

use super::Context;
use crate::messages;
use crate::{
    Agreement, Amount, At, Bound, Cond, CondSort, Date, Deadline, DeadlineSort, Duty, Provision, Reading,
    Tolerance,
};

/// Readings of one provision that are compared with it.
const MAX_READINGS: usize = 200;

/// Looks at the meaning of everything that could be read.
pub(super) fn check(ctx: &mut Context, agreement: &Agreement) {
    for kind in &agreement.kinds {
        if !ctx.counted.contains(&kind.id) {
            ctx.report_at(messages::unused_kind(kind.id.as_str()), kind.at);
        }
    }
    for milestone in &agreement.milestones {
        counts(ctx, &milestone.condition);
    }
    let adopted: HashMap<&Name, Date> =
        agreement.instruments.iter().map(|instrument| (&instrument.id, instrument.adopted)).collect();
    for provision in &agreement.provisions {
        self::provision(ctx, provision, adopted.get(&provision.instrument).copied());
    }
}

fn provision(ctx: &mut Context, provision: &Provision, adopted: Option<Date>) {
    let must_come = matches!(provision.duty, Duty::Deliver { .. } | Duty::Establish { .. });
    if must_come && provision.deadline.is_none() && !provision.no_deadline {
        ctx.report_at(messages::no_deadline(provision.id.as_str()), provision.duty_at);
    }
    duty(ctx, &provision.duty, provision.duty_at);
    if let Some(deadline) = &provision.deadline {
        self::deadline(ctx, deadline, &provision.duty, adopted);
    }
    if let Some(tolerance) = &provision.tolerance {
        self::tolerance(ctx, tolerance, &provision.duty);
    }
    for (_, condition) in provision.conditions() {
        counts(ctx, condition);
    }
    provision.whiles.iter().for_each(|condition| lengths(ctx, condition));
    both_sides(ctx, provision);
    watches(ctx, provision);
    dates(ctx, provision, adopted);
    for reading in provision.readings.iter().take(MAX_READINGS) {
        self::reading(ctx, provision, reading);
    }
}

fn duty(ctx: &mut Context, duty: &Duty, at: At) {
    let zero = |amount: &Amount| *amount == Amount::Fixed(Number::ZERO);
    match duty {
        Duty::Deliver { targets, .. } => {
            for (_, kind) in targets.iter().filter(|target| zero(&target.0)) {
                ctx.report_at(messages::zero_bound(&format!("deliver 0 {kind}")), at);
            }
        }
        Duty::Keep { bound: Bound::AtLeast, amount, .. } if zero(amount) => {
            ctx.report_at(messages::zero_bound("at least 0"), at);
        }
        Duty::Match { amount, kind, unit_kind, by, .. } => {
            if zero(amount) {
                ctx.report_at(messages::zero_bound(&format!("match 0 {kind}")), at);
            }
            if by.is_none() {
                ctx.report_at(messages::match_without_by(unit_kind.as_str()), at);
            }
        }
        _ => {}
    }
}

fn deadline(ctx: &mut Context, deadline: &Deadline, duty: &Duty, adopted: Option<Date>) {
    let form = match duty {
        Duty::Not { .. } => Some("not"),
        Duty::Keep { .. } => Some("keep"),
        _ => None,
    };
    if let Some(form) = form {
        ctx.report_at(messages::deadline_on_standing(form), deadline.at);
    }
    if let (DeadlineSort::By(date), Some(adopted)) = (&deadline.sort, adopted)
        && ends_before(*date, adopted)
    {
        ctx.report_at(messages::before_adoption(&date.to_string(), &adopted.to_string()), deadline.at);
    }
}

/// Whether a deadline is over before another date begins, as far as the calendar shows.
fn ends_before(deadline: Date, start: Date) -> bool {
    let day = |date: Date| Date { time: None, ..date };
    match (deadline.time, start.time) {
        (Some(deadline_time), Some(start_time)) => (day(deadline), deadline_time) < (day(start), start_time),
        _ => day(deadline) < day(start),
    }
}

fn tolerance(ctx: &mut Context, tolerance: &Tolerance, duty: &Duty) {
    match duty {
        Duty::Keep { per, .. } if *per != tolerance.per => {
            let message = messages::tolerance_of_other_window(&tolerance.per.to_string(), &per.to_string());
            ctx.report_at(message, tolerance.at);
        }
        Duty::Keep { .. } => {}
        _ => return ctx.report_at(messages::tolerance_without_window(), tolerance.at),
    }
    if tolerance.missed >= tolerance.of {
        ctx.report_at(messages::always_tolerated(tolerance.missed, tolerance.of), tolerance.at);
    } else if tolerance.missed == 0 {
        ctx.report_at(messages::tolerates_nothing(), tolerance.at);
    }
}

fn counts(ctx: &mut Context, condition: &Cond) {
    let mut zeros = Vec::new();
    condition.walk(&mut |condition| {
        if let CondSort::Count { kind, at_least: Amount::Fixed(Number::ZERO) } = &condition.sort {
            zeros.push((kind.clone(), condition.at));
        }
    });
    for (kind, at) in zeros {
        ctx.report_at(messages::zero_bound(&format!("count {kind} at least 0")), at);
    }
}

fn lengths(ctx: &mut Context, condition: &Cond) {
    let mut found = Vec::new();
    condition.walk(&mut |condition| {
        if let CondSort::Occurs { kind, .. } = &condition.sort {
            found.push((kind.clone(), condition.at));
        }
    });
    for (kind, at) in found {
        ctx.report_at(messages::occurrence_has_no_length(kind.as_str()), at);
    }
}

fn both_sides(ctx: &mut Context, provision: &Provision) {
    let kinds: HashSet<&Name> = provision.duty.kinds().into_iter().collect();
    if let Duty::Match { kind, unit_kind, .. } = &provision.duty
        && kind == unit_kind
    {
        ctx.report_at(messages::both_sides(kind.as_str(), "for each"), provision.duty_at);
    }
    for (keyword, condition) in provision.conditions() {
        for kind in condition.kinds() {
            if kinds.contains(kind) {
                ctx.report_at(messages::both_sides(kind.as_str(), keyword), condition.at);
            }
        }
    }
}

fn watches(ctx: &mut Context, provision: &Provision) {
    let mut kinds: HashSet<&Name> = provision.duty.kinds().into_iter().collect();
    kinds.extend(provision.conditions().iter().flat_map(|(_, condition)| condition.kinds()));
    for reading in &provision.readings {
        kinds.extend(reading.clause.names().into_iter().map(|(name, _)| name));
    }
    for watch in provision.watches.iter().filter(|watch| !kinds.contains(&watch.kind)) {
        ctx.report_at(messages::idle_watch(watch.kind.as_str()), watch.at);
    }
}

fn dates(ctx: &mut Context, provision: &Provision, adopted: Option<Date>) {
    let date_of = |condition: &Cond| match condition.sort {
        CondSort::On(date) => Some((date, condition.at)),
        _ => None,
    };
    let start = provision.start.as_ref().and_then(|start| date_of(&start.condition)).map(|found| found.0);
    for (until, at) in provision.until.iter().filter_map(date_of) {
        let first = start.map(|start| ("when", start)).or(adopted.map(|adopted| ("adopted", adopted)));
        if let Some((word, first)) = first.filter(|first| until <= first.1) {
            let message = messages::dates_reversed(&until.to_string(), "until", &first.to_string(), word);
            ctx.report_at(message, at);
        }
    }
    let Some(start) = start else { return };
    if let Some(Deadline { sort: DeadlineSort::By(date), at, .. }) = provision.deadline.as_ref()
        && ends_before(*date, start)
    {
        let message = messages::dates_reversed(&date.to_string(), "by", &start.to_string(), "when");
        ctx.report_at(message, *at);
    }
}

fn reading(ctx: &mut Context, provision: &Provision, reading: &Reading) {
    let plain = Provision { readings: Vec::new(), ..provision.clone() };
    if without_places(&plain) == without_places(&plain.read_as(reading)) {
        ctx.report_at(messages::reading_changes_nothing(&reading.label), reading.at);
    }
}

/// A provision without the places of its parts, for comparison of what it says.
fn without_places(provision: &Provision) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                fields.remove("at");
                fields.remove("duty_at");
                fields.values_mut().for_each(strip);
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(provision).unwrap_or_default();
    strip(&mut value);
    value
}
