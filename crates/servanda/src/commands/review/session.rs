//! A review under way: the queue, where it stands, and what was done since it began.

use std::cell::RefCell;

use servanda_ledger::{Author, FactIx, Verdict, View};
use servanda_model::{Claim, ClaimId, Instant, Name};
use servanda_read::DocumentText;
use servanda_render::{Lexicon, QueueCounts, QueueState, ReviewItem, ReviewView};

use super::Act;
use super::acts::Done;
use super::filter::Filter;
use super::neighbours::Neighbours;
use crate::args::Review;
use crate::case::{Case, Records};
use crate::error::CommandError;
use crate::lexicon::lexicon;

/// A reading in the queue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub ix: FactIx,
    pub id: ClaimId,
    pub state: QueueState,
}

/// A review of the readings of a case.
pub(super) struct Session<'r> {
    pub case: &'r Case,
    pub records: &'r Records,
    pub view: View<'r>,
    pub context: servanda_assess::Context,
    pub lexicon: RefCell<Lexicon>,
    pub author: Option<Author>,
    /// Every reading on record, in the order in which it was put there.
    pub entries: Vec<Entry>,
    /// Those that are asked for, in the order in which they are looked at.
    queue: Vec<usize>,
    at: usize,
    pub filter: Filter,
    pub neighbours: Neighbours,
    pub log: Vec<Done>,
    pub n_acts: usize,
    /// The document looked at last.
    pub shelf: RefCell<Option<(String, Option<DocumentText>)>>,
}

impl<'r> Session<'r> {
    pub(super) fn new(
        case: &'r Case,
        records: &'r Records,
        asked: &Review,
    ) -> Result<Session<'r>, CommandError> {
        // All that is on record; the end of time would be after every ruling was taken back.
        let known = records.ledger.last_known_at().unwrap_or(Instant::MIN);
        let view = records.ledger.as_of(known);
        let entries = view.for_review().into_iter().map(|(ix, _, judged)| {
            let state = match judged.map(|judged| judged.verdict) {
                None => QueueState::Waiting,
                Some(Verdict::Open) => QueueState::Postponed,
                Some(Verdict::Accepted) => QueueState::Accepted,
                Some(Verdict::Rejected) => QueueState::Rejected,
            };
            Entry { ix, id: view.claim_id(ix), state }
        });
        let matching = case.file.matching;
        let mut session = Session {
            case,
            records,
            view,
            context: case.context(),
            lexicon: RefCell::new(lexicon(case)),
            author: None,
            entries: entries.collect(),
            queue: Vec::new(),
            at: 0,
            filter: Filter::of(asked),
            neighbours: Neighbours::new(&view, matching.window_days, matching.range_km),
            log: Vec::new(),
            n_acts: 0,
            shelf: RefCell::default(),
        };
        session.narrow(session.filter.clone())?;
        Ok(session)
    }

    pub(super) fn sign_with(&mut self, author: Author) {
        self.author = Some(author);
    }

    /// Narrows the queue. What nobody has ruled on comes first, what was put off last.
    pub(super) fn narrow(&mut self, filter: Filter) -> Result<(), CommandError> {
        let settled = filter.settled(self.case)?;
        let is_wanted = |entry: &Entry| {
            let Some(fact) = self.view.fact(entry.ix) else { return false };
            filter.wants_state(entry.state) && settled.wants(&self.view, fact, || self.view.claim(entry.ix))
        };
        let wanted: Vec<usize> = (0..self.entries.len()).filter(|at| is_wanted(&self.entries[*at])).collect();
        let is_late = |at: &usize| self.entries[*at].state == QueueState::Postponed;
        let (late, soon): (Vec<usize>, Vec<usize>) = wanted.into_iter().partition(is_late);
        self.queue = [soon, late].concat();
        self.at = 0;
        self.filter = filter;
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Which reading of how many is looked at, from 1.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.at + 1, self.queue.len())
    }

    /// The reading that is looked at, as its position among all.
    pub(super) fn current(&self) -> Option<usize> {
        self.queue.get(self.at).copied()
    }

    /// The claim that is looked at.
    pub(super) fn claim(&self) -> Option<(Entry, Claim)> {
        let entry = self.entries[self.current()?];
        Some((entry, self.view.claim(entry.ix)?))
    }

    /// Goes on to the next reading that is open still; stays where there is none. Whether there was one.
    pub(super) fn advance(&mut self) -> bool {
        let n = self.queue.len();
        let next = (1..n).map(|step| (self.at + step) % n).find(|at| self.is_waiting(*at));
        let next = next.or_else(|| (1..n).map(|step| (self.at + step) % n).find(|at| self.is_open(*at)));
        if let Some(next) = next {
            self.at = next;
        }
        next.is_some()
    }

    fn is_waiting(&self, at: usize) -> bool {
        self.entries[self.queue[at]].state == QueueState::Waiting
    }

    fn is_open(&self, at: usize) -> bool {
        self.entries[self.queue[at]].state.is_open()
    }

    /// Looks at another reading: what is said about it.
    pub(super) fn go(&mut self, act: &Act) -> Option<String> {
        let n = self.queue.len();
        match act {
            Act::Next if self.at + 1 < n => self.at += 1,
            Act::Next => return Some("this is the last one".to_owned()),
            Act::Back if self.at > 0 => self.at -= 1,
            Act::Back => return Some("this is the first one".to_owned()),
            Act::Go(to) if (1..=n).contains(to) => self.at = to - 1,
            Act::Go(_) => return Some(format!("there are {n} of them")),
            _ => {}
        }
        None
    }

    /// Looks at a reading by its position among all, where it is in the queue.
    pub(super) fn look_at(&mut self, entry: usize) {
        if let Some(at) = self.queue.iter().position(|other| *other == entry) {
            self.at = at;
        }
    }

    /// How many of those asked for stand where.
    pub(super) fn counts(&self) -> QueueCounts {
        let mut counts = QueueCounts::default();
        self.queue.iter().for_each(|at| counts.add(self.entries[*at].state));
        counts
    }

    /// The queue as a screen; `whole`: each reading with everything that is known of it.
    pub(super) fn view(&self, whole: bool) -> ReviewView {
        let items = self.queue.iter().filter_map(|at| self.item(*at, whole));
        let title = &self.case.file.title;
        ReviewView {
            schema: "review.v1".to_owned(),
            case: if title.is_empty() { self.case.agreement.title.clone() } else { title.clone() },
            asked_said: self.filter.said(),
            counts: self.counts(),
            items: items.collect(),
        }
    }

    /// The reading that is looked at.
    pub(super) fn shown(&self) -> Option<ReviewItem> {
        self.item(self.current()?, true)
    }

    /// What to say at the end.
    pub(super) fn farewell(&self) -> String {
        let mut counts = QueueCounts::default();
        self.entries.iter().for_each(|entry| counts.add(entry.state));
        let acts = servanda_render::figures::count(self.n_acts, "act was", "acts were");
        format!("{acts} put on record; readings: {}", counts.said())
    }

    pub(super) fn event_kinds(&self) -> Vec<Name> {
        self.case.event_kinds()
    }
}
