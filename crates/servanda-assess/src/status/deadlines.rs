//! The deadline of a promise as it held over time: an extension holds from the moment at which it was exercised.

use super::stretches::{NEVER, Stretches};

/// A deadline and what became of it, in milliseconds; [`NEVER`] where there is none.
///
/// It only ever moves on: nothing that was in time is made late by an extension, and what had passed unmet before the
/// extension stays on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deadlines {
    first: i64,
    /// From when on another one held, and which; in order of both.
    later: Vec<(i64, i64)>,
}

impl Deadlines {
    /// One deadline that was never extended.
    pub(crate) fn fixed(deadline: i64) -> Deadlines {
        Deadlines { first: deadline, later: Vec::new() }
    }

    /// Deadline of a promise that began at `start` and was due at `due`, with the time for which it was suspended and
    /// the length of each extension (when it was exercised, by how much) added.
    pub(crate) fn of(due: i64, start: i64, suspended: &Stretches, extended: &[(i64, i64)]) -> Deadlines {
        if due == NEVER || start == NEVER {
            return Deadlines::fixed(due);
        }
        let held = |due: i64| {
            let mut deadline = due;
            for (from, to) in suspended.iter() {
                if from.max(start) <= deadline {
                    deadline = deadline.saturating_add(to.saturating_sub(from.max(start)).max(0));
                }
            }
            deadline
        };
        let mut extended = extended.to_vec();
        extended.sort_unstable();
        let mut deadlines = Deadlines::fixed(held(due));
        let mut so_far = due;
        for (moment, by_ms) in extended {
            so_far = so_far.saturating_add(by_ms);
            let deadline = held(so_far);
            match deadlines.later.last_mut() {
                Some(last) if last.0 == moment => last.1 = deadline,
                _ => deadlines.later.push((moment, deadline)),
            }
        }
        deadlines
    }

    /// The deadline that held at a moment.
    pub(crate) fn at(&self, moment: i64) -> i64 {
        let n_past = self.later.partition_point(|(from, _)| *from <= moment);
        n_past.checked_sub(1).map_or(self.first, |last| self.later[last].1)
    }

    /// Each deadline with the stretch `[from, to)` in which it held, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, i64, i64)> + '_ {
        let starts = std::iter::once((i64::MIN, self.first)).chain(self.later.iter().copied());
        let ends = self.later.iter().map(|(from, _)| *from).chain([NEVER]);
        starts.zip(ends).map(|((from, deadline), to)| (from, to, deadline))
    }

    /// First moment, from `floor` and from `moment` on, at which what came at `moment` is within the deadline that
    /// holds; [`NEVER`] where it is too late for all of them.
    pub(crate) fn admits(&self, moment: i64, floor: i64) -> i64 {
        let found = self.iter().find(|(_, _, deadline)| moment <= *deadline);
        found.map_or(NEVER, |(from, _, _)| moment.max(floor).max(from))
    }

    /// Stretches in which the deadline had passed, of a promise that bound from `start` on and was over at `end`;
    /// `done` and `excused` are when it was met or excused, which counts only where it came in time.
    ///
    /// Also the first moment of breach, since what is over within a millisecond of its deadline has no stretch.
    pub(crate) fn overdue(&self, start: i64, done: i64, excused: i64, closed: i64) -> (i64, Stretches) {
        let (mut first, mut stretches) = (NEVER, Vec::new());
        if start == NEVER || closed <= start {
            return (NEVER, Stretches::default());
        }
        for (held_from, held_to, deadline) in self.iter() {
            if deadline == NEVER || done.min(excused).min(closed) <= deadline {
                continue;
            }
            let from = start.max(deadline + 1).max(held_from);
            if from < held_to {
                first = first.min(from);
                stretches.push((from, done.max(start).min(closed).min(held_to)));
            }
        }
        (first, Stretches::of(stretches))
    }
}
