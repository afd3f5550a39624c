//! What wording needs to know of a case: labels, the words of the agreement, the words of claims.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{ClaimId, DocumentId, Finding, Instant, Method, Name, Why, WhyKind, WhyRef};

use crate::words::Form;

/// A claim in its words, with who stands behind it and where the words are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quoted {
    /// The claim.
    pub claim: ClaimId,
    /// The words, as they stand in the document.
    pub quote: String,
    /// Who says it, outermost first, as labels for people; empty where the document does not say.
    pub according_to: Vec<String>,
    /// The document.
    pub document: DocumentId,
    /// Where the document lies in the case.
    pub path: String,
    /// Its title, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Instant>,
    /// Address where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The analyst's remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where a program made the claim: which, and whether a person has looked at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
}

/// How a claim that a program made stands with persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Read by the program's rules; no person has said whether it is sound. It counts.
    NotReviewed,
    /// Read by the program's rules, and a person accepted it.
    Accepted,
    /// Read by the program's rules, and a person rejected it. It does not count.
    Rejected,
    /// Proposed by a language model; no person has accepted it. It does not count.
    Proposed,
    /// Proposed by a language model, and a person accepted it.
    ProposalAccepted,
    /// Proposed by a language model, and a person rejected it.
    ProposalRejected,
}

impl Reading {
    /// How a claim stands by how it came to be and what persons last said: `Some(true)`: sound. `None`: no program made it.
    pub fn of(method: Method, is_sound: Option<bool>) -> Option<Reading> {
        match (method, is_sound) {
            (Method::Read, None) => Some(Reading::NotReviewed),
            (Method::Read, Some(true)) => Some(Reading::Accepted),
            (Method::Read, Some(false)) => Some(Reading::Rejected),
            (Method::Proposed, None) => Some(Reading::Proposed),
            (Method::Proposed, Some(true)) => Some(Reading::ProposalAccepted),
            (Method::Proposed, Some(false)) => Some(Reading::ProposalRejected),
            (Method::Coded | Method::Feed, _) => None,
        }
    }

    /// In words.
    pub fn said(self) -> &'static str {
        match self {
            Reading::NotReviewed => "read by the program, not reviewed",
            Reading::Accepted => "read by the program, accepted by a person",
            Reading::Rejected => "read by the program, rejected by a person",
            Reading::Proposed => "proposed by a language model, not accepted",
            Reading::ProposalAccepted => "proposed by a language model, accepted by a person",
            Reading::ProposalRejected => "proposed by a language model, rejected by a person",
        }
    }
}

impl Quoted {
    /// `; read by the program, not reviewed`, to stand after the place of the words; nothing for what a person or a table says.
    pub fn reading_said(&self) -> String {
        self.reading.map_or_else(String::new, |reading| format!("; {}", reading.said()))
    }
}

/// A promise as the agreement words it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProvisionLabel {
    /// The words of the text, or a paraphrase; `None`: neither is given.
    pub words: Option<String>,
    /// Whether these are the words of the text.
    pub is_quote: bool,
    /// What it asks for.
    pub form: Form,
    /// Window in which a rate is counted (`week`), for [`Form::Keep`].
    pub per: Option<String>,
    /// File of the agreement.
    pub file: String,
    /// Line in that file, from 1.
    pub line: usize,
}

/// A kind of occurrence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindLabel {
    /// Label for people.
    pub label: String,
    /// Unit it counts; empty: occurrences.
    pub unit: String,
}

/// Names of a case in words.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Actors, parties and bodies.
    pub actors: BTreeMap<Name, String>,
    /// Places of the gazetteer.
    pub places: BTreeMap<Name, String>,
    /// Kinds of occurrence.
    pub kinds: BTreeMap<Name, KindLabel>,
    /// Instruments by name.
    pub instruments: BTreeMap<Name, String>,
    /// Provisions by instrument and name.
    pub provisions: BTreeMap<(Name, Name), ProvisionLabel>,
    /// Claims that findings speak of.
    pub quotes: BTreeMap<ClaimId, Quoted>,
    /// Files of the agreement, for lines.
    pub files: BTreeMap<String, String>,
}

impl Lexicon {
    /// Label of an actor, or its name.
    pub fn actor<'l>(&'l self, name: &'l Name) -> &'l str {
        self.actors.get(name).map_or(name.as_str(), String::as_str)
    }

    /// Label of a place, or its name.
    pub fn place<'l>(&'l self, name: &'l Name) -> &'l str {
        self.places.get(name).map_or(name.as_str(), String::as_str)
    }

    /// Label of a kind, or its name.
    pub fn kind<'l>(&'l self, name: &'l Name) -> &'l str {
        self.kinds.get(name).map_or(name.as_str(), |kind| kind.label.as_str())
    }

    /// Title of an instrument, or its name.
    pub fn instrument<'l>(&'l self, name: &'l Name) -> &'l str {
        self.instruments.get(name).map_or(name.as_str(), String::as_str)
    }

    /// What the agreement says of a finding's provision.
    pub fn provision(&self, finding: &Finding) -> ProvisionLabel {
        let key = (finding.instrument.clone(), finding.provision.clone());
        self.provisions.get(&key).cloned().unwrap_or_default()
    }
}

/// The claims that a finding speaks of, its tree included, each once and in order.
pub fn claims_of(finding: &Finding) -> Vec<ClaimId> {
    let mut claims: Vec<ClaimId> = Vec::new();
    claims.extend(finding.episodes.iter().flat_map(|episode| &episode.claims));
    claims.extend(finding.counters.iter().flat_map(|counter| &counter.claims));
    claims.extend(finding.pivots.iter().flat_map(|pivot| &pivot.claims));
    if let Some(why) = &finding.why {
        tree_claims(why, &mut claims);
    }
    let mut seen = std::collections::BTreeSet::new();
    claims.retain(|claim| seen.insert(*claim));
    claims
}

/// The claims that bear on how a promise was kept, those that only tell when it starts left out.
pub fn claims_that_bear(finding: &Finding) -> Vec<ClaimId> {
    let mut kept = finding.clone();
    if let Some(why) = &mut kept.why {
        why.because.retain(|below| below.kind != WhyKind::Start);
    }
    claims_of(&kept)
}

fn tree_claims(why: &Why, claims: &mut Vec<ClaimId>) {
    if let Some(WhyRef::Claim { id, .. }) = &why.reference {
        claims.push(*id);
    }
    why.because.iter().for_each(|below| tree_claims(below, claims));
}
