//! The declared names of a case, by sort, with "did you mean".

use std::collections::HashMap;

use servanda_model::{Diagnostic, Label, Name, Span};

use crate::messages::{self, Sort};
use crate::suggest::closest;
use crate::syntax::Word;
use crate::{At, codes};

/// Unknown names for which a near one is looked up; each costs a walk over all declared names.
const MAX_SUGGESTIONS: usize = 100;
/// Declared names that are compared.
const MAX_COMPARED: usize = 1_000;

/// What a name has to be where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Who owes or receives: a party or a body.
    Actor,
    /// A body.
    Body,
    /// What can occur: a kind, a body (its establishment), a power (its exercise).
    Kind,
    /// A kind or a milestone.
    Condition,
    Zone,
    Number,
    Provision,
    Instrument,
}

impl Wanted {
    fn accepts(self, sort: Sort, is_power: bool) -> bool {
        match self {
            Wanted::Actor => matches!(sort, Sort::Party | Sort::Body),
            Wanted::Body => sort == Sort::Body,
            Wanted::Kind => matches!(sort, Sort::Kind | Sort::Body) || sort == Sort::Provision && is_power,
            Wanted::Condition => {
                matches!(sort, Sort::Kind | Sort::Body | Sort::Milestone)
                    || sort == Sort::Provision && is_power
            }
            Wanted::Zone => sort == Sort::Zone,
            Wanted::Number => sort == Sort::Number,
            Wanted::Provision => sort == Sort::Provision,
            Wanted::Instrument => sort == Sort::Instrument,
        }
    }

    /// Code, words and form of the declaration, for messages.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Wanted::Actor => (codes::P201, "party or body", "party ID \"label\""),
            Wanted::Body => (codes::P202, "body", "body ID \"label\""),
            Wanted::Kind => (codes::P203, "kind", "kind ID \"label\""),
            Wanted::Condition => {
                (codes::P205, "milestone or kind", "kind ID \"label\", or milestone ID when CONDITION")
            }
            Wanted::Zone => (codes::P204, "zone", "zone ID \"file.geojson\""),
            Wanted::Number => (codes::P207, "number", "number ID 100 since 2025-10-10 \"reference\""),
            Wanted::Provision => (codes::P206, "provision", "provision ID \"point\""),
            Wanted::Instrument => (codes::P208, "instrument", "instrument ID \"title\" adopted 2025-10-10"),
        }
    }
}

/// Where a name is declared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) sort: Sort,
    pub(super) at: At,
    /// Whether it is a provision that is a power.
    pub(super) is_power: bool,
    /// Whether its declaration can be used.
    pub(super) readable: bool,
}

/// All declared names.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_name: HashMap<Name, Vec<Declared>>,
    in_order: Vec<Name>,
    n_suggested: std::cell::Cell<usize>,
}

impl Names {
    /// Declares a name; gives the declaration that it collides with, if any. Provisions never collide with
    /// provisions here: whether one may replace another, the instruments decide.
    pub(super) fn declare(&mut self, name: &Name, new: Declared) -> Option<Declared> {
        let declared = self.by_name.entry(name.clone()).or_default();
        let clash = declared.iter().find(|old| clash(old, &new)).copied();
        if clash.is_none() || new.sort == Sort::Provision {
            if declared.is_empty() {
                self.in_order.push(name.clone());
            }
            declared.push(new);
        }
        clash
    }

    /// The declaration of a name that is of a wanted sort.
    pub(super) fn find(&self, name: &str, wanted: Wanted) -> Option<&Declared> {
        let of_sort = |found: &&Declared| wanted.accepts(found.sort, found.is_power);
        let all = self.by_name.get(name)?;
        all.iter().filter(of_sort).find(|found| found.readable).or_else(|| all.iter().find(of_sort))
    }

    /// The message for a name that is not of the wanted sort, and the name that was probably meant.
    pub(super) fn unknown(
        &self,
        word: &Word,
        wanted: Wanted,
        paths: &[String],
    ) -> (Diagnostic, Option<Name>) {
        let name = word.name.as_str();
        let (code, words, form) = wanted.words();
        let meant = if self.n_suggested.get() < MAX_SUGGESTIONS {
            self.n_suggested.set(self.n_suggested.get() + 1);
            let candidates = self.in_order.iter().map(Name::as_str).take(MAX_COMPARED);
            closest(name, candidates.filter(|candidate| self.find(candidate, wanted).is_some()))
        } else {
            None
        };
        let Some(other) = self.by_name.get(name).and_then(|all| all.first()) else {
            return (
                messages::unknown_name(code, words, name, meant, form).at(word.span),
                meant.map(Name::new),
            );
        };
        let mut diagnostic = messages::wrong_sort(name, other.sort, words, meant).at(word.span);
        diagnostic.labels.push(label(paths, other.at, messages::FIRST_HERE));
        (diagnostic, meant.map(Name::new))
    }
}

/// Two declarations clash where one use could mean both.
fn clash(old: &Declared, new: &Declared) -> bool {
    let actor = |d: &Declared| matches!(d.sort, Sort::Party | Sort::Body);
    let occurrence = |d: &Declared| matches!(d.sort, Sort::Kind | Sort::Body | Sort::Milestone) || d.is_power;
    if old.sort == Sort::Provision && new.sort == Sort::Provision {
        return false;
    }
    old.sort == new.sort || actor(old) && actor(new) || occurrence(old) && occurrence(new)
}

/// A further place of a diagnostic.
pub(super) fn label(paths: &[String], at: At, text: &str) -> Label {
    let span = Span::new(at.span.start, at.span.end);
    Label { file: paths.get(at.file).cloned().unwrap_or_default(), span, text: text.to_owned() }
}
