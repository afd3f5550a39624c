//! Sub-headings that were flattened into running text: "... came back. What comes next The council meets ...".
//!
//! A run of words behind the end of a sentence is such a heading where it has no finite verb, and the word behind it begins a
//! sentence though no full stop stands between. That a word begins a sentence is certain enough where
//! - it belongs to a closed class (the, earlier, despite ...) that has no capital within a sentence, or
//! - the text writes it small elsewhere, and a small word stands before it ("sticking point Disarmament of ..."), or
//! - it is a name, and a verb of saying with "that" follows: "road Ardan estimated that ..." has no gap in its clause, so
//!   that the words before it are no part of it.

use std::collections::BTreeSet;

use servanda_model::Span;

use crate::input::draft::Draft;

const MAX_HEADING_WORDS: usize = 12;
const MIN_REST_WORDS: usize = 5;

/// Words of closed classes that begin sentences and have no capital within one.
const OPENERS: &[&str] = &[
    "The",
    "This",
    "That",
    "These",
    "Those",
    "An",
    "In",
    "On",
    "At",
    "By",
    "For",
    "From",
    "With",
    "Without",
    "Within",
    "After",
    "Before",
    "Since",
    "During",
    "Until",
    "While",
    "When",
    "Where",
    "If",
    "Although",
    "Though",
    "Because",
    "Despite",
    "As",
    "But",
    "And",
    "Yet",
    "However",
    "Meanwhile",
    "Earlier",
    "Later",
    "Now",
    "Then",
    "Still",
    "It",
    "He",
    "She",
    "They",
    "We",
    "His",
    "Her",
    "Their",
    "Its",
    "Our",
    "There",
    "Here",
    "What",
    "Who",
    "How",
    "Why",
    "Many",
    "Some",
    "Several",
    "Both",
    "Each",
    "Under",
    "Over",
    "Between",
    "Among",
    "Amid",
    "According",
    "Also",
    "Once",
    "Following",
    "Speaking",
    "Asked",
    "Last",
    "Nearly",
    "Only",
    "Such",
    "To",
    "Nor",
    "Not",
    "No",
    "More",
    "Most",
    "All",
];

/// Words that a heading does not end with.
pub(crate) const NO_END: &[&str] = &[
    "the", "a", "an", "of", "in", "on", "at", "by", "for", "from", "with", "to", "and", "or", "but", "as",
    "than", "that", "this", "these", "those", "its", "his", "her", "their", "our", "your", "my", "into",
    "over", "under", "between", "against", "about", "via", "per", "vs", "both", "not", "when", "if", "while",
    "because", "who", "which", "whose",
];

/// Finite verbs: with one of these a run is a sentence of its own.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "shall",
    "should", "may", "might", "must", "do", "does", "did", "said", "says", "say", "told", "added", "made",
    "took", "came", "went", "began", "remains", "remain", "remained", "i", "isn’t", "isn't", "don’t",
    "don't", "wasn’t", "aren’t", "won’t", "can’t",
];

/// Verbs of saying that take "that".
const SAYING: &[&str] = &[
    "said",
    "says",
    "estimated",
    "warned",
    "added",
    "stressed",
    "argued",
    "insisted",
    "noted",
    "claimed",
    "announced",
    "indicated",
    "reiterated",
    "emphasised",
    "emphasized",
    "acknowledged",
    "confirmed",
    "explained",
    "predicted",
    "suggested",
    "told",
    "stated",
    "declared",
    "hinted",
    "cautioned",
];

/// What the rule needs to know of the whole text.
pub(super) struct Body<'t> {
    /// Words that the text writes small.
    small: BTreeSet<&'t str>,
}

impl<'t> Body<'t> {
    /// Looks at a text of blocks. Only long blocks can hold a heading, so that most texts cost nothing.
    pub fn new(text: &'t str, drafts: &[Draft]) -> Body<'t> {
        let mut small = BTreeSet::new();
        if drafts.iter().any(|draft| draft.span.len() >= MIN_BLOCK_BYTES) {
            for draft in drafts {
                small.extend(words_of(draft.words(text)).filter(|word| word.starts_with(char::is_lowercase)));
            }
        }
        Body { small }
    }

    /// The flattened headings of a block.
    pub fn headings(&self, words: &str) -> Vec<Span> {
        if words.len() < MIN_BLOCK_BYTES {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = sentence_start(words, from) {
            from = start;
            if let Some(end) = self.heading_end(words, start) {
                found.push(Span::new(start, end));
                from = end;
            }
        }
        found
    }

    /// Where the heading that begins at `start` ends.
    fn heading_end(&self, words: &str, start: usize) -> Option<usize> {
        let rest = &words[start..];
        let mut run: Vec<&str> = Vec::with_capacity(MAX_HEADING_WORDS);
        let is_quoted = rest.starts_with(['‘', '“']);
        for (at, word) in split_words(rest).take(MAX_HEADING_WORDS + 1) {
            if !run.is_empty()
                && word.starts_with(char::is_uppercase)
                && self.begins_sentence(&run, &rest[at..], is_quoted)
            {
                return Some(start + rest[..at].trim_end().len());
            }
            let bare = word
                .trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '’' && letter != '\'');
            let is_end = word.ends_with(['.', '!', '?', ':', ';', '"', '”']);
            let has_verb = VERBS.contains(&bare.to_lowercase().as_str());
            if is_end && !is_quoted || word.ends_with('.') || has_verb {
                return None;
            }
            run.push(word);
        }
        None
    }

    /// Whether `rest` begins a sentence, and `run` before it is a whole heading.
    fn begins_sentence(&self, run: &[&str], rest: &str, is_quoted: bool) -> bool {
        let last = run[run.len() - 1];
        let is_closed = last.ends_with(['’', '”']);
        if is_quoted != is_closed || last.ends_with([',', '-', '—', '–', '(']) || run.len() < 2 {
            return false;
        }
        let bare = last.trim_matches(|letter: char| !letter.is_alphanumeric());
        if bare.is_empty() || NO_END.contains(&bare.to_lowercase().as_str()) {
            return false;
        }
        let mut words = split_words(rest).map(|(_, word)| word);
        let first = words.next().unwrap_or_default();
        let opener = first.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let second = words.next().unwrap_or_default();
        let third = words.next().unwrap_or_default();
        let n_rest =
            split_words(rest).take(MIN_REST_WORDS).take_while(|(_, word)| !word.ends_with('.')).count();
        if n_rest < MIN_REST_WORDS || opener.len() < first.len() && !first.ends_with(',') {
            return false;
        }
        let has_small_end = bare.starts_with(char::is_lowercase);
        let is_second_small = second.starts_with(char::is_lowercase);
        if OPENERS.contains(&opener) {
            // "Council Of The Valley" has capitals throughout; a sentence goes on in small letters soon.
            return is_second_small || third.starts_with(char::is_lowercase) && has_small_end;
        }
        let is_written_small = self.small.contains(opener.to_lowercase().as_str());
        let goes_on = matches!(
            second,
            "of" | "in"
                | "has"
                | "have"
                | "is"
                | "are"
                | "was"
                | "were"
                | "remains"
                | "remain"
                | "and"
                | "for"
                | "will"
                | "on"
        );
        if has_small_end && run.len() >= 3 && is_written_small && goes_on {
            return true;
        }
        let has_that = third == "that" && SAYING.contains(&second);
        has_small_end && run.len() >= 3 && has_that && !run.iter().any(|word| NO_CLAUSE.contains(word))
    }
}

/// The heading that was run together with the first sentence of a block ("Latest news From 3 to 9 May, the team ..."): words with
/// capitals throughout before a word that begins a sentence and goes on small, or with a number.
pub(super) fn head_of_block(words: &str) -> Option<Span> {
    const MAX_BYTES: usize = 80;
    const MAX_WORDS: usize = 8;
    let start = words.find(char::is_alphanumeric)?;
    let mut run: Vec<&str> = Vec::with_capacity(MAX_WORDS);
    let mut rest = split_words(&words[start..]).take(MAX_WORDS + MIN_REST_WORDS).peekable();
    while let Some((at, word)) = rest.next() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if bare.is_empty() && word.chars().count() == 1 {
            // The bullet that the first sentence stands behind.
            continue;
        }
        let last = run.last().copied().unwrap_or_default();
        if run.len() > 1 && HEAD_OPENERS.contains(&word) && !NO_END.contains(&last.to_lowercase().as_str()) {
            let goes_on =
                |next: &str| next.starts_with(|letter: char| letter.is_lowercase() || letter.is_numeric());
            let is_sentence = rest.peek().is_some_and(|(_, next)| goes_on(next))
                && rest.take(MIN_REST_WORDS).all(|(_, next)| !next.ends_with('.'));
            return is_sentence.then(|| Span::new(start, start + words[start..start + at].trim_end().len()));
        }
        let is_small = word.starts_with(char::is_lowercase) && word.chars().count() > 3;
        let is_end = word.ends_with(['.', ',', ':', ';', '!', '?', '-']) || bare.is_empty();
        if run.len() == MAX_WORDS
            || at > MAX_BYTES
            || is_small
            || is_end
            || VERBS.contains(&word)
            || run.is_empty() && OPENERS.contains(&word)
        {
            return None;
        }
        run.push(word);
    }
    None
}

/// Words that begin the first sentence of a report, and seldom stand with a capital within a name.
const HEAD_OPENERS: &[&str] = &[
    "The",
    "In",
    "On",
    "At",
    "Between",
    "From",
    "For",
    "During",
    "Following",
    "Since",
    "This",
    "There",
    "Over",
    "Amid",
    "Despite",
    "While",
    "After",
    "Before",
    "Throughout",
    "Within",
];

/// Words that open a clause within a run: "the day after Ardan warned that ..." is no heading.
const NO_CLAUSE: &[&str] = &[
    "after", "before", "since", "until", "while", "when", "as", "because", "if", "though", "although",
    "where",
];

/// Shorter blocks hold no heading and a sentence of their own on both sides.
const MIN_BLOCK_BYTES: usize = 400;

fn words_of(words: &str) -> impl Iterator<Item = &str> {
    words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1)
}

fn split_words(rest: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = rest.as_ptr() as usize;
    rest.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

/// The first word behind the end of a sentence, from a byte on.
fn sentence_start(words: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += words[at..].find(['.', '!', '?'])? + 1;
        let rest = words[at..].trim_start_matches(['”', '"', '’', '\'', ')']);
        let next = rest.trim_start();
        let is_start = next.len() < rest.len()
            && next.starts_with(|letter: char| letter.is_uppercase() || matches!(letter, '‘' | '“'));
        if is_start {
            return Some(words.len() - next.len());
        }
    }
}
