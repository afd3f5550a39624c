//! One walk over a page: runs of text with their surroundings, and the marked copy for the extractor.
//!
//! Open elements are kept on a stack of bounded depth, so that no nesting costs more than its own length; in the copy
//! every element ends where it should and formatting is left out, so that a parser of the copy has nothing to repair
//! (repairs of misnested formatting are where parsers of pages take quadratic time).

use servanda_model::Span;

use super::elements::{self, Sort};
use super::references;
use super::tokens::{self, Token};
use crate::input::limits::MAX_DEPTH;
use crate::prose::BlockRole;

/// A stretch of text between two tags.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Bytes of the original, character references as written.
    pub span: Span,
    /// Number of its block.
    pub block: usize,
    /// Role by its elements.
    pub hint: Option<BlockRole>,
    /// Whether it stands in navigation and the like.
    pub is_aside: bool,
    /// Whether it stands in a heading.
    pub is_heading: bool,
    /// Whether it stands in an `h1`.
    pub is_first_heading: bool,
    /// What parts it from the run before in the same block.
    pub gap: &'static str,
}

/// What the walk found.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub runs: Vec<Run>,
    /// The copy, each run behind its mark.
    pub copy: String,
    /// The words of `<title>`.
    pub title: Option<Span>,
    /// Whether elements lay deeper than is kept apart.
    pub is_too_deep: bool,
    /// Whether it is a page, not a fragment: it has a body, navigation or an article.
    pub has_page_parts: bool,
}

struct Element {
    name: String,
    sort: Sort,
    hint: Option<BlockRole>,
    is_aside: bool,
    is_hidden: bool,
    is_copied: bool,
}

struct Walk<'t> {
    text: &'t str,
    walked: Walked,
    stack: Vec<Element>,
    /// Elements beyond the depth that is kept.
    n_deeper: usize,
    block: usize,
    n_breaks: usize,
    is_new_cell: bool,
    has_copy: bool,
}

/// Walks over `text[span]`.
pub(crate) fn walk(text: &str, span: Span, has_copy: bool) -> Walked {
    let mut walk = Walk {
        text,
        walked: Walked::default(),
        stack: Vec::new(),
        n_deeper: 0,
        block: 0,
        n_breaks: 0,
        is_new_cell: false,
        has_copy,
    };
    tokens::each(text, span, |token| match token {
        Token::Open { name, attributes, closes_itself } => walk.open(name, &attributes, closes_itself),
        Token::Close { name } => walk.close(&name),
        Token::Text(span) => walk.words(span),
    });
    while walk.pop().is_some() {}
    walk.walked
}

impl Walk<'_> {
    fn open(&mut self, name: String, attributes: &[(String, String)], closes_itself: bool) {
        if name == "br" || name == "hr" {
            // Two breaks in a row part paragraphs.
            self.n_breaks += if name == "hr" { 2 } else { 1 };
            return;
        }
        let sort = elements::sort(&name);
        if sort == Sort::Void || closes_itself && sort != Sort::Block && name != "a" && name != "span" {
            return;
        }
        for ended in elements::ends(&name) {
            self.end_open(ended);
        }
        self.is_new_cell |= matches!(name.as_str(), "td" | "th");
        self.walked.has_page_parts |= matches!(name.as_str(), "body" | "nav" | "article" | "main");
        if sort == Sort::Block {
            self.block += 1;
        }
        if self.stack.len() >= MAX_DEPTH {
            self.walked.is_too_deep = true;
            self.n_deeper += 1;
            return;
        }
        let value =
            |wanted: &str| attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
        let parent = self.stack.last();
        let style = value("style").unwrap_or_default();
        let is_unseen = value("hidden").is_some()
            || value("aria-hidden") == Some("true")
            || style.contains("display:none")
            || style.contains("display: none");
        let class = format!("{} {}", value("class").unwrap_or_default(), value("id").unwrap_or_default());
        let class_hint = if class.len() > 1 { elements::class_hint(&class) } else { None };
        // Whole parts of a page are not named by one of these words alone; lines and captions are.
        let is_large = matches!(name.as_str(), "body" | "html" | "main" | "article");
        let own = class_hint.filter(|_| !is_large).or_else(|| elements::hint(&name));
        let inherited = parent.and_then(|parent| parent.hint);
        let hint = match (inherited, own) {
            (Some(outer), _)
                if !outer.is_read() && outer != BlockRole::Heading && outer != BlockRole::Tag =>
            {
                Some(outer)
            }
            (
                outer @ Some(BlockRole::Caption | BlockRole::Standfirst | BlockRole::ListItem),
                Some(BlockRole::Paragraph),
            ) => outer,
            (outer, own) => own.or(outer),
        };
        let element = Element {
            sort,
            hint,
            is_aside: parent.is_some_and(|parent| parent.is_aside)
                || elements::is_aside(&name, value("role"))
                || is_unseen,
            is_hidden: parent.is_some_and(|parent| parent.is_hidden) || sort == Sort::Hidden,
            is_copied: self.has_copy
                && is_copied(&name, sort)
                && !parent.is_some_and(|parent| parent.is_hidden),
            name,
        };
        if element.is_copied {
            self.copy_tag(&element.name, attributes, is_unseen);
        }
        self.stack.push(element);
    }

    fn close(&mut self, name: &str) {
        if elements::sort(name) == Sort::Block {
            self.block += 1;
        }
        if self.n_deeper > 0 {
            self.n_deeper -= 1;
            return;
        }
        if let Some(at) = self.stack.iter().rposition(|element| element.name == name) {
            while self.stack.len() > at {
                self.pop();
            }
        }
    }

    /// Ends an open element of that name, if it stands in the same list, table or part.
    fn end_open(&mut self, name: &str) {
        let found = self
            .stack
            .iter()
            .rev()
            .take_while(|element| !elements::is_scope(&element.name))
            .position(|element| element.name == name);
        if let Some(depth) = found {
            for _ in 0..=depth {
                self.pop();
            }
        }
    }

    fn pop(&mut self) -> Option<()> {
        let element = self.stack.pop()?;
        if element.sort == Sort::Block {
            self.block += 1;
        }
        if element.is_copied {
            self.walked.copy.push_str("</");
            self.walked.copy.push_str(&element.name);
            self.walked.copy.push('>');
        }
        Some(())
    }

    fn words(&mut self, span: Span) {
        let parent = self.stack.last();
        if parent.is_some_and(|parent| parent.name == "title") && self.walked.title.is_none() {
            self.walked.title = Some(super::super::draft::trimmed(self.text, span));
            return;
        }
        let Some(words) = self.text.get(span.start..span.end) else { return };
        if parent.is_some_and(|parent| parent.is_hidden) {
            return;
        }
        if self.n_breaks >= 2 {
            self.block += 1;
        }
        if self.walked.runs.last().is_none_or(|last| last.block != self.block) {
            (self.is_new_cell, self.n_breaks) = (false, 0);
        }
        let parent = self.stack.last();
        let is_in = |name: &str| self.stack.iter().any(|element| element.name == name);
        let run = Run {
            span,
            block: self.block,
            hint: parent.and_then(|parent| parent.hint),
            is_aside: parent.is_some_and(|parent| parent.is_aside),
            is_heading: parent.is_some_and(|parent| parent.hint == Some(BlockRole::Heading)),
            is_first_heading: is_in("h1"),
            gap: if std::mem::take(&mut self.is_new_cell) {
                "\t"
            } else if self.n_breaks > 0 {
                "\n"
            } else {
                ""
            },
        };
        self.n_breaks = 0;
        if self.has_copy {
            put_mark(self.walked.runs.len(), &mut self.walked.copy);
            let decoded = references::decoded(words);
            for letter in decoded.chars() {
                match letter {
                    '<' => self.walked.copy.push_str("&lt;"),
                    '&' => self.walked.copy.push_str("&amp;"),
                    // The marks must be ours alone.
                    '\u{e000}'..='\u{f8ff}' => self.walked.copy.push('\u{fffd}'),
                    _ => self.walked.copy.push(letter),
                }
            }
        }
        self.walked.runs.push(run);
    }

    fn copy_tag(&mut self, name: &str, attributes: &[(String, String)], is_unseen: bool) {
        let copy = &mut self.walked.copy;
        copy.push('<');
        copy.push_str(name);
        for (key, value) in attributes {
            if matches!(key.as_str(), "id" | "class" | "role" | "itemprop" | "rel") {
                let value: String =
                    value.chars().filter(|letter| !matches!(letter, '"' | '<' | '>' | '&')).collect();
                copy.push_str(&format!(" {key}=\"{value}\""));
            }
        }
        if name == "a" {
            copy.push_str(" href=\"#a\"");
        }
        if is_unseen {
            copy.push_str(" hidden");
        }
        copy.push('>');
    }
}

/// Whether the extractor needs to see the element. Formatting says nothing of where the article is.
fn is_copied(name: &str, sort: Sort) -> bool {
    match sort {
        Sort::Block => {
            name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !name.starts_with("frame")
        }
        Sort::Inline => matches!(name, "a" | "td" | "th"),
        Sort::Hidden | Sort::Void => false,
    }
}

/// Private characters that spell a number: a mark before each run of the copy.
const MARK: char = '\u{e000}';
const DIGIT: u32 = 0xe100;
const BASE: usize = 0x1000;

fn put_mark(number: usize, copy: &mut String) {
    copy.push(MARK);
    for digit in [number / BASE, number % BASE] {
        copy.extend(char::from_u32(DIGIT + (digit % BASE) as u32));
    }
}

/// The numbers of the marks in a text.
pub(super) fn marks(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(MARK).filter_map(|(at, mark)| {
        let mut digits = text[at + mark.len()..].chars();
        let mut next = || {
            (digits.next()? as u32)
                .checked_sub(DIGIT)
                .map(|digit| digit as usize)
                .filter(|digit| *digit < BASE)
        };
        Some(next()? * BASE + next()?)
    })
}
