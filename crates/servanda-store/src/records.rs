//! What a place for records must be able to do. SQLite is the first; PostgreSQL for servers can follow.

use servanda_ledger::{ChainState, KnownBy, Ledger, Sealed, StoredRecord, Tip};
use servanda_model::{AuthorId, ClaimId, Diagnostic, Hash32};

use crate::error::StoreError;

/// What an append did. Everything counted here is on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledged {
    /// Records that were new and continue their chains.
    pub n_appended: u64,
    /// Records that were there already.
    pub n_known: u64,
    /// Records that were new but fork a chain or follow a gap: kept and set aside.
    pub n_aside: u64,
    /// Records set aside earlier that continue their chains now that a gap is closed.
    pub n_adopted: u64,
}

/// Visits records; an error of the visitor ends the visit.
pub type Visit<'v> = &'v mut dyn FnMut(StoredRecord) -> Result<(), StoreError>;

/// A place for records. Reading methods see one moment of the store each.
pub trait Records: Send {
    /// All records in canonical order (author, number, id), those set aside included.
    ///
    /// # Errors
    /// Trouble with the store, or the visitor's error.
    fn visit(&self, visit: Visit<'_>) -> Result<(), StoreError>;

    /// The state of every chain, by author.
    ///
    /// # Errors
    /// Trouble with the store.
    fn states(&self) -> Result<Vec<ChainState>, StoreError>;

    /// Where an author's chain ends.
    ///
    /// # Errors
    /// Trouble with the store.
    fn tip(&self, author: &AuthorId) -> Result<Option<Tip>, StoreError>;

    /// Hash over the ends of all chains and what is set aside.
    ///
    /// # Errors
    /// Trouble with the store.
    fn head(&self) -> Result<Hash32, StoreError>;

    /// How many records there are, those set aside included.
    ///
    /// # Errors
    /// Trouble with the store.
    fn n_records(&self) -> Result<u64, StoreError>;

    /// The ledger in memory of the records that count.
    ///
    /// # Errors
    /// Trouble with the store.
    fn ledger(&self, known_by: KnownBy) -> Result<Ledger, StoreError>;

    /// What is wrong with the place as such, apart from its records.
    ///
    /// # Errors
    /// Trouble with the store.
    fn inspect(&self) -> Result<Vec<Diagnostic>, StoreError>;

    /// JSON of a claim.
    ///
    /// # Errors
    /// Trouble with the store.
    fn claim_json(&self, id: &ClaimId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Adds records in one transaction: all or none. Known ones change nothing; what fits no chain is set aside.
    ///
    /// # Errors
    /// Trouble with the store: nothing was added.
    fn append(&mut self, records: &[Sealed]) -> Result<Acknowledged, StoreError>;

    #[doc(hidden)]
    fn limit_pages(&self, _n_pages: u32) -> Result<(), StoreError> {
        Ok(())
    }
}
