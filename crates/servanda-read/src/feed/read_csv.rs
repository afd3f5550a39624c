//! Rows of delimited text.

use std::borrow::Cow;

use servanda_model::Span;

use super::cells::Cell;
use super::header::{self, BETWEEN_OPTIONS, Head, Header, Slot, ToEmpty};
use super::map::RowPlace;
use super::read::Reader;
use super::spec::Feed;
use crate::document::DocumentText;
use crate::messages;
use crate::names::nearest;
use crate::rows::{Row, Rows};

/// The character between columns and the head of a table; no head where the table is empty.
pub(super) fn opened(feed: &Feed, document: &DocumentText) -> (u8, Option<Head>) {
    let (text, from) = (&document.text, document.body_start);
    let delimiter = feed.delimiter.unwrap_or_else(|| header::delimiter(text, from));
    let has_tags = feed.columns.has_tags() || feed.private.iter().any(|name| super::hxl::Tag::is_meant(name));
    (delimiter, Head::find(text, from, delimiter, has_tags, feed.groups.as_deref()))
}

/// What is wrong with the form of a row, beside a header of so many columns.
pub(super) fn fault_of_form(
    row: &Row,
    n_cells: usize,
    n_columns: usize,
) -> Option<servanda_model::Diagnostic> {
    match row.fault {
        Some(fault) => Some(messages::broken_row(row.span, row.line, fault)),
        None if n_cells != n_columns => Some(messages::uneven_row(row.span, row.line, n_cells, n_columns)),
        None => None,
    }
}

impl<'r> Reader<'r, '_> {
    pub(super) fn csv(&mut self) {
        let text: &'r str = &self.document.text;
        let (delimiter, head) = opened(self.feed, self.document);
        let Some(Head { header, span, n_rows, tag_row }) = head else { return };
        let mut rows = Rows::new(text, self.document.body_start, delimiter);
        (0..n_rows).for_each(|_| {
            rows.step();
        });
        if let Some((span, line)) = tag_row {
            self.push(line, messages::tag_row(span, line));
        }
        for (at, name) in header.names.iter().enumerate() {
            if !name.is_empty() && header.names[..at].contains(name) {
                self.push(1, messages::repeated_column(span, name));
            }
        }
        let (slots, mut is_whole) = self.slots(&header, span);
        if is_whole
            && header.tags.is_empty()
            && self.feed.columns.has_tags()
            && !slots.iter().any(Slot::is_found)
        {
            self.push(1, messages::no_tags(span));
            is_whole = false;
        }
        let private = header.to_empty(self.feed);
        let n_columns = header.names.len();
        let mut cells: Vec<Cell<'r>> = vec![Cell::default(); slots.len()];
        while let Some(row) = rows.step() {
            if row.span.of(text).is_none_or(|words| words.trim().is_empty()) {
                continue;
            }
            self.summary.n_rows += 1;
            let says = |cell: &&ToEmpty| {
                rows.cell(cell.at).is_some_and(|text| cell.kept(self.feed, &text).is_some())
            };
            let barred = private.iter().find(says).map(|cell| cell.at);
            let fault = fault_of_form(&row, rows.n_cells(), n_columns)
                .or_else(|| barred.map(|at| messages::private_cell(row.span, row.line, &header.names[at])));
            if let Some(diagnostic) = fault {
                self.push(row.line, diagnostic);
                self.summary.n_rejected += 1;
            } else if !is_whole {
                self.summary.n_rejected += 1;
            } else {
                for (cell, slot) in cells.iter_mut().zip(&slots) {
                    *cell = Cell::new(text_of(slot, &rows, &row), &self.feed.empty);
                }
                self.row(RowPlace { span: row.span, line: row.line }, &cells);
            }
        }
    }

    /// Where each column of the feed lies in the header; a missing one is reported, and then no row can be used.
    fn slots(&mut self, header: &Header, head: Span) -> (Vec<Slot>, bool) {
        let feed = self.feed;
        let mut is_whole = true;
        let mut slots = Vec::new();
        for (at, names) in feed.columns.names.iter().enumerate() {
            let is_optional = feed.is_optional(at);
            let slot = header.slot(names, feed.columns.is_choice(at)).unwrap_or_else(|ambiguous| {
                self.push(
                    1,
                    messages::ambiguous_column(head, &names.join(" or "), &ambiguous.columns, is_optional),
                );
                is_whole &= is_optional;
                // Reported already.
                Slot::Chosen(Vec::new())
            });
            if slot == Slot::Absent && !is_optional {
                let near = nearest(&names[0], header.names.iter().map(String::as_str));
                self.push(1, messages::missing_column(head, &names.join(" or "), near));
                is_whole = false;
            }
            slots.push(slot);
        }
        (slots, is_whole)
    }
}

fn text_of<'r>(slot: &Slot, rows: &Rows<'r>, row: &Row) -> Option<Cow<'r, str>> {
    match slot {
        Slot::Absent => None,
        Slot::Cell(at) => rows.cell(*at),
        Slot::Line => Some(Cow::Owned(row.line.to_string())),
        Slot::Chosen(options) => {
            let is_chosen = |at: usize| rows.cell(at).is_some_and(|cell| header::is_yes(&cell));
            let chosen: Vec<&str> =
                options.iter().filter(|(at, _)| is_chosen(*at)).map(|(_, option)| option.as_str()).collect();
            Some(Cow::Owned(chosen.join(BETWEEN_OPTIONS)))
        }
        Slot::List(at) => {
            let list = rows.cell(*at)?;
            Some(Cow::Owned(list.split_whitespace().collect::<Vec<_>>().join(BETWEEN_OPTIONS)))
        }
    }
}
