//! Which words make the claim: the smallest full clause, without cue and speaker.

use std::ops::Range;

use servanda_language::{Analysis, Relation, Tag};
use servanda_model::Span;

use super::clause::{Clause, Hang};
use super::reading::Reading;
use super::sort::Part;
use crate::prose::Utterance;

/// Words that join a clause with what stands before it, or that only lead over to it.
const LEADING: [&str; 22] = [
    "that",
    "and",
    "but",
    "or",
    "however",
    "meanwhile",
    "moreover",
    "while",
    "although",
    "though",
    "whereas",
    "because",
    "yet",
    "so",
    "also",
    "then",
    "furthermore",
    "whilst",
    "nor",
    "after",
    "as",
    "when",
];

/// Tokens of a clause without the other claims at its edges.
pub(crate) fn tokens(
    reading: &Reading<'_>,
    clauses: &[Clause],
    parts: &[Part],
    number: usize,
    chain: &[usize],
) -> Range<usize> {
    let tree = &reading.tree;
    let predicate = clauses[number].predicate;
    let core = *chain.last().unwrap_or(&predicate);
    let sentence = tree.analysis.sentences[tree.token(predicate).sentence].tokens.clone();
    let whole = clauses[number].whole.clone().unwrap_or_else(|| tree.extent(predicate));
    let whole = reaching(reading, clauses, parts, number, core, whole, &sentence);
    let mut range = whole.clone();
    for (other, clause) in clauses.iter().enumerate().rev() {
        let at = clause.predicate;
        let is_apart = matches!(parts[other], Part::Claim | Part::Cue);
        if other == number || !is_apart || chain.contains(&at) || !whole.contains(&at) {
            continue;
        }
        let extent = tree.extent(at);
        if extent.contains(&predicate) {
            continue;
        }
        if extent.start > predicate {
            let is_edge =
                extent.end >= range.end || matches!(clause.hang, Hang::Joined | Hang::Main | Hang::Content);
            if extent.start > core && is_edge || clause.hang == Hang::Joined {
                range.end = range.end.min(extent.start.max(predicate + 1));
            }
        } else if extent.end <= predicate
            && extent.start <= range.start
            && matches!(clause.hang, Hang::Beside | Hang::Main)
        {
            range.start = range.start.max(extent.end);
        }
    }
    trim(reading, range, predicate)
}

/// The words of a clause, on to the next claim or the end of the sentence where the tree ends a main clause too soon, and back to
/// its subject or to what is said where it begins it too late.
fn reaching(
    reading: &Reading<'_>,
    clauses: &[Clause],
    parts: &[Part],
    number: usize,
    core: usize,
    mut whole: Range<usize>,
    sentence: &Range<usize>,
) -> Range<usize> {
    let tree = &reading.tree;
    let predicate = clauses[number].predicate;
    let is_said = matches!(clauses[number].hang, Hang::Content | Hang::Joined)
        && clauses[number]
            .above
            .is_some_and(|above| parts[above] == Part::Cue && clauses[above].predicate < predicate);
    let is_main = clauses[number].hang == Hang::Main;
    if !is_said && !is_main {
        return whole;
    }
    let apart = |clause: &Clause, part: &Part| {
        matches!(part, Part::Claim | Part::Cue) && !tree.extent(clause.predicate).contains(&predicate)
    };
    let others = || {
        clauses
            .iter()
            .zip(parts)
            .enumerate()
            .filter(|(other, (clause, part))| *other != number && apart(clause, part))
    };
    let after = others()
        .map(|(_, (clause, _))| tree.extent(clause.predicate).start)
        .filter(|start| *start > core)
        .min();
    let owner = reading.owner_of(predicate);
    let mut end = after.unwrap_or(sentence.end);
    if let Some(span) = owner.and_then(|owner| owner.content.last()) {
        end = end.min(tree.analysis.tokens_in(span.start..span.end).end);
    }
    if is_said {
        let before =
            others().map(|(_, (clause, _))| clause.predicate + 1).filter(|past| *past <= predicate).max();
        let cue = clauses[number].above.map_or(sentence.start, |above| clauses[above].predicate + 1);
        let that = (cue..predicate)
            .find(|at| tree.lemma(*at) == "that" && tree.child(*at, Relation::Nsubj).is_none());
        if before.is_none_or(|before| before <= cue) {
            whole.start = whole.start.min(that.map_or(whole.start, |that| that + 1));
        }
    }
    whole.end = whole.end.max(end.max(core + 1));
    whole
}

/// Takes conjunctions and marks from both ends.
pub(crate) fn trim(reading: &Reading<'_>, mut range: Range<usize>, keep: usize) -> Range<usize> {
    let tree = &reading.tree;
    let is_mark = |at: usize| tree.token(at).tag == Tag::Punct && !opens_or_closes(tree.word(at));
    while range.start < keep && range.start + 1 < range.end {
        let at = range.start;
        let word = tree.word(at).to_ascii_lowercase();
        let is_so_far = word == "so" && at + 1 < range.end && tree.lemma(at + 1) == "far";
        let after_verb = word == "that" && at > 0 && tree.is_verb(at - 1);
        let leads = after_verb
            || !is_so_far
                && LEADING.contains(&word.as_str())
                && matches!(tree.token(at).tag, Tag::Cconj | Tag::Sconj | Tag::Adv | Tag::Adp | Tag::Pron)
                && !matches!(
                    tree.token(at).relation,
                    Relation::Nsubj | Relation::Obj | Relation::Det | Relation::Case
                );
        if !is_mark(at) && !leads {
            break;
        }
        range.start += 1;
    }
    while range.end > keep + 1 && range.end > range.start + 1 {
        let at = range.end - 1;
        let is_joint = matches!(tree.token(at).tag, Tag::Cconj | Tag::Sconj)
            || matches!(tree.token(at).fine, servanda_language::Fine::Wdt | servanda_language::Fine::Wp);
        if !is_mark(at) && !is_joint {
            break;
        }
        range.end -= 1;
    }
    range
}

fn opens_or_closes(word: &str) -> bool {
    matches!(word, "(" | "[" | ")" | "]" | "%" | "$" | "€" | "£" | "#")
}

/// Bytes of these tokens, kept within what the innermost utterance around the predicate says.
pub(crate) fn bytes(
    text: &str,
    analysis: &Analysis,
    utterance: Option<&Utterance>,
    tokens: Range<usize>,
    predicate: usize,
) -> Span {
    let range = analysis.bytes(tokens);
    let mut span = Span::new(range.start, range.end);
    if let Some(utterance) = utterance {
        span = within(utterance, span, analysis.tokens[predicate].start);
    }
    tidy(text, span)
}

/// The part of the span within the content. Where a cue interrupts the content and the span holds it, it stays: a span is one
/// run of bytes.
fn within(utterance: &Utterance, span: Span, at: usize) -> Span {
    let touches = utterance.content.iter().filter(|piece| piece.start < span.end && span.start < piece.end);
    let low = touches.clone().map(|piece| piece.start).min();
    let high = touches.map(|piece| piece.end).max();
    let (Some(low), Some(high)) = (low, high) else { return span };
    if at < low || at >= high {
        return span;
    }
    Span::new(span.start.max(low), span.end.min(high))
}

/// The hull of what an utterance says.
pub(crate) fn content(text: &str, utterance: &Utterance) -> Option<Span> {
    let low = utterance.content.iter().map(|piece| piece.start).min()?;
    let high = utterance.content.iter().map(|piece| piece.end).max()?;
    Some(tidy(text, Span::new(low, high)))
}

/// Without white space, stops and lone quotation marks at the ends.
pub(crate) fn tidy(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start, span.end);
    let words = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    loop {
        let now = words(start, end);
        let is_edge = |sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | ':' | '.' | '—' | '–');
        let trimmed = now.trim_start_matches(is_edge);
        start += now.len() - trimmed.len();
        end = start + trimmed.trim_end_matches(is_edge).len();
        let now = words(start, end);
        let (first, last) = (now.chars().next(), now.chars().next_back());
        let opens = first.is_some_and(is_quote);
        let closes = last.is_some_and(is_quote);
        let n_marks = now.chars().filter(|sign| is_quote(*sign)).count();
        match (opens, closes) {
            (true, true) if n_marks == 2 => {
                start += first.map_or(0, char::len_utf8);
                end -= last.map_or(0, char::len_utf8);
            }
            (true, _) if n_marks == 1 => start += first.map_or(0, char::len_utf8),
            (_, true) if n_marks == 1 => end -= last.map_or(0, char::len_utf8),
            _ => return Span::new(start, end.max(start)),
        }
        if start >= end {
            return span;
        }
    }
}

fn is_quote(sign: char) -> bool {
    matches!(sign, '"' | '“' | '”' | '«' | '»')
}
