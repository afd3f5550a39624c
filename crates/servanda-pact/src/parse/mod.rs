//! Text becomes a syntax tree. Reading never stops early: a line that cannot be read is reported, kept word for
//! word, and the next one is read.

mod block;
mod clause;
mod cond;
mod cursor;

use servanda_model::Diagnostic;

use crate::lexer::{self, Line, TokenSort};
use crate::syntax::{Block, Clause, ClauseSort, File, Item, Keyword};
use crate::{SourceFile, messages, source};
pub(crate) use clause::begins_clause;
use cursor::Cursor;

/// Lines that are read of one file.
pub const MAX_LINES: usize = 100_000;
/// Messages that are given for one file.
pub const MAX_MESSAGES: usize = 1_000;

/// Reads one file: its text as understood, its tree, and what is wrong with its form.
///
/// Never fails: bytes that are not UTF-8 are replaced and reported. Names are looked at by
/// [`crate::parse_agreement`] only.
pub fn parse_bytes(path: &str, bytes: &[u8]) -> (SourceFile, File, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let text = source::decode(path, bytes, &mut diagnostics);
    let (file, found) = parse_text(path, &text);
    diagnostics.extend(found);
    (SourceFile { path: path.to_owned(), text }, file, diagnostics)
}

/// Reads one file from its text: the tree, and what is wrong with its form.
///
/// Spans are bytes of `text`.
pub fn parse(path: &str, text: &str) -> (File, Vec<Diagnostic>) {
    parse_text(path, text)
}

fn parse_text(path: &str, text: &str) -> (File, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut start = 0;
    for (n, line) in text.split('\n').enumerate() {
        if n == MAX_LINES {
            let end = servanda_model::Span::new(start, start);
            reader.diagnostics.push(messages::too_many("lines", MAX_LINES).at(end));
            break;
        }
        reader.line(line, start);
        start += line.len() + 1;
    }
    reader.settle(true);
    let mut diagnostics = reader.diagnostics;
    for diagnostic in &mut diagnostics {
        diagnostic.file = path.to_owned();
    }
    (File { items: reader.items }, limit(diagnostics))
}

/// The first messages, with a last one that counts the rest.
pub(crate) fn limit(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diagnostics.len() > MAX_MESSAGES {
        let n = diagnostics.len() - MAX_MESSAGES + 1;
        diagnostics.truncate(MAX_MESSAGES - 1);
        let last = diagnostics.last().map(|last| (last.span, last.file.clone())).unwrap_or_default();
        diagnostics.push(messages::more_messages(n).at(last.0).in_file(last.1));
    }
    diagnostics
}

#[derive(Default)]
struct Reader {
    items: Vec<Item>,
    /// Index of the block that clauses belong to.
    current: Option<usize>,
    /// Comments and blank lines that belong to this block or stand before the next one.
    waiting: Vec<Waiting>,
    diagnostics: Vec<Diagnostic>,
}

struct Waiting {
    /// `None`: a blank line.
    comment: Option<String>,
    indented: bool,
    span: servanda_model::Span,
}

impl Reader {
    fn line(&mut self, text: &str, start: usize) {
        let line = lexer::lex(text, start, &mut self.diagnostics);
        if line.tokens.is_empty() && !line.broken {
            let blank = line.comment.is_none();
            let after_blank = self.waiting.last().is_some_and(|last| last.comment.is_none());
            if !(blank && (after_blank || self.waiting.is_empty() && self.current.is_none())) {
                self.waiting.push(Waiting {
                    comment: line.comment,
                    indented: line.indented,
                    span: line.span,
                });
            }
            return;
        }
        let first = match line.tokens.first().map(|token| &token.sort) {
            Some(TokenSort::Word(word)) => *word,
            _ => "",
        };
        let keyword = Keyword::of(first);
        let clause = keyword.is_none() && (clause::is_clause(&line) || line.indented);
        match self.current {
            Some(current) if clause => self.clause(current, &line, first),
            _ => self.block(&line, first, keyword),
        }
    }

    fn clause(&mut self, current: usize, line: &Line, first: &str) {
        self.settle(false);
        let block = &self.items[current].block;
        let shown = if first.is_empty() { line.raw } else { first };
        match block {
            Block::Provision { .. } => {}
            Block::Unreadable { meant: None | Some(Keyword::Provision), .. } => {}
            other => self.diagnostics.push(messages::clause_under(shown, other.word()).at(line.span)),
        }
        if !line.indented {
            self.diagnostics.push(messages::unindented(shown).at(line.span));
        }
        let mut cursor = Cursor::new(line, &mut self.diagnostics);
        let sort = clause::line(&mut cursor);
        let (clause, comment) = match sort {
            Some(sort) if !line.broken => (sort, line.comment.clone()),
            _ => (ClauseSort::Unreadable { text: line.raw.to_owned() }, None),
        };
        self.items[current].clauses.push(Clause { clause, comment, span: line.span });
    }

    fn block(&mut self, line: &Line, first: &str, keyword: Option<Keyword>) {
        self.settle(true);
        let orphan = keyword.is_none() && (line.indented || clause::is_clause(line));
        let mut meant = keyword;
        let mut id = None;
        let mut block = None;
        if orphan {
            let shown = if first.is_empty() { line.raw } else { first };
            self.diagnostics.push(messages::clause_outside(shown).at(line.span));
        } else {
            if line.indented {
                self.diagnostics.push(messages::indented_keyword(first).at(line.span));
            }
            let mut cursor = Cursor::new(line, &mut self.diagnostics);
            block = block::line(&mut cursor, &mut meant);
            id = cursor.declared.take();
        }
        let (block, comment) = match block {
            Some(block) if !line.broken => (block, line.comment.clone()),
            _ => (Block::Unreadable { text: line.raw.to_owned(), meant, id }, None),
        };
        self.current = Some(self.items.len());
        self.items.push(Item { block, comment, clauses: Vec::new(), span: line.span });
    }

    /// Gives the waiting comments and blank lines their place. Before a clause they belong to the block; before
    /// a block only those up to the last indented comment do.
    fn settle(&mut self, before_block: bool) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let inside = match self.current {
            None => 0,
            Some(_) if !before_block => waiting.len(),
            Some(_) => waiting
                .iter()
                .rposition(|line| line.indented && line.comment.is_some())
                .map_or(0, |at| at + 1),
        };
        let outside = waiting.split_off(inside);
        if let Some(current) = self.current {
            self.items[current].clauses.extend(waiting.into_iter().map(|line| {
                let clause = match line.comment {
                    Some(text) => ClauseSort::Comment { text },
                    None => ClauseSort::Blank {},
                };
                Clause { clause, comment: None, span: line.span }
            }));
        }
        self.items.extend(outside.into_iter().map(|line| {
            let block = match line.comment {
                Some(text) => Block::Comment { text },
                None => Block::Blank {},
            };
            Item { block, comment: None, clauses: Vec::new(), span: line.span }
        }));
    }
}
