//! Records in an SQLite file.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, Row, Statement, params};
use servanda_ledger::{
    Body, ChainState, KnownBy, Ledger, Link, Record, RecordKind, Sealed, StoredRecord, Tip, Walk, head,
};
use servanda_model::{AuthorId, ClaimId, Diagnostic, Hash32, Instant, RecordId};

use crate::error::{StoreError, StoreErrorKind};
use crate::records::{Acknowledged, Records, Visit};

/// When an append counts as done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// When the disk says that it has it: survives a power cut.
    #[default]
    Full,
    /// When the operating system has it: survives a crash of the program, not of the machine. For building a ledger anew
    /// from bundles that are kept.
    System,
}

/// An open file.
pub(crate) struct Sqlite {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) writes: bool,
}

impl Drop for Sqlite {
    /// Removes the empty journal, so that a case at rest is one file. Not waiting: the next writer can do it as well.
    fn drop(&mut self) {
        if self.writes && self.connection.busy_timeout(std::time::Duration::ZERO).is_ok() {
            let _ = self.connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()));
        }
    }
}

const COLUMNS: &str = "seq, recorded_at, kind, id, prev, signature, subject, body";

pub(crate) fn corrupt(what: impl std::fmt::Display) -> StoreError {
    StoreError::new(StoreErrorKind::Corrupt, format!("the file is damaged ({what})"))
}

fn hash(bytes: [u8; 32]) -> Hash32 {
    Hash32(bytes)
}

pub(crate) fn kind_of(word: &str) -> Result<RecordKind, StoreError> {
    RecordKind::from_word(word).ok_or_else(|| corrupt(format!("a record of unknown kind '{word}'")))
}

/// Reads a row of [`COLUMNS`].
fn stored(row: &Row<'_>, author: AuthorId) -> Result<StoredRecord, StoreError> {
    let kind: String = row.get(2)?;
    let record = Record {
        author,
        seq: row.get::<_, i64>(0)?.try_into().map_err(corrupt)?,
        recorded_at: Instant::from_ms(row.get(1)?),
        kind: kind_of(&kind)?,
        prev: RecordId(hash(row.get(4)?)),
        signature: row.get(5)?,
        body: row.get(7)?,
    };
    let subject: Option<[u8; 32]> = row.get(6)?;
    Ok(StoredRecord { record, id: RecordId(hash(row.get(3)?)), subject: subject.map(hash) })
}

/// What there was at one moment.
pub(crate) struct Moment {
    pub(crate) last_record: i64,
    pub(crate) last_aside: i64,
    /// Authors by key, with their number in the file and the state of their chain.
    pub(crate) authors: Vec<(AuthorId, i64, ChainState)>,
}

/// Rows read at a time: a commit waits no longer than this takes (some 20 ms).
pub(crate) const N_AT_A_TIME: usize = 4096;

/// First eight bytes of an id as SQLite keeps numbers.
pub(crate) fn subject_key(subject: &Hash32) -> i64 {
    i64::from_be_bytes(subject.0[..8].try_into().unwrap_or_default())
}

impl Sqlite {
    /// Authors by key, with their number in this file.
    pub(crate) fn authors(&self) -> Result<BTreeMap<AuthorId, i64>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT key, ix FROM author")?;
        let rows = statement.query_map([], |row| Ok((AuthorId(hash(row.get(0)?)), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn tip_of(&self, author_ix: i64, below: Option<i64>) -> Result<Option<Tip>, StoreError> {
        let sql = "SELECT seq, id, recorded_at FROM record WHERE author = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row(params![author_ix, below.unwrap_or(i64::MAX)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?))
        });
        let Some((seq, id, at)) = found.optional()? else { return Ok(None) };
        let seq = seq.try_into().map_err(corrupt)?;
        Ok(Some(Tip { seq, id: RecordId(hash(id)), recorded_at: Instant::from_ms(at) }))
    }

    /// Everything from `from` on that an author has, aside or not, as links in canonical order, each once.
    fn links(&self, author: AuthorId, author_ix: i64, from: i64) -> Result<BTreeSet<Link>, StoreError> {
        let mut links = BTreeSet::new();
        for table in ["record", "aside"] {
            let sql =
                format!("SELECT seq, id, prev, recorded_at FROM {table} WHERE author = ?1 AND seq >= ?2");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query([author_ix, from])?;
            while let Some(row) = rows.next()? {
                links.insert(Link {
                    author,
                    seq: row.get::<_, i64>(0)?.try_into().map_err(corrupt)?,
                    id: RecordId(hash(row.get(1)?)),
                    prev: RecordId(hash(row.get(2)?)),
                    recorded_at: Instant::from_ms(row.get(3)?),
                });
            }
        }
        Ok(links)
    }

    fn lowest_aside(&self, author_ix: i64) -> Result<Option<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT min(seq) FROM aside WHERE author = ?1")?;
        Ok(statement.query_row([author_ix], |row| row.get(0))?)
    }

    /// The triggers keep `record` sound, so only what lies beside it needs to be walked. `verify` trusts nothing.
    fn state_of(&self, author: AuthorId, author_ix: i64) -> Result<ChainState, StoreError> {
        let Some(lowest) = self.lowest_aside(author_ix)? else {
            return Ok(ChainState { author, tip: self.tip_of(author_ix, None)?, fault: None });
        };
        let tip = self.tip_of(author_ix, Some(lowest))?;
        let mut walk = Walk::resume(author, tip);
        let from = tip.map_or(0, |tip| tip.seq as i64 + 1);
        self.links(author, author_ix, from)?.into_iter().for_each(|link| walk.push(link));
        walk.finish().pop().ok_or_else(|| corrupt("an author without records"))
    }

    /// The state of every chain, within a reading.
    pub(crate) fn states_within(&self) -> Result<Vec<ChainState>, StoreError> {
        self.authors()?.into_iter().map(|(author, ix)| self.state_of(author, ix)).collect()
    }

    /// One moment of the file. Nothing is ever changed or deleted, so the rows up to a number stay what they are, and a
    /// long reading can be done in short ones: no commit waits for a verification.
    pub(crate) fn moment(&self) -> Result<Moment, StoreError> {
        self.reading(|| {
            let last = |table: &str| {
                let sql = format!("SELECT coalesce(max(ix), 0) FROM {table}");
                self.connection.query_row(&sql, [], |row| row.get(0))
            };
            let numbers = self.authors()?;
            let states = self.states_within()?;
            let authors =
                numbers.into_iter().zip(states).map(|((author, ix), state)| (author, ix, state)).collect();
            Ok(Moment { last_record: last("record")?, last_aside: last("aside")?, authors })
        })
    }

    fn rows(&self, sql: &str, author: AuthorId, parameters: &[i64]) -> Result<Vec<StoredRecord>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                records.push(stored(row, author)?);
            }
            Ok(records)
        };
        read().map_err(|error: StoreError| error.at(&self.path))
    }

    /// Runs a reading in one transaction, so that it sees one moment.
    pub(crate) fn reading<T>(&self, read: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let answer = read().map_err(|error| error.at(&self.path))?;
        transaction.finish()?;
        Ok(answer)
    }
}

impl Records for Sqlite {
    fn visit(&self, visit: Visit<'_>) -> Result<(), StoreError> {
        let moment = self.moment()?;
        for (author, ix, _) in &moment.authors {
            // Few: the other sides of forks, and what follows gaps.
            let sql = format!("SELECT {COLUMNS} FROM aside WHERE author = ?1 AND ix <= ?2 ORDER BY seq, id");
            let mut aside: VecDeque<StoredRecord> =
                self.rows(&sql, *author, &[*ix, moment.last_aside])?.into();
            let key = |record: &StoredRecord| (record.record.seq, record.id);
            let sql = format!(
                "SELECT {COLUMNS} FROM record WHERE author = ?1 AND ix <= ?2 AND seq > ?3 ORDER BY seq LIMIT {N_AT_A_TIME}"
            );
            let mut last = -1;
            loop {
                let part = self.rows(&sql, *author, &[*ix, moment.last_record, last])?;
                let Some(end) = part.last() else { break };
                last = end.record.seq as i64;
                for record in part {
                    while aside.front().is_some_and(|first| key(first) < key(&record)) {
                        aside.pop_front().map_or(Ok(()), &mut *visit)?;
                    }
                    // Adopted from aside: the same record, given once.
                    if aside.front().is_some_and(|first| key(first) == key(&record)) {
                        aside.pop_front();
                    }
                    visit(record)?;
                }
            }
            aside.into_iter().try_for_each(&mut *visit)?;
        }
        Ok(())
    }

    fn states(&self) -> Result<Vec<ChainState>, StoreError> {
        self.reading(|| self.states_within())
    }

    fn tip(&self, author: &AuthorId) -> Result<Option<Tip>, StoreError> {
        self.reading(|| match self.authors()?.get(author) {
            Some(ix) => self.tip_of(*ix, None),
            None => Ok(None),
        })
    }

    fn head(&self) -> Result<Hash32, StoreError> {
        self.reading(|| {
            let mut states = Vec::new();
            let mut aside = Vec::new();
            for (author, ix) in self.authors()? {
                let state = self.state_of(author, ix)?;
                if state.fault.is_some() {
                    let from = state.tip.map_or(0, |tip| tip.seq as i64 + 1);
                    aside.extend(
                        self.links(author, ix, from)?.into_iter().map(|link| (author, link.seq, link.id)),
                    );
                }
                states.push(state);
            }
            Ok(head(&states, aside))
        })
    }

    fn n_records(&self) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM aside a WHERE NOT EXISTS
            (SELECT 1 FROM record r WHERE r.author = a.author AND r.seq = a.seq AND r.id = a.id))";
        let n: i64 = self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        n.try_into().map_err(corrupt)
    }

    fn inspect(&self) -> Result<Vec<Diagnostic>, StoreError> {
        crate::schema::inspect(&self.connection).map_err(|error| error.at(&self.path))
    }

    fn claim_json(&self, id: &ClaimId) -> Result<Option<Vec<u8>>, StoreError> {
        crate::claims::claim_json(&self.connection, id)
    }

    fn ledger(&self, known_by: KnownBy) -> Result<Ledger, StoreError> {
        crate::scan::ledger(self, known_by).map_err(|error| error.at(&self.path))
    }

    fn limit_pages(&self, n_pages: u32) -> Result<(), StoreError> {
        let sql = format!("PRAGMA max_page_count = {n_pages}");
        Ok(self.connection.query_row(&sql, [], |_| Ok(()))?)
    }

    fn append(&mut self, records: &[Sealed]) -> Result<Acknowledged, StoreError> {
        let path = self.path.clone();
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(|e| StoreError::from(e).at(&path))?;
        let done = Append::new(&transaction).and_then(|mut append| append.all(records));
        let acknowledged = done.map_err(|error| error.at(&path))?;
        transaction.commit().map_err(|error| StoreError::from(error).at(&path))?;
        Ok(acknowledged)
    }
}

/// One appending transaction.
struct Append<'c> {
    connection: &'c Connection,
    authors: HashMap<AuthorId, (i64, Option<Tip>)>,
    insert: Statement<'c>,
    done: Acknowledged,
}

impl<'c> Append<'c> {
    fn new(connection: &'c Connection) -> Result<Append<'c>, StoreError> {
        let insert = connection.prepare(
            "INSERT INTO record (author, seq, recorded_at, kind, id, prev, signature, subject, subject_key, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        Ok(Append { connection, authors: HashMap::new(), insert, done: Acknowledged::default() })
    }

    fn all(&mut self, records: &[Sealed]) -> Result<Acknowledged, StoreError> {
        // In canonical order a chain that comes in pieces is put together before anything is set aside.
        let mut records: Vec<&Sealed> = records.iter().collect();
        records.sort_by_key(|record| (record.author, record.seq, record.id()));
        for record in records {
            self.one(record)?;
        }
        let authors: Vec<AuthorId> = self.authors.keys().copied().collect();
        authors.into_iter().try_for_each(|author| self.adopt(author))?;
        Ok(std::mem::take(&mut self.done))
    }

    fn one(&mut self, record: &Sealed) -> Result<(), StoreError> {
        let (ix, tip) = self.author(&record.author)?;
        if follows(record, tip) {
            self.insert(ix, record, record.id())?;
            self.done.n_appended += 1;
            return Ok(());
        }
        let next = tip.map_or(0, |tip| tip.seq + 1);
        if record.seq < next {
            let mut statement =
                self.connection.prepare_cached("SELECT id FROM record WHERE author = ?1 AND seq = ?2")?;
            let there: Option<[u8; 32]> =
                statement.query_row(params![ix, record.seq as i64], |row| row.get(0)).optional()?;
            if there == Some(record.id().0.0) {
                self.done.n_known += 1;
                return Ok(());
            }
        }
        self.set_aside(ix, record)
    }

    fn set_aside(&mut self, ix: i64, record: &Sealed) -> Result<(), StoreError> {
        let id = record.id();
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM aside WHERE id = ?1")?;
        if statement.exists([id.0.0])? {
            self.done.n_known += 1;
            return Ok(());
        }
        let subject = Body::subject_of_json(record.kind, &record.body);
        self.connection
            .prepare_cached(
                "INSERT INTO aside (author, seq, recorded_at, kind, id, prev, signature, subject, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                ix,
                record.seq as i64,
                record.recorded_at.ms(),
                record.kind.as_str(),
                id.0.0,
                record.prev.0.0,
                record.signature,
                subject.map(|subject| subject.0),
                record.body,
            ])?;
        self.done.n_aside += 1;
        Ok(())
    }

    /// Copies into the chain what was set aside and now follows its end.
    fn adopt(&mut self, author: AuthorId) -> Result<(), StoreError> {
        loop {
            let (ix, tip) = self.author(&author)?;
            let next = tip.map_or(0, |tip| tip.seq as i64 + 1);
            let sql = format!("SELECT {COLUMNS} FROM aside WHERE author = ?1 AND seq = ?2 ORDER BY id");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query([ix, next])?;
            let mut found = None;
            while let (None, Some(row)) = (&found, rows.next()?) {
                let candidate = stored(row, author)?;
                found = follows(&candidate.record, tip).then_some(candidate);
            }
            drop(rows);
            let Some(StoredRecord { record, id, .. }) = found else { return Ok(()) };
            self.insert(ix, &record, id)?;
            self.done.n_adopted += 1;
        }
    }

    fn insert(&mut self, ix: i64, record: &Record, id: RecordId) -> Result<(), StoreError> {
        let subject = Body::subject_of_json(record.kind, &record.body);
        self.insert.execute(params![
            ix,
            record.seq as i64,
            record.recorded_at.ms(),
            record.kind.as_str(),
            id.0.0,
            record.prev.0.0,
            record.signature,
            subject.map(|subject| subject.0),
            subject.as_ref().map(subject_key),
            record.body,
        ])?;
        let tip = Tip { seq: record.seq, id, recorded_at: record.recorded_at };
        self.authors.insert(record.author, (ix, Some(tip)));
        Ok(())
    }

    fn author(&mut self, author: &AuthorId) -> Result<(i64, Option<Tip>), StoreError> {
        if let Some(known) = self.authors.get(author) {
            return Ok(*known);
        }
        let key = author.0.0;
        let mut statement = self.connection.prepare_cached("SELECT ix FROM author WHERE key = ?1")?;
        let ix: Option<i64> = statement.query_row([key], |row| row.get(0)).optional()?;
        let ix = match ix {
            Some(ix) => ix,
            None => {
                self.connection.execute("INSERT INTO author (key) VALUES (?1)", [key])?;
                self.connection.last_insert_rowid()
            }
        };
        let sql = "SELECT seq, id, recorded_at FROM record WHERE author = ?1 ORDER BY seq DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let tip = statement
            .query_row([ix], |row| {
                let seq: i64 = row.get(0)?;
                Ok(Tip {
                    seq: seq as u64,
                    id: RecordId(hash(row.get(1)?)),
                    recorded_at: Instant::from_ms(row.get(2)?),
                })
            })
            .optional()?;
        self.authors.insert(*author, (ix, tip));
        Ok((ix, tip))
    }
}

fn follows(record: &Record, tip: Option<Tip>) -> bool {
    match tip {
        None => record.seq == 0 && record.prev.0 == Hash32::default(),
        Some(tip) => {
            record.seq == tip.seq + 1 && record.prev == tip.id && record.recorded_at >= tip.recorded_at
        }
    }
}
