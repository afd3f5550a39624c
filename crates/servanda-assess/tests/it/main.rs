//! Status, tested at the edge of the crate: a small agreement, a small record, one line of result.

#![allow(clippy::disallowed_methods, reason = "the environment may ask for more random cases")]

mod alerts;
mod alerts_record;
mod naive;
mod random;
mod rivals;
mod told;
mod world;

mod aid;
mod audited;
mod counts;
mod duties;
mod equal;
mod found;
mod laws;
mod matching;
mod members;
mod powers;
mod totals;
mod violations;
