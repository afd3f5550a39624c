//! What stands at the head of every screen: which case, which two moments, whose standpoint.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Instant, Name};

use crate::civil::Civil;

/// Which case, as of when, as known when, from which standpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    /// Title of the case.
    pub case: String,
    /// IANA zone of the case; text shows moments in it, JSON in UTC.
    pub clock: String,
    /// What holds at this moment ...
    pub as_of: Instant,
    /// ... as on record by this one.
    pub known: Instant,
    /// Name of the standpoint.
    pub standpoint: Name,
    /// Its label.
    pub standpoint_said: String,
    /// Things to know before reading on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl Heading {
    /// The clock of the case.
    pub fn civil(&self) -> Civil {
        Civil::new(&self.clock)
    }

    /// `As of 28 Dec 2025, 12:00, as known then. Standpoint: All sources. Times: Zone.`
    pub fn said(&self) -> String {
        let civil = self.civil();
        let known = if self.known == self.as_of {
            "as on record at the same moment".to_owned()
        } else {
            format!("as on record at {}", civil.moment(self.known))
        };
        format!(
            "As of {}, {known}. Standpoint: {}. Times: {}.",
            civil.moment(self.as_of),
            self.standpoint_said,
            civil.zone()
        )
    }
}
