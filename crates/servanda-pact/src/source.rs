//! Bytes become text: encodings, bytes that are no text, sizes. Nothing is refused as a whole.

use servanda_model::{Diagnostic, Span};

use crate::messages;

/// Bytes that are read of one file.
pub const MAX_FILE_BYTES: usize = 4 << 20;

/// Reads bytes as text; what is not text is replaced by U+FFFD and reported with its place in the result.
///
/// A byte order mark is dropped, UTF-16 with a mark is understood, a lone carriage return ends a line.
pub(crate) fn decode(path: &str, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut report = |message: messages::Message, span| diagnostics.push(message.at(span).in_file(path));
    let cut = bytes.len() > MAX_FILE_BYTES;
    let bytes = &bytes[..bytes.len().min(MAX_FILE_BYTES)];
    let utf16 = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xFE, 0xFF, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    let mut text = String::with_capacity(bytes.len());
    let mut places = Vec::new();
    let mut zero = None;
    if let Some((rest, unit)) = utf16 {
        report(messages::not_utf8("UTF-16"), Span::default());
        text = char::decode_utf16(rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])))
            .map(|decoded| decoded.ok().filter(|c| *c != '\0').unwrap_or('\u{fffd}'))
            .collect();
    } else {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid();
            zero = zero.or(valid.find('\0').map(|at| text.len() + at));
            text.push_str(&valid.replace('\0', "\u{fffd}"));
            // A character cut by the limit on size is not the author's mistake.
            let is_cut = cut && chunk.invalid().len() < 4 && text.len() + 4 > bytes.len();
            if !is_cut && !chunk.invalid().is_empty() {
                places.push(text.len());
                text.push('\u{fffd}');
            }
        }
    }
    if let Some(first) = places.first() {
        report(messages::not_text(places.len()), Span::new(*first, *first + 3));
    }
    if let Some(first) = zero {
        report(messages::nul(), Span::new(first, first + 3));
    }
    if text.contains('\r') {
        text = lone_returns_end_lines(&text);
    }
    if cut {
        report(messages::file_too_long(MAX_FILE_BYTES), Span::new(text.len(), text.len()));
    }
    text
}

fn lone_returns_end_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(if c == '\r' && rest.peek() != Some(&'\n') { '\n' } else { c });
    }
    out
}
