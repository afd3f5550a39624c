//! `case.toml`: what the case is called, by which clock it counts, from which standpoints it is seen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use servanda_model::{Diagnostic, Name, Span, Standpoint};

use crate::alerts_file::{AlertsFile, alerts_file};
use crate::clock::Clock;
use crate::fields::{CASE, Fields, Sink};
use crate::messages;
use crate::node::{self, Table, Value};
use crate::words::DOUBTS;

/// When a claim counts as known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    /// When its document was published. The default: a case written up later still answers "what was known then".
    #[default]
    Publication,
    /// When it was recorded in the ledger.
    Record,
}

/// The content of `case.toml`.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Title for people; empty where the file gives none (which is an error diagnostic).
    pub title: String,
    /// The clock of the case; UTC where none is given or the given one is unknown.
    pub clock: Clock,
    /// Languages of the documents, as BCP 47 tags; empty where not given.
    pub languages: Vec<String>,
    /// When a claim counts as known.
    pub known_by: KnownBy,
    /// The standpoint taken where none is asked for; always one of `standpoints`.
    pub standpoint: Name,
    /// Every standpoint, in the order of the file; `all` is always among them.
    pub standpoints: Vec<Standpoint>,
    /// How many days before its deadline a provision counts as due soon (0 to 3650); `None`: the default of the question.
    pub due_soon_days: Option<u32>,
    /// How alerts are looked for.
    pub alerts: AlertsFile,
    /// How far apart two reports of one occurrence can be.
    pub matching: Matching,
}

/// `[matching]` of `case.toml`: how far apart two reports of one occurrence can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matching {
    /// Kilometres, besides how far off each position may be (0.1 to 500; usually 5).
    pub range_km: f64,
    /// Days, besides how vague each date is (0 to 31; usually 2).
    pub window_days: u32,
}

impl Default for Matching {
    fn default() -> Matching {
        Matching { range_km: 5.0, window_days: 2 }
    }
}

impl CaseFile {
    /// The standpoint of that id.
    pub fn find_standpoint(&self, id: &str) -> Option<&Standpoint> {
        self.standpoints.iter().find(|standpoint| standpoint.id == *id)
    }
}

/// Reads `case.toml`. Whatever cannot be used is left at its default and reported.
///
/// # Diagnostics
/// C101 to C107, C111.
pub fn case_file(path: &str, text: &str) -> (CaseFile, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let parsed = node::parse(text, &sink);
    let fields = Fields::new(&parsed.root, &sink);
    let title = fields.required("title").map(|(title, _)| title.trim().to_owned()).unwrap_or_default();
    let clock = clock(&fields);
    let languages = fields.texts("languages").into_iter().map(|(language, _)| language.to_owned()).collect();
    let known_by = fields
        .word("known_by", &[("publication", KnownBy::Publication), ("record", KnownBy::Record)])
        .unwrap_or_default();
    let due_soon_days = fields.table("status").and_then(|table| {
        let status = Fields::new(table, &sink);
        let days = status.count("due_soon_days", 0, 3650).map(|(days, _)| days as u32);
        status.finish();
        days
    });
    let alerts = fields.table("alerts").map(|table| alerts_file(table, &clock, &sink)).unwrap_or_default();
    let matching = fields.table("matching").map(|table| matching(table, &sink)).unwrap_or_default();
    let (standpoint, standpoints) = standpoints(&fields, &sink);
    fields.finish();
    let file = CaseFile {
        title,
        clock,
        languages,
        known_by,
        standpoint,
        standpoints,
        due_soon_days,
        alerts,
        matching,
    };
    (file, sink.into_list())
}

fn matching(table: &Table, sink: &Sink) -> Matching {
    let fields = Fields::new(table, sink);
    let mut matching = Matching::default();
    if let Some(node) = fields.find("range_km") {
        let km = match &node.value {
            Value::Number(text) | Value::Text(text) => text.replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        match km.filter(|km| (0.1..=500.0).contains(km)) {
            Some(km) => matching.range_km = km,
            None => fields.bad("range_km", node, "a number of kilometres from 0.1 to 500"),
        }
    }
    if let Some((days, _)) = fields.count("window_days", 0, 31) {
        matching.window_days = days as u32;
    }
    fields.finish();
    matching
}

fn clock(fields: &Fields<'_>) -> Clock {
    let Some((name, span)) = fields.required("clock") else { return Clock::utc() };
    Clock::named(name).unwrap_or_else(|_| {
        fields.sink.push(messages::unknown_clock(span, name));
        Clock::utc()
    })
}

/// The default standpoint and all standpoints. TOML gives one key one meaning, so `standpoint = "id"` works only in a
/// file without `[[standpoint]]`; `default_standpoint = "id"` works in both.
fn standpoints(fields: &Fields<'_>, sink: &Sink) -> (Name, Vec<Standpoint>) {
    let mut default = fields.name("default_standpoint");
    let declared = match fields.find("standpoint") {
        Some(node) => match &node.value {
            Value::Text(id) => {
                default = default.or(Some((Name::new(id), node.span)));
                Vec::new()
            }
            _ => fields.tables("standpoint"),
        },
        None => Vec::new(),
    };
    let mut standpoints: Vec<Standpoint> = Vec::new();
    let mut places: BTreeMap<Name, Span> = BTreeMap::new();
    for table in declared {
        let Some((standpoint, span)) = standpoint(table, sink) else { continue };
        match places.get(&standpoint.id) {
            Some(first) => {
                sink.push(messages::duplicate_id(span, *first, "standpoint", standpoint.id.as_str()))
            }
            None => {
                places.insert(standpoint.id.clone(), span);
                standpoints.push(standpoint);
            }
        }
    }
    if !standpoints.iter().any(|standpoint| standpoint.id == *"all") {
        standpoints.insert(0, Standpoint::all_sources());
    }
    let default = match default {
        Some((id, span)) if !standpoints.iter().any(|standpoint| standpoint.id == id) => {
            let ids: Vec<&str> = standpoints.iter().map(|standpoint| standpoint.id.as_str()).collect();
            sink.push(messages::unknown_standpoint(span, id.as_str(), &ids));
            Name::new("all")
        }
        Some((id, _)) => id,
        None => Name::new("all"),
    };
    (default, standpoints)
}

fn standpoint(table: &Table, sink: &Sink) -> Option<(Standpoint, Span)> {
    let fields = Fields::new(table, sink);
    let id = fields.required("id");
    let all = Standpoint::all_sources();
    let label = fields.owned("label");
    let mut standpoint = Standpoint {
        sources: fields.names("sources"),
        except: fields.names("except"),
        verifiers: fields.names("verifiers"),
        corroboration: fields.count("corroboration", 0, 1000).map_or(all.corroboration, |(n, _)| n as usize),
        doubt: fields.word("doubt", DOUBTS).unwrap_or_default(),
        reviewed_only: fields.flag("reviewed_only").unwrap_or_default(),
        ..all
    };
    if let Some(readings) = fields.table("readings") {
        for entry in &readings.entries {
            match &entry.node.value {
                Value::Text(reading) => {
                    standpoint.readings.insert(Name::new(&entry.key), reading.clone());
                }
                Value::Table(_) => {
                    for (provision, reading) in dotted(&entry.key, &entry.node.value, &fields) {
                        standpoint.readings.insert(Name::from(provision), reading);
                    }
                }
                _ => fields.bad(&entry.key, &entry.node, "the label of a reading"),
            }
        }
    }
    fields.finish();
    let (id, span) = id?;
    standpoint.label = label.unwrap_or_else(|| id.to_owned());
    standpoint.id = Name::new(id);
    Some((standpoint, span))
}

/// `aid.trucks = "weekly"` is a table in TOML; a provision's name may have dots.
fn dotted(prefix: &str, value: &Value, fields: &Fields<'_>) -> Vec<(String, String)> {
    let Value::Table(table) = value else { return Vec::new() };
    let mut found = Vec::new();
    for entry in &table.entries {
        let name = format!("{prefix}.{}", entry.key);
        match &entry.node.value {
            Value::Text(reading) => found.push((name, reading.clone())),
            Value::Table(_) => found.extend(dotted(&name, &entry.node.value, fields)),
            _ => fields.bad(&name, &entry.node, "the label of a reading"),
        }
    }
    found
}
