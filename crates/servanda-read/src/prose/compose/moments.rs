//! When? The date as worded, and as instants in the clock of the case.

use servanda_model::{
    Claim, ClaimKind, DateBasis, DateReference, Measure, Modality, Precision, Tense, When, Window,
};

use super::amounts::contains;
use super::chain::Chain;
use super::{Layers, Setting, within};
use crate::prose::{DateFound, Proposition};

/// Writes the date of a proposition into its claim.
pub(super) fn write(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    at: usize,
    proposition: &Proposition,
    chain: &Chain<'_>,
    claim: &mut Claim,
) {
    if let Some(found) = date_of(layers, at, proposition).or_else(|| of_saying(layers, chain, claim)) {
        claim.rule.push(format!("date:{}", found.rule));
        claim.date = Some(reference(layers, found));
        claim.when = when(setting, found);
        if claim.measure != Measure::Occurrence {
            claim.window = claim.when.and_then(window);
        }
    } else if is_standing(claim)
        && let Some(published) = setting.published
    {
        // An attitude or state told in the present holds on the day it is told.
        claim.when = setting.clock.day(published);
    }
}

/// The date that says when this proposition is so: in its own words, nearest to its predicate, and not in those of
/// another proposition within it; duration words ("two to three years") say how long, not when.
fn date_of<'a>(layers: &'a Layers<'_>, at: usize, proposition: &Proposition) -> Option<&'a DateFound> {
    let own = proposition.span;
    let predicate = layers.analysis.tokens[proposition.predicate].start;
    let in_condition = |date: &DateFound| {
        proposition.condition.as_ref().is_some_and(|condition| contains(condition.span, date.span))
    };
    within(layers.dates, own, |found| found.span)
        .iter()
        .filter(|date| contains(own, date.span) && date.granularity != "duration")
        .filter(|date| !layers.is_of_another(at, date.span) && !in_condition(date))
        .min_by_key(|date| date.span.start.abs_diff(predicate))
        .or_else(|| at_head(layers, proposition))
}

/// "said on Friday that the road is closed": a state or an attitude holds on the day on which it is said.
fn of_saying<'a>(layers: &'a Layers<'_>, chain: &Chain<'_>, claim: &Claim) -> Option<&'a DateFound> {
    const N_BYTES_MAX: usize = 80;
    let is_lasting = matches!(
        claim.kind,
        ClaimKind::Position | ClaimKind::Pledge | ClaimKind::Statement | ClaimKind::Estimate
    );
    let utterance = chain.innermost().filter(|_| is_lasting)?;
    let cue = utterance.cue?;
    let sentence = layers.analysis.tokens_in(cue.start..cue.end).start;
    let sentence = layers.analysis.tokens.get(sentence)?.sentence;
    within(layers.dates, layers.sentence_span(sentence), |found| found.span)
        .iter()
        .filter(|date| !utterance.content.iter().any(|content| contains(*content, date.span)))
        .filter(|date| matches!(date.granularity, "day" | "time" | "week" | "range"))
        .filter(|date| cue.start.abs_diff(date.span.start) < N_BYTES_MAX)
        .min_by_key(|date| cue.start.abs_diff(date.span.start))
}

/// A date at the head of the sentence holds for its further clauses in the past: "On Monday observers saw ..., and heard ...".
fn at_head<'a>(layers: &'a Layers<'_>, proposition: &Proposition) -> Option<&'a DateFound> {
    const N_FIRST_TOKENS: usize = 3;
    if proposition.tense != Tense::Past || proposition.modality != Modality::Actual {
        return None;
    }
    let sentence = layers.analysis.tokens[proposition.predicate].sentence;
    let tokens = layers.analysis.sentences[sentence].tokens.clone();
    let head = layers.analysis.bytes(tokens.start..(tokens.start + N_FIRST_TOKENS).min(tokens.end));
    let found = within(layers.dates, layers.sentence_span(sentence), |found| found.span).first()?;
    (found.span.start < head.end && found.granularity != "duration").then_some(found)
}

pub(super) fn reference(layers: &Layers<'_>, found: &DateFound) -> DateReference {
    DateReference {
        text: layers.words(found.span),
        start: found.start.map(|day| day.to_string()),
        end: found.end.map(|day| day.to_string()),
        basis: found.basis,
        granularity: Some(found.granularity.to_owned()).filter(|grain| !grain.is_empty()),
    }
}

pub(super) fn when(setting: &Setting<'_>, found: &DateFound) -> Option<When> {
    let (start, end) = (found.start?, found.end?);
    let precision = match found.granularity {
        "day" | "time" => Precision::Day,
        "week" => Precision::Week,
        "month" => Precision::Month,
        "year" => Precision::Year,
        _ => Precision::Range,
    };
    setting.clock.days(start, end, if start == end { Precision::Day } else { precision })
}

pub(super) fn window(when: When) -> Option<Window> {
    let end = when.latest.plus_ms(1);
    (when.earliest < end).then_some(Window { start: when.earliest, end })
}

fn is_standing(claim: &Claim) -> bool {
    matches!(claim.kind, ClaimKind::Position | ClaimKind::Pledge | ClaimKind::Body)
        || claim.kind == ClaimKind::Statement && claim.tense == Tense::Present
}

/// An undated report of something past, of a kind that the agreement knows: within the days that the case allows.
pub(super) fn undated(setting: &Setting<'_>, claim: &mut Claim) {
    let (Some(days), Some(published)) = (setting.rules.undated_days, setting.published) else { return };
    if claim.when.is_some()
        || claim.date.is_some()
        || claim.tense != Tense::Past
        || !matches!(claim.kind, ClaimKind::Event | ClaimKind::Quantity | ClaimKind::Meeting)
        || claim.modality != Modality::Actual
    {
        return;
    }
    let Ok(first) = published.checked_sub(jiff::Span::new().days(i64::from(days))) else { return };
    claim.when = setting.clock.days(first, published, Precision::Range);
    claim.date = Some(DateReference {
        text: String::new(),
        start: Some(first.to_string()),
        end: Some(published.to_string()),
        basis: DateBasis::Inferred,
        granularity: Some("range".to_owned()),
    });
    claim.rule.push("date:undated-report".to_owned());
}
