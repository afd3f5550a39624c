//! The matcher: records laid side by side, kept up to date one by one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::compare::{Comparison, FIELDS, said};
use super::grid::{Grid, are_candidates};
use super::record::Record;
use super::solve::Bond;
use super::weights::{Parameters, Reason};
use super::{Link, Options};

/// Pairs of lower log odds than this are left out of everything: they change no posterior by more than a few percent.
const MIN_LOG_ODDS: f64 = -3.5;

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) record: Record,
    pub(super) edges: Vec<u32>,
    /// How many candidates in each other source.
    pub(super) crowding: Vec<(u32, u32)>,
    /// Slot of the first record of its cluster, in canonical order.
    pub(super) cluster: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    /// Whether it was found by range and window, not only by a bond.
    pub(super) is_candidate: bool,
    pub(super) bond: Option<Bond>,
    pub(super) comparison: Comparison,
    pub(super) log_odds: f64,
    pub(super) posterior: f64,
    pub(super) linked: bool,
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
    pub(super) options: Options,
    pub(super) parameters: Parameters,
    pub(super) grid: Grid,
    pub(super) nodes: Vec<Option<Node>>,
    pub(super) edges: Vec<Option<Edge>>,
    pub(super) free_nodes: Vec<u32>,
    pub(super) free_edges: Vec<u32>,
    pub(super) by_key: FxHashMap<u128, u32>,
    /// By both orders of the two keys, so that those of one record are found at once.
    pub(super) bonds: BTreeMap<(u128, u128), Bond>,
    pub(super) work: Work,
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
        order.sort_unstable_by_key(|slot| self.node(*slot).record.order());
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

    pub(super) fn node(&self, slot: u32) -> &Node {
        self.nodes[slot as usize].as_ref().expect("a slot that is named holds a record")
    }

    pub(super) fn node_mut(&mut self, slot: u32) -> &mut Node {
        self.nodes[slot as usize].as_mut().expect("a slot that is named holds a record")
    }

    pub(super) fn edge(&self, edge: u32) -> &Edge {
        self.edges[edge as usize].as_ref().expect("a pair that is named is there")
    }

    pub(super) fn other(&self, edge: u32, slot: u32) -> u32 {
        let edge = self.edge(edge);
        if edge.a == slot { edge.b } else { edge.a }
    }

    pub(super) fn is_live(&self, edge: &Edge) -> bool {
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
        self.bonds.range((key, u128::MIN)..=(key, u128::MAX)).map(|(pair, bond)| (*pair, *bond)).collect()
    }

    fn lay_bond(&mut self, a: u128, b: u128, bond: Option<Bond>) -> Vec<u32> {
        for pair in [(a, b), (b, a)] {
            match bond {
                Some(bond) => self.bonds.insert(pair, bond),
                None => self.bonds.remove(&pair),
            };
        }
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
}

fn count(crowding: &mut Vec<(u32, u32)>, source: u32, by: i32) {
    match crowding.iter_mut().find(|(other, _)| *other == source) {
        Some((_, n)) => *n = n.saturating_add_signed(by),
        None if by > 0 => crowding.push((source, 1)),
        None => {}
    }
}
