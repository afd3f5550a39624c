//! The agreement language (`.pact`): parse, check, format, canonical JSON, export to MFOTL.
//!
//! Invariant: reading never fails and never stops early; whatever the bytes, there is a tree and a list of
//! [`servanda_model::Diagnostic`]s, each with a stable code, its place and one hint.
//! Invariant: nothing here touches disk, network or clock; time zones are bundled.
//! Invariant: a promise is used whole or not at all: what cannot be read is left out, never guessed.

mod agreement;
pub mod clock;
pub mod codes;
mod format;
mod json;
mod lexer;
mod messages;
mod mfotl;
mod parse;
mod resolve;
mod source;
mod suggest;
pub mod syntax;
mod uses;
mod words;

pub use agreement::*;
pub use clock::Clock;
pub use format::format;
pub use json::{from_json, json_schema, to_json};
pub use lexer::is_name;
pub use mfotl::{Mfotl, mangle, mfotl};
pub use parse::{parse, parse_bytes};
pub use resolve::parse_agreement;
pub use syntax::File;
