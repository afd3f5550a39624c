//! What a case knows about its actors and places: who belongs to whom, what lies where.

use std::collections::{HashMap, HashSet};

use servanda_model::{Actor, ActorKind, DAY_MS, Instant, Membership, Name, Place, Position};

use crate::status::Stretches;

/// Belonging, closed under itself: an actor belongs to itself and to the wholes of its wholes.
#[derive(Clone, Debug, Default)]
pub struct Context {
    wholes: HashMap<Name, Vec<Name>>,
    /// Wholes to which an actor belongs for a time only, with the civil days (since 1970-01-01) on which it does.
    dated: HashMap<Name, Vec<(Name, Stretches)>>,
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
        let dated = dated(actors);
        Context {
            wholes: closure(&direct_wholes),
            dated,
            zones: closure(&direct_zones),
            positions,
            observers,
        }
    }

    /// Where a place of the gazetteer is; `None` where its entry does not say.
    pub fn position(&self, place: &Name) -> Option<Position> {
        self.positions.get(place).copied()
    }

    /// Whether an actor observes: a monitor, a research institute.
    pub fn is_observer(&self, actor: &Name) -> bool {
        self.observers.contains(actor)
    }

    /// Whether an actor is `whole`, or belongs to it, at any time; what it did is measured by [`Context::dated`].
    pub fn belongs(&self, actor: &Name, whole: &Name) -> bool {
        actor == whole || self.wholes.get(actor).is_some_and(|wholes| wholes.contains(whole))
    }

    /// Memberships that do not hold always: member, whole, and the civil days on which it belongs to it.
    pub(crate) fn dated(&self) -> impl Iterator<Item = (&Name, &Name, &Stretches)> {
        self.dated.iter().flat_map(|(member, wholes)| wholes.iter().map(move |(of, days)| (member, of, days)))
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

/// For each actor, the wholes that it does not belong to on all days, with those on which it does: along each chain of
/// memberships the days that all of them hold, and of several chains the days of any.
fn dated(actors: &[Actor]) -> HashMap<Name, Vec<(Name, Stretches)>> {
    let always = Stretches::of(vec![(i64::MIN, i64::MAX)]);
    let direct: HashMap<&Name, &[Membership]> =
        actors.iter().map(|actor| (&actor.id, actor.member_of.as_slice())).collect();
    let of = |actor: &Actor| {
        let mut reached: HashMap<&Name, Stretches> = HashMap::from([(&actor.id, always.clone())]);
        let mut open = vec![&actor.id];
        while let Some(name) = open.pop() {
            for membership in direct.get(name).copied().unwrap_or_default() {
                let days = reached[name].and(&days(membership));
                let known = reached.entry(&membership.of).or_default();
                let more = known.or(&days);
                if more != *known {
                    *known = more;
                    open.push(&membership.of);
                }
            }
        }
        let mut wholes: Vec<(Name, Stretches)> = reached
            .into_iter()
            .filter(|(_, days)| *days != always)
            .map(|(whole, days)| (whole.clone(), days))
            .collect();
        wholes.sort_by(|(one, _), (other, _)| one.cmp(other));
        (actor.id.clone(), wholes)
    };
    actors.iter().map(of).filter(|(_, wholes)| !wholes.is_empty()).collect()
}

/// The civil days of a membership, `until` included; open where nothing (readable) is stated.
fn days(membership: &Membership) -> Stretches {
    let day = |written: &Option<String>| {
        let midnight = format!("{}T00:00:00Z", written.as_deref()?).parse::<Instant>().ok()?;
        Some(midnight.ms().div_euclid(DAY_MS))
    };
    let (since, until) = (day(&membership.since), day(&membership.until));
    Stretches::of(vec![(since.unwrap_or(i64::MIN), until.map_or(i64::MAX, |last| last + 1))])
}
