//! Finds known phrases in a text: the longest at each word, in one pass.

use std::collections::HashMap;
use std::ops::Range;

use super::words::{Shape, Vocabulary, Word, fold_in, words};

/// What a phrase means, with how it must be capitalised.
#[derive(Clone, Debug)]
struct Form<M> {
    meaning: M,
    shapes: Box<[Shape]>,
}

/// Phrases with what they mean; a phrase can mean several things.
#[derive(Clone, Debug)]
pub(super) struct Phrases<M> {
    vocabulary: Vocabulary,
    /// The node after a node and a word.
    steps: HashMap<(u32, u32), u32>,
    /// What ends at a node.
    forms: Vec<Vec<Form<M>>>,
}

/// A phrase that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found<M> {
    /// Words of the list that was searched.
    pub words: Range<usize>,
    /// What the phrase can mean, in the order in which phrases were added.
    pub meanings: Vec<M>,
}

/// Acronyms of this length are often written like words ("Unifil").
const SPOKEN_ACRONYM_CHARS: usize = 4;

impl<M> Default for Phrases<M> {
    fn default() -> Self {
        Phrases { vocabulary: Vocabulary::default(), steps: HashMap::new(), forms: vec![Vec::new()] }
    }
}

impl<M: Clone + PartialEq> Phrases<M> {
    /// Adds a phrase. A leading article is left out, and so is a remark in brackets at its end.
    pub fn add(&mut self, phrase: &str, meaning: M) {
        let list = core_words(phrase);
        let (mut node, mut shapes) = (0, Vec::new());
        for word in &list {
            let number = self.vocabulary.add(&fold_in(phrase, word));
            let next = self.forms.len() as u32;
            node = *self.steps.entry((node, number)).or_insert(next);
            if node == next {
                self.forms.push(Vec::new());
            }
            let is_spoken = word.shape == Shape::Upper
                && phrase[word.start..word.end].chars().count() >= SPOKEN_ACRONYM_CHARS;
            shapes.push(if is_spoken { Shape::Capital } else { word.shape });
        }
        if node == 0 {
            return;
        }
        let forms = &mut self.forms[node as usize];
        let shapes = shapes.into_boxed_slice();
        if !forms.iter().any(|form| form.meaning == meaning && form.shapes == shapes) {
            forms.push(Form { meaning, shapes });
        }
    }

    /// What a phrase means, whatever its capitals; the phrase must be whole.
    pub fn meanings(&self, phrase: &str) -> impl Iterator<Item = &M> {
        let mut node = Some(0);
        for word in &core_words(phrase) {
            let number = self.vocabulary.number(phrase, word);
            node = node.zip(number).and_then(|step| self.steps.get(&step).copied());
        }
        node.into_iter().flat_map(|node| self.forms[node as usize].iter().map(|form| &form.meaning))
    }

    /// The longest phrase at each word, from left to right, none within another.
    pub fn find(&self, text: &str, list: &[Word]) -> Vec<Found<M>> {
        let numbers: Vec<Option<u32>> = list.iter().map(|word| self.vocabulary.number(text, word)).collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < list.len() {
            match self.longest(list, &numbers, at) {
                Some(one) => {
                    at = one.words.end;
                    found.push(one);
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, list: &[Word], numbers: &[Option<u32>], start: usize) -> Option<Found<M>> {
        let (mut node, mut best) = (0, None);
        for at in start..list.len() {
            if at > start && !list[at].follows {
                break;
            }
            let Some(next) = numbers[at].and_then(|number| self.steps.get(&(node, number))) else { break };
            node = *next;
            let written = &list[start..=at];
            let fits = self.forms[node as usize].iter().filter(|form| is_written_so(&form.shapes, written));
            let meanings: Vec<M> = fits.map(|form| form.meaning.clone()).collect();
            if !meanings.is_empty() {
                best = Some(Found { words: start..at + 1, meanings });
            }
        }
        best
    }
}

/// The words of a phrase without a leading article and without a remark in brackets at its end.
fn core_words(phrase: &str) -> Vec<Word> {
    let end = phrase.find(" (").unwrap_or(phrase.len());
    let mut list = words(phrase, 0..end);
    let is_article = |word: &Word| matches!(&*fold_in(phrase, word), "the" | "a" | "an");
    if list.len() > 1 && is_article(&list[0]) {
        list.remove(0);
    }
    list
}

/// Whether the capitals of a text fit those of a phrase: acronyms as they are, a single word with its capital, and of
/// several words with capitals at least one ("Northern minister of State").
fn is_written_so(shapes: &[Shape], written: &[Word]) -> bool {
    let pairs = || shapes.iter().zip(written);
    let upper_holds = pairs().all(|(shape, word)| *shape != Shape::Upper || word.shape == Shape::Upper);
    let n_capitals = shapes.iter().filter(|shape| **shape != Shape::Small).count();
    let n_kept =
        pairs().filter(|(shape, word)| **shape != Shape::Small && word.shape != Shape::Small).count();
    upper_holds && (n_capitals == 0 || n_kept > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut phrases = Phrases::default();
        for phrase in
            ["North", "NR", "the Red Oak", "North secretary of water", "observers at the pass", "UNIDAM"]
        {
            phrases.add(phrase, phrase);
        }
        let list = words(text, 0..text.len());
        let found = phrases.find(text, &list);
        let shown: Vec<&str> = found.iter().map(|one| one.meanings[0]).collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn the_longest_phrase_is_found_with_its_capitals() {
        check("the North's army moved north", "North");
        check("The North secretary of water said", "North secretary of water");
        check("North Secretary of Fish", "North");
        check("NORTH and NR, not nr", "North, NR");
        check("a red oak, the Red Oak, Red oak", "the Red Oak, the Red Oak");
        check(
            "Observers at the pass; observers at\nthe pass; observers at\n\nthe pass",
            "observers at the pass, observers at the pass",
        );
        check("Unidam and UNIDAM, unidam", "UNIDAM, UNIDAM");
        check("Northern", "");
    }
}
