//! Which names and kinds the parts of an agreement use.

use servanda_model::Name;

use crate::{Amount, Clause, Cond, CondSort, DeadlineSort, Duty, Provision};

impl Cond {
    /// Calls a function for this condition and every one inside it, outermost first.
    pub fn walk<'c>(&'c self, visit: &mut impl FnMut(&'c Cond)) {
        visit(self);
        match &self.sort {
            CondSort::After { condition, .. } => condition.walk(visit),
            CondSort::All(conditions) | CondSort::Any(conditions) => {
                conditions.iter().for_each(|condition| condition.walk(visit));
            }
            _ => {}
        }
    }

    /// Kinds whose occurrences it waits for or counts; milestones are not opened.
    pub fn kinds(&self) -> Vec<&Name> {
        let mut kinds = Vec::new();
        self.walk(&mut |condition| match &condition.sort {
            CondSort::Occurs { kind, .. } | CondSort::Count { kind, .. } => kinds.push(kind),
            _ => {}
        });
        kinds
    }
}

impl Duty {
    /// Kinds that it counts, in the order of the text.
    pub fn kinds(&self) -> Vec<&Name> {
        match self {
            Duty::Deliver { targets, .. } => targets.iter().map(|target| &target.1).collect(),
            Duty::Not { kinds, .. } => kinds.iter().collect(),
            Duty::Keep { kind, .. } => vec![kind],
            Duty::Match { kind, unit_kind, .. } => vec![kind, unit_kind],
            Duty::Establish { body, .. } => vec![body],
            Duty::May { .. } => Vec::new(),
        }
    }
}

impl Provision {
    /// Its conditions outside the duty, each with the keyword of its clause.
    pub fn conditions(&self) -> Vec<(&'static str, &Cond)> {
        let mut all: Vec<(&'static str, &Cond)> = Vec::new();
        all.extend(
            self.start
                .iter()
                .map(|start| (if start.each_time { "whenever" } else { "when" }, &start.condition)),
        );
        all.extend(self.whiles.iter().map(|condition| ("while", condition)));
        all.extend(self.unless.iter().map(|condition| ("unless", condition)));
        all.extend(self.until.iter().map(|condition| ("until", condition)));
        if let Some(DeadlineSort::Within { of: Some(of), .. }) =
            self.deadline.as_ref().map(|deadline| &deadline.sort)
        {
            all.push(("within", of));
        }
        all
    }
}

impl Clause {
    /// Every name it uses, each with whether it is the name of a provision that is spoken of as such.
    pub(crate) fn names(&self) -> Vec<(&Name, bool)> {
        let mut names = Vec::new();
        match self {
            Clause::Duty { obligors, duty } => {
                names.extend(obligors.iter().map(|name| (name, false)));
                duty_names(duty, &mut names);
            }
            Clause::Start(start) => cond_names(&start.condition, &mut names),
            Clause::While(condition) | Clause::Unless(condition) | Clause::Until(condition) => {
                cond_names(condition, &mut names);
            }
            Clause::Deadline(deadline) => {
                if let DeadlineSort::Within { of: Some(of), .. } = &deadline.sort {
                    cond_names(of, &mut names);
                }
            }
            Clause::NoDeadline | Clause::Tolerance(_) => {}
            Clause::Watch(watch) => names.push((&watch.kind, false)),
        }
        names
    }
}

fn amount_name<'c>(amount: &'c Amount, names: &mut Vec<(&'c Name, bool)>) {
    if let Amount::Dated(name) = amount {
        names.push((name, false));
    }
}

fn duty_names<'c>(duty: &'c Duty, names: &mut Vec<(&'c Name, bool)>) {
    names.extend(duty.kinds().into_iter().map(|kind| (kind, false)));
    match duty {
        Duty::Deliver { targets, to } => {
            targets.iter().for_each(|target| amount_name(&target.0, names));
            names.extend(to.iter().map(|name| (name, false)));
        }
        Duty::Not { zone, .. } => names.extend(zone.iter().map(|name| (name, false))),
        Duty::Keep { amount, zone, .. } => {
            amount_name(amount, names);
            names.extend(zone.iter().map(|name| (name, false)));
        }
        Duty::Match { amount, unit_amount, by, .. } => {
            amount_name(amount, names);
            amount_name(unit_amount, names);
            names.extend(by.iter().map(|name| (name, false)));
        }
        Duty::Establish { .. } => {}
        Duty::May { provision, .. } => names.push((provision, true)),
    }
}

fn cond_names<'c>(condition: &'c Cond, names: &mut Vec<(&'c Name, bool)>) {
    condition.walk(&mut |condition| match &condition.sort {
        CondSort::Milestone(name) | CondSort::Established(name) => names.push((name, false)),
        CondSort::Occurs { kind, by } => {
            names.push((kind, false));
            names.extend(by.iter().map(|name| (name, false)));
        }
        CondSort::Fulfilled(name) | CondSort::Breached(name) => names.push((name, true)),
        CondSort::Count { kind, at_least } => {
            names.push((kind, false));
            amount_name(at_least, names);
        }
        _ => {}
    });
}
