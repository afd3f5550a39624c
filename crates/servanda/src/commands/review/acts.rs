//! What a person does with a reading: each act goes on record at once, signed, and can be undone by another.

use servanda_ledger::{Body, Retraction, Withdrawn, ruling_id};
use servanda_model::{Claim, ClaimId, Judgement, Ruling, RulingId};
use servanda_render::QueueState;

use super::Act;
use super::filter::Filter;
use super::session::Session;
use crate::case::{OnRecord, Standing, append, open_ledger};
use crate::error::{CommandError, ErrorKind};
use crate::moments::now;
use crate::out::Console;

/// An act of this session.
#[derive(Clone, Debug)]
pub(super) struct Done {
    /// The reading, as its position among all.
    entry: usize,
    before: QueueState,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Ruled(RulingId, &'static str),
    Same(RulingId),
    Corrected(ClaimId),
}

impl Session<'_> {
    /// Does what a person asks for; answers what to say about it.
    pub(super) fn act(&mut self, act: &Act, console: &Console) -> Result<String, CommandError> {
        match act {
            Act::Accept(reason) => {
                let reason = reason.as_deref().unwrap_or("read beside its document");
                self.rule(Judgement::Accept, reason, QueueState::Accepted, console)
            }
            Act::Reject(reason) if reason.trim().is_empty() => {
                Ok("say why it is no sound reading, for those who read the record later".to_owned())
            }
            Act::Reject(reason) => self.rule(Judgement::Reject, reason, QueueState::Rejected, console),
            Act::Postpone(reason) => {
                let reason = reason.as_deref().unwrap_or("put off in review");
                self.rule(Judgement::Postpone, reason, QueueState::Postponed, console)
            }
            Act::Same(which, reason) => self.same(which, reason.as_deref(), console),
            Act::Undo => self.undo(console),
            Act::Filter(text) => {
                let filter = match Filter::parse(text) {
                    Ok(filter) => filter,
                    Err(why) => return Ok(why),
                };
                let before = self.filter.clone();
                if let Err(error) = self.narrow(filter) {
                    self.narrow(before)?;
                    return Ok(error.message);
                }
                if self.is_empty() {
                    let said = format!("nothing fits ({}); the queue is as it was", self.filter.said());
                    self.narrow(before)?;
                    return Ok(said);
                }
                Ok(self.counts().said())
            }
            Act::Next | Act::Back | Act::Go(_) => Ok(self.go(act).unwrap_or_default()),
        }
    }

    fn rule(
        &mut self,
        judgement: Judgement,
        reason: &str,
        state: QueueState,
        console: &Console,
    ) -> Result<String, CommandError> {
        let Some(at) = self.current() else { return Ok(NOTHING.to_owned()) };
        let entry = self.entries[at];
        if entry.state == state {
            let went_on = self.advance();
            let there = if went_on { "" } else { "; nothing else is open" };
            return Ok(format!("it is {} already{there}", state.said()));
        }
        if entry.state == QueueState::Corrected {
            return Ok("it was corrected: undo that first".to_owned());
        }
        let ruling = Ruling { judgement, claims: vec![entry.id], reason: reason.trim().to_owned() };
        let id = ruling_id(&ruling);
        self.put(&[Body::from(ruling)], console)?;
        self.log.push(Done { entry: at, before: entry.state, what: What::Ruled(id, state.said()) });
        self.entries[at].state = state;
        Ok(self.went_on(format!("{}: {} (ruling {})", state.said(), entry.id.short(), id.short())))
    }

    fn same(
        &mut self,
        which: &[usize],
        reason: Option<&str>,
        console: &Console,
    ) -> Result<String, CommandError> {
        let Some(at) = self.current() else { return Ok(NOTHING.to_owned()) };
        let Some(item) = self.shown() else { return Ok(NOTHING.to_owned()) };
        if item.candidates.is_empty() {
            return Ok("nothing on record is near enough to be the same occurrence".to_owned());
        }
        let mut claims = vec![item.claim];
        for number in which {
            let candidate = number.checked_sub(1).and_then(|at| item.candidates.get(at));
            match candidate {
                Some(candidate) => claims.push(candidate.quoted.claim),
                None => {
                    return Ok(format!(
                        "there is no number {number}; they go from 1 to {}",
                        item.candidates.len()
                    ));
                }
            }
        }
        if claims.len() < 2 {
            return Ok("name it by its number".to_owned());
        }
        let reason = reason.unwrap_or("the same occurrence, in review").trim().to_owned();
        let ruling = Ruling { judgement: Judgement::SameIncident, claims, reason };
        let id = ruling_id(&ruling);
        self.put(&[Body::from(ruling)], console)?;
        self.log.push(Done { entry: at, before: self.entries[at].state, what: What::Same(id) });
        Ok(format!("one occurrence (ruling {}); the reading itself is still open", id.short()))
    }

    /// Puts a correction on record: the new claim, which names the old one, and a ruling that the old one is no sound
    /// reading, so that it is out even where somebody else had put it on record.
    pub(super) fn correct(&mut self, claim: Claim, console: &Console) -> Result<String, CommandError> {
        let Some(at) = self.current() else { return Ok(NOTHING.to_owned()) };
        let entry = self.entries[at];
        if entry.state == QueueState::Corrected {
            return Ok("it was corrected already: undo that first".to_owned());
        }
        let id = claim.id();
        let reason = format!("corrected by claim {}", id.short());
        let ruling = Ruling { judgement: Judgement::Reject, claims: vec![entry.id], reason };
        self.put(&[Body::from(claim), Body::from(ruling)], console)?;
        self.log.push(Done { entry: at, before: entry.state, what: What::Corrected(id) });
        self.entries[at].state = QueueState::Corrected;
        Ok(self.went_on(format!("corrected: {} by {}", entry.id.short(), id.short())))
    }

    fn went_on(&mut self, said: String) -> String {
        if self.advance() { said } else { format!("{said}; nothing else is open") }
    }

    /// Undoes the last act of this session by a record of its own: both stay.
    fn undo(&mut self, console: &Console) -> Result<String, CommandError> {
        let Some(done) = self.log.last().cloned() else {
            return Ok(
                "nothing was done since the review began; 'f state=accepted' or 'f state=rejected' shows \
                       what was ruled before, to be ruled anew"
                    .to_owned(),
            );
        };
        let entry = self.entries[done.entry];
        let again = |reason: String| {
            let judgement = match done.before {
                QueueState::Accepted => Judgement::Accept,
                QueueState::Rejected => Judgement::Reject,
                _ => Judgement::Postpone,
            };
            Body::from(Ruling { judgement, claims: vec![entry.id], reason })
        };
        let (bodies, said) = match &done.what {
            What::Ruled(ruling, word) => {
                let reason = format!("undone: {word} (ruling {})", ruling.short());
                (vec![again(reason)], format!("undone: {word}"))
            }
            What::Same(ruling) => {
                let reason = "undone in review".to_owned();
                let target = Withdrawn::Ruling(*ruling);
                (vec![Body::from(Retraction { target, reason })], "undone: one occurrence".to_owned())
            }
            What::Corrected(correction) => {
                let reason = format!("undone: correction of {}", entry.id.short());
                let out = Ruling {
                    judgement: Judgement::Reject,
                    claims: vec![*correction],
                    reason: reason.clone(),
                };
                let mut bodies = vec![Body::from(out)];
                bodies.extend(self.put_back(entry.ix, &entry.id)?);
                bodies.push(again(reason));
                (bodies, "undone: the correction".to_owned())
            }
        };
        self.put(&bodies, console)?;
        self.log.pop();
        self.entries[done.entry].state =
            if done.before == QueueState::Waiting { QueueState::Postponed } else { done.before };
        self.look_at(done.entry);
        Ok(format!("{said}; both are on record"))
    }

    /// A claim put on record anew, where its own author's correction had taken it out.
    fn put_back(&self, ix: servanda_ledger::FactIx, id: &ClaimId) -> Result<Option<Body>, CommandError> {
        let (Some(author), Some(claim)) = (&self.author, self.view.claim(ix)) else { return Ok(None) };
        let store = servanda_store::Store::open_read(self.case.dir.join(crate::case::LEDGER))?;
        let body = Body::from(claim);
        let is_own = OnRecord::of(&store, &author.id())?.standing(&body) != Standing::New;
        debug_assert_eq!(body_id(&body), Some(*id));
        Ok(is_own.then_some(body))
    }

    /// Signs and appends; the ledger is open only for as long as that takes, so that others can write as well.
    fn put(&mut self, bodies: &[Body], console: &Console) -> Result<(), CommandError> {
        let Some(author) = &self.author else {
            return Err(CommandError::new(ErrorKind::Key, "there is no key to sign with"));
        };
        let mut writer = open_ledger(self.case, console)?;
        append(&mut writer, author, bodies, now()?)?;
        self.n_acts += 1;
        Ok(())
    }
}

const NOTHING: &str = "there is nothing to rule on";

fn body_id(body: &Body) -> Option<ClaimId> {
    match body {
        Body::Claim(claim) => Some(claim.id()),
        _ => None,
    }
}
