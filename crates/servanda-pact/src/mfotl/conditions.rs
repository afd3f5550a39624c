//! Conditions as formulas of the past: "it has come to hold by now". Each is closed, and once true stays true.

use servanda_model::Name;

use super::{Writer, mangle};
use crate::{Cond, CondSort, DurationUnit};

/// Bytes of a milestone's formula that are written in place of its name.
const MAX_MILESTONE: usize = 2_000;

impl Writer<'_> {
    /// That a condition has come to hold by now.
    pub(super) fn held(&mut self, condition: &Cond) -> String {
        match &condition.sort {
            CondSort::Milestone(name) => self.milestone(name),
            CondSort::Occurs { kind, by } => {
                let kind = self.occurrence(kind);
                let actor = by.as_ref().map_or("_".to_owned(), |by| format!("\"{by}\""));
                format!("(ONCE[0,*) {kind}(_, {actor}, _))")
            }
            CondSort::Established(body) => {
                let body = self.occurrence(body);
                format!("(ONCE[0,*) {body}(_, _, _))")
            }
            CondSort::Fulfilled(name) => self.verdict("fulfilled", name),
            CondSort::Breached(name) => self.verdict("breached", name),
            CondSort::Count { kind, at_least } => {
                let kind = self.occurrence(kind);
                let n = self.amount(at_least);
                format!("(EXISTS s. ((s <- SUM a (ONCE[0,*) {kind}(i, p, a))) AND (s >= {n})))")
            }
            CondSort::On(date) => {
                let moment = self.moment(*date);
                format!("(ONCE[0,*) {moment})")
            }
            CondSort::After { duration, condition } => {
                let held = self.held(condition);
                let seconds = if duration.unit == DurationUnit::CalendarDays {
                    self.remark(format!("'{duration} after' is taken as {} days of 24 hours", duration.n));
                    u64::from(duration.n) * 86_400
                } else {
                    duration.hours() * 3600
                };
                self.remark("the log needs a time point when a time after a condition is over, or the start is seen late");
                format!("(ONCE[{seconds},*) {held})")
            }
            CondSort::All(conditions) => self.joined(conditions, " AND "),
            CondSort::Any(conditions) => self.joined(conditions, " OR "),
        }
    }

    /// That a condition comes to hold at this time point.
    pub(super) fn begins(&mut self, condition: &Cond) -> String {
        let held = self.held(condition);
        format!("({held} AND (NOT (PREVIOUS[0,*) {held})))")
    }

    fn joined(&mut self, conditions: &[Cond], joint: &str) -> String {
        let parts: Vec<String> = conditions.iter().map(|condition| self.held(condition)).collect();
        format!("({})", parts.join(joint))
    }

    fn milestone(&mut self, name: &Name) -> String {
        let agreement = self.agreement;
        let milestone = agreement.milestones.iter().find(|milestone| milestone.id == *name);
        let Some(milestone) = milestone.filter(|_| !self.open.contains(name)) else {
            self.remark(format!("the milestone '{name}' has no meaning here"));
            return "FALSE".to_owned();
        };
        if !self.milestones.contains_key(name) {
            self.open.push(name.clone());
            let mut held = self.held(&milestone.condition);
            self.open.pop();
            if held.len() > MAX_MILESTONE {
                // Milestones that name milestones twice would double the formula at each step.
                let marker = self.marker(format!("m_{}", mangle(name.as_str())));
                held = format!("(ONCE[0,*) {marker})");
                self.remark(format!("the log says with {marker} when the milestone '{name}' is met"));
            }
            self.milestones.insert(name.clone(), held);
        }
        self.milestones[name].clone()
    }

    /// Verdicts about other provisions are taken from the log: a monitor runs one formula at a time.
    fn verdict(&mut self, verdict: &str, name: &Name) -> String {
        let marker = self.marker(format!("{verdict}_{}", mangle(name.as_str())));
        self.remark(format!("the log says with {marker} when '{name}' is {verdict}"));
        format!("(ONCE[0,*) {marker})")
    }
}
