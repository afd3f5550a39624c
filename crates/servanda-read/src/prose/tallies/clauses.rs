//! Where does a sentence of a report begin and end?

use servanda_model::Span;

/// Sentences by marks alone: a stop, a blank and a capital. A line end is no stop.
pub(super) fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices(['.', '!', '?', ';']) {
        let rest = &text[at + 1..];
        // Bullets of printed pages are marks of any sort.
        let next =
            rest.trim_start_matches(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '(' | '.' | ')'));
        let begins = next.starts_with(char::is_uppercase);
        let has_gap = next.len() < rest.len();
        let short = text[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count() < 3
            && bytes[at] == b'.'
            && { !text[..at].ends_with(|sign: char| sign.is_ascii_digit() || sign == ')') };
        if has_gap && begins && !short {
            found.push(Span::new(start, at + 1));
            start = at + 1;
        }
    }
    if start < text.len() {
        found.push(Span::new(start, text.len()));
    }
    found
}

/// Sentences of the analysis, put together again where the first ends without a stop: the pages of reports arrive with
/// line ends and captions amid sentences, and a colon leads on to figures.
pub(super) fn joined(text: &str, sentences: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for sentence in sentences {
        if let Some(last) = found.last_mut() {
            let end = last.of(text).unwrap_or_default().trim_end();
            let start = sentence.of(text).unwrap_or_default().trim_start();
            let goes_on = end.ends_with(':')
                || !end.ends_with(['.', '!', '?', ';', '\u{201d}', ')'])
                    && start.starts_with(|sign: char| {
                        sign.is_lowercase() || sign.is_ascii_digit() || sign == '('
                    })
                || start.starts_with('(');
            if goes_on && sentence.end - last.start < 2_000 {
                last.end = sentence.end;
                continue;
            }
        }
        found.push(sentence);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_before_capitals() {
        let text = "It rose to 33 (five and 28).\n\n  The watch saw 12. See:\n\n p. 4 (not 5). Mr. North left. At 7.30 he";
        let found: Vec<&str> =
            sentences(text).iter().map(|span| span.of(text).unwrap_or_default().trim()).collect();
        assert_eq!(
            found,
            [
                "It rose to 33 (five and 28).",
                "The watch saw 12.",
                "See:\n\n p. 4 (not 5).",
                "Mr. North left.",
                "At 7.30 he"
            ]
        );
    }
}
