//! Through whom do we know it? Speaker, cue and chain of attribution.

use servanda_language::Relation;
use servanda_model::{
    ActorKind, Attribution, AttributionRole, Claim, ClaimKind, Cue, Modality, QuoteType, Span,
};

use super::amounts::contains;
use super::turns::{Turn, turn_at};
use super::{Layers, Setting, hedged, sentences_of, voices};
use crate::prose::{Mention, Proposition, Utterance, Who};

/// The utterances within which some words stand, outermost first.
pub(super) struct Chain<'a> {
    utterances: Vec<&'a Utterance>,
    links: Vec<Attribution>,
    speaker: Option<Who>,
    turn: Option<&'a Turn>,
    /// First byte of the claim's own predicate.
    at: usize,
}

impl<'a> Chain<'a> {
    /// The chain of a proposition: of the words that its predicate stands in, or, where the predicate is itself the word
    /// that says so ("have expressed a reluctance"), of those that it leads to.
    pub fn of(layers: &Layers<'a>, setting: &Setting<'_>, proposition: &Proposition) -> Chain<'a> {
        let at = &layers.analysis.tokens[proposition.predicate];
        let turn = turn_at(layers.turns, proposition.span.start);
        let mut utterances: Vec<&Utterance> = layers
            .index
            .utterances(at.sentence)
            .iter()
            .map(|utterance| &layers.utterances[*utterance])
            .filter(|utterance| holds(utterance, at.start, proposition.span))
            .filter(|utterance| !is_aside(layers, utterance, proposition.predicate))
            // To discuss something is to meet over it.
            .filter(|utterance| {
                proposition.kind != ClaimKind::Meeting
                    || !utterance.cue.is_some_and(|cue| cue.start <= at.start && at.start < cue.end)
            })
            .filter(|utterance| {
                !is_own_voice(layers, utterance, turn.is_some()) && !is_to_come(layers, utterance)
            })
            .collect();
        utterances.sort_by_key(|utterance| {
            std::cmp::Reverse(utterance.content.iter().map(Span::len).sum::<usize>())
        });
        let mut links: Vec<Attribution> = setting
            .publisher
            .map(|name| Attribution { role: AttributionRole::Narrator, name: name.clone() })
            .into_iter()
            .collect();
        let mut speaker = turn.and_then(|turn| whose(layers, setting, turn));
        if let Some(name) = speaker.as_ref().and_then(voices::name) {
            links.push(Attribution { role: AttributionRole::Source, name });
        }
        for utterance in utterances.iter().filter(|utterance| utterance.is_communication) {
            speaker = source(layers, utterance);
            let Some(name) = speaker.as_ref().and_then(voices::name) else { continue };
            if links.last().is_none_or(|last| last.name != name) {
                links.push(Attribution { role: AttributionRole::Source, name });
            }
        }
        Chain { utterances, links, speaker, turn, at: at.start }
    }

    /// The innermost utterance whose cue says that something is said.
    pub fn innermost(&self) -> Option<&'a Utterance> {
        self.utterances.iter().rev().find(|utterance| utterance.is_communication).copied()
    }

    /// Who says it in the end, where the words name someone.
    pub fn speaker_who(&self) -> Option<&Who> {
        self.speaker.as_ref()
    }

    /// Writes speaker, cue, chain and the sort of quotation into a claim.
    pub fn write(&self, layers: &Layers<'_>, claim: &mut Claim) {
        if !self.links.iter().all(|link| link.role == AttributionRole::Narrator) {
            claim.attribution = self.links.clone();
        }
        claim.speaker = self.speaker.as_ref().and_then(voices::name);
        let Some(utterance) = self.innermost() else {
            if let Some(turn) = self.turn {
                claim.speaker_span = Some(layers.prose.origin(turn.label));
                claim.quote_type = QuoteType::Direct;
                claim.rule.push("attribution:turn".to_owned());
            }
            return;
        };
        claim.speaker_span = utterance.source.map(|span| layers.prose.origin(span));
        claim.cue =
            utterance.cue.map(|span| Cue { text: layers.words(span), span: layers.prose.origin(span) });
        claim.quote_type = match utterance.quote_type {
            QuoteType::None => QuoteType::Indirect,
            stated => stated,
        };
        claim.rule.push(format!("attribution:{}", utterance.rule));
        // How a promise or demand holds its content, its own claim knows itself.
        let others = self
            .utterances
            .iter()
            .filter(|utterance| !utterance.cue.is_some_and(|cue| cue.start <= self.at && self.at < cue.end));
        let hedge = others.map(|utterance| utterance.modality);
        let hedge = hedge.fold(Modality::Actual, hedged);
        claim.modality = hedged(claim.modality, hedge);
    }
}

/// "We urge", "I condemn" outside of quotation marks and turns: the document speaks itself, nobody is quoted.
fn is_own_voice(layers: &Layers<'_>, utterance: &Utterance, has_turn: bool) -> bool {
    let text = &layers.prose.text;
    let is_first = |span: Span| {
        let words = span.of(text).unwrap_or_default().to_lowercase();
        matches!(words.as_str(), "we" | "i" | "we all" | "we both") || words.starts_with("we, ")
    };
    let is_mute = utterance.source.is_some_and(is_first)
        && matches!(utterance.quote_type, QuoteType::None | QuoteType::Indirect)
        && utterance.parent.is_none();
    let is_resolved = utterance
        .source_head
        .and_then(|head| layers.mention(head))
        .is_some_and(|mention| matches!(mention.who, Who::Known(_) | Who::Described { .. }));
    is_mute && !has_turn && !is_resolved
}

/// What will be said has not been said.
fn is_to_come(layers: &Layers<'_>, utterance: &Utterance) -> bool {
    let Some(cue) = utterance.cue.filter(|_| utterance.quote_type != QuoteType::Direct) else { return false };
    let tokens = layers.analysis.tokens_in(cue.start..cue.end);
    let first = tokens.start.saturating_sub(1)..tokens.end;
    first.into_iter().any(|token| {
        matches!(layers.analysis.word(&layers.prose.text, token), "will" | "shall" | "’ll" | "'ll")
    })
}

/// Whether an utterance says what stands at `at`, a byte of `span`.
fn holds(utterance: &Utterance, at: usize, span: Span) -> bool {
    let is_in = |part: &Span| part.start <= at && at < part.end;
    if utterance.content.iter().any(is_in) {
        return true;
    }
    let shared = |part: &Span| part.end.min(span.end).saturating_sub(part.start.max(span.start));
    let by_cue = utterance.cue.as_ref().is_some_and(is_in);
    // "The step was condemned by the South": what stands at the cue is the attitude itself.
    by_cue
        && (utterance.rule == "verb-passive"
            || utterance.content.iter().map(shared).sum::<usize>() * 2 > span.len())
}

/// "Denounced the pact in which the towns had agreed on a line": what a relative clause tells of a thing that somebody
/// denounced or asked for is told by whoever reports that, and not by him.
fn is_aside(layers: &Layers<'_>, utterance: &Utterance, predicate: usize) -> bool {
    const MAX_STEPS: usize = 6;
    if utterance.quote_type == QuoteType::Direct
        || !matches!(utterance.rule, "verb-object" | "verb-infinitive" | "verb-passive")
    {
        return false;
    }
    let tokens = &layers.analysis.tokens;
    let is_said = |at: usize| {
        let start = tokens[at].start;
        utterance.content.iter().any(|part| part.start <= start && start < part.end)
    };
    let up = std::iter::successors(Some(predicate), |at| Some(tokens[*at].head));
    up.take(MAX_STEPS).take_while(|at| is_said(*at)).any(|at| tokens[at].relation == Relation::AclRelcl)
}

/// Who is named as its source: by the token that carries the phrase, else by the widest mention in its words.
fn source(layers: &Layers<'_>, utterance: &Utterance) -> Option<Who> {
    utterance.source_head.and_then(|head| meant(layers.mention(head))).or_else(|| {
        let span = utterance.source?;
        let sentences = sentences_of(layers.analysis, span);
        let within =
            sentences.flat_map(|sentence| layers.index.mentions(sentence)).map(|at| &layers.mentions[*at]);
        let widest =
            within.filter(|mention| contains(span, mention.span)).max_by_key(|mention| mention.span.len());
        meant(widest.and_then(|mention| layers.mention(mention.head)))
    })
}

/// Who is meant, where somebody is.
fn meant(mention: Option<&Mention>) -> Option<Who> {
    mention
        .map(|mention| mention.who.clone())
        .filter(|who| matches!(who, Who::Known(_) | Who::Described { .. }))
}

/// Whose turn it is: the mention in the label; the office of that title in the state or organisation of the document's author;
/// else an office as the label words it. Names alone are nobody's.
fn whose(layers: &Layers<'_>, setting: &Setting<'_>, turn: &Turn) -> Option<Who> {
    let sentence = sentences_of(layers.analysis, turn.label).start;
    let mentions = layers.index.mentions(sentence).iter().map(|at| &layers.mentions[*at]);
    let within = mentions.filter(|mention| contains(turn.label, mention.span));
    let named = meant(within.max_by_key(|mention| mention.span.len()));
    let named = named.map(|who| match who {
        // A label in capitals is no name.
        Who::Described { words, kind, of } if is_shouted(&layers.words(turn.label)) => {
            let small = if of.is_none() { words.to_lowercase() } else { words };
            Who::Described { words: small, kind, of }
        }
        other => other,
    });
    if let Some(Who::Known(_)) = named {
        return named;
    }
    let label = layers.words(turn.label).to_lowercase();
    let words: Vec<&str> = label.split_whitespace().filter(|word| *word != "the").collect();
    let title = words.join(" ");
    let office = setting.authors.iter().find_map(|author| {
        let whole = voices::whole(setting.directory, author)?;
        setting.directory.titled(&whole, &title).cloned()
    });
    let is_office = words.last().is_some_and(|last| OFFICES.contains(last));
    office.map(Who::Known).or(named).or_else(|| {
        let kind = ActorKind::Office;
        is_office.then_some(Who::Described { words: title, kind, of: None })
    })
}

fn is_shouted(words: &str) -> bool {
    !words.chars().any(char::is_lowercase)
}

/// Offices that labels of transcripts name without a person.
const OFFICES: [&str; 14] = [
    "president",
    "minister",
    "secretary",
    "chancellor",
    "premier",
    "ambassador",
    "envoy",
    "spokesperson",
    "official",
    "commander",
    "moderator",
    "chair",
    "king",
    "representative",
];
