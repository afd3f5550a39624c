//! Violations: the screens, the map, and a real table of events.

use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::{Assert, Data};

use crate::{Place, bundled, copy, has};

fn snapshot(name: &str, arguments: &[&str]) {
    let out = Place::new().done(&[arguments, &["--case", &bundled("two-valleys")]].concat());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    Assert::new().action_env("SNAPSHOTS").eq(out, Data::read_from(&file, None).raw());
}

fn json(place: &Place, arguments: &[&str]) -> Value {
    serde_json::from_str(&place.done(arguments)).expect("JSON")
}

#[test]
fn the_screens_of_the_small_case() {
    snapshot("violations.txt", &["violations", "--as-of", "2019-03-31"]);
    snapshot("violations-series.txt", &["violations", "--as-of", "2019-03-31", "--timeline", "day"]);
}

#[test]
fn the_escalation_of_october_is_told_by_all_its_sources() {
    let place = Place::new();
    let case = bundled("gaza-2025");
    let asked = ["violations", "strike", "--from", "2025-10-28", "--to", "2025-10-29", "--case", &case];
    let found = json(&place, &[&asked[..], &["--json"]].concat());
    let rows = found["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 1);
    let incident = &rows[0]["incident"];
    assert_eq!(incident["toll"], serde_json::json!({ "low": 104, "best": 104, "high": 104 }));
    assert_eq!((&incident["rung"], &incident["support"]), (&"attributed".into(), &"corroborated".into()));
    let id = incident["id"].as_str().expect("an id");
    let why = place.done(&["why", id, "--case", &case]);
    has(&why, "\u{201c}Gaza's health officials said that 104 people were killed");
    has(&why, "Hamas: nothing on record");
    has(&why, "would be contrary to ceasefire of Israel");
    assert_eq!(why, place.done(&["violations", id, "--why", "--case", &case]), "two ways to ask one thing");
    let denied = place.done(&["violations", "rafah-2025-10-19", "--case", &case]);
    has(&denied, "Hamas: denies it");
    has(&denied, "who acted is contested");
}

#[test]
fn a_total_of_violations_stands_beside() {
    let place = Place::new();
    let out = place.done(&["violations", "--case", &bundled("gaza-2025")]);
    has(&out, "Totals as counters give them, each by its own rule; no incident above is a part of them");
    has(&out, "Israel Defense Forces: 64");
    has(&out, "Gaza Government Media Office: 969");
}

#[test]
fn the_map_is_coarse_and_names_the_distance_to_the_line() {
    let place = Place::new();
    let case = bundled("minsk-2015");
    let map = json(&place, &["violations", "--map", "--case", &case]);
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().expect("features");
    let placed: Vec<&Value> = features.iter().filter(|feature| feature["geometry"].is_object()).collect();
    assert!(!placed.is_empty());
    for feature in placed {
        for degrees in feature["geometry"]["coordinates"].as_array().expect("a point") {
            let hundredths = degrees.as_f64().expect("degrees") * 100.0;
            assert!((hundredths - hundredths.round()).abs() < 1e-6, "{degrees} is too exact");
        }
        assert!(feature["properties"]["radius_m"].as_u64().expect("a radius") >= 700);
    }
    let advance = place.done(&["violations", "advance-af-2016-06-12", "--why", "--case", &case]);
    assert!(!advance.contains("coarse-boxes"), "the boxes hold from September 2016 on");
    let built = place.done(&["violations", "position.reinforced", "--case", &case]);
    has(&built, "from the edge of Three disengagement areas");
}

#[test]
fn what_cannot_be_asked_is_said() {
    let place = Place::new();
    let case = bundled("two-valleys");
    let refused = |arguments: &[&str], words: &str| {
        let said = place.run(&[arguments, &["--case", &case]].concat());
        assert_eq!(said.code, 2, "{arguments:?}");
        has(&said.err, words);
    };
    refused(&["violations", "nothing-of-the-sort"], "no kind and no promise");
    refused(&["violations", "--by", "nobody-there"], "no actor");
    refused(&["violations", "--from", "2019-03-20", "--to", "2019-03-10"], "not before");
    refused(&["why", "i-0000000000"], "no incident");
}

/// Where the event file lies for whoever has it; it is not part of the repository.
fn event_file() -> Option<PathBuf> {
    let file = "../../../shared/data/ucdp_ged_ukraine/UCDP-Ukraine.csv";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    file.is_file().then_some(file)
}

/// Each event of one source is one incident, with its deaths as the source bounds them, and nobody is named beside the sides.
#[test]
fn the_events_of_a_real_table_are_incidents() {
    let Some(file) = event_file() else {
        println!("skipped: the UCDP event file is not here");
        return;
    };
    let place = Place::new();
    copy(Path::new(&bundled("minsk-2015")), &place.path("c"));
    std::fs::copy(&file, place.path("ged-ukraine.csv")).expect("a copy");
    place.done(&["keys", "new", "test"]);
    let origin = ["--publisher", "ucdp", "--published", "2024-06-01", "--title", "Event file of UCDP"];
    place.done(&[&["add", "--case", "c", "ged-ukraine.csv"], &origin[..]].concat());
    let year = ["--from", "2018-01-01", "--to", "2018-12-31", "--as-of", "2024-12-31"];
    let asked = [&["violations", "fighting.deadly", "--json", "--case", "c"], &year[..]].concat();
    let found = json(&place, &asked);
    let rows = found["rows"].as_array().expect("rows");
    let best: u64 = rows
        .iter()
        .filter(|row| row["incident"]["names"][0].as_str().is_some_and(|name| name.starts_with("ged:")))
        .map(|row| row["incident"]["toll"]["best"].as_u64().expect("a best estimate"))
        .sum();
    assert_eq!(best, 243, "the deaths of 2018 by best estimate, as published");
    assert!(rows.iter().all(|row| row["incident"]["support"] == "single_source"));
    assert!(rows.iter().all(|row| row["incident"]["position"].is_object()));
}
