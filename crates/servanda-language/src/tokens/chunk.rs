//! Which bytes stand together? A run without white space, mended where a line end or a stray space tore a word.

use std::borrow::Cow;
use std::ops::Range;

use super::{Gap, IsKnown, is_word_char};

/// A run of text without white space, and without the debris that was in it.
pub(super) struct Chunk<'t> {
    /// First byte in the text.
    start: usize,
    /// One past the last byte in the text.
    pub end: usize,
    /// What lies before it.
    pub gap: Gap,
    /// The run, mended.
    pub form: Cow<'t, str>,
    /// For each byte of a mended form its byte in the text; empty where nothing was mended.
    origin: Vec<usize>,
}

/// Longest word in bytes that debris is looked for in; longer runs are taken as they are.
const MAX_TORN_BYTES: usize = 64;

impl<'t> Chunk<'t> {
    /// The next run from a byte on; `None` at the end of the block.
    pub fn next(text: &'t str, at: usize, end: usize, gap: Gap, is_known: IsKnown<'_>) -> Option<Chunk<'t>> {
        let (start, before) = skip_white(text, at, end);
        if start >= end {
            return None;
        }
        let mut chunk = Chunk {
            start,
            end: run_end(text, start, end),
            gap: gap.max(before),
            form: Cow::Borrowed(""),
            origin: Vec::new(),
        };
        chunk.form = Cow::Borrowed(&text[start..chunk.end]);
        if has_ignorable(&chunk.form) {
            chunk.mend(text, |_, _| true);
        }
        if let Some(hyphen) = lost_line_end(text, &chunk, is_known) {
            chunk.mend(text, |byte, _| byte != hyphen);
        }
        while let Some((part, rest)) = tear(text, &chunk, end, is_known) {
            chunk.end = rest;
            chunk.mend(text, |byte, c| !part.contains(&byte) && !c.is_whitespace());
        }
        Some(chunk)
    }

    /// Reads the form again from the text, without what the eye does not see and without what is not kept.
    fn mend(&mut self, text: &str, keep: impl Fn(usize, char) -> bool) {
        let already: Vec<usize> = std::mem::take(&mut self.origin);
        let last = already.last().copied();
        let mut form = String::with_capacity(self.end - self.start);
        for (offset, c) in text[self.start..self.end].char_indices() {
            let byte = self.start + offset;
            let was_dropped = last.is_some_and(|last| byte <= last) && already.binary_search(&byte).is_err();
            if was_dropped || is_ignorable(c) || !keep(byte, c) {
                continue;
            }
            form.push(c);
            self.origin.extend((0..c.len_utf8()).map(|more| byte + more));
        }
        self.form = Cow::Owned(form);
    }

    /// Where a part of the form stands in the text.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.origin.is_empty() {
            return self.start + range.start..self.start + range.end;
        }
        self.origin[range.start]..self.origin[range.end - 1] + 1
    }
}

/// The first byte that is not white space (or not seen), and what was skipped.
pub(super) fn skip_white(text: &str, at: usize, end: usize) -> (usize, Gap) {
    let (mut at, mut n_lines, from) = (at, 0, at);
    while at < end {
        let byte = text.as_bytes()[at];
        if byte == b'\n' {
            n_lines += 1;
        }
        if byte.is_ascii_whitespace() || byte == 0x0b {
            at += 1;
            continue;
        }
        let Some(c) = text[at..end].chars().next().filter(|c| is_white(*c) || is_ignorable(*c)) else {
            break;
        };
        n_lines += usize::from(c == '\u{2029}') * 2;
        at += c.len_utf8();
    }
    let gap = match (n_lines, at == from) {
        (_, true) => Gap::None,
        (0 | 1, _) => Gap::Space,
        _ => Gap::Line,
    };
    (at, gap)
}

/// One past the last byte of the run that begins here.
fn run_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    while at < end {
        let byte = bytes[at];
        if byte.is_ascii() {
            if byte.is_ascii_whitespace() || byte.is_ascii_control() {
                break;
            }
            at += 1;
            continue;
        }
        let Some(c) = text[at..end].chars().next().filter(|c| !is_white(*c)) else { break };
        at += c.len_utf8();
    }
    at
}

fn is_white(c: char) -> bool {
    // Private use: the bullets of printed pages.
    c.is_whitespace() || c.is_control() || matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// Characters that show nothing: soft hyphens, joiners, marks of direction, byte order marks.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn has_ignorable(form: &str) -> bool {
    !form.is_ascii() && form.chars().any(is_ignorable)
}

/// The bytes to drop so that a torn word is whole again, and where its rest ends.
fn tear(text: &str, chunk: &Chunk<'_>, end: usize, is_known: IsKnown<'_>) -> Option<(Range<usize>, usize)> {
    let (next, gap) = skip_white(text, chunk.end, end);
    if gap != Gap::Space || next >= end || chunk.form.is_empty() {
        return None;
    }
    let first = text[next..end].chars().next()?;
    if !first.is_lowercase() {
        return None;
    }
    let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{ad}');
    let last = text[..chunk.end].chars().next_back()?;
    if is_hyphen(last) && text[chunk.end..next].contains('\n') {
        let hyphen = chunk.end - last.len_utf8()..chunk.end;
        let rest = run_end(text, next, end);
        let head = last_letters(chunk.form.trim_end_matches(is_hyphen));
        let tail = first_letters(&text[next..rest]);
        // "cease-/fire" is one word, "long-/term" is three, whichever of the two is known; unknown words are joined.
        let is_compound =
            is_known(&head.to_lowercase()) && is_known(tail) && !is_known(&format!("{head}{tail}"));
        let keeps_hyphen = last != '\u{ad}' && is_compound;
        return (!head.is_empty()).then_some((if keeps_hyphen { 0..0 } else { hyphen }, rest));
    }
    is_stray(text, chunk, next, end, is_known).then(|| (0..0, run_end(text, next, end)))
}

/// The hyphen of a word that a line end cut where the line end itself is lost ("viola-tions"): the whole is a known word, and
/// one of its parts, of small letters only, is none.
fn lost_line_end(text: &str, chunk: &Chunk<'_>, is_known: IsKnown<'_>) -> Option<usize> {
    let run = &text[chunk.start..chunk.end];
    if run.len() > MAX_TORN_BYTES {
        return None;
    }
    let mut hyphens = run.match_indices('-');
    let (at, _) = hyphens.next()?;
    if hyphens.next().is_some() {
        return None;
    }
    let (head, tail) = (last_letters(&run[..at]), first_letters(&run[at + 1..]));
    let is_small = tail.len() > 1 && tail.chars().all(char::is_lowercase);
    if !is_small || head.chars().count() < 2 || head.chars().skip(1).any(char::is_uppercase) {
        return None;
    }
    let head = head.to_lowercase();
    // "e-mail" and "non-member" keep the hyphen of their prefix.
    let is_whole = is_known(tail) && (is_known(&head) || super::words::PREFIXES.contains(&head.as_str()));
    let is_torn = !is_whole && is_known(&format!("{head}{tail}"));
    is_torn.then_some(chunk.start + at)
}

/// Whether the space behind a chunk tears a known word into two parts of which neither is one.
fn is_stray(text: &str, chunk: &Chunk<'_>, next: usize, end: usize, is_known: IsKnown<'_>) -> bool {
    let head = last_letters(&chunk.form);
    if head.is_empty()
        || head.len() > MAX_TORN_BYTES
        || head.len() != chunk.form.trim_start_matches(is_open).len()
    {
        return false;
    }
    let mut stop = end.min(next + MAX_TORN_BYTES);
    while !text.is_char_boundary(stop) {
        stop -= 1;
    }
    let tail = first_letters(&text[next..stop]);
    let head = head.to_lowercase();
    !is_part_word(&head, is_known) && !is_part_word(tail, is_known) && is_known(&format!("{head}{tail}"))
}

/// Whether a part could stand alone: a known word, or a letter that is one.
fn is_part_word(part: &str, is_known: IsKnown<'_>) -> bool {
    match part.chars().count() {
        0 => true,
        1 => matches!(part, "a" | "i" | "o"),
        _ => is_known(part),
    }
}

fn is_open(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | '[' | '\u{201c}' | '\u{2018}' | '\u{ab}')
}

fn first_letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

fn last_letters(text: &str) -> &str {
    let start = text.char_indices().rev().find(|(_, c)| !is_word_char(*c) || c.is_numeric());
    &text[start.map_or(0, |(at, c)| at + c.len_utf8())..]
}
