//! Names of the agreement against the symbols of the ledger.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rustc_hash::FxHashMap;

use servanda_ledger::{Fact, Symbol, View};
use servanda_model::{Name, Standpoint};
use servanda_pact::{Agreement, Clock, Duty};

use super::stretches::{NEVER, Stretches};
use crate::context::Context;

/// Looks names up once per symbol, so that a million facts cost a million table look-ups and no text comparison.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    context: Context,
    used_names: HashSet<Name>,
    /// When a member belongs to a whole, where that is not always (milliseconds).
    dated: HashMap<(Name, Name), Stretches>,
    table: RefCell<Table>,
}

#[derive(Clone, Debug, Default)]
struct Table {
    names: Vec<Name>,
    used: Vec<bool>,
    listed: FxHashMap<(ListKind, Symbol), bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ListKind {
    Sources,
    Except,
    Verifiers,
}

impl Names {
    pub(crate) fn new(agreement: &Agreement, context: Context) -> Names {
        let kinds = agreement.kinds.iter().map(|kind| kind.id.clone());
        let bodies = agreement.bodies.iter().map(|body| body.id.clone());
        let powers =
            agreement.provisions.iter().filter(|p| matches!(p.duty, Duty::May { .. })).map(|p| p.id.clone());
        let used_names = kinds.chain(bodies).chain(powers).collect();
        Names { context, used_names, dated: HashMap::new(), table: RefCell::default() }
    }

    /// The same with the days of memberships in a clock, so that what members did is measured by them.
    pub(crate) fn in_clock(mut self, clock: &Clock) -> Names {
        let moment = |day: i64| match day {
            i64::MIN | NEVER => day,
            day => clock.days(day, day).start.ms(),
        };
        let dated = self.context.dated().map(|(member, whole, days)| {
            let times = days.iter().map(|(from, to)| (moment(from), moment(to)));
            ((member.clone(), whole.clone()), Stretches::of(times.collect()))
        });
        self.dated = dated.collect();
        self
    }

    /// When an occurrence within `[earliest, latest]` was an act of a party by what its actors belonged to: both ends,
    /// and whether that is so whenever in that time it was; `None`: at no time.
    pub(crate) fn acting_for(
        &self,
        actors: &[Symbol],
        party: &Name,
        (earliest, latest): (i64, i64),
    ) -> Option<(i64, i64, bool)> {
        let whole = Some((earliest, latest, true));
        if self.dated.is_empty() {
            return whole;
        }
        let mut within = Stretches::default();
        for actor in actors.iter().filter(|actor| self.belongs(**actor, party)) {
            match self.dated.get(&(self.name(*actor), party.clone())) {
                None => return whole,
                Some(times) => within = within.or(times),
            }
        }
        let stated = Stretches::of(vec![(earliest, latest.saturating_add(1))]);
        let within = within.and(&stated);
        let (first, last) = (within.iter().next()?, within.iter().last()?);
        if within == stated { whole } else { Some((first.0, last.1 - 1, false)) }
    }

    /// What the case knows of its actors and places.
    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    /// Learns the symbols of a view; call before facts of that view are looked at.
    pub(crate) fn learn(&self, view: &View, up_to: Symbol) {
        let mut table = self.table.borrow_mut();
        while table.names.len() <= up_to.0 as usize {
            let name = view.name(Symbol(table.names.len() as u32)).clone();
            let used = self.used_names.contains(&name);
            table.names.push(name);
            table.used.push(used);
        }
    }

    /// Learns all symbols of a fact.
    pub(crate) fn learn_fact(&self, view: &View, fact: &Fact) {
        let lists = view.list(fact.actors).iter().chain(view.list(fact.targets)).copied();
        let single = [fact.event_kind, fact.speaker, fact.origin, fact.publisher, fact.place, fact.incident];
        let more = [fact.counter, fact.component];
        if let Some(last) = single.into_iter().chain(more).chain(lists).max() {
            self.learn(view, last);
        }
    }

    /// The name of a learnt symbol.
    pub(crate) fn name(&self, symbol: Symbol) -> Name {
        self.table.borrow().names.get(symbol.0 as usize).cloned().unwrap_or_default()
    }

    /// Whether the agreement knows the kind.
    pub(crate) fn is_used(&self, kind: Symbol) -> bool {
        self.table.borrow().used.get(kind.0 as usize).copied().unwrap_or(false)
    }

    /// Whether an actor is, or belongs to, a party.
    pub(crate) fn belongs(&self, actor: Symbol, party: &Name) -> bool {
        let table = self.table.borrow();
        table.names.get(actor.0 as usize).is_some_and(|name| self.context.belongs(name, party))
    }

    /// The names of an actor and of every whole it belongs to.
    pub(crate) fn and_wholes(&self, actor: Symbol) -> Vec<Name> {
        let name = self.name(actor);
        self.context.and_wholes(&name).cloned().collect()
    }

    /// Whether a place is, or lies in, a zone.
    pub(crate) fn lies_in(&self, place: Symbol, zone: &Name) -> bool {
        let table = self.table.borrow();
        table.names.get(place.0 as usize).is_some_and(|name| self.context.lies_in(name, zone))
    }

    /// Whether a fact counts from a standpoint: its origin, speaker or publisher is listed, none is excepted.
    pub(crate) fn is_heard(&self, standpoint: &Standpoint, fact: &Fact) -> bool {
        let who = [fact.origin, fact.speaker, fact.publisher];
        let named = |list: &[Name], kind| who.iter().any(|symbol| self.is_listed(kind, list, *symbol));
        (standpoint.sources.is_empty() || named(&standpoint.sources, ListKind::Sources))
            && (standpoint.except.is_empty() || !named(&standpoint.except, ListKind::Except))
    }

    /// Whether a fact is asserted by a designated verifier: as speaker or origin, or in its own publication's voice.
    pub(crate) fn is_verifier(&self, standpoint: &Standpoint, fact: &Fact) -> bool {
        let own_voice = if fact.speaker.is_some() { Symbol::NONE } else { fact.publisher };
        !standpoint.verifiers.is_empty()
            && [fact.origin, fact.speaker, own_voice]
                .iter()
                .any(|symbol| self.is_listed(ListKind::Verifiers, &standpoint.verifiers, *symbol))
    }

    fn is_listed(&self, kind: ListKind, list: &[Name], symbol: Symbol) -> bool {
        if !symbol.is_some() {
            return false;
        }
        if let Some(known) = self.table.borrow().listed.get(&(kind, symbol)) {
            return *known;
        }
        let name = self.name(symbol);
        let listed = list.iter().any(|whole| self.context.belongs(&name, whole));
        self.table.borrow_mut().listed.insert((kind, symbol), listed);
        listed
    }
}
