//! Opening files: for reading, for writing, new.
//!
//! Why a rollback journal and not a write-ahead log: a log needs shared memory beside the file, which a reader must
//! create, so a case on a read-only medium could not be opened and reading would write; it does not work over network
//! folders; and the newest records lie in a second file that is forgotten when a case is copied. The price: a commit
//! waits for readers to finish, and syncs twice or three times instead of once. Records come at the pace of people and
//! feeds, in batches, so the price is small (figures: `cargo bench -p servanda-store`).
//!
//! Why `TRUNCATE` with `synchronous=FULL`: the commit is the truncation of the journal, and SQLite syncs that. With
//! `DELETE` the commit is the removal of a name, which only `EXTRA` makes durable, at one more sync.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{StoreError, StoreErrorKind};
use crate::lock::WriteLock;
use crate::schema;
use crate::sqlite::Durability;

/// How long a commit waits for readers, and a reader for a commit.
const PATIENCE: Duration = Duration::from_secs(30);

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    // The file may come from anywhere: nothing in its schema is trusted to have side effects.
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;",
    )?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// A connection that only reads. Undoes the work of a dead writer first where that is needed and possible.
pub(crate) fn connect_read(path: &Path) -> Result<Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::new(StoreErrorKind::NotFound, "there is no ledger here").at(path));
    }
    let open = || {
        let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        schema::check(&connection)?;
        Ok(connection)
    };
    match open() {
        Err(StoreError { kind: StoreErrorKind::Unfinished, .. }) => {
            undo_unfinished(path)?;
            open().map_err(|error| error.at(path))
        }
        answer => answer.map_err(|error: StoreError| error.at(path)),
    }
}

/// Lets SQLite roll back the journal that a dead writer left.
fn undo_unfinished(path: &Path) -> Result<(), StoreError> {
    let unfinished = |_| {
        StoreError::new(
            StoreErrorKind::Unfinished,
            "a writer was interrupted, and its unfinished work cannot be undone here",
        )
        .at(path)
    };
    let _lock = match WriteLock::take(path) {
        Ok(lock) => lock,
        // Somebody is writing, and has undone it or is about to.
        Err(StoreError { kind: StoreErrorKind::Locked, .. }) => return Ok(()),
        Err(error) => return Err(unfinished(error)),
    };
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(unfinished)?;
    schema::check(&connection).map_err(|error| match error.kind {
        StoreErrorKind::ReadOnly | StoreErrorKind::Full | StoreErrorKind::Io => unfinished(error),
        _ => error.at(path),
    })
}

fn prepare_writing(connection: &Connection, durability: Durability) -> Result<(), StoreError> {
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::System => "OFF",
    };
    connection.execute_batch(&format!(
        "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA synchronous = {synchronous};
         PRAGMA cache_size = -65536;"
    ))?;
    let _: String = connection.query_row("PRAGMA journal_mode = TRUNCATE", [], |row| row.get(0))?;
    Ok(())
}

/// A connection that writes, with the lock that makes it the only one.
pub(crate) fn connect_write(
    path: &Path,
    durability: Durability,
) -> Result<(Connection, WriteLock), StoreError> {
    if !path.exists() {
        return Err(StoreError::new(StoreErrorKind::NotFound, "there is no ledger here").at(path));
    }
    let open = || {
        let lock = WriteLock::take(path)?;
        let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        schema::check(&connection)?;
        if connection.is_readonly("main")? {
            return Err(StoreError::new(StoreErrorKind::ReadOnly, "the ledger cannot be written here"));
        }
        prepare_writing(&connection, durability)?;
        Ok((connection, lock))
    };
    open().map_err(|error: StoreError| error.at(path))
}

/// Makes an empty ledger. An empty file of that name is used; anything else is left alone.
pub(crate) fn create(path: &Path, durability: Durability) -> Result<(Connection, WriteLock), StoreError> {
    let make = || {
        let lock = WriteLock::take(path)?;
        if std::fs::metadata(path).is_ok_and(|there| there.len() > 0) {
            return Err(StoreError::new(StoreErrorKind::Exists, "there is a file here already"));
        }
        let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        prepare_writing(&connection, durability)?;
        schema::create(&connection)?;
        Ok((connection, lock))
    };
    make().map_err(|error: StoreError| error.at(path))
}
