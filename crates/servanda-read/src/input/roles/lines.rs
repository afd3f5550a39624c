//! What short lines are, by their words.

use servanda_model::Span;

use super::flattened::NO_END;

/// A longer line is none of these.
const MAX_LINE_BYTES: usize = 240;

const TEASERS: [&str; 19] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "read:",
    "related:",
    "related articles",
    "related stories",
    "see also:",
    "more on this",
    "recommended stories",
    "recommended for you",
    "watch live",
    "watch:",
    "listen:",
    "up next",
    "continue reading",
    "most read",
    "click here",
];

const BOILERPLATE: [&str; 34] = [
    "subscribe",
    "sign up",
    "sign in",
    "log in",
    "get our newsletter",
    "get the latest",
    "follow us",
    "share this",
    "share on",
    "share via",
    "click to share",
    "advertisement",
    "skip to",
    "all rights reserved",
    "copyright ©",
    "©",
    "terms of use",
    "terms of service",
    "privacy policy",
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "accept all cookies",
    "cookie settings",
    "cookie policy",
    "manage cookies",
    "enable javascript",
    "please enable javascript",
    "download our app",
    "download the app",
    "view comments",
    "leave a comment",
    "print this",
    "back to top",
];

/// Words that make a line boilerplate wherever they stand in it, if the line is short.
const BOILERPLATE_INSIDE: [&str; 7] = [
    "all rights reserved",
    "our newsletter",
    "use cookies",
    "terms and conditions",
    "opt out at any time",
    "unsubscribe",
    "your browser does not support",
];

/// Lines that are boilerplate alone.
const ALONE: [&str; 16] = [
    "share",
    "print",
    "save",
    "email",
    "comments",
    "comment",
    "menu",
    "search",
    "home",
    "close",
    "loading",
    "tweet",
    "copy link",
    "send",
    "link copied",
    "for immediate release",
];

/// The mark that link lists leave in copied text.
const NEW_WINDOW: [&str; 3] = ["opens in new window", "opens in a new window", "opens in new tab"];

pub(crate) fn is_teaser(words: &str) -> bool {
    if words.len() > MAX_LINE_BYTES {
        return false;
    }
    let small = words.trim_start_matches(['[', '(', '>', '»', '→', '•', '-', ' ']).to_lowercase();
    let tail = small.trim_end_matches([']', ')', ' ', '\u{a0}', '»', '→']);
    NEW_WINDOW.iter().any(|mark| tail.ends_with(mark)) || TEASERS.iter().any(|mark| small.starts_with(mark))
}

/// Links within running text: from an opening bracket to "... Opens in new window ]".
pub(crate) fn inner_teasers(words: &str) -> Vec<Span> {
    if !words.contains("pens in ") {
        return Vec::new();
    }
    let small = words.to_ascii_lowercase();
    let mut links = Vec::new();
    let mut from = 0;
    while let Some((at, mark)) =
        NEW_WINDOW.iter().filter_map(|mark| small[from..].find(mark).map(|at| (from + at, mark))).min()
    {
        let mut end = at + mark.len();
        let rest = words[end..].trim_start();
        if rest.starts_with(']') {
            end = words.len() - rest.len() + 1;
        }
        let before = &words[from..at];
        let open = before.rfind('[').filter(|open| before.len() - open < MAX_LINE_BYTES);
        // Without a bracket the link begins behind the sentence before it, or is its mark alone.
        let sentence = [". ", "? ", "! ", "” "]
            .iter()
            .filter_map(|stop| before.rfind(stop).map(|at| at + stop.len()))
            .max();
        let start =
            open.or(sentence.filter(|start| before.len() - start < MAX_LINE_BYTES)).unwrap_or(before.len());
        links.push(Span::new(from + start, end));
        from = end;
    }
    links
}

pub(crate) fn is_boilerplate(words: &str) -> bool {
    if words.len() > MAX_LINE_BYTES {
        return false;
    }
    let small = words.to_lowercase();
    let small = small.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '©');
    small.is_empty()
        || ALONE.contains(&small)
        || BOILERPLATE.iter().any(|mark| small.starts_with(mark) && !is_past(&small[mark.len()..]))
        || BOILERPLATE_INSIDE.iter().any(|mark| small.contains(mark))
}

/// "Subscribers said", "sign up was": the word goes on, so that the line speaks of something else.
fn is_past(rest: &str) -> bool {
    rest.starts_with(char::is_alphanumeric) && !rest.starts_with("d ")
}

pub(crate) fn is_byline(words: &str) -> bool {
    if words.len() > MAX_LINE_BYTES {
        return false;
    }
    let small = words.trim_start_matches('(').to_lowercase();
    if ["reporting by", "written by", "editing by", "reported by", "compiled by", "additional reporting by"]
        .iter()
        .any(|mark| small.starts_with(mark))
    {
        return true;
    }
    let Some(rest) = words.strip_prefix("By ").or_else(|| words.strip_prefix("BY ")) else { return false };
    rest.split_whitespace().count() <= 10 && !rest.ends_with(['.', '?', '!']) && is_names(rest)
}

fn is_names(words: &str) -> bool {
    words.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '|' | '/' | '-')).all(
        |word| {
            !word.starts_with(char::is_lowercase)
                || matches!(word, "and" | "in" | "of" | "for" | "the" | "al" | "de" | "with" | "at" | "on")
        },
    )
}

const DATE_WORDS: [&str; 46] = [
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "at",
    "on",
    "gmt",
    "utc",
    "est",
    "edt",
    "cet",
    "cest",
    "bst",
    "eet",
    "published",
    "updated",
    "posted",
    "last",
    "first",
    "modified",
    "date",
    "min",
    "mins",
    "read",
    "ago",
    "hours",
    "minutes",
    "of",
    "local",
];

const MONTHS: [&str; 24] = [
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
];

/// A line of dates and times alone.
pub(crate) fn is_date_line(words: &str) -> bool {
    if words.len() > 120 || !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut n_words = 0;
    let is_date = word_parts(words).all(|word| {
        n_words += 1;
        let small = word.to_lowercase();
        // A time zone is named in capitals.
        let is_zone = (3..=5).contains(&word.len())
            && n_words > 1
            && word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_zone
            || DATE_WORDS.contains(&small.as_str())
            || MONTHS.contains(&small.as_str())
            || is_ordinal(&small)
    });
    // One number alone is a page or a verse; a day or a time has more to it.
    is_date
        && (n_words >= 2 || words.contains([':', '/']))
        && words.chars().any(|letter| letter.is_alphabetic() || letter == ':' || letter == '/')
}

fn word_parts(words: &str) -> impl Iterator<Item = &str> {
    words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    !digits.is_empty()
        && digits.len() <= 4
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "h")
}

/// Bytes of "GATEVILLE, Oct 22 (Agency) — " at the head of a paragraph.
pub(crate) fn dateline(words: &str) -> Option<usize> {
    const MAX_DATELINE_CHARS: usize = 90;
    let head_end = words.char_indices().nth(MAX_DATELINE_CHARS).map_or(words.len(), |(at, _)| at);
    let head = &words[..head_end];
    let (at, mark) = [" — ", " – ", " - ", " -- ", "— ", "– "]
        .into_iter()
        .filter_map(|mark| head.find(mark).map(|at| (at, mark)))
        .min_by_key(|(at, mark)| (*at, mark.len()))?;
    let before = &head[..at];
    let first = before.split([' ', ',']).next().unwrap_or_default();
    let n_letters = first.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_capitals =
        n_letters >= 3 && first.chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase);
    let has_agency = before.ends_with(')') && before.contains('(');
    let is_dateline = (is_capitals || has_agency)
        && !before.contains([':', ';', '!', '?', '"', '“'])
        && before.split_whitespace().count() <= 10
        && before
            .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '(' | ')' | '/'))
            .all(|word| {
                let small = word.trim_matches('.').to_lowercase();
                word.is_empty()
                    || !word.starts_with(char::is_lowercase)
                    || is_ordinal(&small)
                    || small == "and"
            })
        && (has_agency || before.contains(',') || before.split_whitespace().count() <= 3);
    let rest = words[at + mark.len()..].trim_start();
    (is_dateline && rest.len() > 20).then_some(at + mark.len())
}

/// "MS. SPEAKER:", "Q" at the head of a line of a transcript: a turn, which begins a block.
pub(crate) fn is_label(line: &str) -> bool {
    if line.strip_prefix(['Q', 'A']).is_some_and(|rest| rest.starts_with([' ', '\t', ':', '\u{a0}']))
        && !line.starts_with("A ")
    {
        return true;
    }
    let end = line.char_indices().nth(60).map_or(line.len(), |(at, _)| at);
    let Some((label, _)) = line[..end].split_once(':') else { return false };
    let letters = || label.chars().filter(|letter| letter.is_alphabetic());
    letters().count() >= 2 && letters().all(char::is_uppercase)
}

/// Whether the words end as a sentence does.
pub(crate) fn has_stop(words: &str) -> bool {
    let bare = words.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
    bare.ends_with(['.', '!', '?', '…', ':', ';', '。', '؟', '।'])
}

/// Whether the words are running text: at least one sentence that ends.
pub(crate) fn is_running(words: &str) -> bool {
    has_stop(words) && words.split_whitespace().take(4).count() >= 4 || words.len() > MAX_LINE_BYTES
}

/// Whether a line can be a sub-heading.
pub(crate) fn is_heading(words: &str) -> bool {
    const MAX_HEADING_WORDS: usize = 14;
    words.len() <= 120
        && words.split_whitespace().count() <= MAX_HEADING_WORDS
        && !has_stop(words)
        && !words.ends_with([',', '-', '—', '–'])
        && !words.contains('\t')
        && !words.starts_with(|letter: char| letter.is_lowercase() || matches!(letter, '"' | '“' | '(' | '['))
        && !words.starts_with("Q ")
        && words.chars().any(char::is_alphabetic)
        && words
            .split_whitespace()
            .next_back()
            .is_none_or(|last| !NO_END.contains(&last.to_lowercase().as_str()))
}
