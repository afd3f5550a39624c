//! Chores of the repository: the tests, tidiness, golden files, schemas, benchmarks, the demonstration.
//!
//! Invariant: nothing here is part of the program; no crate of the house depends on it.
//! Invariant: a chore that changes files says which; all others leave the checkout as it was.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "chores read files and start other programs"
)]

pub mod bench;
pub mod bless;
#[cfg(feature = "reading")]
pub mod conllu;
pub mod demo;
pub mod events;
#[cfg(feature = "program")]
pub mod golden;
#[cfg(feature = "reading")]
pub mod reading;
pub mod rows;
pub mod steps;
pub mod tidy;
#[cfg(feature = "reading")]
pub mod train;

use std::path::PathBuf;

/// The root of the checkout.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
