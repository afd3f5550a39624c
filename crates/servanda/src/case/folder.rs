//! Files of a folder, in one order on every machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use servanda_model::{Diagnostic, Severity, Span};

/// All files below a folder, sorted by path; hidden ones and locks are left out. Empty where there is no such folder.
pub(crate) fn walk(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            // `file_type` does not follow links: a link to a folder above cannot lead in a circle.
            match entry.file_type() {
                Ok(sort) if sort.is_dir() => open.push(path),
                Ok(_) if path.is_file() => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// A path relative to the case folder, with `/` on every machine.
pub(crate) fn relative(dir: &Path, path: &Path) -> String {
    let path = path.strip_prefix(dir).unwrap_or(path);
    let parts: Vec<String> =
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// Reads text files of a case and remembers them for messages.
pub(crate) struct Reader<'d> {
    dir: &'d Path,
    pub diagnostics: Vec<Diagnostic>,
    pub texts: BTreeMap<String, String>,
}

impl<'d> Reader<'d> {
    pub(crate) fn new(dir: &'d Path) -> Reader<'d> {
        Reader { dir, diagnostics: Vec::new(), texts: BTreeMap::new() }
    }

    /// The bytes of a file with its name; `None`, with a message, where it cannot be read.
    pub(crate) fn bytes(&mut self, path: &str) -> Option<(String, Vec<u8>)> {
        match std::fs::read(self.dir.join(path)) {
            Ok(bytes) => Some((path.to_owned(), bytes)),
            Err(error) => {
                self.diagnostics.push(unreadable(path, &error.to_string()));
                None
            }
        }
    }

    /// The text of a file; `None` where there is none.
    pub(crate) fn text(&mut self, path: &str) -> Option<String> {
        if !self.dir.join(path).exists() {
            return None;
        }
        let (_, bytes) = self.bytes(path)?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                self.diagnostics.push(unreadable(path, "it is not UTF-8 text"));
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
        };
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        self.texts.insert(path.to_owned(), text.clone());
        Some(text)
    }
}

pub(crate) fn unreadable(path: &str, why: &str) -> Diagnostic {
    Diagnostic::new("X101", Severity::Error, Span::default(), format!("this file cannot be read: {why}"))
        .in_file(path)
        .hint("check that the file is there, that you may read it, and that it is saved as UTF-8")
}
