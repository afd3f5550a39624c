//! A walk over the tokens of one line that reports the first thing that is wrong with it.

use servanda_model::{Diagnostic, Span};

use crate::lexer::{Line, Token, TokenSort, is_name};
use crate::messages::{self, Message};
use crate::suggest::closest;
use crate::syntax::{Keyword, Text, Word};

/// Words of the language that names cannot be, besides the block keywords.
pub(crate) const RESERVED: [&str; 44] = [
    "quote",
    "paraphrase",
    "when",
    "whenever",
    "while",
    "unless",
    "until",
    "within",
    "by",
    "assume",
    "no",
    "deadline",
    "tolerance",
    "watch",
    "reading",
    "if",
    "must",
    "may",
    "and",
    "or",
    "not",
    "of",
    "to",
    "in",
    "as",
    "at",
    "for",
    "each",
    "per",
    "after",
    "since",
    "counts",
    "adopted",
    "incorporates",
    "supersedes",
    "complete",
    "fulfilled",
    "breached",
    "established",
    "count",
    "deliver",
    "keep",
    "match",
    "establish",
];

/// Whether a word is one of the language and so no name.
pub(crate) fn is_reserved(word: &str) -> bool {
    Keyword::of(word).is_some() || RESERVED.contains(&word)
}

pub(crate) struct Cursor<'l, 't, 'd> {
    line: &'l Line<'t>,
    at: usize,
    failed: bool,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// The form that the line should have, for messages.
    pub(crate) form: &'static str,
    /// The name that the line declares.
    pub(crate) declared: Option<Word>,
}

impl<'l, 't, 'd> Cursor<'l, 't, 'd> {
    pub(crate) fn new(line: &'l Line<'t>, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Cursor { line, at: 0, failed: line.broken, diagnostics, form: "", declared: None }
    }

    /// Reports that the line cannot be read; only the first time. Always `None`.
    pub(crate) fn fail<T>(&mut self, message: Message, span: Span) -> Option<T> {
        if !self.failed {
            self.diagnostics.push(message.at(span));
        }
        self.failed = true;
        None
    }

    /// Reports something that the line survives.
    pub(crate) fn remark(&mut self, message: Message, span: Span) {
        if !self.failed {
            self.diagnostics.push(message.at(span));
        }
    }

    pub(crate) fn peek(&self) -> Option<&'l Token<'t>> {
        self.peek_at(0)
    }

    pub(crate) fn peek_at(&self, ahead: usize) -> Option<&'l Token<'t>> {
        self.line.tokens.get(self.at + ahead)
    }

    pub(crate) fn word_at(&self, ahead: usize) -> Option<&'t str> {
        match self.peek_at(ahead)?.sort {
            TokenSort::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(crate) fn peek_word(&self) -> Option<&'t str> {
        self.word_at(0)
    }

    pub(crate) fn skip(&mut self, n: usize) {
        self.at += n;
    }

    /// Place of the next token, or the end of the line.
    pub(crate) fn here(&self) -> Span {
        self.peek().map_or_else(|| self.line_end(), |token| token.span)
    }

    /// From the beginning of a span to the end of what has been read.
    pub(crate) fn since(&self, from: Span) -> Span {
        match self.at.checked_sub(1).and_then(|at| self.line.tokens.get(at)) {
            Some(last) if last.span.start >= from.start => from.to(last.span),
            _ => from,
        }
    }

    fn line_end(&self) -> Span {
        let end = self.line.tokens.last().map_or(self.line.span.end, |last| last.span.end);
        Span::new(end, end)
    }

    /// The author's words under a span of this line.
    pub(crate) fn raw(&self, span: Span) -> &'t str {
        let from = self.line.span.start;
        span.start.checked_sub(from).and_then(|start| self.line.raw.get(start..span.end - from)).unwrap_or("")
    }

    /// What is left of the line, without its comment.
    pub(crate) fn rest(&self) -> (&'t str, Span) {
        let span = self.here().to(self.line_end());
        (self.raw(span), span)
    }

    /// Reports that something else was expected here.
    pub(crate) fn expected<T>(&mut self, what: &str) -> Option<T> {
        let here = self.here();
        let found = self.peek().map(|token| self.raw(token.span));
        let message = messages::expected(what, found, self.form);
        self.fail(message, here)
    }

    /// Takes a word of the language if it comes next.
    pub(crate) fn eat(&mut self, word: &str) -> bool {
        let found = self.peek_word() == Some(word);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn eat_comma(&mut self) -> bool {
        let found = self.peek().is_some_and(|token| token.sort == TokenSort::Comma);
        self.at += usize::from(found);
        found
    }

    /// Takes a word of the language, or reports that it is missing.
    pub(crate) fn expect(&mut self, word: &str) -> Option<()> {
        if self.eat(word) { Some(()) } else { self.expected(&format!("'{word}'")) }
    }

    /// Takes one of several words, or reports which were possible; gives its index.
    pub(crate) fn one_of(&mut self, words: &[&str], what: &str) -> Option<usize> {
        let found = self.peek_word();
        if let Some(at) = found.and_then(|found| words.iter().position(|word| *word == found)) {
            self.at += 1;
            return Some(at);
        }
        match found.and_then(|found| Some((found, closest(found, words.iter().copied())?))) {
            Some((found, meant)) => {
                let here = self.here();
                self.fail(messages::expected_word(what, found, meant), here)
            }
            None => self.expected(what),
        }
    }

    /// Takes a name that is used.
    pub(crate) fn name(&mut self, what: &str) -> Option<Word> {
        match self.peek_word() {
            Some(word) if is_reserved(word) => self.expected(what),
            _ => self.any_name(what),
        }
    }

    /// Takes a name that may also be a word of the language: a unit, a state, a source.
    pub(crate) fn any_name(&mut self, what: &str) -> Option<Word> {
        let Some(word) = self.peek_word() else { return self.expected(what) };
        let span = self.here();
        if !is_name(word) {
            return self.fail(messages::name_signs(word), span);
        }
        self.at += 1;
        Some(Word { name: word.into(), span })
    }

    /// Takes the name that the line declares.
    pub(crate) fn declare(&mut self, what: &str) -> Option<Word> {
        if let Some(word) = self.peek_word().filter(|word| is_reserved(word)) {
            let here = self.here();
            return self.fail(messages::reserved(word), here);
        }
        let word = self.any_name(what)?;
        self.declared = Some(word.clone());
        Some(word)
    }

    /// Takes a text in quotes.
    pub(crate) fn text(&mut self, what: &str) -> Option<Text> {
        match self.peek().map(|token| (&token.sort, token.span)) {
            Some((TokenSort::Text(text), span)) => {
                self.at += 1;
                Some(Text { text: text.clone(), span })
            }
            Some((TokenSort::Word(_), _)) => {
                let (rest, span) = self.rest();
                self.fail(messages::text_without_quotes(what, rest), span)
            }
            _ => self.expected(what),
        }
    }

    /// Reports what is left of the line.
    pub(crate) fn finish(&mut self) -> Option<()> {
        if self.peek().is_none() {
            return if self.failed { None } else { Some(()) };
        }
        let (rest, span) = self.rest();
        let form = self.form;
        self.fail(messages::trailing(rest, form), span)
    }
}
