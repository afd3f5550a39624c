//! What is remarkable about a whole table: figures far from the others, names spelled in several ways, periods without report.
//!
//! A remark changes nothing: every figure and name is kept as it stands.

use std::collections::{BTreeMap, HashMap};

use servanda_model::{Name, Quantity, Span};

use super::map::{RowPlace, SORTS};
use crate::coded::Coding;
use crate::fields::Sink;
use crate::messages;
use crate::names::Found;

/// So many figures are needed to say what is usual.
const MIN_FIGURES: usize = 20;
/// So many names spelled in several ways are listed one by one.
const MAX_LISTED: usize = 10;
/// A figure is far out where it lies so many times the middle half's width beyond it (Tukey 1977: "far out").
const FAR_OUT: i64 = 3;

#[derive(Clone, Copy, Debug)]
struct Seen {
    /// Thousandths.
    value: i64,
    line: usize,
    span: Span,
}

/// A name as rows write it.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The id that it stands for, or itself.
    pub name: Name,
    pub n_rows: usize,
    /// The first row.
    pub first: Span,
}

/// Collects while rows are read; told when all are.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    figures: BTreeMap<(String, String), Vec<Seen>>,
    /// By role and words: the first and how many.
    open: BTreeMap<(String, String), (Span, usize)>,
    n_no_report: usize,
    first_no_report: Option<Span>,
}

impl Remarks {
    /// Remembers the figures of a row that are left open, and all of them where far ones are to be found.
    pub fn figures(&mut self, quantities: &[Quantity], place: RowPlace, has_outliers: bool) {
        for quantity in quantities {
            let is_open = quantity.low.or(quantity.best).or(quantity.high).is_none();
            if !(is_open && !quantity.as_written.is_empty() || has_outliers) {
                continue;
            }
            let role = quantity.role.as_ref().map(Name::to_string).unwrap_or_default();
            if is_open && !quantity.as_written.is_empty() {
                let open = self.open.entry((role, quantity.as_written.clone())).or_insert((place.span, 0));
                open.1 += 1;
                continue;
            }
            let Some(best) = quantity.best else { continue };
            let seen = Seen { value: best.thousandths(), line: place.line, span: place.span };
            self.figures.entry((role, quantity.unit.clone())).or_default().push(seen);
        }
    }

    /// A figure of zero for a period without report makes no claim.
    pub fn no_report(&mut self, place: RowPlace) {
        self.n_no_report += 1;
        self.first_no_report = self.first_no_report.or(Some(place.span));
    }

    /// Says what was found.
    pub fn tell(&self, names: &[HashMap<String, Written>; 2], sink: &Sink, coding: &Coding<'_>) {
        if let Some(first) = self.first_no_report {
            sink.push(messages::no_report(first, self.n_no_report));
        }
        for ((role, word), (first, n)) in &self.open {
            sink.push(messages::left_open(*first, role, word, *n));
        }
        for ((role, unit), seen) in &self.figures {
            if let Some((beyond, middle)) = far_out(seen) {
                let figures: Vec<(i64, usize)> = beyond.iter().map(|seen| (seen.value, seen.line)).collect();
                sink.push(messages::far_out(beyond[0].span, role, unit, &figures, middle));
            }
        }
        for (sort, written) in names.iter().enumerate() {
            let several = several_ways(sort, written, coding);
            for ways in several.iter().take(MAX_LISTED) {
                let counted: Vec<(&str, usize)> =
                    ways.iter().map(|(name, way)| (*name, way.n_rows)).collect();
                sink.push(messages::spelled(ways[0].1.first, SORTS[sort], &counted));
            }
            if let Some(next) = several.get(MAX_LISTED) {
                let n_more = several.len() - MAX_LISTED;
                sink.push(messages::more_spelled(next[0].1.first, SORTS[sort], n_more));
            }
        }
    }
}

/// The figures far beyond the middle half, the farthest first, with the bounds of that half (thousandths).
fn far_out(seen: &[Seen]) -> Option<(Vec<Seen>, (i64, i64))> {
    if seen.len() < MIN_FIGURES {
        return None;
    }
    let mut values: Vec<i64> = seen.iter().map(|seen| seen.value).collect();
    values.sort_unstable();
    let (low, middle, high) =
        (values[values.len() / 4], values[values.len() / 2], values[values.len() * 3 / 4]);
    // Where half of all figures are one and the same, that figure takes the place of the width.
    let width = if high > low { high - low } else { middle.saturating_abs().max(1) };
    let reach = width.saturating_mul(FAR_OUT);
    let beyond_by = |seen: &Seen| {
        (seen.value.saturating_sub(high)).max(low.saturating_sub(seen.value)).saturating_sub(reach)
    };
    let mut beyond: Vec<Seen> = seen.iter().copied().filter(|seen| beyond_by(seen) > 0).collect();
    beyond.sort_by_key(|seen| (std::cmp::Reverse(beyond_by(seen)), seen.line));
    (!beyond.is_empty()).then_some((beyond, (low, high)))
}

type Ways<'s> = Vec<(&'s str, &'s Written)>;

/// Names written in several ways: aliases of one entry, or names that differ only in capitals, spaces and marks.
fn several_ways<'s>(
    sort: usize,
    written: &'s HashMap<String, Written>,
    coding: &Coding<'_>,
) -> Vec<Ways<'s>> {
    let letters = |written: &str| -> String {
        written.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut id_of: BTreeMap<String, Name> = BTreeMap::new();
    let mut unknown = Vec::new();
    let mut by_name: BTreeMap<String, Ways<'s>> = BTreeMap::new();
    for (written, way) in written {
        let names = coding.names;
        match if SORTS[sort] == "place" { names.place(written) } else { names.actor(written) } {
            Found::Alias(_) | Found::Id => {
                id_of.insert(letters(written), way.name.clone());
                by_name.entry(format!("id {}", way.name)).or_default().push((written, way));
            }
            Found::Unknown(_) => unknown.push((written.as_str(), way)),
        }
    }
    for (written, way) in unknown {
        let letters = letters(written);
        let key = match id_of.get(&letters) {
            _ if letters.is_empty() => continue,
            Some(id) => format!("id {id}"),
            None => format!("name {letters}"),
        };
        by_name.entry(key).or_default().push((written, way));
    }
    let mut several: Vec<Ways<'s>> = by_name.into_values().filter(|ways| ways.len() > 1).collect();
    for ways in &mut several {
        ways.sort_by(|a, b| b.1.n_rows.cmp(&a.1.n_rows).then(a.0.cmp(b.0)));
    }
    // Those first of which most rows are spelled otherwise than the usual way.
    let n_otherwise = |ways: &Ways<'_>| ways[1..].iter().map(|(_, way)| way.n_rows).sum::<usize>();
    several.sort_by(|a, b| n_otherwise(b).cmp(&n_otherwise(a)).then(a[0].0.cmp(b[0].0)));
    several
}
