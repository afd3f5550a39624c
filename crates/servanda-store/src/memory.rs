//! Records in memory: a case shipped as a bundle.

use servanda_ledger::{Body, ChainState, Chains, KnownBy, Ledger, RecordKind, Sealed, StoredRecord, Tip};
use servanda_model::{AuthorId, Claim, ClaimId, Diagnostic, Hash32};

use crate::error::StoreError;
use crate::records::{Acknowledged, Records, Visit};

/// A set of chains behind the same trait as a file.
pub(crate) struct Memory {
    chains: Chains,
}

impl Memory {
    pub(crate) fn new(chains: Chains) -> Memory {
        Memory { chains }
    }
}

impl Records for Memory {
    fn visit(&self, visit: Visit<'_>) -> Result<(), StoreError> {
        self.chains.records().try_for_each(|record| {
            let subject = Body::subject_of_json(record.kind, &record.body);
            visit(StoredRecord { record: (**record).clone(), id: record.id(), subject })
        })
    }

    fn states(&self) -> Result<Vec<ChainState>, StoreError> {
        Ok(self.chains.states())
    }

    fn tip(&self, author: &AuthorId) -> Result<Option<Tip>, StoreError> {
        Ok(self.chains.states().into_iter().find(|state| state.author == *author).and_then(|state| state.tip))
    }

    fn head(&self) -> Result<Hash32, StoreError> {
        Ok(self.chains.head())
    }

    fn n_records(&self) -> Result<u64, StoreError> {
        Ok(self.chains.len() as u64)
    }

    fn inspect(&self) -> Result<Vec<Diagnostic>, StoreError> {
        Ok(Vec::new())
    }

    fn claim_json(&self, id: &ClaimId) -> Result<Option<Vec<u8>>, StoreError> {
        let is_it =
            |record: &&Sealed| record.kind == RecordKind::Claim && Claim::id_of_json(&record.body) == *id;
        Ok(self.chains.records().find(is_it).map(|record| record.body.clone()))
    }

    fn ledger(&self, known_by: KnownBy) -> Result<Ledger, StoreError> {
        Ok(self.chains.ledger(known_by))
    }

    fn append(&mut self, records: &[Sealed]) -> Result<Acknowledged, StoreError> {
        let n_appended = self.chains.merge(records.iter().cloned());
        Ok(Acknowledged { n_appended, n_known: records.len() as u64 - n_appended, ..Acknowledged::default() })
    }
}
