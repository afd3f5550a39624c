//! Reading bundles: hostile until proved sound.
//!
//! Every line is read, written again and compared; every id is computed and every signature checked. A line that
//! breaks is named and left out, the others are used. Limits hold before memory is asked for.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::value::RawValue;
use servanda_model::{AuthorId, Diagnostic, DocumentId, Hash32, Instant, RecordId, Span};

use crate::body::Body;
use crate::bundle::{Bundle, DocumentBytes, HEADER, document_line, parse_hex64, record_line, trailer_line};
use crate::messages::{self, Place, Which};
use crate::record::{MAX_BODY_BYTES, Record, RecordKind, Sealed, check_signature, verifying_key};
use crate::signatures::check_all;

/// Most records that one bundle may hold.
pub const MAX_RECORDS: usize = 20_000_000;
/// Largest document in a bundle, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 64 << 20;
/// Most messages that one reading gives; the rest is counted.
pub const MAX_DIAGNOSTICS: usize = 1000;
/// Longest line: a document of [`MAX_DOCUMENT_BYTES`] in base64.
const MAX_LINE_BYTES: usize = MAX_DOCUMENT_BYTES / 3 * 4 + 1024;
const MAX_RECORD_LINE_BYTES: usize = MAX_BODY_BYTES + 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordLine<'l> {
    record: RecordId,
    author: AuthorId,
    seq: u64,
    prev: RecordId,
    recorded_at: Instant,
    #[serde(borrow)]
    kind: Cow<'l, str>,
    #[serde(borrow)]
    signature: Cow<'l, str>,
    #[serde(borrow)]
    body: &'l RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentLine<'l> {
    document: DocumentId,
    #[serde(borrow)]
    bytes: Cow<'l, str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrailerLine {
    n_records: u64,
    n_documents: u64,
    sha256: Hash32,
}

/// Reads a bundle: all records and documents that are sound, and a message for everything that is not.
///
/// Records with an error message are not in the bundle, except where the message says they are used (L107).
/// No message of severity `Error`: every byte is as it was exported. Chains are judged later, by [`crate::Chains`]:
/// a bundle may well hold a part of a chain.
pub fn decode_bundle(bytes: &[u8]) -> (Bundle, Vec<Diagnostic>) {
    decode_at_most(bytes, MAX_RECORDS)
}

fn decode_at_most(bytes: &[u8], max_records: usize) -> (Bundle, Vec<Diagnostic>) {
    let mut decoder = Decoder { max_records, ..Decoder::default() };
    decoder.read(bytes);
    decoder.finish()
}

#[derive(Default)]
struct Decoder {
    max_records: usize,
    pending: Vec<(Record, RecordId, Place)>,
    documents: Vec<DocumentBytes>,
    n_record_lines: u64,
    n_document_lines: u64,
    last_record: Option<(AuthorId, u64, RecordId)>,
    last_document: Option<DocumentId>,
    diagnostics: Vec<Diagnostic>,
    n_left_out: u64,
}

impl Decoder {
    fn say(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.n_left_out += 1;
        }
    }

    fn read(&mut self, bytes: &[u8]) {
        let mut start = 0;
        let mut ended = false;
        for (at, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let span = Span { start, end: start + line.len() };
            let place = Place { line: at + 1, span };
            let content = line.strip_suffix(b"\n").unwrap_or(line);
            if ended {
                self.say(messages::trailer(place, "there is more after the last line"));
                return;
            }
            if content.len() == line.len() && !content.starts_with(b"{\"n_records\":") {
                self.say(messages::line(place, "it is cut off: the end of the line is missing"));
            } else if at == 0 {
                self.header(content, place);
            } else if content.starts_with(b"{\"n_records\":") {
                ended = true;
                self.trailer(content, content.len() == line.len(), &bytes[..start], place);
            } else if self.n_record_lines as usize >= self.max_records {
                self.say(messages::limit(
                    place,
                    &format!("a bundle holds at most {} records", self.max_records),
                ));
                return;
            } else {
                self.content(content, place);
            }
            start = span.end;
        }
        if !ended {
            let place = Place { line: 0, span: Span { start, end: start } };
            self.say(messages::trailer(place, "its last line, with the counts and the SHA-256, is missing"));
        }
    }

    fn header(&mut self, line: &[u8], place: Place) {
        if line != HEADER.as_bytes() {
            let why = if line.starts_with(b"{\"servanda_bundle\":") {
                "its version is not 1"
            } else {
                "the header is missing"
            };
            self.say(messages::header(place, why));
        }
    }

    fn content(&mut self, line: &[u8], place: Place) {
        if line.len() > MAX_LINE_BYTES {
            self.say(messages::line(place, "it is longer than any document may be"));
        } else if line.starts_with(b"{\"document\":") {
            self.n_document_lines += 1;
            self.document(line, place);
        } else {
            self.n_record_lines += 1;
            if line.len() > MAX_RECORD_LINE_BYTES {
                self.say(messages::line(place, &format!("a record holds at most {MAX_BODY_BYTES} bytes")));
            } else {
                self.record(line, place);
            }
        }
    }

    fn record(&mut self, line: &[u8], place: Place) {
        let read: RecordLine<'_> = match serde_json::from_slice(line) {
            Ok(read) => read,
            Err(error) => return self.say(messages::line(place, &format!("{error}{}", hint_of(line)))),
        };
        let which = Which { id: read.record, author: read.author, seq: read.seq };
        let (Some(kind), Some(signature)) = (RecordKind::from_word(&read.kind), parse_hex64(&read.signature))
        else {
            let why = if RecordKind::from_word(&read.kind).is_none() { "kind" } else { "signature" };
            return self.say(messages::line(place, &format!("{which} has no {why} that this version knows")));
        };
        let record = Record {
            author: read.author,
            seq: read.seq,
            prev: read.prev,
            recorded_at: read.recorded_at,
            kind,
            body: read.body.get().as_bytes().to_vec(),
            signature,
        };
        if record_line(&record, &read.record) != line {
            return self.say(messages::form(place, Some(which)));
        }
        let id = record.id();
        if id != read.record {
            let signed = |id| {
                verifying_key(&record.author)
                    .is_ok_and(|key| check_signature(&key, &record.author, id, &record.signature).is_ok())
            };
            let signed_as_stated = signed(&read.record);
            return self.say(messages::id(place, which, &id, signed_as_stated));
        }
        if let Err(error) = record.check_bounds() {
            return self.say(messages::body(place, which, &error.to_string()));
        }
        if let Err(error) = Body::check_json(kind, &record.body) {
            return self.say(messages::body(place, which, &error.to_string()));
        }
        let key = (record.author, record.seq, id);
        if self.last_record.is_some_and(|last| last >= key) || self.last_document.is_some() {
            self.say(messages::order(place, which));
        }
        self.last_record = Some(key);
        self.pending.push((record, id, place));
    }

    fn document(&mut self, line: &[u8], place: Place) {
        let read: DocumentLine<'_> = match serde_json::from_slice(line) {
            Ok(read) => read,
            Err(error) => return self.say(messages::line(place, &error.to_string())),
        };
        if read.bytes.len() / 4 * 3 > MAX_DOCUMENT_BYTES {
            let why = format!("a document in a bundle holds at most {MAX_DOCUMENT_BYTES} bytes");
            return self.say(messages::line(place, &why));
        }
        let Ok(bytes) = STANDARD.decode(read.bytes.as_bytes()) else {
            return self.say(messages::line(
                place,
                &format!("the bytes of document {} are not base64", read.document.short()),
            ));
        };
        if document_line(&read.document, &bytes).as_bytes() != line {
            return self.say(messages::form(place, None));
        }
        let document = DocumentBytes::new(bytes);
        if document.id != read.document {
            return self.say(messages::document_bytes(place, &read.document, &document.id));
        }
        if self.last_document.is_some_and(|last| last >= document.id) {
            return self.say(messages::line(
                place,
                &format!("document {} is out of order or stands twice", document.id.short()),
            ));
        }
        self.last_document = Some(document.id);
        self.documents.push(document);
    }

    fn trailer(&mut self, line: &[u8], cut: bool, before: &[u8], place: Place) {
        let Ok(read) = serde_json::from_slice::<TrailerLine>(line) else {
            return self.say(messages::trailer(place, "its last line cannot be read"));
        };
        if trailer_line(read.n_records, read.n_documents, &read.sha256).as_bytes() != line || cut {
            self.say(messages::trailer(
                place,
                "its last line is not written in the one form that bundles use",
            ));
        }
        let sha256 = Hash32::of(before);
        if read.sha256 != sha256 {
            let why = format!("the SHA-256 of all before is {}, not {}", sha256.short(), read.sha256.short());
            self.say(messages::trailer(place, &why));
        }
        for (what, stated, found) in [
            ("records", read.n_records, self.n_record_lines),
            ("documents", read.n_documents, self.n_document_lines),
        ] {
            if stated != found {
                self.say(messages::trailer(place, &format!("it states {stated} {what} and has {found}")));
            }
        }
    }

    fn finish(mut self) -> (Bundle, Vec<Diagnostic>) {
        let pending = std::mem::take(&mut self.pending);
        let outcomes = check_all(pending.iter().map(|(record, id, _)| (record, id)).collect());
        let mut records = Vec::with_capacity(pending.len());
        for ((record, id, place), outcome) in pending.into_iter().zip(outcomes) {
            match outcome {
                Ok(()) => records.push(Sealed::new_checked(record, id)),
                Err(error) => {
                    let which = Which { id, author: record.author, seq: record.seq };
                    self.say(messages::signature(place, which, &error.to_string()));
                }
            }
        }
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        if self.n_left_out > 0 {
            self.diagnostics.push(messages::too_many(self.n_left_out));
        }
        (Bundle { records, documents: self.documents }, self.diagnostics)
    }
}

/// Which record an unreadable line seems to be, from its first digits.
fn hint_of(line: &[u8]) -> String {
    let digits = line.strip_prefix(b"{\"record\":\"").and_then(|rest| rest.get(..12));
    match digits
        .map(|digits| digits.iter().all(u8::is_ascii_hexdigit).then(|| String::from_utf8_lossy(digits)))
    {
        Some(Some(digits)) => format!(" (it seems to be record {digits})"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Author, Chain, encode_bundle};

    #[test]
    fn l109_more_records_than_a_bundle_may_hold() {
        let author = Author::from_seed([1; 32], "one");
        let mut chain = Chain::new(&author, None);
        let notice = Body::Notice(b"{}".to_vec());
        let records: Vec<Sealed> =
            (0..3).map(|ms| chain.sign(&notice, Instant::from_ms(ms)).unwrap()).collect();
        let bytes = encode_bundle(&Bundle { records, documents: Vec::new() });
        assert_eq!(decode_at_most(&bytes, 3).1, []);
        let (bundle, diagnostics) = decode_at_most(&bytes, 2);
        assert_eq!(bundle.records.len(), 2);
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == "L109"), "{diagnostics:?}");
    }
}
