//! What lies in which sentence, so that putting claims together takes time in the length of the text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use servanda_language::Analysis;
use servanda_model::Span;

use crate::prose::{Mention, Proposition, Utterance, Who};

/// Positions in the layers, by sentence and by token.
#[derive(Default)]
pub(in crate::prose) struct Index {
    propositions: Vec<Vec<usize>>,
    utterances: Vec<Vec<usize>>,
    mention_of_head: HashMap<usize, usize>,
    mentions: Vec<Vec<usize>>,
    /// Words of the full names of private persons.
    names: HashSet<String>,
}

impl Index {
    pub fn new(
        text: &str,
        analysis: &Analysis,
        mentions: &[Mention],
        utterances: &[Utterance],
        propositions: &[Proposition],
    ) -> Index {
        let n = analysis.sentences.len();
        let mut index = Index {
            propositions: vec![Vec::new(); n],
            utterances: vec![Vec::new(); n],
            mention_of_head: HashMap::new(),
            mentions: vec![Vec::new(); n],
            names: HashSet::new(),
        };
        for (at, proposition) in propositions.iter().enumerate() {
            for sentence in sentences_of(analysis, proposition.span) {
                index.propositions[sentence].push(at);
            }
        }
        for (at, utterance) in utterances.iter().enumerate() {
            for sentence in utterance.content.iter().flat_map(|span| sentences_of(analysis, *span)) {
                if index.utterances[sentence].last() != Some(&at) {
                    index.utterances[sentence].push(at);
                }
            }
        }
        for (at, mention) in mentions.iter().enumerate() {
            if mention.who == Who::Private && mention.tokens.len() > 1 {
                let words = mention.span.of(text).unwrap_or_default().split_whitespace();
                index.names.extend(words.filter(|word| word.len() > 2).map(str::to_owned));
            }
            index.mention_of_head.entry(mention.head).or_insert(at);
            if let Some(token) = analysis.tokens.get(mention.tokens.start) {
                index.mentions[token.sentence].push(at);
            }
        }
        index
    }

    /// Propositions that lie in the sentence, wholly or partly.
    pub fn propositions(&self, sentence: usize) -> &[usize] {
        self.propositions.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Utterances with content in the sentence.
    pub fn utterances(&self, sentence: usize) -> &[usize] {
        self.utterances.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Mentions in the sentence.
    pub fn mentions(&self, sentence: usize) -> &[usize] {
        self.mentions.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is part of the full name of a private person in this text.
    pub fn is_part_of_name(&self, word: &str) -> bool {
        self.names.contains(word)
    }

    /// The mention whose noun phrase this token carries.
    pub fn mention_of_head(&self, head: usize) -> Option<usize> {
        self.mention_of_head.get(&head).copied()
    }
}

/// The sentences that these bytes touch.
pub(in crate::prose) fn sentences_of(analysis: &Analysis, span: Span) -> Range<usize> {
    let first = analysis.sentences.partition_point(|sentence| sentence.end <= span.start);
    let last = analysis.sentences.partition_point(|sentence| sentence.start < span.end);
    first..last.max(first)
}

/// The items of a list in the order of the text that lie wholly in these bytes.
pub(in crate::prose) fn within<T>(list: &[T], span: Span, span_of: impl Fn(&T) -> Span) -> &[T] {
    let first = list.partition_point(|item| span_of(item).start < span.start);
    let last = list.partition_point(|item| span_of(item).start < span.end);
    &list[first..last.max(first)]
}
