//! Columns, and values that come from a constant or a column.

use std::borrow::Cow;
use std::collections::HashMap;

use servanda_model::Span;

use super::header::BETWEEN_OPTIONS;
use super::hxl::Tag;
use crate::fields::Fields;
use crate::node::{Node, Value};

/// The columns that a feed reads, each once; a column may go by several names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub names: Vec<Vec<String>>,
    /// Slots of questions of which several options can be chosen.
    choices: Vec<usize>,
}

impl Columns {
    /// The slot of a column, new where it was not seen before.
    fn slot_of_sort(&mut self, names: Vec<String>, is_choice: bool) -> usize {
        let known = (0..self.names.len())
            .find(|slot| self.names[*slot] == names && self.is_choice(*slot) == is_choice);
        known.unwrap_or_else(|| {
            self.names.push(names);
            let slot = self.names.len() - 1;
            if is_choice {
                self.choices.push(slot);
            }
            slot
        })
    }

    /// Whether the slot is a question of which several options can be chosen.
    pub fn is_choice(&self, slot: usize) -> bool {
        self.choices.contains(&slot)
    }

    /// Whether any column is named by a tag.
    pub fn has_tags(&self) -> bool {
        self.names.iter().flatten().any(|name| Tag::is_meant(name))
    }

    /// The slot that a node names: a text, or a list of texts of which the first present counts.
    pub fn of(&mut self, fields: &Fields<'_>, key: &str, node: &Node) -> Option<usize> {
        self.of_sort(fields, key, node, false)
    }

    /// The slot of a question of which several options can be chosen.
    pub fn of_choice(&mut self, fields: &Fields<'_>, key: &str, node: &Node) -> Option<usize> {
        self.of_sort(fields, key, node, true)
    }

    fn of_sort(&mut self, fields: &Fields<'_>, key: &str, node: &Node, is_choice: bool) -> Option<usize> {
        let names = match &node.value {
            Value::Text(name) => vec![name.clone()],
            Value::List(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Text(name) => Some(name.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        if names.iter().any(|name| !name.is_empty()) {
            return Some(self.slot_of_sort(names, is_choice));
        }
        fields.bad(key, node, "the name of a column, or a list of names of which the first present counts");
        None
    }
}

/// One cell of a row: its text without outer white space, and whether it states nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell<'t> {
    pub text: Cow<'t, str>,
    pub is_empty: bool,
}

impl<'t> Cell<'t> {
    pub fn new(text: Option<Cow<'t, str>>, empty: &[String]) -> Cell<'t> {
        let Some(text) = text else { return Cell { text: Cow::Borrowed(""), is_empty: true } };
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        let is_empty = text.is_empty() || empty.iter().any(|word| *word == *text);
        Cell { text, is_empty }
    }

    pub fn stated(&self) -> Option<&str> {
        (!self.is_empty).then_some(&*self.text)
    }
}

/// What becomes of a cell that the map does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Otherwise {
    Reject,
    Keep,
    Empty,
}

/// A value: a constant, or the cell of a column, perhaps through a map.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub column: Option<usize>,
    constant: String,
    map: Option<HashMap<String, String>>,
    /// Stands in for a cell that is empty or not in the map.
    default: Option<String>,
    otherwise: Otherwise,
    split: Option<String>,
}

/// A cell that the map does not list.
#[derive(Clone, Debug)]
pub(crate) struct Unmapped {
    pub column: usize,
    pub cell: String,
}

impl Source {
    /// Reads `"constant"` or `{ column | choices, map, default, otherwise, split }`.
    pub fn of(fields: &Fields<'_>, key: &str, node: &Node, columns: &mut Columns) -> Option<Source> {
        let mut source = Source {
            column: None,
            constant: String::new(),
            map: None,
            default: None,
            otherwise: Otherwise::Keep,
            split: None,
        };
        match &node.value {
            Value::Text(text) | Value::Number(text) => source.constant.clone_from(text),
            Value::Table(table) => {
                let inner = Fields::new(table, fields.sink);
                let (column, choices) = (inner.find("column"), inner.find("choices"));
                if column.is_none() && choices.is_none() {
                    inner.required("column");
                }
                source.column = Some(match choices {
                    Some(node) => columns.of_choice(&inner, "choices", node)?,
                    None => columns.of(&inner, "column", column?)?,
                });
                source.map = inner.table("map").map(|map| {
                    map.entries
                        .iter()
                        .filter_map(|entry| Some((entry.key.clone(), word(&inner, &entry.node)?)))
                        .collect()
                });
                source.default = inner.text("default").map(|(text, _)| text.to_owned());
                let words =
                    [("reject", Otherwise::Reject), ("keep", Otherwise::Keep), ("empty", Otherwise::Empty)];
                let unlisted = if source.map.is_some() { Otherwise::Reject } else { Otherwise::Keep };
                source.otherwise = inner.word("otherwise", &words).unwrap_or(unlisted);
                let split = inner.owned("split");
                source.split = choices.map_or(split, |_| Some(BETWEEN_OPTIONS.to_owned()));
                // Asked for by the fields that have them.
                inner.find("prefix");
                inner.find("label");
                inner.finish();
            }
            _ => {
                fields.bad(key, node, "a text, or a table { column = \"…\" }");
                return None;
            }
        }
        Some(source)
    }

    /// A constant.
    pub fn of_text(text: &str) -> Source {
        Source { column: None, constant: text.to_owned(), ..Source::of_column(0) }
    }

    /// The cell of a column as it stands.
    pub fn of_column(column: usize) -> Source {
        Source {
            column: Some(column),
            constant: String::new(),
            map: None,
            default: None,
            otherwise: Otherwise::Keep,
            split: None,
        }
    }

    /// Reads one source or a list of sources.
    pub fn list(fields: &Fields<'_>, key: &'static str, columns: &mut Columns) -> Vec<Source> {
        match fields.find(key) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => {
                items.iter().filter_map(|item| Source::of(fields, key, item, columns)).collect()
            }
            Some(node) => Source::of(fields, key, node, columns).into_iter().collect(),
        }
    }

    /// The value in this row; `None` where nothing is stated.
    pub fn value<'v>(&'v self, cells: &'v [Cell<'_>]) -> Result<Option<&'v str>, Unmapped> {
        let Some(column) = self.column else {
            return Ok(Some(self.constant.as_str()).filter(|text| !text.is_empty()));
        };
        let cell = &cells[column];
        let listed = self.map.as_ref().and_then(|map| map.get(&*cell.text));
        let value = match (listed, cell.stated()) {
            (Some(value), _) => Some(value.as_str()),
            (None, None) => self.default.as_deref(),
            (None, Some(text)) if self.map.is_none() => Some(text),
            (None, Some(text)) => match (&self.default, self.otherwise) {
                (Some(default), _) => Some(default.as_str()),
                (None, Otherwise::Keep) => Some(text),
                (None, Otherwise::Empty) => None,
                (None, Otherwise::Reject) => return Err(Unmapped { column, cell: text.to_owned() }),
            },
        };
        Ok(value.filter(|text| !text.is_empty()))
    }

    /// The values in this row, where a cell may hold several.
    pub fn each_value<'v>(
        &'v self,
        cells: &'v [Cell<'_>],
        mut take: impl FnMut(&'v str),
    ) -> Result<(), Unmapped> {
        let Some(split) = self.split.as_deref() else {
            self.value(cells)?.into_iter().for_each(take);
            return Ok(());
        };
        let Some(column) = self.column else { return Ok(()) };
        for part in cells[column].stated().unwrap_or_default().split(split).map(str::trim) {
            match (self.map.as_ref().map(|map| map.get(part)), &self.default, self.otherwise) {
                _ if part.is_empty() => {}
                (None, ..) | (Some(None), None, Otherwise::Keep) => take(part),
                (Some(Some(value)), ..) => take(value),
                (Some(None), Some(default), _) => take(default),
                (Some(None), None, Otherwise::Empty) => {}
                (Some(None), None, Otherwise::Reject) => {
                    return Err(Unmapped { column, cell: part.to_owned() });
                }
            }
        }
        Ok(())
    }
}

fn word(fields: &Fields<'_>, node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        _ => {
            fields.bad("map", node, "a text for each value of the column");
            None
        }
    }
}

/// A rule by which rows are left out on purpose; each use is counted.
#[derive(Clone, Debug)]
pub(crate) struct SkipRule {
    pub column: usize,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
    Empty,
}

impl SkipRule {
    /// Reads `{ column, equals | one_of | not_one_of | empty = true }`.
    pub fn of(table: &crate::node::Table, fields: &Fields<'_>, columns: &mut Columns) -> Option<SkipRule> {
        let inner = Fields::new(table, fields.sink);
        let column = inner.find("column");
        if column.is_none() {
            inner.required("column");
        }
        let owned =
            |list: Vec<(&str, Span)>| list.into_iter().map(|(text, _)| text.to_owned()).collect::<Vec<_>>();
        let equals = owned(inner.texts("equals"));
        let (one_of, none_of) = (owned(inner.texts("one_of")), owned(inner.texts("not_one_of")));
        let is_empty = inner.flag("empty").unwrap_or_default();
        inner.finish();
        let test = match (equals.is_empty(), one_of.is_empty(), none_of.is_empty(), is_empty) {
            (false, true, true, false) => Test::OneOf(equals),
            (true, false, true, false) => Test::OneOf(one_of),
            (true, true, false, false) => Test::NoneOf(none_of),
            (true, true, true, true) => Test::Empty,
            _ => {
                fields.sink.push(crate::messages::skip_rule(table.span));
                return None;
            }
        };
        Some(SkipRule { column: columns.of(&inner, "column", column?)?, test })
    }

    /// Whether the row is left out.
    pub fn fits(&self, cells: &[Cell<'_>]) -> bool {
        let cell = &cells[self.column];
        match &self.test {
            Test::OneOf(list) => list.iter().any(|text| *text == *cell.text),
            Test::NoneOf(list) => !list.iter().any(|text| *text == *cell.text),
            Test::Empty => cell.is_empty,
        }
    }
}
