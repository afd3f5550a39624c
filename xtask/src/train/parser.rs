//! Learns the steps of the parser and the names of arcs, with a dynamic oracle and exploration (Goldberg & Nivre 2013):
//! in every state, also one that a mistake led to, the steps are right from which most arcs of the treebank can be reached.

use servanda_language::Relation;
use servanda_language::training::{Action, NONE, Row, Seen, State, of_action, of_relation, only};

use super::Example;
use super::chance::Chance;
use super::learner::{Learner, best};
use super::steps::StepLearner;

/// Features touched less often are left out.
const MIN_UPDATES: [u32; 2] = [4, 3];
/// Rounds before the learner follows its own steps.
const N_GUIDED_ROUNDS: usize = 1;
/// How often in a hundred it follows its own step after that.
const FOLLOWS_PERCENT: u64 = 90;

/// Learns weights of steps and of relations.
pub(super) fn learn(examples: &[Example], coarse: &[u8], n_rounds: usize) -> [Vec<Row>; 2] {
    let (mut steps, mut names) = (StepLearner::new(), Learner::default());
    let goals: Vec<Goal> = examples.iter().map(|example| Goal::new(&projective(&example.heads))).collect();
    let mut order: Vec<usize> = (0..examples.len()).filter(|at| examples[*at].heads.len() > 1).collect();
    let mut chance = Chance::new(2);
    let mut state = State::default();
    for round in 0..n_rounds {
        chance.shuffle(&mut order);
        for at in &order {
            let example = &examples[*at];
            let seen = Seen { looks: &example.looks, tags: &example.tags, coarse };
            state.start(example.looks.len());
            while !state.is_done() {
                let action = step(
                    &mut steps,
                    &seen,
                    &state,
                    &goals[*at],
                    (round >= N_GUIDED_ROUNDS).then_some(&mut chance),
                );
                let name = name(&mut names, &seen, &state, action, example);
                state.take(action, name);
            }
        }
    }
    [steps.rows(MIN_UPDATES[0]), names.rows(MIN_UPDATES[1])]
}

/// Chooses the next step, learning where it was wrong. With `chance` it mostly follows what it said.
fn step(
    learner: &mut StepLearner,
    seen: &Seen<'_>,
    state: &State,
    goal: &Goal,
    chance: Option<&mut Chance>,
) -> Action {
    if let Some(action) = only(state) {
        return action;
    }
    let mut features = Vec::with_capacity(128);
    of_action(seen, state, &mut features);
    let scores = learner.score(&features);
    learner.tick();
    let can = |number: usize| state.can(Action::ALL[number]);
    let cost = Action::ALL.map(|action| if state.can(action) { goal.cost(state, action) } else { u32::MAX });
    let least = cost.iter().min().copied().unwrap_or(0);
    let said = best(&scores, can);
    let right = best(&scores, |number| cost[number] == least);
    if cost[said] > least {
        learner.update(&features, right, said);
    }
    let follows = chance.is_some_and(|chance| chance.percent(FOLLOWS_PERCENT));
    Action::ALL[if follows { said } else { right }]
}

/// Names the arc of a step; learns the name where the treebank has that arc.
fn name(learner: &mut Learner, seen: &Seen<'_>, state: &State, action: Action, example: &Example) -> u8 {
    let Some((head, child)) = state.arc(action) else { return 0 };
    let (mut features, mut scores) = (Vec::with_capacity(64), [0; Relation::ALL.len()]);
    of_relation(seen, state, action, &mut features);
    learner.score(&features, &mut scores);
    let said = best(&scores, |label| label != Relation::Root as usize);
    let right = usize::from(example.relations[child as usize]);
    if example.heads[child as usize] == head {
        learner.tick();
        if said != right {
            learner.update(&features, right, said);
        }
    }
    said as u8
}

/// The tree to reach.
struct Goal {
    heads: Vec<u16>,
    children: Vec<Vec<u16>>,
}

impl Goal {
    fn new(heads: &[u16]) -> Goal {
        let mut children = vec![Vec::new(); heads.len()];
        for (child, head) in heads.iter().enumerate() {
            if usize::from(*head) != child {
                children[usize::from(*head)].push(child as u16);
            }
        }
        Goal { heads: heads.to_vec(), children }
    }

    /// Arcs that can no longer be made after an action.
    fn cost(&self, state: &State, action: Action) -> u32 {
        let top = state.stacked(0);
        let in_buffer = |token: u16| usize::from(token) >= state.next;
        let head = |token: u16| self.heads[usize::from(token)];
        let is_root = |token: u16| head(token) == token;
        match action {
            Action::Shift => {
                let next = state.next as u16;
                let below = state.stack.split_last().map_or(&[][..], |(_, below)| below);
                let lost_head = !is_root(next) && below.contains(&head(next));
                let lost_children =
                    self.children[state.next].iter().filter(|child| state.stack.contains(child)).count();
                u32::from(lost_head) + lost_children as u32
            }
            Action::Left | Action::Right => {
                let lost_children =
                    self.children[usize::from(top)].iter().filter(|child| in_buffer(**child)).count();
                let goal = head(top);
                let lost_head = is_root(top)
                    || match action {
                        Action::Left => {
                            goal != state.next as u16 && (in_buffer(goal) || goal == state.stacked(1))
                        }
                        _ => in_buffer(goal),
                    };
                debug_assert!(top != NONE);
                u32::from(lost_head) + lost_children as u32
            }
        }
    }
}

/// The tree with crossing arcs lifted: a child whose arc crosses another hangs from its head's head instead.
fn projective(heads: &[u16]) -> Vec<u16> {
    let mut heads = heads.to_vec();
    loop {
        let crossing = (0..heads.len()).filter(|child| !is_projective(&heads, *child));
        // The shortest first, as Nivre & Nilsson (2005) do.
        let Some(child) = crossing.min_by_key(|child| heads[*child].abs_diff(*child as u16)) else {
            return heads;
        };
        heads[child] = heads[usize::from(heads[child])];
    }
}

/// Whether every token between child and head hangs, at last, from the head.
fn is_projective(heads: &[u16], child: usize) -> bool {
    let head = usize::from(heads[child]);
    let (low, high) = (child.min(head), child.max(head));
    (low + 1..high).all(|between| {
        let mut at = between;
        for _ in 0..heads.len() {
            if at == head {
                return true;
            }
            if usize::from(heads[at]) == at {
                return false;
            }
            at = usize::from(heads[at]);
        }
        at == head
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossing_arcs_are_lifted_until_none_crosses() {
        assert_eq!(projective(&[1, 1, 1]), [1, 1, 1]);
        // 0 and 2 hang together, 1 from 3: the arc of 1 is lifted.
        assert_eq!(projective(&[2, 3, 2, 2]), [2, 2, 2, 2]);
    }

    #[test]
    fn following_the_oracle_reaches_the_tree() {
        let goal = Goal::new(&[1, 4, 1, 2, 4, 6, 4]);
        let mut state = State::default();
        state.start(7);
        while !state.is_done() {
            let action =
                Action::ALL.into_iter().find(|action| state.can(*action) && goal.cost(&state, *action) == 0);
            state.take(action.unwrap(), 1);
        }
        assert_eq!(state.stack, [4]);
        assert_eq!(state.heads, [1, 4, 1, 2, NONE, 6, 4]);
    }
}
