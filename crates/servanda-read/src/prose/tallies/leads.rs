//! What do the words before a figure say about how it stands to the others of its sentence?

/// Words that say that something was counted, in every form.
const COUNTING: &[&str] = &[
    "record",
    "records",
    "recorded",
    "recording",
    "register",
    "registers",
    "registered",
    "registering",
    "observe",
    "observes",
    "observed",
    "observing",
    "count",
    "counts",
    "counted",
    "counting",
    "confirm",
    "confirms",
    "confirmed",
    "confirming",
    "corroborate",
    "corroborates",
    "corroborated",
    "corroborating",
    "documented",
    "documenting",
    "documents",
    "logs",
    "logged",
    "logging",
    "experienced",
    "experiencing",
    "verify",
    "verifies",
    "verified",
    "verifying",
    "tally",
    "tallies",
    "tallied",
    "restricted",
    "bringing",
    "brings",
    "brought",
    "spotted",
    "noted",
    "facilitated",
    "detected",
    "listed",
    "totalled",
    "totaled",
    "received",
    "conducted",
    "denied",
    "tracked",
    "monitored",
];

/// Phrases that do so.
const COUNTING_PHRASES: &[&str] = &[
    "total number",
    "the total",
    "a total of",
    "in total",
    "number of",
    "followed up on",
    "this compares",
    "that compares",
    "of these",
    "of those",
    "of which",
    "of whom",
];

/// Words that do so beside a noun of what monitors count.
const OCCURRING: &[&str] =
    &["occurred", "occurring", "saw", "reported", "committed", "suffered", "rose", "fell"];

/// Whether the words of a sentence say that something was counted.
pub(super) fn says_counted(low: &str) -> bool {
    // "Of the 98 violations, 60 were in the valley".
    const OF_BEFORE: &[&str] = &["of the ", "of these", "of those", "of all ", "out of the "];
    let refers = OF_BEFORE.iter().any(|words| low.trim_start().starts_with(words));
    refers || COUNTING_PHRASES.iter().any(|phrase| low.contains(phrase)) || has_word(low, COUNTING)
}

/// Whether they may say so where what monitors count is named.
pub(super) fn says_occurred(low: &str) -> bool {
    has_word(low, OCCURRING)
        || ["there were", "there was", "there have been", "there had been", "took place", "taken place"]
            .iter()
            .any(|phrase| low.contains(phrase))
}

fn has_word(low: &str, list: &[&str]) -> bool {
    low.split(|sign: char| !sign.is_alphanumeric()).any(|word| list.contains(&word))
}

/// Whether the words right before a figure compare it with the one before ("compared with", "up from", "(previously").
pub(super) fn compares(lead: &str) -> bool {
    const ANYWHERE: &[&str] = &[
        "compared with",
        "compared to",
        "compares with",
        "compares to",
        "in comparison with",
        "in comparison to",
    ];
    const AT_END: &[&str] = &[
        "up from",
        "down from",
        "against",
        "as against",
        "versus",
        "(previously",
        "(previously:",
        "previously",
        "(from",
        "(was",
        "after",
        "following",
        "rise from",
        "increase from",
        "decrease from",
        "drop from",
        "rising from",
        "falling from",
        "increased from",
        "decreased from",
        "than the",
        "than",
    ];
    let end = lead.trim_end();
    let after_colon = end.ends_with(':') && ends_in_previous(end.trim_end_matches(':'));
    ANYWHERE.iter().any(|words| lead.contains(words))
        || after_colon
        || AT_END
            .iter()
            .any(|words| end.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// Whether some words name the period before.
pub(super) fn is_previous(words: &str) -> bool {
    const PREVIOUS: &[&str] = &[
        "previous",
        "preceding",
        "week before",
        "weeks before",
        "fortnight before",
        "month before",
        "day before",
        "period before",
        "week earlier",
        "weeks earlier",
        "month earlier",
        "year earlier",
        "quarter before",
        "last year",
        "previously",
        "week prior",
        "prior period",
        "prior week",
        "earlier period",
    ];
    PREVIOUS.iter().any(|phrase| words.contains(phrase))
}

fn ends_in_previous(words: &str) -> bool {
    let start = words.rfind(['(', ',', ';']).map_or(0, |at| at + 1);
    is_previous(&words[start..])
}

/// Whether the figure is the total that the words lead up to: "bringing the total since January to".
pub(super) fn is_total(lead: &str) -> bool {
    let says = ["the total", "total number", "number of such", "total of", "cumulative", "the number of"]
        .iter()
        .any(|words| lead.contains(words));
    let is_changed =
        ["decrease", "increase", "fewer", "more than the"].iter().any(|word| lead.contains(word));
    says && !is_changed
        && ["to", "at", ",", "is", "was", "reached"].iter().any(|word| {
            lead.strip_suffix(word).is_some_and(|rest| *word == "," || rest.ends_with(char::is_whitespace))
        })
}

/// Whether the words right before a figure open a list of parts ("including", a bracket, a colon, "of which").
pub(super) fn opens_parts(lead: &str) -> bool {
    const OPENERS: &[&str] = &[
        "including",
        "including:",
        "comprising",
        "namely",
        "among them",
        "of which",
        "of whom",
        "of them",
        "of those",
        "of these",
        "consisting of",
        "made up of",
        "among which",
        "among whom",
        "of these,",
        "of those,",
        "of them,",
        "of which,",
        "including in",
        "with",
    ];
    lead.ends_with(['(', ':', '\u{2013}', '\u{2014}'])
        || lead.ends_with(" -")
        || OPENERS
            .iter()
            .any(|words| lead.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// Whether nothing but a mark or "and" stands at the end of the words, so that the list goes on.
pub(super) fn goes_on(lead: &str) -> bool {
    lead.ends_with(',') || lead.ends_with(';') || ends_in_and(lead)
}

pub(super) fn ends_in_and(lead: &str) -> bool {
    ["and", "or", "and in"]
        .iter()
        .any(|word| lead.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// Words right before a figure that make it a mention of things, not a count of them: "near the three areas".
pub(super) fn is_mentioned(lead: &str) -> bool {
    let mut words = lead.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    let before = words.next();
    if matches!(
        (before, last),
        (Some("damage" | "damages"), "to")
            | (Some("reports" | "report" | "total" | "number" | "spike" | "peak" | "record" | "tally"), "of")
            | (Some("high" | "low" | "average"), "of")
            | (Some("amounted" | "came" | "up" | "risen" | "fallen" | "amounting"), "to")
    ) {
        return false;
    }
    const MENTIONS: &[&str] = &[
        "the", "all", "these", "those", "both", "their", "its", "of", "at", "in", "to", "into", "inside",
        "near", "between", "around", "for", "from", "by", "within", "on", "until", "than", "after", "before",
        "under", "every", "each", "but", "except",
    ];
    MENTIONS.contains(&last)
}

/// Length of an earlier period in words: "previous two-week period", "the previous week", "the two weeks before".
pub(super) fn earlier_length(words: &str) -> Option<Length> {
    let flat: String = words.chars().take(200).map(|sign| if sign == '-' { ' ' } else { sign }).collect();
    let list: Vec<&str> =
        flat.split_whitespace().map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric())).collect();
    let at = list.iter().position(|word| matches!(*word, "previous" | "preceding" | "prior"));
    let behind = at.and_then(|at| length_at(&list, at + 1));
    behind.or_else(|| {
        let at = list.iter().position(|word| matches!(*word, "before" | "earlier" | "prior"))?;
        let unit = at.checked_sub(1)?;
        let n = unit.checked_sub(1).and_then(|ix| count(list[ix])).unwrap_or(1);
        length_of(n, list[unit])
    })
}

/// A length of time, as days or as whole months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Days(i64),
    Months(i32),
}

fn length_at(list: &[&str], at: usize) -> Option<Length> {
    let first = list.get(at)?;
    match count(first) {
        Some(n) => length_of(n, list.get(at + 1)?),
        None => length_of(1, first),
    }
}

fn length_of(n: i64, unit: &str) -> Option<Length> {
    let months = |n: i64| i32::try_from(n).ok().filter(|n| *n <= 120).map(Length::Months);
    match unit {
        "day" | "days" => Some(Length::Days(n)),
        "week" | "weeks" => Some(Length::Days(7 * n)),
        "fortnight" => Some(Length::Days(14 * n)),
        "month" | "months" => months(n),
        "quarter" | "quarters" => months(3 * n),
        "year" | "years" => months(12 * n),
        _ => None,
    }
}

fn count(word: &str) -> Option<i64> {
    crate::prose::quantities::number_words::small(word)
        .and_then(|n| i64::try_from(n).ok())
        .or_else(|| word.parse().ok())
        .filter(|n| (1..=366).contains(n))
}
