//! Adding, correcting, taking back, ruling, verifying, exchanging: nothing is ever overwritten.

use crate::{Place, has};

const CORRECTION: &str = r#"
[[claim]]
id = "freed-25"
document = "sources/bulletin-3.txt"
corrects = "freed-24"
quote = "The mission corrected its count of 2 March to 25."
kind = "quantity"
event_kind = "prisoner.freed"
actors = ["upland"]
quantity = 25
measure = "total"
window = "2024-03-01/2024-03-02"
speaker = "mission"
counter = "mission"
"#;

fn started() -> Place {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "anna"]);
    let files = ["c/sources/2024-03-02-bulletin.md", "c/claims/2024-03-02-bulletin.toml"];
    has(&place.done(&["add", "--case", "c", files[0], files[1]]), "put on record: 1 document, 2 claims");
    has(&place.done(&["add", "--case", "c", files[0], files[1]]), "nothing new");
    has(&place.done(&["add", "--case", "c"]), "nothing new");
    place
}

fn progress(place: &Place, arguments: &[&str]) -> String {
    let out = place.done(&[&["status", "prisoners", "--case", "c", "--json"], arguments].concat());
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    json["rows"][0]["progress_said"].as_str().unwrap().to_owned()
}

#[test]
fn a_correction_and_a_retraction_leave_everything_on_record() {
    let place = started();
    assert_eq!(progress(&place, &[]), "24 of 40");
    place.write("bulletin-3.txt", "The mission corrected its count of 2 March to 25.\n");
    place.write("corrections.toml", CORRECTION);
    let added = place.done(&[
        "add",
        "--case",
        "c",
        "bulletin-3.txt",
        "corrections.toml",
        "--published",
        "2024-03-03",
        "--publisher",
        "mission",
    ]);
    has(&added, "1 document, 1 claim (1 correction)");
    assert_eq!(progress(&place, &["--as-of", "2024-03-03"]), "25 of 40");
    assert_eq!(progress(&place, &["--as-of", "2024-03-02"]), "24 of 40", "what was on record then");
    has(
        &place.done(&["timeline", "--case", "c", "--since", "2024-03-02", "--as-of", "2024-03-03"]),
        "24 of 40 \u{2192} 25 of 40",
    );

    has(
        &place.done(&["retract", "freed-25", "--reason", "wrong sheet", "--case", "c"]),
        "it stays on record",
    );
    has(
        &place.done(&["add", "--retract", "freed-25", "--reason", "wrong sheet", "--case", "c"]),
        "nothing new",
    );
    has(&place.done(&["add", "--case", "c", "c/claims/corrections.toml"]), "taken back earlier");
    has(&place.done(&["verify", "--case", "c"]), "ledger.db: sound: 6 records by 1 author");
    assert_eq!(progress(&place, &["--as-of", "2024-03-03"]), "25 of 40", "what was on record then");
}

#[test]
fn another_document_of_the_same_name_gets_a_name_of_its_own() {
    let place = started();
    place.write(
        "2024-03-02-bulletin.md",
        "---\npublisher: mission\npublished: 2024-03-05\n---\nAnother text.\n",
    );
    let before = place.read("c/sources/2024-03-02-bulletin.md");
    has(&place.done(&["add", "--case", "c", "2024-03-02-bulletin.md"]), "1 document, 0 claims");
    assert_eq!(place.read("c/sources/2024-03-02-bulletin.md"), before);
    assert_eq!(std::fs::read_dir(place.path("c/sources")).unwrap().count(), 2);
    has(&place.done(&["add", "--case", "c", "2024-03-02-bulletin.md"]), "nothing new");
}

#[test]
fn a_claim_with_an_error_puts_nothing_on_record() {
    let place = started();
    place.write(
        "bad.toml",
        &CORRECTION
            .replace("of 2 March", "of 9 March")
            .replace("sources/bulletin-3.txt", "2024-03-02-bulletin.md"),
    );
    let said = place.run(&["add", "--case", "c", "bad.toml"]);
    assert_eq!(said.code, 1, "{}", said.err);
    has(&said.err, "error[R207]");
    has(&said.err, "nothing was put on record");
    assert!(!place.path("c/claims/bad.toml").exists());
}

#[test]
fn a_ruling_is_on_record_and_only_it_says_breach() {
    let place = started();
    let status = ["status", "--case", "c", "--as-of", "2024-03-10", "--known", "2026-01-31"];
    assert!(!place.done(&status).contains("breach (by a ruling)"));
    let rule = [
        "rule",
        "breach",
        "--promise",
        "prisoners",
        "--by",
        "upland",
        "--reason",
        "The commission found so.",
        "--case",
        "c",
    ];
    has(&place.done(&rule), "put on record: ruling");
    has(&place.done(&rule), "nothing new");
    has(&place.done(&status), "breach (by a ruling)");
    let said = place.run(&[
        "rule",
        "breach",
        "--promise",
        "prisoners",
        "--by",
        "lowland",
        "--reason",
        "x",
        "--case",
        "c",
    ]);
    assert_eq!(said.code, 2);
    has(&said.err, "'lowland' does not owe 'prisoners'");
}

#[test]
fn a_bundle_merges_once_and_a_changed_byte_is_named() {
    let place = started();
    place.done(&["export", "all.bundle", "--case", "c"]);
    has(&place.done(&["verify", "all.bundle", "--case", "c"]), "sound: 3 records");

    place.done(&["new", "d"]);
    std::fs::remove_dir_all(place.path("d/sources")).unwrap();
    has(
        &place.done(&["import", "all.bundle", "--case", "d"]),
        "3 records new, 0 known already; 1 document new",
    );
    has(
        &place.done(&["import", "all.bundle", "--case", "d"]),
        "0 records new, 3 known already; 0 documents new",
    );
    let head = |case: &str| place.done(&["verify", "--case", case]).lines().last().unwrap().to_owned();
    assert_eq!(head("c"), head("d"));

    let mut bytes = std::fs::read(place.path("all.bundle")).unwrap();
    let at = bytes.windows(12).position(|found| found == b"24 prisoners").unwrap();
    bytes[at] = b'9';
    std::fs::write(place.path("flip.bundle"), bytes).unwrap();
    let said = place.run(&["verify", "flip.bundle", "--case", "c"]);
    assert_eq!(said.code, 1);
    has(&said.out, "L104");
    has(&said.out, "the contents were changed after signing");
    place.done(&["new", "e"]);
    let said = place.run(&["import", "flip.bundle", "--case", "e"]);
    assert_eq!(said.code, 1);
    has(&said.err, "flip.bundle: error L104: line");
}

#[test]
fn without_a_key_nothing_is_written() {
    let place = Place::new();
    place.done(&["new", "c"]);
    let said = place.run(&["add", "--case", "c", "c/sources/2024-03-02-bulletin.md"]);
    assert_eq!(said.code, 2);
    has(&said.err, "error (key): there is no key to sign with");
    assert!(!place.path("c/ledger.db").exists());
}

#[test]
fn a_key_is_private_and_never_replaced() {
    let place = Place::new();
    place.done(&["keys", "new", "anna"]);
    let said = place.run(&["keys", "new", "anna"]);
    assert_eq!(said.code, 2);
    has(&said.err, "a key is never replaced");
    let public = place.done(&["keys", "show", "anna"]);
    let secret = place.read("config/servanda/keys/anna.key");
    let secret = secret.lines().find_map(|line| line.strip_prefix("secret: ")).unwrap();
    assert!(!public.contains(secret));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            std::fs::metadata(place.path("config/servanda/keys/anna.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(place.run(&["keys", "show", "../anna"]).code, 2);
}
