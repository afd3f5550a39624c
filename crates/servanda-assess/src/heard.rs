//! Whose claims count from a standpoint.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use servanda_ledger::{Fact, Symbol, View};
use servanda_model::{Name, Standpoint};

use crate::context::Context;

/// Looks up once per symbol whether a standpoint lists it among its sources or its exceptions.
pub(crate) struct Heard<'v> {
    view: View<'v>,
    standpoint: &'v Standpoint,
    context: &'v Context,
    known: RefCell<FxHashMap<Symbol, (bool, bool)>>,
}

impl<'v> Heard<'v> {
    pub(crate) fn new(view: View<'v>, standpoint: &'v Standpoint, context: &'v Context) -> Heard<'v> {
        Heard { view, standpoint, context, known: RefCell::default() }
    }

    /// Whether a fact counts: its origin, speaker or publisher is listed, none is excepted. The rule of status.
    pub(crate) fn is_heard(&self, fact: &Fact) -> bool {
        if self.standpoint.sources.is_empty() && self.standpoint.except.is_empty() {
            return true;
        }
        let who = [fact.origin, fact.speaker, fact.publisher].map(|symbol| self.listed(symbol));
        (self.standpoint.sources.is_empty() || who.iter().any(|(is_source, _)| *is_source))
            && !who.iter().any(|(_, is_excepted)| *is_excepted)
    }

    fn listed(&self, symbol: Symbol) -> (bool, bool) {
        if !symbol.is_some() {
            return (false, false);
        }
        *self.known.borrow_mut().entry(symbol).or_insert_with(|| {
            let name = self.view.name(symbol);
            let named = |list: &[Name]| list.iter().any(|whole| self.context.belongs(name, whole));
            (named(&self.standpoint.sources), named(&self.standpoint.except))
        })
    }
}
