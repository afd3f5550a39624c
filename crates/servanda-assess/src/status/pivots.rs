//! Pivots: the claims whose acceptance flips the verdict.

use servanda_ledger::View;
use servanda_model::{Pivot, PivotDoubt, State, Views};

use super::course::{Course, NEVER};
use super::engine::Engine;
use super::incidents::{Grade, IncidentIx};
use super::plan::{CondIx, CondPlan, DutyPlan, PlanIx, StreamIx};
use super::stream::{Item, Quad};

/// Most incidents that are tried for one promise.
const MAX_TRIED: usize = 64;
/// Most civil windows that are evaluated for that: a promise over years of days tries fewer incidents.
const MAX_WINDOWS_TRIED: usize = 1024;
/// Most incidents that are tried where one try can touch very many instances or windows.
const FEW_TRIED: usize = 4;

type Verdict = (Views<State>, Views<bool>);

impl Engine {
    /// Incidents that, taken one way or the other, change the state or the breach in the worst or the best view.
    pub(crate) fn pivots(&mut self, view: &View, at: PlanIx, now: i64) -> Vec<Pivot> {
        let mut pivots = Vec::new();
        let streams = self.own_streams(at);
        let mut tried: Vec<(IncidentIx, PivotDoubt)> = Vec::new();
        let n_windows = self.course(at).map_or(0, |course| course.reported.windows.windows.len());
        let is_each = self.compiled.plans[at].each_time.is_some();
        let max_tried = if is_each {
            FEW_TRIED
        } else {
            (MAX_WINDOWS_TRIED / n_windows.max(1)).clamp(FEW_TRIED, MAX_TRIED)
        };
        for (stream, incident) in self.candidates(view, at, &streams, now) {
            let Some(item) = self.item(view, stream, incident) else { continue };
            for (doubt, accepted, rejected) in
                variants(&item, self.compiled.streams[stream].is_uncertain(incident))
            {
                if tried.contains(&(incident, doubt)) || tried.len() >= max_tried {
                    continue;
                }
                tried.push((incident, doubt));
                let with = self.verdict_if(at, &streams, incident, view, &|old| accepted(old), now);
                let without = self.verdict_if(at, &streams, incident, view, &|old| rejected(old), now);
                let differs = with.0.worst != without.0.worst
                    || with.0.best != without.0.best
                    || with.1.worst != without.1.worst
                    || with.1.best != without.1.best;
                if differs {
                    pivots.push(Pivot {
                        claims: self.claims_of(view, &[incident]).0,
                        accepted: with.0.reported,
                        rejected: without.0.reported,
                        doubt,
                    });
                }
            }
        }
        pivots.sort_by(|a, b| (a.doubt, &a.claims).cmp(&(b.doubt, &b.claims)));
        pivots.dedup();
        pivots
    }

    fn item(&self, view: &View, stream: StreamIx, incident: IncidentIx) -> Option<Item> {
        let evidence = self.incidents.evidence(view, &self.names, &self.standpoint, incident)?;
        self.compiled.streams[stream].key.item(&self.names, &evidence)
    }

    /// The verdict if one incident were otherwise, everything else as it is. Leaves no trace.
    fn verdict_if(
        &mut self,
        at: PlanIx,
        streams: &[StreamIx],
        incident: IncidentIx,
        view: &View,
        as_if: &dyn Fn(Item) -> Option<Item>,
        now: i64,
    ) -> Verdict {
        let items: Vec<(StreamIx, Item)> = streams
            .iter()
            .filter_map(|stream| Some((*stream, self.item(view, *stream, incident)?)))
            .collect();
        for (stream, item) in &items {
            self.replace(*stream, incident, Some(*item), as_if(*item));
        }
        let course = self.course(at).map_or_else(Quad::<Course>::never, |course| (*course).clone());
        let verdict = (self.states(at, &course, now), self.breach(at, &course, now));
        for (stream, item) in &items {
            self.replace(*stream, incident, as_if(*item), Some(*item));
        }
        verdict
    }

    fn own_streams(&self, at: PlanIx) -> Vec<StreamIx> {
        let plan = &self.compiled.plans[at];
        let mut streams = match &plan.duty {
            DutyPlan::Deliver { parts } => parts.iter().map(|(stream, _)| *stream).collect(),
            DutyPlan::Match { returned, burden, .. } => vec![*returned, *burden],
            DutyPlan::Not { stream }
            | DutyPlan::Keep { stream }
            | DutyPlan::Establish { stream }
            | DutyPlan::May { stream } => vec![*stream],
        };
        let conds = plan.start.iter().chain(&plan.whiles).chain(&plan.unless).chain(&plan.until);
        for cond in conds.chain(&plan.deadline_of) {
            self.cond_streams(*cond, &mut streams, 0);
        }
        for (_, power) in &plan.powers {
            if let DutyPlan::May { stream } = &self.compiled.plans[*power].duty {
                streams.push(*stream);
            }
        }
        streams.sort_unstable();
        streams.dedup();
        streams
    }

    /// Streams under a condition, also through the provisions it names.
    fn cond_streams(&self, cond: CondIx, streams: &mut Vec<StreamIx>, depth: usize) {
        match &self.compiled.conds[cond] {
            CondPlan::Occurs(stream) | CondPlan::Established(stream) | CondPlan::Count(stream, _) => {
                streams.push(*stream)
            }
            CondPlan::After(_, inner) => self.cond_streams(*inner, streams, depth),
            CondPlan::All(all) | CondPlan::Any(all) => {
                all.iter().for_each(|inner| self.cond_streams(*inner, streams, depth))
            }
            CondPlan::Fulfilled(name) | CondPlan::Breached(name) if depth < 3 => {
                for plan in self.compiled.followed.get(name).into_iter().flatten() {
                    let plan = &self.compiled.plans[*plan];
                    match &plan.duty {
                        DutyPlan::Deliver { parts } => {
                            streams.extend(parts.iter().map(|(stream, _)| *stream))
                        }
                        DutyPlan::Match { returned, burden, .. } => streams.extend([*returned, *burden]),
                        DutyPlan::Not { stream }
                        | DutyPlan::Keep { stream }
                        | DutyPlan::Establish { stream }
                        | DutyPlan::May { stream } => {
                            streams.push(*stream);
                        }
                    }
                    plan.start.iter().for_each(|start| self.cond_streams(*start, streams, depth + 1));
                }
            }
            _ => {}
        }
    }

    fn candidates(
        &self,
        view: &View,
        at: PlanIx,
        streams: &[StreamIx],
        now: i64,
    ) -> Vec<(StreamIx, IncidentIx)> {
        let mut candidates: Vec<(u8, StreamIx, IncidentIx)> = Vec::new();
        let Some(course) = self.course(at) else { return Vec::new() };
        let mut critical = vec![now];
        for course in [&course.least, &course.most] {
            critical.extend([course.start, course.done, course.closed.0]);
            critical
                .extend(course.deadlines.iter().flat_map(|(from, _, deadline)| [from, deadline]).take(16));
            critical.extend(course.allowed.iter().flat_map(|(from, to)| [from, to]).take(16));
        }
        critical.retain(|moment| *moment > i64::MIN && *moment < NEVER);
        critical.sort_unstable();
        critical.dedup();
        for stream in streams {
            let here = self.stream(*stream);
            candidates.extend(here.doubtful.iter().take(MAX_TRIED).map(|incident| (0, *stream, *incident)));
            candidates.extend(here.totals.keys().take(MAX_TRIED).map(|incident| (1, *stream, *incident)));
            for moment in &critical {
                let around =
                    here.possible_between(*moment, *moment).filter(|(_, earliest, latest)| earliest < latest);
                candidates.extend(around.take(16).map(|(incident, _, _)| (2, *stream, incident)));
            }
        }
        // Not in the order of arrival: which ones are tried before it is enough must not depend on it.
        candidates.sort_by_cached_key(|(rank, stream, incident)| {
            let item = self.item(view, *stream, *incident);
            let what = item.map(|item| (item.latest, item.earliest, item.high, item.low));
            (*rank, *stream, what, self.claims_of(view, &[*incident]).0.first().copied())
        });
        let mut seen = std::collections::HashSet::new();
        candidates.retain(|(_, _, incident)| seen.insert(*incident));
        candidates.into_iter().map(|(_, stream, incident)| (stream, incident)).collect()
    }
}

type Change = Box<dyn Fn(Item) -> Option<Item>>;

/// The two ways to take an incident, for each thing in doubt about it.
fn variants(item: &Item, is_uncertain: bool) -> Vec<(PivotDoubt, Change, Change)> {
    let mut variants: Vec<(PivotDoubt, Change, Change)> = Vec::new();
    if is_uncertain || item.grade == Grade::Disputed || item.is_total {
        let accept: Change = Box::new(|item| Some(Item { grade: Grade::Verified, ..item }));
        variants.push((PivotDoubt::Existence, accept, Box::new(|_| None)));
    }
    if item.low != item.high {
        let much: Change = Box::new(|item| Some(Item { low: item.high, best: item.high, ..item }));
        let little: Change = Box::new(|item| Some(Item { high: item.low, best: item.low, ..item }));
        variants.push((PivotDoubt::Quantity, much, little));
    }
    if item.earliest != item.latest && !item.is_total {
        let early: Change = Box::new(|item| Some(Item { latest: item.earliest, ..item }));
        let late: Change = Box::new(|item| Some(Item { earliest: item.latest, ..item }));
        variants.push((PivotDoubt::Time, early, late));
    }
    variants
}
