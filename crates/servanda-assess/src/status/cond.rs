//! Conditions: when they hold, under four degrees of belief.

use servanda_model::{Instant, Name, Number};
use servanda_pact::{Amount, Date, Duration};

use super::course::{Course, NEVER, Stretches};
use super::engine::Engine;
use super::plan::{CondIx, CondPlan, DutyPlan, PlanIx};
use super::stream::{Belief, Quad};

impl Engine {
    /// First moment at which a condition holds under a belief; [`NEVER`] where it does not.
    pub(crate) fn moment(&self, cond: CondIx, belief: Belief) -> i64 {
        match &self.compiled.conds[cond] {
            CondPlan::Occurs(stream) | CondPlan::Established(stream) => {
                self.stream(*stream).numbers(belief).first_reaching(1).unwrap_or(NEVER)
            }
            CondPlan::Count(stream, amount) => {
                let target = self.amount(amount, i64::MAX);
                self.stream(*stream).reached(belief, target, i64::MIN)
            }
            CondPlan::Fulfilled(name) => {
                let done = self.over_plans(name, |course| course.fulfilled_at(belief));
                done.into_iter().max().unwrap_or(NEVER)
            }
            CondPlan::Breached(name) => {
                let breached = self.over_plans(name, |course| course.get(belief.opposite()).breached_at);
                breached.into_iter().min().unwrap_or(NEVER)
            }
            CondPlan::On(moment) => *moment,
            CondPlan::After(duration, inner) => self.later(self.moment(*inner, belief), *duration),
            CondPlan::All(all) => all.iter().map(|inner| self.moment(*inner, belief)).max().unwrap_or(NEVER),
            CondPlan::Any(any) => any.iter().map(|inner| self.moment(*inner, belief)).min().unwrap_or(NEVER),
            CondPlan::Never => NEVER,
        }
    }

    /// Where it is settled, by what is known by then, that a condition can never hold.
    pub(crate) fn impossible(&self, cond: CondIx, belief: Belief) -> Stretches {
        let (always, never) = (Stretches::of(vec![(i64::MIN, NEVER)]), Stretches::default());
        match &self.compiled.conds[cond] {
            CondPlan::Fulfilled(name) => {
                let shut = |course: &Quad<Course>| {
                    let fulfilled = Stretches::of(vec![(course.fulfilled_at(belief), NEVER)]);
                    course.get(belief.opposite()).shut().but_not(&fulfilled)
                };
                self.over_plans(name, shut).iter().fold(never, |all, one| all.or(one))
            }
            CondPlan::Breached(name) => {
                let safe = |course: &Quad<Course>| course.get(belief.opposite()).safe();
                self.over_plans(name, safe).iter().fold(always, |all, one| all.and(one))
            }
            CondPlan::After(_, inner) => self.impossible(*inner, belief),
            CondPlan::All(all) => all.iter().fold(never, |any, one| any.or(&self.impossible(*one, belief))),
            CondPlan::Any(any) => any.iter().fold(always, |all, one| all.and(&self.impossible(*one, belief))),
            CondPlan::Never => always,
            CondPlan::Occurs(_) | CondPlan::Established(_) | CondPlan::Count(..) | CondPlan::On(_) => never,
        }
    }

    /// Stretches in which a condition holds under a belief: from its first moment on, but a breach only while it
    /// lasts, and, where `each` is set, an occurrence only as long as its own time. So lasts, always, the breach of a
    /// prohibition: each incident for the whole time that is stated of it.
    pub(crate) fn holds(&self, cond: CondIx, belief: Belief, each: bool) -> Stretches {
        match &self.compiled.conds[cond] {
            CondPlan::Occurs(stream) if each => {
                let stream = self.stream(*stream);
                let around = stream.possible_between(i64::MIN / 2, i64::MAX - 1);
                let certain = |incident| match belief {
                    Belief::Least => !stream.is_uncertain(incident),
                    Belief::Verified => stream.is_verified(incident),
                    Belief::Most | Belief::Reported => true,
                };
                Stretches::of(
                    around.filter(|(i, _, _)| certain(*i)).map(|(_, from, to)| (from, to + 1)).collect(),
                )
            }
            CondPlan::Breached(name) => {
                let plans = self.compiled.followed.get(name).map_or(&[][..], Vec::as_slice);
                let mut all = Stretches::default();
                for courses in plans.iter().filter_map(|plan| Some((*plan, self.course(*plan)?))) {
                    let (plan, course) = (courses.0, courses.1.get(belief.opposite()));
                    all =
                        all.or(course.guards.get_or_init(|| self.in_breach(plan, course, belief.opposite())));
                }
                all
            }
            CondPlan::All(all) => {
                let start = Stretches::of(vec![(i64::MIN, NEVER)]);
                all.iter().fold(start, |held, inner| held.and(&self.holds(*inner, belief, each)))
            }
            CondPlan::Any(any) => any
                .iter()
                .fold(Stretches::default(), |held, inner| held.or(&self.holds(*inner, belief, each))),
            _ => Stretches::of(vec![(self.moment(cond, belief), NEVER)]),
        }
    }

    /// Where a promise is in breach by a belief; see [`Engine::holds`].
    fn in_breach(&self, at: PlanIx, course: &Course, belief: Belief) -> Stretches {
        let DutyPlan::Not { stream } = &self.compiled.plans[at].duty else { return course.breaches.clone() };
        let (stream, harm) = (self.stream(*stream), belief.opposite());
        let is_breach = |incident, earliest: i64, latest: i64, (from, to): (i64, i64)| match harm {
            Belief::Most => true,
            Belief::Least => !stream.is_uncertain(incident) && from <= earliest && latest < to,
            Belief::Verified => stream.is_verified(incident) && latest < to,
            Belief::Reported => latest < to,
        };
        // What lies within the last stretch adds nothing and is not looked at closer: of many incidents of one day, one is.
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        let mut last = (NEVER, i64::MIN);
        for (from, to) in course.allowed.iter() {
            for (incident, earliest, latest) in stream.possible_between(from, to - 1) {
                let is_within = earliest >= last.0 && latest < last.1;
                if is_within || !is_breach(incident, earliest, latest, (from, to)) {
                    continue;
                }
                last = (earliest, latest.saturating_add(1));
                stretches.push(last);
            }
        }
        Stretches::of(stretches)
    }

    /// What holds of each instance of a provision; one inside a circle has not begun.
    fn over_plans<T>(&self, name: &Name, of: impl Fn(&Quad<Course>) -> T) -> Vec<T> {
        let plans = self.compiled.followed.get(name).map_or(&[][..], Vec::as_slice);
        plans
            .iter()
            .map(|plan| self.course(*plan).map_or_else(|| of(&Quad::never()), |course| of(&course)))
            .collect()
    }

    /// So long after a moment; never stays never.
    pub(crate) fn later(&self, moment: i64, duration: Duration) -> i64 {
        if moment == NEVER || moment <= i64::MIN / 8 {
            return moment;
        }
        self.clock.add(Instant::from_ms(moment), duration).ms()
    }

    /// An amount in force at a moment, in thousandths; a dated number has its last value at the end of time.
    pub(crate) fn amount(&self, amount: &Amount, at: i64) -> i64 {
        match amount {
            Amount::Fixed(number) => number.thousandths(),
            Amount::Dated(name) => {
                let Some(number) = self.agreement.numbers.iter().find(|number| number.id == *name) else {
                    return 0;
                };
                let since = |date: Date| {
                    if date.time.is_some() {
                        self.clock.moment(date).ms()
                    } else {
                        self.clock.start_of_day(date).ms()
                    }
                };
                let in_force = number.values.iter().rev().find(|value| since(value.since) <= at);
                in_force.or(number.values.first()).map_or(Number::ZERO, |value| value.value).thousandths()
            }
        }
    }
}

impl Engine {
    /// First moment from `floor` on at which an excuse holds: its next occurrence, or its first moment where it lasts.
    pub(crate) fn excused_after(&self, cond: CondIx, belief: Belief, floor: i64) -> i64 {
        match &self.compiled.conds[cond] {
            CondPlan::Occurs(stream) => self.stream(*stream).next(belief, floor),
            CondPlan::Any(any) => {
                any.iter().map(|inner| self.excused_after(*inner, belief, floor)).min().unwrap_or(NEVER)
            }
            CondPlan::All(all) if all.len() == 1 => self.excused_after(all[0], belief, floor),
            _ => self.moment(cond, belief).max(floor),
        }
    }

    /// The streams whose single occurrences excuse: a change of theirs touches only instances that are open then.
    pub(crate) fn excuse_streams(&self, conds: &[CondIx]) -> Vec<super::plan::StreamIx> {
        conds
            .iter()
            .flat_map(|cond| match &self.compiled.conds[*cond] {
                CondPlan::Occurs(stream) => vec![*stream],
                CondPlan::Any(all) | CondPlan::All(all) => self.excuse_streams(all),
                _ => Vec::new(),
            })
            .collect()
    }
}
