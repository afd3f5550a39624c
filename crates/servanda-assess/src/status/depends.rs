//! Which plans to look at again when a stream changes.

use super::plan::{Compiled, CondIx, CondPlan, DutyPlan, PlanIx, StreamIx};

/// For each stream, the plans whose course can depend on it, directly or through other plans.
pub(crate) fn dependants(compiled: &Compiled) -> Vec<Vec<PlanIx>> {
    let n_plans = compiled.plans.len();
    let mut by_stream: Vec<Vec<PlanIx>> = vec![Vec::new(); compiled.streams.len()];
    let mut waiting_on: Vec<Vec<PlanIx>> = vec![Vec::new(); n_plans];
    for (at, plan) in compiled.plans.iter().enumerate() {
        let (mut streams, mut plans) = (Vec::new(), Vec::new());
        let conds = plan.start.iter().chain(&plan.whiles).chain(&plan.unless).chain(&plan.until);
        for cond in conds.chain(&plan.deadline_of) {
            visit(compiled, *cond, &mut streams, &mut plans);
        }
        match &plan.duty {
            DutyPlan::Deliver { parts } => streams.extend(parts.iter().map(|(stream, _)| *stream)),
            DutyPlan::Match { returned, burden, .. } => streams.extend([*returned, *burden]),
            DutyPlan::Not { stream }
            | DutyPlan::Keep { stream }
            | DutyPlan::Establish { stream }
            | DutyPlan::May { stream } => streams.push(*stream),
        }
        plans.extend(plan.powers.iter().map(|(_, power)| *power));
        for stream in streams {
            by_stream[stream].push(at);
        }
        for other in plans {
            waiting_on[other].push(at);
        }
    }
    for plans in &mut by_stream {
        let mut open = plans.clone();
        while let Some(plan) = open.pop() {
            for waiting in &waiting_on[plan] {
                if !plans.contains(waiting) {
                    plans.push(*waiting);
                    open.push(*waiting);
                }
            }
        }
        plans.sort_unstable();
        plans.dedup();
    }
    by_stream
}

fn visit(compiled: &Compiled, cond: CondIx, streams: &mut Vec<StreamIx>, plans: &mut Vec<PlanIx>) {
    match &compiled.conds[cond] {
        CondPlan::Occurs(stream) | CondPlan::Established(stream) | CondPlan::Count(stream, _) => {
            streams.push(*stream)
        }
        CondPlan::Fulfilled(name) | CondPlan::Breached(name) => {
            plans.extend(compiled.followed.get(name).into_iter().flatten());
        }
        CondPlan::After(_, inner) => visit(compiled, *inner, streams, plans),
        CondPlan::All(all) | CondPlan::Any(all) => {
            all.iter().for_each(|inner| visit(compiled, *inner, streams, plans))
        }
        CondPlan::On(_) | CondPlan::Never => {}
    }
}
