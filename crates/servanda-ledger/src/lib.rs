//! Records, hash chain, signatures, merge; [`View`] is the only way to look at a ledger.
//!
//! A [`Record`] is one signed statement by one author; each author has an own chain; a ledger is the union of chains
//! ([`Chains`]), exchanged as [`Bundle`]s and looked at through [`Ledger::as_of`].
//!
//! Invariant: nothing is updated or deleted. A correction or retraction is a new record that names the old one.
//! Invariant: a [`View`] cannot be widened: code that holds one cannot reach what became known later.
//! Invariant: merging is the union of sets; the order in which bundles came leaves no trace.
//! Invariant: no disk, no clock, no randomness: bytes, times and seeds are arguments.

mod agrees;
mod body;
mod builder;
mod bundle;
mod chains;
mod decode;
mod fact;
mod index;
mod json;
mod key;
mod lean;
mod load;
mod messages;
mod record;
mod review;
mod signatures;
#[doc(hidden)]
pub mod synthetic;
mod verify;
mod view;
mod writer;

pub use body::{Body, BodyError, Retraction, Withdrawn, ruling_id, ruling_id_of_json};
pub use builder::LedgerBuilder;
pub use bundle::{Bundle, BundleWriter, DocumentBytes, encode_bundle};
pub use chains::{ChainState, Chains, Fault, Link, Walk, head};
pub use decode::{MAX_DIAGNOSTICS, MAX_DOCUMENT_BYTES, MAX_RECORDS, decode_bundle};
pub use fact::{Fact, FactIx, Symbol, SymbolList, Symbols, Toll};
pub use key::{Author, KeyFileError, MAX_LABEL_BYTES, PublicKey};
pub use record::{MAX_BODY_BYTES, MAX_SEQ, Record, RecordError, RecordKind, Sealed, Tip};
pub use review::{Judged, Verdict};
pub use verify::{Report, StoredRecord, TextOf, Verifier, verify};
pub use view::{Change, ClaimSource, KnownBy, Ledger, RulingFact, RulingIx, View, What};
pub use writer::Chain;
