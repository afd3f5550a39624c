//! Claims on record that may be about the same occurrence as a reading: same kind, near in time, not far in place.

use std::collections::BTreeMap;

use servanda_assess::Context;
use servanda_ledger::{Fact, FactIx, Symbol, View};
use servanda_model::{Claim, ClaimKind, DAY_MS, Measure, Modality};

/// How many are offered.
const MAX_OFFERED: usize = 6;
/// How many nearest in time are looked at; the others are further away than any that is offered would be.
const MAX_LOOKED_AT: usize = 400;

/// Occurrences that count, by kind and first moment.
pub(super) struct Neighbours {
    by_kind: BTreeMap<Symbol, Vec<(i64, FactIx)>>,
    window_ms: i64,
    range_km: f64,
}

/// One of them, with why it may be the same.
pub(super) struct Neighbour {
    pub ix: FactIx,
    pub said: String,
}

impl Neighbours {
    pub(super) fn new(view: &View, window_days: u32, range_km: f64) -> Neighbours {
        let mut by_kind: BTreeMap<Symbol, Vec<(i64, FactIx)>> = BTreeMap::new();
        for (ix, fact) in view.standing().filter(|(_, fact)| is_occurrence(fact)) {
            by_kind.entry(fact.event_kind).or_default().push((fact.earliest.ms(), ix));
        }
        by_kind.values_mut().for_each(|facts| facts.sort_unstable());
        Neighbours { by_kind, window_ms: i64::from(window_days) * DAY_MS, range_km }
    }

    /// Those of one claim, the nearest first.
    pub(super) fn of(&self, view: &View, context: &Context, own: FactIx, claim: &Claim) -> Vec<Neighbour> {
        let Some(fact) = view.fact(own).filter(|fact| is_occurrence(fact)) else { return Vec::new() };
        let Some(facts) = self.by_kind.get(&fact.event_kind) else { return Vec::new() };
        let (from, to) = (fact.earliest.ms() - self.window_ms, fact.latest.ms() + self.window_ms);
        let end = facts.partition_point(|(at, _)| *at <= to);
        let near = facts[..end].iter().rev().take(MAX_LOOKED_AT).filter_map(|(_, ix)| {
            let other = view.fact(*ix).filter(|_| *ix != own)?;
            (other.latest.ms() >= from).then_some((*ix, other))
        });
        let mut found: Vec<(i64, u8, Neighbour)> = near
            .filter_map(|(ix, other)| {
                let (place_rank, place_said) = self.place(view, context, claim, fact, other)?;
                let shares = shares_actor(view, fact, other);
                // Without a kind of the agreement, time alone says nothing.
                if !fact.event_kind.is_some() && !shares {
                    return None;
                }
                let gap =
                    (other.earliest.ms() - fact.latest.ms()).max(fact.earliest.ms() - other.latest.ms());
                let time_said = match gap {
                    gap if gap <= 0 => "at a time that fits".to_owned(),
                    gap => format!("{} apart", days(gap)),
                };
                let mut said = vec![time_said, place_said];
                if shares {
                    said.push("shares an actor".to_owned());
                }
                if fact.incident.is_some() && fact.incident == other.incident {
                    said.push("of the same name".to_owned());
                }
                said.retain(|part| !part.is_empty());
                Some((gap.max(0), place_rank, Neighbour { ix, said: said.join(", ") }))
            })
            .collect();
        found.sort_by_key(|(gap, place, neighbour)| (*gap, *place, neighbour.ix));
        found.into_iter().take(MAX_OFFERED).map(|(_, _, neighbour)| neighbour).collect()
    }

    /// How near two places are; `None`: too far apart to be one.
    fn place(
        &self,
        view: &View,
        context: &Context,
        claim: &Claim,
        fact: &Fact,
        other: &Fact,
    ) -> Option<(u8, String)> {
        if fact.place.is_some() && fact.place == other.place {
            return Some((0, "same place".to_owned()));
        }
        let (Some(own), true) = (&claim.place, other.place.is_some()) else {
            return Some((2, String::new()));
        };
        let name = view.name(other.place);
        if context.lies_in(own, name) || context.lies_in(name, own) {
            return Some((1, "one place lies in the other".to_owned()));
        }
        let at = |fact: &Fact, name| fact.position.or_else(|| context.position(name));
        match (at(fact, own), at(other, name)) {
            (Some(a), Some(b)) => {
                let km = servanda_assess::incidents::distance_km(&a, &b);
                (km <= self.range_km).then(|| (1, format!("{km:.0} km apart")))
            }
            _ => Some((2, String::new())),
        }
    }
}

fn is_occurrence(fact: &Fact) -> bool {
    fact.has_time()
        && fact.kind == ClaimKind::Event
        && fact.measure == Measure::Occurrence
        && !fact.counter.is_some()
        && matches!(fact.modality, Modality::Actual | Modality::Alleged)
}

fn shares_actor(view: &View, one: &Fact, other: &Fact) -> bool {
    let who = |fact: &Fact| [view.list(fact.actors), view.list(fact.targets)].concat();
    let others = who(other);
    who(one).iter().any(|actor| others.contains(actor))
}

fn days(gap_ms: i64) -> String {
    let days = (gap_ms + DAY_MS - 1) / DAY_MS;
    servanda_render::figures::count(days as usize, "day", "days")
}
