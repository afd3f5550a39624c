//! Noun phrases without what hangs behind them: "two senior Northern officials", split at possessives.
//!
//! By tags and names, not by the tree: a phrase that stands in one piece is found even where the tree is wrong.

use std::ops::Range;

use servanda_language::{Fine, Tag};

use super::scan::Scan;

/// A noun phrase in one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Its tokens, articles included.
    pub tokens: Range<usize>,
    /// The chunk that owns this one ("the North's | foreign minister"), the one right before it.
    pub is_possessed: bool,
    /// The preposition before it, or before the row of chunks that it ends.
    pub preposition: Option<usize>,
}

/// The chunks of a text, in order.
pub(super) fn chunks(scan: &Scan<'_>) -> Vec<Chunk> {
    let mut found: Vec<Chunk> = Vec::new();
    for sentence in &scan.analysis.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            if !begins(scan, at) {
                at += 1;
                continue;
            }
            let end = end(scan, at, sentence.tokens.end);
            if (at..end).any(|token| is_nominal(scan, token)) {
                let chunk = link(scan, &found, at..end);
                found.push(chunk);
            }
            at = end;
        }
    }
    found
}

fn link(scan: &Scan<'_>, found: &[Chunk], tokens: Range<usize>) -> Chunk {
    let before = scan.before(tokens.start);
    let is_mark =
        |token: usize| scan.fine(token) == Fine::Pos || matches!(scan.word(token), "'s" | "’s" | "'" | "’");
    let last = found.last();
    let is_possessed =
        before.is_some_and(|mark| is_mark(mark) && last.is_some_and(|chunk| chunk.tokens.end == mark));
    let preposition = match before {
        Some(token) if is_adposition(scan, token) => Some(token),
        // "in A, B and C": the row has the preposition of its first.
        Some(token)
            if (scan.tag(token) == Tag::Cconj || scan.word(token) == ",") && is_in_row(scan, &tokens) =>
        {
            let joins = |chunk: &&Chunk| {
                chunk.tokens.end == token || chunk.tokens.end + 1 == token && scan.word(token - 1) == ","
            };
            last.filter(joins)
                .filter(|chunk| is_in_row(scan, &chunk.tokens))
                .and_then(|chunk| chunk.preposition)
        }
        Some(_) if is_possessed => last.and_then(|chunk| chunk.preposition),
        _ => None,
    };
    Chunk { tokens, is_possessed, preposition }
}

/// Whether a chunk can be one of a row: a name, and no verb of its own behind it ("On Friday, Northland struck").
fn is_in_row(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    let is_name = scan.hit(tokens.end - 1).is_some() || scan.is_capital(tokens.end - 1);
    let acts = scan
        .after(tokens.end - 1)
        .is_some_and(|next| matches!(scan.tag(next), Tag::Verb | Tag::Aux | Tag::Adv));
    is_name && !acts
}

fn is_adposition(scan: &Scan<'_>, token: usize) -> bool {
    scan.tag(token) == Tag::Adp || scan.lexicon.has("locative", scan.word(token))
}

/// Whether a token can carry a phrase.
pub(super) fn is_nominal(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.tag(token), Tag::Noun | Tag::Propn)
        || scan.hit(token).is_some()
        || scan.role(token).is_some()
}

fn begins(scan: &Scan<'_>, token: usize) -> bool {
    is_inner(scan, token) && !scan.is_in_date(token)
        || matches!(scan.tag(token), Tag::Det)
        || is_owner(scan, token)
}

fn is_owner(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.fine(token), Fine::PrpPoss | Fine::WpPoss)
}

fn is_inner(scan: &Scan<'_>, token: usize) -> bool {
    match scan.tag(token) {
        Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::X | Tag::Sym => true,
        // "the warring parties", "displaced families".
        Tag::Verb => {
            scan.hit(token).is_some()
                || scan.role(token).is_some()
                || matches!(scan.fine(token), Fine::Vbg | Fine::Vbn)
                    && scan
                        .before(token)
                        .is_some_and(|before| matches!(scan.tag(before), Tag::Det | Tag::Adj | Tag::Num))
                    && scan
                        .after(token)
                        .is_some_and(|after| matches!(scan.tag(after), Tag::Noun | Tag::Propn | Tag::Adj))
        }
        _ => scan.hit(token).is_some() || scan.role(token).is_some_and(|role| role.tokens.len() > 1),
    }
}

fn end(scan: &Scan<'_>, start: usize, limit: usize) -> usize {
    let mut at = start + 1;
    while at < limit {
        let is_start = is_owner(scan, at) || scan.tag(at) == Tag::Det && scan.hit(at).is_none();
        let goes_on = if is_start {
            // "all the parties", "both their sides".
            (start..at).all(|token| matches!(scan.tag(token), Tag::Det))
        } else {
            is_inner(scan, at) && !scan.is_in_date(at)
                || is_hyphen(scan, at, limit)
                || is_of_body(scan, start, at, limit)
        };
        // A name that follows another name without a sign between is another phrase only behind a description in
        // capitals, which stays whole; so nothing more parts a run.
        if !goes_on {
            break;
        }
        at += 1;
    }
    at
}

/// "civilian-military centre": a hyphen within a phrase.
fn is_hyphen(scan: &Scan<'_>, at: usize, limit: usize) -> bool {
    let is_glued = |a: usize, b: usize| scan.analysis.tokens[a].end == scan.analysis.tokens[b].start;
    matches!(scan.word(at), "-" | "‐" | "‑")
        && at + 1 < limit
        && is_glued(at - 1, at)
        && is_glued(at, at + 1)
        && (is_inner(scan, at + 1) || scan.tag(at + 1) == Tag::Verb)
}

/// "the Board of Bridges": "of" between words in capitals, the first of which names an organisation.
fn is_of_body(scan: &Scan<'_>, start: usize, at: usize, limit: usize) -> bool {
    let is_join = |word: &str| matches!(word, "of" | "for");
    let is_organisation =
        |token: usize| scan.is_capital(token) && scan.lexicon.has("organisation", scan.word(token));
    is_join(scan.word(at))
        && at + 1 < limit
        && scan.hit(at - 1).is_none()
        && (start..at).any(is_organisation)
        && is_organisation(at - 1)
        && scan.is_capital(at + 1)
        && scan.hit(at + 1).is_none()
        && matches!(scan.tag(at + 1), Tag::Propn | Tag::Noun | Tag::Adj)
}
