//! Numbers and amounts as they are read, in the form of the specifications.

use std::fmt;

use servanda_model::Number;
use servanda_read::prose::quantities::{numbers as read_numbers, quantities, unit_of};

use super::item::Value1;

/// Something that was read.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Value1,
    /// Whether the value was rounded to thousandths.
    pub(super) is_rounded: bool,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.text, self.value)
    }
}

/// Words at the edges that are not compared.
const EDGES: &[&str] = &["the", "a", "an", "on", "in", "at", "from", "for", "of", "'s", ".", ",", "year"];

/// Small letters, single spaces, no article or preposition at the edges.
pub(super) fn core(text: &str) -> String {
    let low = text.to_lowercase();
    let words: Vec<&str> = low
        .split_whitespace()
        .map(|word| word.trim_matches(|c| matches!(c, '.' | ',' | '’' | '\'')))
        .collect();
    let is_edge = |word: &&&str| EDGES.contains(*word) || word.is_empty();
    let from = words.iter().take_while(is_edge).count();
    let words = &words[from.min(words.len().saturating_sub(1))..];
    let to = words.len() - words.iter().rev().take_while(is_edge).count();
    words[..to.max(1).min(words.len())].join(" ")
}

/// Numbers, or ordinals alone.
pub(super) fn numbers(input: &str, ordinals: bool) -> Vec<Found> {
    let found = read_numbers(input).into_iter().filter(|number| number.is_ordinal == ordinals);
    found
        .map(|number| Found {
            text: number.span.of(input).unwrap_or_default().to_owned(),
            start: number.span.start,
            end: number.span.end,
            value: Value1::Number(number.value),
            is_rounded: false,
        })
        .collect()
}

/// Amounts with units of that sort. Specifications have the number with its unit and not the words that bound it.
pub(super) fn amounts(input: &str, sort: &str) -> Vec<Found> {
    let float = |number: Option<Number>| number.map(Number::to_f64);
    let found = quantities(input).into_iter().filter(|quantity| quantity.sort == sort);
    found
        .map(|quantity| {
            let span = servanda_model::Span::new(quantity.number.start, quantity.span.end);
            let text = span.of(input).unwrap_or_default();
            // Rates are no part of an amount there.
            let text = match quantity.per {
                Some(_) => text.rsplit_once([' ']).map_or(text, |(amount, _)| {
                    amount
                        .trim_end_matches(" a")
                        .trim_end_matches(" per")
                        .trim_end_matches(" an")
                        .trim_end_matches(" each")
                }),
                None => text,
            };
            Found {
                text: text.to_owned(),
                start: span.start,
                end: span.start + text.len(),
                value: Value1::Unit(float(quantity.best.or(quantity.low).or(quantity.high)), quantity.unit),
                is_rounded: true,
            }
        })
        .collect()
}

/// Whether the words of a specification name the unit of that id.
pub(super) fn same_unit(words: &str, id: &str) -> bool {
    let low = words.to_lowercase();
    match low.as_str() {
        // Not told apart there: the pound of money and others, the dollar of any country.
        "pound" => matches!(id, "pound" | "pound sterling" | "gbp"),
        "metric ton" => id == "tonne",
        "dram" => id == "dram",
        "c" => id == "celsius",
        "f" => id == "fahrenheit",
        _ => unit_of(&low) == Some(id),
    }
}
