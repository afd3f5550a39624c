//! Who plays which part: tokens that carry the noun phrases of a clause.

use servanda_language::{Fine, Relation, Tag};

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
        let own = tree.child_of(clause.predicate, &SUBJECTS).or_else(|| {
            // The tree may hang the subject from the auxiliary.
            tree.children_by(clause.predicate, Relation::Aux).find_map(|aux| tree.child_of(aux, &SUBJECTS))
        });
        let own = own.filter(|own| clause.hang != Hang::Content || tree.lemma(*own) != "that");
        if let Some(own) = own {
            return resolve(tree, clause, own);
        }
        if let Some(named) = before_infinitive(tree, clause.predicate) {
            return Some(named);
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
                // "Called on both sides to resume", "appealed to the guards to leave".
                let is_asked = |phrase: &usize| {
                    *phrase > above
                        && *phrase < clause.predicate
                        && matches!(tree.case(*phrase), Some("on" | "upon" | "to"))
                };
                let asks = matches!(
                    tree.lemma(above),
                    "call" | "appeal" | "prevail" | "count" | "rely" | "depend" | "plead"
                );
                if asks
                    && tree.is_infinitive(clause.predicate)
                    && let Some(asked) = tree.children_by(above, Relation::Obl).find(is_asked)
                {
                    return Some(asked);
                }
            }
            Hang::Main if step == 0 => return beside_verb(tree, clause),
            Hang::Content
                if step == 0
                    && (clause.whole.is_some() || tree.child_of(clause.predicate, &SUBJECTS).is_some()) =>
            {
                return beside_verb(tree, clause);
            }
            // "A centre, which officials say will oversee the truce": who is said to do it is what the clause above is about.
            Hang::Content if tree.is_finite(clause.predicate) => {
                return clause.above.and_then(|above| match clauses[above].hang {
                    Hang::Relative(noun) if asks_for(tree, clauses[above].predicate) => Some(noun),
                    _ => None,
                });
            }
            _ => {}
        }
        at = clause.above?;
    }
    None
}

/// "For the North to open the gate": whoever stands between "for" and the infinitive, however the tree hangs them.
fn before_infinitive(tree: &Tree<'_>, at: usize) -> Option<usize> {
    const MAX_BACK: usize = 12;
    let to = tree.children(at).find(|child| tree.token(*child).fine == Fine::To && *child < at)?;
    let first = tree.analysis.sentences[tree.token(at).sentence].tokens.start;
    let last = to.checked_sub(1).filter(|last| *last > first && tree.is_noun(*last))?;
    let case = (first.max(to.saturating_sub(MAX_BACK))..last)
        .rev()
        .take_while(|token| !tree.is_verb(*token) && tree.token(*token).tag != Tag::Sconj)
        .find(|token| tree.word(*token).eq_ignore_ascii_case("for"))?;
    // The noun that carries the phrase: the first before any "of" or comma.
    let inner = case + 1..to;
    let end = inner
        .clone()
        .find(|token| {
            *token > case + 1 && matches!(tree.token(*token).tag, Tag::Adp) || tree.word(*token) == ","
        })
        .unwrap_or(to);
    (case + 1..end).rev().find(|token| tree.is_noun(*token))
}

/// Whether a relative clause has its pronoun before another subject, so that the pronoun belongs further down.
fn asks_for(tree: &Tree<'_>, predicate: usize) -> bool {
    let subject = tree.child_of(predicate, &SUBJECTS);
    subject.is_some_and(|subject| {
        !is_relative(tree, subject)
            && (tree.extent(predicate).start..subject)
                .any(|at| matches!(tree.token(at).fine, Fine::Wdt | Fine::Wp))
    })
}

/// The subject of a clause that the tree left without one: the noun that its participle hangs from, or else the noun phrase
/// before the verb, over words set off by dashes, commas or brackets.
fn beside_verb(tree: &Tree<'_>, clause: &Clause) -> Option<usize> {
    const MAX_STEPS: usize = 40;
    let at = clause.predicate;
    let token = tree.token(at);
    if matches!(token.relation, Relation::Acl | Relation::AclRelcl) && tree.is_noun(token.head) {
        return Some(token.head);
    }
    if !tree.is_finite(at) && clause.whole.is_none() && clause.hang == Hang::Main {
        return None;
    }
    let first = tree.analysis.sentences[token.sentence].tokens.start;
    let mut before =
        tree.children(at).filter(|child| tree.token(*child).tag == Tag::Aux).min().unwrap_or(at).min(at);
    let mut closes: Option<&str> = None;
    for _ in 0..MAX_STEPS {
        before = before.checked_sub(1).filter(|before| *before >= first)?;
        let word = tree.word(before);
        match (closes, word) {
            (None, "," | "–" | "—" | "-") => closes = Some(word),
            (None, ")") => closes = Some("("),
            (None, _) if tree.token(before).tag == Tag::Verb => return None,
            (None, _) if tree.is_noun(before) => return Some(phrase_head(tree, before)),
            (Some(mark), word) if mark == word => closes = None,
            _ => {}
        }
    }
    None
}

/// The noun that carries the phrase in which this noun is the last one.
fn phrase_head(tree: &Tree<'_>, at: usize) -> usize {
    let mut head = at;
    for _ in 0..8 {
        let token = tree.token(head);
        let is_part =
            matches!(token.relation, Relation::Nmod | Relation::Flat | Relation::Compound | Relation::Appos);
        if !is_part || token.head > head || !tree.is_noun(token.head) {
            break;
        }
        head = token.head;
    }
    head
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
    // "The North suffered losses": its subject is who it happens to.
    if !is_passive && frame.is_some_and(|frame| frame.target.iter().any(|place| place == "subject")) {
        roles.targets = std::mem::take(&mut roles.actors);
    }
    let actors = roles.actors.clone();
    roles.targets.retain(|target| !actors.contains(target));
    for list in [&mut roles.actors, &mut roles.targets, &mut roles.objects, &mut roles.places] {
        list.retain(|token| !is_time(tree, *token) && !is_relative(tree, *token));
    }
    roles.targets.dedup();
    roles.objects.dedup();
    roles
}

/// Days and months say when; they are nobody and nothing that is acted upon.
fn is_time(tree: &Tree<'_>, at: usize) -> bool {
    matches!(
        tree.word(at),
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "yesterday"
            | "today"
            | "tomorrow"
    )
}

/// A pronoun that was not resolved to its noun.
fn is_relative(tree: &Tree<'_>, at: usize) -> bool {
    tree.token(at).tag != Tag::Noun
        && matches!(tree.lemma(at), "that" | "which" | "who" | "whom" | "what" | "there")
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
