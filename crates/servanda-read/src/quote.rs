//! Finds the words of a quotation in a document, whatever its line breaks.

use servanda_model::Span;

/// A text whose runs of white space are single spaces, and where each of its bytes comes from.
pub(crate) struct Collapsed {
    text: String,
    /// Offset in the document of each byte of `text`.
    origins: Vec<usize>,
}

impl Collapsed {
    /// Collapses `text[from..]`.
    pub fn new(text: &str, from: usize) -> Collapsed {
        Collapsed::folded(text, from, |letter| letter)
    }

    /// Collapses, and takes typographic quotation marks and dashes for plain ones and capitals for small letters.
    pub fn lenient(text: &str, from: usize) -> Collapsed {
        Collapsed::folded(text, from, |letter| match letter {
            '‘' | '’' | '‚' | '`' | '´' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‐' | '‑' | '–' | '—' => '-',
            _ => letter.to_lowercase().next().unwrap_or(letter),
        })
    }

    fn folded(text: &str, from: usize, fold: impl Fn(char) -> char) -> Collapsed {
        let mut collapsed = Collapsed {
            text: String::with_capacity(text.len() - from),
            origins: Vec::with_capacity(text.len() - from),
        };
        let mut gap = None;
        for (at, letter) in text[from..].char_indices() {
            if letter.is_whitespace() {
                gap = gap.or(Some(from + at));
                continue;
            }
            if let Some(gap) = gap.take()
                && !collapsed.text.is_empty()
            {
                collapsed.push(' ', gap, 1);
            }
            collapsed.push(fold(letter), from + at, letter.len_utf8());
        }
        collapsed
    }

    fn push(&mut self, letter: char, origin: usize, n_bytes: usize) {
        self.text.push(letter);
        let n_written = letter.len_utf8();
        // The last byte written stands for the last byte of the original, so that a span ends behind the letter;
        // `find_all` steps back from there to where the letter begins.
        self.origins
            .extend((0..n_written).map(|byte| origin + if byte + 1 == n_written { n_bytes - 1 } else { 0 }));
    }

    /// Every place of the quotation in the document, first to last.
    pub fn find_all(&self, document: &str, quote: &str) -> Vec<Span> {
        if quote.is_empty() {
            return Vec::new();
        }
        let span = |at: usize| {
            let mut start = self.origins[at];
            while !document.is_char_boundary(start) {
                start -= 1;
            }
            Span::new(start, self.origins[at + quote.len() - 1] + 1)
        };
        self.text.match_indices(quote).map(|(at, _)| span(at)).collect()
    }

    /// The collapsed text.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A quotation with single spaces.
pub(crate) fn collapse(quote: &str) -> String {
    Collapsed::new(quote, 0).into_text()
}

/// The place of `words` in the document that lies nearest to `near`.
pub(crate) fn nearest_place(text: &str, from: usize, words: &str, near: Span) -> Option<Span> {
    let distance = |span: &Span| {
        if span.end <= near.start { near.start - span.end } else { span.start.saturating_sub(near.end) }
    };
    Collapsed::new(text, from).find_all(text, &collapse(words)).into_iter().min_by_key(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_across_line_breaks_and_marks() {
        let text = "Head\n\nThe  north\nwill “open” the\u{a0}gate.\nThe north will";
        let check = |quote: &str, expected: &[&str]| {
            let found = Collapsed::new(text, 0).find_all(text, &collapse(quote));
            let words: Vec<&str> = found.iter().map(|span| span.of(text).unwrap()).collect();
            assert_eq!(words, expected, "{quote}");
        };
        check("The north will", &["The  north\nwill", "The north will"]);
        check("“open” the gate.", &["“open” the\u{a0}gate."]);
        check("shut", &[]);
        check("", &[]);
        let lenient =
            Collapsed::lenient(text, 0).find_all(text, Collapsed::lenient("\"OPEN\"", 0).text.as_str());
        assert_eq!(lenient[0].of(text), Some("“open”"));
    }
}
