//! Rows of delimited text (RFC 4180), each with its bytes: the whole file is accounted for.

use std::borrow::Cow;

use servanda_model::Span;

/// Largest field that is read, in bytes.
pub(crate) const MAX_FIELD_BYTES: usize = 1 << 18;

/// What is wrong with the form of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowFault {
    /// A quoted field does not end (or not within the limit); the row was cut at its first line end.
    OpenQuote,
    /// A field is longer than the limit.
    TooLong,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The row without its line end.
    pub span: Span,
    /// Where the next row begins.
    pub next: usize,
    /// Line of its first byte, from 1.
    pub line: usize,
    /// What is wrong with its form.
    pub fault: Option<RowFault>,
}

#[derive(Clone, Copy)]
struct Field {
    start: usize,
    end: usize,
    /// The field is `"…"` without doubled marks inside, or has no marks at all.
    is_plain: bool,
}

/// Reads rows one after the other; the fields of the present row are in [`Rows::cell`].
pub(crate) struct Rows<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    delimiter: u8,
    max_field_bytes: usize,
    fields: Vec<Field>,
}

impl<'t> Rows<'t> {
    /// Rows whose fields may be longer or shorter than those of feeds.
    pub fn with_limit(text: &'t str, from: usize, delimiter: u8, max_field_bytes: usize) -> Rows<'t> {
        Rows { max_field_bytes, ..Rows::new(text, from, delimiter) }
    }

    /// Rows of the text from a byte offset on. The delimiter is an ASCII character other than a quotation mark or line end.
    pub fn new(text: &'t str, from: usize, delimiter: u8) -> Rows<'t> {
        debug_assert!(delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\n' | b'\r'));
        let line = 1 + text.as_bytes()[..from].iter().filter(|byte| **byte == b'\n').count();
        Rows { text, at: from, line, delimiter, max_field_bytes: MAX_FIELD_BYTES, fields: Vec::new() }
    }

    /// Steps to the next row; `None` at the end of the text.
    pub fn step(&mut self) -> Option<Row> {
        if self.at >= self.text.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        let mut fault = None;
        let (end, next) = self.scan(start, true).unwrap_or_else(|| {
            fault = Some(RowFault::OpenQuote);
            self.scan(start, false).unwrap_or((self.text.len(), self.text.len()))
        });
        if fault.is_none() && self.fields.iter().any(|field| field.end - field.start > self.max_field_bytes) {
            fault = Some(RowFault::TooLong);
        }
        self.line += self.text.as_bytes()[start..next].iter().filter(|byte| **byte == b'\n').count();
        self.at = next;
        Some(Row { span: Span::new(start, end), next, line, fault })
    }

    /// How many fields the present row has.
    pub fn n_cells(&self) -> usize {
        self.fields.len()
    }

    /// The bytes of a field, quotation marks included.
    pub fn cell_span(&self, at: usize) -> Option<Span> {
        self.fields.get(at).map(|field| Span::new(field.start, field.end))
    }

    /// A field of the present row, unquoted.
    pub fn cell(&self, at: usize) -> Option<Cow<'t, str>> {
        let field = self.fields.get(at)?;
        let raw = &self.text[field.start..field.end];
        if !raw.starts_with('"') {
            return Some(Cow::Borrowed(raw));
        }
        if field.is_plain {
            return Some(Cow::Borrowed(&raw[1..raw.len() - 1]));
        }
        Some(Cow::Owned(unquoted(raw)))
    }

    /// Finds the fields of the row that begins at `start`; answers where it ends without and with its line end.
    /// `None`: a quoted field does not end.
    fn scan(&mut self, start: usize, has_quotes: bool) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        self.fields.clear();
        let mut at = start;
        loop {
            let field_start = at;
            let mut is_plain = true;
            if has_quotes && bytes.get(at) == Some(&b'"') {
                (at, is_plain) = closing(bytes, at, self.max_field_bytes)?;
            } else if !has_quotes {
                is_plain = bytes.get(at) != Some(&b'"');
            }
            let tail = at;
            while at < bytes.len() && bytes[at] != self.delimiter && bytes[at] != b'\n' && bytes[at] != b'\r'
            {
                at += 1;
            }
            if tail != field_start && at != tail {
                is_plain = false;
            }
            self.fields.push(Field { start: field_start, end: at, is_plain });
            match bytes.get(at) {
                None => return Some((at, at)),
                Some(byte) if *byte == self.delimiter => at += 1,
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return Some((at, at + 2)),
                Some(_) => return Some((at, at + 1)),
            }
        }
    }
}

/// One past the closing mark of the quoted field that opens at `open`, and whether no mark inside is doubled.
fn closing(bytes: &[u8], open: usize, max_field_bytes: usize) -> Option<(usize, bool)> {
    let mut at = open + 1;
    let mut is_plain = true;
    let limit = bytes.len().min(open + max_field_bytes + 2);
    loop {
        at += bytes[at..limit.max(at)].iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some((at + 1, is_plain));
        }
        is_plain = false;
        at += 2;
    }
}

/// Takes away the outer marks and halves the doubled ones; text after the closing mark is kept as it stands.
fn unquoted(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut letters = raw[1..].chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '"' {
            text.push(letter);
        } else if letters.peek() == Some(&'"') {
            letters.next();
            text.push('"');
        } else {
            text.extend(letters.by_ref());
        }
    }
    text
}
