//! Bytes become text: which encoding, and what could not be decoded.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What bytes were decoded to.
pub(crate) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    /// WHATWG name.
    pub encoding: &'static str,
    /// Whether nothing but the bytes themselves told the encoding, and they are not UTF-8.
    pub is_guessed: bool,
    /// Whether some bytes had no meaning in the encoding; they read U+FFFD.
    pub has_faults: bool,
}

/// Decodes by byte order mark, else by the declared encoding, else as UTF-8 where the bytes allow it, else as
/// windows-1252, in which every byte means something.
///
/// The text of a UTF-8 document keeps its byte order mark, so that offsets count the bytes as received.
pub(crate) fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Decoded<'b> {
    let by_mark = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let known = by_mark.or(declared);
    let encoding = match known {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let (text, has_faults) = if encoding == UTF_8 {
        match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => encoding.decode_without_bom_handling(bytes),
        }
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        encoding.decode_with_bom_removal(bytes)
    } else {
        encoding.decode_without_bom_handling(bytes)
    };
    let is_guessed = known.is_none() && encoding != UTF_8;
    Decoded { text, encoding: encoding.name(), is_guessed, has_faults }
}

/// The encoding of a label such as `utf-8`, `latin1`, `cp1252`.
pub(crate) fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}
