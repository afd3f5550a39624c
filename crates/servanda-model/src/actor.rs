//! Parties, bodies and persons in office.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Name;

/// What an actor is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// Signatory of an instrument.
    Party,
    /// State.
    State,
    /// International or humanitarian organisation, or an organ set up by an instrument.
    Body,
    /// Armed or political group.
    Group,
    /// News organisation.
    Media,
    /// Research institute, monitor or other observer.
    Observer,
    /// An office held by a public official; private persons are never recorded.
    Office,
    /// Anything else.
    #[default]
    Other,
}

/// Belonging to another actor (a ministry to its state, a wing to its group), with its civil dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Membership {
    /// The whole that the actor belongs to.
    pub of: Name,
    /// First civil day (`YYYY-MM-DD`); `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Last civil day; `None`: still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A role with its civil dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeTerm {
    /// What the role is, in words ("guarantor", "foreign minister").
    pub role: String,
    /// First civil day (`YYYY-MM-DD`); `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Last civil day; `None`: still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Who holds a public office, and when. Texts that name the holder mean the office.
///
/// The name is there to be recognised and for nothing else: it is never written out, and no claim carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeHolder {
    /// Full name, as texts write it; another spelling is another entry with the same days.
    pub name: String,
    /// First civil day (`YYYY-MM-DD`); `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Last civil day; `None`: still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Anyone who promises, acts, speaks or counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Name used in the case's files.
    pub id: Name,
    /// Label for people.
    pub label: String,
    /// What the actor is.
    #[serde(default)]
    pub kind: ActorKind,
    /// Other names under which it is reported, in any script.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Wholes that it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member_of: Vec<Membership>,
    /// Roles with dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<OfficeTerm>,
    /// Adjectives and names of its people ("Northern", "Northerner"): what they qualify belongs to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demonyms: Vec<String>,
    /// Places that stand for it where they act: capital, seat of its government.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<String>,
    /// Who holds the office; public officials only. Read, and never written out.
    #[serde(default, skip_serializing)]
    pub holders: Vec<OfficeHolder>,
}

impl Default for Name {
    fn default() -> Self {
        Name::new("")
    }
}
