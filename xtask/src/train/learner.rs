//! Weights in the making: the averaged perceptron (Collins 2002), whole numbers throughout.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use servanda_language::training::{Hash, Row};

/// Weights are written in this fraction of an update.
const SCALE: i64 = 24;

/// Takes a hash as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 | u64::from(*byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    label: u8,
    weight: i32,
    total: i64,
    since: i64,
}

#[derive(Clone, Debug, Default)]
struct Weights {
    n_updates: u32,
    entries: Vec<Entry>,
}

/// Weights by feature and label.
#[derive(Debug, Default)]
pub(super) struct Learner {
    numbers: HashMap<Hash, u32, BuildHasherDefault<AsItIs>>,
    rows: Vec<Weights>,
    now: i64,
}

impl Learner {
    /// Adds up the weights of features.
    pub fn score(&self, features: &[Hash], scores: &mut [i32]) {
        scores.fill(0);
        for feature in features {
            let Some(number) = self.numbers.get(feature) else { continue };
            for entry in &self.rows[*number as usize].entries {
                scores[entry.label as usize] += entry.weight;
            }
        }
    }

    /// A decision was made: time passes for the averages.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of features towards one label and away from another.
    pub fn update(&mut self, features: &[Hash], right: usize, wrong: usize) {
        for feature in features {
            let next = self.rows.len() as u32;
            let number = *self.numbers.entry(*feature).or_insert(next);
            if number == next {
                self.rows.push(Weights::default());
            }
            let row = &mut self.rows[number as usize];
            row.n_updates += 1;
            row.add(right as u8, 1, self.now);
            row.add(wrong as u8, -1, self.now);
        }
    }

    /// Averages as rows, sorted; features that were touched less than `min_updates` times are left out.
    pub fn rows(&self, min_updates: u32) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (feature, number) in &self.numbers {
            let weights = &self.rows[*number as usize];
            if weights.n_updates < min_updates {
                continue;
            }
            let total = |entry: &Entry| entry.total + i64::from(entry.weight) * (self.now - entry.since);
            let averages = weights.entries.iter().map(|entry| (entry.label, average(total(entry), self.now)));
            let mut entries: Vec<(u8, i16)> = averages.filter(|(_, weight)| *weight != 0).collect();
            entries.sort_unstable();
            if !entries.is_empty() {
                rows.push((*feature, entries));
            }
        }
        rows.sort_unstable();
        rows
    }
}

/// The average of a weight over time as it is written: rounded, half away from zero.
pub(super) fn average(total: i64, now: i64) -> i16 {
    let (total, now) = (total * SCALE, now.max(1));
    let rounded = (2 * total + total.signum() * now) / (2 * now);
    rounded.clamp(i64::from(i16::MIN), i64::from(i16::MAX)) as i16
}

impl Weights {
    fn add(&mut self, label: u8, change: i32, now: i64) {
        let at = match self.entries.iter().position(|entry| entry.label == label) {
            Some(at) => at,
            None => {
                self.entries.push(Entry { label, weight: 0, total: 0, since: now });
                self.entries.len() - 1
            }
        };
        let entry = &mut self.entries[at];
        entry.total += i64::from(entry.weight) * (now - entry.since);
        entry.since = now;
        entry.weight += change;
    }
}

/// The allowed label with the highest score, the lowest number among equals.
pub(super) fn best(scores: &[i32], is_allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = (i32::MIN, 0);
    for (label, score) in scores.iter().enumerate() {
        if is_allowed(label) && *score > best.0 {
            best = (*score, label);
        }
    }
    best.1
}
