//! Records: what one source says of one occurrence, reduced to what can be compared.

use servanda_model::{DAY_MS, Position};

/// A number of people as a source states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Toll {
    /// Lower bound.
    pub low: i64,
    /// Best estimate.
    pub best: i64,
    /// Upper bound; [`i64::MAX`] where the source gives none.
    pub high: i64,
}

impl Toll {
    /// A number stated without bounds.
    pub fn exactly(n: i64) -> Toll {
        Toll { low: n, best: n, high: n }
    }
}

/// What one source says of one occurrence.
///
/// Names are numbers that the caller gives out; only whether two are equal matters, never which is smaller. `key` alone
/// decides between records that are alike in everything, so it must not depend on the order of arrival (it is taken
/// from the hash of the claim).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// First millisecond that it can have been.
    pub earliest_ms: i64,
    /// Last millisecond that it can have been.
    pub latest_ms: i64,
    /// Where; `None`: no coordinates.
    pub point: Option<Position>,
    /// How many people, where the source says.
    pub toll: Option<Toll>,
    /// Named place, for records without coordinates; 0: none.
    pub place: u32,
    /// What sort of act.
    pub kind: u32,
    /// Sorts of act that one report can take for another have one family; only records of one family are compared.
    pub family: u32,
    /// Who acted, sorted; empty: the source does not say.
    pub actors: Vec<u32>,
    /// Who says so: at most one record of each source is laid to an occurrence.
    pub source: u32,
    /// Unique among all records.
    pub key: u128,
}

impl Record {
    /// Canonical order: by what is said, then by key. Names have no part in it, so that swapping two changes nothing.
    pub fn order(&self) -> impl Ord + use<> {
        (self.earliest_ms, self.latest_ms, self.point, self.toll, self.key)
    }

    /// Days between two records that cannot be explained by how vaguely they are dated: 0 where their times overlap,
    /// 1 from one civil day to the next. Negative where `self` is the later one.
    pub fn delay_days(&self, other: &Record) -> i64 {
        let gap = |first: &Record, second: &Record| second.earliest_ms.saturating_sub(first.latest_ms);
        let up = |ms: i64| ms / DAY_MS + i64::from(ms % DAY_MS > 0);
        match (gap(self, other), gap(other, self)) {
            (ahead, _) if ahead > 0 => up(ahead),
            (_, behind) if behind > 0 => -up(behind),
            _ => 0,
        }
    }

    /// Whether the time is known to about a day.
    pub fn is_dated_exactly(&self) -> bool {
        self.latest_ms.saturating_sub(self.earliest_ms) <= DAY_MS + DAY_MS / 12
    }
}
