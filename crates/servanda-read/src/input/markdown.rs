//! Markdown: the words without its marks, each with the bytes where it stands (CommonMark, by `pulldown-cmark`).

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use servanda_model::Span;

use super::draft::Draft;
use super::html;
use crate::prose::{BlockRole, Prose};

/// Appends the words of `text[span]` to the prose and answers its blocks. `has_title`: the headline stands there already.
pub(crate) fn layout(text: &str, span: Span, has_title: bool, prose: &mut Prose) -> Vec<Draft> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut page = Page {
        text,
        base: span.start,
        prose,
        drafts: Vec::new(),
        start: None,
        hints: Vec::new(),
        pending: None,
        has_title,
    };
    let mut html_until = 0;
    for (event, range) in Parser::new_ext(&text[span.start..span.end], options).into_offset_iter() {
        if range.start < html_until && matches!(event, Event::Html(_) | Event::Text(_)) {
            continue;
        }
        if let Event::Start(Tag::HtmlBlock) = event {
            page.flush();
            html_until = range.end;
            page.fragment(&range);
            continue;
        }
        page.event(event, range);
    }
    page.flush();
    page.drafts
}

struct Page<'p> {
    text: &'p str,
    base: usize,
    prose: &'p mut Prose,
    drafts: Vec<Draft>,
    /// Where the open block begins in the prose.
    start: Option<usize>,
    /// Roles of the open elements.
    hints: Vec<Option<BlockRole>>,
    /// A line end that becomes a blank once words follow; `true`: the writer forced it.
    pending: Option<(Span, bool)>,
    has_title: bool,
}

impl Page<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(words) => self.words(&words, self.span(&range)),
            Event::Code(words) => {
                let span = self.span(&range);
                // Line ends within code read as blanks; then the words stand nowhere as such.
                let at = self.text[span.start..span.end].find(&*words).map(|at| span.start + at);
                self.words(&words, at.map_or(span, |at| Span::new(at, at + words.len())));
            }
            Event::SoftBreak => self.pending = Some((self.span(&range), false)),
            Event::HardBreak => self.pending = Some((self.span(&range), true)),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn open(&mut self, tag: Tag) {
        let hint = match tag {
            Tag::Heading { level, .. } => {
                let is_title = level == HeadingLevel::H1 && !self.has_title;
                self.has_title |= is_title;
                Some(if is_title { BlockRole::Headline } else { BlockRole::Heading })
            }
            Tag::Item => Some(BlockRole::ListItem),
            Tag::TableHead | Tag::TableRow => Some(BlockRole::Row),
            Tag::Image { .. } => Some(BlockRole::Caption),
            Tag::TableCell => {
                if self.start.is_some() {
                    self.prose.space("\t");
                }
                return;
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::List(_) | Tag::Table(_) => None,
            _ => return,
        };
        self.flush();
        self.hints.push(hint);
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::Image
            | TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::List(_)
            | TagEnd::Table => {
                self.flush();
                self.hints.pop();
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, span: Span) {
        if let Some((end, is_forced)) = self.pending.take() {
            // A line that the writer ended by hand is a line of its own, unless the next one plainly goes on.
            if is_forced && !words.trim_start().starts_with(char::is_lowercase) {
                self.flush();
            } else if self.start.is_some() {
                self.prose.push(" ", end);
            }
        }
        if self.start.is_none() {
            if words.trim().is_empty() {
                return;
            }
            if !self.prose.text.is_empty() {
                self.prose.space("\n\n");
            }
            self.start = Some(self.prose.text.len());
        }
        // Words of the same length as what they are written as, but other ones, must not be taken for the same bytes.
        if words.len() == span.len() && self.text[span.start..span.end] != *words {
            let first = words.chars().next().map_or(0, char::len_utf8);
            self.prose.push(&words[..first], span);
            self.prose.push(&words[first..], Span::new(span.end, span.end));
        } else {
            self.prose.push(words, span);
        }
    }

    fn flush(&mut self) {
        self.pending = None;
        let Some(start) = self.start.take() else { return };
        let hint = self.hints.iter().rev().find_map(|hint| *hint);
        let end = self.prose.text.len();
        Draft::push(&mut self.drafts, &self.prose.text, Span::new(start, end), hint);
    }

    /// A block of HTML within the text.
    fn fragment(&mut self, range: &Range<usize>) {
        let span = self.span(range);
        html::fragment(self.text, span, self.prose, &mut self.drafts);
    }
}
