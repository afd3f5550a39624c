//! Badges: what qualifies a state.

use servanda_model::*;
use servanda_pact::Duty;

use super::course::{Course, NEVER};
use super::engine::Engine;
use super::finding::Question;
use super::plan::{DutyPlan, Plan};
use super::stream::Quad;

impl Engine {
    pub(super) fn badges(
        &self,
        plan: &Plan,
        course: &Quad<Course>,
        question: &Question,
        finding: &Finding,
    ) -> Vec<Badge> {
        let now = question.at.ms();
        let is_open = matches!(
            finding.state.reported,
            State::InForce | State::Overdue | State::Suspended | State::Dormant
        );
        let mut badges = Vec::new();
        if !(finding.state.is_settled() && finding.breach.is_settled()) {
            badges.push(Badge::Contested);
        }
        if self.awaits_reports(plan, course, now, finding) {
            badges.push(Badge::AwaitingReports);
        }
        let is_assumed = plan.provision.deadline.as_ref().is_some_and(|deadline| deadline.assumed.is_some());
        if is_assumed {
            badges.push(Badge::RestsOnAssumption);
        }
        if finding.other_readings.iter().any(|(_, state)| *state != finding.state.reported) {
            badges.push(Badge::DependsOnReading);
        }
        let deadline = course.reported.deadlines.at(now);
        let soon = i64::from(question.due_soon_days).saturating_mul(DAY_MS);
        if finding.state.reported == State::InForce && deadline < NEVER && deadline - now <= soon {
            badges.push(Badge::DueSoon);
        }
        let is_delivery = matches!(plan.duty, DutyPlan::Deliver { .. } | DutyPlan::Establish { .. });
        if finding.state.reported == State::InForce
            && finding.level == Some(Level::Minimal)
            && (deadline < NEVER || !is_delivery)
        {
            badges.push(Badge::AtRisk);
        }
        let rests_on_silence = is_delivery && badges.contains(&Badge::AwaitingReports);
        let is_late = finding.tally.iter().any(|(state, _)| *state == State::FulfilledLate);
        match self.breach_ruling(&plan.provision.id, &plan.obligor) {
            Some((true, _)) => badges.push(Badge::RuledBreach),
            Some((false, _)) => {}
            // Silence that no report covers is no report of a breach.
            None if finding.breach.reported && (!rests_on_silence || is_late) => {
                badges.push(Badge::ReportedBreach);
            }
            None => {}
        }
        if question.at > self.known() {
            badges.push(Badge::Projection);
        }
        if is_delivery && plan.provision.deadline.is_none() && is_open {
            badges.push(Badge::NoDeadline);
        }
        badges.sort();
        badges
    }

    /// Whether the state rests on silence that no report covers yet.
    fn awaits_reports(&self, plan: &Plan, course: &Quad<Course>, now: i64, finding: &Finding) -> bool {
        let kinds: Vec<Name> = match &plan.provision.duty {
            Duty::Deliver { targets, .. } => targets.iter().map(|(_, kind)| kind.clone()).collect(),
            Duty::Not { kinds, .. } => kinds.clone(),
            Duty::Keep { kind, .. } => vec![kind.clone()],
            Duty::Match { kind, unit_kind, .. } => vec![kind.clone(), unit_kind.clone()],
            Duty::Establish { body, .. } => vec![body.clone()],
            Duty::May { .. } => Vec::new(),
        };
        let horizon = self.horizon(&plan.provision, &kinds);
        match &plan.duty {
            DutyPlan::Deliver { parts } => {
                let stated = parts
                    .iter()
                    .map(|(stream, _)| self.stream(*stream).stated_until())
                    .min()
                    .unwrap_or(i64::MIN);
                let reach = horizon.unwrap_or(i64::MIN).max(stated);
                finding.state.reported == State::Overdue && reach < course.reported.deadlines.at(now)
            }
            DutyPlan::Establish { .. } => {
                finding.state.reported == State::Overdue
                    && horizon.unwrap_or(i64::MIN) < course.reported.deadlines.at(now)
            }
            DutyPlan::Keep { .. } => {
                finding.state.reported == State::InForce
                    && finding.windows.is_some_and(|windows| windows.no_data > 0)
            }
            DutyPlan::Not { .. } => {
                finding.state.reported == State::InForce && horizon.is_some_and(|horizon| horizon < now)
            }
            DutyPlan::Match { .. } => {
                finding.state.reported == State::InForce && horizon.is_some_and(|horizon| horizon < now)
            }
            DutyPlan::May { .. } => false,
        }
    }
}
