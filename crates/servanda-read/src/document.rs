//! Documents as received: their text, and what their front matter or `sources/documents.toml` says about them.

use std::collections::BTreeMap;

use servanda_model::{Diagnostic, Document, DocumentId, Hash32, Instant, Name, Span};

use crate::clock::Clock;
use crate::decode;
use crate::fields::{CASE, Fields, Sink};
use crate::messages;
use crate::node;

/// What a case says about a document, apart from its text. Absent fields are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentMetadata {
    /// Title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<Name>,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// Address where it was published.
    pub url: Option<String>,
    /// Label of the encoding (`utf-8`, `cp1252`), where the bytes do not tell it.
    pub encoding: Option<String>,
}

/// A document with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentText {
    /// What is on record about it.
    pub document: Document,
    /// The whole text, front matter included, decoded to UTF-8. Spans of claims are byte offsets into it.
    pub text: String,
    /// Where the words begin: the first byte after the front matter and any byte order mark.
    pub body_start: usize,
}

impl DocumentText {
    /// The words, without front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body_start..]
    }
}

/// The documents of a case by their path.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    by_path: BTreeMap<String, DocumentText>,
}

impl Documents {
    /// These documents; of two with the same path the later one.
    pub fn new(documents: impl IntoIterator<Item = DocumentText>) -> Documents {
        Documents { by_path: documents.into_iter().map(|text| (text.document.path.clone(), text)).collect() }
    }

    /// The document of that path, relative to the case folder; `sources/` may be left out.
    pub fn find(&self, path: &str) -> Option<&DocumentText> {
        self.by_path.get(path).or_else(|| self.by_path.get(&format!("sources/{path}")))
    }

    /// Every document, by path.
    pub fn iter(&self) -> impl Iterator<Item = &DocumentText> {
        self.by_path.values()
    }
}

/// Reads `sources/documents.toml`: what the case says about documents that cannot carry front matter.
///
/// # Diagnostics
/// C101 to C104, C107, C122, C125.
pub fn document_list(
    path: &str,
    text: &str,
    clock: &Clock,
) -> (BTreeMap<String, DocumentMetadata>, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let parsed = node::parse(text, &sink);
    let root = Fields::new(&parsed.root, &sink);
    let mut list = BTreeMap::new();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for table in parsed.sound(root.tables("document"), text.len()) {
        let fields = Fields::new(table, &sink);
        let path = fields.required("path");
        let metadata = DocumentMetadata {
            title: fields.owned("title"),
            publisher: fields.name("publisher").map(|(name, _)| name),
            published_at: fields
                .text("published")
                .and_then(|(text, span)| published(text, span, clock, &sink)),
            url: fields.owned("url"),
            encoding: fields.text("encoding").and_then(|(label, span)| checked_encoding(label, span, &sink)),
        };
        fields.finish();
        let Some((path, span)) = path else { continue };
        if let Some(first) = places.get(path) {
            sink.push(messages::duplicate_id(span, *first, "document", path));
            continue;
        }
        places.insert(path.to_owned(), span);
        list.insert(path.to_owned(), metadata);
    }
    root.finish();
    (list, sink.into_list())
}

/// Decodes a document and takes what its front matter says; `metadata` fills what the front matter leaves out.
///
/// The publication time of a bare civil day is the last millisecond of that day in the clock of the case: nothing is
/// known before it can have been published. Without a date there is no time; today is never used.
///
/// # Diagnostics
/// C120 to C126.
pub fn read_document(
    path: &str,
    bytes: &[u8],
    clock: &Clock,
    metadata: Option<&DocumentMetadata>,
) -> (DocumentText, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let media_type = media_type(path);
    let has_front_matter = matches!(media_type, "text/markdown" | "text/plain");
    let is_text = media_type != "application/pdf" && !media_type.starts_with("image/");
    let in_front_matter = if has_front_matter { declared_encoding(bytes) } else { None };
    let declared =
        in_front_matter.clone().or_else(|| metadata.and_then(|metadata| metadata.encoding.clone()));
    let encoding = declared.as_deref().and_then(decode::encoding);
    let decoded = decode::decode(if is_text { bytes } else { b"" }, encoding);
    if decoded.has_faults {
        sink.push(messages::undecodable(decoded.encoding));
    } else if decoded.is_guessed {
        sink.push(messages::guessed_encoding(decoded.encoding));
    }
    let text = decoded.text.into_owned();
    let mut body_start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut found = DocumentMetadata::default();
    if has_front_matter {
        (found, body_start) = front_matter(&text, body_start, clock, &sink);
    }
    let given = metadata.cloned().unwrap_or_default();
    let document = Document {
        id: DocumentId(Hash32::of(bytes)),
        path: path.to_owned(),
        n_bytes: bytes.len() as u64,
        media_type: media_type.to_owned(),
        encoding: decoded.encoding.to_owned(),
        title: found.title.or(given.title),
        publisher: found.publisher.or(given.publisher),
        published_at: found.published_at.or(given.published_at),
        url: found.url.or(given.url),
    };
    if document.publisher.is_none() {
        sink.push(messages::no_metadata("publisher", "Its claims have no narrator."));
    }
    if document.published_at.is_none() {
        sink.push(messages::no_metadata(
            "published",
            "Its claims count as known only from the day they are recorded.",
        ));
    }
    (DocumentText { document, text, body_start }, sink.into_list())
}

const KEYS: [&str; 5] = ["title", "publisher", "published", "url", "encoding"];

/// Reads `key: value` lines between two lines `---` at the head of the text. Answers also where the words begin.
fn front_matter(text: &str, from: usize, clock: &Clock, sink: &Sink) -> (DocumentMetadata, usize) {
    let mut metadata = DocumentMetadata::default();
    let mut lines = lines(text, from);
    if lines.next().is_none_or(|(_, line)| line.trim_end() != "---") {
        return (metadata, from);
    }
    let mut entries = Vec::new();
    let mut end = None;
    for (start, line) in lines {
        if line.trim_end() == "---" {
            end = Some(start + line.len());
            break;
        }
        entries.push((start, line));
    }
    let Some(end) = end else {
        sink.push(messages::open_front_matter(Span::new(from, from + 3)));
        return (metadata, from);
    };
    for (start, line) in entries {
        let span = Span::new(start, start + line.trim_end().len());
        let Some((key, value)) = line.split_once(':') else {
            if !line.trim().is_empty() {
                sink.push(messages::front_matter_line(span, line.trim()));
            }
            continue;
        };
        let (key, value) = (key.trim(), unquoted(value.trim()));
        let is_known = KEYS.contains(&key);
        if value.is_empty() && is_known {
            continue;
        }
        match key {
            "title" => metadata.title = Some(value),
            "publisher" => metadata.publisher = Some(Name::from(value)),
            "published" => metadata.published_at = published(&value, span, clock, sink),
            "url" => metadata.url = Some(value),
            "encoding" => metadata.encoding = checked_encoding(&value, span, sink),
            _ => sink.push(messages::front_matter_key(span, key, &KEYS)),
        }
    }
    (metadata, end)
}

/// Lines with their line ends, each with its offset.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

fn unquoted(value: &str) -> String {
    for mark in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            return if mark == '"' {
                inner.replace("\\\"", "\"").replace("\\\\", "\\")
            } else {
                inner.replace("''", "'")
            };
        }
    }
    value.to_owned()
}

/// The encoding that the front matter itself declares: its own letters are ASCII in every encoding accepted here.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    const HEAD_BYTES: usize = 8192;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]);
    let mut lines = head.lines();
    if lines.next()?.trim_end().trim_start_matches('\u{feff}') != "---" {
        return None;
    }
    lines
        .take_while(|line| line.trim_end() != "---")
        .find_map(|line| line.strip_prefix("encoding:"))
        .map(|label| unquoted(label.trim()))
}

fn checked_encoding(label: &str, span: Span, sink: &Sink) -> Option<String> {
    if decode::encoding(label).is_none() {
        sink.push(messages::unknown_encoding(span, label));
        return None;
    }
    Some(label.to_owned())
}

fn published(text: &str, span: Span, clock: &Clock, sink: &Sink) -> Option<Instant> {
    let when = clock.when(text).filter(|_| !text.contains('/'));
    if when.is_none() {
        sink.push(messages::unreadable_published(span, text));
    }
    when.map(|when| when.latest)
}

fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "md" | "markdown" => "text/markdown",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "tsv" | "tab" => "text/tab-separated-values",
        "json" => "application/json",
        "geojson" => "application/geo+json",
        "jsonl" | "ndjson" => "application/x-ndjson",
        "html" | "htm" => "text/html",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    }
}
