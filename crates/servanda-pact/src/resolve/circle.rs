//! What waits for itself: milestones that depend on themselves, provisions that wait for each other.

use std::collections::{HashMap, VecDeque};

use servanda_model::Name;

use super::Context;
use crate::messages;
use crate::{Agreement, At, Cond, CondSort, Duty};

/// Circles that are shown.
const MAX_SHOWN: usize = 20;

/// Definitions of one name that are followed; with more, it is taken that one of them can start.
const MAX_PROVIDERS: usize = 50;

/// Circles in a graph.
#[derive(Debug, Default)]
pub(super) struct Circles {
    /// The first circles, each as its nodes in order.
    pub(super) shown: Vec<Vec<usize>>,
    /// Every edge that closes a circle; without them none is left.
    pub(super) closing: Vec<(usize, usize)>,
}

/// Finds circles by a walk in depth that keeps its own stack: the graph may be as deep as the file is long.
pub(super) fn circles(edges: &[Vec<usize>]) -> Circles {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut found = Circles::default();
    let mut state = vec![NEW; edges.len()];
    for root in 0..edges.len() {
        if state[root] != NEW {
            continue;
        }
        state[root] = OPEN;
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(to) = edges[node].get(*next).copied() else {
                state[node] = DONE;
                path.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                NEW => {
                    state[to] = OPEN;
                    path.push((to, 0));
                }
                OPEN => {
                    found.closing.push((node, to));
                    if found.shown.len() < MAX_SHOWN {
                        let start = path.iter().position(|step| step.0 == to).unwrap_or(0);
                        found.shown.push(path[start..].iter().map(|step| step.0).collect());
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Reports milestones and provisions in circles. Milestones that depend on themselves are left out, with what
/// rests on them, so that whoever follows a milestone comes to an end.
pub(super) fn check(ctx: &mut Context, agreement: &mut Agreement) {
    milestones(ctx, agreement);
    waiting(ctx, agreement);
}

fn milestones(ctx: &mut Context, agreement: &mut Agreement) {
    let index: HashMap<&Name, usize> =
        agreement.milestones.iter().enumerate().map(|(at, milestone)| (&milestone.id, at)).collect();
    let edges: Vec<Vec<usize>> = agreement
        .milestones
        .iter()
        .map(|milestone| {
            let mut used = Vec::new();
            milestone.condition.walk(&mut |condition| {
                if let CondSort::Milestone(name) = &condition.sort {
                    used.extend(index.get(name).copied());
                }
            });
            used
        })
        .collect();
    let found = circles(&edges);
    if found.closing.is_empty() {
        return;
    }
    for path in &found.shown {
        let names: Vec<String> = path.iter().map(|at| agreement.milestones[*at].id.to_string()).collect();
        ctx.report_at(messages::milestone_circle(&names), agreement.milestones[path[0]].at);
    }
    let in_circles = found.shown.iter().flatten().chain(found.closing.iter().map(|edge| &edge.0));
    let bad: Vec<Name> = in_circles.map(|at| agreement.milestones[*at].id.clone()).collect();
    super::outcome::leave_out(ctx, agreement, &bad);
}

/// A provision or milestone that waits.
struct Node<'a> {
    name: &'a Name,
    condition: Option<&'a Cond>,
    at: At,
    is_milestone: bool,
}

/// Everything that is not in the text can happen; what can then start is computed, and the rest waits for itself.
fn waiting(ctx: &mut Context, agreement: &Agreement) {
    let nodes = nodes(agreement);
    let lookup = Lookup::new(&nodes, agreement);
    let needs: Vec<Vec<Vec<usize>>> = nodes
        .iter()
        .map(|node| {
            let mut needs = Vec::new();
            if let Some(condition) = node.condition {
                condition.walk(&mut |condition| needs.extend(lookup.providers(condition)));
            }
            needs
        })
        .collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (at, needs) in needs.iter().enumerate() {
        needs.iter().flatten().for_each(|need| users[*need].push(at));
    }
    let mut can_start = vec![false; nodes.len()];
    let mut open: VecDeque<usize> = (0..nodes.len()).collect();
    while let Some(at) = open.pop_front() {
        let holds = |condition: &Cond| lookup.can_hold(condition, &can_start);
        if !can_start[at] && nodes[at].condition.is_none_or(holds) {
            can_start[at] = true;
            open.extend(users[at].iter().filter(|user| !can_start[**user]));
        }
    }
    let stuck = |at: &usize| !can_start[*at];
    let edges: Vec<Vec<usize>> = needs
        .iter()
        .enumerate()
        .map(|(at, needs)| {
            let mut to: Vec<usize> =
                needs.iter().flatten().copied().filter(|need| stuck(&at) && stuck(need)).collect();
            to.dedup();
            to
        })
        .collect();
    for path in circles(&edges).shown {
        if path.iter().all(|at| nodes[*at].is_milestone) {
            continue;
        }
        let name = |at: usize| nodes[at].name.to_string();
        let steps: Vec<(String, String)> = path
            .iter()
            .zip(path.iter().skip(1).chain(path.first()))
            .map(|(who, whom)| (name(*who), name(*whom)))
            .collect();
        let at = nodes[path[0]].at;
        ctx.report_at(messages::waiting_circle(&steps), at);
    }
}

fn nodes(agreement: &Agreement) -> Vec<Node<'_>> {
    let provisions = agreement.provisions.iter().map(|provision| Node {
        name: &provision.id,
        condition: provision.start.as_ref().map(|start| &start.condition),
        at: provision.start.as_ref().map_or(provision.at, |start| start.at),
        is_milestone: false,
    });
    let milestones = agreement.milestones.iter().map(|milestone| Node {
        name: &milestone.id,
        condition: Some(&milestone.condition),
        at: milestone.at,
        is_milestone: true,
    });
    provisions.chain(milestones).collect()
}

/// Which nodes can bring a condition about.
struct Lookup<'a> {
    provisions: HashMap<&'a Name, Vec<usize>>,
    milestones: HashMap<&'a Name, Vec<usize>>,
    bodies: HashMap<&'a Name, Vec<usize>>,
    powers: HashMap<&'a Name, Vec<usize>>,
}

impl<'a> Lookup<'a> {
    fn new(nodes: &[Node<'a>], agreement: &'a Agreement) -> Lookup<'a> {
        let mut lookup = Lookup {
            provisions: HashMap::new(),
            milestones: HashMap::new(),
            bodies: HashMap::new(),
            powers: HashMap::new(),
        };
        for (at, node) in nodes.iter().enumerate() {
            let list = if node.is_milestone { &mut lookup.milestones } else { &mut lookup.provisions };
            list.entry(node.name).or_default().push(at);
        }
        for (at, provision) in agreement.provisions.iter().enumerate() {
            match &provision.duty {
                Duty::Establish { body, .. } => lookup.bodies.entry(body).or_default().push(at),
                Duty::May { .. } => lookup.powers.entry(&provision.id).or_default().push(at),
                _ => {}
            }
        }
        lookup
    }

    /// Nodes of which one has to start before this condition (not those inside it) can hold; empty: none.
    fn providers(&self, condition: &Cond) -> Option<Vec<usize>> {
        match &condition.sort {
            CondSort::Milestone(name) => self.milestones.get(name),
            CondSort::Fulfilled(name) | CondSort::Breached(name) => self.provisions.get(name),
            CondSort::Established(name) => self.bodies.get(name),
            CondSort::Occurs { kind, .. } | CondSort::Count { kind, .. } => {
                self.powers.get(kind).or_else(|| self.bodies.get(kind))
            }
            _ => None,
        }
        .filter(|nodes| nodes.len() <= MAX_PROVIDERS)
        .cloned()
    }

    fn can_hold(&self, condition: &Cond, can_start: &[bool]) -> bool {
        match &condition.sort {
            CondSort::After { condition, .. } => self.can_hold(condition, can_start),
            CondSort::All(conditions) => conditions.iter().all(|part| self.can_hold(part, can_start)),
            CondSort::Any(conditions) => conditions.iter().any(|part| self.can_hold(part, can_start)),
            _ => self.providers(condition).is_none_or(|nodes| nodes.iter().any(|node| can_start[*node])),
        }
    }
}
