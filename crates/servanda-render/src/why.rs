//! The why screen: the tree behind a state, down to quoted words (`why.v1`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Finding, LineColumn, Name, Why, WhyKind, WhyRef};

use crate::civil::Civil;
use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::row::{StatusRow, status_row};

/// A node of the tree in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhyNode {
    /// What the node is.
    pub kind: WhyKind,
    /// What it says.
    pub said: String,
    /// The words it ends in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quoted>,
    /// Where it stands in the agreement (`agreement/03.pact:12`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The clause as it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Another provision that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<Name>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<WhyNode>,
}

/// One promise with its tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhyItem {
    /// The promise.
    pub row: StatusRow,
    /// The tree.
    pub tree: Option<WhyNode>,
}

/// The trees behind some promises.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhyView {
    /// `why.v1`.
    pub schema: String,
    /// Case, moments, standpoint.
    pub heading: Heading,
    /// One item per obligor.
    pub items: Vec<WhyItem>,
}

impl WhyView {
    /// The screen of some findings with trees.
    pub fn new(heading: Heading, findings: &[Finding], lexicon: &Lexicon) -> WhyView {
        let items = items(findings, lexicon, &heading);
        WhyView { schema: "why.v1".to_owned(), heading, items }
    }
}

/// Findings as rows with trees.
pub fn items(findings: &[Finding], lexicon: &Lexicon, heading: &Heading) -> Vec<WhyItem> {
    let civil = heading.civil();
    findings
        .iter()
        .map(|finding| WhyItem {
            row: status_row(finding, lexicon, &civil, heading.as_of),
            tree: finding.why.as_ref().map(|why| node(why, lexicon, &civil)),
        })
        .collect()
}

/// A tree in words.
pub fn node(why: &Why, lexicon: &Lexicon, civil: &Civil) -> WhyNode {
    let mut node = WhyNode {
        kind: why.kind,
        said: said(why, lexicon, civil),
        quote: None,
        place: None,
        clause: None,
        provision: None,
        because: why.because.iter().map(|below| self::node(below, lexicon, civil)).collect(),
    };
    match &why.reference {
        Some(WhyRef::Agreement { file, span }) => {
            let text = lexicon.files.get(file);
            let line = text.map_or(0, |text| LineColumn::of(text, span.start).line);
            node.place = Some(if line > 0 { format!("{file}:{line}") } else { file.clone() });
            node.clause = text.and_then(|text| span.of(text)).map(one_line);
        }
        Some(WhyRef::Claim { id, document, quote, chain }) => {
            node.quote = Some(lexicon.quotes.get(id).cloned().unwrap_or_else(|| Quoted {
                claim: *id,
                quote: quote.clone(),
                according_to: chain.iter().map(|name| lexicon.actor(name).to_owned()).collect(),
                document: *document,
                path: document.short(),
                title: None,
                published_at: None,
                url: None,
                note: None,
                reading: None,
            }));
        }
        Some(WhyRef::Provision { id }) => node.provision = Some(id.clone()),
        Some(WhyRef::Ruling { id }) => node.said = format!("{} (ruling {})", node.said, id.short()),
        None => {}
    }
    node
}

/// A clause on one line, cut where it would fill the screen.
fn one_line(clause: &str) -> String {
    const MAX: usize = 160;
    let line = clause.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MAX {
        return line;
    }
    let mut cut: String = line.chars().take(MAX - 1).collect();
    cut.push('\u{2026}');
    cut
}

fn said(why: &Why, lexicon: &Lexicon, civil: &Civil) -> String {
    let text = why.text.trim();
    let text = match why.kind {
        // The words are in the quote; what remains to be said is whether they affirm.
        WhyKind::Claim => return if text.starts_with("denies") { "denied" } else { "reported" }.to_owned(),
        WhyKind::Provision => {
            let instrument =
                text.split_once(", ").filter(|(name, _)| lexicon.instruments.contains_key(*name));
            instrument.map_or(text, |(_, rest)| rest).to_owned()
        }
        WhyKind::Clause => text.to_owned(),
        WhyKind::Deadline => civil.translate(text.strip_suffix(": never").unwrap_or(text)),
        WhyKind::Incident => civil.translate(&kind_first(text, lexicon).unwrap_or_else(|| text.to_owned())),
        WhyKind::Evidence | WhyKind::Missing | WhyKind::Horizon | WhyKind::Counter => {
            civil.translate(&in_labels(text, lexicon, why.kind))
        }
        _ => civil.translate(text),
    };
    match lead(why.kind) {
        "" => text,
        lead if text.is_empty() => lead.to_owned(),
        lead if text.starts_with(lead) || why.kind == WhyKind::Deadline && text.starts_with("no ") => text,
        lead => format!("{lead}: {text}"),
    }
}

/// `reported: 7 KIND in all, TIME` becomes `LABEL: 7 in all, TIME (reported)`.
fn kind_first(text: &str, lexicon: &Lexicon) -> Option<String> {
    let (grade, rest) = text.split_once(": ")?;
    let mut at = 0;
    for token in rest.split_inclusive([' ', ',']) {
        let bare = token.trim_end_matches([' ', ',']);
        if let Some(kind) = lexicon.kinds.get(bare) {
            let (amount, after) = (rest[..at].trim_end(), &rest[at + bare.len()..]);
            return Some(format!("{}: {amount}{after} ({grade})", kind.label));
        }
        at += token.len();
    }
    None
}

/// Names of kinds as their labels, and whoever counts or watches, named first, as its label.
fn in_labels(text: &str, lexicon: &Lexicon, kind: WhyKind) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for (at, token) in text.split_inclusive(' ').enumerate() {
        let bare = token.trim_end_matches([' ', ',', ':', ';']);
        let rest = &token[bare.len()..];
        let label = match lexicon.kinds.get(bare) {
            Some(kind) => Some(kind.label.as_str()),
            None if at == 0 && matches!(kind, WhyKind::Counter | WhyKind::Horizon) => {
                lexicon.actors.get(bare).map(String::as_str)
            }
            None => None,
        };
        out.push_str(label.unwrap_or(bare));
        out.push_str(rest);
    }
    out
}

/// The word before a node's own words.
fn lead(kind: WhyKind) -> &'static str {
    match kind {
        WhyKind::Verdict => "state",
        WhyKind::Provision => "the promise",
        WhyKind::Clause => "clause",
        WhyKind::Start => "start",
        WhyKind::Condition => "condition",
        WhyKind::Deadline => "due",
        WhyKind::Evidence => "on record",
        WhyKind::Incident => "",
        WhyKind::Claim => "",
        WhyKind::Missing => "missing",
        WhyKind::Pivot => "makes the difference",
        WhyKind::Assumption => "assumed by the authors of the case",
        WhyKind::Reading => "reading",
        WhyKind::Horizon => "reports",
        WhyKind::Counter => "counter",
        WhyKind::Episode => "reported breach",
        WhyKind::Balance => "balance",
        WhyKind::Level => "level",
        WhyKind::Ruling => "ruling",
        WhyKind::Remark => "remark",
    }
}

/// `according to A, citing B`; nothing where nobody is named.
pub fn according_to(chain: &[String]) -> String {
    match chain {
        [] => String::new(),
        [one] => format!("according to {one}"),
        [first, rest @ ..] => format!("according to {first}, citing {}", rest.join(", citing ")),
    }
}
