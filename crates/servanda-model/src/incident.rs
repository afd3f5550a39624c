//! Incidents: one occurrence, as all its sources together have it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, Name, Polarity, Position, RulingId, When, Window};

/// How far an incident has come: monitoring, verification and investigation are three acts.
///
/// # Source
/// UN DPPA, Guidance on Mediation of Ceasefires (2022).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// A verifier, or a person's ruling, finds that it did not occur.
    Refuted,
    /// Somebody says so.
    #[default]
    Reported,
    /// Whoever observes or watches such acts has it in its own record.
    Recorded,
    /// A verifier asserts it, whoever is named as acting acknowledges it, or a person ruled so.
    Verified,
    /// Verified, and whoever verified it names who acted.
    Attributed,
}

/// How many independent origins an incident has.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// One origin, however many copies.
    #[default]
    SingleSource,
    /// Two independent origins or more, nobody denies it.
    Corroborated,
    /// Asserted and denied, or ruled to stay disputed.
    Contested,
}

/// A number of people by one source, or the range that holds all sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct TollRange {
    /// At least so many.
    pub low: u32,
    /// The source's best estimate; absent in the range over several sources: rivals are never averaged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<u32>,
    /// At most so many; absent: no upper bound is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<u32>,
}

/// Who acted, according to one source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "who", content = "names")]
pub enum SaidActors {
    /// It names them.
    Named(Vec<Name>),
    /// It says that who acted is not established: a value, not a gap.
    Undetermined,
    /// It does not say.
    Unstated,
}

/// What one source says of an incident; its claims and copies of them together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentReport {
    /// Where the information comes from in the end; empty where nobody is named.
    pub source: Name,
    /// Whether it affirms or denies.
    pub polarity: Polarity,
    /// The kind that it gives.
    pub act: Name,
    /// When, where stated.
    pub when: Option<When>,
    /// Place of the gazetteer.
    pub place: Option<Name>,
    /// Position, no more exact than it may be shown.
    pub position: Option<Position>,
    /// How many people.
    pub toll: Option<TollRange>,
    /// Who acted, according to it.
    pub actors: SaidActors,
    /// Whether it is the voice of a party to the promise, and which.
    pub party: Option<Name>,
    /// Its claims, in canonical order.
    pub claims: Vec<ClaimId>,
    /// Claims of other publishers that copy it: they corroborate nothing.
    pub copies: Vec<ClaimId>,
}

/// Why two reports of an incident were laid together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentLink {
    /// Positions of the two reports in the incident's list.
    pub reports: (usize, usize),
    /// Probability in percent under the model, 0 to 100; absent where a name or a person decided.
    pub percent: Option<u8>,
    /// What decided instead.
    pub by: Option<LinkedBy>,
    /// Each field with what it says and its weight (natural logarithm of the likelihood ratio, to hundredths).
    pub reasons: Vec<LinkReason>,
}

/// What laid two reports together where it was not the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkedBy {
    /// Analyst or feed give both the same name.
    Name,
    /// A person ruled that they are one occurrence.
    Ruling,
}

/// One field of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinkReason {
    /// What it says, as neutral key words.
    pub said: String,
    /// Above 0 speaks for one occurrence, below for two.
    pub weight: f64,
}

/// A promise that an incident would be contrary to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PromiseTouched {
    /// The provision.
    pub provision: Name,
    /// Whose promise.
    pub obligor: Name,
    /// Whether some source names the obligor, or one of its own, as acting.
    pub is_named: bool,
    /// Whether the promise bound at that time, as reported; `None`: some of the time, or depending on what is believed.
    pub binds: Option<bool>,
}

/// How far an incident was from a line or zone, as bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineDistance {
    /// The line or zone.
    pub place: Name,
    /// Version of its geometry; rival versions stand side by side.
    pub version: Name,
    /// Nearest it can have been, in metres; 0: it may have been on the line.
    pub low_m: u32,
    /// Farthest it can have been, in metres.
    pub high_m: u32,
    /// Of a zone: inside, outside, or not to be told; `None` for lines.
    pub side: Option<ZoneSide>,
}

/// On which side of a zone's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ZoneSide {
    /// Inside, whatever the uncertainty.
    Inside,
    /// Outside, whatever the uncertainty.
    Outside,
    /// The uncertainty holds the edge.
    Undecided,
}

/// What a party says of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyVoice {
    /// The party.
    pub party: Name,
    /// What it says; empty: nothing on record.
    pub says: Vec<VoiceSort>,
    /// In these claims.
    pub claims: Vec<ClaimId>,
}

/// Sorts of what a party says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceSort {
    /// That it acted.
    Acknowledges,
    /// That it did not, or that it did not occur.
    Denies,
    /// That others acted.
    NamesOthers,
    /// That it occurred, without saying who acted.
    Reports,
}

/// One occurrence contrary to what parties agreed to cease, as all its sources together have it.
///
/// A report, never a finding of truth: only a ruling or a designated verifier raises it to verified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// `i-` and ten digits of the claim by which it first became known.
    pub id: Name,
    /// Names that analysts or feeds give it.
    pub names: Vec<Name>,
    /// Kinds that its sources give, each once; those of more sources first.
    pub acts: Vec<Name>,
    /// When: what all dates allow, or the span of all where they exclude each other.
    pub when: Option<When>,
    /// Place of the gazetteer that most sources name.
    pub place: Option<Name>,
    /// The most exact position published, no more exact than it may be shown.
    pub position: Option<Position>,
    /// Range over all sources: lowest low to highest high.
    pub toll: Option<TollRange>,
    /// How far it has come.
    pub rung: Rung,
    /// How many independent origins.
    pub support: Support,
    /// Independent origins that assert it.
    pub n_origins: usize,
    /// Whether sources name different actors, or one named denies it.
    pub is_attribution_contested: bool,
    /// What each source says.
    pub reports: Vec<IncidentReport>,
    /// What each party says.
    pub voices: Vec<PartyVoice>,
    /// Why the reports were laid together.
    pub links: Vec<IncidentLink>,
    /// Promises that it would be contrary to.
    pub promises: Vec<PromiseTouched>,
    /// Distance to each line and zone of the case.
    pub lines: Vec<LineDistance>,
    /// Rulings about it, oldest first.
    pub rulings: Vec<RulingId>,
}

/// Incidents of one act in one civil day or week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentBin {
    /// The day or week.
    pub window: Window,
    /// The act.
    pub act: Name,
    /// How many of each rung.
    pub n_of: Vec<(Rung, u32)>,
    /// How many of all are contested.
    pub n_contested: u32,
}

/// A counter's own total of violations: never mixed with the incidents, which nobody's total consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountedTotal {
    /// Who counts.
    pub counter: Name,
    /// What.
    pub kind: Name,
    /// For which period.
    pub window: Window,
    /// How many, at least.
    pub low: crate::Number,
    /// How many, at most; [`crate::Number::MAX`]: no upper bound is stated.
    pub high: crate::Number,
    /// The claim.
    pub claim: ClaimId,
}
