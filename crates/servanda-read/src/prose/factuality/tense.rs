//! In which grammatical time does a clause stand?

use servanda_language::{Fine, Relation};
use servanda_model::Tense;

use crate::prose::frames::Tree;

/// Time of a clause by its first finite word; `None` where it has none (an infinitive, a participle, a noun).
///
/// The present perfect is past: what it says has happened. "Will", "shall", "would", "is going to" and "is due to" are future, and so is
/// what "could", "may" or "might" come to pass.
pub(crate) fn tense(tree: &Tree<'_>, predicate: usize) -> Option<Tense> {
    let group = tree.children(predicate).filter(|child| {
        matches!(tree.token(*child).relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
    });
    let (mut found, mut has_perfect) = (None, false);
    for aux in group {
        let lemma = tree.lemma(aux);
        let of_aux = match (lemma, tree.token(aux).fine) {
            _ if super::modality::is_had(tree, aux, predicate) => Some(Tense::Past),
            ("will" | "shall" | "'ll" | "’ll" | "wo" | "would" | "'d", Fine::Md) => Some(Tense::Future),
            // What could or may be is to come; "could have" is caught below.
            ("could" | "may" | "might", Fine::Md) => Some(Tense::Future),
            (_, Fine::Md) => Some(Tense::Present),
            (_, Fine::Vbd) => Some(Tense::Past),
            (_, Fine::Vbz | Fine::Vbp) => Some(Tense::Present),
            _ => None,
        };
        has_perfect |= lemma == "have" && matches!(tree.token(aux).fine, Fine::Vbz | Fine::Vbp | Fine::Vb);
        found = found.or(of_aux);
    }
    let is_will = found == Some(Tense::Future) && !has_modal_of_doubt(tree, predicate);
    if has_perfect && tree.token(predicate).fine == Fine::Vbn && !is_will {
        return Some(Tense::Past);
    }
    if has_perfect && matches!(found, Some(Tense::Present)) {
        return Some(Tense::Past);
    }
    found.or(match tree.token(predicate).fine {
        Fine::Vbd => Some(Tense::Past),
        Fine::Vbz | Fine::Vbp => Some(Tense::Present),
        _ => None,
    })
}

/// "Could", "may", "might".
fn has_modal_of_doubt(tree: &Tree<'_>, predicate: usize) -> bool {
    tree.children_by(predicate, Relation::Aux).any(|aux| matches!(tree.lemma(aux), "could" | "may" | "might"))
}
