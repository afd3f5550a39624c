//! Status, why, timeline, comparison: as text and as JSON.

use std::collections::BTreeMap;
use std::path::Path;

use snapbox::{Assert, Data};

use crate::{Place, bundled, has};

fn snapshot(name: &str, arguments: &[&str]) {
    let case = bundled("two-valleys");
    let out = Place::new().done(&[arguments, &["--case", &case]].concat());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    Assert::new().action_env("SNAPSHOTS").eq(out, Data::read_from(&file, None).raw());
}

#[test]
fn the_screens_of_the_small_case() {
    snapshot("status.txt", &["status", "--as-of", "2019-03-31"]);
    snapshot("status-then.txt", &["status", "--as-of", "2019-03-31", "--known", "2019-03-28"]);
    snapshot("why.txt", &["why", "detainees", "--as-of", "2019-03-31"]);
    snapshot("versus.txt", &["status", "--as-of", "2019-03-31", "--versus", "upper-sources"]);
    snapshot("timeline.txt", &["timeline", "--since", "2019-03-24", "--as-of", "2019-03-31"]);
}

#[test]
fn the_bundled_case_answers() {
    let place = Place::new();
    let case = bundled("gaza-2025");
    let status = place.done(&["status", "--case", &case, "--as-of", "2025-12-28"]);
    for line in status.lines() {
        assert!(line.chars().count() <= 90, "too wide: {line}");
    }
    has(&status, "27 of 28");
    let why = place.done(&["why", "hostages", "--case", &case, "--as-of", "2025-10-22"]);
    has(&why, "on record at the same moment");
    has(&why, "15 of 28");
    has(&why, "\u{201c}");
    has(&why, "according to");
    has(&why, "[sources/");
}

#[test]
fn json_names_its_schema_and_has_every_field_of_it() {
    let place = Place::new();
    let case = bundled("two-valleys");
    let schemas: BTreeMap<&str, serde_json::Value> = servanda::schemas().into_iter().collect();
    for (arguments, schema) in [
        (vec!["status"], "status.v1"),
        (vec!["why", "flour"], "why.v1"),
        (vec!["timeline", "--since", "2019-03-01", "--as-of", "2019-03-31"], "timeline.v1"),
        (vec!["report"], "report.v1"),
        (vec!["counts"], "counts.v1"),
        (vec!["audit"], "audit.v1"),
        (vec!["status", "--versus", "upper-sources"], "compare.v1"),
        (vec!["check"], "check.v1"),
        (vec!["alerts"], "alerts.v1"),
        (vec!["violations"], "violations.v1"),
    ] {
        let out = place.done(&[&arguments[..], &["--json", "--case", &case]].concat());
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(json["schema"], schema);
        let published = &schemas[format!("{schema}.json").as_str()];
        let known = published["properties"].as_object().unwrap();
        for key in json.as_object().unwrap().keys() {
            assert!(known.contains_key(key), "{schema} does not describe '{key}'");
        }
        for key in published["required"].as_array().unwrap() {
            assert!(json.get(key.as_str().unwrap()).is_some(), "{schema} lacks {key}");
        }
    }
}

#[test]
fn asking_writes_nothing_and_answers_the_same_twice() {
    let place = Place::new();
    place.done(&["new", "c"]);
    let files = |place: &Place| {
        let mut found: Vec<(std::path::PathBuf, std::time::SystemTime)> = Vec::new();
        let mut open = vec![place.path("c")];
        while let Some(dir) = open.pop() {
            for entry in std::fs::read_dir(dir).unwrap().flatten() {
                if entry.path().is_dir() {
                    open.push(entry.path());
                }
                found.push((entry.path(), entry.metadata().unwrap().modified().unwrap()));
            }
        }
        found.sort();
        found
    };
    let before = files(&place);
    for command in ["status", "check", "report", "timeline"] {
        assert_eq!(place.done(&[command, "--case", "c"]), place.done(&[command, "--case", "c"]));
    }
    assert_eq!(files(&place), before);
    has(&place.run(&["verify", "--case", "c"]).err, "no records yet");
}

#[test]
fn the_answer_can_be_no() {
    let place = Place::new();
    place.done(&["new", "c"]);
    let status = ["status", "--case", "c", "--as-of", "2024-03-10", "--fail-on", "overdue"];
    assert_eq!(place.run(&status).code, 1);
    assert_eq!(
        place.run(&["status", "--case", "c", "--as-of", "2024-03-02", "--fail-on", "overdue"]).code,
        0
    );
}

#[test]
fn a_compiled_case_is_the_same_to_the_byte() {
    let case = bundled("two-valleys");
    let at = "2026-01-01T00:00:00Z".parse().unwrap();
    let compile = || servanda::compile_case(Path::new(&case), [7; 32], at).unwrap();
    let first = compile();
    assert_eq!(first, compile());
    let place = Place::new();
    std::fs::write(place.path("c.bundle"), &first).unwrap();
    has(&place.done(&["verify", "c.bundle", "--case", &case]), "found word for word");
}
