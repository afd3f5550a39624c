//! Sentences that assert something and that no rule took: each is one plain claim, so that nothing said is passed over.

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ClaimKind, Modality, Polarity, QuoteType, Span, Tense};

use super::Layers;
use super::amounts::contains;
use crate::prose::{Proposition, Roles};

/// A proposition for each sentence that has none: its main clause, of no frame.
pub(in crate::prose) fn rest(layers: &Layers<'_>) -> Vec<Proposition> {
    (0..layers.analysis.sentences.len())
        .filter(|sentence| layers.index.propositions(*sentence).is_empty())
        .filter_map(|sentence| plain(layers, sentence))
        .collect()
}

fn plain(layers: &Layers<'_>, sentence: usize) -> Option<Proposition> {
    let analysis = layers.analysis;
    let found = &analysis.sentences[sentence];
    let text = layers.prose.text.get(found.start..found.end)?.trim_end();
    let asks = text.trim_end_matches(['”', '"', '’', '\'', ')']).ends_with('?');
    if !found.is_english || asks {
        return None;
    }
    let root = found.tokens.clone().find(|token| analysis.tokens[*token].relation == Relation::Root)?;
    analysis.child(root, Relation::Nsubj).or_else(|| analysis.child(root, Relation::NsubjPass))?;
    // What only says that something is said asserts nothing of its own, unless what is said is a bare phrase in the same
    // sentence ("discussed the situation", "condemned the attack").
    let at = analysis.tokens[root].start;
    let whole = Span::new(found.start, found.end);
    let utterances = layers.index.utterances(sentence).iter().map(|at| &layers.utterances[*at]);
    for utterance in utterances.filter(|one| one.cue.is_some_and(|cue| cue.start <= at && at < cue.end)) {
        let is_here = utterance.content.iter().any(|part| contains(whole, *part) && !part.is_empty());
        if !is_here || utterance.quote_type == QuoteType::Direct {
            return None;
        }
    }
    let fine = |token: usize| analysis.tokens[token].fine;
    let aux: Vec<usize> = analysis
        .children(root)
        .filter(|child| {
            matches!(analysis.tokens[*child].relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
        })
        .collect();
    let forms = || aux.iter().copied().chain([root]);
    let is_past = forms().any(|token| fine(token) == Fine::Vbd)
        || aux.iter().any(|token| analysis.lemma(*token) == "have")
        || fine(root) == Fine::Vbn;
    let modal = aux
        .iter()
        .copied()
        .find(|token| fine(*token) == Fine::Md)
        .map(|token| analysis.lemma(token).to_lowercase());
    let (modality, tense) = match modal.as_deref() {
        Some("will" | "shall" | "'ll") => (Modality::Expected, Tense::Future),
        Some("must" | "should" | "ought") => (Modality::Required, Tense::Present),
        Some(_) => (Modality::Possible, Tense::Future),
        None => (Modality::Actual, if is_past { Tense::Past } else { Tense::Present }),
    };
    let is_negated = analysis.children(root).any(|child| {
        matches!(analysis.lemma(child).to_lowercase().as_str(), "not" | "n't" | "never") || {
            analysis.lemma(child).eq_ignore_ascii_case("nothing")
                || analysis.children(child).any(|below| analysis.lemma(below) == "no")
        }
    });
    let happens = is_past
        && modality == Modality::Actual
        && analysis.tokens[root].tag == Tag::Verb
        && !matches!(
            analysis.lemma(root),
            "remain" | "have" | "know" | "think" | "need" | "include" | "mean"
        );
    let object = analysis.child(root, Relation::Obj).map(|object| analysis.lemma(object).to_owned());
    let action =
        [Some(analysis.lemma(root).to_owned()), object].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(Proposition {
        predicate: root,
        span: Span::new(found.start, found.start + text.trim_end_matches(['.', '!']).len()),
        frame: None,
        kind: match (modality, happens) {
            (Modality::Required, _) => ClaimKind::Position,
            (_, true) => ClaimKind::Event,
            _ => ClaimKind::Statement,
        },
        plover: None,
        action,
        issue: None,
        roles: Roles::default(),
        polarity: if is_negated { Polarity::Negative } else { Polarity::Affirmative },
        modality,
        tense,
        condition: None,
        commitment_level: None,
        parent: None,
        rules: vec!["clause:plain".to_owned()],
    })
}
