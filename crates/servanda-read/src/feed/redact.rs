//! Takes columns about private persons out of a table before anything of it is stored.

use servanda_model::{Diagnostic, Severity};

use super::read_csv::{fault_of_form, opened};
use super::spec::{Feed, TableFormat};
use crate::document::DocumentText;
use crate::fields::{FEED, Sink};
use crate::messages;
use crate::rows::Rows;

/// A table without the cells of its private columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The table in UTF-8 with a byte order mark; the private columns are there and empty, cells that a rule shortens end with
    /// its word, everything else is as it was.
    pub bytes: Vec<u8>,
    /// Names of the columns about private persons.
    pub columns: Vec<String>,
    /// How many cells were emptied or shortened.
    pub n_cells: usize,
}

/// Empties the private columns of a feed in a table; `None` where there is nothing to take out, or an error why it cannot be.
///
/// The words of a claim are the row's bytes, and documents are exchanged as they are. So what must not go on record has to
/// leave the document itself, before its hash is taken. A table with a row of broken form cannot be redacted: which of its
/// cells are private is not known, and nothing is guessed.
///
/// # Diagnostics
/// R111, R112, R129, R130, in the document.
pub fn redact(feed: &Feed, document: &DocumentText) -> (Option<Redacted>, Vec<Diagnostic>) {
    let sink = Sink::new(&document.document.path, FEED);
    let is_csv = match feed.format {
        Some(format) => format == TableFormat::Csv,
        None => !document.document.media_type.contains("json"),
    };
    if feed.private.is_empty() && feed.shorten.is_empty() || !is_csv {
        return (None, sink.into_list());
    }
    let redacted = emptied(feed, document, &sink);
    (redacted.filter(|_| sink.n_errors() == 0), sink.into_list())
}

fn emptied(feed: &Feed, document: &DocumentText, sink: &Sink) -> Option<Redacted> {
    let (delimiter, head) = opened(feed, document);
    let head = head?;
    let private = head.header.to_empty(feed);
    if private.is_empty() {
        return None;
    }
    let text = &document.text;
    let mut rows = Rows::new(text, document.body_start, delimiter);
    for _ in 0..head.n_rows {
        rows.step();
    }
    let (mut kept, mut from, mut n_cells) = (String::from('\u{feff}'), document.body_start, 0);
    while let Some(row) = rows.step() {
        if row.span.of(text).is_none_or(|words| words.trim().is_empty()) {
            continue;
        }
        if let Some(fault) = fault_of_form(&row, rows.n_cells(), head.header.names.len()) {
            debug_assert_eq!(fault.severity, Severity::Error);
            sink.push(fault);
            continue;
        }
        for column in &private {
            let Some((place, cell)) = rows.cell_span(column.at).zip(rows.cell(column.at)) else { continue };
            let Some(rest) = column.kept(feed, &cell) else { continue };
            n_cells += 1;
            kept.push_str(&text[from..place.start]);
            from = place.end;
            match place.of(text).is_some_and(|raw| raw.starts_with('"')) && !rest.is_empty() {
                true => kept.push_str(&format!("\"{}\"", rest.replace('"', "\"\""))),
                false => kept.push_str(rest),
            }
        }
    }
    kept.push_str(&text[from..]);
    if n_cells == 0 {
        return None;
    }
    let columns: Vec<String> = private.iter().map(|column| head.header.names[column.at].clone()).collect();
    sink.push(messages::redacted(&columns, n_cells));
    Some(Redacted { bytes: kept.into_bytes(), columns, n_cells })
}
