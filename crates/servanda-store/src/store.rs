//! A store opened for reading.

use std::io::Write;
use std::path::Path;

use servanda_ledger::{
    Bundle, BundleWriter, ChainState, Chains, DocumentBytes, KnownBy, Ledger, Report, TextOf, Tip, Verifier,
};
use servanda_model::{AuthorId, Claim, ClaimId, DocumentId, Hash32};

use crate::error::{StoreError, StoreErrorKind};
use crate::memory::Memory;
use crate::open;
use crate::records::{Records, Visit};
use crate::sqlite::Sqlite;

/// Records opened for reading: an SQLite file, or a bundle in memory. For writing see [`crate::Writer`].
pub struct Store {
    pub(crate) records: Box<dyn Records>,
    documents: Vec<DocumentBytes>,
}

impl Store {
    /// Opens a ledger file for reading. Writes nothing; any number of readers work beside one writer.
    ///
    /// # Errors
    /// No file, no ledger, a newer version, a damaged file, or unfinished work of a dead writer on a read-only medium.
    pub fn open_read(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        let path = path.as_ref();
        Ok(Store::over(Sqlite {
            connection: open::connect_read(path)?,
            path: path.to_owned(),
            writes: false,
        }))
    }

    /// A store in memory of what a bundle holds, without a database.
    pub fn from_bundle(bundle: Bundle) -> Store {
        let mut chains = Chains::default();
        chains.merge(bundle.records);
        Store { records: Box::new(Memory::new(chains)), documents: bundle.documents }
    }

    pub(crate) fn over(records: impl Records + 'static) -> Store {
        Store { records: Box::new(records), documents: Vec::new() }
    }

    /// The ledger of all records that count, to be looked at through [`Ledger::as_of`].
    ///
    /// Nothing is verified on the way: see [`Store::verify`].
    ///
    /// # Errors
    /// Trouble with the store; a body that cannot be read counts as damage.
    pub fn ledger(&self, known_by: KnownBy) -> Result<Ledger, StoreError> {
        self.records.ledger(known_by)
    }

    /// Looks over the file, recomputes every id, signature, chain and body, and compares quotes where `text_of` gives
    /// the document's text.
    ///
    /// # Errors
    /// Trouble with the store; what is wrong with records is in the report.
    pub fn verify(&self, text_of: Option<&TextOf<'_>>) -> Result<Report, StoreError> {
        let mut verifier = Verifier::new(text_of);
        self.records.inspect()?.into_iter().for_each(|diagnostic| verifier.say(diagnostic));
        self.visit(&mut |record| {
            verifier.push(record);
            Ok(())
        })?;
        Ok(verifier.finish().0)
    }

    /// Writes all records as a bundle, with the documents given. The same records give the same bytes.
    ///
    /// # Errors
    /// Trouble with the store or with `out`.
    pub fn export(&self, out: impl Write, documents: &[DocumentBytes]) -> Result<(), StoreError> {
        let io = |error| StoreError::io("the bundle cannot be written", &error);
        let mut writer = BundleWriter::new(out).map_err(io)?;
        self.visit(&mut |stored| writer.record(&stored.record, stored.id).map_err(io))?;
        let mut documents: Vec<&DocumentBytes> = documents.iter().collect();
        documents.sort_by_key(|document| document.id);
        documents.dedup_by_key(|document| document.id);
        documents.into_iter().try_for_each(|document| writer.document(document)).map_err(io)?;
        writer.finish().map_err(io)
    }

    /// Visits all records in canonical order (author, number, id), those set aside included.
    ///
    /// The visit sees one moment of the store, whatever is appended meanwhile, and holds no lock while the visitor works.
    ///
    /// # Errors
    /// Trouble with the store, or the visitor's error.
    pub fn visit(&self, visit: Visit<'_>) -> Result<(), StoreError> {
        self.records.visit(visit)
    }

    /// The state of every chain, by author.
    ///
    /// # Errors
    /// Trouble with the store.
    pub fn states(&self) -> Result<Vec<ChainState>, StoreError> {
        self.records.states()
    }

    /// Where an author's chain ends; `None`: nothing on record.
    ///
    /// # Errors
    /// Trouble with the store.
    pub fn tip(&self, author: &AuthorId) -> Result<Option<Tip>, StoreError> {
        self.records.tip(author)
    }

    /// Hash over the ends of all chains and what is set aside: equal for equal records, whatever way they came.
    ///
    /// # Errors
    /// Trouble with the store.
    pub fn head(&self) -> Result<Hash32, StoreError> {
        self.records.head()
    }

    /// How many records there are, those set aside included.
    ///
    /// # Errors
    /// Trouble with the store.
    pub fn n_records(&self) -> Result<u64, StoreError> {
        self.records.n_records()
    }

    /// A claim with its words; `None` where it is not on record.
    ///
    /// # Errors
    /// Trouble with the store, or a body that does not match the id.
    pub fn claim(&self, id: &ClaimId) -> Result<Option<Claim>, StoreError> {
        let Some(json) = self.records.claim_json(id)? else { return Ok(None) };
        let damaged = || {
            StoreError::new(StoreErrorKind::Corrupt, format!("claim {} does not match its id", id.short()))
        };
        if Claim::id_of_json(&json) != *id {
            return Err(damaged());
        }
        serde_json::from_slice(&json).map(Some).map_err(|_| damaged())
    }

    /// Bytes of a document that came with a bundle; files of a case are not here.
    pub fn document_bytes(&self, id: &DocumentId) -> Option<&[u8]> {
        self.documents.iter().find(|document| document.id == *id).map(|document| document.bytes.as_slice())
    }
}
