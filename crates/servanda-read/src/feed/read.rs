//! Reads one table by one feed, row by row, to the end.

use servanda_model::{Claim, Diagnostic, Instant, Span};

use super::cells::Cell;
use super::map::{Mapper, RowPlace, SORTS, Unknown};
use super::spec::{Feed, TableFormat};
use super::tally::Tally;
use crate::coded::Coding;
use crate::document::DocumentText;
use crate::fields::{FEED, Sink};
use crate::messages;
use crate::names::nearest;

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
/// R110 to R139, in the document.
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
        "application/geo+json" => TableFormat::GeoJson,
        _ => TableFormat::Csv,
    });
    match format {
        TableFormat::Csv => reader.csv(),
        TableFormat::Json => reader.json(),
        TableFormat::GeoJson => reader.geojson(),
        TableFormat::JsonLines => reader.json_lines(),
    }
    let summary = reader.finish(coding);
    (summary, sink.into_list())
}

pub(super) struct Reader<'r, 'e> {
    pub feed: &'r Feed,
    pub document: &'r DocumentText,
    pub mapper: Mapper<'r>,
    pub summary: FeedSummary,
    skipped: Vec<(usize, Span)>,
    each: &'e mut dyn FnMut(FeedClaim),
}

impl<'r> Reader<'r, '_> {
    pub fn push(&mut self, line: usize, diagnostic: Diagnostic) {
        self.mapper.tally.push(line, diagnostic);
    }

    /// One row that is sound in its form.
    pub fn row(&mut self, place: RowPlace, cells: &[Cell<'_>]) {
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
        mapper.remarks.tell(&mapper.names, sink, coding);
        for sort in feed.unread.iter().map(|(sort, _)| sort).collect::<std::collections::BTreeSet<_>>() {
            sink.push(messages::no_kind_for(feed.id.as_str(), sort));
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
