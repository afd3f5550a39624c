//! The text that is read, and the way back into the original.

use servanda_model::Span;

/// What a stretch of text is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockRole {
    /// Title of the document.
    Headline,
    /// Standfirst: the lines under the headline.
    Standfirst,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// Caption of a picture, without its credit.
    Caption,
    /// A sub-heading.
    Heading,
    /// Row of a table.
    Row,
    /// Section tag, byline or dateline.
    Tag,
    /// Credit of a picture.
    Credit,
    /// Link to another page ("... Opens in new window").
    Teaser,
    /// Anything else that is no part of what the document says.
    Boilerplate,
}

impl BlockRole {
    /// Whether its words may become claims.
    pub fn is_read(self) -> bool {
        matches!(
            self,
            BlockRole::Headline
                | BlockRole::Standfirst
                | BlockRole::Paragraph
                | BlockRole::ListItem
                | BlockRole::Caption
        )
    }

    /// Whether its claims count as headline or standfirst.
    pub fn is_headline(self) -> bool {
        matches!(self, BlockRole::Headline | BlockRole::Standfirst)
    }
}

/// A stretch of text with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes in [`Prose::text`].
    pub span: Span,
    /// What it is.
    pub role: BlockRole,
}

/// A run of text that stands in the original byte for byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// First byte in the text that is read.
    at: usize,
    /// First byte in the original.
    origin: usize,
    /// Bytes in the text that is read.
    n_bytes: usize,
    /// Bytes in the original; equal to `n_bytes` unless the original writes it otherwise (`&amp;`).
    n_origin_bytes: usize,
}

/// A document's text as it is read: blocks in order, boilerplate marked, with the way back into the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The text that is read. Where the original is plain text it is the original itself.
    pub text: String,
    /// Its blocks, in order, not overlapping; bytes outside every block are not read.
    pub blocks: Vec<Block>,
    runs: Vec<Run>,
}

impl Prose {
    /// A text that stands in the original from byte `origin` on, as it is.
    pub fn verbatim(text: &str, origin: usize) -> Prose {
        let run = Run { at: 0, origin, n_bytes: text.len(), n_origin_bytes: text.len() };
        Prose { text: text.to_owned(), blocks: Vec::new(), runs: vec![run] }
    }

    /// Appends words that the original writes in these bytes, perhaps otherwise (a character reference).
    pub fn push(&mut self, words: &str, origin: Span) {
        if words.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(words);
        if let Some(last) = self.runs.last_mut()
            && last.n_bytes == last.n_origin_bytes
            && words.len() == origin.len()
            && last.origin + last.n_origin_bytes == origin.start
            && last.at + last.n_bytes == at
        {
            last.n_bytes += words.len();
            last.n_origin_bytes += words.len();
            return;
        }
        self.runs.push(Run { at, origin: origin.start, n_bytes: words.len(), n_origin_bytes: origin.len() });
    }

    /// Appends white space that the original does not have (between two blocks).
    pub fn space(&mut self, white: &str) {
        self.text.push_str(white);
    }

    /// Where these bytes of the text stand in the original: the smallest span that holds them all.
    pub fn origin(&self, span: Span) -> Span {
        let start = self.origin_of(span.start, true);
        let end = self.origin_of(span.end.saturating_sub(1).max(span.start), false);
        Span::new(start.min(end), end.max(start))
    }

    /// This text, whose original is the text of `outer`, with the way back to the original of `outer`. Blocks stay.
    pub fn through(self, outer: &Prose) -> Prose {
        let mut runs = Vec::with_capacity(self.runs.len());
        for run in &self.runs {
            if run.n_bytes != run.n_origin_bytes {
                let origin = outer.origin(Span::new(run.origin, run.origin + run.n_origin_bytes));
                runs.push(Run { origin: origin.start, n_origin_bytes: origin.len(), ..*run });
                continue;
            }
            // Word for word here: as many runs as there.
            let end = run.origin + run.n_origin_bytes;
            let mut at = run.origin;
            let mut next = outer.runs.partition_point(|other| other.at + other.n_bytes <= at);
            while let Some(other) = outer.runs.get(next).filter(|other| other.at < end) {
                let (from, to) = (at.max(other.at), end.min(other.at + other.n_bytes));
                let is_verbatim = other.n_bytes == other.n_origin_bytes;
                runs.push(Run {
                    at: run.at + (from - run.origin),
                    n_bytes: to - from,
                    origin: other.origin + if is_verbatim { from - other.at } else { 0 },
                    n_origin_bytes: if is_verbatim { to - from } else { other.n_origin_bytes },
                });
                at = to;
                next += 1;
            }
        }
        Prose { runs, ..self }
    }

    /// Appends another text with its blocks; both have the same original.
    pub fn append(&mut self, other: Prose) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.runs.extend(other.runs.into_iter().map(|run| Run { at: run.at + shift, ..run }));
        let moved = |span: Span| Span::new(span.start + shift, span.end + shift);
        self.blocks.extend(other.blocks.into_iter().map(|block| Block { span: moved(block.span), ..block }));
    }

    fn origin_of(&self, at: usize, is_start: bool) -> usize {
        let next = self.runs.partition_point(|run| run.at <= at);
        let Some(run) = next.checked_sub(1).map(|ix| self.runs[ix]) else {
            return self.runs.first().map_or(0, |run| run.origin);
        };
        let within = at - run.at;
        let run_end = run.origin + run.n_origin_bytes;
        if within >= run.n_bytes {
            // In white space between two runs.
            return if is_start { self.runs.get(next).map_or(run_end, |run| run.origin) } else { run_end };
        }
        match (run.n_bytes == run.n_origin_bytes, is_start) {
            (true, true) => run.origin + within,
            (true, false) => run.origin + within + 1,
            (false, true) => run.origin,
            (false, false) => run_end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_holds_over_references_and_gaps() {
        let original = "<p>A &amp; B</p><p>C é</p>";
        let mut prose = Prose::default();
        prose.push("A ", Span::new(3, 5));
        prose.push("&", Span::new(5, 10));
        prose.push(" B", Span::new(10, 12));
        prose.space("\n\n");
        prose.push("C é", Span::new(19, 23));
        let check = |words: &str, expected: &str| {
            let at = prose.text.find(words).unwrap();
            assert_eq!(prose.origin(Span::new(at, at + words.len())).of(original), Some(expected), "{words}");
        };
        check("A & B", "A &amp; B");
        check("&", "&amp;");
        check("B", "B");
        check("C é", "C é");
        check("é", "é");
        check("B\n\nC", "B</p><p>C");
        // A text over this one leads through it.
        let mut upper = Prose::default();
        upper.push("A & B", Span::new(0, 5));
        upper.push("-", Span::new(5, 7));
        upper.push("C", Span::new(7, 8));
        let upper = upper.through(&prose);
        assert_eq!(upper.origin(Span::new(0, 3)).of(original), Some("A &amp;"));
        assert_eq!(upper.origin(Span::new(4, 7)).of(original), Some("B</p><p>C"));
        assert_eq!(upper.origin(Span::new(6, 7)).of(original), Some("C"));
        assert_eq!(Prose::verbatim("abc", 7).origin(Span::new(1, 2)), Span::new(8, 9));
    }
}
