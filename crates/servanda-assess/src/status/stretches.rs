//! Sets of stretches of time.

/// Never: after every moment.
pub(crate) const NEVER: i64 = i64::MAX;

/// Half-open stretches `[from, to)`, in order, apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stretches(Vec<(i64, i64)>);

impl Stretches {
    /// The union of some stretches, in any order; empty ones vanish.
    pub(crate) fn of(mut stretches: Vec<(i64, i64)>) -> Stretches {
        stretches.retain(|(from, to)| from < to);
        stretches.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(stretches.len());
        for (from, to) in stretches {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Stretches(merged)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.0.iter().copied()
    }

    pub(crate) fn as_slice(&self) -> &[(i64, i64)] {
        &self.0
    }

    pub(crate) fn contains(&self, moment: i64) -> bool {
        let at = self.0.partition_point(|(from, _)| *from <= moment);
        at > 0 && moment < self.0[at - 1].1
    }

    pub(crate) fn or(&self, other: &Stretches) -> Stretches {
        Stretches::of(self.iter().chain(other.iter()).collect())
    }

    pub(crate) fn and(&self, other: &Stretches) -> Stretches {
        let mut both = Vec::new();
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            both.push((a.0.max(b.0), a.1.min(b.1)));
            if a.1 <= b.1 {
                mine.next();
            } else {
                theirs.next();
            }
        }
        Stretches::of(both)
    }

    pub(crate) fn but_not(&self, other: &Stretches) -> Stretches {
        let mut gaps = Vec::with_capacity(other.0.len() + 1);
        let mut from = i64::MIN;
        for (start, end) in other.iter() {
            gaps.push((from, start));
            from = end;
        }
        gaps.push((from, NEVER));
        self.and(&Stretches::of(gaps))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretches() -> impl Strategy<Value = Stretches> {
        prop::collection::vec((0i64..60, 0i64..60), 0..8).prop_map(Stretches::of)
    }

    proptest! {
        #[test]
        fn sets_behave_like_sets(a in stretches(), b in stretches(), at in 0i64..60) {
            prop_assert_eq!(a.or(&b).contains(at), a.contains(at) || b.contains(at));
            prop_assert_eq!(a.and(&b).contains(at), a.contains(at) && b.contains(at));
            prop_assert_eq!(a.but_not(&b).contains(at), a.contains(at) && !b.contains(at));
        }
    }
}
