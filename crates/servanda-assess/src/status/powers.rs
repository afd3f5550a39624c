//! What powers have done to a promise: suspended, extended, waived, terminated it.

use servanda_pact::{DeadlineSort, Power};

use super::engine::{Engine, length_ms};
use super::plan::{DutyPlan, Plan};
use super::stream::Belief;
use super::stretches::{NEVER, Stretches};

/// The exercise of powers over one promise, under one belief. Moments in milliseconds.
#[derive(Clone, Debug)]
pub(crate) struct Powers {
    belief: Belief,
    /// Both ends of the time at which it was waived, each time.
    waived: Vec<(i64, i64)>,
    /// The same for an extension, with its length.
    extended: Vec<(i64, i64, i64)>,
    /// First termination; [`NEVER`]: there was none.
    pub(crate) terminated: i64,
    /// From each suspension to the next resumption.
    pub(crate) suspended: Stretches,
}

impl Powers {
    /// What is on record of the powers over a plan.
    pub(crate) fn of(engine: &Engine, plan: &Plan, belief: Belief) -> Powers {
        let mut powers = Powers {
            belief,
            waived: Vec::new(),
            extended: Vec::new(),
            terminated: NEVER,
            suspended: Stretches::default(),
        };
        if plan.powers.is_empty() {
            return powers;
        }
        // When it was held off and taken up again, with both ends of each moment.
        let mut held: Vec<(i64, i64)> = Vec::new();
        let mut resumed: Vec<(i64, i64)> = Vec::new();
        for (power, holder) in &plan.powers {
            let other = &engine.compiled.plans[*holder];
            let DutyPlan::May { stream } = &other.duty else { continue };
            // What helps the obligor counts by its own belief; a resumption harms it.
            let side = if *power == Power::Resume { belief.opposite() } else { belief };
            let start = other.start.map_or(i64::MIN, |cond| engine.moment(cond, side)).max(other.adopted_ms);
            let end =
                other.until.iter().map(|cond| engine.moment(*cond, side.opposite())).min().unwrap_or(NEVER);
            let end = end.min(other.superseded_ms);
            for (earliest, latest) in engine.stream(*stream).occurrences(side) {
                let is_in_force = match side {
                    Belief::Most => latest >= start && earliest < end,
                    Belief::Least => earliest >= start && latest < end,
                    Belief::Verified | Belief::Reported => latest >= start && latest < end,
                };
                if !is_in_force {
                    continue;
                }
                let ends = (earliest.max(start), latest);
                match power {
                    Power::Waive => powers.waived.push(ends),
                    Power::Terminate => {
                        let moment = if side == Belief::Most { ends.0 } else { ends.1 };
                        powers.terminated = powers.terminated.min(moment);
                    }
                    Power::Suspend => held.push(ends),
                    Power::Resume => resumed.push(ends),
                    Power::Extend => {
                        let by_ms = match other.provision.deadline.as_ref().map(|deadline| &deadline.sort) {
                            Some(DeadlineSort::Within { duration, .. }) => length_ms(*duration),
                            _ => 0,
                        };
                        powers.extended.push((ends.0, ends.1, by_ms));
                    }
                }
            }
        }
        powers.suspended = suspended(belief, &held, &resumed);
        powers
    }

    /// When it was first waived, from a moment on.
    pub(crate) fn waived(&self, floor: i64) -> i64 {
        let moments = self.waived.iter().filter_map(|ends| self.from(floor, *ends));
        moments.min().unwrap_or(NEVER)
    }

    /// When it was extended, from a moment on, and by how much each time (milliseconds).
    pub(crate) fn extended(&self, floor: i64) -> Vec<(i64, i64)> {
        let each = self.extended.iter();
        each.filter_map(|(earliest, latest, by_ms)| Some((self.from(floor, (*earliest, *latest))?, *by_ms)))
            .collect()
    }

    /// The moment at which an exercise counts by the belief, if it lies from `floor` on by that belief.
    fn from(&self, floor: i64, (earliest, latest): (i64, i64)) -> Option<i64> {
        match self.belief {
            Belief::Most => (latest >= floor).then_some(earliest.max(floor)),
            Belief::Least => (earliest >= floor).then_some(latest),
            Belief::Verified | Belief::Reported => (latest >= floor).then_some(latest),
        }
    }
}

/// Each suspension lasts to the next resumption. Against the obligor it begins late, and any resumption that can
/// have followed ends it, as early as can be; for the obligor's good the other way round.
fn suspended(belief: Belief, held: &[(i64, i64)], resumed: &[(i64, i64)]) -> Stretches {
    let stretches = held.iter().map(|(earliest, latest)| {
        let ends = resumed.iter().filter_map(|(first, last)| match belief {
            Belief::Least => (*last >= *earliest).then_some(*first),
            Belief::Most => (*first >= *latest).then_some(*last),
            Belief::Verified | Belief::Reported => (*last >= *latest).then_some(*last),
        });
        let from = if belief == Belief::Most { *earliest } else { *latest };
        (from, ends.min().unwrap_or(NEVER))
    });
    Stretches::of(stretches.collect())
}
