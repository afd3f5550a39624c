//! `servanda aid` on the bundled case and on a small one.

use std::path::Path;

use serde_json::Value;
use snapbox::{Assert, Data};

use crate::{Place, bundled, has};

fn asked(arguments: &[&str]) -> Value {
    let case = bundled("gaza-2025");
    let out = Place::new().done(&[&["aid", "--json", "--case", &case], arguments].concat());
    serde_json::from_str(&out).unwrap()
}

#[test]
fn the_screen_of_the_case() {
    let case = bundled("gaza-2025");
    let arguments =
        ["aid", "--from", "2025-05-19", "--to", "2025-08-05", "--as-of", "2025-12-28", "--case", &case];
    let out = Place::new().done(&arguments);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/gaza-aid.txt");
    Assert::new().action_env("SNAPSHOTS").eq(out, Data::read_from(&file, None).raw());
}

/// 2,604 trucks collected and 295 arrived; 6,545 offloaded in 59 days of the truce.
#[test]
fn stages_are_those_of_each_counter() {
    let before = asked(&["--from", "2025-05-19", "--to", "2025-08-05"]);
    let figure = |view: &Value, stage: &str| {
        let rows = view["aid"]["rows"].as_array().unwrap().clone();
        let row = rows.into_iter().find(|row| row["stage"] == stage && row["series"]["counter"] == "un2720");
        row.unwrap_or_else(|| panic!("no {stage}"))["series"]["covered_total"].clone()
    };
    assert_eq!(figure(&before, "collected"), serde_json::json!({ "low": 2604, "high": 2604 }));
    assert_eq!(figure(&before, "arrived"), serde_json::json!({ "low": 295, "high": 295 }));
    let check = &before["aid"]["checks"][0];
    assert_eq!((&check["counter"], &check["stage"]), (&"un2720".into(), &"collected".into()));
    // 2,604 less 295 less 2,279 to 2,317.
    assert_eq!((&check["stock_low"], &check["stock_high"]), (&(-8).into(), &30.into()));
    let truce = asked(&["--from", "2025-10-10", "--to", "2025-12-07"]);
    assert_eq!(figure(&truce, "offloaded"), serde_json::json!({ "low": 6545, "high": 6545 }));
    // "Entered" is no stage, whoever says so.
    let staged = truce["aid"]["rows"].as_array().unwrap().iter().filter(|row| !row["stage"].is_null());
    assert_eq!(staged.count(), 1);
}

#[test]
fn a_case_that_says_nothing_of_aid_is_told_what_to_write() {
    let said = Place::new().run(&["aid", "--case", &bundled("river-accord")]);
    assert_eq!(said.code, 2);
    has(&said.err, "the case does not say which figures are about aid");
    has(&said.err, "aid.toml");
}
