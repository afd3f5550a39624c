//! Exact fractions of whole numbers, in which numbers are read before they are rounded to thousandths.

use servanda_model::Number;

/// A fraction in lowest terms with a positive denominator. Operations give `None` where a part would overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    n: i128,
    d: i128,
}

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { divisor(b, a % b) }
}

impl Ratio {
    pub(crate) const ZERO: Ratio = Ratio { n: 0, d: 1 };
    pub(crate) const ONE: Ratio = Ratio { n: 1, d: 1 };

    pub(crate) fn whole(n: i128) -> Ratio {
        Ratio { n, d: 1 }
    }

    pub(crate) fn new(n: i128, d: i128) -> Option<Ratio> {
        if d == 0 || n == i128::MIN || d == i128::MIN {
            return None;
        }
        let by = divisor(n.abs(), d.abs()) * d.signum();
        Some(Ratio { n: n / by, d: d / by })
    }

    pub(crate) fn plus(self, other: Ratio) -> Option<Ratio> {
        let left = self.n.checked_mul(other.d)?;
        let right = other.n.checked_mul(self.d)?;
        Ratio::new(left.checked_add(right)?, self.d.checked_mul(other.d)?)
    }

    pub(crate) fn times(self, other: Ratio) -> Option<Ratio> {
        let (a, b) = (Ratio::new(self.n, other.d)?, Ratio::new(other.n, self.d)?);
        Ratio::new(a.n.checked_mul(b.n)?, a.d.checked_mul(b.d)?)
    }

    pub(crate) fn over(self, other: Ratio) -> Option<Ratio> {
        self.times(Ratio::new(other.d, other.n)?)
    }

    pub(crate) fn negative(self) -> Ratio {
        Ratio { n: -self.n, d: self.d }
    }

    pub(crate) fn power(self, exponent: i32) -> Option<Ratio> {
        let mut result = Ratio::ONE;
        for _ in 0..exponent.unsigned_abs().min(400) {
            result = result.times(self)?;
        }
        if exponent < 0 { Ratio::ONE.over(result) } else { Some(result) }
    }

    pub(crate) fn is_whole(self) -> bool {
        self.d == 1
    }

    /// The number itself, where it is whole and fits.
    pub(crate) fn as_whole(self) -> Option<i64> {
        self.is_whole().then(|| i64::try_from(self.n).ok()).flatten()
    }

    /// Rounded to thousandths, half away from zero; `None` beyond the bounds of a number.
    pub(crate) fn to_number(self) -> Option<Number> {
        let scaled = self.n.checked_mul(2000)?.checked_add(self.d * self.n.signum())?;
        i64::try_from(scaled / self.d.checked_mul(2)?).ok().map(Number::from_thousandths)
    }

    pub(crate) fn to_f64(self) -> f64 {
        self.n as f64 / self.d as f64
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<std::cmp::Ordering> {
        match (self.n.checked_mul(other.d), other.n.checked_mul(self.d)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => self.to_f64().partial_cmp(&other.to_f64()),
        }
    }
}
