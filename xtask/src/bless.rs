//! Golden files written anew, to be read as a difference before they are committed.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::steps::cargo;

/// What makes tests write what they expect: expect-test, snapbox, and our own golden folders.
const WRITE: &[(&str, &str)] = &[("UPDATE_EXPECT", "1"), ("SNAPSHOTS", "overwrite"), ("BLESS", "1")];

/// Lets every test write what it now finds, writes schemas and bundles, and shows which files changed.
///
/// # Errors
/// Cargo or git cannot be started.
pub fn bless(root: &Path) -> Result<bool> {
    let generated = with_program(root, &["golden"])?;
    let written = cargo(root, &["test", "--workspace", "--no-fail-fast"], WRITE)?;
    println!("\nchanged (read it before you commit it):");
    Command::new("git").args(["status", "--short"]).current_dir(root).status()?;
    Ok(written && generated)
}

/// Does a chore in an xtask that is built with the program in it.
///
/// # Errors
/// Cargo cannot be started.
pub fn with_program(root: &Path, words: &[&str]) -> Result<bool> {
    let xtask = ["run", "--quiet", "--package", "xtask", "--features", "program", "--"];
    cargo(root, &[&xtask[..], words].concat(), &[])
}

/// Does a chore in an optimised xtask that is built with the reader in it.
///
/// # Errors
/// Cargo cannot be started.
pub fn with_reader(root: &Path, words: &[&str]) -> Result<bool> {
    let xtask = ["run", "--quiet", "--release", "--package", "xtask", "--features", "reading", "--"];
    cargo(root, &[&xtask[..], words].concat(), &[])
}
