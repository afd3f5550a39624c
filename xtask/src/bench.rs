//! Benchmarks of the crates, then the comparison with other programs on one machine in one run.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{events, steps::cargo};

/// Rows of the comparison.
const N_EVENTS: usize = 1_000_000;
/// The program that answers the question of the comparison with the engine of this repository.
const OURS: &str = "crates/servanda-assess/examples/bench_72h.rs";

/// Runs `cargo bench`, then `bench/peers.py`, which prints the table of `docs/benchmarks.md`.
///
/// # Errors
/// Cargo or Python cannot be started, or the events cannot be written.
pub fn run(root: &Path) -> Result<bool> {
    let benched = cargo(root, &["bench", "--workspace", "--benches"], &[])?;
    let folder = root.join("target/bench");
    let table = folder.join("events.csv");
    events::write(N_EVENTS, &table)?;
    let mut peers = Command::new(python(&folder)?);
    peers.arg(root.join("xtask/bench/peers.py")).arg(&table).arg(folder.join("late.csv"));
    if root.join(OURS).is_file() {
        let build = ["build", "--release", "--package", "servanda-assess", "--example", "bench_72h"];
        if !cargo(root, &build, &[])? {
            return Ok(false);
        }
        peers.arg("--ours").arg(built(root).join("release/examples/bench_72h"));
    } else {
        println!("{OURS} is not there; only the other programs are measured");
    }
    Ok(peers.status().context("cannot start Python")?.success() && benched)
}

fn built(root: &Path) -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into)
}

/// A Python of its own with DuckDB in it, made on the first run.
fn python(folder: &Path) -> Result<std::path::PathBuf> {
    fs::create_dir_all(folder)?;
    let venv = folder.join("venv");
    let python = venv.join("bin/python");
    if !python.is_file() {
        println!("making {} with duckdb in it", venv.display());
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&venv)
            .status()
            .context("cannot start python3")?;
        let filled = Command::new(&python).args(["-m", "pip", "install", "--quiet", "duckdb==1.*"]).status();
        if !made.success() || !filled.is_ok_and(|status| status.success()) {
            let _ = fs::remove_dir_all(&venv);
            bail!(
                "cannot make a Python environment with duckdb (is python3-venv installed, is there a network?)"
            );
        }
    }
    Ok(python)
}
