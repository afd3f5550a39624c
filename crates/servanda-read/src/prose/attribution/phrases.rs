//! Noun phrases that name a source, by the shape of the words around a place in a line; the tree only helps.

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};

use super::lines::View;

/// Farthest that a phrase is followed, in items.
const REACH: usize = 60;

/// Words that say when; no phrase that names a source begins or ends with one.
const TIMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "earlier",
    "later",
    "recently",
    "afterward",
    "afterwards",
    "then",
    "now",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words before a time ("last week").
const TIME_STARTS: &[&str] = &["last", "this", "next", "late", "early", "every", "that", "one", "the"];

/// Nouns of time.
const TIME_NOUNS: &[&str] = &[
    "week",
    "month",
    "year",
    "day",
    "morning",
    "afternoon",
    "evening",
    "night",
    "weekend",
    "time",
    "hour",
    "spring",
    "summer",
    "fall",
    "autumn",
    "winter",
    "decade",
    "moment",
    "minute",
];

/// Words that are set in between a subject and its verb.
const ASIDES: &[&str] = &[
    "meanwhile",
    "however",
    "too",
    "also",
    "though",
    "instead",
    "therefore",
    "moreover",
    "furthermore",
    "then",
    "later",
    "still",
    "again",
    "once",
    "here",
    "there",
    "never",
    "often",
    "even",
    "when",
    "where",
    "soon",
    "perhaps",
    "yesterday",
];

/// Words that begin a clause of its own although they may be tagged as prepositions.
const SUBORDINATES: &[&str] = &[
    "that", "as", "than", "because", "after", "before", "since", "until", "while", "when", "if", "though",
    "although",
];

/// A noun phrase: places of a line, and the place of the word that carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub places: Range<usize>,
    pub head: usize,
}

impl<'p> View<'p> {
    /// Whether a word says when.
    pub fn is_time(&self, at: usize) -> bool {
        if self.fine(at + 1) == Fine::Pos {
            return false;
        }
        let lemma = self.lemma(at).to_lowercase();
        TIMES.contains(&self.word(at).to_lowercase().as_str())
            || TIME_NOUNS.contains(&lemma.as_str())
                && at > 0
                && (self.is(at - 1, TIME_STARTS)
                    || TIMES.contains(&self.word(at - 1).to_lowercase().as_str()))
    }

    /// Whether a word can carry a noun phrase.
    pub fn is_nominal(&self, at: usize) -> bool {
        match self.tag(at) {
            Tag::Noun | Tag::Propn => true,
            Tag::Pron => !matches!(self.fine(at), Fine::PrpPoss | Fine::WpPoss),
            Tag::Num => true,
            Tag::Det => {
                self.is(at, &["some", "many", "all", "both", "others", "several", "few", "this", "that"])
            }
            Tag::Adj => self.is(at, &["many", "several", "few", "others"]),
            Tag::Adv | Tag::Intj | Tag::X => self.is_strange_name(at),
            _ => false,
        }
    }

    /// Whether a word with a capital before a verb with tense is a name that the tagger does not know.
    fn is_strange_name(&self, at: usize) -> bool {
        let word = self.word(at);
        word.chars().next().is_some_and(char::is_uppercase)
            && word.len() > 3
            && !word.ends_with("ly")
            && self.is_finite(at + 1)
            && !self.is_aside(at)
            && !self.is_time(at)
    }

    /// Whether a word is set between commas without being part of a name: "meanwhile".
    pub fn is_aside(&self, at: usize) -> bool {
        self.is(at, ASIDES)
    }

    /// Whether a word can stand within a noun phrase before or at its head.
    pub fn is_phrase_word(&self, at: usize) -> bool {
        match self.tag(at) {
            Tag::Noun | Tag::Propn | Tag::Num | Tag::Sym | Tag::X => true,
            Tag::Pron => !self.is_relative(at),
            Tag::Det => !self.is(at, &["that", "which"]) || self.is_nominal(at + 1),
            Tag::Adj => true,
            Tag::Part => self.fine(at) == Fine::Pos,
            Tag::Verb => {
                matches!(self.fine(at), Fine::Vbn | Fine::Vbg)
                    && (self.is_nominal(at + 1) || self.tag(at + 1) == Tag::Adj)
                    && at > 0
                    && matches!(self.tag(at - 1), Tag::Det | Tag::Adj)
            }
            Tag::Adv | Tag::Intj if self.is_strange_name(at) => true,
            Tag::Adv => self.tag(at + 1) == Tag::Adj && at > 0 && self.tag(at - 1) == Tag::Det,
            Tag::Punct => {
                self.fine(at) == Fine::Hyph
                    || self.is(at, &["-", "/"]) && self.is_nominal(at + 1)
                    || self.is(at, &["."]) && self.tag(at + 1) == Tag::Propn
            }
            _ => false,
        }
    }

    /// Whether a word is a relative pronoun with an antecedent before it.
    pub fn is_relative(&self, at: usize) -> bool {
        self.is(at, &["who", "which", "that"]) && matches!(self.fine(at), Fine::Wp | Fine::Wdt)
            || self.is(at, &["who", "which"])
    }

    /// Whether a word is a verb with tense, or a modal.
    pub fn is_finite(&self, at: usize) -> bool {
        matches!(self.fine(at), Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md)
    }

    /// The noun phrase that ends before `end`, without white words between; by the shape of the words.
    pub fn phrase_before(&self, end: usize) -> Option<Phrase> {
        let mut end = end;
        while end > 0 && (self.tag(end - 1) == Tag::Adv || self.is_time(end - 1) && end > 1) {
            end -= 1;
        }
        if end == 0 {
            return None;
        }
        if self.is(end - 1, &[",", "-", "--", "–", "—"]) {
            return self.phrase_with_insertion(end);
        }
        if self.is(end - 1, &[")", "]"]) {
            let open = (end.saturating_sub(REACH)..end).rev().find(|at| self.is(*at, &["(", "["]))?;
            let inner = self.phrase_before(open)?;
            return Some(Phrase { places: inner.places.start..end, head: inner.head });
        }
        if self.is_relative(end - 1) {
            return self.relative(end - 1);
        }
        let is_the_poor = || self.fine(end - 1) == Fine::Jj && end > 1 && self.is(end - 2, &["the"]);
        if !(self.is_nominal(end - 1) || is_the_poor()) {
            return None;
        }
        let start = self.left_of(end);
        self.phrase_within(start..end)
    }

    /// A relative pronoun with its antecedent, which carries the phrase.
    fn relative(&self, at: usize) -> Option<Phrase> {
        let mut before = at;
        while before > 0 && self.is(before - 1, &[",", "-", "--", "–", "—"]) {
            before -= 1;
        }
        let head = before.checked_sub(1)?;
        let antecedent =
            if self.is_nominal(head) || self.is(head, &[")"]) { self.phrase_before(before) } else { None };
        Some(match antecedent {
            Some(phrase) => Phrase { places: phrase.places.start..at + 1, head: phrase.head },
            None => Phrase { places: at..at + 1, head: at },
        })
    }

    /// "X, who ..., " and "X, the head of ..., ": the phrase reaches over the insertion.
    fn phrase_with_insertion(&self, end: usize) -> Option<Phrase> {
        let close = end - 1;
        let low = close.saturating_sub(REACH);
        let mut at = close;
        while at > low + 1 {
            at -= 1;
            if !self.is(at, &[",", "-", "--", "–", "—"])
                || !self.is_nominal(at - 1) && !self.is(at - 1, &[")"])
            {
                continue;
            }
            let first = at + 1;
            let begins =
                matches!(self.tag(first), Tag::Det | Tag::Adj | Tag::Noun | Tag::Num | Tag::Adp | Tag::Propn)
                    || matches!(self.fine(first), Fine::Vbg | Fine::Vbn | Fine::PrpPoss | Fine::WpPoss)
                    || self.is_relative(first)
                    || self.is(first, &["whose", "where", "like", "citing", "one"])
                    || self.tag(first) == Tag::Adv
                    || self.is_aside(first);
            if !begins {
                continue;
            }
            // A clause of its own between the marks is no apposition.
            if !self.is_relative(first) && !self.is(first, &["whose", "where"]) {
                let has_relative = (first..close).any(|at| self.is_relative(at));
                if !has_relative && (first..close).any(|at| self.is_finite(at)) {
                    continue;
                }
            }
            let mut inner = self.phrase_before(at)?;
            // "Name, the head of X, a part of Y,": an apposition may have its own.
            let mut first = inner.places.start;
            while first > low + 1
                && self.is(first - 1, &[","])
                && matches!(self.tag(first), Tag::Det | Tag::Noun)
                && self.tag(first - 2) == Tag::Propn
                && !self.is_time(first - 2)
            {
                let Some(outer) = self.phrase_before(first - 1) else { break };
                inner = outer;
                if inner.places.start >= first {
                    break;
                }
                first = inner.places.start;
            }
            // "X, meanwhile," and "X, for example,": what is set in is no part of the name.
            let is_aside = (self.is_aside(at + 1) || matches!(self.tag(at + 1), Tag::Adv | Tag::Adp))
                && !self.is(at + 1, &["of", "from", "with", "like"]);
            let end = if is_aside { inner.places.end } else { close };
            return Some(Phrase { places: inner.places.start..end, head: inner.head });
        }
        None
    }

    /// Where the run of words that could be one noun phrase begins, leftward from `end`.
    fn left_of(&self, end: usize) -> usize {
        let low = end.saturating_sub(REACH);
        let mut start = end;
        while start > low {
            let at = start - 1;
            if self.is_phrase_word(at) || self.is(at, &["&"]) {
                start = at;
                continue;
            }
            let before_ok = at > low && (self.is_nominal(at - 1) || self.is(at - 1, &[")"]));
            let joins = match self.tag(at) {
                Tag::Adp => before_ok && !self.is_time(at - 1) && !self.is(at, SUBORDINATES),
                Tag::Cconj => before_ok && !self.is(at, &["but"]) && !self.has_verb_before(at),
                Tag::Punct => self.is_list_mark(at, end),
                _ => false,
            };
            if !joins {
                break;
            }
            start = at;
        }
        start
    }

    /// Whether a comma stands within "A, B and C": an "and" follows, a name stands before, and nothing but the list.
    fn is_list_mark(&self, at: usize, end: usize) -> bool {
        if !self.is(at, &[","]) || at == 0 || self.tag(at - 1) != Tag::Propn || self.is_time(at - 1) {
            return false;
        }
        let first = self.run_start(at - 1);
        let is_free = first == 0 || self.is(first - 1, &[",", ":", ";"]) || self.tag(first - 1) == Tag::Sconj;
        is_free && (at + 1..end).any(|at| self.is(at, &["and", "or"])) && !self.has_verb_before(at)
    }

    /// Whether a verb with tense stands before this place in its clause.
    fn has_verb_before(&self, at: usize) -> bool {
        let low = at.saturating_sub(REACH);
        (low..at)
            .rev()
            .take_while(|at| !self.is(*at, &[",", ";", ":"]) && self.tag(*at) != Tag::Sconj)
            .any(|at| self.is_finite(at))
    }

    /// The phrase in these places: leading prepositional phrases and times fall away, the head is the last nominal of
    /// the first run.
    pub fn phrase_within(&self, places: Range<usize>) -> Option<Phrase> {
        let Range { mut start, end } = places;
        // "On Monday the envoy": what a preposition at the start takes goes with it.
        while start < end
            && (matches!(self.tag(start), Tag::Adp | Tag::Cconj | Tag::Punct | Tag::Part | Tag::Adv))
        {
            start += 1;
        }
        while start + 1 < end
            && (self.is_time(start) || self.is(start, TIME_STARTS) && self.is_time(start + 1))
        {
            start += 1;
        }
        let run_end =
            (start..end).find(|at| !self.is_phrase_word(*at) && !self.is(*at, &["&"])).unwrap_or(end);
        // "Lt. Gen. Name Surname (R-Place)" is carried by its last name, "the head of the office" by "head"; before a
        // genitive stands the owner, not the head.
        let head = (start..run_end)
            .rev()
            .find(|at| self.is_nominal(*at) && self.fine(*at + 1) != Fine::Pos)
            .or_else(|| (start..end).next_back())?;
        Some(Phrase { places: start..end, head })
    }

    /// The noun phrase that begins at `start` and ends before `stop`, with what is set behind it: prepositions,
    /// appositions, relative clauses.
    pub fn phrase_after(&self, start: usize, stop: usize) -> Option<Phrase> {
        let stop = stop.min(self.len()).min(start + REACH);
        let mut at = start;
        while at < stop && self.is_phrase_word(at) && !(at > start && self.is_time(at)) {
            at += 1;
        }
        let head = (start..at).rev().find(|at| self.is_nominal(*at) && self.fine(*at + 1) != Fine::Pos)?;
        let mut end = at;
        while end < stop {
            let more = self.behind(end, stop);
            if more == end {
                break;
            }
            end = more;
        }
        while end > head + 1
            && (self.is_mark(end - 1) && !self.is(end - 1, &[")", "]"])
                || self.is_time(end - 1)
                || self.tag(end - 1) == Tag::Adp)
        {
            end -= 1;
        }
        Some(Phrase { places: start..end, head })
    }

    /// One more piece behind a noun phrase, or `at` where it ends.
    fn behind(&self, at: usize, stop: usize) -> usize {
        let run = |from: usize| {
            let mut to = from;
            while to < stop && self.is_phrase_word(to) && !self.is_time(to) {
                to += 1;
            }
            to
        };
        if self.is(at, &["(", "["]) {
            let close = (at..stop).find(|at| self.is(*at, &[")", "]"]));
            return close.map_or(at, |close| close + 1);
        }
        if self.tag(at) == Tag::Adp
            && !self.is(at, &["as", "than", "after", "before", "during", "since", "until"])
        {
            let to = run(at + 1);
            return if to > at + 1 && !self.is_time(at + 1) { to } else { at };
        }
        if self.is(at, &["and", "&"]) && self.is_phrase_word(at + 1) {
            let to = run(at + 1);
            return if to < stop && self.is_finite(to) { at } else { to };
        }
        if self.is(at, &[",", "-", "--", "–", "—"]) {
            let first = at + 1;
            if self.is_relative(first) || self.is(first, &["whose"]) {
                return (first..stop)
                    .find(|at| self.is(*at, &[",", ";"]) || self.quote(*at).is_some() || self.is_end(*at))
                    .unwrap_or(stop);
            }
            let is_apposition =
                matches!(self.tag(first), Tag::Det | Tag::Adj | Tag::Noun | Tag::Num | Tag::Propn)
                    || self.fine(first) == Fine::PrpPoss;
            if is_apposition && !self.is_time(first) {
                let to = run(first);
                return if to > first && !self.is_finite(to) && self.quote(to.saturating_sub(1)).is_none() {
                    to
                } else {
                    at
                };
            }
        }
        if self.is(at, &["who", "whom"]) {
            return (at..stop).find(|at| self.is(*at, &[",", ";"]) || self.is_end(*at)).unwrap_or(stop);
        }
        at
    }

    /// The subject of a verb by the tree, if it stands before the verb in this line.
    pub fn tree_subject(&self, verb: usize) -> Option<usize> {
        let analysis = self.page.analysis;
        let token = self.token(verb)?;
        analysis
            .children(token)
            .find(|child| {
                matches!(
                    analysis.tokens[*child].relation,
                    Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter
                )
            })
            .and_then(|child| self.place(child))
    }

    /// The place of the word that this one hangs from.
    pub fn tree_head(&self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        let head = self.page.analysis.tokens[token].head;
        if head == token { None } else { self.place(head) }
    }

    /// How a word hangs from its head.
    pub fn relation(&self, at: usize) -> Relation {
        self.token(at).map_or(Relation::Dep, |token| self.page.analysis.tokens[token].relation)
    }
}
