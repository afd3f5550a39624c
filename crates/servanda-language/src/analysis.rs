//! What is known of a text after analysis.

use std::ops::Range;

use crate::{Fine, Relation, Tag};

/// One word, number or mark of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text that was analysed.
    pub start: usize,
    /// One past the last byte. A word that a line end hyphenates is one token that spans the break.
    pub end: usize,
    /// Universal part of speech.
    pub tag: Tag,
    /// Part of speech of the Penn treebank, which tells the forms of verbs apart.
    pub fine: Fine,
    /// Which lemma, see [`Analysis::lemma`].
    pub lemma: u32,
    /// Token that this one hangs from, as an index into [`Analysis::tokens`]; its own index where it is the root.
    pub head: usize,
    /// How it hangs from its head.
    pub relation: Relation,
    /// Sentence that holds it, as an index into [`Analysis::sentences`].
    pub sentence: usize,
}

/// A sentence: a run of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, as indices into [`Analysis::tokens`]; never empty.
    pub tokens: Range<usize>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it was read as English; other sentences have tokens, tags by shape only, and a flat tree.
    pub is_english: bool,
}

/// A text as tokens, sentences, tags, lemmas and trees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Every token, in the order of the text.
    pub tokens: Vec<Token>,
    /// Every sentence, in the order of the text.
    pub sentences: Vec<Sentence>,
    /// Lemmas, in the order of first use.
    pub lemmas: Vec<String>,
}

impl Analysis {
    /// Lemma of a token: the dictionary form in small letters; names keep their capitals.
    pub fn lemma(&self, token: usize) -> &str {
        &self.lemmas[self.tokens[token].lemma as usize]
    }

    /// The token as written. `text` must be the text that was analysed.
    pub fn word<'t>(&self, text: &'t str, token: usize) -> &'t str {
        &text[self.tokens[token].start..self.tokens[token].end]
    }

    /// Bytes from the first to the last of these tokens; empty for no tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match self.tokens.get(tokens.clone()) {
            Some([first, .., last]) => first.start..last.end,
            Some([only]) => only.start..only.end,
            _ => 0..0,
        }
    }

    /// Tokens that hang from this one, in the order of the text.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.sentences[self.tokens[token].sentence].tokens.clone();
        sentence.filter(move |child| *child != token && self.tokens[*child].head == token)
    }

    /// The first token that hangs from this one by that relation.
    pub fn child(&self, token: usize, relation: Relation) -> Option<usize> {
        self.children(token).find(|child| self.tokens[*child].relation == relation)
    }

    /// Whether `token` is `ancestor` or hangs below it. Ends on any input: a chain is never longer than its sentence.
    pub fn is_below(&self, token: usize, ancestor: usize) -> bool {
        let n = self.sentences[self.tokens[token].sentence].tokens.len();
        let mut at = token;
        for _ in 0..=n {
            if at == ancestor {
                return true;
            }
            if self.tokens[at].head == at {
                return false;
            }
            at = self.tokens[at].head;
        }
        false
    }

    /// The smallest run of tokens that holds a token and everything below it.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let sentence = self.sentences[self.tokens[token].sentence].tokens.clone();
        let below = |at: &usize| self.is_below(*at, token);
        let first = sentence.clone().find(below).unwrap_or(token);
        let last = sentence.rev().find(below).unwrap_or(token);
        first..last + 1
    }

    /// The tokens that lie wholly or partly in these bytes.
    pub fn tokens_in(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.end <= bytes.start);
        let last = self.tokens.partition_point(|token| token.start < bytes.end);
        first..last.max(first)
    }
}
