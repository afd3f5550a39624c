//! The report: status, trees and sources on one page (`report.v1`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{DocumentId, Finding, Instant};

use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::row::StatusRow;
use crate::section::Section;
use crate::status::{LegendEntry, StateCount, StatusView};
use crate::why::{WhyItem, WhyNode, items};

/// A document that the report quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceEntry {
    /// SHA-256 of its bytes.
    pub id: DocumentId,
    /// Where it lies in the case.
    pub path: String,
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Instant>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How many claims of it the report quotes.
    pub n_quotes: usize,
}

/// Status, trees and sources on one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportView {
    /// `report.v1`.
    pub schema: String,
    /// Case, moments, standpoint.
    pub heading: Heading,
    /// BCP 47 tag of the report's own language.
    pub language: String,
    /// How many promises are in each state.
    pub counts: Vec<StateCount>,
    /// Every promise with its tree.
    pub items: Vec<WhyItem>,
    /// What else was asked: rival counts, violations, alerts, aid, audit; in the order of the page.
    pub sections: Vec<Section>,
    /// The words used, with their meanings.
    pub legend: Vec<LegendEntry>,
    /// Documents quoted, by path.
    pub sources: Vec<SourceEntry>,
    /// Hash over the whole record, so that two people know that they read the same one.
    pub head: String,
}

impl ReportView {
    /// The report of findings with trees, and of what else was asked.
    pub fn new(
        heading: Heading,
        findings: &[Finding],
        sections: Vec<Section>,
        lexicon: &Lexicon,
        head: String,
    ) -> ReportView {
        let status = StatusView::new(heading.clone(), findings, lexicon);
        let items = items(findings, lexicon, &heading);
        let mut quotes: BTreeMap<_, Quoted> = BTreeMap::new();
        for item in &items {
            let row = &item.row;
            let listed = row.episodes_said.iter().flat_map(|episode| &episode.quotes);
            for quoted in listed.chain(row.pivots_said.iter().flat_map(|pivot| &pivot.quotes)) {
                quotes.insert(quoted.claim, quoted.clone());
            }
            if let Some(tree) = &item.tree {
                collect(tree, &mut quotes);
            }
        }
        for quoted in sections.iter().flat_map(Section::quotes) {
            quotes.insert(quoted.claim, quoted.clone());
        }
        let mut sources: BTreeMap<String, SourceEntry> = BTreeMap::new();
        for quoted in quotes.into_values() {
            let entry = sources.entry(quoted.path.clone()).or_insert(SourceEntry {
                id: quoted.document,
                path: quoted.path,
                title: quoted.title,
                published_at: quoted.published_at,
                url: quoted.url,
                n_quotes: 0,
            });
            entry.n_quotes += 1;
        }
        ReportView {
            schema: "report.v1".to_owned(),
            heading,
            language: "en".to_owned(),
            counts: status.counts,
            items,
            sections,
            legend: status.legend,
            sources: sources.into_values().collect(),
            head,
        }
    }

    /// The rows without their trees.
    pub fn rows(&self) -> impl Iterator<Item = &StatusRow> {
        self.items.iter().map(|item| &item.row)
    }
}

fn collect(node: &WhyNode, quotes: &mut BTreeMap<servanda_model::ClaimId, Quoted>) {
    if let Some(quoted) = &node.quote {
        quotes.insert(quoted.claim, quoted.clone());
    }
    node.because.iter().for_each(|below| collect(below, quotes));
}
