//! Findings: the status of each promise at a moment, put together from its course.

use servanda_ledger::View;
use servanda_model::*;
use servanda_pact::Duty;

use super::course::{Course, NEVER, beneficiary, counters_agree, missed_windows};
use super::engine::Engine;
use super::incidents::IncidentIx;
use super::keep::{KeepResult, Met};
use super::plan::{DutyPlan, Plan, PlanIx};
use super::stream::{Belief, Quad, UNBOUNDED};

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
const MAX_EPISODES: usize = 24;
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
            deadline: spread(course.least.deadline, course.most.deadline),
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
                let order =
                    [State::Overdue, State::InForce, State::FulfilledLate, State::Fulfilled, State::Void];
                let found = order.into_iter().find(|state| states.iter().any(|(s, _)| s == state));
                found.or_else(|| states.first().map(|(state, _)| *state)).unwrap_or(State::Dormant)
            });
            worst_off.unwrap_or_else(|| course.get(belief).state(now))
        };
        Views {
            worst: of(Belief::Least),
            best: of(Belief::Most),
            verified: of(Belief::Verified),
            reported: of(Belief::Reported),
        }
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
            (instances.states(Belief::Reported, now), last.map(|(key, outcome)| (key, outcome)))
        });
        if let Some((tally, last)) = counted {
            finding.tally = tally;
            finding.start = last.map(|((earliest, _), outcome)| {
                When::between(
                    Instant::from_ms(earliest),
                    Instant::from_ms(outcome.start.max(earliest).min(NEVER - 1)),
                    Precision::Range,
                )
            });
            finding.occurrence = finding.start;
            finding.deadline = last.and_then(|(_, outcome)| spread(outcome.deadline, outcome.deadline));
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

    fn keep_findings(
        &self,
        view: &View,
        plan: &Plan,
        course: &Quad<Course>,
        now: i64,
        finding: &mut Finding,
    ) -> Option<std::rc::Rc<KeepResult>> {
        let DutyPlan::Keep { .. } = &plan.duty else { return None };
        let result = course.reported.windows.clone();
        let past: Vec<_> =
            result.windows.iter().filter(|window| window.end <= now.saturating_add(1)).copied().collect();
        let mut tally = WindowTally::default();
        for window in &past {
            match window.met {
                Met::Yes => tally.met += 1,
                Met::No => tally.missed += 1,
                Met::Undecided => tally.undecided += 1,
                Met::NoData => tally.no_data += 1,
            }
        }
        finding.windows = Some(tally);
        for counter in &result.counters {
            let name = Some(counter.counter).filter(|c| c.is_some()).map(|c| self.names.name(c));
            let (claims, _) = self.claims_of(view, &counter.incidents);
            finding.counters.push(CounterSeries {
                counter: name,
                covered: Window {
                    start: Instant::from_ms(counter.start),
                    end: Instant::from_ms(counter.end),
                },
                low: Number::from_thousandths(counter.low),
                high: if counter.high >= UNBOUNDED {
                    Number::MAX
                } else {
                    Number::from_thousandths(counter.high)
                },
                promised: Number::from_thousandths(counter.promised),
                windows: counter.tally,
                claims,
            });
        }
        let shown = |windows: Vec<(i64, i64)>| windows.into_iter().collect::<std::collections::HashSet<_>>();
        let worst = shown(missed_windows(plan, &course.least.windows, Belief::Least));
        let best = shown(missed_windows(plan, &course.most.windows, Belief::Most));
        for window in past.iter().filter(|w| matches!(w.met, Met::No | Met::Undecided)) {
            let shows = (window.end - 1, window.end);
            if !worst.contains(&shows) {
                continue;
            }
            let short = match &plan.provision.duty {
                Duty::Keep { bound: servanda_pact::Bound::AtMost, .. } => {
                    window.high.min(UNBOUNDED) - window.bound
                }
                _ => window.bound - window.low,
            };
            finding.episodes.push(Episode {
                from: Instant::from_ms(window.start),
                to: Some(Instant::from_ms(window.end)),
                sort: EpisodeSort::Window,
                extent: Some(Number::from_thousandths(short.max(0))),
                n_of: None,
                settled: window.met == Met::No && best.contains(&shows),
                claims: Vec::new(),
                n_claims: 0,
            });
        }
        for counter in &result.counters {
            for some in counter.missed_some.iter().filter(|some| some.stretch.end <= now.saturating_add(1)) {
                let incidents: Vec<IncidentIx> =
                    std::iter::once(some.stretch.incidents.0).chain(some.stretch.incidents.1).collect();
                let (claims, n_claims) = self.claims_of(view, &incidents);
                finding.episodes.push(Episode {
                    from: Instant::from_ms(some.stretch.start),
                    to: Some(Instant::from_ms(some.stretch.end)),
                    sort: EpisodeSort::Windows,
                    extent: None,
                    n_of: Some((some.n_missed, some.n_windows)),
                    settled: counters_agree(&result, some),
                    claims,
                    n_claims,
                });
            }
        }
        let n = |wanted: fn(&Met) -> bool| past.iter().filter(|w| wanted(&w.met)).count() as u32;
        let some = finding.episodes.iter().filter(|e| e.settled).filter_map(|e| e.n_of.map(|(n, _)| n)).min();
        finding.n_episodes = Views {
            worst: n(|met| matches!(met, Met::No | Met::Undecided)),
            best: n(|met| *met == Met::No).max(some.unwrap_or(0)),
            verified: past.iter().filter(|w| w.verified_missed).count() as u32,
            reported: past.iter().filter(|w| w.reported_missed).count() as u32,
        };
        Some(result)
    }

    fn episodes(
        &self,
        view: &View,
        at: PlanIx,
        plan: &Plan,
        course: &Quad<Course>,
        now: i64,
        finding: &mut Finding,
    ) {
        match &plan.duty {
            DutyPlan::Not { stream } => {
                let stream = self.stream(*stream);
                finding.n_episodes = {
                    let n = |belief: Belief| {
                        let allowed = course.get(belief).allowed.iter();
                        let inside = allowed
                            .map(|(from, to)| stream.n_between(belief.opposite(), from, (to - 1).min(now)));
                        inside.sum::<i64>().max(0) as u32
                    };
                    Views {
                        worst: n(Belief::Least),
                        best: n(Belief::Most),
                        verified: n(Belief::Verified),
                        reported: n(Belief::Reported),
                    }
                };
                let allowed = course.least.allowed.as_slice();
                let surely = &course.most.allowed;
                for (from, to) in allowed.iter().rev() {
                    let missing = MAX_EPISODES.saturating_sub(finding.episodes.len());
                    let latest = stream.latest_between(*from, (to - 1).min(now), missing);
                    for (incident, earliest, last) in latest {
                        let (claims, n_claims) = self.claims_of(view, &[incident]);
                        let toll = self.incidents.evidence(view, &self.names, &self.standpoint, incident);
                        finding.episodes.push(Episode {
                            from: Instant::from_ms(earliest),
                            to: Some(Instant::from_ms(last)),
                            sort: EpisodeSort::Incident,
                            extent: toll.map(|evidence| Number::from_thousandths(evidence.best)),
                            n_of: None,
                            settled: !stream.is_uncertain(incident)
                                && surely.contains(earliest)
                                && surely.contains(last),
                            claims,
                            n_claims,
                        });
                    }
                }
            }
            DutyPlan::Match { .. } => {
                let settled = &course.most.breaches;
                for (from, to) in course.least.breaches.iter().filter(|(from, _)| *from <= now) {
                    finding.episodes.push(Episode {
                        from: Instant::from_ms(from),
                        to: Some(to).filter(|to| *to <= now).map(Instant::from_ms),
                        sort: EpisodeSort::Balance,
                        extent: None,
                        n_of: None,
                        settled: settled.contains(from),
                        claims: Vec::new(),
                        n_claims: 0,
                    });
                }
                let n = |belief: Belief| {
                    course.get(belief).breaches.iter().filter(|(from, _)| *from <= now).count() as u32
                };
                finding.n_episodes = Views {
                    worst: n(Belief::Least),
                    best: n(Belief::Most),
                    verified: n(Belief::Verified),
                    reported: n(Belief::Reported),
                };
            }
            DutyPlan::Deliver { .. } | DutyPlan::Establish { .. } if plan.each_time.is_some() => {
                let late = self.with_instances(at, |instances| {
                    let late = instances.breached.iter().rev().filter_map(|key| {
                        let outcome = instances.outcome(key, Belief::Reported)?;
                        let is_settled =
                            instances.outcome(key, Belief::Most).is_some_and(|o| o.is_breached(now));
                        outcome.is_breached(now).then_some((*key, outcome, is_settled))
                    });
                    late.take(MAX_EPISODES).collect::<Vec<_>>()
                });
                for ((_, incident), outcome, is_settled) in late.into_iter().flatten() {
                    let (claims, n_claims) = self.claims_of(view, &[incident]);
                    finding.episodes.push(Episode {
                        from: Instant::from_ms(outcome.deadline + 1),
                        to: Some(outcome.done).filter(|done| *done <= now).map(Instant::from_ms),
                        sort: EpisodeSort::Overdue,
                        extent: None,
                        n_of: None,
                        settled: is_settled,
                        claims,
                        n_claims,
                    });
                }
                let n = |belief: Belief| {
                    self.with_instances(at, |instances| instances.n_breached(belief, now)).unwrap_or_default()
                };
                finding.n_episodes = Views {
                    worst: n(Belief::Least),
                    best: n(Belief::Most),
                    verified: n(Belief::Verified),
                    reported: n(Belief::Reported),
                };
            }
            DutyPlan::Deliver { .. } | DutyPlan::Establish { .. } => {
                for (from, to) in course.least.breaches.iter().filter(|(from, _)| *from <= now) {
                    finding.episodes.push(Episode {
                        from: Instant::from_ms(from),
                        to: Some(to).filter(|to| *to <= now).map(Instant::from_ms),
                        sort: EpisodeSort::Overdue,
                        extent: None,
                        n_of: None,
                        settled: course.most.is_breached(now),
                        claims: Vec::new(),
                        n_claims: 0,
                    });
                }
                let n = |belief: Belief| u32::from(course.get(belief).is_breached(now));
                finding.n_episodes = Views {
                    worst: n(Belief::Least),
                    best: n(Belief::Most),
                    verified: n(Belief::Verified),
                    reported: n(Belief::Reported),
                };
            }
            DutyPlan::Keep { .. } | DutyPlan::May { .. } => {}
        }
        finding.episodes.sort_by_key(|episode| (episode.from, episode.to, episode.sort));
        let n_over = finding.episodes.len().saturating_sub(MAX_EPISODES);
        finding.episodes.drain(..n_over);
    }

    /// Running totals of a delivery, by counter: shown side by side, never added.
    fn deliver_counters(&self, view: &View, plan: &Plan, now: i64, finding: &mut Finding) {
        let DutyPlan::Deliver { parts } = &plan.duty else { return };
        for (stream, amount) in parts {
            let target = self.amount(amount, now);
            let stream = self.stream(*stream);
            let mut last: std::collections::BTreeMap<servanda_ledger::Symbol, Vec<(i64, IncidentIx)>> =
                Default::default();
            for (incident, item) in stream.totals.iter().filter(|(_, item)| item.latest <= now) {
                last.entry(item.counter).or_default().push((item.latest, *incident));
            }
            for (counter, mut series) in last {
                series.sort_unstable();
                let Some((_, newest)) = series.last() else { continue };
                let item = &stream.totals[newest];
                let came = |missing: i64| (target - missing).max(0);
                let (low, high) = if item.measure == Measure::Outstanding {
                    (came(item.high), came(item.low))
                } else {
                    (item.low, item.high)
                };
                let incidents: Vec<IncidentIx> = series.iter().map(|(_, incident)| *incident).collect();
                finding.counters.push(CounterSeries {
                    counter: Some(counter).filter(|c| c.is_some()).map(|c| self.names.name(c)),
                    covered: Window {
                        start: Instant::from_ms(item.earliest),
                        end: Instant::from_ms(item.latest + 1),
                    },
                    low: Number::from_thousandths(low),
                    high: if high >= UNBOUNDED { Number::MAX } else { Number::from_thousandths(high) },
                    promised: Number::from_thousandths(target),
                    windows: WindowTally::default(),
                    claims: self.claims_of(view, &incidents).0,
                });
            }
        }
    }

    fn other_readings(&self, at: PlanIx, now: i64) -> Vec<(String, State)> {
        let plan = &self.compiled.plans[at];
        let written = &self.agreement.provisions[plan.provision_ix];
        let others = self.compiled.plans.iter().enumerate().filter(|(other, p)| {
            *other != at && p.provision_ix == plan.provision_ix && p.obligor == plan.obligor
        });
        let label =
            |p: &Plan| p.reading.map_or_else(String::new, |reading| written.readings[reading].label.clone());
        others
            .map(|(other, p)| {
                let course = self.course(other).map_or_else(Quad::never, |course| (*course).clone());
                (label(p), self.states(other, &course, now).reported)
            })
            .collect()
    }

    fn badges(
        &self,
        plan: &Plan,
        course: &Quad<Course>,
        question: &Question,
        finding: &Finding,
    ) -> Vec<Badge> {
        let now = question.at.ms();
        let is_open = matches!(
            finding.state.reported,
            State::InForce | State::Overdue | State::Suspended | State::Dormant
        );
        let mut badges = Vec::new();
        if !(finding.state.is_settled() && finding.breach.is_settled()) {
            badges.push(Badge::Contested);
        }
        if self.awaits_reports(plan, course, now, finding) {
            badges.push(Badge::AwaitingReports);
        }
        let is_assumed = plan.provision.deadline.as_ref().is_some_and(|deadline| deadline.assumed.is_some());
        if is_assumed {
            badges.push(Badge::RestsOnAssumption);
        }
        if finding.other_readings.iter().any(|(_, state)| *state != finding.state.reported) {
            badges.push(Badge::DependsOnReading);
        }
        let deadline = course.reported.deadline;
        let soon = i64::from(question.due_soon_days).saturating_mul(DAY_MS);
        if finding.state.reported == State::InForce && deadline < NEVER && deadline - now <= soon {
            badges.push(Badge::DueSoon);
        }
        let is_delivery = matches!(plan.duty, DutyPlan::Deliver { .. } | DutyPlan::Establish { .. });
        if finding.state.reported == State::InForce
            && finding.level == Some(Level::Minimal)
            && (deadline < NEVER || !is_delivery)
        {
            badges.push(Badge::AtRisk);
        }
        match self.breach_ruling(&plan.provision.id, &plan.obligor) {
            Some((true, _)) => badges.push(Badge::RuledBreach),
            Some((false, _)) => {}
            None if finding.breach.reported => badges.push(Badge::ReportedBreach),
            None => {}
        }
        if question.at > self.known() {
            badges.push(Badge::Projection);
        }
        if is_delivery && plan.provision.deadline.is_none() && is_open {
            badges.push(Badge::NoDeadline);
        }
        badges.sort();
        badges
    }

    /// Whether the state rests on silence that no report covers yet.
    fn awaits_reports(&self, plan: &Plan, course: &Quad<Course>, now: i64, finding: &Finding) -> bool {
        let kinds: Vec<Name> = match &plan.provision.duty {
            Duty::Deliver { targets, .. } => targets.iter().map(|(_, kind)| kind.clone()).collect(),
            Duty::Not { kinds, .. } => kinds.clone(),
            Duty::Keep { kind, .. } => vec![kind.clone()],
            Duty::Match { kind, unit_kind, .. } => vec![kind.clone(), unit_kind.clone()],
            Duty::Establish { body, .. } => vec![body.clone()],
            Duty::May { .. } => Vec::new(),
        };
        let horizon = self.horizon(&plan.provision, &kinds);
        match &plan.duty {
            DutyPlan::Deliver { parts } => {
                let stated = parts
                    .iter()
                    .map(|(stream, _)| self.stream(*stream).stated_until())
                    .min()
                    .unwrap_or(i64::MIN);
                let reach = horizon.unwrap_or(i64::MIN).max(stated);
                finding.state.reported == State::Overdue && reach < course.reported.deadline
            }
            DutyPlan::Establish { .. } => {
                finding.state.reported == State::Overdue
                    && horizon.unwrap_or(i64::MIN) < course.reported.deadline
            }
            DutyPlan::Keep { .. } => {
                finding.state.reported == State::InForce
                    && finding.windows.is_some_and(|windows| windows.no_data > 0)
            }
            DutyPlan::Not { .. } => {
                finding.state.reported == State::InForce && horizon.is_some_and(|horizon| horizon < now)
            }
            DutyPlan::Match { .. } => {
                finding.state.reported == State::InForce && horizon.is_some_and(|horizon| horizon < now)
            }
            DutyPlan::May { .. } => false,
        }
    }
}

/// A moment between two bounds; `None` where it never comes.
fn spread(a: i64, b: i64) -> Option<When> {
    let (first, last) = (a.min(b), a.max(b));
    if first >= NEVER || first == i64::MIN {
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
