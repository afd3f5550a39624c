//! Counts of monitoring reports as claims: one for each figure, with its own window, and no part mixed with its whole.

use servanda_model::{Claim, ClaimKind, DateReference, Measure, Name, Polarity, Span, Tense, roles};

use super::amounts::{contains, figure};
use super::chain::Chain;
use super::{Layers, ReadClaim, Setting, amounts, parties, sentences_of, within};
use crate::prose::kind_rules::KindRule;
use crate::prose::{Proposition, Tally};

/// Verbs by which a monitor gives its own count.
const COUNTING: [&str; 24] = [
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
    "tally",
    "list",
    "detect",
    "receive",
    "rise",
    "fall",
    "reach",
    "number",
    "mark",
];

/// Verbs by which a monitor says what it saw itself: that is an event, with a figure.
const SEEING: [&str; 6] = ["see", "observe", "spot", "note", "find", "detect"];

/// Whether a proposition says what tallies with a window say better: a count of what somebody recorded.
pub(super) fn covers(layers: &Layers<'_>, proposition: &Proposition) -> bool {
    let lemma = layers.analysis.lemma(proposition.predicate).to_lowercase();
    let counts = COUNTING.contains(&lemma.as_str()) || proposition.kind == ClaimKind::Quantity;
    counts && tallies_in(layers, proposition.span).any(|tally| tally.window.is_some() || tally.is_none)
}

fn tallies_in<'a>(layers: &'a Layers<'_>, span: Span) -> impl Iterator<Item = &'a Tally> {
    within(layers.tallies, span, |tally| tally.quantity.number)
        .iter()
        .filter(move |tally| contains(span, tally.quantity.number))
}

/// A claim for each tally that says for which days it is.
pub(super) fn claims(layers: &Layers<'_>, setting: &Setting<'_>) -> Vec<ReadClaim> {
    layers.tallies.iter().filter_map(|tally| claim(layers, setting, tally)).collect()
}

fn claim(layers: &Layers<'_>, setting: &Setting<'_>, tally: &Tally) -> Option<ReadClaim> {
    if tally.window.is_none() && !tally.is_none {
        return None;
    }
    let block = layers.block(tally.quantity.span)?;
    if !block.role.is_read() {
        return None;
    }
    // The count's own clause: a figure of another kind of clause (an attack that killed six) stays with that clause.
    let around = smallest_around(layers, tally);
    if around.is_some_and(|around| !covers(layers, around) && around.frame.is_some()) {
        return None;
    }
    let span = layers.trimmed(around.map_or(tally.sentence, |around| whole_clause(layers, tally, around)));
    let mut claim = layers.blank(setting, span, ClaimKind::Quantity)?;
    claim.headline = block.role.is_headline();
    claim.tense = Tense::Past;
    claim.action = format!("count {}", tally.what);
    claim.rule = tally.rules.iter().map(|rule| (*rule).to_owned()).collect();
    claim.rule.push(format!("quantity:{}", tally.quantity.rule));
    if let Some(around) = around {
        claim.issue = issue(tally).or_else(|| around.issue.clone());
        if is_sight(layers, tally, around) {
            claim.kind = ClaimKind::Event;
        }
        let chain = Chain::of(layers, setting, around);
        chain.write(layers, &mut claim);
        parties::write(layers, setting, around, &chain, &mut claim);
        // What is counted is nobody who is acted upon.
        claim.targets.clear();
    }
    claim.quantities = vec![figure(layers, &tally.quantity, None)];
    claim.measure = match tally.quantity.per {
        Some("hour") => Measure::PerHour,
        Some("day") => Measure::PerDay,
        Some("week") => Measure::PerWeek,
        _ => Measure::Total,
    };
    when(setting, tally, layers, &mut claim);
    areas(layers, tally, &mut claim);
    let mut lemmas = layers.lemmas(span);
    lemmas.extend(tally.what.split_whitespace().map(str::to_lowercase));
    match setting.rules.find(&claim, None, &lemmas) {
        Some(rule) => by_rule(setting, rule, &mut claim),
        None if tally.is_none => deny(&mut claim),
        None => {}
    }
    Some(layers.finished(claim, span))
}

/// What happens to people and to a truce, as opposed to things that are there.
const HAPPENINGS: [&str; 12] = [
    "violation",
    "breach",
    "incident",
    "explosion",
    "shot",
    "burst",
    "casualty",
    "fatality",
    "death",
    "injury",
    "attack",
    "strike",
];

/// Whether somebody saw things, so many of them: an event. What happened so many times is a count, whatever the verb, and so are
/// weapons, of which a report gives one figure for its period.
fn is_sight(layers: &Layers<'_>, tally: &Tally, around: &Proposition) -> bool {
    let is_count = happens(tally) || tally.what.ends_with("weapon");
    SEEING.contains(&layers.analysis.lemma(around.predicate).to_lowercase().as_str())
        && !tally.is_none
        && !is_count
}

fn happens(tally: &Tally) -> bool {
    HAPPENINGS.iter().any(|word| tally.what.ends_with(word))
}

/// What a count is about, where its noun tells: how the truce is kept; how monitors fare.
fn issue(tally: &Tally) -> Option<Name> {
    const MONITORING: [&str; 8] =
        ["patrol", "restriction", "denial", "impediment", "restricted", "denied", "inspection", "flight"];
    if happens(tally) {
        return Some(Name::new("ceasefire_compliance"));
    }
    MONITORING.iter().any(|word| tally.what.ends_with(word)).then(|| Name::new("monitoring"))
}

/// The days that the figure is for. The date of the claim is what its own words say: the period of a report holds for its
/// figures, and is no date of each of its sentences.
fn when(setting: &Setting<'_>, tally: &Tally, layers: &Layers<'_>, claim: &mut Claim) {
    let Some((first, last)) = tally.window else { return };
    claim.when = setting.clock.days(first, last, servanda_model::Precision::Range);
    claim.window = claim.when.and_then(super::moments::window);
    if tally.window_words.is_none() && tally.rules.iter().any(|rule| rule.starts_with("window:report")) {
        return;
    }
    claim.date = Some(DateReference {
        text: tally.window_words.map(|words| layers.words(words)).unwrap_or_default(),
        start: Some(first.to_string()),
        end: Some(last.to_string()),
        basis: tally.basis,
        granularity: Some("range".to_owned()),
    });
}

/// The case's own rule: which kind it is, who counts, and that whoever counts is not whose acts are counted.
fn by_rule(setting: &Setting<'_>, rule: &KindRule, claim: &mut Claim) {
    claim.event_kind = Some(rule.event_kind.clone());
    claim.rule.push(format!("kind:{}", rule.event_kind));
    amounts::by_rule(rule, claim);
    component(rule, claim);
    if rule.is_counter {
        claim.counter = claim
            .speaker
            .clone()
            .or_else(|| {
                claim.actors.first().filter(|actor| setting.directory.actor(actor).is_some()).cloned()
            })
            .or_else(|| setting.publisher.cloned());
        let counter = claim.counter.clone();
        claim.actors.retain(|actor| Some(actor) != counter.as_ref());
    }
}

/// The rule's own part of the kind, in place of the words for it, with the areas that the figure is limited to.
pub(super) fn component(rule: &KindRule, claim: &mut Claim) {
    let Some(part) = &rule.component else { return };
    let areas = claim.component.as_ref().map(Name::as_str).unwrap_or_default();
    let kept = areas.split("; ").filter(|piece| !piece.is_empty() && !piece.starts_with(roles::PART));
    let pieces: Vec<&str> = [part.as_str()].into_iter().chain(kept).collect();
    claim.component = Some(Name::new(pieces.join("; ")));
}

/// "was restricted 62 times" in a report of two weeks: where a rule makes a deed a count, its figure holds for the days of its
/// tally.
pub(super) fn window_of_counted(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    proposition: &Proposition,
    claim: &mut Claim,
) {
    let is_figure = |tally: &&Tally| {
        claim.quantities.first().is_some_and(|first| first.as_written == layers.words(tally.quantity.span))
    };
    if claim.window.is_some() || claim.measure == Measure::Occurrence {
        return;
    }
    let Some(tally) = tallies_in(layers, proposition.span).find(is_figure) else { return };
    if let Some((first, last)) = tally.window {
        claim.when = setting.clock.days(first, last, servanda_model::Precision::Range);
        claim.window = claim.when.and_then(super::moments::window);
        areas(layers, tally, claim);
    }
}

/// "recorded no violations", where no rule makes it a count of nothing.
fn deny(claim: &mut Claim) {
    claim.polarity = Polarity::Negative;
    claim.quantities.clear();
    claim.measure = Measure::default();
}

/// The clause with the words that say when at its head, which belong to the figure even where the tree parts them from it; and
/// without the words of a title that stand before a date.
fn whole_clause(layers: &Layers<'_>, tally: &Tally, around: &Proposition) -> Span {
    let mut span = around.span;
    let sentence = layers.sentence_span(layers.analysis.tokens[around.predicate].sentence);
    if let Some(words) =
        tally.window_words.filter(|words| words.start < span.start && span.start <= words.end + 2)
        && sentence.start <= words.start
    {
        span.start = words.start;
    }
    span
}

/// The smallest proposition that holds the figure.
fn smallest_around<'a>(layers: &'a Layers<'_>, tally: &Tally) -> Option<&'a Proposition> {
    sentences_of(layers.analysis, tally.quantity.span)
        .flat_map(|sentence| layers.index.propositions(sentence))
        .map(|at| &layers.propositions[*at])
        .filter(|proposition| contains(proposition.span, tally.quantity.number))
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
    component.extend(tally.limits.iter().map(|limit| format!("only: {}", layers.words(*limit))));
    if let Some(whole) = tally.part_of.and_then(|whole| layers.tallies.get(whole)) {
        // "58 in the valley" of 89 weapons: the area alone parts it from its whole.
        if tally.what != whole.what || component.is_empty() && claim.place.is_none() {
            component.push(format!("{}{}", roles::PART, tally.what));
        }
        claim.rule.push(format!("part-of:{}", whole.quantity.number.start));
    }
    claim.component = (!component.is_empty()).then(|| Name::new(component.join("; ")));
}
