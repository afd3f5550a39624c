//! Claims: the unit of record.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, DocumentId, FieldHasher, Instant, Name, Position, Quantity, Span, When, Window};

/// What sort of proposition a claim is; the first that fits, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// The actor commits, agrees or offers to do or stop something, or explicitly does not.
    Pledge,
    /// A forecast of a time, number or duration.
    Estimate,
    /// An attitude, demand, objection, willingness, reluctance, requirement.
    Position,
    /// A meeting.
    Meeting,
    /// An organ set up or planned.
    Body,
    /// Something happened, is happening or is scheduled.
    Event,
    /// The figure itself is the fact.
    Quantity,
    /// Any other assertion.
    Statement,
}

/// Whether the wording affirms or denies. Wording only: not our belief (FactBank).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// Says that it is so.
    #[default]
    Affirmative,
    /// Says that it is not so; lexical negation included.
    Negative,
}

/// How the wording holds its content.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Modality {
    #[default]
    Actual,
    Planned,
    Expected,
    Likely,
    Possible,
    Required,
    Desired,
    Alleged,
}

/// Grammatical time of the content.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Tense {
    #[default]
    Past,
    Present,
    Future,
}

/// How the content is quoted in its document.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QuoteType {
    /// Wholly in the speaker's words.
    Direct,
    /// Partly in the speaker's words.
    Mixed,
    /// In the narrator's words.
    Indirect,
    /// The narrator's own assertion.
    #[default]
    None,
}

/// The word that says that something is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cue {
    /// The words.
    pub text: String,
    /// Their bytes in the document.
    #[serde(flatten)]
    pub span: Span,
}

/// One link of an attribution chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// Narrator or source.
    pub role: AttributionRole,
    /// Who.
    pub name: Name,
}

/// Whether a link narrates or is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttributionRole {
    /// Who tells: the document's own voice.
    Narrator,
    /// Who is cited.
    Source,
}

/// Condition on the content of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Condition {
    /// Sort of condition.
    #[serde(rename = "type")]
    pub sort: ConditionSort,
    /// Its words.
    pub text: String,
}

/// Sorts of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ConditionSort {
    If,
    Unless,
    Until,
    AsLongAs,
    Before,
    Once,
    Without,
    Prerequisite,
}

/// How firm a participation or pledge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum CommitmentLevel {
    Committed,
    Agreed,
    Offered,
    Willing,
    Considering,
    Conditional,
    Reluctant,
    None,
    Refused,
    Objects,
}

/// A date as the document words it, and as a closed interval of civil days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateReference {
    /// The words.
    pub text: String,
    /// First civil day (`YYYY-MM-DD`), where known.
    pub start: Option<String>,
    /// Last civil day, where known.
    pub end: Option<String>,
    /// How the interval was found.
    pub basis: DateBasis,
    /// Grain of the wording (`day`, `week`, ...).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granularity: Option<String>,
}

/// How a date was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum DateBasis {
    Explicit,
    Relative,
    Inferred,
    #[default]
    None,
}

/// How a quantity relates to time.
///
/// A figure never loses its rule: a running total is not an occurrence, and a rate is not a total.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// An occurrence: its quantity belongs to one moment somewhere in `when`.
    #[default]
    Occurrence,
    /// A running total: the sum of all occurrences from `window.start` to `window.end`, by one counter's rule.
    Total,
    /// A rate per hour over `window`.
    PerHour,
    /// A rate per civil day over `window`.
    PerDay,
    /// A rate per week of seven days over `window`.
    PerWeek,
    /// What is still missing at `window.end`.
    Outstanding,
}

/// How a claim came to be.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Written down by an analyst.
    #[default]
    Coded,
    /// Mapped from a row of a table.
    Feed,
    /// Read from prose by the program; counts, and is marked as not reviewed until a person has ruled on it.
    Read,
    /// Proposed by a language model and checked against its document; counts only once a person has accepted it.
    Proposed,
}

impl Method {
    /// Whether a program made it, so that a person is to look at it.
    pub fn is_for_review(self) -> bool {
        matches!(self, Method::Read | Method::Proposed)
    }
}

/// One assertion about the world, quoted, attributed, dated.
///
/// Fields follow CLAIMS of the design; `event_kind`, `place`, `incident`, `counter`, `window`, `measure`,
/// `component`, `origin` tie it to an agreement. JSON leaves out what is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Document that holds the words.
    pub document: DocumentId,
    /// The words: verbatim, never empty.
    pub quote: String,
    /// Their bytes in the document as received (after decoding to UTF-8 where the document was not).
    pub span: Span,
    /// What sort of proposition it is.
    pub kind: ClaimKind,
    /// How the words are quoted.
    #[serde(default)]
    pub quote_type: QuoteType,
    /// Who says it; `None`: the document's own voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Name>,
    /// Where the document names the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_span: Option<Span>,
    /// The word that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue>,
    /// Chain of attribution, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attribution: Vec<Attribution>,
    /// Where the information comes from in the end; copies of one origin corroborate nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Name>,
    /// Who acts; empty where unstated, never filled from world knowledge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Name>,
    /// Who is acted upon, or receives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Name>,
    /// Short verb phrase in the affirmative.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub action: String,
    /// Whether the wording affirms or denies.
    #[serde(default)]
    pub polarity: Polarity,
    /// Event category of the PLOVER manual, with mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plover: Option<String>,
    /// How the wording holds its content.
    #[serde(default)]
    pub modality: Modality,
    /// Grammatical time.
    #[serde(default)]
    pub tense: Tense,
    /// Condition on the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// How firm a participation or pledge is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment_level: Option<CommitmentLevel>,
    /// What it is about, from the case's list of issues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<Name>,
    /// The date as worded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateReference>,
    /// When the occurrence was, as instants in the clock of the case; `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// When the source first reported it, where a table says so for each row; its publication may be much later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_at: Option<Instant>,
    /// Figures; the first without a role is the one that counts for `event_kind`, a role says what another one is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Quantity>,
    /// Whether the words are headline or standfirst.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub headline: bool,
    /// Further places of the same words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duplicate_spans: Vec<Span>,
    /// Kind of the agreement that the occurrence is an instance of (`hostage.living`), or a body's or power's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_kind: Option<Name>,
    /// Place of the case's gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Name>,
    /// Where it was, as the source publishes it; else the place's own position stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// The occurrence as the analyst or feed names it; claims with the same name are about the same occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Name>,
    /// Who counts, by an own rule; `None` for single occurrences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<Name>,
    /// Reference period of a figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// How the figure relates to time.
    #[serde(default)]
    pub measure: Measure,
    /// Component of a mixed figure (`new`, `recovered`, `retroactive`, `late`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<Name>,
    /// How the claim came to be.
    #[serde(default)]
    pub method: Method,
    /// Which rules or columns produced which field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule: Vec<String>,
    /// The claim that this one corrects; both stay on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<ClaimId>,
    /// Why it was corrected, or any other remark of the analyst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A claim cannot be built without words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoQuote;

impl fmt::Display for NoQuote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a claim needs the words it rests on")
    }
}

impl std::error::Error for NoQuote {}

impl Claim {
    /// A claim of these words, everything else unstated.
    ///
    /// # Errors
    /// [`NoQuote`] where the words are empty or white space.
    pub fn new(
        document: DocumentId,
        span: Span,
        quote: impl Into<String>,
        kind: ClaimKind,
    ) -> Result<Claim, NoQuote> {
        let quote = quote.into();
        if quote.trim().is_empty() {
            return Err(NoQuote);
        }
        Ok(Claim {
            document,
            quote,
            span,
            kind,
            quote_type: QuoteType::default(),
            speaker: None,
            speaker_span: None,
            cue: None,
            attribution: Vec::new(),
            origin: None,
            actors: Vec::new(),
            targets: Vec::new(),
            action: String::new(),
            polarity: Polarity::default(),
            plover: None,
            modality: Modality::default(),
            tense: Tense::default(),
            condition: None,
            commitment_level: None,
            issue: None,
            date: None,
            when: None,
            reported_at: None,
            quantities: Vec::new(),
            headline: false,
            duplicate_spans: Vec::new(),
            event_kind: None,
            place: None,
            position: None,
            incident: None,
            counter: None,
            window: None,
            measure: Measure::default(),
            component: None,
            method: Method::default(),
            rule: Vec::new(),
            corrects: None,
            note: None,
        })
    }

    /// Canonical JSON: fields in declaration order, absent ones left out, no white space.
    ///
    /// # Panics
    /// Never: every field has a JSON form.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a claim has a JSON form")
    }

    /// Id of a claim whose canonical JSON is given.
    pub fn id_of_json(json: &[u8]) -> ClaimId {
        ClaimId(FieldHasher::new("servanda.claim.v1").field(json).finish())
    }

    /// Id: hash of the canonical JSON.
    pub fn id(&self) -> ClaimId {
        Claim::id_of_json(&self.to_json())
    }

    /// The figure that counts for `event_kind`: the first without a role.
    pub fn amount(&self) -> Option<&Quantity> {
        self.quantities.iter().find(|quantity| quantity.role.is_none())
    }

    /// The first figure of that role.
    pub fn figure(&self, role: &str) -> Option<&Quantity> {
        self.quantities.iter().find(|quantity| quantity.role.as_ref().is_some_and(|name| *name == *role))
    }

    /// Who stands behind it for counting sources: origin, else innermost source, else speaker.
    pub fn effective_origin(&self) -> Option<&Name> {
        self.origin
            .as_ref()
            .or(self.speaker.as_ref())
            .or_else(|| self.attribution.last().map(|link| &link.name))
    }
}
