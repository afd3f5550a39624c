//! Puts the pages of `docs/codes` into the program, for `servanda explain`.
#![allow(clippy::disallowed_methods, reason = "a build script reads the pages it builds in")]

use std::fmt::Write;
use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages: Vec<String> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md") && name != "README.md")
        .collect();
    pages.sort();
    let mut table = String::from("pub(crate) const PAGES: &[(&str, &str)] = &[\n");
    for page in pages {
        let code = page.trim_end_matches(".md");
        let path = folder.join(&page);
        let _ = writeln!(table, "    ({code:?}, include_str!({:?})),", path.display().to_string());
    }
    table.push_str("];\n");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    if let Err(error) = std::fs::write(Path::new(&out).join("pages.rs"), table) {
        println!("cargo::error=the pages of docs/codes cannot be built in: {error}");
    }
}
