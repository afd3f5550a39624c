//! Annotated documents: where in a file of `../shared` each claim stands, and what an analyst wrote down about it in
//! words of this project. The files themselves are not in the repository; their SHA-256 tells whether the same text is
//! at hand.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use servanda_model::{
    ClaimKind, CommitmentLevel, ConditionSort, Modality, Number, Polarity, QuoteType, Tense,
};
use sha2::{Digest, Sha256};

/// First byte and one past the last, in the file.
pub(super) type Bytes = [usize; 2];

/// A document with its claims.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gold {
    /// Its name: the stem of the annotation's file.
    #[serde(skip)]
    pub name: String,
    /// Whether rules may be written with a look at it.
    #[serde(skip)]
    pub is_seen: bool,
    /// Text of the file.
    #[serde(skip)]
    pub text: String,
    /// Path in `../shared`.
    pub file: String,
    /// Of the file.
    pub sha256: String,
    /// Day of publication.
    pub published: String,
    /// Sort of text, for who reads the annotation.
    #[allow(dead_code, reason = "says what the document is")]
    pub genre: String,
    /// Case whose actors and places are known; empty: only the pack of states.
    pub case: String,
    /// The bytes that were annotated; claims that lie outside are not counted.
    pub extract: Bytes,
    /// Its claims, in the order of the text.
    #[serde(default, rename = "claim")]
    pub claims: Vec<GoldClaim>,
}

/// A claim as an analyst wrote it down. A list of words means that any of them is right, except for `actors`, `targets`
/// and `chain`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoldClaim {
    pub span: Bytes,
    #[serde(default)]
    pub duplicate_spans: Vec<Bytes>,
    pub code_points: Bytes,
    pub kind: ClaimKind,
    /// Of claims that share one clause: the part of it that this one is about.
    pub focus: Option<Bytes>,
    #[serde(default)]
    pub headline: bool,
    #[serde(default)]
    pub quote_type: QuoteType,
    /// Empty: nobody; `-` among others: nobody is right, too.
    #[serde(default)]
    pub speaker: Vec<String>,
    pub speaker_span: Option<Bytes>,
    pub cue: Option<Bytes>,
    /// Sources, outermost first, without the narrator.
    #[serde(default)]
    pub chain: Vec<String>,
    #[serde(default)]
    pub actors: Vec<String>,
    #[serde(default)]
    pub targets: Vec<String>,
    #[serde(default)]
    pub action: String,
    #[serde(default)]
    pub polarity: Polarity,
    #[serde(default)]
    pub modality: Modality,
    pub tense: Tense,
    pub condition: Option<GoldCondition>,
    #[serde(default)]
    pub commitment_level: Vec<CommitmentLevel>,
    #[serde(default)]
    pub issue: Vec<String>,
    pub date: Option<GoldDate>,
    #[serde(default, rename = "quantity")]
    pub quantities: Vec<GoldQuantity>,
}

impl GoldClaim {
    /// Whether it is right to name nobody as the speaker.
    pub(super) fn may_be_nobody(&self) -> bool {
        self.speaker.is_empty() || self.speaker.iter().any(|name| name == "-")
    }

    /// Whether it is right to name no source.
    pub(super) fn may_have_no_source(&self) -> bool {
        self.chain.is_empty() || self.speaker.iter().any(|name| name == "-")
    }
}

/// A condition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoldCondition {
    #[serde(rename = "type")]
    pub sort: ConditionSort,
    pub span: Bytes,
}

/// A date; without `start` or `end` the words leave that end open, or analysts would differ, and it is not compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoldDate {
    pub span: Option<Bytes>,
    pub start: Option<String>,
    pub end: Option<String>,
    #[allow(dead_code, reason = "says how the analyst came by the days")]
    pub basis: String,
}

impl GoldDate {
    /// Whether neither end was fixed, so that nothing is compared.
    pub(super) fn is_open(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }
}

/// A quantity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoldQuantity {
    pub span: Bytes,
    pub low: Option<Number>,
    pub best: Option<Number>,
    pub high: Option<Number>,
    #[serde(default)]
    #[allow(dead_code, reason = "units are compared by the evaluation of quantities")]
    pub unit: String,
    #[serde(default)]
    #[allow(dead_code, reason = "units are compared by the evaluation of quantities")]
    pub approx: bool,
}

/// Every annotated document, seen ones first, each by name.
///
/// # Errors
/// An annotation cannot be read, or its file is not the one that was annotated.
pub(super) fn load(root: &Path, shared: &Path) -> Result<Vec<Gold>> {
    let mut documents = Vec::new();
    for part in ["seen", "unseen"] {
        let folder = root.join("xtask/reading/gold").join(part);
        let mut files: Vec<_> = fs::read_dir(&folder)
            .with_context(|| format!("cannot read {}", folder.display()))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .collect();
        files.sort();
        for path in files {
            let mut gold: Gold = toml::from_str(&fs::read_to_string(&path)?)
                .with_context(|| format!("cannot read {}", path.display()))?;
            gold.name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            gold.is_seen = part == "seen";
            gold.text = text(&shared.join(&gold.file), &gold.sha256)?;
            check(&gold).with_context(|| format!("in {}", path.display()))?;
            documents.push(gold);
        }
    }
    Ok(documents)
}

fn text(path: &Path, sha256: &str) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let found = Sha256::digest(&bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    ensure!(found == sha256, "{} is not the file that was annotated", path.display());
    Ok(String::from_utf8(bytes)?)
}

/// Whether every place of an annotation lies in its text, on characters, and bytes and code points agree.
fn check(gold: &Gold) -> Result<()> {
    let of = |bytes: Bytes| gold.text.get(bytes[0]..bytes[1]).filter(|words| !words.trim().is_empty());
    let mut at = (0, 0);
    for claim in &gold.claims {
        let parts =
            [claim.focus, claim.speaker_span, claim.cue, claim.date.as_ref().and_then(|date| date.span)];
        let places = parts
            .into_iter()
            .flatten()
            .chain([claim.span])
            .chain(claim.duplicate_spans.iter().copied())
            .chain(claim.condition.iter().map(|condition| condition.span))
            .chain(claim.quantities.iter().map(|quantity| quantity.span));
        for place in places {
            if of(place).is_none() {
                bail!("bytes {place:?} are no words of {}", gold.file);
            }
        }
        ensure!(at.0 <= claim.span[0], "claims are not in the order of the text at byte {}", claim.span[0]);
        at = (claim.span[0], at.1 + gold.text[at.0..claim.span[0]].chars().count());
        let end = at.1 + gold.text[claim.span[0]..claim.span[1]].chars().count();
        ensure!(
            claim.code_points == [at.1, end],
            "code points of the claim at byte {} are off",
            claim.span[0]
        );
    }
    Ok(())
}
