//! What the statements of one counter allow for the sum over any stretch of time.
//!
//! A statement "between `low` and `high` from `start` to `end`" says `low ≤ F(end) - F(start) ≤ high` of the running sum
//! `F`, which never falls. These are difference constraints: the least and the most that a sum over `[a, b)` can be are
//! shortest paths between `a` and `b` (Bellman 1958; Cormen et al., *Introduction to Algorithms*, 24.4). So a later running
//! total less an earlier one, a total that reaches over the edge of the window, and any chain of such statements are one rule,
//! exact in whole thousandths.

use std::collections::{BTreeMap, BinaryHeap, HashMap};

use crate::status::Stretches;

/// No upper bound.
pub(crate) const OPEN: i64 = i64::MAX;

/// Largest figure that is reckoned with, in thousandths: sums of a thousand such figures can still be held.
const LARGEST: i64 = 1_000_000_000_000_000;

/// Between `low` and `high` (in thousandths) from `start` to `end` (in milliseconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) low: i64,
    pub(crate) high: i64,
}

/// Statements that can all hold together, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    nodes: Vec<i64>,
    /// Statements between nodes, by their place in `nodes`.
    told: Vec<(usize, usize, i64, i64)>,
    /// Nodes that are connected by statements have the same number.
    group: Vec<usize>,
}

impl Sums {
    /// Takes statements in, the first ones first; one that cannot hold together with those before it is set aside.
    ///
    /// `edges`: moments that will be asked about. Gives which statements were taken.
    ///
    /// A figure above [`LARGEST`] is taken as without an upper bound, and a lower bound above it as that number.
    pub(crate) fn new(statements: &[Told], edges: &[i64]) -> (Sums, Vec<bool>) {
        let bounded = |told: &Told| Told {
            low: told.low.clamp(0, LARGEST),
            high: if told.high > LARGEST { OPEN } else { told.high },
            ..*told
        };
        let statements: Vec<Told> = statements.iter().map(bounded).collect();
        let mut potential = Potential::default();
        let taken: Vec<bool> = statements.iter().map(|told| potential.take(told)).collect();
        let held = || statements.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(told, _)| told);
        let mut nodes: Vec<i64> =
            held().flat_map(|told| [told.start, told.end]).chain(edges.iter().copied()).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let at = |moment: i64| nodes.partition_point(|node| *node < moment);
        let mut told: Vec<(usize, usize, i64, i64)> =
            held().map(|told| (at(told.start), at(told.end), told.low, told.high)).collect();
        told.sort_unstable();
        let group = groups(nodes.len(), &told);
        (Sums { nodes, told, group }, taken)
    }

    fn at(&self, moment: i64) -> usize {
        self.nodes.partition_point(|node| *node < moment)
    }

    /// The least and the most that the sum over `[from, to)` can be; both are edges given at the start or ends of statements.
    pub(crate) fn bounds(&self, from: i64, to: i64) -> (i64, i64) {
        let (a, b) = (self.at(from), self.at(to));
        if a >= b {
            return (0, 0);
        }
        let high = self.distances(a)[b];
        let low = self.distances(b)[a].saturating_neg();
        (low.max(0), high)
    }

    /// Shortest ways from one node to all others: forward sweeps for upper bounds, backward sweeps for lower bounds and for the
    /// rule that the running sum never falls, until nothing changes (Yen 1970: half the sweeps of the plain order).
    fn distances(&self, from: usize) -> Vec<i64> {
        let mut distance = vec![OPEN; self.nodes.len()];
        distance[from] = 0;
        loop {
            let mut changed = false;
            let mut relax = |distance: &mut Vec<i64>, to: usize, found: i64| {
                if found < distance[to] {
                    distance[to] = found;
                    changed = true;
                }
            };
            for (start, end, _, high) in &self.told {
                if distance[*start] != OPEN && *high != OPEN {
                    let found = distance[*start].saturating_add(*high);
                    relax(&mut distance, *end, found);
                }
            }
            // Sorted by start, so all that lead back to a node are met after those that lead back beyond it from later ones.
            let mut next = self.told.len();
            for node in (0..self.nodes.len()).rev() {
                if node + 1 < self.nodes.len() && distance[node + 1] != OPEN {
                    let found = distance[node + 1];
                    relax(&mut distance, node, found);
                }
                while next > 0 && self.told[next - 1].0 == node {
                    next -= 1;
                    let (start, end, low, _) = self.told[next];
                    if distance[end] != OPEN {
                        let found = distance[end].saturating_sub(low);
                        relax(&mut distance, start, found);
                    }
                }
            }
            if !changed {
                return distance;
            }
        }
    }

    /// The parts of `[from, to)` that statements cover: from the first to the last end of statements that hang together.
    ///
    /// Two running totals of one beginning cover the time between their ends; nothing is read into time before, between or after.
    pub(crate) fn covered(&self, from: i64, to: i64) -> Stretches {
        let mut ends: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        for (node, group) in self.nodes.iter().zip(&self.group) {
            if (from..=to).contains(node) {
                let stretch = ends.entry(*group).or_insert((*node, *node));
                stretch.1 = *node;
            }
        }
        Stretches::of(ends.into_values().collect())
    }
}

/// Nodes connected by statements, numbered by their first node.
fn groups(n_nodes: usize, told: &[(usize, usize, i64, i64)]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..n_nodes).collect();
    fn root(parent: &mut [usize], mut node: usize) -> usize {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    }
    for (start, end, _, _) in told {
        let (a, b) = (root(&mut parent, *start), root(&mut parent, *end));
        parent[a.max(b)] = a.min(b);
    }
    (0..n_nodes).map(|node| root(&mut parent, node)).collect()
}

/// A running sum that all statements taken so far allow, kept current as further ones come.
///
/// One statement is checked in time that depends on how many moments have to move, and not on how many there are
/// (Cotton & Maler 2006, *Fast and flexible difference constraint propagation*).
#[derive(Clone, Debug, Default)]
struct Potential {
    value: BTreeMap<i64, i64>,
    /// `value(to) ≤ value(from) + weight`.
    edges: HashMap<i64, Vec<(i64, i64)>>,
    /// How many values were lowered so far: the work done.
    n_lowered: usize,
}

impl Potential {
    /// Takes a statement in; `false` where it cannot hold together with those before it, and then nothing has changed.
    fn take(&mut self, told: &Told) -> bool {
        if told.start >= told.end || told.low > told.high {
            return false;
        }
        for moment in [told.start, told.end] {
            if !self.value.contains_key(&moment) {
                let next = self.value.range(moment..).next();
                let near = next.or_else(|| self.value.range(..moment).next_back());
                let value = near.map_or(0, |(_, value)| *value);
                self.value.insert(moment, value);
            }
        }
        let before: Vec<(i64, i64)> =
            [told.start, told.end].map(|moment| (moment, self.value[&moment])).to_vec();
        let upper = (told.high != OPEN).then_some((told.start, told.end, told.high));
        let lower = Some((told.end, told.start, -told.low));
        let mut moved = before;
        for (from, to, weight) in [upper, lower].into_iter().flatten() {
            if !self.add(from, to, weight, &mut moved) {
                for (moment, value) in moved.into_iter().rev() {
                    self.value.insert(moment, value);
                }
                if let Some((from, to, weight)) = upper.filter(|edge| *edge != (from, to, weight))
                    && let Some(list) = self.edges.get_mut(&from)
                {
                    let last = list.iter().rposition(|edge| *edge == (to, weight));
                    last.map(|at| list.remove(at));
                }
                return false;
            }
        }
        true
    }

    /// Adds `value(to) ≤ value(from) + weight` and lowers values until all constraints hold; `false`: they never would.
    fn add(&mut self, from: i64, to: i64, weight: i64, moved: &mut Vec<(i64, i64)>) -> bool {
        let slack = self.value[&from].saturating_add(weight).saturating_sub(self.value[&to]);
        if slack < 0 {
            let mut by: HashMap<i64, i64> = HashMap::from([(to, slack)]);
            let mut heap = BinaryHeap::from([(slack.saturating_neg(), to)]);
            let mut done: HashMap<i64, i64> = HashMap::new();
            while let Some((size, moment)) = heap.pop() {
                if done.contains_key(&moment) || by.get(&moment) != Some(&size.saturating_neg()) {
                    continue;
                }
                let new = self.value[&moment].saturating_sub(size);
                done.insert(moment, new);
                let earlier = self.value.range(..moment).next_back().map(|(earlier, _)| (*earlier, 0));
                let out = self.edges.get(&moment).into_iter().flatten().copied().chain(earlier);
                for (other, weight) in out {
                    let change = new.saturating_add(weight).saturating_sub(self.value[&other]);
                    if done.contains_key(&other) || change >= 0 {
                        continue;
                    }
                    if other == from {
                        return false;
                    }
                    let known = by.entry(other).or_insert(0);
                    if change < *known {
                        *known = change;
                        heap.push((change.saturating_neg(), other));
                    }
                }
            }
            self.n_lowered += done.len();
            for (moment, new) in done {
                moved.push((moment, self.value[&moment]));
                self.value.insert(moment, new);
            }
        }
        self.edges.entry(from).or_default().push((to, weight));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CELLS: usize = 4;
    const MOST: i64 = 6;

    fn statement() -> impl Strategy<Value = Told> {
        (0..CELLS as i64, 1..=CELLS as i64, 0..=MOST, 0..=MOST, 0..8).prop_map(|(start, end, a, b, open)| {
            Told {
                start: start.min(end - 1),
                end: end.max(start + 1),
                low: a.min(b),
                high: if open == 0 { OPEN } else { a.max(b) },
            }
        })
    }

    fn holds(told: &Told, cells: &[i64]) -> bool {
        let sum: i64 = cells[told.start as usize..told.end as usize].iter().sum();
        told.low <= sum && sum <= told.high
    }

    /// Every filling of the cells with 0 to 6 each.
    fn fillings() -> impl Iterator<Item = Vec<i64>> {
        let n = (MOST + 1).pow(CELLS as u32);
        (0..n).map(|code| (0..CELLS as u32).map(|cell| code / (MOST + 1).pow(cell) % (MOST + 1)).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Bounds are the least and the most over all fillings that agree with every statement taken; a statement is set aside
        /// exactly where no filling agrees with it and those taken before it.
        #[test]
        fn bounds_are_those_of_all_fillings(statements in prop::collection::vec(statement(), 0..7)) {
            let edges: Vec<i64> = (0..=CELLS as i64).collect();
            let (sums, taken) = Sums::new(&statements, &edges);
            let mut held: Vec<&Told> = Vec::new();
            for (told, taken) in statements.iter().zip(&taken) {
                let possible = fillings().any(|cells| held.iter().all(|one| holds(one, &cells)) && holds(told, &cells));
                prop_assert_eq!(possible, *taken);
                if possible {
                    held.push(told);
                }
            }
            let all: Vec<Vec<i64>> = fillings().filter(|cells| held.iter().all(|told| holds(told, cells))).collect();
            for from in 0..CELLS {
                for to in from + 1..=CELLS {
                    let sum = |cells: &Vec<i64>| cells[from..to].iter().sum::<i64>();
                    let (low, high) = sums.bounds(from as i64, to as i64);
                    prop_assert_eq!(Some(low), all.iter().map(sum).min());
                    let most = all.iter().map(sum).max().unwrap_or(0);
                    if high == OPEN { prop_assert!(most >= MOST) } else { prop_assert_eq!(high, most) }
                }
            }
        }

        /// What is covered has a bound whenever every statement has one, and lies between ends of statements.
        #[test]
        fn what_is_covered_is_bounded(statements in prop::collection::vec(statement(), 0..7)) {
            let closed: Vec<Told> = statements.into_iter().filter(|told| told.high != OPEN).collect();
            let (sums, taken) = Sums::new(&closed, &[0, CELLS as i64]);
            for (from, to) in sums.covered(0, CELLS as i64).iter() {
                prop_assert!(sums.bounds(from, to).1 != OPEN);
                let ends = closed.iter().zip(&taken).filter(|(_, taken)| **taken).flat_map(|(told, _)| [told.start, told.end]);
                prop_assert!(ends.clone().any(|end| end == from) && ends.clone().any(|end| end == to));
            }
        }
    }

    /// Daily figures and running totals of 200,000 days, newest first: the work of taking them in does not grow with what is
    /// there already.
    #[test]
    fn long_series_stay_cheap() {
        let n = 200_000;
        let days = (0..n).map(|day| Told { start: day, end: day + 1, low: day % 7, high: day % 7 });
        let mut running = 0;
        let totals = (0..n).map(|day| {
            running += day % 7;
            Told { start: 0, end: day + 1, low: running, high: running }
        });
        let mut all: Vec<Told> = days.chain(totals).collect();
        all.sort_by_key(|told| std::cmp::Reverse((told.end, -told.start)));
        let mut potential = Potential::default();
        assert!(all.iter().all(|told| potential.take(told)));
        assert!(potential.n_lowered <= 2 * all.len(), "{}", potential.n_lowered);
        let (sums, taken) = Sums::new(&all, &[0, n]);
        assert!(taken.iter().all(|taken| *taken));
        assert_eq!(sums.bounds(7, 14), (21, 21));
        assert_eq!(sums.covered(0, n), Stretches::of(vec![(0, n)]));
    }
}
