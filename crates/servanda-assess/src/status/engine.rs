//! The engine: takes changes of the record one by one, or a whole view at once, and keeps what status needs.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use servanda_ledger::{Change, RulingIx, Symbol, View, What};
use servanda_model::{DAY_MS, HOUR_MS, Judgement, Name, Standpoint};
use servanda_pact::{Agreement, Clock, Duration, DurationUnit};

use super::course::Course;
use super::incidents::{Evidence, IncidentIx, Incidents};
use super::names::Names;
use super::plan::{Compiled, PlanIx, StreamIx, compile};
use super::stream::{Item, Quad, Stream, Whose};
use super::whenever::Instances;
use crate::context::Context;

/// Computes the status of every provision from one standpoint, and keeps it current.
///
/// Feed it a view with [`Engine::load`], then later changes with [`Engine::apply`]; ask with
/// [`Engine::findings`]. A change touches only the clauses that count its kind and what waits for them.
pub struct Engine {
    pub(crate) agreement: Agreement,
    pub(crate) standpoint: Standpoint,
    pub(crate) clock: Clock,
    pub(crate) names: Names,
    pub(crate) incidents: Incidents,
    pub(crate) compiled: Compiled,
    subscriptions: HashMap<Name, Subscription>,
    routes: RefCell<FxHashMap<Symbol, RoutesByActors>>,
    watches: HashMap<(Name, Name), BTreeMap<i64, u32>>,
    breach_rulings: HashMap<(Name, Name), Vec<(bool, RulingIx)>>,
    pub(crate) courses: RefCell<Vec<Option<Rc<Quad<Course>>>>>,
    /// Whether a circle of provisions was met while computing; see [`Engine::course`].
    pub(crate) met_circle: Cell<bool>,
    pub(crate) instances: RefCell<Vec<Option<Instances>>>,
    /// Running balances of `match` plans: not computed yet, or computed and possibly not of the quick form.
    pub(crate) balances: RefCell<Vec<Option<Option<super::balance::Balances>>>>,
    pub(crate) open_plans: RefCell<Vec<PlanIx>>,
    /// Plans to look at again when a stream changes.
    dependants: Vec<Vec<PlanIx>>,
    known_ms: i64,
    /// Work done since the engine was made: streams touched, plans evaluated. For tests of complexity.
    pub(crate) n_evaluations: Cell<u64>,
}

/// Streams that can count incidents of one kind, by their actors.
type RoutesByActors = FxHashMap<Vec<Symbol>, Rc<[StreamIx]>>;

#[derive(Default)]
struct Subscription {
    anyone: Vec<StreamIx>,
    unstated: Vec<StreamIx>,
    named: HashMap<Name, Vec<StreamIx>>,
}

/// The agreement names a time zone that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownClock(pub String);

impl std::fmt::Display for UnknownClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the time zone '{}' is not known", self.0)
    }
}

impl std::error::Error for UnknownClock {}

impl Engine {
    /// An engine that has seen no record yet.
    ///
    /// # Errors
    /// [`UnknownClock`] where the agreement's clock is no IANA time zone; an empty clock is UTC.
    pub fn new(
        agreement: Agreement,
        standpoint: Standpoint,
        context: Context,
    ) -> Result<Engine, UnknownClock> {
        let zone = if agreement.clock.is_empty() { "UTC" } else { agreement.clock.as_str() };
        let clock = Clock::new(zone).ok_or_else(|| UnknownClock(agreement.clock.clone()))?;
        let compiled = compile(&agreement, &clock, &standpoint);
        let mut subscriptions: HashMap<Name, Subscription> = HashMap::new();
        for (at, stream) in compiled.streams.iter().enumerate() {
            for kind in &stream.key.kinds {
                let subscription = subscriptions.entry(kind.clone()).or_default();
                match &stream.key.whose {
                    Whose::Anyone => subscription.anyone.push(at),
                    Whose::Named(party) => subscription.named.entry(party.clone()).or_default().push(at),
                    Whose::NamedOrUnstated(party) => {
                        subscription.named.entry(party.clone()).or_default().push(at);
                        subscription.unstated.push(at);
                    }
                }
            }
        }
        let watches = agreement.provisions.iter().flat_map(|provision| {
            let read = provision.readings.iter().map(|reading| provision.read_as(reading));
            let all = std::iter::once(provision.clone()).chain(read);
            all.flat_map(|p| p.watches).map(|watch| ((watch.kind, watch.source), BTreeMap::new()))
        });
        let n_plans = compiled.plans.len();
        let dependants = super::depends::dependants(&compiled);
        Ok(Engine {
            names: Names::new(&agreement, context).in_clock(&clock),
            watches: watches.collect(),
            agreement,
            standpoint,
            clock,
            incidents: Incidents::default(),
            compiled,
            subscriptions,
            routes: RefCell::default(),
            breach_rulings: HashMap::new(),
            courses: RefCell::new(vec![None; n_plans]),
            instances: RefCell::new((0..n_plans).map(|_| None).collect()),
            balances: RefCell::new((0..n_plans).map(|_| None).collect()),
            met_circle: Cell::new(false),
            open_plans: RefCell::default(),
            dependants,
            known_ms: i64::MIN,
            n_evaluations: Cell::new(0),
        })
    }

    /// Takes in everything that a view holds; on an engine that has seen nothing yet.
    pub fn load(&mut self, view: &View) {
        let view = &view.seen_from(&self.standpoint);
        for change in view.changes() {
            self.learn(view, *change);
            self.incidents.apply(view, &self.names, &self.standpoint, *change, |_, _| {});
            self.note_live(view);
            self.note_ruling(view, *change);
        }
        self.incidents.make_room();
        for at in 0..self.incidents.len() {
            let incident = IncidentIx(at as u32);
            let Some(evidence) = self.incidents.evidence(view, &self.names, &self.standpoint, incident)
            else {
                continue;
            };
            for stream in self.routes(&evidence).iter() {
                if let Some(item) = self.compiled.streams[*stream].key.routed_item(&self.names, &evidence) {
                    self.compiled.streams[*stream].load(incident, item);
                }
            }
        }
        for stream in &mut self.compiled.streams {
            stream.settle();
        }
        self.known_ms = self.known_ms.max(known_ms(view));
        self.courses.borrow_mut().fill(None);
        self.instances.borrow_mut().fill_with(|| None);
        self.balances.borrow_mut().fill_with(|| None);
    }

    /// Takes in one further change. `view` must hold it, as seen from the standpoint ([`View::seen_from`]).
    pub fn apply(&mut self, view: &View, change: Change) {
        if let What::Rule(ix) = change.what
            && view.narrowed(change.known_at).ruling(ix).is_none()
        {
            self.start_over(&view.narrowed(change.known_at));
            self.known_ms = self.known_ms.max(known_ms(view));
            return;
        }
        self.learn(view, change);
        let mut old: Vec<(IncidentIx, Option<Evidence>)> = Vec::new();
        let (names, standpoint) = (&self.names, &self.standpoint);
        let mut incidents = std::mem::take(&mut self.incidents);
        let touched = incidents.apply(view, names, standpoint, change, |incidents, incident| {
            old.push((incident, incidents.evidence(view, names, standpoint, incident)));
        });
        self.incidents = incidents;
        self.note_live(view);
        self.note_ruling(view, change);
        let known = self.known_ms.max(known_ms(view));
        if known > self.known_ms {
            self.known_ms = known;
            // Windows and horizons reach as far as what is known.
            for stream in
                (0..self.compiled.streams.len()).filter(|at| self.compiled.streams[*at].keep.is_some())
            {
                for plan in &self.dependants[stream] {
                    self.courses.borrow_mut()[*plan] = None;
                }
            }
        }
        for incident in touched {
            let before =
                old.iter().find(|(ix, _)| *ix == incident).and_then(|(_, evidence)| evidence.clone());
            let after = self.incidents.evidence(view, &self.names, &self.standpoint, incident);
            self.update(incident, before.as_ref(), after.as_ref());
        }
    }

    /// Computes everything anew: a ruling was taken back, and what it had joined or parted must be as if it had
    /// never been. Rare, and as dear as a cold start.
    fn start_over(&mut self, view: &View) {
        let context = self.names.context().clone();
        if let Ok(mut anew) = Engine::new(self.agreement.clone(), self.standpoint.clone(), context) {
            anew.load(view);
            anew.known_ms = self.known_ms.max(anew.known_ms);
            *self = anew;
        }
    }

    fn update(&mut self, incident: IncidentIx, before: Option<&Evidence>, after: Option<&Evidence>) {
        let mut streams: Vec<StreamIx> = [before, after]
            .into_iter()
            .flatten()
            .flat_map(|evidence| self.routes(evidence).to_vec())
            .collect();
        streams.sort_unstable();
        streams.dedup();
        for stream in streams {
            let key = &self.compiled.streams[stream].key;
            let old = before.and_then(|evidence| key.item(&self.names, evidence));
            let new = after.and_then(|evidence| key.item(&self.names, evidence));
            self.replace(stream, incident, old, new);
        }
    }

    /// Puts an incident's item in a stream in place of another, and marks what depends on it.
    pub(crate) fn replace(
        &mut self,
        stream: StreamIx,
        incident: IncidentIx,
        old: Option<Item>,
        new: Option<Item>,
    ) {
        if old == new {
            return;
        }
        self.compiled.streams[stream].change(incident, old, new);
        for plan in &self.dependants[stream] {
            self.courses.borrow_mut()[*plan] = None;
            self.update_balance(*plan, stream, old, new);
            let mut instances = self.instances.borrow_mut();
            if let Some(cached) = &mut instances[*plan] {
                let plan = &self.compiled.plans[*plan];
                let excuses = self.excuse_streams(&plan.unless);
                cached.changed(plan, &excuses, stream, incident, old, new);
            }
        }
    }

    /// Streams that can count an incident, by its kind and actors.
    fn routes(&self, evidence: &Evidence) -> Rc<[StreamIx]> {
        let actors = evidence.actors.as_slice();
        if let Some(known) =
            self.routes.borrow().get(&evidence.kind).and_then(|by_actors| by_actors.get(actors))
        {
            return known.clone();
        }
        let mut streams: Vec<StreamIx> = Vec::new();
        if let Some(subscription) = self.subscriptions.get(&self.names.name(evidence.kind)) {
            streams.extend(&subscription.anyone);
            if evidence.actors.is_empty() {
                streams.extend(&subscription.unstated);
            }
            for party in actors.iter().flat_map(|actor| self.names.and_wholes(*actor)) {
                streams.extend(subscription.named.get(&party).into_iter().flatten());
            }
        }
        streams.sort_unstable();
        streams.dedup();
        let streams: Rc<[StreamIx]> = streams.into();
        let mut routes = self.routes.borrow_mut();
        routes.entry(evidence.kind).or_default().insert(actors.to_vec(), streams.clone());
        streams
    }

    fn learn(&self, view: &View, change: Change) {
        match change.what {
            What::Assert(ix) | What::Retract(ix) => {
                if let Some(fact) = view.fact(ix) {
                    self.names.learn_fact(view, fact);
                }
            }
            What::Rule(_) => {}
        }
    }

    fn note_live(&mut self, view: &View) {
        for (ix, is_live) in self.incidents.take_live_log() {
            let Some(fact) = view.fact(ix).filter(|_| !self.watches.is_empty()) else { continue };
            let kind = self.names.name(fact.event_kind);
            let who = [fact.speaker, fact.origin, fact.counter, fact.publisher];
            let until = fact.latest.ms().max(fact.window_end.ms() - i64::from(fact.has_window()));
            let reports = self.watches.iter_mut().filter(|((watched, source), _)| {
                let names = &self.names;
                *watched == kind
                    && who.iter().any(|symbol| symbol.is_some() && names.belongs(*symbol, source))
            });
            for (_, days) in reports {
                let n = days.entry(until).or_default();
                *n = if is_live { *n + 1 } else { n.saturating_sub(1) };
                if *n == 0 {
                    days.remove(&until);
                }
            }
        }
    }

    fn note_ruling(&mut self, view: &View, change: Change) {
        let What::Rule(ix) = change.what else { return };
        let Some(ruling) = view.ruling(ix) else { return };
        match &ruling.ruling.judgement {
            Judgement::Breach { provision, obligor } => {
                let key = (provision.clone(), obligor.clone());
                self.breach_rulings.entry(key).or_default().push((true, ix));
            }
            Judgement::NoBreach { provision, obligor } => {
                let key = (provision.clone(), obligor.clone());
                self.breach_rulings.entry(key).or_default().push((false, ix));
            }
            _ => {}
        }
    }

    /// The last ruling on a breach: whether it finds one, and where it is.
    pub(crate) fn breach_ruling(&self, provision: &Name, obligor: &Name) -> Option<(bool, RulingIx)> {
        self.breach_rulings.get(&(provision.clone(), obligor.clone()))?.last().copied()
    }

    /// Up to when the reports on a kind are complete, by a provision's `watch` clauses; `None`: nothing is watched.
    ///
    /// Complete to the last day that the source reported on, and not before the stated lag has passed.
    pub(crate) fn horizon(&self, provision: &servanda_pact::Provision, kinds: &[Name]) -> Option<i64> {
        self.horizon_of(provision, kinds, Symbol::NONE)
    }

    /// The same for one counter: another source's silence says nothing about this one.
    pub(crate) fn horizon_of(
        &self,
        provision: &servanda_pact::Provision,
        kinds: &[Name],
        counter: Symbol,
    ) -> Option<i64> {
        let speaks = |source: &Name| !counter.is_some() || self.names.belongs(counter, source);
        let watches =
            provision.watches.iter().filter(|watch| kinds.contains(&watch.kind) && speaks(&watch.source));
        let until = watches.map(|watch| {
            let reports = self.watches.get(&(watch.kind.clone(), watch.source.clone()));
            let reported =
                reports.and_then(|reports| reports.keys().next_back().copied()).unwrap_or(i64::MIN);
            reported.min(self.known_ms.saturating_sub(length_ms(watch.complete_after)))
        });
        until.max()
    }

    /// Work done since the engine was made: plans and instances evaluated. For tests of complexity.
    pub fn n_evaluations(&self) -> u64 {
        self.n_evaluations.get()
    }

    /// What is known up to now: the latest view that was taken in.
    pub fn known(&self) -> servanda_model::Instant {
        servanda_model::Instant::from_ms(self.known_ms)
    }

    pub(crate) fn stream(&self, at: StreamIx) -> &Stream {
        &self.compiled.streams[at]
    }
}

/// What a view knows up to; a view without an end knows up to its last change.
fn known_ms(view: &View) -> i64 {
    const YEAR_9999: i64 = 253_370_764_800_000;
    if view.known().ms() < YEAR_9999 {
        return view.known().ms();
    }
    view.changes().last().map_or(i64::MIN, |change| change.known_at.ms().min(YEAR_9999))
}

/// Length of a duration in milliseconds; a calendar day counts 24 hours here (for lags only).
pub(crate) fn length_ms(duration: Duration) -> i64 {
    i64::from(duration.n)
        * match duration.unit {
            DurationUnit::Hours => HOUR_MS,
            DurationUnit::Days | DurationUnit::CalendarDays => DAY_MS,
            DurationUnit::Weeks => 7 * DAY_MS,
        }
}
