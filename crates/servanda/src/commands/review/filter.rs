//! Which readings are asked for: by document, kind, actor, promise, state.

use servanda_ledger::{Fact, Symbol, View};
use servanda_model::{Claim, Name};
use servanda_render::QueueState;

use crate::args::{Review, StateWord};
use crate::case::Case;
use crate::error::CommandError;

/// What the queue is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub document: Option<String>,
    pub kind: Option<String>,
    pub actor: Option<String>,
    pub promise: Option<String>,
    pub state: Option<StateWord>,
}

impl Filter {
    pub(super) fn of(asked: &Review) -> Filter {
        Filter {
            document: asked.document.clone(),
            kind: asked.kind.clone(),
            actor: asked.actor.clone(),
            promise: asked.promise.clone(),
            state: asked.state,
        }
    }

    /// Reads `document=... kind=... actor=... promise=... state=...`; a value may stand in quotes. Nothing: no filter.
    pub(super) fn parse(text: &str) -> Result<Filter, String> {
        let mut filter = Filter::default();
        for (key, value) in pairs(text)? {
            let slot = match key.as_str() {
                "document" => &mut filter.document,
                "kind" => &mut filter.kind,
                "actor" => &mut filter.actor,
                "promise" | "provision" => &mut filter.promise,
                "state" => {
                    let state = <StateWord as clap::ValueEnum>::from_str(&value, true);
                    filter.state = Some(state.map_err(|_| {
                        format!(
                            "no state '{value}'; states are waiting, postponed, accepted, rejected, open, all"
                        )
                    })?);
                    continue;
                }
                _ => {
                    return Err(format!(
                        "no filter '{key}'; filters are document, kind, actor, promise, state"
                    ));
                }
            };
            *slot = Some(value);
        }
        Ok(filter)
    }

    /// In words; empty where nothing is narrowed.
    pub(super) fn said(&self) -> String {
        let part = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {value}"));
        let state = self.state.map(|state| match state {
            StateWord::Open => "open".to_owned(),
            StateWord::All => "all".to_owned(),
            StateWord::Waiting => "waiting".to_owned(),
            StateWord::Postponed => "put off".to_owned(),
            StateWord::Accepted => "accepted".to_owned(),
            StateWord::Rejected => "rejected".to_owned(),
        });
        let parts = [
            part("document", &self.document),
            part("kind", &self.kind),
            part("actor", &self.actor),
            part("promise", &self.promise),
            state,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Whether readings in that state are asked for; by default those that a person is still to rule on.
    pub(super) fn wants_state(&self, state: QueueState) -> bool {
        match self.state.unwrap_or(StateWord::Open) {
            StateWord::All => true,
            StateWord::Open => state.is_open(),
            StateWord::Waiting => state == QueueState::Waiting,
            StateWord::Postponed => state == QueueState::Postponed,
            StateWord::Accepted => state == QueueState::Accepted,
            StateWord::Rejected => state == QueueState::Rejected,
        }
    }

    /// What of it can be settled before any reading is looked at.
    pub(super) fn settled(&self, case: &Case) -> Result<Settled<'_>, CommandError> {
        let kinds = match &self.promise {
            None => None,
            Some(promise) => {
                let named = case.agreement.provisions.iter().filter(|found| found.id == *promise.as_str());
                let kinds: Vec<Name> = named.flat_map(|found| found.duty.kinds()).cloned().collect();
                if kinds.is_empty() {
                    return Err(CommandError::usage(format!("the agreement has no promise '{promise}'"))
                        .hint("'servanda status' lists the promises"));
                }
                Some(kinds)
            }
        };
        let actor = self.actor.as_ref().map(|written| {
            let folded = written.to_lowercase();
            let is_meant = |actor: &&servanda_model::Actor| {
                actor.id.as_str().to_lowercase() == folded
                    || actor.label.to_lowercase() == folded
                    || actor.aliases.iter().any(|alias| alias.to_lowercase() == folded)
            };
            (case.actors.iter().find(is_meant).map(|actor| actor.id.clone()), folded)
        });
        Ok(Settled { filter: self, kinds, actor })
    }
}

/// A filter with what the case says about its names.
pub(super) struct Settled<'f> {
    filter: &'f Filter,
    kinds: Option<Vec<Name>>,
    /// The actor that is meant where the case declares it, and the words in small letters.
    actor: Option<(Option<Name>, String)>,
}

impl Settled<'_> {
    /// Whether a reading is asked for, its state apart. `claim` is called only where the compact form does not tell.
    pub(super) fn wants(&self, view: &View, fact: &Fact, claim: impl FnOnce() -> Option<Claim>) -> bool {
        if let Some(kind) = &self.filter.kind {
            let own = serde_json::to_value(fact.kind).ok();
            let is_own = own.as_ref().and_then(|word| word.as_str()) == Some(kind);
            if !(is_own || fact.event_kind.is_some() && view.name(fact.event_kind) == kind.as_str()) {
                return false;
            }
        }
        if let Some(kinds) = &self.kinds
            && !kinds.contains(view.name(fact.event_kind))
        {
            return false;
        }
        if let Some((declared, words)) = &self.actor {
            let lists = view.list(fact.actors).iter().chain(view.list(fact.targets));
            let mut who = lists.copied().chain([fact.speaker]).filter(|who: &Symbol| who.is_some());
            let is_meant = |who: Symbol| match declared {
                Some(actor) => view.name(who) == actor,
                None => view.name(who).as_str().to_lowercase().contains(words.as_str()),
            };
            if !who.any(is_meant) {
                return false;
            }
        }
        match &self.filter.document {
            None => true,
            Some(document) => {
                let Some(claim) = claim() else { return false };
                let path = view.document(&claim.document).map(|found| found.path.to_lowercase());
                path.is_some_and(|path| path.contains(&document.to_lowercase()))
                    || claim.document.to_string().starts_with(document.as_str())
            }
        }
    }
}

/// `key=value` pairs with values in quotes where they hold spaces.
fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some((key, after)) = rest.split_once('=') else {
            return Err(format!("'{rest}' is no filter; write kind=event or actor=\"some name\""));
        };
        let after = after.trim_start();
        let (value, tail) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        found.push((key.trim().to_lowercase(), value.to_owned()));
        rest = tail.trim_start();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_and_said() {
        let said = |text: &str| Filter::parse(text).map(|filter| filter.said());
        assert_eq!(
            said("kind=event actor=\"The North\" state=all").unwrap(),
            "kind event, actor The North, all"
        );
        assert_eq!(said("").unwrap(), "");
        assert!(said("colour=red").unwrap_err().contains("filters are"));
        assert!(said("event").unwrap_err().contains("write kind=event"));
        assert!(said("state=lost").unwrap_err().contains("states are"));
    }
}
