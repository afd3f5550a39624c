//! Verification: recomputes everything that can be recomputed and says where it does not match.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use servanda_model::{AuthorId, ClaimId, Diagnostic, DocumentId, Hash32, RecordId, Severity};

use crate::agrees::agrees;
use crate::body::{Body, Withdrawn, ruling_id_of_json};
use crate::chains::{ChainState, Link, Walk};
use crate::decode::MAX_DIAGNOSTICS;
use crate::messages::{self, Place, Which};
use crate::record::Record;
use crate::signatures::check_all;

/// A record as a store gives it: with what the store says about it, which is checked too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// The record.
    pub record: Record,
    /// The id under which it is stored.
    pub id: RecordId,
    /// Claim, ruling or document id under which it is found ([`Body::subject_of_json`]).
    pub subject: Option<Hash32>,
}

/// Gives the decoded text of a document, `None` where it is not at hand. The caller compares its SHA-256 with the id.
pub type TextOf<'t> = dyn Fn(&DocumentId) -> Option<String> + 't;

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Messages, at most [`MAX_DIAGNOSTICS`] and one that counts the rest.
    pub diagnostics: Vec<Diagnostic>,
    /// Records looked at.
    pub n_records: u64,
    /// Authors.
    pub n_authors: u64,
    /// Claims whose words were found at their place.
    pub n_quotes_found: u64,
    /// Claims whose document was not at hand.
    pub n_quotes_unchecked: u64,
}

impl Report {
    /// Whether nothing of severity `Error` was found.
    pub fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity < Severity::Error)
    }
}

/// Verifies records given in canonical order (author, number, id), a portion at a time.
///
/// Checks ids, signatures, chains, bodies, what the store says about them, retractions, and quotes against the text of
/// documents where that is at hand. Memory: 16 bytes a claim, and the texts of the last few documents.
pub struct Verifier<'t> {
    text_of: Option<&'t TextOf<'t>>,
    walk: Walk,
    waiting: Vec<StoredRecord>,
    report: Report,
    n_left_out: u64,
    authors: Vec<AuthorId>,
    /// Claims and rulings by author number and the first eight bytes of their id.
    subjects: HashSet<(u32, u64)>,
    taken_back: Vec<(Which, Withdrawn)>,
    corrected: Vec<(Which, ClaimId)>,
    documents_on_record: BTreeSet<DocumentId>,
    claims_of: BTreeMap<DocumentId, u64>,
    texts: Vec<(DocumentId, Option<String>)>,
    without_text: BTreeSet<DocumentId>,
}

/// How many records are checked at a time: enough for every core, little memory.
const PORTION: usize = 4096;
const N_TEXTS: usize = 8;

/// Verifies records given in canonical order, all at once.
pub fn verify(records: impl IntoIterator<Item = StoredRecord>, text_of: Option<&TextOf<'_>>) -> Report {
    let mut verifier = Verifier::new(text_of);
    records.into_iter().for_each(|record| verifier.push(record));
    verifier.finish().0
}

impl<'t> Verifier<'t> {
    /// Begins. `text_of`: where the text of documents is; `None`: quotes are not compared.
    pub fn new(text_of: Option<&'t TextOf<'t>>) -> Verifier<'t> {
        Verifier {
            text_of,
            walk: Walk::default(),
            waiting: Vec::with_capacity(PORTION),
            report: Report::default(),
            n_left_out: 0,
            authors: Vec::new(),
            subjects: HashSet::new(),
            taken_back: Vec::new(),
            corrected: Vec::new(),
            documents_on_record: BTreeSet::new(),
            claims_of: BTreeMap::new(),
            texts: Vec::new(),
            without_text: BTreeSet::new(),
        }
    }

    /// Adds the next record.
    pub fn push(&mut self, record: StoredRecord) {
        self.waiting.push(record);
        if self.waiting.len() >= PORTION {
            self.check_waiting();
        }
    }

    /// Adds a message of the caller, for instance about a row that could not be read.
    pub fn say(&mut self, diagnostic: Diagnostic) {
        if self.report.diagnostics.len() < MAX_DIAGNOSTICS {
            self.report.diagnostics.push(diagnostic);
        } else {
            self.n_left_out += 1;
        }
    }

    /// The report, and the state of every chain.
    pub fn finish(mut self) -> (Report, Vec<ChainState>) {
        self.check_waiting();
        let states = std::mem::take(&mut self.walk).finish();
        for state in &states {
            if let Some(fault) = &state.fault {
                self.say(fault.diagnostic(&state.author));
            }
        }
        self.check_withdrawals();
        for (document, n_claims) in std::mem::take(&mut self.claims_of) {
            if !self.documents_on_record.contains(&document) {
                self.say(messages::no_document(&document, n_claims));
            }
        }
        if self.report.n_quotes_unchecked > 0 && self.text_of.is_some() {
            let diagnostic =
                messages::unchecked_quotes(self.report.n_quotes_unchecked, self.without_text.len());
            self.say(diagnostic);
        }
        if self.n_left_out > 0 {
            self.report.diagnostics.push(messages::too_many(self.n_left_out));
        }
        self.report.n_authors = states.len() as u64;
        (self.report, states)
    }

    fn check_waiting(&mut self) {
        let portion = std::mem::take(&mut self.waiting);
        let ids: Vec<RecordId> = portion.iter().map(|stored| stored.record.id()).collect();
        let outcomes = check_all(portion.iter().map(|stored| &stored.record).zip(&ids).collect());
        for ((stored, id), outcome) in portion.iter().zip(ids).zip(outcomes) {
            self.report.n_records += 1;
            let which = Which { id: stored.id, author: stored.record.author, seq: stored.record.seq };
            self.walk.push(Link::of(&stored.record, stored.id));
            if id != stored.id {
                self.say(messages::id(Place::NOWHERE, which, &id, outcome.is_err()));
            }
            if let Err(error) = outcome {
                self.say(messages::signature(Place::NOWHERE, which, &error.to_string()));
            }
            match Body::from_json(stored.record.kind, &stored.record.body) {
                Ok(body) => self.check_body(which, stored, &body),
                Err(error) => self.say(messages::body(Place::NOWHERE, which, &error.to_string())),
            }
        }
        self.waiting = portion;
        self.waiting.clear();
    }

    fn check_body(&mut self, which: Which, stored: &StoredRecord, body: &Body) {
        let author = self.author_number(&stored.record.author);
        let json = &stored.record.body;
        let subject = match body {
            Body::Claim(_) => Some(servanda_model::Claim::id_of_json(json).0),
            Body::Ruling(_) => Some(ruling_id_of_json(json).0),
            Body::Document(document) => Some(document.id.0),
            Body::Retraction(retraction) => Some(match retraction.target {
                Withdrawn::Claim(claim) => claim.0,
                Withdrawn::Ruling(ruling) => ruling.0,
            }),
            Body::Notice(_) => None,
        };
        if subject != stored.subject {
            self.say(messages::stored(which, "the store finds it under an id that its contents do not have"));
        }
        match body {
            Body::Claim(claim) => {
                self.subjects.insert((author, short(&subject.unwrap_or_default())));
                *self.claims_of.entry(claim.document).or_default() += 1;
                if let Some(old) = claim.corrects {
                    self.corrected.push((which, old));
                }
                self.check_quote(which, claim);
            }
            Body::Ruling(_) => {
                self.subjects.insert((author, short(&subject.unwrap_or_default())));
            }
            Body::Document(document) => {
                self.documents_on_record.insert(document.id);
            }
            Body::Retraction(retraction) => self.taken_back.push((which, retraction.target)),
            Body::Notice(_) => {}
        }
    }

    fn check_quote(&mut self, which: Which, claim: &servanda_model::Claim) {
        let Some(text_of) = self.text_of else {
            self.report.n_quotes_unchecked += 1;
            return;
        };
        let at = match self.texts.iter().position(|(document, _)| *document == claim.document) {
            Some(at) => at,
            None => {
                if self.texts.len() >= N_TEXTS {
                    self.texts.remove(0);
                }
                self.texts.push((claim.document, text_of(&claim.document)));
                self.texts.len() - 1
            }
        };
        let Some(text) = &self.texts[at].1 else {
            self.report.n_quotes_unchecked += 1;
            self.without_text.insert(claim.document);
            return;
        };
        let found = claim.span.of(text);
        if found.is_some_and(|found| agrees(found, &claim.quote)) {
            self.report.n_quotes_found += 1;
        } else {
            let diagnostic = messages::quote(which, &claim.document, claim.span, found);
            self.say(diagnostic);
        }
    }

    fn check_withdrawals(&mut self) {
        for (which, target) in std::mem::take(&mut self.taken_back) {
            let subject = match target {
                Withdrawn::Claim(claim) => claim.0,
                Withdrawn::Ruling(ruling) => ruling.0,
            };
            match self.holder(&which.author, &subject) {
                Holder::Own => {}
                Holder::Other(author) => self.say(messages::not_own(which, &author)),
                Holder::Nobody => self.say(messages::no_target(which)),
            }
        }
        for (which, claim) in std::mem::take(&mut self.corrected) {
            if let Holder::Other(_) = self.holder(&which.author, &claim.0) {
                self.say(messages::correction_not_own(which, &claim));
            }
        }
    }

    fn holder(&self, author: &AuthorId, subject: &Hash32) -> Holder {
        let holds = |number: usize| self.subjects.contains(&(number as u32, short(subject)));
        let mut other = None;
        for (number, holder) in self.authors.iter().enumerate() {
            if holds(number) {
                if holder == author {
                    return Holder::Own;
                }
                other.get_or_insert(*holder);
            }
        }
        other.map_or(Holder::Nobody, Holder::Other)
    }

    fn author_number(&mut self, author: &AuthorId) -> u32 {
        // In canonical order an author's records stand together.
        if self.authors.last() != Some(author) {
            self.authors.push(*author);
        }
        (self.authors.len() - 1) as u32
    }
}

enum Holder {
    Own,
    Other(AuthorId),
    Nobody,
}

fn short(hash: &Hash32) -> u64 {
    u64::from_le_bytes(hash.0[..8].try_into().unwrap_or_default())
}
