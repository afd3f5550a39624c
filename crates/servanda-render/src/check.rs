//! The check screen: everything that is wrong with some files, at once (`check.v1`).

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Diagnostic, LineColumn, Severity, Span};

use crate::figures::count;
use crate::plain::{harmless, is_invisible_control};

/// A diagnostic with its place as people count it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlacedDiagnostic {
    /// Line, from 1; `None` where there is no file.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// The diagnostic.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

/// Everything that is wrong with some files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckView {
    /// `check.v1`.
    pub schema: String,
    /// Files that were looked at, in order.
    pub files: Vec<String>,
    /// What was found, by file and place.
    pub diagnostics: Vec<PlacedDiagnostic>,
    /// How many errors.
    pub n_errors: usize,
    /// How many warnings.
    pub n_warnings: usize,
    /// How many remarks.
    pub n_remarks: usize,
    /// What was understood ("29 provisions, 246 claims").
    pub understood: Vec<String>,
}

impl CheckView {
    /// The screen of some diagnostics; `texts` are the files that they point into.
    pub fn new(
        files: Vec<String>,
        diagnostics: Vec<Diagnostic>,
        texts: &BTreeMap<String, String>,
        understood: Vec<String>,
    ) -> CheckView {
        let of = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
        let (n_errors, n_warnings, n_remarks) =
            (of(Severity::Error), of(Severity::Warning), of(Severity::Remark));
        let place = |diagnostic: Diagnostic| {
            let at = texts.get(&diagnostic.file).map(|text| LineColumn::of(text, diagnostic.span.start));
            PlacedDiagnostic { line: at.map(|at| at.line), column: at.map(|at| at.column), diagnostic }
        };
        CheckView {
            schema: "check.v1".to_owned(),
            files,
            diagnostics: diagnostics.into_iter().map(place).collect(),
            n_errors,
            n_warnings,
            n_remarks,
            understood,
        }
    }

    /// Whether nothing of severity `Error` was found.
    pub fn is_sound(&self) -> bool {
        self.n_errors == 0
    }

    /// `12 errors, 5 warnings, 3 remarks in 1 file`.
    pub fn summary(&self) -> String {
        let files = count(self.files.len(), "file", "files");
        let parts: Vec<String> = [
            (self.n_errors, "error", "errors"),
            (self.n_warnings, "warning", "warnings"),
            (self.n_remarks, "remark", "remarks"),
        ]
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| count(n, one, many))
        .collect();
        let found = if parts.is_empty() { "nothing to mend".to_owned() } else { parts.join(", ") };
        format!("{found} in {files}")
    }

    /// The diagnostics as text: with the lines they point to.
    pub fn to_text(&self, texts: &BTreeMap<String, String>, color: bool, width: usize) -> String {
        let mut out = String::new();
        for placed in &self.diagnostics {
            out.push_str(&diagnostic_text(&placed.diagnostic, texts, color, width));
            out.push_str("\n\n");
        }
        for line in &self.understood {
            out.push_str(line);
            out.push('\n');
        }
        out.push_str(&self.summary());
        out.push('\n');
        let codes: std::collections::BTreeSet<&str> =
            self.diagnostics.iter().map(|placed| placed.diagnostic.code.as_str()).collect();
        if let (Some(code), false) = (codes.first(), self.is_sound()) {
            out.push_str(&format!("'servanda explain {code}' says more about a code.\n"));
        }
        out
    }

    /// The diagnostics one a line: `file:line:column: error P101: message (hint)`.
    pub fn to_lines(&self) -> String {
        let mut out = String::new();
        for placed in &self.diagnostics {
            out.push_str(&placed.one_line());
            out.push('\n');
        }
        out.push_str(&self.summary());
        out.push('\n');
        out
    }
}

impl PlacedDiagnostic {
    /// `file:line:column: error P101: message`, the hint on a line of its own.
    pub fn one_line(&self) -> String {
        let found = &self.diagnostic;
        let place = match (found.file.as_str(), self.line, self.column) {
            ("", ..) => String::new(),
            (file, Some(line), Some(column)) => format!("{file}:{line}:{column}: "),
            (file, ..) => format!("{file}: "),
        };
        let word = severity_word(found.severity);
        let mut line = format!("{place}{word} {}: {}", found.code, harmless(&found.message));
        if let Some(hint) = &found.hint {
            line.push_str(&format!("\n    hint: {}", harmless(hint)));
        }
        line
    }
}

/// `error`, `warning`, `remark`.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Remark => "remark",
    }
}

/// One diagnostic with the line it points to.
pub fn diagnostic_text(
    diagnostic: &Diagnostic,
    texts: &BTreeMap<String, String>,
    color: bool,
    width: usize,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Remark => Level::NOTE.with_name("remark"),
    };
    // Characters that turn the direction of writing must not turn the lines of the message.
    let clean: BTreeMap<&str, String> =
        texts.iter().map(|(file, text)| (file.as_str(), same_length(text))).collect();
    let message = harmless(&diagnostic.message).into_owned();
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(diagnostic.code.as_str()));
    if let Some(text) = clean.get(diagnostic.file.as_str()) {
        let mut snippet = Snippet::source(text.as_str())
            .path(diagnostic.file.as_str())
            .annotation(AnnotationKind::Primary.span(shown(diagnostic.span, text)));
        for label in diagnostic.labels.iter().filter(|label| label.file == diagnostic.file) {
            snippet = snippet
                .annotation(AnnotationKind::Context.span(shown(label.span, text)).label(label.text.as_str()));
        }
        group = group.element(snippet);
        for label in diagnostic.labels.iter().filter(|label| label.file != diagnostic.file) {
            if let Some(text) = clean.get(label.file.as_str()) {
                group = group.element(Snippet::source(text.as_str()).path(label.file.as_str()).annotation(
                    AnnotationKind::Context.span(shown(label.span, text)).label(label.text.as_str()),
                ));
            }
        }
    } else if !diagnostic.file.is_empty() {
        group = group.element(annotate_snippets::Origin::path(diagnostic.file.as_str()));
    }
    let hint = diagnostic.hint.as_deref().map(|hint| harmless(hint).into_owned());
    if let Some(hint) = &hint {
        group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(width.max(40)).decor_style(DecorStyle::Ascii).render(&[group])
}

/// The place to underline: one line at most, never empty, never within a character.
fn shown(span: Span, text: &str) -> std::ops::Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let mut end = span.end.clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The text with every control character replaced by characters of the same length in bytes, so that places stay.
fn same_length(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible_control(c) && c != '\r' {
            match c.len_utf8() {
                3 => clean.push('\u{fffd}'),
                n => clean.extend(std::iter::repeat_n('?', n)),
            }
        } else {
            clean.push(c);
        }
    }
    clean
}
