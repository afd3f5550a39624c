//! Full claims, fetched when their words are asked for.

use std::path::Path;
use std::sync::Mutex;

use rusqlite::Connection;
use servanda_ledger::ClaimSource;
use servanda_model::{Claim, ClaimId};

use crate::error::StoreError;
use crate::open;
use crate::sqlite::subject_key;

/// Fetches claims over a reading connection of its own.
pub(crate) struct SqliteClaims(Mutex<Connection>);

impl SqliteClaims {
    pub(crate) fn new(path: &Path) -> Result<SqliteClaims, StoreError> {
        Ok(SqliteClaims(Mutex::new(open::connect_read(path)?)))
    }
}

impl ClaimSource for SqliteClaims {
    fn claim(&self, id: &ClaimId) -> Option<Claim> {
        let connection = self.0.lock().ok()?;
        let json = claim_json(&connection, id).ok()??;
        // The index may lie; the hash does not.
        (Claim::id_of_json(&json) == *id).then(|| serde_json::from_slice(&json).ok())?
    }
}

pub(crate) fn claim_json(connection: &Connection, id: &ClaimId) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT body FROM record WHERE subject_key = ?1 AND subject = ?2 AND kind = 'claim' LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(rusqlite::params![subject_key(&id.0), id.0.0])?;
    Ok(match rows.next()? {
        Some(row) => Some(row.get(0)?),
        None => None,
    })
}
