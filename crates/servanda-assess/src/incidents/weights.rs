//! Weights: how much agreement on each field speaks for one occurrence, and how much for two.
//!
//! The model is that of Fellegi and Sunter (1969): under "one occurrence" a level has probability m, under "two" it has
//! u, and log(m / u) is its weight. How the probabilities are found is in `fit.rs`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::compare::{Comparison, FIELDS, Field, N_LEVELS, groups};

/// Log weights of the levels of each field.
pub(super) type Levels = [[f64; N_LEVELS]; 5];

/// Classes of crowding: a pair with about 1, 2-3, 4-7 ... candidates on each side.
pub(super) const N_CROWDS: usize = 10;

/// The class of a pair whose records have so many candidates each (in the other's source).
pub(super) fn crowd(n_a: u32, n_b: u32) -> usize {
    let product = u64::from(n_a.max(1)) * u64::from(n_b.max(1));
    (product.ilog2() as usize / 2).min(N_CROWDS - 1)
}

/// Everything that the fit found. Fixed until the next fit, so that one new record changes only its neighbourhood.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    pub(super) pooled: Levels,
    pub(super) prior: [f64; N_CROWDS],
    /// Where two sources have enough candidates: their own weights and priors.
    pub(super) pairs: BTreeMap<(u32, u32), PairWeights>,
    pub(super) kinds: FxHashMap<(u32, u32), f64>,
    pub(super) actors: FxHashMap<u64, f64>,
    /// Rounds of the fit; 0: not fitted.
    pub n_rounds: u32,
    /// Candidate pairs that it was fitted to.
    pub n_pairs: usize,
    /// Pairs taken as one occurrence, in expectation.
    pub n_matches: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct PairWeights {
    pub(super) levels: Levels,
    pub(super) prior: [f64; N_CROWDS],
}

/// How much one field speaks for one occurrence.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The field.
    pub field: Field,
    /// What it is, in neutral key words.
    pub said: String,
    /// Natural logarithm of the likelihood ratio; above 0 speaks for one occurrence, 0 says nothing.
    pub weight: f64,
}

impl Default for Parameters {
    /// What is assumed before any record was seen, and what few records can move only a little (`fit.rs`).
    fn default() -> Parameters {
        let weight = |field, level| match assumed(field, level) {
            (m, u) if u > 0.0 => (m / u).ln(),
            _ => 0.0,
        };
        let pooled = FIELDS.map(|field| std::array::from_fn(|level| weight(field, level)));
        Parameters {
            pooled,
            prior: std::array::from_fn(|crowd| assumed_odds(crowd).ln()),
            pairs: BTreeMap::new(),
            kinds: FxHashMap::default(),
            actors: FxHashMap::default(),
            n_rounds: 0,
            n_pairs: 0,
            n_matches: 0.0,
        }
    }
}

/// Odds that two candidates are one occurrence before anything is compared: one twin in two among so many.
pub(super) fn assumed_odds(crowd: usize) -> f64 {
    1.0 / f64::from(1u32 << crowd)
}

/// Probabilities of a level under one and under two occurrences before any record was seen.
///
/// Distances of two occurrences are taken as uniform over the disc, delays as uniform over the window; all others are
/// round numbers. They are the prior of the fit, worth `fit::ASSUMED_PAIRS` pairs.
pub(super) fn assumed(field: Field, level: usize) -> (f64, f64) {
    const DISTANCE: [(f64, f64); 12] = [
        (0.15, 0.0016),
        (0.18, 0.0084),
        (0.22, 0.03),
        (0.15, 0.05),
        (0.13, 0.1125),
        (0.08, 0.1575),
        (0.06, 0.28),
        (0.03, 0.36),
        (0.35, 0.07),
        (0.3, 0.18),
        (0.25, 0.3),
        (0.1, 0.45),
    ];
    const DELAY: [(f64, f64); 9] = [
        (0.01, 0.06),
        (0.03, 0.18),
        (0.1, 0.18),
        (0.72, 0.16),
        (0.1, 0.18),
        (0.03, 0.18),
        (0.01, 0.06),
        (0.8, 0.5),
        (0.2, 0.5),
    ];
    const KIND: [(f64, f64); 2] = [(0.8, 0.3), (0.2, 0.7)];
    const ACTORS: [(f64, f64); 3] = [(0.8, 0.35), (0.1, 0.1), (0.1, 0.55)];
    const TOLL: [(f64, f64); 12] = [
        (0.3, 0.3),
        (0.12, 0.08),
        (0.07, 0.03),
        (0.06, 0.02),
        (0.03, 0.005),
        (0.03, 0.002),
        (0.13, 0.08),
        (0.08, 0.02),
        (0.07, 0.16),
        (0.04, 0.13),
        (0.05, 0.07),
        (0.02, 0.103),
    ];
    let table: &[(f64, f64)] = match field {
        Field::Distance => &DISTANCE,
        Field::Delay => &DELAY,
        Field::Kind => &KIND,
        Field::Actors => &ACTORS,
        Field::Toll => &TOLL,
    };
    if groups(field).iter().any(|group| group.contains(&level)) { table[level] } else { (0.0, 0.0) }
}

impl Parameters {
    /// Log odds that two candidates are one occurrence rather than two that nobody else reports.
    pub(super) fn log_odds(&self, sources: (u32, u32), crowd: usize, comparison: &Comparison) -> f64 {
        let pair = self.pairs.get(&sources);
        let levels = pair.map_or(&self.pooled, |pair| &pair.levels);
        let prior = pair.map_or(&self.prior, |pair| &pair.prior)[crowd];
        let levels: f64 = (0..5).map(|at| levels[at][usize::from(comparison.levels[at])]).sum();
        prior
            + levels
            + self.value_weight(Field::Kind, comparison)
            + self.value_weight(Field::Actors, comparison)
    }

    /// What the value that two records share adds to the weight of sharing one: rare values more than common ones.
    pub(super) fn value_weight(&self, field: Field, comparison: &Comparison) -> f64 {
        let found = match field {
            Field::Kind => self.kinds.get(&comparison.kinds),
            Field::Actors if comparison.actors != 0 => self.actors.get(&comparison.actors),
            _ => None,
        };
        found.copied().unwrap_or_default()
    }

    /// The weight of one field.
    pub(super) fn field_weight(&self, sources: (u32, u32), comparison: &Comparison, field: Field) -> f64 {
        let levels = self.pairs.get(&sources).map_or(&self.pooled, |pair| &pair.levels);
        levels[field as usize][usize::from(comparison.level(field))] + self.value_weight(field, comparison)
    }
}
