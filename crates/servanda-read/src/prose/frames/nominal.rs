//! Nouns that say that something happens: "the withdrawal of forces", "the South's objection to the plan".

use std::ops::Range;

use servanda_language::{Relation, Sentence, Tag};
use servanda_model::{ClaimKind, CommitmentLevel, Modality, Polarity, Tense};

use super::lexicon::{Carrier, Frame};
use super::reading::Reading;
use super::{action, issue, roles, span};
use crate::prose::factuality::tense;
use crate::prose::{Proposition, Roles};

/// Prepositions after which a noun reports something of its own.
const REPORTING: [&str; 7] = ["despite", "following", "after", "amid", "amidst", "since", "notwithstanding"];
/// Verbs that only tell the order of two events.
const ORDERING: [&str; 4] = ["follow", "precede", "mark", "trigger"];
/// Verbs whose objects are planned one by one.
const PLANNING: [&str; 16] = [
    "envision",
    "envisage",
    "include",
    "outline",
    "announce",
    "involve",
    "foresee",
    "plan",
    "comprise",
    "propose",
    "entail",
    "stipulate",
    "provide",
    "contain",
    "call",
    "establish",
];
/// Nouns whose apposition lists what is planned.
const STEPS: [&str; 10] =
    ["step", "phase", "element", "stage", "plan", "task", "measure", "priority", "component", "condition"];
/// Organs that a body claim is about.
const BODIES: [&str; 20] = [
    "board",
    "committee",
    "council",
    "commission",
    "centre",
    "center",
    "force",
    "mission",
    "authority",
    "body",
    "group",
    "panel",
    "tribunal",
    "court",
    "mechanism",
    "government",
    "administration",
    "cell",
    "agency",
    "unit",
];

/// Propositions that nouns carry, outside the clauses that tell them already.
pub(crate) fn nominals(
    reading: &Reading<'_>,
    tokens: Range<usize>,
    is_told: &dyn Fn(usize) -> bool,
    found: &mut Vec<Proposition>,
) {
    let first = reading.hits.partition_point(|hit| hit.predicate < tokens.start);
    let hits = reading.hits[first..].iter().take_while(|hit| hit.predicate < tokens.end);
    for hit in hits.filter(|hit| hit.carrier == Carrier::Noun && !is_told(hit.predicate)) {
        let frame = &reading.lexicon.frames[hit.frame];
        if let Some(modality) = reports(reading, hit.predicate, frame) {
            found.push(proposition(reading, hit.predicate, frame, modality));
        }
    }
}

/// Takes a noun's words from the end of the clause that they hang from ("..., despite the South's objection").
pub(crate) fn cut(reading: &Reading<'_>, by_clauses: &mut [Proposition], by_nouns: &[Proposition]) {
    let tree = &reading.tree;
    for noun in by_nouns {
        let case = tree.children_by(noun.predicate, Relation::Case).next();
        let Some(case) = case.filter(|case| REPORTING.contains(&tree.lemma(*case))) else { continue };
        let at = tree.token(case).start;
        for clause in
            by_clauses.iter_mut().filter(|clause| clause.span.end == noun.span.end && clause.span.start < at)
        {
            if tree.token(clause.predicate).start < at {
                clause.span = span::tidy(tree.text, servanda_model::Span::new(clause.span.start, at));
            }
        }
    }
}

/// How the noun reports, if it does.
fn reports(reading: &Reading<'_>, at: usize, frame: &Frame) -> Option<Modality> {
    let tree = &reading.tree;
    let is_event = matches!(frame.kind, ClaimKind::Event | ClaimKind::Body | ClaimKind::Meeting);
    let is_attitude =
        matches!(frame.id.as_str(), "object" | "reject" | "accuse.disapprove" | "accuse.condemn");
    if !is_event && !is_attitude {
        return None;
    }
    let has_party = roles::possessor(tree, at).is_some()
        || tree
            .children_by(at, Relation::Nmod)
            .any(|child| matches!(tree.case(child), Some("of" | "on" | "against" | "to" | "from" | "by")));
    let case = tree.case(at).unwrap_or_default();
    if has_party && REPORTING.contains(&case) {
        return Some(Modality::Actual);
    }
    let token = tree.token(at);
    let is_ordered = ORDERING.contains(&tree.lemma(token.head))
        && matches!(
            token.relation,
            Relation::Obj | Relation::Nsubj | Relation::NsubjPass | Relation::OblAgent
        );
    if has_party && is_ordered && tree.is_verb(token.head) {
        return Some(Modality::Actual);
    }
    (has_party && is_event && (is_listed(reading, at) || is_item(reading, at))).then_some(Modality::Planned)
}

/// Whether the noun begins an item of a list behind a colon: "three steps: the return of the boats, the opening of the gate".
fn is_item(reading: &Reading<'_>, at: usize) -> bool {
    const MAX_WORDS: usize = 60;
    let tree = &reading.tree;
    let sentence = tree.analysis.sentences[tree.token(at).sentence].tokens.clone();
    let mut first = at;
    while first > sentence.start
        && matches!(tree.token(first - 1).tag, Tag::Det | Tag::Adj)
        && tree.token(first - 1).tag != Tag::Punct
    {
        first -= 1;
    }
    let begins = first > sentence.start
        && (matches!(tree.word(first - 1), "," | ":" | ";") || tree.lemma(first - 1) == "and");
    let low = sentence.start.max(at.saturating_sub(MAX_WORDS));
    let colon = (low..at).rev().find(|token| tree.word(*token) == ":");
    begins
        && colon.is_some_and(|colon| {
            (colon.saturating_sub(4).max(sentence.start)..colon)
                .any(|token| STEPS.contains(&tree.lemma(token)))
        })
}

/// Whether the noun stands in a list of steps or is what a plan envisions.
fn is_listed(reading: &Reading<'_>, at: usize) -> bool {
    const MAX_STEPS: usize = 8;
    let tree = &reading.tree;
    let mut token = at;
    for _ in 0..MAX_STEPS {
        let head = tree.token(token).head;
        let relation = tree.token(token).relation;
        if head == token {
            return false;
        }
        match relation {
            Relation::Conj => {}
            Relation::Appos
            | Relation::List
            | Relation::Dep
            | Relation::Parataxis
            | Relation::Obj
            | Relation::Nmod
                if STEPS.contains(&tree.lemma(head)) =>
            {
                return relation != Relation::Nmod;
            }
            Relation::Obj | Relation::Obl | Relation::Parataxis | Relation::Dep | Relation::Dislocated => {
                return PLANNING.contains(&tree.lemma(head));
            }
            _ => return false,
        }
        token = head;
    }
    false
}

fn proposition(reading: &Reading<'_>, at: usize, frame: &Frame, modality: Modality) -> Proposition {
    let tree = &reading.tree;
    let tokens = span::trim(reading, own_words(reading, at), at);
    let is_planned = modality == Modality::Planned;
    let sentence = tree.analysis.sentences[tree.token(at).sentence].tokens.clone();
    let about = issue::issue(reading.lexicon, &reading.numbered, tokens.clone(), at, &[frame], sentence);
    let is_attitude = frame.holds.is_some();
    Proposition {
        predicate: at,
        span: span::bytes(tree.text, tree.analysis, reading.owner_of(at), tokens, at),
        frame: Some(frame.id.clone()),
        kind: frame.kind,
        plover: frame.plover.clone(),
        action: action::of_noun(tree, at),
        issue: about,
        roles: roles_of(reading, at, frame),
        polarity: if frame.is_negative { Polarity::Negative } else { Polarity::Affirmative },
        modality: if is_attitude && frame.is_negative { Modality::Desired } else { modality },
        tense: match (is_planned, is_attitude) {
            (true, _) => Tense::Future,
            (false, true) => Tense::Present,
            (false, false) => Tense::Past,
        },
        condition: None,
        commitment_level: frame.commitment.filter(|level| *level == CommitmentLevel::Objects),
        parent: None,
        rules: vec![format!("frame:{}", frame.id.as_str()), "clause:noun".to_owned()],
    }
}

/// The noun phrase without its preposition and without the nouns that are joined with it.
fn own_words(reading: &Reading<'_>, at: usize) -> Range<usize> {
    let tree = &reading.tree;
    let mut range = tree.extent(at);
    for child in tree.children(at) {
        match tree.token(child).relation {
            Relation::Case if child < at => range.start = range.start.max(child + 1),
            Relation::Conj | Relation::Appos if child > at && tree.extent(child).start > at + 1 => {
                range.end = range.end.min(tree.extent(child).start)
            }
            Relation::Parataxis | Relation::AclRelcl if child > at => {
                range.end = range.end.min(tree.extent(child).start)
            }
            _ => {}
        }
    }
    // "The objection | to the plan", where the tree hangs the phrase from elsewhere.
    let next = range.end;
    if range.end == at + 1
        && next < tree.analysis.tokens.len()
        && tree.token(next).sentence == tree.token(at).sentence
        && matches!(tree.lemma(next), "to" | "of" | "on" | "against")
        && tree.token(next).relation == Relation::Case
        && tree.token(next).head > next
    {
        range.end = tree.extent(tree.token(next).head).end.max(next + 1);
    }
    range.start.min(at)..range.end.max(at + 1)
}

fn roles_of(reading: &Reading<'_>, at: usize, frame: &Frame) -> Roles {
    let tree = &reading.tree;
    let mut found = Roles::default();
    let moves_itself = matches!(frame.id.as_str(), "withdraw" | "deploy" | "disarm" | "truce");
    if let Some(possessor) = roles::possessor(tree, at) {
        found.actors = tree.coordinated(possessor);
    }
    for child in tree.children_by(at, Relation::Nmod) {
        let Some(case) = tree.case(child) else { continue };
        let list = tree.coordinated(child);
        let wants = |words: &[String]| words.iter().any(|word| word == case);
        if case == "of" && moves_itself {
            found.objects.extend(list.iter().copied());
            if found.actors.is_empty() {
                found.actors = list;
            }
        } else if wants(&frame.target) && case != "by" {
            found.targets.extend(list);
        } else if wants(&frame.object) || case == "of" {
            found.objects.extend(list);
        } else if matches!(case, "in" | "at" | "from" | "near") {
            found.places.extend(list);
        }
    }
    found
}

/// One proposition for each organ that a claim sets up.
pub(crate) fn split(reading: &Reading<'_>, proposition: Proposition) -> Vec<Proposition> {
    if proposition.kind != ClaimKind::Body {
        return vec![proposition];
    }
    let tree = &reading.tree;
    let is_body =
        |at: &usize| BODIES.contains(&tree.lemma(*at).to_lowercase().as_str()) || is_named_body(reading, *at);
    let bodies: Vec<usize> = proposition.roles.objects.iter().copied().filter(is_body).collect();
    if bodies.len() < 2 {
        return vec![proposition];
    }
    let of_body = |(n, at): (usize, &usize)| {
        let mut one = proposition.clone();
        one.roles.objects = vec![*at];
        one.action = format!("{} {}", tree.lemma(proposition.predicate), action::of_noun(tree, *at));
        one.rules.push("split:object".to_owned());
        if n > 0 {
            let tokens = span::trim(reading, own_words(reading, *at), *at);
            one.predicate = *at;
            one.span = span::bytes(tree.text, tree.analysis, reading.owner_of(*at), tokens, *at);
        } else if let Some(next) = bodies.get(1) {
            let stop = tree.token(tree.extent(*next).start).start;
            if stop > one.span.start && tree.token(*at).end <= stop {
                one.span.end = one.span.end.min(stop);
                one.span = span::tidy(tree.text, without_joint(tree.text, one.span));
            }
        }
        one
    };
    bodies.iter().enumerate().map(of_body).collect()
}

fn without_joint(text: &str, span: servanda_model::Span) -> servanda_model::Span {
    let words = text.get(span.start..span.end).unwrap_or_default().trim_end();
    let words = words.strip_suffix(" and").unwrap_or(words);
    servanda_model::Span::new(span.start, span.start + words.len())
}

/// A name that ends in no organ but begins with one ("Board of Elders").
fn is_named_body(reading: &Reading<'_>, at: usize) -> bool {
    let tree = &reading.tree;
    tree.children(at).any(|child| BODIES.contains(&tree.lemma(child).to_lowercase().as_str()))
}

/// A sentence in which no clause was found that is a claim: a headline, or a sentence that the tree misread.
pub(crate) fn fragment(reading: &Reading<'_>, sentence: &Sentence, is_headline: bool) -> Option<Proposition> {
    let tree = &reading.tree;
    let first = reading.hits.partition_point(|hit| hit.predicate < sentence.tokens.start);
    let hit = reading.hits[first..].iter().find(|hit| hit.predicate < sentence.tokens.end);
    let mut verbs =
        sentence.tokens.clone().filter(|at| tree.token(*at).tag == Tag::Verb && tree.is_finite(*at));
    let is_cue = |at: usize| reading.cue_of(at).is_some();
    let at = match hit.filter(|hit| !is_cue(hit.predicate)) {
        Some(hit) if is_headline || hit.carrier == Carrier::Verb => hit.predicate,
        _ => verbs.find(|at| !is_cue(*at))?,
    };
    if sentence.tokens.clone().any(is_cue) && !is_headline || sentence.tokens.len() < 4 {
        return None;
    }
    let frame = reading.frame_at(at);
    let tokens = span::trim(reading, sentence.tokens.clone(), at);
    let frames: Vec<&Frame> = frame.into_iter().collect();
    let about = issue::issue(
        reading.lexicon,
        &reading.numbered,
        tokens.clone(),
        at,
        &frames,
        sentence.tokens.clone(),
    );
    let mut parts_played = Roles::default();
    let subject = tree.child_of(at, &[Relation::Nsubj, Relation::NsubjPass]);
    parts_played.actors = subject.map(|subject| tree.coordinated(subject)).unwrap_or_default();
    roles::parts(tree, at, frame, &mut parts_played);
    Some(Proposition {
        predicate: at,
        span: span::bytes(tree.text, tree.analysis, reading.owner_of(at), tokens.clone(), at),
        frame: frame.map(|frame| frame.id.clone()),
        kind: frame.map_or(ClaimKind::Statement, |frame| frame.kind),
        plover: frame.and_then(|frame| frame.plover.clone()),
        action: if tree.is_verb(at) { action::action(tree, &[at], frame) } else { action::of_noun(tree, at) },
        issue: about,
        roles: parts_played,
        polarity: Polarity::Affirmative,
        modality: Modality::Actual,
        tense: tense(tree, at).unwrap_or(Tense::Past),
        condition: None,
        commitment_level: None,
        parent: None,
        rules: vec!["clause:fragment".to_owned()],
    })
}
