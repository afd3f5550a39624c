//! `places.toml`: the gazetteer of the case.

use servanda_model::{Diagnostic, LineVersion, Name, Place};

use crate::actors::{Written, check, civil_range};
use crate::fields::{CASE, Fields, Sink};
use crate::node;
use crate::position::position;
use crate::words::PLACE_KINDS;

/// Reads `places.toml`, in the order of the file. A place with an id is kept even when a field of it is at fault.
///
/// # Diagnostics
/// C101 to C104, C106 to C110.
pub fn places(path: &str, text: &str) -> (Vec<Place>, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let parsed = node::parse(text, &sink);
    let fields = Fields::new(&parsed.root, &sink);
    let (mut places, mut written): (Vec<Place>, Vec<Written>) = Default::default();
    for table in parsed.sound(fields.tables("place"), text.len()) {
        if let Some((place, entry)) = place(&Fields::new(table, &sink)) {
            places.push(place);
            written.push(entry);
        }
    }
    fields.finish();
    let mut keep = check(&sink, "place", places.iter().map(|place| &place.id), &written).into_iter();
    places.retain(|_| keep.next().unwrap_or(true));
    (places, sink.into_list())
}

fn place(fields: &Fields<'_>) -> Option<(Place, Written)> {
    let id = fields.required("id");
    let label = fields.owned("label");
    let kind = fields.word("kind", PLACE_KINDS).unwrap_or_default();
    let aliases = fields.texts("aliases");
    let within = fields.texts("within");
    let source = fields.owned("source").unwrap_or_default();
    let position = position(fields, "position");
    let mut versions = Vec::new();
    for table in fields.tables("versions") {
        let inner = Fields::new(table, fields.sink);
        let (id, source, file) = (inner.required("id"), inner.required("source"), inner.owned("file"));
        let (since, _) = civil_range(&inner);
        inner.finish();
        if let (Some((id, _)), Some((source, _))) = (id, source) {
            versions.push(LineVersion { id: Name::new(id), since, source: source.to_owned(), file });
        }
    }
    fields.finish();
    let (id, span) = id?;
    let written = Written {
        id: span,
        wholes: within.iter().map(|(whole, span)| (Name::new(whole), *span)).collect(),
        aliases: aliases.iter().map(|(alias, span)| ((*alias).to_owned(), *span)).collect(),
    };
    let place = Place {
        id: Name::new(id),
        label: label.unwrap_or_else(|| id.to_owned()),
        kind,
        aliases: aliases.into_iter().map(|(alias, _)| alias.to_owned()).collect(),
        within: within.into_iter().map(|(whole, _)| Name::new(whole)).collect(),
        source,
        position,
        versions,
    };
    Some((place, written))
}
