//! Why: the tree behind a finding (`why.v1`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, DocumentId, Name, RulingId, Span};

/// What a node of the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyKind {
    /// The state that the tree explains.
    Verdict,
    /// The promise, in the words of the agreement.
    Provision,
    /// One clause of it.
    Clause,
    /// When the promise starts, and because of what.
    Start,
    /// A condition.
    Condition,
    /// Arithmetic of a deadline.
    Deadline,
    /// Counted incidents under one kind.
    Evidence,
    /// One incident.
    Incident,
    /// One claim, in quoted words.
    Claim,
    /// What is missing ("24 of 28").
    Missing,
    /// Claims whose acceptance flips the verdict.
    Pivot,
    /// An assumption of the case's authors.
    Assumption,
    /// A reading followed, or another one that could be.
    Reading,
    /// How far a watch has reported.
    Horizon,
    /// One counter's series.
    Counter,
    /// A breach episode.
    Episode,
    /// A running balance.
    Balance,
    /// The implementation level and its pace rule.
    Level,
    /// A person's ruling.
    Ruling,
    /// Anything else worth saying.
    Remark,
}

/// Where a node of the tree points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "to")]
pub enum WhyRef {
    /// Bytes of a file of the agreement.
    Agreement {
        /// File, relative to the case folder.
        file: String,
        /// Bytes.
        span: Span,
    },
    /// A claim.
    Claim {
        /// Its id.
        id: ClaimId,
        /// The document that holds its words.
        document: DocumentId,
        /// The words.
        quote: String,
        /// Who stands behind it, outermost first.
        chain: Vec<Name>,
    },
    /// A ruling.
    Ruling {
        /// Its id.
        id: RulingId,
    },
    /// Another provision of the agreement.
    Provision {
        /// Its name.
        id: Name,
    },
}

/// A node of the tree: one statement, what it rests on, where it points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// What the node is.
    pub kind: WhyKind,
    /// The statement, as neutral key words and figures; `servanda-render` words the sentences around it.
    pub text: String,
    /// Where it points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<WhyRef>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Why>,
}

impl Why {
    /// A leaf.
    pub fn new(kind: WhyKind, text: impl Into<String>) -> Why {
        Why { kind, text: text.into(), reference: None, because: Vec::new() }
    }

    /// With what it rests on.
    pub fn because(mut self, because: Vec<Why>) -> Why {
        self.because = because;
        self
    }

    /// With where it points.
    pub fn pointing(mut self, reference: WhyRef) -> Why {
        self.reference = Some(reference);
        self
    }
}
