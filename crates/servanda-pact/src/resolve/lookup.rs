//! Clauses, duties and conditions with their names looked up.

use std::collections::HashSet;

use servanda_model::{Name, Number};

use super::names::Wanted;
use super::{Context, MAX_KEPT};
use crate::messages::{self, Sort};
use crate::syntax::{AmountWord, ClauseSort, Condition, ConditionSort, Due, DutyWords, Target, Word};
use crate::{Amount, At, Clause, Cond, CondSort, Deadline, DeadlineSort, Duty, Start, Tolerance, Watch};

impl Context {
    /// A clause with its names looked up; `None` where one is missing, which was reported.
    pub(super) fn resolve(&mut self, clause: &ClauseSort, at: At) -> Option<Clause> {
        Some(match clause {
            ClauseSort::Duty { obligors, duty } => {
                let n_obligors = obligors.len();
                self.no_repeats(obligors.iter());
                let obligors: Vec<Name> =
                    obligors.iter().filter_map(|word| self.name(word, Wanted::Actor)).collect();
                let duty = self.duty(duty)?;
                if obligors.len() < n_obligors {
                    return None;
                }
                Clause::Duty { obligors: deduplicated(obligors), duty }
            }
            ClauseSort::When { condition } => {
                Clause::Start(Start { each_time: false, condition: self.cond(condition)?, at })
            }
            ClauseSort::Whenever { condition } => {
                Clause::Start(Start { each_time: true, condition: self.cond(condition)?, at })
            }
            ClauseSort::If { breached } => {
                let sort = CondSort::Breached(self.name(breached, Wanted::Provision)?);
                Clause::Start(Start { each_time: false, condition: Cond { sort, at }, at })
            }
            ClauseSort::While { condition } => Clause::While(self.cond(condition)?),
            ClauseSort::Unless { condition } => Clause::Unless(self.cond(condition)?),
            ClauseSort::Until { condition } => Clause::Until(self.cond(condition)?),
            ClauseSort::Deadline { due, assumed } => {
                let sort = match due {
                    Due::Within { duration, of } => {
                        let of = match of {
                            Some(of) => Some(self.cond(of)?),
                            None => None,
                        };
                        DeadlineSort::Within { duration: *duration, of }
                    }
                    Due::By { date } => DeadlineSort::By(date.date),
                };
                let assumed = assumed.as_ref().map(|reason| reason.text.clone());
                Clause::Deadline(Deadline { sort, assumed, at })
            }
            ClauseSort::NoDeadline {} => Clause::NoDeadline,
            ClauseSort::Tolerance { missed, per, of } => {
                Clause::Tolerance(Tolerance { missed: *missed, of: *of, per: *per, at })
            }
            ClauseSort::Watch { kind, by, complete_after } => {
                // Watching a kind is not counting it.
                let kind = self.uncounted(kind, Wanted::Kind)?;
                Clause::Watch(Watch { kind, source: by.name.clone(), complete_after: *complete_after, at })
            }
            _ => return None,
        })
    }

    fn duty(&mut self, duty: &DutyWords) -> Option<Duty> {
        match duty {
            DutyWords::Deliver { targets, to } => {
                self.no_repeats(targets.iter().map(|target| &target.kind));
                let resolved: Vec<_> = targets.iter().filter_map(|target| self.target(target)).collect();
                let to = self.optional(to, Wanted::Actor);
                (resolved.len() == targets.len()).then_some(())?;
                Some(Duty::Deliver { targets: resolved, to: to? })
            }
            DutyWords::Not { kinds, zone } => {
                self.no_repeats(kinds.iter());
                let resolved: Vec<Name> =
                    kinds.iter().filter_map(|word| self.name(word, Wanted::Kind)).collect();
                let zone = self.optional(zone, Wanted::Zone);
                (resolved.len() == kinds.len()).then_some(())?;
                Some(Duty::Not { kinds: deduplicated(resolved), zone: zone? })
            }
            DutyWords::Keep { kind, bound, amount, per, zone } => {
                let kind = self.name(kind, Wanted::Kind);
                let amount = self.amount(amount);
                let zone = self.optional(zone, Wanted::Zone);
                Some(Duty::Keep { kind: kind?, bound: *bound, amount: amount?, per: *per, zone: zone? })
            }
            DutyWords::Match { returned, for_each, by } => {
                let (back, unit) = (self.target(returned), self.target(for_each));
                let by = self.optional(by, Wanted::Actor);
                let ((amount, kind), (unit_amount, unit_kind), by) = (back?, unit?, by?);
                if let (Amount::Fixed(Number::ZERO), AmountWord::Fixed(written)) =
                    (&unit_amount, &for_each.amount)
                {
                    self.report(messages::zero_unit(), written.span);
                    return None;
                }
                Some(Duty::Match { amount, kind, unit_amount, unit_kind, by })
            }
            DutyWords::Establish { body, state } => {
                let body = self.name(body, Wanted::Body)?;
                Some(Duty::Establish { body, state: state.as_ref().map(|state| state.name.clone()) })
            }
            DutyWords::May { power, provision } => {
                Some(Duty::May { power: *power, provision: self.name(provision, Wanted::Provision)? })
            }
        }
    }

    fn target(&mut self, target: &Target) -> Option<(Amount, Name)> {
        let amount = self.amount(&target.amount);
        let kind = self.name(&target.kind, Wanted::Kind);
        Some((amount?, kind?))
    }

    fn amount(&mut self, amount: &AmountWord) -> Option<Amount> {
        match amount {
            AmountWord::Fixed(number) => Some(Amount::Fixed(number.number)),
            AmountWord::Named(word) => self.name(word, Wanted::Number).map(Amount::Dated),
        }
    }

    pub(super) fn cond(&mut self, condition: &Condition) -> Option<Cond> {
        let sort = match &condition.sort {
            ConditionSort::Named { name, by } => {
                let found = self.name(name, Wanted::Condition);
                let by = self.optional(by, Wanted::Actor);
                let (found, by) = (found?, by?);
                let sort = self.names.find(found.as_str(), Wanted::Condition).map(|found| found.sort);
                match (sort, by) {
                    (Some(Sort::Milestone), None) => CondSort::Milestone(found),
                    (Some(Sort::Milestone), Some(_)) => {
                        let message = messages::milestone_by(found.as_str());
                        self.report(message, condition.span);
                        return None;
                    }
                    (_, by) => CondSort::Occurs { kind: found, by },
                }
            }
            ConditionSort::Fulfilled { provision } => {
                CondSort::Fulfilled(self.name(provision, Wanted::Provision)?)
            }
            ConditionSort::Breached { provision } => {
                CondSort::Breached(self.name(provision, Wanted::Provision)?)
            }
            ConditionSort::Established { body } => CondSort::Established(self.name(body, Wanted::Body)?),
            ConditionSort::Count { kind, at_least } => {
                let kind = self.name(kind, Wanted::Kind);
                let at_least = self.amount(at_least);
                CondSort::Count { kind: kind?, at_least: at_least? }
            }
            ConditionSort::On { date } => CondSort::On(date.date),
            ConditionSort::After { duration, condition } => {
                CondSort::After { duration: *duration, condition: Box::new(self.cond(condition)?) }
            }
            ConditionSort::All { conditions } => CondSort::All(self.conds(conditions)?),
            ConditionSort::Any { conditions } => CondSort::Any(self.conds(conditions)?),
        };
        Some(Cond { sort, at: self.at(condition.span) })
    }

    fn conds(&mut self, conditions: &[Condition]) -> Option<Vec<Cond>> {
        let resolved: Vec<Cond> = conditions.iter().filter_map(|condition| self.cond(condition)).collect();
        (resolved.len() == conditions.len()).then_some(resolved)
    }

    /// Looks a name up; reports it where it is missing.
    pub(super) fn name(&mut self, word: &Word, wanted: Wanted) -> Option<Name> {
        let name = self.uncounted(word, wanted)?;
        if matches!(wanted, Wanted::Kind | Wanted::Condition) {
            self.counted.insert(name.clone());
        }
        Some(name)
    }

    fn uncounted(&mut self, word: &Word, wanted: Wanted) -> Option<Name> {
        if self.names.find(word.name.as_str(), wanted).is_none() {
            let path = self.paths.get(self.file).cloned().unwrap_or_default();
            let (mut diagnostic, meant) = self.names.unknown(word, wanted, &self.paths);
            // The kind that was meant is not called unused besides.
            self.counted.extend(meant);
            diagnostic.file = path;
            if self.diagnostics.len() < MAX_KEPT {
                self.diagnostics.push(diagnostic);
            }
            return None;
        }
        self.rests_on.push((word.name.clone(), wanted));
        Some(word.name.clone())
    }

    /// `Some(None)` where nothing is written, `None` where the name is missing.
    fn optional(&mut self, word: &Option<Word>, wanted: Wanted) -> Option<Option<Name>> {
        match word {
            Some(word) => self.name(word, wanted).map(Some),
            None => Some(None),
        }
    }

    fn no_repeats<'w>(&mut self, words: impl Iterator<Item = &'w Word>) {
        let mut seen = HashSet::new();
        for word in words {
            if !seen.insert(&word.name) {
                self.report(messages::twice_in_list(word.name.as_str()), word.span);
            }
        }
    }
}

fn deduplicated(names: Vec<Name>) -> Vec<Name> {
    let mut seen = HashSet::new();
    names.into_iter().filter(|name| seen.insert(name.clone())).collect()
}
