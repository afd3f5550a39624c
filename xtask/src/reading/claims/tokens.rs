//! How much do two places of a text hold the same words?

use std::ops::Range;

/// Words that say little about what a place is about; compared places are lists of the others.
const LIGHT: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "being", "but", "by", "for", "from", "had", "has",
    "have", "he", "her", "his", "i", "in", "into", "is", "it", "its", "of", "on", "or", "our", "she", "that",
    "the", "their", "them", "there", "these", "they", "this", "those", "to", "was", "we", "were", "which",
    "who", "will", "with",
];

/// The words of a text that carry its content, by their bytes, in order.
pub(super) struct Tokens(Vec<Range<usize>>);

impl Tokens {
    /// Words between these bytes, without tags of HTML and addresses of Markdown links.
    pub(super) fn new(text: &str, within: Range<usize>) -> Tokens {
        let mut tokens: Vec<Range<usize>> = Vec::new();
        let mut word: Option<usize> = None;
        let mut skips: Option<char> = None;
        let mut before = ' ';
        let base = within.start;
        let mut close = |word: &mut Option<usize>, end: usize| {
            if let Some(start) = word.take()
                && !LIGHT.contains(&text[start..end].to_lowercase().as_str())
            {
                tokens.push(start..end);
            }
        };
        for (at, sign) in text.get(within.clone()).unwrap_or_default().char_indices() {
            let at = base + at;
            match skips {
                Some(end) if sign == end => skips = None,
                Some(_) => {}
                None if sign.is_alphanumeric() => {
                    word.get_or_insert(at);
                }
                None => {
                    close(&mut word, at);
                    let next = text[at + sign.len_utf8()..].chars().next();
                    skips = match sign {
                        '<' if next.is_some_and(|next| next.is_alphabetic() || next == '/') => Some('>'),
                        '(' if before == ']' => Some(')'),
                        _ => None,
                    };
                }
            }
            before = sign;
        }
        close(&mut word, within.end.min(text.len()));
        Tokens(tokens)
    }

    /// The words that lie wholly or partly in these bytes.
    fn of(&self, bytes: [usize; 2]) -> Range<usize> {
        let first = self.0.partition_point(|token| token.end <= bytes[0]);
        let last = self.0.partition_point(|token| token.start < bytes[1]);
        first..last.max(first)
    }

    /// F1 of the words of one place against those of another, in [0, 1].
    pub(super) fn f1(&self, one: [usize; 2], other: [usize; 2]) -> f64 {
        let (one, other) = (self.of(one), self.of(other));
        let both = one.end.min(other.end).saturating_sub(one.start.max(other.start));
        match one.len() + other.len() {
            0 => 0.0,
            n => 2.0 * both as f64 / n as f64,
        }
    }

    /// Whether a place holds any word.
    pub(super) fn any_in(&self, bytes: [usize; 2]) -> bool {
        !self.of(bytes).is_empty()
    }
}

/// F1 of two lists of words, however often each stands in them and in whatever order.
pub(super) fn bag_f1(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        let mut words: Vec<String> = text
            .split(|sign: char| !sign.is_alphanumeric())
            .map(str::to_lowercase)
            .filter(|word| !word.is_empty() && !LIGHT.contains(&word.as_str()))
            .collect();
        words.sort();
        words
    };
    let (one, mut other) = (words(one), words(other));
    let n = one.len() + other.len();
    let mut both = 0;
    for word in one {
        if let Ok(at) = other.binary_search(&word) {
            other.remove(at);
            both += 1;
        }
    }
    if n == 0 { 0.0 } else { 2.0 * f64::from(both) / n as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_compared_by_the_words_that_carry_content() {
        let text =
            "The mission said that <a href=\"x y\">both sides</a> broke [the truce](http://a/b) twice.";
        let tokens = Tokens::new(text, 0..text.len());
        let words: Vec<&str> = tokens.0.iter().map(|token| &text[token.clone()]).collect();
        assert_eq!(words, ["mission", "said", "both", "sides", "broke", "truce", "twice"]);
        let place = |words: &str| {
            let at = text.find(words).unwrap();
            [at, at + words.len()]
        };
        let whole = [0, text.len()];
        assert_eq!(tokens.f1(whole, place("broke [the truce](http://a/b) twice")), 0.6);
        assert_eq!(tokens.f1(place("that"), place("the")), 0.0);
        assert_eq!(tokens.f1(place("mission said"), place("broke")), 0.0);
        assert!((bag_f1("the guns control the hills", "guns hold the hills") - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(bag_f1("", "the"), 0.0);
    }
}
