//! From trucks to kilocalories for each person and day: a chain of sourced factors, each an interval.

use std::collections::BTreeMap;

use servanda_model::{Conversion, Number};

/// Smallest, best and largest value of a figure that was computed from figures with bounds; not a confidence interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Extent {
    /// Smallest.
    pub low: f64,
    /// From the best figures throughout.
    pub best: f64,
    /// Largest; infinite where one figure has no upper bound.
    pub high: f64,
}

impl Extent {
    /// From three numbers of a statement; [`Number::MAX`] is no upper bound.
    pub fn of(low: Number, best: Number, high: Number) -> Extent {
        let high = if high == Number::MAX { f64::INFINITY } else { high.to_f64() };
        Extent { low: low.to_f64(), best: best.to_f64(), high }
    }

    /// Multiplied by a factor that is not negative.
    pub fn times(self, other: Extent) -> Extent {
        // Nothing times any number is nothing, also where the number has no upper bound.
        let high = if self.high == 0.0 || other.high == 0.0 { 0.0 } else { self.high * other.high };
        Extent { low: self.low * other.low, best: self.best * other.best, high }
    }

    /// Divided by an amount above zero; `None` where the amount may be zero.
    pub fn over(self, other: Extent) -> Option<Extent> {
        (other.low > 0.0).then(|| Extent {
            low: self.low / other.high,
            best: self.best / other.best,
            high: self.high / other.low,
        })
    }

    /// The same amount for each of `n`, `n` above zero.
    pub fn per(self, n: f64) -> Extent {
        Extent { low: self.low / n, best: self.best / n, high: self.high / n }
    }
}

/// The shortest chain of factors from one unit to another; among equally short ones the first by the names of its
/// units. `None` where no chain of sourced factors leads there; the empty chain where the units are the same.
///
/// Factors are used in their own direction only: a share of trucks that carry food says nothing the other way round.
pub fn chain<'c>(from: &str, to: &str, conversions: &'c [Conversion]) -> Option<Vec<&'c Conversion>> {
    let mut known: BTreeMap<&str, Vec<&'c Conversion>> = BTreeMap::new();
    if from == to {
        return Some(Vec::new());
    }
    let mut edge: BTreeMap<&str, Vec<&'c Conversion>> = BTreeMap::from([(from, Vec::new())]);
    while !edge.is_empty() {
        let mut next: BTreeMap<&str, Vec<&'c Conversion>> = BTreeMap::new();
        for (unit, path) in &edge {
            let mut onward: Vec<&'c Conversion> =
                conversions.iter().filter(|conversion| conversion.from == *unit).collect();
            onward.sort_by(|a, b| (&a.to, &a.source).cmp(&(&b.to, &b.source)));
            for conversion in onward {
                let is_new = conversion.to != from && !known.contains_key(conversion.to.as_str());
                if is_new && !edge.contains_key(conversion.to.as_str()) {
                    let mut path = path.clone();
                    path.push(conversion);
                    next.entry(conversion.to.as_str()).or_insert(path);
                }
            }
        }
        if let Some(path) = next.get(to) {
            return Some(path.clone());
        }
        known.append(&mut edge);
        edge = next;
    }
    None
}

/// An amount taken along a chain.
pub fn along(amount: Extent, chain: &[&Conversion]) -> Extent {
    chain.iter().fold(amount, |amount, factor| amount.times(Extent::of(factor.low, factor.best, factor.high)))
}
