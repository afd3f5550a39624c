//! From records to the ledger in memory.

use std::collections::HashMap;
use std::sync::Arc;

use servanda_model::{Claim, ClaimId};

use crate::body::Body;
use crate::builder::LedgerBuilder;
use crate::chains::Chains;
use crate::record::{RecordKind, Sealed};
use crate::view::{KnownBy, Ledger};

impl Chains {
    /// The ledger of the records that count, with their claims in memory.
    ///
    /// Order: time recorded, then author, then number in the chain. (Not record id: within one millisecond an author's
    /// correction must follow what it corrects.)
    pub fn ledger(&self, known_by: KnownBy) -> Ledger {
        let (mut records, _) = self.split();
        records.sort_by_key(|record| (record.recorded_at, record.author, record.seq));
        let claims: HashMap<ClaimId, Claim> = records
            .iter()
            .filter(|record| record.kind == RecordKind::Claim)
            .filter_map(|record| match Body::from_json(record.kind, &record.body) {
                Ok(Body::Claim(claim)) => Some((Claim::id_of_json(&record.body), *claim)),
                _ => None,
            })
            .collect();
        let mut builder = LedgerBuilder::new(known_by, Arc::new(claims));
        let is_document = |record: &&&Sealed| record.kind == RecordKind::Document;
        for record in
            records.iter().filter(is_document).chain(records.iter().filter(|record| !is_document(record)))
        {
            // A sealed record may still hold a body of a newer version; decoding and `verify` name it.
            let _ = builder.record(record.author, record.recorded_at, record.kind, None, &record.body);
        }
        builder.finish()
    }
}
