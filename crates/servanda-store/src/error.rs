//! The one error of this crate: what sort, in which file, what to do.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Sorts of trouble with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// There is no such file.
    NotFound,
    /// A ledger is there already.
    Exists,
    /// The file is no ledger of servanda.
    NotALedger,
    /// The ledger was written by a newer version.
    Newer,
    /// Somebody else is writing.
    Locked,
    /// Folder, file or medium cannot be written.
    ReadOnly,
    /// No space is left.
    Full,
    /// The file is damaged.
    Corrupt,
    /// A writer was interrupted and its unfinished work cannot be undone here, because nothing may be written.
    Unfinished,
    /// A record does not follow the end of its chain.
    Chain,
    /// Reading or writing failed for another reason.
    Io,
}

/// Trouble with a store: message for people, and one hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    /// What sort.
    pub kind: StoreErrorKind,
    /// The ledger, where it is a file.
    pub path: Option<PathBuf>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {}", path.display(), self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    pub(crate) fn new(kind: StoreErrorKind, message: impl Into<String>) -> StoreError {
        let hint = match kind {
            StoreErrorKind::NotFound => Some("'servanda new' makes a case with an empty ledger"),
            StoreErrorKind::Exists => Some("open it, or choose another folder"),
            StoreErrorKind::NotALedger => Some("check the path; a bundle is merged with 'servanda import'"),
            StoreErrorKind::Newer => {
                Some("install the newer servanda, or ask for a bundle: bundles are read across versions")
            }
            StoreErrorKind::Locked => {
                Some("wait until the other program is done; reading is possible meanwhile")
            }
            StoreErrorKind::ReadOnly => {
                Some("copy the case to a folder where you may write; reading is possible where it is")
            }
            StoreErrorKind::Full => {
                Some("make room on the disk and try again; what was acknowledged before is safe")
            }
            StoreErrorKind::Corrupt => Some(
                "keep the file, and build the ledger anew from bundles or a backup with 'servanda import'",
            ),
            StoreErrorKind::Unfinished => Some(
                "copy the ledger together with its '-journal' file to a folder where you may write, and open it there",
            ),
            StoreErrorKind::Chain => Some("'servanda verify' shows the state of every chain"),
            StoreErrorKind::Io => None,
        };
        StoreError { kind, path: None, message: message.into(), hint: hint.map(str::to_owned) }
    }

    pub(crate) fn at(mut self, path: &Path) -> StoreError {
        self.path.get_or_insert_with(|| path.to_owned());
        self
    }

    pub(crate) fn io(doing: &str, error: &std::io::Error) -> StoreError {
        use std::io::ErrorKind as Io;
        let kind = match error.kind() {
            Io::NotFound => StoreErrorKind::NotFound,
            Io::PermissionDenied | Io::ReadOnlyFilesystem => StoreErrorKind::ReadOnly,
            Io::StorageFull | Io::QuotaExceeded => StoreErrorKind::Full,
            Io::AlreadyExists => StoreErrorKind::Exists,
            _ => StoreErrorKind::Io,
        };
        StoreError::new(kind, format!("{doing}: {error}"))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use StoreErrorKind as Kind;
        let rusqlite::Error::SqliteFailure(failure, text) = &error else {
            // A value of the wrong type or size: the file is not as we wrote it.
            return StoreError::new(Kind::Corrupt, format!("the ledger holds something unexpected: {error}"));
        };
        let said = text.clone().unwrap_or_else(|| failure.to_string());
        // SQLITE_READONLY_ROLLBACK: a journal is waiting, and we may not write.
        let unfinished = failure.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK;
        match failure.code {
            _ if unfinished => StoreError::new(
                Kind::Unfinished,
                "a writer was interrupted, and its unfinished work must be undone first",
            ),
            ErrorCode::DiskFull => {
                StoreError::new(Kind::Full, "no space is left on the disk; nothing of this was recorded")
            }
            ErrorCode::ReadOnly => StoreError::new(Kind::ReadOnly, "the ledger cannot be written here"),
            ErrorCode::PermissionDenied => StoreError::new(Kind::ReadOnly, "access to the ledger is refused"),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                StoreError::new(Kind::Locked, "somebody else is using the ledger and did not let go in time")
            }
            ErrorCode::DatabaseCorrupt => {
                StoreError::new(Kind::Corrupt, format!("the file is damaged ({said})"))
            }
            ErrorCode::NotADatabase => {
                StoreError::new(Kind::NotALedger, "this file is not a servanda ledger")
            }
            ErrorCode::ConstraintViolation => StoreError::new(Kind::Chain, said),
            ErrorCode::CannotOpen => {
                StoreError::new(Kind::Io, format!("the ledger cannot be opened ({said})"))
            }
            _ => StoreError::new(Kind::Io, format!("the ledger cannot be read or written ({said})")),
        }
    }
}
