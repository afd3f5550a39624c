//! The lexicon: which words make which frame, and how words hold what follows them.

use std::collections::HashMap;
use std::sync::LazyLock;

use servanda_model::{ClaimKind, CommitmentLevel, Diagnostic, Modality, Name, Polarity};

use super::lexicon_file;

/// What some words say: their kind of claim, their category, and where their roles stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Name; a dot parts the family from its member (`attack.aerial`).
    pub id: Name,
    /// Sort of claim that the words make where nothing about them says otherwise.
    pub kind: ClaimKind,
    /// Category of the PLOVER manual, perhaps with mode (`ASSAULT-aerial`).
    pub plover: Option<String>,
    /// Issue, where the frame is always about one.
    pub issue: Option<Name>,
    /// How firm a pledge or participation these words make.
    pub commitment: Option<CommitmentLevel>,
    /// Whether the words deny what follows them ("resist", "dismiss").
    pub is_negative: bool,
    /// How the words hold what follows them; `None` where they are no attitude.
    pub holds: Option<Modality>,
    /// Where the one acted upon stands: `subject`, `object`, or prepositions.
    pub target: Vec<String>,
    /// Where the thing stands.
    pub object: Vec<String>,
    /// Prepositions of the place, besides the general ones.
    pub place: Vec<String>,
}

impl Frame {
    /// The category without its mode.
    pub fn category(&self) -> Option<&str> {
        self.plover.as_deref().map(|plover| plover.split_once('-').map_or(plover, |(category, _)| category))
    }
}

/// Part of speech of the word that carries a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carrier {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective, adverb or participle.
    Adjective,
}

/// Lemmas that stand side by side, by their numbers in the lexicon.
pub(super) type Run = Vec<u32>;

/// A pattern of lemmas: elements in order, each with alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub frame: usize,
    pub carrier: Carrier,
    /// The first element carries the clause; the others follow within a few words.
    pub elements: Vec<Vec<Run>>,
}

/// How a word holds the clause below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    pub id: Name,
    pub holds: Option<Modality>,
    pub implies: Option<Polarity>,
}

/// An issue and the words that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Issue {
    pub id: Name,
    /// Words that show it.
    pub patterns: Vec<Vec<Vec<Run>>>,
    /// Words that hint at it, where nothing shows another one.
    pub hints: Vec<Vec<Vec<Run>>>,
    /// Whether a case added it: then its words go before all others.
    pub is_of_case: bool,
}

/// Frames, holders and issues, ready to be looked up by lemma.
///
/// Invariant: what is found depends on the files and their order only; the maps are looked up, never walked through.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    pub(super) frames: Vec<Frame>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) holders: Vec<Holder>,
    pub(super) issues: Vec<Issue>,
    /// Number of each lemma that a pattern knows; from 1.
    pub(super) numbers: HashMap<String, u32>,
    /// Patterns by the first lemma of their first element.
    pub(super) by_first: HashMap<u32, Vec<u32>>,
    /// Holders by lemma.
    pub(super) holder_of: HashMap<u32, Vec<usize>>,
}

const BUILTIN: &str = include_str!("../../../data/frames.toml");

impl Lexicon {
    /// The lexicon of the program, `data/frames.toml`.
    pub fn builtin() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon::default();
            lexicon_file::read(&mut lexicon, "frames.toml", BUILTIN);
            lexicon
        });
        &LEXICON
    }

    /// This lexicon with the `[[frame]]`, `[[holder]]` and `[[issue]]` tables of a case's file. A frame of a known id adds its
    /// patterns to the known one and replaces the fields that it gives; patterns of a case win over as long ones of the
    /// program.
    ///
    /// # Diagnostics
    /// C150 to C158.
    pub fn with(&self, path: &str, text: &str) -> (Lexicon, Vec<Diagnostic>) {
        let mut lexicon = self.clone();
        let diagnostics = lexicon_file::read(&mut lexicon, path, text);
        (lexicon, diagnostics)
    }

    /// Every frame, in the order of the files.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The frame of that id.
    pub fn frame(&self, id: &str) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.id == *id)
    }

    /// Number of patterns.
    pub fn n_patterns(&self) -> usize {
        self.patterns.len()
    }

    /// Ids of the issues, in the order in which their words are tried.
    pub fn issues(&self) -> impl Iterator<Item = &Name> {
        self.issues.iter().map(|issue| &issue.id)
    }

    /// Number of a lemma; 0 for one that no pattern knows.
    pub(super) fn number(&self, lemma: &str) -> u32 {
        self.numbers.get(lemma).copied().unwrap_or(0)
    }

    pub(super) fn number_for(&mut self, lemma: &str) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(lemma.to_owned()).or_insert(next)
    }

    pub(super) fn add(&mut self, pattern: Pattern) {
        let number = self.patterns.len() as u32;
        for run in &pattern.elements[0] {
            let list = self.by_first.entry(run[0]).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
        self.patterns.push(pattern);
    }
}

impl Lexicon {
    /// The holders that a token is, in the order of the files.
    pub(crate) fn holders_at<'l>(
        &'l self,
        numbered: &super::hits::Numbered,
        token: usize,
    ) -> impl Iterator<Item = &'l Holder> + 'l {
        let list = numbered.names(token).find_map(|number| self.holder_of.get(&number));
        list.map_or(&[] as &[usize], Vec::as_slice).iter().map(|at| &self.holders[*at])
    }

    /// Whether a holder of that id has the token among its lemmas.
    pub(crate) fn is_holder(&self, numbered: &super::hits::Numbered, token: usize, id: &str) -> bool {
        self.holders_at(numbered, token).any(|holder| holder.id == *id)
    }
}
