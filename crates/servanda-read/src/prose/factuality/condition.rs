//! On which condition does a clause stand?

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ConditionSort, Span};

use crate::prose::ConditionFound;
use crate::prose::frames::Tree;

/// Longest conjunction, in words.
const MAX_WORDS: usize = 4;
/// Conjunctions and prepositions that make a condition, longest first.
const MARKERS: [(&[&str], ConditionSort); 19] = [
    (&["as", "long", "as"], ConditionSort::AsLongAs),
    (&["so", "long", "as"], ConditionSort::AsLongAs),
    (&["for", "as", "long", "as"], ConditionSort::AsLongAs),
    (&["on", "condition", "that"], ConditionSort::If),
    (&["on", "the", "condition", "that"], ConditionSort::If),
    (&["in", "the", "event", "of"], ConditionSort::If),
    (&["in", "case", "of"], ConditionSort::If),
    (&["as", "soon", "as"], ConditionSort::Once),
    (&["only", "if"], ConditionSort::If),
    (&["only", "after"], ConditionSort::Once),
    (&["provided", "that"], ConditionSort::If),
    (&["providing", "that"], ConditionSort::If),
    (&["if"], ConditionSort::If),
    (&["unless"], ConditionSort::Unless),
    (&["until"], ConditionSort::Until),
    (&["till"], ConditionSort::Until),
    (&["once"], ConditionSort::Once),
    (&["without"], ConditionSort::Without),
    (&["before"], ConditionSort::Before),
];

/// A condition: its sort, the tokens of its conjunction, and the tokens of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub sort: ConditionSort,
    pub marker: Range<usize>,
    pub words: Range<usize>,
}

/// The condition that stands within these tokens and outside the given ones, with its tokens.
///
/// `is_open` says that the clause is not a plain report of the past: "before" and "until" tell the time of such a report, and
/// set no condition.
pub(crate) fn condition(
    tree: &Tree<'_>,
    tokens: Range<usize>,
    predicate: usize,
    is_open: bool,
) -> Option<(ConditionFound, Marked)> {
    let mut at = tokens.start;
    while at < tokens.end {
        if let Some(marked) = marked(tree, at, &tokens, predicate, is_open) {
            let first = tree.token(marked.words.start).start;
            let last = tree.token(marked.words.end - 1).end;
            let found = ConditionFound { sort: marked.sort, span: Span::new(first, last) };
            return Some((found, marked));
        }
        at += 1;
    }
    None
}

fn marked(
    tree: &Tree<'_>,
    at: usize,
    tokens: &Range<usize>,
    predicate: usize,
    is_open: bool,
) -> Option<Marked> {
    let fits = |words: &[&str]| {
        at + words.len() < tokens.end
            && words.iter().enumerate().all(|(n, word)| tree.word(at + n).eq_ignore_ascii_case(word))
    };
    debug_assert!(MARKERS.iter().all(|(words, _)| words.len() <= MAX_WORDS));
    let (words, sort) = MARKERS.iter().find(|(words, _)| fits(words))?;
    let marker = at..at + words.len();
    if !is_condition(tree, &marker, *sort, predicate, is_open) {
        return None;
    }
    let words = extent(tree, &marker, tokens, predicate)?;
    Some(Marked { sort: *sort, marker, words })
}

fn is_condition(
    tree: &Tree<'_>,
    marker: &Range<usize>,
    sort: ConditionSort,
    predicate: usize,
    is_open: bool,
) -> bool {
    let token = tree.token(marker.start);
    let before = marker.start.checked_sub(1).map(|at| tree.word(at).to_ascii_lowercase()).unwrap_or_default();
    match sort {
        // "as if", "even if", "ask if", "what if".
        ConditionSort::If => !matches!(
            before.as_str(),
            "as" | "even" | "what" | "whether" | "ask" | "asked" | "see" | "know" | "wonder"
        ),
        // "once a fortress", "once again", "at once".
        ConditionSort::Once => is_open && (token.tag == Tag::Sconj || marker.len() > 1) && before != "at",
        ConditionSort::Until | ConditionSort::Before => {
            is_open && !is_date(tree, marker.end) && before != "not" && !is_duration(&before)
        }
        ConditionSort::Without => is_open && (tree.word(marker.end) != "a" || marker.start < predicate),
        _ => true,
    }
}

/// "It will be months before the gate opens" says how long it takes.
fn is_duration(word: &str) -> bool {
    matches!(
        word.trim_end_matches('s'),
        "year" | "month" | "week" | "day" | "hour" | "decade" | "long" | "time"
    )
}

/// "Until Friday", "before 2019" say when.
fn is_date(tree: &Tree<'_>, at: usize) -> bool {
    let head = if tree.token(at).tag == Tag::Num { at } else { phrase_head(tree, at) };
    let lemma = tree.lemma(head).to_ascii_lowercase();
    tree.token(at).tag == Tag::Num
        || tree.token(head).tag == Tag::Num
        || matches!(
            lemma.as_str(),
            "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "january"
                | "february"
                | "march"
                | "april"
                | "may"
                | "june"
                | "july"
                | "august"
                | "september"
                | "october"
                | "november"
                | "december"
                | "year"
                | "month"
                | "week"
                | "day"
                | "hour"
                | "minute"
                | "morning"
                | "evening"
                | "night"
                | "midnight"
                | "noon"
                | "dawn"
                | "now"
                | "then"
                | "today"
                | "yesterday"
                | "tomorrow"
                | "recently"
                | "century"
                | "summer"
                | "winter"
                | "spring"
                | "autumn"
                | "time"
                | "end"
                | "beginning"
                | "being"
        )
}

fn phrase_head(tree: &Tree<'_>, at: usize) -> usize {
    let mut head = at;
    while matches!(
        tree.token(head).relation,
        Relation::Det | Relation::Amod | Relation::Nummod | Relation::Compound
    ) && tree.token(head).head > head
    {
        head = tree.token(head).head;
    }
    head
}

/// The words of a condition. In front of its clause: up to the comma that a new subject follows. Behind it: what hangs from the
/// head of its conjunction, and on while a finite verb follows at once; never over the predicate that it is set on.
fn extent(
    tree: &Tree<'_>,
    marker: &Range<usize>,
    tokens: &Range<usize>,
    predicate: usize,
) -> Option<Range<usize>> {
    let start = marker.end;
    let is_comma = |at: usize| matches!(tree.word(at), "," | ";" | "—" | "–");
    let is_front = marker.start <= tokens.start + 2;
    let mut end = if is_front {
        let front =
            |at: &usize| is_comma(*at) && (start..*at).any(|word| tree.is_verb(word) || tree.is_noun(word));
        (start..tokens.end).find(front).or_else(|| (predicate > start).then_some(predicate))?
    } else {
        let head = tree.token(marker.end - 1).head;
        let other = tree.token(marker.start).head;
        let limit = if predicate > start { predicate } else { tokens.end };
        let below = [head, other].into_iter().filter(|head| *head >= start && *head < tokens.end).max();
        let by_tree = below.map(|head| tree.extent(head)).filter(|extent| {
            !extent.contains(&predicate) && extent.start <= marker.start && extent.end > start
        });
        match by_tree {
            Some(extent) => prolonged(tree, start..extent.end.min(tokens.end), tokens.end, predicate),
            None => (start..limit).find(|at| is_comma(*at)).unwrap_or(limit),
        }
    };
    end = end.min(tokens.end);
    while end > start && tree.token(end - 1).tag == Tag::Punct && !matches!(tree.word(end - 1), ")" | "]") {
        end -= 1;
    }
    (end > start).then_some(start..end)
}

/// Where the tree ends a condition before its own verb ("once the council and the guard | are named"), or within a list
/// whose verb follows, the words go on to the next comma behind that verb.
fn prolonged(tree: &Tree<'_>, words: Range<usize>, end: usize, predicate: usize) -> usize {
    let is_finite = |at: usize| matches!(tree.token(at).fine, Fine::Vbz | Fine::Vbp | Fine::Vbd | Fine::Md);
    let has_verb = words.clone().any(is_finite);
    let next = words.end;
    let goes_on = next < end && is_finite(next);
    let in_list = !has_verb && next < end && (tree.word(next) == "," || tree.token(next).tag == Tag::Cconj);
    if !goes_on && !in_list {
        return words.end;
    }
    let verb = (next..end.min(next + 20)).find(|at| is_finite(*at));
    // The verb of the clause itself, behind a condition in its subject.
    let is_own = |verb: usize| verb == predicate || tree.token(verb).head == predicate;
    match verb.filter(|verb| !is_own(*verb)) {
        Some(verb) => {
            (verb..end).find(|at| matches!(tree.word(*at), "," | ";" | "—" | "–" | "”" | "\"")).unwrap_or(end)
        }
        None => words.end,
    }
}
