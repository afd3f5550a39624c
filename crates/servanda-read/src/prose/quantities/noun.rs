//! Which noun does a number count? Read from the words alone: the tree is not relied on.

use super::units::Units;
use crate::prose::scan::{Gap, Scan, Sort};

/// The noun phrase that a number counts.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// First piece of the phrase.
    pub(super) first: usize,
    /// One past its head.
    pub(super) end: usize,
    /// `person`, `truck`, or the phrase in the singular.
    pub(super) unit: String,
}

/// Longest noun phrase looked at, in pieces.
const N_PIECES_MAX: usize = 9;

/// Words that end a noun phrase, and so stand in none after a number.
const STOP: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "after",
    "against",
    "ago",
    "along",
    "also",
    "although",
    "am",
    "among",
    "an",
    "and",
    "any",
    "are",
    "around",
    "as",
    "at",
    "be",
    "became",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "came",
    "can",
    "compared",
    "could",
    "did",
    "do",
    "does",
    "during",
    "each",
    "either",
    "every",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "however",
    "i",
    "if",
    "in",
    "including",
    "inside",
    "into",
    "is",
    "it",
    "its",
    "may",
    "might",
    "more",
    "most",
    "must",
    "near",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "one",
    "only",
    "onto",
    "or",
    "our",
    "out",
    "outside",
    "over",
    "per",
    "prior",
    "received",
    "remain",
    "remained",
    "respectively",
    "said",
    "says",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "throughout",
    "to",
    "together",
    "toward",
    "towards",
    "two",
    "under",
    "unless",
    "until",
    "up",
    "upon",
    "via",
    "was",
    "we",
    "went",
    "were",
    "what",
    "when",
    "where",
    "whereas",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yet",
    "you",
    "your",
];

/// Nouns without -s that numbers above one count.
const PLURALS: &[&str] = &[
    "aircraft",
    "personnel",
    "staff",
    "cattle",
    "sheep",
    "livestock",
    "crew",
    "crews",
    "series",
    "species",
    "craft",
    "hovercraft",
    "spacecraft",
    "ammunition",
    "ordnance",
    "artillery",
    "forces",
    "media",
    "data",
    "criteria",
];

/// Ends of words in -s that are no plurals.
const NO_PLURAL: &[&str] = &["ss", "us", "is", "ous"];

/// The noun phrase that begins here; `n_is_one`: the number before it is one.
pub(super) fn counted(scan: &Scan<'_>, ix: usize, n_is_one: bool, units: &Units) -> Option<Counted> {
    let mut at = ix;
    let mut last_word = None;
    while at < ix + N_PIECES_MAX {
        match step(scan, at, at == ix) {
            Step::Word => {}
            Step::Join => {
                at += 1;
                continue;
            }
            Step::End => break,
        }
        last_word = Some(at);
        let word = scan.low(at);
        // "12 injured", "others": what a number of people are. A noun after it would be the one that is counted.
        let is_person = units.noun(word) == Some("person") || is_demonym(scan, at);
        let is_head = units.noun(word).is_some() || is_person || is_plural(word) && !n_is_one;
        let goes_on = noun_follows(scan, at + 1, units);
        if is_head && !goes_on {
            return Some(phrase(scan, ix, at + 1, is_person, units));
        }
        at += 1;
    }
    // One thing: its noun is the last word before whatever ends the phrase.
    let last = last_word.filter(|last| n_is_one && last - ix < 4)?;
    let is_noun =
        !scan.low(last).ends_with("ly") && !scan.low(last).ends_with("ed") && scan.low(last).len() > 2;
    is_noun.then(|| phrase(scan, ix, last + 1, false, units))
}

enum Step {
    Word,
    Join,
    End,
}

fn step(scan: &Scan<'_>, at: usize, is_first: bool) -> Step {
    if scan.gap(at) == Gap::Blank && !is_first {
        return Step::End;
    }
    match scan.sort(at) {
        Some(Sort::Word) if STOP.contains(&scan.low(at)) => Step::End,
        Some(Sort::Word) => Step::Word,
        // Hyphens within words, also where a line end left a space before them.
        Some(Sort::Mark) if scan.is_dash(at) && !is_first && scan.is_word(at + 1) && scan.touches(at + 1) => {
            Step::Join
        }
        Some(Sort::Mark)
            if scan.is_any(at, &["\u{201c}", "\"", "\u{2018}"]) && scan.is_word(at + 1) && is_first =>
        {
            Step::Join
        }
        _ => Step::End,
    }
}

fn is_plural(word: &str) -> bool {
    PLURALS.contains(&word)
        || word.len() > 3 && word.ends_with('s') && !NO_PLURAL.iter().any(|end| word.ends_with(end))
}

/// People called by where they are from: a capital and one of the endings of such words.
fn is_demonym(scan: &Scan<'_>, at: usize) -> bool {
    scan.is_capital(at)
        && ["ans", "ese", "is"].iter().any(|end| scan.low(at).ends_with(end))
        && scan.low(at).len() > 4
}

/// Whether the next word is the noun that is counted, so that this one only describes it.
fn noun_follows(scan: &Scan<'_>, at: usize, units: &Units) -> bool {
    let at = if scan.is_dash(at) && scan.touches(at) { at + 1 } else { at };
    if !matches!(step(scan, at, false), Step::Word) {
        return false;
    }
    let word = scan.low(at);
    let is_verb_like =
        matches!(word, "killed" | "wounded" | "injured" | "missing" | "dead" | "others" | "other");
    // Verbs end in -s too, after a noun in the singular only.
    let is_noun = units.noun(word).is_some() && !is_verb_like || is_plural(word) || is_demonym(scan, at);
    let here = scan.low(at.saturating_sub(1));
    let here_is_plural_noun = is_plural(here) && !scan.is_capital(at.saturating_sub(1));
    is_noun && (!here_is_plural_noun || units.noun(word) == Some("person") && units.noun(here).is_none())
}

fn phrase(scan: &Scan<'_>, first: usize, end: usize, is_person: bool, units: &Units) -> Counted {
    let first = if scan.is_word(first) { first } else { first + 1 };
    let head = scan.low(end - 1);
    let unit = match (is_person, units.noun(head)) {
        (true, _) => "person".to_owned(),
        (false, Some(id)) => id.to_owned(),
        (false, None) => {
            let mut words = String::new();
            for at in first..end {
                let word = if at + 1 == end { singular(scan.low(at)) } else { scan.low(at).to_owned() };
                if !words.is_empty() && !(scan.touches(at)) {
                    words.push(' ');
                }
                words.push_str(&word);
            }
            words
        }
    };
    Counted { first, end, unit }
}

/// The singular of a regular plural.
pub(crate) fn singular(word: &str) -> String {
    const KEEP: &[&str] =
        &["series", "species", "forces", "news", "premises", "headquarters", "barracks", "means"];
    if KEEP.contains(&word) || PLURALS.contains(&word) || NO_PLURAL.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for end in ["sses", "shes", "ches", "xes", "zes"] {
        if word.ends_with(end) {
            return word[..word.len() - 2].to_owned();
        }
    }
    word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned()
}
