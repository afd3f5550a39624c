//! What is about private persons never goes on record.

use proptest::prelude::*;
use servanda_read::{Clock, feeds, read_document, redact};

use crate::feeds::read;
use crate::show;

const FEED: &str = r#"
[[feed]]
id = "k"
files = "**"
preset = "kobo"
event_kind = "strike"
when = "day"
"#;

fn redacted(path: &str, table: &str) -> (Option<String>, String) {
    let clock = Clock::utc();
    let (list, _) = feeds("feeds.toml", FEED, &clock);
    let (document, _) = read_document(path, table.as_bytes(), &clock, None);
    let (redacted, told) = redact(&list[0], &document);
    (redacted.map(|found| String::from_utf8(found.bytes).unwrap()), show::diagnostics(&document.text, &told))
}

/// What is told about a table that was emptied.
pub fn remarks() -> Vec<servanda_model::Diagnostic> {
    let clock = Clock::utc();
    let (list, _) = feeds("feeds.toml", FEED, &clock);
    let (document, _) = read_document("a.csv", b"username\njdoe\n", &clock, None);
    redact(&list[0], &document).1
}

#[test]
fn private_cells_are_emptied_and_nothing_else_changes() {
    let table = "day,who/enumerator_name,\"Phone\",_uuid,username\r\n\
                 2025-10-19,\"Doe, Jane\",\"0599\",1,jdoe\r\n\r\n2025-10-20,,,2,\r\n";
    let (kept, told) = redacted("a.csv", table);
    let kept = kept.unwrap();
    assert_eq!(
        kept,
        "\u{feff}day,who/enumerator_name,\"Phone\",_uuid,username\r\n2025-10-19,,,1,\r\n\r\n2025-10-20,,,2,\r\n"
    );
    assert!(told.contains("remark R130: 3 cells about private persons were emptied or shortened, in 'who/enumerator_name', 'Phone', 'username'"), "{told}");
    // What was emptied once stays as it is.
    assert_eq!(redacted("a.csv", &kept), (None, String::new()));
    let (claims, _) = read(FEED, "a.csv", kept.as_bytes());
    assert_eq!(claims.len(), 2);
}

#[test]
fn names_after_a_word_are_cut() {
    let clock = Clock::utc();
    let feed = "[[feed]]\nid = \"u\"\nfiles = \"**\"\nshorten = [{ columns = [\"to\", \"by\"], after = \"Private Sector\" }]\n\
                actors = { column = \"to\" }\noptional = [\"to\"]\n";
    let (list, told) = feeds("feeds.toml", feed, &clock);
    assert_eq!(told, []);
    let table = "to,n\nPrivate sector - Jane Doe,1\nprivate SECTOR,2\n\"X + Private Sector, \"\"J\"\" Doe\",3\nPrivate,4\n";
    let (document, _) = read_document("a.csv", table.as_bytes(), &clock, None);
    let kept = redact(&list[0], &document).0.unwrap();
    assert_eq!(
        String::from_utf8(kept.bytes).unwrap(),
        "\u{feff}to,n\nPrivate sector,1\nprivate SECTOR,2\n\"X + Private Sector\",3\nPrivate,4\n"
    );
    assert_eq!((kept.columns, kept.n_cells), (vec!["to".to_owned()], 2));
    let (claims, told) = read(feed, "a.csv", table.as_bytes());
    assert_eq!((claims.len(), told.matches("R129").count()), (2, 2));
}

#[test]
fn a_row_that_says_something_about_a_private_person_is_not_used() {
    let (claims, told) = read(FEED, "a.csv", b"day,username,_uuid\n2025-10-19,jdoe,1\n2025-10-20,,2\n");
    assert_eq!(claims.len(), 1);
    assert!(claims.iter().all(|found| !found.claim.quote.contains("jdoe")));
    assert!(
        told.contains("2:1 error R129: line 2: 'username' says something about a private person"),
        "{told}"
    );
    let json = FEED.replace("preset = \"kobo\"", "preset = \"kobo\"\nformat = \"json\"");
    let (claims, told) = read(
        &json,
        "a.json",
        br#"[{"day": "2025-10-19", "meta/username": "jdoe"}, {"day": "2025-10-20", "username": null}]"#,
    );
    assert_eq!(claims.len(), 1);
    assert!(told.contains("error R129: line 1: 'meta/username'"), "{told}");
}

#[test]
fn a_table_of_broken_form_cannot_be_redacted() {
    let (kept, told) = redacted("a.csv", "day,username\n2025-10-19,jdoe,x\n2025-10-20,\"jdoe\n");
    assert_eq!(kept, None);
    assert!(told.contains("R111: line 2") && told.contains("R112: line 3"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the table, no private cell is left in what is kept, no row is lost, and every other cell is as it was.
    #[test]
    fn nothing_private_is_left(table in "([ab,;\"\n\r é]|\"\"|secret|\r\n){0,60}") {
        let table = format!("day,username,x\n1,secret,2\n{table}");
        if let (Some(kept), _) = redacted("a.csv", &table) {
            let parse = |text: &str| -> Vec<Vec<String>> {
                csv::ReaderBuilder::new()
                    .flexible(true)
                    .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
                    .records()
                    .map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<String>>())
                    // A line of white space is no row.
                    .filter(|record| record.len() > 1)
                    .collect()
            };
            let (before, after) = (parse(&table), parse(&kept));
            prop_assert_eq!(before.len(), after.len());
            for (before, after) in before.iter().zip(&after) {
                prop_assert_eq!(after.get(1).map(String::as_str), Some(""));
                prop_assert_eq!((&before[0], &before[2..]), (&after[0], &after[2..]));
            }
        }
    }
}
