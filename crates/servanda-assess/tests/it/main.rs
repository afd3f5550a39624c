//! Status, tested at the edge of the crate: a small agreement, a small record, one line of result.

mod world;

mod duties;
