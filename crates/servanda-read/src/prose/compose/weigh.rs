//! What the parties of a claim say about its kind and firmness: what "will" happens by itself is expected, what a state's voice
//! says that the state will do is promised, and what is done again and again is no event.

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{Claim, ClaimKind, CommitmentLevel, Modality, Polarity, Tense};

use super::chain::Chain;
use super::{Layers, Setting, voices};
use crate::prose::{Block, BlockRole, Proposition};

/// Corrects kind, modality and level by who acts, who speaks and where the words stand.
pub(super) fn by_parties(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    proposition: &Proposition,
    chain: &Chain<'_>,
    block: &Block,
    claim: &mut Claim,
) {
    if has_will(proposition) && claim.modality == Modality::Planned {
        if is_inanimate(layers, proposition) && claim.actors.is_empty() {
            claim.modality = Modality::Expected;
            claim.rule.push("modality:of-things".to_owned());
            if matches!(claim.kind, ClaimKind::Event | ClaimKind::Pledge) && proposition.frame.is_none() {
                claim.kind = ClaimKind::Statement;
                claim.commitment_level = None;
            }
        } else if is_own_promise(layers, setting, proposition, chain, claim) {
            claim.kind = ClaimKind::Pledge;
            claim.commitment_level.get_or_insert(CommitmentLevel::Committed);
            claim.rule.push("kind:own-promise".to_owned());
        }
    }
    if claim.kind == ClaimKind::Event
        && claim.modality == Modality::Actual
        && claim.tense == Tense::Present
        && matches!(block.role, BlockRole::Paragraph | BlockRole::ListItem)
        && is_habit(layers, proposition)
    {
        claim.kind = ClaimKind::Statement;
        claim.rule.push("kind:habit".to_owned());
    }
}

fn has_will(proposition: &Proposition) -> bool {
    proposition.rules.iter().any(|rule| {
        matches!(rule.as_str(), "modality:will" | "modality:shall" | "modality:'ll" | "modality:’ll")
    })
}

/// Whether the subject is a thing: a noun that means nobody.
fn is_inanimate(layers: &Layers<'_>, proposition: &Proposition) -> bool {
    let analysis = layers.analysis;
    let is_passive = analysis.child(proposition.predicate, Relation::AuxPass).is_some();
    let is_thing = |head: &usize| {
        let token = &analysis.tokens[*head];
        let is_noun = token.tag == Tag::Noun;
        let is_it = matches!(
            analysis.lemma(*head).to_lowercase().as_str(),
            "it" | "this" | "that" | "these" | "which"
        );
        layers.mention(*head).is_none() && (is_noun || is_it)
            || is_it && super::parties::named(layers, *head).is_none()
    };
    !is_passive && !proposition.roles.actors.is_empty() && proposition.roles.actors.iter().all(is_thing)
}

/// "The North will open the gate", said by its envoy: the North commits.
fn is_own_promise(
    layers: &Layers<'_>,
    setting: &Setting<'_>,
    proposition: &Proposition,
    chain: &Chain<'_>,
    claim: &Claim,
) -> bool {
    if !matches!(claim.kind, ClaimKind::Event | ClaimKind::Statement) {
        return false;
    }
    let voices: Vec<_> = match chain.speaker_who() {
        Some(who) => vec![who],
        None => setting.authors.iter().collect(),
    };
    let is_own = voices.iter().any(|who| {
        let whole = voices::whole(setting.directory, who);
        let own = voices::name(who);
        !claim.actors.is_empty()
            && claim.actors.iter().all(|actor| Some(actor) == whole.as_ref() || Some(actor) == own.as_ref())
    });
    let acts = layers.analysis.tokens[proposition.predicate].tag == Tag::Verb
        && layers.analysis.child(proposition.predicate, Relation::Cop).is_none()
        && !matches!(
            layers.analysis.lemma(proposition.predicate),
            "have"
                | "see"
                | "know"
                | "need"
                | "get"
                | "be"
                | "meet"
                | "speak"
                | "travel"
                | "visit"
                | "host"
                | "join"
                | "attend"
                | "discuss"
                | "hear"
                | "find"
                | "learn"
                | "take"
                | "go"
                | "tell"
                | "say"
                | "turn"
                | "let"
        );
    let harms = claim.plover.as_deref().is_some_and(|plover| {
        ["ASSAULT", "COERCE", "SANCTION", "THREATEN", "PROTEST", "CONSULT", "REJECT", "ACCUSE"]
            .iter()
            .any(|harm| plover.starts_with(harm))
    });
    is_own && acts && !harms && (claim.polarity == Polarity::Affirmative || claim.plover.is_none())
}

/// A verb in the simple present: "the fund pays for the clinics".
fn is_habit(layers: &Layers<'_>, proposition: &Proposition) -> bool {
    let analysis = layers.analysis;
    let at = proposition.predicate;
    let token = &analysis.tokens[at];
    let aux: Vec<usize> = analysis
        .children(at)
        .filter(|child| matches!(analysis.tokens[*child].relation, Relation::Aux | Relation::AuxPass))
        .collect();
    let is_cooperation =
        proposition.frame.as_ref().is_some_and(|frame| frame.as_str().starts_with("cooperate"));
    token.tag == Tag::Verb
        && match token.fine {
            Fine::Vbz | Fine::Vbp => true,
            Fine::Vbn => {
                aux.len() == 1
                    && matches!(analysis.tokens[aux[0]].fine, Fine::Vbz | Fine::Vbp)
                    && analysis.lemma(aux[0]) == "be"
            }
            Fine::Vbg => is_cooperation && !aux.is_empty(),
            _ => false,
        }
}
