//! Mends clauses that the tree misread, from the words alone.

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};
use servanda_model::Modality;

use super::clause::{Clause, Hang};
use super::lexicon::Carrier;
use super::reading::Reading;

/// Puts right what trees of newspaper prose get wrong most: a sentence whose root is no clause, a verb taken for a noun or an
/// adjective, a gerund that is the subject of the clause below it, and tasks in a row.
pub(crate) fn mend(reading: &Reading<'_>, clauses: &mut Vec<Clause>, sentence: Range<usize>) {
    insert_verbs(reading, clauses, &sentence);
    open_demands(reading, clauses);
    join_infinitives(reading, clauses);
    promote(reading, clauses, &sentence);
    set_condition(reading, clauses, &sentence);
    lift_content(reading, clauses);
    join_pieces(reading, clauses);
    lift_gerunds(reading, clauses);
    join_tasks(reading, clauses);
}

/// "Urged both sides to resume talks": what is asked of somebody, where the tree takes the infinitive for a purpose.
fn open_demands(reading: &Reading<'_>, clauses: &mut [Clause]) {
    let tree = &reading.tree;
    for number in 0..clauses.len() {
        let Some(above) = clauses[number].above else { continue };
        let (at, demand) = (clauses[number].predicate, clauses[above].predicate);
        if clauses[number].hang != Hang::Beside || at < demand || !tree.is_infinitive(at) {
            continue;
        }
        let asks = reading.frame_at(demand).is_some_and(|frame| {
            frame.holds.is_some_and(|holds| holds != Modality::Actual) && !frame.is_negative
        });
        let asked = reading.cue_of(demand).filter(|cue| cue.rule == "verb-infinitive");
        let is_asked = asked.is_some_and(|cue| {
            cue.content.first().is_some_and(|content| {
                let tokens = tree.analysis.tokens_in(content.start..content.end);
                let first = tokens.clone().find(|token| tree.token(*token).fine == Fine::To);
                first.is_some_and(|to| to < at && (to + 1..at).all(|between| !tree.is_verb(between)))
            })
        });
        // "Called on both sides | to resume": nobody but an addressee stands between.
        let has_addressee = asks
            && tree.children(demand).any(|child| {
                matches!(tree.token(child).relation, Relation::Obj | Relation::Iobj | Relation::Obl)
                    && demand < child
                    && tree.extent(child).end + 1 == tree.extent(at).start + 1
                    && tree.token(child).relation != Relation::Obj
                    && matches!(tree.case(child), Some("on" | "upon" | "to" | "for"))
            });
        if asks && is_asked || has_addressee {
            clauses[number].hang = Hang::Open;
        }
    }
}

/// "It is time to free the prisoners, begin the truce and implement the accord": later infinitives of a row are joined with the
/// first, wherever the tree hangs them.
fn join_infinitives(reading: &Reading<'_>, clauses: &mut [Clause]) {
    const MAX_APART: usize = 30;
    let tree = &reading.tree;
    for number in 1..clauses.len() {
        let at = clauses[number].predicate;
        let is_bare = matches!(tree.token(at).fine, Fine::Vb)
            && tree
                .child_of(
                    at,
                    &[Relation::Nsubj, Relation::NsubjPass, Relation::Aux, Relation::Mark, Relation::Cop],
                )
                .is_none();
        let follows = at > 0 && (tree.word(at - 1) == "," || tree.token(at - 1).fine == Fine::Cc);
        if !is_bare
            || !follows
            || clauses[number].hang == Hang::Joined
            || tree.token(at).relation == Relation::Root
        {
            continue;
        }
        let first = (0..number).rev().find(|first| {
            let there = clauses[*first].predicate;
            at - there < MAX_APART
                && (tree.is_infinitive(there) && tree.token(there).fine == Fine::Vb
                    || clauses[*first].hang == Hang::Joined)
        });
        if let Some(first) = first {
            let end = (at + 1..tree.analysis.tokens.len()).find(|token| {
                matches!(tree.token(*token).fine, Fine::Stop | Fine::Comma)
                    || tree.token(*token).sentence != tree.token(at).sentence
            });
            clauses[number].hang = Hang::Joined;
            clauses[number].above = Some(first);
            let _ = end;
        }
    }
}

fn has_root(reading: &Reading<'_>, clauses: &[Clause], sentence: &Range<usize>) -> bool {
    let root = sentence.clone().find(|at| reading.tree.token(*at).head == *at);
    root.is_none_or(|root| clauses.binary_search_by_key(&root, |clause| clause.predicate).is_ok())
}

/// A verb of the lexicon that the tags call a noun or an adjective carries a clause where the sentence has no other, and where
/// it stands in a row of tasks.
fn insert_verbs(reading: &Reading<'_>, clauses: &mut Vec<Clause>, sentence: &Range<usize>) {
    let tree = &reading.tree;
    let first = reading.hits.partition_point(|hit| hit.predicate < sentence.start);
    let hits = reading.hits[first..].iter().take_while(|hit| hit.predicate < sentence.end);
    let untagged: Vec<usize> = hits
        .filter(|hit| hit.carrier == Carrier::Verb && !tree.is_verb(hit.predicate))
        .map(|hit| hit.predicate)
        .collect();
    for at in untagged {
        let Err(place) = clauses.binary_search_by_key(&at, |clause| clause.predicate) else { continue };
        let above = place.checked_sub(1);
        let joined = above.filter(|above| {
            is_task(reading, clauses[*above].predicate) && is_task(reading, at) && tree.word(at - 1) == ","
        });
        // "To end the siege and allow relief", where the tags miss "allow".
        let joined = joined.or_else(|| {
            let near = above.filter(|above| at - clauses[*above].predicate < 12);
            near.filter(|above| {
                tree.token(at - 1).fine == Fine::Cc && tree.token(clauses[*above].predicate).fine == Fine::Vb
            })
        });
        let is_main = || {
            !has_root(reading, clauses, sentence)
                || clauses
                    .iter()
                    .any(|clause| clause.hang == Hang::Main && reading.is_conditional(clause.predicate))
        };
        let (hang, whole) = match joined {
            Some(_) => (Hang::Joined, at..end_of_item(reading, at, sentence.end)),
            None if is_main() && tree.token(at).tag != Tag::Adj => (Hang::Main, sentence.clone()),
            None => continue,
        };
        for clause in clauses.iter_mut() {
            clause.above = clause.above.map(|above| above + usize::from(above >= place));
        }
        clauses.insert(place, Clause { predicate: at, above: joined, hang, whole: Some(whole) });
        // A participle at once behind it belongs to it ("risk losing"; "allow increased trade").
        if let Some(next) = clauses.get_mut(place + 1)
            && next.predicate == at + 1
        {
            next.hang = Hang::Open;
            next.above = Some(place);
            continue;
        }
        // What the verb says, where the tree hung it from the noun it took the verb for.
        if hang == Hang::Main
            && let Some(next) = clauses.get_mut(place + 1)
            && matches!(next.hang, Hang::Relative(_) | Hang::OfNoun(_) | Hang::Main)
            && tree.children_by(next.predicate, Relation::Mark).next().is_some()
        {
            next.hang = Hang::Content;
            next.above = Some(place);
        }
    }
}

/// The token behind the last of an item in a row: the next comma or "and".
fn end_of_item(reading: &Reading<'_>, at: usize, end: usize) -> usize {
    let tree = &reading.tree;
    (at..end)
        .find(|token| {
            tree.word(*token) == ","
                || tree.lemma(*token) == "and" && *token + 1 < end && is_task(reading, *token + 1)
        })
        .unwrap_or(end)
}

fn is_task(reading: &Reading<'_>, at: usize) -> bool {
    reading.frame_at(at).is_some_and(|frame| matches!(frame.id.as_str(), "duty" | "monitor"))
}

/// A sentence whose root is no clause: its first finite clause, or a participle after a noun that no helping verb makes
/// passive, is the main one.
fn promote(reading: &Reading<'_>, clauses: &mut [Clause], sentence: &Range<usize>) {
    let tree = &reading.tree;
    if has_root(reading, clauses, sentence) || clauses.iter().any(|clause| clause.hang == Hang::Main) {
        return;
    }
    let stands = |clause: &Clause| {
        let at = clause.predicate;
        let has_mark = tree.child(at, Relation::Mark).is_some();
        let is_past = matches!(tree.token(at).fine, Fine::Vbd | Fine::Vbn)
            && tree.child(at, Relation::AuxPass).is_none();
        let by_agent = tree.children(at).any(|child| tree.case(child) == Some("by"));
        let is_relative =
            tree.children(at).any(|child| matches!(tree.token(child).fine, Fine::Wdt | Fine::Wp));
        !has_mark && !is_relative && !by_agent && (tree.is_finite(at) || is_past)
    };
    if let Some(clause) = clauses.iter_mut().find(|clause| stands(clause)) {
        clause.hang = Hang::Main;
        clause.above = None;
        clause.whole = Some(sentence.clone());
    }
}

/// "Once the bridge is open, trade will grow": the tree may take the condition for the sentence's main clause.
fn set_condition(reading: &Reading<'_>, clauses: &mut [Clause], sentence: &Range<usize>) {
    let tree = &reading.tree;
    let Some(number) = clauses
        .iter()
        .position(|clause| clause.hang == Hang::Main && reading.is_conditional(clause.predicate))
    else {
        return;
    };
    let at = clauses[number].predicate;
    let is_front = tree.extent(at).start <= sentence.start + 3 && at < sentence.start + 24;
    let Some(comma) = (at..sentence.end).find(|token| tree.word(*token) == ",") else { return };
    let main = clauses.iter().position(|clause| {
        clause.predicate > comma && (tree.is_finite(clause.predicate) || clause.hang == Hang::Main)
    });
    let main = main.or_else(|| {
        clauses
            .iter()
            .position(|clause| clause.predicate > comma && tree.token(clause.predicate).fine == Fine::Vbg)
    });
    let Some(main) = main.filter(|_| is_front) else { return };
    clauses[main].hang = Hang::Main;
    clauses[main].above = None;
    clauses[main].whole = Some(sentence.clone());
    clauses[number].hang = Hang::Beside;
    clauses[number].above = Some(main);
    clauses[number].whole = Some(tree.extent(at).start..comma);
}

/// "Had a right to fish and that the treaty must uphold it"; "arguing such steps cannot come first": what is said besides hangs
/// from the wrong clause.
fn lift_content(reading: &Reading<'_>, clauses: &mut [Clause]) {
    let tree = &reading.tree;
    for number in 0..clauses.len() {
        let at = clauses[number].predicate;
        let Some(above) = clauses[number].above.filter(|_| clauses[number].hang == Hang::Joined) else {
            continue;
        };
        let subject = tree.child_of(at, &[Relation::Nsubj, Relation::NsubjPass]);
        let has_that = tree.children_by(at, Relation::Mark).any(|mark| tree.lemma(mark) == "that");
        if has_that && subject.is_some() {
            let mut there = Some(above);
            for _ in 0..6 {
                let Some(up) = there.filter(|up| clauses[*up].hang != Hang::Content) else { break };
                there = clauses[up].above;
            }
            clauses[number].above = there.or(Some(above));
            continue;
        }
        let has_and = tree.child(at, Relation::Cc).is_some();
        let object = tree.child(clauses[above].predicate, Relation::Obj);
        let object = object.filter(|object| clauses[above].predicate < *object && *object < at);
        if let Some(object) = object.filter(|_| subject.is_none() && !has_and && tree.is_finite(at)) {
            clauses[number].hang = Hang::Content;
            clauses[number].whole = Some(tree.extent(object).start..tree.extent(at).end);
        }
    }
}

/// A finite verb without subject that follows at once on another clause is the end of that one ("if the list is agreed and the
/// worries voiced by traders | are met").
fn join_pieces(reading: &Reading<'_>, clauses: &mut [Clause]) {
    let tree = &reading.tree;
    for number in 1..clauses.len() {
        let at = clauses[number].predicate;
        let has_subject = tree
            .child_of(at, &[Relation::Nsubj, Relation::NsubjPass, Relation::Csubj, Relation::Expl])
            .is_some();
        if clauses[number].hang != Hang::Content || has_subject || !tree.is_finite(at) {
            continue;
        }
        let start = tree.extent(at).start;
        let above = clauses[number].above;
        let before = (0..number).rev().find(|before| {
            clauses[*before].above == above
                && clauses[*before].hang == Hang::Content
                && tree.extent(clauses[*before].predicate).end == start
        });
        if let Some(before) = before {
            clauses[before].whole = Some(tree.extent(clauses[before].predicate).start..tree.extent(at).end);
            clauses[number].above = Some(before);
        }
    }
}

/// "Sending guards without orders could cost lives": the tree hangs "could cost" from "sending", whose verb it is.
fn lift_gerunds(reading: &Reading<'_>, clauses: &mut [Clause]) {
    let tree = &reading.tree;
    for number in 0..clauses.len() {
        let Some(above) = clauses[number].above else { continue };
        let (at, gerund) = (clauses[number].predicate, clauses[above].predicate);
        let is_gerund = tree.token(gerund).fine == Fine::Vbg
            && !tree.children(gerund).any(|child| matches!(tree.token(child).tag, Tag::Aux))
            && tree.child(gerund, Relation::Nsubj).is_none();
        let is_verb = clauses[number].hang == Hang::Beside
            && tree.is_finite(at)
            && gerund < at
            && tree.child_of(at, &[Relation::Nsubj, Relation::NsubjPass, Relation::Mark]).is_none();
        if is_gerund && is_verb && matches!(clauses[above].hang, Hang::Content | Hang::Main) {
            let whole = clauses[above].whole.clone().unwrap_or_else(|| tree.extent(gerund));
            clauses[number] = Clause {
                predicate: at,
                above: clauses[above].above,
                hang: clauses[above].hang,
                whole: Some(whole),
            };
            clauses[above].above = Some(number);
            clauses[above].hang = Hang::Content;
        }
    }
}

/// "Will oversee the truce, prevent clashes among forces expected to work there and ensure supplies": a later task is joined
/// with the earlier one, not with what stands between.
fn join_tasks(reading: &Reading<'_>, clauses: &mut [Clause]) {
    let tree = &reading.tree;
    for number in 0..clauses.len() {
        let at = clauses[number].predicate;
        if clauses[number].hang != Hang::Joined || !is_task(reading, at) || tree.token(at).fine != Fine::Vb {
            continue;
        }
        let mut above = clauses[number].above;
        for _ in 0..6 {
            let Some(there) = above else { break };
            let is_first = is_task(reading, clauses[there].predicate)
                && tree.children_by(clauses[there].predicate, Relation::Aux).next().is_some();
            if is_first {
                clauses[number].above = above;
                break;
            }
            above = clauses[there].above;
        }
    }
}
