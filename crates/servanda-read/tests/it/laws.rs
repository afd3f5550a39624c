//! Laws that hold for any input.

use proptest::prelude::*;
use servanda_read::{
    Clock, Coding, Documents, Names, SourceFile, actors, case_file, coded_claims, document_list, feeds,
    places, read_document, read_feed,
};

use crate::fuzz_target;

/// Text that looks like a table, with all that makes tables difficult.
fn table() -> impl Strategy<Value = String> {
    proptest::string::string_regex("([ab,;\"\n\r é0-9.-]|\"\"|\r\n){0,80}").unwrap()
}

/// Bytes that look like a table, a page or a map, so that more than the first byte is looked at.
fn lookalike() -> impl Strategy<Value = String> {
    let csv = "(#a\\+b|#geo\\+lat|a/b|username|_uuid|[ab,;\"\n\r é0-9.-]|\"\"){0,60}";
    let json = "(\\[|\\]|\\{|\\}|\"a\":|\"b\":|\"c\":|\"features\":|\"geometry\":|\"coordinates\":|\"type\":|\"Point\"|\"barLabels\":|,|[0-9]|null|\"2025-10-13\"){0,40}";
    prop_oneof![proptest::string::string_regex(csv).unwrap(), proptest::string::string_regex(json).unwrap()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes can be read as any file; nothing panics, and every place lies in its file.
    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let clock = Clock::utc();
        let (document, list) = read_document("a.md", &bytes, &clock, None);
        prop_assert!(list.iter().all(|diagnostic| diagnostic.span.end <= document.text.len()));
        let text = String::from_utf8_lossy(&bytes);
        for list in [
            case_file("a", &text).1,
            actors("a", &text).1,
            places("a", &text).1,
            document_list("a", &text, &clock).1,
            feeds("a", &text, &clock).1,
        ] {
            prop_assert!(list.iter().all(|diagnostic| diagnostic.span.end <= text.len()));
        }
        fuzz_target::table(&bytes);
    }

    /// Whatever looks like a table can be read by every preset of a table; every row is accounted for.
    #[test]
    fn whatever_looks_like_a_table_can_be_read(text in lookalike(), mark in any::<bool>()) {
        let mark = if mark { "\u{feff}" } else { "" };
        fuzz_target::table(format!("{mark}{text}").as_bytes());
        fuzz_target::table(format!("{{\"a\": [{text}], \"features\": [{{\"type\":\"Feature\",{text}}}]").as_bytes());
    }

    /// Claims and feeds survive any text in the place of any value.
    #[test]
    fn any_value_can_stand_anywhere(value in "[\"a-z0-9/:{}\\[\\],=. -]{0,24}") {
        let clock = Clock::utc();
        let (document, _) = read_document("sources/a.md", b"some words", &clock, None);
        let (documents, names) = (Documents::new([document]), Names::default());
        let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: None };
        for key in ["id", "document", "quote", "nth", "kind", "when", "window", "quantity", "date", "condition", "corrects"] {
            let text = format!("[[claim]]\nid = \"x\"\n{key} = {value}\n[[claim]]\nid = \"y\"\ndocument = \"a.md\"\nquote = \"some\"\nkind = \"event\"\n");
            let (claims, list) = coded_claims(&[SourceFile { path: "c.toml", text: &text }], &coding);
            prop_assert!(claims.len() + list.len() > 0);
        }
        for key in [
            "files", "preset", "when", "window", "quantity", "actors", "skip", "components", "rows", "delimiter", "row",
            "arrays", "parts", "kinds", "private", "groups", "note", "measure", "position", "figures", "outliers",
        ] {
            feeds("f", &format!("[[feed]]\nid = \"x\"\n{key} = {value}\n"), &clock);
        }
    }

    /// The rows of a table tile it: what lies between two rows is line ends alone, and the cells are those that
    /// another reader of the same format finds.
    #[test]
    fn rows_tile_the_file(text in table()) {
        let text = format!("a\n{text}");
        let clock = Clock::utc();
        let (list, _) = feeds("f", "[[feed]]\nid = \"f\"\nfiles = \"*\"\noptional = [\"a\"]\nnote = { column = \"a\" }\n", &clock);
        let (document, _) = read_document("a.csv", text.as_bytes(), &clock, None);
        let (documents, names) = (Documents::default(), Names::default());
        let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: None };
        let mut spans = Vec::new();
        let (summary, list) = read_feed(&list[0], &document, &coding, &mut |found| {
            spans.push((found.claim.span, found.claim.note.clone()));
        });
        let claimed = spans.clone();
        spans.extend(list.iter().filter(|d| ["R111", "R112"].contains(&d.code.as_str())).map(|d| (d.span, None)));
        prop_assert_eq!(summary.n_rows, spans.len());
        spans.sort_by_key(|(span, _)| span.start);
        let mut at = 2;
        for (span, _) in &spans {
            let between = &text[at..span.start];
            prop_assert!(between.trim().is_empty(), "{between:?}");
            at = span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
        if list.iter().all(|d| d.code != "R112") {
            let mut other = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            let cells: Vec<String> = other
                .records()
                .map(Result::unwrap)
                .filter(|record| record.len() == 1)
                .map(|record| record[0].trim().to_owned())
                .filter(|cell| !cell.is_empty())
                .collect();
            let own: Vec<String> = claimed.into_iter().filter_map(|(_, note)| note).collect();
            prop_assert_eq!(own, cells);
        }
    }
}

/// The seeds of the fuzz target, as plain tests.
#[test]
fn seeds_of_the_fuzz_target() {
    let seeds = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut n_seeds = 0;
    for entry in std::fs::read_dir(seeds).unwrap() {
        fuzz_target::table(&std::fs::read(entry.unwrap().path()).unwrap());
        n_seeds += 1;
    }
    assert!(n_seeds >= 4);
}
