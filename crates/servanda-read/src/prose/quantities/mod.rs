//! How much? Numbers with their bounds, units, nouns and rates.
//!
//! Method, tables and limits: docs/methods/dates-and-quantities.md.

mod amount;
mod bounds;
mod core;
mod digits;
mod harm_words;
mod noun;
pub(crate) mod number;
pub(crate) mod number_words;
mod tolls;
mod units;

use servanda_model::{Number, Span};

use super::scan::Scan;
use super::{DateFound, QuantityFound};
pub(crate) use noun::singular;
pub use tolls::tolls;

/// The amounts of a text, in its order, not overlapping; numbers that are parts of dates are left out.
///
/// Linear in the length of the text. An amount that no [`Number`] can hold is left out.
pub fn quantities(text: &str) -> Vec<QuantityFound> {
    let dates = super::dates::dates(text, None, &|_| servanda_model::Tense::Past);
    quantities_beside(text, &dates)
}

/// The same, where the dates of the text are known already.
pub fn quantities_beside(text: &str, dates: &[DateFound]) -> Vec<QuantityFound> {
    quantities_torn(text, dates, &[])
}

/// The same, where it is known which hyphens are nothing but lost line ends ("viola-tions"); their bytes, in order.
pub fn quantities_torn(text: &str, dates: &[DateFound], torn: &[usize]) -> Vec<QuantityFound> {
    let scan = Scan::torn_at(text, torn);
    let units = units::Units::builtin();
    let mut found = Vec::new();
    let mut dates = dates.iter().peekable();
    let mut ix = 0;
    while ix < scan.pieces.len() {
        let start = scan.pieces[ix].start;
        while dates.next_if(|date| date.span.end <= start).is_some() {}
        if let Some(date) = dates.peek()
            && date.span.start <= start
        {
            ix = scan.at_byte(date.span.end).max(ix + 1);
            continue;
        }
        let end_byte = dates.peek().map_or(usize::MAX, |date| date.span.start);
        match amount::amount_at(&scan, ix, units) {
            Some(read) if scan.pieces[read.end - 1].end <= end_byte => {
                let end = read.end;
                if let Some(quantity) = read.quantity(&scan) {
                    found.push(quantity);
                }
                ix = end.max(ix + 1);
            }
            _ => ix += 1,
        }
    }
    share_nouns(text, &mut found);
    found
}

/// "380,000 and 1.2 million civilians": the first counts what the second does.
fn share_nouns(text: &str, found: &mut [QuantityFound]) {
    for ix in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(ix);
        let (Some(first), second) = (left.last_mut(), &right[0]) else { continue };
        let between = text.get(first.span.end..second.span.start).unwrap_or_default().trim();
        let is_bare = first.unit.is_empty() && first.sort == "count" && second.sort == "count";
        if is_bare && matches!(between, "and" | "or" | ",") {
            first.unit.clone_from(&second.unit);
            first.noun = second.noun;
        }
    }
}

/// What unit some words are: `km` for "square kilometre" is `km2`; `None` where the table has none.
pub fn unit_of(words: &str) -> Option<&'static str> {
    units::Units::builtin().id_of(words)
}

/// A number as it stands: for evaluations that ask for numbers alone.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainNumber {
    /// Its bytes.
    pub span: Span,
    /// Its value, beyond what a [`Number`] holds: for comparison only.
    pub value: f64,
    /// Whether it is an ordinal.
    pub is_ordinal: bool,
    /// The value in thousandths, where it can be held.
    pub number: Option<Number>,
}

/// Every number of a text that no unit touches, in words or digits, dates included.
pub fn numbers(text: &str) -> Vec<PlainNumber> {
    let scan = Scan::new(text);
    let mut found = Vec::new();
    let mut ix = 0;
    while ix < scan.pieces.len() {
        if let Some((n, end)) = number::ordinal_at(&scan, ix)
            && !number::number_at(&scan, ix).is_some_and(|read| read.is_fraction || read.end >= end)
        {
            let number = Some(Number::whole(n));
            found.push(PlainNumber { span: scan.span(ix, end), value: n as f64, is_ordinal: true, number });
            ix = end;
            continue;
        }
        let Some(read) = number::number_at(&scan, ix) else {
            ix += 1;
            continue;
        };
        let value = read.whole.map_or(Some(read.value), |whole| read.value.over(whole)).unwrap_or(read.value);
        let is_glued = scan.is_word(read.end) && scan.touches(read.end) && !read.in_words
            || ix > 0 && scan.touches(ix) && scan.is_word(ix - 1);
        if !is_glued {
            found.push(PlainNumber {
                span: scan.span(ix, read.end),
                value: value.to_f64(),
                is_ordinal: false,
                number: value.to_number(),
            });
        }
        ix = read.end;
    }
    found
}
