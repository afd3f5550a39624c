//! A tree of values, each with its place in the text: what TOML files and rows of CSV files have in common.

use servanda_model::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fields::Sink;
use crate::messages;

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub span: Span,
    pub value: Value,
}

/// A value as written; numbers and dates keep their text.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Number(String),
    Bool(bool),
    List(Vec<Node>),
    Table(Table),
}

/// Keys and values in the order of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub span: Span,
    pub entries: Vec<Entry>,
}

/// One key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub key: String,
    pub key_span: Span,
    pub node: Node,
}

impl Table {
    pub fn find(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    pub fn push(&mut self, key: &str, span: Span, value: Value) {
        self.entries.push(Entry { key: key.to_owned(), key_span: span, node: Node { span, value } });
    }

    /// This table with the keys of `other` in place of its own.
    pub fn overlaid(&self, other: &Table) -> Table {
        let mut merged = Table { span: other.span, entries: other.entries.clone() };
        for entry in &self.entries {
            if other.find(&entry.key).is_none() {
                merged.entries.push(entry.clone());
            }
        }
        merged
    }
}

impl Value {
    /// What a person calls this sort of value.
    pub fn sort(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Number(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// A parsed TOML text: its root and the places where it could not be parsed.
pub(crate) struct Parsed {
    pub root: Table,
    faults: Vec<usize>,
}

impl Parsed {
    /// The tables of `[[key]]`, without those that hold a fault (they are reported already, and half a table may mislead).
    pub fn sound<'t>(&self, tables: Vec<&'t Table>, n_bytes: usize) -> Vec<&'t Table> {
        let starts: Vec<usize> = tables.iter().map(|table| table.span.start).chain([n_bytes + 1]).collect();
        let has_fault =
            |at: usize| self.faults.iter().any(|fault| (starts[at]..starts[at + 1]).contains(fault));
        tables.into_iter().enumerate().filter(|(at, _)| !has_fault(*at)).map(|(_, table)| table).collect()
    }
}

/// Parses TOML to the end; every fault is a diagnostic of the sink's syntax code.
pub(crate) fn parse(text: &str, sink: &Sink) -> Parsed {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut faults = Vec::new();
    for error in &errors {
        let span = error.span().map_or(Span::new(0, 0), |range| Span::new(range.start, range.end));
        faults.push(span.start);
        sink.push(messages::syntax(sink.family.syntax, span, error.message()));
    }
    Parsed { root: table(&root), faults }
}

fn place<T>(spanned: &Spanned<T>) -> Span {
    let range = spanned.span();
    Span::new(range.start, range.end)
}

fn table(spanned: &Spanned<DeTable<'_>>) -> Table {
    entries(spanned.get_ref(), place(spanned))
}

fn entries(table: &DeTable<'_>, span: Span) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), key_span: place(key), node: node(value) })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { span, entries }
}

fn node(spanned: &Spanned<DeValue<'_>>) -> Node {
    let span = place(spanned);
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Value::Number(number.as_str().to_owned()),
        DeValue::Integer(number) => Value::Number(
            i64::from_str_radix(number.as_str(), number.radix())
                .map_or(number.to_string(), |n| n.to_string()),
        ),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(datetime) => Value::Text(datetime.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(node).collect()),
        DeValue::Table(inner) => Value::Table(entries(inner, span)),
    };
    Node { span, value }
}
