//! Feeds: how the columns of a table become claims, one for each row (or for each component of a row).

mod cells;
mod dates;
mod figures;
mod glob;
mod json;
mod map;
mod position;
mod preset;
mod read;
mod spec;
mod tally;
mod times;

pub(crate) use json::JsonFault;
pub use preset::PRESETS;
pub use read::{FeedClaim, FeedSummary, read_feed};
pub use spec::{Feed, TableFormat, feeds};
