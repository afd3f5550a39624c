//! Bytes become text: which encoding, and what could not be decoded.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
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
    /// The encoding that a page declares of itself, where its bytes are plainly of another.
    pub belied: Option<&'static str>,
}

/// Decodes by byte order mark, else by the declared encoding, else by what a page declares of itself, else as UTF-8 where
/// the bytes allow it, else by a guess from the frequencies of letters (`chardetng`, the detector of a browser).
///
/// A page's own word counts only where the bytes do not belie it: servers and editors often recode a page and leave its
/// declaration as it was. The text of a UTF-8 document keeps its byte order mark, so that offsets count the bytes as received.
pub(crate) fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>, is_page: bool) -> Decoded<'b> {
    let by_mark = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let known = by_mark.or(declared);
    let of_itself = if is_page && known.is_none() { declared_in_page(bytes) } else { None };
    let is_utf_8 = || std::str::from_utf8(bytes).is_ok();
    let (encoding, is_guessed) = match (known, of_itself) {
        (Some(encoding), _) => (encoding, false),
        (None, Some(encoding)) if encoding != UTF_8 && (bytes.is_ascii() || !is_utf_8()) => (encoding, false),
        _ if is_utf_8() => (wide(bytes).unwrap_or(UTF_8), false),
        _ => (wide(bytes).unwrap_or_else(|| guess(bytes)), true),
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
    let belied = of_itself.filter(|own| *own != encoding).map(Encoding::name);
    Decoded { text, encoding: encoding.name(), is_guessed, has_faults, belied }
}

/// The encoding of a label such as `utf-8`, `latin1`, `cp1252`.
pub(crate) fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// UTF-16 without byte order mark: Latin letters leave every other byte zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE_BYTES: usize = 2048;
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES) & !1];
    let n_zero = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (n_zero(0), n_zero(1));
    let half = sample.len() / 2;
    // Three of four letters, and not both halves: that would be no text.
    match half >= 4 {
        true if odd * 4 >= half * 3 && even * 8 < half => Some(UTF_16LE),
        true if even * 4 >= half * 3 && odd * 8 < half => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    const SAMPLE_BYTES: usize = 1 << 20;
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(4096);
    let sample = &bytes[first..bytes.len().min(first + SAMPLE_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let found = detector.guess(None, Utf8Detection::Deny);
    // Western text with a few bytes of its own is what tables and pages without declaration mostly are.
    if found.is_single_byte() || !found.decode_without_bom_handling(sample).1 { found } else { WINDOWS_1252 }
}

/// The encoding that a page names in a `meta` element or an XML declaration near its head.
fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD_BYTES: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]).to_ascii_lowercase();
    let label = |mark: &str| {
        let rest = head[head.find(mark)? + mark.len()..].trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let end =
            rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':')))?;
        encoding(&rest[..end])
    };
    let found =
        label("charset").or_else(|| if head.starts_with("<?xml") { label("encoding") } else { None })?;
    // A page that can be read by its ASCII letters is not UTF-16, whatever it says.
    Some(if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found })
}
