//! Chains: a set of records, what of it can be used, and what is set aside.
//!
//! Invariant: everything here is a function of the set. The order in which bundles came leaves no trace.

use std::collections::BTreeMap;

use servanda_model::{AuthorId, Diagnostic, FieldHasher, Hash32, Instant, RecordId};

use crate::messages::{self, Which};
use crate::record::{Record, Sealed, Tip};

/// A set of records of any number of authors.
///
/// Merging is the union of sets: idempotent, commutative, associative. A fork is a value: both records stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chains {
    records: BTreeMap<(AuthorId, u64, RecordId), Sealed>,
}

/// Where a chain stops being usable. What comes before counts; the rest is kept and set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Records are missing: numbers `first..=last`.
    Gap {
        /// First missing number.
        first: u64,
        /// Last missing number before the next record that is there.
        last: u64,
    },
    /// One author signed several records of one number.
    Fork {
        /// The number.
        seq: u64,
        /// Their ids, in order.
        ids: Vec<RecordId>,
    },
    /// A record names another record before it than the one that is there.
    WrongPrev {
        /// The number.
        seq: u64,
        /// The record.
        id: RecordId,
        /// What stands before it.
        expected: RecordId,
    },
    /// A record states an earlier time than the one before it.
    TimeBackwards {
        /// The number.
        seq: u64,
        /// The record.
        id: RecordId,
    },
}

impl Fault {
    /// The first number that cannot be used.
    pub fn seq(&self) -> u64 {
        match self {
            Fault::Gap { first, .. } => *first,
            Fault::Fork { seq, .. } | Fault::WrongPrev { seq, .. } | Fault::TimeBackwards { seq, .. } => *seq,
        }
    }

    /// The fault in words.
    pub fn diagnostic(&self, author: &AuthorId) -> Diagnostic {
        let which = |seq: u64, id: RecordId| Which { id, author: *author, seq };
        match self {
            Fault::Gap { first, last } => messages::gap(author, *first, *last),
            Fault::Fork { seq, ids } => messages::fork(author, *seq, ids),
            Fault::WrongPrev { seq, id, expected } => messages::wrong_prev(which(*seq, *id), expected),
            Fault::TimeBackwards { seq, id } => messages::time_backwards(which(*seq, *id)),
        }
    }
}

/// What one link adds to the walk along a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Whose chain.
    pub author: AuthorId,
    /// Number in the chain.
    pub seq: u64,
    /// The record.
    pub id: RecordId,
    /// The record it names as the one before.
    pub prev: RecordId,
    /// When it says it was recorded.
    pub recorded_at: Instant,
}

impl Link {
    /// The link of a record with its id.
    pub fn of(record: &Record, id: RecordId) -> Link {
        let Record { author, seq, prev, recorded_at, .. } = *record;
        Link { author, seq, id, prev, recorded_at }
    }
}

/// Walks links in canonical order (author, number, id) and finds where each chain stops being usable.
///
/// One rule for sets in memory, for stores and for `verify`.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    current: Option<ChainState>,
    /// Links of the number that is being looked at.
    same_seq: Vec<Link>,
    done: Vec<ChainState>,
}

/// One author's chain, as far as it is usable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainState {
    /// Whose chain.
    pub author: AuthorId,
    /// Last usable record; `None` where not even the first can be used.
    pub tip: Option<Tip>,
    /// What ends it; `None`: all of it is usable.
    pub fault: Option<Fault>,
}

impl ChainState {
    /// Whether a record of that number can be used.
    pub fn is_usable(&self, seq: u64) -> bool {
        self.tip.is_some_and(|tip| seq <= tip.seq)
    }
}

impl Walk {
    /// Goes on in a chain that is sound up to `tip`, so that only what follows needs to be looked at.
    pub fn resume(author: AuthorId, tip: Option<Tip>) -> Walk {
        Walk { current: Some(ChainState { author, tip, fault: None }), ..Walk::default() }
    }

    /// Adds the next link.
    pub fn push(&mut self, link: Link) {
        if self.current.as_ref().is_some_and(|state| state.author != link.author) {
            self.end_chain();
        } else if self.same_seq.first().is_some_and(|first| first.seq != link.seq) {
            self.settle();
        }
        self.current.get_or_insert(ChainState { author: link.author, tip: None, fault: None });
        self.same_seq.push(link);
    }

    /// Judges the links of one number, all of which have been seen.
    fn settle(&mut self) {
        let links = std::mem::take(&mut self.same_seq);
        let (Some(state), Some(link)) = (&mut self.current, links.first().copied()) else { return };
        if state.fault.is_some() {
            return;
        }
        let next = state.tip.map_or(0, |tip| tip.seq + 1);
        let expected = state.tip.map_or(RecordId(Hash32::default()), |tip| tip.id);
        if link.seq > next {
            state.fault = Some(Fault::Gap { first: next, last: link.seq - 1 });
        } else if links.len() > 1 {
            state.fault =
                Some(Fault::Fork { seq: link.seq, ids: links.iter().map(|link| link.id).collect() });
        } else if link.prev != expected {
            state.fault = Some(Fault::WrongPrev { seq: link.seq, id: link.id, expected });
        } else if state.tip.is_some_and(|tip| link.recorded_at < tip.recorded_at) {
            state.fault = Some(Fault::TimeBackwards { seq: link.seq, id: link.id });
        } else {
            state.tip = Some(Tip { seq: link.seq, id: link.id, recorded_at: link.recorded_at });
        }
    }

    fn end_chain(&mut self) {
        self.settle();
        self.done.extend(self.current.take());
    }

    /// The state of every chain, by author.
    pub fn finish(mut self) -> Vec<ChainState> {
        self.end_chain();
        self.done
    }
}

/// Hash over the ends of all chains and everything set aside: two ledgers of the same records have the same head.
///
/// `aside` are the keys of the records beyond each usable chain, in canonical order.
pub fn head(states: &[ChainState], aside: impl IntoIterator<Item = (AuthorId, u64, RecordId)>) -> Hash32 {
    let mut hasher = FieldHasher::new("servanda.head.v1");
    for state in states {
        if let Some(tip) = state.tip {
            hasher = hasher
                .field(b"tip")
                .field(&state.author.0.0)
                .field(&tip.seq.to_le_bytes())
                .field(&tip.id.0.0);
        }
    }
    for (author, seq, id) in aside {
        hasher = hasher.field(b"aside").field(&author.0.0).field(&seq.to_le_bytes()).field(&id.0.0);
    }
    hasher.finish()
}

impl Chains {
    /// Adds a record; whether it is new. Of two signatures over one record the smaller is kept, whichever came first.
    pub fn insert(&mut self, record: Sealed) -> bool {
        let key = (record.author, record.seq, record.id());
        match self.records.get_mut(&key) {
            Some(known) => {
                if record.signature < known.signature {
                    *known = record;
                }
                false
            }
            None => self.records.insert(key, record).is_none(),
        }
    }

    /// Adds records; how many of them are new.
    pub fn merge(&mut self, records: impl IntoIterator<Item = Sealed>) -> u64 {
        records.into_iter().map(|record| u64::from(self.insert(record))).sum()
    }

    /// How many records there are, those set aside included.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All records in canonical order: author, number, id.
    pub fn records(&self) -> impl Iterator<Item = &Sealed> {
        self.records.values()
    }

    /// The state of every chain, by author.
    pub fn states(&self) -> Vec<ChainState> {
        let mut walk = Walk::default();
        for record in self.records.values() {
            walk.push(Link::of(record, record.id()));
        }
        walk.finish()
    }

    /// The records that count, in canonical order, and those set aside.
    pub fn split(&self) -> (Vec<&Sealed>, Vec<&Sealed>) {
        let states: BTreeMap<AuthorId, ChainState> =
            self.states().into_iter().map(|state| (state.author, state)).collect();
        self.records.values().partition(|record| states[&record.author].is_usable(record.seq))
    }

    /// Hash over the ends of all chains and everything set aside.
    pub fn head(&self) -> Hash32 {
        let (_, aside) = self.split();
        head(&self.states(), aside.into_iter().map(|record| (record.author, record.seq, record.id())))
    }
}
