//! Which word denies a clause?

use servanda_language::Relation;

use crate::prose::frames::Tree;

/// The word that denies what this token says: "not", "never", "no country", "without", "no longer", "neither". `None` where it
/// is affirmed. "No fewer than six" and "not only" deny nothing.
pub(crate) fn negated_by(tree: &Tree<'_>, predicate: usize) -> Option<usize> {
    let own = tree.children(predicate).find(|child| {
        let lemma = tree.lemma(*child);
        let denies = match lemma {
            "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "nowhere" | "hardly" | "scarcely"
            | "nobody" | "none" | "nothing" => true,
            "no" => !is_comparison(tree, *child),
            "longer" => tree.children(*child).any(|no| tree.lemma(no) == "no"),
            "more" => tree.children(*child).any(|no| tree.lemma(no) == "no"),
            _ => false,
        };
        denies && !is_only(tree, *child)
    });
    own.or_else(|| no_longer(tree, predicate))
        .or_else(|| by_argument(tree, predicate))
        .or_else(|| by_case(tree, predicate))
}

/// "The guards no longer block the road", however the tree hangs the words.
fn no_longer(tree: &Tree<'_>, predicate: usize) -> Option<usize> {
    const MAX_BEFORE: usize = 4;
    let first = tree.analysis.sentences[tree.token(predicate).sentence].tokens.start;
    (first.max(predicate.saturating_sub(MAX_BEFORE))..predicate).find(|at| {
        tree.word(*at).eq_ignore_ascii_case("no")
            && *at + 1 < predicate
            && tree.word(*at + 1).eq_ignore_ascii_case("longer")
            && (*at + 2..predicate).all(|between| !tree.is_noun(between))
    })
}

/// "Not only", "not just" deny nothing.
fn is_only(tree: &Tree<'_>, not: usize) -> bool {
    not + 1 < tree.analysis.tokens.len()
        && matches!(tree.lemma(not + 1), "only" | "just" | "merely" | "least")
}

/// "No fewer than", "no less than", "no later than".
fn is_comparison(tree: &Tree<'_>, no: usize) -> bool {
    no + 1 < tree.analysis.tokens.len()
        && matches!(
            tree.lemma(no + 1),
            "few" | "fewer" | "less" | "little" | "later" | "late" | "sooner" | "more" | "much" | "doubt"
        )
}

/// "No country is ready", "made no progress", "no formal commitments".
fn by_argument(tree: &Tree<'_>, predicate: usize) -> Option<usize> {
    let arguments = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj];
    let arguments = tree.children(predicate).filter(|child| arguments.contains(&tree.token(*child).relation));
    let word = |argument: usize| {
        if matches!(tree.lemma(argument), "nobody" | "nothing" | "none" | "neither") {
            return Some(argument);
        }
        tree.children(argument).find(|child| {
            tree.token(*child).relation == Relation::Det
                && matches!(tree.lemma(*child), "no" | "neither")
                && !is_comparison(tree, *child)
        })
    };
    arguments.filter_map(word).next().or_else(|| {
        // "There is no clear plan": the noun itself carries the clause.
        let is_there = tree.child(predicate, Relation::Expl).is_some();
        let own = is_there.then(|| {
            tree.children(predicate).find(|child| tree.lemma(*child) == "no" && !is_comparison(tree, *child))
        });
        own.flatten()
    })
}

/// "Without opening the gate".
fn by_case(tree: &Tree<'_>, predicate: usize) -> Option<usize> {
    tree.children(predicate).find(|child| {
        matches!(tree.token(*child).relation, Relation::Mark | Relation::Case)
            && tree.lemma(*child) == "without"
            && tree.is_verb(predicate)
    })
}
