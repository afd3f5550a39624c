//! Who says what: quotation marks, words that report, and the nesting of both.
//!
//! The way: quotations are found on the text alone; the text is laid out as lines, one sentence at one level of
//! quotation each; rules over the words of a line find verbs, nouns and prepositions that report, with source and
//! content; quotations that no line takes are given to a speaker beside them or to nobody; and every report is put
//! within the one whose content holds it.
//!
//! Invariant: a sentence without a word that reports stays with the narrator, unless it stands within quotation marks.
//! Invariant: the order of utterances is that of their first byte, and depends on nothing but text, analysis and lexicon.

mod chains;
mod cues;
mod follow;
mod found;
mod lines;
mod nouns;
mod phrases;
mod quotes;
mod speakers;
mod subjects;
mod verbs;

use servanda_language::Analysis;
use servanda_model::{Modality, QuoteType, Span};

use super::{Block, Utterance};
pub use cues::{Cue, CueClass, Cues, Takes};
use found::Found;
use lines::Page;
pub use quotes::{Quote, quotes};

/// Everything that is said by somebody in a text.
pub fn utterances(text: &str, blocks: &[Block], analysis: &Analysis, cues: &Cues) -> Vec<Utterance> {
    let quotes = quotes(text, blocks);
    let page = lines::page(text, analysis, &quotes);
    let mut found: Vec<Found> = Vec::new();
    for line in 0..page.lines.len() {
        found.extend(in_line(&page, line, cues));
    }
    take_quotations(&page, &mut found, cues);
    let mut utterances: Vec<Utterance> = found.iter().filter_map(|found| utterance(&page, found)).collect();
    utterances.extend(bare_quotations(&page, &utterances));
    utterances.sort_by_key(|utterance| (first_byte(utterance), utterance.cue.map(|cue| cue.start)));
    chains::chain(&mut utterances);
    // "X said he wanted “no war”": the quoted words are those of who said it, not of who wants it.
    for ix in 0..utterances.len() {
        let is_within_report =
            utterances[ix].parent.is_some_and(|parent| utterances[parent].is_communication);
        if is_within_report && !utterances[ix].is_communication {
            utterances[ix].quote_type = QuoteType::Indirect;
        }
    }
    utterances
}

fn in_line(page: &Page<'_>, line: usize, cues: &Cues) -> Vec<Found> {
    let view = page.view(line);
    let mut found = verbs::verbs(view, line, cues);
    let nouns = nouns::nouns(view, line, cues, &found);
    found.extend(nouns);
    // "“...” — Name"
    if let Some(quote) = (0..view.len()).find(|at| view.quote(*at).is_some())
        && let Some(mut signed) = speakers::signature(view, line, quote + 1)
    {
        signed.content.push(quote..quote + 1);
        found.push(signed);
    }
    if let Some(label) = speakers::label(view, line)
        && !found.iter().any(|one| one.rule == "verb-colon")
    {
        found.push(label);
    }
    found
}

/// Gives quotations that no report takes to the speaker beside them.
fn take_quotations(page: &Page<'_>, found: &mut Vec<Found>, cues: &Cues) {
    // The last report of each line at the narrator's level, and whether a quotation is taken.
    let mut is_taken = vec![false; page.quotes.len()];
    for one in found.iter() {
        let view = page.view(one.line);
        for at in one.content.iter().cloned().flatten() {
            if let Some(quote) = view.quote(at) {
                is_taken[quote] = true;
            }
        }
    }
    let lines: Vec<usize> = (0..page.lines.len()).filter(|line| page.lines[*line].level.is_none()).collect();
    let mut reports: Vec<Vec<usize>> = vec![Vec::new(); page.lines.len()];
    for (ix, one) in found.iter().enumerate() {
        reports[one.line].push(ix);
    }
    for pair in lines.windows(2) {
        let (line, next) = (pair[0], pair[1]);
        lead_in(page, found, &mut is_taken, &reports[line], next);
        let view = page.view(line);
        let last = (0..view.len()).rev().find(|at| !view.is_mark(*at)).and_then(|at| view.quote(at));
        let Some(quote) = last.filter(|quote| !is_taken[*quote]) else { continue };
        let behind = page.view(next);
        let signed = speakers::signature(behind, next, 0).filter(|_| is_near(page, line, next));
        let is_free =
            !reports[next].iter().any(|ix| found[*ix].rule != "adjective" && found[*ix].source.is_some());
        let said = || {
            speakers::tail(behind, next, cues, quote).filter(|_| is_free && same_paragraph(page, line, next))
        };
        if let Some(mut one) = signed.or_else(said) {
            one.more = vec![quote];
            is_taken[quote] = true;
            found.push(one);
        }
    }
    resume(page, found, &mut is_taken, &lines);
}

/// "X continued:" at the end of a line takes the quotation that begins the next.
fn lead_in(page: &Page<'_>, found: &mut [Found], is_taken: &mut [bool], reports: &[usize], next: usize) {
    let leads = |ix: &&usize| {
        let one = &found[**ix];
        one.rule == "verb-colon" && one.content.iter().all(|range| range.is_empty())
    };
    let Some(one) = reports.iter().find(leads) else { return };
    if let Some(quote) = page.view(next).quote(0).filter(|quote| !is_taken[*quote]) {
        is_taken[quote] = true;
        found[*one].more.push(quote);
    }
}

/// A line of quotations only, right behind a line that says who speaks, goes on with what that speaker says.
fn resume(page: &Page<'_>, found: &mut [Found], is_taken: &mut [bool], lines: &[usize]) {
    let mut by_line: Vec<Option<usize>> = vec![None; page.lines.len()];
    for (ix, one) in found.iter().enumerate() {
        let is_quoted = !one.more.is_empty()
            || found::quote_type(page.view(one.line), &one.content) != QuoteType::Indirect;
        if is_quoted && one.source.is_some() && one.is_communication {
            by_line[one.line] = Some(ix);
        }
    }
    for pair in lines.windows(2) {
        let (line, next) = (pair[0], pair[1]);
        let Some(speaks) = by_line[line].filter(|_| by_line[next].is_none()) else { continue };
        let quotes = speakers::only_quotes(page, next);
        if quotes.is_empty()
            || quotes.iter().any(|quote| is_taken[*quote])
            || !same_paragraph(page, line, next)
        {
            continue;
        }
        quotes.iter().for_each(|quote| is_taken[*quote] = true);
        found[speaks].more.extend(quotes);
        by_line[next] = Some(speaks);
    }
}

/// Whether only white space stands between two lines.
fn is_near(page: &Page<'_>, line: usize, next: usize) -> bool {
    page.text.get(page.lines[line].end..page.lines[next].start).is_some_and(|gap| gap.trim().is_empty())
}

/// Whether two lines stand in one paragraph: no blank line and no block between them.
fn same_paragraph(page: &Page<'_>, line: usize, next: usize) -> bool {
    let (end, start) = (page.lines[line].end, page.lines[next].start);
    page.text.get(end..start).is_some_and(|gap| gap.len() < 40 && gap.matches('\n').count() < 2)
}

fn utterance(page: &Page<'_>, found: &Found) -> Option<Utterance> {
    let view = page.view(found.line);
    let mut content = found::spans(view, &found.content);
    content.extend(found.more.iter().flat_map(|quote| found::parts(page, *quote)));
    content.retain(|span| !span.is_empty());
    if content.is_empty() {
        return None;
    }
    let quote_type = if found.content.iter().all(|range| range.is_empty()) {
        QuoteType::Direct
    } else {
        match found::quote_type(view, &found.content) {
            QuoteType::Indirect if !found.more.is_empty() => QuoteType::Mixed,
            other => other,
        }
    };
    let source = found.source.as_ref().map(|phrase| view.span(found::trimmed(view, phrase.places.clone())));
    Some(Utterance {
        source: source.filter(|span| !span.is_empty()),
        source_head: found.source.as_ref().and_then(|phrase| view.token(phrase.head)),
        cue: found.cue.clone().map(|places| view.span(places)),
        content,
        quote_type,
        parent: None,
        is_communication: found.is_communication,
        modality: found.modality,
        rule: found.rule,
    })
}

/// Quotations that read like speech and that nobody is said to speak.
fn bare_quotations(page: &Page<'_>, utterances: &[Utterance]) -> Vec<Utterance> {
    let mut taken: Vec<Span> = utterances.iter().flat_map(|utterance| utterance.content.clone()).collect();
    taken.sort();
    let mut found = Vec::new();
    let (mut reach, mut next) = (0, 0);
    for (ix, quote) in page.quotes.iter().enumerate() {
        let inner = quote.inner();
        while next < taken.len() && taken[next].start <= inner.start {
            reach = reach.max(taken[next].end);
            next += 1;
        }
        let words = inner.of(page.text).unwrap_or_default();
        let is_long =
            words.split_whitespace().nth(6).is_some() || words.trim_end().ends_with(['.', '!', '?', ',']);
        let is_speech =
            words.split_whitespace().nth(2).is_some() && is_long && found::is_speech(page, Some(ix));
        if reach > inner.start || quote.parent.is_some() || found::is_title(page, ix) || !is_speech {
            continue;
        }
        found.push(Utterance {
            source: None,
            source_head: None,
            cue: None,
            content: found::parts(page, ix),
            quote_type: QuoteType::Direct,
            parent: None,
            is_communication: true,
            modality: Modality::Actual,
            rule: "bare-quotation",
        });
    }
    found
}

fn first_byte(utterance: &Utterance) -> usize {
    let spans = utterance.content.iter().chain(utterance.cue.iter()).chain(utterance.source.iter());
    spans.map(|span| span.start).min().unwrap_or_default()
}
