//! The ledger in memory and the views on it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use servanda_model::{
    AuthorId, Claim, ClaimId, Document, DocumentId, Instant, Name, Ruling, RulingId, Standpoint,
};

use crate::fact::{Fact, FactIx, Symbol, SymbolList, Symbols};
use crate::index::IdIndex;
use crate::review::Verdict;

/// When a claim counts as known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KnownBy {
    /// Since it was recorded: the rule for a record kept as events unfold.
    #[default]
    Record,
    /// Since its document was published, or its row of a table says that it was reported, where that is earlier: the rule
    /// for a case compiled afterwards.
    Publication,
}

/// One thing that became known, in the order in which it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub known_at: Instant,
    /// What.
    pub what: What,
}

/// What became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A claim was put on record.
    Assert(FactIx),
    /// A claim was taken back by its author, or took another's place (its correction follows as `Assert`).
    Retract(FactIx),
    /// A person ruled, or took an own ruling back: from then on [`View::ruling`] gives `None`.
    Rule(RulingIx),
}

impl What {
    /// The fact that came or went; `None`: a ruling.
    pub fn fact(self) -> Option<FactIx> {
        match self {
            What::Assert(ix) | What::Retract(ix) => Some(ix),
            What::Rule(_) => None,
        }
    }
}

/// Position of a ruling in its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RulingIx(pub u32);

/// A ruling with its author and the facts it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulingFact {
    /// Its id.
    pub id: RulingId,
    /// Who ruled.
    pub author: AuthorId,
    /// What was ruled.
    pub ruling: Ruling,
    /// The claims it is about, where they are in this ledger.
    pub facts: Vec<FactIx>,
    /// When it became known: when recorded, but not before the claims it is about.
    pub known_at: Instant,
    /// When its author took it back; [`Instant::MAX`]: it stands.
    pub withdrawn_at: Instant,
}

/// Where the full claims are: in memory, or in a store.
pub trait ClaimSource: Send + Sync {
    /// The claim of that id, `None` where the source does not have it or could not read it.
    fn claim(&self, id: &ClaimId) -> Option<Claim>;
}

impl ClaimSource for HashMap<ClaimId, Claim> {
    fn claim(&self, id: &ClaimId) -> Option<Claim> {
        self.get(id).cloned()
    }
}

/// All that is on record, in compact form and in the order in which it became known.
///
/// Built by [`crate::LedgerBuilder`]; looked at only through [`Ledger::as_of`].
#[derive(Clone)]
pub struct Ledger {
    pub(crate) symbols: Symbols,
    pub(crate) facts: Vec<Fact>,
    pub(crate) ids: Vec<ClaimId>,
    pub(crate) by_id: IdIndex,
    pub(crate) changes: Vec<Change>,
    pub(crate) rulings: Vec<RulingFact>,
    pub(crate) documents: HashMap<DocumentId, Document>,
    pub(crate) source: Arc<dyn ClaimSource>,
    pub(crate) known_by: KnownBy,
    /// Rulings on claims as readings, by claim; made when first asked for.
    pub(crate) verdicts: OnceLock<HashMap<FactIx, Vec<RulingIx>>>,
    /// When proposals of a language model came and went, whatever was said about them.
    pub(crate) proposed: Vec<Change>,
    /// The changes without what the program read and nobody accepted; made when first asked for.
    pub(crate) reviewed: OnceLock<Vec<Change>>,
}

impl Ledger {
    /// The record as it was known at a moment. A view cannot be widened.
    pub fn as_of(&self, known: Instant) -> View<'_> {
        View { ledger: self, known, changes: up_to(&self.changes, known) }
    }

    /// How many claims are on record, corrected and retracted ones included.
    pub fn n_claims(&self) -> usize {
        self.facts.len()
    }

    /// When the last thing became known, proposals of a language model included; `None` for an empty ledger.
    pub fn last_known_at(&self) -> Option<Instant> {
        let last = |changes: &[Change]| changes.last().map(|change| change.known_at);
        last(&self.changes).max(last(&self.proposed))
    }
}

fn up_to(changes: &[Change], known: Instant) -> &[Change] {
    &changes[..changes.partition_point(|change| change.known_at <= known)]
}

/// The record as known at one moment: the only way to look at a ledger.
///
/// Invariant: nothing that became known later can be reached through it.
#[derive(Clone, Copy)]
pub struct View<'l> {
    pub(crate) ledger: &'l Ledger,
    known: Instant,
    changes: &'l [Change],
}

impl<'l> View<'l> {
    /// The moment.
    pub fn known(&self) -> Instant {
        self.known
    }

    /// The same record as known at an earlier moment. A later moment changes nothing: a view cannot be widened.
    pub fn narrowed(&self, known: Instant) -> View<'l> {
        let known = known.min(self.known);
        View { ledger: self.ledger, known, changes: up_to(self.changes, known) }
    }

    /// The same record as far as a standpoint counts it: without what the program read and nobody accepted, where the
    /// standpoint counts reviewed claims only. Whose sources count is the affair of each question.
    pub fn seen_from(&self, standpoint: &Standpoint) -> View<'l> {
        if !standpoint.reviewed_only {
            return *self;
        }
        View { changes: up_to(self.ledger.reviewed_changes(), self.known), ..*self }
    }

    /// What became known up to then, oldest first. A proposal of a language model becomes known when it is accepted.
    pub fn changes(&self) -> &'l [Change] {
        self.changes
    }

    /// A fact; `None` where it became known later.
    pub fn fact(&self, ix: FactIx) -> Option<&'l Fact> {
        self.ledger.facts.get(ix.0 as usize).filter(|fact| fact.known_at <= self.known)
    }

    /// The claims that stand: on record by then, neither taken back nor corrected, nor last ruled unsound. In the order
    /// in which they were put on record. Proposals of a language model stand once they are accepted.
    pub fn standing(&self) -> impl Iterator<Item = (FactIx, &'l Fact)> {
        let ledger = self.ledger;
        let mut stands = vec![false; ledger.facts.len()];
        for change in self.changes() {
            match change.what {
                What::Assert(ix) => stands[ix.0 as usize] = true,
                What::Retract(ix) => stands[ix.0 as usize] = false,
                What::Rule(_) => {}
            }
        }
        for (ix, judged) in self.judged() {
            if judged.verdict == Verdict::Rejected {
                stands[ix.0 as usize] = false;
            }
        }
        let facts = ledger.facts.iter().zip(stands).enumerate();
        facts.filter(|(_, (_, stands))| *stands).map(|(at, (fact, _))| (FactIx(at as u32), fact))
    }

    /// The id of a fact's claim.
    pub fn claim_id(&self, ix: FactIx) -> ClaimId {
        self.ledger.ids[ix.0 as usize]
    }

    /// The fact of a claim; `None` where it is not on record or became known later.
    pub fn find(&self, id: &ClaimId) -> Option<FactIx> {
        self.ledger.by_id.find(&self.ledger.ids, id).filter(|ix| self.fact(*ix).is_some())
    }

    /// The full claim with its words; `None` where it became known later or its source cannot give it.
    pub fn claim(&self, ix: FactIx) -> Option<Claim> {
        self.fact(ix)?;
        self.ledger.source.claim(&self.claim_id(ix))
    }

    /// A ruling; `None` where it was made later or was taken back by then.
    pub fn ruling(&self, ix: RulingIx) -> Option<&'l RulingFact> {
        let ruling = self.ledger.rulings.get(ix.0 as usize);
        ruling.filter(|ruling| ruling.known_at <= self.known && self.known < ruling.withdrawn_at)
    }

    /// A document on record.
    pub fn document(&self, id: &DocumentId) -> Option<&'l Document> {
        self.ledger.documents.get(id)
    }

    /// The symbol of a name, where the ledger has it.
    pub fn symbol(&self, name: &str) -> Option<Symbol> {
        self.ledger.symbols.find(name)
    }

    /// The name of a symbol.
    pub fn name(&self, symbol: Symbol) -> &'l Name {
        self.ledger.symbols.name(symbol)
    }

    /// The names of a list.
    pub fn list(&self, list: SymbolList) -> &'l [Symbol] {
        self.ledger.symbols.list(list)
    }
}
