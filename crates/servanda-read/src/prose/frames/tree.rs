//! The tree of a text made quick to walk: children and the run of tokens below each token, in one pass over the text.

use std::ops::Range;

use servanda_language::{Analysis, Fine, Relation, Tag, Token};

/// Children and extents of every token.
pub(crate) struct Tree<'a> {
    pub(crate) text: &'a str,
    pub(crate) analysis: &'a Analysis,
    offsets: Vec<u32>,
    children: Vec<u32>,
    extents: Vec<(u32, u32)>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(text: &'a str, analysis: &'a Analysis) -> Tree<'a> {
        let n = analysis.tokens.len();
        let mut offsets = vec![0u32; n + 1];
        let hangs = |at: usize, token: &Token| token.head != at && token.head < n;
        for (at, token) in analysis.tokens.iter().enumerate().filter(|(at, token)| hangs(*at, token)) {
            debug_assert!(at < n);
            offsets[token.head + 1] += 1;
        }
        for at in 0..n {
            offsets[at + 1] += offsets[at];
        }
        let mut next = offsets.clone();
        let mut children = vec![0u32; offsets[n] as usize];
        for (at, token) in analysis.tokens.iter().enumerate().filter(|(at, token)| hangs(*at, token)) {
            children[next[token.head] as usize] = at as u32;
            next[token.head] += 1;
        }
        let mut tree = Tree { text, analysis, offsets, children, extents: Vec::new() };
        tree.extents = tree.find_extents();
        tree
    }

    /// Parents come before their children in `order`, so one walk back over it joins the extents.
    fn find_extents(&self) -> Vec<(u32, u32)> {
        let n = self.analysis.tokens.len();
        let mut extents: Vec<(u32, u32)> = (0..n as u32).map(|at| (at, at)).collect();
        let mut order: Vec<usize> = (0..n).filter(|at| self.token(*at).head == *at).collect();
        let mut done = 0;
        while done < order.len() {
            order.extend(self.children(order[done]));
            done += 1;
        }
        for at in order.into_iter().rev() {
            let head = self.token(at).head;
            if head != at && head < n {
                let (low, high) = extents[at];
                extents[head] = (extents[head].0.min(low), extents[head].1.max(high));
            }
        }
        extents
    }

    pub(crate) fn token(&self, at: usize) -> &Token {
        &self.analysis.tokens[at]
    }

    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.analysis.word(self.text, at)
    }

    pub(crate) fn lemma(&self, at: usize) -> &'a str {
        self.analysis.lemma(at)
    }

    pub(crate) fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.offsets[at] as usize..self.offsets[at + 1] as usize;
        self.children[range].iter().map(|child| *child as usize)
    }

    pub(crate) fn children_by(&self, at: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        self.children(at).filter(move |child| self.token(*child).relation == relation)
    }

    pub(crate) fn child(&self, at: usize, relation: Relation) -> Option<usize> {
        self.children_by(at, relation).next()
    }

    /// First child by one of these relations.
    pub(crate) fn child_of(&self, at: usize, relations: &[Relation]) -> Option<usize> {
        self.children(at).find(|child| relations.contains(&self.token(*child).relation))
    }

    /// The run of tokens from the first to the last one below this one.
    pub(crate) fn extent(&self, at: usize) -> Range<usize> {
        let (low, high) = self.extents[at];
        low as usize..high as usize + 1
    }

    pub(crate) fn is_verb(&self, at: usize) -> bool {
        matches!(self.token(at).tag, Tag::Verb | Tag::Aux)
    }

    pub(crate) fn is_noun(&self, at: usize) -> bool {
        matches!(self.token(at).tag, Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num)
    }

    /// Word that marks the phrase of this token: its first case or mark.
    pub(crate) fn case(&self, at: usize) -> Option<&'a str> {
        self.child_of(at, &[Relation::Case, Relation::Mark]).map(|case| self.lemma(case))
    }

    /// Coordinated tokens: this one and those that hang from it as conjuncts, if nouns are joined with nouns.
    pub(crate) fn coordinated(&self, at: usize) -> Vec<usize> {
        let mut list = vec![at];
        for conj in self.children_by(at, Relation::Conj) {
            if self.is_noun(conj) == self.is_noun(at) && self.child(conj, Relation::Nsubj).is_none() {
                list.push(conj);
            }
        }
        list
    }

    /// Whether the token stands in a finite verb group: it or one of its auxiliaries is finite.
    pub(crate) fn is_finite(&self, at: usize) -> bool {
        let finite =
            |token: usize| matches!(self.token(token).fine, Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md);
        finite(at)
            || self.children(at).any(|child| {
                matches!(self.token(child).relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
                    && finite(child)
            })
    }

    /// Whether an infinitive: "to" marks it.
    pub(crate) fn is_infinitive(&self, at: usize) -> bool {
        self.children(at).any(|child| self.token(child).fine == Fine::To) && !self.is_finite(at)
    }

    /// Whether the clause is in the passive.
    pub(crate) fn is_passive(&self, at: usize) -> bool {
        self.token(at).fine == Fine::Vbn
            && self.child_of(at, &[Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent]).is_some()
            || self.child(at, Relation::AuxPass).is_some()
    }
}
