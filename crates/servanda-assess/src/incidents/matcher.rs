//! The matcher: records laid side by side, kept up to date one by one.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::compare::{Comparison, FIELDS, said};
use super::fit::{FitPair, Frequencies, fit};
use super::grid::{Grid, are_candidates};
use super::record::Record;
use super::solve::{Bond, Pair, solve};
use super::weights::{Parameters, Reason, crowd};
use super::{Link, Options};

/// Pairs of lower log odds than this are left out of everything: they change no posterior by more than a few percent.
const MIN_LOG_ODDS: f64 = -3.5;

#[derive(Clone, Debug)]
struct Node {
    record: Record,
    edges: Vec<u32>,
    /// How many candidates in each other source.
    crowding: Vec<(u32, u32)>,
    /// Slot of the first record of its cluster, in canonical order.
    cluster: u32,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    a: u32,
    b: u32,
    /// Whether it was found by range and window, not only by a bond.
    is_candidate: bool,
    bond: Option<Bond>,
    comparison: Comparison,
    log_odds: f64,
    posterior: f64,
    linked: bool,
}

/// Work done, for tests of complexity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Records looked at.
    pub n_records: usize,
    /// Pairs compared or weighed.
    pub n_pairs: usize,
}

/// Records of several sources with what they come to, under fixed parameters.
///
/// Invariant: the outcome is a function of the set of records, the bonds and the parameters. The order of adding and
/// removing does not matter.
#[derive(Clone, Debug)]
pub struct Matcher {
    options: Options,
    parameters: Parameters,
    grid: Grid,
    nodes: Vec<Option<Node>>,
    edges: Vec<Option<Edge>>,
    free_nodes: Vec<u32>,
    free_edges: Vec<u32>,
    by_key: FxHashMap<u128, u32>,
    bonds: BTreeMap<(u128, u128), Bond>,
    work: Work,
}

impl Matcher {
    /// A matcher without records.
    pub fn new(options: Options, parameters: Parameters) -> Matcher {
        Matcher {
            options,
            parameters,
            grid: Grid::default(),
            nodes: Vec::new(),
            edges: Vec::new(),
            free_nodes: Vec::new(),
            free_edges: Vec::new(),
            by_key: FxHashMap::default(),
            bonds: BTreeMap::new(),
            work: Work::default(),
        }
    }

    /// All records at once, with parameters fitted to them. Bonds are pairs of keys.
    pub fn fitted(
        options: Options,
        records: Vec<Record>,
        bonds: impl IntoIterator<Item = (u128, u128, Bond)>,
    ) -> Matcher {
        let mut matcher = Matcher::new(options, Parameters::default());
        matcher.load(records, bonds);
        matcher.refit();
        matcher
    }

    /// All records at once, under parameters that are given.
    pub fn with_parameters(
        options: Options,
        parameters: Parameters,
        records: Vec<Record>,
        bonds: impl IntoIterator<Item = (u128, u128, Bond)>,
    ) -> Matcher {
        let mut matcher = Matcher::new(options, parameters);
        matcher.load(records, bonds);
        matcher.settle_all();
        matcher
    }

    fn load(&mut self, records: Vec<Record>, bonds: impl IntoIterator<Item = (u128, u128, Bond)>) {
        let slots: Vec<u32> = records.into_iter().filter_map(|record| self.place(record)).collect();
        for slot in slots {
            self.find_candidates(slot, |other, slot| other < slot);
        }
        for (a, b, bond) in bonds {
            self.lay_bond(a, b, Some(bond));
        }
    }

    /// Fits the parameters to all records and settles everything anew: the one act that is not local. Called when a case is
    /// opened, and else when somebody asks for it.
    pub fn refit(&mut self) {
        self.parameters = self.fit();
        self.settle_all();
    }

    /// The parameters in force.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// How many candidate pairs there are.
    pub fn n_candidates(&self) -> usize {
        self.edges.iter().flatten().filter(|edge| edge.is_candidate).count()
    }

    /// Work done since it was made.
    pub fn work(&self) -> Work {
        self.work
    }

    /// Adds a record and settles its neighbourhood. A record of a key that is there already changes nothing.
    pub fn add(&mut self, record: Record) {
        let key = record.key;
        let Some(slot) = self.place(record) else { return };
        let mut touched = self.find_candidates(slot, |_, _| true);
        let bonds: Vec<((u128, u128), Bond)> = self.bonds_of(key);
        for ((a, b), bond) in bonds {
            touched.extend(self.lay_bond(a, b, Some(bond)));
        }
        touched.push(slot);
        self.settle(touched);
    }

    /// Removes a record and settles what was its neighbourhood. Bonds stay and hold again when it comes back.
    pub fn remove(&mut self, key: u128) {
        let Some(slot) = self.by_key.get(&key).copied() else { return };
        let mut touched = Vec::new();
        for edge in self.node(slot).edges.clone() {
            touched.push(self.other(edge, slot));
            self.unlink(edge);
        }
        self.by_key.remove(&key);
        if let Some(node) = self.nodes[slot as usize].take() {
            self.grid.remove(&node.record, slot, &self.options);
        }
        self.free_nodes.push(slot);
        // Whatever was of its cluster is labelled anew, even where the label was its slot.
        self.settle(touched);
    }

    /// Lays a bond between two records, or takes it away, and settles their neighbourhood.
    pub fn bind(&mut self, a: u128, b: u128, bond: Option<Bond>) {
        let touched = self.lay_bond(a, b, bond);
        self.settle(touched);
    }

    /// The clusters: keys in canonical order, clusters in the order of their first record. Single records are clusters.
    pub fn clusters(&self) -> Vec<Vec<u128>> {
        let mut order: Vec<u32> = self.by_key.values().copied().collect();
        order.sort_unstable_by(|a, b| self.node(*a).record.order().cmp(&self.node(*b).record.order()));
        let mut at: FxHashMap<u32, usize> = FxHashMap::default();
        let mut clusters: Vec<Vec<u128>> = Vec::new();
        for slot in order {
            let node = self.node(slot);
            let at = *at.entry(node.cluster).or_insert_with(|| {
                clusters.push(Vec::new());
                clusters.len() - 1
            });
            clusters[at].push(node.record.key);
        }
        clusters
    }

    /// The record of a key.
    pub fn record(&self, key: u128) -> Option<&Record> {
        self.by_key.get(&key).map(|slot| &self.node(*slot).record)
    }

    /// All pairs that were weighed, each once: keys, posterior, whether both are of one cluster.
    pub fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self
            .edges
            .iter()
            .flatten()
            .filter(|edge| self.is_live(edge))
            .map(|edge| self.link(edge))
            .collect();
        links.sort_unstable_by_key(|link| (link.a, link.b));
        links
    }

    /// The pairs of one record that were weighed.
    pub fn links_of(&self, key: u128) -> Vec<Link> {
        let Some(slot) = self.by_key.get(&key) else { return Vec::new() };
        let edges = self.node(*slot).edges.iter().filter_map(|edge| self.edges[*edge as usize].as_ref());
        let mut links: Vec<Link> =
            edges.filter(|edge| self.is_live(edge)).map(|edge| self.link(edge)).collect();
        links.sort_unstable_by_key(|link| (link.a, link.b));
        links
    }

    /// Why two records were taken as one occurrence, or not: what each field adds.
    pub fn reasons(&self, a: u128, b: u128) -> Vec<Reason> {
        let (Some(one), Some(other)) = (self.record(a), self.record(b)) else { return Vec::new() };
        let (one, other) =
            if (one.source, one.key) <= (other.source, other.key) { (one, other) } else { (other, one) };
        let comparison = Comparison::of(one, other, &self.options);
        let sources = (one.source, other.source);
        let reason = |field| Reason {
            field,
            said: said(one, other, &comparison, field),
            weight: self.parameters.field_weight(sources, &comparison, field),
        };
        FIELDS.into_iter().map(reason).collect()
    }

    fn link(&self, edge: &Edge) -> Link {
        let (a, b) = (self.node(edge.a).record.key, self.node(edge.b).record.key);
        Link {
            a: a.min(b),
            b: a.max(b),
            posterior: edge.posterior,
            log_odds: edge.log_odds,
            linked: edge.linked,
            bond: edge.bond,
        }
    }

    fn place(&mut self, record: Record) -> Option<u32> {
        if self.by_key.contains_key(&record.key) {
            return None;
        }
        let slot = self.free_nodes.pop().unwrap_or(self.nodes.len() as u32);
        self.by_key.insert(record.key, slot);
        self.grid.insert(&record, slot, &self.options);
        let node = Node { record, edges: Vec::new(), crowding: Vec::new(), cluster: slot };
        if slot as usize == self.nodes.len() {
            self.nodes.push(Some(node));
        } else {
            self.nodes[slot as usize] = Some(node);
        }
        Some(slot)
    }

    fn node(&self, slot: u32) -> &Node {
        self.nodes[slot as usize].as_ref().expect("a slot that is named holds a record")
    }

    fn node_mut(&mut self, slot: u32) -> &mut Node {
        self.nodes[slot as usize].as_mut().expect("a slot that is named holds a record")
    }

    fn edge(&self, edge: u32) -> &Edge {
        self.edges[edge as usize].as_ref().expect("a pair that is named is there")
    }

    fn other(&self, edge: u32, slot: u32) -> u32 {
        let edge = self.edge(edge);
        if edge.a == slot { edge.b } else { edge.a }
    }

    fn is_live(&self, edge: &Edge) -> bool {
        match edge.bond {
            Some(_) => true,
            None => edge.log_odds >= MIN_LOG_ODDS,
        }
    }

    /// Makes the pairs of a record with its candidates; gives the records whose pairs must be weighed anew.
    fn find_candidates(&mut self, slot: u32, takes: impl Fn(u32, u32) -> bool) -> Vec<u32> {
        let record = self.node(slot).record.clone();
        let mut near: Vec<u32> = Vec::new();
        self.grid.near(&record, &self.options, |other| {
            if other != slot && takes(other, slot) {
                near.push(other);
            }
        });
        near.sort_unstable();
        near.dedup();
        self.work.n_records += near.len();
        near.retain(|other| are_candidates(&record, &self.node(*other).record, &self.options));
        for other in &near {
            let edge = Edge {
                a: slot,
                b: *other,
                is_candidate: true,
                bond: None,
                comparison: Comparison::of(&record, &self.node(*other).record, &self.options),
                log_odds: 0.0,
                posterior: 0.0,
                linked: false,
            };
            self.push_edge(edge);
            let source = self.node(*other).record.source;
            count(&mut self.node_mut(slot).crowding, source, 1);
            count(&mut self.node_mut(*other).crowding, record.source, 1);
        }
        near
    }

    fn push_edge(&mut self, edge: Edge) {
        let at = self.free_edges.pop().unwrap_or(self.edges.len() as u32);
        self.node_mut(edge.a).edges.push(at);
        self.node_mut(edge.b).edges.push(at);
        if at as usize == self.edges.len() {
            self.edges.push(Some(edge));
        } else {
            self.edges[at as usize] = Some(edge);
        }
    }

    fn unlink(&mut self, at: u32) {
        let Some(edge) = self.edges[at as usize].take() else { return };
        let sources = (self.node(edge.a).record.source, self.node(edge.b).record.source);
        for (slot, source) in [(edge.a, sources.1), (edge.b, sources.0)] {
            let node = self.node_mut(slot);
            node.edges.retain(|other| *other != at);
            if edge.is_candidate {
                count(&mut node.crowding, source, -1);
            }
        }
        self.free_edges.push(at);
    }

    fn bonds_of(&self, key: u128) -> Vec<((u128, u128), Bond)> {
        let here = self.bonds.iter().filter(|((a, b), _)| *a == key || *b == key);
        here.map(|(pair, bond)| (*pair, *bond)).collect()
    }

    fn lay_bond(&mut self, a: u128, b: u128, bond: Option<Bond>) -> Vec<u32> {
        let pair = (a.min(b), a.max(b));
        match bond {
            Some(bond) => self.bonds.insert(pair, bond),
            None => self.bonds.remove(&pair),
        };
        let (Some(one), Some(other)) = (self.by_key.get(&a).copied(), self.by_key.get(&b).copied()) else {
            return Vec::new();
        };
        if self.node(one).record.source == self.node(other).record.source {
            return Vec::new();
        }
        let found = self.node(one).edges.iter().copied().find(|edge| self.other(*edge, one) == other);
        match (found, bond) {
            (Some(edge), None) if !self.edge(edge).is_candidate => self.unlink(edge),
            (Some(edge), bond) => {
                if let Some(edge) = self.edges[edge as usize].as_mut() {
                    edge.bond = bond;
                }
            }
            (None, Some(bond)) => {
                let comparison =
                    Comparison::of(&self.node(one).record, &self.node(other).record, &self.options);
                self.push_edge(Edge {
                    a: one,
                    b: other,
                    is_candidate: false,
                    bond: Some(bond),
                    comparison,
                    log_odds: 0.0,
                    posterior: 0.0,
                    linked: false,
                });
            }
            (None, None) => {}
        }
        vec![one, other]
    }

    /// Weighs all pairs of some records anew, then solves every component that they are in.
    fn settle(&mut self, touched: Vec<u32>) {
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

    fn settle_all(&mut self) {
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
        component.sort_unstable_by(|a, b| self.node(*a).record.order().cmp(&self.node(*b).record.order()));
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

    fn fit(&self) -> Parameters {
        let mut order: Vec<u32> = self.by_key.values().copied().collect();
        order.sort_unstable_by(|a, b| self.node(*a).record.order().cmp(&self.node(*b).record.order()));
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

fn count(crowding: &mut Vec<(u32, u32)>, source: u32, by: i32) {
    match crowding.iter_mut().find(|(other, _)| *other == source) {
        Some((_, n)) => *n = n.saturating_add_signed(by),
        None if by > 0 => crowding.push((source, 1)),
        None => {}
    }
}
