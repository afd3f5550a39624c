//! Assembling: from clusters of units to incidents.

use std::collections::BTreeMap;

use servanda_ledger::{Fact, FactIx, View};
use servanda_model::*;

use super::gather::{Gathered, Unit, position, source_name, toll};
use super::standing::standing;
use super::{Asking, UNDETERMINED};
use crate::incidents::{Bond, Toll};
use crate::status::names::Names;

/// Incidents in order of time, and how many clusters hold nothing but denials.
pub(super) fn incidents(
    view: &View,
    names: &Names,
    asking: &Asking,
    gathered: &Gathered,
) -> (Vec<Incident>, usize) {
    let mut found = Vec::new();
    let mut n_denied_only = 0;
    for cluster in gathered.matcher.clusters() {
        let mut units: Vec<&Unit> = cluster.iter().filter_map(|key| gathered.units.get(key)).collect();
        if units.iter().all(|unit| unit.polarity == Polarity::Negative) {
            n_denied_only += 1;
            continue;
        }
        let known = |unit: &Unit| {
            let known = facts(view, unit).map(|(_, fact)| fact.known_at).min();
            (unit.polarity == Polarity::Negative, known, unit.key)
        };
        units.sort_by_key(|unit| known(unit));
        found.push(incident(view, names, asking, gathered, &units));
    }
    found.sort_by_cached_key(|incident| {
        (incident.when.map(|when| (when.earliest, when.latest)), incident.id.clone())
    });
    (found, n_denied_only)
}

pub(super) fn facts<'u, 'l: 'u>(
    view: &'u View<'l>,
    unit: &'u Unit,
) -> impl Iterator<Item = (FactIx, &'l Fact)> + 'u {
    unit.facts.iter().filter_map(|ix| view.fact(*ix).map(|fact| (*ix, fact)))
}

fn incident(view: &View, names: &Names, asking: &Asking, gathered: &Gathered, units: &[&Unit]) -> Incident {
    let asserting: Vec<&Unit> =
        units.iter().copied().filter(|unit| unit.polarity == Polarity::Affirmative).collect();
    let all: Vec<&Fact> = asserting.iter().flat_map(|unit| facts(view, unit)).map(|(_, fact)| fact).collect();
    let reports: Vec<IncidentReport> = units.iter().map(|unit| report(view, names, asking, unit)).collect();
    let when = when(&all);
    let positions: Vec<Position> = all.iter().filter_map(|fact| position(names, fact)).collect();
    let places = all.iter().map(|fact| fact.place).filter(|place| place.is_some());
    let acts = most_first(asserting.iter().map(|unit| names.name(unit.kind)));
    let mut given: Vec<Name> =
        units.iter().filter(|unit| unit.incident.is_some()).map(|unit| names.name(unit.incident)).collect();
    given.sort();
    given.dedup();
    let standing = standing(view, names, asking, gathered, units);
    let tolls: Vec<TollRange> = reports
        .iter()
        .filter(|report| report.polarity == Polarity::Affirmative)
        .filter_map(|report| report.toll)
        .collect();
    Incident {
        id: id(view, &asserting),
        names: given,
        place: most_first(places.map(|place| names.name(place))).into_iter().next(),
        position: positions.iter().min_by_key(|at| (at.radius_m, **at)).map(Position::coarse),
        toll: range(&tolls),
        rung: standing.rung,
        support: standing.support,
        n_origins: standing.n_origins,
        is_attribution_contested: standing.is_attribution_contested,
        voices: voices(names, asking, &reports),
        links: links(gathered, units),
        promises: promises(names, asking, &acts, &all, &reports, when),
        lines: distances(asking, &positions, when),
        rulings: standing.rulings,
        acts,
        when,
        reports,
    }
}

/// Of the claim that became known first: later reports do not change it.
fn id(view: &View, asserting: &[&Unit]) -> Name {
    let facts = asserting.iter().flat_map(|unit| facts(view, unit));
    let first = facts
        .filter(|(_, fact)| fact.polarity == Polarity::Affirmative)
        .map(|(ix, fact)| (fact.known_at, view.claim_id(ix)))
        .min();
    Name::from(format!("i-{}", first.map(|(_, id)| id.short()[..10].to_owned()).unwrap_or_default()))
}

/// What all dates allow; where they exclude each other, the span of all.
fn when(facts: &[&Fact]) -> Option<When> {
    let dated = || facts.iter().filter(|fact| fact.has_time());
    let (first, last) = (dated().map(|fact| fact.earliest).max()?, dated().map(|fact| fact.latest).min()?);
    let (earliest, latest) = if first <= last {
        (first, last)
    } else {
        (dated().map(|fact| fact.earliest).min()?, dated().map(|fact| fact.latest).max()?)
    };
    let span = latest.ms().saturating_sub(earliest.ms());
    let precision = match span {
        0 => Precision::Exact,
        ..=DAY_MS => Precision::Day,
        _ => Precision::Range,
    };
    Some(When { earliest, latest, precision })
}

/// Each once: those that occur most often first, then by name.
fn most_first(names: impl Iterator<Item = Name>) -> Vec<Name> {
    let mut n_of: BTreeMap<Name, usize> = BTreeMap::new();
    names.for_each(|name| *n_of.entry(name).or_default() += 1);
    let mut sorted: Vec<(Name, usize)> = n_of.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sorted.into_iter().map(|(name, _)| name).collect()
}

fn report(view: &View, names: &Names, asking: &Asking, unit: &Unit) -> IncidentReport {
    let all: Vec<&Fact> = facts(view, unit).map(|(_, fact)| fact).collect();
    let mut actors: Vec<Name> =
        all.iter().flat_map(|fact| view.list(fact.actors)).map(|actor| names.name(*actor)).collect();
    actors.sort();
    actors.dedup();
    let actors = if actors.iter().any(|actor| actor == UNDETERMINED) {
        SaidActors::Undetermined
    } else if actors.is_empty() {
        SaidActors::Unstated
    } else {
        SaidActors::Named(actors)
    };
    let source = source_name(names, unit.source);
    let party = asking.parties.iter().find(|party| asking.context.belongs(&source, party)).cloned();
    let published = all.iter().filter_map(|fact| position(names, fact)).min_by_key(|at| (at.radius_m, *at));
    IncidentReport {
        polarity: unit.polarity,
        act: names.name(unit.kind),
        when: when(&all),
        place: all.iter().map(|fact| fact.place).filter(|at| at.is_some()).map(|at| names.name(at)).min(),
        position: published.as_ref().map(Position::coarse),
        toll: range(&all.iter().filter_map(|fact| toll(view, fact)).map(shown).collect::<Vec<_>>()),
        actors,
        party,
        source,
        claims: unit.facts.iter().map(|ix| view.claim_id(*ix)).collect(),
        copies: unit.copies.iter().map(|ix| view.claim_id(*ix)).collect(),
    }
}

fn shown(toll: Toll) -> TollRange {
    let n = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    let high = (toll.high != i64::MAX).then(|| n(toll.high));
    TollRange { low: n(toll.low), best: Some(n(toll.best)), high }
}

/// From the lowest low to the highest high. Several figures have no best: rivals are never averaged.
fn range(tolls: &[TollRange]) -> Option<TollRange> {
    let low = tolls.iter().map(|toll| toll.low).min()?;
    let high = tolls.iter().map(|toll| toll.high).collect::<Option<Vec<u32>>>();
    let best = tolls[0].best.filter(|best| tolls.iter().all(|toll| toll.best == Some(*best)));
    Some(TollRange { low, best, high: high.and_then(|high| high.into_iter().max()) })
}

fn voices(names: &Names, asking: &Asking, reports: &[IncidentReport]) -> Vec<PartyVoice> {
    let _ = names;
    let voice = |party: &Name| {
        let mut voice = PartyVoice { party: party.clone(), says: Vec::new(), claims: Vec::new() };
        for report in reports.iter().filter(|report| report.party.as_ref() == Some(party)) {
            let is_own = |named: &[Name]| named.iter().any(|name| asking.context.belongs(name, party));
            voice.says.push(match (report.polarity, &report.actors) {
                (Polarity::Negative, _) => VoiceSort::Denies,
                (_, SaidActors::Named(named)) if is_own(named) => VoiceSort::Acknowledges,
                (_, SaidActors::Named(_)) => VoiceSort::NamesOthers,
                _ => VoiceSort::Reports,
            });
            voice.claims.extend(&report.claims);
        }
        voice.says.sort_unstable();
        voice.says.dedup();
        voice
    };
    asking.parties.iter().map(voice).collect()
}

fn links(gathered: &Gathered, units: &[&Unit]) -> Vec<IncidentLink> {
    let at: BTreeMap<u128, usize> = units.iter().enumerate().map(|(at, unit)| (unit.key, at)).collect();
    let mut links = Vec::new();
    for (here, unit) in units.iter().enumerate() {
        for link in gathered.matcher.links_of(unit.key) {
            let other = if link.a == unit.key { link.b } else { link.a };
            let Some(there) = at.get(&other).copied().filter(|there| *there > here) else { continue };
            let same_name = unit.incident.is_some()
                && (unit.kind, unit.incident) == (units[there].kind, units[there].incident);
            let by = match link.bond {
                Some(Bond::Same) if same_name => Some(LinkedBy::Name),
                Some(Bond::Same) => Some(LinkedBy::Ruling),
                _ => None,
            };
            let percent = by.is_none().then_some((link.posterior * 100.0).round() as u8);
            let reasons = gathered.matcher.reasons(unit.key, other).into_iter().map(|reason| LinkReason {
                said: reason.said,
                weight: (reason.weight * 100.0).round() / 100.0,
            });
            links.push(IncidentLink { reports: (here, there), percent, by, reasons: reasons.collect() });
        }
    }
    links
}

fn promises(
    names: &Names,
    asking: &Asking,
    acts: &[Name],
    facts: &[&Fact],
    reports: &[IncidentReport],
    when: Option<When>,
) -> Vec<PromiseTouched> {
    let asserted = || reports.iter().filter(|report| report.polarity == Polarity::Affirmative);
    let mut touched: Vec<PromiseTouched> = Vec::new();
    for promise in asking.prohibitions {
        let is_there = promise.zone.as_ref().is_none_or(|zone| {
            facts.iter().any(|fact| fact.place.is_some() && names.lies_in(fact.place, zone))
        });
        if !is_there || !promise.kinds.iter().any(|kind| acts.contains(kind)) {
            continue;
        }
        let is_own = |named: &[Name]| named.iter().any(|name| asking.context.belongs(name, &promise.obligor));
        let is_named =
            asserted().any(|report| matches!(&report.actors, SaidActors::Named(named) if is_own(named)));
        let nobody_is_named = asserted().all(|report| !matches!(report.actors, SaidActors::Named(_)));
        if is_named || nobody_is_named {
            touched.push(PromiseTouched {
                provision: promise.provision.clone(),
                obligor: promise.obligor.clone(),
                is_named,
                binds: when.and_then(|when| binds(promise, when)),
            });
        }
    }
    touched.sort();
    touched.dedup();
    touched
}

/// Whether a promise bound at a vague moment: at all of it, at none of it, or neither.
fn binds(promise: &crate::status::Prohibition, when: When) -> Option<bool> {
    let (first, last) = (when.earliest.ms(), when.latest.ms());
    let holds_all = |(from, to): &(i64, i64)| *from <= first && last < *to;
    let meets = |(from, to): &(i64, i64)| *from <= last && first < *to;
    if promise.surely.iter().any(holds_all) {
        Some(true)
    } else if !promise.possibly.iter().any(meets) {
        Some(false)
    } else {
        None
    }
}

/// Distances to every version of every line that held then: over all published positions, from the nearest to the
/// farthest.
fn distances(asking: &Asking, positions: &[Position], when: Option<When>) -> Vec<LineDistance> {
    let latest = when.map_or(i64::MAX, |when| when.latest.ms());
    let mut found = Vec::new();
    for line in asking.lines.iter().filter(|line| line.since_ms <= latest) {
        let each = positions.iter().map(|position| line.distance(position));
        let joined = each.reduce(|a, b| LineDistance {
            low_m: a.low_m.min(b.low_m),
            high_m: a.high_m.max(b.high_m),
            side: if a.side == b.side { a.side } else { Some(ZoneSide::Undecided) },
            ..a
        });
        found.extend(joined);
    }
    found
}
