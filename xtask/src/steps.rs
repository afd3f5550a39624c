//! Steps that run one after the other; a failure stops none of the others, and all are named at the end.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{bless::with_program, tidy};

/// Everything that must pass before a change lands. Cargo's own output is shown as it comes.
///
/// # Errors
/// Cargo cannot be started.
pub fn test(root: &Path) -> Result<bool> {
    let mut failed = Vec::new();
    let mut note = |step: &'static str, passed: bool| {
        if !passed {
            failed.push(step);
        }
    };
    note("format", cargo(root, &["fmt", "--all", "--check"], &[])?);
    note("tidy", tidy_passes(root));
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "xtask/program,xtask/reading,servanda/parquet",
        "--",
        "-D",
        "warnings",
    ];
    note("clippy", cargo(root, &clippy, &[])?);
    note("golden files", with_program(root, &["golden", "--check"])?);
    note(
        "tests",
        cargo(
            root,
            &["test", "--workspace", "--features", "xtask/reading,servanda/parquet", "--no-fail-fast"],
            &[],
        )?,
    );
    // The cheap one of the evaluations, with the build that the tests have made; nothing is measured without the texts.
    let reading = ["run", "--quiet", "--package", "xtask", "--features", "reading", "--"];
    note("reading", cargo(root, &[&reading[..], &["reading", "claims", "--check"]].concat(), &[])?);
    if failed.is_empty() {
        println!("\nall passed: format, tidy, clippy, golden files, tests, reading");
    } else {
        println!("\nfailed: {}", failed.join(", "));
    }
    Ok(failed.is_empty())
}

/// Runs cargo in the checkout with further environment, and says whether it succeeded.
///
/// # Errors
/// Cargo cannot be started.
pub fn cargo(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Result<bool> {
    println!("$ cargo {}", arguments.join(" "));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(root)
        .status()
        .context("cannot start cargo")?;
    Ok(status.success())
}

/// "in order", or how many findings.
pub fn outcome(n_findings: usize) -> String {
    match n_findings {
        0 => "in order".to_owned(),
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    }
}

fn tidy_passes(root: &Path) -> bool {
    println!("$ cargo xtask tidy");
    match tidy::run(root) {
        Ok(findings) => {
            findings.iter().for_each(|finding| println!("{finding}"));
            println!("tidy: {}", outcome(findings.len()));
            findings.is_empty()
        }
        Err(error) => {
            println!("tidy: {error:#}");
            false
        }
    }
}
