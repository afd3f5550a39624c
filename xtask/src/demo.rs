//! The stranger's first command: the bundled case, as a table and as a report.

use std::path::Path;

use anyhow::Result;

use crate::steps::cargo;

const CASE: &str = "cases/gaza-2025";
const REPORT: &str = "out/report.html";

/// Builds the program, prints the state of every promise of the bundled case and writes its report.
///
/// # Errors
/// Cargo cannot be started, or the folder of the report cannot be made.
pub fn run(root: &Path) -> Result<bool> {
    std::fs::create_dir_all(root.join("out"))?;
    let program = ["run", "--release", "--quiet", "--package", "servanda", "--"];
    let build = ["build", "--release", "--package", "servanda"];
    let status = [&program[..], &["status", "--case", CASE]].concat();
    let report = [&program[..], &["report", "--case", CASE, "--out", REPORT]].concat();
    for step in [&build[..], &status, &report] {
        if !cargo(root, step, &[])? {
            return Ok(false);
        }
    }
    println!("\nThe report is in {REPORT}; open it in a browser.");
    Ok(true)
}
