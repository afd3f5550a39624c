//! The files of the repository, in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Folders that are not part of the repository's text: built, fetched, or kept by git.
const SKIPPED: &[&str] = &["target", "node_modules", "dist", "out"];
/// Files whose text the checks read; of others only the name is known.
const READ: &[&str] = &["rs", "md", "toml", "pact", "expected"];

/// Paths, relative to the root and with `/`, with the text of those files that checks read.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads a checkout. Hidden folders, built files and documents of cases (`cases/*/sources`) are left out.
    ///
    /// # Errors
    /// A folder or file cannot be read.
    pub fn read(root: &Path) -> Result<Tree> {
        let mut tree = Tree::default();
        tree.add_folder(root, "")?;
        Ok(tree)
    }

    /// A tree of these paths and texts.
    pub fn of(files: &[(&str, &str)]) -> Tree {
        Tree { files: files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect() }
    }

    /// Every path with its text, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every path that begins and ends so, with its text.
    pub fn under<'a>(&'a self, start: &'a str, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.iter().filter(move |(path, _)| path.starts_with(start) && path.ends_with(end))
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether there is such a file, or a folder with files in it.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        path.is_empty()
            || self.files.contains_key(path)
            || self.files.range(folder.clone()..).next().is_some_and(|(file, _)| file.starts_with(&folder))
    }

    /// The names of the crates under `crates/`.
    pub fn crates(&self) -> Vec<&str> {
        let names = self.under("crates/", "/Cargo.toml").filter_map(|(path, _)| path.split('/').nth(1));
        let mut names: Vec<&str> = names.collect();
        names.dedup();
        names
    }

    fn add_folder(&mut self, root: &Path, folder: &str) -> Result<()> {
        let here = root.join(folder);
        for entry in fs::read_dir(&here).with_context(|| format!("cannot list {}", here.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                let hidden = name.starts_with('.') && name != ".ci" && name != ".github";
                if !hidden && !SKIPPED.contains(&name.as_str()) {
                    self.add_folder(root, &path)?;
                }
            } else if kind.is_file() {
                let received = path.starts_with("cases/") && path.contains("/sources/");
                let read = !received && path.rsplit_once('.').is_some_and(|(_, end)| READ.contains(&end));
                let text = if read {
                    // A file that another process takes away meanwhile is no fault of the tree.
                    String::from_utf8_lossy(&fs::read(entry.path()).unwrap_or_default()).into_owned()
                } else {
                    String::new()
                };
                self.files.insert(path, text);
            }
        }
        Ok(())
    }
}

/// The crate that a path under `crates/` belongs to.
pub fn crate_of(path: &str) -> Option<&str> {
    path.strip_prefix("crates/")?.split('/').next()
}

/// Whether a path is a test, bench or example of a crate, and not part of what is shipped.
pub fn is_test_file(path: &str) -> bool {
    let inside = |folder: &str| path.contains(&format!("/{folder}/"));
    inside("tests") || inside("benches") || inside("examples") || path.ends_with("/tests.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_are_found_by_their_whole_names() {
        let tree = Tree::of(&[("docs/codes/P101.md", ""), ("README.md", "")]);
        assert!(tree.has("docs/codes") && tree.has("docs/") && tree.has("README.md") && tree.has(""));
        assert!(!tree.has("doc") && !tree.has("docs/codes/P1"));
    }
}
