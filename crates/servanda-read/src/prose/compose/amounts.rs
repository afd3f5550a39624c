//! How much? Figures of the clause, and which of them counts.

use servanda_model::{Claim, ClaimKind, Measure, Name, Number, Quantity, Span, roles};

use super::{Layers, within};
use crate::prose::kind_rules::{KindRule, is_unit};
use crate::prose::{Proposition, QuantityFound};

/// Writes the figures of a proposition into its claim, the one nearest to what is counted first.
pub(super) fn write(layers: &Layers<'_>, at: usize, proposition: &Proposition, claim: &mut Claim) {
    let dates = within(layers.dates, proposition.span, |found| found.span);
    let mut found: Vec<&QuantityFound> = within(layers.quantities, proposition.span, |found| found.span)
        .iter()
        .filter(|quantity| contains(proposition.span, quantity.span))
        .filter(|quantity| !matches!(quantity.sort, "ordinal" | "rank" | "year"))
        .filter(|quantity| {
            !quantity.unit.is_empty() || matches!(claim.kind, ClaimKind::Quantity | ClaimKind::Estimate)
        })
        .filter(|quantity| !dates.iter().any(|date| contains(date.span, quantity.number)))
        .filter(|quantity| !layers.is_of_another(at, quantity.number))
        .filter(|quantity| !names_a_pair(layers, quantity))
        .collect();
    // Figures of those acted upon or of what is moved come before others.
    let heads: Vec<usize> = proposition
        .roles
        .targets
        .iter()
        .chain(&proposition.roles.objects)
        .chain(&proposition.roles.actors)
        .copied()
        .collect();
    let is_of_role = |quantity: &QuantityFound| {
        let tokens = layers.analysis.tokens_in(quantity.span.start..quantity.span.end);
        let mut tokens = tokens;
        tokens.any(|token| heads.iter().any(|head| layers.analysis.is_below(token, *head)))
    };
    // Those who were killed or hurt come before what they were hurt by; parts come after their whole.
    found.sort_by_key(|quantity| (quantity.is_part, quantity.role.is_none(), !is_of_role(quantity)));
    for (n, quantity) in found.iter().enumerate() {
        claim.rule.push(format!("quantity:{}", quantity.rule));
        let role = match (quantity.is_part, quantity.role) {
            (true, _) => Some(part_of(layers, quantity)),
            (false, Some(role)) => Some(Name::new(role)),
            (false, None) => (n > 0).then(|| role_of(quantity)),
        };
        claim.quantities.push(figure(layers, quantity, role));
    }
    claim.measure = match found.first().and_then(|quantity| quantity.per) {
        Some("hour") => Measure::PerHour,
        Some("day") => Measure::PerDay,
        Some("week") => Measure::PerWeek,
        _ if found.first().is_some_and(|quantity| quantity.is_total) => Measure::Total,
        _ => claim.measure,
    };
}

/// Groups that are known by their number: "the two sides" says who, not how many.
const GROUPS: &[&str] =
    &["side", "party", "country", "nation", "government", "state", "neighbour", "neighbor", "phase", "stage"];

/// Whether a small number in words only points to those who are known: "the two sides", "both of these three states".
fn names_a_pair(layers: &Layers<'_>, quantity: &QuantityFound) -> bool {
    const DEFINITE: &[&str] =
        &["the", "these", "those", "our", "their", "its", "his", "all", "both", "other"];
    const N_MAX: i64 = 4;
    let words = quantity.number.of(&layers.prose.text).unwrap_or_default();
    let is_small = quantity.best.is_some_and(|n| n <= Number::whole(N_MAX)) && !quantity.approx;
    let first = layers.analysis.tokens_in(quantity.number.start..quantity.number.end).start;
    let before = first.checked_sub(1).map(|at| layers.analysis.word(&layers.prose.text, at).to_lowercase());
    let is_definite = before.is_some_and(|word| DEFINITE.contains(&word.as_str()));
    let head = quantity.noun.and_then(|noun| noun.of(&layers.prose.text)).unwrap_or_default();
    let head = head.rsplit([' ', '-']).next().unwrap_or_default().to_lowercase();
    let is_group = GROUPS.contains(&crate::prose::quantities::singular(&head).as_str());
    is_definite && is_small && is_group && words.chars().all(char::is_alphabetic)
}

/// A part is named by what it counts ("part:children"), or else is a figure besides.
fn part_of(layers: &Layers<'_>, quantity: &QuantityFound) -> Name {
    let noun = quantity.noun.map(|noun| layers.words(noun).to_lowercase()).unwrap_or_default();
    if noun.is_empty() { Name::new(FURTHER) } else { Name::new(format!("{}{noun}", roles::PART)) }
}

/// A figure as the model holds it.
pub(super) fn figure(layers: &Layers<'_>, found: &QuantityFound, role: Option<Name>) -> Quantity {
    Quantity {
        low: found.low,
        best: found.best,
        high: found.high,
        unit: found.unit.clone(),
        as_written: layers.words(found.span),
        approx: found.approx,
        role,
    }
}

/// What a further figure is.
fn role_of(quantity: &QuantityFound) -> Name {
    Name::new(if quantity.sort == "percent" { roles::PERCENT } else { FURTHER })
}

/// The rule of a case says which unit counts: that figure comes first, the others get a role.
pub(super) fn by_rule(rule: &KindRule, claim: &mut Claim) {
    if let Some(measure) = rule.measure
        && claim.measure == Measure::Occurrence
    {
        claim.measure = measure;
    }
    let Some(unit) = &rule.unit else { return };
    let can_count = |quantity: &Quantity| {
        let role = quantity.role.as_ref().map(Name::as_str);
        is_unit(&quantity.unit, unit) && matches!(role, None | Some(roles::KILLED | FURTHER))
    };
    if let Some(first) = claim.quantities.iter().position(can_count) {
        let mut quantity = claim.quantities.remove(first);
        quantity.role = None;
        quantity.unit.clone_from(rule.counted_as.as_ref().unwrap_or(unit));
        claim.quantities.insert(0, quantity);
    }
    let unit = rule.counted_as.as_ref().unwrap_or(unit);
    for (at, quantity) in claim.quantities.iter_mut().enumerate() {
        if quantity.role.is_none() && (at > 0 || &quantity.unit != unit) {
            quantity.role = Some(Name::new(FURTHER));
        }
    }
}

/// Role of a figure that is neither what counts nor of a role that questions know.
const FURTHER: &str = "further";

pub(super) fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
