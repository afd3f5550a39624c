//! The verify screen: whether the record is as it was signed (`verify.v1`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{AuthorId, Diagnostic};

use crate::check::PlacedDiagnostic;
use crate::figures::count;

/// One author's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChainLine {
    /// The author's public key.
    pub author: AuthorId,
    /// What the key is called on this machine, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many records count.
    pub n_records: u64,
    /// Whether all of the chain is usable.
    pub is_whole: bool,
}

/// Whether the record is as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerifyView {
    /// `verify.v1`.
    pub schema: String,
    /// What was looked at.
    pub file: String,
    /// Whether nothing is broken.
    pub is_sound: bool,
    /// Records looked at.
    pub n_records: u64,
    /// Claims whose words were found at their place.
    pub n_quotes_found: u64,
    /// Claims whose document is not at hand.
    pub n_quotes_unchecked: u64,
    /// Chains by author.
    pub chains: Vec<ChainLine>,
    /// Hash over the ends of all chains: equal for equal records.
    pub head: String,
    /// What is wrong.
    pub diagnostics: Vec<PlacedDiagnostic>,
}

impl VerifyView {
    /// Diagnostics without a file in them.
    pub fn placed(diagnostics: Vec<Diagnostic>) -> Vec<PlacedDiagnostic> {
        let place = |diagnostic| PlacedDiagnostic { line: None, column: None, diagnostic };
        diagnostics.into_iter().map(place).collect()
    }

    /// The screen as text.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for found in &self.diagnostics {
            out.push_str(&found.one_line());
            out.push('\n');
        }
        let verdict = if self.is_sound { "sound" } else { "not sound" };
        out.push_str(&format!(
            "{}: {verdict}: {} by {}.\n",
            self.file,
            count(self.n_records as usize, "record", "records"),
            count(self.chains.len(), "author", "authors")
        ));
        for chain in &self.chains {
            let label = chain.label.as_deref().map(|label| format!(" ({label})")).unwrap_or_default();
            let broken = if chain.is_whole { "" } else { ", what follows is set aside" };
            let n = count(chain.n_records as usize, "record", "records");
            out.push_str(&format!("  {}{label}: {n}{broken}\n", chain.author.short()));
        }
        let found = count(self.n_quotes_found as usize, "quote", "quotes");
        out.push_str(&format!("{found} found word for word in the documents"));
        if self.n_quotes_unchecked > 0 {
            out.push_str(&format!(
                "; {} not compared, the documents are not at hand",
                self.n_quotes_unchecked
            ));
        }
        out.push_str(&format!(".\nHead: {}\n", self.head));
        out
    }
}
