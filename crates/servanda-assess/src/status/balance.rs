//! The running balance of a `match` promise: at each time returned ≥ ratio x floor(burden due by then / unit).

use servanda_pact::{Amount, DeadlineSort, Duty};

use super::course::{Course, NEVER, Stretches};
use super::engine::Engine;
use super::index::SumIndex;
use super::plan::{DutyPlan, Plan, PlanIx, StreamIx};
use super::stream::{Belief, Item, Quad, Stream};

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
    pub(crate) fn behind(&self, at: PlanIx, belief: Belief, course: &Course) -> Stretches {
        let plan = &self.compiled.plans[at];
        let DutyPlan::Match { returned, burden, .. } = &plan.duty else { return Stretches::default() };
        if self.balances.borrow()[at].is_none() {
            self.balances.borrow_mut()[at] = Some(self.balance_of(plan));
        }
        if let Some(Some(balance)) = &self.balances.borrow()[at] {
            return Stretches::of(balance.get(belief).negative()).and(&course.allowed);
        }
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

/// Running balances in one index per belief, for ratios that need no rounding: each unit of the burden is one.
pub(crate) type Balances = Quad<SumIndex>;

impl Engine {
    /// The balances of a plan; `None` where running totals or fractions of a unit need the slow way.
    fn balance_of(&self, plan: &Plan) -> Option<Balances> {
        let DutyPlan::Match { returned, burden, .. } = &plan.duty else { return None };
        let ratio = ratio(plan)?;
        let (returned, burden) = (self.stream(*returned), self.stream(*burden));
        if !returned.totals.is_empty() || !burden.totals.is_empty() {
            return None;
        }
        let first = returned.first_moment().min(burden.first_moment());
        let is_whole = |belief| burden.sums(belief).from(i64::MIN).all(|(_, weight)| weight % 1000 == 0);
        if first < plan.adopted_ms
            || !is_whole(Belief::Most)
            || !is_whole(Belief::Least)
            || !is_whole(Belief::Reported)
        {
            return None;
        }
        let index = |belief: Belief| {
            let came = returned.sums(belief).from(i64::MIN);
            let due = burden.sums(belief.opposite()).from(i64::MIN);
            let due = due.map(|(moment, weight)| (self.due_at(plan, moment), -weight.saturating_mul(ratio)));
            SumIndex::bulk(came.chain(due).collect())
        };
        Some(Quad {
            least: index(Belief::Least),
            most: index(Belief::Most),
            verified: index(Belief::Verified),
            reported: index(Belief::Reported),
        })
    }

    /// When what came at a moment must have been returned: from then on it counts as due.
    fn due_at(&self, plan: &Plan, moment: i64) -> i64 {
        match plan.provision.deadline.as_ref().map(|deadline| &deadline.sort) {
            Some(DeadlineSort::Within { duration, of: None }) => {
                self.later(moment, *duration).saturating_add(1)
            }
            _ => moment,
        }
    }

    /// Keeps the balances of a plan current when one of its streams changes; drops them where they no longer hold.
    pub(crate) fn update_balance(&self, at: PlanIx, stream: StreamIx, old: Option<Item>, new: Option<Item>) {
        let plan = &self.compiled.plans[at];
        let DutyPlan::Match { returned, burden, .. } = &plan.duty else { return };
        let mut balances = self.balances.borrow_mut();
        let Some(Some(balance)) = &mut balances[at] else {
            balances[at] = None;
            return;
        };
        let mut items = [old, new].into_iter().flatten();
        let fits = |item: &Item| {
            let whole = [item.low, item.best, item.high].iter().all(|amount| amount % 1000 == 0);
            !item.is_total && item.earliest >= plan.adopted_ms && (stream != *burden || whole)
        };
        let Some(ratio) = ratio(plan).filter(|_| items.all(|item| fits(&item))) else {
            balances[at] = None;
            return;
        };
        let doubt = self.stream(stream).doubt();
        for (sign, item) in [(-1, old), (1, new)] {
            let Some(item) = item else { continue };
            for belief in Belief::ALL {
                if stream == *returned
                    && let Some((moment, weight)) = item.weight(belief, doubt)
                {
                    balance.get_mut(belief).add(moment, sign * weight);
                }
                if stream == *burden
                    && let Some((moment, weight)) = item.weight(belief.opposite(), doubt)
                {
                    let due = self.due_at(plan, moment);
                    balance.get_mut(belief).add(due, -sign * weight.saturating_mul(ratio));
                }
            }
        }
    }
}

/// Whole units returned for one whole unit; `None` where the promise is not of that form.
fn ratio(plan: &Plan) -> Option<i64> {
    match &plan.provision.duty {
        Duty::Match { amount: Amount::Fixed(amount), unit_amount: Amount::Fixed(unit), .. }
            if unit.thousandths() == 1000 && amount.thousandths() % 1000 == 0 =>
        {
            Some(amount.thousandths() / 1000)
        }
        _ => None,
    }
}

/// Moments at which a stream's sum changes under a belief.
fn changes(stream: &Stream, belief: Belief) -> Vec<i64> {
    let totals = stream.total_moments().into_iter().flat_map(|moment| [moment, moment.saturating_add(1)]);
    stream.sums(belief).from(i64::MIN).map(|(moment, _)| moment).chain(totals).collect()
}
