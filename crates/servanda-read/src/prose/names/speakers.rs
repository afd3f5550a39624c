//! "I" and "we" within quoted words are whoever speaks them.

use crate::prose::{Mention, Utterance, Who};

/// The rule of pronouns of the first person, before [`speakers`] has looked at them.
pub(super) const FIRST_PERSON: &str = "pronoun:first-person";

/// Resolves pronouns of the first person by the utterance that holds them: to whoever is its source. Outside of every
/// utterance, and where the source is not known, they stay unresolved.
pub fn speakers(mentions: &mut [Mention], utterances: &[Utterance]) {
    let sources: Vec<Option<Who>> = utterances
        .iter()
        .map(|utterance| {
            let by_head = utterance.source_head.and_then(|head| super::mention_at(mentions, head));
            let within = || {
                let span = utterance.source?;
                let first = mentions.partition_point(|mention| mention.span.start < span.start);
                mentions[first..]
                    .iter()
                    .take_while(|mention| mention.span.start < span.end)
                    .filter(|mention| mention.span.end <= span.end)
                    .max_by_key(|mention| mention.span.len())
            };
            by_head.or_else(within).map(|mention| mention.who.clone())
        })
        .collect();
    // Contents in the order of their beginnings, so that each pronoun looks only at those around it.
    let mut contents: Vec<(usize, usize, usize)> = Vec::new();
    for (ix, utterance) in utterances.iter().enumerate() {
        contents.extend(utterance.content.iter().map(|span| (span.start, span.end, ix)));
    }
    contents.sort_unstable();
    for mention in mentions.iter_mut().filter(|mention| mention.rule == FIRST_PERSON) {
        let end = contents.partition_point(|(start, ..)| *start <= mention.span.start);
        // The innermost is the last to begin that has not ended; nesting is shallow in any text that people wrote.
        const MAX_LOOKED_AT: usize = 64;
        let innermost =
            contents[..end].iter().rev().take(MAX_LOOKED_AT).find(|(_, last, _)| mention.span.end <= *last);
        if let Some(who) = innermost.and_then(|(.., ix)| sources[*ix].clone()) {
            mention.who = who;
            mention.rule = "pronoun:speaker";
        }
    }
}
