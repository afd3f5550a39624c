//! Plain text: which lines make one block?
//!
//! Some texts write a paragraph in one line, some wrap it at a width and part paragraphs by empty lines, some indent. The
//! lines tell which: a line end in a group of lines is a wrapped one where the next word would not have fitted.

use servanda_model::Span;

use super::draft::{Draft, trimmed};
use super::roles::lines;
use crate::prose::BlockRole;

/// Lines longer than this were not wrapped by hand.
const MAX_WRAP_CHARS: usize = 130;
/// Nor are lines wrapped at less.
const MIN_WRAP_CHARS: usize = 48;

struct Line {
    span: Span,
    n_chars: usize,
    /// Characters of its first word.
    n_first: usize,
    indent: usize,
}

/// The blocks of `text[span]`.
pub(crate) fn drafts(text: &str, span: Span) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut group: Vec<Line> = Vec::new();
    for whole in line_spans(text, span) {
        let words = trimmed(text, whole);
        if words.is_empty() {
            flush(text, &mut group, &mut drafts);
            continue;
        }
        let line = &text[words.start..words.end];
        let n_first = line.split_whitespace().next().unwrap_or_default().chars().count();
        group.push(Line {
            span: words,
            n_chars: line.chars().count(),
            n_first,
            indent: words.start - whole.start,
        });
        if group.len() >= MAX_GROUP_LINES {
            flush(text, &mut group, &mut drafts);
        }
    }
    flush(text, &mut group, &mut drafts);
    drafts
}

/// A group of more lines is no paragraph.
const MAX_GROUP_LINES: usize = 2_000;

/// Lines without their ends, whatever ends them.
fn line_spans(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let is_end =
        |letter: char| matches!(letter, '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut at = span.start;
    let mut is_done = false;
    std::iter::from_fn(move || {
        if is_done {
            return None;
        }
        let start = at;
        let rest = &text[start..span.end];
        let Some(n) = rest.find(is_end) else {
            is_done = true;
            return Some(Span::new(start, span.end));
        };
        let letter = rest[n..].chars().next().map_or(1, char::len_utf8);
        at = start + n + if rest[n..].starts_with("\r\n") { 2 } else { letter };
        Some(Span::new(start, start + n))
    })
}

fn flush(text: &str, group: &mut Vec<Line>, drafts: &mut Vec<Draft>) {
    let width = wrap_width(group);
    let mut open: Option<Span> = None;
    let mut hint = None;
    for (at, line) in group.iter().enumerate() {
        let before = at.checked_sub(1).map(|ix| &group[ix]);
        if let (Some(before), Some(span)) = (before, open)
            && is_wrapped(text, before, line, width)
        {
            open = Some(span.to(line.span));
            continue;
        }
        if let Some(span) = open.take() {
            Draft::push(drafts, text, span, hint);
        }
        hint = line_hint(&text[line.span.start..line.span.end]);
        open = Some(line.span);
    }
    if let Some(span) = open {
        Draft::push(drafts, text, span, hint);
    }
    group.clear();
}

/// The width at which a group of lines is wrapped; `None` where its lines are not wrapped.
fn wrap_width(group: &[Line]) -> Option<usize> {
    let widest = group.iter().map(|line| line.indent + line.n_chars).max()?;
    (group.len() > 1 && (MIN_WRAP_CHARS..=MAX_WRAP_CHARS).contains(&widest)).then_some(widest)
}

/// Whether the end of `line` is a wrapped one, so that `next` continues it.
fn is_wrapped(text: &str, line: &Line, next: &Line, width: Option<usize>) -> bool {
    let (words, next_words) = (&text[line.span.start..line.span.end], &text[next.span.start..next.span.end]);
    let is_apart = |line: &str| lines::is_teaser(line) || lines::is_boilerplate(line);
    if is_same(words, next_words)
        || line_hint(next_words).is_some()
        || lines::is_label(next_words)
        || is_apart(words)
        || is_apart(next_words)
    {
        return false;
    }
    let goes_on = next_words.starts_with(|letter: char| letter.is_lowercase());
    let is_open = !words.ends_with(['.', '!', '?', ':', '”', '"', '’', ')', ']']);
    if goes_on && is_open {
        return true;
    }
    let Some(width) = width else { return false };
    // The next word would not have fitted: the writer had no choice. A few characters of slack, since hands and rulers differ.
    let is_full = line.indent + line.n_chars + 1 + next.n_first + SLACK_CHARS > width;
    if is_full {
        return next.indent <= line.indent + 1 || goes_on;
    }
    goes_on && !words.ends_with(['.', '!', '?'])
}

/// Whether two lines say the same, whatever their blanks.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 16
        && one
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .eq(other.chars().filter(|letter| letter.is_alphanumeric()))
}

const SLACK_CHARS: usize = 6;

/// What the first characters of a line tell: a list, a table, a quoted message.
fn line_hint(line: &str) -> Option<BlockRole> {
    if is_rule(line) {
        return Some(BlockRole::Boilerplate);
    }
    if is_row(line) {
        return Some(BlockRole::Row);
    }
    is_item(line).then_some(BlockRole::ListItem)
}

/// A line of marks alone (`* * *`, `-----`).
fn is_rule(line: &str) -> bool {
    line.chars().all(|letter| !letter.is_alphanumeric()) && line.chars().count() >= 3
}

/// Cells side by side: tabs, bars, or gaps of three blanks, at least two of them.
fn is_row(line: &str) -> bool {
    let line = line.trim();
    let n_tabs = line.matches('\t').count();
    let n_bars = line.matches(" | ").count() + usize::from(line.starts_with('|'));
    let n_gaps = line.split("   ").filter(|part| !part.trim().is_empty()).count().saturating_sub(1);
    n_tabs >= 2 || n_bars >= 2 || n_gaps >= 2
}

/// `- `, `• `, `1. `, `(a) ` and the like.
fn is_item(line: &str) -> bool {
    let mut letters = line.chars();
    let Some(first) = letters.next() else { return false };
    if matches!(first, '-' | '*' | '•' | '·' | '◦' | '▪' | '■' | '‣' | '●' | '○' | '–') {
        return letters.next().is_some_and(|letter| letter.is_whitespace()) || first == '•' || first == '●';
    }
    let Some((mark, rest)) = line.split_once([' ', '\t']) else { return false };
    if rest.trim().is_empty() {
        return false;
    }
    let inner = mark.trim_start_matches('(').trim_end_matches([')', '.']);
    let is_marked =
        mark.ends_with(')') || mark.ends_with('.') && inner.bytes().all(|byte| byte.is_ascii_digit());
    let is_counter = inner.len() <= 3
        && !inner.is_empty()
        && (inner.bytes().all(|byte| byte.is_ascii_digit())
            || inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_alphabetic())
            || inner.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')));
    is_marked && is_counter
}
