//! Renders values for check tables.

use std::fmt::Write;

use servanda_model::{Diagnostic, LineColumn, Severity};

/// One line a diagnostic: place, severity, code, message, hint, further places.
pub fn diagnostics(text: &str, list: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in list {
        let severity = match diagnostic.severity {
            Severity::Remark => "remark",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let place = LineColumn::of(text, diagnostic.span.start);
        let hint = diagnostic.hint.as_deref().unwrap_or("");
        let (code, message) = (&diagnostic.code, &diagnostic.message);
        writeln!(out, "{}:{} {severity} {code}: {message} [{hint}]", place.line, place.column).unwrap();
        for label in &diagnostic.labels {
            writeln!(out, "    {}@{}: {}", label.file, label.span.start, label.text).unwrap();
        }
    }
    out
}
