//! `feeds.toml`: the mapping from columns to the fields of a claim.

use std::collections::BTreeMap;

use servanda_model::{ClaimKind, Diagnostic, Measure, Modality, Name, Polarity, Span, Tense};

use super::cells::{Columns, SkipRule, Source};
use super::figures::NumberFormat;
use super::glob;
use super::position::PositionSpec;
use super::preset;
use super::times::{WhenSpec, WindowSpec};
use crate::clock::Clock;
use crate::fields::{FEED, Fields, Sink};
use crate::messages;
use crate::node::{self, Node, Table, Value};
use crate::words::{CLAIM_KINDS, MEASURES, MODALITIES, POLARITIES, TENSES};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Delimited text with a header row.
    Csv,
    /// One JSON text that holds an array of rows.
    Json,
    /// One JSON value a line.
    JsonLines,
}

/// One `[[feed]]`: which files it takes and how their columns become claims.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Name, unique in the file; the prefix of its incidents.
    pub id: Name,
    /// Patterns of the paths that it takes (`sources/*.csv`).
    pub files: Vec<String>,
    /// How its tables are written; `None`: by the file's extension.
    pub format: Option<TableFormat>,
    /// Label of the encoding, for whoever decodes the file; `None`: found from the bytes.
    pub encoding: Option<String>,
    /// Where the feed is declared.
    pub span: Span,
    pub(crate) delimiter: u8,
    pub(crate) rows: String,
    pub(crate) empty: Vec<String>,
    pub(crate) optional: Vec<String>,
    pub(crate) numbers: NumberFormat,
    pub(crate) columns: Columns,
    pub(crate) skip: Vec<SkipRule>,
    pub(crate) reported: Option<WhenSpec>,
    pub(crate) mappings: Vec<Mapping>,
}

impl Feed {
    /// Whether the feed takes the file of that path (relative to the case folder).
    pub fn takes(&self, path: &str) -> bool {
        self.files.iter().any(|pattern| glob::fits(pattern, path))
    }
}

/// How one row becomes one claim.
#[derive(Clone, Debug)]
pub(crate) struct Mapping {
    pub kind: ClaimKind,
    pub event_kind: Option<Source>,
    pub incident: Option<(Source, String)>,
    pub when: Option<WhenSpec>,
    pub window: Option<WindowSpec>,
    pub quantity: Option<QuantitySpec>,
    /// Further figures, each with its role.
    pub figures: Vec<(Name, QuantitySpec)>,
    pub position: Option<PositionSpec>,
    pub measure: Measure,
    pub polarity: Polarity,
    pub modality: Modality,
    pub tense: Tense,
    pub actors: Vec<Source>,
    pub targets: Vec<Source>,
    pub speaker: Option<Source>,
    pub origin: Option<Source>,
    pub counter: Option<Source>,
    pub place: Option<Source>,
    pub note: Option<Source>,
    pub component: Option<Name>,
    pub issue: Option<Name>,
    pub action: String,
    /// A component of a row that says nothing of it makes no claim.
    pub is_component: bool,
    /// The trace: which columns produced which field.
    pub rule: String,
}

/// The columns of a figure.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuantitySpec {
    pub low: Option<usize>,
    pub best: Option<usize>,
    pub high: Option<usize>,
    pub unit: Option<Source>,
    pub approx: bool,
}

/// Reads `feeds.toml`. A feed with an error is left out and reported; the others are used.
///
/// # Diagnostics
/// R101 to R108.
pub fn feeds(path: &str, text: &str, clock: &Clock) -> (Vec<Feed>, Vec<Diagnostic>) {
    let sink = Sink::new(path, FEED);
    let parsed = node::parse(text, &sink);
    let root = Fields::new(&parsed.root, &sink);
    let mut list: Vec<Feed> = Vec::new();
    let mut places: BTreeMap<Name, Span> = BTreeMap::new();
    for table in parsed.sound(root.tables("feed"), text.len()) {
        let n_errors = sink.n_errors();
        let Some((feed, span)) = feed(table, &sink, clock) else { continue };
        if let Some(first) = places.get(&feed.id) {
            sink.push(messages::duplicate_feed(span, *first, feed.id.as_str()));
        } else if sink.n_errors() == n_errors {
            places.insert(feed.id.clone(), span);
            list.push(feed);
        }
    }
    root.finish();
    // A component reads what it inherits once more, and so would report it once more.
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for diagnostic in sink.into_list() {
        if !diagnostics.contains(&diagnostic) {
            diagnostics.push(diagnostic);
        }
    }
    (list, diagnostics)
}

fn feed(table: &Table, sink: &Sink, clock: &Clock) -> Option<(Feed, Span)> {
    let merged;
    let table = match Fields::new(table, sink).text("preset") {
        None => table,
        Some((name, span)) => {
            merged = preset::table(name, span, sink)?.overlaid(table);
            &merged
        }
    };
    let fields = Fields::new(table, sink);
    fields.find("preset");
    let id = fields.required("id");
    if fields.find("files").is_none() {
        fields.required("files");
    }
    let mut columns = Columns::default();
    let formats = [("csv", TableFormat::Csv), ("json", TableFormat::Json), ("jsonl", TableFormat::JsonLines)];
    let mut feed = Feed {
        id: Name::new(id.map_or("", |(id, _)| id)),
        files: texts(&fields, "files"),
        format: fields.word("format", &formats),
        encoding: fields.text("encoding").and_then(|(label, span)| {
            let is_known = crate::decode::encoding(label).is_some();
            if !is_known {
                sink.push(messages::feed_encoding(span, label));
            }
            is_known.then(|| label.to_owned())
        }),
        span: table.span,
        delimiter: letter(&fields, "delimiter").map_or(b',', |letter| letter as u8),
        rows: fields.owned("rows").unwrap_or_default(),
        empty: texts(&fields, "empty"),
        optional: texts(&fields, "optional"),
        numbers: NumberFormat {
            thousands: letter(&fields, "thousands"),
            decimal: letter(&fields, "decimal"),
        },
        skip: Vec::new(),
        reported: None,
        mappings: Vec::new(),
        columns: Columns::default(),
    };
    feed.skip = fields
        .tables("skip")
        .into_iter()
        .filter_map(|rule| SkipRule::of(rule, &fields, &mut columns))
        .collect();
    feed.reported = fields.find("reported").and_then(|node| WhenSpec::of(&fields, node, &mut columns));
    let components = fields.tables("components");
    let whole = Mapping::of(&fields, &mut columns, clock, false);
    fields.finish();
    if components.is_empty() {
        feed.mappings.push(whole);
    }
    for component in components {
        let fields = Fields::with_defaults(component, Some(table), sink);
        if fields.find("column").is_none() && component.find("quantity").is_none() {
            fields.required("column");
        }
        feed.mappings.push(Mapping::of(&fields, &mut columns, clock, true));
        fields.finish();
    }
    feed.columns = columns;
    for mapping in &mut feed.mappings {
        mapping.rule = rule(&feed.id, mapping, &feed.columns);
    }
    id.map(|(_, span)| (feed, span))
}

fn texts(fields: &Fields<'_>, key: &'static str) -> Vec<String> {
    fields.texts(key).into_iter().map(|(text, _)| text.to_owned()).collect()
}

/// One ASCII character that has no meaning of its own in a table.
fn letter(fields: &Fields<'_>, key: &'static str) -> Option<char> {
    let (text, span) = fields.text(key)?;
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii() && !matches!(letter, '"' | '\n' | '\r') => Some(letter),
        (Some(letter), None) if key == "thousands" => Some(letter),
        _ => {
            fields.sink.push(messages::not_one_letter(span, key, text));
            None
        }
    }
}

impl Mapping {
    fn of(fields: &Fields<'_>, columns: &mut Columns, clock: &Clock, is_component: bool) -> Mapping {
        let mut source =
            |key: &'static str| fields.find(key).and_then(|node| Source::of(fields, key, node, columns));
        let (event_kind, counter, note) = (source("event_kind"), source("counter"), source("note"));
        let (speaker, origin, place) = (source("speaker"), source("origin"), source("place"));
        let unit = source("unit");
        let incident = source("incident").map(|source| (source, incident_prefix(fields)));
        let measure = fields.word("measure", MEASURES).unwrap_or_default();
        let usual_kind = if measure == Measure::Occurrence { ClaimKind::Event } else { ClaimKind::Quantity };
        Mapping {
            kind: fields.word("kind", CLAIM_KINDS).unwrap_or(usual_kind),
            event_kind,
            incident,
            when: fields.find("when").and_then(|node| WhenSpec::of(fields, node, columns)),
            window: fields.table("window").and_then(|table| WindowSpec::of(fields, table, columns, clock)),
            quantity: quantity(fields, columns, unit, is_component),
            figures: figures(fields, columns),
            position: fields.table("position").and_then(|table| PositionSpec::of(fields, table, columns)),
            measure,
            polarity: fields.word("polarity", POLARITIES).unwrap_or_default(),
            modality: fields.word("modality", MODALITIES).unwrap_or_default(),
            tense: fields.word("tense", TENSES).unwrap_or_default(),
            actors: Source::list(fields, "actors", columns),
            targets: Source::list(fields, "targets", columns),
            speaker,
            origin,
            counter,
            place,
            note,
            component: fields.name("component").map(|(name, _)| name),
            issue: fields.name("issue").map(|(name, _)| name),
            action: fields.owned("action").unwrap_or_default(),
            is_component,
            rule: String::new(),
        }
    }
}

/// Incidents of different feeds never share a name by chance.
fn incident_prefix(fields: &Fields<'_>) -> String {
    let own = fields.find("incident").and_then(|node| match &node.value {
        Value::Table(table) => table.find("prefix"),
        _ => None,
    });
    match own {
        Some(Node { value: Value::Text(prefix), .. }) => prefix.clone(),
        _ => format!("{}:", fields.text("id").map_or("", |(id, _)| id)),
    }
}

/// `quantity = "column"`, `{ low, best, high, unit, approx }`, or the `column` of a component.
fn quantity(
    fields: &Fields<'_>,
    columns: &mut Columns,
    unit: Option<Source>,
    is_component: bool,
) -> Option<QuantitySpec> {
    let column = if is_component { fields.find("column") } else { None };
    if let Some(node) = column {
        let approx = matches!(fields.find("quantity"), Some(Node { value: Value::Table(table), .. })
            if matches!(table.find("approx"), Some(Node { value: Value::Bool(true), .. })));
        let inherited = fields.find("quantity").and_then(|node| match &node.value {
            Value::Table(table) => {
                table.find("unit").and_then(|node| Source::of(fields, "unit", node, columns))
            }
            _ => None,
        });
        let best = columns.of(fields, "column", node);
        return Some(QuantitySpec { best, unit: inherited.or(unit), approx, ..QuantitySpec::default() });
    }
    let node = fields.find("quantity")?;
    let Value::Table(table) = &node.value else {
        let best = columns.of(fields, "quantity", node);
        return Some(QuantitySpec { best, unit, ..QuantitySpec::default() });
    };
    let inner = Fields::new(table, fields.sink);
    let spec = bounds(&inner, columns, unit);
    inner.finish();
    Some(spec)
}

/// `figures = [{ role, column | low, best, high, unit, approx }]`.
fn figures(fields: &Fields<'_>, columns: &mut Columns) -> Vec<(Name, QuantitySpec)> {
    let mut figures = Vec::new();
    for table in fields.tables("figures") {
        let inner = Fields::new(table, fields.sink);
        let role = inner.required("role");
        let spec = bounds(&inner, columns, None);
        inner.finish();
        figures.extend(role.map(|(role, _)| (Name::new(role), spec)));
    }
    figures
}

/// `column`, or `low`, `best`, `high`; with `unit` and `approx`.
fn bounds(inner: &Fields<'_>, columns: &mut Columns, unit: Option<Source>) -> QuantitySpec {
    let mut bound = |key: &'static str| inner.find(key).and_then(|node| columns.of(inner, key, node));
    let (low, best, high) = (bound("low"), bound("best"), bound("high"));
    let own_unit = inner.find("unit").and_then(|node| Source::of(inner, "unit", node, columns));
    let spec = QuantitySpec {
        low,
        best: best.or_else(|| inner.find("column").and_then(|node| columns.of(inner, "column", node))),
        high,
        unit: own_unit.or(unit),
        approx: inner.flag("approx").unwrap_or_default(),
    };
    if spec.low.is_none() && spec.best.is_none() && spec.high.is_none() {
        inner.required("best");
    }
    spec
}

/// Which columns produced which field, in one line.
fn rule(id: &Name, mapping: &Mapping, columns: &Columns) -> String {
    let mut parts = vec![format!("feed {id}")];
    let mut part = |field: &str, slots: &[Option<usize>]| {
        let names: Vec<String> =
            slots.iter().flatten().map(|slot| columns.names[*slot].join(" or ")).collect();
        if !names.is_empty() {
            parts.push(format!("{field} from {}", names.join(", ")));
        }
    };
    let column = |source: &Option<Source>| source.as_ref().and_then(|source| source.column);
    if let Some(when) = &mapping.when {
        part("when", &[Some(when.start), when.end]);
    }
    if let Some(quantity) = &mapping.quantity {
        part("quantity", &[quantity.low, quantity.best, quantity.high]);
    }
    for (role, figure) in &mapping.figures {
        part(role.as_str(), &[figure.low, figure.best, figure.high]);
    }
    if let Some(position) = &mapping.position {
        part("position", &[Some(position.lat), Some(position.lon)]);
    }
    part("event_kind", &[column(&mapping.event_kind)]);
    part("incident", &[mapping.incident.as_ref().and_then(|(source, _)| source.column)]);
    parts.join("; ")
}
