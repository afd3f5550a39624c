//! Building a ledger in memory from what a store or bundle holds.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use servanda_model::{
    AuthorId, Claim, ClaimId, Document, DocumentId, Instant, Method, Name, Ruling, RulingId,
};

use crate::body::{Body, BodyError, Retraction, Withdrawn, ruling_id_of_json};
use crate::fact::{Fact, FactIx, Symbols};
use crate::index::IdIndex;
use crate::lean::LeanClaim;
use crate::record::RecordKind;
use crate::view::{Change, ClaimSource, KnownBy, Ledger, RulingFact, RulingIx, What};

/// Takes records in their order (time recorded, then author, then place in the author's chain) and makes a
/// [`Ledger`] of them.
///
/// Order of knowledge: by time known, ties by order of arrival here. The same records in the same order give
/// the same ledger. A claim counts while at least one of the authors who put it on record has not taken it back;
/// corrections and retractions reach only claims of the same author. What names a claim that comes later, or never,
/// is kept and takes effect if it comes.
///
/// The methods without an author speak for one unnamed author.
pub struct LedgerBuilder {
    ledger: Ledger,
    known_by: KnownBy,
    /// Changes, each with its place among those of the same moment.
    changes: Vec<(Change, u64)>,
    n_arrived: u32,
    authors: HashMap<AuthorId, u32>,
    /// Author number and arrival of each fact's first record.
    first: Vec<(u32, u32)>,
    /// Further records of a claim already there, and all that was taken back.
    acts: Vec<(ClaimId, Act)>,
    ruling_arrivals: Vec<u32>,
    ruling_withdrawals: Vec<(AuthorId, RulingId, Instant, u32)>,
}

/// Place among the changes of one moment: by arrival; of one record, what it takes away, what it puts there, what takes
/// that away again, what was ruled.
fn place(arrived: u32, step: Step) -> u64 {
    u64::from(arrived) * 4 + step as u64
}

enum Step {
    Replaced,
    Asserted,
    RetractedBefore,
    Ruled,
}

/// One author's act about a claim, in order of arrival.
#[derive(Clone, Copy)]
struct Act {
    author: u32,
    at: Instant,
    arrived: u32,
    asserts: bool,
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
                by_id: IdIndex::default(),
                changes: Vec::new(),
                rulings: Vec::new(),
                documents: HashMap::new(),
                source,
                known_by,
                proposed: Vec::new(),
                verdicts: OnceLock::new(),
                reviewed: OnceLock::new(),
            },
            changes: Vec::new(),
            n_arrived: 0,
            authors: HashMap::new(),
            first: Vec::new(),
            acts: Vec::new(),
            ruling_arrivals: Vec::new(),
            ruling_withdrawals: Vec::new(),
        }
    }

    /// Makes room for so many claims, so that memory is not doubled on the way.
    pub fn reserve(&mut self, n_claims: usize) {
        self.ledger.facts.reserve_exact(n_claims);
        self.ledger.ids.reserve_exact(n_claims);
        self.first.reserve_exact(n_claims);
        self.changes.reserve_exact(n_claims);
    }

    /// Puts a document on record. Its claims follow.
    pub fn document(&mut self, document: Document) {
        self.ledger.documents.entry(document.id).or_insert(document);
    }

    /// When a claim of that document counts as known; `reported_at`: when its row says that it was first reported.
    pub fn known_at(
        &self,
        document: &DocumentId,
        reported_at: Option<Instant>,
        recorded_at: Instant,
    ) -> Instant {
        let published_at = self.ledger.documents.get(document).and_then(|document| document.published_at);
        match self.known_by {
            KnownBy::Publication => {
                [reported_at, published_at].into_iter().flatten().fold(recorded_at, Instant::min)
            }
            KnownBy::Record => recorded_at,
        }
    }

    /// Puts a record's body on record. Feed the records of documents first: claims look up publisher and date there.
    ///
    /// Notices change nothing.
    ///
    /// # Errors
    /// [`BodyError`] where the body cannot be read; the builder is then as before.
    pub fn record(
        &mut self,
        author: AuthorId,
        recorded_at: Instant,
        kind: RecordKind,
        subject: Option<servanda_model::Hash32>,
        json: &[u8],
    ) -> Result<(), BodyError> {
        let shape = |why: serde_json::Error| BodyError::Shape { kind: kind.as_str(), why: why.to_string() };
        match kind {
            RecordKind::Document => self.document(serde_json::from_slice(json).map_err(shape)?),
            RecordKind::Claim => {
                let lean = LeanClaim::from_json(json).map_err(shape)?;
                let id = subject.map_or_else(|| Claim::id_of_json(json), ClaimId);
                self.lean_claim(author, id, &lean, recorded_at);
            }
            RecordKind::Ruling => {
                let ruling = serde_json::from_slice(json).map_err(shape)?;
                let id = subject.map_or_else(|| ruling_id_of_json(json), RulingId);
                self.ruling(id, author, ruling, recorded_at);
            }
            RecordKind::Retraction => match Body::from_json(kind, json)? {
                Body::Retraction(Retraction { target, .. }) => self.withdraw(author, target, recorded_at),
                _ => unreachable!("a body has the kind it was read as"),
            },
            RecordKind::Notice => {}
        }
        Ok(())
    }

    fn lean_claim(&mut self, author: AuthorId, id: ClaimId, lean: &LeanClaim<'_>, recorded_at: Instant) {
        let known_at = self.known_at(&lean.document(), lean.reported_at(), recorded_at);
        let publisher = self.publisher(&lean.document());
        let fact = lean.fact(&mut self.ledger.symbols, publisher.as_ref().map(Name::as_str), known_at);
        self.assert(author, id, fact, lean.corrects().as_ref(), recorded_at);
    }

    fn publisher(&self, document: &DocumentId) -> Option<Name> {
        self.ledger.documents.get(document).and_then(|document| document.publisher.clone())
    }

    /// Puts a claim on record. A claim that is there already changes nothing.
    pub fn claim(&mut self, id: ClaimId, claim: &Claim, recorded_at: Instant) {
        self.claim_by(AuthorId::default(), id, claim, recorded_at);
    }

    /// Puts an author's claim on record.
    pub fn claim_by(&mut self, author: AuthorId, id: ClaimId, claim: &Claim, recorded_at: Instant) {
        let known_at = self.known_at(&claim.document, claim.reported_at, recorded_at);
        let publisher = self.publisher(&claim.document);
        let fact = self.ledger.symbols.fact(claim, publisher.as_ref(), known_at);
        self.assert(author, id, fact, claim.corrects.as_ref(), recorded_at);
    }

    /// Puts a claim on record that was read into its compact form already.
    pub fn fact(&mut self, id: ClaimId, fact: Fact, corrects: Option<&ClaimId>) {
        let recorded_at = fact.known_at;
        self.assert(AuthorId::default(), id, fact, corrects, recorded_at);
    }

    /// The names of the ledger, for readers that build facts themselves.
    pub fn symbols(&mut self) -> &mut Symbols {
        &mut self.ledger.symbols
    }

    /// Takes a claim back. The claim stays on record; from then on it does not count.
    pub fn retract(&mut self, id: &ClaimId, recorded_at: Instant) {
        self.withdraw(AuthorId::default(), Withdrawn::Claim(*id), recorded_at);
    }

    /// Takes an author's own claim or ruling back.
    pub fn withdraw(&mut self, author: AuthorId, target: Withdrawn, recorded_at: Instant) {
        let arrived = self.arrive();
        match target {
            Withdrawn::Claim(id) => {
                let author = self.author(author);
                self.acts.push((id, Act { author, at: recorded_at, arrived, asserts: false }));
            }
            Withdrawn::Ruling(id) => self.ruling_withdrawals.push((author, id, recorded_at, arrived)),
        }
    }

    /// Puts a ruling on record.
    pub fn ruling(&mut self, id: RulingId, author: AuthorId, ruling: Ruling, recorded_at: Instant) {
        let arrived = self.arrive();
        self.ruling_arrivals.push(arrived);
        // Claims and times are settled in `finish`: the claims may not have come yet.
        let (known_at, withdrawn_at) = (recorded_at, Instant::MAX);
        self.ledger.rulings.push(RulingFact {
            id,
            author,
            ruling,
            facts: Vec::new(),
            known_at,
            withdrawn_at,
        });
    }

    fn assert(
        &mut self,
        author: AuthorId,
        id: ClaimId,
        fact: Fact,
        corrects: Option<&ClaimId>,
        recorded_at: Instant,
    ) {
        let author = self.author(author);
        let arrived = self.arrive();
        let known_at = fact.known_at;
        if let Some(old) = corrects.filter(|old| **old != id) {
            self.acts.push((*old, Act { author, at: known_at, arrived, asserts: false }));
        }
        if self.ledger.by_id.find(&self.ledger.ids, &id).is_some() {
            self.acts.push((id, Act { author, at: recorded_at, arrived, asserts: true }));
            return;
        }
        let ix = FactIx(self.ledger.facts.len() as u32);
        self.ledger.facts.push(fact);
        self.ledger.ids.push(id);
        self.ledger.by_id.push(&self.ledger.ids);
        self.first.push((author, arrived));
        self.changes.push((Change { known_at, what: What::Assert(ix) }, place(arrived, Step::Asserted)));
    }

    fn author(&mut self, author: AuthorId) -> u32 {
        let next = self.authors.len() as u32;
        *self.authors.entry(author).or_insert(next)
    }

    fn arrive(&mut self) -> u32 {
        self.n_arrived += 1;
        self.n_arrived
    }

    /// The ledger, its changes in order of knowledge.
    pub fn finish(mut self) -> Ledger {
        self.settle_claims();
        self.settle_rulings();
        self.changes.sort_unstable_by_key(|(change, place)| (change.known_at, *place));
        self.ledger.changes = self.changes.into_iter().map(|(change, _)| change).collect();
        let is_proposal = |method| method == Method::Proposed;
        if let Some(held) = self.ledger.held_back(is_proposal) {
            let of_proposal = |ix: FactIx| is_proposal(self.ledger.facts[ix.0 as usize].method);
            let proposed =
                self.ledger.changes.iter().filter(|change| change.what.fact().is_some_and(of_proposal));
            self.ledger.proposed = proposed.copied().collect();
            self.ledger.changes = held;
        }
        self.ledger
    }

    /// Turns the acts about each claim into changes: a claim goes when its last holder takes it back and comes again
    /// when somebody puts it on record anew.
    fn settle_claims(&mut self) {
        let mut by_claim: BTreeMap<FactIx, Vec<Act>> = BTreeMap::new();
        for (id, act) in std::mem::take(&mut self.acts) {
            if let Some(ix) = self.ledger.by_id.find(&self.ledger.ids, &id) {
                by_claim.entry(ix).or_default().push(act);
            }
        }
        for (ix, acts) in by_claim {
            let (first, first_arrived) = self.first[ix.0 as usize];
            let mut time = self.ledger.facts[ix.0 as usize].known_at;
            let mut holders: BTreeMap<u32, bool> = BTreeMap::from([(first, true)]);
            let mut counts = true;
            for (at, act) in acts.iter().enumerate() {
                if act.asserts {
                    // Taken back by this author before it came: taken back at once.
                    let early = !holders.contains_key(&act.author)
                        && acts[..at].iter().any(|before| before.author == act.author);
                    holders.insert(act.author, !early);
                } else if let Some(holds) = holders.get_mut(&act.author) {
                    *holds = false;
                }
                let counted = std::mem::replace(&mut counts, holders.values().any(|holds| *holds));
                time = time.max(act.at);
                let (what, place) = match (counted, counts) {
                    (true, false) if act.arrived < first_arrived => {
                        (What::Retract(ix), place(first_arrived, Step::RetractedBefore))
                    }
                    (true, false) => (What::Retract(ix), place(act.arrived, Step::Replaced)),
                    (false, true) => (What::Assert(ix), place(act.arrived, Step::Asserted)),
                    _ => continue,
                };
                self.changes.push((Change { known_at: time, what }, place));
            }
        }
    }

    /// Finds the claims of each ruling, its time, and whether its author took it back.
    fn settle_rulings(&mut self) {
        let mut places: HashMap<(AuthorId, RulingId), Vec<usize>> = HashMap::new();
        for at in 0..self.ledger.rulings.len() {
            let ledger = &mut self.ledger;
            let ruling = &mut ledger.rulings[at];
            let find = |claim| ledger.by_id.find(&ledger.ids, claim);
            ruling.facts = ruling.ruling.claims.iter().filter_map(find).collect();
            let latest = ruling.facts.iter().map(|ix| ledger.facts[ix.0 as usize].known_at).max();
            ruling.known_at = latest.map_or(ruling.known_at, |latest| latest.max(ruling.known_at));
            let change = Change { known_at: ruling.known_at, what: What::Rule(RulingIx(at as u32)) };
            self.changes.push((change, place(self.ruling_arrivals[at], Step::Ruled)));
            places.entry((ruling.author, ruling.id)).or_default().push(at);
        }
        for (author, id, at, arrived) in std::mem::take(&mut self.ruling_withdrawals) {
            for ix in places.get(&(author, id)).into_iter().flatten().copied() {
                let ruling = &mut self.ledger.rulings[ix];
                // A ruling made again after it was taken back stands again.
                let made_again = self.ruling_arrivals[ix] > arrived && places[&(author, id)][0] != ix;
                if ruling.withdrawn_at != Instant::MAX || made_again {
                    continue;
                }
                ruling.withdrawn_at = at.max(ruling.known_at);
                let change = Change { known_at: ruling.withdrawn_at, what: What::Rule(RulingIx(ix as u32)) };
                self.changes.push((change, place(arrived.max(self.ruling_arrivals[ix]), Step::Ruled)));
            }
        }
    }
}
