//! Credits of pictures: whose photograph it is, at the end of a caption or in a line of its own.

use servanda_model::Span;

/// Words that open a credit or a caption.
const MARKS: [&str; 14] = [
    "photograph:",
    "photographs:",
    "photo credit:",
    "image credit:",
    "picture credit:",
    "photo by",
    "photos by",
    "photograph by",
    "photo:",
    "photos:",
    "picture:",
    "image:",
    "credit:",
    "illustration:",
];

/// Words that open a caption at the end of running text.
const CAPTION_LABELS: [&str; 9] = [
    "header image:",
    "featured image:",
    "cover image:",
    "cover photo:",
    "main image:",
    "lead image:",
    "top image:",
    "header photo:",
    "file photo:",
];

/// A longer block is no caption.
const MAX_CAPTION_BYTES: usize = 900;
const MAX_CREDIT_BYTES: usize = 160;

/// The parts of a caption that are not read.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// "Photo:" before the caption.
    pub label: Option<Span>,
    /// The credit behind it.
    pub credit: Option<Span>,
}

/// What a block's words show of a credit; `None` where they show none. `is_caption`: the format calls it a caption.
pub(crate) fn find(words: &str, is_caption: bool) -> Option<Found> {
    if words.len() > MAX_CAPTION_BYTES {
        return None;
    }
    let small = words.to_ascii_lowercase();
    let mut found = Found::default();
    for mark in MARKS {
        let Some(at) = small.rfind(mark) else { continue };
        if !begins_word(words, at) {
            continue;
        }
        let rest = &words[at + mark.len()..];
        let is_first = at == 0;
        if is_credit(rest) {
            if found.credit.is_none_or(|credit| at < credit.start) {
                let open = words[..at].trim_end().ends_with(['(', '[']);
                let from = if open { words[..at].trim_end().len() - 1 } else { at };
                found.credit = Some(Span::new(from, words.len()));
            }
        } else if is_first && found.credit.is_none() && !mark.ends_with("by") && rest.trim().len() > 20 {
            found.label = Some(Span::new(0, mark.len()));
        }
    }
    if found.credit.is_none() {
        found.credit = bracketed(words).or_else(|| if is_caption { slashed(words) } else { None });
    }
    (found.credit.is_some() || found.label.is_some()).then_some(found)
}

/// Whether a word begins here; also where a page ran two lines together ("the gateImage: ...").
fn begins_word(words: &str, at: usize) -> bool {
    let before = words[..at].chars().next_back();
    before.is_none_or(|letter| {
        !letter.is_alphanumeric() || letter.is_lowercase() && words[at..].starts_with(char::is_uppercase)
    })
}

/// Names and agencies, not a sentence: every word is a name or one of the small words between names.
fn is_credit(rest: &str) -> bool {
    const SMALL: [&str; 16] = [
        "via", "by", "of", "and", "for", "the", "courtesy", "from", "de", "al", "el", "bin", "van", "von",
        "in", "file",
    ];
    let rest = rest.trim().trim_matches(|letter: char| matches!(letter, '(' | ')' | '[' | ']' | '.'));
    if rest.is_empty() || rest.len() > MAX_CREDIT_BYTES || rest.contains(". ") && !has_initial(rest) {
        return false;
    }
    rest.split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | ',' | '|' | ';' | '&')).all(
        |word| {
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            word.is_empty() || !word.starts_with(char::is_lowercase) || SMALL.contains(&word)
        },
    )
}

/// "J. Doe": a full stop that ends an initial.
fn has_initial(rest: &str) -> bool {
    rest.match_indices(". ")
        .all(|(at, _)| rest[..at].chars().rev().take_while(|letter| letter.is_alphanumeric()).count() <= 2)
}

/// A credit in brackets at the end: `[Name/Agency]`, `(Agency Photo/Name)`, `(File photo)`.
fn bracketed(words: &str) -> Option<Span> {
    let words = words.trim_end();
    let open = match words.chars().last()? {
        ')' => words.rfind('(')?,
        ']' => words.rfind('[')?,
        _ => return None,
    };
    let inner = &words[open + 1..words.len() - 1];
    let small = inner.to_ascii_lowercase();
    let is_picture = ["photo", "image", "picture", "file", "handout"]
        .iter()
        .any(|word| small.split(|letter: char| !letter.is_alphanumeric()).any(|found| found == *word));
    let is_agency = inner.contains('/') && !inner.bytes().any(|byte| byte.is_ascii_digit());
    (inner.len() <= MAX_CREDIT_BYTES && open > 0 && (is_picture || is_agency) && is_credit(inner))
        .then(|| Span::new(open, words.len()))
}

/// "... at the gate. Name / Agency": in what the format calls a caption, the last sentence is names with a slash.
fn slashed(words: &str) -> Option<Span> {
    let at = [". ", "! ", "? ", "\n"]
        .iter()
        .filter_map(|mark| words.rfind(mark).map(|at| at + mark.len()))
        .max()?;
    let last = &words[at..];
    ((last.contains('/') || last.starts_with('©') || last.contains(" via ")) && is_credit(last))
        .then(|| Span::new(at, words.len()))
}

/// "Header image:" behind the last sentence of running text: the label of a caption that was flattened into it.
pub(crate) fn caption_label(words: &str) -> Option<Span> {
    let mut from = words.len().saturating_sub(MAX_CAPTION_BYTES);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    let small = words[from..].to_ascii_lowercase();
    CAPTION_LABELS.iter().find_map(|label| {
        let at = from + small.rfind(label)?;
        let before = words[..at].trim_end();
        let follows_end = before.is_empty() || before.ends_with(['.', '!', '?', '”', '"', '’']);
        (follows_end && begins_word(words, at)).then(|| Span::new(at, at + label.len()))
    })
}
