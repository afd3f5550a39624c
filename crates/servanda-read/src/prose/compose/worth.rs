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

/// Whether the words only lead through the talk and say nothing of the matter: thanks, greetings, calls for questions, fillers.
/// Only words in the first or second person can.
pub(super) fn is_procedure(layers: &Layers<'_>, span: Span) -> bool {
    let words = layers.words(span).to_lowercase().replace('’', "'");
    let words = words.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_short = words.split_whitespace().count() <= SHORT_WORDS;
    OPENINGS.iter().any(|opening| {
        words
            .strip_prefix(opening)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(|next: char| !next.is_alphanumeric()))
    }) && is_short
        || PHRASES.iter().any(|phrase| words.contains(phrase))
}

/// Longer sentences that begin with a filler say something besides.
const SHORT_WORDS: usize = 9;
/// Beginnings of what is no assertion.
const OPENINGS: [&str; 34] = [
    "thank you",
    "thanks",
    "good morning",
    "good afternoon",
    "good evening",
    "welcome back",
    "hello",
    "hi",
    "hey",
    "all right",
    "okay",
    "ok",
    "yeah",
    "yes",
    "no",
    "sorry",
    "excuse me",
    "go ahead",
    "make no mistake",
    "let me be clear",
    "let me be very clear",
    "i mean",
    "you know",
    "let's see",
    "let me see",
    "as you know",
    "i've said it",
    "i have said it",
    "i've said that",
    "that's right",
    "that's correct",
    "please",
    "look",
    "well",
];
/// Words that give the floor, take it, or turn to somebody in the room.
const PHRASES: [&str; 30] = [
    "take some questions",
    "take a few questions",
    "take your questions",
    "take questions",
    "take a question",
    "take any questions",
    "answer your questions",
    "turn it over to",
    "turn it back",
    "hand it over to",
    "hand it off to",
    "q&a",
    "next question",
    "follow-up question",
    "thank you for joining",
    "thanks for joining",
    "thank you all for joining",
    "joining us for",
    "i'd point you to",
    "i would point you to",
    "i'd refer you to",
    "i would refer you to",
    "i take that back",
    "get back to you",
    "write down all your questions",
    "you asked about",
    "you asked me about",
    "apologize for my",
    "apologise for my",
    "appreciate the question",
];

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
