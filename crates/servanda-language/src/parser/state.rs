//! A tree in the making: arc-hybrid transitions (Kuhlmann, Gomez-Rodriguez & Satta 2011).
//!
//! Invariant: every token is on the stack, in the buffer, or has a head; what is left at the end is the root.

/// Stands for a token that is not there.
pub const NONE: u16 = u16::MAX;

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The next token goes onto the stack.
    Shift = 0,
    /// The top of the stack hangs from the next token.
    Left = 1,
    /// The top of the stack hangs from the token below it.
    Right = 2,
}

impl Action {
    /// Every action by its number.
    pub const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// The tokens nearest to a head on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// The outermost.
    pub last: u16,
    /// The one before it.
    pub before: u16,
    /// How many hang on this side.
    pub n: u8,
}

const EMPTY: Side = Side { last: NONE, before: NONE, n: 0 };

/// Stack, buffer and arcs of one sentence.
#[derive(Clone, Debug, Default)]
pub struct State {
    n: usize,
    /// Tokens without head whose left side is done; the top is last.
    pub stack: Vec<u16>,
    /// The next token; the buffer reaches from here to the end.
    pub next: usize,
    /// Head of each token, [`NONE`] where it has none yet.
    pub heads: Vec<u16>,
    /// Relation of each token to its head, 255 where it has none yet.
    pub relations: Vec<u8>,
    /// What hangs to the left of each token.
    pub left: Vec<Side>,
    /// What hangs to the right of each token.
    pub right: Vec<Side>,
}

impl State {
    /// The state before the first step.
    pub fn start(&mut self, n: usize) {
        self.n = n;
        self.next = 0;
        self.stack.clear();
        self.heads.clear();
        self.heads.resize(n, NONE);
        self.relations.clear();
        self.relations.resize(n, 255);
        self.left.clear();
        self.left.resize(n, EMPTY);
        self.right.clear();
        self.right.resize(n, EMPTY);
    }

    /// Number of tokens.
    pub fn n_tokens(&self) -> usize {
        self.n
    }

    /// Whether the tree is whole.
    pub fn is_done(&self) -> bool {
        self.next == self.n && self.stack.len() <= 1
    }

    /// Whether an action can be taken.
    pub fn can(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.n,
            Action::Left => !self.stack.is_empty() && self.next < self.n,
            Action::Right => self.stack.len() > 1,
        }
    }

    /// The token so deep in the stack, 0 the top.
    pub fn stacked(&self, depth: usize) -> u16 {
        let at = self.stack.len().checked_sub(depth + 1);
        at.map_or(NONE, |at| self.stack[at])
    }

    /// The token so far ahead in the buffer, 0 the next.
    pub fn ahead(&self, n: usize) -> u16 {
        if self.next + n < self.n { (self.next + n) as u16 } else { NONE }
    }

    /// Head and dependent of the arc that an action makes.
    pub fn arc(&self, action: Action) -> Option<(u16, u16)> {
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next as u16, self.stacked(0))),
            Action::Right => Some((self.stacked(1), self.stacked(0))),
        }
    }

    /// Takes an action that can be taken; `relation` names the arc that it makes.
    pub fn take(&mut self, action: Action, relation: u8) {
        let Some((head, child)) = self.arc(action) else {
            self.stack.push(self.next as u16);
            self.next += 1;
            return;
        };
        self.stack.pop();
        self.heads[child as usize] = head;
        self.relations[child as usize] = relation;
        let side = match action {
            Action::Left => &mut self.left[head as usize],
            _ => &mut self.right[head as usize],
        };
        *side = Side { last: child, before: side.last, n: side.n.saturating_add(1) };
    }
}
