//! Finds the rows of a JSON text and the cells of a row, each with its bytes, without building a tree.

use std::borrow::Cow;

use servanda_model::Span;

/// Why rows cannot be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JsonFault {
    /// Nothing lies at this step of the pointer.
    NoSuchPlace(String),
    /// What lies there is no array.
    NoArray,
    /// The text breaks off or goes wrong at this byte.
    Broken(usize),
}

/// Steps through the elements of an array.
pub(crate) struct Elements<'t> {
    bytes: &'t [u8],
    at: usize,
    is_done: bool,
}

impl<'t> Elements<'t> {
    /// Opens the array that begins at a byte.
    pub fn at(text: &'t str, at: usize) -> Result<Elements<'t>, JsonFault> {
        let bytes = text.as_bytes();
        if bytes.get(at) != Some(&b'[') {
            return Err(if at >= bytes.len() { JsonFault::Broken(at) } else { JsonFault::NoArray });
        }
        Ok(Elements { bytes, at: at + 1, is_done: false })
    }

    /// The bytes of the next element; a fault where the array breaks off (the rest of the text is the fault's).
    pub fn step(&mut self) -> Option<Result<Span, JsonFault>> {
        if self.is_done {
            return None;
        }
        self.at = blank(self.bytes, self.at);
        if self.bytes.get(self.at) == Some(&b']') {
            self.is_done = true;
            return None;
        }
        let start = self.at;
        let Some(end) = value_end(self.bytes, start) else {
            self.is_done = true;
            return Some(Err(JsonFault::Broken(start)));
        };
        self.at = blank(self.bytes, end);
        match self.bytes.get(self.at) {
            Some(b',') => self.at += 1,
            Some(b']') => {}
            _ => {
                // The element itself is whole; what follows it is not.
                if end == start {
                    self.is_done = true;
                    return Some(Err(JsonFault::Broken(start)));
                }
                if self.at >= self.bytes.len() {
                    self.is_done = true;
                    self.at = end;
                }
            }
        }
        Some(Ok(Span::new(start, end)))
    }

    /// Whether the array was closed.
    pub fn is_closed(&self) -> bool {
        self.bytes.get(self.at) == Some(&b']')
    }

    /// Where the next element is looked for.
    pub fn next_at(&self) -> usize {
        self.at
    }
}

impl Iterator for Elements<'_> {
    type Item = Result<Span, JsonFault>;
    fn next(&mut self) -> Option<Self::Item> {
        self.step()
    }
}

/// The bytes of the value that a JSON pointer leads to, from a byte on.
pub(crate) fn place(text: &str, from: usize, pointer: &str) -> Result<Span, JsonFault> {
    let bytes = text.as_bytes();
    let mut at = blank(bytes, from);
    for step in pointer.split('/').skip(1) {
        let key = step.replace("~1", "/").replace("~0", "~");
        at = child(text, at, &key).ok_or(JsonFault::NoSuchPlace(key))?;
    }
    let end = value_end(bytes, at).unwrap_or(bytes.len());
    Ok(Span::new(at, end))
}

/// The cell of a row: `name` is a key, or a pointer into the row where it begins with `/`. `None`: absent or null.
pub(crate) fn cell<'t>(text: &'t str, row: Span, name: &str) -> Option<Cow<'t, str>> {
    let text = text.get(..row.end)?;
    let span = match name.starts_with('/') {
        true => place(text, row.start, name).ok()?,
        false => {
            let at = child(text, row.start, name)?;
            Span::new(at, value_end(text.as_bytes(), at)?)
        }
    };
    scalar(span.of(text)?)
}

/// Goes once through the keys of a row and hands each with the bytes of its value.
pub(crate) fn each_entry<'t>(text: &'t str, row: Span, mut take: impl FnMut(&str, &'t str)) {
    let Some(text) = text.get(..row.end) else { return };
    let bytes = text.as_bytes();
    if bytes.get(row.start) != Some(&b'{') {
        return;
    }
    let mut at = blank(bytes, row.start + 1);
    while bytes.get(at) == Some(&b'"') {
        let Some(key_end) = string_end(bytes, at) else { return };
        let colon = blank(bytes, key_end);
        if bytes.get(colon) != Some(&b':') {
            return;
        }
        let start = blank(bytes, colon + 1);
        let Some(end) = value_end(bytes, start) else { return };
        take(&unescaped(&text[at..key_end]), &text[start..end]);
        at = blank(bytes, end);
        if bytes.get(at) != Some(&b',') {
            return;
        }
        at = blank(bytes, at + 1);
    }
}

/// The text of a value: strings unescaped, numbers, truth values, lists and objects as written. `None`: null.
pub(crate) fn scalar(raw: &str) -> Option<Cow<'_, str>> {
    match raw.as_bytes().first() {
        None => None,
        Some(b'n') if raw == "null" => None,
        Some(b'"') => Some(unescaped(raw)),
        Some(_) => Some(Cow::Borrowed(raw)),
    }
}

fn unescaped(raw: &str) -> Cow<'_, str> {
    let inner = raw.get(1..raw.len().max(2) - 1).unwrap_or_default();
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(serde_json::from_str(raw).unwrap_or_else(|_| inner.to_owned()))
}

/// Where the value of a key (or of a position in an array) begins.
fn child(text: &str, at: usize, key: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let row = Span::new(at, value_end(bytes, at).unwrap_or(bytes.len()));
    match bytes.get(at)? {
        b'{' => {
            let mut found = None;
            let base = text.as_ptr() as usize;
            each_entry(text, row, |name, value| {
                if found.is_none() && name == key {
                    found = Some(value.as_ptr() as usize - base);
                }
            });
            found
        }
        b'[' => {
            let position: usize = key.parse().ok()?;
            let mut elements = Elements { bytes: &bytes[..row.end], at: at + 1, is_done: false };
            let mut n = 0;
            while let Some(Ok(span)) = elements.step() {
                if n == position {
                    return Some(span.start);
                }
                n += 1;
            }
            None
        }
        _ => None,
    }
}

fn blank(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

fn string_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// One past the value that begins here: by brackets and strings alone, so that a faulty value still has an end.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    match bytes.get(start)? {
        b'"' => string_end(bytes, start),
        b'{' | b'[' => {
            let (mut at, mut depth) = (start, 0usize);
            loop {
                match bytes.get(at)? {
                    b'"' => {
                        at = string_end(bytes, at)?;
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        _ => {
            let rest = &bytes[start..];
            let n = rest
                .iter()
                .position(|byte| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t'));
            Some(start + n.unwrap_or(rest.len()))
        }
    }
}
