//! Tables in and out: presets, what is private, exports.

use crate::{Place, has};

const FORM: &str = r#"
[[feed]]
id = "form"
files = "sources/*.csv"
preset = "kobo"
event_kind = "prisoner.freed"
when = "day"
quantity = { best = "freed", unit = "person" }
"#;

#[test]
fn nothing_private_of_a_form_is_stored() {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "anna"]);
    place.write("c/feeds.toml", FORM);
    let table =
        "day;_uuid;freed;meta/enumerator_name;username\n2024-03-02;1;24;Jane Doe;jdoe\n2024-03-03;2;1;;\n";
    place.write("form.csv", table);
    let said =
        place.run(&["add", "--case", "c", "form.csv", "--published", "2024-03-05", "--publisher", "mission"]);
    assert_eq!(said.code, 0, "{}", said.err);
    has(&said.out, "put on record: 1 document, 2 claims");
    has(
        &said.err,
        "form.csv: 2 cells about private persons emptied or shortened, in meta/enumerator_name, username",
    );
    assert_eq!(place.read("form.csv"), table, "the file that was given is as it was");
    assert!(!place.read("c/sources/form.csv").contains("oe"));
    place.done(&["export", "all.bundle", "--case", "c"]);
    for file in ["c/ledger.db", "all.bundle"] {
        let bytes = std::fs::read(place.path(file)).unwrap();
        for name in ["Jane", "jdoe"] {
            assert!(!bytes.windows(name.len()).any(|found| found == name.as_bytes()), "{name} is in {file}");
        }
    }
    has(&place.done(&["add", "--case", "c", "form.csv"]), "nothing new");

    // Put into the case by hand, the table is refused.
    place.write("c/sources/again.csv", table);
    let said = place.run(&["add", "--case", "c", "c/sources/again.csv"]);
    assert_eq!(said.code, 1, "{}", said.err);
    has(&said.err, "error[R129]");
    // A table of broken form cannot be emptied.
    place.write("broken.csv", "day;username\n2024-03-02;jdoe;x\n");
    let said = place.run(&["add", "--case", "c", "broken.csv"]);
    assert_eq!(said.code, 2, "{}", said.err);
    has(&said.err, "what is private cannot be taken out of this table: R111 line 2");
    assert!(!place.path("c/sources/broken.csv").exists());
}

#[test]
fn rows_that_are_rejected_can_be_left_out() {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "anna"]);
    let feed = "[[feed]]\nid = \"t\"\nfiles = \"sources/*.csv\"\nevent_kind = \"prisoner.freed\"\nwhen = \"day\"\nquantity = \"freed\"\n";
    place.write("c/feeds.toml", feed);
    place.write("t.csv", "day,freed\n2024-03-02,24\n2024-03-03,many\n");
    let add = ["add", "--case", "c", "t.csv", "--published", "2024-03-05", "--publisher", "mission"];
    let said = place.run(&add);
    assert_eq!(said.code, 1, "{}", said.err);
    has(&said.err, "nothing was put on record");
    has(&said.err, "--leave-rejected");
    let said = place.done(&[&add[..], &["--leave-rejected"]].concat());
    has(&said, "put on record: 1 document, 1 claim; rows that were rejected are left out, as listed");
}
