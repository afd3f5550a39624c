//! Review: what persons said about claims as readings of their documents, and what waits for them.

use std::collections::{BTreeMap, HashMap};

use servanda_model::{Judgement, Method};

use crate::fact::{Fact, FactIx};
use crate::view::{Change, KnownBy, Ledger, RulingIx, View, What};

/// What persons last said about a claim as a reading of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is a sound reading.
    Accepted,
    /// It is no sound reading.
    Rejected,
    /// The question was put off, or opened again.
    Open,
}

impl Verdict {
    /// What a judgement says about claims as readings; `None`: nothing.
    pub fn of(judgement: &Judgement) -> Option<Verdict> {
        match judgement {
            Judgement::Accept => Some(Verdict::Accepted),
            Judgement::Reject => Some(Verdict::Rejected),
            Judgement::Postpone => Some(Verdict::Open),
            _ => None,
        }
    }
}

/// The last word about a claim, and the ruling that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What it says.
    pub verdict: Verdict,
    /// The ruling.
    pub ruling: RulingIx,
}

impl<'l> View<'l> {
    /// The last word about each claim that somebody ruled on as a reading: the last of *accept*, *reject* and *postpone*,
    /// whoever ruled; rulings that were taken back say nothing.
    pub fn judged(&self) -> BTreeMap<FactIx, Judged> {
        let mut judged = BTreeMap::new();
        for change in self.changes() {
            let What::Rule(ix) = change.what else { continue };
            let Some(ruling) = self.ruling(ix) else { continue };
            let Some(verdict) = Verdict::of(&ruling.ruling.judgement) else { continue };
            judged.extend(ruling.facts.iter().map(|fact| (*fact, Judged { verdict, ruling: ix })));
        }
        judged
    }

    /// The last word about one claim; `None`: nobody ruled on it as a reading.
    pub fn verdict(&self, fact: FactIx) -> Option<Verdict> {
        let mut rulings = self.ledger.rulings_on(fact).iter().rev();
        rulings.find_map(|ix| Verdict::of(&self.ruling(*ix)?.ruling.judgement))
    }

    /// What a program read or proposed, in the order in which it was put on record, with the last word about it; what was
    /// taken back or corrected is left out.
    pub fn for_review(&self) -> Vec<(FactIx, &'l Fact, Option<Judged>)> {
        let judged = self.judged();
        let mut is_there = vec![false; self.ledger.facts.len()];
        let is_proposal = |ix: FactIx| self.ledger.facts[ix.0 as usize].method == Method::Proposed;
        let others =
            self.ledger.changes.iter().filter(|change| change.what.fact().is_some_and(|ix| !is_proposal(ix)));
        for change in others.chain(&self.ledger.proposed).filter(|change| change.known_at <= self.known()) {
            if let Some(ix) = change.what.fact() {
                is_there[ix.0 as usize] = matches!(change.what, What::Assert(_));
            }
        }
        let facts = self.ledger.facts.iter().enumerate().zip(is_there);
        let facts = facts.filter(|((_, fact), is_there)| *is_there && fact.method.is_for_review());
        facts
            .map(|((at, fact), _)| {
                let ix = FactIx(at as u32);
                (ix, fact, judged.get(&ix).copied())
            })
            .collect()
    }

    /// How many claims were read or proposed by a program and nobody has said yet whether they are sound.
    pub fn n_unreviewed(&self) -> usize {
        let waits = |judged: &Option<Judged>| judged.is_none_or(|judged| judged.verdict == Verdict::Open);
        self.for_review().iter().filter(|(_, _, judged)| waits(judged)).count()
    }
}

impl Ledger {
    /// The rulings on a claim as a reading, oldest first, those taken back included.
    fn rulings_on(&self, fact: FactIx) -> &[RulingIx] {
        let by_fact = self.verdicts.get_or_init(|| {
            let mut by_fact: HashMap<FactIx, Vec<RulingIx>> = HashMap::new();
            for change in &self.changes {
                let What::Rule(ix) = change.what else { continue };
                let ruling = &self.rulings[ix.0 as usize];
                let is_made = change.known_at < ruling.withdrawn_at;
                if is_made && Verdict::of(&ruling.ruling.judgement).is_some() {
                    ruling.facts.iter().for_each(|fact| by_fact.entry(*fact).or_default().push(ix));
                }
            }
            by_fact
        });
        by_fact.get(&fact).map_or(&[], Vec::as_slice)
    }

    /// The changes as seen by whoever counts nothing that the program read before a person accepted it.
    pub(crate) fn reviewed_changes(&self) -> &[Change] {
        self.reviewed.get_or_init(|| {
            self.held_back(|method| method == Method::Read).unwrap_or_else(|| self.changes.clone())
        })
    }

    /// The changes, with claims made by some methods asserted only while the last word about them is *accept*; `None`
    /// where there is no such claim.
    ///
    /// In a record that is known by recording, such a claim becomes known when it is accepted. In a case compiled
    /// afterwards it is known since its document was published, if it is accepted in the end: otherwise "what was known
    /// then" would have the answer "nothing", since all rulings of such a case are of one late day.
    pub(crate) fn held_back(&self, is_held: impl Fn(Method) -> bool) -> Option<Vec<Change>> {
        if !self.facts.iter().any(|fact| is_held(fact.method)) {
            return None;
        }
        let mut state: BTreeMap<FactIx, Held> = BTreeMap::new();
        let is_held = |ix: &FactIx| is_held(self.facts[ix.0 as usize].method);
        if self.known_by == KnownBy::Publication {
            for change in &self.changes {
                self.judge(change, &is_held, &mut state);
            }
        }
        let is_early = self.known_by == KnownBy::Publication;
        let mut changes = Vec::with_capacity(self.changes.len());
        for change in &self.changes {
            match change.what {
                What::Assert(ix) | What::Retract(ix) if is_held(&ix) => {
                    let held = state.entry(ix).or_default();
                    held.is_on_record = matches!(change.what, What::Assert(_));
                    held.settle(ix, change, &mut changes);
                }
                What::Rule(_) => {
                    let touched =
                        if is_early { Vec::new() } else { self.judge(change, &is_held, &mut state) };
                    for ix in touched {
                        state.entry(ix).or_default().settle(ix, change, &mut changes);
                    }
                    changes.push(*change);
                }
                _ => changes.push(*change),
            }
        }
        Some(changes)
    }

    /// Takes in what a ruling says of claims that are held back, and names them.
    fn judge(
        &self,
        change: &Change,
        is_held: &impl Fn(&FactIx) -> bool,
        state: &mut BTreeMap<FactIx, Held>,
    ) -> Vec<FactIx> {
        let What::Rule(ix) = change.what else { return Vec::new() };
        let ruling = &self.rulings[ix.0 as usize];
        let Some(verdict) = Verdict::of(&ruling.ruling.judgement) else { return Vec::new() };
        let touched: Vec<FactIx> = ruling.facts.iter().copied().filter(is_held).collect();
        // A ruling has a second change where its author took it back.
        let is_made = change.known_at < ruling.withdrawn_at;
        for fact in &touched {
            let held = state.entry(*fact).or_default();
            held.verdicts.retain(|(of, _)| *of != ix);
            if is_made {
                held.verdicts.push((ix, verdict));
            }
        }
        touched
    }
}

/// A claim that is held back.
#[derive(Default)]
struct Held {
    is_on_record: bool,
    is_asserted: bool,
    /// Rulings that stand, oldest first.
    verdicts: Vec<(RulingIx, Verdict)>,
}

impl Held {
    fn settle(&mut self, ix: FactIx, change: &Change, changes: &mut Vec<Change>) {
        let is_accepted = self.verdicts.last().is_some_and(|(_, verdict)| *verdict == Verdict::Accepted);
        let asserts = self.is_on_record && is_accepted;
        if asserts != self.is_asserted {
            self.is_asserted = asserts;
            let what = if asserts { What::Assert(ix) } else { What::Retract(ix) };
            changes.push(Change { known_at: change.known_at, what });
        }
    }
}
