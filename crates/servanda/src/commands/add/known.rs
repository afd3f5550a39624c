//! What is on record about documents and their readings, so that nothing is put there twice.

use std::collections::{BTreeMap, BTreeSet};

use servanda_ledger::{Body, Verdict, Withdrawn};
use servanda_model::{AuthorId, Claim, ClaimId, ClaimKind, DocumentId, Hash32, Method, Span};
use servanda_store::Store;

use crate::error::CommandError;

/// How the reason begins for which the program takes an own reading back.
pub(super) const READ_ANEW: &str = "read anew by ";

/// Readings and documents on record.
#[derive(Default)]
pub(super) struct Known {
    documents: BTreeSet<DocumentId>,
    /// Documents from which an analyst coded claims, or a table was read.
    coded: BTreeSet<DocumentId>,
    readings: BTreeMap<DocumentId, Vec<OnRecord>>,
}

/// A claim that was read.
struct OnRecord {
    id: ClaimId,
    content: Hash32,
    span: Span,
    kind: ClaimKind,
    method: Method,
    /// Whether this author put it on record and has not taken it back.
    is_own: bool,
    /// Whether a person has ruled on it as a reading, or corrected it.
    is_reviewed: bool,
}

/// How new readings of a document stand to those on record.
#[derive(Default)]
pub(super) struct Changed {
    pub fresh: Vec<Claim>,
    /// Own readings that no longer come out, and on which nobody has ruled.
    pub stale: Vec<ClaimId>,
    /// New readings of words that a person has ruled on.
    pub n_kept: usize,
}

/// Hash of what a claim says, whatever rules found it: two versions of the program that read the same say the same.
pub(super) fn content(claim: &Claim) -> Hash32 {
    Claim { rule: Vec::new(), ..claim.clone() }.id().0
}

impl Known {
    pub(super) fn of(store: &Store, author: &AuthorId) -> Result<Known, CommandError> {
        let mut known = Known::default();
        let mut corrected: BTreeSet<ClaimId> = BTreeSet::new();
        let mut verdicts: BTreeMap<ClaimId, Verdict> = BTreeMap::new();
        // Of what an author took back, whether the program did so when it read the document anew.
        let mut taken_back: BTreeMap<ClaimId, bool> = BTreeMap::new();
        let mut found: Vec<(DocumentId, OnRecord)> = Vec::new();
        let mut coded: Vec<(DocumentId, Option<ClaimId>)> = Vec::new();
        store.visit(&mut |stored| {
            let record = &stored.record;
            match Body::from_json(record.kind, &record.body) {
                Ok(Body::Document(document)) => {
                    known.documents.insert(document.id);
                }
                Ok(Body::Claim(claim)) => {
                    corrected.extend(claim.corrects);
                    if !claim.method.is_for_review() {
                        coded.push((claim.document, claim.corrects));
                    } else {
                        let one = OnRecord {
                            id: claim.id(),
                            content: content(&claim),
                            span: claim.span,
                            kind: claim.kind,
                            method: claim.method,
                            is_own: record.author == *author,
                            is_reviewed: false,
                        };
                        found.push((claim.document, one));
                    }
                }
                Ok(Body::Ruling(ruling)) => {
                    // Records come author by author: a ruling that anybody made is one that a person made.
                    if let Some(verdict) = Verdict::of(&ruling.judgement).filter(|of| *of != Verdict::Open) {
                        verdicts.extend(ruling.claims.iter().map(|claim| (*claim, verdict)));
                    }
                }
                Ok(Body::Retraction(retraction)) if record.author == *author => {
                    if let Withdrawn::Claim(claim) = retraction.target {
                        taken_back.insert(claim, retraction.reason.starts_with(READ_ANEW));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        // Who corrects a reading has reviewed the document, and not coded it.
        let readings: BTreeSet<ClaimId> = found.iter().map(|(_, one)| one.id).collect();
        let is_review = |corrects: &Option<ClaimId>| corrects.is_some_and(|old| readings.contains(&old));
        known.coded.extend(
            coded.into_iter().filter(|(_, corrects)| !is_review(corrects)).map(|(document, _)| document),
        );
        for (document, mut one) in found {
            one.is_reviewed = verdicts.contains_key(&one.id) || corrected.contains(&one.id);
            match taken_back.get(&one.id).filter(|_| one.is_own && !one.is_reviewed) {
                // It may come again when other rules find it again.
                Some(true) => continue,
                // A person took it back: that is a word about it.
                Some(false) => one.is_reviewed = true,
                None => {}
            }
            known.readings.entry(document).or_default().push(one);
        }
        Ok(known)
    }

    /// Whether an analyst or a table speaks for a document.
    pub(super) fn is_coded(&self, document: &DocumentId) -> bool {
        self.coded.contains(document)
    }

    /// Whether a document was read and something was found in it.
    pub(super) fn is_read(&self, document: &DocumentId) -> bool {
        self.readings.contains_key(document)
    }

    /// Adds a document; whether it is new.
    pub(super) fn add_document(&mut self, document: &DocumentId) -> bool {
        self.documents.insert(*document)
    }

    /// Lays new readings beside those on record. What a person has ruled on is not read again: neither a claim that says
    /// the same comes a second time, nor another of the same words and sort. `reread`: own readings that no longer come
    /// out, and on which nobody has ruled, are to be taken back.
    pub(super) fn settle(&mut self, document: &DocumentId, claims: Vec<Claim>, reread: bool) -> Changed {
        let mut changed = Changed::default();
        let there = self.readings.entry(*document).or_default();
        let new: BTreeSet<Hash32> = claims.iter().map(content).collect();
        let said: BTreeSet<Hash32> = there.iter().map(|one| one.content).collect();
        let reviewed = there.iter().filter(|one| one.is_reviewed);
        let ruled_on: BTreeSet<(Span, ClaimKind)> = reviewed.map(|one| (one.span, one.kind)).collect();
        for claim in claims {
            if said.contains(&content(&claim)) {
                continue;
            }
            if ruled_on.contains(&(claim.span, claim.kind)) {
                changed.n_kept += 1;
                continue;
            }
            changed.fresh.push(claim);
        }
        if reread {
            // A model need not answer twice alike: what it proposed waits for a person.
            let is_stale = |one: &&OnRecord| {
                one.method == Method::Read && one.is_own && !one.is_reviewed && !new.contains(&one.content)
            };
            changed.stale = there.iter().filter(is_stale).map(|one| one.id).collect();
        }
        changed
    }
}
