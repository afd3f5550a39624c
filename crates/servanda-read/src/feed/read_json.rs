//! Rows of JSON: arrays of objects, one object, arrays side by side, lines, GeoJSON features.

use std::borrow::Cow;

use servanda_model::Span;

use super::cells::Cell;
use super::geojson::{self, GeometryFault};
use super::header::{self, BETWEEN_OPTIONS, LINE};
use super::hxl::Tag;
use super::json::{self, Elements, JsonFault};
use super::map::RowPlace;
use super::read::Reader;
use super::rows_at::RowsAt;
use crate::messages;
use crate::rows::{MAX_FIELD_BYTES, RowFault};

/// Largest row, in bytes.
const MAX_ROW_BYTES: usize = 16 * MAX_FIELD_BYTES;
/// What a feature's geometry says, as columns.
const LAT: &str = "@lat";
const LON: &str = "@lon";
const RADIUS_M: &str = "@radius_m";

impl<'r> Reader<'r, '_> {
    pub(super) fn json(&mut self) {
        let feed = self.feed;
        match &feed.rows {
            RowsAt::Array(pointers) => self.array(pointers, false),
            RowsAt::Object(pointers) => self.object(pointers),
            RowsAt::Parallel(arrays) => self.parallel(arrays),
        }
    }

    pub(super) fn geojson(&mut self) {
        let text: &'r str = &self.document.text;
        let from = self.document.body_start;
        let member = |pointer: &str| {
            json::place(text, from, pointer).ok().and_then(|span| json::scalar(span.of(text)?))
        };
        let other = member("/crs/properties/name")
            .filter(|crs| !["CRS84", "4326"].iter().any(|known| crs.ends_with(known)));
        if let Some(crs) = &other {
            self.push(1, messages::other_reference_system(crs));
        }
        if member("/type").as_deref() == Some("Feature") {
            let place = json::place(text, from, "");
            let mut seen = vec![false; self.feed.columns.names.len()];
            if let Ok(span) = place {
                self.feature(span, 1, other.is_some(), &mut seen);
            }
            return;
        }
        let pointers = match &self.feed.rows {
            RowsAt::Array(list) if list.iter().any(|pointer| !pointer.is_empty()) => list.clone(),
            _ => vec!["/features".to_owned()],
        };
        self.array(&pointers, other.is_some());
    }

    /// The first pointer that leads somewhere. A text that lacks all of them may be allowed to.
    fn first_place(&mut self, pointers: &[String]) -> Option<Span> {
        let text: &'r str = &self.document.text;
        let mut fault = None;
        for pointer in pointers {
            match json::place(text, self.document.body_start, pointer) {
                Ok(span) => return Some(span),
                Err(found) => fault = fault.or(Some((pointer, found))),
            }
        }
        let (pointer, fault) = fault?;
        let is_optional = pointers.iter().any(|pointer| self.feed.optional.contains(pointer));
        self.push(1, messages::no_rows(pointer, &fault, is_optional));
        None
    }

    fn array(&mut self, pointers: &[String], has_other_system: bool) {
        let text: &'r str = &self.document.text;
        let Some(place) = self.first_place(pointers) else { return };
        let mut elements = match Elements::at(text, place.start) {
            Ok(elements) => elements,
            Err(fault) => return self.push(1, messages::no_rows(&pointers.join(" or "), &fault, false)),
        };
        let is_geojson = self.is_geojson();
        let mut seen = vec![false; self.feed.columns.names.len()];
        let mut lines = LineCounter { text, at: 0, line: 1 };
        while let Some(step) = elements.step() {
            match step {
                Ok(span) if is_geojson => {
                    self.feature(span, lines.line_of(span.start), has_other_system, &mut seen);
                }
                Ok(span) => self.json_row(span, lines.line_of(span.start), &mut seen),
                Err(fault) => {
                    let at = if let JsonFault::Broken(at) = fault { at } else { 0 };
                    let line = lines.line_of(at);
                    self.summary.n_rows += 1;
                    self.summary.n_rejected += 1;
                    self.push(line, messages::broken_json(Span::new(at, text.len()), line));
                }
            }
        }
        if !elements.is_closed() && self.summary.n_rejected == 0 {
            let at = elements.next_at();
            let line = lines.line_of(at);
            self.push(line, messages::broken_json(Span::new(at, text.len()), line));
        }
        self.unseen(&seen);
    }

    fn object(&mut self, pointers: &[String]) {
        let text: &'r str = &self.document.text;
        let Some(span) = self.first_place(pointers) else { return };
        let line = LineCounter { text, at: 0, line: 1 }.line_of(span.start);
        let mut seen = vec![false; self.feed.columns.names.len()];
        // One object may be the whole file, so a claim is quoted by its figure and the key that names it.
        let feed = self.feed;
        self.mapper.elements =
            feed.columns.names.iter().map(|names| named_value(text, span, names)).collect();
        self.json_row(span, line, &mut seen);
        self.unseen(&seen);
    }

    /// Arrays side by side. A row is quoted by its figure, because what belongs to it lies in several places.
    fn parallel(&mut self, arrays: &[(String, Vec<String>)]) {
        let text: &'r str = &self.document.text;
        let mut columns: Vec<Vec<Span>> = Vec::new();
        for (_, pointers) in arrays {
            let place = self.first_place(pointers);
            let elements = place.and_then(|place| Elements::at(text, place.start).ok());
            columns.push(elements.into_iter().flatten().map_while(Result::ok).collect());
        }
        let lengths: Vec<usize> = columns.iter().map(Vec::len).filter(|n| *n > 0).collect();
        let n_rows = lengths.iter().max().copied().unwrap_or_default();
        if lengths.iter().any(|n| *n != n_rows) {
            let named: Vec<(&str, usize)> = arrays
                .iter()
                .zip(&columns)
                .map(|((name, _), column)| (name.as_str(), column.len()))
                .collect();
            self.push(1, messages::uneven_arrays(&named));
        }
        let feed = self.feed;
        let slots: Vec<Option<usize>> = feed
            .columns
            .names
            .iter()
            .map(|names| names.iter().find_map(|name| arrays.iter().position(|(known, _)| known == name)))
            .collect();
        for (slot, names) in slots.iter().zip(&feed.columns.names) {
            if slot.is_none() && !names.iter().any(|name| feed.optional.contains(name)) {
                self.push(1, messages::unseen_column(&names.join(" or ")));
            }
        }
        let mut lines = LineCounter { text, at: 0, line: 1 };
        for n in 0..n_rows {
            let spans: Vec<Option<Span>> =
                slots.iter().map(|slot| columns[(*slot)?].get(n).copied()).collect();
            let cells: Vec<Cell<'r>> = spans
                .iter()
                .map(|span| Cell::new(span.and_then(|span| json::scalar(span.of(text)?)), &feed.empty))
                .collect();
            let first = columns.iter().find_map(|column| column.get(n)).copied().unwrap_or_default();
            let label = json::scalar(first.of(text).unwrap_or_default()).unwrap_or_default();
            self.mapper.beside = format!("element {n} of each array, the first '{label}'");
            self.mapper.elements = spans;
            self.summary.n_rows += 1;
            self.sound_row(RowPlace { span: first, line: lines.line_of(first.start) }, &cells);
        }
    }

    pub(super) fn json_lines(&mut self) {
        let text: &'r str = &self.document.text;
        let mut seen = vec![false; self.feed.columns.names.len()];
        let mut at = self.document.body_start;
        for (n, line) in text[at..].split_inclusive('\n').enumerate() {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let words = line.trim();
            if !words.is_empty() {
                self.json_row(Span::new(start, start + words.len()), n + 1, &mut seen);
            }
        }
        self.unseen(&seen);
    }

    fn json_row(&mut self, span: Span, line: usize, seen: &mut [bool]) {
        if !self.is_sound(span, line) {
            return;
        }
        let cells = self.cells(span, span, line, seen);
        self.sound_row(RowPlace { span, line }, &cells);
    }

    /// A row whose cells are of a size that is read.
    fn sound_row(&mut self, place: RowPlace, cells: &[Cell<'_>]) {
        if cells.iter().any(|cell| cell.text.len() > MAX_FIELD_BYTES) {
            self.summary.n_rejected += 1;
            return self.push(place.line, messages::broken_row(place.span, place.line, RowFault::TooLong));
        }
        self.row(place, cells);
    }

    /// A feature: its properties are the columns, and its geometry gives three more.
    fn feature(&mut self, span: Span, line: usize, has_other_system: bool, seen: &mut [bool]) {
        if !self.is_sound(span, line) {
            return;
        }
        let text: &'r str = &self.document.text;
        let properties = json::place(text, span.start, "/properties");
        let mut cells = self.cells(span, properties.unwrap_or_default(), line, seen);
        let asked =
            |name: &str| self.feed.columns.names.iter().position(|names| names.iter().any(|n| n == name));
        if let Some(slots) = asked(LAT).zip(asked(LON)).filter(|_| !has_other_system) {
            let raw = json::place(text, span.start, "/geometry").ok().and_then(|span| span.of(text));
            match raw.map_or(Err(GeometryFault::Absent), geojson::extent) {
                Ok(extent) => {
                    cells[slots.0] = Cell::new(Some(Cow::Owned(format!("{:.6}", extent.lat))), &[]);
                    cells[slots.1] = Cell::new(Some(Cow::Owned(format!("{:.6}", extent.lon))), &[]);
                    if let Some(slot) = asked(RADIUS_M) {
                        cells[slot] = Cell::new(Some(Cow::Owned(extent.radius_m.to_string())), &[]);
                    }
                }
                Err(GeometryFault::Absent) => {}
                Err(GeometryFault::Unreadable) => {
                    let raw = raw.unwrap_or_default();
                    self.push(line, messages::no_position_cell(span, line, "geometry", raw));
                }
            }
        }
        self.sound_row(RowPlace { span, line }, &cells);
    }

    /// Counts a row and answers whether it is a JSON object of a size that is read.
    fn is_sound(&mut self, span: Span, line: usize) -> bool {
        self.summary.n_rows += 1;
        let words = span.of(&self.document.text).unwrap_or_default();
        let is_sound = words.len() <= MAX_ROW_BYTES
            && words.starts_with('{')
            && serde_json::from_str::<serde::de::IgnoredAny>(words).is_ok();
        if !is_sound {
            self.summary.n_rejected += 1;
            self.push(line, messages::broken_json(span, line));
            return false;
        }
        let private = self.private_key(span);
        if let Some(key) = &private {
            self.summary.n_rejected += 1;
            self.push(line, messages::private_cell(span, line, key));
        }
        private.is_none()
    }

    /// A key about private persons that says something.
    fn private_key(&self, row: Span) -> Option<String> {
        let feed = self.feed;
        let mut found = None;
        if !feed.private.is_empty() {
            json::each_entry(&self.document.text, row, |key, raw| {
                let tag = Tag::parse(key);
                let is_private =
                    |pattern: &String| header::is_private(pattern, key, tag.as_ref(), feed.groups.as_deref());
                let says = json::scalar(raw).is_some_and(|cell| !cell.trim().is_empty());
                if found.is_none() && says && feed.private.iter().any(is_private) {
                    found = Some(key.to_owned());
                }
            });
        }
        found
    }

    /// The cells of a row: keys of `object`, and what pointers lead to from `row` on.
    fn cells(&self, row: Span, object: Span, line: usize, seen: &mut [bool]) -> Vec<Cell<'r>> {
        let text: &'r str = &self.document.text;
        let feed = self.feed;
        let mut cells: Vec<Cell<'r>> =
            vec![Cell { is_empty: true, ..Cell::default() }; feed.columns.names.len()];
        let mut ranks = vec![usize::MAX; cells.len()];
        json::each_entry(text, object, |key, raw| {
            for (slot, names) in feed.columns.names.iter().enumerate() {
                let fits = |name: &String| is_key(name, key, feed.groups.as_deref());
                if let Some(rank) = names.iter().position(fits).filter(|rank| *rank < ranks[slot]) {
                    ranks[slot] = rank;
                    seen[slot] = true;
                    let list = json::scalar(raw).filter(|_| feed.columns.is_choice(slot)).map(|list| {
                        Cow::Owned(list.split_whitespace().collect::<Vec<_>>().join(BETWEEN_OPTIONS))
                    });
                    cells[slot] = Cell::new(list.or_else(|| json::scalar(raw)), &feed.empty);
                }
            }
        });
        for (slot, names) in feed.columns.names.iter().enumerate() {
            let pointers =
                names.iter().enumerate().take(ranks[slot]).filter(|(_, name)| name.starts_with('/'));
            if let Some(cell) = pointers.filter_map(|(_, name)| json::cell(text, row, name)).next() {
                seen[slot] = true;
                cells[slot] = Cell::new(Some(cell), &feed.empty);
            } else if names.iter().any(|name| name.starts_with('@')) {
                seen[slot] = true;
                if names.iter().any(|name| name == LINE) {
                    cells[slot] = Cell::new(Some(Cow::Owned(line.to_string())), &[]);
                }
            }
        }
        cells
    }

    fn is_geojson(&self) -> bool {
        let format = self.feed.format;
        format == Some(super::spec::TableFormat::GeoJson)
            || format.is_none() && self.document.document.media_type == "application/geo+json"
    }

    /// JSON rows may lack a key; a column that no row has is most likely misspelt.
    fn unseen(&mut self, seen: &[bool]) {
        let feed = self.feed;
        for (names, _) in feed.columns.names.iter().zip(seen).filter(|(_, seen)| !**seen) {
            if self.summary.n_rows > 0 && !names.iter().any(|name| feed.optional.contains(name)) {
                self.push(1, messages::unseen_column(&names.join(" or ")));
            }
        }
    }
}

/// The bytes of the first of these keys or pointers that an object has: `"key": value`.
fn named_value(text: &str, object: Span, names: &[String]) -> Option<Span> {
    names.iter().find_map(|name| {
        let pointer = match name.starts_with('/') {
            true => name.clone(),
            false => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        };
        let value = json::place(text, object.start, &pointer).ok()?;
        let key = pointer.rsplit('/').next()?.replace("~1", "/").replace("~0", "~");
        let before = text.get(object.start..value.start)?.trim_end().strip_suffix(':')?.trim_end();
        let start = before.strip_suffix(&format!("\"{key}\"")).map(str::len);
        Some(Span::new(start.map_or(value.start, |start| object.start + start), value.end))
    })
}

/// Whether a name of a column means a key: itself, the last part of it after its groups, or its tag.
fn is_key(name: &str, key: &str, groups: Option<&str>) -> bool {
    name == key
        || groups.is_some_and(|groups| header::ends_with_part(key, name, groups))
        || Tag::is_meant(name)
            && Tag::is_meant(key)
            && Tag::parse(name).zip(Tag::parse(key)).is_some_and(|(pattern, tag)| pattern.fits(&tag))
}

/// Counts lines forwards.
struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, offset: usize) -> usize {
        if offset > self.at {
            self.line += self.text.as_bytes()[self.at..offset].iter().filter(|byte| **byte == b'\n').count();
            self.at = offset;
        }
        self.line
    }
}
