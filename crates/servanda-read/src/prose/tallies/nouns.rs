//! What is counted? The nouns of reports, and words that line ends had cut.

use crate::prose::quantities::singular;

/// Nouns of what monitors count, in the singular; a longer phrase that ends in one is of its sort.
const COUNTED: &[&str] = &[
    "violation",
    "breach",
    "infringement",
    "infraction",
    "incident",
    "explosion",
    "detonation",
    "shot",
    "burst",
    "round",
    "strike",
    "airstrike",
    "attack",
    "shelling",
    "projectile",
    "impact",
    "casualty",
    "fatality",
    "death",
    "injury",
    "restriction",
    "denial",
    "impediment",
    "obstruction",
    "crossing",
    "patrol",
    "flight",
    "overflight",
    "incursion",
    "intrusion",
    "weapon",
    "mine",
    "tank",
    "mortar",
    "howitzer",
    "complaint",
    "allegation",
    "report",
    "abduction",
    "detention",
    "arrest",
    "clash",
    "exchange",
    "inspection",
    "visit",
];

/// Whether a phrase in the singular ends in a noun of what monitors count.
pub(super) fn is_counted(phrase: &str) -> bool {
    phrase.rsplit([' ', '-']).next().is_some_and(|last| COUNTED.contains(&last))
}

/// The last phrase of what monitors count in these words ("fewer ceasefire violations in the valley"), in the singular; with
/// the words before it that describe it, and where it ends.
pub(super) fn last_counted(words: &str) -> Option<(String, usize)> {
    let list: Vec<(usize, &str)> = split(words).collect();
    let at = list.iter().rposition(|(_, word)| COUNTED.contains(&singular(clean(word)).as_str()))?;
    let describes =
        |word: &str| word.ends_with("fire") || word == "civilian" || word == "air" || word == "ground";
    let from = (0..at).rev().take_while(|ix| describes(clean(list[*ix].1))).last().unwrap_or(at);
    let phrase: Vec<&str> = list[from..=at].iter().map(|(_, word)| clean(word)).collect();
    let end = list[at].0 + list[at].1.len();
    Some((singular_phrase(&phrase.join(" ")), end))
}

fn split(words: &str) -> impl Iterator<Item = (usize, &str)> {
    words.split_whitespace().map(move |word| (word.as_ptr() as usize - words.as_ptr() as usize, word))
}

fn clean(word: &str) -> &str {
    word.trim_matches(|sign: char| !sign.is_alphanumeric())
}

/// A phrase with its last word in the singular, and with single blanks.
pub(super) fn singular_phrase(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().map(clean).filter(|word| !word.is_empty()).collect();
    match words.split_last() {
        Some((last, before)) => {
            let last = singular(last);
            before.iter().map(|word| (*word).to_owned()).chain([last]).collect::<Vec<_>>().join(" ")
        }
        None => String::new(),
    }
}

/// Whether a noun says how often something was so, so that the verb says what is counted.
pub(super) fn is_time(noun: &str) -> bool {
    matches!(noun, "time" | "occasion" | "hour" | "day" | "consecutive week" | "week")
}

/// Whether a noun only stands for what was named before.
pub(super) fn is_stand_in(noun: &str) -> bool {
    matches!(
        noun,
        "" | "instance" | "occasion" | "case" | "of them" | "of these" | "of those" | "other" | "more"
    )
}

/// What a total is of: "the total number of confirmed civilian casualties since ..." gives "civilian casualty".
pub(super) fn total_of(lead: &str) -> Option<String> {
    let at = lead.rfind("number of ").map(|at| at + "number of ".len())?;
    const STOPS: &[&str] = &[
        "since", "in", "by", "among", "due", "at", "this", "so", "stands", "to", "during", "for", "from",
        "that", "was", "has", "is", "on", "between", "over", "recorded", "rose", "fell", "stood", "reached",
    ];
    let words: Vec<&str> =
        lead[at..].split_whitespace().take_while(|word| !STOPS.contains(word)).take(5).collect();
    let words: Vec<&str> =
        words.into_iter().filter(|word| !matches!(*word, "confirmed" | "such" | "the")).collect();
    let phrase = singular_phrase(&words.join(" ").replace('-', ""));
    (!phrase.is_empty()).then_some(phrase)
}

/// In small letters, with words whole again that a line end had cut.
pub(super) fn whole_lines(text: &str) -> String {
    let low = text.to_ascii_lowercase();
    let mut whole = String::with_capacity(low.len());
    let mut rest = low.as_str();
    while let Some(at) = rest.find('-') {
        let after = &rest[at + 1..];
        let next = after.trim_start();
        let has_gap = next.len() < after.len() && rest[..at].ends_with(char::is_alphabetic);
        let is_cut = has_gap && next.starts_with(char::is_lowercase) && !is_suspended(next);
        whole.push_str(&rest[..at + usize::from(!is_cut)]);
        rest = if is_cut { next } else { after };
    }
    whole.push_str(rest);
    whole
}

/// "mini- and mid-range": the hyphen stands for a word that follows.
fn is_suspended(next: &str) -> bool {
    ["and ", "or ", "to "].iter().any(|word| next.starts_with(word))
}
