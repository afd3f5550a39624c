//! The action: a short verb phrase in the affirmative.

use servanda_language::{Fine, Relation, Tag};

use super::lexicon::Frame;
use super::tree::Tree;

/// Most words of an object in an action.
const MAX_WORDS: usize = 4;

/// "agree to withdraw troops": lemma of the predicate with particle and object; of an attitude with an open clause, of what the
/// clause holds. A word that denies what follows it ("resist") is left out, since the polarity says so.
pub(crate) fn action(tree: &Tree<'_>, chain: &[usize], outer: Option<&Frame>) -> String {
    let core = *chain.last().expect("a chain holds the predicate itself");
    let denies = outer.is_some_and(|frame| frame.is_negative);
    let mut words = Vec::new();
    if denies && chain.len() == 1 && tree.is_verb(core) {
        words.push("accept".to_owned());
    } else if denies && chain.len() == 1 {
        words.push("accept".to_owned());
        words.extend(complement(tree, core));
        return words.join(" ");
    } else {
        words.extend(verb(tree, core));
    }
    if let Some(object) =
        tree.child_of(core, &[Relation::Obj, Relation::Xcomp]).filter(|_| tree.is_verb(core))
    {
        words.extend(noun(tree, object));
    } else if tree.is_passive(core)
        && let Some(subject) = tree.child_of(core, &[Relation::NsubjPass, Relation::Nsubj])
    {
        words.extend(noun(tree, subject));
    } else {
        words.extend(complement(tree, core));
    }
    words.join(" ")
}

/// The verb with its particles, or "be" with what a copula says.
fn verb(tree: &Tree<'_>, at: usize) -> Vec<String> {
    let mut words = Vec::new();
    if tree.child(at, Relation::Cop).is_some() {
        words.push("be".to_owned());
        words.extend(noun(tree, at));
        return words;
    }
    words.push(tree.lemma(at).to_lowercase());
    words.extend(
        tree.children_by(at, Relation::CompoundPrt).map(|particle| tree.lemma(particle).to_lowercase()),
    );
    words
}

/// First prepositional phrase of a predicate without object: "participate in mission".
fn complement(tree: &Tree<'_>, at: usize) -> Vec<String> {
    if tree.child(at, Relation::Cop).is_some() {
        return Vec::new();
    }
    let phrase = tree.children(at).find(|child| {
        matches!(tree.token(*child).relation, Relation::Obl | Relation::Nmod)
            && *child > at
            && matches!(
                tree.case(*child),
                Some("to" | "for" | "with" | "of" | "in" | "on" | "from" | "against" | "into")
            )
    });
    let Some(phrase) = phrase else { return Vec::new() };
    let mut words = vec![tree.case(phrase).unwrap_or_default().to_owned()];
    words.extend(noun(tree, phrase));
    words
}

/// A noun with the words that make its name, without articles, numbers and pronouns.
fn noun(tree: &Tree<'_>, at: usize) -> Vec<String> {
    let keeps = |child: usize| {
        matches!(tree.token(child).relation, Relation::Compound | Relation::Amod | Relation::Flat)
            && !matches!(tree.token(child).fine, Fine::Prp | Fine::PrpPoss)
            && child.abs_diff(at) <= MAX_WORDS
    };
    let mut tokens: Vec<usize> = tree.children(at).filter(|child| keeps(*child)).collect();
    tokens.push(at);
    tokens.sort_unstable();
    let skip = tokens.len().saturating_sub(MAX_WORDS);
    let word = |token: &usize| match tree.token(*token).tag {
        Tag::Propn => tree.word(*token).to_owned(),
        _ if tree.word(*token).chars().skip(1).any(char::is_uppercase) => tree.word(*token).to_owned(),
        _ => tree.lemma(*token).to_lowercase(),
    };
    tokens[skip..].iter().filter(|token| tree.token(**token).tag != Tag::Pron).map(word).collect()
}

/// Action of a noun: "withdraw forces" of "the withdrawal of forces".
pub(crate) fn of_noun(tree: &Tree<'_>, at: usize) -> String {
    let mut words = noun(tree, at);
    if let Some(of) = tree.children_by(at, Relation::Nmod).find(|child| tree.case(*child) == Some("of")) {
        words.push("of".to_owned());
        words.extend(noun(tree, of));
    }
    words.join(" ")
}
