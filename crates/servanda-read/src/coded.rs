//! Coded claims: what an analyst wrote down in `claims/*.toml` and `claims/*.csv`, checked against the documents.

use std::collections::{BTreeMap, HashMap};

use servanda_model::{Claim, ClaimId, Diagnostic, Name, Span};

use crate::claim_fields::{Stranger, Words, claim};
use crate::clock::Clock;
use crate::correction;
use crate::document::{DocumentText, Documents};
use crate::fields::{CODED, Fields, Sink};
use crate::messages;
use crate::names::{Names, nearest};
use crate::node::{self, Table, Value};
use crate::quote::{Collapsed, collapse};
use crate::rows::Rows;

/// A text of the case with its path.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'f> {
    /// Path relative to the case folder; `.csv` is read as a table, anything else as TOML.
    pub path: &'f str,
    /// Its text.
    pub text: &'f str,
}

/// What coded claims are read against.
#[derive(Clone, Copy, Debug)]
pub struct Coding<'c> {
    /// The clock of the case.
    pub clock: &'c Clock,
    /// The documents that claims quote.
    pub documents: &'c Documents,
    /// The actors and places that claims name.
    pub names: &'c Names,
    /// The kinds of the agreement; `None`: `event_kind` is not checked.
    pub event_kinds: Option<&'c [Name]>,
}

/// A claim as an analyst coded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedClaim {
    /// Its label, unique in the case.
    pub label: Name,
    /// The claim.
    pub claim: Claim,
    /// The file that holds it.
    pub file: String,
    /// Where in the file it is written (the head of its table, or its row).
    pub span: Span,
}

/// A claim before its correction is resolved.
struct Draft {
    label: String,
    label_span: Span,
    claim: Option<Claim>,
    corrects: Option<(String, Span)>,
    file: usize,
    span: Span,
}

/// Reads all coded claims of a case, a corrected claim always before its correction.
///
/// A claim with an error is left out and reported, and so is a correction of it; names that the case does not declare
/// and unknown kinds are warnings, and the claim is used as it stands. The quote of a claim is the document's own bytes.
///
/// # Diagnostics
/// R201 to R220.
pub fn coded_claims(files: &[SourceFile<'_>], coding: &Coding<'_>) -> (Vec<CodedClaim>, Vec<Diagnostic>) {
    let sinks: Vec<Sink> = files.iter().map(|file| Sink::new(file.path, CODED)).collect();
    let mut collapsed = HashMap::new();
    let mut drafts = Vec::new();
    for (at, (file, sink)) in files.iter().zip(&sinks).enumerate() {
        let mut reader = FileReader {
            file: at,
            sink,
            coding,
            collapsed: &mut collapsed,
            drafts: &mut drafts,
            strangers: Vec::new(),
        };
        if file.path.to_ascii_lowercase().ends_with(".csv") {
            reader.csv(file.text);
        } else {
            reader.toml(file.text);
        }
        reader.report_strangers();
    }
    let claims = resolve(drafts, files, &sinks);
    (claims, sinks.into_iter().flat_map(Sink::into_list).collect())
}

struct FileReader<'r, 'd> {
    file: usize,
    sink: &'r Sink,
    coding: &'r Coding<'d>,
    collapsed: &'r mut HashMap<&'d str, Collapsed>,
    drafts: &'r mut Vec<Draft>,
    strangers: Vec<Stranger>,
}

/// Fields that hold lists; in CSV their items stand between semicolons.
const LISTS: [&str; 3] = ["actors", "targets", "via"];

impl<'d> FileReader<'_, 'd> {
    fn toml(&mut self, text: &str) {
        let sink = self.sink;
        let parsed = node::parse(text, sink);
        let root = Fields::new(&parsed.root, sink);
        let defaults = root.table("defaults");
        let tables = parsed.sound(root.tables("claim"), text.len());
        root.finish();
        if let Some(defaults) = defaults {
            self.check_defaults(defaults);
        }
        for table in tables {
            self.draft(table, defaults);
        }
    }

    /// Defaults hold any field but those that are a claim's own.
    fn check_defaults(&self, defaults: &Table) {
        let known = FIELDS.iter().filter(|key| !OWN.contains(key)).copied().collect::<Vec<_>>();
        for entry in &defaults.entries {
            if !known.contains(&entry.key.as_str()) {
                self.sink.push(messages::unknown_key("R202", entry.key_span, &entry.key, &known));
            }
        }
    }

    fn csv(&mut self, text: &str) {
        let from = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut rows = Rows::new(text, from, b',');
        let Some(head) = rows.step() else { return };
        let header: Vec<String> =
            (0..rows.n_cells()).map(|at| rows.cell(at).unwrap_or_default().trim().to_owned()).collect();
        for (at, key) in header.iter().enumerate() {
            let span = rows.cell_span(at).unwrap_or(head.span);
            if !FIELDS.contains(&key.as_str()) && !CSV_ONLY.contains(&key.as_str()) {
                let known = FIELDS.iter().chain(&CSV_ONLY).copied().collect::<Vec<_>>();
                self.sink.push(messages::unknown_key("R202", span, key, &known));
            }
        }
        while let Some(row) = rows.step() {
            if row.span.of(text).is_none_or(|words| words.trim().is_empty()) {
                continue;
            }
            if row.fault.is_some() || rows.n_cells() != header.len() {
                self.sink.push(messages::bad_claim_row(
                    row.span,
                    row.line,
                    rows.n_cells(),
                    header.len(),
                    row.fault,
                ));
                continue;
            }
            let table = row_table(&rows, &header, row.span);
            self.draft(&table, None);
        }
    }

    fn draft(&mut self, table: &Table, defaults: Option<&Table>) {
        let sink = self.sink;
        let n_errors = sink.n_errors();
        let fields = Fields::with_defaults(table, defaults, sink);
        let label = fields.required("id");
        let corrects = fields.text("corrects").filter(|(text, _)| !text.is_empty());
        let words = self.words(&fields);
        let claim = claim(&fields, words.as_ref(), self.coding, &mut self.strangers);
        fields.finish();
        let is_sound = sink.n_errors() == n_errors;
        let Some((label, label_span)) = label else { return };
        self.drafts.push(Draft {
            label: label.to_owned(),
            label_span,
            claim: claim.filter(|_| is_sound),
            corrects: corrects.map(|(text, span)| (text.to_owned(), span)),
            file: self.file,
            span: table.span,
        });
    }

    /// Finds the quoted words in their document.
    fn words(&mut self, fields: &Fields<'_>) -> Option<Words<'d>> {
        let (path, quote) = (fields.required("document"), fields.required("quote"));
        let nth = fields.count("nth", 1, 1_000_000);
        let (path, path_span) = path?;
        let Some(document) = self.coding.documents.find(path) else {
            let paths = self.coding.documents.iter().map(|text| text.document.path.as_str());
            self.sink.push(messages::unknown_document(path_span, path, nearest(path, paths)));
            return None;
        };
        let (quote, span) = quote?;
        let key = document.document.path.as_str();
        let body =
            self.collapsed.entry(key).or_insert_with(|| Collapsed::new(&document.text, document.body_start));
        let places = body.find_all(&document.text, &collapse(quote));
        let span = match (places.as_slice(), nth) {
            ([], _) => {
                self.sink.push(messages::quote_not_found(span, key, near_words(document, quote).as_deref()));
                return None;
            }
            ([only], None) => *only,
            (places, None) => {
                self.sink.push(messages::quote_found_often(span, key, &document.text, places));
                return None;
            }
            (places, Some((n, nth_span))) => match places.get(n as usize - 1) {
                Some(place) => *place,
                None => {
                    self.sink.push(messages::nth_too_large(nth_span, n, places.len()));
                    return None;
                }
            },
        };
        Some(Words { document, span })
    }

    /// One warning for each undeclared name of the file, at its first place.
    fn report_strangers(&self) {
        let mut uses: BTreeMap<(&str, &str), (usize, &Stranger)> = BTreeMap::new();
        for stranger in &self.strangers {
            uses.entry((stranger.sort, &stranger.written)).or_insert((0, stranger)).0 += 1;
        }
        for ((sort, written), (n_uses, first)) in uses {
            self.sink.push(messages::undeclared(
                "R210",
                first.span,
                sort,
                written,
                n_uses,
                first.nearest.as_deref(),
            ));
        }
    }
}

/// The document's own words where only marks, dashes or capitals differ from the quotation.
fn near_words(document: &DocumentText, quote: &str) -> Option<String> {
    let lenient = Collapsed::lenient(&document.text, document.body_start);
    let quote = Collapsed::lenient(quote, 0).into_text();
    let place = lenient.find_all(&document.text, &quote).into_iter().next()?;
    place.of(&document.text).map(collapse)
}

fn row_table(rows: &Rows<'_>, header: &[String], span: Span) -> Table {
    let mut table = Table { span, entries: Vec::new() };
    let (mut quantity, mut condition) =
        (Table { span, entries: Vec::new() }, Table { span, entries: Vec::new() });
    for (at, key) in header.iter().enumerate() {
        let (Some(cell), Some(span)) = (rows.cell(at), rows.cell_span(at)) else { continue };
        if cell.trim().is_empty() {
            continue;
        }
        let text = Value::Text(cell.clone().into_owned());
        match key.as_str() {
            "low" | "best" | "high" | "approx" => quantity.push(key, span, text),
            "condition_type" => condition.push("type", span, text),
            "condition_text" => condition.push("text", span, text),
            key if LISTS.contains(&key) => {
                let items = cell.split(';').map(str::trim).filter(|item| !item.is_empty());
                let node = |item: &str| node::Node { span, value: Value::Text(item.to_owned()) };
                table.push(key, span, Value::List(items.map(node).collect()));
            }
            key if FIELDS.contains(&key) => table.push(key, span, text),
            _ => {}
        }
    }
    for (key, inner) in [("quantity", quantity), ("condition", condition)] {
        if !inner.entries.is_empty() && table.find(key).is_none() {
            table.push(key, span, Value::Table(inner));
        }
    }
    table
}

/// Resolves corrections, leaves out what cannot be used, and puts the corrected first.
fn resolve(mut drafts: Vec<Draft>, files: &[SourceFile<'_>], sinks: &[Sink]) -> Vec<CodedClaim> {
    for (later, first) in
        correction::repeated(drafts.iter().map(|draft| draft.label.as_str())).into_iter().rev()
    {
        let (file, place) = (files[drafts[first].file].path, drafts[first].label_span);
        let draft = &drafts[later];
        sinks[draft.file].push(messages::duplicate_label(draft.label_span, &draft.label, file, place));
        drafts.remove(later);
    }
    let by_label: HashMap<&str, usize> =
        drafts.iter().enumerate().map(|(at, draft)| (draft.label.as_str(), at)).collect();
    let points_to: Vec<Option<usize>> =
        drafts.iter().map(|draft| by_label.get(draft.corrects.as_ref()?.0.as_str()).copied()).collect();
    let (order, circles) = correction::order(&points_to);
    for circle in circles {
        let labels: Vec<&str> = circle.iter().map(|at| drafts[*at].label.as_str()).collect();
        let (_, span) = drafts[circle[0]].corrects.clone().unwrap_or_default();
        sinks[drafts[circle[0]].file].push(messages::correction_circle(span, &labels));
    }
    let mut ids: HashMap<usize, ClaimId> = HashMap::new();
    let mut claims = Vec::new();
    for at in order {
        let draft = &drafts[at];
        let Some(mut claim) = draft.claim.clone() else { continue };
        if let Some((written, span)) = &draft.corrects {
            claim.corrects = match (points_to[at], written.parse::<ClaimId>()) {
                (Some(target), _) => ids.get(&target).copied(),
                (None, parsed) => parsed.ok(),
            };
            if claim.corrects.is_none() {
                let near = nearest(written, drafts.iter().map(|draft| draft.label.as_str()));
                let is_declared = points_to[at].is_some();
                sinks[draft.file].push(messages::unknown_correction(*span, written, is_declared, near));
                continue;
            }
        }
        ids.insert(at, claim.id());
        let file = files[draft.file].path.to_owned();
        claims.push(CodedClaim { label: Name::new(&draft.label), claim, file, span: draft.span });
    }
    claims
}

/// Fields that belong to one claim and have no default.
const OWN: [&str; 4] = ["id", "quote", "nth", "corrects"];
/// Columns that CSV files have in place of tables.
const CSV_ONLY: [&str; 6] = ["low", "best", "high", "approx", "condition_type", "condition_text"];
/// Every field of a coded claim.
const FIELDS: [&str; 36] = [
    "id",
    "document",
    "quote",
    "nth",
    "kind",
    "event_kind",
    "actors",
    "targets",
    "speaker",
    "via",
    "origin",
    "when",
    "quantity",
    "figures",
    "unit",
    "measure",
    "window",
    "counter",
    "component",
    "incident",
    "place",
    "position",
    "polarity",
    "modality",
    "tense",
    "quote_type",
    "action",
    "plover",
    "issue",
    "condition",
    "commitment_level",
    "date",
    "cue",
    "note",
    "headline",
    "corrects",
];
