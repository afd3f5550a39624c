//! The dead and the hurt of one occurrence are two claims, each with its own figure, of one day and place.

use servanda_model::{ClaimKind, DateBasis, Name, Span, roles};

use super::amounts::{contains, figure};
use super::{Layers, ReadClaim, within};
use crate::prose::{Proposition, QuantityFound};

/// Longest way between the two figures, in bytes.
const MAX_BETWEEN_BYTES: usize = 40;

/// "15 dead, 40 injured", "killing four and wounding dozens" where the tree saw one verb: a claim for each.
pub(super) fn split(layers: &Layers<'_>, proposition: &Proposition, read: ReadClaim) -> Vec<ReadClaim> {
    let Some((first, second)) = pair(layers, proposition, &read) else { return vec![read] };
    let between = Span::new(first.span.end, second.span.start);
    let Some(words) = between.of(&layers.prose.text).filter(|_| between.len() < MAX_BETWEEN_BYTES) else {
        return vec![read];
    };
    let Some(joint) = joint_bytes(words) else { return vec![read] };
    let start = layers.trimmed(proposition.span).start;
    let end = layers.trimmed(proposition.span).end;
    let fates = [first, second].map(|one| one.role);
    let spans = [Span::new(start, state_end(layers, first)), Span::new(between.start + joint, end)];
    if spans.iter().any(|span| span.start >= span.end) || spans[0].end > spans[1].start {
        return vec![read];
    }
    let of = |n: usize, found: &QuantityFound| {
        let mut one = read.clone();
        let span = spans[n];
        one.claim.span = layers.prose.origin(span);
        one.claim.quote =
            layers.without_names(span, span.of(&layers.prose.text).unwrap_or_default().to_owned());
        let role = found.role.map(Name::new);
        one.claim.quantities.retain(|quantity| {
            let fate = quantity.role.as_ref().map(Name::as_str);
            fate.is_none_or(|fate| !fates.contains(&Some(fate))) && n == 0
        });
        one.claim.quantities.insert(0, figure(layers, found, role));
        one.claim.action =
            if found.role == Some(roles::INJURED) { "injure people" } else { "kill people" }.to_owned();
        one.claim.rule.push("split:toll".to_owned());
        one
    };
    vec![of(0, first), of(1, second)]
}

/// The figure of the dead and that of the hurt, in the order of the text, where there is one of each.
fn pair<'a>(
    layers: &'a Layers<'_>,
    proposition: &Proposition,
    read: &ReadClaim,
) -> Option<(&'a QuantityFound, &'a QuantityFound)> {
    if !matches!(read.claim.kind, ClaimKind::Event | ClaimKind::Quantity | ClaimKind::Statement) {
        return None;
    }
    let written: Vec<&str> = read.claim.quantities.iter().map(|one| one.as_written.as_str()).collect();
    let mut found = within(layers.quantities, proposition.span, |found| found.span)
        .iter()
        .filter(|one| one.role.is_some() && !one.is_part && contains(proposition.span, one.span))
        .filter(|one| written.contains(&layers.words(one.span).as_str()));
    let (first, second) = (found.next()?, found.next()?);
    (found.next().is_none() && first.role != second.role).then_some((first, second))
}

/// Bytes of what joins two figures, where nothing but a joint and a verb of harm stands there: "dead, ", " and wounding ".
fn joint_bytes(words: &str) -> Option<usize> {
    const VERBS: [&str; 14] = [
        "wounding", "injuring", "wounded", "injured", "killing", "killed", "leaving", "left", "hurting",
        "hurt", "and", "while", "as", "with",
    ];
    const STATES: [&str; 6] = ["dead", "killed", "injured", "wounded", "hurt", "people"];
    let mut joint = None;
    let mut at = 0;
    for word in words.split_inclusive([' ', ',', '\n']) {
        let bare = word.trim_end_matches([' ', ',', '\n']);
        let is_joint = matches!(bare, "and" | "while" | "as" | "with");
        match joint {
            None if STATES.contains(&bare) && !word.ends_with(',') => {}
            None if bare.is_empty() || is_joint || word.ends_with(',') => joint = Some(at + word.len()),
            Some(_) if is_joint => joint = Some(at + word.len()),
            Some(_) if bare.is_empty() || VERBS.contains(&bare) || bare == "another" => {}
            _ => return None,
        }
        at += word.len();
    }
    // White space alone is no joint.
    joint.filter(|_| words.contains(',') || words.contains("and") || words.contains("while"))
}

/// The end of a figure with the state that is said of it: "three dead".
fn state_end(layers: &Layers<'_>, found: &QuantityFound) -> usize {
    let tokens = layers.analysis.tokens_in(found.span.start..found.span.end);
    let next = layers.analysis.tokens.get(tokens.end);
    next.filter(|next| {
        matches!(
            layers.prose.text[next.start..next.end].to_ascii_lowercase().as_str(),
            "dead" | "killed" | "injured" | "wounded" | "hurt"
        )
    })
    .map_or(found.span.end, |next| next.end)
}

/// The dead and the hurt of one sentence fell at one time and place: what is said of one holds for the other.
pub(super) fn share(found: &mut [ReadClaim]) {
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (one, two) = (&mut before[at - 1], &mut after[0]);
        let is_pair = one.sentence_span == two.sentence_span
            && is_toll(one)
            && is_toll(two)
            && one.claim.polarity == two.claim.polarity
            && one.claim.modality == two.claim.modality
            && one.claim.quantities[0].role != two.claim.quantities[0].role;
        if is_pair {
            take(one, two);
            take(two, one);
        }
    }
}

fn is_toll(read: &ReadClaim) -> bool {
    let role = read.claim.quantities.first().and_then(|one| one.role.as_ref()).map(Name::as_str);
    let is_first = matches!(role, Some(roles::KILLED | roles::INJURED))
        || role.is_none() && read.claim.quantities.first().is_some_and(|one| one.unit == "person");
    read.claim.kind == ClaimKind::Event && is_first
}

fn take(one: &mut ReadClaim, other: &ReadClaim) {
    let is_told =
        |read: &ReadClaim| read.claim.date.as_ref().is_some_and(|date| date.basis != DateBasis::Inferred);
    if !is_told(one) && is_told(other) {
        one.claim.date.clone_from(&other.claim.date);
        one.claim.when = other.claim.when;
        one.claim.rule.push("date:same-sentence".to_owned());
    }
    if one.claim.place.is_none() && other.claim.place.is_some() {
        one.claim.place.clone_from(&other.claim.place);
        one.claim.rule.push("place:same-sentence".to_owned());
    }
}

/// Who claims or denies responsibility is the one who would have acted.
pub(super) fn own_deed(proposition: &Proposition, claim: &mut servanda_model::Claim) {
    const DEEDS: [&str; 5] = ["responsibility", "involvement", "guilt", "complicity", "culpability"];
    let last = proposition.action.split_whitespace().last().unwrap_or_default();
    if claim.actors.is_empty() && claim.kind == ClaimKind::Statement && DEEDS.contains(&last) {
        claim.actors = claim.speaker.clone().into_iter().collect();
        claim.targets.clear();
    }
}
