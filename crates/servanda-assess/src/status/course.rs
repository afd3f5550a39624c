//! The course of a provision through its life, under one belief: when it starts, is due, done, broken, closed.

use std::cell::OnceCell;
use std::rc::Rc;

use servanda_model::{Name, State};
use servanda_pact::{DeadlineSort, Duty};

use super::deadlines::Deadlines;
use super::engine::Engine;
use super::keep::{KeepResult, Met, Question};
use super::plan::{DutyPlan, Plan, PlanIx};
use super::powers::Powers;
use super::stream::{Belief, Quad};
pub(crate) use super::stretches::{NEVER, Stretches};

/// Since before every moment.
const ALWAYS: i64 = i64::MIN;

/// One provision's course under one belief. All moments in milliseconds; [`NEVER`] where it does not come.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) start: i64,
    /// Where it can never start, as far as is known by then.
    pub(crate) impossible: Stretches,
    pub(crate) deadlines: Deadlines,
    pub(crate) done: i64,
    /// First moment at which everything had come, also before the start: what is there by the deadline is in time,
    /// whenever the promise began to bind.
    pub(crate) complete: i64,
    /// When it is done if it starts when its condition holds by this belief, not by the opposite one.
    pub(crate) reached: i64,
    /// First moment at which an `unless` excuses it.
    pub(crate) excused: i64,
    /// First moment at which it is closed otherwise, and how.
    pub(crate) closed: (i64, State),
    pub(crate) suspended: Stretches,
    /// Where a standing promise binds.
    pub(crate) allowed: Stretches,
    pub(crate) is_standing: bool,
    /// First breach.
    pub(crate) breached_at: i64,
    /// Stretches of breach.
    pub(crate) breaches: Stretches,
    /// Where its breach guards other promises; worked out when first asked for (see [`Engine::holds`]).
    pub(crate) guards: OnceCell<Stretches>,
    /// Civil windows of a `keep` promise.
    pub(crate) windows: KeepWindows,
}

/// Windows of a `keep` promise, evaluated once for each set of stretches in which it binds.
pub(crate) type KeepWindows = Rc<KeepResult>;

impl Course {
    /// State at a moment.
    pub(crate) fn state(&self, at: i64) -> State {
        if self.start > at {
            return match self.closed {
                (closed, state) if closed <= at && state != State::Lapsed && state != State::EndedKept => {
                    state
                }
                _ if self.impossible.contains(at) => State::Void,
                _ => State::Dormant,
            };
        }
        if !self.is_standing {
            if self.in_time_at() <= at {
                return State::Fulfilled;
            }
            if self.excused_at() <= at {
                return State::Void;
            }
            if self.done <= at {
                return State::FulfilledLate;
            }
        }
        if self.closed.0 <= at {
            return match self.closed.1 {
                State::EndedKept if self.breached_at <= at => State::EndedWithBreaches,
                state => state,
            };
        }
        if self.suspended.contains(at) {
            return State::Suspended;
        }
        if !self.is_standing && at > self.deadlines.at(at) { State::Overdue } else { State::InForce }
    }

    /// From when on it counts as done in time: late, where only an extension after it made it so.
    fn in_time_at(&self) -> i64 {
        self.deadlines.admits(self.complete, self.start)
    }

    /// From when on it counts as excused: by an excuse that came before the deadline that holds.
    fn excused_at(&self) -> i64 {
        self.deadlines.admits(self.excused, self.start)
    }

    /// Whether it was in breach at any time up to a moment.
    pub(crate) fn is_breached(&self, at: i64) -> bool {
        self.breached_at <= at
    }

    /// Where it can no longer be fulfilled, as far as is known by then; it may be all the same, and is then.
    pub(crate) fn shut(&self) -> Stretches {
        let closed = self.closed.0.min(self.excused_at());
        self.void().or(&Stretches::of(vec![(closed, NEVER)]))
    }

    /// Where it is settled that it will not be breached.
    pub(crate) fn safe(&self) -> Stretches {
        let safe = if self.is_standing || self.closed.0 <= self.start {
            self.closed.0
        } else {
            let closed = self.deadlines.admits(self.closed.0, self.closed.0);
            self.in_time_at().min(self.excused_at()).min(closed)
        };
        if self.breached_at <= safe {
            self.void()
        } else {
            self.void().or(&Stretches::of(vec![(safe, NEVER)]))
        }
    }

    /// Where its start is impossible, and has not come in spite of that.
    fn void(&self) -> Stretches {
        self.impossible.and(&Stretches::of(vec![(i64::MIN, self.start)]))
    }
}

impl Quad<Course> {
    /// When it is fulfilled, in time or late: as early as a belief allows.
    ///
    /// What starts a promise early harms its obligor and lets it be fulfilled early, so here the start goes with
    /// the belief and not against it.
    pub(crate) fn fulfilled_at(&self, belief: Belief) -> i64 {
        let (own, other) = (self.get(belief), self.get(belief.opposite()));
        if own.reached == NEVER || own.complete <= own.deadlines.at(own.reached) {
            return own.reached;
        }
        // Late, and fulfilled all the same unless an excuse had made it void by then.
        let void = other.excused_at();
        let is_void = if belief == Belief::Least { void < NEVER } else { void <= own.reached };
        if is_void { own.deadlines.admits(own.complete, own.reached) } else { own.reached }
    }

    /// A course that never begins.
    pub(crate) fn never() -> Quad<Course> {
        let course = Course {
            start: NEVER,
            impossible: Stretches::default(),
            deadlines: Deadlines::fixed(NEVER),
            done: NEVER,
            complete: NEVER,
            reached: NEVER,
            excused: NEVER,
            closed: (NEVER, State::Superseded),
            suspended: Stretches::default(),
            allowed: Stretches::default(),
            is_standing: false,
            breached_at: NEVER,
            breaches: Stretches::default(),
            windows: KeepWindows::default(),
            guards: OnceCell::new(),
        };
        Quad { least: course.clone(), most: course.clone(), verified: course.clone(), reported: course }
    }
}

impl Engine {
    /// The course of a plan under every belief; `None` inside a circle of provisions that wait for each other.
    pub(crate) fn course(&self, at: PlanIx) -> Option<Rc<Quad<Course>>> {
        if let Some(known) = &self.courses.borrow()[at] {
            return Some(known.clone());
        }
        if self.open_plans.borrow().contains(&at) {
            self.met_circle.set(true);
            return None;
        }
        self.open_plans.borrow_mut().push(at);
        let plan = &self.compiled.plans[at];
        let mut windows = Vec::new();
        let courses = Rc::new(Quad {
            least: self.trace(at, plan, Belief::Least, &mut windows),
            most: self.trace(at, plan, Belief::Most, &mut windows),
            verified: self.trace(at, plan, Belief::Verified, &mut windows),
            reported: self.trace(at, plan, Belief::Reported, &mut windows),
        });
        self.open_plans.borrow_mut().pop();
        self.n_evaluations.set(self.n_evaluations.get() + 1);
        // What was computed inside a circle depends on where the circle was entered: it is not kept.
        let is_outermost = self.open_plans.borrow().is_empty();
        if is_outermost || !self.met_circle.get() {
            self.courses.borrow_mut()[at] = Some(courses.clone());
        }
        if is_outermost {
            self.met_circle.set(false);
        }
        Some(courses)
    }

    fn trace(
        &self,
        at: PlanIx,
        plan: &Plan,
        belief: Belief,
        windows: &mut Vec<(Stretches, KeepWindows)>,
    ) -> Course {
        let start = self.start(plan, belief);
        let impossible =
            plan.start.map_or_else(Stretches::default, |cond| self.impossible(cond, belief.opposite()));
        let powers = Powers::of(self, plan, belief);
        let superseded = (plan.superseded_ms, State::Superseded);
        let until = plan.until.iter().map(|cond| self.moment(*cond, belief)).min().unwrap_or(NEVER);
        let is_standing = matches!(
            plan.duty,
            DutyPlan::Not { .. } | DutyPlan::Keep { .. } | DutyPlan::Match { .. } | DutyPlan::May { .. }
        );
        let ended = (until, if is_standing { State::EndedKept } else { State::Lapsed });
        let closings = [
            superseded,
            (powers.waived(ALWAYS), State::Waived),
            (powers.terminated, State::Terminated),
            ended,
        ];
        let closed = closings.into_iter().min_by_key(|(moment, _)| *moment).unwrap_or(superseded);
        let suspended = powers.suspended.clone();
        let mut course = Course {
            start,
            impossible,
            deadlines: Deadlines::fixed(NEVER),
            done: NEVER,
            complete: NEVER,
            reached: NEVER,
            excused: NEVER,
            closed,
            suspended,
            allowed: Stretches::default(),
            is_standing,
            breached_at: NEVER,
            breaches: Stretches::default(),
            windows: KeepWindows::default(),
            guards: OnceCell::new(),
        };
        if is_standing {
            course.allowed = self.allowed(plan, belief, &course);
            if matches!(plan.duty, DutyPlan::Keep { .. }) {
                let known = windows.iter().find(|(allowed, _)| *allowed == course.allowed);
                course.windows = match known {
                    Some((_, known)) => known.clone(),
                    None => self.keep_windows(plan, &course, self.known().ms()),
                };
                windows.push((course.allowed.clone(), course.windows.clone()));
            }
            course.breaches = self.breaches(at, plan, belief, &course);
            course.breached_at = course.breaches.iter().next().map_or(NEVER, |(from, _)| from);
        } else {
            course.deadlines = self.deadlines(plan, belief, &course, &powers);
            let favourable = self.start(plan, belief.opposite());
            let from = |start: i64, complete: i64| if start == NEVER { NEVER } else { complete.max(start) };
            course.complete = self.complete(plan, belief, course.start);
            course.done = from(course.start, course.complete);
            course.reached = from(favourable, self.complete(plan, belief, favourable));
            course.excused = self.excused(plan, belief);
            (course.breached_at, course.breaches) =
                course.deadlines.overdue(course.start, course.complete, course.excused, course.closed.0);
        }
        course
    }

    /// The course that is best for the obligor among those that begin as early as can be.
    pub(crate) fn begun(&self, at: PlanIx, course: &Quad<Course>) -> Course {
        let plan = &self.compiled.plans[at];
        let mut begun = course.most.clone();
        begun.start = course.least.start;
        begun.deadlines = self.deadlines(plan, Belief::Most, &begun, &Powers::of(self, plan, Belief::Most));
        begun.complete = self.complete(plan, Belief::Most, begun.start);
        begun.done = begun.complete.max(begun.start);
        begun
    }

    /// When it starts: early is against the obligor, so the least favourable belief takes the earliest moment.
    fn start(&self, plan: &Plan, belief: Belief) -> i64 {
        let condition = plan.start.map_or(i64::MIN, |cond| self.moment(cond, belief.opposite()));
        let is_standing = !matches!(plan.duty, DutyPlan::Deliver { .. } | DutyPlan::Establish { .. });
        let guard =
            plan.whiles.iter().filter(|_| !is_standing).map(|cond| self.moment(*cond, belief.opposite()));
        condition.max(guard.max().unwrap_or(i64::MIN)).max(plan.adopted_ms)
    }

    /// Deadline from a start, before anything is added to it.
    pub(crate) fn due(&self, plan: &Plan, start: i64, belief: Belief) -> i64 {
        match plan.provision.deadline.as_ref().map(|deadline| &deadline.sort) {
            None => NEVER,
            Some(DeadlineSort::By(date)) if date.time.is_some() => self.clock.moment(*date).ms(),
            Some(DeadlineSort::By(date)) => self.clock.end_of_day(*date).ms(),
            Some(DeadlineSort::Within { duration, .. }) => {
                let from = plan.deadline_of.map_or(start, |cond| self.moment(cond, belief.opposite()));
                self.later(from, *duration)
            }
        }
    }

    fn deadlines(&self, plan: &Plan, belief: Belief, course: &Course, powers: &Powers) -> Deadlines {
        let due = self.due(plan, course.start, belief);
        Deadlines::of(due, course.start, &course.suspended, &powers.extended(ALWAYS))
    }

    fn complete(&self, plan: &Plan, belief: Belief, start: i64) -> i64 {
        match &plan.duty {
            DutyPlan::Deliver { parts } => {
                let reached = parts.iter().map(|(stream, amount)| {
                    let target = self.amount(amount, start);
                    self.stream(*stream).reached(belief, target, plan.adopted_ms)
                });
                reached.max().unwrap_or(NEVER)
            }
            DutyPlan::Establish { stream } => self.stream(*stream).next(belief, plan.adopted_ms),
            _ => NEVER,
        }
    }

    fn excused(&self, plan: &Plan, belief: Belief) -> i64 {
        let moments = plan.unless.iter().map(|cond| self.excused_after(*cond, belief, plan.adopted_ms));
        moments.min().unwrap_or(NEVER)
    }

    fn allowed(&self, plan: &Plan, belief: Belief, course: &Course) -> Stretches {
        let mut allowed = Stretches::of(vec![(course.start, course.closed.0)]).but_not(&course.suspended);
        for cond in &plan.whiles {
            allowed = allowed.and(&self.holds(*cond, belief.opposite(), false));
        }
        for cond in &plan.unless {
            allowed = allowed.but_not(&self.holds(*cond, belief, true));
        }
        allowed
    }

    fn breaches(&self, at: PlanIx, plan: &Plan, belief: Belief, course: &Course) -> Stretches {
        match &plan.duty {
            DutyPlan::Not { stream } => {
                let stream = self.stream(*stream);
                let harm = belief.opposite();
                let first =
                    course.allowed.iter().find_map(|(from, to)| stream.first_between(harm, from, to - 1));
                // The first is enough for whoever waits for a breach; guards and findings look at them all.
                Stretches::of(first.map(|at| (at, at + 1)).into_iter().collect())
            }
            DutyPlan::Keep { .. } => Stretches::of(missed_windows(plan, &course.windows, belief)),
            DutyPlan::Match { .. } => self.behind(at, belief, course),
            _ => Stretches::default(),
        }
    }

    /// Windows of a `keep` promise up to what is known.
    pub(super) fn keep_windows(&self, plan: &Plan, course: &Course, until: i64) -> KeepWindows {
        let DutyPlan::Keep { stream } = &plan.duty else { return Rc::default() };
        let Duty::Keep { kind, bound, amount, .. } = &plan.provision.duty else { return Rc::default() };
        let Some(series) = &self.stream(*stream).keep else { return Rc::default() };
        let known = course.allowed.and(&Stretches::of(vec![(i64::MIN, until.saturating_add(1))]));
        let horizon = |counter| {
            let until =
                self.horizon_of(&plan.provision, std::slice::from_ref(kind), counter).unwrap_or(i64::MIN);
            until.saturating_add(i64::from(until > i64::MIN))
        };
        let question = Question {
            allowed: known.as_slice(),
            bound: *bound,
            amount: &|at| self.amount(amount, at),
            horizon: &horizon,
            until,
        };
        Rc::new(series.evaluate(&question))
    }
}

/// Missed windows that make a breach: more than the tolerated number among so many consecutive ones.
pub(crate) fn missed_windows(plan: &Plan, result: &KeepResult, belief: Belief) -> Vec<(i64, i64)> {
    let is_missed = |window: &super::keep::WindowVerdict| match belief {
        Belief::Least => matches!(window.met, Met::No | Met::Undecided),
        Belief::Most => window.met == Met::No,
        Belief::Verified => window.verified_missed,
        Belief::Reported => window.reported_missed,
    };
    let (tolerated, of) =
        plan.provision.tolerance.map_or((0, 1), |t| (t.missed as usize, t.of.max(1) as usize));
    let missed: Vec<bool> = result.windows.iter().map(is_missed).collect();
    let mut breaches: Vec<(i64, i64)> = Vec::new();
    let mut n_recent = 0;
    for (at, window) in result.windows.iter().enumerate() {
        n_recent += usize::from(missed[at]);
        if at >= of {
            n_recent -= usize::from(missed[at - of]);
        }
        if missed[at] && n_recent > tolerated {
            // The breach shows at the end of the window that makes it one.
            breaches.push((window.end - 1, window.end));
        }
    }
    for some in result.counters.iter().flat_map(|counter| &counter.missed_some) {
        let n_blocks = (some.n_windows as usize).div_ceil(of);
        let is_settled = counters_agree(result, some);
        if some.n_missed as usize > tolerated * n_blocks
            && (is_settled || belief != Belief::Most)
            && belief != Belief::Verified
        {
            breaches.push((some.stretch.end - 1, some.stretch.end));
        }
    }
    breaches
}

/// Whether no other counter speaks of the stretch, or every one that does finds windows missed in it too.
pub(crate) fn counters_agree(result: &KeepResult, some: &super::keep::MissedSome) -> bool {
    result.counters.iter().all(|counter| {
        let same = || result.counters.iter().filter(|other| other.counter == counter.counter);
        let speaks = counter.start < some.stretch.end && counter.end > some.stretch.start;
        !speaks
            || counter.tally.missed > 0
            || same()
                .flat_map(|one| &one.missed_some)
                .any(|other| other.stretch.start < some.stretch.end && other.stretch.end > some.stretch.start)
    })
}

/// The parties that a plan is about, for swapping tests and texts.
pub(crate) fn beneficiary(duty: &Duty) -> Option<Name> {
    match duty {
        Duty::Deliver { to, .. } => to.clone(),
        Duty::Match { by, .. } => by.clone(),
        _ => None,
    }
}
