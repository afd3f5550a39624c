//! Settling: pairs weighed anew, components solved, parameters fitted.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::compare::Comparison;
use super::fit::{FitPair, Frequencies, fit};
use super::matcher::{Edge, Matcher, Node};
use super::solve::{Pair, solve};
use super::weights::{Parameters, crowd};

impl Matcher {
    /// Weighs all pairs of some records anew, then solves every component that they are in.
    pub(super) fn settle(&mut self, touched: Vec<u32>) {
        let mut ends: BTreeSet<u32> = touched.iter().copied().collect();
        for slot in touched {
            for edge in self.node(slot).edges.clone() {
                self.weigh(edge);
                ends.insert(self.other(edge, slot));
            }
        }
        let mut seen = FxHashSet::default();
        for slot in ends {
            self.solve_from(slot, &mut seen);
        }
    }

    pub(super) fn settle_all(&mut self) {
        for edge in 0..self.edges.len() as u32 {
            if self.edges[edge as usize].is_some() {
                self.weigh(edge);
            }
        }
        let mut seen = FxHashSet::default();
        for slot in 0..self.nodes.len() as u32 {
            if self.nodes[slot as usize].is_some() {
                self.solve_from(slot, &mut seen);
            }
        }
    }

    fn crowd_of(&self, edge: &Edge) -> usize {
        let (a, b) = (self.node(edge.a), self.node(edge.b));
        let n = |node: &Node, source: u32| {
            node.crowding.iter().find(|(other, _)| *other == source).map_or(0, |(_, n)| *n)
        };
        crowd(n(a, b.record.source), n(b, a.record.source))
    }

    fn weigh(&mut self, at: u32) {
        self.work.n_pairs += 1;
        let edge = self.edge(at);
        let log_odds = self.parameters.log_odds(self.sources_of(edge), self.crowd_of(edge), &edge.comparison);
        if let Some(edge) = self.edges[at as usize].as_mut() {
            edge.log_odds = log_odds;
            edge.posterior = 0.0;
            edge.linked = false;
        }
    }

    fn sources_of(&self, edge: &Edge) -> (u32, u32) {
        let (a, b) = (self.node(edge.a).record.source, self.node(edge.b).record.source);
        (a.min(b), a.max(b))
    }

    fn solve_from(&mut self, start: u32, seen: &mut FxHashSet<u32>) {
        if !seen.insert(start) {
            return;
        }
        let mut component = vec![start];
        let mut edges: Vec<u32> = Vec::new();
        let mut at = 0;
        while at < component.len() {
            let slot = component[at];
            at += 1;
            for edge in &self.node(slot).edges {
                if !self.is_live(self.edge(*edge)) {
                    continue;
                }
                let other = self.other(*edge, slot);
                if seen.insert(other) {
                    component.push(other);
                }
                if self.edge(*edge).a == slot {
                    edges.push(*edge);
                }
            }
        }
        self.work.n_records += component.len();
        self.work.n_pairs += edges.len();
        self.solve_component(component, edges);
    }

    fn solve_component(&mut self, mut component: Vec<u32>, edges: Vec<u32>) {
        component.sort_unstable_by_key(|slot| self.node(*slot).record.order());
        if let [alone] = component[..] {
            self.node_mut(alone).cluster = alone;
            return;
        }
        let place: FxHashMap<u32, u32> =
            component.iter().enumerate().map(|(at, slot)| (*slot, at as u32)).collect();
        let mut pairs: Vec<(Pair, u32)> = edges
            .into_iter()
            .map(|at| {
                let edge = self.edge(at);
                let (a, b) = (place[&edge.a], place[&edge.b]);
                (Pair { a: a.min(b), b: a.max(b), log_odds: edge.log_odds, bond: edge.bond }, at)
            })
            .collect();
        pairs.sort_unstable_by_key(|(pair, _)| (pair.a, pair.b));
        let sources: Vec<u32> = component.iter().map(|slot| self.node(*slot).record.source).collect();
        let problem: Vec<Pair> = pairs.iter().map(|(pair, _)| *pair).collect();
        let solved = solve(&sources, &problem);
        for (at, (_, edge)) in pairs.iter().enumerate() {
            if let Some(edge) = self.edges[*edge as usize].as_mut() {
                edge.posterior = solved.posterior[at];
                edge.linked = solved.linked[at];
            }
        }
        for (slot, first) in component.iter().zip(&solved.cluster) {
            self.node_mut(*slot).cluster = component[*first as usize];
        }
    }

    pub(super) fn fit(&self) -> Parameters {
        let mut order: Vec<u32> = self.by_key.values().copied().collect();
        order.sort_unstable_by_key(|slot| self.node(*slot).record.order());
        let mut rank = vec![0u32; self.nodes.len()];
        for (at, slot) in order.iter().enumerate() {
            rank[*slot as usize] = at as u32;
        }
        let mut frequencies = Frequencies::default();
        let one = 1.0 / order.len().max(1) as f64;
        for slot in &order {
            let record = &self.node(*slot).record;
            *frequencies.kinds.entry(record.kind).or_default() += one;
            if !record.actors.is_empty() {
                let own = Comparison::of(record, record, &self.options);
                *frequencies.actors.entry(own.actors).or_default() += one;
            }
        }
        let mut edges: Vec<&Edge> =
            self.edges.iter().flatten().filter(|edge| edge.is_candidate && edge.bond.is_none()).collect();
        let ranks = |edge: &Edge| {
            let (a, b) = (rank[edge.a as usize], rank[edge.b as usize]);
            (a.min(b), a.max(b))
        };
        edges.sort_unstable_by_key(|edge| ranks(edge));
        let mut ports: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut port = |slot: u32, source: u32| {
            let next = ports.len() as u32;
            *ports.entry((slot, source)).or_insert(next)
        };
        let pairs: Vec<FitPair> = edges
            .iter()
            .map(|edge| {
                let (a, b) = (&self.node(edge.a).record, &self.node(edge.b).record);
                FitPair {
                    sources: self.sources_of(edge),
                    ports: (port(edge.a, b.source), port(edge.b, a.source)),
                    crowd: self.crowd_of(edge) as u8,
                    comparison: edge.comparison,
                }
            })
            .collect();
        let n_ports = ports.len();
        fit(&pairs, n_ports, &frequencies)
    }
}
