//! Counts of monitoring reports as claims: one for each figure, with its own window, and no part mixed with its whole.

use servanda_model::{Claim, ClaimKind, DateReference, Measure, Name, Span, Tense, roles};

use super::amounts::{contains, figure};
use super::chain::Chain;
use super::{Layers, ReadClaim, Setting, amounts, parties, sentences_of, within};
use crate::prose::{Proposition, Tally};

/// Verbs by which a monitor gives its own count.
const COUNTING: [&str; 15] = [
    "record",
    "register",
    "count",
    "confirm",
    "corroborate",
    "note",
    "observe",
    "document",
    "report",
    "compare",
    "bring",
    "stand",
    "total",
    "verify",
    "log",
];

/// Whether a proposition says what tallies with a window say better: a count of what somebody recorded.
pub(super) fn covers(layers: &Layers<'_>, proposition: &Proposition) -> bool {
    let lemma = layers.analysis.lemma(proposition.predicate).to_lowercase();
    let counts = COUNTING.contains(&lemma.as_str()) || proposition.kind == ClaimKind::Quantity;
    counts && tallies_in(layers, proposition.span).any(|tally| tally.window.is_some())
}

fn tallies_in<'a>(layers: &'a Layers<'_>, span: Span) -> impl Iterator<Item = &'a Tally> {
    within(layers.tallies, span, |tally| tally.quantity.span)
        .iter()
        .filter(move |tally| contains(span, tally.quantity.span))
}

/// A claim for each tally that says for which days it is.
pub(super) fn claims(layers: &Layers<'_>, setting: &Setting<'_>) -> Vec<ReadClaim> {
    layers.tallies.iter().filter_map(|tally| claim(layers, setting, tally)).collect()
}

fn claim(layers: &Layers<'_>, setting: &Setting<'_>, tally: &Tally) -> Option<ReadClaim> {
    let (first, last) = tally.window?;
    let block = layers.block(tally.quantity.span)?;
    if !block.role.is_read() {
        return None;
    }
    // The count's own clause: a figure of another kind of clause (an attack that killed six) stays with that clause.
    let around = smallest_around(layers, tally);
    if let Some(around) = around
        && !covers(layers, around)
        && around.frame.is_some()
    {
        return None;
    }
    let span = layers.trimmed(around.map_or(tally.sentence, |around| around.span));
    let mut claim = layers.blank(setting, span, ClaimKind::Quantity)?;
    claim.headline = block.role.is_headline();
    claim.tense = Tense::Past;
    claim.action = format!("count {}", tally.what);
    claim.rule = tally.rules.iter().map(|rule| (*rule).to_owned()).collect();
    claim.rule.push(format!("quantity:{}", tally.quantity.rule));
    if let Some(around) = around {
        claim.issue = around.issue.clone();
        let chain = Chain::of(layers, setting, around);
        chain.write(layers, &mut claim);
        parties::write(layers, setting, around, &chain, &mut claim);
    }
    claim.quantities = vec![figure(layers, &tally.quantity, None)];
    claim.measure = Measure::Total;
    claim.when = setting.clock.days(first, last, servanda_model::Precision::Range);
    claim.window = claim.when.and_then(super::moments::window);
    claim.date = Some(DateReference {
        text: tally.window_words.map(|words| layers.words(words)).unwrap_or_default(),
        start: Some(first.to_string()),
        end: Some(last.to_string()),
        basis: tally.basis,
        granularity: Some("range".to_owned()),
    });
    areas(layers, tally, &mut claim);
    let mut lemmas = layers.lemmas(span);
    lemmas.extend(tally.what.split_whitespace().map(str::to_lowercase));
    if let Some(rule) = setting.rules.find(&claim, None, &lemmas) {
        claim.event_kind = Some(rule.event_kind.clone());
        claim.rule.push(format!("kind:{}", rule.event_kind));
        amounts::by_rule(rule, &mut claim);
        if rule.is_counter {
            claim.counter = claim
                .speaker
                .clone()
                .or_else(|| claim.actors.first().cloned())
                .or_else(|| setting.publisher.cloned());
        }
    }
    Some(layers.finished(claim, span))
}

/// The smallest proposition that holds the figure.
fn smallest_around<'a>(layers: &'a Layers<'_>, tally: &Tally) -> Option<&'a Proposition> {
    sentences_of(layers.analysis, tally.quantity.span)
        .flat_map(|sentence| layers.index.propositions(sentence))
        .map(|at| &layers.propositions[*at])
        .filter(|proposition| contains(proposition.span, tally.quantity.span))
        .min_by_key(|proposition| proposition.span.len())
}

/// A figure for a part, of the area or of what is counted, never stands for the whole.
fn areas(layers: &Layers<'_>, tally: &Tally, claim: &mut Claim) {
    let mut component = Vec::new();
    for area in &tally.areas {
        let place = within(layers.places, *area, |found| found.span).first();
        match place {
            Some(found) if claim.place.is_none() => claim.place = Some(found.place.clone()),
            _ => component.push(format!("area: {}", layers.words(*area))),
        }
    }
    if let Some(whole) = tally.part_of.and_then(|whole| layers.tallies.get(whole)) {
        component.push(format!("{}{}", roles::PART, tally.what));
        claim.rule.push(format!("part-of:{}", whole.quantity.number.start));
    }
    claim.component = (!component.is_empty()).then(|| Name::new(component.join("; ")));
}
