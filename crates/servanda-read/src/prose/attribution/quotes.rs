//! Which stretches of a text stand within quotation marks.
//!
//! One pass over each paragraph with a stack of open marks. Known marks: “ ”, " ", „ “, « », ‹ ›, ‘ ’, ' ', and the
//! typewriter pairs '' '' and `` ''. A quotation that is still open at the end of its paragraph goes on in the next one
//! where that begins with the same mark (the custom of English newspapers); otherwise it ends with the paragraph.
//!
//! Invariant: quotations nest or lie apart, in the order of their first byte; every span lies on character boundaries.
//! Invariant: the work is linear in the length of the text (looking ahead for the end of a single mark is a search in
//! a sorted list).

use servanda_model::Span;

use crate::prose::Block;

/// More marks than this within each other are read as stray ones.
const MAX_DEPTH: usize = 6;

/// A stretch within quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// From the first mark to the last, marks included.
    pub outer: Span,
    /// What is quoted, without marks: one span a paragraph.
    pub parts: Vec<Span>,
    /// The quotation within which this one stands, as an index into the same list.
    pub parent: Option<usize>,
    /// Whether a closing mark was found.
    pub is_closed: bool,
}

impl Quote {
    /// From the first to the last byte that is quoted, marks of paragraphs between them included.
    pub fn inner(&self) -> Span {
        let first = self.parts.first().map_or(self.outer.start, |part| part.start);
        let last = self.parts.last().map_or(self.outer.end, |part| part.end);
        Span::new(first, last.max(first))
    }
}

/// Sort of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Curly,
    Straight,
    Low,
    Angle,
    SmallAngle,
    Typewriter,
    Single,
    StraightSingle,
}

impl Mark {
    fn is_single(self) -> bool {
        matches!(self, Mark::Single | Mark::StraightSingle)
    }
}

/// A mark that waits for its end.
struct Open {
    mark: Mark,
    quote: usize,
    part_start: usize,
    /// Behind the last full stop since the mark.
    last_stop: Option<usize>,
}

/// The quotations of a text, in order; text outside the blocks is not looked at.
pub fn quotes(text: &str, blocks: &[Block]) -> Vec<Quote> {
    let mut machine = Machine {
        text,
        quotes: Vec::new(),
        open: Vec::new(),
        closers: Vec::new(),
        n_opening: 0,
        n_closing: 0,
    };
    let mut waiting: Option<(Mark, usize)> = None;
    for block in blocks.iter().filter(|block| block.role.is_read()) {
        for span in paragraphs(text, block.span) {
            waiting = machine.paragraph(span, waiting);
        }
    }
    machine.finish()
}

/// A block cut at blank lines; white space around each paragraph is left out.
pub(super) fn paragraphs(text: &str, block: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let Some(inside) = block.of(text) else { return found };
    let (mut start, mut end, mut n_breaks) = (None, 0, 0);
    for (at, letter) in inside.char_indices() {
        match letter {
            '\n' => n_breaks += 1,
            _ if letter.is_whitespace() => {}
            _ => {
                if n_breaks > 1
                    && let Some(start) = start.take()
                {
                    found.push(Span::new(block.start + start, block.start + end));
                }
                start = start.or(Some(at));
                end = at + letter.len_utf8();
                n_breaks = 0;
            }
        }
    }
    found.extend(start.map(|start| Span::new(block.start + start, block.start + end)));
    found
}

/// A letter with its neighbours.
#[derive(Clone, Copy)]
struct Spot {
    at: usize,
    end: usize,
    before: Option<char>,
    after: Option<char>,
}

impl Spot {
    fn is_start(&self) -> bool {
        self.before.is_none_or(|before| {
            before.is_whitespace()
                || matches!(before, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '…')
                || is_opening(before)
        })
    }

    fn has_word_after(&self) -> bool {
        self.after.is_some_and(|after| !after.is_whitespace() && !matches!(after, ')' | ']' | ',' | ';'))
    }

    fn is_end(&self) -> bool {
        self.before.is_some_and(|before| !before.is_whitespace())
            && self.after.is_none_or(|after| !after.is_alphanumeric())
    }

    fn is_within_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.after.is_some_and(char::is_alphanumeric)
    }
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '“' | '‘' | '„' | '«' | '‹' | '"' | '\'' | '`')
}

struct Machine<'t> {
    text: &'t str,
    quotes: Vec<Quote>,
    open: Vec<Open>,
    /// Where the single marks of the paragraph may close, and whether punctuation shows that they do.
    closers: Vec<(usize, bool)>,
    /// Typographic marks that the paragraph still has.
    n_opening: usize,
    n_closing: usize,
}

impl Machine<'_> {
    /// Reads one paragraph; gives back the quotation that may go on in the next.
    fn paragraph(&mut self, span: Span, waiting: Option<(Mark, usize)>) -> Option<(Mark, usize)> {
        self.closers = closers(self.text, span);
        self.n_opening = self.text[span.start..span.end].matches('“').count();
        self.n_closing = self.text[span.start..span.end].matches('”').count();
        let mut letters = self.text[span.start..span.end].char_indices().peekable();
        let mut before = None;
        let mut skip_until = span.start;
        if let Some((mark, quote)) = waiting {
            skip_until = self.resume(span, mark, quote);
        }
        while let Some((offset, letter)) = letters.next() {
            let at = span.start + offset;
            if at < skip_until {
                before = Some(letter);
                continue;
            }
            let mut spot =
                Spot { at, end: at + letter.len_utf8(), before, after: letters.peek().map(|next| next.1) };
            if matches!((letter, spot.after), ('\'', Some('\'')) | ('`', Some('`'))) {
                letters.next();
                spot.end += 1;
                spot.after = letters.peek().map(|next| next.1);
                self.straight(Mark::Typewriter, spot);
            } else {
                self.letter(letter, spot);
            }
            before = Some(letter);
        }
        self.end_paragraph(span.end)
    }

    /// Goes on with a quotation of the paragraph before, where this one begins with its mark.
    fn resume(&mut self, span: Span, mark: Mark, quote: usize) -> usize {
        let begins = match mark {
            Mark::Curly => "“",
            Mark::Straight => "\"",
            Mark::Typewriter => "''",
            Mark::Angle => "«",
            Mark::Single => "‘",
            _ => return span.start,
        };
        if !self.text[span.start..span.end].starts_with(begins) {
            return span.start;
        }
        let part_start = span.start + begins.len();
        self.open.push(Open { mark, quote, part_start, last_stop: None });
        part_start
    }

    fn letter(&mut self, letter: char, spot: Spot) {
        match letter {
            '“' => self.n_opening = self.n_opening.saturating_sub(1),
            '”' => self.n_closing = self.n_closing.saturating_sub(1),
            _ => {}
        }
        match letter {
            '“' if self.has(Mark::Low) && !spot.is_start() => self.close(Mark::Low, spot),
            '“' if self.has(Mark::Curly) && !spot.is_start() && spot.is_end() => {
                self.close(Mark::Curly, spot);
            }
            '“' if self.has(Mark::Curly) && self.n_closing >= self.n_opening + 2 => {
                self.nest(Mark::Curly, spot)
            }
            '“' => self.open(Mark::Curly, spot),
            '”' if self.has(Mark::Curly) => self.close(Mark::Curly, spot),
            '”' if self.has(Mark::Low) => self.close(Mark::Low, spot),
            '”' if self.has(Mark::Straight) && spot.is_end() => self.close(Mark::Straight, spot),
            '”' if spot.is_start() && spot.has_word_after() => self.open(Mark::Curly, spot),
            '„' | '‟' => self.open(Mark::Low, spot),
            '«' => self.open(Mark::Angle, spot),
            '»' => self.close(Mark::Angle, spot),
            '‹' => self.open(Mark::SmallAngle, spot),
            '›' => self.close(Mark::SmallAngle, spot),
            '"' if self.has(Mark::Curly)
                && !self.has(Mark::Straight)
                && spot.is_end()
                && !spot.is_start() =>
            {
                self.close(Mark::Curly, spot);
            }
            '"' => self.straight(Mark::Straight, spot),
            '‘' if !spot.is_within_word() => self.single(Mark::Single, spot),
            '\'' | '’' => self.apostrophe(letter, spot),
            '.' | '!' | '?' | '…' => {
                self.open.iter_mut().for_each(|open| open.last_stop = Some(spot.end));
            }
            _ => {}
        }
    }

    /// A mark that looks the same at both ends.
    fn straight(&mut self, mark: Mark, spot: Spot) {
        let (may_open, may_close) = (spot.is_start() && spot.has_word_after(), !spot.is_start());
        if self.has(mark) {
            // A mark behind a space and before a word begins another quotation: the end of the first was forgotten.
            if may_open && spot.before.is_some_and(char::is_whitespace) {
                self.open(mark, spot);
            } else {
                self.close(mark, spot);
            }
        } else if may_open
            || may_close
                && spot.before.is_some_and(|before| matches!(before, ',' | ':' | '.' | ';'))
                && spot.after.is_some_and(char::is_alphanumeric)
        {
            self.open(mark, spot);
        }
    }

    fn single(&mut self, mark: Mark, spot: Spot) {
        // ’tis, ’90s and the like have no end.
        let next = self.closers.partition_point(|(at, _)| *at <= spot.at);
        if next < self.closers.len() && !self.has(Mark::Single) && !self.has(Mark::StraightSingle) {
            self.open(mark, spot);
        }
    }

    fn apostrophe(&mut self, letter: char, spot: Spot) {
        if spot.is_within_word() {
            return;
        }
        if let Some(mark) = self.open.iter().map(|open| open.mark).find(|mark| mark.is_single())
            && spot.is_end()
        {
            if !self.is_possessive(spot) {
                self.close(mark, spot);
            }
        } else if letter == '\'' && spot.is_start() && spot.after.is_some_and(char::is_alphabetic) {
            self.single(Mark::StraightSingle, spot);
        }
    }

    /// Whether a mark behind an s is a genitive ("the states' people") although a single mark is open: a surer end
    /// stands further on.
    fn is_possessive(&self, spot: Spot) -> bool {
        let mut after = self.text[spot.end..].chars();
        let reads_on = after.next() == Some(' ') && after.next().is_some_and(char::is_lowercase);
        let next = self.closers.partition_point(|(at, _)| *at <= spot.at);
        matches!(spot.before, Some('s' | 'S'))
            && reads_on
            && self.closers.get(next).is_some_and(|(_, is_sure)| *is_sure)
    }

    fn has(&self, mark: Mark) -> bool {
        self.open.iter().any(|open| open.mark == mark)
    }

    /// Opens a quotation within one of the same mark: enough marks that close follow for both.
    fn nest(&mut self, mark: Mark, spot: Spot) {
        if self.open.len() < MAX_DEPTH {
            self.push(mark, spot);
        }
    }

    fn open(&mut self, mark: Mark, spot: Spot) {
        if let Some(same) = self.open.iter().position(|open| open.mark == mark) {
            // The end of the first was forgotten: it reaches to the last full stop.
            let end = self.open[same].last_stop.unwrap_or(spot.at);
            self.cut(same, end);
        }
        if self.open.len() < MAX_DEPTH {
            self.push(mark, spot);
        }
    }

    fn push(&mut self, mark: Mark, spot: Spot) {
        let quote = self.quotes.len();
        let parent = self.open.last().map(|open| open.quote);
        let outer = Span::new(spot.at, spot.end);
        self.quotes.push(Quote { outer, parts: Vec::new(), parent, is_closed: false });
        self.open.push(Open { mark, quote, part_start: spot.end, last_stop: None });
    }

    fn close(&mut self, mark: Mark, spot: Spot) {
        let Some(at) = self.open.iter().rposition(|open| open.mark == mark) else { return };
        self.drop_above(at, spot.at);
        if let Some(open) = self.open.pop() {
            let quote = &mut self.quotes[open.quote];
            quote.parts.push(Span::new(open.part_start, spot.at.max(open.part_start)));
            quote.outer.end = spot.end;
            quote.is_closed = true;
        }
    }

    /// Ends an open quotation without mark at `end`, and all within it.
    fn cut(&mut self, at: usize, end: usize) {
        self.drop_above(at, end);
        if let Some(open) = self.open.pop() {
            let quote = &mut self.quotes[open.quote];
            let end = end.max(open.part_start);
            quote.parts.push(Span::new(open.part_start, end));
            quote.outer.end = end;
        }
    }

    /// Ends what is open within another quotation; a single mark without end was an apostrophe.
    fn drop_above(&mut self, at: usize, end: usize) {
        while self.open.len() > at + 1 {
            let Some(open) = self.open.pop() else { return };
            if !open.mark.is_single() {
                let quote = &mut self.quotes[open.quote];
                quote.parts.push(Span::new(open.part_start, end.max(open.part_start)));
                quote.outer.end = end.max(open.part_start);
            }
        }
    }

    fn end_paragraph(&mut self, end: usize) -> Option<(Mark, usize)> {
        let first = self.open.first().map(|open| (open.mark, open.quote));
        if first.is_some() {
            self.cut(0, end);
        }
        first.filter(|(_, quote)| self.quotes[*quote].parts.iter().all(|part| !part.is_empty()))
    }

    /// Leaves out what turned out to be no quotation, and names parents by their new place.
    fn finish(self) -> Vec<Quote> {
        let mut place = vec![None; self.quotes.len()];
        let mut kept: Vec<Quote> = Vec::with_capacity(self.quotes.len());
        for (ix, mut quote) in self.quotes.into_iter().enumerate() {
            quote.parent = quote.parent.and_then(|parent| place[parent]);
            let text = self.text;
            let has_words = |part: &Span| part.of(text).is_some_and(|words| !words.trim().is_empty());
            if quote.parts.iter().any(has_words) {
                place[ix] = Some(kept.len());
                kept.push(quote);
            } else {
                place[ix] = quote.parent;
            }
        }
        kept
    }
}

/// Where a single mark may end a quotation in this paragraph; surely so beside punctuation.
fn closers(text: &str, span: Span) -> Vec<(usize, bool)> {
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    let mut letters = text[span.start..span.end].char_indices().peekable();
    while let Some((offset, letter)) = letters.next() {
        let after = letters.peek().map(|next| next.1);
        if matches!(letter, '’' | '\'')
            && before.is_some_and(|before| !before.is_whitespace())
            && after.is_none_or(|after| !after.is_alphanumeric())
        {
            let is_stop = |letter: char| matches!(letter, '.' | ',' | '!' | '?' | ';' | ':' | '…');
            let is_sure = before.is_some_and(is_stop) || after.is_none_or(is_stop);
            found.push((span.start + offset, is_sure));
        }
        before = Some(letter);
    }
    found
}
