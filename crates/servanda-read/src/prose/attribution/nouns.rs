//! Reports without a verb of their own: "according to X", "X's claim that ...", "issued a warning that ...", "is sure
//! that ...", "reportedly".

use std::ops::Range;

use servanda_language::{Fine, Tag};
use servanda_model::Modality;

use super::cues::{Cue, CueClass, Cues};
use super::found::{Found, trimmed};
use super::lines::View;
use super::phrases::Phrase;

/// Every report of the line whose cue is no verb of saying. `verbs` are the findings of its verbs.
pub(super) fn nouns(view: View<'_>, line: usize, cues: &Cues, verbs: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in 0..view.len() {
        if view.token(at).is_none() {
            continue;
        }
        let one = according(view, line, at, cues)
            .or_else(|| noun(view, line, at, cues))
            .or_else(|| adjective(view, line, at, cues))
            .or_else(|| adverb(view, line, at, cues));
        let Some(one) = one else { continue };
        if view.line.level.is_some() && !one.is_communication {
            continue;
        }
        let overlaps = |other: &Found| match (&other.cue, &one.cue) {
            (Some(a), Some(b)) => a.start < b.end && b.start < a.end,
            _ => false,
        };
        if !verbs.iter().chain(&found).any(overlaps) {
            found.push(one);
        }
    }
    found
}

/// "According to X, ..." and "..., according to X".
fn according(view: View<'_>, line: usize, at: usize, cues: &Cues) -> Option<Found> {
    let words = cues
        .prepositions()
        .iter()
        .find(|words| words.iter().enumerate().all(|(n, word)| view.is(at + n, &[word])))?;
    let behind = at + words.len();
    let leads = at == 0 || view.is(at - 1, &[",", "but", "and", "-", "--", "–", "—"]) && at <= 2;
    let stop = (behind..view.len())
        .find(|at| {
            leads && view.is(*at, &[","]) && !view.is_relative(at + 1)
                || view.is_end(*at)
                || view.quote(*at).is_some_and(|quote| !super::found::is_title(view.page, quote))
        })
        .unwrap_or(view.len());
    let source = view.phrase_after(behind, stop)?;
    let cue = Cue {
        rest: Vec::new(),
        class: CueClass::Say,
        modality: Modality::Actual,
        is_communication: true,
        takes: Vec::new(),
    };
    let mut one = Found::of(line, &cue, at..behind, "according-to");
    if leads {
        let from = (source.places.end..view.len()).find(|at| view.is(*at, &[","])).map_or(stop, |at| at + 1);
        one.content.push(from..view.clause_end(from, at, cues));
    } else {
        let end = if view.is(at - 1, &[",", "-", "--", "–", "—"]) { at - 1 } else { at };
        let is_quoted = view.quote(at - 1).is_some();
        if is_quoted || end < at {
            one.content = view.content_around(end.min(at - 1), source.places.end, is_quoted);
        } else {
            one.content.push(0..end);
        }
    }
    one.source = Some(source);
    one.content.retain(|range| !trimmed(view, range.clone()).is_empty());
    (!one.content.is_empty()).then_some(one)
}

/// "X's claim that ...", "the claim by X that ...", "X issued a warning that ...".
fn noun(view: View<'_>, line: usize, at: usize, cues: &Cues) -> Option<Found> {
    if view.tag(at) != Tag::Noun || view.line.level.is_some() {
        return None;
    }
    let cue = cues.noun(&view.lemma(at).to_lowercase())?;
    let mut behind = at + 1;
    let mut source = None;
    if view.is(behind, &["by", "from"]) {
        source = view.phrase_after(behind + 1, view.len());
        behind = source.as_ref().map_or(behind, |source: &Phrase| source.places.end);
    }
    let is_promise = !matches!(cue.class, CueClass::Say | CueClass::Allege);
    let (from, is_clause) = if view.is(behind, &["that"])
        && !view.is_end(behind + 1)
        && !view.is_finite(behind + 1)
    {
        (behind + 1, true)
    } else if is_promise && view.is(behind, &["to"]) && matches!(view.tag(behind + 1), Tag::Verb | Tag::Aux) {
        (behind, true)
    } else if matches!(cue.class, CueClass::Demand | CueClass::Promise) && view.is(behind, &["for"])
        || cue.class == CueClass::Allege && view.is(behind, &["of"])
    {
        (behind + 1, false)
    } else {
        return None;
    };
    let start = view.run_start(at);
    let mut first = at;
    if source.is_none() {
        source = owner(view, start, at);
        if let Some(owner) = &source {
            first = owner.places.end;
        }
    }
    let mut rule = "noun";
    if source.is_none()
        && let Some(carrier) = (start.saturating_sub(2)..start).rev().find(|at| view.is_verb(*at))
        && cues.is_carrier(&view.verb_lemma(carrier))
    {
        let group = view.group(carrier);
        if !group.is_passive {
            source = view.source(&group, cues, 0);
            first = group.start;
            rule = "noun-carried";
        }
    }
    if source.is_none() && !(cue.class == CueClass::Allege && view.is(behind, &["that"])) {
        return None;
    }
    // "a plan of the office": an object of a preposition is content only where someone is named who says it.
    let mut one = Found::of(line, cue, first..at + 1, rule);
    let end = if is_clause { view.clause_end(from, at, cues) } else { view.noun_end(from, at, cues) };
    // "The claim that the ferry sank was repeated": the clause ends where the sentence's own verb comes.
    let is_subject = !(0..at).any(|at| view.is_finite(at));
    let verbs = (from..end).filter(|at| view.is_finite(*at)).collect::<Vec<_>>();
    let end = match verbs[..] {
        [first, second, ..]
            if is_subject
                && !(first..second)
                    .any(|at| view.is_mark(at) || view.tag(at) == Tag::Cconj || view.is_relative(at)) =>
        {
            second
        }
        _ => end,
    };
    one.content.push(from..end);
    one.source = source;
    (!trimmed(view, from..end).is_empty()).then_some(one)
}

/// The owner before a noun: "their", "the group's".
fn owner(view: View<'_>, start: usize, noun: usize) -> Option<Phrase> {
    let genitive = (start..noun).rev().find(|at| view.fine(*at) == Fine::Pos);
    if let Some(genitive) = genitive {
        let head = genitive.checked_sub(1).filter(|head| *head >= start)?;
        return Some(Phrase { places: start..genitive, head });
    }
    let pronoun = (start..noun).find(|at| view.fine(*at) == Fine::PrpPoss)?;
    Some(Phrase { places: pronoun..pronoun + 1, head: pronoun })
}

/// "X is sure that ...", "is willing to ...", "are worried about ...".
fn adjective(view: View<'_>, line: usize, at: usize, cues: &Cues) -> Option<Found> {
    if !matches!(view.tag(at), Tag::Adj | Tag::Verb) || at == 0 {
        return None;
    }
    let cue = cues.adjective(&view.word(at).to_lowercase())?;
    let mut start = at;
    let mut has_be = false;
    while start > 0 && at - start < 6 {
        let lemma = view.lemma(start - 1).to_lowercase();
        let is_copula =
            matches!(lemma.as_str(), "be" | "remain" | "become" | "seem" | "appear" | "feel" | "sound");
        has_be |= is_copula;
        if is_copula
            || matches!(view.tag(start - 1), Tag::Aux | Tag::Adv)
            || view.is(start - 1, &["not", "n't", "n’t"])
        {
            start -= 1;
        } else {
            break;
        }
    }
    if !has_be || start == 0 {
        return None;
    }
    let behind = at + 1;
    let from = if view.is(behind, &["that", "about", "of", "with", "over", "at", "in"]) {
        behind + 1
    } else if view.is(behind, &["to"]) && view.tag(behind + 1) == Tag::Verb || view.bare_clause(behind) {
        behind
    } else {
        return None;
    };
    let group = super::subjects::Group {
        start,
        verb: at,
        is_passive: false,
        is_participle: false,
        is_infinitive: false,
        has_auxiliary: true,
    };
    let source = view.source(&group, cues, 0).filter(|source| view.may_say(source, cue))?;
    let mut one = Found::of(line, cue, start..behind, "adjective");
    one.content.push(from..view.clause_end(from, at, cues));
    one.source = Some(source);
    Some(one)
}

/// "reportedly", "allegedly": others say it; who is left open.
fn adverb(view: View<'_>, line: usize, at: usize, cues: &Cues) -> Option<Found> {
    let modality = cues.adverb(&view.word(at).to_lowercase())?;
    let cue = Cue {
        rest: Vec::new(),
        class: CueClass::Allege,
        modality,
        is_communication: true,
        takes: Vec::new(),
    };
    let mut one = Found::of(line, &cue, at..at + 1, "adverb");
    one.content = around(view, at);
    (!one.content.is_empty()).then_some(one)
}

/// The clause around an adverb, the adverb left out.
fn around(view: View<'_>, at: usize) -> Vec<Range<usize>> {
    let stops = |at: &usize| view.is(*at, &[",", ";", ":"]);
    let start = (at.saturating_sub(30)..at).rev().find(stops).map_or(at.saturating_sub(30), |at| at + 1);
    let end = (at + 1..view.len()).find(|at| stops(at) || view.is_end(*at)).unwrap_or(view.len());
    [start..at, at + 1..end].into_iter().filter(|range| !trimmed(view, range.clone()).is_empty()).collect()
}
