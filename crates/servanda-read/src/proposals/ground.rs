//! What proposals are checked against: the text, who is meant where, its dates and figures, and what the rules read.

use servanda_model::{Claim, DocumentId, Name, Span, Tense};

use crate::clock::Clock;
use crate::prose::dates::dates;
use crate::prose::quantities::quantities;
use crate::prose::{Calendar, DateFound, Mention, Prose, QuantityFound};
use crate::quote::{Collapsed, collapse};

/// An article with what the program knows of it by its own rules.
pub struct Ground<'g> {
    /// Document that holds the article.
    pub document: DocumentId,
    /// The document's text, into which claims point.
    pub original: &'g str,
    /// The text that is read.
    pub prose: &'g Prose,
    /// Who is meant where.
    pub mentions: &'g [Mention],
    /// What the rules read; spans are bytes of the original.
    pub read: &'g [Claim],
    /// Who published it.
    pub publisher: Option<&'g Name>,
    /// The clock of the case.
    pub clock: &'g Clock,
    collapsed: Collapsed,
    past: Vec<DateFound>,
    future: Vec<DateFound>,
    pub(super) figures: Vec<QuantityFound>,
}

impl<'g> Ground<'g> {
    /// Works out dates and figures of an article by the program's own rules.
    #[allow(clippy::too_many_arguments, reason = "each is another thing that is known of an article")]
    pub fn new(
        document: DocumentId,
        original: &'g str,
        prose: &'g Prose,
        mentions: &'g [Mention],
        read: &'g [Claim],
        publisher: Option<&'g Name>,
        published: Option<Calendar>,
        clock: &'g Clock,
    ) -> Ground<'g> {
        let text = prose.text.as_str();
        Ground {
            document,
            original,
            prose,
            mentions,
            read,
            publisher,
            clock,
            collapsed: Collapsed::new(text, 0),
            past: dates(text, published, &|_| Tense::Past),
            future: dates(text, published, &|_| Tense::Future),
            figures: quantities(text),
        }
    }

    /// The place of words in the text that lies nearest to a span; only white space may differ, and words are whole.
    pub(super) fn find(&self, words: &str, near: Option<Span>) -> Option<Span> {
        let text = &self.prose.text;
        let is_whole = |span: &Span| {
            let before = text[..span.start].chars().next_back();
            let after = text[span.end..].chars().next();
            let first = text[span.start..span.end].chars().next();
            let last = text[span.start..span.end].chars().next_back();
            let joins = |a: Option<char>, b: Option<char>| {
                a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
            };
            !joins(before, first) && !joins(last, after)
        };
        let places = self.collapsed.find_all(text, &collapse(words)).into_iter();
        let places = places.filter(is_whole).filter(|span| self.is_read(*span));
        match near {
            None => places.min_by_key(|span| span.start),
            Some(near) => places.min_by_key(|span| distance(*span, near)),
        }
    }

    /// Whether words lie within blocks whose words may become claims.
    fn is_read(&self, span: Span) -> bool {
        let blocks = &self.prose.blocks;
        let at = blocks.partition_point(|block| block.span.end <= span.start);
        blocks.get(at).is_some_and(|block| {
            block.role.is_read() && block.span.start <= span.start && span.end <= block.span.end
        })
    }

    /// Dates at some words, by both readings of a bare weekday; the one that fits the tense first.
    pub(super) fn dates_at(&self, span: Span, tense: Tense) -> Vec<&DateFound> {
        let lists =
            if tense == Tense::Future { [&self.future, &self.past] } else { [&self.past, &self.future] };
        lists.into_iter().flat_map(|list| list.iter().filter(move |date| overlaps(date.span, span))).collect()
    }

    /// The mention that words point to: the largest within them, else the smallest around them.
    pub(super) fn mention(&self, span: Span) -> Option<&'g Mention> {
        let within = self.mentions.iter().filter(|mention| holds(span, mention.span));
        let around = || self.mentions.iter().filter(|mention| holds(mention.span, span));
        within
            .max_by_key(|mention| mention.span.len())
            .or_else(|| around().min_by_key(|mention| mention.span.len()))
    }
}

/// Bytes between two spans; 0 where they touch.
pub(super) fn distance(one: Span, other: Span) -> usize {
    if one.end <= other.start { other.start - one.end } else { one.start.saturating_sub(other.end) }
}

pub(super) fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

pub(super) fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
