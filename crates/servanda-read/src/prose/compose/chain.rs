//! Through whom do we know it? Speaker, cue and chain of attribution.

use servanda_model::{Attribution, AttributionRole, Claim, Cue, Modality, Name, QuoteType, Span};

use super::parties::named;
use super::{Layers, Setting, hedged, sentences_of};
use crate::prose::Utterance;

/// The utterances within which some words stand, outermost first.
pub(super) struct Chain<'a> {
    utterances: Vec<&'a Utterance>,
    links: Vec<Attribution>,
    speaker: Option<Name>,
}

impl<'a> Chain<'a> {
    /// The chain of the words at byte `at`.
    pub fn of(layers: &Layers<'a>, setting: &Setting<'_>, at: usize) -> Chain<'a> {
        let holds = |content: &Span| content.start <= at && at < content.end;
        let is_cue = |utterance: &Utterance| {
            utterance
                .cue
                .is_some_and(|cue| cue.start <= at && at < cue.end && !utterance.content.iter().any(holds))
        };
        let sentence = sentences_of(layers.analysis, Span::new(at, at + 1)).start;
        let mut utterances: Vec<&Utterance> = layers
            .index
            .utterances(sentence)
            .iter()
            .map(|utterance| &layers.utterances[*utterance])
            .filter(|utterance| utterance.content.iter().any(holds) && !is_cue(utterance))
            .collect();
        utterances.sort_by_key(|utterance| {
            std::cmp::Reverse(utterance.content.iter().map(Span::len).sum::<usize>())
        });
        let mut links: Vec<Attribution> = setting
            .publisher
            .map(|name| Attribution { role: AttributionRole::Narrator, name: name.clone() })
            .into_iter()
            .collect();
        let mut speaker = None;
        for utterance in utterances.iter().filter(|utterance| utterance.is_communication) {
            let who = utterance.source_head.and_then(|head| named(layers, head));
            let Some(who) = who else { continue };
            if links.last().is_none_or(|last| last.name != who) {
                links.push(Attribution { role: AttributionRole::Source, name: who.clone() });
            }
            speaker = Some(who);
        }
        Chain { utterances, links, speaker }
    }

    /// The innermost utterance whose cue says that something is said.
    fn innermost(&self) -> Option<&'a Utterance> {
        self.utterances.iter().rev().find(|utterance| utterance.is_communication).copied()
    }

    /// Who says it in the end, where the words name someone.
    pub fn speaker(&self) -> Option<&Name> {
        self.speaker.as_ref()
    }

    /// Writes speaker, cue, chain and the sort of quotation into a claim.
    pub fn write(&self, layers: &Layers<'_>, claim: &mut Claim) {
        if !self.links.iter().all(|link| link.role == AttributionRole::Narrator) {
            claim.attribution = self.links.clone();
        }
        let Some(utterance) = self.innermost() else { return };
        claim.speaker = self.speaker.clone();
        claim.speaker_span = utterance.source.map(|span| layers.prose.origin(span));
        claim.cue =
            utterance.cue.map(|span| Cue { text: layers.words(span), span: layers.prose.origin(span) });
        claim.quote_type = match utterance.quote_type {
            QuoteType::None => QuoteType::Indirect,
            stated => stated,
        };
        claim.rule.push(format!("attribution:{}", utterance.rule));
        let hedge = self.utterances.iter().map(|utterance| utterance.modality);
        let hedge = hedge.fold(Modality::Actual, hedged);
        claim.modality = hedged(claim.modality, hedge);
    }
}
