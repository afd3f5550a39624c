//! Is the house in order? Each check gives located messages; none changes anything.
//!
//! Invariant: a check is a function of texts, so each has tests on small made-up trees; only [`run`] touches the disk.

mod allowances;
mod codes;
mod edges;
mod heads;
mod licences;
mod links;
mod names;
pub mod rust;
mod sizes;
pub mod tree;
mod unfinished;
mod words;

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use tree::Tree;

/// One thing that is not in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the root.
    pub path: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Which check says so.
    pub check: &'static str,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl Finding {
    fn new(check: &'static str, path: &str, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, check, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {} [{}]", self.path, self.message, self.check),
            line => write!(f, "{}:{line}: {} [{}]", self.path, self.message, self.check),
        }
    }
}

/// Runs every check over a checkout.
///
/// # Errors
/// A file cannot be read, or cargo cannot say what the workspace is made of.
pub fn run(root: &Path) -> Result<Vec<Finding>> {
    let tree = Tree::read(root)?;
    let mut findings = edges::check(&metadata(root, &["--no-deps"])?);
    findings.extend(licences::check(&tree, &metadata(root, &["--filter-platform", &host()?])?)?);
    findings.extend(names::check(&tree)?);
    findings.extend(sizes::check(&tree)?);
    for check in
        [allowances::check, codes::check, heads::check, links::check, unfinished::check, words::check]
    {
        findings.extend(check(&tree));
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// What cargo knows of the workspace.
fn metadata(root: &Path, options: &[&str]) -> Result<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let out = Command::new(cargo)
        .args(["metadata", "--format-version", "1"])
        .args(options)
        .current_dir(root)
        .output()
        .context("cannot start cargo")?;
    if !out.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&out.stderr).trim());
    }
    serde_json::from_slice(&out.stdout).context("cargo metadata gave no JSON")
}

/// The platform of this machine, so that crates for other systems need not be fetched.
fn host() -> Result<String> {
    let out = Command::new("rustc").arg("-vV").output().context("cannot start rustc")?;
    let text = String::from_utf8_lossy(&out.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say its host")
}

#[cfg(test)]
fn shown(findings: impl IntoIterator<Item = Finding>) -> String {
    findings.into_iter().map(|finding| finding.to_string()).collect::<Vec<_>>().join("\n")
}
