//! Which token hangs from which, and how? A greedy transition parser: about two steps a token.

pub mod features;
pub mod state;
pub mod steps;

use crate::hash::Hash;
use crate::table::{MAX_LABELS, Scores, Table, best};
use features::Seen;
use state::{Action, State};
use steps::Steps;

/// What the parser works with, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Room {
    /// The tree in the making.
    pub state: State,
    features: Vec<Hash>,
}

/// The tables of the parser.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// Which step next.
    pub actions: &'a Steps,
    /// Which name for an arc.
    pub relations: &'a Table,
}

/// Parses a sentence; heads and relations are left in the state. The root is its own head there.
pub fn parse(tables: Tables<'_>, seen: &Seen<'_>, root: u8, room: &mut Room) {
    let Room { state, features } = room;
    state.start(seen.looks.len());
    let mut scores: Scores = [0; MAX_LABELS];
    while !state.is_done() {
        let action = only(state).unwrap_or_else(|| {
            features::of_action(seen, state, features);
            let scores = tables.actions.score(features);
            Action::ALL[best(&scores, |number| state.can(Action::ALL[number]))]
        });
        let relation = match action {
            Action::Shift => 0,
            _ => {
                features::of_relation(seen, state, action, features);
                tables.relations.score(features, &mut scores);
                best(&scores[..tables.relations.n_labels()], |label| label != usize::from(root)) as u8
            }
        };
        state.take(action, relation);
    }
    if let Some(top) = state.stack.pop() {
        state.heads[top as usize] = top;
        state.relations[top as usize] = root;
    }
}

/// The action, where only one can be taken.
pub fn only(state: &State) -> Option<Action> {
    let mut can = Action::ALL.into_iter().filter(|action| state.can(*action));
    let first = can.next()?;
    can.next().is_none().then_some(first)
}
