//! Every code has a page whose example triggers it, and no page is left over.
#![allow(clippy::disallowed_methods, reason = "these tests look at files of the repository")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use servanda_model::{Diagnostic, Severity};
use servanda_pact::codes::{CODES, severity};
use servanda_pact::{format, from_json, parse, parse_agreement};

fn docs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

fn language() -> String {
    std::fs::read_to_string(docs().join("methods/agreement-language.md")).unwrap()
}

fn pages() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(docs().join("codes")).unwrap().map(|entry| entry.unwrap().path());
    let ours = files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with('P'));
    ours.map(|path| {
        (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap())
    })
    .collect()
}

/// The first fenced block of a page and what its fence says.
fn example(page: &str) -> (&str, &str) {
    let (_, rest) = page.split_once("```").unwrap();
    let (info, rest) = rest.split_once('\n').unwrap();
    (info, rest.split_once("```").unwrap().0)
}

fn head() -> String {
    let text = language();
    text.split_once("```pact head\n").unwrap().1.split_once("```").unwrap().0.to_owned()
}

fn agreement(text: &str) -> Vec<Diagnostic> {
    parse_agreement(&[("a.pact".to_owned(), text.as_bytes().to_vec())]).1
}

fn triggered(code: &str, page: &str) -> Vec<Diagnostic> {
    let (fence, example) = example(page);
    match (fence, code) {
        ("pact", _) => agreement(&format!("{}{example}", head())),
        ("pact alone", _) => agreement(example),
        ("json", _) => from_json(example).expect_err("the example must be refused"),
        (_, "P123") => parse_agreement(&[("a.pact".to_owned(), b"-- \xE9tat".to_vec())]).1,
        (_, "P126") => agreement(&"x\n".repeat(1500)),
        _ => panic!("{code}: no example"),
    }
}

#[test]
fn every_code_has_a_page_whose_example_triggers_it() {
    let pages = pages();
    let codes: BTreeSet<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(codes, pages.keys().cloned().collect::<BTreeSet<_>>(), "codes and pages");
    for (code, page) in &pages {
        let severity = severity(code).unwrap();
        assert!(page.contains(&format!("*{severity:?}*")), "{code}: its page states another severity");
        let n_lines = page.lines().count();
        assert!((8..=22).contains(&n_lines), "{code}: a page has 8 to 22 lines, not {n_lines}");
        let found = triggered(code, page);
        assert!(found.iter().any(|found| found.code == *code), "{code} is not triggered: {found:#?}");
    }
}

/// An example shows its own mistake, and besides it only what follows from it.
#[test]
fn examples_have_no_other_errors() {
    let expected = [("P101", vec!["P101"]), ("P218", vec!["P205"]), ("P209", vec![])];
    for (code, page) in pages() {
        let allowed: Vec<&str> = expected
            .iter()
            .find(|(known, _)| *known == code)
            .map(|(_, codes)| codes.clone())
            .unwrap_or_default();
        let others: Vec<_> = triggered(&code, &page)
            .into_iter()
            .filter(|found| found.severity == Severity::Error && found.code != code)
            .filter(|found| !allowed.contains(&found.code.as_str()))
            .filter(|_| code != "P126")
            .collect();
        assert!(others.is_empty(), "{code}: {others:#?}");
    }
}

#[test]
fn every_message_has_one_hint() {
    for (code, page) in pages() {
        for found in triggered(&code, &page) {
            let hint = found.hint.unwrap_or_default();
            assert!(!hint.is_empty() && !hint.ends_with('.'), "{code}: hint '{hint}'");
            assert!(!found.message.ends_with('.'), "{code}: {}", found.message);
        }
    }
}

#[test]
fn the_example_of_the_manual_is_formatted_and_free_of_complaints() {
    let text = language();
    let example = text.split_once("```pact\n").unwrap().1.split_once("```").unwrap().0;
    let (agreement, diagnostics) = common::read(&[("a.pact", example)]);
    assert_eq!(common::render(&agreement, &diagnostics), "");
    assert_eq!(format(&parse("a.pact", example).0), example);
}
