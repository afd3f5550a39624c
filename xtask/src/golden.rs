//! Files that the program itself generates and the repository keeps: JSON schemas, and the records of shipped cases.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use servanda_model::Instant;

/// The demonstration's author. Everybody knows this seed, so the signatures prove nothing and are named so.
const SEED: [u8; 32] = *b"servanda demonstration no secret";
/// 1 November 2026, 00:00 UTC: after the last publication of every shipped case, and the same on every machine.
const RECORDED_AT_MS: i64 = 1_793_491_200_000;

/// Writes every generated file, or only says which differ from what would be written.
///
/// # Errors
/// A file cannot be read or written, or a shipped case has errors.
pub fn golden(root: &Path, check: bool) -> Result<bool> {
    let mut same = true;
    for (path, bytes) in generated(root)? {
        let there = fs::read(&path).ok();
        if there.as_deref() == Some(bytes.as_slice()) {
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).display();
        if check {
            println!("{name} is not what the program generates; `cargo xtask bless` writes it anew");
            same = false;
        } else {
            write(&path, &bytes)?;
            println!("wrote {name}");
        }
    }
    Ok(same)
}

/// Writes the records of a case as `ledger.bundle`, so that it ships with them. From then on `bless` keeps it current.
///
/// # Errors
/// The case has errors, or the file cannot be written.
pub fn bundle(root: &Path, case: &str) -> Result<bool> {
    let dir = root.join("cases").join(case);
    write(&dir.join("ledger.bundle"), &compiled(&dir)?)?;
    println!("wrote cases/{case}/ledger.bundle");
    Ok(true)
}

fn generated(root: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for (name, schema) in servanda::schemas() {
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        files.push((root.join("schemas").join(name), text.into_bytes()));
    }
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root.join("cases"))?.flatten().map(|entry| entry.path()).collect();
    cases.sort();
    for dir in cases.into_iter().filter(|dir| dir.join("ledger.bundle").is_file()) {
        files.push((dir.join("ledger.bundle"), compiled(&dir)?));
    }
    Ok(files)
}

fn compiled(dir: &Path) -> Result<Vec<u8>> {
    servanda::compile_case(dir, SEED, Instant::from_ms(RECORDED_AT_MS))
        .map_err(|error| anyhow::anyhow!("{}: {error}", dir.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
