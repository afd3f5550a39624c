//! Keeps records in an SQLite file. The only crate that knows a database.
//!
//! Invariant: reading never writes: [`Store::open_read`] leaves the folder as it was (but for undoing the unfinished
//! work of a writer that died, where the folder can be written).
//! Invariant: what [`Writer::append`] acknowledged is on the disk.
//! Invariant: append-only, held by triggers in the file and by this API.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this crate is where the disk is")]

mod claims;
mod error;
mod lock;
mod memory;
mod messages;
mod open;
mod records;
mod scan;
mod schema;
mod sqlite;
mod store;
mod writer;

pub use error::{StoreError, StoreErrorKind};
pub use records::{Acknowledged, Records, Visit};
pub use sqlite::Durability;
pub use store::Store;
pub use writer::{Appender, Writer};
