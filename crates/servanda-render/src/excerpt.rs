//! The words of a claim in their surroundings: what stands before and after them in the document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::Span;

/// Words with what stands around them, each on one line; put together without anything between, they read as the document does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// What stands before the words in their paragraph, cut at a word where it is long; `…` marks the cut.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands after them.
    pub after: String,
}

/// The surroundings of a span within its paragraph, at most `max_chars` on each side. An impossible span gives nothing.
pub fn excerpt(text: &str, span: Span, max_chars: usize) -> Excerpt {
    let (Some(head), Some(words), Some(tail)) =
        (text.get(..span.start), span.of(text), text.get(span.end.max(span.start)..))
    else {
        return Excerpt::default();
    };
    let (mut before, mut after) = (last(head, max_chars), first(tail, max_chars));
    if head.ends_with(char::is_whitespace) && !before.is_empty() {
        before.push(' ');
    }
    if tail.starts_with(char::is_whitespace) && !after.is_empty() {
        after.insert(0, ' ');
    }
    Excerpt { before, words: one_line(words), after }
}

/// The sentence that holds a span: from the last end of a sentence before it to the first one after it, by marks alone.
pub fn sentence(text: &str, span: Span) -> Span {
    let (Some(head), Some(_)) = (text.get(..span.start), span.of(text)) else { return span };
    let from = paragraph_start(head);
    let mut start = from;
    let mut at = from;
    while let Some(end) = sentence_end(&text[at..span.start]) {
        at += end;
        start = at;
    }
    start += text[start..span.start].len() - text[start..span.start].trim_start().len();
    // Words that end with their sentence's own stop hold it already.
    let inner = text[..span.end].trim_end_matches(CLOSING);
    if inner.ends_with(STOPS) {
        return Span::new(start, span.end);
    }
    let tail = &text[span.end..];
    let tail = &tail[..paragraph_end(tail)];
    let end = sentence_end(tail).map_or(tail.trim_end().len(), |end| tail[..end].trim_end().len());
    Span::new(start, span.end + end)
}

const STOPS: [char; 4] = ['.', '!', '?', '\u{2026}'];
const CLOSING: [char; 6] = ['"', '\'', '\u{201d}', '\u{2019}', ')', ']'];

/// One past the white space that follows the first end of a sentence.
fn sentence_end(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find(STOPS) {
        let stop = from + found;
        let after = stop + text[stop..].chars().next().map_or(1, char::len_utf8);
        let rest = text[after..].trim_start_matches(CLOSING);
        let white = rest.len() - rest.trim_start().len();
        let next = rest.trim_start().chars().next();
        // "U.S. forces", "3.5": a stop ends a sentence only before white space and a word that can begin one.
        let is_short = text[..stop].chars().rev().take_while(|c| c.is_alphanumeric()).count() < 2;
        if white > 0 && !is_short && next.is_none_or(|c| !c.is_lowercase()) {
            return Some(text.len() - rest.trim_start().len());
        }
        from = after;
    }
    None
}

fn paragraph_start(head: &str) -> usize {
    blank_lines(head).last().map_or(0, |(_, end)| end)
}

fn paragraph_end(tail: &str) -> usize {
    blank_lines(tail).next().map_or(tail.len(), |(start, _)| start)
}

/// Stretches of white space with two line ends or more.
fn blank_lines(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let ends = text.match_indices('\n').map(|(at, _)| at);
    ends.filter_map(|at| {
        let rest = &text[at + 1..];
        let line = rest.find('\n')?;
        rest[..line].trim().is_empty().then_some((at, at + 1 + line + 1))
    })
}

fn first(tail: &str, max_chars: usize) -> String {
    let paragraph = &tail[..paragraph_end(tail)];
    let reach = paragraph.char_indices().nth(max_chars).map_or(paragraph.len(), |(at, _)| at);
    if reach == paragraph.len() {
        return one_line(paragraph);
    }
    let cut = paragraph[..reach].rfind(char::is_whitespace).unwrap_or(reach);
    format!("{} \u{2026}", one_line(&paragraph[..cut]))
}

fn last(head: &str, max_chars: usize) -> String {
    let paragraph = &head[paragraph_start(head)..];
    let reach = match max_chars.checked_sub(1) {
        Some(back) => paragraph.char_indices().rev().nth(back).map_or(0, |(at, _)| at),
        None => paragraph.len(),
    };
    if reach == 0 {
        return one_line(paragraph);
    }
    let cut = paragraph[reach..].find(char::is_whitespace).map_or(reach, |at| reach + at);
    format!("\u{2026} {}", one_line(&paragraph[cut..]))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surroundings_stay_in_their_paragraph_and_are_cut_at_words() {
        let text =
            "Title\n\nThe gate is shut. The North said it would\nopen the gate by noon. Nobody came.\n\nEnd.";
        let at = text.find("open").unwrap();
        let span = Span::new(at, at + "open the gate".len());
        let found = excerpt(text, span, 200);
        assert_eq!(found.before, "The gate is shut. The North said it would ");
        assert_eq!(found.words, "open the gate");
        assert_eq!(found.after, " by noon. Nobody came.");
        let short = excerpt(text, span, 12);
        assert_eq!(
            (short.before.as_str(), short.after.as_str()),
            ("\u{2026} it would ", " by noon. \u{2026}")
        );
        let whole = sentence(text, span).of(text).unwrap();
        assert_eq!(whole, "The North said it would\nopen the gate by noon.");
        assert_eq!(excerpt(text, Span::new(2, 10_000), 5), Excerpt::default());
        assert_eq!(excerpt("", Span::default(), 0), Excerpt::default());
    }

    #[test]
    fn short_stops_do_not_end_a_sentence() {
        let text = "It took 3.5 hours, A. Ost said. \u{201c}We waited.\u{201d} Then it rained.";
        let at = text.find("waited").unwrap();
        let of = |word: &str| {
            let at = text.find(word).unwrap();
            sentence(text, Span::new(at, at + word.len())).of(text).unwrap()
        };
        assert_eq!(sentence(text, Span::new(at, at + 7)).of(text), Some("\u{201c}We waited."));
        assert_eq!(of("hours"), "It took 3.5 hours, A. Ost said.");
        assert_eq!(of("rained"), "Then it rained.");
    }
}
