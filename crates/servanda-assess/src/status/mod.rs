//! Status: what state is every promise in, at a date, as known at a date, from a standpoint, and why?
//!
//! The rules are those of `docs/methods/status.md`. [`Engine`] computes them and keeps them current.

mod badges;
mod balance;
mod binding;
mod cond;
mod course;
mod deadlines;
mod depends;
mod engine;
mod episodes;
mod finding;
mod incidents;
mod index;
mod keep;
mod level;
pub(crate) mod names;
mod outcome;
mod pivots;
mod plan;
mod powers;
mod reach;
mod stream;
mod stretches;
mod whenever;
mod why;

pub use binding::Prohibition;
pub use engine::{Engine, UnknownClock};
pub use finding::Question;

pub(crate) use incidents::{amount_bounds, counts as is_report};
pub(crate) use names::Names;
pub(crate) use stretches::Stretches;
