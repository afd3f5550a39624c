//! Verbs that report: "X said (that) ...", "..., said X", "..., X says, ...", "was described by X as ...".

use servanda_language::{Fine, Relation, Tag};

use super::cues::{Cue, CueClass, Cues, Takes};
use super::follow::Follow;
use super::found::Found;
use super::lines::View;
use super::phrases::Phrase;
use super::subjects::Group;

/// Every verb of the line that reports.
pub(super) fn verbs(view: View<'_>, line: usize, cues: &Cues) -> Vec<Found> {
    let mut found = Vec::new();
    let is_spoken = view.line.level.is_some();
    for at in 0..view.len() {
        if !view.is_verb(at) {
            continue;
        }
        let group = view.group(at);
        let lemma = cues.known_lemma(&view.verb_lemma(at), view.word(at));
        // What a speaker says that he thinks is what he says; only what others said makes a chain.
        for cue in cues.verb(&lemma).iter().filter(|cue| cue.is_communication || !is_spoken) {
            let Some(behind) = view.behind_rest(at + 1, cue) else { continue };
            if let Some(one) = frame(view, line, &group, behind, cue, cues) {
                found.push(one);
                break;
            }
        }
    }
    found
}

fn frame(view: View<'_>, line: usize, group: &Group, behind: usize, cue: &Cue, cues: &Cues) -> Option<Found> {
    if view.line.level.is_some()
        && !matches!(
            cue.class,
            CueClass::Say | CueClass::Allege | CueClass::Warn | CueClass::Promise | CueClass::Deny
        )
    {
        return None;
    }
    // "a proposed force", "forces expected to serve": no one says anything in these words.
    let is_past =
        matches!(view.fine(group.verb), Fine::Vbn | Fine::Vbd) && !group.has_auxiliary && !group.is_passive;
    let is_modifier = view.relation(group.verb) == Relation::Amod && view.is_phrase_word(behind)
        || is_past
            && view.relation(group.verb) == Relation::Acl
            && view.fine(group.verb) == Fine::Vbn
            && !matches!(cue.class, CueClass::Say | CueClass::Judge | CueClass::Demand);
    if is_modifier {
        return None;
    }
    if group.is_passive {
        return passive(view, line, group, behind, cue);
    }
    if let Some(found) = inverted(view, line, group, behind, cue) {
        return Some(found);
    }
    active(view, line, group, behind, cue, cues)
}

/// "..., said X" and "“...” said X".
fn inverted(view: View<'_>, line: usize, group: &Group, behind: usize, cue: &Cue) -> Option<Found> {
    let may = cue.rest.is_empty() && (cue.takes(Takes::Quote) || cue.class == CueClass::Say);
    if !may || group.has_auxiliary || group.is_infinitive || group.is_participle || group.start == 0 {
        return None;
    }
    let left = group.start - 1;
    let is_quoted =
        view.quote(left).is_some() || view.is(left, &[","]) && left > 0 && view.quote(left - 1).is_some();
    let is_set_off = view.is(left, &[",", "-", "--", "–", "—"]);
    if !is_quoted && !is_set_off || !view.is_phrase_word(behind) || view.quote(behind).is_some() {
        return None;
    }
    if !is_quoted && (view.bare_clause(behind) || cue.class != CueClass::Say) {
        return None;
    }
    // "X, the head of ..., said Y": what is set off belongs to a subject before the verb.
    if left > 0
        && view.is(left, &[","])
        && view.quote(left - 1).is_none()
        && view.phrase_before(group.start).is_some()
    {
        return None;
    }
    let source = view.phrase_after(behind, view.len())?;
    let mut one = Found::of(line, cue, group.start..behind, "verb-inverted");
    one.content = view.content_around(left, source.places.end, is_quoted);
    one.source = Some(source);
    (!one.content.is_empty()).then_some(one)
}

fn active(
    view: View<'_>,
    line: usize,
    group: &Group,
    behind: usize,
    cue: &Cue,
    cues: &Cues,
) -> Option<Found> {
    let follow = view.follow(behind, cue);
    let source = view.source(group, cues, 0);
    // "“...,” she said months after it": what follows no "that" is where and when, not what.
    let is_said_before = |source: &Phrase| {
        let quote = view.quote_before(source.places.start).and_then(|at| view.quote(at));
        quote.is_some_and(|quote| super::found::awaits_speaker(view.page, quote))
    };
    let is_bare = matches!(follow, Follow::Clause(from) if !view.is(from - 1, &["that"]));
    let follow = if is_bare && source.as_ref().is_some_and(is_said_before) { Follow::None } else { follow };
    let content = match follow {
        Follow::None => {
            let source = source.clone()?;
            return parenthetical(view, line, group, behind, cue, source);
        }
        Follow::Clause(from) | Follow::Quote(from) | Follow::To(from) => {
            from..view.clause_end(from, group.verb, cues)
        }
        Follow::Noun(from) => from..view.noun_end(from, group.verb, cues),
        Follow::Colon(from) => from..view.len(),
    };
    if source.is_none() && !matches!(follow, Follow::Quote(_) | Follow::Colon(_)) {
        return None;
    }
    if matches!(follow, Follow::Noun(_) | Follow::To(_)) && !view.may_govern_object(group, cue) {
        return None;
    }
    if !source.as_ref().is_none_or(|source| view.may_say(source, cue)) {
        return None;
    }
    let rule = match follow {
        Follow::Quote(_) => "verb-quote",
        Follow::Colon(_) => "verb-colon",
        Follow::To(_) => "verb-infinitive",
        Follow::Noun(_) => "verb-object",
        _ => "verb-clause",
    };
    let mut one = Found::of(line, cue, group.start..behind, rule);
    one.content.push(content);
    // "The deal, he said on Monday, is done": the quotation before the speaker is his as well.
    if let (Follow::Quote(from), Some(source)) = (follow, &source)
        && let Some(before) = view.quote_before(source.places.start)
        && view.is(from.saturating_sub(1), &[","])
    {
        one.content.insert(0, before..before + 1);
    }
    one.source = source;
    Some(one)
}

/// "..., X says, ...": what is said stands before, and perhaps goes on behind.
fn parenthetical(
    view: View<'_>,
    line: usize,
    group: &Group,
    behind: usize,
    cue: &Cue,
    source: Phrase,
) -> Option<Found> {
    if !cue.rest.is_empty() && !cue.takes(Takes::Quote)
        || !(cue.takes(Takes::Clause) || cue.takes(Takes::Quote))
    {
        return None;
    }
    let start = source.places.start;
    // "As X put it, ..."
    let leads = start > 0 && view.is(start - 1, &["as"]) && (start == 1 || view.is_mark(start - 2));
    let after = view.skip_adverbials(behind_told(view, behind, cue));
    if leads && view.is(after, &[","]) && after + 1 < view.len() {
        let mut one = Found::of(line, cue, group.start..behind, "verb-as-leading");
        one.content.push(after + 1..view.len());
        one.source = Some(source);
        return Some(one);
    }
    if start == 0 || group.is_infinitive || group.is_participle {
        return None;
    }
    let mut left = start - 1;
    if view.is(left, &["as", "so"]) && left > 0 {
        left -= 1;
    }
    let is_quoted =
        view.quote(left).is_some() || view.is(left, &[","]) && left > 0 && view.quote(left - 1).is_some();
    if !is_quoted
        && (!view.is(left, &[",", "-", "--", "–", "—"])
            || !cue.is_communication && cue.class != CueClass::Believe)
    {
        return None;
    }
    let is_closed = view.is_end(after) || view.is(after, &[",", "-", "--", "–", "—", ")", ":"]);
    let begins_other =
        matches!(view.tag(after), Tag::Sconj) || view.is(after, &["as", "when", "after", "before", "while"]);
    if !is_quoted && !is_closed && !begins_other {
        return None;
    }
    let mut one = Found::of(line, cue, group.start..behind, "verb-parenthetical");
    one.content = view.content_around(left, after, is_quoted);
    // "On Thursday, the council declared.": a time or place alone is nothing that is said.
    let says_something = one
        .content
        .iter()
        .cloned()
        .flatten()
        .any(|at| view.is_finite(at) || view.tag(at) == Tag::Aux || view.quote(at).is_some());
    one.source = Some(source);
    (!one.content.is_empty() && (is_quoted || says_something)).then_some(one)
}

/// The place behind someone who is told, where the verb takes one.
fn behind_told(view: View<'_>, behind: usize, cue: &Cue) -> usize {
    if cue.takes(Takes::Person) { view.behind_person(behind).unwrap_or(behind) } else { behind }
}

/// "was described by X as ...", "has been declared to ...", "a step welcomed by X".
fn passive(view: View<'_>, line: usize, group: &Group, behind: usize, cue: &Cue) -> Option<Found> {
    let stop = (behind..view.len().min(behind + 14))
        .find(|at| view.is(*at, &[",", ";", ":"]) || view.is_finite(*at))
        .unwrap_or(view.len().min(behind + 14));
    let by = (behind..stop).find(|at| view.is(*at, &["by"]));
    let agent = by.and_then(|by| view.phrase_after(by + 1, view.len()));
    let subject = view.tree_subject(group.verb).filter(|at| *at < group.start).and_then(|at| {
        let start = view.run_start(at);
        view.phrase_after(start, group.start)
    });
    let subject = subject.or_else(|| view.phrase_before(group.start)).or_else(|| {
        // "a step welcomed by X but criticised by Y"
        let left = group.start.checked_sub(1).filter(|left| view.tag(*left) == Tag::Cconj)?;
        let low = left.saturating_sub(20);
        let first = (low..left).rev().find(|at| view.is_verb(*at) && view.fine(*at) == Fine::Vbn)?;
        view.phrase_before(view.group(first).start)
    });
    let after = agent.as_ref().map_or(behind, |agent| agent.places.end);
    let follow = view.follow(after, cue);
    let rest = match follow {
        Follow::None if view.infinitive(after).is_some() => {
            Some(after..view.noun_end(after, group.verb, Cues::builtin()))
        }
        Follow::None | Follow::Noun(_) if view.is(after, &["as"]) => {
            Some(after..view.clause_end(after, group.verb, Cues::builtin()))
        }
        Follow::None | Follow::Noun(_) => None,
        Follow::Clause(from) | Follow::Quote(from) | Follow::To(from) | Follow::Colon(from) => {
            Some(from..view.clause_end(from, group.verb, Cues::builtin()))
        }
    };
    let is_marked = rest.is_some() && cue.is_communication
        || matches!(cue.class, CueClass::Allege | CueClass::Expect) && rest.is_some();
    let is_charged = cue.class == CueClass::Allege && view.is(behind, &["of", "with"]);
    let has_modal = (group.start..group.verb).any(|at| view.fine(at) == Fine::Md);
    if agent.is_none() && (!is_marked && !is_charged || has_modal) {
        return None;
    }
    let rest = if is_charged && rest.is_none() {
        Some(behind..view.noun_end(behind, group.verb, Cues::builtin()))
    } else {
        rest
    };
    if agent.as_ref().is_some_and(|agent| !view.may_say(agent, cue)) {
        return None;
    }
    let rule = if agent.is_some() { "verb-passive" } else { "verb-agentless" };
    let mut one = Found::of(line, cue, group.start..behind, rule);
    let is_told = cue.takes(Takes::Person) && rest.is_some();
    if let Some(subject) = subject.filter(|subject| !is_told && !view.is(subject.head, &["it", "there"])) {
        one.content.push(subject.places);
    }
    one.content.extend(rest);
    one.source = agent;
    (!one.content.is_empty()).then_some(one)
}
