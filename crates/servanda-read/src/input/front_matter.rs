//! Front matter: `key: value` lines between two lines `---` at the head of a text, in our spelling or in that of other sites.

use servanda_model::{Name, Span};

use super::published::{self, Published};
use crate::clock::Clock;
use crate::decode;
use crate::document::DocumentMetadata;
use crate::fields::Sink;
use crate::messages;

/// Keys of the house, which messages propose.
const KEYS: [&str; 5] = ["title", "publisher", "published", "url", "encoding"];

/// Other spellings of "published", the surest first; a time tells more than a day.
const PUBLISHED: [&str; 10] = [
    "published",
    "published_time",
    "published_at",
    "publishedat",
    "publish_date",
    "date_published",
    "datepublished",
    "pubdate",
    "date",
    "created",
];
const URL: [&str; 6] = ["url", "source_url", "canonical_url", "canonical", "permalink", "link"];
const PUBLISHER: [&str; 5] = ["publisher", "site_name", "site", "outlet", "source"];

/// Keys of other sites that say nothing about title, publisher, address or day; they are passed over without a word.
const SILENT: [&str; 30] = [
    "tags",
    "tag",
    "categories",
    "category",
    "author",
    "authors",
    "layout",
    "slug",
    "description",
    "excerpt",
    "summary",
    "lang",
    "language",
    "locale",
    "image",
    "cover",
    "thumbnail",
    "draft",
    "weight",
    "aliases",
    "id",
    "modified_time",
    "modified",
    "updated",
    "updated_at",
    "lastmod",
    "type",
    "section",
    "keywords",
    "toc",
];

/// What front matter says.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    /// Fields of the house.
    pub metadata: DocumentMetadata,
    /// When it was published, with the local day.
    pub published: Option<Published>,
    /// The title as it stands, in pieces with their bytes.
    pub title: Vec<Piece>,
    /// Where the words begin.
    pub end: usize,
}

/// Words of a value and where they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub words: String,
    pub span: Span,
}

struct Entry<'t> {
    key: &'t str,
    /// The line of the key.
    line: Span,
    /// The value with all its lines.
    value: Span,
}

/// Reads the front matter at the head of the text, if there is any.
pub(crate) fn front_matter(text: &str, from: usize, clock: &Clock, sink: &Sink) -> FrontMatter {
    let mut found = FrontMatter { end: from, ..FrontMatter::default() };
    let Some((entries, end)) = entries(text, from, sink) else { return found };
    found.end = end;
    let (mut published_rank, mut url_rank, mut publisher_rank) = (usize::MAX, usize::MAX, usize::MAX);
    for entry in entries {
        let pieces = scalar(text, entry.value);
        let value = words(&pieces);
        let key = entry.key.to_ascii_lowercase().replace('-', "_");
        let rank_in = |keys: &[&str]| keys.iter().position(|known| *known == key);
        if let Some(rank) = rank_in(&PUBLISHED) {
            if value.is_empty() || rank >= published_rank {
                continue;
            }
            match published::as_written(&value, clock) {
                Some(when) => (found.published, published_rank) = (Some(when), rank),
                None => sink.push(messages::unreadable_published(entry.line, &value)),
            }
        } else if let Some(rank) = rank_in(&URL) {
            if !value.is_empty() && rank < url_rank && (rank == 0 || value.contains("://")) {
                (found.metadata.url, url_rank) = (Some(value), rank);
            }
        } else if let Some(rank) = rank_in(&PUBLISHER) {
            if !value.is_empty() && rank < publisher_rank && (rank == 0 || !value.contains("://")) {
                (found.metadata.publisher, publisher_rank) = (Some(Name::from(value)), rank);
            }
        } else if value.is_empty() && KEYS.contains(&key.as_str()) {
        } else if key == "title" {
            found.metadata.title = Some(value);
            found.title = pieces;
        } else if key == "encoding" {
            found.metadata.encoding = checked_encoding(&value, entry.line, sink);
        } else if !SILENT.contains(&key.as_str()) {
            sink.push(messages::front_matter_key(entry.line, entry.key, &KEYS));
        }
    }
    found.metadata.published_at = found.published.as_ref().map(|published| published.when.latest);
    found
}

/// The entries between the two lines, and where the words begin.
fn entries<'t>(text: &'t str, from: usize, sink: &Sink) -> Option<(Vec<Entry<'t>>, usize)> {
    let mut lines = lines(text, from);
    if lines.next().is_none_or(|(_, line)| line.trim_end() != "---") {
        return None;
    }
    let (mut entries, mut strays, mut open) = (Vec::<Entry>::new(), Vec::new(), None);
    let mut end = None;
    for (start, line) in lines {
        let written = Span::new(start, start + line.trim_end().len());
        if line.trim_end() == "---" || line.trim_end() == "..." {
            end = Some(start + line.len());
            break;
        }
        let is_further = open.is_some() || line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
        if is_further && let Some(entry) = entries.last_mut() {
            entry.value.end = written.end.max(entry.value.end);
            if open.is_some_and(|mark| closes(line, mark)) {
                open = None;
            }
            continue;
        }
        match line.split_once(':') {
            Some((key, value)) => {
                let trimmed = value.trim();
                let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
                let value = Span::new(value_start.min(written.end), written.end);
                entries.push(Entry { key: key.trim(), line: written, value });
                open = trimmed
                    .chars()
                    .next()
                    .filter(|mark| matches!(mark, '"' | '\'') && !closes(&trimmed[1..], *mark));
            }
            None if line.trim().is_empty() => {}
            None => strays.push((written, line.trim())),
        }
    }
    let Some(end) = end else {
        sink.push(messages::open_front_matter(Span::new(from, from + 3)));
        return None;
    };
    for (span, line) in strays {
        sink.push(messages::front_matter_line(span, line));
    }
    Some((entries, end))
}

/// Whether a line ends the quoted value that was opened with this mark: an unescaped mark stands last in it.
fn closes(line: &str, mark: char) -> bool {
    let Some(before) = line.trim_end().strip_suffix(mark) else { return false };
    let n_of = |letter: char| before.chars().rev().take_while(|found| *found == letter).count();
    if mark == '"' { n_of('\\') % 2 == 0 } else { n_of('\'') % 2 == 0 }
}

/// Lines with their line ends, each with its offset.
pub(crate) fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// A scalar as YAML writes it: plain, quoted either way, over one line or several.
fn scalar(text: &str, span: Span) -> Vec<Piece> {
    let raw = &text[span.start..span.end];
    for mark in ['"', '\''] {
        if let Some(inner) = raw.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            let start = span.start + 1;
            return pieces(inner, start, mark);
        }
    }
    let body = raw.trim_start_matches(['|', '>', '-', '+']);
    if body.starts_with('\n') || body.starts_with("\r\n") {
        let at = span.start + raw.len() - body.len() + (body.len() - body.trim_start().len());
        return pieces(body.trim_start(), at, ' ');
    }
    pieces(raw, span.start, ' ')
}

fn pieces(inner: &str, start: usize, mark: char) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = inner;
    let at = |rest: &str| start + inner.len() - rest.len();
    let push = |out: &mut Vec<Piece>, words: &str, from: usize, n_bytes: usize| {
        out.push(Piece { words: words.to_owned(), span: Span::new(from, from + n_bytes) });
    };
    while !rest.is_empty() {
        let special = |letter: char| match mark {
            '"' => letter == '\\' || letter == '\n' || letter == '\r',
            '\'' => letter == '\'' || letter == '\n' || letter == '\r',
            _ => letter == '\n' || letter == '\r',
        };
        let n_plain = rest.find(special).unwrap_or(rest.len());
        if n_plain > 0 {
            let is_folded = rest[n_plain..].starts_with(['\n', '\r']);
            let words = &rest[..n_plain];
            let words = if is_folded { words.trim_end_matches([' ', '\t']) } else { words };
            push(&mut out, words, at(rest), words.len());
            rest = &rest[n_plain..];
            continue;
        }
        let (words, n_bytes) = match rest.as_bytes()[0] {
            b'\n' | b'\r' => {
                let folded = rest.trim_start_matches(['\n', '\r', ' ', '\t']);
                (" ".to_owned(), rest.len() - folded.len())
            }
            b'\'' => ("'".to_owned(), if rest.starts_with("''") { 2 } else { 1 }),
            _ => escaped(rest),
        };
        push(&mut out, &words, at(rest), n_bytes);
        rest = &rest[n_bytes..];
    }
    out
}

/// One escape of a double-quoted scalar (YAML 1.2, section 5.7), and its length in bytes.
fn escaped(rest: &str) -> (String, usize) {
    let Some(letter) = rest[1..].chars().next() else { return ("\\".to_owned(), 1) };
    let n_digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if n_digits > 0 {
        let code = rest.get(2..2 + n_digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        return match code.and_then(char::from_u32) {
            Some(letter) => (letter.to_string(), 2 + n_digits),
            None => ("\\".to_owned(), 1),
        };
    }
    let plain = match letter {
        '\n' | '\r' => {
            // A line end after a backslash joins the lines; a backslash may guard the first blank of the next one.
            let folded = rest[1..].trim_start_matches(['\n', '\r', ' ', '\t']);
            return (String::new(), rest.len() - folded.len());
        }
        'n' | 't' | 'r' | '_' | 'N' | 'L' | 'P' | ' ' => " ".to_owned(),
        '0' | 'a' | 'b' | 'v' | 'f' | 'e' => String::new(),
        other => other.to_string(),
    };
    (plain, 1 + letter.len_utf8())
}

/// The words of a value with single spaces.
fn words(pieces: &[Piece]) -> String {
    let joined: String = pieces.iter().map(|piece| piece.words.as_str()).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The encoding that the front matter itself declares: its own letters are ASCII in every encoding accepted here.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    const HEAD_BYTES: usize = 8192;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]);
    let mut lines = head.lines();
    if lines.next()?.trim_end().trim_start_matches('\u{feff}') != "---" {
        return None;
    }
    lines
        .take_while(|line| line.trim_end() != "---")
        .find_map(|line| line.strip_prefix("encoding:"))
        .map(|label| label.trim().trim_matches(['"', '\'']).to_owned())
}

/// The label of an encoding, where there is such an encoding.
pub(crate) fn checked_encoding(label: &str, span: Span, sink: &Sink) -> Option<String> {
    if decode::encoding(label).is_none() {
        sink.push(messages::unknown_encoding(span, label));
        return None;
    }
    Some(label.to_owned())
}
