//! The head of a document: section tag, headline, standfirst.

use super::lines;
use crate::input::draft::Draft;
use crate::prose::BlockRole;

/// The head ends with the first of these blocks at the latest.
const MAX_HEAD_BLOCKS: usize = 12;
const MAX_HEADLINE_CHARS: usize = 250;
const MAX_STANDFIRST_CHARS: usize = 450;
const MAX_TAG_WORDS: usize = 5;

/// Finds headline, standfirst and the tags around them.
pub(super) fn settle(text: &str, drafts: &[Draft], title: Option<&str>, roles: &mut [Option<BlockRole>]) {
    let n_head = drafts.len().min(MAX_HEAD_BLOCKS);
    let Some(headline) = given(roles, n_head)
        .or_else(|| named(text, drafts, title, roles, n_head))
        .or_else(|| if title.is_none() { shown(text, drafts, roles, n_head) } else { None })
    else {
        return;
    };
    for at in 0..headline {
        if roles[at].is_none() && !lines::is_running(drafts[at].words(text)) {
            roles[at] = Some(BlockRole::Tag);
        }
    }
    roles[headline] = Some(BlockRole::Headline);
    // Under the headline, past bylines and pictures.
    let under = (headline + 1..n_head)
        .find(|at| roles[*at].is_none_or(BlockRole::is_read) && roles[*at] != Some(BlockRole::Caption));
    if let Some(under) = under
        && roles[under].is_none()
        && is_standfirst(drafts[under].words(text))
        && drafts[under + 1..].iter().any(|draft| lines::is_running(draft.words(text)))
    {
        roles[under] = Some(BlockRole::Standfirst);
    }
}

/// The headline that the format gives.
fn given(roles: &[Option<BlockRole>], n_head: usize) -> Option<usize> {
    roles[..n_head].iter().position(|role| *role == Some(BlockRole::Headline))
}

/// The block that says what metadata call the document.
fn named(
    text: &str,
    drafts: &[Draft],
    title: Option<&str>,
    roles: &[Option<BlockRole>],
    n_head: usize,
) -> Option<usize> {
    let title = letters(title?);
    if title.is_empty() {
        return None;
    }
    (0..n_head).find(|at| {
        roles[*at].is_none_or(|role| role == BlockRole::Heading) && letters(drafts[*at].words(text)) == title
    })
}

/// Letters and digits alone, small: how two spellings of one title agree.
pub(crate) fn letters(words: &str) -> String {
    words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first line that reads like a headline, before running text.
fn shown(text: &str, drafts: &[Draft], roles: &[Option<BlockRole>], n_head: usize) -> Option<usize> {
    let open: Vec<usize> =
        (0..n_head).filter(|at| roles[*at].is_none_or(|role| role == BlockRole::Heading)).collect();
    let first = *open.first()?;
    let words = |at: usize| drafts[at].words(text);
    let candidate = match open.get(1) {
        Some(second)
            if is_tag(words(first))
                && is_headline(words(*second))
                && words(*second).len() > words(first).len() =>
        {
            *second
        }
        _ => first,
    };
    let is_followed = drafts[candidate + 1..].iter().any(|draft| lines::is_running(draft.words(text)));
    (is_headline(words(candidate)) && is_followed).then_some(candidate)
}

fn is_headline(words: &str) -> bool {
    let n_words = words.split_whitespace().count();
    let is_question = words.ends_with(['?', '!', '”', '’', '"']);
    n_words >= 2
        && words.chars().count() <= MAX_HEADLINE_CHARS
        && (!lines::has_stop(words) || is_question)
        && !words.ends_with([',', ';', ':'])
        && !words.starts_with(char::is_lowercase)
}

/// "World", "RegionAnalysis": a few words, perhaps run together.
fn is_tag(words: &str) -> bool {
    words.split_whitespace().count() <= MAX_TAG_WORDS && words.len() <= 60 && !lines::has_stop(words)
}

/// A clause in a line of its own, without full stop; names alone (a place, a room) are none.
fn is_standfirst(words: &str) -> bool {
    let n_small = words.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    words.chars().count() <= MAX_STANDFIRST_CHARS
        && words.split_whitespace().count() >= 6
        && n_small >= 3
        && !lines::has_stop(words)
        && !words.contains(". ")
        && !words.ends_with([',', '-', '—'])
        && words.starts_with(|letter: char| letter.is_uppercase() || matches!(letter, '“' | '‘' | '"' | '\''))
}
