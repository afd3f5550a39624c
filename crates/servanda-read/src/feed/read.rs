//! Reads one table by one feed, row by row, to the end.

use servanda_model::{Claim, Diagnostic, Instant, Span};

use super::cells::Cell;
use super::json::{self, Elements, JsonFault};
use super::map::{Mapper, RowPlace, SORTS, Unknown};
use super::spec::{Feed, TableFormat};
use super::tally::Tally;
use crate::coded::Coding;
use crate::document::DocumentText;
use crate::fields::{FEED, Sink};
use crate::messages;
use crate::names::nearest;
use crate::rows::{MAX_FIELD_BYTES, Rows};

/// A claim from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedClaim {
    /// The claim; its quote is the row, its span the row's bytes in the document's text.
    pub claim: Claim,
    /// When the row says that it was reported, by the feed's `reported` column; `None`: it does not say.
    pub reported_at: Option<Instant>,
    /// Line of the row's first byte, from 1.
    pub line: usize,
}

/// What became of the rows of one table: `n_rows = n_used + n_silent + n_rejected + n_skipped`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedSummary {
    /// Rows, without header and blank lines.
    pub n_rows: usize,
    /// Claims.
    pub n_claims: usize,
    /// Rows of which every part gave a claim or had nothing to say.
    pub n_used: usize,
    /// Rows that say nothing of any component.
    pub n_silent: usize,
    /// Rows that were rejected, whole or in part; each has a diagnostic.
    pub n_rejected: usize,
    /// Rows left out by a rule of the feed.
    pub n_skipped: usize,
}

/// Reads a table and hands over one claim after the other, so that a table of any length needs little memory.
///
/// Rows that cannot be used are diagnostics with their line; the last diagnostics sum up what became of all rows. True
/// repeats are kept: two equal rows are two claims.
///
/// # Diagnostics
/// R110 to R128, in the document.
pub fn read_feed(
    feed: &Feed,
    document: &DocumentText,
    coding: &Coding<'_>,
    each: &mut dyn FnMut(FeedClaim),
) -> (FeedSummary, Vec<Diagnostic>) {
    let sink = Sink::new(&document.document.path, FEED);
    let mut reader = Reader {
        feed,
        document,
        mapper: Mapper::new(feed, document, coding, Tally::new(&sink)),
        summary: FeedSummary::default(),
        skipped: vec![(0, Span::default()); feed.skip.len()],
        each,
    };
    let format = feed.format.unwrap_or(match document.document.media_type.as_str() {
        "application/json" => TableFormat::Json,
        "application/x-ndjson" => TableFormat::JsonLines,
        _ => TableFormat::Csv,
    });
    match format {
        TableFormat::Csv => reader.csv(),
        TableFormat::Json => reader.json(),
        TableFormat::JsonLines => reader.json_lines(),
    }
    let summary = reader.finish(coding);
    (summary, sink.into_list())
}

struct Reader<'r, 'e> {
    feed: &'r Feed,
    document: &'r DocumentText,
    mapper: Mapper<'r>,
    summary: FeedSummary,
    skipped: Vec<(usize, Span)>,
    each: &'e mut dyn FnMut(FeedClaim),
}

impl<'r> Reader<'r, '_> {
    fn push(&mut self, line: usize, diagnostic: Diagnostic) {
        self.mapper.tally.push(line, diagnostic);
    }

    fn csv(&mut self) {
        let text: &'r str = &self.document.text;
        let mut rows = Rows::new(text, self.document.body_start, self.feed.delimiter);
        let Some(head) = rows.step() else { return };
        let header: Vec<String> =
            (0..rows.n_cells()).map(|at| rows.cell(at).unwrap_or_default().trim().to_owned()).collect();
        for (at, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..at].contains(name) {
                self.push(1, messages::repeated_column(head.span, name));
            }
        }
        let (slots, is_whole) = self.slots(&header, head.span);
        let empty: &'r [String] = &self.feed.empty;
        let mut cells: Vec<Cell<'r>> = vec![Cell::default(); slots.len()];
        while let Some(row) = rows.step() {
            if row.span.of(text).is_none_or(|words| words.trim().is_empty()) {
                continue;
            }
            self.summary.n_rows += 1;
            let fault = match row.fault {
                Some(fault) => Some(messages::broken_row(row.span, row.line, fault)),
                None if rows.n_cells() != header.len() => {
                    Some(messages::uneven_row(row.span, row.line, rows.n_cells(), header.len()))
                }
                None => None,
            };
            if let Some(diagnostic) = fault {
                self.push(row.line, diagnostic);
                self.summary.n_rejected += 1;
            } else if !is_whole {
                self.summary.n_rejected += 1;
            } else {
                for (cell, slot) in cells.iter_mut().zip(&slots) {
                    *cell = Cell::new(slot.and_then(|at| rows.cell(at)), empty);
                }
                self.row(RowPlace { span: row.span, line: row.line }, &cells);
            }
        }
    }

    /// Where each column of the feed lies in the header; a missing one is reported, and then no row can be used.
    fn slots(&mut self, header: &[String], head: Span) -> (Vec<Option<usize>>, bool) {
        let feed = self.feed;
        let mut is_whole = true;
        let mut slots = Vec::new();
        for names in &feed.columns.names {
            let slot = names.iter().find_map(|name| header.iter().position(|column| column == name));
            if slot.is_none() && !names.iter().any(|name| feed.optional.contains(name)) {
                let near = nearest(&names[0], header.iter().map(String::as_str));
                self.push(1, messages::missing_column(head, &names.join(" or "), near));
                is_whole = false;
            }
            slots.push(slot);
        }
        (slots, is_whole)
    }

    fn json(&mut self) {
        let text: &'r str = &self.document.text;
        let mut elements = match Elements::find(text, self.document.body_start, &self.feed.rows) {
            Ok(elements) => elements,
            Err(fault) => return self.push(1, messages::no_rows(&self.feed.rows, &fault)),
        };
        let mut seen = vec![false; self.feed.columns.names.len()];
        let mut lines = LineCounter { text, at: 0, line: 1 };
        while let Some(step) = elements.step() {
            match step {
                Ok(span) => self.json_row(span, lines.line_of(span.start), &mut seen),
                Err(fault) => {
                    let at = if let JsonFault::Broken(at) = fault { at } else { 0 };
                    let line = lines.line_of(at);
                    self.summary.n_rows += 1;
                    self.summary.n_rejected += 1;
                    self.push(line, messages::broken_json(Span::new(at, text.len()), line));
                }
            }
        }
        if !elements.is_closed() && self.summary.n_rejected == 0 {
            let at = elements.at();
            let line = lines.line_of(at);
            self.push(line, messages::broken_json(Span::new(at, text.len()), line));
        }
        self.unseen(&seen);
    }

    fn json_lines(&mut self) {
        let text: &'r str = &self.document.text;
        let mut seen = vec![false; self.feed.columns.names.len()];
        let mut at = self.document.body_start;
        for (n, line) in text[at..].split_inclusive('\n').enumerate() {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let words = line.trim();
            if !words.is_empty() {
                self.json_row(Span::new(start, start + words.len()), n + 1, &mut seen);
            }
        }
        self.unseen(&seen);
    }

    fn json_row(&mut self, span: Span, line: usize, seen: &mut [bool]) {
        let text: &'r str = &self.document.text;
        self.summary.n_rows += 1;
        let words = span.of(text).unwrap_or_default();
        let is_sound = words.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(words).is_ok();
        if !is_sound || words.len() > 16 * MAX_FIELD_BYTES {
            self.summary.n_rejected += 1;
            return self.push(line, messages::broken_json(span, line));
        }
        let feed: &'r Feed = self.feed;
        let mut cells: Vec<Cell<'r>> =
            vec![Cell { is_empty: true, ..Cell::default() }; feed.columns.names.len()];
        let mut ranks = vec![usize::MAX; cells.len()];
        json::each_entry(text, span, |key, raw| {
            for (slot, names) in feed.columns.names.iter().enumerate() {
                if let Some(rank) =
                    names.iter().position(|name| name == key).filter(|rank| *rank < ranks[slot])
                {
                    ranks[slot] = rank;
                    seen[slot] = true;
                    cells[slot] = Cell::new(json::scalar(raw), &feed.empty);
                }
            }
        });
        for (slot, names) in feed.columns.names.iter().enumerate() {
            if let Some(name) = names.iter().find(|name| name.starts_with('/')) {
                let cell = json::cell(text, span, name);
                seen[slot] |= cell.is_some();
                cells[slot] = Cell::new(cell, &feed.empty);
            }
        }
        self.row(RowPlace { span, line }, &cells);
    }

    /// JSON rows may lack a key; a column that no row has is most likely misspelt.
    fn unseen(&mut self, seen: &[bool]) {
        let feed = self.feed;
        for (names, _) in feed.columns.names.iter().zip(seen).filter(|(_, seen)| !**seen) {
            if self.summary.n_rows > 0 && !names.iter().any(|name| feed.optional.contains(name)) {
                self.push(1, messages::unseen_column(&names.join(" or ")));
            }
        }
    }

    fn row(&mut self, place: RowPlace, cells: &[Cell<'_>]) {
        if let Some(at) = self.feed.skip.iter().position(|rule| rule.fits(cells)) {
            let (n, first) = &mut self.skipped[at];
            if *n == 0 {
                *first = place.span;
            }
            *n += 1;
            self.summary.n_skipped += 1;
            return;
        }
        let (n_claims, is_rejected) = self.mapper.row(place, cells, self.each);
        self.summary.n_claims += n_claims;
        match (is_rejected, n_claims) {
            (true, _) => self.summary.n_rejected += 1,
            (false, 0) => self.summary.n_silent += 1,
            (false, _) => self.summary.n_used += 1,
        }
    }

    fn finish(self, coding: &Coding<'_>) -> FeedSummary {
        let Reader { feed, mapper, summary, skipped, .. } = self;
        let sink = mapper.tally.sink;
        for (at, (n, first)) in skipped.iter().enumerate() {
            let column = feed.columns.names[feed.skip[at].column].join(" or ");
            sink.push(messages::skipped(*first, *n, at + 1, &column));
        }
        for (sort, unknown) in SORTS.iter().zip(&mapper.unknown) {
            if let Some(most) = most_used(unknown) {
                sink.push(messages::unknown_names(most[0].1.first, sort, unknown.len(), &counted(&most)));
            }
        }
        if let (Some(most), Some(kinds)) = (most_used(&mapper.unknown_kinds), coding.event_kinds) {
            for (kind, unknown) in most {
                let near = nearest(kind, kinds.iter().map(servanda_model::Name::as_str));
                sink.push(messages::unknown_event_kind("R122", unknown.first, kind, near));
            }
        }
        if let Some(first) = mapper.first_rounded {
            sink.push(messages::rounded(first, mapper.n_rounded));
        }
        mapper.tally.finish();
        sink.push(messages::summary(feed.id.as_str(), &summary));
        summary
    }
}

/// The names with most rows first, by name among equals; at most five.
fn most_used(unknown: &std::collections::HashMap<String, Unknown>) -> Option<Vec<(&str, &Unknown)>> {
    const MAX_NAMES: usize = 5;
    let mut names: Vec<(&str, &Unknown)> =
        unknown.iter().map(|(name, unknown)| (name.as_str(), unknown)).collect();
    names.sort_by(|a, b| b.1.n_rows.cmp(&a.1.n_rows).then(a.0.cmp(b.0)));
    names.truncate(MAX_NAMES);
    (!names.is_empty()).then_some(names)
}

fn counted(names: &[(&str, &Unknown)]) -> Vec<(String, usize)> {
    names.iter().map(|(name, unknown)| ((*name).to_owned(), unknown.n_rows)).collect()
}

/// Counts lines forwards.
struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, offset: usize) -> usize {
        if offset > self.at {
            self.line += self.text.as_bytes()[self.at..offset].iter().filter(|byte| **byte == b'\n').count();
            self.at = offset;
        }
        self.line
    }
}
