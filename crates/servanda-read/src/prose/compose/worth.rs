//! Is it a claim at all?

use servanda_language::{Fine, Tag};
use servanda_model::Span;

use super::Layers;
use crate::prose::{Block, Proposition};

/// Whether the words assert too little to be filed: a single word without a figure, a bare purpose that no frame knows, a
/// title that names its document and says nothing ("Statement by ...").
pub(super) fn is_fragment(layers: &Layers<'_>, block: &Block, proposition: &Proposition, span: Span) -> bool {
    let analysis = layers.analysis;
    let tokens = analysis.tokens_in(span.start..span.end);
    if n_content(layers, span) < 2 {
        return true;
    }
    let is_finite =
        |token: usize| matches!(analysis.tokens[token].fine, Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md);
    if block.role.is_headline() && !layers.prose.blocks.is_empty() {
        let whole = analysis.tokens_in(block.span.start..block.span.end);
        if !whole.clone().any(is_finite) {
            return true;
        }
    }
    let is_purpose = analysis.tokens.get(tokens.start).is_some_and(|first| first.fine == Fine::To);
    is_purpose && proposition.frame.is_none() && !tokens.into_iter().any(is_finite)
}

/// How many words of the span say something: nouns, names, verbs, adjectives, adverbs, numbers.
pub(super) fn n_content(layers: &Layers<'_>, span: Span) -> usize {
    let says = |token: &usize| {
        matches!(
            layers.analysis.tokens[*token].tag,
            Tag::Noun | Tag::Propn | Tag::Verb | Tag::Adj | Tag::Adv | Tag::Num
        )
    };
    layers.analysis.tokens_in(span.start..span.end).filter(says).count()
}
