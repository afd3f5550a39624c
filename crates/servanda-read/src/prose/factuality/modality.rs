//! How do the words hold a clause?

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{Modality, Polarity};

use super::negation::negated_by;
use crate::prose::frames::{Lexicon, Numbered, Tree};

/// What holds a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub polarity: Polarity,
    pub modality: Modality,
    pub rules: Vec<String>,
}

impl Held {
    fn deny(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Affirmative => Polarity::Negative,
            Polarity::Negative => Polarity::Affirmative,
        };
    }

    /// The first word that is not plain assertion decides.
    fn hold(&mut self, modality: Modality, rule: String) {
        if self.modality == Modality::Actual && modality != Modality::Actual {
            self.modality = modality;
            self.rules.push(rule);
        }
    }
}

/// Polarity and modality of a clause, from the tokens that hold it, outermost first, down to the clause itself.
///
/// At each token its negation, then its modal verbs and adverbs, then what the token says of the next one ("failed to",
/// "plans to"), by the `[[holder]]` tables of the lexicon.
pub(crate) fn held(tree: &Tree<'_>, numbered: &Numbered, lexicon: &Lexicon, chain: &[usize]) -> Held {
    let mut held = Held::default();
    for (step, predicate) in chain.iter().enumerate() {
        let is_last = step + 1 == chain.len();
        if let Some(word) = negated_by(tree, *predicate) {
            held.deny();
            held.rules.push(format!("polarity:{}", tree.lemma(word)));
        }
        adverbs(tree, numbered, lexicon, *predicate, &mut held);
        auxiliaries(tree, *predicate, &mut held);
        if !is_last || is_scheduled(tree, *predicate) {
            word(tree, numbered, lexicon, *predicate, &mut held);
        }
    }
    held
}

/// "The gate is due to open" where the tree takes "due" for the clause itself.
fn is_scheduled(tree: &Tree<'_>, predicate: usize) -> bool {
    matches!(tree.lemma(predicate), "due" | "scheduled" | "slated" | "likely" | "unlikely")
        && !tree.is_verb(predicate)
}

fn word(tree: &Tree<'_>, numbered: &Numbered, lexicon: &Lexicon, predicate: usize, held: &mut Held) {
    // "Have a right" is no duty, "have to leave" is.
    let is_owned = tree.lemma(predicate) == "have" && !is_have_to(tree, predicate);
    for holder in lexicon.holders_at(numbered, predicate).filter(|_| !is_owned) {
        if holder.implies == Some(Polarity::Negative) {
            held.deny();
            held.rules.push(format!("polarity:{}", tree.lemma(predicate)));
        }
        if let Some(modality) = holder.holds {
            held.hold(modality, format!("modality:{}:{}", holder.id.as_str(), tree.lemma(predicate)));
        }
    }
}

/// A shortened "had" before a participle, which the tags take for "would".
pub(super) fn is_had(tree: &Tree<'_>, aux: usize, predicate: usize) -> bool {
    matches!(tree.word(aux), "'d" | "’d")
        && tree.token(predicate).fine == Fine::Vbn
        && tree.child(predicate, Relation::AuxPass).is_none()
        && !tree
            .children_by(predicate, Relation::Aux)
            .any(|other| other > aux && matches!(tree.lemma(other), "have" | "be"))
}

/// "Have to", "has got to".
fn is_have_to(tree: &Tree<'_>, at: usize) -> bool {
    let word = |at: usize| (at < tree.analysis.tokens.len()).then(|| tree.token(at).fine == Fine::To);
    word(at + 1) == Some(true)
        || word(at + 2) == Some(true) && (tree.lemma(at + 1) == "get" || tree.token(at + 1).tag == Tag::Adv)
}

/// Whether "would" tells what is to come: no condition in its sentence, no perfect, and no wish.
fn is_foreseen(tree: &Tree<'_>, predicate: usize, aux: usize) -> bool {
    const MAX_TOKENS: usize = 80;
    let sentence = tree.analysis.sentences[tree.token(aux).sentence].tokens.clone();
    let near = sentence.start.max(aux.saturating_sub(MAX_TOKENS))..sentence.end.min(aux + MAX_TOKENS);
    let is_past = tree.children_by(predicate, Relation::Aux).any(|other| tree.lemma(other) == "have");
    !is_past
        && (tree.word(aux) == "would" || tree.token(predicate).fine == Fine::Vb)
        && !matches!(tree.lemma(predicate), "like" | "prefer" | "love" | "rather" | "say" | "think" | "point")
        && !near
            .into_iter()
            .any(|at| matches!(tree.lemma(at), "if" | "unless" | "otherwise" | "without" | "rather"))
}

fn auxiliaries(tree: &Tree<'_>, predicate: usize, held: &mut Held) {
    for aux in tree.children_by(predicate, Relation::Aux) {
        // "Should the talks fail, the North will close the gate": the first belongs to the condition.
        let is_of_condition = tree.word(aux) == "Should"
            && tree
                .children_by(predicate, Relation::Aux)
                .any(|other| other > aux && tree.token(other).fine == Fine::Md);
        if is_of_condition {
            continue;
        }
        // "We'd already narrowed": had.
        if is_had(tree, aux, predicate) {
            continue;
        }
        let modality = match (tree.lemma(aux), tree.token(aux).fine) {
            ("must" | "should" | "ought" | "need", _) => Modality::Required,
            ("will" | "shall" | "'ll" | "’ll" | "wo", Fine::Md) => Modality::Planned,
            // "The army would leave in the second phase": what a plan foresees, unless a condition is in the way.
            ("would" | "'d" | "’d", Fine::Md) if is_foreseen(tree, predicate, aux) => Modality::Planned,
            ("would", _) => Modality::Possible,
            ("may" | "might" | "could" | "can" | "ca", _) => Modality::Possible,
            _ => continue,
        };
        held.hold(modality, format!("modality:{}", tree.lemma(aux)));
    }
}

fn adverbs(tree: &Tree<'_>, numbered: &Numbered, lexicon: &Lexicon, predicate: usize, held: &mut Held) {
    for adverb in tree.children_by(predicate, Relation::Advmod) {
        for holder in lexicon.holders_at(numbered, adverb) {
            if let (Some(modality), None) = (holder.holds, holder.implies) {
                held.hold(modality, format!("modality:{}:{}", holder.id.as_str(), tree.lemma(adverb)));
            }
        }
    }
}
