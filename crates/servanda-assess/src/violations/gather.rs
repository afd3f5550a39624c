//! Gathering: claims about prohibited acts become units, one for each source and occurrence that it names.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use servanda_ledger::{Fact, FactIx, RulingIx, Symbol, View, What};
use servanda_model::{ClaimId, ClaimKind, Judgement, Measure, Method, Modality, Name, Polarity, Position};

use super::copies::copies;
use super::{Asking, Question};
use crate::incidents::{Bond, Matcher, Options, Record, Toll};
use crate::status::names::Names;

/// What one source says of one occurrence, before it is laid beside others.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) key: u128,
    pub(super) kind: Symbol,
    pub(super) source: Symbol,
    pub(super) incident: Symbol,
    /// In canonical order of their claims.
    pub(super) facts: Vec<FactIx>,
    /// Claims of others that copy it.
    pub(super) copies: Vec<FactIx>,
    pub(super) polarity: Polarity,
}

/// What rulings say, the last word for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Ruled {
    pub(super) bonds: BTreeMap<(FactIx, FactIx), Bond>,
    /// Facts ruled to be about another occurrence than the first of their ruling.
    apart: BTreeSet<FactIx>,
    /// Verified, refuted, disputed.
    pub(super) graded: BTreeMap<FactIx, Vec<(RulingIx, Judgement)>>,
}

/// All units and what they come to.
pub(super) struct Gathered {
    pub(super) units: BTreeMap<u128, Unit>,
    pub(super) matcher: Matcher,
    pub(super) ruled: Ruled,
}

pub(super) fn key_of(id: &ClaimId) -> u128 {
    u128::from_be_bytes(id.0.0[..16].try_into().expect("a hash has 32 bytes"))
}

/// Whether a fact says that something occurred, or did not, as one occurrence and not as a counter's figure.
pub(super) fn is_occurrence(fact: &Fact) -> bool {
    fact.measure == Measure::Occurrence
        && !fact.counter.is_some()
        && matches!(fact.modality, Modality::Actual | Modality::Alleged)
        && !matches!(fact.kind, ClaimKind::Pledge | ClaimKind::Estimate | ClaimKind::Position)
}

/// Who is behind a fact: where the information comes from in the end.
pub(super) fn source_of(fact: &Fact) -> Symbol {
    if fact.origin.is_some() { fact.origin } else { fact.publisher }
}

pub(super) fn gather(view: &View, names: &Names, asking: &Asking, question: &Question) -> Gathered {
    let kinds: BTreeSet<Symbol> = asking.kinds.iter().filter_map(|kind| view.symbol(kind.as_str())).collect();
    let mut facts: Vec<(ClaimId, FactIx)> = Vec::new();
    for (ix, fact) in view.standing() {
        if !kinds.contains(&fact.event_kind) || !is_occurrence(fact) {
            continue;
        }
        names.learn_fact(view, fact);
        if names.is_heard(asking.standpoint, fact) {
            facts.push((view.claim_id(ix), ix));
        }
    }
    facts.sort_unstable();
    let ruled = ruled(view);
    let mut units = units(view, &facts, &ruled);
    copies(view, &mut units);
    let families = families(view, asking);
    let (records, bonds) = records(view, names, &units, &ruled, &families);
    let options = Options { range_km: question.range_km, window_days: question.window_days };
    let matcher = Matcher::fitted(options, records, bonds);
    Gathered { units: units.into_iter().map(|unit| (unit.key, unit)).collect(), matcher, ruled }
}

fn ruled(view: &View) -> Ruled {
    let mut ruled = Ruled::default();
    for change in view.changes() {
        let What::Rule(ix) = change.what else { continue };
        let Some(ruling) = view.ruling(ix) else { continue };
        let facts = &ruling.facts;
        match &ruling.ruling.judgement {
            judgement @ (Judgement::SameIncident | Judgement::NotSameIncident) => {
                let bond = if *judgement == Judgement::SameIncident { Bond::Same } else { Bond::Apart };
                for (at, a) in facts.iter().enumerate() {
                    match bond {
                        Bond::Same => ruled.apart.remove(a),
                        Bond::Apart => at > 0 && ruled.apart.insert(*a),
                    };
                    for b in &facts[at + 1..] {
                        ruled.bonds.insert((*a.min(b), *a.max(b)), bond);
                    }
                }
            }
            judgement @ (Judgement::Verified | Judgement::Refuted | Judgement::Disputed) => {
                for fact in facts {
                    ruled.graded.entry(*fact).or_default().push((ix, judgement.clone()));
                }
            }
            _ => {}
        }
    }
    ruled
}

/// One unit for each source and name of an occurrence; without a name, one for each day, place, actors and number that
/// the source repeats. Ruled together within a source is one, ruled apart is two.
fn units(view: &View, facts: &[(ClaimId, FactIx)], ruled: &Ruled) -> Vec<Unit> {
    #[derive(PartialEq, Eq, Hash)]
    enum Same {
        Named(Symbol, Symbol, Symbol),
        Alike(Symbol, Symbol, i64, i64, Option<Position>, Symbol, u32, Option<u32>, bool),
        Alone(FactIx),
    }
    let ruled_apart = &ruled.apart;
    let mut at: FxHashMap<Same, usize> = FxHashMap::default();
    let mut units: Vec<Unit> = Vec::new();
    let mut of_fact: FxHashMap<FactIx, usize> = FxHashMap::default();
    for (id, ix) in facts {
        let Some(fact) = view.fact(*ix) else { continue };
        let source = source_of(fact);
        let same = if ruled_apart.contains(ix) || !source.is_some() {
            Same::Alone(*ix)
        } else if fact.incident.is_some() {
            Same::Named(fact.event_kind, fact.incident, source)
        } else if fact.has_time() && fact.method != Method::Feed {
            let denies = fact.polarity == Polarity::Negative;
            let toll = toll(view, fact).map(|toll| toll.best as u32);
            let (first, last) = (fact.earliest.ms(), fact.latest.ms());
            Same::Alike(
                fact.event_kind,
                source,
                first,
                last,
                fact.position,
                fact.place,
                fact.actors.0,
                toll,
                denies,
            )
        } else {
            Same::Alone(*ix)
        };
        let next = units.len();
        let here = *at.entry(same).or_insert(next);
        if here == next {
            units.push(Unit {
                key: key_of(id),
                kind: fact.event_kind,
                source,
                incident: if ruled_apart.contains(ix) { Symbol::NONE } else { fact.incident },
                facts: Vec::new(),
                copies: Vec::new(),
                polarity: Polarity::Negative,
            });
        }
        units[here].facts.push(*ix);
        of_fact.insert(*ix, here);
        if fact.polarity == Polarity::Affirmative {
            units[here].polarity = Polarity::Affirmative;
        }
    }
    for ((a, b), bond) in &ruled.bonds {
        let (Some(one), Some(other)) = (of_fact.get(a).copied(), of_fact.get(b).copied()) else { continue };
        if *bond == Bond::Same && one != other && units[one].source == units[other].source {
            let (keep, drop) = (one.min(other), one.max(other));
            let moved = std::mem::take(&mut units[drop].facts);
            moved.iter().for_each(|fact| {
                of_fact.insert(*fact, keep);
            });
            units[keep].facts.extend(moved);
            if units[drop].polarity == Polarity::Affirmative {
                units[keep].polarity = Polarity::Affirmative;
            }
        }
    }
    units.retain(|unit| !unit.facts.is_empty());
    units
}

/// How many people a fact states, where it does: those killed, or the people that its kind counts.
pub(super) fn toll(view: &View, fact: &Fact) -> Option<Toll> {
    let stated = match fact.killed {
        Some(killed) => {
            let high = if killed.high == u32::MAX { i64::MAX } else { i64::from(killed.high) };
            Toll { low: i64::from(killed.low), best: i64::from(killed.best), high }
        }
        None if fact.unit.is_some() && view.name(fact.unit) == "person" => {
            let high = if fact.high == servanda_model::Number::MAX { i64::MAX } else { fact.high.floor() };
            Toll { low: fact.low.floor(), best: fact.best.floor(), high }
        }
        None => return None,
    };
    // "An unknown number" is coded as zero or more, which states nothing.
    (stated.low > 0 || stated.high != i64::MAX).then_some(stated)
}

/// The bounds that hold two figures of one source; its best estimate is the larger.
fn either(a: Toll, b: Toll) -> Toll {
    Toll { low: a.low.min(b.low), best: a.best.max(b.best), high: a.high.max(b.high) }
}

/// The position of a fact, or of the place of the gazetteer that it names.
pub(super) fn position(names: &Names, fact: &Fact) -> Option<Position> {
    fact.position.or_else(|| names.context().position(&names.name(fact.place)))
}

type Bonds = Vec<(u128, u128, Bond)>;

/// Kinds that some promise prohibits together can be taken for each other: each with the smallest kind it is tied to.
fn families(view: &View, asking: &Asking) -> BTreeMap<Symbol, u32> {
    let mut family: BTreeMap<Symbol, u32> = BTreeMap::new();
    for promise in asking.prohibitions {
        let kinds: Vec<Symbol> = promise.kinds.iter().filter_map(|kind| view.symbol(kind.as_str())).collect();
        let known = kinds.iter().flat_map(|kind| [Some(kind.0), family.get(kind).copied()]).flatten();
        let Some(least) = known.min() else { continue };
        let joined: Vec<u32> = kinds.iter().filter_map(|kind| family.get(kind).copied()).collect();
        family.values_mut().filter(|of| joined.contains(of)).for_each(|of| *of = least);
        kinds.iter().for_each(|kind| {
            family.insert(*kind, least);
        });
    }
    family
}

fn records(
    view: &View,
    names: &Names,
    units: &[Unit],
    ruled: &Ruled,
    families: &BTreeMap<Symbol, u32>,
) -> (Vec<Record>, Bonds) {
    let of_kind = |kind: Symbol| families.get(&kind).copied().unwrap_or(kind.0);
    let mut records: Vec<Record> =
        units.iter().map(|unit| Record { family: of_kind(unit.kind), ..record(view, names, unit) }).collect();
    records.sort_by_cached_key(Record::order);
    // Sources are numbered as they come, so that their names have no part in the outcome.
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    for record in &mut records {
        let next = numbers.len() as u32;
        record.source = *numbers.entry(record.source).or_insert(next);
    }
    let mut of_fact: FxHashMap<FactIx, u128> = FxHashMap::default();
    let mut named: BTreeMap<(Symbol, Symbol), Vec<u128>> = BTreeMap::new();
    for unit in units {
        of_fact.extend(unit.facts.iter().map(|fact| (*fact, unit.key)));
        if unit.incident.is_some() {
            named.entry((unit.kind, unit.incident)).or_default().push(unit.key);
        }
    }
    let mut bonds: BTreeMap<(u128, u128), Bond> = BTreeMap::new();
    for keys in named.values() {
        for (at, a) in keys.iter().enumerate() {
            // Beyond a few, each is tied to the first: that joins them as well.
            let others = if at == 0 || keys.len() <= 8 { &keys[at + 1..] } else { &[] };
            for b in others {
                bonds.insert((*a.min(b), *a.max(b)), Bond::Same);
            }
        }
    }
    for ((a, b), bond) in &ruled.bonds {
        if let (Some(one), Some(other)) = (of_fact.get(a), of_fact.get(b))
            && one != other
        {
            bonds.insert((*one.min(other), *one.max(other)), *bond);
        }
    }
    (records, bonds.into_iter().map(|((a, b), bond)| (a, b, bond)).collect())
}

fn record(view: &View, names: &Names, unit: &Unit) -> Record {
    let facts: Vec<&Fact> = unit.facts.iter().filter_map(|ix| view.fact(*ix)).collect();
    let dated = || facts.iter().filter(|fact| fact.has_time());
    let inner = dated().fold((i64::MIN, i64::MAX), |(first, last), fact| {
        (first.max(fact.earliest.ms()), last.min(fact.latest.ms()))
    });
    let hull = dated().fold((i64::MAX, i64::MIN), |(first, last), fact| {
        (first.min(fact.earliest.ms()), last.max(fact.latest.ms()))
    });
    let (earliest_ms, latest_ms) = if inner.0 <= inner.1 && dated().next().is_some() { inner } else { hull };
    let mut actors: Vec<u32> =
        facts.iter().flat_map(|fact| view.list(fact.actors)).map(|actor| actor.0).collect();
    actors.sort_unstable();
    actors.dedup();
    let point = facts.iter().filter_map(|fact| position(names, fact)).min_by_key(|at| (at.radius_m, *at));
    let places = facts.iter().map(|fact| fact.place).filter(|place| place.is_some());
    let place = places.min_by_key(|place| view.name(*place));
    Record {
        earliest_ms,
        latest_ms,
        point,
        toll: facts.iter().filter_map(|fact| toll(view, fact)).reduce(either),
        place: place.map_or(0, |place| place.0),
        kind: unit.kind.0,
        family: 0,
        actors,
        source: unit.source.0,
        key: unit.key,
    }
}

/// The name of a source; empty where nobody is named.
pub(super) fn source_name(names: &Names, source: Symbol) -> Name {
    names.name(source)
}
