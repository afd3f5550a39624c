//! The tallies of one sentence.

use servanda_model::Span;

use super::Tally;
use super::report::Report;
use super::windows::{WindowFound, previous, window_of};
use crate::prose::QuantityFound;

/// Verbs and nouns that say that something was counted. As stems: "record" stands for "recorded" and "recording".
const COUNTING: &[&str] = &[
    "record",
    "register",
    "observ",
    "count",
    "confirm",
    "corroborat",
    "document",
    "logg",
    "experienc",
    "verif",
    "tall",
    "total number",
    "the total",
    "number of",
    "restricted",
    "in total",
    "bringing",
    "brings",
    "brought",
    "spotted",
    "noted",
    "followed up on",
    "this compares",
    "facilitated",
];

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

/// How a figure stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// A figure of its own.
    Own,
    /// "including 45 explosions", "(16 fatalities and 69 injured)": a part.
    Part,
    /// "compared with 7,839 in the previous two-week period".
    Previous,
    /// "bringing the total since ... to 61".
    Total,
}

/// Appends the tallies of a sentence.
pub(super) fn tallies_of(
    text: &str,
    sentence: Span,
    quantities: &[QuantityFound],
    report: &Report,
    found: &mut Vec<Tally>,
) {
    let words = whole_lines(sentence.of(text).unwrap_or_default());
    if !COUNTING.iter().any(|stem| words.contains(stem)) {
        return;
    }
    let first_of_sentence = found.len();
    let mut reader = Sentence {
        text,
        sentence,
        report,
        first_of_sentence,
        n_previous: 0,
        compared: Vec::new(),
        whole: None,
    };
    for (ix, quantity) in quantities.iter().enumerate() {
        let next = quantities.get(ix + 1).map_or(sentence.end, |next| next.span.start);
        if matches!(quantity.sort, "count" | "share") && quantity.sort == "count" {
            let before = if ix == 0 { sentence.start } else { quantities[ix - 1].span.end };
            reader.take(quantity, before, next, found);
        }
    }
}

struct Sentence<'a> {
    text: &'a str,
    sentence: Span,
    report: &'a Report,
    first_of_sentence: usize,
    n_previous: usize,
    /// The tallies that figures of the earlier period are compared with, in order.
    compared: Vec<usize>,
    /// The tally whose parts are being listed.
    whole: Option<usize>,
}

impl Sentence<'_> {
    fn low(&self, from: usize, to: usize) -> String {
        whole_lines(self.text.get(from..to.max(from)).unwrap_or_default())
    }

    /// A noun phrase in the singular, in one line; words that a line end cut are whole where the report has them whole.
    fn noun(&self, span: Span) -> String {
        let low = self.low(span.start, span.end);
        let words: Vec<String> = low.split_whitespace().map(|word| whole_word(self.text, word)).collect();
        match words.split_last() {
            Some((last, before)) => {
                let last = crate::prose::quantities::singular(last);
                before.iter().cloned().chain([last]).collect::<Vec<_>>().join(" ")
            }
            None => String::new(),
        }
    }

    fn take(&mut self, quantity: &QuantityFound, before: usize, next: usize, found: &mut Vec<Tally>) {
        let lead = self.low(before, quantity.span.start);
        let behind = self.low(quantity.span.end, next);
        let link = self.link(&lead, &behind, found.len());
        let noun = quantity.noun.map(|noun| self.noun(noun)).unwrap_or_default();
        match link {
            Link::Previous => self.take_previous(quantity, &behind, found),
            Link::Part => self.take_part(quantity, &lead, &behind, found),
            Link::Total => self.take_total(quantity, noun, &lead, found),
            Link::Own if noun.is_empty() || is_mentioned(&lead) || noun == "instance" => {
                self.whole = None;
            }
            Link::Own if noun_is_time(&noun) => self.take_times(quantity, &lead, next, found),
            Link::Own => {
                let window = window_of(self.text, self.sentence, quantity.span, self.report);
                let areas = area(self.text, quantity.span.end, next);
                self.push(quantity, noun, window, found);
                if let Some(last) = found.last_mut() {
                    last.areas = areas;
                }
                self.whole = Some(found.len() - 1);
            }
        }
    }

    /// "was restricted 62 times": the verb says what is counted.
    fn take_times(&mut self, quantity: &QuantityFound, lead: &str, next: usize, found: &mut Vec<Tally>) {
        let verb = lead.split_whitespace().rev().take(6).find(|word| word.ends_with("ed") && word.len() > 5);
        let Some(verb) = verb.filter(|_| quantity.per.is_none()) else { return };
        let window = window_of(self.text, self.sentence, quantity.span, self.report);
        self.push(quantity, format!("times {verb}"), window, found);
        if let Some(last) = found.last_mut() {
            last.areas = area(self.text, quantity.span.end, next);
        }
        self.whole = Some(found.len() - 1);
    }

    fn link(&self, lead: &str, behind: &str, n_found: usize) -> Link {
        let has_own = n_found > self.first_of_sentence || self.n_previous > 0;
        let previous_words =
            behind.contains("previous") || behind.contains("preceding") || behind.contains("week before");
        let lead = lead.trim();
        let compares =
            lead.contains("compared with") || lead.contains("compared to") || lead.contains("compares with");
        let in_bracket = lead.ends_with('(');
        // "and 2,078, respectively": the second of two figures of the earlier period.
        let goes_on = self.n_previous > 0 && (lead == "and" || lead == ",");
        if compares || goes_on || in_bracket && has_own && behind.trim_start().starts_with("in the previous")
        {
            return Link::Previous;
        }
        if is_total(lead) {
            return Link::Total;
        }
        let lists = matches!(lead, "and" | "," | ", and") && self.whole.is_some() && n_found > 0;
        let opens =
            lead.ends_with("including") || in_bracket || lead.ends_with(':') || lead.ends_with('\u{2013}');
        if has_own && opens && !previous_words {
            return Link::Part;
        }
        if has_own && lists && self.is_listing(n_found) {
            return Link::Part;
        }
        Link::Own
    }

    /// Whether parts are being listed: the last tally is one.
    fn is_listing(&self, n_found: usize) -> bool {
        n_found > self.first_of_sentence && self.whole.is_some_and(|whole| n_found - 1 > whole)
    }

    fn push(&self, quantity: &QuantityFound, what: String, window: WindowFound, found: &mut Vec<Tally>) {
        // "compared with 7,839": the figure counts what the one before it counts.
        let mut quantity = quantity.clone();
        if quantity.unit.is_empty() {
            quantity.unit.clone_from(&what);
        }
        found.push(Tally {
            quantity,
            what,
            window: window.days,
            basis: window.basis,
            window_words: window.words,
            is_running: window.is_running,
            areas: Vec::new(),
            part_of: None,
            previous_of: None,
            sentence: self.sentence,
            rules: vec![window.rule],
        });
    }

    /// The nth figure of the earlier period stands beside the nth figure of this one.
    fn take_previous(&mut self, quantity: &QuantityFound, behind: &str, found: &mut Vec<Tally>) {
        // "This compares with about 9,800 and 2,750": the figures of the sentence before.
        if self.n_previous == 0 {
            let own = found.len() > self.first_of_sentence;
            let last = found.last().map(|tally| tally.sentence);
            let from = if own { self.first_of_sentence } else { found.len().saturating_sub(12) };
            let compared = (from..found.len()).filter(|ix| own || last == Some(found[*ix].sentence));
            self.compared = compared.filter(|ix| found[*ix].previous_of.is_none()).collect();
        }
        let own: Vec<usize> = self.compared.clone();
        let is_respective =
            self.low(quantity.span.start, self.sentence.end).contains("respectively") || self.n_previous > 0;
        // One figure alone is compared with the one before it that counts the same, or has the nearest place.
        let later = match own.as_slice() {
            [] => return,
            own if is_respective => own.get(self.n_previous).copied(),
            own => own.iter().rev().find(|ix| found[**ix].part_of.is_none()).copied(),
        };
        let Some(later) = later else { return };
        self.n_previous += 1;
        let rest = self.low(quantity.span.end, self.sentence.end);
        let n_days = length_days(&rest).or_else(|| length_days(behind));
        let days = previous(found[later].window, n_days);
        let window = WindowFound {
            days,
            basis: if days.is_some() {
                servanda_model::DateBasis::Inferred
            } else {
                servanda_model::DateBasis::None
            },
            words: None,
            is_running: false,
            rule: "window:previous",
        };
        let what = found[later].what.clone();
        let (part_of, areas) = (found[later].part_of, found[later].areas.clone());
        self.push(quantity, what, window, found);
        if let Some(last) = found.last_mut() {
            last.previous_of = Some(later);
            last.areas = areas;
            if part_of.is_some() {
                last.rules.push("tally:part-of-previous");
            }
        }
    }

    fn take_part(&mut self, quantity: &QuantityFound, lead: &str, behind: &str, found: &mut Vec<Tally>) {
        let Some(whole) = self.whole.filter(|whole| *whole < found.len()) else { return };
        let areas = area(self.text, quantity.span.end, quantity.span.end + behind.len());
        let noun = quantity.noun.map(|noun| self.noun(noun));
        // "(62 in areas ...)": the same is counted; "16 fatalities": a sort of it.
        let what = match noun {
            Some(noun) if !matches!(noun.as_str(), "instance" | "occasion" | "case" | "of them") => noun,
            _ => found[whole].what.clone(),
        };
        let window = WindowFound {
            days: found[whole].window,
            basis: found[whole].basis,
            words: found[whole].window_words,
            is_running: found[whole].is_running,
            rule: "tally:part",
        };
        let _ = lead;
        self.push(quantity, what, window, found);
        if let Some(last) = found.last_mut() {
            last.part_of = Some(whole);
            last.areas = areas;
        }
    }

    /// "bringing the total number of casualties since the beginning of 2020 to 61".
    fn take_total(&mut self, quantity: &QuantityFound, noun: String, lead: &str, found: &mut Vec<Tally>) {
        let earlier =
            found.iter().rev().find(|tally| tally.part_of.is_none()).map(|tally| tally.what.clone());
        let earlier = earlier.filter(|_| found.len() > self.first_of_sentence).unwrap_or_default();
        let what = total_of(lead).or_else(|| Some(noun).filter(|noun| !noun.is_empty())).unwrap_or(earlier);
        let mut window = window_of(self.text, self.sentence, quantity.span, self.report);
        if !window.is_running {
            // A total without a beginning: it ends with the report, and where it began is not said.
            window = WindowFound { days: None, basis: servanda_model::DateBasis::None, ..window };
        }
        self.push(quantity, what, WindowFound { is_running: true, ..window }, found);
        self.whole = Some(found.len() - 1);
    }
}

fn noun_is_time(noun: &str) -> bool {
    matches!(noun, "time" | "occasion" | "hour" | "day" | "consecutive week" | "week")
}

/// Words right before a figure that make it a mention of things, not a count of them: "near the three areas".
fn is_mentioned(lead: &str) -> bool {
    let mut words = lead.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    if matches!(
        (words.next(), last),
        (Some("damage" | "damages"), "to") | (Some("reports" | "report" | "total" | "number"), "of")
    ) {
        return false;
    }
    const MENTIONS: &[&str] = &[
        "the", "all", "these", "those", "both", "their", "its", "of", "at", "in", "to", "into", "inside",
        "near", "between", "around", "for", "from", "by", "within", "on", "until", "than", "after", "before",
        "under", "every", "each",
    ];
    MENTIONS.contains(&last)
}

/// In small letters, with words whole again that a line end had cut.
fn whole_lines(text: &str) -> String {
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

/// The word without its hyphen, where the text has it so elsewhere ("viola-tions").
fn whole_word(text: &str, word: &str) -> String {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    let joined: String = word.chars().filter(|sign| !matches!(sign, '-' | '\u{ad}')).collect();
    if joined.len() == word.len() {
        word.to_owned()
    } else if text.contains(&joined) {
        joined
    } else {
        word.to_owned()
    }
}

fn is_total(lead: &str) -> bool {
    let says =
        ["the total", "total number", "number of such", "total of"].iter().any(|words| lead.contains(words));
    says && (lead.ends_with("to") || lead.ends_with("at") || lead.ends_with(','))
}

/// What a total is of: "the total number of confirmed civilian casualties since ..." gives "confirmed civilian casualty".
fn total_of(lead: &str) -> Option<String> {
    let at = lead.find("number of ").map(|at| at + "number of ".len())?;
    let stops = [
        "since", "in", "by", "among", "due", "at", "this", "so", "stands", "to", "during", "for", "from",
        "that", "was", "has", "is",
    ];
    let words: Vec<&str> =
        lead[at..].split_whitespace().take_while(|word| !stops.contains(word)).take(5).collect();
    let words: Vec<&str> =
        words.into_iter().filter(|word| !matches!(*word, "confirmed" | "such" | "the")).collect();
    let (last, before) = words.split_last()?;
    let last = crate::prose::quantities::singular(&last.replace('-', ""));
    Some(before.iter().map(|word| word.replace('-', "")).chain([last]).collect::<Vec<_>>().join(" "))
}

/// Words right behind a figure that limit it to a part of the area.
fn area(text: &str, from: usize, to: usize) -> Vec<Span> {
    let Some(rest) = text.get(from..to) else { return Vec::new() };
    let trimmed = rest.trim_start();
    let start = from + (rest.len() - trimmed.len());
    let leads = [
        "in ",
        "inside ",
        "near ",
        "within ",
        "across ",
        "along ",
        "around ",
        "at ",
        "east of ",
        "south of ",
    ];
    let low = trimmed.to_ascii_lowercase();
    let not_area = [
        "in total",
        "in the previous",
        "in violation",
        "in accordance",
        "at least",
        "at the",
        "in support",
        "along the contact line",
    ];
    if !leads.iter().any(|lead| low.starts_with(lead)) || not_area.iter().any(|words| low.starts_with(words))
    {
        return Vec::new();
    }
    let n = trimmed.find([')', ',', ';', '.', '(', ':', '\u{2013}']).unwrap_or(trimmed.len());
    let cut = low[..n].find(" and ").map_or(n, |at| at.min(n));
    // "and" before another figure ends it; within names ("Donetsk and Luhansk") it does not.
    let end = if n == trimmed.len() { cut } else { n };
    let words = trimmed[..end].trim_end();
    // A date or a period is no place.
    if words.ends_with("period") || words.ends_with("year") || words.bytes().any(|byte| byte.is_ascii_digit())
    {
        return Vec::new();
    }
    vec![Span::new(start, start + words.len())]
}

/// Length of an earlier period in words: "previous two-week period", "the previous week".
fn length_days(words: &str) -> Option<i64> {
    let at = words.find("previous").or_else(|| words.find("preceding"))?;
    let rest: String =
        words[at..].chars().take(60).map(|sign| if sign == '-' { ' ' } else { sign }).collect();
    let words: Vec<&str> = rest.split_whitespace().skip(1).take(3).collect();
    let (n, unit) = match words.as_slice() {
        [n, unit, ..] if count(n).is_some() => (count(n)?, *unit),
        [unit, ..] => (1, *unit),
        [] => return None,
    };
    let unit = unit.trim_matches(|sign: char| !sign.is_alphabetic());
    match unit {
        "day" | "days" => Some(n),
        "week" | "weeks" => Some(7 * n),
        "fortnight" => Some(14 * n),
        _ => None,
    }
}

fn count(word: &str) -> Option<i64> {
    crate::prose::quantities::number_words::small(word)
        .and_then(|n| i64::try_from(n).ok())
        .or_else(|| word.parse().ok())
        .filter(|n| (1..=366).contains(n))
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
