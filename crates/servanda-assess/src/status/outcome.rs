//! The outcome of one instance of a `whenever` promise: when it began, was due, done, excused, over.

use std::rc::Rc;

use servanda_model::State;

use super::deadlines::Deadlines;
use super::stretches::{NEVER, Stretches};

/// One instance under one belief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// [`NEVER`]: under this belief the trigger did not occur.
    pub(crate) start: i64,
    /// Before powers add to it; [`Outcome::deadline_at`] is what held.
    pub(super) due: i64,
    pub(crate) done: i64,
    pub(super) excused: i64,
    /// First moment at which it is closed otherwise, and how.
    pub(super) closed: (i64, State),
    /// What powers did to it; `None`: there are none over the promise. Apart, since a million instances have none.
    pub(super) held: Option<Rc<Held>>,
}

/// How powers moved one instance.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) deadlines: Deadlines,
    pub(super) suspended: Stretches,
}

impl Outcome {
    /// The trigger did not occur.
    pub(super) fn never() -> Outcome {
        let closed = (NEVER, State::Superseded);
        Outcome { start: NEVER, due: NEVER, done: NEVER, excused: NEVER, closed, held: None }
    }

    /// Whether it began before the promise itself ended. One that was waived at once has begun and is over.
    fn is_there(&self) -> bool {
        self.start < NEVER && (self.start < self.closed.0 || self.closed == (self.start, State::Waived))
    }

    /// Moments at which the state changes, with the state from then on, in order.
    pub(super) fn turns(&self) -> impl Iterator<Item = (i64, State)> + use<> {
        let mut turns = [None; 5];
        let mut moved = Vec::new();
        if let Some(held) = &self.held {
            moved = self.turns_moved_by(held);
        } else if self.is_there() {
            let void = if self.excused <= self.due { self.excused } else { NEVER };
            let is_in_time = self.done <= self.due;
            turns[0] = Some((self.start, State::InForce));
            turns[1] = Some((self.breached_at(), State::Overdue));
            turns[2] = Some(self.closed).filter(|closed| closed.0 < self.done.min(void));
            turns[3] = Some((void, State::Void)).filter(|_| void < self.done);
            turns[4] = match (is_in_time, void) {
                (true, _) => Some((self.done, State::Fulfilled)),
                (false, NEVER) => Some((self.done, State::FulfilledLate)),
                _ => None,
            };
        }
        turns.into_iter().flatten().filter(|(moment, _)| *moment < NEVER).chain(moved)
    }

    /// The same under powers: the state at each moment that can change it.
    fn turns_moved_by(&self, held: &Held) -> Vec<(i64, State)> {
        if !self.is_there() {
            return Vec::new();
        }
        let mut moments = vec![self.start, self.done, self.excused, self.closed.0];
        moments.extend(held.deadlines.iter().flat_map(|(from, _, due)| [from, due.saturating_add(1)]));
        moments.extend(held.suspended.iter().flat_map(|(from, to)| [from, to]));
        moments.retain(|moment| *moment >= self.start && *moment < NEVER);
        moments.sort_unstable();
        moments.dedup();
        let mut turns: Vec<(i64, State)> =
            moments.into_iter().map(|moment| (moment, self.state(held, moment))).collect();
        turns.dedup_by_key(|(_, state)| *state);
        turns
    }

    /// The state at a moment from the start on.
    fn state(&self, held: &Held, at: i64) -> State {
        let deadline = held.deadlines.at(at);
        if self.done <= at.min(deadline) {
            State::Fulfilled
        } else if self.excused <= at.min(deadline) {
            State::Void
        } else if self.done <= at {
            State::FulfilledLate
        } else if self.closed.0 <= at {
            self.closed.1
        } else if held.suspended.contains(at) {
            State::Suspended
        } else if at > deadline {
            State::Overdue
        } else {
            State::InForce
        }
    }

    /// When its deadline passed unmet; [`NEVER`] where it did not.
    pub(crate) fn breached_at(&self) -> i64 {
        if let Some(held) = &self.held {
            return held.deadlines.overdue(self.start, self.done, self.excused, self.closed.0).0;
        }
        let is_open = self.done.min(self.excused).min(self.closed.0) > self.due;
        if is_open && self.start < self.closed.0 && self.due < NEVER {
            self.start.max(self.due + 1)
        } else {
            NEVER
        }
    }

    /// Whether its deadline passed unmet at any time up to a moment.
    pub(crate) fn is_breached(&self, at: i64) -> bool {
        self.breached_at() <= at
    }

    /// The deadline that held at a moment.
    pub(crate) fn deadline_at(&self, at: i64) -> i64 {
        self.held.as_ref().map_or(self.due, |held| held.deadlines.at(at))
    }
}
