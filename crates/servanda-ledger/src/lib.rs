//! Records, hash chain, signatures, merge; [`View`] is the only way to look at a ledger.
//!
//! Invariant: nothing is updated or deleted. A correction or retraction is a new record that names the old one.
//! Invariant: a [`View`] cannot be widened: code that holds one cannot reach what became known later.

mod builder;
mod fact;
mod view;

pub use builder::LedgerBuilder;
pub use fact::{Fact, FactIx, Symbol, SymbolList, Symbols};
pub use view::{Change, ClaimSource, KnownBy, Ledger, RulingFact, RulingIx, View, What};
