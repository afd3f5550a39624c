//! Copies: news that repeats other news word for word, or nearly, is the voice of one origin.
//!
//! Texts are compared as sets of three-word shingles (Broder 1997). Which pairs to compare is found by MinHash in bands
//! (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3); each found pair is then compared in full, so
//! that the hashing can miss a copy and never make one.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use servanda_ledger::View;
use servanda_model::{Method, Polarity};

use super::gather::Unit;

/// Share of shingles in common from which a text is a copy.
const MIN_RESEMBLANCE: f64 = 0.7;
/// Shorter texts are alike by chance.
const MIN_WORDS: usize = 8;
const N_BANDS: u64 = 12;
const N_ROWS: u64 = 2;

/// Lays units that copy another to it: the one that became known first stays. Rows of tables are no copies of each other,
/// however alike, and what is denied is no copy of what is asserted.
pub(super) fn copies(view: &View, units: &mut Vec<Unit>) {
    let texts: Vec<Option<BTreeSet<u64>>> = units.iter().map(|unit| shingles_of(view, unit)).collect();
    let mut buckets: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        for band in 0..N_BANDS {
            let Some(text) = text else { continue };
            let least = |row| text.iter().map(|shingle| mix(*shingle, band * N_ROWS + row)).min();
            let mut hasher = FxHasher::default();
            (0..N_ROWS).for_each(|row| least(row).hash(&mut hasher));
            buckets.entry((band, hasher.finish())).or_default().push(at);
        }
    }
    let known = |unit: &Unit| {
        let fact = unit.facts.iter().filter_map(|ix| view.fact(*ix)).map(|fact| fact.known_at).min();
        (fact, unit.key)
    };
    let mut copy_of: Vec<usize> = (0..units.len()).collect();
    for here in buckets.values() {
        for (i, a) in here.iter().enumerate() {
            for b in &here[i + 1..] {
                let (a, b) = (root(&copy_of, *a), root(&copy_of, *b));
                if a != b && is_copy(&units[a], &units[b], texts[a].as_ref(), texts[b].as_ref()) {
                    let (first, second) = if known(&units[a]) <= known(&units[b]) { (a, b) } else { (b, a) };
                    copy_of[second] = first;
                }
            }
        }
    }
    for at in 0..units.len() {
        let first = root(&copy_of, at);
        if first != at {
            let mut moved = std::mem::take(&mut units[at].facts);
            moved.append(&mut units[at].copies);
            units[first].copies.extend(moved);
        }
    }
    units.retain(|unit| !unit.facts.is_empty());
    units.iter_mut().for_each(|unit| unit.copies.sort_unstable_by_key(|ix| view.claim_id(*ix)));
}

fn root(copy_of: &[usize], mut at: usize) -> usize {
    while copy_of[at] != at {
        at = copy_of[at];
    }
    at
}

fn is_copy(a: &Unit, b: &Unit, one: Option<&BTreeSet<u64>>, other: Option<&BTreeSet<u64>>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let n_common = one.intersection(other).count();
    let n_all = one.len() + other.len() - n_common;
    a.kind == b.kind
        && a.polarity == b.polarity
        && a.source != b.source
        && n_common as f64 >= MIN_RESEMBLANCE * n_all as f64
}

fn shingles_of(view: &View, unit: &Unit) -> Option<BTreeSet<u64>> {
    let is_prose = |ix: &&servanda_ledger::FactIx| {
        view.fact(**ix)
            .is_some_and(|fact| fact.method != Method::Feed && fact.polarity == Polarity::Affirmative)
    };
    let first = unit.facts.iter().find(is_prose)?;
    shingles(&view.claim(*first)?.quote)
}

/// The three-word shingles of a text, as hashes; `None` where it is too short to tell anything.
pub(super) fn shingles(text: &str) -> Option<BTreeSet<u64>> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() < MIN_WORDS {
        return None;
    }
    let hash = |words: &[&str]| {
        let mut hasher = FxHasher::default();
        words.hash(&mut hasher);
        hasher.finish()
    };
    Some(words.windows(3).map(hash).collect())
}

/// One of many hashes of a number (the finaliser of SplitMix64).
fn mix(value: u64, salt: u64) -> u64 {
    let mut z = value ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
