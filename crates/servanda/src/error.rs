//! The one error of the command line: what sort, what is wrong, one hint.

use std::fmt;
use std::path::Path;

use servanda_store::{StoreError, StoreErrorKind};

/// Sorts of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The command line asks for something that there is not.
    Usage,
    /// There is no case here, or it cannot be used.
    Case,
    /// A file cannot be read or written.
    File,
    /// The records cannot be read or written.
    Record,
    /// A key is missing or cannot be used.
    Key,
    /// Whoever was reading the output stopped; nothing is said about it.
    Closed,
}

impl ErrorKind {
    fn word(self) -> &'static str {
        match self {
            ErrorKind::Usage => "usage",
            ErrorKind::Case => "case",
            ErrorKind::File => "file",
            ErrorKind::Record => "record",
            ErrorKind::Key => "key",
            ErrorKind::Closed => "closed",
        }
    }
}

/// Why a command could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandError {
    /// What sort.
    pub kind: ErrorKind,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl CommandError {
    /// An error without a hint.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> CommandError {
        CommandError { kind, message: message.into(), hint: None }
    }

    /// With its one hint.
    pub fn hint(mut self, hint: impl Into<String>) -> CommandError {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn usage(message: impl Into<String>) -> CommandError {
        CommandError::new(ErrorKind::Usage, message)
    }

    pub(crate) fn file(doing: &str, path: &Path, error: &std::io::Error) -> CommandError {
        let said = CommandError::new(ErrorKind::File, format!("{doing} {}: {error}", path.display()));
        match error.kind() {
            std::io::ErrorKind::NotFound => said.hint("check the path"),
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                said.hint("copy the case to a folder where you may write")
            }
            _ => said,
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error ({}): {}", self.kind.word(), self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CommandError {}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> CommandError {
        let kind = match error.kind {
            StoreErrorKind::NotFound | StoreErrorKind::ReadOnly | StoreErrorKind::Full => ErrorKind::File,
            _ => ErrorKind::Record,
        };
        CommandError { kind, message: error.to_string(), hint: error.hint }
    }
}
