//! Incidents: claims about one occurrence, merged into one existence grade and one set of bounds.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use servanda_ledger::{Change, Fact, FactIx, RulingIx, Symbol, View, What};
use servanda_model::{ClaimKind, Doubt, Judgement, Measure, Modality, Polarity, Standpoint};

use super::names::Names;

/// Position of an incident in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct IncidentIx(pub(crate) u32);

/// How the existence of an incident stands on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Grade {
    /// The verifier denies it, or every origin that asserted it took it back.
    Refuted,
    /// Asserted and denied.
    Disputed,
    /// Asserted, not denied, not verified.
    Reported,
    /// A designated verifier asserts it, enough independent origins do, or a ruling says so.
    Verified,
}

/// What all live claims about one occurrence say together. Times in milliseconds, amounts in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    pub(crate) kind: Symbol,
    pub(crate) earliest: i64,
    pub(crate) latest: i64,
    pub(crate) low: i64,
    pub(crate) best: i64,
    pub(crate) high: i64,
    pub(crate) grade: Grade,
    /// A ruling or a designated verifier decided: nobody's interest changes the grade.
    pub(crate) decided: bool,
    /// Who acts, by the asserting claims.
    pub(crate) actors: Vec<Symbol>,
    /// Who asserts it: speakers and origins.
    pub(crate) asserted_by: Vec<Symbol>,
    pub(crate) place: Symbol,
    pub(crate) counter: Symbol,
    pub(crate) component: Symbol,
    pub(crate) measure: Measure,
    /// For totals and rates: the reference period `[earliest, latest + 1)`.
    pub(crate) is_total: bool,
}

/// The facts of one incident; most have one.
#[derive(Clone, Debug)]
struct Facts {
    first: u32,
    /// Boxed, so that the many incidents of one fact stay small: a million of them are held.
    #[allow(clippy::box_collection, reason = "8 bytes instead of 24 for the incidents of one fact")]
    more: Option<Box<Vec<u32>>>,
}

const NOBODY: u32 = u32::MAX;

impl Facts {
    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let first = Some(self.first).filter(|fact| *fact != NOBODY);
        first.into_iter().chain(self.more.iter().flat_map(|more| more.iter().copied()))
    }

    fn insert(&mut self, fact: u32) {
        if self.first == NOBODY {
            self.first = fact;
        } else if self.first != fact {
            let more = self.more.get_or_insert_default();
            if !more.contains(&fact) {
                more.push(fact);
            }
        }
    }

    fn remove(&mut self, fact: u32) {
        if self.first == fact {
            self.first = self.more.as_mut().and_then(|more| more.pop()).unwrap_or(NOBODY);
        } else if let Some(more) = &mut self.more {
            more.retain(|other| *other != fact);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Named(Symbol, Symbol),
    Figure(Symbol, Symbol, i64, i64, Measure, Symbol),
}

/// All incidents from one standpoint, kept up to date change by change.
#[derive(Clone, Debug, Default)]
pub(crate) struct Incidents {
    table: Vec<Facts>,
    by_key: FxHashMap<Key, IncidentIx>,
    /// Incident of each fact; `NOBODY`: the fact is not live.
    of_fact: Vec<u32>,
    rejected: FxHashMap<u32, bool>,
    graded: HashMap<u32, Vec<(Judgement, RulingIx)>>,
    /// Facts that became live or ceased to be, since it was last taken.
    live_log: Vec<(FactIx, bool)>,
}

impl Incidents {
    /// Applies one change and names the incidents that it touched; their new evidence is [`Incidents::evidence`].
    ///
    /// `before` is called with each incident that will change, before it does.
    pub(crate) fn apply(
        &mut self,
        view: &View,
        names: &Names,
        standpoint: &Standpoint,
        change: Change,
        mut before: impl FnMut(&Incidents, IncidentIx),
    ) -> Vec<IncidentIx> {
        match change.what {
            What::Assert(ix) => match self.place(view, names, standpoint, ix) {
                Some(incident) => {
                    before(self, incident);
                    self.join(ix, incident);
                    vec![incident]
                }
                None => Vec::new(),
            },
            What::Retract(ix) => match self.incident_of(ix) {
                Some(incident) => {
                    before(self, incident);
                    self.leave(ix, incident);
                    vec![incident]
                }
                None => Vec::new(),
            },
            What::Rule(ix) => self.rule(view, names, standpoint, ix, before),
        }
    }

    /// The incident of a live fact.
    pub(crate) fn incident_of(&self, ix: FactIx) -> Option<IncidentIx> {
        self.of_fact.get(ix.0 as usize).copied().filter(|incident| *incident != NOBODY).map(IncidentIx)
    }

    /// The live facts of an incident.
    pub(crate) fn facts(&self, incident: IncidentIx) -> impl Iterator<Item = FactIx> + '_ {
        self.table[incident.0 as usize].iter().map(FactIx)
    }

    /// Makes room for later claims, so that the first of them does not pay for moving all the others.
    pub(crate) fn make_room(&mut self) {
        let n_more = self.table.len() / 16 + 64;
        self.table.reserve(n_more);
        self.of_fact.reserve(n_more);
    }

    /// How many incidents there have been.
    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    /// Rulings on the grade of an incident, oldest first.
    pub(crate) fn rulings(&self, incident: IncidentIx) -> &[(Judgement, RulingIx)] {
        self.graded.get(&incident.0).map_or(&[], Vec::as_slice)
    }

    fn join(&mut self, ix: FactIx, incident: IncidentIx) {
        if self.of_fact.len() <= ix.0 as usize {
            self.of_fact.resize(ix.0 as usize + 1, NOBODY);
        }
        if self.of_fact[ix.0 as usize] == NOBODY {
            self.live_log.push((ix, true));
        }
        self.of_fact[ix.0 as usize] = incident.0;
        self.table[incident.0 as usize].insert(ix.0);
    }

    fn leave(&mut self, ix: FactIx, incident: IncidentIx) {
        self.table[incident.0 as usize].remove(ix.0);
        self.of_fact[ix.0 as usize] = NOBODY;
        self.live_log.push((ix, false));
    }

    /// Facts that became live (`true`) or ceased to be, since this was last asked.
    pub(crate) fn take_live_log(&mut self) -> Vec<(FactIx, bool)> {
        std::mem::take(&mut self.live_log)
    }

    fn place(
        &mut self,
        view: &View,
        names: &Names,
        standpoint: &Standpoint,
        ix: FactIx,
    ) -> Option<IncidentIx> {
        let fact = view.fact(ix)?;
        if !counts(fact) || !names.is_heard(standpoint, fact) || self.rejected.get(&ix.0) == Some(&true) {
            return None;
        }
        if !names.is_used(fact.event_kind) {
            return None;
        }
        let key = if fact.incident.is_some() {
            Some(Key::Named(fact.event_kind, fact.incident))
        } else if fact.counter.is_some() && fact.has_window() {
            let (start, end) = (fact.window_start.ms(), fact.window_end.ms());
            Some(Key::Figure(fact.event_kind, fact.counter, start, end, fact.measure, fact.component))
        } else {
            None
        };
        let next = IncidentIx(self.table.len() as u32);
        let incident = match key {
            Some(key) => *self.by_key.entry(key).or_insert(next),
            None => next,
        };
        if incident == next {
            self.table.push(Facts { first: NOBODY, more: None });
        }
        Some(incident)
    }

    fn rule(
        &mut self,
        view: &View,
        names: &Names,
        standpoint: &Standpoint,
        ix: RulingIx,
        mut before: impl FnMut(&Incidents, IncidentIx),
    ) -> Vec<IncidentIx> {
        let Some(ruling) = view.ruling(ix) else { return Vec::new() };
        let mut touched: Vec<IncidentIx> = Vec::new();
        let mut touch = |incidents: &Incidents, incident: IncidentIx, touched: &mut Vec<IncidentIx>| {
            if !touched.contains(&incident) {
                before(incidents, incident);
                touched.push(incident);
            }
        };
        let live: Vec<FactIx> =
            ruling.facts.iter().copied().filter(|fact| self.incident_of(*fact).is_some()).collect();
        match &ruling.ruling.judgement {
            Judgement::Reject => {
                for fact in &live {
                    if let Some(incident) = self.incident_of(*fact) {
                        touch(self, incident, &mut touched);
                        self.leave(*fact, incident);
                    }
                    self.rejected.insert(fact.0, true);
                }
            }
            // What was rejected and is put off is open again.
            Judgement::Accept | Judgement::Postpone => {
                for fact in &ruling.facts {
                    if self.rejected.insert(fact.0, false) == Some(true)
                        && let Some(incident) = self.place(view, names, standpoint, *fact)
                    {
                        touch(self, incident, &mut touched);
                        self.join(*fact, incident);
                    }
                }
            }
            Judgement::SameIncident => {
                let Some(home) = live.iter().filter_map(|fact| self.incident_of(*fact)).min() else {
                    return touched;
                };
                touch(self, home, &mut touched);
                for fact in &live {
                    let Some(old) = self.incident_of(*fact) else { continue };
                    if old != home {
                        touch(self, old, &mut touched);
                        let moved: Vec<u32> = self.table[old.0 as usize].iter().collect();
                        for fact in moved {
                            self.table[old.0 as usize].remove(fact);
                            self.join(FactIx(fact), home);
                        }
                    }
                }
            }
            Judgement::NotSameIncident => {
                for fact in live.iter().skip(1) {
                    let Some(old) = self.incident_of(*fact) else { continue };
                    touch(self, old, &mut touched);
                    self.table[old.0 as usize].remove(fact.0);
                    let own = IncidentIx(self.table.len() as u32);
                    self.table.push(Facts { first: NOBODY, more: None });
                    touch(self, own, &mut touched);
                    self.join(*fact, own);
                }
            }
            judgement @ (Judgement::Verified | Judgement::Refuted | Judgement::Disputed) => {
                for fact in &live {
                    let Some(incident) = self.incident_of(*fact) else { continue };
                    if !touched.contains(&incident) {
                        touch(self, incident, &mut touched);
                        self.graded.entry(incident.0).or_default().push((judgement.clone(), ix));
                    }
                }
            }
            Judgement::Breach { .. } | Judgement::NoBreach { .. } => {}
        }
        touched
    }

    /// What the live claims of an incident say together; `None` where no live claim asserts it.
    pub(crate) fn evidence(
        &self,
        view: &View,
        names: &Names,
        standpoint: &Standpoint,
        incident: IncidentIx,
    ) -> Option<Evidence> {
        let facts = || self.facts(incident).filter_map(|ix| view.fact(ix));
        let asserting = || facts().filter(|fact| fact.polarity == Polarity::Affirmative);
        let first = asserting().next()?;
        let is_total = first.measure != Measure::Occurrence && first.has_window();
        let (earliest, latest) = narrowed(|| asserting().map(time_bounds));
        let (low, high) = narrowed(|| asserting().map(amount_bounds));
        let mut bests: Vec<i64> = asserting().map(best_amount).collect();
        bests.sort_unstable();
        let best = bests[(bests.len() - 1) / 2].clamp(low, high);
        let mut actors: Vec<Symbol> = asserting().flat_map(|fact| view.list(fact.actors)).copied().collect();
        let mut asserted_by: Vec<Symbol> =
            asserting().flat_map(|fact| [fact.speaker, fact.origin]).filter(|who| who.is_some()).collect();
        for list in [&mut actors, &mut asserted_by] {
            list.sort_unstable();
            list.dedup();
        }
        let (grade, decided) = self.grade(view, names, standpoint, incident);
        let place = asserting().map(|fact| fact.place).find(|place| place.is_some()).unwrap_or_default();
        Some(Evidence {
            kind: first.event_kind,
            earliest,
            latest,
            low,
            best,
            high,
            grade,
            decided,
            actors,
            asserted_by,
            place,
            counter: first.counter,
            component: first.component,
            measure: first.measure,
            is_total,
        })
    }

    fn grade(
        &self,
        view: &View,
        names: &Names,
        standpoint: &Standpoint,
        incident: IncidentIx,
    ) -> (Grade, bool) {
        match self.rulings(incident).last() {
            Some((Judgement::Verified, _)) => return (Grade::Verified, true),
            Some((Judgement::Refuted, _)) => return (Grade::Refuted, true),
            Some((Judgement::Disputed, _)) => return (Grade::Disputed, true),
            _ => {}
        }
        let mut asserted: Vec<Symbol> = Vec::new();
        let mut denied: Vec<Symbol> = Vec::new();
        let (mut verifier_asserts, mut verifier_denies, mut is_denied) = (false, false, false);
        for fact in self.facts(incident).filter_map(|ix| view.fact(ix)) {
            let by_verifier = names.is_verifier(standpoint, fact);
            if fact.polarity == Polarity::Affirmative {
                verifier_asserts |= by_verifier;
                asserted.push(fact.origin);
            } else {
                verifier_denies |= by_verifier;
                is_denied = true;
                denied.push(fact.origin);
            }
        }
        for list in [&mut asserted, &mut denied] {
            list.sort_unstable();
            list.dedup();
        }
        match (verifier_asserts, verifier_denies) {
            (true, false) => return (Grade::Verified, true),
            (false, true) => return (Grade::Refuted, true),
            (true, true) => return (Grade::Disputed, true),
            (false, false) => {}
        }
        let taken_back = asserted.iter().all(|origin| origin.is_some() && denied.contains(origin));
        let n_independent = asserted.iter().filter(|origin| origin.is_some()).count();
        if is_denied && taken_back {
            (Grade::Refuted, false)
        } else if is_denied {
            (Grade::Disputed, false)
        } else if standpoint.corroboration > 0 && n_independent >= standpoint.corroboration {
            (Grade::Verified, false)
        } else {
            (Grade::Reported, false)
        }
    }
}

impl Evidence {
    /// Grade once it is known against whose interest the assertion would be.
    pub(crate) fn grade_against(&self, admits: bool) -> Grade {
        if admits && !self.decided && self.grade >= Grade::Disputed { Grade::Verified } else { self.grade }
    }
}

/// Whether evidence of that grade stands whatever is believed.
pub(crate) fn is_certain(grade: Grade, doubt: Doubt) -> bool {
    match doubt {
        Doubt::Disputed => grade >= Grade::Reported,
        Doubt::Unverified => grade == Grade::Verified,
    }
}

/// Whether a fact reports something that occurred (or did not), rather than something wished, planned or forecast.
pub(crate) fn counts(fact: &Fact) -> bool {
    fact.event_kind.is_some()
        && matches!(fact.modality, Modality::Actual | Modality::Alleged)
        && !matches!(fact.kind, ClaimKind::Pledge | ClaimKind::Estimate | ClaimKind::Position)
}

/// The bounds that all statements allow; where they exclude each other, the bounds that hold them all.
fn narrowed<I: Iterator<Item = (i64, i64)>>(bounds: impl Fn() -> I) -> (i64, i64) {
    let inner = bounds().fold((i64::MIN, i64::MAX), |all, one| (all.0.max(one.0), all.1.min(one.1)));
    if inner.0 <= inner.1 {
        return inner;
    }
    bounds().fold((i64::MAX, i64::MIN), |all, one| (all.0.min(one.0), all.1.max(one.1)))
}

/// The instants that an occurrence can have had; for totals and rates the reference period.
fn time_bounds(fact: &Fact) -> (i64, i64) {
    if fact.measure != Measure::Occurrence && fact.has_window() {
        (fact.window_start.ms(), fact.window_end.ms() - 1)
    } else if fact.has_time() {
        (fact.earliest.ms(), fact.latest.ms())
    } else if fact.has_window() {
        (fact.window_start.ms(), fact.window_end.ms() - 1)
    } else {
        (i64::MIN / 4, fact.known_at.ms())
    }
}

/// How many units of a rate its reference period holds, in thousandths of a unit.
fn rate_factor(fact: &Fact) -> Option<i128> {
    use servanda_model::{DAY_MS, HOUR_MS};
    let length = i128::from(fact.window_end.ms() - fact.window_start.ms());
    let unit = match fact.measure {
        Measure::PerHour => HOUR_MS,
        Measure::PerDay => DAY_MS,
        Measure::PerWeek => 7 * DAY_MS,
        Measure::Occurrence | Measure::Total | Measure::Outstanding => return None,
    };
    // Civil days are meant: a clock change inside the period must not turn 80 days into 80.04.
    let half_day_slack = (length * 1000 + i128::from(unit) / 2) / i128::from(unit);
    Some(if matches!(fact.measure, Measure::PerHour) {
        half_day_slack
    } else {
        (half_day_slack + 50) / 100 * 100
    })
}

fn scaled(fact: &Fact, amount: i64) -> i64 {
    match rate_factor(fact) {
        Some(factor) if amount != i64::MAX && fact.has_window() => {
            i64::try_from(i128::from(amount) * factor / 1000).unwrap_or(i64::MAX)
        }
        _ => amount,
    }
}

/// The bounds of a figure; of a rate those of the total over its reference period.
pub(crate) fn amount_bounds(fact: &Fact) -> (i64, i64) {
    (scaled(fact, fact.low.thousandths()), scaled(fact, fact.high.thousandths()))
}

fn best_amount(fact: &Fact) -> i64 {
    scaled(fact, fact.best.thousandths())
}
