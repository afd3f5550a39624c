//! Status, tested at the edge of the crate: a small agreement, a small record, one line of result.

mod naive;
mod random;
mod world;

mod duties;
mod equal;
mod laws;
