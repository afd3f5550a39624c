//! Facts: claims in the compact form that questions are computed from.

use std::collections::HashMap;

use servanda_model::{
    Claim, ClaimKind, Instant, Measure, Method, Modality, Name, Number, Polarity, Position, Quantity, roles,
};

/// A name as a number, valid within one ledger. 0 is "no name".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

impl Symbol {
    /// No name.
    pub const NONE: Symbol = Symbol(0);

    /// Whether there is a name.
    pub fn is_some(self) -> bool {
        self.0 != 0
    }
}

/// A list of names as a number, valid within one ledger. 0 is the empty list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymbolList(pub u32);

/// Position of a fact in its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactIx(pub u32);

/// People killed, as one statement gives it; low ≤ best ≤ high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Toll {
    /// At least so many.
    pub low: u32,
    /// Best estimate, or the lower bound.
    pub best: u32,
    /// At most so many; `u32::MAX`: the statement gives no upper bound.
    pub high: u32,
}

impl Toll {
    /// From a figure; `None` where it states no number. Fractions fall to the whole number that the bound allows.
    pub fn of(quantity: &Quantity) -> Option<Toll> {
        let whole = |number: Number| u32::try_from(number.floor().max(0)).unwrap_or(u32::MAX);
        quantity.low.or(quantity.best).or(quantity.high)?;
        let high = quantity.high_or_max();
        let low = whole(quantity.low_or_zero());
        let best = quantity.best.map_or(low, whole).max(low);
        Some(Toll { low, best, high: if high == Number::MAX { u32::MAX } else { whole(high).max(best) } })
    }
}

/// A claim in compact form (about 160 bytes): what status, counts and incidents need of it. The words stay in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When it became known.
    pub known_at: Instant,
    /// First instant it can have been; with `latest` the bounds of `when`. `MAX`/`MIN` reversed: no time stated.
    pub earliest: Instant,
    /// Last instant it can have been.
    pub latest: Instant,
    /// Reference period `[window_start, window_end)`; equal ends: none.
    pub window_start: Instant,
    /// End of the reference period.
    pub window_end: Instant,
    /// Lower bound of the first quantity (1 where no figure is given).
    pub low: Number,
    /// Best estimate, or the lower bound.
    pub best: Number,
    /// Upper bound; [`Number::MAX`] where there is none.
    pub high: Number,
    /// Kind of the agreement.
    pub event_kind: Symbol,
    /// Who acts.
    pub actors: SymbolList,
    /// Who is acted upon.
    pub targets: SymbolList,
    /// Who says it.
    pub speaker: Symbol,
    /// Where the information comes from in the end.
    pub origin: Symbol,
    /// Who published the document.
    pub publisher: Symbol,
    /// Where.
    pub place: Symbol,
    /// Where, as the source publishes it.
    pub position: Option<Position>,
    /// People killed, where the statement says so.
    pub killed: Option<Toll>,
    /// Unit of the figure that counts.
    pub unit: Symbol,
    /// The occurrence as named by analyst or feed.
    pub incident: Symbol,
    /// Who counts.
    pub counter: Symbol,
    /// Component of a mixed figure.
    pub component: Symbol,
    /// Sort of proposition.
    pub kind: ClaimKind,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// How the wording holds its content.
    pub modality: Modality,
    /// How the figure relates to time.
    pub measure: Measure,
    /// How the claim came to be.
    pub method: Method,
}

impl Fact {
    /// Whether a time is stated.
    pub fn has_time(&self) -> bool {
        self.earliest <= self.latest
    }

    /// Whether a reference period is stated.
    pub fn has_window(&self) -> bool {
        self.window_start < self.window_end
    }
}

/// Names and lists of names, each once.
#[derive(Clone, Debug)]
pub struct Symbols {
    names: Vec<Name>,
    by_name: HashMap<Name, Symbol>,
    lists: Vec<Box<[Symbol]>>,
    by_list: HashMap<Box<[Symbol]>, SymbolList>,
}

impl Default for Symbols {
    fn default() -> Self {
        Symbols {
            names: vec![Name::new("")],
            by_name: HashMap::from([(Name::new(""), Symbol::NONE)]),
            lists: vec![Box::default()],
            by_list: HashMap::from([(Box::default(), SymbolList(0))]),
        }
    }
}

impl Symbols {
    /// The symbol of a name, new where it was not seen before.
    pub fn intern(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.by_name.get(name) {
            return *symbol;
        }
        let symbol = Symbol(self.names.len() as u32);
        let name = Name::new(name);
        self.names.push(name.clone());
        self.by_name.insert(name, symbol);
        symbol
    }

    /// The symbol of a list of names.
    pub fn intern_list<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> SymbolList {
        let list: Box<[Symbol]> = names.into_iter().map(|name| self.intern(name)).collect();
        if let Some(known) = self.by_list.get(&list) {
            return *known;
        }
        let symbol = SymbolList(self.lists.len() as u32);
        self.lists.push(list.clone());
        self.by_list.insert(list, symbol);
        symbol
    }

    /// The symbol of a name, where the ledger has it.
    pub fn find(&self, name: &str) -> Option<Symbol> {
        self.by_name.get(name).copied()
    }

    /// The name of a symbol.
    pub fn name(&self, symbol: Symbol) -> &Name {
        &self.names[symbol.0 as usize]
    }

    /// The names of a list.
    pub fn list(&self, list: SymbolList) -> &[Symbol] {
        &self.lists[list.0 as usize]
    }

    /// How many names there are.
    pub fn n_names(&self) -> usize {
        self.names.len()
    }

    /// The compact form of a claim.
    pub fn fact(&mut self, claim: &Claim, publisher: Option<&Name>, known_at: Instant) -> Fact {
        let quantity = claim.amount();
        let unit = quantity.map_or(Symbol::NONE, |quantity| self.intern(&quantity.unit));
        let mut symbol = |name: Option<&Name>| name.map_or(Symbol::NONE, |name| self.intern(name.as_str()));
        let low = quantity.map_or(Number::whole(1), |q| q.low_or_zero());
        let high = quantity.map_or(Number::whole(1), |q| q.high_or_max());
        let origin = claim.effective_origin().or(publisher);
        Fact {
            known_at,
            earliest: claim.when.map_or(Instant::MAX, |when| when.earliest),
            latest: claim.when.map_or(Instant::MIN, |when| when.latest),
            window_start: claim.window.map_or(Instant::MIN, |window| window.start),
            window_end: claim.window.map_or(Instant::MIN, |window| window.end),
            low,
            best: quantity.and_then(|q| q.best).unwrap_or(low),
            high,
            event_kind: symbol(claim.event_kind.as_ref()),
            speaker: symbol(claim.speaker.as_ref()),
            origin: symbol(origin),
            publisher: symbol(publisher),
            place: symbol(claim.place.as_ref()),
            position: claim.position,
            killed: claim.figure(roles::KILLED).and_then(Toll::of),
            unit,
            incident: symbol(claim.incident.as_ref()),
            counter: symbol(claim.counter.as_ref()),
            component: symbol(claim.component.as_ref()),
            actors: self.intern_list(claim.actors.iter().map(Name::as_str)),
            targets: self.intern_list(claim.targets.iter().map(Name::as_str)),
            kind: claim.kind,
            polarity: claim.polarity,
            modality: claim.modality,
            measure: claim.measure,
            method: claim.method,
        }
    }
}
