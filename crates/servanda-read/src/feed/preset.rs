//! Presets: the column names of published tables, as feed files without names of their own.

use servanda_model::Span;

use crate::fields::{FEED, Sink};
use crate::messages;
use crate::node::{self, Table, Value};

/// Every preset by name, with its text.
pub const PRESETS: &[(&str, &str)] = &[
    ("acled", include_str!("../../presets/acled.toml")),
    ("cogat", include_str!("../../presets/cogat.toml")),
    ("geojson", include_str!("../../presets/geojson.toml")),
    ("hxl", include_str!("../../presets/hxl.toml")),
    ("kobo", include_str!("../../presets/kobo.toml")),
    ("techforpalestine-daily", include_str!("../../presets/techforpalestine-daily.toml")),
    ("techforpalestine-lebanon", include_str!("../../presets/techforpalestine-lebanon.toml")),
    ("techforpalestine-west-bank", include_str!("../../presets/techforpalestine-west-bank.toml")),
    ("ucdp-ged", include_str!("../../presets/ucdp-ged.toml")),
    ("un2720", include_str!("../../presets/un2720.toml")),
    ("unrwa-commodities", include_str!("../../presets/unrwa-commodities.toml")),
    ("unrwa-disclaimer", include_str!("../../presets/unrwa-disclaimer.toml")),
];

/// The table of a preset, its places set to where the case names it.
pub(crate) fn table(name: &str, span: Span, sink: &Sink) -> Option<Table> {
    let Some((_, text)) = PRESETS.iter().find(|(known, _)| *known == name) else {
        let names: Vec<&str> = PRESETS.iter().map(|(known, _)| *known).collect();
        sink.push(messages::unknown_preset(span, name, &names));
        return None;
    };
    let own = Sink::new("", FEED);
    let mut root = node::parse(text, &own).root;
    place(&mut root, span);
    Some(root)
}

fn place(table: &mut Table, span: Span) {
    table.span = span;
    for entry in &mut table.entries {
        entry.key_span = span;
        place_value(&mut entry.node, span);
    }
}

fn place_value(node: &mut node::Node, span: Span) {
    node.span = span;
    match &mut node.value {
        Value::Table(inner) => place(inner, span),
        Value::List(items) => items.iter_mut().for_each(|item| place_value(item, span)),
        _ => {}
    }
}
