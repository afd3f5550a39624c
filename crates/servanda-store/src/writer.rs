//! A store opened for writing.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use servanda_ledger::{Author, Body, Bundle, Chain, Sealed};
use servanda_model::{Instant, RecordId};

use crate::error::{StoreError, StoreErrorKind};
use crate::lock::WriteLock;
use crate::open;
use crate::records::Acknowledged;
use crate::sqlite::{Durability, Sqlite};
use crate::store::Store;

/// The one writer of a ledger file; reads as well (it derefs to [`Store`]). Lets go of the lock when dropped.
pub struct Writer {
    // Dropped in this order: the connection before the lock.
    store: Store,
    path: PathBuf,
    _lock: WriteLock,
}

impl Deref for Writer {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Store {
    /// Makes an empty ledger file and opens it for writing.
    ///
    /// # Errors
    /// A file is there already, the folder cannot be written, or the disk is full.
    pub fn create(path: impl AsRef<Path>) -> Result<Writer, StoreError> {
        Store::create_with(path, Durability::Full)
    }

    /// As [`Store::create`], with a choice of when an append counts as done.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_with(path: impl AsRef<Path>, durability: Durability) -> Result<Writer, StoreError> {
        let (connection, lock) = open::create(path.as_ref(), durability)?;
        Ok(Writer::over(connection, lock, path.as_ref()))
    }

    /// Opens a ledger file for writing. One writer at a time; readers go on reading.
    ///
    /// # Errors
    /// As [`Store::open_read`]; and where somebody else is writing, or the folder cannot be written.
    pub fn open_write(path: impl AsRef<Path>) -> Result<Writer, StoreError> {
        Store::open_write_with(path, Durability::Full)
    }

    /// As [`Store::open_write`], with a choice of when an append counts as done.
    ///
    /// # Errors
    /// As [`Store::open_write`].
    pub fn open_write_with(path: impl AsRef<Path>, durability: Durability) -> Result<Writer, StoreError> {
        let (connection, lock) = open::connect_write(path.as_ref(), durability)?;
        Ok(Writer::over(connection, lock, path.as_ref()))
    }
}

impl Writer {
    fn over(connection: rusqlite::Connection, lock: WriteLock, path: &Path) -> Writer {
        let path = path.to_owned();
        Writer {
            store: Store::over(Sqlite { connection, path: path.clone(), writes: true }),
            path,
            _lock: lock,
        }
    }

    /// The ledger file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds records in one transaction: all or none. When this returns, they are on the disk.
    ///
    /// Known records change nothing. A record that forks a chain or follows a gap is kept and set aside.
    ///
    /// # Errors
    /// Trouble with the store: nothing was added.
    pub fn append(&mut self, records: &[Sealed]) -> Result<Acknowledged, StoreError> {
        self.store.records.append(records)
    }

    /// For tests: as if the disk ended after so many pages.
    #[doc(hidden)]
    pub fn limit_pages(&self, n_pages: u32) -> Result<(), StoreError> {
        self.store.records.limit_pages(n_pages)
    }

    /// Merges a bundle's records. Its documents are files of the case and are the caller's affair.
    ///
    /// # Errors
    /// As [`Writer::append`].
    pub fn import(&mut self, bundle: &Bundle) -> Result<Acknowledged, StoreError> {
        self.append(&bundle.records)
    }

    /// Writes in the name of an author.
    ///
    /// # Errors
    /// Trouble with the store; or the author's chain is forked or has a gap here, so that nothing can follow it.
    pub fn appender<'w>(&'w mut self, author: &'w Author) -> Result<Appender<'w>, StoreError> {
        let state = self.store.states()?.into_iter().find(|state| state.author == author.id());
        if let Some(fault) = state.as_ref().and_then(|state| state.fault.as_ref()) {
            let diagnostic = fault.diagnostic(&author.id());
            let mut error = StoreError::new(StoreErrorKind::Chain, diagnostic.message).at(&self.path);
            error.hint = diagnostic.hint;
            return Err(error);
        }
        let chain = Chain::new(author, state.and_then(|state| state.tip));
        Ok(Appender { author, chain, writer: self })
    }
}

/// Signs bodies as the next records of one author and appends them.
pub struct Appender<'w> {
    author: &'w Author,
    chain: Chain<'w>,
    writer: &'w mut Writer,
}

impl Appender<'_> {
    /// Appends bodies, recorded at `now`, in one transaction. Gives their record ids; when this returns, they are on the disk.
    ///
    /// # Errors
    /// A body that cannot be a record, or trouble with the store: nothing was added, and the next call starts afresh.
    pub fn append(&mut self, bodies: &[Body], now: Instant) -> Result<Vec<RecordId>, StoreError> {
        let tip = self.chain.tip();
        let done = self.sign_and_append(bodies, now);
        if done.is_err() {
            self.chain = Chain::new(self.author, tip);
        }
        done
    }

    fn sign_and_append(&mut self, bodies: &[Body], now: Instant) -> Result<Vec<RecordId>, StoreError> {
        let mut records = Vec::with_capacity(bodies.len());
        for body in bodies {
            let signed = self.chain.sign(body, now);
            records.push(signed.map_err(|error| {
                let mut error = StoreError::new(StoreErrorKind::Chain, error.to_string());
                error.hint = None;
                error
            })?);
        }
        self.writer.append(&records)?;
        Ok(records.iter().map(Sealed::id).collect())
    }
}
