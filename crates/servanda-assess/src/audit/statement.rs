//! Claims that give figures or dates, read once.

use servanda_ledger::{Fact, FactIx, View};
use servanda_model::*;
use servanda_pact::Agreement;

use super::Question;
use crate::counts::days_of;
use crate::status::is_report;

/// One claim with what the audit needs of it.
pub(super) struct Statement<'v> {
    pub(super) id: ClaimId,
    pub(super) claim: Claim,
    pub(super) fact: &'v Fact,
    /// Who counts; else who says it; else the origin.
    pub(super) who: Option<Name>,
    pub(super) publisher: Option<Name>,
    pub(super) unit: String,
    /// Whether its figures are reports and no denials, plans or forecasts.
    pub(super) has_figures: bool,
}

impl Statement<'_> {
    /// Days of the reference period.
    pub(super) fn n_days(&self) -> Option<i64> {
        let window = self.claim.window?;
        let n = days_of(window.start.ms(), window.end.ms());
        (n > 0).then_some(n)
    }

    /// A finding about this statement alone.
    pub(super) fn finding(&self, code: &str, grade: AuditGrade, fact: AuditFact) -> AuditFinding {
        AuditFinding {
            code: code.to_owned(),
            grade,
            counter: self.who.clone(),
            kind: self.claim.event_kind.clone(),
            unit: self.unit.clone(),
            window: self.claim.window,
            fact,
            claims: vec![self.id],
        }
    }
}

/// The claims on record that give a figure or the words of a date, in the order of their ids.
///
/// Rows of tables that state single occurrences have nothing to be checked against one by one, so their words stay unread.
pub(super) fn statements<'v>(
    view: &View<'v>,
    agreement: &Agreement,
    question: &Question,
) -> Vec<Statement<'v>> {
    let mut found: Vec<Statement<'v>> = Vec::new();
    for (ix, fact) in view.standing() {
        let is_plain_row = fact.method == Method::Feed && fact.measure == Measure::Occurrence;
        if is_plain_row || !is_asked(view, ix, question.who) {
            continue;
        }
        let kind = fact.event_kind.is_some().then(|| view.name(fact.event_kind).clone());
        if !question.kinds.is_empty() && !kind.as_ref().is_some_and(|kind| question.kinds.contains(kind)) {
            continue;
        }
        let Some(claim) = view.claim(ix) else { continue };
        let is_told =
            fact.polarity == Polarity::Affirmative && (is_report(fact) || !fact.event_kind.is_some());
        let has_figures = !claim.quantities.is_empty() && is_told;
        if !has_figures && claim.date.is_none() {
            continue;
        }
        let own_unit = kind.and_then(|kind| agreement.kinds.iter().find(|declared| declared.id == kind));
        let unit = claim.amount().map(|amount| amount.unit.clone()).filter(|unit| !unit.is_empty());
        let unit = unit.or(own_unit.and_then(|kind| kind.unit.clone())).unwrap_or_default();
        let named = |symbol: servanda_ledger::Symbol| symbol.is_some().then(|| view.name(symbol).clone());
        let who = named(fact.counter).or(named(fact.speaker)).or(named(fact.origin));
        let publisher = named(fact.publisher);
        found.push(Statement { id: view.claim_id(ix), claim, fact, who, publisher, unit, has_figures });
    }
    found.sort_by_key(|statement| statement.id);
    found
}

/// Whether a claim is of one of these counters, speakers or origins.
pub(super) fn is_asked(view: &View, ix: FactIx, who: &[Name]) -> bool {
    let Some(fact) = view.fact(ix) else { return false };
    who.is_empty()
        || [fact.counter, fact.speaker, fact.origin]
            .iter()
            .any(|symbol| symbol.is_some() && who.contains(view.name(*symbol)))
}
