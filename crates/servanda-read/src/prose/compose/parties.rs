//! Who acts, and on whom? And whose names are left out?

use servanda_language::Relation;
use servanda_model::{Claim, ClaimKind, Name, Span};

use super::amounts::contains;
use super::chain::Chain;
use super::{Layers, Setting, is_quoted, sentences_of};
use crate::prose::{Mention, MentionSort, Proposition, Who};

/// Writes actors and those acted upon into a claim.
pub(super) fn write(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    proposition: &Proposition,
    chain: &Chain<'_>,
    claim: &mut Claim,
) {
    let who = |head: usize, claim: &Claim| -> Option<Name> {
        if is_first_person(layers, head) {
            return first_person(layers, setting, head, chain, claim);
        }
        named(layers, head)
    };
    for (heads, is_actor) in [(&proposition.roles.actors, true), (&proposition.roles.targets, false)] {
        let mut list: Vec<Name> = Vec::new();
        for head in heads {
            let Some(who) = who(*head, claim) else { continue };
            if !list.contains(&who) {
                list.push(who);
            }
            if let Some(mention) = layers.mention(*head) {
                claim.rule.push(format!("{}:{}", if is_actor { "actor" } else { "target" }, mention.rule));
            }
        }
        if is_actor { claim.actors = list } else { claim.targets = list }
    }
    if claim.actors.is_empty() {
        let stand_ins = stand_ins(layers, proposition);
        claim.actors = stand_ins.iter().filter_map(|head| who(*head, claim)).collect();
        claim.actors.dedup();
        if !claim.actors.is_empty() {
            claim.rule.push("actor:from-phrase".to_owned());
        }
    }
}

/// Tokens that may say who acts where the frame's roles name nobody: the adjective or possessor of an event noun ("a
/// Northern strike", "the North's objection"), or of the subject that stands for its agent; the subject of a clause about it.
fn stand_ins(layers: &Layers<'_>, proposition: &Proposition) -> Vec<usize> {
    let analysis = layers.analysis;
    let subject = |relation| analysis.child(proposition.predicate, relation);
    let nominal = [Some(proposition.predicate), subject(Relation::Nsubj)];
    let heads = proposition.roles.actors.iter().copied().chain(nominal.into_iter().flatten());
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
    match (proposition.frame.is_none(), subject(Relation::Nsubj)) {
        (true, Some(subject)) => vec![subject],
        _ => Vec::new(),
    }
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

/// "I" and "we": whoever is quoted, else the author whom the title names; "we" outside of quotation marks is the whole that
/// the author speaks for.
fn first_person(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    head: usize,
    chain: &Chain<'_>,
    claim: &Claim,
) -> Option<Name> {
    if is_quoted(claim.quote_type) {
        return named(layers, head).or_else(|| chain.speaker().cloned());
    }
    named(layers, head).or_else(|| {
        let author = setting.author?;
        let is_one = matches!(layers.analysis.lemma(head).to_lowercase().as_str(), "i" | "me" | "my");
        let whole = setting.directory.actor(author).and_then(|actor| actor.member_of.first());
        Some(whole.filter(|_| !is_one).map_or_else(|| author.clone(), |whole| whole.of.clone()))
    })
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

    /// Words without the names of private persons: `[...]` stands for each.
    pub fn without_names(&self, span: Span, words: String) -> String {
        let mut words = words;
        for sentence in sentences_of(self.analysis, span) {
            for mention in self.index.mentions(sentence).iter().map(|at| &self.mentions[*at]) {
                let name = mention.span.of(&self.prose.text).unwrap_or_default();
                if mention.who == Who::Private && contains(span, mention.span) && !name.is_empty() {
                    words = words.replace(name, "[...]");
                }
            }
        }
        words
    }
}
