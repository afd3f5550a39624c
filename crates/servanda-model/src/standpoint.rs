//! Standpoints: whose sources, verifiers and readings count.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Name;

/// Which evidence is uncertain, and so falls once against and once for the obligor.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Only what is disputed (asserted and denied), and all vague bounds. The default.
    #[default]
    Disputed,
    /// Everything that is not verified.
    Unverified,
}

/// A named choice of which sources and verifiers count, and which reading of an ambiguous clause is followed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Standpoint {
    /// Name used on the command line.
    pub id: Name,
    /// Label for people.
    pub label: String,
    /// Only claims whose origin (or speaker, or publisher) is listed count; empty: all count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Name>,
    /// Claims whose origin (or speaker, or publisher) is listed do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Name>,
    /// Actors whose assertion verifies and whose denial refutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verifiers: Vec<Name>,
    /// How many independent origins verify an incident; 0: corroboration never verifies.
    #[serde(default = "two")]
    pub corroboration: usize,
    /// Which evidence is uncertain.
    #[serde(default)]
    pub doubt: Doubt,
    /// Whether claims that the program read count only once a person has accepted them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reviewed_only: bool,
    /// Provision -> label of the reading that is followed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub readings: BTreeMap<Name, String>,
}

fn two() -> usize {
    2
}

impl Standpoint {
    /// The standpoint from which every source counts and every text is read as written.
    pub fn all_sources() -> Standpoint {
        Standpoint {
            id: Name::new("all"),
            label: "All sources".to_owned(),
            corroboration: two(),
            ..Standpoint::default()
        }
    }
}
