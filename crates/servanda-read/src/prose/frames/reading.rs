//! What is known of one text while its propositions are found.

use servanda_language::{Analysis, Relation};
use servanda_model::ClaimKind;

use super::clause::{Clause, Hang};
use super::duty;
use super::hits::{Hit, Numbered, hits_in};
use super::lexicon::{Frame, Lexicon};
use super::tree::Tree;
use crate::prose::Utterance;

/// Words painted for each token of the text at most, so that quotations within quotations stay cheap.
const MAX_PAINT: usize = 8;

/// The text with its tree, the frames found in it, and who says which of its words.
pub(crate) struct Reading<'a> {
    pub tree: Tree<'a>,
    pub lexicon: &'a Lexicon,
    pub numbered: Numbered,
    pub hits: Vec<Hit>,
    pub utterances: &'a [Utterance],
    /// Hit carried by each token, plus one.
    hit_at: Vec<u32>,
    /// Utterance whose cue each token belongs to, plus one.
    cue_at: Vec<u32>,
    /// Innermost utterance whose content holds each token, plus one.
    owner: Vec<u32>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(
        text: &'a str,
        analysis: &'a Analysis,
        utterances: &'a [Utterance],
        lexicon: &'a Lexicon,
    ) -> Reading<'a> {
        let numbered = Numbered::new(text, analysis, lexicon);
        let tree = Tree::new(text, analysis);
        let hits = with_duties(&tree, lexicon, hits_in(analysis, lexicon, &numbered));
        let n = analysis.tokens.len();
        let mut hit_at = vec![0u32; n];
        for (number, hit) in hits.iter().enumerate() {
            hit_at[hit.predicate] = number as u32 + 1;
        }
        let (cue_at, owner) = painted(analysis, utterances);
        Reading { tree, lexicon, numbered, hits, utterances, hit_at, cue_at, owner }
    }

    /// The frame found at a token.
    pub(crate) fn hit(&self, at: usize) -> Option<&Hit> {
        (self.hit_at[at] as usize).checked_sub(1).map(|number| &self.hits[number])
    }

    pub(crate) fn frame_at(&self, at: usize) -> Option<&'a Frame> {
        self.hit(at).map(|hit| &self.lexicon.frames[hit.frame])
    }

    /// The utterance whose cue holds the token.
    pub(crate) fn cue_of(&self, at: usize) -> Option<&'a Utterance> {
        (self.cue_at[at] as usize).checked_sub(1).map(|number| &self.utterances[number])
    }

    /// The innermost utterance that holds the token.
    pub(crate) fn owner_of(&self, at: usize) -> Option<&'a Utterance> {
        (self.owner[at] as usize).checked_sub(1).map(|number| &self.utterances[number])
    }

    /// Whether the clause says that something is said: by the utterances, or by a plain verb of saying with its content.
    pub(crate) fn is_cue(&self, clauses: &[Clause], number: usize) -> bool {
        let at = clauses[number].predicate;
        let has_content = || {
            clauses.iter().any(|below| below.above == Some(number) && matches!(below.hang, Hang::Content))
                || self.tree.children_by(at, Relation::Parataxis).next().is_some()
        };
        if self.cue_of(at).is_some_and(|utterance| utterance.is_communication) {
            return self.is_spoken(at) || has_content();
        }
        self.lexicon.is_holder(&self.numbered, at, "speech") && has_content()
            || self.lexicon.is_holder(&self.numbered, at, "evident") && self.is_about_it(at) && has_content()
            || self.tree.lemma(at) == "become"
                && self.is_about_it(at)
                && self
                    .tree
                    .children_by(at, Relation::Xcomp)
                    .any(|word| self.lexicon.is_holder(&self.numbered, word, "evident"))
    }

    /// "It is clear that".
    fn is_about_it(&self, at: usize) -> bool {
        let tree = &self.tree;
        tree.child(at, Relation::Expl).is_some()
            || tree.child(at, Relation::Nsubj).is_some_and(|subject| tree.lemma(subject) == "it")
    }

    /// Whether a cue's word tells an act of words: "the guard attacked the convoy" is no way of speaking.
    pub(crate) fn is_spoken(&self, at: usize) -> bool {
        self.frame_at(at).is_none_or(|frame| {
            frame.holds.is_some()
                || matches!(
                    frame.kind,
                    ClaimKind::Statement | ClaimKind::Position | ClaimKind::Pledge | ClaimKind::Body
                )
                || !matches!(
                    frame.category(),
                    Some(
                        "ASSAULT"
                            | "COERCE"
                            | "PROTEST"
                            | "MOBILIZE"
                            | "AID"
                            | "COOPERATE"
                            | "SANCTION"
                            | "RETREAT"
                    )
                )
        })
    }

    /// Whether the cue is an attitude whose content is no clause of its own: "demands guarantees".
    pub(crate) fn is_attitude_cue(&self, clauses: &[Clause], number: usize) -> bool {
        let at = clauses[number].predicate;
        let Some(frame) = self.frame_at(at) else { return false };
        let has_content = clauses.iter().any(|below| {
            below.above == Some(number) && below.hang == Hang::Content && self.tree.is_finite(below.predicate)
        });
        !has_content && (frame.kind != ClaimKind::Statement || frame.holds.is_some())
    }

    /// Whether the clause is a condition by its conjunction.
    pub(crate) fn is_conditional(&self, at: usize) -> bool {
        // "As long as", however the tree hangs its words.
        let start = self.tree.extent(at).start;
        let is_long = |at: usize| {
            at > 0 && self.tree.lemma(at) == "as" && matches!(self.tree.lemma(at - 1), "long" | "soon")
        };
        if is_long(start) || start > 0 && is_long(start - 1) {
            return true;
        }
        // "Should the talks fail".
        let first = self.tree.children(at).next();
        if first.is_some_and(|first| {
            self.tree.word(first) == "Should"
                && self.tree.token(first).relation == Relation::Aux
                && self
                    .tree
                    .child_of(at, &[Relation::Nsubj, Relation::NsubjPass])
                    .is_some_and(|subject| subject > first)
        }) {
            return true;
        }
        let mut marks = self.tree.children(at).filter(|child| {
            matches!(self.tree.token(*child).relation, Relation::Mark | Relation::Case | Relation::Advmod)
                && *child < at
        });
        marks.any(|mark| {
            matches!(
                self.tree.word(mark).to_ascii_lowercase().as_str(),
                "if" | "unless" | "until" | "till" | "once" | "before" | "without" | "provided" | "providing"
            ) || matches!(self.tree.lemma(mark), "long" | "soon")
                || self.tree.lemma(mark) == "as"
                    && mark > 0
                    && matches!(self.tree.lemma(mark - 1), "long" | "soon")
        })
    }
}

/// The hits with those of shapes that lay a duty on somebody, in the order of the text.
fn with_duties(tree: &Tree<'_>, lexicon: &Lexicon, mut hits: Vec<Hit>) -> Vec<Hit> {
    let sentences = tree.analysis.sentences.iter().filter(|sentence| sentence.is_english);
    let duties: Vec<Hit> =
        sentences.flat_map(|sentence| duty::hits(tree, lexicon, sentence.tokens.clone())).collect();
    if !duties.is_empty() {
        let is_taken = |hit: &Hit| duties.binary_search_by_key(&hit.predicate, |duty| duty.predicate).is_ok();
        hits.retain(|hit| !is_taken(hit));
        hits.extend(duties);
        hits.sort_by_key(|hit| hit.predicate);
        hits.dedup_by_key(|hit| hit.predicate);
    }
    hits
}

fn painted(analysis: &Analysis, utterances: &[Utterance]) -> (Vec<u32>, Vec<u32>) {
    let n = analysis.tokens.len();
    let (mut cue_at, mut owner) = (vec![0u32; n], vec![0u32; n]);
    let length = |utterance: &Utterance| utterance.content.iter().map(|span| span.len()).sum::<usize>();
    let mut order: Vec<usize> = (0..utterances.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(length(&utterances[*at])));
    let mut left = n.saturating_mul(MAX_PAINT);
    for at in order {
        let utterance = &utterances[at];
        for span in &utterance.content {
            let tokens = analysis.tokens_in(span.start..span.end);
            if tokens.len() > left {
                continue;
            }
            left -= tokens.len();
            owner[tokens].fill(at as u32 + 1);
        }
        if let Some(cue) = utterance.cue {
            let tokens = analysis.tokens_in(cue.start..cue.end);
            if tokens.len() <= left {
                left -= tokens.len();
                cue_at[tokens].fill(at as u32 + 1);
            }
        }
    }
    (cue_at, owner)
}
