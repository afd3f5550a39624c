//! Which report stands within which: "A said B had told reporters that ...".

use servanda_model::Span;

use crate::prose::Utterance;

/// How many reports around a place are looked at.
const MAX_AROUND: usize = 24;

/// Sets every utterance's parent: the one with the smallest content around its cue.
pub(super) fn chain(utterances: &mut [Utterance]) {
    // Contents by their first byte; one sweep with those that are open.
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (ix, utterance) in utterances.iter().enumerate() {
        contents.extend(utterance.content.iter().map(|span| (*span, ix)));
    }
    contents.sort_by_key(|(span, ix)| (span.start, std::cmp::Reverse(span.end), *ix));
    let mut order: Vec<(Span, usize)> =
        utterances.iter().enumerate().map(|(ix, utterance)| (anchor(utterance), ix)).collect();
    order.sort_by_key(|(span, ix)| (span.start, *ix));
    let (mut open, mut next): (Vec<(Span, usize)>, usize) = (Vec::new(), 0);
    let mut parents = vec![None; utterances.len()];
    for (place, ix) in order {
        while let Some(content) = contents.get(next).filter(|content| content.0.start <= place.start) {
            open.push(*content);
            next += 1;
        }
        open.retain(|(span, _)| span.end > place.start);
        if open.len() > MAX_AROUND {
            open.drain(..open.len() - MAX_AROUND);
        }
        let around = open
            .iter()
            .filter(|(span, holder)| *holder != ix && span.start <= place.start && place.end <= span.end);
        parents[ix] = around.min_by_key(|(span, holder)| (span.len(), *holder)).map(|(_, holder)| *holder);
    }
    for ix in 0..utterances.len() {
        // No utterance is its own ancestor.
        let (mut at, mut steps) = (parents[ix], 0);
        while let Some(parent) = at.filter(|parent| *parent != ix && steps < MAX_AROUND) {
            at = parents[parent];
            steps += 1;
        }
        if at == Some(ix) || steps >= MAX_AROUND {
            parents[ix] = None;
        }
        utterances[ix].parent = parents[ix];
    }
}

/// What stands for an utterance: its cue, else what it says.
fn anchor(utterance: &Utterance) -> Span {
    utterance.cue.or_else(|| utterance.content.first().copied()).unwrap_or_default()
}
