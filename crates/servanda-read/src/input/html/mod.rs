//! Pages: which of their text is the article, and what do they say about themselves?
//!
//! The page is cut into runs of text, each with its bytes. A copy with a mark before each run, and with well nested
//! elements, goes to the extractor of main text (`dom_smoothie`, after Mozilla's Readability); the marks that come back
//! tell which runs are the article. So its choice is kept and every word still leads to the bytes of the original.
//! Where it finds nothing, every run counts that does not stand in navigation, asides and the like.

mod elements;
mod extract;
pub(crate) mod metadata;
mod references;
mod tokens;
mod walk;

use servanda_model::Span;

use super::draft::Draft;
use super::limits::{MAX_ARTICLE_BYTES, MAX_PAGE_BYTES};
use super::roles;
use crate::prose::{BlockRole, Prose};
use walk::{Run, Walked};

/// What was read of a page.
pub(crate) struct Page {
    pub prose: Prose,
    pub drafts: Vec<Draft>,
    /// Remarks on how it was read.
    pub notes: Vec<Note>,
    /// Where in the original reading stopped, if it did.
    pub cut_at: Option<usize>,
}

/// What a reader of a page should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// No main text was found; every block of text outside navigation counts.
    NoMainText,
    /// Elements lie deeper than is kept apart.
    TooDeep,
    /// The page is too long for its main text to be looked for.
    TooLong,
}

/// Reads the page that stands in `text[span]`. `title`: what its metadata call it.
pub(crate) fn page(text: &str, span: Span, title: Option<&str>) -> Page {
    let is_long = span.len() > MAX_PAGE_BYTES;
    let walked = walk::walk(text, span, !is_long);
    let mut notes = Vec::new();
    if walked.is_too_deep {
        notes.push(Note::TooDeep);
    }
    let mut is_main = if is_long {
        notes.push(Note::TooLong);
        None
    } else {
        extract::main_runs(&walked)
    };
    if !is_long && is_main.is_none() && walked.has_page_parts {
        notes.push(Note::NoMainText);
    }
    if let Some(is_main) = &mut is_main {
        extract::add_head(text, &walked, title, is_main);
    }
    let is_read = |at: usize, run: &Run| match &is_main {
        Some(is_main) => is_main[at],
        None => !run.is_aside,
    };
    let mut page = Page { prose: Prose::default(), drafts: Vec::new(), notes, cut_at: None };
    if let Some(span) = title_element(text, &walked, title) {
        references::push(&mut page.prose, text, span, &mut None, 0);
        Draft::push(
            &mut page.drafts,
            &page.prose.text,
            Span::new(0, page.prose.text.len()),
            Some(BlockRole::Headline),
        );
    }
    page.cut_at = put_runs(text, &walked, is_read, &mut page.prose, &mut page.drafts);
    page
}

/// Appends the words of a piece of HTML within another text.
pub(crate) fn fragment(text: &str, span: Span, prose: &mut Prose, drafts: &mut Vec<Draft>) {
    let walked = walk::walk(text, span, false);
    put_runs(text, &walked, |_, run| !run.is_aside, prose, drafts);
}

/// Appends the runs, block by block; answers where in the original it stopped, if it did.
fn put_runs(
    text: &str,
    walked: &Walked,
    is_read: impl Fn(usize, &Run) -> bool,
    prose: &mut Prose,
    drafts: &mut Vec<Draft>,
) -> Option<usize> {
    let mut at = 0;
    let mut has_headline = drafts.iter().any(|draft| draft.hint == Some(BlockRole::Headline));
    while at < walked.runs.len() && prose.text.len() <= MAX_ARTICLE_BYTES {
        let block = walked.runs[at].block;
        let n_runs = walked.runs[at..].iter().take_while(|run| run.block == block).count();
        let runs = at..at + n_runs;
        at += n_runs;
        let n_bytes = |wanted: bool| -> usize {
            runs.clone()
                .filter(|ix| is_read(*ix, &walked.runs[*ix]) == wanted)
                .map(|ix| walked.runs[ix].span.len())
                .sum()
        };
        let is_article = n_bytes(true) > 0 && n_bytes(true) * 3 >= n_bytes(false);
        if !prose.text.is_empty() && !prose.text.ends_with("\n\n") {
            prose.space("\n\n");
        }
        let start = prose.text.len();
        let mut blank = None;
        let mut inserted = None;
        for run in &walked.runs[runs.clone()] {
            if inserted.is_none()
                && let Some(found) = interrupted(text, run.span)
            {
                references::push(prose, text, found.before, &mut blank, start);
                blank = Some(Span::new(found.before.end, found.inserted.start));
                references::push(prose, text, found.after, &mut blank, start);
                inserted = Some(found.inserted);
                continue;
            }
            if prose.text.len() > start && !run.gap.is_empty() {
                blank = None;
                prose.space(run.gap);
            }
            references::push(prose, text, run.span, &mut blank, start);
        }
        let first = walked.runs[runs.start];
        let is_headline = first.is_first_heading && !has_headline;
        let hint = match is_article {
            true if is_headline => Some(BlockRole::Headline),
            true => first.hint,
            false => Some(BlockRole::Boilerplate),
        };
        let end = prose.text.len();
        has_headline |= hint == Some(BlockRole::Headline);
        Draft::push(drafts, &prose.text, Span::new(start, end), hint);
        if let Some(inserted) = inserted {
            prose.space("\n\n");
            let start = prose.text.len();
            references::push(prose, text, inserted, &mut None, start);
            Draft::push(drafts, &prose.text, Span::new(start, prose.text.len()), Some(BlockRole::Caption));
        }
    }
    walked.runs.get(at).map(|run| run.span.start)
}

/// A paragraph with a line in it that belongs elsewhere, as copies of printed pages have captions.
struct Interrupted {
    before: Span,
    inserted: Span,
    after: Span,
}

/// Finds "... in the", an empty line, a short line without full stop, an empty line, "previous ...": the first part cannot end
/// where it does, and the last cannot begin there, so they are one sentence.
fn interrupted(text: &str, span: Span) -> Option<Interrupted> {
    let raw = &text[span.start..span.end];
    if !raw.contains('\n') {
        return None;
    }
    let mut parts: Vec<Span> = Vec::new();
    let mut is_open = false;
    for (at, line) in super::front_matter::lines(raw, 0) {
        let words = super::draft::trimmed(raw, Span::new(at, at + line.len()));
        match parts.last_mut() {
            _ if words.is_empty() => is_open = false,
            Some(last) if is_open => last.end = words.end,
            _ => {
                parts.push(words);
                is_open = true;
            }
        }
    }
    let [.., _, _] = parts[..] else { return None };
    parts.windows(3).find_map(|three| {
        let words = |at: usize| &raw[three[at].start..three[at].end];
        let last_word = words(0).split_whitespace().next_back()?.to_lowercase();
        let is_cut = roles::cannot_end(&last_word) && words(2).starts_with(char::is_lowercase);
        let at = |span: Span, start, end| Span::new(span.start + start, span.start + end);
        (is_cut && roles::lines::is_heading(words(1))).then(|| Interrupted {
            before: at(span, 0, three[0].end),
            inserted: at(span, three[1].start, three[1].end),
            after: at(span, three[2].start, raw.len()),
        })
    })
}

/// The words of `<title>`, for a page that shows its title nowhere.
fn title_element(text: &str, walked: &Walked, title: Option<&str>) -> Option<Span> {
    let element = walked.title?;
    if walked.runs.iter().any(|run| run.is_first_heading) {
        return None;
    }
    let title = title?;
    let wanted = roles::letters(title);
    let is_shown = walked
        .runs
        .iter()
        .take(MAX_TITLE_RUNS)
        .any(|run| roles::letters(&references::decoded(&text[run.span.start..run.span.end])) == wanted);
    if is_shown || wanted.is_empty() {
        return None;
    }
    // Without the name of the site, which metadata leave out of the title.
    let raw = &text[element.start..element.end];
    match raw.find(title) {
        Some(at) => Some(Span::new(element.start + at, element.start + at + title.len())),
        None => Some(element),
    }
}

/// A title that is shown is shown near the top.
const MAX_TITLE_RUNS: usize = 200;
