//! Where the rows of a JSON text lie.

use crate::fields::Fields;
use crate::messages;
use crate::node::{Node, Value};

/// Where the rows of a JSON text lie; of several pointers the first that leads somewhere is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowsAt {
    /// The elements of an array.
    Array(Vec<String>),
    /// One object is the one row.
    Object(Vec<String>),
    /// Arrays side by side: a row is made of the elements with the same number. Each has a name.
    Parallel(Vec<(String, Vec<String>)>),
}

impl Default for RowsAt {
    fn default() -> Self {
        RowsAt::Array(vec![String::new()])
    }
}

impl RowsAt {
    /// Reads `rows = "/data"`, `row = ""` or `arrays = { day = "/days", n = "/counts" }`.
    pub fn of(fields: &Fields<'_>) -> RowsAt {
        let (rows, row, arrays) = (fields.find("rows"), fields.find("row"), fields.find("arrays"));
        let given = [rows, row, arrays].into_iter().flatten().collect::<Vec<_>>();
        if let [_, second, ..] = given[..] {
            fields.sink.push(messages::rows_given_twice(second.span));
        }
        match (rows, row, arrays) {
            (Some(node), ..) => RowsAt::Array(pointers(fields, "rows", node)),
            (_, Some(node), _) => RowsAt::Object(pointers(fields, "row", node)),
            (.., Some(node)) => match &node.value {
                Value::Table(table) => RowsAt::Parallel(
                    table
                        .entries
                        .iter()
                        .map(|entry| (entry.key.clone(), pointers(fields, "arrays", &entry.node)))
                        .collect(),
                ),
                _ => {
                    fields.bad("arrays", node, "a table { name = \"/pointer\", … }");
                    RowsAt::default()
                }
            },
            _ => RowsAt::default(),
        }
    }
}

fn pointers(fields: &Fields<'_>, key: &str, node: &Node) -> Vec<String> {
    let texts: Vec<String> = match &node.value {
        Value::Text(text) => vec![text.clone()],
        Value::List(items) => items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let is_pointer = |text: &String| text.is_empty() || text.starts_with('/');
    if texts.is_empty() || !texts.iter().all(is_pointer) {
        fields.bad(key, node, "a JSON pointer (\"/data/items\"; \"\" is the whole file), or a list of them");
        return vec![String::new()];
    }
    texts
}
