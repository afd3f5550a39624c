//! What grammar rules out, put right: the parser decides from left to right and cannot take back what it saw too late.
//!
//! Each rule names a shape that no English sentence has, and the one reading that is left. A tree stays a tree: a rule
//! that would make a ring of arcs is not applied.

use crate::{Fine, Relation, Tag};

/// Nouns that say when or how far, and need no preposition.
const TIMES: [&str; 22] = [
    "second",
    "seconds",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "time",
    "times",
    "percent",
    "miles",
    "kilometres",
    "kilometers",
    "metres",
    "points",
];
/// Participles of harm, which after "were" tell what was done.
const HARMED: [&str; 14] = [
    "wounded",
    "injured",
    "displaced",
    "damaged",
    "killed",
    "detained",
    "arrested",
    "destroyed",
    "hurt",
    "shelled",
    "bombed",
    "kidnapped",
    "evacuated",
    "hospitalised",
];
/// Words that begin the object of a verb.
const OPENS_OBJECT: [&str; 26] = [
    "several",
    "many",
    "dozens",
    "hundreds",
    "thousands",
    "scores",
    "some",
    "at",
    "another",
    "more",
    "nearly",
    "about",
    "around",
    "over",
    "almost",
    "others",
    "the",
    "a",
    "an",
    "its",
    "their",
    "his",
    "her",
    "two",
    "three",
    "up",
];

/// Tags that the words beside them rule out: the pair of tags that each word gets instead.
///
/// "Killed six people and wounded several others": an adjective stands behind an article, never before one. "Three others
/// were wounded": somebody did it.
pub(crate) fn retag(words: &[&str], tags: &[(Tag, Fine)], at: usize) -> Option<(Tag, Fine)> {
    if tags[at].1 != Fine::Jj || at == 0 || !words[at].ends_with("ed") && words[at] != "hurt" {
        return None;
    }
    let next = words.get(at + 1).map(|word| word.to_ascii_lowercase()).unwrap_or_default();
    let is_second = tags[at - 1].1 == Fine::Cc
        && (OPENS_OBJECT.contains(&next.as_str()) || tags.get(at + 1).is_some_and(|tag| tag.1 == Fine::Cd))
        && tags[..at - 1].iter().any(|tag| matches!(tag.1, Fine::Vbd | Fine::Vbn));
    if is_second {
        return Some((Tag::Verb, Fine::Vbd));
    }
    let helper = words[at - 1].to_ascii_lowercase();
    let is_told = matches!(helper.as_str(), "was" | "were" | "been" | "being");
    (is_told && HARMED.contains(&words[at])).then_some((Tag::Verb, Fine::Vbn))
}

/// A parsed sentence while it is mended. Tokens are counted from its first.
pub(crate) struct Draft<'a> {
    /// Forms as written.
    pub words: Vec<&'a str>,
    /// Parts of speech.
    pub tags: Vec<(Tag, Fine)>,
    /// Head of each token; the root is its own.
    pub heads: Vec<usize>,
    /// Relation of each token to its head.
    pub relations: Vec<Relation>,
}

/// Longer sentences are lists and debris, and stay as they are.
const MAX_TOKENS: usize = 200;
/// How far a mark or a pronoun is looked for.
const MAX_STEPS: usize = 40;

impl Draft<'_> {
    /// Applies every rule once. Costs a bounded number of steps for each token, but for walks over what hangs from one.
    pub(crate) fn mend(&mut self) {
        if self.words.len() > MAX_TOKENS {
            return;
        }
        for at in 0..self.words.len() {
            self.lift_conjunction(at);
        }
        for at in 0..self.words.len() {
            self.lift_participle(at);
        }
        for at in 0..self.words.len() {
            self.lift_possessed(at);
        }
        self.lift_root();
        for at in 0..self.words.len() {
            self.set_object(at);
            self.set_voice(at);
        }
        for at in 0..self.words.len() {
            self.hang_relative(at);
        }
        for at in 0..self.words.len() {
            self.open_clause(at);
            self.find_subject(at);
        }
    }

    /// "Said that the list | is a condition": a conjunction carries no clause; the clause that hangs from it does.
    fn lift_conjunction(&mut self, at: usize) {
        let is_joint = matches!(self.tags[at].0, Tag::Sconj | Tag::Adp);
        let is_clause = matches!(
            self.relations[at],
            Relation::Ccomp | Relation::Advcl | Relation::Xcomp | Relation::Acl | Relation::Conj
        );
        if !is_joint || !is_clause {
            return;
        }
        let carried = (at + 1..self.words.len().min(at + MAX_STEPS)).find(|child| {
            self.heads[*child] == at && (self.is_verb(*child) || self.has(*child, Relation::Cop))
        });
        let Some(carried) = carried else { return };
        let (head, relation) = (self.heads[at], self.relations[at]);
        self.hang(carried, head, relation);
        for child in 0..self.words.len() {
            if child != carried && self.heads[child] == at && child != at {
                self.hang(child, carried, self.relations[child]);
            }
        }
        self.hang(at, carried, Relation::Mark);
    }

    /// "A strike on the shelter | killed six": a noun with a finite verb behind it is that verb's subject, not the root.
    fn lift_root(&mut self) {
        let Some(root) = (0..self.words.len()).find(|at| self.heads[*at] == *at) else { return };
        let is_name = matches!(self.tags[root].0, Tag::Noun | Tag::Propn | Tag::Pron);
        if !is_name || self.has(root, Relation::Cop) || self.has(root, Relation::Nsubj) {
            return;
        }
        let verb = (root + 1..self.words.len()).find(|at| {
            self.is_noun_within(self.heads[*at], root)
                && matches!(self.relations[*at], Relation::Acl | Relation::AclRelcl)
                && self.is_told_of(*at)
                && !self.has_marked_start(*at)
        });
        let Some(verb) = verb.or_else(|| self.untold_participle(root)) else { return };
        if self.has_marked_start(verb) {
            return;
        }
        if self.tags[verb].1 == Fine::Vbn
            && !self.has(verb, Relation::Aux)
            && !self.has(verb, Relation::AuxPass)
        {
            self.tags[verb].1 = Fine::Vbd;
        }
        self.heads[verb] = verb;
        self.relations[verb] = Relation::Root;
        let relation = if self.has(verb, Relation::AuxPass) { Relation::NsubjPass } else { Relation::Nsubj };
        self.heads[root] = verb;
        self.relations[root] = relation;
        for child in verb + 1..self.words.len() {
            if self.heads[child] == root {
                self.heads[child] = verb;
                if matches!(self.relations[child], Relation::Nmod) {
                    self.relations[child] = Relation::Obl;
                }
            }
        }
    }

    /// "Had agreed on it after the North | began to leave": what stands between "after" and a finite verb without subject is
    /// its subject.
    fn open_clause(&mut self, at: usize) {
        if !self.is_told_of(at) || self.has_marked_start(at) || self.heads[at] == at {
            return;
        }
        let low = at.saturating_sub(MAX_STEPS);
        let first = (low..=at).find(|child| self.is_below(*child, at) && !self.is_mark(*child)).unwrap_or(at);
        let Some(last) = first.checked_sub(1) else { return };
        if !matches!(self.tags[last].0, Tag::Noun | Tag::Propn | Tag::Pron) {
            return;
        }
        // The head of the phrase that ends here, with its preposition.
        let mut noun = last;
        for _ in 0..8 {
            let head = self.heads[noun];
            let is_case = (0..noun)
                .find(|child| self.heads[*child] == noun && self.relations[*child] == Relation::Case);
            if let Some(case) = is_case {
                let word = self.words[case].to_ascii_lowercase();
                if !matches!(word.as_str(), "after" | "before" | "since" | "until" | "as")
                    || self.is_below(noun, at)
                {
                    return;
                }
                let above = self.heads[noun];
                if above == noun || self.is_below(above, at) && above != at {
                    return;
                }
                let above = if above == at { self.heads[at] } else { above };
                let above = self.clause_of(above);
                if !self.is_below(above, noun) {
                    self.hang(at, above, Relation::Advcl);
                }
                let relation =
                    if self.has(at, Relation::AuxPass) { Relation::NsubjPass } else { Relation::Nsubj };
                self.hang(noun, at, relation);
                self.hang(case, at, Relation::Mark);
                return;
            }
            if head >= noun || !matches!(self.tags[head].0, Tag::Noun | Tag::Propn) {
                return;
            }
            noun = head;
        }
    }

    /// "Has, however, on some days opened the gate": a helping verb carries no clause; the participle behind it does.
    fn lift_participle(&mut self, at: usize) {
        const MAX_BETWEEN: usize = 9;
        let is_helper = self.tags[at].0 == Tag::Aux
            && matches!(self.words[at].to_ascii_lowercase().as_str(), "have" | "has" | "had")
            && !matches!(self.relations[at], Relation::Aux | Relation::Cop);
        if !is_helper {
            return;
        }
        let end = self.words.len().min(at + MAX_BETWEEN);
        let verb = (at + 1..end).find(|verb| self.tags[*verb].1 == Fine::Vbn);
        let Some(verb) = verb.filter(|verb| {
            (at + 1..*verb).all(|between| {
                !matches!(self.tags[between].0, Tag::Verb | Tag::Aux | Tag::Cconj | Tag::Sconj)
            }) && self.is_below(*verb, at)
        }) else {
            return;
        };
        let object = self.heads[verb];
        let was_modifier = self.relations[verb] == Relation::Amod && object > verb && object != at;
        let (head, relation) = (self.heads[at], self.relations[at]);
        if head == at {
            self.heads[verb] = verb;
            self.relations[verb] = Relation::Root;
        } else {
            self.heads[verb] = head;
            self.relations[verb] = relation;
        }
        for child in 0..self.words.len() {
            if child != verb && child != at && self.heads[child] == at {
                self.heads[child] = verb;
            }
        }
        if was_modifier && object != verb {
            self.heads[object] = verb;
            self.relations[object] = Relation::Obj;
        }
        self.heads[at] = verb;
        self.relations[at] = Relation::Aux;
        self.tags[verb].0 = Tag::Verb;
    }

    /// Whether a noun is the root or stands in a phrase that hangs from it.
    fn is_noun_within(&self, noun: usize, root: usize) -> bool {
        let mut at = noun;
        for _ in 0..8 {
            if at == root {
                return true;
            }
            let is_part = matches!(
                self.relations[at],
                Relation::Nmod | Relation::Obl | Relation::Flat | Relation::Appos | Relation::Conj
            );
            if !is_part || !matches!(self.tags[at].0, Tag::Noun | Tag::Propn) {
                return false;
            }
            at = self.heads[at];
        }
        false
    }

    /// "The gauge's newly installed camera": what stands behind a possessor is its noun, and no verb parts the two.
    fn lift_possessed(&mut self, at: usize) {
        let verb = self.heads[at];
        let is_subject = matches!(self.relations[at], Relation::Nsubj | Relation::NsubjPass);
        if !is_subject || verb <= at || self.tags[verb].0 != Tag::Verb || self.tags[verb].1 == Fine::Vbz {
            return;
        }
        let Some(mark) = (at + 1..verb).find(|child| self.tags[*child].1 == Fine::Pos) else { return };
        let is_near = self.heads[mark] == at
            && (mark + 1..verb).all(|between| matches!(self.tags[between].0, Tag::Adv | Tag::Adj));
        let object = (verb + 1..self.words.len())
            .find(|child| self.heads[*child] == verb && self.relations[*child] == Relation::Obj);
        let Some(object) = object.filter(|_| is_near) else { return };
        let has_article = (verb + 1..object)
            .any(|child| self.heads[child] == object && matches!(self.tags[child].0, Tag::Det | Tag::Num));
        if has_article {
            return;
        }
        if self.heads[verb] == verb {
            self.heads[object] = object;
            self.relations[object] = Relation::Root;
        } else {
            self.heads[object] = self.heads[verb];
            self.relations[object] = self.relations[verb];
        }
        for child in 0..self.words.len() {
            if self.heads[child] == verb && child != object && (child < at || child > object || child == at) {
                self.heads[child] = object;
                if self.relations[child] == Relation::Obl {
                    self.relations[child] = Relation::Nmod;
                }
            }
        }
        self.relations[at] = Relation::NmodPoss;
        self.heads[verb] = object;
        self.relations[verb] = Relation::Amod;
        if self.tags[verb].1 == Fine::Vbd {
            self.tags[verb].1 = Fine::Vbn;
        }
    }

    /// "The North – under pressure – returned to the talks": a participle behind words that are set off, or with an object,
    /// is the verb of a sentence that has no other.
    fn untold_participle(&self, root: usize) -> Option<usize> {
        let finite = |at: usize| matches!(self.tags[at].1, Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md);
        let n = self.words.len();
        if self.words[n - 1] != "." || (0..n).any(finite) {
            return None;
        }
        (root + 1..n).find(|at| {
            self.heads[*at] == root
                && self.relations[*at] == Relation::Acl
                && self.tags[*at].1 == Fine::Vbn
                && (matches!(self.words[*at - 1], "–" | "—" | ",") || self.has(*at, Relation::Obj))
                && !(0..n).any(|child| self.heads[child] == *at && self.case_is(child, "by"))
        })
    }

    fn case_is(&self, at: usize, word: &str) -> bool {
        (0..at).any(|child| self.heads[child] == at && self.words[child] == word)
    }

    /// "Killed at least six guards": a noun without preposition behind a verb that has no object is its object.
    fn set_object(&mut self, at: usize) {
        let head = self.heads[at];
        let is_bare = self.relations[at] == Relation::Obl
            && head < at
            && matches!(self.tags[at].0, Tag::Noun | Tag::Propn)
            && self.tags[head].0 == Tag::Verb
            && self.has(at, Relation::Nummod)
            && !self.has(at, Relation::Case)
            && !TIMES.contains(&self.words[at].to_ascii_lowercase().as_str());
        if is_bare && !self.has(head, Relation::Obj) && !self.has(head, Relation::AuxPass) {
            self.relations[at] = Relation::Obj;
        }
    }

    /// "The North – under pressure – returned": a participle without any helping verb, in a sentence that is no headline, is
    /// a past tense, and its subject acts.
    fn set_voice(&mut self, at: usize) {
        let n = self.words.len();
        if self.tags[at].1 != Fine::Vbn
            || self.words[n - 1] != "."
            || !matches!(self.relations[at], Relation::Root | Relation::Ccomp | Relation::Parataxis)
        {
            return;
        }
        let below = |child: &usize| *child != at && self.heads[*child] == at;
        let has_helper = (0..n).filter(below).any(|child| {
            matches!(self.relations[child], Relation::Aux | Relation::AuxPass | Relation::OblAgent)
        });
        let subject = (0..at).filter(below).find(|child| self.relations[*child] == Relation::NsubjPass);
        let Some(subject) = subject.filter(|_| !has_helper) else { return };
        let has_stray = (0..n).any(|child| self.tags[child].0 == Tag::Aux && child < at && subject < child)
            || (at + 1..n).any(|child| self.heads[child] == at && self.case_is(child, "by"));
        if has_stray {
            return;
        }
        self.relations[subject] = Relation::Nsubj;
        self.tags[at].1 = Fine::Vbd;
        let joined: Vec<usize> = (at + 1..n)
            .filter(|child| {
                self.heads[*child] == at
                    && self.relations[*child] == Relation::Conj
                    && self.tags[*child].1 == Fine::Vbn
                    && !self.has(*child, Relation::AuxPass)
                    && !self.has(*child, Relation::Aux)
            })
            .collect();
        joined.into_iter().for_each(|child| self.tags[child].1 = Fine::Vbd);
    }

    /// Whether a verb that hangs from a noun tells something of it: finite, without subject of its own.
    fn is_told_of(&self, at: usize) -> bool {
        let finite = |at: usize| matches!(self.tags[at].1, Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md);
        let helped = (0..at).any(|child| {
            self.heads[child] == at
                && matches!(self.relations[child], Relation::Aux | Relation::AuxPass | Relation::Cop)
                && finite(child)
        });
        (self.tags[at].0 == Tag::Verb && finite(at) || helped)
            && !self.has(at, Relation::Nsubj)
            && !self.has(at, Relation::NsubjPass)
            && !self.has(at, Relation::Expl)
    }

    /// Whether a clause begins with a word that makes it depend on another one.
    fn has_marked_start(&self, at: usize) -> bool {
        (0..at).any(|child| {
            self.heads[child] == at
                && (matches!(self.relations[child], Relation::Mark)
                    || matches!(self.tags[child].1, Fine::Wdt | Fine::Wp | Fine::Wrb | Fine::WpPoss))
        })
    }

    /// "A centre, which officials say will oversee the truce": a clause that begins with a relative pronoun hangs from the
    /// noun before it.
    fn hang_relative(&mut self, at: usize) {
        if !matches!(self.relations[at], Relation::Conj | Relation::Parataxis) || self.heads[at] == at {
            return;
        }
        let first = (at.saturating_sub(MAX_STEPS)..at)
            .find(|child| self.is_below(*child, at) && !self.is_mark(*child));
        let Some(first) = first.filter(|first| self.tags[*first].1 == Fine::Wdt) else { return };
        if !self.words[first].eq_ignore_ascii_case("which") || first < 2 || self.words[first - 1] != "," {
            return;
        }
        let Some(noun) = (first.saturating_sub(MAX_STEPS)..first - 1)
            .rev()
            .find(|noun| matches!(self.tags[*noun].0, Tag::Noun | Tag::Propn))
        else {
            return;
        };
        let mut noun = noun;
        for _ in 0..8 {
            let is_part = matches!(
                self.relations[noun],
                Relation::Nmod | Relation::Flat | Relation::Compound | Relation::Nummod
            );
            let head = self.heads[noun];
            if !is_part || head >= noun || !matches!(self.tags[head].0, Tag::Noun | Tag::Propn) {
                break;
            }
            noun = head;
        }
        self.hang(at, noun, Relation::AclRelcl);
    }

    /// "No town – not even Millbridge – has agreed": the subject stands before words set off by two marks.
    fn find_subject(&mut self, at: usize) {
        if !self.is_told_of(at)
            || self.has_marked_start(at)
            || !matches!(
                self.relations[at],
                Relation::Root | Relation::Parataxis | Relation::Conj | Relation::Acl | Relation::Appos
            )
        {
            return;
        }
        let first = (0..=at).find(|child| self.is_below(*child, at) && !self.is_mark(*child)).unwrap_or(at);
        if first < 4 {
            return;
        }
        let mark = self.words[first - 1];
        if !matches!(mark, "–" | "—") {
            return;
        }
        let low = first.saturating_sub(MAX_STEPS);
        let Some(opens) = (low..first - 1).rev().find(|at| self.words[*at] == mark) else { return };
        let Some(noun) = opens.checked_sub(1) else { return };
        if !matches!(self.tags[noun].0, Tag::Noun | Tag::Propn | Tag::Pron) || self.is_below(noun, at) {
            return;
        }
        let head = self.heads[noun];
        match self.relations[noun] {
            // The sentence has no other root than the subject itself.
            Relation::Root if self.heads[at] == noun => {
                self.heads[at] = at;
                self.relations[at] = Relation::Root;
            }
            // "..., and no town – ... – has": joined with what stands before, the verb is what is joined.
            Relation::Conj if !self.is_below(head, at) => {
                self.hang(at, head, Relation::Conj);
                for child in 0..noun {
                    if self.heads[child] == noun && self.relations[child] == Relation::Cc {
                        self.heads[child] = at;
                    }
                }
            }
            _ => return,
        }
        let relation = if self.has(at, Relation::AuxPass) { Relation::NsubjPass } else { Relation::Nsubj };
        self.hang(noun, at, relation);
    }

    /// The nearest verb above that is no infinitive and no gerund, or the token itself where there is none.
    fn clause_of(&self, at: usize) -> usize {
        let mut token = at;
        for _ in 0..=self.words.len() {
            if self.tags[token].0 == Tag::Verb && !matches!(self.tags[token].1, Fine::Vb | Fine::Vbg) {
                return token;
            }
            if self.heads[token] == token {
                break;
            }
            token = self.heads[token];
        }
        at
    }

    fn is_verb(&self, at: usize) -> bool {
        self.tags[at].0 == Tag::Verb
    }

    fn is_mark(&self, at: usize) -> bool {
        self.tags[at].0 == Tag::Punct
    }

    fn has(&self, at: usize, relation: Relation) -> bool {
        (0..self.words.len())
            .any(|child| child != at && self.heads[child] == at && self.relations[child] == relation)
    }

    /// Hangs a token from another, unless that one hangs below it.
    fn hang(&mut self, child: usize, head: usize, relation: Relation) {
        if child != head && !self.is_below(head, child) {
            self.heads[child] = head;
            self.relations[child] = relation;
        }
    }

    fn is_below(&self, token: usize, above: usize) -> bool {
        let mut at = token;
        for _ in 0..=self.words.len() {
            if at == above {
                return true;
            }
            if self.heads[at] == at {
                return false;
            }
            at = self.heads[at];
        }
        false
    }
}
