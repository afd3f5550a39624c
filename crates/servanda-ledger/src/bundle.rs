//! Bundles: records, and documents where wanted, as text that two organisations exchange.
//!
//! One line a record, so that a person can look at it and a line that breaks is one line. The last line holds the
//! SHA-256 of everything before it: with the ids and signatures of the records, no byte can change unseen.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use servanda_model::{DocumentId, Hash32};
use sha2::{Digest, Sha256};

use crate::record::{Record, Sealed};

pub(crate) const HEADER: &str = "{\"servanda_bundle\":1}";

/// Bytes of a document, as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentBytes {
    /// SHA-256 of the bytes.
    pub id: DocumentId,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl DocumentBytes {
    /// The bytes with their id.
    pub fn new(bytes: Vec<u8>) -> DocumentBytes {
        DocumentBytes { id: DocumentId(Hash32::of(&bytes)), bytes }
    }
}

/// What a bundle holds: well-signed records, and bytes of documents that match their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// Records; in canonical order (author, number, id) when encoded.
    pub records: Vec<Sealed>,
    /// Documents; in order of their ids when encoded.
    pub documents: Vec<DocumentBytes>,
}

/// The text of a bundle. Records and documents are put in order; doubled ones are written once.
pub fn encode_bundle(bundle: &Bundle) -> Vec<u8> {
    let mut records: Vec<&Sealed> = bundle.records.iter().collect();
    records.sort_by_key(|record| (record.author, record.seq, record.id(), record.signature));
    records.dedup_by_key(|record| record.id());
    let mut documents: Vec<&DocumentBytes> = bundle.documents.iter().collect();
    documents.sort_by_key(|document| document.id);
    documents.dedup_by_key(|document| document.id);
    let mut text = Vec::new();
    let written = (|| {
        let mut writer = BundleWriter::new(&mut text)?;
        records.into_iter().try_for_each(|record| writer.record(record, record.id()))?;
        documents.into_iter().try_for_each(|document| writer.document(document))?;
        writer.finish()
    })();
    written.expect("memory takes every write");
    text
}

/// Writes a bundle piece by piece, for ledgers that do not fit into memory.
///
/// The caller gives records in canonical order (author, number, id), then documents by id.
pub struct BundleWriter<W: Write> {
    out: W,
    hasher: Sha256,
    n_records: u64,
    n_documents: u64,
}

impl<W: Write> BundleWriter<W> {
    /// Writes the first line.
    ///
    /// # Errors
    /// What the writer under it reports.
    pub fn new(out: W) -> io::Result<BundleWriter<W>> {
        let mut writer = BundleWriter { out, hasher: Sha256::new(), n_records: 0, n_documents: 0 };
        writer.line(HEADER.as_bytes())?;
        Ok(writer)
    }

    /// Writes a record.
    ///
    /// # Errors
    /// What the writer under it reports.
    pub fn record(&mut self, record: &Record, id: servanda_model::RecordId) -> io::Result<()> {
        self.n_records += 1;
        self.line(&record_line(record, &id))
    }

    /// Writes the bytes of a document.
    ///
    /// # Errors
    /// What the writer under it reports.
    pub fn document(&mut self, document: &DocumentBytes) -> io::Result<()> {
        self.n_documents += 1;
        self.line(document_line(&document.id, &document.bytes).as_bytes())
    }

    /// Writes the last line.
    ///
    /// # Errors
    /// What the writer under it reports.
    pub fn finish(mut self) -> io::Result<()> {
        let sha256 = Hash32(self.hasher.finalize_reset().into());
        let line = trailer_line(self.n_records, self.n_documents, &sha256);
        self.line(line.as_bytes())?;
        self.out.flush()
    }

    fn line(&mut self, line: &[u8]) -> io::Result<()> {
        for part in [line, b"\n"] {
            self.hasher.update(part);
            self.out.write_all(part)?;
        }
        Ok(())
    }
}

pub(crate) fn record_line(record: &Record, id: &servanda_model::RecordId) -> Vec<u8> {
    let mut line = Vec::with_capacity(record.body.len() + 512);
    let head = format!(
        "{{\"record\":\"{id}\",\"author\":\"{}\",\"seq\":{},\"prev\":\"{}\",\"recorded_at\":\"{}\",\"kind\":\"{}\",\"signature\":\"{}\",\"body\":",
        record.author,
        record.seq,
        record.prev,
        record.recorded_at,
        record.kind.as_str(),
        Hex(&record.signature),
    );
    line.extend_from_slice(head.as_bytes());
    line.extend_from_slice(&record.body);
    line.push(b'}');
    line
}

pub(crate) fn document_line(id: &DocumentId, bytes: &[u8]) -> String {
    format!("{{\"document\":\"{id}\",\"bytes\":\"{}\"}}", STANDARD.encode(bytes))
}

pub(crate) fn trailer_line(n_records: u64, n_documents: u64, sha256: &Hash32) -> String {
    format!("{{\"n_records\":{n_records},\"n_documents\":{n_documents},\"sha256\":\"{sha256}\"}}")
}

/// 64 bytes as lower-case hexadecimal digits.
pub(crate) struct Hex<'b>(pub &'b [u8; 64]);

impl std::fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (left, right) = self.0.split_at(32);
        for half in [left, right] {
            let half: [u8; 32] = half.try_into().map_err(|_| std::fmt::Error)?;
            write!(f, "{}", Hash32(half))?;
        }
        Ok(())
    }
}

/// 64 bytes of exactly 128 lower-case hexadecimal digits.
pub(crate) fn parse_hex64(text: &str) -> Option<[u8; 64]> {
    let (left, right) = text.split_at_checked(64)?;
    let (left, right): (Hash32, Hash32) = (left.parse().ok()?, right.parse().ok()?);
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(&left.0);
    bytes[32..].copy_from_slice(&right.0);
    Some(bytes)
}
