//! What the rules of a line find, before it is put beside what other lines say.

use std::ops::Range;

use servanda_model::{Modality, QuoteType, Span};

use super::cues::{Cue, CueClass};
use super::lines::{Item, Page, View};
use super::phrases::Phrase;

/// Someone says something, by places of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub line: usize,
    pub source: Option<Phrase>,
    pub cue: Option<Range<usize>>,
    pub content: Vec<Range<usize>>,
    pub class: CueClass,
    pub modality: Modality,
    pub is_communication: bool,
    pub rule: &'static str,
    /// Quotations of later lines that go on with the content.
    pub more: Vec<usize>,
}

impl Found {
    /// A finding of this cue.
    pub fn of(line: usize, cue: &Cue, places: Range<usize>, rule: &'static str) -> Found {
        Found {
            line,
            source: None,
            cue: Some(places),
            content: Vec::new(),
            class: cue.class,
            modality: cue.modality,
            is_communication: cue.is_communication,
            rule,
            more: Vec::new(),
        }
    }
}

/// Whether a quotation only sets off a name or title ("the “Board of Trade”"): every longer word has a capital, and it
/// ends like no sentence.
pub(super) fn is_title(page: &Page<'_>, quote: usize) -> bool {
    let Some(words) = page.quotes[quote].inner().of(page.text) else { return true };
    let ends = words.trim_end().ends_with(['.', ',', '!', '?']);
    let small = |word: &str| word.chars().next().is_some_and(char::is_lowercase) && word.len() > 3;
    words.len() > 400 || !ends && !words.split_whitespace().any(small)
}

/// The spans of the content: a quotation alone without its marks, anything else with the words from first to last.
pub(super) fn spans(view: View<'_>, content: &[Range<usize>]) -> Vec<Span> {
    let mut found = Vec::new();
    for range in content {
        let range = trimmed(view, range.clone());
        let items = view.line.items.get(range.clone()).unwrap_or_default();
        if !items.is_empty() && items.iter().all(|item| matches!(item, Item::Quote(_))) {
            for item in items {
                if let Item::Quote(quote) = item {
                    found.extend(parts(view.page, *quote));
                }
            }
        } else if !items.is_empty() {
            found.push(view.span(range));
        }
    }
    found
}

/// The words within a quotation, without white space around them.
pub(super) fn parts(page: &Page<'_>, quote: usize) -> Vec<Span> {
    let trim = |part: &Span| {
        let words = part.of(page.text)?;
        let start = part.start + (words.len() - words.trim_start().len());
        let end = part.start + words.trim_end().trim_end_matches(',').len();
        (start < end).then(|| Span::new(start, end))
    };
    page.quotes[quote].parts.iter().filter_map(trim).collect()
}

/// Places without the marks around them; brackets and signs of money stay.
pub(super) fn trimmed(view: View<'_>, places: Range<usize>) -> Range<usize> {
    let Range { mut start, end } = places;
    let mut end = end.min(view.len());
    let loose = |at: usize| view.is_mark(at) && !view.is(at, &["(", ")", "[", "]", "$"]);
    while start < end && loose(start) {
        start += 1;
    }
    while end > start && loose(end - 1) {
        end -= 1;
    }
    start..end
}

/// How the content is quoted.
pub(super) fn quote_type(view: View<'_>, content: &[Range<usize>]) -> QuoteType {
    let (mut n_quotes, mut n_words) = (0, 0);
    for range in content {
        for at in trimmed(view, range.clone()) {
            match view.line.items.get(at) {
                Some(Item::Quote(quote)) if !is_title(view.page, *quote) => n_quotes += 1,
                Some(Item::Quote(_)) => n_words += 1,
                Some(Item::Word(_)) if view.is_mark(at) || view.is(at, &["and", "but"]) => {}
                Some(Item::Word(_)) => n_words += 1,
                None => {}
            }
        }
    }
    let only_title = content.len() == 1
        && n_quotes == 0
        && content.iter().all(|range| range.len() == 1 && view.quote(range.start).is_some());
    match (n_quotes, n_words) {
        _ if only_title => QuoteType::Direct,
        (0, _) => QuoteType::Indirect,
        (_, 0) => QuoteType::Direct,
        _ => QuoteType::Mixed,
    }
}

/// Whether a quotation ends as one does before its speaker is named.
pub(super) fn awaits_speaker(page: &Page<'_>, quote: usize) -> bool {
    let words = page.quotes[quote].inner().of(page.text).unwrap_or_default();
    words.trim_end_matches(['\'', '’', '"', '”', ' ']).ends_with([',', '?', '!', '-', '—', '…'])
}

/// Whether a quotation begins like a sentence of its own.
pub(super) fn is_speech(page: &Page<'_>, quote: Option<usize>) -> bool {
    let words = quote.and_then(|quote| page.quotes[quote].inner().of(page.text)).unwrap_or_default();
    words.trim_start().chars().next().is_some_and(|first| !first.is_lowercase())
}
