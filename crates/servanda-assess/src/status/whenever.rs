//! Instances of a `whenever` promise: one for each occurrence of its trigger.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use servanda_model::State;

use super::deadlines::Deadlines;
use super::engine::Engine;
use super::incidents::{Grade, IncidentIx};
use super::index::SumIndex;
use super::outcome::{Held, Outcome};
use super::plan::{DutyPlan, Plan, PlanIx, StreamIx};
use super::powers::Powers;
use super::stream::{Belief, Item, Quad};
use super::stretches::NEVER;

/// States that a tally distinguishes.
pub(crate) const TALLIED: [State; 10] = [
    State::InForce,
    State::Suspended,
    State::Fulfilled,
    State::FulfilledLate,
    State::Overdue,
    State::Void,
    State::Waived,
    State::Terminated,
    State::Lapsed,
    State::Superseded,
];

/// All instances of one plan, under all beliefs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Instances {
    all: BTreeMap<(i64, IncidentIx), [Outcome; 4]>,
    /// Changes of state by moment: per belief and state, +1 in, -1 out.
    tallies: Vec<SumIndex>,
    /// Moments of breach, per belief.
    breaches: [SumIndex; 4],
    /// How many instances there are, by the earliest moment of their trigger.
    by_start: SumIndex,
    /// The same by the last moment at which a delivery can matter to them.
    by_done: SumIndex,
    /// The same by the last moment at which an excuse can matter to them.
    by_deadline: SumIndex,
    /// Instances whose deadline passed unmet in the reported view.
    pub(crate) breached: BTreeSet<(i64, IncidentIx)>,
    pending: Vec<Pending>,
    is_stale: bool,
}

#[derive(Clone, Debug)]
enum Pending {
    Trigger(IncidentIx, Option<Item>, Option<Item>),
    /// Instances that can depend on a stream at these moments.
    Moments {
        first: i64,
        last: i64,
        is_excuse: bool,
    },
}

impl Instances {
    /// Notes that a stream which the plan looks at has changed; worked off when next asked.
    pub(crate) fn changed(
        &mut self,
        plan: &Plan,
        excuses: &[StreamIx],
        stream: StreamIx,
        incident: IncidentIx,
        old: Option<Item>,
        new: Option<Item>,
    ) {
        let moments = || [old, new].into_iter().flatten().flat_map(|item| [item.earliest, item.latest]);
        let (first, last) = (moments().min().unwrap_or(0), moments().max().unwrap_or(0));
        let is_total = [old, new].into_iter().flatten().any(|item| item.is_total);
        let is_part = match &plan.duty {
            DutyPlan::Deliver { parts } => parts.iter().any(|(part, _)| *part == stream),
            DutyPlan::Establish { stream: part } => *part == stream,
            _ => false,
        };
        let is_trigger = plan.each_time == Some(stream);
        let is_excuse = excuses.contains(&stream);
        if is_total || !(is_part || is_trigger || is_excuse) {
            self.is_stale = true;
        }
        if is_trigger {
            self.pending.push(Pending::Trigger(incident, old, new));
        }
        if is_part {
            self.pending.push(Pending::Moments { first, last, is_excuse: false });
        }
        if is_excuse {
            self.pending.push(Pending::Moments { first, last, is_excuse: true });
        }
    }

    fn tally(&mut self, belief: usize, outcome: &Outcome, sign: i64) {
        if outcome.breached_at() < NEVER {
            self.breaches[belief].add(outcome.breached_at(), sign);
        }
        let mut before: Option<State> = None;
        for (moment, state) in outcome.turns() {
            if let Some(before) = before {
                self.tallies[slot(belief, before)].add(moment, -sign);
            }
            self.tallies[slot(belief, state)].add(moment, sign);
            before = Some(state);
        }
    }

    fn put(&mut self, key: (i64, IncidentIx), outcomes: Option<[Outcome; 4]>) {
        let old = match &outcomes {
            Some(new) => self.all.insert(key, new.clone()),
            None => self.all.remove(&key),
        };
        if old == outcomes {
            return;
        }
        for (sign, outcomes) in [(-1, &old), (1, &outcomes)] {
            if let Some(outcomes) = outcomes
                && let Some(done) = open_to_delivery(key.0, outcomes)
                && let Some(deadline) = open_to_excuse(key.0, outcomes)
            {
                self.by_start.add(key.0, sign);
                self.by_done.add(done, sign);
                self.by_deadline.add(deadline, sign);
            }
            for (belief, outcome) in outcomes.iter().flatten().enumerate() {
                self.tally(belief, outcome, sign);
            }
        }
        match &outcomes {
            Some(new) if new[3].is_breached(NEVER - 1) => self.breached.insert(key),
            _ => self.breached.remove(&key),
        };
    }

    /// How many instances are in each state at a moment.
    pub(crate) fn states(&self, belief: Belief, at: i64) -> Vec<(State, u32)> {
        let counts = TALLIED
            .iter()
            .map(|state| (*state, self.tallies[slot(position(belief), *state)].until(at) as u32));
        counts.filter(|(_, n)| *n > 0).collect()
    }

    /// How many instances were in breach at any time up to a moment.
    pub(crate) fn n_breached(&self, belief: Belief, at: i64) -> u32 {
        self.breaches[position(belief)].until(at) as u32
    }

    /// Instances in order of their trigger, with the outcome under a belief.
    pub(crate) fn iter(
        &self,
        belief: Belief,
    ) -> impl DoubleEndedIterator<Item = ((i64, IncidentIx), &Outcome)> + '_ {
        self.all.iter().map(move |(key, outcomes)| (*key, &outcomes[position(belief)]))
    }

    /// The outcome of one instance under a belief.
    pub(crate) fn outcome(&self, key: &(i64, IncidentIx), belief: Belief) -> Option<&Outcome> {
        self.all.get(key).map(|outcomes| &outcomes[position(belief)])
    }
}

/// What all instances of a plan have in common.
#[derive(Default)]
struct Reach {
    /// Whether nothing that they look at leaves room.
    is_plain: bool,
    /// What powers did, where there are any.
    powers: Option<Quad<Powers>>,
}

type OpenUntil = fn(i64, &[Outcome; 4]) -> Option<i64>;

/// The last moment at which a delivery can matter to an instance; `None` where it is there under no belief.
fn open_to_delivery(earliest: i64, outcomes: &[Outcome; 4]) -> Option<i64> {
    outcomes.iter().filter(|o| o.start < NEVER).map(|o| o.done.max(earliest)).max()
}

/// The same for an excuse.
fn open_to_excuse(earliest: i64, outcomes: &[Outcome; 4]) -> Option<i64> {
    outcomes.iter().filter(|o| o.start < NEVER).map(|o| o.deadline_at(NEVER).max(earliest)).max()
}

fn position(belief: Belief) -> usize {
    Belief::ALL.iter().position(|one| *one == belief).unwrap_or(0)
}

fn slot(belief: usize, state: State) -> usize {
    belief * TALLIED.len() + TALLIED.iter().position(|one| *one == state).unwrap_or(0)
}

impl Engine {
    /// The instances of a `whenever` plan, current; `None` for other plans.
    pub(crate) fn with_instances<T>(&self, at: PlanIx, look: impl FnOnce(&Instances) -> T) -> Option<T> {
        let plan = &self.compiled.plans[at];
        plan.each_time?;
        let mut all = self.instances.borrow_mut();
        let mut instances = all[at].take();
        drop(all);
        let mut reach = Reach::default();
        if instances.as_ref().is_none_or(|cached| cached.is_stale || !cached.pending.is_empty()) {
            reach = self.reach(plan);
        }
        if instances.as_ref().is_none_or(|cached| cached.is_stale) {
            instances = Some(self.all_instances(plan, &reach));
        }
        let mut instances = instances?;
        for pending in std::mem::take(&mut instances.pending) {
            self.work_off(plan, &reach, &mut instances, pending);
        }
        let result = look(&instances);
        all = self.instances.borrow_mut();
        all[at] = Some(instances);
        Some(result)
    }

    fn all_instances(&self, plan: &Plan, reach: &Reach) -> Instances {
        let mut instances =
            Instances { tallies: vec![SumIndex::default(); 4 * TALLIED.len()], ..Instances::default() };
        let Some(trigger) = plan.each_time else { return instances };
        let stream = self.stream(trigger);
        let mut turns: Vec<Vec<(i64, i64)>> = vec![Vec::new(); 4 * TALLIED.len()];
        let mut breaches: [Vec<(i64, i64)>; 4] = Default::default();
        for (incident, earliest, latest) in stream.possible_between(i64::MIN / 2, NEVER - 1) {
            let certain = !stream.is_uncertain(incident);
            let is_verified = stream.is_verified(incident);
            let outcomes = self.outcomes(plan, reach, earliest, latest, certain, is_verified);
            for (belief, outcome) in outcomes.iter().enumerate() {
                if outcome.breached_at() < NEVER {
                    breaches[belief].push((outcome.breached_at(), 1));
                }
                let mut before: Option<State> = None;
                for (moment, state) in outcome.turns() {
                    if let Some(before) = before {
                        turns[slot(belief, before)].push((moment, -1));
                    }
                    turns[slot(belief, state)].push((moment, 1));
                    before = Some(state);
                }
            }
            if outcomes[3].is_breached(NEVER - 1) {
                instances.breached.insert((earliest, incident));
            }
            instances.all.insert((earliest, incident), outcomes);
        }
        instances.tallies = turns.into_iter().map(SumIndex::bulk).collect();
        instances.breaches = breaches.map(SumIndex::bulk);
        let by = |until: OpenUntil| {
            let until =
                instances.all.iter().filter_map(|((earliest, _), outcomes)| until(*earliest, outcomes));
            SumIndex::bulk(until.map(|moment| (moment, 1)).collect())
        };
        let (by_done, by_deadline) = (by(open_to_delivery), by(open_to_excuse));
        let by_start = by(|earliest, outcomes| open_to_delivery(earliest, outcomes).map(|_| earliest));
        (instances.by_done, instances.by_deadline, instances.by_start) = (by_done, by_deadline, by_start);
        self.n_evaluations.set(self.n_evaluations.get() + instances.all.len() as u64);
        instances
    }

    fn work_off(&self, plan: &Plan, reach: &Reach, instances: &mut Instances, pending: Pending) {
        match pending {
            Pending::Trigger(incident, old, new) => {
                if let Some(item) = old {
                    instances.put((item.earliest, incident), None);
                }
                if let Some(item) = new {
                    let trigger = plan.each_time.map(|stream| self.stream(stream));
                    let certain = trigger.is_some_and(|stream| !stream.is_uncertain(incident));
                    let is_verified = item.grade == Grade::Verified;
                    let outcomes =
                        self.outcomes(plan, reach, item.earliest, item.latest, certain, is_verified);
                    instances.put((item.earliest, incident), Some(outcomes));
                }
                self.n_evaluations.set(self.n_evaluations.get() + 1);
            }
            Pending::Moments { first, last, is_excuse } => {
                let (open, until) = if is_excuse {
                    (&instances.by_deadline, open_to_excuse as OpenUntil)
                } else {
                    (&instances.by_done, open_to_delivery as OpenUntil)
                };
                // Whatever began after the change is open after it too: so many of the others are still open.
                let n_open = instances.by_start.until(last) - open.before(first);
                let before = instances.all.range(..=(last, IncidentIx(u32::MAX))).rev();
                let touched: Vec<(i64, IncidentIx)> = before
                    .filter(|(key, outcomes)| until(key.0, outcomes).is_some_and(|until| until >= first))
                    .take(usize::try_from(n_open).unwrap_or(0))
                    .map(|(key, _)| *key)
                    .collect();
                self.n_evaluations.set(self.n_evaluations.get() + touched.len() as u64);
                let Some(trigger) = plan.each_time.map(|stream| self.stream(stream)) else { return };
                for key in touched {
                    let Some(latest) = trigger.latest_of(key) else { continue };
                    let certain = !trigger.is_uncertain(key.1);
                    let outcomes =
                        self.outcomes(plan, reach, key.0, latest, certain, trigger.is_verified(key.1));
                    instances.put(key, Some(outcomes));
                }
            }
        }
    }

    fn outcomes(
        &self,
        plan: &Plan,
        reach: &Reach,
        earliest: i64,
        latest: i64,
        certain: bool,
        is_verified: bool,
    ) -> [Outcome; 4] {
        let of = |belief: Belief| {
            let exists = match belief {
                Belief::Least | Belief::Reported => true,
                Belief::Most => certain,
                Belief::Verified => is_verified,
            };
            self.outcome(
                plan,
                reach.powers.as_ref().map(|powers| powers.get(belief)),
                belief,
                exists,
                earliest,
                latest,
            )
        };
        let is_plain = certain && earliest == latest && reach.is_plain;
        let reported = of(Belief::Reported);
        let (least, most) = if is_plain {
            (reported.clone(), reported.clone())
        } else {
            (of(Belief::Least), of(Belief::Most))
        };
        [least, most, of(Belief::Verified), reported]
    }

    fn reach(&self, plan: &Plan) -> Reach {
        let has_powers = !plan.powers.is_empty();
        Reach {
            is_plain: !has_powers && self.is_plain(plan),
            powers: has_powers.then(|| Quad::of(|belief| Powers::of(self, plan, belief))),
        }
    }

    /// Whether nothing that the instances of a plan look at leaves room: then all that is certain is all there is.
    fn is_plain(&self, plan: &Plan) -> bool {
        let parts: Vec<StreamIx> = match &plan.duty {
            DutyPlan::Deliver { parts } => parts.iter().map(|(stream, _)| *stream).collect(),
            DutyPlan::Establish { stream } => vec![*stream],
            _ => return false,
        };
        let excuses = self.excuse_streams(&plan.unless);
        plan.until.is_empty()
            && plan.deadline_of.is_none()
            && excuses.len() >= plan.unless.len()
            && parts.iter().chain(&excuses).all(|stream| self.stream(*stream).is_plain())
    }

    fn outcome(
        &self,
        plan: &Plan,
        powers: Option<&Powers>,
        belief: Belief,
        exists: bool,
        earliest: i64,
        latest: i64,
    ) -> Outcome {
        let after =
            |trigger| plan.each_delay.iter().fold(trigger, |moment, delay| self.later(moment, *delay));
        // What comes from the earliest moment of the trigger on counts under every belief.
        let (floor, last) = (after(earliest), after(latest));
        // A trigger that may lie before the adoption starts nothing, for the obligor's good; against it, it does.
        let start = if belief == Belief::Least { floor.max(plan.adopted_ms) } else { last };
        let is_bound = if belief == Belief::Most { floor } else { last } >= plan.adopted_ms;
        if !exists || !is_bound {
            return Outcome::never();
        }
        let done = match &plan.duty {
            DutyPlan::Deliver { parts } => parts
                .iter()
                .map(|(stream, amount)| {
                    self.stream(*stream).reached(belief, self.amount(amount, start), floor)
                })
                .max()
                .unwrap_or(NEVER),
            DutyPlan::Establish { stream } => self.stream(*stream).next(belief, floor),
            _ => NEVER,
        };
        let due = self.due(plan, start, belief);
        let excused =
            plan.unless.iter().map(|cond| self.excused_after(*cond, belief, floor)).min().unwrap_or(NEVER);
        let held = powers.map(|powers| {
            let deadlines = Deadlines::of(due, start, &powers.suspended, &powers.extended(floor));
            Rc::new(Held { deadlines, suspended: powers.suspended.clone() })
        });
        Outcome {
            start,
            due,
            done: done.max(start),
            excused: excused.max(start),
            closed: self.closed(plan, powers, belief, floor, start),
            held,
        }
    }

    /// When an instance ends otherwise, and how: with the promise, or by a waiver of what was under way.
    fn closed(
        &self,
        plan: &Plan,
        powers: Option<&Powers>,
        belief: Belief,
        floor: i64,
        start: i64,
    ) -> (i64, State) {
        let until = plan.until.iter().map(|cond| self.moment(*cond, belief)).min().unwrap_or(NEVER);
        let superseded = (plan.superseded_ms, State::Superseded);
        let terminated = (powers.map_or(NEVER, |powers| powers.terminated), State::Terminated);
        let waived = (powers.map_or(NEVER, |powers| powers.waived(floor)).max(start), State::Waived);
        let ended = [superseded, terminated, (until, State::Lapsed)];
        let ended = ended.into_iter().min_by_key(|(moment, _)| *moment).unwrap_or(superseded);
        // What had ended before it began was never under way.
        if ended.0 <= start {
            return ended;
        }
        let closings = [superseded, waived, ended];
        closings.into_iter().min_by_key(|(moment, _)| *moment).unwrap_or(superseded)
    }
}
