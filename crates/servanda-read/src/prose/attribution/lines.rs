//! A text as lines of items: the words of one sentence at one level of quotation, quotations within it as one item
//! each. A rule that looks at a line never mistakes quoted words for the narrator's.
//!
//! Invariant: every token belongs to at most one line as a word; quotation marks belong to none.

use std::ops::Range;

use servanda_language::{Analysis, Fine, Tag};
use servanda_model::Span;

use super::Quote;

/// Longest line in items: quotations one behind the other could join sentences without end.
const MAX_ITEMS: usize = 500;

/// A word, or a quotation within the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A token of the analysis.
    Word(usize),
    /// A quotation.
    Quote(usize),
}

/// A sentence at one level of quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The quotation whose words it holds; `None`: the narrator's.
    pub level: Option<usize>,
    /// Its words and quotations, in order; never empty.
    pub items: Vec<Item>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A text with its analysis, quotations and lines.
pub(super) struct Page<'t> {
    pub text: &'t str,
    pub analysis: &'t Analysis,
    pub quotes: &'t [Quote],
    /// Lines of the narrator first, then those within each quotation, each in the order of the text.
    pub lines: Vec<Line>,
}

/// Builds the lines of a text.
pub(super) fn page<'t>(text: &'t str, analysis: &'t Analysis, quotes: &'t [Quote]) -> Page<'t> {
    let mut page = Page { text, analysis, quotes, lines: Vec::new() };
    // Items of the narrator, and of every quotation.
    let mut levels: Vec<Vec<Item>> = vec![Vec::new(); quotes.len() + 1];
    let place = |level: Option<usize>| level.map_or(0, |quote| quote + 1);
    let (mut open, mut next): (Vec<usize>, usize) = (Vec::new(), 0);
    for (ix, token) in analysis.tokens.iter().enumerate() {
        while let Some(quote) = quotes.get(next).filter(|quote| quote.outer.start < token.end) {
            while open.last().is_some_and(|top| quotes[*top].outer.end <= quote.outer.start) {
                open.pop();
            }
            levels[place(quote.parent)].push(Item::Quote(next));
            open.push(next);
            next += 1;
        }
        while open.last().is_some_and(|top| quotes[*top].outer.end <= token.start) {
            open.pop();
        }
        let level = open.last().copied();
        let is_inside = level.is_none_or(|quote| {
            let parts = &quotes[quote].parts;
            let part = parts.partition_point(|part| part.end <= token.start);
            parts.get(part).is_some_and(|part| part.start < token.end)
        });
        if is_inside {
            levels[place(level)].push(Item::Word(ix));
        }
    }
    for (ix, items) in levels.into_iter().enumerate() {
        page.cut(ix.checked_sub(1), items);
    }
    page
}

impl<'t> Page<'t> {
    /// Cuts the items of one level into lines where a sentence ends.
    fn cut(&mut self, level: Option<usize>, items: Vec<Item>) {
        let mut line: Vec<Item> = Vec::new();
        let mut sentence = None;
        for item in items {
            let tokens = self.tokens_of(item);
            let sentence_of = |token: usize| self.analysis.tokens.get(token).map(|token| token.sentence);
            if !line.is_empty() && sentence_of(tokens.start) != sentence || line.len() >= MAX_ITEMS {
                self.push(level, std::mem::take(&mut line));
            }
            line.push(item);
            sentence = sentence_of(tokens.end.saturating_sub(1).max(tokens.start));
        }
        if !line.is_empty() {
            self.push(level, line);
        }
    }

    fn push(&mut self, level: Option<usize>, items: Vec<Item>) {
        let start = items.first().map_or(0, |item| self.span(*item).start);
        let end = items.last().map_or(start, |item| self.span(*item).end);
        self.lines.push(Line { level, items, start, end });
    }

    /// The tokens of an item, marks of a quotation included.
    pub fn tokens_of(&self, item: Item) -> Range<usize> {
        match item {
            Item::Word(token) => token..token + 1,
            Item::Quote(quote) => {
                let outer = self.quotes[quote].outer;
                self.analysis.tokens_in(outer.start..outer.end)
            }
        }
    }

    /// The bytes of an item, marks of a quotation included.
    pub fn span(&self, item: Item) -> Span {
        match item {
            Item::Word(token) => {
                let token = &self.analysis.tokens[token];
                Span::new(token.start, token.end)
            }
            Item::Quote(quote) => self.quotes[quote].outer,
        }
    }

    /// A view of one line.
    pub fn view(&self, line: usize) -> View<'_> {
        View { page: self, line: &self.lines[line] }
    }
}

/// A line with what its rules ask of it. Items are named by their place in the line; a place outside it is no word.
#[derive(Clone, Copy)]
pub(super) struct View<'p> {
    pub page: &'p Page<'p>,
    pub line: &'p Line,
}

impl<'p> View<'p> {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.line.items.len()
    }

    /// The token at that place, if it is a word.
    pub fn token(&self, at: usize) -> Option<usize> {
        match self.line.items.get(at) {
            Some(Item::Word(token)) => Some(*token),
            _ => None,
        }
    }

    /// The quotation at that place, if it is one.
    pub fn quote(&self, at: usize) -> Option<usize> {
        match self.line.items.get(at) {
            Some(Item::Quote(quote)) => Some(*quote),
            _ => None,
        }
    }

    /// The word as written; empty for a quotation.
    pub fn word(&self, at: usize) -> &'p str {
        self.token(at).map_or("", |token| self.page.analysis.word(self.page.text, token))
    }

    /// Whether the word is one of these, whatever its capitals.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        let here = self.word(at);
        words.iter().any(|word| word.eq_ignore_ascii_case(here))
    }

    /// The lemma; empty for a quotation.
    pub fn lemma(&self, at: usize) -> &'p str {
        self.token(at).map_or("", |token| self.page.analysis.lemma(token))
    }

    /// Part of speech; a quotation that sets off a title counts as a name, any other as a mark.
    pub fn tag(&self, at: usize) -> Tag {
        match self.line.items.get(at) {
            Some(Item::Word(token)) => self.page.analysis.tokens[*token].tag,
            Some(Item::Quote(quote)) if super::found::is_title(self.page, *quote) => Tag::Propn,
            Some(Item::Quote(_)) | None => Tag::Punct,
        }
    }

    /// Form of the word.
    pub fn fine(&self, at: usize) -> Fine {
        self.token(at).map_or(Fine::Stop, |token| self.page.analysis.tokens[token].fine)
    }

    /// The place in this line of a token.
    pub fn place(&self, token: usize) -> Option<usize> {
        let first = |item: &Item| match item {
            Item::Word(token) => *token,
            Item::Quote(_) => self.page.tokens_of(*item).start,
        };
        let at = self.line.items.partition_point(|item| first(item) < token);
        (self.token(at) == Some(token)).then_some(at)
    }

    /// Bytes of these places.
    pub fn span(&self, places: Range<usize>) -> Span {
        let items = self.line.items.get(places).unwrap_or_default();
        match (items.first(), items.last()) {
            (Some(first), Some(last)) => self.page.span(*first).to(self.page.span(*last)),
            _ => Span::new(self.line.start, self.line.start),
        }
    }

    /// Whether a mark stands there.
    pub fn is_mark(&self, at: usize) -> bool {
        self.token(at).is_some() && self.tag(at) == Tag::Punct
    }

    /// Whether the line ends there: behind the last item, or at its closing mark.
    pub fn is_end(&self, at: usize) -> bool {
        at >= self.len() || self.is(at, &[".", "!", "?", ";", "…", "..."])
    }
}
