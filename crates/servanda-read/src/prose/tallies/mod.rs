//! Counts of monitoring reports: how many of what, over which days, compared with what, of which parts?
//!
//! Method and limits: docs/methods/monitoring-counts.md.

mod report;
mod sentence;
mod windows;

use servanda_language::Analysis;
use servanda_model::{DateBasis, Span};

use super::{Block, Calendar, DateFound, QuantityFound};
pub use report::{Report, report_of};

/// A figure that a report gives for a stretch of days.
///
/// Invariant: nothing is added up. A part is listed beside its whole, a figure for an earlier period beside the one it is
/// compared with, and each keeps its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The figure with its bounds and words.
    pub quantity: QuantityFound,
    /// What is counted, in the singular ("ceasefire violation"): the noun beside the figure, or the one it is compared by.
    pub what: String,
    /// First and last day that the figure is for; `None` where the text does not tell.
    pub window: Option<(Calendar, Calendar)>,
    /// How the window was found: `Inferred` where the year, or the whole window, comes from elsewhere in the report.
    pub basis: DateBasis,
    /// The words that tell the window, where they stand in the same sentence.
    pub window_words: Option<Span>,
    /// Whether it is a running total ("since the beginning of 2021"), whose window ends with the report.
    pub is_running: bool,
    /// Words that limit the figure to a part of the area ("in areas not controlled by ..."); empty for the whole.
    pub areas: Vec<Span>,
    /// The tally that this one is a part of ("including 45 explosions"), as an index into the same list.
    pub part_of: Option<usize>,
    /// The tally of the later period that this one is compared with, as an index into the same list.
    pub previous_of: Option<usize>,
    /// The sentence.
    pub sentence: Span,
    /// Rules that read it, in order.
    pub rules: Vec<&'static str>,
}

/// The tallies of a text, in its order.
///
/// `dates` and `quantities` are those of the text; where it was published is already in the dates. Figures outside blocks
/// that are read, and percentages, are left out. Linear in the length of the text but for the length of its sentences.
pub fn tallies(
    text: &str,
    blocks: &[Block],
    analysis: &Analysis,
    dates: &[DateFound],
    quantities: &[QuantityFound],
) -> Vec<Tally> {
    let report = report_of(text, dates);
    let is_read = |span: Span| {
        let at = blocks.partition_point(|block| block.span.end <= span.start);
        blocks.is_empty()
            || blocks.get(at).is_some_and(|block| block.span.start <= span.start && block.role.is_read())
    };
    let sentences = if analysis.sentences.is_empty() {
        sentence::sentences(text)
    } else {
        sentence::joined(
            text,
            analysis.sentences.iter().map(|sentence| Span::new(sentence.start, sentence.end)),
        )
    };
    let mut found = Vec::new();
    for sentence in sentences {
        let from = quantities.partition_point(|quantity| quantity.span.start < sentence.start);
        let to = quantities.partition_point(|quantity| quantity.span.start < sentence.end);
        if from < to && is_read(quantities[from].span) {
            sentence::tallies_of(text, sentence, &quantities[from..to], &report, &mut found);
        }
    }
    found
}
