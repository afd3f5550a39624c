//! Episodes and counters of a finding: the stretches in which a promise was not kept, as reported, and who counts what.

use servanda_ledger::View;
use servanda_model::*;
use servanda_pact::Duty;

use super::course::{Course, counters_agree, missed_windows};
use super::engine::Engine;
use super::finding::MAX_EPISODES;
use super::incidents::IncidentIx;
use super::keep::{KeepResult, Met};
use super::plan::{DutyPlan, Plan, PlanIx, StreamIx};
use super::stream::{Belief, Quad, UNBOUNDED};

impl Engine {
    pub(super) fn keep_findings(
        &self,
        view: &View,
        plan: &Plan,
        course: &Quad<Course>,
        now: i64,
        finding: &mut Finding,
    ) -> Option<std::rc::Rc<KeepResult>> {
        let DutyPlan::Keep { stream } = &plan.duty else { return None };
        let result = if now < self.known().ms() {
            self.keep_windows(plan, &course.reported, now)
        } else {
            course.reported.windows.clone()
        };
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
            let incidents = if counter.incidents.is_empty() {
                self.reports_within(view, *stream, Some(counter.counter), (counter.start, counter.end - 1))
            } else {
                counter.incidents.clone()
            };
            let (claims, _) = self.claims_of(view, &incidents);
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
                at_most: matches!(
                    &plan.provision.duty,
                    Duty::Keep { bound: servanda_pact::Bound::AtMost, .. }
                ),
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
                Duty::Keep { bound: servanda_pact::Bound::AtMost, .. } if window.high >= UNBOUNDED => None,
                Duty::Keep { bound: servanda_pact::Bound::AtMost, .. } => Some(window.high - window.bound),
                _ => Some(window.bound - window.low),
            };
            finding.episodes.push(Episode {
                from: Instant::from_ms(window.start),
                to: Some(Instant::from_ms(window.end)),
                sort: EpisodeSort::Window,
                extent: short.map(|short| Number::from_thousandths(short.max(0))),
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
        let best = n(|met| *met == Met::No).max(some.unwrap_or(0));
        let worst = n(|met| matches!(met, Met::No | Met::Undecided)).max(best);
        let reported = past.iter().filter(|w| w.reported_missed).count() as u32;
        finding.n_episodes = Views {
            worst,
            best,
            verified: past.iter().filter(|w| w.verified_missed).count() as u32,
            reported: reported.clamp(best, worst),
        };
        Some(result)
    }

    pub(super) fn episodes(
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
                        let allowed = course.get(belief).allowed.as_slice();
                        let inside = allowed
                            .iter()
                            .map(|(from, to)| stream.n_between(belief.opposite(), *from, (to - 1).min(now)));
                        // What can lie on both sides of a gap was counted on both.
                        let gaps = allowed.windows(2).map(|pair| (pair[0].1 - 1, pair[1].0));
                        let gaps = gaps.filter(|(_, next)| belief == Belief::Least && *next <= now);
                        let twice = gaps.map(|(end, next)| {
                            let around = stream.possible_between(next, end);
                            around.filter(|(_, earliest, latest)| *earliest <= end && *latest >= next).count()
                        });
                        (inside.sum::<i64>() - twice.sum::<usize>() as i64).max(0) as u32
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
                let mut listed: Vec<IncidentIx> = Vec::new();
                for (from, to) in allowed.iter().rev() {
                    let missing = MAX_EPISODES.saturating_sub(finding.episodes.len());
                    let latest = stream.latest_between(*from, (to - 1).min(now), missing);
                    for (incident, earliest, last) in latest {
                        if listed.contains(&incident) {
                            continue;
                        }
                        listed.push(incident);
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
                        settled: settled.iter().any(|(start, end)| start < to && from < end),
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
                        outcome.is_breached(now).then_some((*key, outcome.clone(), is_settled))
                    });
                    late.take(MAX_EPISODES).collect::<Vec<_>>()
                });
                for ((_, incident), outcome, is_settled) in late.into_iter().flatten() {
                    let (claims, n_claims) = self.claims_of(view, &[incident]);
                    finding.episodes.push(Episode {
                        from: Instant::from_ms(outcome.breached_at()),
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
                // Broken once, in however many stretches it was overdue.
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
        finding.episodes.sort_by(|a, b| {
            (a.from, a.to, a.sort, a.extent, &a.claims).cmp(&(b.from, b.to, b.sort, b.extent, &b.claims))
        });
        // What is settled is listed before what is not; of the rest the oldest go first.
        let mut n_over = finding.episodes.len().saturating_sub(MAX_EPISODES);
        finding.episodes.retain(|episode| {
            let goes = n_over > 0 && !episode.settled;
            n_over -= usize::from(goes);
            !goes
        });
        let n_over = finding.episodes.len().saturating_sub(MAX_EPISODES);
        finding.episodes.drain(..n_over);
        if let DutyPlan::Keep { stream } = &plan.duty {
            for episode in finding.episodes.iter_mut().filter(|episode| episode.sort == EpisodeSort::Window) {
                let window = (episode.from.ms(), episode.to.map_or(now, |to| to.ms() - 1));
                let reports = self.reports_within(view, *stream, None, window);
                (episode.claims, episode.n_claims) = self.claims_of(view, &reports);
            }
        }
    }

    /// The latest single reports of one counter (of all, where none is given) within a stretch.
    fn reports_within(
        &self,
        view: &View,
        stream: StreamIx,
        counter: Option<servanda_ledger::Symbol>,
        (from, to): (i64, i64),
    ) -> Vec<IncidentIx> {
        const MAX_LOOKED_AT: usize = 12;
        let latest = self.stream(stream).latest_between(from, to, MAX_LOOKED_AT);
        let of_counter = |incident: &IncidentIx| {
            let Some(counter) = counter else { return true };
            let evidence = self.incidents.evidence(view, &self.names, &self.standpoint, *incident);
            evidence.is_some_and(|evidence| evidence.counter == counter)
        };
        latest.into_iter().map(|(incident, _, _)| incident).filter(of_counter).collect()
    }

    /// Running totals of a delivery, by counter: shown side by side, never added.
    pub(super) fn deliver_counters(&self, view: &View, plan: &Plan, now: i64, finding: &mut Finding) {
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
                // The order of incidents is that of arrival: it decides only between equal statements.
                series.sort_unstable_by_key(|(latest, incident)| {
                    let item = &stream.totals[incident];
                    (*latest, item.earliest, item.measure, item.low, item.high, *incident)
                });
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
                    at_most: false,
                    windows: WindowTally::default(),
                    claims: self.claims_of(view, &incidents).0,
                });
            }
        }
    }
}
