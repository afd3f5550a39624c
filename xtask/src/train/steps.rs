//! Weights of the parser's steps in the making: as `learner`, but with room for all three steps in one place, for it is
//! asked a hundred times a step.

use servanda_language::training::{Hash, Row};

use super::learner::average;

/// Weights of one feature.
#[derive(Clone, Copy, Debug, Default)]
struct Weights {
    feature: Hash,
    n_updates: u32,
    now: [i32; 3],
    total: [i64; 3],
    since: i64,
}

/// Weights by feature and step, in a table with open addressing.
#[derive(Debug)]
pub(super) struct StepLearner {
    slots: Vec<Weights>,
    n_used: usize,
    now: i64,
}

impl StepLearner {
    pub fn new() -> StepLearner {
        StepLearner { slots: vec![Weights::default(); 1 << 16], n_used: 0, now: 0 }
    }

    /// The slot of a feature, or the free one where it belongs.
    fn slot(&self, feature: Hash) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = feature as usize & mask;
        while self.slots[at].n_updates != 0 && self.slots[at].feature != feature {
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds up the weights of features.
    pub fn score(&self, features: &[Hash]) -> [i32; 3] {
        let mut scores = [0; 3];
        for feature in features {
            let weights = &self.slots[self.slot(*feature)];
            scores.iter_mut().zip(weights.now).for_each(|(score, weight)| *score += weight);
        }
        scores
    }

    /// A decision was made: time passes for the averages.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of features towards one step and away from another.
    pub fn update(&mut self, features: &[Hash], right: usize, wrong: usize) {
        for feature in features {
            let at = self.slot(*feature);
            let now = self.now;
            let weights = &mut self.slots[at];
            self.n_used += usize::from(weights.n_updates == 0);
            weights.feature = *feature;
            weights.n_updates += 1;
            for step in 0..3 {
                weights.total[step] += i64::from(weights.now[step]) * (now - weights.since);
            }
            weights.since = now;
            weights.now[right] += 1;
            weights.now[wrong] -= 1;
            if self.n_used * 2 > self.slots.len() {
                self.grow();
            }
        }
    }

    fn grow(&mut self) {
        let bigger = vec![Weights::default(); self.slots.len() * 2];
        let before = std::mem::replace(&mut self.slots, bigger);
        for weights in before.into_iter().filter(|weights| weights.n_updates > 0) {
            let at = self.slot(weights.feature);
            self.slots[at] = weights;
        }
    }

    /// Averages as rows, sorted; features that were touched less than `min_updates` times are left out.
    pub fn rows(&self, min_updates: u32) -> Vec<Row> {
        let mut rows = Vec::new();
        for weights in self.slots.iter().filter(|weights| weights.n_updates >= min_updates) {
            let total =
                |step: usize| weights.total[step] + i64::from(weights.now[step]) * (self.now - weights.since);
            let entries = (0..3).map(|step| (step as u8, average(total(step), self.now)));
            let entries: Vec<(u8, i16)> = entries.filter(|(_, weight)| *weight != 0).collect();
            if !entries.is_empty() {
                rows.push((weights.feature, entries));
            }
        }
        rows.sort_unstable();
        rows
    }
}
