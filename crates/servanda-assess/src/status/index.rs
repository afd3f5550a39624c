//! An ordered index with prefix sums: weights at moments, added and taken away in O(log n).
//!
//! Chunks of at most [`CHUNK`] moments under an implicit segment tree of (sum, smallest prefix). An insert at a
//! random place among a million moments takes about half a microsecond; the tree over the chunks is rebuilt
//! only when a chunk splits (once in about 32 inserts).

/// Most moments in one chunk: sums inside a chunk are added up one by one, so it is kept short.
const CHUNK: usize = 64;

/// Weights by moment (milliseconds). Weights at one moment add up: events in the same instant are a set.
#[derive(Clone, Debug, Default)]
pub(crate) struct SumIndex {
    chunks: Vec<Vec<(i64, i64)>>,
    /// Segment tree over the chunks, root at 1.
    tree: Vec<Summary>,
    n_leaves: usize,
}

/// Sum, smallest and largest prefix sum (of at least one moment).
type Summary = (i64, i64, i64);

const EMPTY: Summary = (0, i64::MAX, i64::MIN);

fn join(left: Summary, right: Summary) -> Summary {
    if right.1 == i64::MAX {
        return left;
    }
    let least = left.1.min(left.0.saturating_add(right.1));
    let most = left.2.max(left.0.saturating_add(right.2));
    (left.0.saturating_add(right.0), least, most)
}

fn summary(chunk: &[(i64, i64)]) -> Summary {
    let (mut sum, mut least, mut most) = EMPTY;
    for (_, weight) in chunk {
        sum = sum.saturating_add(*weight);
        least = least.min(sum);
        most = most.max(sum);
    }
    (sum, least, most)
}

impl SumIndex {
    /// An index of these weights, in any order.
    pub(crate) fn bulk(mut weights: Vec<(i64, i64)>) -> SumIndex {
        weights.sort_unstable_by_key(|(moment, _)| *moment);
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(weights.len());
        for (moment, weight) in weights {
            match merged.last_mut() {
                Some(last) if last.0 == moment => last.1 = last.1.saturating_add(weight),
                _ => merged.push((moment, weight)),
            }
        }
        merged.retain(|(_, weight)| *weight != 0);
        let chunks = merged.chunks(CHUNK * 3 / 4).map(|chunk| chunk.to_vec()).collect();
        let mut index = SumIndex { chunks, tree: Vec::new(), n_leaves: 0 };
        index.rebuild();
        index
    }

    fn rebuild(&mut self) {
        self.n_leaves = self.chunks.len().next_power_of_two().max(1);
        self.tree.clear();
        self.tree.resize(2 * self.n_leaves, EMPTY);
        for (at, chunk) in self.chunks.iter().enumerate() {
            self.tree[self.n_leaves + at] = summary(chunk);
        }
        for node in (1..self.n_leaves).rev() {
            self.tree[node] = join(self.tree[2 * node], self.tree[2 * node + 1]);
        }
    }

    fn refresh(&mut self, chunk: usize) {
        let mut node = self.n_leaves + chunk;
        self.tree[node] = summary(&self.chunks[chunk]);
        while node > 1 {
            node /= 2;
            self.tree[node] = join(self.tree[2 * node], self.tree[2 * node + 1]);
        }
    }

    /// Adds a weight at a moment; a weight that becomes 0 leaves no trace.
    pub(crate) fn add(&mut self, moment: i64, weight: i64) {
        if weight == 0 {
            return;
        }
        if self.chunks.is_empty() {
            self.chunks.push(vec![(moment, weight)]);
            self.rebuild();
            return;
        }
        let chunk = self.chunks.partition_point(|chunk| chunk[0].0 <= moment).saturating_sub(1);
        let items = &mut self.chunks[chunk];
        match items.binary_search_by_key(&moment, |(at, _)| *at) {
            Ok(found) => {
                items[found].1 = items[found].1.saturating_add(weight);
                if items[found].1 == 0 {
                    items.remove(found);
                }
            }
            Err(place) => items.insert(place, (moment, weight)),
        }
        if items.is_empty() {
            self.chunks.remove(chunk);
            self.rebuild();
        } else if items.len() > CHUNK {
            let upper = items.split_off(CHUNK / 2);
            self.chunks.insert(chunk + 1, upper);
            self.rebuild();
        } else {
            self.refresh(chunk);
        }
    }

    /// Sum of the weights at or before a moment.
    pub(crate) fn until(&self, moment: i64) -> i64 {
        let n_before = self.chunks.partition_point(|chunk| chunk[0].0 <= moment);
        let Some(chunk) = n_before.checked_sub(1) else { return 0 };
        let items = &self.chunks[chunk];
        let n_items = items.partition_point(|(at, _)| *at <= moment);
        let inside = items[..n_items].iter().fold(0i64, |sum, (_, weight)| sum.saturating_add(*weight));
        self.sum_before_chunk(chunk).saturating_add(inside)
    }

    /// Sum of the weights strictly before a moment.
    pub(crate) fn before(&self, moment: i64) -> i64 {
        if moment == i64::MIN { 0 } else { self.until(moment - 1) }
    }

    fn sum_before_chunk(&self, chunk: usize) -> i64 {
        let (mut node, mut sum) = (self.n_leaves + chunk, 0i64);
        while node > 1 {
            if node % 2 == 1 {
                sum = sum.saturating_add(self.tree[node - 1].0);
            }
            node /= 2;
        }
        sum
    }

    /// Sum of all weights.
    pub(crate) fn total(&self) -> i64 {
        self.tree.get(1).map_or(0, |root| root.0)
    }

    /// First moment at which the sum since the beginning reaches `target`; weights must not be negative.
    pub(crate) fn first_reaching(&self, target: i64) -> Option<i64> {
        if target <= 0 {
            return Some(i64::MIN);
        }
        if self.total() < target {
            return None;
        }
        let (mut node, mut missing) = (1, target);
        while node < self.n_leaves {
            node *= 2;
            if self.tree[node].0 < missing {
                missing -= self.tree[node].0;
                node += 1;
            }
        }
        for (moment, weight) in &self.chunks[node - self.n_leaves] {
            missing -= weight;
            if missing <= 0 {
                return Some(*moment);
            }
        }
        None
    }

    /// Stretches `[from, to)` in which the sum since the beginning is negative; chunks without a change of sign
    /// are passed over.
    pub(crate) fn negative(&self) -> Vec<(i64, i64)> {
        let (mut stretches, mut since, mut sum) = (Vec::new(), None, 0i64);
        for (at, chunk) in self.chunks.iter().enumerate() {
            let (total, least, most) = self.tree[self.n_leaves + at];
            let stays =
                if since.is_some() { sum.saturating_add(most) < 0 } else { sum.saturating_add(least) >= 0 };
            if !stays {
                let mut running = sum;
                for (moment, weight) in chunk {
                    running = running.saturating_add(*weight);
                    match (since, running < 0) {
                        (None, true) => since = Some(*moment),
                        (Some(from), false) => {
                            stretches.push((from, *moment));
                            since = None;
                        }
                        _ => {}
                    }
                }
            }
            sum = sum.saturating_add(total);
        }
        stretches.extend(since.map(|from| (from, i64::MAX)));
        stretches
    }

    /// The same where some of the weights, given in order of their moments, do not count.
    pub(crate) fn first_reaching_without(
        &self,
        target: i64,
        without: impl Iterator<Item = (i64, i64)>,
    ) -> Option<i64> {
        let (mut target, mut without) = (target, without.peekable());
        loop {
            let first = self.first_reaching(target)?;
            let mut taken = 0i64;
            while let Some((_, weight)) = without.next_if(|(moment, _)| *moment <= first) {
                taken = taken.saturating_add(weight);
            }
            if taken == 0 {
                return Some(first);
            }
            target = target.saturating_add(taken);
        }
    }

    /// Moments and weights in order, from a moment on.
    pub(crate) fn from(&self, moment: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let first = self.chunks.partition_point(|chunk| chunk.last().is_some_and(|last| last.0 < moment));
        self.chunks[first..].iter().flatten().copied().skip_while(move |(at, _)| *at < moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_plain_list(edits in prop::collection::vec((0i64..400, -5i64..9), 0..900), probe in 0i64..400) {
            let mut index = SumIndex::default();
            let mut plain = std::collections::BTreeMap::<i64, i64>::new();
            for (moment, weight) in &edits {
                index.add(*moment, *weight);
                *plain.entry(*moment).or_default() += weight;
            }
            plain.retain(|_, weight| *weight != 0);
            let bulk = SumIndex::bulk(edits.clone());
            let sum: i64 = plain.range(..=probe).map(|(_, weight)| weight).sum();
            prop_assert_eq!(index.until(probe), sum);
            prop_assert_eq!(bulk.until(probe), sum);
            let (mut running, mut since, mut negative) = (0, None, Vec::new());
            for (at, weight) in &plain {
                running += weight;
                match (since, running < 0) {
                    (None, true) => since = Some(*at),
                    (Some(from), false) => { negative.push((from, *at)); since = None; }
                    _ => {}
                }
            }
            negative.extend(since.map(|from| (from, i64::MAX)));
            prop_assert_eq!(index.negative(), negative);
            prop_assert_eq!(index.from(i64::MIN).collect::<Vec<_>>(), plain.iter().map(|(a, b)| (*a, *b)).collect::<Vec<_>>());
        }

        #[test]
        fn first_reaching_is_the_first(edits in prop::collection::vec((0i64..400, 1i64..9), 0..900), target in 1i64..3000) {
            let mut index = SumIndex::default();
            for (moment, weight) in &edits { index.add(*moment, *weight); }
            let mut sorted = edits.clone();
            sorted.sort_unstable();
            let mut sum = 0;
            let first = sorted.iter().find_map(|(at, weight)| { sum += weight; (sum >= target).then_some(*at) });
            prop_assert_eq!(index.first_reaching(target), first);
        }
    }
}
