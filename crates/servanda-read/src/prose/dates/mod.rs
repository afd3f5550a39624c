//! When? Days that words name or point to.

use servanda_model::{Span, Tense};

use super::{Calendar, DateFound};

/// The dates of a text, in its order, not overlapping.
///
/// Without a day of publication relative words have no days. `lean` tells whether what stands at some bytes is past or planned.
pub fn dates(text: &str, published: Option<Calendar>, lean: &dyn Fn(Span) -> Tense) -> Vec<DateFound> {
    let _ = (text, published, lean);
    Vec::new()
}
