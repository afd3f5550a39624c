//! `check` explains everything at once.

use crate::{Place, bundled, has};

#[test]
fn twenty_mistakes_are_explained_in_one_pass() {
    let place = Place::new();
    let file = format!("{}/twenty-mistakes.pact", bundled("bad-agreements"));
    let said = place.run(&["check", &file]);
    assert_eq!(said.code, 1);
    has(&said.out, "hint: did you mean 'clock'?");
    has(&said.out, "twenty-mistakes.pact:2:1");
    let json = place.run(&["check", &file, "--json"]);
    assert_eq!(json.code, 1);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["schema"], "check.v1");
    let found = json["diagnostics"].as_array().unwrap();
    assert!(found.len() >= 20, "{}", found.len());
    for one in found {
        assert!(one["line"].is_u64() && one["code"].is_string(), "{one}");
        assert!(one["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "no hint: {one}");
    }
}

#[test]
fn a_new_case_has_nothing_to_mend() {
    let place = Place::new();
    place.done(&["new", "c"]);
    has(&place.done(&["check", "--strict", "--case", "c"]), "nothing to mend");
    assert_eq!(place.run(&["new", "c"]).code, 2, "a folder that is not empty is left alone");
}

#[test]
fn a_file_of_claims_is_checked_against_its_case() {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.write("c/claims/more.toml", "[[claim]]\nid = \"x\"\nquote = \"No such words.\"\n");
    let said = place.run(&["check", "c/claims/more.toml", "--case", "c"]);
    assert_eq!(said.code, 1);
    has(&said.out, "claims/more.toml");
}

#[test]
fn turning_characters_do_not_turn_the_message() {
    let place = Place::new();
    place.write("x.pact", "pact x \"a\u{202e}b\"\nclok UTC\n");
    let said = place.run(&["check", "x.pact", "--color", "always"]);
    assert_eq!(said.code, 1);
    assert!(!said.out.contains('\u{202e}'), "{}", said.out);
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let place = Place::new();
    let said = place.run(&["status"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_eq!(
        said.err,
        "error (case): there is no case.toml in this folder or above it\n  hint: name the folder with --case DIR, or make a case with 'servanda new DIR'\n"
    );
    place.done(&["new", "c"]);
    has(&place.run(&["why", "prisonres", "--case", "c"]).err, "did you mean 'prisoners'?");
    has(&place.run(&["status", "--as-of", "soon", "--case", "c"]).err, "write 2025-10-22");
    has(
        &place.run(&["status", "--standpoint", "nobody", "--case", "c"]).err,
        "its standpoints are all, mission-only",
    );
}
