//! Claims that hand on one figure of one origin: said as one, because they bear each other out in nothing (A111).

use std::collections::BTreeMap;

use servanda_ledger::{Symbol, SymbolList};
use servanda_model::*;

use super::statement::Statement;

pub(super) fn check(statements: &[Statement], found: &mut Vec<AuditFinding>) {
    type Period = Option<(Instant, Instant)>;
    type Same = (Symbol, Symbol, Measure, Symbol, Period, (Number, Number), Symbol, SymbolList, Symbol);
    let mut groups: BTreeMap<Same, Vec<&Statement>> = BTreeMap::new();
    for statement in statements {
        let (fact, claim) = (statement.fact, &statement.claim);
        let Some(amount) = claim.amount() else { continue };
        // Single occurrences of one name are one already; figures without a kind or an origin cannot be told to be the same.
        let is_figure = fact.measure != Measure::Occurrence || claim.kind == ClaimKind::Quantity;
        if !is_figure || !fact.event_kind.is_some() || !fact.origin.is_some() {
            continue;
        }
        let period = claim.window.map(|window| (window.start, window.end));
        let key = (
            fact.event_kind,
            fact.origin,
            fact.measure,
            fact.component,
            period,
            (amount.low_or_zero(), amount.high_or_max()),
            fact.unit,
            fact.actors,
            fact.place,
        );
        groups.entry(key).or_default().push(statement);
    }
    for group in groups.into_values() {
        let mut publishers: Vec<Name> = group.iter().filter_map(|one| one.publisher.clone()).collect();
        publishers.sort();
        publishers.dedup();
        let mut documents: Vec<DocumentId> = group.iter().map(|one| one.claim.document).collect();
        documents.sort();
        documents.dedup();
        if documents.len() < 2 {
            continue;
        }
        let first = group[0];
        let Some(origin) = first.claim.effective_origin().or(first.publisher.as_ref()) else { continue };
        let Some(amount) = first.claim.amount() else { continue };
        let fact = AuditFact::Copies {
            origin: origin.clone(),
            figure: super::rounding::Stated::of(amount).bounds(),
            n_claims: group.len() as u32,
            publishers,
        };
        let mut finding = first.finding("A111", AuditGrade::Remark, fact);
        finding.claims = group.iter().map(|one| one.id).collect();
        found.push(finding);
    }
}
