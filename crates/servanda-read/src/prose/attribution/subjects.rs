//! Verbs with their auxiliaries, whose they are, and what is said around them.

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};

use super::cues::{Cue, CueClass, Cues, Takes};
use super::lines::View;
use super::phrases::Phrase;

/// Verbs that are taken for names in headlines with capitals.
const HEADLINE_VERBS: &[&str] =
    &["vows", "urges", "warns", "insists", "tells", "denies", "admits", "argues", "slams", "hails", "blames"];

/// Farthest that an earlier report of the line is looked for, in items.
const REACH: usize = 80;

/// How deep a verb's source is looked for through the verbs that govern it.
const MAX_DEPTH: usize = 4;

/// A verb with what stands around it: auxiliaries, adverbs, "to".
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// First place of auxiliaries and adverbs.
    pub start: usize,
    /// The verb.
    pub verb: usize,
    pub is_passive: bool,
    pub is_participle: bool,
    pub is_infinitive: bool,
    pub has_auxiliary: bool,
}

impl<'p> View<'p> {
    /// Whether a word is a verb; "said" always is one.
    pub fn is_verb(&self, at: usize) -> bool {
        self.tag(at) == Tag::Verb && self.token(at).is_some()
            || self.is(at, &["said", "says"])
            // "The North, meanwhile, demands ...": a verb between two marks and an object, often taken for a noun.
            || self.tag(at) == Tag::Noun
                && at > 3
                && self.is(at - 1, &[","])
                && (self.tag(at - 2) == Tag::Adv || self.is_aside(at - 2))
                && self.is(at - 3, &[","])
                && self.word(at).ends_with('s')
                && self.is_phrase_word(at + 1)
            || self.is(at, HEADLINE_VERBS) && at > 0 && self.tag(at - 1) == Tag::Propn
    }

    /// The lemma of a verb in small letters.
    pub fn verb_lemma(&self, at: usize) -> String {
        let word = self.word(at).to_lowercase();
        match word.as_str() {
            "said" | "says" => "say".to_owned(),
            "denies" => "deny".to_owned(),
            word if HEADLINE_VERBS.contains(&word) => word.trim_end_matches('s').to_owned(),
            _ => self.lemma(at).to_lowercase(),
        }
    }

    /// A verb with its auxiliaries.
    pub fn group(&self, verb: usize) -> Group {
        let mut start = verb;
        let (mut has_be, mut has_have, mut has_to, mut has_auxiliary) = (false, false, false, false);
        while start > 0 && verb - start < 7 {
            let at = start - 1;
            let lemma = self.lemma(at).to_lowercase();
            let is_auxiliary = self.tag(at) == Tag::Aux || self.fine(at) == Fine::Md;
            if is_auxiliary {
                has_be |= matches!(lemma.as_str(), "be" | "get") && !has_have || lemma == "be";
                has_have |= lemma == "have";
                has_auxiliary = true;
            } else if self.fine(at) == Fine::To {
                has_to = true;
            } else if self.tag(at) != Tag::Adv && !self.is(at, &["not", "n't", "n’t", "never"]) {
                break;
            }
            start = at;
        }
        // A leading adverb belongs to the sentence, not to the verb, unless an auxiliary stands before it.
        while start < verb
            && self.tag(start) == Tag::Adv
            && self.is(start, &["meanwhile", "then", "now", "however", "so", "when", "where"])
        {
            start += 1;
        }
        let fine = self.fine(verb);
        let is_past = matches!(fine, Fine::Vbn | Fine::Vbd);
        let by_agent = is_past && !has_auxiliary && self.is(verb + 1, &["by"]);
        Group {
            start,
            verb,
            is_passive: is_past && has_be || by_agent,
            is_participle: fine == Fine::Vbg && !has_auxiliary,
            is_infinitive: has_to
                || fine == Fine::Vb && !has_auxiliary && !(start > 0 && self.is_nominal(start - 1)),
            has_auxiliary,
        }
    }

    /// The place behind the further words of a cue, adverbs between allowed; `None` where they are missing.
    pub fn behind_rest(&self, from: usize, cue: &Cue) -> Option<usize> {
        let mut at = from;
        for word in &cue.rest {
            let mut n_between = 0;
            while n_between < 2 && !self.is(at, &[word]) && self.tag(at) == Tag::Adv {
                at += 1;
                n_between += 1;
            }
            if !self.is(at, &[word]) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Who speaks, thinks or wants: the subject of the verb, or of the verb that governs it.
    pub fn source(&self, group: &Group, cues: &Cues, depth: usize) -> Option<Phrase> {
        if depth > MAX_DEPTH || group.start == 0 && !group.is_participle {
            return None;
        }
        let by_tree = self.tree_subject(group.verb).filter(|at| *at < group.start);
        let by_shape =
            if group.is_participle || group.is_infinitive { None } else { self.subject_by_shape(group) };
        let tree_phrase = by_tree.and_then(|at| {
            if self.is_relative(at) {
                return self.phrase_before(at + 1);
            }
            self.phrase_after(self.run_start(at), group.start)
        });
        match (tree_phrase, by_shape) {
            (Some(tree), Some(shape)) => {
                let agrees = shape.places.contains(&tree.head);
                let is_object = shape.places.start > 0
                    && matches!(self.tag(shape.places.start - 1), Tag::Adp | Tag::Verb | Tag::Sconj);
                return Some(if agrees || !is_object { shape } else { tree });
            }
            (Some(tree), None) => return Some(tree),
            (None, Some(shape)) => return Some(shape),
            (None, None) => {}
        }
        let governor = self.governor(group, cues)?;
        let mut outer = self.group(governor);
        outer.is_participle &= depth < MAX_DEPTH;
        self.source(&outer, cues, depth + 1)
    }

    /// Whether an object or infinitive behind a verb without tense is what its source says: not for a bare purpose ("to
    /// raise ..."), an adjective ("opposing views"), or words within a quotation.
    pub fn may_govern_object(&self, group: &Group, cue: &Cue) -> bool {
        if self.line.level.is_some() {
            return false;
        }
        let left = group.start.checked_sub(1);
        if group.is_infinitive {
            return cue.is_communication && left.is_some_and(|left| self.is_verb(left));
        }
        if group.is_participle {
            return left.is_none_or(|left| {
                !self.is_nominal(left) && self.tag(left) != Tag::Adj && self.tag(left) != Tag::Det
            });
        }
        true
    }

    /// The phrase right before the verb.
    fn subject_by_shape(&self, group: &Group) -> Option<Phrase> {
        let left = group.start.checked_sub(1)?;
        if self.tag(left) == Tag::Cconj {
            return None;
        }
        let phrase = self.phrase_before(group.start)?;
        // "…, and said": the mark ends another clause.
        let is_subject = !self.is(phrase.head, &["there"]);
        is_subject.then_some(phrase)
    }

    /// The verb whose subject a participle, infinitive or coordinated verb shares.
    fn governor(&self, group: &Group, cues: &Cues) -> Option<usize> {
        // "X thinks that ... but said ...", "X said that ..., adding ...": who reports once in a line goes on reporting.
        let joined = group
            .start
            .checked_sub(1)
            .is_some_and(|left| self.is(left, &["and", "but", "yet", ",", "while", "then"]));
        if joined && self.speaks(group.verb, cues) {
            let low = group.start.saturating_sub(REACH);
            let mut earlier = (low..group.start).filter(|at| {
                self.is_verb(*at)
                    && (self.is_finite(*at) || self.group(*at).has_auxiliary)
                    && self.reports(*at, cues)
                    && !(*at > 0 && self.is_relative(*at - 1))
            });
            let found = if group.is_participle { earlier.next() } else { earlier.next_back() };
            if found.is_some() {
                return found;
            }
        }
        let mut at = group.verb;
        for _ in 0..3 {
            let relation = self.relation(at);
            let Some(head) = self.tree_head(at) else { break };
            let shares = matches!(
                relation,
                Relation::Conj
                    | Relation::Xcomp
                    | Relation::Advcl
                    | Relation::Parataxis
                    | Relation::Ccomp
                    | Relation::Acl
            );
            if shares && self.is_verb(head) && head != group.verb {
                return Some(head);
            }
            at = head;
        }
        // Without help of the tree: the nearest verb with tense to the left.
        let low = group.start.saturating_sub(40);
        (low..group.start).rev().find(|at| {
            self.is_verb(*at)
                && (self.is_finite(*at) || self.group(*at).has_auxiliary)
                && !(*at > 0 && self.is_relative(*at - 1))
        })
    }

    /// Whether a verb says something in words, by the lexicon.
    pub fn speaks(&self, at: usize, cues: &Cues) -> bool {
        let is_said = |cue: &Cue| {
            cue.is_communication
                && cue.takes(Takes::Clause)
                && matches!(cue.class, CueClass::Say | CueClass::Warn | CueClass::Demand | CueClass::Allege)
        };
        cues.verb(&self.verb_lemma(at)).iter().any(is_said)
    }

    /// Whether a verb can hold a clause that somebody says or thinks.
    fn reports(&self, at: usize, cues: &Cues) -> bool {
        cues.verb(&self.verb_lemma(at)).iter().any(|cue| {
            cue.takes(Takes::Clause)
                || cue.takes(Takes::To)
                || cue.takes(Takes::As) && cue.class == CueClass::Judge
        })
    }

    /// Where the run of words of a noun phrase begins that holds this place.
    pub fn run_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && at - start < 30 && self.is_phrase_word(start - 1) && !self.is_time(start - 1) {
            start -= 1;
        }
        start
    }

    /// Whether a phrase can be the source of such a cue.
    pub fn may_say(&self, source: &Phrase, cue: &Cue) -> bool {
        let head = source.head;
        if Cues::builtin().is_thing(&self.lemma(head).to_lowercase()) {
            return false;
        }
        if self.line.level.is_some() && self.is(head, &["i", "we", "you", "me", "us"]) {
            return false;
        }
        let is_empty = self.is(head, &["there", "what", "whatever", "nothing", "something"]);
        let is_dummy =
            self.is(head, &["it", "this", "that"]) && !cue.is_communication && cue.class != CueClass::Show;
        !is_empty && !is_dummy && !self.is_time(head)
    }

    /// The quotation right before a place, over a comma.
    pub fn quote_before(&self, at: usize) -> Option<usize> {
        let left = at.checked_sub(1)?;
        if self.quote(left).is_some() {
            return Some(left);
        }
        let further = left.checked_sub(1)?;
        (self.is(left, &[",", "-", "--", "–", "—"]) && self.quote(further).is_some()).then_some(further)
    }

    /// What is said where the cue stands behind or within it: from the left mark back, and what goes on behind `after`.
    pub fn content_around(&self, left: usize, after: usize, is_quoted: bool) -> Vec<Range<usize>> {
        let mut content = Vec::new();
        let end = if self.quote(left).is_some() { left + 1 } else { left };
        let mut start = 0;
        if is_quoted {
            let quote = if self.quote(left).is_some() { left } else { left - 1 };
            let begins = quote == 0
                || self.is(quote - 1, &[",", ":", "-", "--", "–", "—", ".", ";"])
                || self.is(quote - 1, &["and", "but"]);
            start = if begins && super::found::is_speech(self.page, self.quote(quote)) {
                quote
            } else {
                self.clause_start(quote)
            };
        }
        if start < end {
            content.push(start..end);
        }
        if self.is(after, &[",", ":", "-", "--", "–", "—"]) || self.quote(after).is_some() {
            let from = if self.quote(after).is_some() { after } else { after + 1 };
            let goes_on = if is_quoted {
                self.quote(from).is_some() || self.is(from, &["and", "but"]) && self.quote(from + 1).is_some()
            } else {
                !(start..end).any(|at| self.is_finite(at)) && !self.is_end(from)
            };
            if goes_on {
                let to = if is_quoted {
                    (from..self.len()).find(|at| self.quote(*at).is_some()).map_or(from, |at| at + 1)
                } else {
                    self.len()
                };
                content.push(from..to);
            }
        }
        content
    }

    /// Where the clause begins that holds this place: behind a colon, semicolon or an earlier cue's comma.
    fn clause_start(&self, at: usize) -> usize {
        (0..at).rev().find(|at| self.is(*at, &[":", ";"])).map_or(0, |at| at + 1)
    }
}
