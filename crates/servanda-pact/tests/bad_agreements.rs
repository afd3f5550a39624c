//! Bad agreements beside what is said of them: `cases/bad-agreements/NAME.pact` and `NAME.expected`.
//!
//! `BLESS=1` renews what is expected; look at the difference before it is kept.
#![allow(clippy::disallowed_methods, reason = "these tests look at files of the repository")]

mod common;

use std::path::{Path, PathBuf};

use servanda_pact::parse_agreement;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/bad-agreements");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let (agreement, diagnostics) = parse_agreement(&[(name, std::fs::read(path).unwrap())]);
    common::render(&agreement, &diagnostics)
}

#[test]
fn bad_agreements_are_explained() {
    let bless = std::env::var_os("BLESS").is_some();
    let (texts, mut expected): (Vec<PathBuf>, Vec<PathBuf>) =
        cases().into_iter().partition(|path| path.extension().is_some_and(|ending| ending == "pact"));
    assert!(texts.len() >= 40);
    for text in texts {
        let beside = text.with_extension("expected");
        let shown = shown(&text);
        assert!(!shown.is_empty(), "{}: nothing is said of it", text.display());
        if bless {
            std::fs::write(&beside, &shown).unwrap();
        }
        let found = std::fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(found, shown, "{}: renew with BLESS=1", text.display());
        expected.retain(|path| *path != beside);
    }
    assert!(expected.is_empty(), "left over: {expected:?}");
}

#[test]
fn twenty_different_mistakes_are_found_at_once() {
    let path = cases().into_iter().find(|path| path.ends_with("twenty-mistakes.pact")).unwrap();
    let shown = shown(&path);
    let codes: std::collections::BTreeSet<&str> = shown
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    assert!(codes.len() >= 20, "{} codes: {codes:?}", codes.len());
}
