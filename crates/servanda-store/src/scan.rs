//! From the file to the ledger in memory, as fast as the file can be read.

use std::sync::Arc;

use rusqlite::Row;
use servanda_ledger::{KnownBy, Ledger, LedgerBuilder, RecordKind};
use servanda_model::{AuthorId, Hash32, Instant};

use crate::claims::SqliteClaims;
use crate::error::StoreError;
use crate::sqlite::{Sqlite, corrupt, kind_of};

const COLUMNS: &str = "author, seq, recorded_at, kind, subject, body";

/// An author's key and how far the chain is usable.
type Authors = Vec<(i64, AuthorId, Option<u64>)>;

/// Builds in the order (time recorded, author, number). Most files lie in that order already, so one pass in the order
/// of the file is tried first; a merged file is sorted by its keys and read in that order.
pub(crate) fn ledger(
    sqlite: &Sqlite,
    known_by: KnownBy,
    claims: Arc<SqliteClaims>,
) -> Result<Ledger, StoreError> {
    let numbers = sqlite.authors()?;
    let mut authors: Authors = Vec::new();
    for state in sqlite.states_within()? {
        let ix = numbers.get(&state.author).copied().ok_or_else(|| corrupt("an author without number"))?;
        authors.push((ix, state.author, state.tip.map(|tip| tip.seq)));
    }
    authors.sort_by_key(|(ix, ..)| *ix);
    let mut scan = Scan { sqlite, authors, known_by, claims };
    match scan.in_file_order()? {
        Some(ledger) => Ok(ledger),
        None => scan.sorted(),
    }
}

struct Scan<'s> {
    sqlite: &'s Sqlite,
    authors: Authors,
    known_by: KnownBy,
    claims: Arc<SqliteClaims>,
}

impl Scan<'_> {
    fn builder(&self) -> Result<LedgerBuilder, StoreError> {
        let mut builder = LedgerBuilder::new(self.known_by, self.claims.clone());
        let sql = "SELECT max(ix) FROM record";
        let n: Option<i64> = self.sqlite.connection.query_row(sql, [], |row| row.get(0))?;
        // A claim takes at least 600 bytes in the file; a damaged file must not make us ask for all memory.
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let n_bytes: i64 = self.sqlite.connection.query_row(sql, [], |row| row.get(0))?;
        builder.reserve(usize::try_from(n.unwrap_or(0).min(n_bytes / 200)).unwrap_or(0));
        Ok(builder)
    }

    /// All documents in order, then the rest; `None` where the rest is not in order in the file.
    fn in_file_order(&mut self) -> Result<Option<Ledger>, StoreError> {
        let mut builder = self.builder()?;
        self.documents(&mut builder)?;
        let sql = format!("SELECT {COLUMNS} FROM record ORDER BY ix");
        let mut statement = self.sqlite.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut last = None;
        while let Some(row) = rows.next()? {
            let Some((author, seq, at)) = self.key(row)? else { continue };
            if last.is_some_and(|last| (at, author, seq) < last) {
                return Ok(None);
            }
            last = Some((at, author, seq));
            feed(&mut builder, row, author, at)?;
        }
        Ok(Some(builder.finish()))
    }

    fn sorted(&mut self) -> Result<Ledger, StoreError> {
        let mut builder = self.builder()?;
        self.documents(&mut builder)?;
        let mut keys = Vec::new();
        {
            let sql = "SELECT author, seq, recorded_at, ix FROM record ORDER BY ix";
            let mut statement = self.sqlite.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Some((author, seq, at)) = self.key(row)? {
                    keys.push((at, author, seq, row.get::<_, i64>(3)?));
                }
            }
        }
        keys.sort_unstable();
        let sql = format!("SELECT {COLUMNS} FROM record WHERE ix = ?1");
        let mut statement = self.sqlite.connection.prepare_cached(&sql)?;
        for (at, author, _, ix) in keys {
            let mut rows = statement.query([ix])?;
            if let Some(row) = rows.next()? {
                feed(&mut builder, row, author, at)?;
            }
        }
        Ok(builder.finish())
    }

    fn documents(&self, builder: &mut LedgerBuilder) -> Result<(), StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM record WHERE kind = 'document' ORDER BY recorded_at, ix");
        let mut statement = self.sqlite.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some((author, seq, at)) = self.key(row)? {
                documents.push((at, author, seq, row.get::<_, Vec<u8>>(5)?));
            }
        }
        documents.sort_unstable();
        for (at, author, _, body) in documents {
            builder.record(author, at, RecordKind::Document, None, &body).map_err(corrupt)?;
        }
        Ok(())
    }

    /// Author, number and time of a row; `None` where the record is set aside.
    fn key(&self, row: &Row<'_>) -> Result<Option<(AuthorId, u64, Instant)>, StoreError> {
        let (ix, seq): (i64, i64) = (row.get(0)?, row.get(1)?);
        let seq = u64::try_from(seq).map_err(corrupt)?;
        let at = self
            .authors
            .binary_search_by_key(&ix, |(ix, ..)| *ix)
            .map_err(|_| corrupt("a record without author"))?;
        let (_, author, last) = self.authors[at];
        let usable = last.is_some_and(|last| seq <= last);
        Ok(if usable { Some((author, seq, Instant::from_ms(row.get(2)?))) } else { None })
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
