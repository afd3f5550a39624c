//! Parts and their total, within one statement and within one report (A101; A105 for shares).

use std::collections::BTreeMap;

use servanda_ledger::{Symbol, SymbolList};
use servanda_model::*;

use super::rounding::Stated;
use super::statement::Statement;

/// The component that a report gives for all others together.
const ALL: &str = "all";

/// The parts that a statement gives against its own figure.
pub(super) fn parts(
    statement: &Statement,
    parts: &[(Name, &Quantity)],
    amount: &Quantity,
) -> Option<AuditFinding> {
    let told: Vec<(Name, Stated)> =
        parts.iter().map(|(name, part)| (name.clone(), Stated::of(part))).collect();
    compare(statement, told, Stated::of(amount))
}

/// The components of one report against the figure that it gives for all of them.
///
/// One report: one document, counter, kind, side, place, period and unit. Where the statement of the total names its parts itself, that
/// is checked already.
pub(super) fn components(statements: &[Statement], found: &mut Vec<AuditFinding>) {
    type Report = (DocumentId, Symbol, Symbol, SymbolList, Symbol, Instant, Instant, Instant, String);
    let mut reports: BTreeMap<Report, Vec<&Statement>> = BTreeMap::new();
    for statement in statements {
        let (Some(window), Measure::Total, true) =
            (statement.claim.window, statement.claim.measure, statement.fact.counter.is_some())
        else {
            continue;
        };
        let fact = statement.fact;
        let key = (
            statement.claim.document,
            fact.event_kind,
            fact.counter,
            fact.actors,
            fact.place,
            fact.known_at,
            window.start,
            window.end,
            statement.unit.clone(),
        );
        reports.entry(key).or_default().push(statement);
    }
    for report in reports.into_values() {
        let is_total = |one: &&&Statement| one.claim.component.as_ref().is_none_or(|name| *name == *ALL);
        let names_parts = |one: &Statement| {
            let mut given = one.claim.quantities.iter().filter_map(|quantity| quantity.role.as_ref());
            given.any(|role| role.as_str().starts_with(roles::PART))
        };
        let mut parts: Vec<&&Statement> = report.iter().filter(|one| !is_total(one)).collect();
        let (Some(total), true) = (report.iter().find(is_total), parts.len() > 1) else { continue };
        if names_parts(total) {
            continue;
        }
        parts.sort_by(|a, b| {
            (a.claim.span.start, &a.claim.component).cmp(&(b.claim.span.start, &b.claim.component))
        });
        let told = parts
            .iter()
            .filter_map(|one| Some((one.claim.component.clone()?, Stated::of(one.claim.amount()?))));
        let Some(amount) = total.claim.amount() else { continue };
        found.extend(compare(total, told.collect(), Stated::of(amount)).map(|mut finding| {
            finding.claims.extend(parts.iter().map(|part| part.id));
            finding
        }));
    }
}

/// Parts against their total. More than the total is a conflict; less may be parts that were not named.
fn compare(statement: &Statement, parts: Vec<(Name, Stated)>, total: Stated) -> Option<AuditFinding> {
    if parts.len() < 2 || !total.is_plain() || !parts.iter().all(|(_, part)| part.is_plain()) {
        return None;
    }
    let is_share = matches!(statement.unit.as_str(), "percent" | "per cent" | "%");
    let slack = |one: &Stated| {
        if is_share {
            one.grain / 2
        } else if one.is_approx {
            one.grain
        } else {
            0
        }
    };
    let low = parts.iter().fold(0i64, |sum, (_, part)| sum.saturating_add(part.low));
    let high = parts.iter().fold(0i64, |sum, (_, part)| sum.saturating_add(part.high));
    let room = parts.iter().map(|(_, part)| slack(part)).sum::<i64>() + slack(&total);
    let is_more = low.saturating_sub(room) > total.high;
    let is_less = high.saturating_add(room) < total.low;
    if !is_more && !is_less {
        return None;
    }
    let sum = Stated { low, high, grain: 1, is_approx: false }.bounds();
    let parts = parts.into_iter().map(|(name, part)| Part { name, value: part.bounds() }).collect();
    let total = total.bounds();
    let grade = if is_more { AuditGrade::Conflict } else { AuditGrade::Remark };
    let (code, fact) = if is_share {
        ("A105", AuditFact::PercentParts { parts, sum, total })
    } else {
        ("A101", AuditFact::Parts { parts, sum, total })
    };
    Some(statement.finding(code, grade, fact))
}
