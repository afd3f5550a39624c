//! Words that lay a duty on somebody by their shape alone: "it is time to", "the time has come for", "the onus is on",
//! "it is up to". The lexicon's adjectives and verbs ("it is essential that") need no shape.

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};

use super::hits::Hit;
use super::lexicon::{Carrier, Lexicon};
use super::tree::Tree;

/// Points in time at which something is due.
const MOMENTS: [&str; 3] = ["time", "moment", "hour"];
/// What lies on somebody who is to act.
const BURDENS: [&str; 6] = ["onus", "burden", "responsibility", "obligation", "duty", "ball"];
/// Tasks of which a pronoun says that they are somebody's.
const TASKS: [&str; 5] = ["duty", "responsibility", "obligation", "task", "job"];
/// Frame of what these words say.
const FRAME: &str = "require.due";

/// Hits of these shapes in a sentence, each at the token that carries its clause; they go before the lexicon's own at the
/// same token.
pub(super) fn hits(tree: &Tree<'_>, lexicon: &Lexicon, sentence: Range<usize>) -> Vec<Hit> {
    let Some(frame) = lexicon.frames.iter().position(|frame| frame.id == *FRAME) else { return Vec::new() };
    let mut found: Vec<_> = sentence.clone().filter_map(|at| shape(tree, at, &sentence)).collect();
    found.sort_by_key(|(predicate, _)| *predicate);
    found
        .into_iter()
        .map(|(predicate, tokens)| Hit {
            frame,
            predicate,
            tokens,
            carrier: Carrier::Adjective,
            others: Vec::new(),
            weight: 1000,
        })
        .collect()
}

/// The token that carries the clause, and the words, where such a shape stands at this token.
fn shape(tree: &Tree<'_>, at: usize, sentence: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let lemma = tree.lemma(at);
    let next = |at: usize| (at + 1 < sentence.end).then(|| tree.word(at + 1).to_ascii_lowercase());
    let leads_on = |at: usize| {
        next(at).is_some_and(|word| {
            matches!(word.as_str(), "to" | "for" | "that" | "we" | "they" | "all" | "everyone")
        })
    };
    if MOMENTS.contains(&lemma) {
        let copula = tree.child(at, Relation::Cop);
        // "It is high time to", "now is the moment for".
        if copula.is_some() && is_about_now(tree, at) && leads_on(at) {
            return Some((at, copula.unwrap_or(at)..at + 1));
        }
        // "The time has come to".
        let head = tree.token(at).head;
        let comes = tree.token(at).relation == Relation::Nsubj
            && matches!(tree.lemma(head), "come" | "arrive")
            && tree.is_verb(head)
            && head > at
            && (leads_on(head) || next(head).is_some_and(|word| word == "now"));
        return comes.then_some((head, at..head + 1));
    }
    if BURDENS.contains(&lemma) && tree.token(at).relation == Relation::Nsubj {
        // "The onus is on the North to act", "responsibility rests with the North".
        let head = tree.token(at).head;
        let lies =
            matches!(tree.lemma(head), "be" | "rest" | "lie" | "fall" | "remain") || !tree.is_verb(head);
        let has_bearer = |holder: usize| matches!(tree.case(holder), Some("on" | "upon" | "with"));
        let bears = has_bearer(head) && tree.child(head, Relation::Cop).is_some()
            || tree.is_verb(head) && tree.children_by(head, Relation::Obl).any(has_bearer);
        return (lies && bears).then_some((head, at..head.max(at) + 1));
    }
    if TASKS.contains(&lemma) && tree.child(at, Relation::Cop).is_some() && is_about_now(tree, at) {
        let leads = next(at).is_some_and(|word| matches!(word.as_str(), "to" | "of" | "for"));
        return leads.then_some((at, at..at + 1));
    }
    // "It is up to the North to decide", "it is for the parties to decide".
    let is_up = matches!(tree.lemma(at), "up") && next(at).is_some_and(|word| word == "to");
    if is_up || lemma == "for" {
        let head = tree.token(at).head;
        let is_theirs = tree.child(head, Relation::Cop).is_some_and(|copula| copula + 1 == at)
            && is_about_now(tree, head)
            && head > at
            && (head..sentence.end.min(head + 6)).any(|token| tree.token(token).fine == Fine::To);
        return is_theirs.then_some((head, at..head + 1));
    }
    None
}

/// "It", "this", "now": what is said of the matter as a whole.
fn is_about_now(tree: &Tree<'_>, at: usize) -> bool {
    tree.children(at).filter(|child| *child < at).any(|child| {
        matches!(tree.lemma(child), "it" | "this" | "now" | "that" | "there")
            && matches!(tree.token(child).tag, Tag::Pron | Tag::Adv | Tag::Det)
    })
}

/// Whom the duty is laid on where it is the phrase that carries the clause itself ("the onus is on the North").
pub(super) fn bearer(tree: &Tree<'_>, predicate: usize) -> Option<usize> {
    if tree.is_noun(predicate) && matches!(tree.case(predicate), Some("on" | "upon" | "with" | "to" | "for"))
    {
        return Some(predicate);
    }
    let children =
        tree.children_by(predicate, Relation::Obl).chain(tree.children_by(predicate, Relation::Nmod));
    let mut borne =
        children.filter(|child| matches!(tree.case(*child), Some("on" | "upon" | "with" | "of" | "for")));
    borne.find(|child| *child > predicate)
}
