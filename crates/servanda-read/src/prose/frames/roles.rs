//! Who plays which part: tokens that carry the noun phrases of a clause.

use servanda_language::{Relation, Tag};

use super::clause::{Clause, Hang};
use super::lexicon::Frame;
use super::tree::Tree;
use crate::prose::Roles;

const SUBJECTS: [Relation; 3] = [Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter];
/// Prepositions of place.
const PLACES: [&str; 12] = [
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "along",
    "across",
    "around",
    "throughout",
    "within",
    "beside",
    "into",
];
/// Longest way up a chain of clauses for a subject.
const MAX_STEPS: usize = 12;

/// The subject that a clause is about: its own, or that of the clause which controls it. With whether it is a passive's.
pub(crate) fn subject(tree: &Tree<'_>, clauses: &[Clause], number: usize) -> Option<usize> {
    let mut at = number;
    for step in 0..MAX_STEPS {
        let clause = &clauses[at];
        if let Some(own) = tree.child_of(clause.predicate, &SUBJECTS) {
            return resolve(tree, clause, own);
        }
        match clause.hang {
            Hang::Relative(noun) => return Some(noun),
            Hang::OfNoun(noun) if !tree.is_infinitive(clause.predicate) => return Some(noun),
            Hang::OfNoun(noun) => {
                if let Some(possessor) = possessor(tree, noun) {
                    return Some(possessor);
                }
            }
            Hang::Open => {
                // "compel the South to open the gate": the South opens.
                let above = clause.above.map(|above| clauses[above].predicate)?;
                if let Some(object) = tree.child_of(above, &[Relation::Obj, Relation::Iobj])
                    && tree.is_infinitive(clause.predicate)
                    && object < clause.predicate
                    && !matches!(tree.lemma(above), "promise" | "vow" | "threaten" | "use")
                {
                    return Some(object);
                }
            }
            Hang::Main if step == 0 => return None,
            _ => {}
        }
        at = clause.above?;
    }
    None
}

/// A relative pronoun stands for its noun.
fn resolve(tree: &Tree<'_>, clause: &Clause, subject: usize) -> Option<usize> {
    match clause.hang {
        Hang::Relative(noun) if matches!(tree.lemma(subject), "who" | "which" | "that" | "whom" | "what") => {
            Some(noun)
        }
        _ => Some(subject),
    }
}

/// Whose: "the South's objection", "Southern objections", "objections by the South".
pub(crate) fn possessor(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    tree.child(noun, Relation::NmodPoss)
        .or_else(|| tree.children_by(noun, Relation::Nmod).find(|child| tree.case(*child) == Some("by")))
        .or_else(|| {
            tree.children(noun).find(|child| {
                let token = tree.token(*child);
                let is_capital = tree.word(*child).starts_with(char::is_uppercase);
                matches!(token.relation, Relation::Amod | Relation::Compound) && is_capital && *child < noun
            })
        })
}

/// Roles of a clause whose words are given by its tokens from the outermost to the innermost.
pub(crate) fn of_clause(
    tree: &Tree<'_>,
    clauses: &[Clause],
    number: usize,
    chain: &[usize],
    frame: Option<&Frame>,
) -> Roles {
    let mut roles = Roles::default();
    let core = *chain.last().expect("a chain holds the predicate itself");
    let core_number = clauses.binary_search_by_key(&core, |clause| clause.predicate).unwrap_or(number);
    let is_passive = tree.is_passive(core);
    let subject = subject(tree, clauses, core_number);
    let of_phrase = |token: usize| tree.coordinated(token);
    if is_passive {
        let agent = tree
            .child(core, Relation::OblAgent)
            .or_else(|| tree.children_by(core, Relation::Obl).find(|child| tree.case(*child) == Some("by")));
        roles.actors = agent.map(of_phrase).unwrap_or_default();
        if let Some(subject) = subject {
            roles.targets = of_phrase(subject);
            roles.objects = of_phrase(subject);
        }
        if chain.len() > 1
            && roles.actors.is_empty()
            && let Some(outer) = tree.child_of(chain[0], &SUBJECTS).filter(|_| chain[0] != core)
            && !tree.is_passive(chain[0])
            && Some(outer) != subject
        {
            roles.actors = of_phrase(outer);
        }
    } else if let Some(subject) = subject {
        roles.actors = of_phrase(subject);
    }
    for predicate in chain {
        parts(tree, *predicate, frame, &mut roles);
    }
    let actors = roles.actors.clone();
    roles.targets.retain(|target| !actors.contains(target));
    roles.targets.dedup();
    roles.objects.dedup();
    roles
}

/// Objects and prepositional phrases of one predicate.
pub(crate) fn parts(tree: &Tree<'_>, predicate: usize, frame: Option<&Frame>, roles: &mut Roles) {
    let wants = |list: Option<&Vec<String>>, word: &str| {
        list.is_some_and(|list| list.iter().any(|there| there == word))
    };
    for child in tree.children(predicate) {
        let relation = tree.token(child).relation;
        match relation {
            Relation::Obj | Relation::Iobj => {
                roles.objects.extend(tree.coordinated(child));
                if frame.is_none_or(|frame| wants(Some(&frame.target), "object"))
                    || relation == Relation::Iobj
                {
                    roles.targets.extend(tree.coordinated(child));
                }
                nested(tree, child, frame, roles);
            }
            Relation::Obl | Relation::Nmod if tree.token(child).tag != Tag::Num => {
                let Some(case) = tree.case(child) else { continue };
                if wants(frame.map(|frame| &frame.target), case) {
                    roles.targets.extend(tree.coordinated(child));
                } else if wants(frame.map(|frame| &frame.object), case) {
                    roles.objects.extend(tree.coordinated(child));
                } else if frame.is_none() && matches!(case, "against" | "with" | "to" | "on" | "from") {
                    roles.targets.extend(tree.coordinated(child));
                }
                if PLACES.contains(&case) || wants(frame.map(|frame| &frame.place), case) {
                    roles.places.extend(tree.coordinated(child));
                }
                nested(tree, child, frame, roles);
            }
            _ => {}
        }
    }
}

/// Phrases that hang from the object: "launched an attack on the gate".
fn nested(tree: &Tree<'_>, noun: usize, frame: Option<&Frame>, roles: &mut Roles) {
    for child in tree.children_by(noun, Relation::Nmod) {
        let Some(case) = tree.case(child) else { continue };
        if PLACES.contains(&case) {
            roles.places.extend(tree.coordinated(child));
        } else if frame.is_some_and(|frame| frame.target.iter().any(|there| there == case)) {
            roles.targets.extend(tree.coordinated(child));
        }
    }
}
