//! Bounds on what comes out of the streams of a PDF, before and while it is read.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

use crate::input::limits::MAX_UNPACKED_BYTES;
use crate::input::packed::Note;

/// Streams that the structure of a file is kept in, packed otherwise than once by Flate, are unpacked whole by the library; so
/// long may they be in all. A thousandfold of it is the most that comes out.
const MAX_ODD_BYTES: usize = 64 << 10;
const MAX_HEAD_BYTES: usize = 2 << 10;

/// Looks at the streams that are unpacked as soon as a file is opened (object streams, cross-reference streams).
pub(super) fn check(bytes: &[u8]) -> Result<(), Note> {
    let is_encrypted = find(bytes, b"/Encrypt").is_some();
    let (mut n_out, mut n_odd) = (0u64, 0);
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        let head = &bytes[keyword.saturating_sub(MAX_HEAD_BYTES)..keyword];
        let head = &head[rfind(head, b"obj").unwrap_or(0)..];
        if find(head, b"ObjStm").is_none() && find(head, b"XRef").is_none() {
            continue;
        }
        let n_filters = count(head, b"Decode") - count(head, b"DecodeParms");
        let is_flate = n_filters == 1 && find(head, b"FlateDecode").is_some();
        let end = at + find(&bytes[at..], b"endstream").unwrap_or(bytes.len() - at);
        if !is_flate || is_encrypted {
            n_odd += if n_filters == 0 { 0 } else { end - at };
        } else {
            let start =
                at + bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ')).count();
            n_out += n_inflated(&bytes[start..], MAX_UNPACKED_BYTES as u64);
        }
        if n_out > MAX_UNPACKED_BYTES as u64 || n_odd > MAX_ODD_BYTES {
            return Err(Note::TooMuch);
        }
    }
    Ok(())
}

/// The bytes of a stream, if they are within bounds; each is at most what the budget has left, and is taken off it.
pub(super) fn unpacked(stream: &Stream, budget: &mut usize) -> Option<Vec<u8>> {
    let filters = stream.filters();
    let raw = stream.raw_data();
    let is_bounded = match &filters[..] {
        [] => raw.len() <= *budget,
        [Filter::FlateDecode] => n_inflated(&raw, *budget as u64) <= *budget as u64,
        [Filter::AsciiHexDecode | Filter::Ascii85Decode] => raw.len() * 4 <= *budget,
        _ => raw.len() <= MAX_ODD_BYTES,
    };
    if !is_bounded {
        *budget = 0;
        return None;
    }
    let out = stream.decoded_data().ok()?;
    *budget = budget.saturating_sub(out.len());
    Some(out.into_owned())
}

/// How many bytes come out, up to a little more than the limit.
fn n_inflated(bytes: &[u8], limit: u64) -> u64 {
    let mut out = ZlibDecoder::new(bytes).take(limit + 1);
    let mut buffer = vec![0; 64 << 10];
    let mut n = 0;
    while let Ok(more @ 1..) = out.read(&mut buffer) {
        n += more as u64;
    }
    n
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted[0];
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| *window == wanted).count()
}
