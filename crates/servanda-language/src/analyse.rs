//! A text and its blocks become an analysis.

use std::collections::HashMap;
use std::ops::Range;

use crate::hash::Hash;
use crate::look::Look;
use crate::parser::{self, features::Seen};
use crate::repair::{Draft, retag};
use crate::tokens::{Gap, Word, Words, tokens};
use crate::{Analysis, Fine, Model, Relation, Sentence, Tag, Token, english, sentences, shapes, tagger};

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

/// Forms of the tokens of a text, by sentence, cut without a model.
pub(crate) fn forms(text: &str) -> Vec<Vec<String>> {
    let mut words = Words::default();
    tokens(text, 0..text.len(), &|_| false, &mut words);
    let mut found = Vec::new();
    sentences::sentences(text, &words, 0..words.words.len(), &|_| false, &mut found);
    found.into_iter().map(|range| range.map(|at| words.form(text, at).to_owned()).collect()).collect()
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
fn filled<'a>(model: &'a Model, text: &'a str, words: &'a Words, found: &[Range<usize>]) -> Analysis {
    let mut writer = Writer {
        model,
        analysis: Analysis::default(),
        lemmas: HashMap::new(),
        lemma_of: HashMap::new(),
        room: Room::default(),
    };
    for range in found.iter().filter(|range| !range.is_empty()) {
        writer.add(text, words, range.clone());
    }
    writer.analysis
}

/// Writes an analysis, sentence by sentence.
struct Writer<'a> {
    model: &'a Model,
    analysis: Analysis,
    /// Number of each lemma.
    lemmas: HashMap<String, u32>,
    /// Number of the lemma of each form under its tags.
    lemma_of: HashMap<(&'a str, Tag, Fine), u32>,
    room: Room,
}

/// What is used again from sentence to sentence.
#[derive(Default)]
struct Room {
    bytes: Vec<u8>,
    looks: Vec<Look>,
    features: Vec<Hash>,
    parser: parser::Room,
}

impl<'a> Writer<'a> {
    fn add(&mut self, text: &'a str, words: &'a Words, range: Range<usize>) {
        let is_english = english::is_english(range.clone().map(|at| words.form(text, at)));
        let first = self.analysis.tokens.len();
        if is_english {
            self.add_read(text, words, range.clone());
        } else {
            for at in range.clone() {
                let form = words.form(text, at);
                let lemma = self.lemma(form.to_owned());
                self.push(&words.words[at], shapes::tags(form), lemma, (first, Relation::Dep));
            }
            self.analysis.tokens[first].relation = Relation::Root;
        }
        self.analysis.sentences.push(Sentence {
            tokens: first..self.analysis.tokens.len(),
            start: words.words[range.start].start,
            end: words.words[range.end - 1].end,
            is_english,
        });
    }

    /// Adds the tokens of an English sentence.
    fn add_read(&mut self, text: &'a str, words: &'a Words, range: Range<usize>) {
        let (model, first) = (self.model, self.analysis.tokens.len());
        let room = &mut self.room;
        room.looks.clear();
        room.looks.extend(range.clone().map(|at| model.look(words.form(text, at), &mut room.bytes)));
        let mut tags = tagger::tag(&model.tagger, &room.looks, &mut room.features);
        let forms: Vec<&str> = range.clone().map(|at| words.form(text, at)).collect();
        let pairs: Vec<(Tag, Fine)> = tags.iter().map(|tag| model.tags[*tag as usize]).collect();
        for (at, tag) in tags.iter_mut().enumerate() {
            let number = retag(&forms, &pairs, at).and_then(|pair| model.tag_number(pair));
            *tag = number.unwrap_or(*tag);
        }
        let seen = Seen { looks: &room.looks, tags: &tags, coarse: &model.coarse };
        let tables = parser::Tables { actions: &model.actions, relations: &model.relations };
        parser::parse(tables, &seen, Relation::Root as u8, &mut room.parser);
        let state = &room.parser.state;
        let mut draft = Draft {
            words: forms,
            tags: tags.iter().map(|tag| model.tags[*tag as usize]).collect(),
            heads: state.heads.iter().map(|head| *head as usize).collect(),
            relations: state.relations.iter().map(|number| Relation::ALL[*number as usize]).collect(),
        };
        draft.mend();
        for (n, at) in range.enumerate() {
            let lemma = self.lemma_of(words.form(text, at), draft.tags[n]);
            let arc = (first + draft.heads[n], draft.relations[n]);
            self.push(&words.words[at], draft.tags[n], lemma, arc);
        }
    }

    fn push(
        &mut self,
        word: &Word,
        (tag, fine): (Tag, Fine),
        lemma: u32,
        (head, relation): (usize, Relation),
    ) {
        let sentence = self.analysis.sentences.len();
        self.analysis.tokens.push(Token {
            start: word.start,
            end: word.end,
            tag,
            fine,
            lemma,
            head,
            relation,
            sentence,
        });
    }

    /// Number of the lemma of a form under its tags.
    fn lemma_of(&mut self, form: &'a str, (tag, fine): (Tag, Fine)) -> u32 {
        if let Some(number) = self.lemma_of.get(&(form, tag, fine)) {
            return *number;
        }
        let number = self.lemma(self.model.lemmas.lemma(form, (tag, fine)));
        self.lemma_of.insert((form, tag, fine), number);
        number
    }

    /// Number of a lemma.
    fn lemma(&mut self, lemma: String) -> u32 {
        let n = self.analysis.lemmas.len() as u32;
        if let Some(known) = self.lemmas.get(&lemma) {
            return *known;
        }
        self.analysis.lemmas.push(lemma.clone());
        self.lemmas.insert(lemma, n);
        n
    }
}
