//! Where prohibitions bind: what other questions than status need of the engine.

use servanda_model::Name;
use servanda_pact::Duty;

use super::engine::Engine;
use super::plan::DutyPlan;

/// A promise not to do something, with the times at which it binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prohibition {
    /// The provision.
    pub provision: Name,
    /// Whose promise.
    pub obligor: Name,
    /// The acts.
    pub kinds: Vec<Name>,
    /// Only there.
    pub zone: Option<Name>,
    /// Stretches `[from, to)` in milliseconds in which it binds whatever is believed.
    pub surely: Vec<(i64, i64)>,
    /// Stretches in which it binds if everything in doubt is taken so that it does.
    pub possibly: Vec<(i64, i64)>,
}

impl Engine {
    /// Every prohibition, as the standpoint reads it, in the order of the agreement.
    pub fn prohibitions(&self) -> Vec<Prohibition> {
        let plans = self.compiled.plans.iter().enumerate().filter(|(_, plan)| plan.is_followed);
        plans
            .filter(|(_, plan)| matches!(plan.duty, DutyPlan::Not { .. }))
            .filter_map(|(at, plan)| {
                let Duty::Not { kinds, zone } = &plan.provision.duty else { return None };
                let course = self.course(at)?;
                let all = [&course.least.allowed, &course.most.allowed, &course.reported.allowed];
                let surely = all[0].and(all[1]).and(all[2]);
                let possibly = all[0].or(all[1]).or(all[2]);
                Some(Prohibition {
                    provision: plan.provision.id.clone(),
                    obligor: plan.obligor.clone(),
                    kinds: kinds.clone(),
                    zone: zone.clone(),
                    surely: surely.as_slice().to_vec(),
                    possibly: possibly.as_slice().to_vec(),
                })
            })
            .collect()
    }
}
