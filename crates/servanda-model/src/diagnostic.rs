//! Diagnostics: what is wrong with an input, where, and one hint.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// For information; nothing needs to change.
    Remark,
    /// Probably not what the author meant; the input is used as it stands.
    Warning,
    /// This part of the input cannot be used; the rest still counts.
    Error,
}

/// A further place that the message speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// File, relative to the case folder.
    pub file: String,
    /// Bytes in that file.
    pub span: Span,
    /// What to say of the place.
    pub text: String,
}

/// One message for the person who must fix the input: their words, their line, one hint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// Stable code with a page in `docs/codes` (`P101`, `R203`).
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// File, relative to the case folder; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Bytes in that file.
    pub span: Span,
    /// What is wrong, in the author's words.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Further places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
}

impl Diagnostic {
    /// A diagnostic without hint or further places.
    pub fn new(code: &str, severity: Severity, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: code.to_owned(),
            severity,
            file: String::new(),
            span,
            message: message.into(),
            hint: None,
            labels: Vec::new(),
        }
    }

    /// With its one hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }

    /// With its file.
    pub fn in_file(mut self, file: impl Into<String>) -> Diagnostic {
        self.file = file.into();
        self
    }

    /// With a further place in the same file.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        let file = self.file.clone();
        self.labels.push(Label { file, span, text: text.into() });
        self
    }
}
