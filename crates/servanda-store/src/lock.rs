//! One writer at a time: an advisory lock on a file beside the ledger, with the holder's name in it.
//!
//! A file of its own, not the ledger itself: closing any handle on the ledger would drop SQLite's own locks. The lock
//! goes with the process, so a crash leaves none behind; the empty file is removed on leaving.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::{StoreError, StoreErrorKind};

/// The lock, held until dropped.
#[derive(Debug)]
pub(crate) struct WriteLock {
    file: File,
    path: PathBuf,
}

fn lock_path(ledger: &Path) -> PathBuf {
    let mut path = ledger.as_os_str().to_owned();
    path.push(".lock");
    PathBuf::from(path)
}

impl WriteLock {
    pub(crate) fn take(ledger: &Path) -> Result<WriteLock, StoreError> {
        let path = lock_path(ledger);
        loop {
            let mut file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(
                    |error| StoreError::io("the lock file beside the ledger cannot be opened", &error),
                )?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    let _ = (&mut file).take(200).read_to_string(&mut holder);
                    let holder = if holder.trim().is_empty() { "another program" } else { holder.trim() };
                    let message = format!("someone else is writing to this ledger: {holder}");
                    return Err(StoreError::new(StoreErrorKind::Locked, message));
                }
                Err(TryLockError::Error(error)) => {
                    return Err(StoreError::io("the ledger cannot be locked", &error));
                }
            }
            // The holder before us may have removed the file between our opening and locking it.
            if is_same_file(&file, &path) {
                // Who holds it is for people only: a full disk must not stop us here.
                let _ = file.set_len(0);
                let _ = file.rewind();
                let _ = write!(file, "process {}", std::process::id());
                return Ok(WriteLock { file, path });
            }
        }
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        } else {
            let _ = self.file.set_len(0);
        }
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(held), Ok(there)) => held.dev() == there.dev() && held.ino() == there.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_file(_: &File, _: &Path) -> bool {
    true
}
