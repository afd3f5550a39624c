//! What follows a verb that reports, and where it ends.

use servanda_language::{Fine, Relation, Tag};

use super::cues::{Cue, CueClass, Cues, Takes};
use super::lines::View;

/// Farthest that a verb with tense is looked for, in items.
const REACH: usize = 28;

/// Words behind which another report may begin.
const JOINTS: &[&str] =
    &["while", "but", "and", "although", "though", "even", "yet", "as", "after", "because", "when", "since"];

/// Words behind which what is promised or praised ends, where a clause follows them.
const SUBORDINATES: &[&str] =
    &["after", "before", "because", "while", "when", "although", "though", "since", "even", "until", "if"];

/// What follows, with the place where the content begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    Clause(usize),
    Quote(usize),
    To(usize),
    Noun(usize),
    Colon(usize),
    None,
}

impl<'p> View<'p> {
    /// What follows a cue, as far as the cue takes it.
    pub fn follow(&self, behind: usize, cue: &Cue) -> Follow {
        let mut at = behind;
        let says = cue.takes(Takes::Clause) || cue.takes(Takes::Quote) || cue.takes(Takes::To);
        if cue.takes(Takes::Person)
            && let Some(told) = self.behind_person(at)
        {
            at = told;
        }
        if says {
            let skipped = self.skip_adverbials(at);
            if self.begins_content(skipped) {
                at = skipped;
            }
        }
        let takes = |what| cue.takes(what);
        if takes(Takes::Clause) || takes(Takes::Quote) {
            if self.is(at, &[":"]) {
                return Follow::Colon(at + 1);
            }
            let quoted = if self.is(at, &[","]) { at + 1 } else { at };
            if let Some(quote) = self.quote(quoted)
                && (quoted > at || !super::found::is_title(self.page, quote) || !self.bare_clause(quoted))
            {
                return Follow::Quote(quoted);
            }
        }
        if takes(Takes::Clause) {
            if self.is(at, &["that"]) && !self.is_end(at + 1) {
                return Follow::Clause(at + 1);
            }
            let is_question = matches!(self.fine(at), Fine::Wp | Fine::Wdt | Fine::Wrb | Fine::WpPoss)
                || self.is(at, &["whether", "if", "how", "why"]);
            if is_question
                && !(self.is(at, &["when", "if", "where", "which", "who"]) && cue.class == CueClass::Say)
            {
                return Follow::Clause(at);
            }
            if self.bare_clause(at) && self.may_drop_that(at, behind, cue) || self.has_gap(at, behind) {
                return Follow::Clause(at);
            }
        }
        if takes(Takes::To) {
            // "urged both sides to leave": who is to act belongs to what is asked.
            if let Some(to) = self.infinitive(at) {
                let is_told = takes(Takes::Person) && self.behind_person(behind) == Some(at);
                return Follow::To(if is_told { behind } else { to });
            }
        }
        if takes(Takes::As) && self.has_as(at) || takes(Takes::Called) && self.is_called(at) {
            return Follow::Noun(at);
        }
        if takes(Takes::Gerund) && self.fine(at) == Fine::Vbg {
            return Follow::Noun(at);
        }
        if takes(Takes::Noun) && self.is_object(at) {
            return Follow::Noun(at);
        }
        Follow::None
    }

    /// "a centre, which it says will open": the subject of what is said stands before the cue.
    fn has_gap(&self, at: usize, behind: usize) -> bool {
        let verb = (0..behind).rev().find(|at| self.is_verb(*at)).unwrap_or_default();
        let is_plain =
            matches!(self.verb_lemma(verb).as_str(), "say" | "think" | "believe" | "claim" | "hope" | "fear");
        let low = verb.saturating_sub(6);
        is_plain
            && (self.is_finite(at) || self.tag(at) == Tag::Aux)
            && (low..verb).any(|at| self.is_relative(at) || self.is(at, &["what"]))
    }

    /// Whether a clause may follow without "that": behind verbs that do it often, before a subject pronoun, or where the
    /// tree sees a clause and no object.
    fn may_drop_that(&self, at: usize, behind: usize, cue: &Cue) -> bool {
        let verb = (0..behind).rev().find(|at| self.is_verb(*at)).unwrap_or_default();
        let lemma = self.verb_lemma(verb);
        if matches!(
            lemma.as_str(),
            "say" | "think" | "believe" | "tell" | "hope" | "claim" | "fear" | "insist"
        ) {
            return true;
        }
        let is_often = matches!(
            cue.class,
            CueClass::Say | CueClass::Allege | CueClass::Believe | CueClass::Promise | CueClass::Warn
        );
        if is_often && self.is(at, &["he", "she", "they", "it", "we", "i", "there"]) {
            return true;
        }
        if is_often && self.fine(verb) == Fine::Vbg && verb > 0 && self.is(verb - 1, &[","]) {
            return true;
        }
        let Some(token) = self.token(verb) else { return false };
        let analysis = self.page.analysis;
        let (mut has_clause, mut has_object) = (false, false);
        for child in analysis.children(token).filter(|child| *child > token) {
            match analysis.tokens[child].relation {
                Relation::Ccomp | Relation::Parataxis => has_clause = true,
                Relation::Obj => has_object |= !cue.takes(Takes::Person),
                _ => {}
            }
        }
        has_clause && !has_object
    }

    /// Whether content begins at a place: that, a quotation, a colon, a clause, an infinitive.
    fn begins_content(&self, at: usize) -> bool {
        let quoted = self.is(at, &[","]) && self.quote(at + 1).is_some();
        self.is(at, &["that", "whether", "how", "why", "what", ":"])
            || self.quote(at).is_some()
            || quoted
            || self.bare_clause(at)
            || self.infinitive(at).is_some()
    }

    /// The place of an infinitive's "to" or the "not" before it, if one begins here.
    pub fn infinitive(&self, at: usize) -> Option<usize> {
        let mut at = at;
        if self.is(at, &["not", "never"]) {
            at += 1;
        }
        let is_to = self.is(at, &["to"]) && self.fine(at) != Fine::In;
        let behind = if self.tag(at + 1) == Tag::Adv { at + 2 } else { at + 1 };
        (is_to
            && (self.quote(at + 1).is_some()
                || self.fine(behind) == Fine::Vb
                || matches!(self.tag(behind), Tag::Verb | Tag::Aux)))
        .then_some(at)
    }

    /// The place behind someone who is told, if one stands there.
    pub fn behind_person(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut has_head = false;
        while at < self.len() && at < from + 14 {
            let starts_another = has_head && matches!(self.tag(at), Tag::Det | Tag::Pron);
            // "told reporters": no verb stands there, whatever the tagger says.
            let is_plural = at == from && self.fine(at) == Fine::Vbz && self.word(at).ends_with("rs");
            if is_plural {
                has_head = true;
                at += 1;
            } else if self.is_phrase_word(at)
                && !starts_another
                && self.quote(at).is_none()
                && !self.is_time(at)
            {
                has_head |= self.is_nominal(at);
                at += 1;
            } else if has_head
                && self.is(at, &["of", "at", "in", "from", "and", "'s", "’s", "with"])
                && self.is_phrase_word(at + 1)
                && !self.is_time(at + 1)
            {
                has_head = false;
                at += 1;
            } else {
                break;
            }
        }
        (has_head && at > from).then_some(at)
    }

    /// Behind adverbs, times, and where it was said ("on Monday in a statement").
    pub fn skip_adverbials(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..8 {
            if at >= self.len() || at > from + 30 {
                break;
            }
            if self.tag(at) == Tag::Adv
                && !self.is(at, &["how", "why", "where", "when"])
                && self.token(at).is_some()
                || self.is_time(at)
            {
                at += 1;
                continue;
            }
            if self.is(at, &["last", "this", "next", "late", "early"]) && self.is_time(at + 1) {
                at += 2;
                continue;
            }
            let preposition = self.is(
                at,
                &[
                    "on", "in", "at", "during", "after", "before", "via", "through", "from", "to", "with",
                    "by", "of", "for", "as", "about", "over",
                ],
            ) && self.fine(at) != Fine::To;
            if preposition {
                let mut to = at + 1;
                let mut has_head = false;
                while to < self.len()
                    && to < at + 12
                    && self.is_phrase_word(to)
                    && self.quote(to).is_none_or(|quote| super::found::is_title(self.page, quote))
                {
                    if has_head && matches!(self.tag(to), Tag::Det | Tag::Pron) && self.bare_clause(to) {
                        break;
                    }
                    has_head |= self.is_nominal(to);
                    to += 1;
                }
                if to > at + 1 {
                    at = to;
                    continue;
                }
            }
            break;
        }
        at
    }

    /// Whether a clause without "that" begins here: a noun phrase, and soon a verb with tense that is its own.
    pub fn bare_clause(&self, at: usize) -> bool {
        let first = if self.tag(at) == Tag::Adv || self.tag(at) == Tag::Adp && self.is_phrase_word(at + 1) {
            at + 1
        } else {
            at
        };
        if self.tag(at) == Tag::Adp
            && !self.is(at, &["in", "on", "with", "under", "by", "for", "as", "after", "at"])
        {
            return false;
        }
        if !self.is_phrase_word(first)
            && !matches!(self.fine(at), Fine::Ex | Fine::Vbg)
            && !self.is(at, &["if", "when", "while", "there"])
        {
            return false;
        }
        let stop = self.len().min(at + REACH);
        let mut is_relative = false;
        for here in first + 1..stop {
            if self.is(here, &[":", ";"]) || self.is_end(here) {
                return false;
            }
            if self.is_relative(here)
                || self
                    .is(here, &["whose", "where", "when", "because", "after", "as", "while", "if", "since"])
            {
                is_relative = true;
            } else if self.quote(here).is_some_and(|quote| !super::found::is_title(self.page, quote)) {
                // "said the cuts “do nothing”": the verb stands within the quotation.
                return !is_relative;
            } else if self.is(here, &[","]) {
                if self.is(here + 1, SUBORDINATES) {
                    return false;
                }
                // A comma ends a relative clause; ", said X" or ", and X did" are no part of this clause.
                if matches!(self.tag(here + 1), Tag::Cconj | Tag::Verb) && !self.is(here + 1, &["and"]) {
                    return false;
                }
                is_relative = false;
            } else if self.is_finite(here) || self.tag(here) == Tag::Aux && self.fine(here) != Fine::Vbg {
                if !is_relative {
                    return true;
                }
                is_relative = false;
            }
        }
        false
    }

    /// Whether an object begins here.
    fn is_object(&self, at: usize) -> bool {
        if self.tag(at) == Tag::Verb && self.word(at).ends_with('s') && self.is(at + 1, &["that"]) {
            return true;
        }
        self.is_phrase_word(at) && !self.is_time(at) && self.tag(at) != Tag::Adv
    }

    /// "X as Y".
    fn has_as(&self, at: usize) -> bool {
        let quoted =
            |at: usize| self.quote(at).is_some() || self.is(at, &[","]) && self.quote(at + 1).is_some();
        let reach = at + 1..self.len().min(at + 20);
        self.is_object(at)
            && (reach.clone().any(|at| self.is(at, &["as"]) && quoted(at + 1))
                || reach
                    .take_while(|at| !self.is(*at, &[",", ";", ":"]) && !self.is_finite(*at))
                    .any(|at| self.is(at, &["as"])))
    }

    /// "X Y", "X “Y”": an object and what it is called.
    fn is_called(&self, at: usize) -> bool {
        if !self.is_object(at) {
            return false;
        }
        let stop = self.len().min(at + 20);
        let mut has_head = false;
        for here in at..stop {
            if self.quote(here).is_some() {
                return true;
            }
            if has_head
                && (self.tag(here) == Tag::Det
                    || self.is(here, &["an", "a"])
                    || self.tag(here) == Tag::Adj && !self.is_nominal(here + 1))
            {
                return true;
            }
            if self.is_phrase_word(here) || self.is(here, &["of", "and", "in", "for"]) {
                has_head |= self.is_nominal(here) && !self.is_nominal(here + 1);
            } else {
                return false;
            }
        }
        false
    }

    /// Where a clause that is content ends: before a coordinated or trailing report, else with the line.
    pub fn clause_end(&self, from: usize, cue: usize, cues: &Cues) -> usize {
        let mut at = from + 1;
        while at < self.len() {
            if self.is_end(at) {
                return at;
            }
            if self.is(at, &[",", "-", "--", "–", "—"]) && self.ends_before(at + 1, cue, cues) {
                return at;
            }
            if self.is(at, JOINTS) && self.ends_before(at, cue, cues) {
                return at;
            }
            at += 1;
        }
        self.len()
    }

    /// Whether another report by the same source begins here, or the narrator takes over.
    fn ends_before(&self, from: usize, cue: usize, cues: &Cues) -> bool {
        let mut at = from;
        let joins = self.is(at, JOINTS);
        while self.is(at, JOINTS) || self.is(at, &["also", "then"]) || self.tag(at) == Tag::Adv {
            at += 1;
        }
        let lemma = self.verb_lemma(at);
        if self.is_verb(at) && self.fine(at) == Fine::Vbg && self.speaks(at, cues) {
            return true;
        }
        if joins && self.is_verb(at) && (self.is_finite(at) || self.is(at, &["said"])) {
            // "said ... but acknowledged ...": by the tree, or by a word that does little else than report.
            let by_tree = self.relation(at) == Relation::Conj && self.tree_head(at) == Some(cue);
            return by_tree
                || matches!(
                    lemma.as_str(),
                    "say" | "add" | "acknowledge" | "tell" | "warn" | "insist" | "stress" | "note"
                );
        }
        if joins && self.is_phrase_word(at) {
            let stop = self.len().min(at + 10);
            let verb = (at..stop).find(|at| self.is_verb(*at) || self.tag(*at) == Tag::Aux);
            if let Some(verb) = verb.filter(|verb| self.is_verb(*verb)) {
                let says = matches!(
                    self.verb_lemma(verb).as_str(),
                    "say" | "tell" | "stress" | "insist" | "warn" | "add" | "argue" | "note"
                );
                return says
                    && (self.is(verb + 1, &["that", ","])
                        || self.quote(verb + 1).is_some()
                        || self.bare_clause(verb + 1));
            }
            return self.is(at, &["it"]) && self.is(at + 2, &["clear", "unclear"]);
        }
        false
    }

    /// Where an object that is content ends: with its clause.
    pub fn noun_end(&self, from: usize, cue: usize, cues: &Cues) -> usize {
        let end = self.clause_end(from, cue, cues);
        for at in from + 1..end {
            let breaks = self.is(at, &[",", "-", "--", "–", "—"])
                && (self.is(at + 1, &["but", "despite", "amid", "yet", "even"])
                    || self.tag(at + 1) == Tag::Cconj && self.bare_clause(at + 2)
                    || matches!(self.tag(at + 1), Tag::Cconj | Tag::Sconj | Tag::Adv)
                        && !self.is_phrase_word(at + 2)
                    || matches!(self.fine(at + 1), Fine::Vbg | Fine::Vbd | Fine::Vbz)
                    || self.is_relative(at + 1)
                    || self.bare_clause(at + 1));
            let subordinate =
                self.is(at, SUBORDINATES) && (self.tag(at) == Tag::Sconj || self.bare_clause(at + 1));
            let predicate =
                self.tag(at) == Tag::Cconj && (self.is_finite(at + 1) || self.tag(at + 1) == Tag::Aux);
            if breaks || subordinate || predicate {
                return at;
            }
        }
        end
    }
}
