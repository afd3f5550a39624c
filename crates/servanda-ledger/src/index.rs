//! From a claim's id to its place in the ledger, in 5 to 10 bytes a claim.
//!
//! A `HashMap<ClaimId, FactIx>` keeps every id a second time: by its layout 77 MB for a million claims. This keeps only
//! positions (10 MB) and looks the ids up where they are.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use servanda_model::ClaimId;

use crate::fact::FactIx;

/// Positions by claim id. The hash is keyed at random, so that nobody can choose claims that collide; its order is never seen.
#[derive(Clone, Default)]
pub(crate) struct IdIndex {
    table: HashTable<u32>,
    keys: RandomState,
}

impl IdIndex {
    pub(crate) fn find(&self, ids: &[ClaimId], id: &ClaimId) -> Option<FactIx> {
        self.table.find(self.hash(id), |at| ids[*at as usize] == *id).map(|at| FactIx(*at))
    }

    /// Adds the last of `ids`, which must not be in the index yet.
    pub(crate) fn push(&mut self, ids: &[ClaimId]) {
        let Some(last) = ids.last() else { return };
        let hash = self.hash(last);
        let keys = &self.keys;
        self.table.insert_unique(hash, (ids.len() - 1) as u32, |at| keys.hash_one(ids[*at as usize]));
    }

    fn hash(&self, id: &ClaimId) -> u64 {
        self.keys.hash_one(id)
    }
}
