//! The nouns of Servanda: ids, spans, time, place, quantity, actor, claim, ruling, finding, diagnostic.
//!
//! Invariant: this crate has no verbs. It reads nothing, decides nothing, prints nothing.
//! Invariant: a claim without a quote cannot be built ([`Claim::new`] refuses it).
//! Invariant: ids are content hashes over length-prefixed fields, or names given in the case.
//! Invariant: doubt is a value: bounds stay bounds ([`When`], [`Quantity`]), disagreement keeps both sides ([`Views`]).

mod actor;
mod aid;
mod alert;
mod audit;
mod claim;
mod counter;
mod counts;
mod diagnostic;
mod document;
mod finding;
mod id;
mod incident;
mod name;
mod number;
mod place;
mod ruling;
mod span;
mod standpoint;
mod time;
mod why;

pub use actor::{Actor, ActorKind, Membership, OfficeHolder, OfficeTerm};
pub use aid::*;
pub use alert::*;
pub use audit::*;
pub use claim::*;
pub use counter::{Conversion, Counter, Verification};
pub use counts::*;
pub use diagnostic::{Diagnostic, Label, Severity};
pub use document::Document;
pub use finding::*;
pub use id::{AuthorId, ClaimId, DocumentId, FieldHasher, Hash32, ParseHashError, RecordId, RulingId};
pub use incident::*;
pub use name::Name;
pub use number::{Number, ParseNumberError, Quantity, roles};
pub use place::{LineVersion, Place, PlaceKind, Position};
pub use ruling::{Judgement, Ruling};
pub use span::{LineColumn, Span};
pub use standpoint::{Doubt, Standpoint};
pub use time::{DAY_MS, HOUR_MS, Instant, ParseInstantError, Precision, When, Window};
pub use why::{Why, WhyKind, WhyRef};
