//! What a case knows about its actors and places: who belongs to whom, what lies where.

use std::collections::{HashMap, HashSet};

use servanda_model::{Actor, ActorKind, Name, Place, Position};

/// Belonging, closed under itself: an actor belongs to itself and to the wholes of its wholes.
#[derive(Clone, Debug, Default)]
pub struct Context {
    wholes: HashMap<Name, Vec<Name>>,
    zones: HashMap<Name, Vec<Name>>,
    positions: HashMap<Name, Position>,
    observers: HashSet<Name>,
}

impl Context {
    /// From the actors and places of a case. Circles in the tables are harmless.
    pub fn new(actors: &[Actor], places: &[Place]) -> Context {
        let of = |actor: &Actor| actor.member_of.iter().map(|membership| membership.of.clone()).collect();
        let direct_wholes: HashMap<Name, Vec<Name>> =
            actors.iter().map(|actor| (actor.id.clone(), of(actor))).collect();
        let direct_zones: HashMap<Name, Vec<Name>> =
            places.iter().map(|place| (place.id.clone(), place.within.clone())).collect();
        let positions = places.iter().filter_map(|place| Some((place.id.clone(), place.position?))).collect();
        let observers = actors.iter().filter(|actor| actor.kind == ActorKind::Observer);
        let observers = observers.map(|actor| actor.id.clone()).collect();
        Context { wholes: closure(&direct_wholes), zones: closure(&direct_zones), positions, observers }
    }

    /// Where a place of the gazetteer is; `None` where its entry does not say.
    pub fn position(&self, place: &Name) -> Option<Position> {
        self.positions.get(place).copied()
    }

    /// Whether an actor observes: a monitor, a research institute.
    pub fn is_observer(&self, actor: &Name) -> bool {
        self.observers.contains(actor)
    }

    /// Whether an actor is `whole`, or belongs to it.
    pub fn belongs(&self, actor: &Name, whole: &Name) -> bool {
        actor == whole || self.wholes.get(actor).is_some_and(|wholes| wholes.contains(whole))
    }

    /// The actor itself and every whole it belongs to.
    pub(crate) fn and_wholes<'c>(&'c self, actor: &'c Name) -> impl Iterator<Item = &'c Name> {
        std::iter::once(actor).chain(self.wholes.get(actor).into_iter().flatten())
    }

    /// The places that a place lies in, itself left out.
    pub(crate) fn zones_of(&self, place: &Name) -> &[Name] {
        self.zones.get(place).map_or(&[], Vec::as_slice)
    }

    /// Whether a place is `zone`, or lies in it.
    pub fn lies_in(&self, place: &Name, zone: &Name) -> bool {
        place == zone || self.zones.get(place).is_some_and(|zones| zones.contains(zone))
    }
}

fn closure(direct: &HashMap<Name, Vec<Name>>) -> HashMap<Name, Vec<Name>> {
    let mut closed = HashMap::new();
    for start in direct.keys() {
        let mut reached: Vec<Name> = Vec::new();
        let mut open = vec![start.clone()];
        while let Some(name) = open.pop() {
            for above in direct.get(&name).into_iter().flatten() {
                if !reached.contains(above) {
                    reached.push(above.clone());
                    open.push(above.clone());
                }
            }
        }
        reached.sort();
        closed.insert(start.clone(), reached);
    }
    closed
}
