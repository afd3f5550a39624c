//! Documents as received: their text, and what their front matter or `sources/documents.toml` says about them.

use std::collections::BTreeMap;

use servanda_model::{Diagnostic, Document, DocumentId, Hash32, Instant, Name, Precision, Span, When};

use crate::clock::Clock;
use crate::decode;
use crate::fields::{CASE, Fields, Sink};
use crate::input::front_matter::{checked_encoding, declared_encoding, front_matter};
use crate::input::html::metadata;
use crate::input::packed;
use crate::input::published::Published;
use crate::messages;
use crate::node;
use crate::prose::{Block, Calendar};

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
    /// When it was published, as precisely as is known.
    pub published_at: Option<When>,
    /// The civil day on which it was published, where it was published.
    pub published_on: Option<Calendar>,
    /// Blocks of the text, where a binary format told them (docx, PDF, e-mail); else empty.
    pub blocks: Vec<Block>,
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
    let is_packed = packed::is_packed(media_type);
    let is_text = !is_packed && !media_type.starts_with("image/");
    let in_front_matter = if has_front_matter { declared_encoding(bytes) } else { None };
    let declared =
        in_front_matter.clone().or_else(|| metadata.and_then(|metadata| metadata.encoding.clone()));
    let encoding = declared.as_deref().and_then(decode::encoding);
    let decoded = decode::decode(if is_text { bytes } else { b"" }, encoding, media_type == "text/html");
    if decoded.has_faults {
        sink.push(messages::undecodable(decoded.encoding));
    } else if decoded.is_guessed {
        sink.push(messages::guessed_encoding(decoded.encoding));
    }
    if let Some(own) = decoded.belied {
        sink.push(messages::belied_encoding(own, decoded.encoding));
    }
    let mut text = decoded.text.into_owned();
    let mut body_start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    // Front matter is the case's own word and counts before the list; what a page says of itself counts behind it.
    let (mut first, mut second) = (DocumentMetadata::default(), metadata.cloned().unwrap_or_default());
    let mut published = None;
    let mut blocks = Vec::new();
    if is_packed {
        let unpacked = packed::unpack(media_type, bytes, clock);
        for note in &unpacked.notes {
            sink.push(messages::packed_note(note));
        }
        let at = unpacked.published.as_ref().map(|published| published.when.latest);
        let own = DocumentMetadata {
            title: unpacked.title,
            publisher: unpacked.publisher,
            published_at: at,
            ..DocumentMetadata::default()
        };
        (first, second) = (second, own);
        published = unpacked.published.filter(|_| first.published_at.is_none());
        (text, blocks) = (unpacked.text, unpacked.blocks);
    } else if has_front_matter {
        let head = front_matter(&text, body_start, clock, &sink);
        (first, published, body_start) = (head.metadata, head.published, head.end);
    } else if media_type == "text/html" {
        let page = metadata::metadata(&text, Span::new(body_start, text.len()), clock);
        (first, second) = (second, of_page(&page));
        published = page.published.filter(|_| first.published_at.is_none());
    }
    let document = Document {
        id: DocumentId(Hash32::of(bytes)),
        path: path.to_owned(),
        n_bytes: bytes.len() as u64,
        media_type: media_type.to_owned(),
        encoding: decoded.encoding.to_owned(),
        title: first.title.or(second.title),
        publisher: first.publisher.or(second.publisher),
        published_at: first.published_at.or(second.published_at),
        url: first.url.or(second.url),
    };
    let published = published.or_else(|| document.published_at.and_then(|at| recorded(at, clock)));
    if document.publisher.is_none() {
        sink.push(messages::no_metadata("publisher", "Its claims have no narrator."));
    }
    if document.published_at.is_none() {
        sink.push(messages::no_metadata(
            "published",
            "Its claims count as known only from the day they are recorded.",
        ));
    }
    let published_at = published.as_ref().map(|published| published.when);
    let published_on = published.and_then(|published| published.day);
    let document = DocumentText { document, text, body_start, published_at, published_on, blocks };
    (document, sink.into_list())
}

fn of_page(page: &metadata::PageMetadata) -> DocumentMetadata {
    DocumentMetadata {
        title: page.title.clone(),
        publisher: page.publisher.as_deref().map(Name::from),
        published_at: page.published.as_ref().map(|published| published.when.latest),
        url: page.url.clone(),
        encoding: None,
    }
}

/// A recorded time of publication: the last millisecond of a day stands for the whole day.
fn recorded(at: Instant, clock: &Clock) -> Option<Published> {
    let day = clock.day_of(at)?;
    let whole = clock.day(day)?;
    let when = if whole.latest == at { whole } else { When::between(at, at, Precision::Exact) };
    Some(Published { when, day: Some(day) })
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
        "html" | "htm" | "xhtml" => "text/html",
        "xml" => "application/xml",
        "pdf" => packed::PDF,
        "docx" => packed::DOCX,
        "eml" => packed::MAIL,
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    }
}
