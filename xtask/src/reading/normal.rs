//! Dates, numbers and units on the specifications of recognisers (JSON: inputs with the results that are expected).
//!
//! Half of the inputs, chosen by a hash of their words, was looked at while the rules were written; the other half judges.
//! What counts as found is in docs/methods/dates-and-quantities.md, with what is out of scope.

mod item;
mod spans;
mod times;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};

use super::{Context, Scores};
use item::{Half, Item};

/// The specifications, by file and by what they ask for.
const SPECIFICATIONS: &[&str] =
    &["NumberModel", "OrdinalModel", "DimensionModel", "CurrencyModel", "DateTimeModel"];

/// Counts of one model in one half.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    n_expected: usize,
    n_found: usize,
    n_right: usize,
    n_out_of_scope: usize,
    n_items: usize,
    n_items_right: usize,
}

impl Tally {
    fn recall_ratio(&self) -> f64 {
        self.n_right as f64 / self.n_expected.max(1) as f64
    }

    fn precision_ratio(&self) -> f64 {
        self.n_right as f64 / self.n_found.max(1) as f64
    }

    fn f1_ratio(&self) -> f64 {
        let (p, r) = (self.precision_ratio(), self.recall_ratio());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn items_ratio(&self) -> f64 {
        self.n_items_right as f64 / self.n_items.max(1) as f64
    }
}

/// Measures every specification; `--failures MODEL` lists the misses of the half that may be looked at.
///
/// # Errors
/// A specification cannot be read.
pub(super) fn run(ctx: &Context) -> Result<Option<Scores>> {
    let Some(dir) = ctx.shared("data/language/recognizers_en") else { return Ok(None) };
    let mut scores = Scores::default();
    println!(
        "model           half      in scope  found  right  recall  precision     f1  whole inputs  out of scope"
    );
    for model in SPECIFICATIONS {
        let path = dir.join(format!("{model}.json"));
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let items = item::items(model, &text)?;
        for half in [Half::Seen, Half::Unseen] {
            let mut tally = Tally::default();
            let mut by_type: BTreeMap<String, (usize, usize)> = BTreeMap::new();
            for item in items.iter().filter(|item| item.half == half) {
                let shows = half == Half::Seen && ctx.after("--failures") == Some(model);
                judge(item, &mut tally, &mut by_type, shows);
            }
            let half_name = if half == Half::Seen { "seen" } else { "unseen" };
            println!(
                "{model:<15} {half_name:<8} {:>9} {:>6} {:>6}  {:.4}     {:.4} {:.4}        {:.4} {:>13}",
                tally.n_expected,
                tally.n_found,
                tally.n_right,
                tally.recall_ratio(),
                tally.precision_ratio(),
                tally.f1_ratio(),
                tally.items_ratio(),
                tally.n_out_of_scope
            );
            if *model == "DateTimeModel" {
                for (name, (right, all)) in &by_type {
                    println!("    {name:<20} {right:>4} of {all:>4}");
                }
            }
            if half == Half::Unseen {
                let name = model.trim_end_matches("Model").to_lowercase();
                scores.put(format!("{name}_recall"), tally.recall_ratio());
                scores.put(format!("{name}_precision"), tally.precision_ratio());
                scores.put(format!("{name}_f1"), tally.f1_ratio());
            }
        }
    }
    Ok(Some(scores))
}

/// Compares what is read with what is expected, one to one by place and value.
fn judge(item: &Item, tally: &mut Tally, by_type: &mut BTreeMap<String, (usize, usize)>, shows: bool) {
    let found = item.read();
    let mut taken = vec![false; found.len()];
    let mut misses = Vec::new();
    let mut n_right = 0;
    let mut n_expected = 0;
    for expected in &item.expected {
        // What is out of scope takes what is found at its place with it: it is neither right nor wrong.
        let at = found.iter().position(|found| expected.matches(found));
        if !expected.in_scope {
            tally.n_out_of_scope += 1;
            found
                .iter()
                .enumerate()
                .filter(|(_, found)| expected.overlaps(found))
                .for_each(|(ix, _)| taken[ix] = true);
            continue;
        }
        n_expected += 1;
        let counts = by_type.entry(expected.sort.clone()).or_default();
        counts.1 += 1;
        match at.filter(|at| !taken[*at]) {
            Some(at) => {
                taken[at] = true;
                n_right += 1;
                counts.0 += 1;
            }
            None => misses.push(expected),
        }
    }
    let out_of_scope = item.expected.iter().filter(|expected| !expected.in_scope);
    let excused: usize =
        out_of_scope.map(|expected| found.iter().filter(|found| expected.overlaps(found)).count()).sum();
    let extra = found.len().saturating_sub(n_right + excused);
    tally.n_expected += n_expected;
    tally.n_found += n_right + extra;
    tally.n_right += n_right;
    tally.n_items += 1;
    tally.n_items_right += usize::from(n_right == n_expected && extra == 0);
    if shows && (!misses.is_empty() || extra > 0) {
        println!("- {:?} ({})", item.input, item.reference);
        misses.iter().for_each(|expected| println!("    expected {expected}"));
        found
            .iter()
            .zip(&taken)
            .filter(|(_, taken)| !**taken)
            .for_each(|(found, _)| println!("    found    {found}"));
    }
}
