//! A table as GeoJSON (RFC 7946): one point for each row that has a position, everything else as properties.

use std::io::{self, Write};

use servanda_model::{Number, Position};

use crate::table::{Column, Field};

/// Writes features one after the other, one a line.
pub struct GeoJsonTable<W> {
    out: W,
    names: Vec<&'static str>,
    is_first: bool,
}

impl<W: Write> GeoJsonTable<W> {
    /// Begins a collection. `remark` says, within the file, what its positions are worth.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn new(mut out: W, columns: &[Column], remark: &str) -> io::Result<GeoJsonTable<W>> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"remark\":{},\"features\":[", json(remark))?;
        Ok(GeoJsonTable { out, names: columns.iter().map(|column| column.name).collect(), is_first: true })
    }

    /// One row at its position; empty fields are left out.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn row(&mut self, position: Position, fields: &[Field<'_>]) -> io::Result<()> {
        let mut properties = String::new();
        for (name, field) in self.names.iter().zip(fields) {
            let Some(plain) = field.plain() else { continue };
            if !properties.is_empty() {
                properties.push(',');
            }
            properties.push_str(&json(name));
            properties.push(':');
            match field {
                Field::Text(_) | Field::Moment(_) => properties.push_str(&json(&plain)),
                // Numbers beyond what other programs hold exactly stay exact as text.
                Field::Number(number) if !is_held_exactly(*number) => properties.push_str(&json(&plain)),
                _ => properties.push_str(&plain),
            }
        }
        let between = if std::mem::take(&mut self.is_first) { "\n" } else { ",\n" };
        write!(
            self.out,
            "{between}{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{},{}]}},\"properties\":{{{properties}}}}}",
            Field::Degrees(position.lon_e6).plain().unwrap_or_default(),
            Field::Degrees(position.lat_e6).plain().unwrap_or_default(),
        )
    }

    /// Ends the collection.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn is_held_exactly(number: Number) -> bool {
    const MAX_EXACT: i64 = 1 << 53;
    number.thousandths().abs() <= MAX_EXACT
}

fn json(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if crate::plain::is_invisible_control(c) && c != '\r' { '\u{fffd}' } else { c })
        .collect();
    serde_json::to_string(&text).unwrap_or_default()
}
