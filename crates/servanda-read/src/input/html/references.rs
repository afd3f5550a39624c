//! Character references (`&amp;`, `&#8217;`) and white space of pages.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};
use servanda_model::Span;

use crate::prose::Prose;

/// The longest name of a reference in the HTML standard has 31 letters.
const MAX_REFERENCE_BYTES: usize = 40;

/// The text with its references resolved.
pub(crate) fn decoded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (words, n_bytes) = reference(&rest[at..]);
        out.push_str(&words);
        rest = &rest[at + n_bytes..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The reference at the head of the text, and its length; `&` itself where there is none.
fn reference(text: &str) -> (Cow<'static, str>, usize) {
    let n_name = text[1..]
        .bytes()
        .take(MAX_REFERENCE_BYTES)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let n_bytes = 1 + n_name + usize::from(text.as_bytes().get(1 + n_name) == Some(&b';'));
    let known = match &text[..n_bytes] {
        "&" => return (Cow::Borrowed("&"), 1),
        "&amp;" => "&",
        "&nbsp;" => "\u{a0}",
        "&quot;" => "\"",
        "&lt;" => "<",
        "&gt;" => ">",
        _ => "",
    };
    if !known.is_empty() {
        return (Cow::Borrowed(known), n_bytes);
    }
    let mut words = String::new();
    for token in Tokenizer::new(&text[..n_bytes]) {
        if let Ok(Token::String(found)) = token {
            words.push_str(&String::from_utf8_lossy(&found));
        }
    }
    // A name that is none stays as written; one without semicolon may resolve its first letters alone.
    if words == text[..n_bytes] {
        return (Cow::Borrowed("&"), 1);
    }
    (Cow::Owned(words), n_bytes)
}

/// Appends the text of a run: references resolved, white space as one blank, none at the start of the block.
pub(crate) fn push(prose: &mut Prose, text: &str, span: Span, blank: &mut Option<Span>, block_start: usize) {
    let raw = &text[span.start..span.end];
    let is_blank = |letter: char| matches!(letter, ' ' | '\n' | '\r' | '\t' | '\u{c}');
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        let n_blank = rest.len() - rest.trim_start_matches(is_blank).len();
        if n_blank > 0 {
            let found = Span::new(span.start + at, span.start + at + n_blank);
            *blank = Some(blank.unwrap_or(found));
            at += n_blank;
            continue;
        }
        if let Some(found) = blank.take()
            && prose.text.len() > block_start
        {
            // A word that a line end hyphenates stays one that does.
            let is_hyphenated = prose.text.ends_with('-') && text[found.start..found.end].contains('\n');
            prose.push(if is_hyphenated { "\n" } else { " " }, found);
        }
        if rest.starts_with('&') {
            let (words, n_bytes) = reference(rest);
            prose.push(&words, Span::new(span.start + at, span.start + at + n_bytes));
            at += n_bytes;
            continue;
        }
        // Up to the next reference, or the next white space that is not one blank between two words.
        let mut n_words = 0;
        for (ix, letter) in rest.char_indices() {
            let is_single = letter == ' ' && !rest[ix + 1..].starts_with(is_blank) && ix + 1 < rest.len();
            if letter == '&' || is_blank(letter) && !is_single {
                break;
            }
            n_words = ix + letter.len_utf8();
        }
        prose.push(&rest[..n_words], Span::new(span.start + at, span.start + at + n_words));
        at += n_words;
    }
}
