//! Feeds: how the columns of a table become claims, one for each row (or for each component of a row).

mod amounts;
mod cells;
mod dates;
mod figures;
mod geojson;
mod glob;
mod header;
mod hxl;
pub(crate) mod json;
mod map;
mod mapping;
mod position;
mod preset;
mod read;
mod read_csv;
mod read_json;
mod redact;
mod remarks;
mod rows_at;
mod spec;
mod tally;
mod times;

pub(crate) use json::JsonFault;
pub use preset::PRESETS;
pub use read::{FeedClaim, FeedSummary, read_feed};
pub use redact::{Redacted, redact};
pub use spec::{Feed, TableFormat, feeds};
