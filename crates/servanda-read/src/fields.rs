//! Reads the fields of one table, one by one, so that a bad field never hides the next.

use std::cell::RefCell;

use servanda_model::{Diagnostic, Name, Severity, Span};

use crate::messages;
use crate::node::{Node, Table, Value};

/// The codes that one family of files uses for its plain faults.
#[derive(Clone, Copy)]
pub(crate) struct Family {
    pub syntax: &'static str,
    pub unknown_key: &'static str,
    pub bad_value: &'static str,
    pub missing: &'static str,
}

/// Codes of case files.
pub(crate) const CASE: Family =
    Family { syntax: "C101", unknown_key: "C102", bad_value: "C103", missing: "C104" };
/// Codes of feed files.
pub(crate) const FEED: Family =
    Family { syntax: "R101", unknown_key: "R102", bad_value: "R103", missing: "R104" };
/// Codes of coded claims.
pub(crate) const CODED: Family =
    Family { syntax: "R201", unknown_key: "R202", bad_value: "R203", missing: "R204" };

/// Codes of lexicon files.
pub(crate) const LEXICON: Family =
    Family { syntax: "C150", unknown_key: "C151", bad_value: "C152", missing: "C153" };

/// Collects the diagnostics of one file.
pub(crate) struct Sink {
    pub file: String,
    pub family: Family,
    list: RefCell<Vec<Diagnostic>>,
}

impl Sink {
    pub fn new(file: &str, family: Family) -> Sink {
        Sink { file: file.to_owned(), family, list: RefCell::default() }
    }

    pub fn push(&self, mut diagnostic: Diagnostic) {
        diagnostic.file.clone_from(&self.file);
        for label in &mut diagnostic.labels {
            if label.file.is_empty() {
                label.file.clone_from(&self.file);
            }
        }
        self.list.borrow_mut().push(diagnostic);
    }

    pub fn n_errors(&self) -> usize {
        self.list.borrow().iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    /// The diagnostics in the order of their places.
    pub fn into_list(self) -> Vec<Diagnostic> {
        let mut list = self.list.into_inner();
        list.sort_by_key(|diagnostic| diagnostic.span.start);
        list
    }
}

/// One table being read: remembers which keys were asked for, so that the rest can be reported.
pub(crate) struct Fields<'t> {
    pub table: &'t Table,
    pub sink: &'t Sink,
    defaults: Option<&'t Table>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'t> Fields<'t> {
    pub fn new(table: &'t Table, sink: &'t Sink) -> Fields<'t> {
        Fields { table, sink, defaults: None, asked: RefCell::default() }
    }

    pub fn with_defaults(table: &'t Table, defaults: Option<&'t Table>, sink: &'t Sink) -> Fields<'t> {
        Fields { table, sink, defaults, asked: RefCell::default() }
    }

    pub fn span(&self) -> Span {
        self.table.span
    }

    /// The value of a key, from the table or else from its defaults.
    pub fn find(&self, key: &'static str) -> Option<&'t Node> {
        self.asked.borrow_mut().push(key);
        self.table.find(key).or_else(|| self.defaults.and_then(|defaults| defaults.find(key)))
    }

    pub fn bad(&self, key: &str, node: &Node, expected: &str) {
        self.sink.push(messages::wrong_sort(
            self.sink.family.bad_value,
            node.span,
            key,
            node.value.sort(),
            expected,
        ));
    }

    /// A text with its place; a number is taken by its digits.
    pub fn text(&self, key: &'static str) -> Option<(&'t str, Span)> {
        let node = self.find(key)?;
        match &node.value {
            Value::Text(text) | Value::Number(text) => Some((text, node.span)),
            _ => {
                self.bad(key, node, "a text");
                None
            }
        }
    }

    /// A text that must be there and must not be blank.
    pub fn required(&self, key: &'static str) -> Option<(&'t str, Span)> {
        match self.find(key) {
            None => {
                self.sink.push(messages::missing(self.sink.family.missing, self.table.span, key));
                None
            }
            Some(_) => self.text(key).filter(|(text, span)| {
                let is_blank = text.trim().is_empty();
                if is_blank {
                    self.sink.push(messages::blank(self.sink.family.missing, *span, key));
                }
                !is_blank
            }),
        }
    }

    pub fn owned(&self, key: &'static str) -> Option<String> {
        self.text(key).map(|(text, _)| text.to_owned()).filter(|text| !text.is_empty())
    }

    pub fn name(&self, key: &'static str) -> Option<(Name, Span)> {
        self.text(key).filter(|(text, _)| !text.is_empty()).map(|(text, span)| (Name::new(text), span))
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&self, key: &'static str) -> Vec<(&'t str, Span)> {
        let Some(node) = self.find(key) else { return Vec::new() };
        match &node.value {
            Value::Text(text) => vec![(text, node.span)],
            Value::List(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Text(text) | Value::Number(text) => Some((text.as_str(), item.span)),
                    _ => {
                        self.bad(key, item, "a text in this list");
                        None
                    }
                })
                .collect(),
            _ => {
                self.bad(key, node, "a list of texts");
                Vec::new()
            }
        }
    }

    pub fn names(&self, key: &'static str) -> Vec<Name> {
        self.texts(key).into_iter().map(|(text, _)| Name::new(text)).collect()
    }

    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let node = self.find(key)?;
        match &node.value {
            Value::Bool(flag) => Some(*flag),
            Value::Text(text) if text == "true" => Some(true),
            Value::Text(text) if text == "false" || text.is_empty() => Some(false),
            _ => {
                self.bad(key, node, "true or false");
                None
            }
        }
    }

    /// A whole number within bounds, both included.
    pub fn count(&self, key: &'static str, low: u64, high: u64) -> Option<(u64, Span)> {
        let node = self.find(key)?;
        let n = match &node.value {
            Value::Number(text) | Value::Text(text) => text.parse().ok(),
            _ => None,
        };
        match n {
            Some(n) if (low..=high).contains(&n) => Some((n, node.span)),
            _ => {
                self.bad(key, node, &format!("a whole number from {low} to {high}"));
                None
            }
        }
    }

    /// One word of a closed list.
    pub fn word<T: Copy>(&self, key: &'static str, list: &[(&str, T)]) -> Option<T> {
        let (text, span) = self.text(key)?;
        if text.is_empty() {
            return None;
        }
        let found = list.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
            self.sink.push(messages::unknown_word(self.sink.family.bad_value, span, key, text, &words));
        }
        found
    }

    pub fn table(&self, key: &'static str) -> Option<&'t Table> {
        let node = self.find(key)?;
        match &node.value {
            Value::Table(table) => Some(table),
            _ => {
                self.bad(key, node, "a table");
                None
            }
        }
    }

    /// The tables of `[[key]]`; one table is a list of one.
    pub fn tables(&self, key: &'static str) -> Vec<&'t Table> {
        let Some(node) = self.find(key) else { return Vec::new() };
        match &node.value {
            Value::Table(table) => vec![table],
            Value::List(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Table(table) => Some(table),
                    _ => {
                        self.bad(key, item, "a table in this list");
                        None
                    }
                })
                .collect(),
            _ => {
                self.bad(key, node, "a list of tables");
                Vec::new()
            }
        }
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for entry in &self.table.entries {
            if !asked.contains(&entry.key.as_str()) {
                let code = self.sink.family.unknown_key;
                self.sink.push(messages::unknown_key(code, entry.key_span, &entry.key, &asked));
            }
        }
    }
}
