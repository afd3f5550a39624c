//! Names of features as numbers: fixed arithmetic, the same everywhere.

/// A feature or a word, hashed.
pub type Hash = u32;

/// Spreads the bits of a number (finaliser of MurmurHash3, public domain, Austin Appleby).
pub(crate) fn spread(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

/// Hash of bytes, with a seed that tells kinds apart (FNV-1a, spread).
pub(crate) fn bytes(seed: u64, bytes: impl Iterator<Item = u8>) -> Hash {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    spread(hash) as Hash
}

/// Hash of a template's number and one value.
pub(crate) fn one(template: u32, a: u32) -> Hash {
    spread((u64::from(template) << 40).wrapping_add(0x51_7c_c1_b7).wrapping_add(u64::from(a))) as Hash
}

/// Hash of a template's number and two values.
pub(crate) fn two(template: u32, a: u32, b: u32) -> Hash {
    let left = u64::from(a).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(template) << 32);
    spread((left ^ (left >> 29)).wrapping_add(u64::from(b).wrapping_mul(0xbf58_476d_1ce4_e5b9))) as Hash
}

/// Hash of a template's number and three values.
pub(crate) fn three(template: u32, a: u32, b: u32, c: u32) -> Hash {
    two(template, two(template, a, b), c)
}

/// Hash of a template's number and four values.
pub(crate) fn four(template: u32, a: u32, b: u32, c: u32, d: u32) -> Hash {
    two(template, two(template, a, b), two(template, c, d))
}
