//! Alerts as a user meets them: two real cases, the published daily figures, arguments that cannot be.

use std::path::{Path, PathBuf};

use serde_json::Value;
use servanda_assess::alerts::{Budget, Report, Rule, WatchOptions, watch};
use snapbox::{Assert, Data};

use crate::{Place, bundled, has};

const GAZA: &str = "gaza-2025";
const MINSK: &str = "minsk-2015";

fn snapshot(name: &str, case: &str, arguments: &[&str]) {
    let out = Place::new().done(&[arguments, &["--case", &bundled(case)]].concat());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    Assert::new().action_env("SNAPSHOTS").eq(out, Data::read_from(&file, None).raw());
}

#[test]
fn the_screen_of_the_real_case() {
    let rules = ["--rule", "ears-c1", "--rule", "band", "--rule", "cusum-nb"];
    snapshot("gaza-alerts.txt", GAZA, &[&["alerts", "--as-of", "2025-12-31"], &rules[..]].concat());
}

fn json(place: &Place, case: &str, arguments: &[&str]) -> Value {
    let out = place.done(&[&["alerts", "--json", "--case", case], arguments].concat());
    serde_json::from_str(&out).unwrap()
}

/// First day of each alert of the series of one counter or place, with what it counts.
fn alerts_of<'v>(found: &'v Value, key: &str, name: &str) -> Vec<(&'v str, u64)> {
    let series = found["findings"]["series"].as_array().unwrap();
    let of_name = series.iter().filter(|series| series["key"][key] == name);
    let alerts = of_name.flat_map(|series| series["alerts"].as_array().unwrap());
    let said = |alert: &'v Value| {
        (alert["point"]["window"]["end"].as_str().unwrap(), alert["point"]["count"].as_u64().unwrap())
    };
    alerts.map(said).collect()
}

#[test]
fn both_escalations_of_late_october_raise_an_alert() {
    let found =
        json(&Place::new(), &bundled(GAZA), &["death.reported", "--as-of", "2025-12-31", "--rule", "band"]);
    assert_eq!(found["schema"], "alerts.v1");
    let alerts = alerts_of(&found, "counter", "gaza-moh");
    // Days of the case's clock end at 21:00 UTC in summer, at 22:00 from 26 October on.
    assert!(alerts.contains(&("2025-10-20T21:00:00Z", 45)), "{alerts:?}");
    assert!(alerts.contains(&("2025-10-29T22:00:00Z", 96)), "{alerts:?}");
    assert!(alerts.len() <= 6, "{alerts:?}");
    // What is not known yet raises nothing.
    let then =
        json(&Place::new(), &bundled(GAZA), &["death.reported", "--as-of", "2025-10-19", "--rule", "band"]);
    assert_eq!(alerts_of(&then, "counter", "gaza-moh"), []);
}

/// A file of the published data for whoever has it; it is not part of the repository.
fn published(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    file.is_file().then_some(file)
}

/// The published table itself, without this project's case: new deaths of each report, over the hours that it covers.
#[test]
fn the_published_daily_figures_raise_both_alerts_by_every_rule_of_level() {
    let Some(file) = published("gaza_casualties/casualties_daily.json") else { return };
    let rows: Vec<Value> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut reports: Vec<Report> = Vec::new();
    let mut dates: Vec<String> = Vec::new();
    for (day, row) in rows.iter().enumerate() {
        let date = row["report_date"].as_str().unwrap();
        let days = row["report_period"].as_f64().unwrap() / 24.0;
        let Some(count) = row["killed_truce_new"].as_u64().filter(|_| date >= "2025-10-12" && days > 0.0)
        else {
            continue;
        };
        let last_day = day as i64;
        reports.push(Report { first_day: last_day - days as i64 + 1, last_day, days, count });
        dates.push(date.to_owned());
    }
    assert!(reports.len() > 40, "{}", reports.len());
    let rules = vec![Rule::EarsC1, Rule::Band, Rule::CusumPoisson, Rule::CusumNegativeBinomial];
    let options =
        WatchOptions { rules: rules.clone(), budget: Budget { days: 90.0 }, ..WatchOptions::default() };
    let watched = watch(&reports, &options).unwrap();
    for rule in rules {
        let days: Vec<&str> = watched
            .alarms
            .iter()
            .filter(|alarm| alarm.rule == rule)
            .map(|alarm| dates[alarm.at].as_str())
            .collect();
        for escalation in ["2025-10-20", "2025-10-29"] {
            let has_alarm = days.contains(&escalation);
            // On 20 October there are too few reports yet for the baselines of the band and the sums: seven and two.
            let is_too_early = rule != Rule::EarsC1 && escalation == "2025-10-20";
            assert!(has_alarm || is_too_early, "{}: {days:?}", rule.name());
        }
        assert!(days.len() <= 8, "{}: {days:?}", rule.name());
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The event file of UCDP: the days of late January 2017 around one town.
#[test]
fn the_winter_of_2017_stands_out_where_it_was() {
    let Some(file) = published("ucdp_ged_ukraine/UCDP-Ukraine.csv") else { return };
    let place = Place::new();
    copy(Path::new(&bundled(MINSK)), &place.path("c"));
    std::fs::copy(file, place.path("ged-ukraine.csv")).unwrap();
    place.done(&["keys", "new", "test"]);
    let add = ["add", "--case", "c", "ged-ukraine.csv", "--publisher", "ucdp", "--published", "2024-06-01"];
    place.done(&add);
    let window = ["--from", "2016-12-01", "--to", "2017-02-28", "--as-of", "2025-01-01"];
    let found = json(&place, "c", &[&window[..], &["--rule", "band"]].concat());
    let town = alerts_of(&found, "place", "Avdiivka town");
    // Days end at 22:00 UTC: six killed on 29 January, five on the 30th.
    assert!(
        town.contains(&("2017-01-29T22:00:00Z", 6)) && town.contains(&("2017-01-30T22:00:00Z", 5)),
        "{town:?}"
    );
    assert!(town.iter().all(|(day, _)| *day > "2017-01-28" && *day < "2017-02-05"), "{town:?}");
    let only = json(&place, "c", &[&window[..], &["--rule", "band", "--place", "Avdiivka town"]].concat());
    assert_eq!(alerts_of(&only, "place", "Avdiivka town"), town);
    assert_eq!(
        only["findings"]["series"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["key"]["place"].is_null())
            .count(),
        0
    );
    let map = place.done(&[&["alerts", "--case", "c", "--map", "--rule", "band"], &window[..]].concat());
    let map: Value = serde_json::from_str(&map).unwrap();
    let points = map["features"].as_array().unwrap();
    assert!(points.iter().all(|point| point["properties"]["place"] == "Avdiivka town"), "{map}");
    let six = points.iter().find(|point| point["properties"]["reported"] == 6).unwrap();
    // Coarse: the table gives 48.15278 north, 37.75 east.
    assert_eq!(six["geometry"]["coordinates"], serde_json::json!([37.75, 48.15]));
    assert_eq!(six["properties"]["from"], "2017-01-28T22:00:00Z");
    let scan = json(
        &place,
        "c",
        &[&window[..2], &["--to", "2017-02-03", "--as-of", "2025-01-01", "--rule", "scan"]].concat(),
    );
    let scans = scan["findings"]["scans"].as_array().unwrap();
    assert!(scans.iter().any(|scan| scan["n_cases"].as_u64().unwrap() > 20), "{scans:?}");
}

#[test]
fn a_rate_of_false_alarms_holds_for_all_together_where_it_says_so() {
    let place = Place::new();
    let ask = |rate: &str| {
        let arguments = ["death.reported", "--as-of", "2025-12-31", "--rule", "ears-c1", "--rule", "band"];
        let found = json(&place, &bundled(GAZA), &[&arguments[..], &["--false-alarms", rate]].concat());
        let rules = found["findings"]["series"][0]["rules"].as_array().unwrap().clone();
        rules.iter().map(|rule| rule["days_per_false_alarm"].as_f64().unwrap()).collect::<Vec<_>>()
    };
    assert!(ask("1 per 30 days").iter().all(|days| (30.0..45.0).contains(days)));
    assert!(ask("1 per 30 days overall").iter().all(|days| (60.0..90.0).contains(days)));
}

#[test]
fn what_cannot_be_asked_is_said() {
    let place = Place::new();
    let case = bundled(GAZA);
    let refused = |arguments: &[&str], words: &str| {
        let said = place.run(&[&["alerts", "--case", &case], arguments].concat());
        assert_eq!(said.code, 2, "{}{}", said.out, said.err);
        has(&said.err, words);
    };
    refused(&["death.reportet"], "did you mean");
    refused(&["--false-alarms", "often"], "1 per 90 days");
    refused(&["--place", "atlantis"], "has a place 'atlantis'");
    refused(&["--from", "2025-12-01", "--to", "2025-11-01"], "--from is not before --to");
    refused(&["--rule", "sixth-sense"], "possible values");
}
