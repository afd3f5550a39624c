//! Building a ledger in memory from what a store or bundle holds.

use std::collections::HashMap;
use std::sync::Arc;

use servanda_model::{AuthorId, Claim, ClaimId, Document, Instant, Ruling, RulingId};

use crate::fact::{Fact, FactIx, Symbols};
use crate::view::{Change, ClaimSource, KnownBy, Ledger, RulingFact, RulingIx, What};

/// Takes records in their order (time recorded, then record id) and makes a [`Ledger`] of them.
///
/// Order of knowledge: by time known, ties by order of arrival here. The same records in the same order give
/// the same ledger.
pub struct LedgerBuilder {
    ledger: Ledger,
    known_by: KnownBy,
}

impl LedgerBuilder {
    /// An empty ledger. `source` gives the full claims when words are asked for.
    pub fn new(known_by: KnownBy, source: Arc<dyn ClaimSource>) -> LedgerBuilder {
        LedgerBuilder {
            known_by,
            ledger: Ledger {
                symbols: Symbols::default(),
                facts: Vec::new(),
                ids: Vec::new(),
                by_id: HashMap::new(),
                changes: Vec::new(),
                rulings: Vec::new(),
                documents: HashMap::new(),
                source,
            },
        }
    }

    /// Puts a document on record. Its claims follow.
    pub fn document(&mut self, document: Document) {
        self.ledger.documents.entry(document.id).or_insert(document);
    }

    /// When a claim of that document counts as known.
    pub fn known_at(&self, document: &servanda_model::DocumentId, recorded_at: Instant) -> Instant {
        let published = self.ledger.documents.get(document).and_then(|document| document.published_at);
        match (self.known_by, published) {
            (KnownBy::Publication, Some(published)) => published.min(recorded_at),
            _ => recorded_at,
        }
    }

    /// Puts a claim on record. A claim that is there already changes nothing.
    pub fn claim(&mut self, id: ClaimId, claim: &Claim, recorded_at: Instant) {
        let known_at = self.known_at(&claim.document, recorded_at);
        let publisher = self.ledger.documents.get(&claim.document).and_then(|document| document.publisher.clone());
        let fact = self.ledger.symbols.fact(claim, publisher.as_ref(), known_at);
        self.fact(id, fact, claim.corrects.as_ref());
    }

    /// Puts a claim on record that was read into its compact form already.
    pub fn fact(&mut self, id: ClaimId, fact: Fact, corrects: Option<&ClaimId>) {
        if self.ledger.by_id.contains_key(&id) {
            return;
        }
        let known_at = fact.known_at;
        let ix = FactIx(self.ledger.facts.len() as u32);
        self.ledger.facts.push(fact);
        self.ledger.ids.push(id);
        self.ledger.by_id.insert(id, ix);
        if let Some(old) = corrects.and_then(|old| self.ledger.by_id.get(old)).copied() {
            let since = known_at.max(self.ledger.facts[old.0 as usize].known_at);
            self.ledger.changes.push(Change { known_at: since, what: What::Retract(old) });
        }
        self.ledger.changes.push(Change { known_at, what: What::Assert(ix) });
    }

    /// The names of the ledger, for readers that build facts themselves.
    pub fn symbols(&mut self) -> &mut Symbols {
        &mut self.ledger.symbols
    }

    /// Takes a claim back. The claim stays on record; from then on it does not count.
    pub fn retract(&mut self, id: &ClaimId, recorded_at: Instant) {
        if let Some(ix) = self.ledger.by_id.get(id).copied() {
            let since = recorded_at.max(self.ledger.facts[ix.0 as usize].known_at);
            self.ledger.changes.push(Change { known_at: since, what: What::Retract(ix) });
        }
    }

    /// Puts a ruling on record.
    pub fn ruling(&mut self, id: RulingId, author: AuthorId, ruling: Ruling, recorded_at: Instant) {
        let facts: Vec<FactIx> =
            ruling.claims.iter().filter_map(|claim| self.ledger.by_id.get(claim)).copied().collect();
        let latest = facts.iter().map(|ix| self.ledger.facts[ix.0 as usize].known_at).max();
        let ix = RulingIx(self.ledger.rulings.len() as u32);
        self.ledger.rulings.push(RulingFact { id, author, ruling, facts });
        let known_at = latest.map_or(recorded_at, |latest| latest.max(recorded_at));
        self.ledger.changes.push(Change { known_at, what: What::Rule(ix) });
    }

    /// The ledger, its changes in order of knowledge.
    pub fn finish(mut self) -> Ledger {
        self.ledger.changes.sort_by_key(|change| change.known_at);
        self.ledger
    }
}
