//! Lays a case's actors and places over those of a pack.

use std::collections::{BTreeMap, BTreeSet};

use servanda_model::{Actor, ActorKind, Name, OfficeHolder, Place, PlaceKind};

use super::directory::key;

/// The actors of the case, with what the pack knows of the same actors, and then those of the pack that the case does not
/// declare.
pub(super) fn merge(case: &[Actor], pack: &[Actor]) -> Vec<Actor> {
    let mut all = case.to_vec();
    let mut same: BTreeMap<Name, Name> = BTreeMap::new();
    let mut rest: Vec<Actor> = Vec::new();
    for entry in pack {
        match all.iter_mut().find(|own| is_same(own, entry)) {
            Some(own) => {
                same.insert(entry.id.clone(), own.id.clone());
                take(own, entry);
            }
            None => rest.push(entry.clone()),
        }
    }
    let n_case = all.len();
    all.extend(rest);
    for actor in &mut all {
        for membership in &mut actor.member_of {
            if let Some(own) = same.get(&membership.of) {
                membership.of = own.clone();
            }
        }
    }
    // An id of the pack that the case gives to somebody else would make two actors one.
    let taken: BTreeSet<Name> = all[..n_case].iter().map(|actor| actor.id.clone()).collect();
    let mut at = 0;
    all.retain(|actor| {
        at += 1;
        at <= n_case || !taken.contains(&actor.id)
    });
    all
}

/// Whether an entry of the pack is this actor of the case: one has the other's label among its names.
fn is_same(own: &Actor, entry: &Actor) -> bool {
    let names = |actor: &Actor| -> Vec<String> {
        std::iter::once(&actor.label).chain(&actor.aliases).map(|name| key(name)).collect()
    };
    let is_office = |actor: &Actor| actor.kind == ActorKind::Office;
    let fits = own.kind == ActorKind::Other || is_office(own) == is_office(entry);
    fits && (names(entry).contains(&key(&own.label)) || names(own).contains(&key(&entry.label)))
}

/// Adds what the pack knows. Whose office it is the case says alone where it says anything; who held it, for the days of which
/// it names somebody.
fn take(own: &mut Actor, entry: &Actor) {
    add(&mut own.aliases, std::iter::once(&entry.label).chain(&entry.aliases));
    add(&mut own.demonyms, &entry.demonyms);
    add(&mut own.seats, &entry.seats);
    if own.member_of.is_empty() {
        own.member_of.clone_from(&entry.member_of);
    }
    let of_case = own.holders.clone();
    own.holders.extend(
        entry.holders.iter().filter(|known| of_case.iter().all(|own| are_apart(own, known))).cloned(),
    );
}

/// Whether one held an office before the other did. Days are ISO dates, whose order is that of their letters.
fn are_apart(one: &OfficeHolder, other: &OfficeHolder) -> bool {
    let is_before = |first: &OfficeHolder, then: &OfficeHolder| matches!((&first.until, &then.since), (Some(until), Some(since)) if until <= since);
    is_before(one, other) || is_before(other, one)
}

fn add<'n>(own: &mut Vec<String>, more: impl IntoIterator<Item = &'n String>) {
    for name in more {
        if !own.iter().any(|known| key(known) == key(name)) {
            own.push(name.clone());
        }
    }
}

/// The places of the case, and every state and seat that it does not declare as a place.
pub(super) fn places(actors: &[Actor], own: &[Place]) -> Vec<Place> {
    let mut all: Vec<Place> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for place in own {
        // Of two that have one label, as where a pack is laid under a case, the first holds.
        if known.contains(&key(&place.label)) {
            continue;
        }
        known.extend(std::iter::once(&place.label).chain(&place.aliases).map(|name| key(name)));
        all.push(place.clone());
    }
    let mut ids: BTreeSet<Name> = own.iter().map(|place| place.id.clone()).collect();
    let is_country = |actor: &&Actor| {
        actor.kind == ActorKind::State || actor.kind == ActorKind::Party && !actor.seats.is_empty()
    };
    for actor in actors.iter().filter(is_country) {
        if known.insert(key(&actor.label)) && ids.insert(actor.id.clone()) {
            all.push(Place {
                id: actor.id.clone(),
                label: actor.label.clone(),
                kind: PlaceKind::Region,
                aliases: actor.aliases.clone(),
                ..Place::default()
            });
        }
        for seat in &actor.seats {
            let id = Name::new(key(seat).replace(' ', "-"));
            if known.insert(key(seat)) && ids.insert(id.clone()) {
                let within = vec![actor.id.clone()];
                all.push(Place { id, label: seat.clone(), within, ..Place::default() });
            }
        }
    }
    all
}
