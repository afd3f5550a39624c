//! On which condition does a clause stand?

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ConditionSort, Span};

use crate::prose::ConditionFound;
use crate::prose::frames::Tree;

/// Longest conjunction, in words.
const MAX_WORDS: usize = 5;
/// Conjunctions, prepositions and predicates that make a condition, by their lemmas, longest first.
const MARKERS: [(&[&str], ConditionSort); 49] = [
    (&["for", "as", "long", "as"], ConditionSort::AsLongAs),
    (&["as", "long", "as"], ConditionSort::AsLongAs),
    (&["so", "long", "as"], ConditionSort::AsLongAs),
    (&["on", "the", "condition", "that"], ConditionSort::If),
    (&["on", "condition", "that"], ConditionSort::If),
    (&["under", "the", "condition", "that"], ConditionSort::If),
    (&["on", "the", "understanding", "that"], ConditionSort::If),
    (&["in", "the", "event", "that"], ConditionSort::If),
    (&["in", "the", "event", "of"], ConditionSort::If),
    (&["in", "case", "of"], ConditionSort::If),
    (&["if", "and", "only", "if"], ConditionSort::If),
    (&["if", "and", "when"], ConditionSort::If),
    (&["unless", "and", "until"], ConditionSort::Unless),
    (&["until", "and", "unless"], ConditionSort::Until),
    (&["until", "such", "time", "as"], ConditionSort::Until),
    (&["in", "exchange", "for"], ConditionSort::Prerequisite),
    (&["in", "return", "for"], ConditionSort::Prerequisite),
    (&["subject", "to"], ConditionSort::Prerequisite),
    (&["contingent", "on"], ConditionSort::Prerequisite),
    (&["contingent", "upon"], ConditionSort::Prerequisite),
    (&["conditional", "on"], ConditionSort::Prerequisite),
    (&["conditional", "upon"], ConditionSort::Prerequisite),
    (&["condition", "on"], ConditionSort::Prerequisite),
    (&["condition", "upon"], ConditionSort::Prerequisite),
    (&["conditioned", "on"], ConditionSort::Prerequisite),
    (&["dependent", "on"], ConditionSort::Prerequisite),
    (&["dependent", "upon"], ConditionSort::Prerequisite),
    (&["predicate", "on"], ConditionSort::Prerequisite),
    (&["depend", "on"], ConditionSort::Prerequisite),
    (&["depend", "upon"], ConditionSort::Prerequisite),
    (&["hinge", "on"], ConditionSort::Prerequisite),
    (&["hinge", "upon"], ConditionSort::Prerequisite),
    (&["as", "soon", "as"], ConditionSort::Once),
    (&["only", "if"], ConditionSort::If),
    (&["only", "after"], ConditionSort::Once),
    (&["only", "when"], ConditionSort::Once),
    (&["only", "once"], ConditionSort::Once),
    (&["provide", "that"], ConditionSort::If),
    (&["provided", "that"], ConditionSort::If),
    (&["providing", "that"], ConditionSort::If),
    (&["assume", "that"], ConditionSort::If),
    (&["if"], ConditionSort::If),
    (&["unless"], ConditionSort::Unless),
    (&["until"], ConditionSort::Until),
    (&["till"], ConditionSort::Until),
    (&["once"], ConditionSort::Once),
    (&["pending"], ConditionSort::Prerequisite),
    (&["without"], ConditionSort::Without),
    (&["before"], ConditionSort::Before),
];
/// What is done without these is done in some manner, not on a condition.
const MANNERS: [&str; 32] = [
    "delay",
    "doubt",
    "question",
    "exception",
    "notice",
    "warning",
    "end",
    "hesitation",
    "interruption",
    "incident",
    "success",
    "trial",
    "charge",
    "reservation",
    "fail",
    "pause",
    "precedent",
    "evidence",
    "restraint",
    "regard",
    "discrimination",
    "distinction",
    "fear",
    "thought",
    "reason",
    "explanation",
    "comment",
    "detail",
    "elaboration",
    "injury",
    "prejudice",
    "mercy",
];
/// Verbs and adjectives behind which "if" is "whether".
const WHETHER: [&str; 16] = [
    "ask",
    "know",
    "wonder",
    "see",
    "decide",
    "determine",
    "say",
    "unclear",
    "sure",
    "question",
    "check",
    "clarify",
    "tell",
    "consider",
    "doubt",
    "discuss",
];

/// What is known of the clause that a condition would be set on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    /// It is not a plain report of the past, for which "until" and "once" only tell the time.
    pub is_open: bool,
    /// It is denied, demanded or only possible: then "before" sets an order.
    pub is_strict: bool,
}

/// A condition: its sort, the tokens of its conjunction, and the tokens of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub sort: ConditionSort,
    pub marker: Range<usize>,
    pub words: Range<usize>,
}

/// The condition that stands within these tokens and outside the given ones, with its tokens.
///
/// `open` tells how the clause is held: "before" and "until" tell the time of a plain report of the past, and set no condition.
pub(crate) fn condition(
    tree: &Tree<'_>,
    tokens: Range<usize>,
    predicate: usize,
    open: Open,
) -> Option<(ConditionFound, Marked)> {
    let mut at = tokens.start;
    while at < tokens.end {
        if let Some(marked) = marked(tree, at, &tokens, predicate, open) {
            let first = tree.token(marked.words.start).start;
            let last = tree.token(marked.words.end - 1).end;
            let found = ConditionFound { sort: marked.sort, span: Span::new(first, last) };
            return Some((found, marked));
        }
        at += 1;
    }
    None
}

fn marked(tree: &Tree<'_>, at: usize, tokens: &Range<usize>, predicate: usize, open: Open) -> Option<Marked> {
    let fits = |words: &[&str]| {
        at + words.len() < tokens.end
            && words.iter().enumerate().all(|(n, word)| {
                tree.word(at + n).eq_ignore_ascii_case(word)
                    || n == 0 && words.len() > 1 && tree.lemma(at) == *word
            })
    };
    debug_assert!(MARKERS.iter().all(|(words, _)| words.len() <= MAX_WORDS));
    let by_list = MARKERS.iter().find(|(words, _)| fits(words)).map(|(words, sort)| (words.len(), *sort));
    let (n_words, sort) = by_list.or_else(|| inverted(tree, at, tokens).map(|sort| (1, sort)))?;
    let marker = at..at + n_words;
    if !is_condition(tree, &marker, sort, predicate, open) {
        return None;
    }
    let words = extent(tree, &marker, tokens, predicate)?;
    Some(Marked { sort, marker, words })
}

fn is_condition(
    tree: &Tree<'_>,
    marker: &Range<usize>,
    sort: ConditionSort,
    predicate: usize,
    open: Open,
) -> bool {
    let token = tree.token(marker.start);
    let before = marker.start.checked_sub(1).map(|at| tree.word(at).to_ascii_lowercase()).unwrap_or_default();
    let next = tree.word(marker.end).to_ascii_lowercase();
    let Open { is_open, is_strict } = open;
    match sort {
        // "as if", "even if", "what if", "dozens if not hundreds".
        ConditionSort::If => {
            !matches!(before.as_str(), "as" | "even" | "what" | "whether")
                && !(tree.word(marker.start).eq_ignore_ascii_case("if")
                    && (is_whether(tree, marker.start)
                        || matches!(next.as_str(), "not" | "any" | "anything" | "ever")))
        }
        // "once a fortress", "once again", "at once", "as soon as possible".
        ConditionSort::Once => {
            is_open
                && (token.tag == Tag::Sconj || marker.len() > 1)
                && before != "at"
                && (marker.len() > 1 || !is_former(tree, marker))
                && !matches!(
                    next.as_str(),
                    "possible"
                        | "practicable"
                        | "feasible"
                        | "again"
                        | "tomorrow"
                        | "today"
                        | "tonight"
                        | "next"
                        | "this"
                        | "monday"
                        | "tuesday"
                        | "wednesday"
                        | "thursday"
                        | "friday"
                        | "saturday"
                        | "sunday"
                )
        }
        ConditionSort::Until => {
            is_open
                && !is_date(tree, marker.end)
                && !is_duration(&before)
                && !matches!(next.as_str(), "further" | "recently")
        }
        ConditionSort::Before => {
            is_strict
                && !is_date(tree, marker.end)
                && before != "not"
                && !is_duration(&before)
                && before != "as"
                && before != "like"
        }
        ConditionSort::Without => {
            is_open
                && (tree.word(marker.end) != "a" || marker.start < predicate)
                && !MANNERS.contains(&tree.lemma(phrase_head(tree, marker.end)))
                && tree.token(marker.end).fine != Fine::Vbg
        }
        // "Pending approval", not "the pending request".
        ConditionSort::Prerequisite if marker.len() == 1 => {
            (before == "," || tree.token(marker.start).relation == Relation::Case)
                && tree.token(marker.start).tag != Tag::Adj
        }
        ConditionSort::Prerequisite => is_open,
        _ => true,
    }
}

/// "Asked the guards if", "it is unclear if": whether.
fn is_whether(tree: &Tree<'_>, at: usize) -> bool {
    const MAX_BEFORE: usize = 3;
    (at.saturating_sub(MAX_BEFORE)..at)
        .rev()
        .take_while(|token| tree.token(*token).tag != Tag::Punct)
        .any(|token| WHETHER.contains(&tree.lemma(token)))
}

/// "Should such an attack take place", "were the gate to open", "had they agreed": a condition by the order of its words.
fn inverted(tree: &Tree<'_>, at: usize, tokens: &Range<usize>) -> Option<ConditionSort> {
    let token = tree.token(at);
    let head = token.head;
    let is_inverted = matches!(token.relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
        && tree.word(at).eq_ignore_ascii_case("should")
        && head > at
        && tokens.contains(&head)
        && tree.children(head).any(|child| {
            matches!(tree.token(child).relation, Relation::Nsubj | Relation::NsubjPass)
                && child > at
                && child < head
        });
    let starts = at == tree.analysis.sentences[token.sentence].tokens.start
        || tree.word(at) == "Should"
        || tree.is_noun(at - 1)
        || tree.word(at - 1) == ",";
    (is_inverted && starts).then_some(ConditionSort::If)
}

/// "The group, once the governing force, seeks ...": between "once" and the next comma stands no verb, so it tells what was.
fn is_former(tree: &Tree<'_>, marker: &Range<usize>) -> bool {
    const MAX_TOKENS: usize = 12;
    let n = tree.analysis.tokens.len();
    let first = marker.end;
    if marker.start == 0 || tree.word(marker.start - 1) != "," || first >= n {
        return false;
    }
    let end = n.min(first + MAX_TOKENS);
    let Some(close) = (first..end).find(|at| matches!(tree.token(*at).fine, Fine::Comma | Fine::Stop)) else {
        return false;
    };
    let says = |at: usize| {
        tree.token(at).tag == Tag::Aux
            || matches!(tree.token(at).fine, Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Vbn | Fine::Vb)
    };
    close > first + 1 && tree.word(close) == "," && !(first..close).any(says)
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
    let is_front = marker.start <= tokens.start + 2 && predicate > marker.start;
    let mut end = if is_front {
        let front =
            |at: &usize| is_comma(*at) && (start..*at).any(|word| tree.is_verb(word) || tree.is_noun(word));
        match before_main(tree, start, predicate) {
            Some(comma) => comma,
            None => (start..tokens.end).find(front).or_else(|| (predicate > start).then_some(predicate))?,
        }
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

/// The comma in front of the main clause's subject, over commas within the condition.
fn before_main(tree: &Tree<'_>, start: usize, predicate: usize) -> Option<usize> {
    let subject = tree
        .children(predicate)
        .filter(|child| {
            matches!(
                tree.token(*child).relation,
                Relation::Nsubj | Relation::NsubjPass | Relation::Expl | Relation::Csubj
            )
        })
        .map(|child| tree.extent(child).start)
        .find(|first| *first > start)?;
    (start.max(subject.saturating_sub(2))..subject).rev().find(|at| tree.word(*at) == ",")
}

/// Where the tree ends a condition before its own verb ("once the council and the guard | are named"), or within a list
/// whose verb follows, the words go on to the next comma behind that verb.
fn prolonged(tree: &Tree<'_>, words: Range<usize>, end: usize, predicate: usize) -> usize {
    let is_finite = |at: usize| matches!(tree.token(at).fine, Fine::Vbz | Fine::Vbp | Fine::Vbd | Fine::Md);
    let has_verb = words.clone().any(is_finite);
    let next = words.end;
    let goes_on = next < end && is_finite(next);
    let in_list = !has_verb && next < end && (tree.word(next) == "," || tree.token(next).tag == Tag::Cconj);
    // "If the gate opens | and the guards leave": what is joined in the present belongs to the condition still.
    let is_joined = has_verb
        && next + 1 < end
        && matches!(tree.lemma(next), "and" | "or")
        && tree.is_noun(phrase_head(tree, next + 1))
        && (next..end)
            .find(|at| is_finite(*at))
            .is_some_and(|verb| matches!(tree.token(verb).fine, Fine::Vbz | Fine::Vbp));
    if !goes_on && !in_list && !is_joined {
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
