//! What a stated number can stand for.

use servanda_model::{Bounds, Number, Quantity};

/// Largest number that is checked, in thousandths; products of two such numbers and a percentage can be held.
const LARGEST: i64 = 1_000_000_000_000_000;

/// An open interval, in thousandths, and the exact bounds behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    pub(super) low: i64,
    pub(super) high: i64,
    /// By how much the number can have been rounded, up or down.
    pub(super) grain: i64,
    pub(super) is_approx: bool,
}

impl Stated {
    pub(super) fn of(quantity: &Quantity) -> Stated {
        let low = quantity.low_or_zero().thousandths();
        let high = quantity.high_or_max().thousandths();
        let grain = grain(quantity.best.unwrap_or(quantity.low_or_zero()).thousandths(), quantity.approx);
        Stated { low, high, grain, is_approx: quantity.approx }
    }

    /// Whether the number is one that can be reckoned with ([`LARGEST`]).
    pub(super) fn is_plain(self) -> bool {
        let is_small = |n: i64| (-LARGEST..=LARGEST).contains(&n);
        is_small(self.low) && (self.high == i64::MAX || is_small(self.high))
    }

    pub(super) fn bounds(self) -> Bounds {
        Bounds {
            low: Number::from_thousandths(self.low),
            high: (self.high != i64::MAX).then(|| Number::from_thousandths(self.high)),
        }
    }

    /// Whether a fraction from `low / of` to `high / of` is this number, rounded to the nearest, up or down.
    pub(super) fn is_any_rounding(self, low: i128, high: i128, of: i128) -> bool {
        let least = i128::from(self.low) - i128::from(self.grain);
        let most = i128::from(self.high).saturating_add(i128::from(self.grain));
        low < most.saturating_mul(of) && high > least * of
    }

    /// The same, rounded to the nearest.
    pub(super) fn is_nearest(self, low: i128, high: i128, of: i128) -> bool {
        let grain = i128::from(self.grain);
        let least = i128::from(self.low) * 2 - grain;
        let most = i128::from(self.high).saturating_mul(2).saturating_add(grain);
        low * 2 <= most.saturating_mul(of) && high * 2 >= least * of
    }

    /// The same, cut off.
    pub(super) fn is_cut_off(self, low: i128, high: i128, of: i128) -> bool {
        let most = i128::from(self.high).saturating_add(i128::from(self.grain));
        low < most.saturating_mul(of) && high >= i128::from(self.low) * of
    }
}

/// The last place of a number: 1 of 113, 0.1 of 45.6; of a number called approximate the place of its last digit that is not
/// zero, 10 of "about 250".
fn grain(thousandths: i64, is_approx: bool) -> i64 {
    let mut grain = 1;
    let limit = if is_approx { i64::MAX / 10 } else { 1000 };
    while grain < limit && thousandths != 0 && thousandths % (grain * 10) == 0 {
        grain *= 10;
    }
    if thousandths == 0 { 1000 } else { grain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_of_a_number() {
        for (number, is_approx, expected) in [
            (113_000, true, 1000),
            (250_000, true, 10_000),
            (250_000, false, 1000),
            (45_600, false, 100),
            (0, true, 1000),
        ] {
            assert_eq!(grain(number, is_approx), expected, "{number}");
        }
    }

    #[test]
    fn roundings_of_a_fraction() {
        let about = |n: i64, approx| Stated::of(&Quantity { approx, ..Quantity::exactly(n, "") });
        // 6,545 over 58 days is 112.8; over 59 days 110.9.
        assert!(about(113, true).is_any_rounding(6_545_000, 6_545_000, 58));
        assert!(!about(113, true).is_any_rounding(6_545_000, 6_545_000, 59));
        // 41.6 is 42 to the nearest and 41 cut off.
        assert!(!about(41, false).is_nearest(41_633, 41_633, 1));
        assert!(about(41, false).is_cut_off(41_633, 41_633, 1));
        assert!(about(42, false).is_nearest(41_633, 41_633, 1));
        assert!(about(24, false).is_nearest(24_265, 24_265, 1));
    }
}
