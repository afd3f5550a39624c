//! Standing: how far an incident has come, and how many independent origins it has.

use std::collections::BTreeSet;

use servanda_ledger::{Fact, Symbol, View};
use servanda_model::{Judgement, Name, Polarity, RulingId, Rung, Support};

use super::assemble::facts;
use super::gather::{Gathered, Unit};
use super::{Asking, UNDETERMINED};
use crate::status::names::Names;

/// The outcome.
pub(super) struct Standing {
    pub(super) rung: Rung,
    pub(super) support: Support,
    pub(super) n_origins: usize,
    pub(super) is_attribution_contested: bool,
    pub(super) rulings: Vec<RulingId>,
}

pub(super) fn standing(
    view: &View,
    names: &Names,
    asking: &Asking,
    gathered: &Gathered,
    units: &[&Unit],
) -> Standing {
    let all = || units.iter().flat_map(|unit| facts(view, unit).map(|(_, fact)| fact));
    let asserting = || all().filter(|fact| fact.polarity == Polarity::Affirmative);
    let denying = || all().filter(|fact| fact.polarity == Polarity::Negative);
    let verifies = |fact: &&Fact| names.is_verifier(asking.standpoint, fact);
    let named = |fact: &Fact| -> Vec<Name> {
        let named = view.list(fact.actors).iter().map(|actor| names.name(*actor));
        named.filter(|actor| actor != UNDETERMINED).collect()
    };
    let acknowledges = |fact: &&Fact| {
        let voice: Vec<Name> = [fact.speaker, fact.origin]
            .into_iter()
            .filter(|who| who.is_some())
            .map(|who| names.name(who))
            .collect();
        named(fact).iter().any(|actor| voice.iter().any(|who| asking.context.belongs(who, actor)))
    };
    let records = |fact: &&Fact| {
        let who =
            [fact.origin, fact.speaker, if fact.speaker.is_some() { Symbol::NONE } else { fact.publisher }];
        who.into_iter().filter(|who| who.is_some()).map(|who| names.name(who)).any(|who| {
            asking.context.is_observer(&who)
                || asking.watching.iter().any(|watch| asking.context.belongs(&who, watch))
        })
    };
    let (verified, refuted) =
        (asserting().any(|fact| verifies(&fact)), denying().any(|fact| verifies(&fact)));
    let acknowledged = asserting().any(|fact| acknowledges(&fact));
    let is_named = |fact: &Fact| !named(fact).is_empty();
    let is_attributed = acknowledged || asserting().any(|fact| verifies(&fact) && is_named(fact));
    let ruled = last_ruling(gathered, units);
    let rung = match (ruled.last().map(|(_, judgement)| judgement), verified || acknowledged, refuted) {
        (Some(Judgement::Refuted), _, _) => Rung::Refuted,
        (Some(Judgement::Verified), _, _) if is_attributed => Rung::Attributed,
        (Some(Judgement::Verified), _, _) => Rung::Verified,
        (None, false, true) => Rung::Refuted,
        (None, true, false) if is_attributed => Rung::Attributed,
        (None, true, false) => Rung::Verified,
        _ if asserting().any(|fact| records(&fact)) => Rung::Recorded,
        _ => Rung::Reported,
    };
    let origins: BTreeSet<Symbol> = units
        .iter()
        .filter(|unit| unit.polarity == Polarity::Affirmative && unit.source.is_some())
        .map(|unit| unit.source)
        .collect();
    let is_disputed = ruled.last().is_some_and(|(_, judgement)| *judgement == Judgement::Disputed);
    let support = if is_disputed || denying().next().is_some() {
        Support::Contested
    } else if origins.len() >= 2 {
        Support::Corroborated
    } else {
        Support::SingleSource
    };
    let sets: Vec<Vec<Name>> = asserting().map(named).filter(|set| !set.is_empty()).collect();
    let disjoint = |a: &Vec<Name>, b: &Vec<Name>| {
        let meets = |a: &Name, b: &Name| asking.context.belongs(a, b) || asking.context.belongs(b, a);
        !a.iter().any(|one| b.iter().any(|other| meets(one, other)))
    };
    let differ = sets.iter().enumerate().any(|(at, a)| sets[at + 1..].iter().any(|b| disjoint(a, b)));
    let denied = denying().any(is_named);
    let ids = ruled.iter().filter_map(|(ix, _)| view.ruling(*ix)).map(|ruling| ruling.id);
    Standing {
        rung,
        support,
        n_origins: origins.len().max(usize::from(asserting().next().is_some())),
        is_attribution_contested: differ || denied,
        rulings: ids.collect(),
    }
}

/// Rulings on whether it occurred, oldest first, each once.
fn last_ruling(gathered: &Gathered, units: &[&Unit]) -> Vec<(servanda_ledger::RulingIx, Judgement)> {
    let mut ruled: Vec<(servanda_ledger::RulingIx, Judgement)> = units
        .iter()
        .flat_map(|unit| unit.facts.iter().chain(&unit.copies))
        .filter_map(|fact| gathered.ruled.graded.get(fact))
        .flatten()
        .cloned()
        .collect();
    ruled.sort_by_key(|(ix, _)| *ix);
    ruled.dedup_by_key(|(ix, _)| *ix);
    ruled
}
