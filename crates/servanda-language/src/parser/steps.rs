//! Which weight has a feature for each step? Asked a hundred times a step, so a feature costs one line of the cache and no
//! branch: four features share a bucket, told apart by sixteen bits.

use crate::code::{Damaged, Reader};
use crate::filter::Filter;
use crate::hash::Hash;
use crate::table::Table;

/// Features in one bucket.
const N_SLOTS: usize = 4;
/// Bits of a feature that choose its bucket; its upper sixteen tell it from others there.
const BUCKET_BITS: u32 = 17;

/// Four features and their weights for three steps.
#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    marks: [u16; N_SLOTS],
    weights: [[i16; N_SLOTS]; 3],
}

/// Weights of the steps.
#[derive(Debug, Default)]
pub struct Steps {
    buckets: Vec<Bucket>,
    filter: Filter,
}

impl Steps {
    fn empty() -> Steps {
        Steps { buckets: vec![Bucket::default(); 1 << BUCKET_BITS], filter: Filter::default() }
    }

    /// A full bucket keeps its heaviest features; with three of four slots taken few are lost.
    fn insert(&mut self, feature: Hash, entries: &[(u8, i16)]) {
        let bucket = &mut self.buckets[place(feature)];
        let heft =
            |slot: usize| bucket.weights.iter().map(|weights| i32::from(weights[slot]).abs()).sum::<i32>();
        let lightest =
            (0..N_SLOTS).min_by_key(|slot| if bucket.marks[*slot] == 0 { -1 } else { heft(*slot) });
        let slot = lightest.unwrap_or(0);
        let own: i32 = entries.iter().map(|(_, weight)| i32::from(*weight).abs()).sum();
        if bucket.marks[slot] != 0 && heft(slot) >= own {
            return;
        }
        self.filter.insert(feature);
        bucket.marks[slot] = mark(feature);
        bucket.weights.iter_mut().for_each(|weights| weights[slot] = 0);
        for (step, weight) in entries {
            bucket.weights[usize::from(*step).min(2)][slot] = *weight;
        }
    }

    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Steps, Damaged> {
        let size = Table::decode_size(reader)?;
        let mut steps = Steps::empty();
        Table::decode_rows(reader, size, |feature, entries| steps.insert(feature, entries))?;
        if size.0 == 3 { Ok(steps) } else { Err(Damaged) }
    }

    /// Adds the weights of every feature; leaves only those that may be known.
    pub fn score(&self, features: &mut Vec<Hash>) -> [i32; 3] {
        self.filter.keep(features);
        let mut scores = [0; 3];
        for feature in features.iter() {
            let bucket = &self.buckets[place(*feature)];
            let mark = mark(*feature);
            for slot in 0..N_SLOTS {
                let is_it = -i32::from(bucket.marks[slot] == mark);
                for (score, weights) in scores.iter_mut().zip(&bucket.weights) {
                    *score += i32::from(weights[slot]) & is_it;
                }
            }
        }
        scores
    }
}

fn place(feature: Hash) -> usize {
    feature as usize & ((1 << BUCKET_BITS) - 1)
}

/// What tells a feature from others of its bucket; 0 marks a free slot.
fn mark(feature: Hash) -> u16 {
    ((feature >> 16) as u16).max(1)
}
