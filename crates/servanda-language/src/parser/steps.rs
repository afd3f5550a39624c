//! Which weight has a feature for each step? Asked a hundred times a step, so a feature costs one line of the cache and no
//! branch: four features share a bucket, told apart by sixteen bits.

use crate::code::{Damaged, Reader};
use crate::filter::Filter;
use crate::hash::Hash;
use crate::table::Table;

/// Features in one bucket.
const N_SLOTS: usize = 4;
/// Buckets that are fetched before they are looked into.
const N_AT_ONCE: usize = 64;
/// Bits of a feature that choose its bucket; its upper sixteen tell it from others there.
const BUCKET_BITS: u32 = 17;

/// Four features and their weights for three steps: in the low sixteen bits of a slot the mark of its feature, above them the
/// weights of the steps in order. Aligned, for a bucket that lies across two lines of the cache costs two waits.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Bucket([u64; N_SLOTS]);

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

    /// A full bucket keeps its heaviest features; with three of four slots taken few are lost. Two features of one bucket
    /// that bear the same mark are one.
    fn insert(&mut self, feature: Hash, entries: &[(u8, i16)]) {
        let mut own = [0i16; 3];
        entries.iter().for_each(|(step, weight)| own[usize::from(*step).min(2)] = *weight);
        let heft = |weights: [i16; 3]| weights.map(|weight| i32::from(weight).abs()).iter().sum::<i32>();
        let slots = &mut self.buckets[place(feature)].0;
        let mark = mark(feature);
        let twin = slots.iter().position(|slot| *slot as u16 == mark);
        let is_free = |slot: u64| slot as u16 == 0;
        let lightest = |slot: &usize| if is_free(slots[*slot]) { -1 } else { heft(weights(slots[*slot])) };
        let at = twin.or_else(|| (0..N_SLOTS).min_by_key(lightest)).unwrap_or(0);
        let there = weights(slots[at]);
        if twin.is_some() {
            own = [0, 1, 2].map(|step| own[step].saturating_add(there[step]));
        } else if !is_free(slots[at]) && heft(there) >= heft(own) {
            return;
        }
        self.filter.insert(feature);
        slots[at] = own.iter().rev().fold(0, |slot, weight| slot << 16 | u64::from(*weight as u16)) << 16
            | u64::from(mark);
    }

    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Steps, Damaged> {
        let size = Table::decode_size(reader)?;
        let mut steps = Steps::empty();
        Table::decode_rows(reader, size, |feature, entries| steps.insert(feature, entries))?;
        if size.0 == 3 { Ok(steps) } else { Err(Damaged) }
    }

    /// Adds the weights of every feature; leaves only those that may be known.
    ///
    /// Nearly all time is spent waiting for memory. So all buckets are fetched before any is looked into: a branch that
    /// waits for one of them would keep the others from being fetched.
    pub fn score(&self, features: &mut Vec<Hash>) -> [i32; 3] {
        self.filter.keep(features);
        let mut scores = [0; 3];
        let mut fetched = [Bucket::default(); N_AT_ONCE];
        for features in features.chunks(N_AT_ONCE) {
            for (bucket, feature) in fetched.iter_mut().zip(features) {
                *bucket = self.buckets[place(*feature)];
            }
            for (bucket, feature) in fetched.iter().zip(features) {
                let mark = mark(*feature);
                let is_it = |slot: u64| u64::from(slot as u16 == mark).wrapping_neg();
                let found = bucket.0.iter().fold(0, |found, slot| found | slot & is_it(*slot));
                scores.iter_mut().zip(weights(found)).for_each(|(score, weight)| *score += i32::from(weight));
            }
        }
        scores
    }
}

/// The weights of a slot.
fn weights(slot: u64) -> [i16; 3] {
    [16, 32, 48].map(|shift| (slot >> shift) as i16)
}

fn place(feature: Hash) -> usize {
    feature as usize & ((1 << BUCKET_BITS) - 1)
}

/// What tells a feature from others of its bucket; 0 marks a free slot.
fn mark(feature: Hash) -> u16 {
    ((feature >> 16) as u16).max(1)
}
