//! Case files, documents, coded claims and tables become nouns of the model: `Claim`, `Document`, `Actor`, `Place`.
//!
//! Invariant: this crate is pure. It touches no disk, clock, environment or randomness; bytes and texts come in,
//! `(value, Vec<Diagnostic>)` goes out.
//! Invariant: a claim without a quote cannot be built; a row of a table is quoted like a sentence (its document is the
//! file, its span the row).
//! Invariant: reading never stops early. What cannot be used is a diagnostic with a place, a code and a hint; the rest
//! still counts, and nothing is dropped silently.
//! Invariant: the only crates of the house that this one knows are `servanda-model` and `servanda-language`.

mod actors;
mod aid;
mod alerts_file;
mod case_file;
mod claim_fields;
mod clock;
mod coded;
mod coded_form;
mod codes;
mod correction;
mod counters;
mod decode;
mod document;
mod feed;
mod fields;
pub mod input;
mod messages;
mod names;
mod node;
mod places;
mod position;
pub mod proposals;
pub mod prose;
mod quote;
mod rows;
mod words;

pub use actors::actors;
pub use aid::aid_plan;
pub use alerts_file::{AlertsFile, CoveredStretch, FalseAlarms, ParseFalseAlarmsError};
pub use case_file::{CaseFile, KnownBy, Matching, case_file};
pub use clock::{Clock, UnknownClock};
pub use coded::{CodedClaim, Coding, SourceFile, coded_claims};
pub use coded_form::{CodedForm, FORM_FIELDS, words_alone};
pub use codes::{CODES, REJECTED_ROW};
pub use counters::counters;
pub use document::{DocumentMetadata, DocumentText, Documents, document_list, read_document};
pub use feed::{Feed, FeedClaim, FeedSummary, PRESETS, Redacted, TableFormat, feeds, read_feed, redact};
pub use names::Names;
pub use places::places;
