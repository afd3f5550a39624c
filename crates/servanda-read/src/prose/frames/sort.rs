//! Which clauses become claims of their own, and which are but a part of another one?

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ClaimKind, QuoteType};

use super::clause::{Clause, Hang};
use super::reading::Reading;

/// What becomes of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A claim.
    Claim,
    /// It only says that something is said.
    Cue,
    /// What the clause above wants, plans or ensures: part of its claim.
    Held,
    /// Part of another claim, or none.
    Rest,
}

/// Deeper chains of clauses are not followed.
const MAX_DEPTH: usize = 40;

/// Decides over every clause of a sentence.
pub(crate) fn parts(reading: &Reading<'_>, clauses: &[Clause]) -> Vec<Part> {
    let mut parts = vec![None; clauses.len()];
    for number in 0..clauses.len() {
        decide(reading, clauses, &mut parts, number, 0);
    }
    parts.into_iter().map(|part| part.unwrap_or(Part::Rest)).collect()
}

fn decide(
    reading: &Reading<'_>,
    clauses: &[Clause],
    parts: &mut [Option<Part>],
    number: usize,
    depth: usize,
) -> Part {
    if let Some(part) = parts[number] {
        return part;
    }
    if depth > MAX_DEPTH {
        return Part::Rest;
    }
    let clause = &clauses[number];
    let above = clause.above.map(|above| (above, decide(reading, clauses, parts, above, depth + 1)));
    if is_in_condition(reading, clauses, clause) {
        parts[number] = Some(Part::Rest);
        return Part::Rest;
    }
    let part = if reading.is_cue(clauses, number) {
        let is_told_by_others = || has_claimable(reading, clauses, number);
        if reading.is_attitude_cue(clauses, number) || !is_told_by_others() {
            of_clause(reading, clauses, clause, above)
        } else {
            Part::Cue
        }
    } else {
        of_clause(reading, clauses, clause, above)
    };
    parts[number] = Some(part);
    part
}

/// Whether a conjunction of condition stands between the clause and the one that it hangs from behind it.
fn is_in_condition(reading: &Reading<'_>, clauses: &[Clause], clause: &Clause) -> bool {
    const MAX_TOKENS: usize = 30;
    let Some(above) = clause.above.map(|above| clauses[above].predicate) else { return false };
    matches!(clause.hang, Hang::Content | Hang::Beside)
        && clause.whole.is_none()
        && above < clause.predicate
        && clause.predicate - above < MAX_TOKENS
        && (above + 1..clause.predicate).any(|at| {
            matches!(reading.tree.lemma(at), "until" | "unless" | "if")
                && reading.tree.lemma(at - 1) != "even"
        })
}

/// Whether what a cue introduces holds a clause, so that the cue itself need not be a claim; short content is none.
fn has_claimable(reading: &Reading<'_>, clauses: &[Clause], number: usize) -> bool {
    const MIN_TOKENS: usize = 4;
    let at = clauses[number].predicate;
    let Some(utterance) = reading.cue_of(at) else { return true };
    let analysis = reading.tree.analysis;
    let contents = || utterance.content.iter().map(|span| analysis.tokens_in(span.start..span.end));
    let n_tokens: usize = contents().map(|tokens| tokens.len()).sum();
    let holds_clause = |tokens: std::ops::Range<usize>| {
        let first = clauses.partition_point(|clause| clause.predicate < tokens.start);
        clauses[first..].iter().take_while(|clause| clause.predicate < tokens.end).any(|clause| {
            matches!(clause.hang, Hang::Main | Hang::Content | Hang::Joined)
                || clause.hang == Hang::Open && clause.above == Some(number)
        })
    };
    n_tokens < MIN_TOKENS || contents().any(holds_clause)
}

fn of_clause(
    reading: &Reading<'_>,
    clauses: &[Clause],
    clause: &Clause,
    above: Option<(usize, Part)>,
) -> Part {
    let at = clause.predicate;
    match (clause.hang, above.map(|(_, part)| part)) {
        (Hang::Main, _) if is_apart_condition(reading, clause) => Part::Rest,
        // "He said", and nothing of what.
        (Hang::Main | Hang::Joined, _) if is_bare_speech(reading, at) => Part::Rest,
        // A noun of a list that the tags call a verb.
        (Hang::Main, _) if is_loose(reading, clause) => Part::Rest,
        // "Will not leave unless and until", "if the gate opens and the guards leave".
        (Hang::Joined, Some(_)) if is_joined_condition(reading, clauses, clause) => Part::Rest,
        // "Announce and implement steps", where both have one object: one claim.
        (Hang::Joined, Some(_)) if shares_object(reading, clauses, clause) => Part::Rest,
        (Hang::Main, _) | (Hang::Joined, Some(Part::Claim | Part::Cue | Part::Held)) => Part::Claim,
        (Hang::Joined, _) => Part::Rest,
        (Hang::Open, Some(Part::Cue)) if !reading.tree.is_verb(at) => Part::Rest,
        (Hang::Content | Hang::Open, Some(Part::Cue)) => Part::Claim,
        (Hang::Content, Some(Part::Claim | Part::Held)) => {
            let above = above.map(|(above, _)| clauses[above].predicate).unwrap_or(at);
            // A quotation that the tree takes for the object of an unknown verb.
            let is_quoted = reading.owner_of(at).is_some_and(|owner| owner.quote_type == QuoteType::Direct);
            if is_quoted && reading.owner_of(at) != reading.owner_of(above) && reading.tree.is_finite(at) {
                Part::Claim
            } else {
                Part::Held
            }
        }
        (Hang::Open, Some(Part::Claim | Part::Held)) => Part::Held,
        (Hang::Content | Hang::Open, _) => Part::Rest,
        (Hang::Relative(_), Some(Part::Rest)) if above_is_condition(reading, clauses, clause) => Part::Rest,
        (Hang::Relative(_), _) => relative(reading, at),
        (Hang::OfNoun(noun), _) => of_noun(reading, at, noun),
        (Hang::Beside, Some(Part::Rest)) => Part::Rest,
        (Hang::Beside, _) => beside(reading, at),
    }
}

/// A condition that the tree sets beside the sentence.
fn is_apart_condition(reading: &Reading<'_>, clause: &Clause) -> bool {
    clause.whole.is_none()
        && reading.tree.token(clause.predicate).relation != Relation::Root
        && reading.is_conditional(clause.predicate)
}

/// Whether a joined clause is a condition by its own conjunction, or goes on with one that stands right before it: it has a
/// subject and the present, where what it is joined with has a modal verb.
fn is_joined_condition(reading: &Reading<'_>, clauses: &[Clause], clause: &Clause) -> bool {
    let tree = &reading.tree;
    let at = clause.predicate;
    let Some(above) = clause.above else { return false };
    let first = clauses[above].predicate;
    let has_modal =
        |at: usize| tree.children_by(at, Relation::Aux).any(|aux| tree.token(aux).fine == Fine::Md);
    let is_marked = reading.is_conditional(at)
        && tree
            .children_by(at, Relation::Mark)
            .any(|mark| matches!(tree.lemma(mark), "until" | "unless" | "if"));
    let between = clauses
        .iter()
        .filter(|other| first < other.predicate && other.predicate < at)
        .any(|other| reading.is_conditional(other.predicate) && other.above == Some(above));
    let goes_on = between
        && has_modal(first)
        && !has_modal(at)
        && tree.is_finite(at)
        && tree.child_of(at, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
    is_marked || goes_on
}

/// Whether nothing but "and" or "or" stands between two verbs, so that what follows the second belongs to both.
fn shares_object(reading: &Reading<'_>, clauses: &[Clause], clause: &Clause) -> bool {
    let tree = &reading.tree;
    let at = clause.predicate;
    let Some(first) = clause.above.map(|above| clauses[above].predicate) else { return false };
    first + 2 == at
        && tree.token(first + 1).fine == Fine::Cc
        && tree.is_verb(first)
        && tree.child_of(first, &[Relation::Obj, Relation::Obl]).is_none_or(|object| object > at)
        && tree.child_of(at, &[Relation::Obj, Relation::Ccomp, Relation::Xcomp]).is_some()
}

fn is_bare_speech(reading: &Reading<'_>, at: usize) -> bool {
    let tree = &reading.tree;
    matches!(tree.lemma(at), "say" | "tell" | "add" | "note" | "reply" | "explain" | "ask" | "remark")
        && reading.frame_at(at).is_none()
        && tree.children(at).all(|child| {
            child < at || matches!(tree.token(child).tag, Tag::Punct | Tag::Adv | Tag::Propn | Tag::Pron)
        })
}

fn is_loose(reading: &Reading<'_>, clause: &Clause) -> bool {
    let tree = &reading.tree;
    let at = clause.predicate;
    tree.token(at).relation != Relation::Root
        && clause.whole.is_none()
        && !tree.is_finite(at)
        && tree
            .child_of(at, &[Relation::Nsubj, Relation::NsubjPass, Relation::Aux, Relation::AuxPass])
            .is_none()
        && matches!(tree.token(at).fine, Fine::Vb | Fine::Vbp)
}

fn above_is_condition(reading: &Reading<'_>, clauses: &[Clause], clause: &Clause) -> bool {
    clause.above.is_some_and(|above| reading.is_conditional(clauses[above].predicate))
}

/// A relative clause with a fact of its own.
fn relative(reading: &Reading<'_>, at: usize) -> Part {
    let has_fact = reading.frame_at(at).is_some_and(|frame| {
        !matches!(frame.kind, ClaimKind::Statement) && frame.id != *"duty" && frame.id != *"require"
    });
    let is_apart = is_set_off(reading, at);
    let has_fact = has_fact || has_number(reading, at) || is_apart;
    if reading.tree.is_finite(at) && has_fact && !is_restrictive(reading, at) {
        Part::Claim
    } else {
        Part::Rest
    }
}

/// "The vote, which is not binding": words behind a comma do not say which one is meant; they tell something of it.
fn is_set_off(reading: &Reading<'_>, at: usize) -> bool {
    let tree = &reading.tree;
    let start = tree.extent(at).start;
    let first = (start..at).find(|token| tree.token(*token).tag != Tag::Punct);
    first.is_some_and(|first| {
        first > 0
            && matches!(tree.word(first - 1), "," | "–" | "—")
            && matches!(tree.word(first), "which" | "who" | "where" | "whose")
    })
}

/// "Countries that agree", "any state that joins" say which ones are meant; they report nothing.
fn is_restrictive(reading: &Reading<'_>, at: usize) -> bool {
    let tree = &reading.tree;
    let modal = tree.children_by(at, Relation::Aux).any(|aux| tree.token(aux).fine == Fine::Md);
    let present = !modal
        && tree.children(at).all(|child| tree.token(child).fine != Fine::Vbd)
        && tree.token(at).fine == Fine::Vbp;
    let has_comma = tree.extent(at).start > 0 && tree.word(tree.extent(at).start - 1) == ",";
    let by_comma = has_comma || tree.children(at).any(|child| tree.word(child) == "," && child < at);
    !by_comma && (modal || present)
}

fn has_number(reading: &Reading<'_>, at: usize) -> bool {
    let tree = &reading.tree;
    tree.children(at).any(|child| {
        tree.token(child).tag == Tag::Num || tree.children_by(child, Relation::Nummod).next().is_some()
    })
}

/// Words about a noun: what somebody voted for or decided is a claim, and so is what an attack did.
fn of_noun(reading: &Reading<'_>, at: usize, noun: usize) -> Part {
    let Some(frame) = reading.frame_at(at) else { return Part::Held };
    let tree = &reading.tree;
    let is_act = matches!(frame.category(), Some("ASSAULT" | "COERCE"));
    let is_participle = matches!(tree.token(at).fine, Fine::Vbg) && !tree.is_infinitive(at);
    let is_decision = matches!(tree.lemma(noun), "vote" | "decision" | "move") && tree.is_infinitive(at);
    let is_judged = frame.kind == ClaimKind::Position
        && tree.token(at).fine == Fine::Vbn
        && tree.children(at).any(|child| tree.case(child) == Some("by"));
    if is_act && is_participle || is_decision || is_judged { Part::Claim } else { Part::Held }
}

/// "After the ferry sank": a past tense with a subject tells what happened.
fn has_past(reading: &Reading<'_>, at: usize) -> bool {
    let tree = &reading.tree;
    tree.token(at).fine == Fine::Vbd && tree.child(at, Relation::Nsubj).is_some()
        || tree.children_by(at, Relation::AuxPass).any(|aux| tree.token(aux).fine == Fine::Vbd)
}

/// A clause that says when, why or under which circumstances.
fn beside(reading: &Reading<'_>, at: usize) -> Part {
    let tree = &reading.tree;
    if reading.is_conditional(at) {
        return Part::Rest;
    }
    let mark =
        tree.child(at, Relation::Mark).or_else(|| tree.child(at, Relation::Advmod).filter(|word| *word < at));
    let mark = mark.map(|mark| tree.word(mark).to_ascii_lowercase()).unwrap_or_default();
    let is_finite = tree.is_finite(at);
    let has_frame = reading.frame_at(at).is_some();
    let is_claim = match mark.as_str() {
        "to" => false,
        "after" | "since" | "as" => is_finite && (has_frame || has_past(reading, at)),
        "when" | "following" | "where" => is_finite && has_frame,
        "while" | "although" | "though" | "whereas" | "because" | "whilst" | "and" | "but" => {
            is_finite || has_frame
        }
        "so" | "that" | "than" | "whether" | "how" | "why" | "by" | "of" | "for" | "in" | "on" | "from" => {
            false
        }
        _ => is_finite || has_frame && !tree.is_infinitive(at),
    };
    if is_claim { Part::Claim } else { Part::Rest }
}
