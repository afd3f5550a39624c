//! What the tests share.
#![allow(dead_code, unreachable_pub)]

use servanda_model::{Diagnostic, LineColumn};
use servanda_pact::{Agreement, parse_agreement};

/// Reads files given as path and text.
pub fn read(files: &[(&str, &str)]) -> (Agreement, Vec<Diagnostic>) {
    let files: Vec<(String, Vec<u8>)> =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    parse_agreement(&files)
}

/// `line:col code message` with the hint below, one after the other.
pub fn render(agreement: &Agreement, diagnostics: &[Diagnostic]) -> String {
    let text = |path: &str| {
        agreement.files.iter().find(|file| file.path == path).map(|file| file.text.as_str()).unwrap_or("")
    };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = LineColumn::of(text(&diagnostic.file), diagnostic.span.start);
        let file = if agreement.files.len() > 1 { format!("{}:", diagnostic.file) } else { String::new() };
        out += &format!("{file}{}:{} {} {}\n", place.line, place.column, diagnostic.code, diagnostic.message);
        for label in &diagnostic.labels {
            let place = LineColumn::of(text(&label.file), label.span.start);
            out += &format!("    {}:{}:{} {}\n", label.file, place.line, place.column, label.text);
        }
        out += &format!("    hint: {}\n", diagnostic.hint.as_deref().unwrap_or("NONE"));
    }
    out
}

/// Heads that most inputs need.
pub const HEAD: &str = r#"pact plan "The plan"
clock UTC
instrument first "First" adopted 2025-10-10
party north "North"
party south "South"
body board "The board"
kind prisoner "prisoners"
kind truck.entered "trucks" counts truck
kind fire "shots"
kind accepted "acceptance"
kind withdrawn "withdrawal"
zone strip "strip.geojson"
number quota 600 since 2025-10-10 "point 7", 700 since 2026-01-01 "annex"
milestone calm when accepted and withdrawn by north
"#;
