//! Streams: the incidents that one clause counts, as cumulative sums under four degrees of belief.

use std::collections::{BTreeMap, BTreeSet};

use servanda_ledger::Symbol;
use servanda_model::{Doubt, Measure, Name};

use super::incidents::{Evidence, Grade, IncidentIx, is_certain};
use super::index::SumIndex;
use super::keep::KeepSeries;
use super::names::Names;

/// A value per degree of belief.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quad<T> {
    /// Only what is certain, as late and as little as the statements allow.
    pub(crate) least: T,
    /// All that is not refuted, as early and as much as the statements allow.
    pub(crate) most: T,
    /// Only what is verified, as late and as little as the statements allow.
    pub(crate) verified: T,
    /// All that is not refuted, at its best estimate and latest moment.
    pub(crate) reported: T,
}

/// A degree of belief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Belief {
    Least,
    Most,
    Verified,
    Reported,
}

impl Belief {
    pub(crate) const ALL: [Belief; 4] = [Belief::Least, Belief::Most, Belief::Verified, Belief::Reported];

    /// What helps the obligor at most harms it at least.
    pub(crate) fn opposite(self) -> Belief {
        match self {
            Belief::Least => Belief::Most,
            Belief::Most => Belief::Least,
            same => same,
        }
    }
}

impl<T> Quad<T> {
    pub(crate) fn of(mut value: impl FnMut(Belief) -> T) -> Quad<T> {
        Quad {
            least: value(Belief::Least),
            most: value(Belief::Most),
            verified: value(Belief::Verified),
            reported: value(Belief::Reported),
        }
    }
}

impl<T> Quad<T> {
    pub(crate) fn get_mut(&mut self, belief: Belief) -> &mut T {
        match belief {
            Belief::Least => &mut self.least,
            Belief::Most => &mut self.most,
            Belief::Verified => &mut self.verified,
            Belief::Reported => &mut self.reported,
        }
    }

    pub(crate) fn get(&self, belief: Belief) -> &T {
        match belief {
            Belief::Least => &self.least,
            Belief::Most => &self.most,
            Belief::Verified => &self.verified,
            Belief::Reported => &self.reported,
        }
    }
}

/// Whose occurrences a clause counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Whose {
    /// Everybody's.
    Anyone,
    /// Only those that name the party.
    Named(Name),
    /// Those that name the party, and those that name nobody.
    NamedOrUnstated(Name),
}

/// What a clause counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct StreamKey {
    pub(crate) kinds: Vec<Name>,
    pub(crate) whose: Whose,
    pub(crate) zone: Option<Name>,
    /// Party whose assertion is an admission against its interest.
    pub(crate) interest: Option<Name>,
    /// Only this state of a body, or component of a figure.
    pub(crate) component: Option<Name>,
}

/// One incident as a stream sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) earliest: i64,
    pub(crate) latest: i64,
    pub(crate) low: i64,
    pub(crate) best: i64,
    pub(crate) high: i64,
    pub(crate) grade: Grade,
    pub(crate) measure: Measure,
    pub(crate) counter: Symbol,
    pub(crate) is_total: bool,
}

/// More than this is taken for unbounded; keeps sums from overflowing.
pub(crate) const UNBOUNDED: i64 = 1_000_000_000_000_000;

impl StreamKey {
    /// The incident as this clause counts it; `None` where it does not.
    pub(crate) fn item(&self, names: &Names, evidence: &Evidence) -> Option<Item> {
        if !self.kinds.contains(&names.name(evidence.kind)) {
            return None;
        }
        let is_named = |party: &Name| evidence.actors.iter().any(|actor| names.belongs(*actor, party));
        let counts = match &self.whose {
            Whose::Anyone => true,
            Whose::Named(party) => is_named(party),
            Whose::NamedOrUnstated(party) => evidence.actors.is_empty() || is_named(party),
        };
        if counts { self.routed_item(names, evidence) } else { None }
    }

    /// The same for an incident whose kind and actors are known to fit.
    pub(crate) fn routed_item(&self, names: &Names, evidence: &Evidence) -> Option<Item> {
        if evidence.grade == Grade::Refuted {
            return None;
        }
        let in_zone = self.zone.as_ref().is_none_or(|zone| names.lies_in(evidence.place, zone));
        let in_state = self.component.as_ref().is_none_or(|state| names.name(evidence.component) == *state);
        if !in_zone || !in_state {
            return None;
        }
        let stated = (evidence.earliest, evidence.latest);
        let admits = self.interest.as_ref().is_some_and(|party| {
            let is_theirs = |speaker: &Symbol| {
                let surely = |(_, _, is_sure): (i64, i64, bool)| is_sure;
                names.belongs(*speaker, party)
                    && names.acting_for(&[*speaker], party, stated).is_some_and(surely)
            };
            evidence.asserted_by.iter().any(is_theirs)
        });
        // Whose act it was can hang on when it was: of a stretch the part in which its actor belonged to the party counts.
        let (earliest, latest, is_theirs) = match &self.whose {
            Whose::Named(party) | Whose::NamedOrUnstated(party) if !evidence.actors.is_empty() => {
                names.acting_for(&evidence.actors, party, stated)?
            }
            _ => (evidence.earliest, evidence.latest, true),
        };
        let (earliest, latest) = if evidence.is_total { stated } else { (earliest, latest) };
        let grade = evidence.grade_against(admits);
        Some(Item {
            earliest,
            latest,
            low: evidence.low.min(UNBOUNDED),
            best: evidence.best.min(UNBOUNDED),
            high: evidence.high.min(UNBOUNDED),
            grade: if is_theirs { grade } else { grade.min(Grade::Disputed) },
            measure: evidence.measure,
            counter: evidence.counter,
            is_total: evidence.is_total,
        })
    }
}

impl Item {
    /// Moment and amount with which it counts under a belief, if it does.
    pub(crate) fn weight(&self, belief: Belief, doubt: Doubt) -> Option<(i64, i64)> {
        match belief {
            Belief::Least => is_certain(self.grade, doubt).then_some((self.latest, self.low)),
            Belief::Most => Some((self.earliest, self.high)),
            Belief::Verified => (self.grade == Grade::Verified).then_some((self.latest, self.low)),
            Belief::Reported => Some((self.latest, self.best)),
        }
    }

    /// Whether the statements about it leave room: existence, amount.
    pub(crate) fn is_doubtful(&self, doubt: Doubt) -> bool {
        !is_certain(self.grade, doubt) || self.low != self.high
    }
}

/// The incidents that one clause counts.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) key: StreamKey,
    doubt: Doubt,
    needs: Needs,
    sums: Sums,
    /// Running totals, rates and outstanding numbers, which state sums rather than occur.
    pub(crate) totals: BTreeMap<IncidentIx, Item>,
    /// Occurrences by earliest moment, with their latest and their lowest amount.
    items: BTreeMap<(i64, IncidentIx), (i64, i64)>,
    /// Longest stretch between earliest and latest among the occurrences that are not `long`.
    longest: i64,
    /// Occurrences whose time is vaguer than [`LONG_MS`], with both ends.
    long: BTreeMap<IncidentIx, (i64, i64)>,
    /// Occurrences that do not stand whatever is believed.
    uncertain: BTreeSet<IncidentIx>,
    verified: BTreeSet<IncidentIx>,
    /// How many occurrences are vague in time.
    n_vague: usize,
    /// Occurrences of doubtful existence or amount.
    pub(crate) doubtful: BTreeSet<IncidentIx>,
    /// Civil windows, for clauses that count by window.
    pub(crate) keep: Option<KeepSeries>,
    /// Moment of the last change, for whoever caches results of this stream.
    pub(crate) version: u64,
    pending: Vec<Item>,
}

/// Which sums a stream keeps: those that somebody asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    /// Sums of amounts.
    pub(crate) amounts: bool,
    /// Numbers of occurrences.
    pub(crate) numbers: bool,
}

/// Vaguer than two months is looked at one by one.
const LONG_MS: i64 = 62 * servanda_model::DAY_MS;

/// Cumulative sums; `..._early` and `..._late` are keyed by the two ends of each incident's time.
#[derive(Clone, Debug, Default)]
struct Sums {
    certain_late: SumIndex,
    certain_early: SumIndex,
    possible_early: SumIndex,
    possible_late: SumIndex,
    verified_late: SumIndex,
    reported_late: SumIndex,
    /// Numbers of occurrences rather than amounts.
    n_certain_late: SumIndex,
    n_certain_early: SumIndex,
    n_possible_early: SumIndex,
    n_possible_late: SumIndex,
    n_verified: SumIndex,
    n_reported: SumIndex,
}

impl Stream {
    pub(crate) fn new(key: StreamKey, doubt: Doubt, keep: Option<KeepSeries>) -> Stream {
        Stream {
            key,
            doubt,
            needs: Needs::default(),
            sums: Sums::default(),
            totals: BTreeMap::new(),
            items: BTreeMap::new(),
            longest: 0,
            long: BTreeMap::new(),
            uncertain: BTreeSet::new(),
            verified: BTreeSet::new(),
            n_vague: 0,
            doubtful: BTreeSet::new(),
            keep,
            version: 0,
            pending: Vec::new(),
        }
    }

    /// Takes an item in while the ledger is first loaded; [`Stream::settle`] follows.
    pub(crate) fn load(&mut self, incident: IncidentIx, item: Item) {
        self.note(incident, &item);
        if !item.is_total {
            self.pending.push(item);
        }
    }

    /// Builds the sums of all loaded items at once.
    pub(crate) fn settle(&mut self) {
        let (doubt, needs) = (self.doubt, self.needs);
        let pending = std::mem::take(&mut self.pending);
        let index = |needed: bool, wanted: fn(&Item, Doubt) -> Option<(i64, i64)>| {
            let pending = if needed { pending.as_slice() } else { &[] };
            SumIndex::bulk(pending.iter().filter_map(|item| wanted(item, doubt)).collect())
        };
        let build = |wanted| index(needs.amounts, wanted);
        let count = |wanted| index(needs.numbers, wanted);
        self.sums = Sums {
            certain_late: build(|item, doubt| {
                is_certain(item.grade, doubt).then_some((item.latest, item.low))
            }),
            certain_early: build(|item, doubt| {
                is_certain(item.grade, doubt).then_some((item.earliest, item.low))
            }),
            possible_early: build(|item, _| Some((item.earliest, item.high))),
            possible_late: build(|item, _| Some((item.latest, item.high))),
            verified_late: build(|item, _| {
                (item.grade == Grade::Verified).then_some((item.latest, item.low))
            }),
            reported_late: build(|item, _| Some((item.latest, item.best))),
            n_certain_late: count(|item, doubt| is_certain(item.grade, doubt).then_some((item.latest, 1))),
            n_certain_early: count(|item, doubt| is_certain(item.grade, doubt).then_some((item.earliest, 1))),
            n_possible_early: index(true, |item, _| Some((item.earliest, 1))),
            n_possible_late: count(|item, _| Some((item.latest, 1))),
            n_verified: count(|item, _| (item.grade == Grade::Verified).then_some((item.latest, 1))),
            n_reported: count(|item, _| Some((item.latest, 1))),
        };
        self.version += 1;
    }

    fn note(&mut self, incident: IncidentIx, item: &Item) {
        if let Some(keep) = &mut self.keep {
            keep.change(incident, item, self.doubt, 1);
        }
        if item.is_total {
            self.totals.insert(incident, *item);
        } else {
            self.items.insert((item.earliest, incident), (item.latest, item.low));
            self.n_vague += usize::from(item.earliest != item.latest);
            let length = item.latest.saturating_sub(item.earliest);
            if length > LONG_MS {
                self.long.insert(incident, (item.earliest, item.latest));
            } else {
                self.longest = self.longest.max(length);
            }
            if !is_certain(item.grade, self.doubt) {
                self.uncertain.insert(incident);
            }
            if item.grade == Grade::Verified {
                self.verified.insert(incident);
            }
        }
        if item.is_doubtful(self.doubt) {
            self.doubtful.insert(incident);
        }
    }

    /// An incident's item is no longer what it was.
    pub(crate) fn change(&mut self, incident: IncidentIx, old: Option<Item>, new: Option<Item>) {
        if old == new {
            return;
        }
        self.version += 1;
        if let Some(item) = old {
            if let Some(keep) = &mut self.keep {
                keep.change(incident, &item, self.doubt, -1);
            }
            self.totals.remove(&incident);
            self.items.remove(&(item.earliest, incident));
            self.n_vague -= usize::from(!item.is_total && item.earliest != item.latest);
            self.long.remove(&incident);
            self.uncertain.remove(&incident);
            self.verified.remove(&incident);
            self.doubtful.remove(&incident);
            self.add(&item, -1);
        }
        if let Some(item) = new {
            self.note(incident, &item);
            self.add(&item, 1);
        }
    }

    /// Adds or takes away an item's weights; used for what-if as well.
    pub(crate) fn add(&mut self, item: &Item, sign: i64) {
        if item.is_total {
            return;
        }
        let is_certain = is_certain(item.grade, self.doubt);
        let is_verified = item.grade == Grade::Verified;
        let sums = &mut self.sums;
        if self.needs.amounts {
            sums.possible_early.add(item.earliest, sign * item.high);
            sums.possible_late.add(item.latest, sign * item.high);
            sums.reported_late.add(item.latest, sign * item.best);
            sums.certain_late.add(item.latest, if is_certain { sign * item.low } else { 0 });
            sums.certain_early.add(item.earliest, if is_certain { sign * item.low } else { 0 });
            sums.verified_late.add(item.latest, if is_verified { sign * item.low } else { 0 });
        }
        sums.n_possible_early.add(item.earliest, sign);
        if self.needs.numbers {
            sums.n_possible_late.add(item.latest, sign);
            sums.n_reported.add(item.latest, sign);
            sums.n_certain_late.add(item.latest, if is_certain { sign } else { 0 });
            sums.n_certain_early.add(item.earliest, if is_certain { sign } else { 0 });
            sums.n_verified.add(item.latest, if is_verified { sign } else { 0 });
        }
    }

    /// Asks for further sums; before the stream is loaded.
    pub(crate) fn need(&mut self, needs: Needs) {
        self.needs.amounts |= needs.amounts;
        self.needs.numbers |= needs.numbers;
    }

    /// The sums by belief, each keyed by the moment at which that belief lets an occurrence count.
    pub(crate) fn sums(&self, belief: Belief) -> &SumIndex {
        match belief {
            Belief::Least => &self.sums.certain_late,
            Belief::Most => &self.sums.possible_early,
            Belief::Verified => &self.sums.verified_late,
            Belief::Reported => &self.sums.reported_late,
        }
    }

    /// What is certain, by its latest and by its earliest moments.
    pub(crate) fn certain(&self) -> (&SumIndex, &SumIndex) {
        (&self.sums.certain_late, &self.sums.certain_early)
    }

    /// The numbers of occurrences by belief.
    pub(crate) fn numbers(&self, belief: Belief) -> &SumIndex {
        match belief {
            Belief::Least => &self.sums.n_certain_late,
            Belief::Most => &self.sums.n_possible_early,
            Belief::Verified => &self.sums.n_verified,
            Belief::Reported => &self.sums.n_reported,
        }
    }

    /// Sum of what certainly lies before a moment: what cannot count from there on.
    pub(crate) fn sum_before(&self, belief: Belief, moment: i64) -> i64 {
        match belief {
            Belief::Most => self.sums.possible_late.before(moment),
            other => self.sums(other).before(moment),
        }
    }

    /// What is certain but can lie on either side of a moment, by latest moment: latest moments and lowest amounts.
    ///
    /// Against the obligor it lies before the moment, and does not count from there on.
    pub(crate) fn astride(&self, moment: i64) -> Vec<(i64, i64)> {
        if self.n_vague == 0 || moment == i64::MIN {
            return Vec::new();
        }
        let start = moment.saturating_sub(self.longest);
        let nearby = self.items.range((start, IncidentIx(0))..(moment, IncidentIx(0)));
        let nearby = nearby.map(|((_, incident), ends)| (*incident, *ends));
        let long = self.long.iter().filter(|(_, (earliest, _))| *earliest < start);
        let long = long.filter_map(|(i, (earliest, _))| Some((*i, *self.items.get(&(*earliest, *i))?)));
        let all = nearby.chain(long);
        let astride = all.filter(|(i, (latest, _))| *latest >= moment && !self.uncertain.contains(i));
        let mut astride: Vec<(i64, i64)> = astride.map(|(_, ends)| ends).collect();
        astride.sort_unstable();
        astride
    }

    /// Occurrences that are there under a belief, with both ends of their time.
    pub(crate) fn occurrences(&self, belief: Belief) -> Vec<(i64, i64)> {
        let is_there = |incident: &IncidentIx| match belief {
            Belief::Least => !self.uncertain.contains(incident),
            Belief::Verified => self.verified.contains(incident),
            Belief::Most | Belief::Reported => true,
        };
        let all = self.items.iter().filter(|((_, incident), _)| is_there(incident));
        all.map(|((earliest, _), (latest, _))| (*earliest, *latest)).collect()
    }

    /// First occurrence from a moment on; `i64::MAX`: none on record.
    pub(crate) fn next(&self, belief: Belief, floor: i64) -> i64 {
        let numbers = self.numbers(belief);
        let next = match belief {
            Belief::Most => numbers.first_reaching(1 + self.sums.n_possible_late.before(floor)),
            Belief::Least => {
                let astride = self.astride(floor).into_iter().map(|(latest, _)| (latest, 1));
                numbers.first_reaching_without(1 + numbers.before(floor), astride)
            }
            _ => numbers.first_reaching(1 + numbers.before(floor)),
        };
        next.map_or(i64::MAX, |next| next.max(floor))
    }

    /// How many occurrences lie in `[from, to]` under a belief: certainly (least), possibly (most), or by their latest moment.
    pub(crate) fn n_between(&self, belief: Belief, from: i64, to: i64) -> i64 {
        if from > to {
            return 0;
        }
        match belief {
            Belief::Most => self.sums.n_possible_early.until(to) - self.sums.n_possible_late.before(from),
            Belief::Least => {
                let spanning = self.n_spanning_certain(from, to);
                self.sums.n_certain_late.until(to) - self.sums.n_certain_early.before(from) + spanning
            }
            Belief::Verified => self.sums.n_verified.until(to) - self.sums.n_verified.before(from),
            Belief::Reported => self.sums.n_reported.until(to) - self.sums.n_reported.before(from),
        }
    }

    /// Certain occurrences that begin before `from` and end after `to`: the difference of sums takes them away twice.
    fn n_spanning_certain(&self, from: i64, to: i64) -> i64 {
        let spans = |latest: i64, incident: IncidentIx| latest > to && !self.uncertain.contains(&incident);
        let nearby =
            self.items.range((from.saturating_sub(self.longest), IncidentIx(0))..(from, IncidentIx(0)));
        let n_short = if to.saturating_sub(from) > self.longest {
            0
        } else {
            nearby
                .filter(|((_, incident), (latest, _))| {
                    !self.long.contains_key(incident) && spans(*latest, *incident)
                })
                .count()
        };
        let long = self
            .long
            .iter()
            .filter(|(incident, (earliest, latest))| *earliest < from && spans(*latest, **incident));
        (n_short + long.count()) as i64
    }

    /// First occurrence in `[from, to]` under a belief.
    pub(crate) fn first_between(&self, belief: Belief, from: i64, to: i64) -> Option<i64> {
        if self.n_between(belief, from, to) <= 0 {
            return None;
        }
        match belief {
            // What is vaguer than `LONG_MS` comes first and out of order; of the others the first will do.
            Belief::Most => {
                let n_long = self.long.len() + 1;
                self.possible_between(from, to).take(n_long).map(|(_, earliest, _)| earliest.max(from)).min()
            }
            Belief::Least => {
                let mut candidates = self.numbers(belief).from(from).map(|(at, _)| at);
                candidates.find(|at| self.n_between(belief, from, *at) > 0)
            }
            _ => self.numbers(belief).from(from).map(|(at, _)| at).next(),
        }
    }

    /// Whether an occurrence does not stand whatever is believed.
    pub(crate) fn is_uncertain(&self, incident: IncidentIx) -> bool {
        self.uncertain.contains(&incident)
    }

    /// The latest `most` occurrences that can lie in `[from, to]`, latest first: incident, earliest, latest.
    pub(crate) fn latest_between(&self, from: i64, to: i64, most: usize) -> Vec<(IncidentIx, i64, i64)> {
        let end = (to, IncidentIx(u32::MAX));
        let start = from.saturating_sub(self.longest);
        if start > to {
            return Vec::new();
        }
        let short =
            self.items.range((start, IncidentIx(0))..=end).rev().filter(|(_, (latest, _))| *latest >= from);
        let mut found: Vec<(IncidentIx, i64, i64)> =
            short.take(most).map(|((e, i), (l, _))| (*i, *e, *l)).collect();
        let long = self
            .long
            .iter()
            .filter(|(_, (earliest, latest))| *earliest < start && *latest >= from && *earliest <= to);
        found.extend(long.map(|(incident, (earliest, latest))| (*incident, *earliest, *latest)));
        found.truncate(most);
        found
    }

    /// How many occurrences can lie at or before a moment.
    pub(crate) fn n_possible(&self, now: i64) -> i64 {
        self.sums.n_possible_early.until(now)
    }

    /// First moment that any occurrence can have had; the end of time where there is none.
    pub(crate) fn first_moment(&self) -> i64 {
        self.items.keys().next().map_or(i64::MAX, |(earliest, _)| *earliest)
    }

    /// Latest moment of an occurrence given by its earliest one.
    pub(crate) fn latest_of(&self, key: (i64, IncidentIx)) -> Option<i64> {
        self.items.get(&key).map(|(latest, _)| *latest)
    }

    /// Whether nothing in it leaves room: every occurrence certain, exact in time and amount, and no totals.
    pub(crate) fn is_plain(&self) -> bool {
        self.n_vague == 0 && self.doubtful.is_empty() && self.uncertain.is_empty() && self.totals.is_empty()
    }

    /// Whether an occurrence is verified.
    pub(crate) fn is_verified(&self, incident: IncidentIx) -> bool {
        self.verified.contains(&incident)
    }

    /// Which evidence this stream takes for uncertain.
    pub(crate) fn doubt(&self) -> Doubt {
        self.doubt
    }

    /// Occurrences that can lie in `[from, to]`, by earliest moment.
    pub(crate) fn possible_between(
        &self,
        from: i64,
        to: i64,
    ) -> impl Iterator<Item = (IncidentIx, i64, i64)> + '_ {
        let start = from.saturating_sub(self.longest);
        let end = (to, IncidentIx(u32::MAX));
        let nearby = if start <= to { Some(self.items.range((start, IncidentIx(0))..=end)) } else { None };
        let long = self.long.iter().map(|(incident, (earliest, latest))| (*incident, *earliest, *latest));
        let long =
            long.filter(move |(_, earliest, latest)| *earliest < start && *latest >= from && *earliest <= to);
        let nearby = nearby
            .into_iter()
            .flatten()
            .map(|((earliest, incident), (latest, _))| (*incident, *earliest, *latest));
        long.chain(nearby.filter(move |(_, _, latest)| *latest >= from))
    }
}
