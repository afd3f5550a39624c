//! What do the layers amount to? One claim for each proposition that an analyst would file.

mod amounts;
mod casualties;
mod chain;
mod duplicates;
mod index;
mod moments;
mod others;
mod parties;
mod rest;
mod tallies;
mod turns;
mod voices;
mod weigh;
mod worth;

use servanda_language::{Analysis, Relation};
use servanda_model::{
    Claim, ClaimKind, Condition, DocumentId, Instant, Modality, Name, QuoteType, Span, Tense,
};

use super::kind_rules::KindRules;
use super::layers::{DateFound, Mention, Proposition, QuantityFound, Utterance, Who};
use super::names::{Directory, PlaceFound};
use super::tallies::Tally;
use super::{Block, Calendar, Prose};
use crate::clock::Clock;
use chain::Chain;
pub(super) use index::{Index, sentences_of, within};
pub(super) use rest::rest;
pub(super) use turns::{Turn, turns};
pub(super) use voices::authors;

/// Everything that was found in one text.
pub(super) struct Layers<'a> {
    pub prose: &'a Prose,
    pub analysis: &'a Analysis,
    pub mentions: &'a [Mention],
    pub places: &'a [PlaceFound],
    pub utterances: &'a [Utterance],
    pub propositions: &'a [Proposition],
    pub dates: &'a [DateFound],
    pub quantities: &'a [QuantityFound],
    pub tallies: &'a [Tally],
    pub turns: &'a [Turn],
    pub index: Index,
}

/// What a claim needs to know of its document and case.
pub(super) struct Setting<'a> {
    pub document: DocumentId,
    /// When the article was published, where its document is a table of several.
    pub reported_at: Option<Instant>,
    pub publisher: Option<&'a Name>,
    pub published: Option<Calendar>,
    /// Who speak in the document's own voice, where its title says so ("Statement by ...").
    pub authors: &'a [Who],
    pub directory: &'a Directory,
    pub clock: &'a Clock,
    pub rules: &'a KindRules,
}

/// A claim as it was read, with the sentence that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadClaim {
    /// The claim; its spans are bytes of the original.
    pub claim: Claim,
    /// Bytes of the sentence in the original.
    pub sentence_span: Span,
    /// The sentence as it was read.
    pub sentence: String,
}

/// Puts claims together, in the order of the text.
pub(super) fn compose(layers: &Layers<'_>, setting: &Setting<'_>) -> Vec<ReadClaim> {
    let mut found: Vec<ReadClaim> = Vec::new();
    for (at, proposition) in layers.propositions.iter().enumerate() {
        if tallies::covers(layers, proposition) {
            continue;
        }
        let read = claim(layers, setting, at, proposition);
        found.extend(read.into_iter().flat_map(|read| casualties::split(layers, proposition, read)));
    }
    found.extend(tallies::claims(layers, setting));
    found.sort_by_key(|read| (read.claim.span.start, read.claim.span.end));
    go_on(layers, &mut found);
    casualties::share(&mut found);
    duplicates::fold(layers, found)
}

/// What shows no issue of its own goes on with that of the claim before it in the same paragraph.
fn go_on(layers: &Layers<'_>, found: &mut [ReadClaim]) {
    // Claims lie in the order of the original, as the blocks do.
    let ends: Vec<usize> =
        layers.prose.blocks.iter().map(|block| layers.prose.origin(block.span).end).collect();
    let block = |at: usize| ends.partition_point(|end| *end <= at);
    for at in 1..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let (last, own) = (&before[at - 1].claim, &mut rest[0].claim);
        if own.issue.is_none() && last.issue.is_some() && block(last.span.start) == block(own.span.start) {
            own.issue.clone_from(&last.issue);
            own.rule.push("issue:goes-on".to_owned());
        }
    }
}

fn claim(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    at: usize,
    proposition: &Proposition,
) -> Option<ReadClaim> {
    let block = layers.block(proposition.span)?;
    if !block.role.is_read() {
        return None;
    }
    let mut span = layers.trimmed(proposition.span);
    if proposition.frame.is_some() && worth::n_content(layers, span) < 2 {
        // "condemned the incident": what is held is too short to be understood alone, so its holder stays with it.
        span = layers.trimmed(layers.main_clause(proposition.predicate).unwrap_or(span));
    }
    let turn = turns::turn_at(layers.turns, span.start);
    if turn.is_some_and(|turn| turn.is_question || span.start < turn.label.end) {
        return None;
    }
    if worth::is_fragment(layers, &block, proposition, span)
        || turn.is_some() && worth::is_procedure(layers, span)
    {
        return None;
    }
    let chain = Chain::of(layers, setting, proposition);
    let mut claim = layers.blank(setting, span, proposition.kind)?;
    claim.headline = block.role.is_headline();
    claim.rule = proposition.rules.clone();
    claim.action = proposition.action.clone();
    claim.polarity = proposition.polarity;
    claim.modality = proposition.modality;
    claim.tense = match (proposition.modality, proposition.tense) {
        // What could, may or might be lies ahead, whatever the form of the verb.
        (Modality::Possible, Tense::Present) if !is_ability(&proposition.rules) => Tense::Future,
        (_, tense) => tense,
    };
    if claim.kind == ClaimKind::Body && claim.modality == Modality::Actual && is_talk_of(layers, proposition)
    {
        (claim.modality, claim.tense) = (Modality::Planned, Tense::Future);
        claim.rule.push("modality:talk-of".to_owned());
    }
    claim.plover = proposition.plover.clone();
    claim.commitment_level = proposition.commitment_level;
    claim.issue = proposition.issue.clone();
    claim.condition = proposition.condition.as_ref().and_then(|condition| {
        let text = layers.words(layers.trimmed(condition.span));
        (!text.is_empty())
            .then(|| Condition { sort: condition.sort, text: layers.without_names(condition.span, text) })
    });
    chain.write(layers, &mut claim);
    parties::write(layers, setting, proposition, &chain, &mut claim);
    weigh::by_parties(layers, setting, proposition, &chain, &block, &mut claim);
    casualties::own_deed(proposition, &mut claim);
    amounts::write(layers, at, proposition, &mut claim);
    moments::write(layers, setting, at, proposition, &chain, &mut claim);
    if let Some(found) = layers.place(proposition) {
        claim.rule.push(format!("place:{}", found.rule));
        claim.place = Some(found.place.clone());
    }
    apply_rules(layers, setting, proposition, &mut claim);
    Some(layers.finished(claim, span))
}

/// "Can be overcome", "risks failing": so now.
fn is_ability(rules: &[String]) -> bool {
    rules.iter().any(|rule| matches!(rule.as_str(), "modality:can" | "modality:ca" | "modality:risk"))
        || rules.iter().any(|rule| rule.starts_with("modality:possible:risk"))
}

/// Whether an organ is only spoken of: planned, proposed, outlined. Such words never say that it has been set up.
fn is_talk_of(layers: &Layers<'_>, proposition: &Proposition) -> bool {
    const TALK: [&str; 12] = [
        "plan", "propose", "proposal", "outline", "envisage", "envision", "discuss", "consider", "suggest",
        "sketch", "describe", "promise",
    ];
    let analysis = layers.analysis;
    // A plan for two organs stands above both.
    const MAX_STEPS: usize = 5;
    let above =
        std::iter::successors(Some(proposition.predicate), |token| Some(analysis.tokens[*token].head));
    let around: Vec<usize> = above.take(MAX_STEPS).collect();
    let objects = around.iter().filter_map(|token| analysis.child(*token, Relation::Obj));
    let within = analysis.tokens_in(proposition.span.start..proposition.span.end);
    around
        .iter()
        .copied()
        .chain(objects)
        .chain(within)
        .any(|token| TALK.contains(&analysis.lemma(token).to_lowercase().as_str()))
}

/// The case's own rules: which kind of the agreement it is, which figure counts.
fn apply_rules(layers: &Layers<'_>, setting: &Setting<'_>, proposition: &Proposition, claim: &mut Claim) {
    let lemmas = layers.lemmas(proposition.span);
    // Whoever is described as somebody's ("Northern soldiers") is that party's for the rules of a case.
    let mut widened = claim.clone();
    widened.actors.extend(parties::kin(layers, &proposition.roles.actors));
    widened.targets.extend(parties::kin(layers, &proposition.roles.targets));
    let Some(rule) = setting.rules.find(&widened, proposition.frame.as_ref(), &lemmas) else { return };
    claim.event_kind = Some(rule.event_kind.clone());
    claim.rule.push(format!("kind:{}", rule.event_kind));
    amounts::by_rule(rule, claim);
    tallies::component(rule, claim);
    moments::undated(setting, claim);
    if rule.is_counter {
        claim.counter = claim.speaker.clone().or_else(|| setting.publisher.cloned());
        tallies::window_of_counted(layers, setting, proposition, claim);
    }
}

impl Layers<'_> {
    /// The words of some bytes, as read, with single spaces.
    pub fn words(&self, span: Span) -> String {
        let text = span.of(&self.prose.text).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Without white space, quotation marks around the whole, and marks that end a clause.
    pub fn trimmed(&self, span: Span) -> Span {
        let Some(text) = span.of(&self.prose.text) else { return span };
        let is_edge = |letter: char| {
            letter.is_whitespace()
                || matches!(letter, ',' | ';' | ':' | '–' | '—' | '•' | '\u{e000}'..='\u{f8ff}')
        };
        let mut words = text.trim_matches(is_edge);
        if let Some(inner) = within_marks(words) {
            words = inner.trim_matches(is_edge);
        }
        let start = span.start + (words.as_ptr() as usize - text.as_ptr() as usize);
        Span::new(start, start + words.len())
    }

    /// The block that holds the first of these bytes.
    pub fn block(&self, span: Span) -> Option<Block> {
        let blocks = &self.prose.blocks;
        let at = blocks.partition_point(|block| block.span.start <= span.start).checked_sub(1)?;
        Some(blocks[at]).filter(|block| span.start < block.span.end)
    }

    /// Lemmas of the tokens in these bytes, in small letters.
    pub fn lemmas(&self, span: Span) -> Vec<String> {
        let tokens = self.analysis.tokens_in(span.start..span.end);
        tokens.map(|token| self.analysis.lemma(token).to_lowercase()).collect()
    }

    /// Bytes of a sentence.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        self.analysis
            .sentences
            .get(sentence)
            .map_or(Span::default(), |found| Span::new(found.start, found.end))
    }

    /// The sentence of a predicate, where it is the sentence's own root or hangs from it directly.
    fn main_clause(&self, predicate: usize) -> Option<Span> {
        let token = &self.analysis.tokens[predicate];
        let head = &self.analysis.tokens[token.head];
        let is_main = token.head == predicate || head.head == token.head;
        is_main.then(|| self.sentence_span(token.sentence))
    }

    /// Whether some words belong to another proposition inside this one, which is a claim of its own.
    pub fn is_of_another(&self, at: usize, words: Span) -> bool {
        let own = self.propositions[at].span;
        let mut sentences = sentences_of(self.analysis, words);
        sentences.any(|sentence| {
            self.index.propositions(sentence).iter().any(|other| {
                let inner = self.propositions[*other].span;
                *other != at
                    && inner.len() < own.len()
                    && amounts::contains(own, inner)
                    && amounts::contains(inner, words)
            })
        })
    }

    /// A claim of these words with nothing else said; `None` where they are blank.
    pub fn blank(&self, setting: &Setting<'_>, span: Span, kind: ClaimKind) -> Option<Claim> {
        let words = span.of(&self.prose.text)?;
        let origin = self.prose.origin(span);
        let mut claim =
            Claim::new(setting.document, origin, self.without_names(span, words.to_owned()), kind).ok()?;
        claim.method = servanda_model::Method::Read;
        claim.reported_at = setting.reported_at;
        Some(claim)
    }

    /// The claim with its sentence.
    pub fn finished(&self, claim: Claim, span: Span) -> ReadClaim {
        let tokens = self.analysis.tokens_in(span.start..span.end);
        let sentence =
            self.analysis.tokens.get(tokens.start).map(|token| &self.analysis.sentences[token.sentence]);
        let sentence = sentence.map_or(span, |sentence| Span::new(sentence.start, sentence.end));
        ReadClaim {
            claim,
            sentence_span: self.prose.origin(sentence),
            sentence: self.without_names(sentence, self.words(sentence)),
        }
    }

    /// The most specific place of a proposition: one of its own roles, else the last one in its words.
    fn place(&self, proposition: &Proposition) -> Option<&PlaceFound> {
        let of_role = |token: &usize| {
            let at = self.analysis.tokens[*token];
            let near = within(self.places, self.sentence_span(at.sentence), |found| found.span);
            near.iter().find(|found| found.head == *token)
        };
        proposition.roles.places.iter().find_map(of_role).or_else(|| {
            let within = within(self.places, proposition.span, |found| found.span);
            within.iter().rev().find(|found| found.span.end <= proposition.span.end)
        })
    }
}

/// What stands between quotation marks that hold the whole text and nothing else.
fn within_marks(words: &str) -> Option<&str> {
    const PAIRS: [(char, char); 5] = [('“', '”'), ('"', '"'), ('‘', '’'), ('«', '»'), ('„', '“')];
    PAIRS.iter().find_map(|(open, close)| {
        let inner = words.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    })
}

/// Whether the words are in the speaker's own.
fn is_quoted(quote_type: QuoteType) -> bool {
    matches!(quote_type, QuoteType::Direct | QuoteType::Mixed)
}

/// The weaker of two: what is alleged stays alleged.
fn hedged(inner: Modality, cue: Modality) -> Modality {
    if inner == Modality::Actual { cue } else { inner }
}
