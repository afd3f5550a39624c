//! Cells with the way back to their bytes: doubled marks of delimited text, escapes of JSON.

use servanda_model::Span;

use crate::feed::json;
use crate::input::limits::MAX_ARTICLE_BYTES;
use crate::prose::Prose;

/// A cell as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    text: &'t str,
    /// Bytes without the outer marks.
    span: Span,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Plain,
    /// `""` stands for `"`.
    Doubled,
    /// Escapes of JSON.
    Escaped,
}

impl<'t> Cell<'t> {
    /// A field of delimited text.
    pub fn delimited(text: &'t str, span: Span) -> Cell<'t> {
        let raw = &text[span.start..span.end];
        if raw.len() >= 2 && raw.starts_with('"') && raw.ends_with('"') {
            return Cell { text, span: Span::new(span.start + 1, span.end - 1), sort: Sort::Doubled };
        }
        Cell { text, span, sort: Sort::Plain }
    }

    /// A value of JSON; `None` for null, lists and truth values. Of an object, its name.
    pub fn json(text: &'t str, span: Span) -> Option<Cell<'t>> {
        let raw = &text[span.start..span.end];
        match raw.as_bytes().first()? {
            b'"' if raw.len() >= 2 => {
                Some(Cell { text, span: Span::new(span.start + 1, span.end - 1), sort: Sort::Escaped })
            }
            b'{' => {
                let (_, inner) =
                    entries(text, span).into_iter().find(|(key, _)| key == "name" || key == "title")?;
                if text[inner.start..].starts_with('"') { Cell::json(text, inner) } else { None }
            }
            b'0'..=b'9' => Some(Cell { text, span, sort: Sort::Plain }),
            _ => None,
        }
    }

    /// Its words with single spaces.
    pub fn words(&self) -> String {
        self.prose().text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its text, with the way back.
    pub fn prose(&self) -> Prose {
        let end = if self.span.len() > MAX_ARTICLE_BYTES {
            crate::input::draft::cut_before(self.text, self.span.start, self.span.start + MAX_ARTICLE_BYTES)
        } else {
            self.span.end
        };
        let raw = &self.text[self.span.start..end];
        let mut prose = Prose::default();
        let mark = match self.sort {
            Sort::Plain => None,
            Sort::Doubled => Some('"'),
            Sort::Escaped => Some('\\'),
        };
        let mut at = 0;
        while at < raw.len() {
            let n_plain = mark.and_then(|mark| raw[at..].find(mark)).unwrap_or(raw.len() - at);
            prose.push(&raw[at..at + n_plain], self.at(at, n_plain));
            at += n_plain;
            if at == raw.len() {
                break;
            }
            let (letter, n_bytes) = match self.sort {
                Sort::Doubled => ('"', if raw[at..].starts_with("\"\"") { 2 } else { 1 }),
                _ => escape(&raw[at..]),
            };
            prose.push(letter.encode_utf8(&mut [0; 4]), self.at(at, n_bytes));
            at += n_bytes;
        }
        prose
    }

    fn at(&self, at: usize, n_bytes: usize) -> Span {
        Span::new(self.span.start + at, self.span.start + at + n_bytes)
    }
}

/// One escape of JSON (RFC 8259, section 7) and its length; half a surrogate pair is U+FFFD.
fn escape(raw: &str) -> (char, usize) {
    let unit = |at: usize| raw.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match raw.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(mark @ (b'"' | b'\\' | b'/')) => (char::from(*mark), 2),
        Some(b'u') => match unit(2) {
            Some(high @ 0xd800..=0xdbff) => {
                let low = if raw.get(6..8) == Some("\\u") { unit(8) } else { None };
                match low {
                    Some(low @ 0xdc00..=0xdfff) => {
                        let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                        (char::from_u32(code).unwrap_or('\u{fffd}'), 12)
                    }
                    _ => ('\u{fffd}', 6),
                }
            }
            Some(code) => (char::from_u32(code).unwrap_or('\u{fffd}'), 6),
            None => ('\\', 1),
        },
        _ => ('\\', 1),
    }
}

/// The keys of an object with the bytes of their values.
pub(super) fn entries(text: &str, row: Span) -> Vec<(String, Span)> {
    const MAX_ENTRIES: usize = 1_000;
    let base = text.as_ptr() as usize;
    let mut entries = Vec::new();
    json::each_entry(text, row, |key, value| {
        if entries.len() < MAX_ENTRIES {
            let start = value.as_ptr() as usize - base;
            entries.push((key.to_owned(), Span::new(start, start + value.len())));
        }
    });
    entries
}
