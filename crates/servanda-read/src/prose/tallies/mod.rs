//! Counts of monitoring reports: how many of what, over which days, compared with what, of which parts?
//!
//! Method and limits: docs/methods/monitoring-counts.md.

mod clauses;
mod leads;
mod limits;
mod nouns;
mod report;
mod sentence;
mod windows;
mod zero;

use servanda_language::Analysis;
use servanda_model::{DateBasis, Span};

use super::scan::torn_hyphens;
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
    /// Words that limit the figure to a part of what is counted ("attributable to heavy weapons", "from shelling").
    pub limits: Vec<Span>,
    /// Whether the report says that there was none, in words ("no ceasefire violations were recorded").
    pub is_none: bool,
    /// The tally that this one is a part of ("including 45 explosions"), as an index into the same list.
    pub part_of: Option<usize>,
    /// The tally of the later period that this one is compared with, as an index into the same list.
    pub previous_of: Option<usize>,
    /// The sentence.
    pub sentence: Span,
    /// Rules that read it, in order.
    pub rules: Vec<&'static str>,
}

/// First and last day.
type Days = (Calendar, Calendar);

/// A text as tallies are read from it.
struct Source<'a> {
    text: &'a str,
    /// Hyphens that are nothing but lost line ends.
    torn: Vec<usize>,
    report: Report,
}

/// The tallies of a text, in its order.
///
/// `dates` and `quantities` are those of the text; running totals of a text that names no period end on the day it was
/// published. Figures outside blocks
/// that are read, and percentages, are left out. Linear in the length of the text but for the length of its sentences.
pub fn tallies(
    text: &str,
    blocks: &[Block],
    analysis: &Analysis,
    dates: &[DateFound],
    quantities: &[QuantityFound],
    published: Option<Calendar>,
) -> Vec<Tally> {
    let report = Report { published, ..report_of(text, dates) };
    let source = Source { text, torn: torn_hyphens(text, analysis), report };
    let is_read = |span: Span| {
        let at = blocks.partition_point(|block| block.span.end <= span.start);
        blocks.is_empty()
            || blocks.get(at).is_some_and(|block| block.span.start <= span.start && block.role.is_read())
    };
    let sentences = if analysis.sentences.is_empty() {
        clauses::sentences(text)
    } else {
        clauses::joined(
            text,
            analysis.sentences.iter().map(|sentence| Span::new(sentence.start, sentence.end)),
        )
    };
    let mut found = Vec::new();
    for sentence in sentences {
        let from = quantities.partition_point(|quantity| quantity.span.start < sentence.start);
        let to = quantities.partition_point(|quantity| quantity.span.start < sentence.end);
        let zeros = zero::zeros(text, sentence);
        let first = zeros.first().into_iter().chain(quantities[from..to.max(from)].first());
        if first.map(|quantity| quantity.span).min_by_key(|span| span.start).is_some_and(is_read) {
            let mut all: Vec<&QuantityFound> = quantities[from..to].iter().chain(&zeros).collect();
            all.sort_by_key(|quantity| quantity.span.start);
            sentence::tallies_of(&source, sentence, &all, &mut found);
        }
    }
    found
}

impl Source<'_> {
    /// Words in small letters, whole again where a line end had cut them.
    fn low(&self, from: usize, to: usize) -> String {
        let Some(words) = self.text.get(from..to.max(from)) else { return String::new() };
        let first = self.torn.partition_point(|at| *at < from);
        let last = self.torn.partition_point(|at| *at < to);
        if first >= last {
            return nouns::whole_lines(words);
        }
        let mut mended = String::with_capacity(words.len());
        let mut at = from;
        for hyphen in &self.torn[first..last] {
            mended.push_str(self.text[at..*hyphen].trim_end());
            // A line end behind it goes with it.
            at = *hyphen + 1;
            at += self.text[at..to].len() - self.text[at..to].trim_start().len();
        }
        mended.push_str(&self.text[at.min(to)..to]);
        nouns::whole_lines(&mended)
    }

    /// A noun phrase in the singular, in one line.
    fn noun(&self, span: Span) -> String {
        nouns::singular_phrase(&self.low(span.start, span.end))
    }

    /// The dates of the report that touch these bytes.
    fn dates_in(&self, span: Span) -> &[DateFound] {
        let dates = &self.report.dates;
        let from = dates.partition_point(|date| date.span.end <= span.start);
        let to = dates.partition_point(|date| date.span.start < span.end);
        &dates[from.min(to)..to]
    }
}
