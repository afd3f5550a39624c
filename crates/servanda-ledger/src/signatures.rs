//! Checking many signatures, on all cores.

use std::collections::HashMap;
use std::num::NonZero;
use std::thread;

use ed25519_dalek::VerifyingKey;
use servanda_model::{AuthorId, RecordId};

use crate::record::{Record, RecordError, check_signature, verifying_key};

/// Fewer records than this are not worth a thread.
const MIN_PER_THREAD: usize = 64;

/// Checks the signature of each record over its id, in order. Strict verification, one by one: batch verification
/// accepts signatures that strict verification refuses.
pub(crate) fn check_all(records: Vec<(&Record, &RecordId)>) -> Vec<Result<(), RecordError>> {
    let n_threads =
        thread::available_parallelism().map_or(1, NonZero::get).min(records.len() / MIN_PER_THREAD).max(1);
    let part = records.len().div_ceil(n_threads).max(1);
    if n_threads == 1 {
        return check_part(&records);
    }
    thread::scope(|scope| {
        let parts: Vec<_> = records.chunks(part).map(|part| scope.spawn(|| check_part(part))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("checking a signature does not panic")).collect()
    })
}

fn check_part(records: &[(&Record, &RecordId)]) -> Vec<Result<(), RecordError>> {
    // A key is unpacked once per author, not once per record.
    let mut keys: HashMap<AuthorId, Result<VerifyingKey, RecordError>> = HashMap::new();
    records
        .iter()
        .map(|(record, id)| {
            let key = keys.entry(record.author).or_insert_with(|| verifying_key(&record.author));
            match key {
                Ok(key) => check_signature(key, &record.author, id, &record.signature),
                Err(error) => Err(error.clone()),
            }
        })
        .collect()
}
