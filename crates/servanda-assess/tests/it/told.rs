//! What is told, and the incidents it makes: the naive evaluator's plain reading of claims.

use std::collections::BTreeMap;

use servanda_model::*;

/// A claim with the stretch of recorded time `[known, gone)` in which it counts.
#[derive(Clone, Debug)]
pub struct Told {
    pub claim: Claim,
    pub known: i64,
    pub gone: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    Refuted,
    Disputed,
    Reported,
    Verified,
}

/// What the live claims about one occurrence say together.
#[derive(Clone, Debug)]
pub struct Incident {
    pub kind: Name,
    pub actors: Vec<Name>,
    pub place: Option<Name>,
    pub component: Option<Name>,
    pub asserted_by: Vec<Name>,
    pub time: (i64, i64),
    pub amount: (i64, i64),
    pub best: i64,
    pub grade: Grade,
    pub decided: bool,
}

/// The incidents on record at a moment of recorded time.
pub fn incidents(told: &[Told], standpoint: &Standpoint, known: i64) -> Vec<Incident> {
    let live = told.iter().filter(|t| t.known <= known && known < t.gone).map(|t| &t.claim);
    let mut together: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
    for (at, claim) in live.enumerate() {
        if !matches!(claim.modality, Modality::Actual | Modality::Alleged) {
            continue;
        }
        let kind = claim.event_kind.clone().expect("a kind");
        let group = match &claim.incident {
            Some(name) => format!("{kind} {name}"),
            None => format!("{kind} {at}"),
        };
        let group = together.entry(group).or_default();
        if !group.contains(&claim) {
            group.push(claim);
        }
    }
    together.into_values().filter_map(|claims| incident(&claims, standpoint)).collect()
}

fn incident(claims: &[&Claim], standpoint: &Standpoint) -> Option<Incident> {
    let (yes, no): (Vec<&Claim>, Vec<&Claim>) =
        claims.iter().partition(|claim| claim.polarity == Polarity::Affirmative);
    let first = yes.first()?;
    let times: Vec<(i64, i64)> = yes
        .iter()
        .map(|claim| claim.when.map(|when| (when.earliest.ms(), when.latest.ms())).expect("a time"))
        .collect();
    let amounts: Vec<(i64, i64)> = yes
        .iter()
        .map(|claim| match claim.quantities.first() {
            Some(q) => (q.low.map_or(0, Number::thousandths), q.high.expect("a bound").thousandths()),
            None => (1000, 1000),
        })
        .collect();
    let mut bests: Vec<i64> = yes
        .iter()
        .map(|claim| {
            claim.quantities.first().map_or(1000, |q| q.best.or(q.low).expect("a number").thousandths())
        })
        .collect();
    bests.sort_unstable();
    let amount = agreed(&amounts);
    let names = |of: fn(&Claim) -> Vec<Name>| {
        let mut names: Vec<Name> = yes.iter().flat_map(|claim| of(claim)).collect();
        names.sort();
        names.dedup();
        names
    };
    let (grade, decided) = grade(&yes, &no, standpoint);
    Some(Incident {
        kind: first.event_kind.clone()?,
        actors: names(|claim| claim.actors.clone()),
        place: yes.iter().find_map(|claim| claim.place.clone()),
        component: first.component.clone(),
        asserted_by: names(|claim| claim.speaker.iter().chain(claim.effective_origin()).cloned().collect()),
        time: agreed(&times),
        amount,
        best: bests[(bests.len() - 1) / 2].clamp(amount.0, amount.1),
        grade,
        decided,
    })
}

/// What all bounds have in common; where they have nothing in common, what holds them all.
fn agreed(bounds: &[(i64, i64)]) -> (i64, i64) {
    let low = bounds.iter().map(|b| b.0).max().expect("bounds");
    let high = bounds.iter().map(|b| b.1).min().expect("bounds");
    if low <= high {
        (low, high)
    } else {
        (bounds.iter().map(|b| b.0).min().expect("bounds"), bounds.iter().map(|b| b.1).max().expect("bounds"))
    }
}

fn grade(yes: &[&Claim], no: &[&Claim], standpoint: &Standpoint) -> (Grade, bool) {
    let verifies = |claim: &&&Claim| {
        standpoint
            .verifiers
            .iter()
            .any(|v| claim.speaker.as_ref() == Some(v) || claim.effective_origin() == Some(v))
    };
    match (yes.iter().any(|claim| verifies(&claim)), no.iter().any(|claim| verifies(&claim))) {
        (true, true) => return (Grade::Disputed, true),
        (true, false) => return (Grade::Verified, true),
        (false, true) => return (Grade::Refuted, true),
        (false, false) => {}
    }
    let denies = |origin: &Name| no.iter().any(|claim| claim.effective_origin() == Some(origin));
    if !no.is_empty() {
        let all_took_it_back = yes.iter().all(|claim| claim.effective_origin().is_some_and(denies));
        return (if all_took_it_back { Grade::Refuted } else { Grade::Disputed }, false);
    }
    let mut origins: Vec<&Name> = yes.iter().filter_map(|claim| claim.effective_origin()).collect();
    origins.sort();
    origins.dedup();
    let corroborated = standpoint.corroboration > 0 && origins.len() >= standpoint.corroboration;
    (if corroborated { Grade::Verified } else { Grade::Reported }, false)
}
