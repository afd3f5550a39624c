//! Where does one token end and the next begin? Rules of the English Web Treebank: clitics, hyphens and marks stand apart.
//!
//! Invariant: tokens lie in order, do not overlap, hold no white space but that of debris, and end on character bounds.
//! Invariant: the work is linear in the length of the text: what is looked ahead of is bounded.

mod abbreviations;
mod address;
mod chunk;
mod marks;
mod split;
mod words;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use abbreviations::{Abbreviation, abbreviation, is_acronym};
use chunk::Chunk;

/// Longest token in bytes; a longer run is cut. Addresses are the longest tokens of honest text.
pub(crate) const MAX_TOKEN_BYTES: usize = 256;

/// A token before it is tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
    /// Line ends between the token before and this one (2 for "two or more"), and whether there is any white space.
    pub gap: Gap,
    /// Which entry of [`Words::repaired`] is the form, where it is not what the text holds.
    pub form: Option<u32>,
}

/// What lies between a token and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// White space within a line, or one line end.
    Space,
    /// An empty line.
    Line,
}

/// The tokens of a text, and the forms of those that debris had torn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub words: Vec<Word>,
    pub repaired: Vec<String>,
}

impl Words {
    /// The token without the debris inside it.
    pub fn form<'a>(&'a self, text: &'a str, at: usize) -> &'a str {
        let word = &self.words[at];
        match word.form {
            Some(form) => &self.repaired[form as usize],
            None => &text[word.start..word.end],
        }
    }
}

/// Which words are known, in small letters; asked where debris may have torn one.
pub(crate) type IsKnown<'a> = &'a dyn Fn(&str) -> bool;

/// Adds the tokens of one block.
pub(crate) fn tokens(text: &str, block: Range<usize>, is_known: IsKnown<'_>, out: &mut Words) {
    let mut at = block.start;
    let mut gap = Gap::Line;
    while let Some(chunk) = Chunk::next(text, at, block.end, gap, is_known) {
        split::split(&chunk.form, next_char(text, chunk.end, block.end), &mut |range| {
            add(&chunk, range, out)
        });
        (at, gap) = chunk::skip_white(text, chunk.end, block.end);
    }
}

/// First character that is not white space, within a short distance.
fn next_char(text: &str, at: usize, end: usize) -> Option<char> {
    text[at..end].chars().take(8).find(|c| !c.is_whitespace())
}

/// Adds a token of a chunk, cut where it is too long.
fn add(chunk: &Chunk<'_>, mut range: Range<usize>, out: &mut Words) {
    while range.len() > MAX_TOKEN_BYTES {
        let mut cut = range.start + MAX_TOKEN_BYTES;
        while !chunk.form.is_char_boundary(cut) {
            cut -= 1;
        }
        add_one(chunk, range.start..cut, out);
        range.start = cut;
    }
    add_one(chunk, range, out);
}

fn add_one(chunk: &Chunk<'_>, range: Range<usize>, out: &mut Words) {
    let gap = if range.start == 0 { chunk.gap } else { Gap::None };
    let bytes = chunk.original(range.clone());
    let is_torn = matches!(chunk.form, Cow::Owned(_)) && bytes.len() != range.len();
    let form = is_torn.then(|| {
        out.repaired.push(chunk.form[range].to_owned());
        (out.repaired.len() - 1) as u32
    });
    out.words.push(Word { start: bytes.start, end: bytes.end, gap, form });
}

/// Letters, digits, marks on letters, and the underscore.
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || is_mark_on_letter(c)
}

/// Accents and vowel points that Unicode does not count among the letters.
fn is_mark_on_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bf}' | '\u{5c1}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Apostrophes as people write them.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{ff07}')
}
