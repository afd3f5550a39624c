//! Who acts, and on whom? And whose names are left out?

use std::ops::Range;

use servanda_language::{Analysis, Fine, Relation};
use servanda_model::{ActorKind, Claim, ClaimKind, Name, Span};

use super::amounts::contains;
use super::chain::Chain;
use super::{Layers, Setting, is_quoted, others, sentences_of, voices};
use crate::prose::{Mention, MentionSort, Proposition, Who};

/// Writes actors and those acted upon into a claim.
pub(super) fn write(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    proposition: &Proposition,
    chain: &Chain<'_>,
    claim: &mut Claim,
) {
    let who = |head: usize, claim: &Claim| -> Vec<Name> {
        if is_first_person(layers, head) {
            return first_person(layers, setting, head, chain, claim);
        }
        if let Some(both) = pair(layers, head) {
            return both;
        }
        let both = others::together(layers, setting.directory, head);
        if !both.is_empty() {
            return both;
        }
        let of_states =
            if claim.kind == ClaimKind::Meeting { others::sent_by(layers, head) } else { Vec::new() };
        if !of_states.is_empty() {
            return of_states;
        }
        named(layers, head).into_iter().collect()
    };
    for (heads, is_actor) in [(&proposition.roles.actors, true), (&proposition.roles.targets, false)] {
        let mut list: Vec<Name> = Vec::new();
        for head in layers.coordinated(heads) {
            let head = &head;
            let found = who(*head, claim);
            if found.is_empty() {
                continue;
            }
            for one in found {
                if !list.contains(&one) {
                    list.push(one);
                }
            }
            if let Some(mention) = layers.mention(*head) {
                claim.rule.push(format!("{}:{}", if is_actor { "actor" } else { "target" }, mention.rule));
            }
        }
        if is_actor { claim.actors = list } else { claim.targets = list }
    }
    // "We cannot look away": "we" is everybody.
    if claim.rule.iter().any(|rule| rule == "modality:cannot") {
        claim.actors.clear();
        return;
    }
    if claim.targets.is_empty() && others::acts_upon(claim.kind) {
        let patients = layers.coordinated(&others::patients(layers, proposition));
        claim.targets = patients.iter().flat_map(|head| who(*head, claim)).collect();
        claim.targets.retain(|name| !claim.actors.contains(name));
        claim.targets.dedup();
    }
    if claim.actors.is_empty() && (is_attitude(claim.kind) || !is_speech(layers, proposition)) {
        let stand_ins = layers.coordinated(&stand_ins(layers, proposition));
        claim.actors = stand_ins.iter().flat_map(|head| who(*head, claim)).collect();
        claim.actors.retain(|name| !claim.targets.contains(name));
        claim.actors.dedup();
        if !claim.actors.is_empty() {
            claim.rule.push("actor:from-phrase".to_owned());
        }
    }
    if claim.actors.is_empty() && announces_itself(layers, proposition) {
        // "The North announced a withdrawal": its own, where nobody else's is said.
        claim.actors.extend(claim.speaker.clone());
    }
    if claim.actors.is_empty() && claim.kind == ClaimKind::Statement {
        // "The league is banned": how things stand with somebody is said of him.
        let is_subject = |head: &&usize| layers.analysis.tokens[**head].relation == Relation::NsubjPass;
        let subjects = proposition.roles.targets.iter().filter(is_subject);
        claim.actors = subjects.flat_map(|head| who(*head, claim)).collect();
    }
    if claim.kind == ClaimKind::Statement {
        claim.actors.dedup();
    }
    if is_speech(layers, proposition) && !is_attitude(claim.kind) {
        // "Officials outlined the plan": they speak, and whoever acts stands within what they say.
        let said = claim.span;
        let within = |name: &Name| {
            let heads = layers.coordinated(&proposition.roles.actors);
            heads.iter().any(|head| {
                let token = &layers.analysis.tokens[*head];
                contains(said, layers.prose.origin(Span::new(token.start, token.end)))
                    && who(*head, claim).contains(name)
            })
        };
        let kept: Vec<Name> = claim.actors.iter().filter(|name| within(name)).cloned().collect();
        claim.actors = kept;
    }
    claim.targets.retain(|name| !claim.actors.contains(name));
}

/// Whether the claim is a noun that its speaker announces, promises or admits.
fn announces_itself(layers: &Layers<'_>, proposition: &Proposition) -> bool {
    let analysis = layers.analysis;
    let at = proposition.predicate;
    if !matches!(analysis.tokens[at].tag, servanda_language::Tag::Noun) || !is_deed(proposition) {
        return false;
    }
    matches!(
        analysis.lemma(analysis.tokens[at].head),
        "announce" | "promise" | "pledge" | "admit" | "declare" | "confirm" | "threaten" | "offer"
    )
}

/// Whether the word that carries the claim is itself one of saying.
fn is_speech(layers: &Layers<'_>, proposition: &Proposition) -> bool {
    let at = &layers.analysis.tokens[proposition.predicate];
    layers.index.utterances(at.sentence).iter().map(|utterance| &layers.utterances[*utterance]).any(|one| {
        one.is_communication && one.cue.is_some_and(|cue| cue.start <= at.start && at.start < cue.end)
    })
}

/// Whether a claim is about what somebody wants, promises or did, so that who says it is also whose it is ("admitted the
/// shelling", "demands guarantees").
fn is_attitude(kind: ClaimKind) -> bool {
    matches!(kind, ClaimKind::Position | ClaimKind::Pledge | ClaimKind::Meeting | ClaimKind::Event)
}

/// Tokens that may say who acts where the frame's roles name nobody: the adjective or possessor of an event noun ("a
/// Northern strike", "the North's objection") or of the subject that stands for its agent; else the subject of the clause,
/// its own or the one that it shares.
fn stand_ins(layers: &Layers<'_>, proposition: &Proposition) -> Vec<usize> {
    let analysis = layers.analysis;
    let subject = subject(analysis, proposition.predicate);
    let heads = proposition.roles.actors.iter().copied().chain([proposition.predicate]).chain(subject);
    for head in heads {
        let modifiers: Vec<usize> = analysis
            .children(head)
            .filter(|child| {
                matches!(
                    analysis.tokens[*child].relation,
                    Relation::Amod | Relation::NmodPoss | Relation::Compound | Relation::NmodUnmarked
                )
            })
            .filter(|child| layers.mention(*child).is_some_and(|found| found.head == *child))
            .collect();
        if !modifiers.is_empty() && is_deed(proposition) {
            return modifiers;
        }
    }
    subject.into_iter().collect()
}

/// The subject of a predicate; of a relative clause what it is about; of a further verb that of the verb before it.
fn subject(analysis: &Analysis, predicate: usize) -> Option<usize> {
    const MAX_STEPS: usize = 3;
    let mut at = predicate;
    for _ in 0..MAX_STEPS {
        if analysis.child(at, Relation::NsubjPass).is_some() {
            return None;
        }
        let token = &analysis.tokens[at];
        if analysis.child(at, Relation::Csubj).is_some() {
            return None;
        }
        if let Some(subject) = analysis.child(at, Relation::Nsubj) {
            let is_relative = matches!(analysis.tokens[subject].fine, Fine::Wdt | Fine::Wp)
                || analysis.lemma(subject) == "that" && token.relation == Relation::AclRelcl;
            return Some(if is_relative && token.relation == Relation::AclRelcl {
                token.head
            } else {
                subject
            });
        }
        let shares = matches!(token.relation, Relation::Conj | Relation::Xcomp)
            || token.relation == Relation::Advcl && token.fine == Fine::Vbg;
        if !shares || token.head == at {
            return None;
        }
        at = token.head;
    }
    None
}

/// Whether the proposition is about a deed, which has a doer.
fn is_deed(proposition: &Proposition) -> bool {
    matches!(
        proposition.kind,
        ClaimKind::Event | ClaimKind::Position | ClaimKind::Pledge | ClaimKind::Meeting | ClaimKind::Body
    )
}

/// Who is meant by the noun phrase that a token carries; `None` where nobody is, or nobody who may be recorded.
///
/// A private person of whom only the name is given is nobody here.
pub(super) fn named(layers: &Layers<'_>, head: usize) -> Option<Name> {
    match &layers.mention(head)?.who {
        Who::Known(name) => Some(name.clone()),
        Who::Described { words, .. } => Some(Name::new(words)),
        Who::Private | Who::Unresolved => None,
    }
}

/// The declared actors that described ones belong to.
pub(super) fn kin<'a>(layers: &'a Layers<'_>, heads: &'a [usize]) -> impl Iterator<Item = Name> + 'a {
    heads.iter().filter_map(|head| match &layers.mention(*head)?.who {
        Who::Described { of, .. } => of.clone(),
        _ => None,
    })
}

/// "The two leaders", and "they" who are those: the last two offices that the text named before.
fn pair(layers: &Layers<'_>, head: usize) -> Option<Vec<Name>> {
    /// Mentions that are looked back over.
    const MAX_BACK: usize = 40;
    const NOUNS: [&str; 5] = ["leader", "president", "minister", "official", "counterpart"];
    let analysis = layers.analysis;
    let mention = layers.mention(head)?;
    let Who::Described { words, of: None, .. } = &mention.who else { return None };
    let is_two = analysis
        .children(head)
        .any(|child| matches!(analysis.lemma(child).to_lowercase().as_str(), "two" | "both"));
    let is_noun = NOUNS.contains(&analysis.lemma(head)) && is_two;
    let is_they = mention.sort == MentionSort::Pronoun && words == "leaders";
    if !is_noun && !is_they {
        return None;
    }
    let end = layers.mentions.partition_point(|other| other.span.start < mention.span.start);
    let mut found: Vec<Name> = Vec::new();
    for other in layers.mentions[..end].iter().rev().take(MAX_BACK) {
        let is_office = matches!(&other.who, Who::Described { kind: ActorKind::Office, of: Some(_), .. })
            && matches!(analysis.tokens[other.head].fine, Fine::Nn | Fine::Nnp);
        let is_one = other.sort == MentionSort::Office || other.rule == "person:described" || is_office;
        let Some(name) = voices::name(&other.who).filter(|_| is_one) else { continue };
        if !found.contains(&name) {
            found.insert(0, name);
        }
        if found.len() == 2 {
            return Some(found);
        }
    }
    None
}

/// "I" and "we": whoever is quoted or has the turn, else the authors whom the title names. "We" is what they stand for: an
/// envoy's state, a spokesperson's ministry's state, a party's own.
fn first_person(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    head: usize,
    chain: &Chain<'_>,
    claim: &Claim,
) -> Vec<Name> {
    let word = layers.analysis.word(&layers.prose.text, head).to_lowercase();
    let is_one = matches!(word.as_str(), "i" | "me" | "my" | "mine" | "myself");
    let by_mention = layers.mention(head).map(|mention| mention.who.clone());
    let by_mention = by_mention.filter(|who| matches!(who, Who::Known(_) | Who::Described { .. }));
    let who = by_mention.or_else(|| chain.speaker_who().filter(|_| is_quoted(claim.quote_type)).cloned());
    let speakers = match who {
        Some(who) => vec![who],
        None if is_quoted(claim.quote_type) => Vec::new(),
        None => setting.authors.to_vec(),
    };
    let mut names: Vec<Name> = Vec::new();
    for who in &speakers {
        let meant = if is_one { voices::name(who) } else { voices::whole(setting.directory, who) };
        names.extend(meant.filter(|name| !names.contains(name)));
    }
    if is_one && names.len() > 1 { Vec::new() } else { names }
}

fn is_first_person(layers: &Layers<'_>, head: usize) -> bool {
    let word = layers.analysis.word(&layers.prose.text, head);
    matches!(word, "I" | "We" | "we" | "me" | "us" | "my" | "My" | "our" | "Our" | "ourselves")
}

impl Layers<'_> {
    /// The mention that a token carries, or else the smallest one that holds it.
    pub fn mention(&self, head: usize) -> Option<&Mention> {
        if let Some(at) = self.index.mention_of_head(head) {
            return Some(&self.mentions[at]);
        }
        let sentence = self.analysis.tokens.get(head)?.sentence;
        let holding = self
            .index
            .mentions(sentence)
            .iter()
            .map(|at| &self.mentions[*at])
            .filter(|mention| mention.tokens.contains(&head) && mention.sort != MentionSort::Demonym);
        holding.min_by_key(|mention| mention.tokens.len())
    }

    /// These heads and those that stand in one list with them: "the North, the South and other states".
    pub fn coordinated(&self, heads: &[usize]) -> Vec<usize> {
        let mut all: Vec<usize> = Vec::new();
        for head in heads {
            let list = self.list_around(*head);
            all.extend(if list.is_empty() { vec![*head] } else { list });
        }
        // "Several states, including the North": both those and the one that is named.
        let named: Vec<usize> = all.iter().flat_map(|head| self.included(*head)).collect();
        all.extend(named);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Those whom "including" or "particularly" names among a group.
    fn included(&self, head: usize) -> Vec<usize> {
        let children = self.analysis.children(head).filter(|child| {
            *child > head
                && self.analysis.tokens[*child].relation == Relation::Nmod
                && self.analysis.child(*child, Relation::Case).is_some_and(|case| {
                    self.analysis.lemma(case) == "include"
                        || self.analysis.word(&self.prose.text, case) == "including"
                })
        });
        let is_known =
            |child: &usize| self.mention(*child).is_some_and(|one| matches!(one.who, Who::Known(_)));
        let children: Vec<usize> = children.filter(is_known).collect();
        let lists = children.iter().map(|child| {
            let list = self.list_around(*child);
            if list.is_empty() { vec![*child] } else { list }
        });
        lists.flatten().collect()
    }

    /// The heads of the list of mentions that a token's mention stands in; empty where it stands alone. A list has "and"
    /// or "or" before its last part, and nothing but commas and articles between the others.
    fn list_around(&self, head: usize) -> Vec<usize> {
        let Some(own) = self.mention(head) else { return Vec::new() };
        let sentence = self.analysis.tokens[head].sentence;
        let mut near: Vec<&Mention> = self
            .index
            .mentions(sentence)
            .iter()
            .map(|at| &self.mentions[*at])
            .filter(|mention| !matches!(mention.sort, MentionSort::Demonym | MentionSort::Pronoun))
            .filter(|mention| mention.tokens == own.tokens || !overlaps(&mention.tokens, &own.tokens))
            .collect();
        near.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.len())));
        near.dedup_by(|later, first| overlaps(&later.tokens, &first.tokens));
        let Some(at) = near.iter().position(|mention| mention.tokens == own.tokens) else {
            return Vec::new();
        };
        let link = |first: &Mention, second: &Mention| self.link(first.tokens.end..second.tokens.start);
        let (mut from, mut to) = (at, at);
        let mut has_and = false;
        while from > 0 {
            let Some(is_and) = link(near[from - 1], near[from]) else { break };
            has_and |= is_and;
            from -= 1;
        }
        while to + 1 < near.len() && !(has_and && to > at) {
            let Some(is_and) = link(near[to], near[to + 1]) else { break };
            has_and |= is_and;
            to += 1;
        }
        if has_and { near[from..=to].iter().map(|mention| mention.head).collect() } else { Vec::new() }
    }

    /// Whether what stands between two mentions makes them parts of a list, and whether by "and" or "or".
    fn link(&self, between: Range<usize>) -> Option<bool> {
        const MAX_TOKENS: usize = 4;
        if between.is_empty() || between.len() > MAX_TOKENS {
            return None;
        }
        let mut is_and = false;
        for token in between {
            match self.analysis.word(&self.prose.text, token) {
                "and" | "or" | "&" => is_and = true,
                "," | "the" | "a" | "an" | "both" | "other" | "several" | "some" | "many" => {}
                _ => return None,
            }
        }
        Some(is_and)
    }

    /// Words without the names of private persons: `[...]` stands for each. A single word counts as a person's name only
    /// where it is part of a full one in the same text; else it may be a place that nobody declared.
    pub fn without_names(&self, span: Span, words: String) -> String {
        let mut words = words;
        for sentence in sentences_of(self.analysis, span) {
            for mention in self.index.mentions(sentence).iter().map(|at| &self.mentions[*at]) {
                let name = mention.span.of(&self.prose.text).unwrap_or_default();
                let is_person = super::super::names::names_private_person(mention)
                    && (name.contains(char::is_whitespace) || self.index.is_part_of_name(name));
                if is_person && contains(span, mention.span) {
                    words = without(&words, name);
                }
            }
        }
        words
    }
}

/// Words with `[...]` wherever a name stands as a whole word: "Ann" is no part of "Annex".
fn without(words: &str, name: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut from = 0;
    for (at, _) in words.match_indices(name) {
        let before = words[..at].chars().next_back();
        let after = words[at + name.len()..].chars().next();
        let is_whole = [before, after].iter().all(|near| near.is_none_or(|near| !near.is_alphanumeric()));
        if is_whole {
            out.push_str(&words[from..at]);
            out.push_str("[...]");
            from = at + name.len();
        }
    }
    out.push_str(&words[from..]);
    out
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_left_out_where_they_are_whole_words() {
        assert_eq!(
            without("Ost waits at the Ostrava post, Ost's own", "Ost"),
            "[...] waits at the Ostrava post, [...]'s own"
        );
        assert_eq!(without("nobody", "Ost"), "nobody");
        assert_eq!(without("Ost", "Ost"), "[...]");
    }
}
