//! A table as CSV (RFC 4180) with a row of HXL tags under the header.
//!
//! # Source
//! HXL 1.1 (hxlstandard.org). Text that a spreadsheet would take for a formula is kept from being one as OWASP advises for CSV
//! injection: it begins with an apostrophe.

use std::io::{self, Write};

use crate::plain::is_invisible_control;
use crate::table::{Column, Field};

/// Writes rows one after the other. Lines end with CR LF, as the format has them.
pub struct CsvTable<W> {
    out: W,
    line: String,
}

impl<W: Write> CsvTable<W> {
    /// Begins with the header and, below it, the tags.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn new(out: W, columns: &[Column]) -> io::Result<CsvTable<W>> {
        let mut table = CsvTable { out, line: String::new() };
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let tags: Vec<&str> = columns.iter().map(|column| column.tag).collect();
        for row in [names, tags] {
            table.out.write_all(row.join(",").as_bytes())?;
            table.out.write_all(b"\r\n")?;
        }
        Ok(table)
    }

    /// One row.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        self.line.clear();
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.line.push(',');
            }
            match field {
                Field::Text(text) => push_text(&mut self.line, text),
                field => self.line.push_str(field.plain().as_deref().unwrap_or_default()),
            }
        }
        self.line.push_str("\r\n");
        self.out.write_all(self.line.as_bytes())
    }

    /// The output, all written.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// A table that is whole already, as CSV.
pub fn csv(columns: &[Column], rows: &[Vec<Field<'_>>]) -> String {
    // Writing into memory does not fail.
    let table = CsvTable::new(Vec::new(), columns).and_then(|mut table| {
        rows.iter().try_for_each(|row| table.row(row))?;
        table.finish()
    });
    String::from_utf8(table.unwrap_or_default()).unwrap_or_default()
}

/// Words in one cell: quoted where they need it, no formula, no signs that hide or turn what stands around them.
fn push_text(line: &mut String, text: &str) {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    let needs_quotes = text.contains([',', '"', '\n', '\r']) || text.trim() != text;
    if needs_quotes {
        line.push('"');
    }
    if is_formula {
        line.push('\'');
    }
    for letter in text.chars() {
        match letter {
            '"' => line.push_str("\"\""),
            '\r' => line.push('\r'),
            letter if is_invisible_control(letter) => line.push('\u{fffd}'),
            letter => line.push(letter),
        }
    }
    if needs_quotes {
        line.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Sort;

    const COLUMNS: [Column; 2] = [
        Column { name: "a", tag: "#org", sort: Sort::Text, says: "" },
        Column { name: "b", tag: "#indicator+num", sort: Sort::Number, says: "" },
    ];

    fn cell(text: &str) -> String {
        let mut table = CsvTable::new(Vec::new(), &COLUMNS[..1]).unwrap();
        table.row(&[Field::text(text)]).unwrap();
        let csv = String::from_utf8(table.finish().unwrap()).unwrap();
        csv.strip_prefix("a\r\n#org\r\n").unwrap().strip_suffix("\r\n").unwrap().to_owned()
    }

    #[test]
    fn words_stay_words() {
        for (text, expected) in [
            ("plain", "plain"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
            (" spaced ", "\" spaced \""),
            ("=1+1", "'=1+1"),
            ("  =1+1", "\"'  =1+1\""),
            ("+972", "'+972"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("＝1", "'＝1"),
            ("غزة", "غزة"),
            ("a\u{202e}b\u{0}c", "a\u{fffd}b\u{fffd}c"),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        let mut table = CsvTable::new(Vec::new(), &COLUMNS).unwrap();
        table.row(&[Field::Empty, Field::Number(servanda_model::Number::from_thousandths(-1500))]).unwrap();
        let csv = String::from_utf8(table.finish().unwrap()).unwrap();
        assert_eq!(csv, "a,b\r\n#org,#indicator+num\r\n,-1.5\r\n");
    }
}
