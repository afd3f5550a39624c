//! The running balance of a `match` promise: at each time returned ≥ ratio x floor(burden due by then / unit).

use servanda_pact::{DeadlineSort, Duty};

use super::course::{Course, NEVER, Stretches};
use super::engine::Engine;
use super::plan::{DutyPlan, Plan};
use super::stream::{Belief, Stream};

/// Balance at one moment, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) burden: i64,
    pub(crate) due: i64,
    pub(crate) returned: i64,
}

impl Engine {
    /// Burden, what is due for it, and what was returned, at a moment.
    pub(crate) fn standing(&self, plan: &Plan, belief: Belief, at: i64) -> Standing {
        let DutyPlan::Match { returned, burden, promised } = &plan.duty else { return Standing::default() };
        let Duty::Match { amount, unit_amount, .. } = &plan.provision.duty else {
            return Standing::default();
        };
        let floor = plan.adopted_ms;
        let promised = promised.as_ref().map(|amount| self.amount(amount, at));
        let burden_now = self.stream(*burden).amount_by(belief.opposite(), at, floor, promised);
        let burden_due =
            self.stream(*burden).amount_by(belief.opposite(), self.due_back(plan, at), floor, promised);
        let unit = self.amount(unit_amount, at).max(1);
        let due = (burden_due / unit).saturating_mul(self.amount(amount, at));
        Standing {
            burden: burden_now,
            due,
            returned: self.stream(*returned).amount_by(belief, at, floor, None),
        }
    }

    /// The latest moment of a burden that is due by `at`.
    fn due_back(&self, plan: &Plan, at: i64) -> i64 {
        match plan.provision.deadline.as_ref().map(|deadline| &deadline.sort) {
            Some(DeadlineSort::Within { duration, of: None }) => {
                // The largest moment whose deadline has passed at `at`; deadlines rise with their start.
                let (mut low, mut high) =
                    (at.saturating_sub(super::engine::length_ms(*duration) + 2 * servanda_model::DAY_MS), at);
                while low < high {
                    let middle = low + (high - low + 1) / 2;
                    if self.later(middle, *duration) < at { low = middle } else { high = middle - 1 }
                }
                low
            }
            _ => at,
        }
    }

    /// Stretches in which the promise was behind.
    pub(crate) fn behind(&self, plan: &Plan, belief: Belief, course: &Course) -> Stretches {
        let DutyPlan::Match { returned, burden, .. } = &plan.duty else { return Stretches::default() };
        let mut moments: Vec<i64> = course.allowed.iter().flat_map(|(from, to)| [from, to]).collect();
        moments.extend(changes(self.stream(*returned), belief));
        for moment in changes(self.stream(*burden), belief.opposite()) {
            moments.push(match plan.provision.deadline.as_ref().map(|deadline| &deadline.sort) {
                Some(DeadlineSort::Within { duration, of: None }) => {
                    self.later(moment, *duration).saturating_add(1)
                }
                _ => moment,
            });
        }
        moments.retain(|moment| *moment > i64::MIN && *moment < NEVER);
        moments.sort_unstable();
        moments.dedup();
        let is_behind = |at: i64| {
            let standing = self.standing(plan, belief, at);
            standing.returned < standing.due
        };
        let mut behind = Vec::new();
        for (at, moment) in moments.iter().enumerate() {
            if is_behind(*moment) {
                behind.push((*moment, moments.get(at + 1).copied().unwrap_or(NEVER)));
            }
        }
        Stretches::of(behind).and(&course.allowed)
    }
}

/// Moments at which a stream's sum changes under a belief.
fn changes(stream: &Stream, belief: Belief) -> Vec<i64> {
    let totals = stream.total_moments().into_iter().flat_map(|moment| [moment, moment.saturating_add(1)]);
    stream.sums(belief).from(i64::MIN).map(|(moment, _)| moment).chain(totals).collect()
}
