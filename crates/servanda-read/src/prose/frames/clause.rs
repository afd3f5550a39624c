//! Which tokens carry a clause, and how the clauses hang from one another?

use std::ops::Range;

use servanda_language::{Relation, Tag};

use super::tree::Tree;

/// How a clause hangs from the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hang {
    /// It stands on its own.
    Main,
    /// It is joined with the clause above it ("and").
    Joined,
    /// It is what the clause above says, thinks or wants; with its own subject.
    Content,
    /// It is what the clause above holds, without own subject ("to withdraw").
    Open,
    /// A relative clause, with the noun that it is about.
    Relative(usize),
    /// Words about a noun: a participle or an infinitive.
    OfNoun(usize),
    /// It says when, why, under which condition.
    Beside,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Token that carries it.
    pub predicate: usize,
    /// Clause above it, as an index into the list.
    pub above: Option<usize>,
    pub hang: Hang,
    /// Its words, where the tree would give too few or too many.
    pub whole: Option<Range<usize>>,
}

/// Every clause of a run of tokens (a sentence), in the order of the text.
pub(crate) fn clauses(tree: &Tree<'_>, tokens: Range<usize>) -> Vec<Clause> {
    let first = tokens.start;
    let mut number_of = vec![None; tokens.len()];
    let mut list: Vec<Clause> = Vec::new();
    for at in tokens.clone() {
        if is_clause(tree, at) {
            number_of[at - first] = Some(list.len());
            list.push(Clause { predicate: at, above: None, hang: Hang::Main, whole: None });
        }
    }
    for clause in &mut list {
        let (above, hang) = place(tree, clause.predicate);
        clause.hang = hang;
        clause.above =
            above.filter(|above| tokens.contains(above)).and_then(|above| number_of[above - first]);
        if clause.above.is_none() && matches!(hang, Hang::Joined | Hang::Content | Hang::Open | Hang::Beside)
        {
            clause.hang = Hang::Main;
        }
    }
    list
}

fn is_clause(tree: &Tree<'_>, at: usize) -> bool {
    let token = tree.token(at);
    let has_copula = tree.child(at, Relation::Cop).is_some();
    let carries = match token.relation {
        Relation::Root => {
            tree.is_verb(at)
                || has_copula
                || tree.child_of(at, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
        }
        Relation::Ccomp
        | Relation::Xcomp
        | Relation::Advcl
        | Relation::AdvclRelcl
        | Relation::AclRelcl
        | Relation::Csubj
        | Relation::CsubjPass
        | Relation::CsubjOuter
        | Relation::Parataxis => tree.is_verb(at) || has_copula || token.tag == Tag::Adj,
        Relation::Acl | Relation::Conj | Relation::Appos | Relation::List | Relation::Dep => {
            tree.is_verb(at) || has_copula
        }
        Relation::Aux | Relation::AuxPass | Relation::Cop => false,
        _ => {
            tree.is_verb(at)
                && tree.child_of(at, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
                && tree.is_finite(at)
        }
    };
    carries && !(token.relation == Relation::Conj && token.tag == Tag::Verb && is_modifier(tree, at))
}

/// A participle that is joined with an adjective before a noun carries no clause.
fn is_modifier(tree: &Tree<'_>, at: usize) -> bool {
    tree.token(tree.token(at).head).relation == Relation::Amod
}

/// The token of the clause above, and how the clause hangs from it.
fn place(tree: &Tree<'_>, at: usize) -> (Option<usize>, Hang) {
    let token = tree.token(at);
    let above = || clause_above(tree, at);
    match token.relation {
        Relation::Conj => {
            let first = token.head;
            if is_clause(tree, first) { (Some(first), Hang::Joined) } else { (above(), Hang::Joined) }
        }
        Relation::Ccomp | Relation::Csubj | Relation::CsubjPass | Relation::CsubjOuter => {
            (above(), Hang::Content)
        }
        Relation::Xcomp => (above(), Hang::Open),
        Relation::AclRelcl => (above(), Hang::Relative(token.head)),
        Relation::Acl => (above(), Hang::OfNoun(token.head)),
        Relation::Advcl | Relation::AdvclRelcl => (above(), Hang::Beside),
        Relation::Root | Relation::Parataxis | Relation::List => (None, Hang::Main),
        _ => (above(), Hang::Beside),
    }
}

/// The nearest token above that carries a clause. Ends on any input.
fn clause_above(tree: &Tree<'_>, at: usize) -> Option<usize> {
    const MAX_STEPS: usize = 64;
    let mut token = at;
    for _ in 0..MAX_STEPS {
        let head = tree.token(token).head;
        if head == token {
            return None;
        }
        if is_clause(tree, head) {
            return Some(head);
        }
        token = head;
    }
    None
}
