//! One input of a specification, what it expects, and what is read in it.

use std::fmt;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::spans::{self, Found};
use super::times;

/// Which half of the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// Looked at while the rules were written.
    Seen,
    /// Kept for judging.
    Unseen,
}

impl Half {
    /// By a hash of the words (FNV-1a, 64 bits), so that the choice depends on nothing else.
    fn of(input: &str) -> Half {
        let hash = input.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        if (hash >> 17) & 1 == 0 { Half::Seen } else { Half::Unseen }
    }
}

/// What a result of a specification says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value1 {
    /// A number.
    Number(f64),
    /// An amount with the words of its unit.
    Unit(Option<f64>, String),
    /// Possible readings of a date or time, any of which counts.
    Times(Vec<times::Reading>),
    /// Seconds.
    Seconds(f64),
}

/// A result that is expected.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// Its words, in small letters as the specification has them.
    text: String,
    /// First byte in the input.
    start: usize,
    end: usize,
    /// Its type.
    pub(super) sort: String,
    value: Value1,
    /// Whether a reader of reports has to read it; see the rule in `in_scope`.
    pub(super) in_scope: bool,
}

/// An input with its results.
#[derive(Clone, Debug)]
pub(super) struct Item {
    model: String,
    pub(super) input: String,
    /// The day that relative words count from.
    pub(super) reference: String,
    pub(super) half: Half,
    pub(super) expected: Vec<Expected>,
}

/// The inputs of a specification.
///
/// # Errors
/// It is no JSON of that form.
pub(super) fn items(model: &str, text: &str) -> Result<Vec<Item>> {
    let list: Vec<Value> =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).context("no list of inputs")?;
    Ok(list.iter().filter_map(|value| item(model, value)).collect())
}

fn item(model: &str, value: &Value) -> Option<Item> {
    let input = value["Input"].as_str()?.to_owned();
    let reference = value["Context"]["ReferenceDateTime"].as_str().unwrap_or("").to_owned();
    let results = value["Results"].as_array().cloned().unwrap_or_default();
    let expected = results.iter().filter_map(|result| expected(model, &input, result)).collect();
    Some(Item { model: model.to_owned(), half: Half::of(&input), input, reference, expected })
}

fn expected(model: &str, input: &str, result: &Value) -> Option<Expected> {
    let text = result["Text"].as_str()?.to_owned();
    let resolution = &result["Resolution"];
    let sort = result["TypeName"].as_str().unwrap_or("none").trim_start_matches("datetimeV2.").to_owned();
    let (start, end) = place(input, &text, result["Start"].as_u64())?;
    let number = || resolution["value"].as_str().and_then(|value| value.parse::<f64>().ok());
    let (value, in_scope) = match model {
        "DateTimeModel" => {
            let values = resolution["values"].as_array().cloned().unwrap_or_default();
            if sort == "duration" {
                let seconds = values.first()?["value"].as_str().and_then(|value| value.parse().ok());
                (Value1::Seconds(seconds.unwrap_or(-1.0)), seconds.is_some())
            } else {
                let readings: Vec<times::Reading> = values.iter().filter_map(times::reading).collect();
                let known = !readings.is_empty();
                // Recurring times, time zones, and what the specification itself leaves open are out.
                let is_asked = matches!(
                    sort.as_str(),
                    "date" | "daterange" | "datetime" | "datetimerange" | "time" | "timerange"
                );
                (Value1::Times(readings), known && is_asked)
            }
        }
        "DimensionModel" | "CurrencyModel" => {
            let unit = resolution["unit"].as_str().unwrap_or_default().to_owned();
            let value = number();
            // A unit without a number is no amount.
            (Value1::Unit(value, unit), value.is_some())
        }
        // "next", "last": places in a list on a screen.
        _ => match number() {
            Some(value) => (Value1::Number(value), true),
            None => (Value1::Number(f64::NAN), false),
        },
    };
    Some(Expected { text, start, end, sort, value, in_scope })
}

/// Bytes of a result: where it says (in characters), or where its words stand.
fn place(input: &str, text: &str, start: Option<u64>) -> Option<(usize, usize)> {
    let n_chars = text.chars().count();
    let byte = |n: usize| input.char_indices().nth(n).map_or(input.len(), |(at, _)| at);
    if let Some(start) = start {
        let start = usize::try_from(start).ok()?;
        let (from, to) = (byte(start), byte(start + n_chars));
        if input.get(from..to)?.to_lowercase() == text.to_lowercase() {
            return Some((from, to));
        }
    }
    let at = input.to_lowercase().find(&text.to_lowercase())?;
    Some((at, (at + text.len()).min(input.len())))
}

impl Item {
    /// What is read in the input, as the specification asks for it.
    pub(super) fn read(&self) -> Vec<Found> {
        match self.model.as_str() {
            "NumberModel" => spans::numbers(&self.input, false),
            "OrdinalModel" => spans::numbers(&self.input, true),
            "DimensionModel" => spans::amounts(&self.input, "measure"),
            "CurrencyModel" => spans::amounts(&self.input, "money"),
            _ => times::read(&self.input, &self.reference),
        }
    }
}

impl Expected {
    /// Whether it stands at the same words and says the same. White space, articles and prepositions at the edges are
    /// not compared: where a date begins is a matter of taste.
    pub(super) fn matches(&self, found: &Found) -> bool {
        spans::core(&self.text) == spans::core(&found.text) && self.overlaps(found) && self.same_value(found)
    }

    pub(super) fn overlaps(&self, found: &Found) -> bool {
        found.start < self.end && self.start < found.end
    }

    fn same_value(&self, found: &Found) -> bool {
        let near = |a: f64, b: f64| {
            (a - b).abs()
                <= 1e-3_f64.min(1e-6 * a.abs().max(1e-9)).max(5.1e-4 * f64::from(u8::from(found.is_rounded)))
        };
        match (&self.value, &found.value) {
            (Value1::Number(a), Value1::Number(b)) | (Value1::Seconds(a), Value1::Seconds(b)) => near(*a, *b),
            (Value1::Unit(a, unit), Value1::Unit(b, id)) => {
                let same = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| near(a, b));
                same(*a, *b) && spans::same_unit(unit, id)
            }
            (Value1::Times(readings), Value1::Times(found)) => {
                found.iter().any(|found| readings.iter().any(|reading| reading.same(found)))
            }
            _ => false,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = match &self.value {
            Value1::Times(readings) => format!("{readings:?}"),
            value => format!("{value:?}"),
        };
        write!(f, "{:?} {} {}", self.text, self.sort, value.chars().take(160).collect::<String>())
    }
}
