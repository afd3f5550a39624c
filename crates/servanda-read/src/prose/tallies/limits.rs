//! Which words limit a figure to a part of the area, or of what is counted?

use servanda_model::Span;

use super::Source;

/// Words that an area begins with.
const AREA_LEADS: &[&str] = &[
    "in",
    "inside",
    "near",
    "within",
    "across",
    "along",
    "around",
    "at",
    "east of",
    "south of",
    "north of",
    "west of",
    "outside",
    "north-east of",
    "north-west of",
    "south-east of",
    "south-west of",
    "on the northern",
    "on the southern",
    "on the eastern",
    "on the western",
    "throughout",
    "over",
    "close to",
    "adjacent to",
];

/// What begins like an area and is none.
const NOT_AREA: &[&str] = &[
    "in total",
    "in the previous",
    "in the preceding",
    "in violation",
    "in accordance",
    "in all",
    "in support",
    "in march",
    "in the reporting",
    "in the same",
    "in the period",
    "in the week",
    "in the two",
    "in the three",
    "in the 24",
    "in one day",
    "in a single",
    "at least",
    "at the same",
    "at the moment",
    "at the time",
    "at night",
    "at present",
    "along the contact line",
    "over the",
    "over a",
    "in comparison",
    "in relation",
    "in connection",
    "in which",
    "in each",
    "at which",
    "in line",
    "in breach",
    "in contravention",
    "in the past",
    "in the last",
    "in addition",
    "in order",
    "across the contact line",
    "across the line",
];

/// Words that limit what is counted to a part of it.
const LIMIT_LEADS: &[&str] = &[
    "attributable to",
    "attributed to",
    "due to",
    "caused by",
    "resulting from",
    "involving",
    "assessed as",
    "from shelling",
    "from mines",
    "from small",
    "from unexploded",
    "from the",
    "by shelling",
    "by mines",
    "by small",
    "by unexploded",
    "as a result of",
    "because of",
    "related to",
    "linked to",
    "that",
    "which",
    "consistent with",
    "by members",
    "by the",
    "by armed",
    "from explosive",
    "by explosive",
    "from air",
    "by air",
    "by drone",
    "from drone",
];

/// Words right behind a figure that limit it to a part of the area.
pub(super) fn area(source: &Source<'_>, from: usize, to: usize) -> Vec<Span> {
    let Some(rest) = source.text.get(from..to) else { return Vec::new() };
    // "60 were in the valley".
    const VERBS: [&str; 8] = [
        "were recorded",
        "was recorded",
        "were observed",
        "occurred",
        "were registered",
        "were",
        "was",
        "recorded",
    ];
    let words = rest.trim_start();
    let words = VERBS.iter().find_map(|verb| words.strip_prefix(verb)).map_or(words, str::trim_start);
    let start = from + (rest.len() - words.len());
    area_at(source, start, to).into_iter().collect()
}

/// The area that these words begin with.
pub(super) fn area_at(source: &Source<'_>, start: usize, to: usize) -> Option<Span> {
    let rest = source.text.get(start..to)?;
    let low = rest.get(..rest.len().min(400)).unwrap_or(rest).to_ascii_lowercase();
    if !begins(&low, AREA_LEADS) || begins(&low, NOT_AREA) {
        return None;
    }
    let n = rest.find([')', ',', ';', '.', '(', ':', '\u{2013}', '\u{2014}']).unwrap_or(rest.len());
    let cut = low.get(..n.min(low.len())).and_then(|words| words.rfind(" and ")).map_or(n, |at| at.min(n));
    // "and" before another figure ends it; within names ("Donetsk and Luhansk") it does not.
    let is_before_figure = rest[n..].is_empty() && rest.trim_end().ends_with("and");
    let end = if is_before_figure {
        rest.trim_end().len() - "and".len()
    } else if n == rest.len() {
        cut
    } else {
        n
    };
    let words = rest[..end].trim_end();
    let dates = source.dates_in(Span::new(start, start + words.len()));
    // What says when ends where it begins ("in the valley on 3 May"); a date or a period is no place.
    let words = match dates.first() {
        Some(date) => rest.get(..date.span.start.saturating_sub(start)).unwrap_or_default(),
        None => words,
    };
    let words =
        words.trim_end().trim_end_matches(" on").trim_end_matches(" between").trim_end_matches(" from");
    let low = words.to_ascii_lowercase();
    let is_time =
        low.ends_with("period") || low.ends_with("year") || low.ends_with("week") || low.ends_with("month");
    let is_bare = low.split_whitespace().count() < 2
        || low.bytes().any(|byte| byte.is_ascii_digit()) && dates.is_empty();
    (!is_time && !is_bare).then(|| Span::new(start, start + words.trim_end().len()))
}

/// Words right behind a figure that limit it to a part of what is counted.
pub(super) fn limit(source: &Source<'_>, from: usize, to: usize) -> Vec<Span> {
    let Some(rest) = source.text.get(from..to) else { return Vec::new() };
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = &source.text[start..to];
    let low = source.low(start, start + rest.len().min(floor(rest, 60)));
    if !begins(&low, LIMIT_LEADS) {
        return Vec::new();
    }
    let n = rest.find([')', ',', ';', '.', '(', ':', '\u{2013}', '\u{2014}']).unwrap_or(rest.len());
    let words = rest[..n].trim_end();
    let words = words.strip_suffix("and").map_or(words, str::trim_end);
    if words.is_empty() { Vec::new() } else { vec![Span::new(start, start + words.len())] }
}

/// The last boundary of a character at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn begins(low: &str, list: &[&str]) -> bool {
    list.iter().any(|words| {
        low.strip_prefix(words)
            .is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
    })
}

/// "In Upland region, the team recorded ...": the area that a sentence begins with.
pub(super) fn area_of_sentence(source: &Source<'_>, sentence: Span) -> Option<Span> {
    let words = sentence.of(source.text)?;
    let start = sentence.start + words.find(char::is_alphanumeric)?;
    let rest = &source.text[start..sentence.end];
    let comma = rest.find(',')?;
    let names = rest[..comma].split_whitespace().skip(1).any(|word| {
        word.starts_with(char::is_uppercase)
            || matches!(word, "area" | "areas" | "region" | "zone" | "sector" | "valley")
    });
    let is_place = ["In ", "Inside ", "Near ", "Within ", "Across ", "Around "]
        .iter()
        .any(|lead| rest.starts_with(lead));
    if !is_place || !names || comma > 120 {
        return None;
    }
    let span = area_at(source, start, start + comma)?;
    (span.end == start + comma || source.text[span.end..start + comma].trim().is_empty()).then_some(span)
}
