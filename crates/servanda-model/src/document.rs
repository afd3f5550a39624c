//! Documents as received.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DocumentId, Instant, Name};

/// What is on record about a document: its bytes are kept as received, under their SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// SHA-256 of the bytes.
    pub id: DocumentId,
    /// Where it lies in the case, relative to the case folder (`sources/fdd-2025-10-22.md`).
    pub path: String,
    /// Length in bytes.
    pub n_bytes: u64,
    /// Media type, such as `text/markdown`; what the bytes were taken for.
    pub media_type: String,
    /// Encoding that the text was decoded from, by its WHATWG name (`UTF-8`, `windows-1252`).
    pub encoding: String,
    /// Title, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it, as an actor of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Name>,
    /// When it was published (end of the day where only the day is known); never today's date by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Instant>,
    /// Address where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
