//! Counters: who counts, by which rule; and sourced factors between units.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Name, Number};

/// How a counter comes by its figures.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// It counts itself what it publishes.
    OwnObservation,
    /// It publishes what others told it.
    AsTold,
    /// It is not on record.
    #[default]
    Unknown,
}

/// One rule by which an actor counts some kinds of occurrence, with the days on which it holds.
///
/// What is empty is not on record: it is shown as such and never filled in. An actor that changed its rule has one
/// entry for each rule; their days do not overlap for one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counter {
    /// Who counts: an actor of the case.
    pub id: Name,
    /// Kinds of the agreement that it counts.
    pub of: Vec<Name>,
    /// The rule in words ("trucks offloaded at the perimeter").
    pub rule: String,
    /// Unit of its figures, in the singular; empty: not on record.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// At which step of the way it counts (`entered`, `offloaded`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Name>,
    /// What it includes (`un-cargo`, `private-cargo`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub includes: Vec<Name>,
    /// What it leaves out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<Name>,
    /// Where it counts; empty: not on record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Name>,
    /// How it comes by its figures.
    #[serde(default)]
    pub verification: Verification,
    /// Its reference period and where its day is cut, in words ("24 hours to noon").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// What its figures cover and what not, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub coverage: String,
    /// Whose information it is in the end; `None`: its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Name>,
    /// What it says itself about the limits of its figures.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub disclaimer: String,
    /// Components of its figures that occurred in the period they are reported for (`new`); others occurred earlier or
    /// mix both. Empty: figures are taken to be of their period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occurred: Vec<Name>,
    /// Where the rule is stated.
    pub source: String,
    /// First civil day (`YYYY-MM-DD`) on which the rule holds; `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Last civil day; `None`: still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

impl Counter {
    /// Whether the rule is that of figures of a kind on a civil day (`YYYY-MM-DD`).
    pub fn holds(&self, kind: &Name, day: &str) -> bool {
        self.of.contains(kind)
            && self.since.as_deref().is_none_or(|since| since <= day)
            && self.until.as_deref().is_none_or(|until| day <= until)
    }

    /// Whose information its figures are in the end.
    pub fn effective_origin(&self) -> &Name {
        self.origin.as_ref().unwrap_or(&self.id)
    }
}

/// A sourced factor: one `from` is `low` to `high` of `to`.
///
/// Without a source there is none; a figure is never converted in silence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conversion {
    /// Unit converted from, in the singular.
    pub from: String,
    /// Unit converted to, in the singular.
    pub to: String,
    /// Smallest factor that the source allows; above zero.
    pub low: Number,
    /// The source's best factor.
    pub best: Number,
    /// Largest factor that the source allows.
    pub high: Number,
    /// Where the factor is published.
    pub source: String,
    /// When it may be used, and when not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
