//! Findings: the status of each promise at a moment, put together from its course.

use servanda_ledger::View;
use servanda_model::*;
use servanda_pact::Duty;

use super::course::{Course, NEVER, beneficiary};
use super::engine::Engine;
use super::incidents::IncidentIx;
use super::plan::{DutyPlan, Plan, PlanIx};
use super::stream::{Belief, Quad};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The moment for which the state is asked (valid time).
    pub at: Instant,
    /// A deadline this near, in days of 24 hours, is "due soon".
    pub due_soon_days: u32,
    /// Only this provision; `None`: all.
    pub only: Option<Name>,
    /// Whether to build the tree of reasons.
    pub why: bool,
}

/// Most episodes that one finding lists.
pub(super) const MAX_EPISODES: usize = 24;
/// Most claims that one episode or series lists.
const MAX_CLAIMS: usize = 20;

impl Engine {
    /// The status of every provision that had been adopted by then, in the order of the agreement.
    pub fn findings(&mut self, view: &View, question: &Question) -> Vec<Finding> {
        let plans = self.compiled.plans.iter().enumerate();
        let asked: Vec<PlanIx> = plans
            .filter(|(_, plan)| plan.is_followed && plan.adopted_ms <= question.at.ms())
            .filter(|(_, plan)| question.only.as_ref().is_none_or(|only| plan.provision.id == *only))
            .map(|(at, _)| at)
            .collect();
        asked.into_iter().map(|at| self.finding(view, question, at)).collect()
    }

    fn finding(&mut self, view: &View, question: &Question, at: PlanIx) -> Finding {
        let plan = self.compiled.plans[at].clone();
        let plan = &plan;
        let now = question.at.ms();
        let course = self.course(at).map_or_else(Quad::never, |course| (*course).clone());
        let states = self.states(at, &course, now);
        let reported = &course.reported;
        let mut finding = Finding {
            provision: plan.provision.id.clone(),
            title: plan.provision.title.clone(),
            instrument: plan.provision.instrument.clone(),
            obligor: plan.obligor.clone(),
            beneficiary: beneficiary(&plan.provision.duty),
            reading: plan
                .reading
                .map(|r| self.agreement.provisions[plan.provision_ix].readings[r].label.clone()),
            occurrence: None,
            tally: Vec::new(),
            state: states,
            breach: self.breach(at, &course, now),
            level: None,
            pace: None,
            progress: self.progress(plan, &course, now),
            start: spread(course.least.start, course.most.start),
            deadline: spread(course.least.deadlines.at(now), course.most.deadlines.at(now)),
            done: spread_done(course.most.done, course.least.done, now),
            badges: Vec::new(),
            episodes: Vec::new(),
            n_episodes: Views::default(),
            balance: self.balance(plan, now),
            windows: None,
            counters: Vec::new(),
            pivots: Vec::new(),
            other_readings: Vec::new(),
            why: None,
        };
        if reported.is_standing && course.least.start == NEVER {
            finding.start = None;
        }
        self.tally(at, now, &mut finding);
        let keep = self.keep_findings(view, plan, &course, now, &mut finding);
        self.episodes(view, at, plan, &course, now, &mut finding);
        self.deliver_counters(view, plan, now, &mut finding);
        finding.counters.sort_by(|a, b| (&a.counter, a.covered).cmp(&(&b.counter, b.covered)));
        self.level(plan, &course, keep.as_deref(), now, &mut finding);
        finding.other_readings = self.other_readings(at, now);
        if !(finding.state.is_settled() && finding.breach.is_settled()) {
            finding.pivots = self.pivots(view, at, now);
        }
        finding.badges = self.badges(plan, &course, question, &finding);
        if question.why {
            finding.why = Some(self.why(view, at, &course, question, &finding));
        }
        finding
    }

    /// State per view: of the course, or for `whenever` of the instance that is worst off.
    pub(crate) fn states(&self, at: PlanIx, course: &Quad<Course>, now: i64) -> Views<State> {
        let of = |belief: Belief| {
            let worst_off = self.with_instances(at, |instances| {
                let states = instances.states(belief, now);
                let order = [
                    State::Overdue,
                    State::InForce,
                    State::Suspended,
                    State::FulfilledLate,
                    State::Fulfilled,
                    State::Void,
                ];
                let found = order.into_iter().find(|state| states.iter().any(|(s, _)| s == state));
                found.or_else(|| states.first().map(|(state, _)| *state)).unwrap_or(State::Dormant)
            });
            worst_off.unwrap_or_else(|| course.get(belief).state(now))
        };
        let mut views = Views {
            worst: of(Belief::Least),
            best: of(Belief::Most),
            verified: of(Belief::Verified),
            reported: of(Belief::Reported),
        };
        // Ended before it began, or begun and ended unmet: one name for two courses. Between them lies a third.
        let is_begun = |belief: Belief| course.get(belief).start <= now;
        let is_once = self.compiled.plans[at].each_time.is_none();
        if is_once && views.is_settled() && is_begun(Belief::Least) && !is_begun(Belief::Most) {
            views.best = self.begun(at, course).state(now);
        }
        views
    }

    /// Whether it was in breach by then, per view.
    pub(crate) fn breach(&self, at: PlanIx, course: &Quad<Course>, now: i64) -> Views<bool> {
        let of = |belief: Belief| {
            let any = self.with_instances(at, |instances| instances.n_breached(belief, now) > 0);
            any.unwrap_or_else(|| course.get(belief).is_breached(now))
        };
        Views {
            worst: of(Belief::Least),
            best: of(Belief::Most),
            verified: of(Belief::Verified),
            reported: of(Belief::Reported),
        }
    }

    fn tally(&self, at: PlanIx, now: i64, finding: &mut Finding) {
        let counted = self.with_instances(at, |instances| {
            let last = instances.iter(Belief::Reported).rev().find(|((earliest, _), _)| *earliest <= now);
            let last =
                last.map(|((earliest, _), outcome)| (earliest, outcome.start, outcome.deadline_at(now)));
            (instances.states(Belief::Reported, now), last)
        });
        if let Some((tally, last)) = counted {
            finding.tally = tally;
            finding.start = last.map(|(earliest, start, _)| {
                When::between(
                    Instant::from_ms(earliest),
                    Instant::from_ms(start.max(earliest).min(NEVER - 1)),
                    Precision::Range,
                )
            });
            finding.occurrence = finding.start;
            finding.deadline = last.and_then(|(_, _, deadline)| spread(deadline, deadline));
            finding.done = None;
        }
    }

    fn progress(&self, plan: &Plan, course: &Quad<Course>, now: i64) -> Vec<Progress> {
        let (DutyPlan::Deliver { parts }, Duty::Deliver { targets, .. }) = (&plan.duty, &plan.provision.duty)
        else {
            return Vec::new();
        };
        if plan.each_time.is_some() {
            return Vec::new();
        }
        let counted = |(stream, amount): &(usize, servanda_pact::Amount), kind: &Name| {
            let stream = self.stream(*stream);
            let target = self.amount(amount, course.reported.start);
            let by = |belief| {
                Number::from_thousandths(stream.amount_by(belief, now, plan.adopted_ms, Some(target)))
            };
            let unit = self.agreement.kinds.iter().find(|k| k.id == *kind).and_then(|k| k.unit.clone());
            Progress {
                kind: kind.clone(),
                unit: unit.unwrap_or_default(),
                low: by(Belief::Least),
                high: by(Belief::Most),
                reported: by(Belief::Reported),
                target: Number::from_thousandths(target),
            }
        };
        parts.iter().zip(targets).map(|(part, (_, kind))| counted(part, kind)).collect()
    }

    fn balance(&self, plan: &Plan, now: i64) -> Option<Balance> {
        if !matches!(plan.duty, DutyPlan::Match { .. }) {
            return None;
        }
        let standing = Quad::of(|belief| self.standing(plan, belief, now));
        let views = |of: fn(&super::balance::Standing) -> i64| {
            let at = |belief| Number::from_thousandths(of(standing.get(belief)));
            Views {
                worst: at(Belief::Least),
                best: at(Belief::Most),
                verified: at(Belief::Verified),
                reported: at(Belief::Reported),
            }
        };
        Some(Balance { burden: views(|s| s.burden), due: views(|s| s.due), returned: views(|s| s.returned) })
    }

    /// Claims of an incident, asserting and denying, at most [`MAX_CLAIMS`].
    pub(crate) fn claims_of(&self, view: &View, incidents: &[IncidentIx]) -> (Vec<ClaimId>, usize) {
        let mut claims: Vec<ClaimId> =
            incidents.iter().flat_map(|i| self.incidents.facts(*i)).map(|fact| view.claim_id(fact)).collect();
        claims.sort_unstable();
        claims.dedup();
        let n_claims = claims.len();
        claims.truncate(MAX_CLAIMS);
        (claims, n_claims)
    }

    fn other_readings(&self, at: PlanIx, now: i64) -> Vec<(String, State)> {
        let plan = &self.compiled.plans[at];
        let written = &self.agreement.provisions[plan.provision_ix];
        let others = self.compiled.plans.iter().enumerate().filter(|(other, p)| {
            *other != at && p.provision_ix == plan.provision_ix && p.obligor == plan.obligor
        });
        let label = |p: &Plan| {
            p.reading
                .map_or_else(|| "as written".to_owned(), |reading| written.readings[reading].label.clone())
        };
        others
            .map(|(other, p)| {
                let course = self.course(other).map_or_else(Quad::never, |course| (*course).clone());
                (label(p), self.states(other, &course, now).reported)
            })
            .collect()
    }
}

/// A moment between two bounds; `None` where it never comes.
fn spread(a: i64, b: i64) -> Option<When> {
    let (first, last) = (a.min(b), a.max(b));
    if first == NEVER || first == i64::MIN {
        return None;
    }
    let precision = if first == last { Precision::Exact } else { Precision::Range };
    Some(When { earliest: Instant::from_ms(first), latest: Instant::from_ms(last), precision })
}

/// When it was done, as seen at a moment.
fn spread_done(early: i64, late: i64, now: i64) -> Option<When> {
    if early.min(late) > now { None } else { spread(early, late) }
}

impl Engine {
    /// Every instance of a `whenever` promise that was in breach by then in the reported view: provision, obligor,
    /// and the earliest moment of the occurrence that started it.
    pub fn breached_instances(&self, at: Instant) -> Vec<(Name, Name, Instant)> {
        let mut breached = Vec::new();
        for (ix, plan) in self.compiled.plans.iter().enumerate().filter(|(_, plan)| plan.is_followed) {
            let starts = self.with_instances(ix, |instances| {
                let late = instances.breached.iter().filter(|key| {
                    instances
                        .outcome(key, Belief::Reported)
                        .is_some_and(|outcome| outcome.is_breached(at.ms()))
                });
                late.map(|(earliest, _)| *earliest).collect::<Vec<i64>>()
            });
            let found = starts.into_iter().flatten();
            breached.extend(
                found.map(|start| (plan.provision.id.clone(), plan.obligor.clone(), Instant::from_ms(start))),
            );
        }
        breached
    }
}
