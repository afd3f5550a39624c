//! Words, runs of digits and marks of a text: what dates and quantities are read from.
//!
//! Linear in the length of the text. A word that a line end cuts in two ("viola-" and "tions") is one piece that spans
//! the break, because the text of printed pages arrives with such breaks; where the line end itself is lost, a hyphen at the
//! end of a word before a small letter tells it.

use servanda_language::Analysis;
use servanda_model::Span;

/// Bytes of the hyphens that are nothing but lost line ends ("viola-tions"), in order: those within tokens that the language
/// layer mended.
pub(crate) fn torn_hyphens(text: &str, analysis: &Analysis) -> Vec<usize> {
    let mut found = Vec::new();
    for (ix, token) in analysis.tokens.iter().enumerate() {
        let Some(word) = text.get(token.start..token.end) else { continue };
        let Some(at) = word.find('-').filter(|at| *at > 0) else { continue };
        if word[at + 1..].starts_with(char::is_lowercase) && !analysis.lemma(ix).contains('-') {
            found.push(token.start + at);
        }
    }
    found
}

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// One other character.
    Mark,
}

/// White space before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// None: the pieces touch.
    None,
    /// White space without a blank line.
    Space,
    /// A blank line.
    Blank,
}

/// One word, run of digits or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// What it is made of.
    pub(crate) sort: Sort,
    /// White space before it.
    pub(crate) gap: Gap,
    low_start: usize,
    low_end: usize,
}

/// A text cut into pieces.
pub(crate) struct Scan<'t> {
    /// The text.
    pub(crate) text: &'t str,
    /// Its pieces, in order.
    pub(crate) pieces: Vec<Piece>,
    /// The text in small ASCII letters, and after it the words that line ends had cut in two.
    low: String,
    /// Bytes of hyphens that stand where a line end was ("viola-tions"), in order.
    torn: &'t [usize],
}

impl<'t> Scan<'t> {
    pub(crate) fn new(text: &'t str) -> Scan<'t> {
        Scan::torn_at(text, &[])
    }

    /// The same, where it is known which hyphens are nothing but lost line ends.
    pub(crate) fn torn_at(text: &'t str, torn: &'t [usize]) -> Scan<'t> {
        let mut scan = Scan { text, pieces: Vec::new(), low: text.to_ascii_lowercase(), torn };
        let mut gap = Gap::None;
        let mut n_lines = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((start, sign)) = chars.next() {
            if sign.is_whitespace() {
                n_lines += usize::from(sign == '\n');
                gap = if n_lines > 1 { Gap::Blank } else { Gap::Space };
                continue;
            }
            let sort = sort_of(sign);
            let mut end = start + sign.len_utf8();
            while sort != Sort::Mark
                && let Some((at, next)) = chars.next_if(|(_, next)| sort_of(*next) == sort)
            {
                end = at + next.len_utf8();
            }
            scan.push(Piece { start, end, sort, gap, low_start: start, low_end: end });
            (gap, n_lines) = (Gap::None, 0);
        }
        scan
    }

    /// Appends a piece, or joins it to the first half of the word that a line end cut.
    fn push(&mut self, piece: Piece) {
        if let [.., first, hyphen] = self.pieces.as_slice()
            && first.sort == Sort::Word
            && piece.sort == Sort::Word
            && hyphen.gap == Gap::None
            && matches!(&self.text[hyphen.start..hyphen.end], "-" | "\u{ad}")
            && (piece.gap > Gap::None || self.torn.binary_search(&hyphen.start).is_ok())
            && !matches!(self.low_of(&piece), "and" | "or" | "to")
            && self.text[piece.start..].starts_with(|sign: char| sign.is_lowercase())
        {
            let joined = format!("{}{}", self.low_of(first), &self.low[piece.low_start..piece.low_end]);
            let low_start = self.low.len();
            self.low.push_str(&joined);
            let whole = Piece { end: piece.end, low_start, low_end: self.low.len(), ..*first };
            self.pieces.truncate(self.pieces.len() - 2);
            self.pieces.push(whole);
        } else {
            self.pieces.push(piece);
        }
    }

    fn low_of(&self, piece: &Piece) -> &str {
        &self.low[piece.low_start..piece.low_end]
    }

    /// The piece in small letters; empty past the end.
    pub(crate) fn low(&self, ix: usize) -> &str {
        self.pieces.get(ix).map_or("", |piece| self.low_of(piece))
    }

    /// The piece as written; empty past the end.
    pub(crate) fn written(&self, ix: usize) -> &'t str {
        self.pieces.get(ix).map_or("", |piece| &self.text[piece.start..piece.end])
    }

    /// Whether the piece is that word or mark.
    pub(crate) fn is(&self, ix: usize, word: &str) -> bool {
        self.low(ix) == word
    }

    /// Whether the piece is one of these.
    pub(crate) fn is_any(&self, ix: usize, words: &[&str]) -> bool {
        ix < self.pieces.len() && words.contains(&self.low(ix))
    }

    /// Past these words, where they stand here one after the other.
    pub(crate) fn words(&self, ix: usize, words: &str) -> Option<usize> {
        // Nearly every phrase that is asked for fails at its first letter.
        if self.low(ix).as_bytes().first() != words.as_bytes().first() {
            return None;
        }
        let mut at = ix;
        for word in words.split(' ') {
            if !self.is(at, word) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Past the first of these phrases that stands here.
    pub(crate) fn any_words(&self, ix: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.words(ix, phrase))
    }

    /// Past the piece, where it is one of these, else here.
    pub(crate) fn skip(&self, ix: usize, words: &[&str]) -> usize {
        ix + usize::from(self.is_any(ix, words))
    }

    pub(crate) fn sort(&self, ix: usize) -> Option<Sort> {
        self.pieces.get(ix).map(|piece| piece.sort)
    }

    pub(crate) fn is_word(&self, ix: usize) -> bool {
        self.sort(ix) == Some(Sort::Word)
    }

    pub(crate) fn is_digits(&self, ix: usize) -> bool {
        self.sort(ix) == Some(Sort::Digits)
    }

    /// White space before the piece; a blank line past the end.
    pub(crate) fn gap(&self, ix: usize) -> Gap {
        self.pieces.get(ix).map_or(Gap::Blank, |piece| piece.gap)
    }

    /// Whether the piece touches the one before it.
    pub(crate) fn touches(&self, ix: usize) -> bool {
        self.gap(ix) == Gap::None
    }

    /// Whether the piece begins with a capital.
    pub(crate) fn is_capital(&self, ix: usize) -> bool {
        self.written(ix).starts_with(char::is_uppercase)
    }

    /// Whether the piece is a hyphen or dash.
    pub(crate) fn is_dash(&self, ix: usize) -> bool {
        matches!(
            self.low(ix),
            "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" | "\u{2212}"
        )
    }

    /// The bytes of the pieces from `from` up to but without `to`.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        match self.pieces.get(from..to) {
            Some([first, .., last]) => Span::new(first.start, last.end),
            Some([only]) => Span::new(only.start, only.end),
            _ => Span::new(0, 0),
        }
    }

    /// The first piece that begins at or after a byte.
    pub(crate) fn at_byte(&self, byte: usize) -> usize {
        self.pieces.partition_point(|piece| piece.start < byte)
    }

    /// A whole number of at most that many digits.
    pub(crate) fn digits(&self, ix: usize, n_max: usize) -> Option<i64> {
        let word = self.low(ix);
        (self.is_digits(ix) && word.len() <= n_max).then(|| word.parse().ok()).flatten()
    }
}

fn sort_of(sign: char) -> Sort {
    if sign.is_ascii_digit() {
        Sort::Digits
    } else if sign.is_alphabetic() && !matches!(sign, '元' | 'º' | 'ª') {
        Sort::Word
    } else {
        Sort::Mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_line_ends_cut_are_whole_again() {
        let scan = Scan::new("7,333 viola-\n tions, 82 -year Non-\nAligned a-b");
        let words: Vec<&str> = (0..scan.pieces.len()).map(|ix| scan.low(ix)).collect();
        assert_eq!(words.join("|"), "7|,|333|violations|,|82|-|year|non|-|aligned|a|-|b");
    }
}
