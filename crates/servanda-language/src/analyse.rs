//! A text and its blocks become an analysis.

use std::collections::HashMap;
use std::ops::Range;

use crate::tokens::{Gap, Word, Words, tokens};
use crate::{Analysis, Model, Relation, Sentence, Token, english, sentences, shapes};

/// Tokens, sentences, tags, lemmas and trees of the text within `blocks`, byte ranges in order that do not overlap.
///
/// Text outside the blocks is not analysed; no sentence crosses from one into the next. A range that overlaps the one
/// before, leaves the text or cuts a character is narrowed until it does not. Linear in the length of the text.
pub fn analyse(model: &Model, text: &str, blocks: &[Range<usize>]) -> Analysis {
    let mut words = Words::default();
    let mut found = Vec::new();
    let mut past = 0;
    for block in blocks {
        let block = narrowed(text, block, past);
        past = block.end;
        let first = words.words.len();
        let is_known = |word: &str| model.is_known(word);
        tokens(text, block, &is_known, &mut words);
        let range = first..words.words.len();
        sentences::sentences(text, &words, range, &is_known, &mut found);
    }
    filled(model, text, &words, &found)
}

/// Tags, lemmas and trees of tokens and sentences that are given: bytes of each token in order, and each sentence as a
/// run of tokens. For evaluation against text whose tokens are known.
pub fn analyse_given(
    model: &Model,
    text: &str,
    tokens: &[Range<usize>],
    sentences: &[Range<usize>],
) -> Analysis {
    let word =
        |range: &Range<usize>| Word { start: range.start, end: range.end, gap: Gap::Space, form: None };
    let mut words = Words { words: tokens.iter().map(word).collect(), repaired: Vec::new() };
    for at in 1..words.words.len() {
        if words.words[at - 1].end == words.words[at].start {
            words.words[at].gap = Gap::None;
        }
    }
    filled(model, text, &words, sentences)
}

/// The range within the text, behind what is past, on character bounds.
fn narrowed(text: &str, block: &Range<usize>, past: usize) -> Range<usize> {
    let bound = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let start = bound(block.start).max(past);
    start..bound(block.end).max(start)
}

/// Every sentence with tags, lemmas and its tree.
fn filled(_model: &Model, text: &str, words: &Words, found: &[Range<usize>]) -> Analysis {
    let mut analysis = Analysis::default();
    let mut lemmas: HashMap<String, u32> = HashMap::new();
    for range in found.iter().filter(|range| !range.is_empty()) {
        let form = |at: usize| words.form(text, at);
        let is_english = english::is_english(range.clone().map(form));
        for at in range.clone() {
            let word = &words.words[at];
            let (tag, fine) = shapes::tags(form(at));
            let n = lemmas.len() as u32;
            let lemma = *lemmas.entry(form(at).to_owned()).or_insert(n);
            if lemma == n {
                analysis.lemmas.push(form(at).to_owned());
            }
            analysis.tokens.push(Token {
                start: word.start,
                end: word.end,
                tag,
                fine,
                lemma,
                head: analysis.tokens.len(),
                relation: Relation::Root,
                sentence: analysis.sentences.len(),
            });
        }
        let first = analysis.tokens.len() - range.len();
        analysis.sentences.push(Sentence {
            tokens: first..analysis.tokens.len(),
            start: words.words[range.start].start,
            end: words.words[range.end - 1].end,
            is_english,
        });
    }
    analysis
}
