//! A block before its role is settled.

use servanda_model::Span;

use super::limits::MAX_BLOCK_BYTES;
use crate::prose::BlockRole;

/// A stretch of text that its format sets apart, and the role that the format gives it, where it gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Bytes in the text that is read; no white space at either end.
    pub span: Span,
    /// The role that the format gives.
    pub hint: Option<BlockRole>,
}

impl Draft {
    /// The words of the span without white space around them; several drafts where it is longer than a block may be.
    pub fn push(drafts: &mut Vec<Draft>, text: &str, span: Span, hint: Option<BlockRole>) {
        let mut rest = trimmed(text, span);
        while rest.len() > MAX_BLOCK_BYTES {
            let cut = cut_before(text, rest.start, rest.start + MAX_BLOCK_BYTES);
            drafts.push(Draft { span: trimmed(text, Span::new(rest.start, cut)), hint });
            rest = trimmed(text, Span::new(cut, rest.end));
        }
        if !rest.is_empty() {
            drafts.push(Draft { span: rest, hint });
        }
    }

    /// Its words.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.start..self.span.end]
    }
}

/// The span without white space (and byte order marks) at its ends.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let is_blank =
        |letter: char| letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}' | '\u{0}');
    let words = &text[span.start..span.end];
    let start = span.start + words.len() - words.trim_start_matches(is_blank).len();
    let n_bytes = text[start..span.end].trim_end_matches(is_blank).len();
    Span::new(start, start + n_bytes)
}

/// Where to cut text that is too long: behind the last white space of its second half, else between two characters.
pub(crate) fn cut_before(text: &str, from: usize, limit: usize) -> usize {
    let mut limit = limit.min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let mut half = from + (limit - from) / 2;
    while !text.is_char_boundary(half) {
        half += 1;
    }
    text[half..limit].rfind(char::is_whitespace).map_or(limit, |at| {
        let at = half + at;
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    })
}
