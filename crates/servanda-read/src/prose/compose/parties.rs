//! Who acts, and on whom? And whose names are left out?

use servanda_model::{Claim, Name, Span};

use super::amounts::contains;
use super::chain::Chain;
use super::{Layers, is_quoted, sentences_of};
use crate::prose::{Mention, MentionSort, Proposition, Who};

/// Writes actors and those acted upon into a claim.
pub(super) fn write(layers: &Layers<'_>, proposition: &Proposition, chain: &Chain<'_>, claim: &mut Claim) {
    for (heads, is_actor) in [(&proposition.roles.actors, true), (&proposition.roles.targets, false)] {
        let mut list: Vec<Name> = Vec::new();
        for head in heads {
            let mut who = named(layers, *head);
            if who.is_none() && is_first_person(layers, *head) && is_quoted(claim.quote_type) {
                who = chain.speaker().cloned();
            }
            let Some(who) = who else { continue };
            if !list.contains(&who) {
                list.push(who);
            }
            if let Some(mention) = layers.mention(*head) {
                claim.rule.push(format!("{}:{}", if is_actor { "actor" } else { "target" }, mention.rule));
            }
        }
        if is_actor { claim.actors = list } else { claim.targets = list }
    }
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

fn is_first_person(layers: &Layers<'_>, head: usize) -> bool {
    matches!(layers.analysis.lemma(head).to_lowercase().as_str(), "i" | "we" | "me" | "us" | "my" | "our")
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
