//! Bodies of records: canonical JSON, one written form for each content.

use serde::{Deserialize, Serialize};
use servanda_model::{Claim, ClaimId, Document, FieldHasher, Hash32, Ruling, RulingId};

use crate::json;
use crate::record::RecordKind;

/// What is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawn {
    /// A claim.
    Claim(ClaimId),
    /// A ruling.
    Ruling(RulingId),
}

/// The author takes back an own claim or ruling. It stays on record; from then on it does not count.
///
/// JSON: `{"claim":"...","reason":"..."}` or `{"ruling":"...","reason":"..."}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retraction {
    /// What is taken back. Only the same author's claim or ruling: another author's is left untouched.
    #[serde(flatten)]
    pub target: Withdrawn,
    /// Why, in the person's words.
    pub reason: String,
}

/// The content of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A document.
    Document(Box<Document>),
    /// A claim.
    Claim(Box<Claim>),
    /// A ruling.
    Ruling(Box<Ruling>),
    /// A retraction.
    Retraction(Retraction),
    /// Compact JSON of an object, for a feature of its own.
    Notice(Vec<u8>),
}

/// Why bytes are no body of their kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// The JSON does not hold what the kind calls for.
    #[error("the body is not a {kind}: {why}")]
    Shape {
        /// The kind that the record states.
        kind: &'static str,
        /// What the JSON reader found.
        why: String,
    },
    /// The JSON can be read but is not in its one written form.
    #[error(
        "the body of this {0} is not in canonical form (order of fields, white space, unknown or doubled fields)"
    )]
    NotCanonical(&'static str),
    /// A claim or ruling without words.
    #[error("the claim has no quoted words")]
    NoQuote,
}

/// Id of a ruling: hash of its canonical JSON.
pub fn ruling_id(ruling: &Ruling) -> RulingId {
    ruling_id_of_json(&to_json(ruling))
}

/// Id of a ruling whose canonical JSON is given.
pub fn ruling_id_of_json(json: &[u8]) -> RulingId {
    RulingId(FieldHasher::new("servanda.ruling.v1").field(json).finish())
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("model types have a JSON form")
}

impl Body {
    /// Its kind.
    pub fn kind(&self) -> RecordKind {
        match self {
            Body::Document(_) => RecordKind::Document,
            Body::Claim(_) => RecordKind::Claim,
            Body::Ruling(_) => RecordKind::Ruling,
            Body::Retraction(_) => RecordKind::Retraction,
            Body::Notice(_) => RecordKind::Notice,
        }
    }

    /// Canonical JSON: fields in declaration order, absent ones left out, no white space. Of a notice: its bytes.
    pub fn to_json(&self) -> Vec<u8> {
        match self {
            Body::Document(document) => to_json(document),
            Body::Claim(claim) => claim.to_json(),
            Body::Ruling(ruling) => to_json(ruling),
            Body::Retraction(retraction) => to_json(retraction),
            Body::Notice(json) => json.clone(),
        }
    }

    /// Reads a body and refuses every form but the canonical one, so that a content has one id.
    ///
    /// # Errors
    /// [`BodyError`]: wrong shape, doubled or unknown fields, white space, a claim without words.
    pub fn from_json(kind: RecordKind, json: &[u8]) -> Result<Body, BodyError> {
        let word = kind.as_str();
        let shape = |why: serde_json::Error| BodyError::Shape { kind: word, why: why.to_string() };
        let body = match kind {
            RecordKind::Document => Body::Document(serde_json::from_slice(json).map_err(shape)?),
            RecordKind::Claim => {
                let claim: Box<Claim> = serde_json::from_slice(json).map_err(shape)?;
                if claim.quote.trim().is_empty() {
                    return Err(BodyError::NoQuote);
                }
                Body::Claim(claim)
            }
            RecordKind::Ruling => Body::Ruling(serde_json::from_slice(json).map_err(shape)?),
            RecordKind::Retraction => Body::Retraction(serde_json::from_slice(json).map_err(shape)?),
            RecordKind::Notice => {
                json::check_compact_object(json).map_err(|why| BodyError::Shape { kind: word, why })?;
                return Ok(Body::Notice(json.to_vec()));
            }
        };
        if body.to_json() == json { Ok(body) } else { Err(BodyError::NotCanonical(word)) }
    }

    /// Whether the bytes are a canonical body of that kind.
    ///
    /// # Errors
    /// As [`Body::from_json`].
    pub fn check_json(kind: RecordKind, json: &[u8]) -> Result<(), BodyError> {
        Body::from_json(kind, json).map(|_| ())
    }

    /// The id by which other records speak of the content: document, claim or ruling id; what a retraction takes back.
    ///
    /// `None` for notices and for bytes that cannot be read.
    pub fn subject_of_json(kind: RecordKind, json: &[u8]) -> Option<Hash32> {
        match kind {
            RecordKind::Claim => Some(Claim::id_of_json(json).0),
            RecordKind::Ruling => Some(ruling_id_of_json(json).0),
            RecordKind::Document => {
                serde_json::from_slice::<Document>(json).ok().map(|document| document.id.0)
            }
            RecordKind::Retraction => match serde_json::from_slice::<Retraction>(json).ok()?.target {
                Withdrawn::Claim(claim) => Some(claim.0),
                Withdrawn::Ruling(ruling) => Some(ruling.0),
            },
            RecordKind::Notice => None,
        }
    }
}

impl From<Claim> for Body {
    fn from(claim: Claim) -> Body {
        Body::Claim(Box::new(claim))
    }
}

impl From<Document> for Body {
    fn from(document: Document) -> Body {
        Body::Document(Box::new(document))
    }
}

impl From<Ruling> for Body {
    fn from(ruling: Ruling) -> Body {
        Body::Ruling(Box::new(ruling))
    }
}

impl From<Retraction> for Body {
    fn from(retraction: Retraction) -> Body {
        Body::Retraction(retraction)
    }
}
