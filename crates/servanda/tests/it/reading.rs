//! Reading documents: printed by `read`, put on record by `add`, once and in full.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{Place, has};

const NEWS: &str = "---\ntitle: Shots at the ford\npublisher: mission\npublished: 2024-03-05\n---\n\
    The Upland Council released five prisoners at the ford on 4 March, the observer mission said.\n\n\
    The Lowland Council said it will release twelve prisoners on Friday if the convoy is returned.\n";

fn started() -> Place {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "anna"]);
    place.write("ford.md", NEWS);
    place
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn claims(view: &Value) -> &Vec<Value> {
    view["claims"].as_array().unwrap()
}

#[test]
fn a_document_is_read_without_a_case_and_every_place_holds_its_words() {
    let place = started();
    let view = json(&place.done(&["read", "ford.md", "--json"]));
    assert_eq!(view["schema"], "read.v1");
    assert_eq!(view["document"]["published"], "2024-03-05");
    assert!(claims(&view).len() >= 2, "{view:#}");
    let characters: Vec<char> = NEWS.chars().collect();
    let keys = [
        "kind",
        "quote",
        "start",
        "end",
        "byte_start",
        "byte_end",
        "sentence",
        "quote_type",
        "speaker",
        "speaker_span",
        "cue",
        "attribution",
        "actor",
        "target",
        "action",
        "polarity",
        "plover",
        "modality",
        "tense",
        "condition",
        "commitment_level",
        "issue",
        "date",
        "quantities",
        "headline",
        "duplicate_spans",
        "rule",
        "speaker_id",
        "actor_ids",
        "target_ids",
    ];
    for claim in claims(&view) {
        for key in keys {
            assert!(claim.get(key).is_some(), "no key {key} in {claim:#}");
        }
        let n = |key: &str| claim[key].as_u64().unwrap() as usize;
        let quote = claim["quote"].as_str().unwrap();
        assert_eq!(&NEWS[n("byte_start")..n("byte_end")], quote);
        assert_eq!(characters[n("start")..n("end")].iter().collect::<String>(), quote);
        assert!(!claim["rule"].as_array().unwrap().is_empty(), "{claim:#}");
        if let Some(cue) = claim["cue"].as_object() {
            let at = |key: &str| cue[key].as_u64().unwrap() as usize;
            assert_eq!(
                characters[at("start")..at("end")].iter().collect::<String>(),
                cue["text"].as_str().unwrap()
            );
        }
    }
    let text = place.done(&["read", "ford.md"]);
    has(&text, "released five prisoners at the ford");
    has(&text, "rules");
    assert!(text.lines().all(|line| line.chars().count() <= 90), "{text}");
    assert!(place.run(&["read", "ford.md", "--case", "nowhere"]).code == 2);
}

#[test]
fn within_a_case_names_have_ids_and_nothing_is_written() {
    let place = started();
    let view = json(&place.done(&["read", "ford.md", "--json", "--case", "c"]));
    let by_upland = claims(&view).iter().any(|claim| {
        claim["actor"] == serde_json::json!(["Upland Council"])
            && claim["actor_ids"] == serde_json::json!(["upland"])
    });
    assert!(by_upland, "{view:#}");
    assert!(!place.path("c/ledger.db").exists());
}

#[test]
fn several_documents_are_one_object_a_line_and_a_missing_one_is_told() {
    let place = started();
    place.write("news/a.txt", "The gate was opened.\n");
    place.write("news/b/c.txt", "The gate was closed.\n");
    let out = place.done(&["read", "news", "ford.md", "--json"]);
    let paths: Vec<String> =
        out.lines().map(|line| json(line)["document"]["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(paths, ["news/a.txt", "news/b/c.txt", "ford.md"]);
    let said = place.run(&["read", "news", "lost.txt", "--json"]);
    assert_eq!((said.code, said.out.lines().count()), (1, 2));
    has(&said.err, "lost.txt");
    let mut child = Command::new(env!("CARGO_BIN_EXE_servanda"))
        .args(["read", "-", "--json", "--published", "2024-03-05"])
        .current_dir(&place.dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"The Upland Council attacked the ford on Monday.").unwrap();
    let view = json(&String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap());
    assert_eq!(view["document"]["published"], "2024-03-05");
}

fn n_readings(place: &Place, state: &str) -> usize {
    let view = json(&place.done(&["review", "--case", "c", "--json", "--state", state]));
    view["items"].as_array().unwrap().len()
}

#[test]
fn a_folder_goes_on_record_with_what_it_says_once() {
    let place = started();
    for n in 0..300 {
        let text = format!("The Lowland Council released {} prisoners on 4 March 2024.\n", n + 2);
        place.write(&format!("news/{}/{n}.txt", n % 7), &text);
    }
    place.write("news/empty.txt", "");
    let said =
        place.run(&["add", "news", "--case", "c", "--published", "2024-03-05", "--publisher", "mission"]);
    assert_eq!(said.code, 1, "one file could not be used");
    has(&said.err, "empty.txt: not put on record: it is empty");
    has(&said.out, "put on record: 300 documents");
    has(&said.out, "1 could not be used");
    let n = n_readings(&place, "waiting");
    assert!(n >= 300, "{n}");
    has(&place.done(&["verify", "--case", "c"]), "sound");
    std::fs::remove_file(place.path("news/empty.txt")).unwrap();
    let again = place.done(&["add", "news", "--case", "c"]);
    has(&again, "nothing new");
    has(&again, "300 known already");
    has(&place.done(&["add", "news", "--case", "c", "--reread"]), "nothing new");
    assert_eq!(n_readings(&place, "waiting"), n);
}

#[test]
fn what_a_person_ruled_on_is_not_read_again() {
    let place = started();
    has(&place.done(&["add", "ford.md", "--case", "c"]), "put on record: 1 document");
    let n = n_readings(&place, "waiting");
    assert!(n >= 2);
    let mut child = Command::new(env!("CARGO_BIN_EXE_servanda"))
        .args(["review", "--case", "c"])
        .current_dir(&place.dir)
        .env("XDG_CONFIG_HOME", place.path("config"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"r not what it says\nc note = a person looked\nq\n").unwrap();
    assert!(child.wait().unwrap().success());
    let open = n_readings(&place, "waiting");
    assert_eq!(open, n - 2);
    has(&place.done(&["add", "ford.md", "--case", "c", "--reread"]), "nothing new");
    assert_eq!(n_readings(&place, "waiting"), open);
    // Another day of publication is another reading of the same words: the old one goes, what was ruled on stays.
    let text = place.read("c/sources/ford.md");
    assert_eq!(text, NEWS, "documents stay as received");
}

#[test]
fn what_an_analyst_coded_is_not_read_as_well() {
    let place = started();
    let files = ["c/sources/2024-03-02-bulletin.md", "c/claims/2024-03-02-bulletin.toml"];
    has(&place.done(&["add", "--case", "c", files[0], files[1]]), "1 document, 2 claims");
    has(&place.done(&["add", "--case", "c", files[0]]), "coded by an analyst and not read");
    assert_eq!(n_readings(&place, "waiting"), 0);
    has(&place.done(&["add", "--case", "c", files[0], "--also-coded"]), "claim");
    assert!(n_readings(&place, "waiting") > 0);
    has(&place.done(&["add", "--case", "c", "ford.md", "--no-read"]), "1 document, 0 claims");
}
