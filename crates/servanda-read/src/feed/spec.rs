//! `feeds.toml`: the mapping from columns to the fields of a claim.

use std::collections::BTreeMap;

use servanda_model::{Diagnostic, Name, Span};

use super::cells::{Columns, SkipRule};
use super::figures::NumberFormat;
use super::glob;
use super::mapping::{Kinds, Mapping};
use super::preset;
use super::rows_at::RowsAt;
use super::times::WhenSpec;
use crate::clock::Clock;
use crate::fields::{FEED, Fields, Sink};
use crate::messages;
use crate::node::{self, Table, Value};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Delimited text with a header row.
    Csv,
    /// One JSON text that holds an array of rows.
    Json,
    /// One JSON value a line.
    JsonLines,
    /// A GeoJSON collection: its features are the rows, their properties the columns.
    GeoJson,
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
    /// `None`: found from the header.
    pub(crate) delimiter: Option<u8>,
    pub(crate) rows: RowsAt,
    /// What stands between groups and questions in names of columns.
    pub(crate) groups: Option<String>,
    /// Patterns of columns about private persons, which never go on record.
    pub(crate) private: Vec<String>,
    /// Columns whose cells name private persons after a word.
    pub(crate) shorten: Vec<Shorten>,
    /// Whether figures far from the others are remarked.
    pub(crate) has_outliers: bool,
    /// Sorts of figures that the case gives no kind; they are not read.
    pub(crate) unread: Vec<(String, Span)>,
    pub(crate) empty: Vec<String>,
    pub(crate) optional: Vec<String>,
    pub(crate) numbers: NumberFormat,
    pub(crate) columns: Columns,
    pub(crate) skip: Vec<SkipRule>,
    pub(crate) reported: Option<WhenSpec>,
    pub(crate) mappings: Vec<Mapping>,
}

impl Feed {
    /// Whether the table may lack a column, or say nothing in it.
    pub(crate) fn is_optional(&self, column: usize) -> bool {
        self.columns.names[column].iter().any(|name| self.optional.contains(name))
    }

    /// Whether the feed takes the file of that path (relative to the case folder).
    pub fn takes(&self, path: &str) -> bool {
        self.files.iter().any(|pattern| glob::fits(pattern, path))
    }
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
        for table in parts(table, &sink) {
            let n_errors = sink.n_errors();
            let Some((feed, span)) = feed(&table, &sink, clock) else { continue };
            if let Some(first) = places.get(&feed.id) {
                sink.push(messages::duplicate_feed(span, *first, feed.id.as_str()));
            } else if sink.n_errors() == n_errors {
                places.insert(feed.id.clone(), span);
                list.push(feed);
            }
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

/// The feeds of one `[[feed]]`: itself upon its preset, or one for each of its `parts`, which read the same files.
fn parts(table: &Table, sink: &Sink) -> Vec<Table> {
    let whole = match Fields::new(table, sink).text("preset") {
        None => table.clone(),
        Some((name, span)) => match preset::table(name, span, sink) {
            None => return Vec::new(),
            Some(preset) => preset.overlaid(table),
        },
    };
    let parts = Fields::new(&whole, sink);
    let parts = parts.tables("parts");
    if parts.is_empty() {
        return vec![whole];
    }
    let mut common = whole.clone();
    common.entries.retain(|entry| entry.key != "parts");
    let Some(Value::Text(id)) = common.find("id").map(|node| node.value.clone()) else { return vec![common] };
    let part = |part: &&Table| {
        let name = Fields::new(part, sink).required("id")?.0.to_owned();
        let mut table = common.overlaid(part);
        for entry in table.entries.iter_mut().filter(|entry| entry.key == "id") {
            entry.node.value = Value::Text(format!("{id}.{name}"));
        }
        Some(table)
    };
    parts.iter().filter_map(part).collect()
}

fn feed(table: &Table, sink: &Sink, clock: &Clock) -> Option<(Feed, Span)> {
    let fields = Fields::new(table, sink);
    fields.find("preset");
    let id = fields.required("id");
    if fields.find("files").is_none() {
        fields.required("files");
    }
    let mut columns = Columns::default();
    let formats = [
        ("csv", TableFormat::Csv),
        ("json", TableFormat::Json),
        ("jsonl", TableFormat::JsonLines),
        ("geojson", TableFormat::GeoJson),
    ];
    let kinds = Kinds::of(&fields);
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
        delimiter: delimiter(&fields),
        rows: RowsAt::of(&fields),
        groups: fields.owned("groups"),
        private: texts(&fields, "private"),
        shorten: fields.tables("shorten").into_iter().filter_map(|rule| Shorten::of(rule, sink)).collect(),
        has_outliers: fields.flag("outliers").unwrap_or_default(),
        unread: Vec::new(),
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
    let whole = Mapping::of(&fields, &mut columns, clock, &kinds, false);
    fields.finish();
    if components.is_empty() {
        feed.mappings.push(whole);
    }
    for component in components {
        let fields = Fields::with_defaults(component, Some(table), sink);
        if let Some(sort) = kinds.unread(&fields) {
            feed.unread.push(sort);
            continue;
        }
        if fields.find("column").is_none() && component.find("quantity").is_none() {
            fields.required("column");
        }
        feed.mappings.push(Mapping::of(&fields, &mut columns, clock, &kinds, true));
        fields.finish();
    }
    feed.columns = columns;
    for mapping in &mut feed.mappings {
        mapping.trace(&feed.id, &feed.columns);
    }
    id.map(|(_, span)| (feed, span))
}

fn texts(fields: &Fields<'_>, key: &'static str) -> Vec<String> {
    fields.texts(key).into_iter().map(|(text, _)| text.to_owned()).collect()
}

/// Cells of these columns say nothing private up to a word, and a person's name after it.
#[derive(Clone, Debug)]
pub(crate) struct Shorten {
    pub columns: Vec<String>,
    after: String,
}

impl Shorten {
    /// Reads `{ columns, after }`.
    fn of(table: &Table, sink: &Sink) -> Option<Shorten> {
        let inner = Fields::new(table, sink);
        let columns = texts(&inner, "columns");
        if inner.find("columns").is_none() {
            inner.required("columns");
        }
        let after = inner.required("after");
        inner.finish();
        after.map(|(after, _)| Shorten { columns, after: after.to_lowercase() })
    }

    /// How much of a cell is kept, where something stands after the word. Capitals do not count.
    pub fn cut(&self, cell: &str) -> Option<usize> {
        if !cell.to_lowercase().contains(&self.after) {
            return None;
        }
        let ends = cell.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let end = { ends }.find(|end| cell[..*end].to_lowercase().ends_with(&self.after))?;
        (!cell[end..].trim().is_empty()).then_some(end)
    }
}

/// The character between columns: `,` where not given, `None` for `"auto"`.
fn delimiter(fields: &Fields<'_>) -> Option<u8> {
    match fields.text("delimiter") {
        Some(("auto", _)) => None,
        Some(_) => Some(letter(fields, "delimiter").map_or(b',', |letter| letter as u8)),
        None => Some(b','),
    }
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
