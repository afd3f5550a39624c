//! What one component of connected candidates comes to: posteriors, twins, clusters.
//!
//! Invariant: a function of the component alone, in an order of its own, so that arrival cannot change it and a new
//! record cannot change another component.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::assign::assign;
use super::fit::MAX_LOG_ODDS;

/// A pair below this probability is not taken as a link. Less than a half, because the choice among its rivals was made
/// already: of 0.4, 0.35 and 0.25 most often nobody else is left.
const MIN_POSTERIOR: f64 = 0.4;
/// Two clusters are joined where their pairs together say more than this (log odds); a little below 0, because pairs that
/// share a record are no independent witnesses.
const MIN_SAY: f64 = -1.5;
/// Rounds of messages; more change nothing in the third decimal.
const N_ROUNDS: usize = 12;
/// What a pair that is no candidate, or hardly one, says about two clusters that hold its records (log odds).
const NO_CANDIDATE: f64 = -2.5;
/// No pair outweighs more than this in the joining of clusters.
const MAX_SAY: f64 = 6.0;

/// What a person, or an analyst's name for the occurrence, says of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// One occurrence.
    Same,
    /// Two occurrences.
    Apart,
}

/// A live pair of a component; `a` and `b` are positions in the component, `a < b`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) log_odds: f64,
    pub(super) bond: Option<Bond>,
}

/// The outcome for each pair and each record.
#[derive(Clone, Debug)]
pub(super) struct Solved {
    pub(super) posterior: Vec<f64>,
    /// Whether the pair is a link of a cluster.
    pub(super) linked: Vec<bool>,
    /// Position of the first record of the cluster of each record.
    pub(super) cluster: Vec<u32>,
}

/// Solves a component: `sources` of its records in canonical order, its pairs in order of (`a`, `b`).
pub(super) fn solve(sources: &[u32], pairs: &[Pair]) -> Solved {
    let posterior = posteriors(sources, pairs);
    let twins = twins(sources, pairs, &posterior);
    let cluster = clusters(sources, pairs, &posterior, &twins);
    let linked = pairs.iter().map(|pair| cluster[pair.a as usize] == cluster[pair.b as usize]).collect();
    Solved { posterior, linked, cluster }
}

/// The probability of each pair among all one-to-one choices of its two sources, weighted by their odds.
///
/// Sum-product messages on the pairs (Williams and Lau 2014, data association by belief propagation): exact where the
/// candidates have no circle, close else. The sharing of the fit is its first round.
fn posteriors(sources: &[u32], pairs: &[Pair]) -> Vec<f64> {
    let odds: Vec<f64> = pairs.iter().map(odds).collect();
    let mut numbers: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let mut port = |record: u32, source: u32| {
        let next = numbers.len();
        *numbers.entry((record, source)).or_insert(next)
    };
    let ends: Vec<(usize, usize)> = pairs
        .iter()
        .map(|pair| {
            let (s, t) = (sources[pair.a as usize], sources[pair.b as usize]);
            let ends = (port(pair.a, t), port(pair.b, s));
            if s < t { ends } else { (ends.1, ends.0) }
        })
        .collect();
    let mut sums = vec![0.0; numbers.len()];
    let (mut to_column, mut to_row) = (vec![0.0; pairs.len()], vec![1.0; pairs.len()]);
    for _ in 0..N_ROUNDS {
        sums.fill(0.0);
        for (at, (row, _)) in ends.iter().enumerate() {
            sums[*row] += odds[at] * to_row[at];
        }
        for (at, (row, _)) in ends.iter().enumerate() {
            to_column[at] = odds[at] / (1.0 + (sums[*row] - odds[at] * to_row[at]).max(0.0));
        }
        sums.fill(0.0);
        for (at, (_, column)) in ends.iter().enumerate() {
            sums[*column] += to_column[at];
        }
        for (at, (_, column)) in ends.iter().enumerate() {
            to_row[at] = 1.0 / (1.0 + (sums[*column] - to_column[at]).max(0.0));
        }
    }
    sums.fill(0.0);
    for (at, (row, _)) in ends.iter().enumerate() {
        sums[*row] += odds[at] * to_row[at];
    }
    let posterior = |(at, (row, _)): (usize, &(usize, usize))| odds[at] * to_row[at] / (1.0 + sums[*row]);
    ends.iter().enumerate().map(posterior).collect()
}

fn odds(pair: &Pair) -> f64 {
    match pair.bond {
        Some(Bond::Same) => MAX_LOG_ODDS.exp(),
        Some(Bond::Apart) => 0.0,
        None => pair.log_odds.clamp(-MAX_LOG_ODDS, MAX_LOG_ODDS).exp(),
    }
}

/// For every two sources the one-to-one choice with the largest sum of log odds.
fn twins(sources: &[u32], pairs: &[Pair], posterior: &[f64]) -> Vec<u32> {
    let mut by_sources: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let (s, t) = (sources[pair.a as usize], sources[pair.b as usize]);
        by_sources.entry((s.min(t), s.max(t))).or_default().push(at as u32);
    }
    let mut twins = Vec::new();
    for ((first, _), here) in by_sources {
        let (mut rows, mut columns) = (Numbers::default(), Numbers::default());
        let edge = |at: &u32| {
            let pair = pairs[*at as usize];
            let (row, column) =
                if sources[pair.a as usize] == first { (pair.a, pair.b) } else { (pair.b, pair.a) };
            (rows.of(row), columns.of(column), score(&pair))
        };
        let edges: Vec<(u32, u32, i64)> = here.iter().map(edge).collect();
        let chosen = assign(rows.0.len(), columns.0.len(), &edges);
        twins.extend(chosen.into_iter().flatten().map(|edge| here[edge as usize]));
    }
    twins.retain(|at| {
        posterior[*at as usize] >= MIN_POSTERIOR || pairs[*at as usize].bond == Some(Bond::Same)
    });
    twins
}

#[derive(Default)]
struct Numbers(FxHashMap<u32, u32>);

impl Numbers {
    fn of(&mut self, name: u32) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name).or_insert(next)
    }
}

/// Log odds in millionths, so that sums are exact and ties are ties.
fn score(pair: &Pair) -> i64 {
    match pair.bond {
        Some(Bond::Same) => 1_000_000_000_000,
        Some(Bond::Apart) => 0,
        None => (pair.log_odds.clamp(-MAX_LOG_ODDS, MAX_LOG_ODDS) * 1e6) as i64,
    }
}

/// Joins twins to clusters, the surest first. Two clusters are joined when they share no source and all that is known
/// of their records' pairs speaks for it; else the link is cut.
fn clusters(sources: &[u32], pairs: &[Pair], posterior: &[f64], twins: &[u32]) -> Vec<u32> {
    let mut by_pair: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    by_pair.extend(pairs.iter().enumerate().map(|(at, pair)| ((pair.a, pair.b), at as u32)));
    let mut order = twins.to_vec();
    let is_same = |at: u32| pairs[at as usize].bond == Some(Bond::Same);
    order.sort_unstable_by(|x, y| {
        let surer = posterior[*y as usize].total_cmp(&posterior[*x as usize]);
        is_same(*y).cmp(&is_same(*x)).then(surer).then(x.cmp(y))
    });
    let mut cluster: Vec<u32> = (0..sources.len() as u32).collect();
    let mut members: Vec<Vec<u32>> = (0..sources.len() as u32).map(|at| vec![at]).collect();
    let say = |x: u32, y: u32| match by_pair.get(&(x.min(y), x.max(y))) {
        None => NO_CANDIDATE,
        Some(at) if pairs[*at as usize].bond == Some(Bond::Apart) => -1e6,
        Some(at) => logit(posterior[*at as usize]).max(NO_CANDIDATE),
    };
    for at in order {
        let pair = pairs[at as usize];
        let (one, other) = (cluster[pair.a as usize], cluster[pair.b as usize]);
        if one == other {
            continue;
        }
        let across = || {
            let (one, other) = (&members[one as usize], &members[other as usize]);
            one.iter().flat_map(move |x| other.iter().map(move |y| (*x, *y)))
        };
        let shares_source = across().any(|(x, y)| sources[x as usize] == sources[y as usize]);
        let for_it = || across().map(|(x, y)| say(x, y)).sum::<f64>() > MIN_SAY;
        if is_same(at) || !shares_source && for_it() {
            let (keep, drop) = (one.min(other), one.max(other));
            let moved = std::mem::take(&mut members[drop as usize]);
            for member in &moved {
                cluster[*member as usize] = keep;
            }
            members[keep as usize].extend(moved);
        }
    }
    cluster
}

fn logit(probability: f64) -> f64 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln().clamp(-MAX_SAY, MAX_SAY)
}
