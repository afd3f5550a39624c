//! The examples of the guides are read without a word of complaint.

use std::path::PathBuf;

use servanda_model::Diagnostic;
use servanda_read::{
    Clock, Coding, Documents, Names, SourceFile, actors, case_file, coded_claims, counters, document_list,
    feeds, places, read_document,
};

/// The fenced blocks of a guide, each with its sort.
fn blocks(guide: &str) -> Vec<(String, String)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides").join(guide);
    let text = std::fs::read_to_string(path).unwrap();
    let parts: Vec<&str> = text.split("\n```").collect();
    let inside = parts.iter().skip(1).step_by(2).map(|part| part.split_once('\n').unwrap());
    inside.map(|(sort, block)| (sort.to_owned(), format!("{block}\n"))).collect()
}

#[test]
fn examples_of_feeds_are_sound() {
    let blocks = blocks("feeds.md");
    let n_feeds: Vec<usize> = blocks
        .iter()
        .map(|(_, block)| {
            let (list, diagnostics) = feeds("feeds.toml", block, &Clock::utc());
            assert_eq!(diagnostics, vec![], "{block}");
            list.len()
        })
        .collect();
    // The last one has a preset of four parts.
    assert_eq!(n_feeds, [1, 1, 9]);
}

#[test]
fn examples_of_case_files_are_sound() {
    let blocks = blocks("case-format.md");
    let find = |sort: &str, word: &str| {
        let found = blocks.iter().find(|(known, block)| known == sort && block.contains(word));
        found.map(|(_, block)| block.as_str()).unwrap_or_else(|| panic!("no example with {word}"))
    };
    let (case, mut all): (_, Vec<Diagnostic>) = case_file("case.toml", find("toml", "[[standpoint]]"));
    let (actors, list) = actors("actors.toml", find("toml", "[[actor]]"));
    all.extend(list);
    let (places, list) = places("places.toml", find("toml", "[[place]]"));
    all.extend(list);
    let names = Names::new(&actors, &places);
    // The example of counters names one actor that the example of actors leaves out.
    let (rules, factors, list) = counters("counters.toml", find("toml", "[[counter]]"), &names, None);
    all.extend(list.into_iter().filter(|diagnostic| !diagnostic.message.contains("'watch'")));
    assert_eq!((rules.len(), factors.len()), (1, 1));
    let (metadata, list) = document_list("sources/documents.toml", find("toml", "[[document]]"), &case.clock);
    all.extend(list);
    assert_eq!(metadata.len(), 1);
    let week =
        find("", "publisher: watch").trim_start().to_owned() + "At least six, at least six trucks entered.\n";
    let (document, list) = read_document("sources/week-2.md", week.as_bytes(), &case.clock, None);
    all.extend(list);
    let documents = Documents::new([document]);
    let coding = Coding { clock: &case.clock, documents: &documents, names: &names, event_kinds: None };
    let files = [
        SourceFile { path: "claims/a.toml", text: find("toml", "[[claim]]") },
        SourceFile { path: "claims/b.csv", text: find("csv", "convoy") },
    ];
    let (claims, list) = coded_claims(&files, &coding);
    assert_eq!(claims.len(), 2);
    // The example of a table names one actor that the example of actors leaves out.
    all.extend(list.into_iter().filter(|diagnostic| !diagnostic.message.contains("'south'")));
    assert_eq!(all, vec![]);
}
