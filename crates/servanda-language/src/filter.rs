//! Is a feature known at all? Most are not; a bit tells, and the bits stay in the cache where the weights do not.

use crate::hash::Hash;

/// Bits of a feature that choose its place here: 256 KiB, a tenth of it set by two hundred thousand features.
const N_BITS: u32 = 21;

/// One bit for each of so many groups of features.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    bits: Vec<u64>,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { bits: vec![0; 1 << (N_BITS - 6)] }
    }
}

impl Filter {
    pub fn insert(&mut self, feature: Hash) {
        let (word, bit) = place(feature);
        self.bits[word] |= 1 << bit;
    }

    /// Leaves only features that may be known; none that is gets lost.
    pub fn keep(&self, features: &mut Vec<Hash>) {
        let mut n = 0;
        for at in 0..features.len() {
            let feature = features[at];
            let (word, bit) = place(feature);
            features[n] = feature;
            n += (self.bits[word] >> bit & 1) as usize;
        }
        features.truncate(n);
    }
}

fn place(feature: Hash) -> (usize, u32) {
    let at = feature >> (32 - N_BITS);
    ((at >> 6) as usize, at & 63)
}
