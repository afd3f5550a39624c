//! Documents of every sort become articles: the text that is read, in blocks with roles, and what is known of each.
//!
//! The way: bytes are decoded, or their text is drawn out of a binary format ([`crate::read_document`]); a layout of the
//! format finds the blocks; one rule for all formats gives each block its role. Every byte of the text that is read leads
//! back to the bytes of [`DocumentText::text`].
//!
//! Invariant: nothing is dropped silently. What is not read is a block with a role that is not read, or a remark.
//! Invariant: time and memory are linear in the length of the document, whatever it holds; see [`limits`].
//! Invariant: a document without a date stays without one; today is never used.

mod draft;
pub(crate) mod front_matter;
pub(crate) mod html;
pub mod limits;
mod markdown;
pub(crate) mod packed;
mod plain;
pub(crate) mod published;
mod roles;
mod table;

use servanda_model::{Diagnostic, Name, Span, When};

use crate::clock::Clock;
use crate::document::DocumentText;
use crate::fields::{CASE, Sink};
use crate::messages;
use crate::prose::{Calendar, Prose};
use draft::Draft;
use front_matter::Piece;
use limits::{MAX_ARTICLE_BYTES, MAX_TEXT_BYTES};

/// One article: a page, a statement, a message, or one row of a table of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Title, where something gives one.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<Name>,
    /// When it was published, as precisely as is known.
    pub published_at: Option<When>,
    /// The civil day of publication where it was published; `None` where only a month or a year is known. Words such as
    /// "yesterday" count from it.
    pub published_on: Option<Calendar>,
    /// Address.
    pub url: Option<String>,
    /// Its text in blocks. Spans lead back to bytes of [`DocumentText::text`].
    pub prose: Prose,
}

/// The articles of a document, in order.
///
/// # Diagnostics
/// R301 to R329: what was not read, and why.
pub fn articles(document: &DocumentText, clock: &Clock) -> (Vec<Article>, Vec<Diagnostic>) {
    let mut list = Vec::new();
    let diagnostics = each_article(document, clock, &mut |article| list.push(article));
    (list, diagnostics)
}

/// Hands each article of a document, so that a table of a million of them need not be held at once.
///
/// # Diagnostics
/// As [`articles`].
pub fn each_article(
    document: &DocumentText,
    clock: &Clock,
    take: &mut dyn FnMut(Article),
) -> Vec<Diagnostic> {
    let sink = Sink::new(&document.document.path, CASE);
    match document.document.media_type.as_str() {
        "text/html" | "application/xhtml+xml" => take(page(document, &sink)),
        media_type if packed::is_packed(media_type) => {
            let mut prose = Prose::verbatim(&document.text, 0);
            prose.blocks.clone_from(&document.blocks);
            if !prose.blocks.is_empty() {
                take(recorded(document, prose));
            }
        }
        "text/csv" | "text/tab-separated-values" => table::delimited(document, clock, &sink, take),
        "application/json" | "application/x-ndjson" => table::listed(document, clock, &sink, take),
        "text/markdown" => take(text_article(document, clock, &sink, true)),
        _ => take(text_article(document, clock, &sink, false)),
    }
    sink.into_list()
}

/// An article with what is on record about its document.
fn recorded(document: &DocumentText, prose: Prose) -> Article {
    let record = &document.document;
    Article {
        title: record.title.clone(),
        publisher: record.publisher.clone(),
        published_at: document.published_at,
        published_on: document.published_on,
        url: record.url.clone(),
        prose,
    }
}

/// The words of a document as far as one article goes.
fn body_span(document: &DocumentText, sink: &Sink) -> Span {
    let (start, end) = (document.body_start, document.text.len());
    if end - start <= MAX_ARTICLE_BYTES {
        return Span::new(start, end);
    }
    let cut = draft::cut_before(&document.text, start, start + MAX_ARTICLE_BYTES);
    sink.push(messages::article_cut(Span::new(cut, end), cut - start));
    Span::new(start, cut)
}

fn text_article(document: &DocumentText, clock: &Clock, sink: &Sink, is_markdown: bool) -> Article {
    let text = &document.text;
    let span = body_span(document, sink);
    let head = title_of_front_matter(document, clock);
    let mut drafts = Vec::new();
    let mut prose = Prose::default();
    let title = document.document.title.as_deref();
    if !head.is_empty() && !is_shown(&text[span.start..span.end], title.unwrap_or_default()) {
        for piece in &head {
            prose.push(&piece.words, piece.span);
        }
        let words = Span::new(0, prose.text.len());
        Draft::push(&mut drafts, &prose.text, words, Some(crate::prose::BlockRole::Headline));
    }
    if is_markdown {
        let has_title = title.is_some();
        drafts.extend(markdown::layout(text, span, has_title, &mut prose));
    } else if drafts.is_empty() && span.start == 0 {
        prose = Prose::verbatim(&text[span.start..span.end], span.start);
        drafts = plain::drafts(&prose.text, span);
    } else {
        if !prose.text.is_empty() {
            prose.space("\n\n");
        }
        let start = prose.text.len();
        prose.push(&text[span.start..span.end], span);
        drafts.extend(plain::drafts(&prose.text, Span::new(start, prose.text.len())));
    }
    prose.blocks = roles::blocks(&prose.text, &drafts, title);
    recorded(document, prose)
}

/// The title as the front matter writes it.
fn title_of_front_matter(document: &DocumentText, clock: &Clock) -> Vec<Piece> {
    if document.body_start == 0 || document.document.title.is_none() {
        return Vec::new();
    }
    let from = if document.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    front_matter::front_matter(&document.text, from, clock, &Sink::new("", CASE)).title
}

/// Whether one of the first lines says the title already.
fn is_shown(body: &str, title: &str) -> bool {
    const MAX_LINES: usize = 40;
    let wanted = roles::letters(title);
    body.lines().take(MAX_LINES).any(|line| line.len() < 2_000 && roles::letters(line) == wanted)
}

fn page(document: &DocumentText, sink: &Sink) -> Article {
    let (start, end) = (document.body_start, document.text.len());
    let span = Span::new(
        start,
        draft::cut_before(&document.text, start, start.saturating_add(MAX_TEXT_BYTES).min(end)),
    );
    let span = if end - start <= MAX_TEXT_BYTES { Span::new(start, end) } else { span };
    let title = document.document.title.as_deref();
    let page = html::page(&document.text, span, title);
    for note in page.notes {
        sink.push(messages::page_note(note));
    }
    if let Some(cut) = page.cut_at.or((span.end < end).then_some(span.end)) {
        sink.push(messages::article_cut(Span::new(cut, end), page.prose.text.len()));
    }
    let mut prose = page.prose;
    prose.blocks = roles::blocks(&prose.text, &page.drafts, title);
    recorded(document, prose)
}
