//! Expectation-maximisation: weights from the records themselves, with no labelled pair.
//!
//! Fellegi and Sunter (1969) for the model, Winkler (1988) for the estimation. Two things differ, because occurrences
//! crowd in space and time:
//!
//! - **Each record's weight is shared.** A record has at most one twin in another source. With w the odds of a pair, the
//!   expectation is g = w / (1 + R + C - w), R and C being the sums of w over all candidates of its two records, and 1
//!   standing for "no twin". A crowded day then yields no more twins than a quiet one.
//! - **The prior depends on crowding.** Among pairs of one class of crowding the prior odds are the expected number of
//!   twins over the expected number of candidate pairs in which neither record has any twin.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::compare::{Comparison, FIELDS, N_LEVELS, groups};
use super::weights::{Levels, N_CROWDS, PairWeights, Parameters, assumed, assumed_odds};

/// How many pairs the assumptions are worth beside those that were seen.
pub(super) const ASSUMED_PAIRS: f64 = 40.0;
/// How many pairs all sources together are worth beside those of two sources.
const POOLED_PAIRS: f64 = 60.0;
/// How many pairs the mere frequency of a value is worth beside those in which it was seen.
const FREQUENCY_PAIRS: f64 = 20.0;
const MAX_ROUNDS: u32 = 60;
const CLOSE_ENOUGH: f64 = 1e-4;
/// No odds are surer than this, whatever agrees.
pub(super) const MAX_LOG_ODDS: f64 = 30.0;

/// A candidate pair as the fit sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FitPair {
    pub(super) sources: (u32, u32),
    /// Which sums the two records' odds belong to: one for each record and other source.
    pub(super) ports: (u32, u32),
    pub(super) crowd: u8,
    pub(super) comparison: Comparison,
}

/// Expected counts of one round.
#[derive(Clone, Debug, Default)]
struct Counts {
    m: [[f64; N_LEVELS]; 5],
    u: [[f64; N_LEVELS]; 5],
    twins: [f64; N_CROWDS],
    alone: [f64; N_CROWDS],
}

#[derive(Clone, Copy, Debug, Default)]
struct Value {
    m: f64,
    u: f64,
}

/// Fits the parameters. The pairs come in an order that does not depend on arrival.
pub(super) fn fit(pairs: &[FitPair], n_ports: usize, frequencies: &Frequencies) -> Parameters {
    let mut parameters = Parameters::default();
    if pairs.is_empty() {
        return parameters;
    }
    let mut expected = vec![0.0; pairs.len()];
    for round in 1..=MAX_ROUNDS {
        let sums = expect(pairs, n_ports, &parameters, &mut expected);
        let next = maximise(pairs, &expected, &sums, frequencies);
        let change = change(&parameters, &next);
        parameters = next;
        parameters.n_rounds = round;
        if change < CLOSE_ENOUGH {
            break;
        }
    }
    parameters
}

/// How often each kind and each set of actors occurs among the records, as shares.
#[derive(Clone, Debug, Default)]
pub(super) struct Frequencies {
    pub(super) kinds: FxHashMap<u32, f64>,
    pub(super) actors: FxHashMap<u64, f64>,
}

fn expect(pairs: &[FitPair], n_ports: usize, parameters: &Parameters, expected: &mut [f64]) -> Vec<f64> {
    let mut sums = vec![0.0; n_ports];
    for (pair, odds) in pairs.iter().zip(expected.iter_mut()) {
        let log_odds = parameters.log_odds(pair.sources, usize::from(pair.crowd), &pair.comparison);
        *odds = log_odds.clamp(-MAX_LOG_ODDS, MAX_LOG_ODDS).exp();
        sums[pair.ports.0 as usize] += *odds;
        sums[pair.ports.1 as usize] += *odds;
    }
    let mut shares = vec![0.0; n_ports];
    for (pair, g) in pairs.iter().zip(expected.iter_mut()) {
        *g = shared(*g, sums[pair.ports.0 as usize], sums[pair.ports.1 as usize]);
        shares[pair.ports.0 as usize] += *g;
        shares[pair.ports.1 as usize] += *g;
    }
    shares
}

/// The probability of a pair of odds `w` whose two records have odds `row` and `column` in all.
pub(super) fn shared(w: f64, row: f64, column: f64) -> f64 {
    w / (1.0 + row + column - w)
}

fn maximise(pairs: &[FitPair], expected: &[f64], shares: &[f64], frequencies: &Frequencies) -> Parameters {
    let mut all = Counts::default();
    let mut by_sources: BTreeMap<(u32, u32), Counts> = BTreeMap::new();
    let mut kinds: FxHashMap<(u32, u32), Value> = FxHashMap::default();
    let mut actors: FxHashMap<u64, Value> = FxHashMap::default();
    for (pair, g) in pairs.iter().zip(expected) {
        let alone = |port: u32| (1.0 - shares[port as usize]).max(0.0);
        let alone = alone(pair.ports.0) * alone(pair.ports.1);
        for counts in [&mut all, by_sources.entry(pair.sources).or_default()] {
            for (at, level) in pair.comparison.levels.iter().enumerate() {
                counts.m[at][usize::from(*level)] += g;
                counts.u[at][usize::from(*level)] += 1.0 - g;
            }
            counts.twins[usize::from(pair.crowd)] += g;
            counts.alone[usize::from(pair.crowd)] += alone;
        }
        let kind = kinds.entry(pair.comparison.kinds).or_default();
        (kind.m, kind.u) = (kind.m + g, kind.u + 1.0 - g);
        if pair.comparison.actors != 0 {
            let set = actors.entry(pair.comparison.actors).or_default();
            (set.m, set.u) = (set.m + g, set.u + 1.0 - g);
        }
    }
    let assumed = (assumed_tables(), std::array::from_fn(assumed_odds));
    let (pooled, shares_of_levels, prior) = estimate(&all, &assumed.0, &assumed.1, ASSUMED_PAIRS);
    let pairs_of = by_sources.iter().map(|(sources, counts)| {
        let (levels, _, prior) = estimate(counts, &shares_of_levels, &prior, POOLED_PAIRS);
        (*sources, PairWeights { levels, prior: prior.map(f64::ln) })
    });
    Parameters {
        pooled,
        prior: prior.map(f64::ln),
        pairs: pairs_of.collect(),
        kinds: kind_weights(&kinds, &frequencies.kinds),
        actors: actor_weights(&actors, &frequencies.actors),
        n_rounds: 0,
        n_pairs: pairs.len(),
        n_matches: expected.iter().sum(),
    }
}

/// Probabilities of each level: under one and under two occurrences.
type Shares = [[(f64, f64); N_LEVELS]; 5];

fn assumed_tables() -> Shares {
    FIELDS.map(|field| std::array::from_fn(|level| assumed(field, level)))
}

/// Weights from counts and from what was held before, worth `strength` pairs.
fn estimate(
    counts: &Counts,
    before: &Shares,
    odds_before: &[f64; N_CROWDS],
    strength: f64,
) -> (Levels, Shares, [f64; N_CROWDS]) {
    let mut weights = [[0.0; N_LEVELS]; 5];
    let mut shares = *before;
    for field in FIELDS {
        let at = field as usize;
        for group in groups(field) {
            let sum = |table: &[f64; N_LEVELS]| table[group.clone()].iter().sum::<f64>();
            let (n_m, n_u) = (sum(&counts.m[at]), sum(&counts.u[at]));
            let sum_before = before[at][group.clone()]
                .iter()
                .fold((0.0, 0.0), |sum, share| (sum.0 + share.0, sum.1 + share.1));
            for level in group.clone() {
                let (m, u) = before[at][level];
                let m = (counts.m[at][level] + strength * m / sum_before.0) / (n_m + strength);
                let u = (counts.u[at][level] + strength * u / sum_before.1) / (n_u + strength);
                shares[at][level] = (m, u);
                weights[at][level] = (m / u).ln();
            }
        }
    }
    // Odds held before are worth `strength` candidate pairs in which neither has a twin, a quarter of them for odds.
    let strength = strength / 4.0;
    let odds = std::array::from_fn(|crowd| {
        let (twins, alone) = (counts.twins[crowd], counts.alone[crowd]);
        (twins + strength * odds_before[crowd]) / (alone + strength)
    });
    (weights, shares, odds)
}

/// Of kinds that agree: rare ones weigh more. Of kinds that differ: those often given for one occurrence weigh less
/// against it.
fn kind_weights(
    seen: &FxHashMap<(u32, u32), Value>,
    frequencies: &FxHashMap<u32, f64>,
) -> FxHashMap<(u32, u32), f64> {
    let of = |kind: u32| frequencies.get(&kind).copied().unwrap_or(1e-6);
    let mut weights = FxHashMap::default();
    for same in [true, false] {
        let mut here: Vec<((u32, u32), Value)> =
            seen.iter().filter(|((a, b), _)| (a == b) == same).map(|(key, value)| (*key, *value)).collect();
        here.sort_unstable_by_key(|(key, _)| *key);
        let total = here
            .iter()
            .fold(Value::default(), |sum, (_, value)| Value { m: sum.m + value.m, u: sum.u + value.u });
        let expected_m = |(a, b): (u32, u32)| if same { of(a) } else { of(a) * of(b) };
        let expected_u = |(a, b): (u32, u32)| of(a) * of(b);
        let sum_m: f64 = here.iter().map(|(key, _)| expected_m(*key)).sum();
        let sum_u: f64 = here.iter().map(|(key, _)| expected_u(*key)).sum();
        for (key, value) in here {
            let m = value.m + FREQUENCY_PAIRS * expected_m(key) / sum_m;
            let u = value.u + FREQUENCY_PAIRS * expected_u(key) / sum_u;
            let weight = (m / (total.m + FREQUENCY_PAIRS)) / (u / (total.u + FREQUENCY_PAIRS));
            weights.insert(key, weight.ln());
        }
    }
    weights
}

fn actor_weights(seen: &FxHashMap<u64, Value>, frequencies: &FxHashMap<u64, f64>) -> FxHashMap<u64, f64> {
    let of = |set: u64| frequencies.get(&set).copied().unwrap_or(1e-6);
    let mut here: Vec<(u64, Value)> = seen.iter().map(|(key, value)| (*key, *value)).collect();
    here.sort_unstable_by_key(|(key, _)| *key);
    let total = here
        .iter()
        .fold(Value::default(), |sum, (_, value)| Value { m: sum.m + value.m, u: sum.u + value.u });
    let sum_m: f64 = here.iter().map(|(set, _)| of(*set)).sum();
    let sum_u: f64 = here.iter().map(|(set, _)| of(*set).powi(2)).sum();
    let weight = |set: u64, value: Value| {
        let m = (value.m + FREQUENCY_PAIRS * of(set) / sum_m) / (total.m + FREQUENCY_PAIRS);
        let u = (value.u + FREQUENCY_PAIRS * of(set).powi(2) / sum_u) / (total.u + FREQUENCY_PAIRS);
        (m / u).ln()
    };
    here.into_iter().map(|(set, value)| (set, weight(set, value))).collect()
}

fn change(old: &Parameters, new: &Parameters) -> f64 {
    let levels = old.pooled.iter().flatten().zip(new.pooled.iter().flatten());
    let priors = old.prior.iter().zip(&new.prior);
    levels.chain(priors).map(|(old, new)| (old - new).abs()).fold(0.0, f64::max)
}
