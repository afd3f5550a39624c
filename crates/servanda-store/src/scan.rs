//! From the file to the ledger in memory, as fast as the file can be read.

use std::sync::Arc;

use rusqlite::Row;
use servanda_ledger::{ChainState, KnownBy, Ledger, LedgerBuilder, RecordKind};
use servanda_model::{AuthorId, Hash32, Instant};

use crate::claims::SqliteClaims;
use crate::error::StoreError;
use crate::sqlite::{N_AT_A_TIME, Sqlite, corrupt, kind_of};

/// Builds in the order (time recorded, author, number). Most files lie in that order already, so one pass in the order
/// of the file is tried first; a merged file is sorted by its keys and read in that order.
pub(crate) fn ledger(sqlite: &Sqlite, known_by: KnownBy) -> Result<Ledger, StoreError> {
    let claims = Arc::new(SqliteClaims::new(&sqlite.path)?);
    let moment = sqlite.moment()?;
    let usable = |state: ChainState| state.tip.map(|tip| tip.seq);
    let mut authors: Vec<_> =
        moment.authors.into_iter().map(|(key, ix, state)| (ix, key, usable(state))).collect();
    authors.sort_by_key(|(ix, ..)| *ix);
    let scan = Scan { sqlite, authors, last_record: moment.last_record, known_by, claims };
    match scan.in_file_order()? {
        Some(ledger) => Ok(ledger),
        None => scan.sorted(),
    }
}

struct Scan<'s> {
    sqlite: &'s Sqlite,
    /// Authors by their number in the file: key, and how far the chain is usable.
    authors: Vec<(i64, AuthorId, Option<u64>)>,
    last_record: i64,
    known_by: KnownBy,
    claims: Arc<SqliteClaims>,
}

impl Scan<'_> {
    fn builder(&self) -> Result<LedgerBuilder, StoreError> {
        let mut builder = LedgerBuilder::new(self.known_by, self.claims.clone());
        // A claim takes more than 200 bytes in the file; a damaged number must not make us ask for all memory.
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let n_bytes: i64 = self.sqlite.connection.query_row(sql, [], |row| row.get(0))?;
        builder.reserve(usize::try_from(self.last_record.min(n_bytes / 200)).unwrap_or(0));
        self.documents(&mut builder)?;
        Ok(builder)
    }

    /// All documents, then the rest in the order of the file; `None` where that is not the order to build in.
    fn in_file_order(&self) -> Result<Option<Ledger>, StoreError> {
        let mut builder = self.builder()?;
        let mut last = None;
        let in_order = self.rows("author, seq, recorded_at, kind, subject, body", |row| {
            let Some(key) = self.key(row)? else { return Ok(true) };
            if last.is_some_and(|last| key < last) {
                return Ok(false);
            }
            last = Some(key);
            let (at, author, _) = key;
            feed(&mut builder, row, author, at)?;
            Ok(true)
        })?;
        Ok(if in_order { Some(builder.finish()) } else { None })
    }

    fn sorted(&self) -> Result<Ledger, StoreError> {
        let mut builder = self.builder()?;
        let mut keys = Vec::new();
        self.rows("author, seq, recorded_at", |row| {
            if let Some(key) = self.key(row)? {
                keys.push((key, row.get::<_, i64>("ix")?));
            }
            Ok(true)
        })?;
        keys.sort_unstable();
        let sql = "SELECT author, seq, recorded_at, kind, subject, body FROM record WHERE ix = ?1";
        let mut statement = self.sqlite.connection.prepare_cached(sql)?;
        for ((at, author, _), ix) in keys {
            let mut rows = statement.query([ix])?;
            if let Some(row) = rows.next()? {
                feed(&mut builder, row, author, at)?;
            }
        }
        Ok(builder.finish())
    }

    fn documents(&self, builder: &mut LedgerBuilder) -> Result<(), StoreError> {
        let sql = "SELECT author, seq, recorded_at, body FROM record WHERE kind = 'document' AND ix <= ?1";
        let mut statement = self.sqlite.connection.prepare_cached(sql)?;
        let mut rows = statement.query([self.last_record])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(key) = self.key(row)? {
                documents.push((key, row.get::<_, Vec<u8>>(3)?));
            }
        }
        documents.sort_unstable();
        for ((at, author, _), body) in documents {
            builder.record(author, at, RecordKind::Document, None, &body).map_err(corrupt)?;
        }
        Ok(())
    }

    /// Gives each row to `take` until that says no, in the order of the file, in portions; whether it went to the end.
    fn rows(
        &self,
        columns: &str,
        mut take: impl FnMut(&Row<'_>) -> Result<bool, StoreError>,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT {columns}, ix FROM record WHERE ix > ?1 AND ix <= ?2 ORDER BY ix LIMIT {N_AT_A_TIME}"
        );
        let mut statement = self.sqlite.connection.prepare_cached(&sql)?;
        let mut last: i64 = 0;
        loop {
            let before = last;
            let mut rows = statement.query([last, self.last_record])?;
            while let Some(row) = rows.next()? {
                last = row.get("ix")?;
                if !take(row)? {
                    return Ok(false);
                }
            }
            if last == before {
                return Ok(true);
            }
        }
    }

    /// Time, author and number of a row; `None` where the record is set aside.
    fn key(&self, row: &Row<'_>) -> Result<Option<(Instant, AuthorId, u64)>, StoreError> {
        let (ix, seq): (i64, i64) = (row.get(0)?, row.get(1)?);
        let seq = u64::try_from(seq).map_err(corrupt)?;
        let at = self
            .authors
            .binary_search_by_key(&ix, |(ix, ..)| *ix)
            .map_err(|_| corrupt("a record without author"))?;
        let (_, author, last) = self.authors[at];
        let usable = last.is_some_and(|last| seq <= last);
        Ok(if usable { Some((Instant::from_ms(row.get(2)?), author, seq)) } else { None })
    }
}

fn feed(builder: &mut LedgerBuilder, row: &Row<'_>, author: AuthorId, at: Instant) -> Result<(), StoreError> {
    let text = |column: usize| row.get_ref(column).map_err(StoreError::from);
    let kind = kind_of(text(3)?.as_str().map_err(corrupt)?)?;
    if kind == RecordKind::Document {
        return Ok(());
    }
    let subject = match text(4)?.as_blob_or_null().map_err(corrupt)? {
        Some(bytes) => Some(Hash32(bytes.try_into().map_err(corrupt)?)),
        None => None,
    };
    let body = text(5)?.as_blob().map_err(corrupt)?;
    builder.record(author, at, kind, subject, body).map_err(|error| corrupt(format!("{kind:?}: {error}")))
}
