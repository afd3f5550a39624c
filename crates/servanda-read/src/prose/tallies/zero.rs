//! "No ceasefire violations were recorded": none is a figure too.

use servanda_model::{Number, Span};

use super::leads;
use super::nouns::is_counted;
use crate::prose::QuantityFound;
use crate::prose::quantities::singular;

/// At most so many words describe what there was none of.
const MAX_WORDS: usize = 4;

/// The figures of nothing in a sentence: "no" or "not any" before a noun of what monitors count.
pub(super) fn zeros(text: &str, sentence: Span) -> Vec<QuantityFound> {
    let mut found = Vec::new();
    let Some(words) = sentence.of(text) else { return found };
    // Most sentences deny nothing.
    if !words.contains("no ") && !words.contains("No ") && !words.contains("any ") && !words.contains("no\n")
    {
        return found;
    }
    if !leads::says_counted(&words.to_ascii_lowercase()) {
        return found;
    }
    let at = |word: &str| sentence.start + (word.as_ptr() as usize - words.as_ptr() as usize);
    let list: Vec<&str> = words.split_whitespace().collect();
    for (ix, word) in list.iter().enumerate() {
        let before = |n: usize| ix.checked_sub(n).map(|ix| list[ix]).unwrap_or_default();
        let is_not_any =
            *word == "any" && (1..=4).any(|n| matches!(before(n), "not" | "without" | "neither"));
        if !(word.eq_ignore_ascii_case("no") || is_not_any) {
            continue;
        }
        // "any withdrawal of weapons": what there was none of stands before "of".
        let is_link = |word: &&&str| {
            !matches!(**word, "of" | "in" | "on" | "by" | "from" | "to" | "for" | "and" | "or")
        };
        let phrase: Vec<&str> = list[ix + 1..].iter().take(MAX_WORDS).take_while(is_link).copied().collect();
        let mends = |word: &str| word.replace(['-', '\u{ad}'], "");
        let ends = |word: &&str| {
            is_counted(&singular(&mends(word.trim_end_matches([',', '.', ';', ')'])).to_ascii_lowercase()))
        };
        let Some(last) = phrase.iter().position(ends) else { continue };
        let noun = phrase[last].trim_end_matches([',', '.', ';', ')']);
        let (start, end) = (at(phrase[0]), at(noun) + noun.len());
        let unit: Vec<String> = phrase[..=last].iter().map(|word| mends(word).to_ascii_lowercase()).collect();
        found.push(QuantityFound {
            span: Span::new(at(word), end),
            number: Span::new(at(word), at(word) + word.len()),
            low: Some(Number::ZERO),
            best: Some(Number::ZERO),
            high: Some(Number::ZERO),
            approx: false,
            unit: super::nouns::singular_phrase(&unit.join(" ")),
            noun: Some(Span::new(start, end)),
            per: None,
            sort: "count",
            role: None,
            is_total: false,
            is_part: false,
            rule: "number:none",
        });
    }
    found
}
