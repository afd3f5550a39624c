//! Which bare numbers count people? "Killed five", "at least 20 were hurt", "hundreds fled", "the toll rose to 31".
//!
//! A closed set of verbs and states says that those who are counted are people; it is read from the words and their order,
//! for trees of headlines and of bare numbers are seldom right. Rules and limits: docs/methods/dates-and-quantities.md.

use std::ops::Range;

use servanda_language::{Analysis, Tag};
use servanda_model::{Span, roles};

use super::harm_words::{
    AUXILIARIES, BETWEEN, CHANGES, DEAD, DEAD_NOUNS, HARM, HELD, HURT, HURT_NOUNS, INTRANSITIVE, JOINTS,
    KILL, PART_BEFORE, REACHES, STATES, TOLL_NOUNS, WOUND,
};
use crate::prose::QuantityFound;

/// Words looked at before a number for the noun whose total it is.
const MAX_BEFORE_TOTAL: usize = 12;
/// Helping words and adverbs between a number and what is said of those counted.
const MAX_BETWEEN: usize = 5;

/// Says of each figure of people what befell them, gives the unit `person` to bare numbers that count people, marks running
/// totals, and takes "from 27 to 20" apart where a total is told anew.
///
/// Costs a bounded number of steps for each figure.
pub fn tolls(text: &str, analysis: &Analysis, found: &mut Vec<QuantityFound>) {
    let mut out: Vec<QuantityFound> = Vec::with_capacity(found.len());
    for quantity in found.drain(..) {
        match told_anew(text, analysis, &quantity) {
            Some([before, now]) => out.extend([before, now]),
            None => out.push(quantity),
        }
    }
    let words = Words { text, analysis };
    let mut has_fate = vec![false; out.len()];
    for (quantity, has_fate) in out.iter_mut().zip(&mut has_fate) {
        let is_count = matches!(quantity.sort, "count" | "year");
        if is_count && (quantity.unit.is_empty() || quantity.unit == "person") {
            *has_fate = words.befell(quantity);
        }
    }
    words.parts(&mut out, &has_fate);
    *found = out;
}

/// What befell those who are counted.
struct Fate {
    role: Option<&'static str>,
    is_total: bool,
    rule: &'static str,
}

impl Fate {
    fn of(role: Option<&'static str>, rule: &'static str) -> Fate {
        Fate { role, is_total: false, rule }
    }
}

struct Words<'a> {
    text: &'a str,
    analysis: &'a Analysis,
}

impl Words<'_> {
    fn low(&self, at: usize) -> String {
        self.analysis.word(self.text, at).to_lowercase()
    }

    fn is_any(&self, at: usize, list: &[&str]) -> bool {
        let word = self.analysis.word(self.text, at);
        list.iter().any(|one| word.eq_ignore_ascii_case(one))
    }

    fn sentence(&self, at: usize) -> Range<usize> {
        self.analysis.sentences[self.analysis.tokens[at].sentence].tokens.clone()
    }

    /// `false` where nothing is said of those counted.
    fn befell(&self, quantity: &mut QuantityFound) -> bool {
        let tokens = self.analysis.tokens_in(quantity.span.start..quantity.span.end);
        if tokens.is_empty() {
            return false;
        }
        let sentence = self.sentence(tokens.start);
        let is_bare = quantity.unit.is_empty();
        let fate = self
            .by_total(&tokens, &sentence, is_bare)
            .or_else(|| self.by_noun(quantity, &tokens))
            .or_else(|| self.by_state(&tokens, &sentence, is_bare))
            .or_else(|| self.by_verb(&tokens, &sentence, is_bare));
        let Some(fate) = fate else { return false };
        if is_bare {
            quantity.unit = "person".to_owned();
            quantity.sort = "count";
            quantity.rule = fate.rule;
        }
        quantity.role = fate.role;
        quantity.is_total = fate.is_total;
        true
    }

    /// "12 deaths", "20 injuries", "a dozen dead": the noun itself says it.
    fn by_noun(&self, quantity: &QuantityFound, tokens: &Range<usize>) -> Option<Fate> {
        let noun = quantity.noun?;
        let mut nouns = self.analysis.tokens_in(noun.start..noun.end).filter(|at| tokens.contains(at));
        nouns.find_map(|at| {
            let role = role_of(&self.low(at))?;
            Some(Fate::of(Some(role), "toll:noun"))
        })
    }

    /// "Killed five", "kills dozens", "wounding 12 more": the object of a verb of harm, holding or moving.
    fn by_verb(&self, tokens: &Range<usize>, sentence: &Range<usize>, is_bare: bool) -> Option<Fate> {
        let mut at = tokens.start.checked_sub(1)?;
        while at > sentence.start && self.is_any(at, BETWEEN) {
            at -= 1;
        }
        if at < sentence.start || !self.is_any(at, HARM) && !self.is_any(at, HELD) {
            return None;
        }
        // "Were wounded 12 times": a passive has no object.
        let is_passive =
            at > sentence.start && self.is_any(at - 1, &["is", "are", "was", "were", "be", "been", "being"]);
        if is_passive || is_bare && !self.stands_alone(tokens.end, sentence) {
            return None;
        }
        Some(Fate::of(role_of(&self.low(at)), "toll:object"))
    }

    /// "190 were dead", "some 3,000 have been displaced", "15 dead", "hundreds fled".
    fn by_state(&self, tokens: &Range<usize>, sentence: &Range<usize>, is_bare: bool) -> Option<Fate> {
        let mut at = self.past_aside(tokens.end, sentence);
        let is_aside = at > tokens.end;
        let mut n = 0;
        let mut has_helper = false;
        while at < sentence.end && n < MAX_BETWEEN {
            let is_helper = self.is_any(at, AUXILIARIES);
            let is_pair = self.is_any(at, &["and"]) && self.is_any(at - 1, &["shot", "seized", "captured"]);
            if !is_helper && !is_pair && !self.is_any(at, BETWEEN) {
                break;
            }
            has_helper |= is_helper;
            (at, n) = (at + 1, n + 1);
        }
        if is_aside && !has_helper {
            return None;
        }
        if at >= sentence.end {
            return None;
        }
        let word = self.low(at);
        let is_state = STATES.contains(&word.as_str());
        let is_participle = HARM.contains(&word.as_str()) || HELD.contains(&word.as_str());
        let is_doing = word.ends_with("ing") || word.ends_with('s');
        let acts = !has_helper && INTRANSITIVE.contains(&word.as_str());
        let has_helped = has_helper && (is_participle && !is_doing || INTRANSITIVE.contains(&word.as_str()));
        // "The 12 killed", "six people wounded": without a helping word, and with none that they could act upon.
        let has_object = at + 1 < sentence.end && {
            let next = &self.analysis.tokens[at + 1];
            matches!(next.tag, Tag::Det | Tag::Num | Tag::Propn | Tag::Pron)
                || matches!(next.tag, Tag::Adj | Tag::Noun) && !self.is_any(at + 1, STATES)
        };
        let lies = is_state && (n > 0 || !has_object || DEAD.contains(&word.as_str()));
        if !(lies || acts || has_helped) {
            return None;
        }
        // "30 injured fighters" counts fighters; the noun was not found, so nothing is said.
        if is_bare && n == 0 && is_state && has_object && self.analysis.tokens[at + 1].tag == Tag::Noun {
            return None;
        }
        Some(Fate::of(role_of(&word), "toll:state"))
    }

    /// "Ten people, including two children, | were killed": past what is told aside.
    fn past_aside(&self, at: usize, sentence: &Range<usize>) -> usize {
        const MAX_ASIDE: usize = 14;
        if at >= sentence.end || !self.is_any(at, &[","]) {
            return at;
        }
        let end = sentence.end.min(at + MAX_ASIDE);
        let close = (at + 1..end).find(|token| self.is_any(*token, &[","]));
        close.filter(|close| *close + 1 < sentence.end).map_or(at, |close| close + 1)
    }

    /// "The death toll rose to 31", "a toll of 12", "the wounded numbered 12", "bringing the total to 31".
    fn by_total(&self, tokens: &Range<usize>, sentence: &Range<usize>, is_bare: bool) -> Option<Fate> {
        let low = sentence.start.max(tokens.start.saturating_sub(MAX_BEFORE_TOTAL));
        let before = tokens.start.checked_sub(1).filter(|at| *at >= low)?;
        let leads = self.is_any(before, JOINTS) || self.is_any(before, REACHES);
        let leads = leads || self.is_any(before, AUXILIARIES) || self.is_any(before, BETWEEN);
        let is_former =
            self.is_any(before, &["from"]) && tokens.end < sentence.end && self.is_any(tokens.end, &["to"]);
        if !leads && !is_former {
            return None;
        }
        let noun = (low..before + 1).rev().find(|at| {
            self.is_any(*at, TOLL_NOUNS) || self.is_any(*at, DEAD_NOUNS) || self.is_any(*at, HURT_NOUNS)
        })?;
        let between = noun + 1..tokens.start;
        // Another figure or clause between them: the noun is told of that one.
        if between.clone().any(|at| self.is_any(at, &[",", ";", "who", "which", "after", "when"])) {
            return None;
        }
        let changes = between.clone().chain(low..noun).any(|at| self.is_any(at, CHANGES));
        let reaches = between.clone().any(|at| self.is_any(at, REACHES) || self.is_any(at, AUXILIARIES));
        let is_at_once = between.len() == 1 && self.is_any(before, &["of", "at"]);
        if !(changes || reaches || is_at_once) {
            return None;
        }
        // "The confirmed deaths are fourteen civilians ..."
        let is_equated =
            between.len() == 1 && self.is_any(before, AUXILIARIES) && !self.is_any(noun, TOLL_NOUNS);
        if !(is_bare || is_equated || changes && self.is_any(before, JOINTS)) {
            return None;
        }
        if is_bare && !self.stands_alone(tokens.end, sentence) {
            return None;
        }
        let role = self.role_of_total(noun, sentence)?;
        if is_former {
            return changes.then(|| Fate::of(None, "toll:former"));
        }
        let is_total = changes || self.is_any(noun, &["toll", "tally", "total"]) && reaches;
        Some(Fate { role, is_total, rule: "toll:total" })
    }

    /// What a total is a total of; `None` where nothing says that it is one of people.
    fn role_of_total(&self, noun: usize, sentence: &Range<usize>) -> Option<Option<&'static str>> {
        if self.is_any(noun, HURT_NOUNS) {
            return Some(Some(roles::INJURED));
        }
        if self.is_any(noun, &["toll"]) || self.is_any(noun, DEAD_NOUNS) {
            return Some(Some(roles::KILLED));
        }
        if self.is_any(noun, &["casualties"]) {
            return Some(None);
        }
        let near = noun.saturating_sub(MAX_BEFORE_TOTAL).max(sentence.start)
            ..(noun + MAX_BEFORE_TOTAL).min(sentence.end);
        near.filter_map(|at| role_of(&self.low(at))).next().map(Some)
    }

    /// Whether no noun follows that the number could count instead.
    fn stands_alone(&self, at: usize, sentence: &Range<usize>) -> bool {
        let mut at = at;
        while at < sentence.end && self.is_any(at, &["more", "others", "other", "each", "people"]) {
            at += 1;
        }
        if at >= sentence.end {
            return true;
        }
        !matches!(self.analysis.tokens[at].tag, Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Sym)
            || self.is_any(at, STATES)
            || self.is_any(at, &["yesterday", "today", "overnight", "so", "last", "this", "near"])
            || self.analysis.word(self.text, at).ends_with("day")
    }

    /// "Ten people, including two children": the second is a part of the first. "Four civilians and two soldiers were
    /// killed": each is a part of a whole that is not told.
    fn parts(&self, found: &mut [QuantityFound], has_fate: &[bool]) {
        for at in 0..found.len() {
            if found[at].unit != "person" {
                continue;
            }
            let tokens = self.analysis.tokens_in(found[at].span.start..found[at].span.end);
            if tokens.is_empty() {
                continue;
            }
            let low = self.sentence(tokens.start).start;
            let from = low.max(tokens.start.saturating_sub(3));
            let near: Vec<String> = (from..tokens.start).map(|at| self.low(at)).collect();
            let near: Vec<&str> = near.iter().map(String::as_str).collect();
            found[at].is_part = PART_BEFORE.iter().any(|words| near.ends_with(words));
            let Some(before) = at.checked_sub(1) else { continue };
            let between = self.text.get(found[before].span.end..found[at].span.start).unwrap_or_default();
            let is_list = matches!(between.trim(), "," | "and" | ", and")
                && found[before].unit == "person"
                && found[before].noun.is_some()
                && found[at].noun.is_some()
                && !has_fate[at]
                && (found[before].is_part || has_fate[before] || found[before].role.is_some());
            if is_list {
                found[at].role = found[before].role;
                (found[before].is_part, found[at].is_part) = (true, true);
            }
        }
    }
}

/// "Revised from 27 to 20": the figure before, and the one that holds now.
fn told_anew(text: &str, analysis: &Analysis, quantity: &QuantityFound) -> Option<[QuantityFound; 2]> {
    let words = quantity.span.of(text)?;
    let rest = words.strip_prefix("from ")?;
    let link = rest.find(" to ")?;
    let tokens = analysis.tokens_in(quantity.span.start..quantity.span.end);
    let token = analysis.tokens.get(tokens.start)?;
    let low =
        analysis.sentences[token.sentence].tokens.start.max(tokens.start.saturating_sub(MAX_BEFORE_TOTAL));
    let words = Words { text, analysis };
    let is_toll = (low..tokens.start).any(|at| {
        words.is_any(at, TOLL_NOUNS) || words.is_any(at, DEAD_NOUNS) || words.is_any(at, HURT_NOUNS)
    });
    let changes = (low..tokens.start).any(|at| words.is_any(at, CHANGES));
    if !is_toll || !changes {
        return None;
    }
    let start = quantity.span.start + "from ".len();
    let at_link = start + link;
    let one = |from: usize, to: usize| -> Option<QuantityFound> {
        let mut read = super::quantities(text.get(from..to)?);
        let mut one = (read.len() == 1).then(|| read.remove(0))?;
        one.span = Span::new(one.span.start + from, one.span.end + from);
        one.number = Span::new(one.number.start + from, one.number.end + from);
        one.noun = one.noun.map(|noun| Span::new(noun.start + from, noun.end + from));
        if one.unit.is_empty() {
            one.unit = "person".to_owned();
        }
        one.best.is_some().then_some(one)
    };
    Some([one(start, at_link)?, one(at_link + " to ".len(), quantity.span.end)?])
}

/// The role of those of whom the word is said.
fn role_of(word: &str) -> Option<&'static str> {
    let is = |lists: &[&[&str]]| lists.iter().any(|list| list.contains(&word));
    if is(&[WOUND, HURT, HURT_NOUNS]) {
        Some(roles::INJURED)
    } else if is(&[KILL, DEAD, DEAD_NOUNS]) {
        Some(roles::KILLED)
    } else {
        None
    }
}
