//! The tables, and the rules that the database itself holds.
//!
//! Invariant: no row of `author`, `record` or `aside` is ever changed or deleted; triggers refuse it, also to other
//! programs. (Somebody with the file can still remove the triggers: that is what hashes and signatures are for.)
//! Invariant: `record` holds chains without gaps: a row follows the author's last row or is refused.

use std::collections::BTreeMap;

use rusqlite::Connection;
use servanda_model::Diagnostic;

use crate::error::{StoreError, StoreErrorKind};
use crate::messages;

/// "SvdL" in the header of the file: what `file` and `PRAGMA application_id` show.
pub(crate) const APPLICATION_ID: i32 = 0x5376_644C;
/// Version of the tables.
pub(crate) const VERSION: i32 = 1;

/// `record.subject` is indexed by its first eight bytes as a number: half the size of an index over the hash, and half
/// the pages that a batch touches. Two claims that share them are told apart by their hash.
const TABLES: &str = "
CREATE TABLE author (
    ix          INTEGER PRIMARY KEY,
    key         BLOB NOT NULL UNIQUE CHECK (length(key) = 32)
) STRICT;

CREATE TABLE record (
    ix          INTEGER PRIMARY KEY,
    author      INTEGER NOT NULL REFERENCES author (ix),
    seq         INTEGER NOT NULL CHECK (seq >= 0),
    recorded_at INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('document', 'claim', 'ruling', 'retraction', 'notice')),
    id          BLOB NOT NULL CHECK (length(id) = 32),
    prev        BLOB NOT NULL CHECK (length(prev) = 32),
    signature   BLOB NOT NULL CHECK (length(signature) = 64),
    subject     BLOB CHECK (subject IS NULL OR length(subject) = 32),
    subject_key INTEGER,
    body        BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_chain ON record (author, seq);
CREATE INDEX record_subject ON record (subject_key) WHERE subject_key IS NOT NULL;
CREATE INDEX record_document ON record (ix) WHERE kind = 'document';

-- Records that do not fit into a chain: the other side of a fork, or what follows a gap. Kept, exported, not counted.
CREATE TABLE aside (
    ix          INTEGER PRIMARY KEY,
    author      INTEGER NOT NULL REFERENCES author (ix),
    seq         INTEGER NOT NULL CHECK (seq >= 0),
    recorded_at INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    id          BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    prev        BLOB NOT NULL CHECK (length(prev) = 32),
    signature   BLOB NOT NULL CHECK (length(signature) = 64),
    subject     BLOB,
    body        BLOB NOT NULL
) STRICT;
CREATE INDEX aside_chain ON aside (author, seq);

-- For people with an SQL shell.
CREATE VIEW claim AS
    SELECT lower(hex(r.subject)) AS claim, lower(hex(a.key)) AS author, r.seq,
           strftime('%Y-%m-%dT%H:%M:%fZ', r.recorded_at / 1000.0, 'unixepoch') AS recorded_at, CAST(r.body AS TEXT) AS json
    FROM record r JOIN author a ON a.ix = r.author WHERE r.kind = 'claim';

CREATE TRIGGER record_follows BEFORE INSERT ON record BEGIN
    SELECT RAISE(ABORT, 'a record is never replaced') WHERE EXISTS (SELECT 1 FROM record WHERE ix = NEW.ix);
    SELECT RAISE(ABORT, 'the record does not follow the end of its author''s chain')
        WHERE NEW.seq <> coalesce((SELECT max(seq) + 1 FROM record WHERE author = NEW.author), 0);
    SELECT RAISE(ABORT, 'the record does not name the author''s record before it, or goes back in time')
        WHERE NEW.seq > 0 AND NOT EXISTS (SELECT 1 FROM record
            WHERE author = NEW.author AND seq = NEW.seq - 1 AND id = NEW.prev AND recorded_at <= NEW.recorded_at)
        OR NEW.seq = 0 AND NEW.prev <> zeroblob(32);
END;
CREATE TRIGGER aside_new BEFORE INSERT ON aside BEGIN
    SELECT RAISE(ABORT, 'a record is never replaced') WHERE EXISTS (SELECT 1 FROM aside WHERE ix = NEW.ix OR id = NEW.id);
END;
CREATE TRIGGER author_new BEFORE INSERT ON author BEGIN
    SELECT RAISE(ABORT, 'an author is never replaced') WHERE EXISTS (SELECT 1 FROM author WHERE ix = NEW.ix OR key = NEW.key);
END;
";

/// Makes the tables of an empty file.
pub(crate) fn create(connection: &Connection) -> Result<(), StoreError> {
    let sql = format!(
        "BEGIN IMMEDIATE; {} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;",
        statements()
    );
    connection.execute_batch(&sql)?;
    Ok(())
}

fn statements() -> String {
    let mut sql = TABLES.to_owned();
    for table in ["author", "record", "aside"] {
        for (act, done) in [("UPDATE", "changed"), ("DELETE", "deleted")] {
            sql.push_str(&format!(
                "CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} BEGIN
                    SELECT RAISE(ABORT, 'the ledger is append-only: nothing is {done}');
                END;"
            ));
        }
    }
    sql
}

/// Looks over the file as such: damage that SQLite finds, tables and triggers that are not as they were made.
pub(crate) fn inspect(connection: &Connection) -> Result<Vec<Diagnostic>, StoreError> {
    let mut found = Vec::new();
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            found.push(messages::damaged(&line));
        }
    }
    let made = Connection::open_in_memory()?;
    made.execute_batch(&statements())?;
    let (made, there) = (objects(&made)?, objects(connection)?);
    let strange = there.iter().filter(|(name, _)| !made.contains_key(*name));
    let changed = made.iter().filter(|(name, sql)| there.get(*name) != Some(sql));
    found.extend(changed.chain(strange).map(|(name, _)| messages::unguarded(name)));
    Ok(found)
}

/// Tables, indexes, views and triggers, with the statements that made them.
fn objects(connection: &Connection) -> Result<BTreeMap<String, Option<String>>, StoreError> {
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Refuses files that are not ledgers, or ledgers of a newer version.
pub(crate) fn check(connection: &Connection) -> Result<(), StoreError> {
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0));
    let version = pragma("user_version")?;
    if pragma("application_id")? != APPLICATION_ID || version < 1 {
        return Err(StoreError::new(StoreErrorKind::NotALedger, "this file is not a servanda ledger"));
    }
    if version > VERSION {
        let message = format!(
            "this ledger was written by a newer servanda (its tables are version {version}, this program knows {VERSION})"
        );
        return Err(StoreError::new(StoreErrorKind::Newer, message));
    }
    Ok(())
}
