//! The canonical JSON form of a file: the same tree, without places.
//!
//! Invariant: text that [`crate::format`] wrote becomes JSON and again the same text, byte for byte.

use schemars::generate::SchemaSettings;
use servanda_model::{Diagnostic, Span};

use crate::syntax::{Block, ClauseSort, File};
use crate::{format, messages, parse};

/// Bytes of JSON that are read.
const MAX_JSON_BYTES: usize = 64 << 20;

/// Writes a tree as canonical JSON: two spaces of indent, fields in the order of the schema, a line end last.
pub fn to_json(file: &File) -> String {
    // A tree holds strings, numbers and lists only, so writing it cannot fail.
    let mut json = serde_json::to_string_pretty(file).unwrap_or_default();
    json.push('\n');
    json
}

/// Reads canonical JSON back to a tree, with places in the text that [`crate::format`] writes of it.
///
/// # Errors
/// One or more diagnostics where the JSON is malformed, has unknown fields, or says what the language cannot
/// say (a name with a space, for example). Lines that could not be read as text are allowed as they are.
pub fn from_json(json: &str) -> Result<File, Vec<Diagnostic>> {
    if json.len() > MAX_JSON_BYTES {
        return Err(vec![messages::file_too_long(MAX_JSON_BYTES).at(Span::default())]);
    }
    let file: File = serde_json::from_str(json).map_err(|error| {
        let at = offset(json, error.line(), error.column());
        vec![messages::bad_json(&error.to_string()).at(Span::new(at, at))]
    })?;
    let text = format(&file);
    let (read, diagnostics) = parse("", &text);
    // The text form is the judge of what can be said: what it reads must be what the JSON said.
    let (said, understood) = (without_blanks(&file), without_blanks(&read));
    if said == understood {
        return Ok(read);
    }
    let differs = said.iter().zip(&understood).position(|(said, read)| said != read);
    let at = differs.unwrap_or(said.len().min(understood.len()));
    let problem = match diagnostics.first() {
        Some(diagnostic) => diagnostic.message.clone(),
        None => format!("item {} reads back as something else", at + 1),
    };
    Err(vec![messages::json_not_text(&problem).at(Span::default())])
}

/// The JSON Schema of the canonical form, as text with a line end.
pub fn json_schema() -> String {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<File>();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// The items as values without blank lines, which the formatter may merge.
fn without_blanks(file: &File) -> Vec<serde_json::Value> {
    let mut items: Vec<_> = file.items.iter().filter(|item| item.block != Block::Blank {}).cloned().collect();
    for item in &mut items {
        item.clauses.retain(|clause| clause.clause != ClauseSort::Blank {});
    }
    items.iter().map(|item| serde_json::to_value(item).unwrap_or_default()).collect()
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}
