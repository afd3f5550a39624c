//! Rival counts and the audit of figures, on the bundled cases and on real data where it is present.

use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::{Assert, Data};

use crate::{Place, bundled, has};

const GAZA: &str = "gaza-2025";

fn snapshot(name: &str, arguments: &[&str]) {
    let out = Place::new().done(&[arguments, &["--case", &bundled(GAZA)]].concat());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    Assert::new().action_env("SNAPSHOTS").eq(out, Data::read_from(&file, None).raw());
}

fn json(place: &Place, case: &str, arguments: &[&str]) -> Value {
    serde_json::from_str(&place.done(&[arguments, &["--json", "--case", case]].concat())).unwrap()
}

/// Low and high; `None` where there is no upper bound.
fn bounds(value: &Value) -> (f64, Option<f64>) {
    (value["low"].as_f64().unwrap(), value["high"].as_f64())
}

fn series<'v>(view: &'v Value, counter: &str, basis: &str) -> &'v Value {
    let all = view["kinds"][0]["counts"]["series"].as_array().unwrap();
    let found = all.iter().find(|one| one["counter"] == counter && one["basis"] == basis);
    found.unwrap_or_else(|| panic!("no {basis} of {counter}"))
}

#[test]
fn the_screens_of_counts_and_audit() {
    let window = ["--from", "2025-10-10", "--to", "2025-12-07"];
    snapshot("gaza-counts.txt", &[&["counts", "aid.trucks"], &window[..]].concat());
    let deaths = ["counts", "death.reported", "--from", "2025-10-17", "--to", "2025-10-31", "--per", "week"];
    snapshot("gaza-counts-deaths.txt", &deaths);
    snapshot("gaza-audit.txt", &["audit"]);
}

/// The table of `cases/gaza-2025/EXPECTED.md`, worked out by hand.
#[test]
fn rival_counts_are_those_of_the_page() {
    let window = ["--from", "2025-10-10", "--to", "2025-12-07"];
    let view = json(&Place::new(), &bundled(GAZA), &[&["counts", "aid.trucks"], &window[..]].concat());
    let whole = |n: f64| (n, Some(n));
    for (counter, basis, n_days, total, kept, window) in [
        ("cogat", "totals", 57, (25700.0, Some(25799.0)), (0.751, Some(0.754)), (0.726, None)),
        ("ap", "rates", 57, whole(26163.0), whole(0.765), (0.739, None)),
        ("ggmo", "totals", 22, whole(3203.0), whole(0.243), (0.09, Some(0.382))),
        ("hamas", "totals", 59, whole(7333.0), whole(0.207), whole(0.207)),
        ("un2720", "totals", 59, whole(6545.0), whole(0.185), whole(0.185)),
        ("ocha", "totals", 4, whole(817.0), whole(0.34), (0.023, None)),
        ("un-spokesperson", "rates", 32, whole(4800.0), whole(0.25), (0.136, None)),
        ("un-sources-cairo", "rates", 54, whole(5400.0), whole(0.167), (0.153, None)),
    ] {
        let found = series(&view, counter, basis);
        assert_eq!(found["n_days_covered"], n_days, "{counter}");
        assert_eq!(bounds(&found["covered_total"]), total, "{counter}");
        assert_eq!(bounds(&found["kept_ratio"][0]), kept, "{counter}");
        assert_eq!(bounds(&found["window_ratio"][0]), window, "{counter}");
    }
    let rate = series(&view, "cogat", "rates");
    assert_eq!((&rate["n_days_covered"], bounds(&rate["total"])), (&0.into(), (0.0, Some(64000.0))));
    assert_eq!(series(&view, "ap", "rates")["same_origin_as"], serde_json::json!(["cogat"]));
    // The media office's November and first days of December: one running total less another.
    let later = ["counts", "aid.trucks", "--from", "2025-11-01", "--to", "2025-12-08"];
    let view = json(&Place::new(), &bundled(GAZA), &later);
    let found = series(&view, "ggmo", "totals");
    assert_eq!((&found["n_days_covered"], bounds(&found["covered_total"])), (&38.into(), whole(10308.0)));
}

/// No number of one counter is a sum or mean of others' numbers on the same screen.
#[test]
fn no_number_is_a_sum_or_mean_of_rivals() {
    let window = ["--from", "2025-10-10", "--to", "2025-12-07"];
    let view = json(&Place::new(), &bundled(GAZA), &[&["counts", "aid.trucks"], &window[..]].concat());
    let all = view["kinds"][0]["counts"]["series"].as_array().unwrap();
    let figures: Vec<f64> =
        all.iter().map(|one| bounds(&one["covered_total"]).0).filter(|n| *n > 0.0).collect();
    for (at, figure) in figures.iter().enumerate() {
        let others: Vec<f64> =
            figures.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| *one).collect();
        for chosen in (1_u32..1 << others.len()).filter(|chosen| chosen.count_ones() > 1) {
            let parts = others.iter().enumerate().filter(|(n, _)| chosen >> n & 1 == 1).map(|(_, one)| *one);
            let (sum, n) = parts.fold((0.0, 0.0), |(sum, n), one| (sum + one, n + 1.0));
            assert!(sum != *figure && sum / n != *figure, "{figure}");
        }
    }
}

#[test]
fn what_was_known_then_is_asked_with_known() {
    let place = Place::new();
    let asked = |known: &str| {
        let window = ["--from", "2025-10-10", "--to", "2025-10-27", "--known", known];
        let view = json(&place, &bundled(GAZA), &[&["counts", "hostage.deceased"], &window[..]].concat());
        let found = series(&view, "israel-pmo", "totals").clone();
        (bounds(&found["covered_total"]).0, found["revisions"].as_array().unwrap().len())
    };
    // The sixteenth of 27 October was taken back a day later; the eighth of 14 October became the seventh.
    assert_eq!(asked("2025-10-28"), (16.0, 1));
    assert_eq!(asked("2025-12-31"), (15.0, 2));
}

fn codes(view: &Value) -> Vec<(String, String)> {
    let items = view["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let text = |key: &str| item["finding"][key].as_str().unwrap_or_default().to_owned();
            (text("code"), item["said"].as_str().unwrap().replace('\u{202f}', ""))
        })
        .collect()
}

#[test]
fn the_audit_finds_what_the_page_lists() {
    let place = Place::new();
    let view = json(&place, &bundled(GAZA), &["audit"]);
    let found = codes(&view);
    for (code, said) in [
        ("A101", "265 + 49 + 421 + 150 = 885; the statement gives 875"),
        ("A102", "17819 trucks over 74 days is 240.8 a day; stated is 244"),
        ("A102", "25700\u{2013}25799 trucks over 57 days is 450.9\u{2013}452.6 a day; stated is 459"),
        ("A103", "17819 of 42800 is 41.6 %; the statement gives 41 %"),
        ("A104", "42800 trucks over 73 days is 586.3 a day; aid-trucks has 600 a day, 43800 in that time"),
        ("A104", "3650 trucks over 74 days is 49.3 a day; aid-fuel has 50 a day, 3700 in that time"),
        ("A104", "33600 trucks over 57 days is 589.5 a day; aid-trucks has 600 a day, 34200 in that time"),
    ] {
        assert!(found.contains(&(code.to_owned(), said.to_owned())), "missing {code} {said}\nin {found:#?}");
    }
    // Sound figures: 738 = 205 + 37 + 358 + 138, 969 = 298 + 54 + 455 + 162, 24 % of 13,200, about 113 and about 250 a day.
    for sound in ["738", "969", "3203", "13511", "6545", "19764"] {
        assert!(found.iter().all(|(_, said)| !said.contains(sound)), "{sound} in {found:#?}");
    }
    // The standpoint changes nothing, --strict says no, a counter's own findings can be asked for.
    let other = json(&place, &bundled(GAZA), &["audit", "--standpoint", "un-only"]);
    assert_eq!(codes(&other), found);
    assert_eq!(place.run(&["audit", "--strict", "--case", &bundled(GAZA)]).code, 1);
    assert_eq!(place.run(&["audit", "--strict", "un2720", "--case", &bundled(GAZA)]).code, 0);
    // Of a counter are also figures that go back to it.
    let own = codes(&json(&place, &bundled(GAZA), &["audit", "COGAT"]));
    assert_eq!(own.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["A102", "A104", "A107"]);
    assert!(!codes(&json(&place, &bundled(GAZA), &["audit", "aid.fuel"])).is_empty());
    let unknown = place.run(&["audit", "nobody", "--case", &bundled(GAZA)]);
    assert_eq!(unknown.code, 2);
    has(&unknown.err, "no kind");
}

#[test]
fn windows_are_refused_that_hold_nothing() {
    let place = Place::new();
    let said = place.run(&[
        "counts",
        "aid.trucks",
        "--from",
        "2025-12-07",
        "--to",
        "2025-10-10",
        "--case",
        &bundled(GAZA),
    ]);
    assert_eq!(said.code, 2);
    has(&said.err, "ends before it begins");
    let said = place.run(&["counts", "aid.trucks", "--from", "soon", "--case", &bundled(GAZA)]);
    assert_eq!(said.code, 2);
    has(&said.err, "no date");
    has(&place.done(&["counts", "zone.reentry", "--case", &bundled(GAZA)]), "Nothing on record");
}

/// A case of one kind, counted by one actor, in a folder of its own.
fn small_case(place: &Place, feed: &str, table: (&str, &[u8])) {
    place.write(
        "c/case.toml",
        "title = \"A record of deaths\"\nclock = \"Asia/Gaza\"\nknown_by = \"publication\"\n",
    );
    place.write(
        "c/actors.toml",
        "[[actor]]\nid = \"side\"\nlabel = \"A side\"\nkind = \"party\"\n\n[[actor]]\nid = \"office\"\nlabel = \"The office\"\nkind = \"body\"\n",
    );
    place.write(
        "c/agreement/01.pact",
        "pact small \"A record\"\nclock Asia/Gaza\ninstrument text \"The text\" adopted 2025-01-19\nparty side \"A side\"\n\
         kind death \"person killed\" counts person\nkind truck \"truck\" counts truck\nkind violation \"violation\" counts violation\n\n\
         provision trucks \"point 1\"\n  paraphrase \"Six hundred trucks are to enter each day.\"\n  side must keep truck at least 4200 per week\n",
    );
    place.write("c/feeds.toml", feed);
    let path = place.path(&format!("c/sources/{}", table.0));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, table.1).unwrap();
    place.write(
        "c/sources/documents.toml",
        &format!(
            "[[document]]\npath = \"sources/{}\"\npublisher = \"office\"\npublished = \"2025-12-31\"\n",
            table.0
        ),
    );
}

fn data(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is absent", path.display());
    }
    bytes
}

const DAILY: &str = r#"
[[feed]]
id = "daily"
files = "sources/daily.json"
event_kind = "death"
speaker = "office"
counter = "office"
measure = "total"
unit = "person"
window = { end = "report_date", hours = "report_period" }
skip = [{ column = "report_period", equals = "0" }]
components = [
  { component = "new", column = "killed_truce_new" },
  { component = "recovered", column = "killed_recovered" },
  { component = "retroactive", column = "killed_committee" },
  { component = "late", column = "killed_succumbed" },
]
"#;

/// How many people were killed by new violence between two dates, without the recovered and the retroactive deaths, and what
/// was left out: against a plain loop over the published file.
#[test]
fn daily_figures_answer_how_many_were_killed_by_new_violence() {
    let Some(bytes) = data("gaza_casualties/casualties_daily.json") else { return };
    let rows: Vec<Value> = serde_json::from_slice(&bytes).unwrap();
    let place = Place::new();
    small_case(&place, DAILY, ("daily.json", &bytes));
    for (from, to) in
        [("2025-10-11", "2025-12-31"), ("2025-10-19", "2025-10-31"), ("2025-11-07", "2025-11-15")]
    {
        let days = ["counts", "death", "--from", from, "--to", to];
        let view = json(&place, "c", &days);
        let found = &view["kinds"][0]["counts"]["series"][0];
        assert_eq!(found["component"], "new");
        let (mut inside, mut touching) = ([0.0; 4], [0.0; 4]);
        let columns = ["killed_truce_new", "killed_recovered", "killed_committee", "killed_succumbed"];
        for row in &rows {
            let hours = row["report_period"].as_i64().unwrap();
            let last: jiff::civil::Date = row["report_date"].as_str().unwrap().parse().unwrap();
            let (from, to): (jiff::civil::Date, jiff::civil::Date) =
                (from.parse().unwrap(), to.parse().unwrap());
            if hours == 0 {
                continue;
            }
            let first = last.checked_sub(jiff::Span::new().days(hours / 24 - 1)).unwrap();
            for (at, column) in columns.iter().enumerate() {
                let n = row[column].as_f64().unwrap_or(0.0);
                inside[at] += if from <= first && last <= to { n } else { 0.0 };
                touching[at] += if first <= to && from <= last { n } else { 0.0 };
            }
        }
        assert_eq!(bounds(&found["covered_total"]).0, inside[0], "{from} to {to}");
        assert_eq!(bounds(&found["total"]).0, inside[0], "{from} to {to}");
        if let Some(high) = bounds(&found["total"]).1 {
            assert_eq!(high, touching[0], "{from} to {to}");
        }
        for (name, at) in [("recovered", 1), ("retroactive", 2), ("late", 3)] {
            let left_out = found["left_out"].as_array().unwrap().iter().find(|sum| sum["component"] == name);
            let sum = left_out.map_or(0.0, |sum| bounds(&sum["total"]).0);
            assert_eq!(sum, inside[at], "{name} from {from} to {to}");
        }
        has(&place.done(&[&days[..], &["--case", "c"]].concat()), "left out, as other components");
    }
    // A report of 72 hours that reaches over the edge of the window bounds what is in it.
    let view = json(&place, "c", &["counts", "death", "--from", "2025-11-07", "--to", "2025-11-08"]);
    let found = &view["kinds"][0]["counts"]["series"][0];
    assert_eq!((&found["n_days_covered"], bounds(&found["total"])), (&0.into(), (0.0, Some(1.0))));
    has(
        &place.done(&["counts", "death", "--from", "2025-11-07", "--to", "2025-11-08", "--case", "c"]),
        "reaches over the edge",
    );
}

/// Numbers of a short note: `13,511`, `24`, `1.6`.
fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|sign: char| !(sign.is_ascii_digit() || sign == ',' || sign == '.'));
    words.filter_map(|word| word.replace(',', "").trim_end_matches('.').parse().ok()).collect()
}

/// The facts of 2025, read from their own notes: the rival shares of the promise, and the sums that do not add up.
#[test]
fn the_facts_of_2025_give_rival_shares_and_contradictions() {
    let Some(bytes) = data("gaza_facts/facts_to_2025-12-31.jsonl") else { return };
    let text = String::from_utf8(bytes).unwrap();
    let facts: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let place = Place::new();
    let mut note = String::from("---\ntitle: facts\npublisher: office\npublished: 2025-12-31\n---\n");
    let mut coded = String::from(
        "[defaults]\ndocument = \"sources/facts.md\"\nkind = \"quantity\"\nmeasure = \"total\"\n",
    );
    let mut n_truck_counts = 0;
    for fact in &facts {
        let text = |key: &str| fact[key].as_str().unwrap_or_default();
        let (subject, window) = (text("subject"), text("window"));
        if !matches!(subject, "aid.trucks" | "violations") || text("unit").contains("/day") {
            continue;
        }
        let said = numbers(text("claim"));
        let end = if window.contains('/') { window.split('/').nth(1).unwrap() } else { text("event_date") };
        let start = window.split_once('/').map_or("2025-10-10", |(start, _)| start);
        let value = fact["value"].as_f64().unwrap();
        let mut figures = Vec::new();
        if text("claim").contains(" of ") {
            figures.push(format!("{{ role = \"whole\", quantity = {} }}", said[1]));
        }
        if let Some(at) = text("claim").find('%') {
            figures.push(format!(
                "{{ role = \"percent\", quantity = {} }}",
                numbers(&text("claim")[..at]).last().unwrap()
            ));
        }
        if let Some(at) = text("claim").find("/day") {
            let about = text("claim").contains("about");
            let rate = numbers(&text("claim")[..at]).pop().unwrap();
            figures
                .push(format!("{{ role = \"per_day\", quantity = {{ best = {rate}, approx = {about} }} }}"));
        }
        if text("claim").contains('+') {
            let parts: Vec<f64> = said.iter().copied().filter(|n| *n < value && *n < 500.0).take(4).collect();
            let part = |(at, n): (usize, &f64)| format!("{{ role = \"part:p{at}\", quantity = {n} }}");
            figures.extend(parts.iter().enumerate().map(part));
        }
        let kind = if subject == "aid.trucks" { "truck" } else { "violation" };
        n_truck_counts += usize::from(kind == "truck");
        note.push_str(&format!("{}: {}.\n\n", text("speaker"), text("claim")));
        coded.push_str(&format!(
            "\n[[claim]]\nid = \"{}\"\nquote = \"{}\"\nevent_kind = \"{kind}\"\nspeaker = \"office\"\nquantity = {value}\nunit = \"{kind}\"\n\
             window = \"{start}/{end}\"\ncounter = \"{}\"\nfigures = [{}]\n",
            text("id"),
            text("claim"),
            text("speaker").to_lowercase().replace(|sign: char| !sign.is_ascii_alphanumeric(), "-"),
            figures.join(", ")
        ));
    }
    assert!(n_truck_counts >= 7, "{n_truck_counts}");
    small_case(&place, "", ("facts.md", note.as_bytes()));
    std::fs::remove_file(place.path("c/feeds.toml")).unwrap();
    std::fs::remove_file(place.path("c/sources/documents.toml")).unwrap();
    place.write("c/claims/facts.toml", &coded);
    let view = json(&place, "c", &["counts", "truck", "--from", "2025-10-10", "--to", "2025-12-07"]);
    let shares: Vec<(f64, Option<f64>)> = view["kinds"][0]["counts"]["series"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| bounds(&one["window_ratio"][0]))
        .collect();
    // From less than a fifth to three quarters of one promise, by who counts.
    assert!(shares.iter().any(|(_, high)| high.is_some_and(|high| high < 0.2)), "{shares:?}");
    assert!(shares.iter().any(|(low, _)| *low > 0.7), "{shares:?}");
    assert!(shares.iter().any(|(low, high)| high.is_some_and(|high| *low < 0.1 && high > 0.3)), "{shares:?}");
    let found = codes(&json(&place, "c", &["audit"]));
    for (code, said) in [
        ("A101", "265 + 49 + 421 + 150 = 885; the statement gives 875"),
        ("A103", "17819 of 42800 is 41.6 %; the statement gives 41 %"),
        ("A104", "42800 trucks over 73 days is 586.3 a day; trucks has 600 a day, 43800 in that time"),
    ] {
        assert!(found.contains(&(code.to_owned(), said.to_owned())), "missing {code} {said}\nin {found:#?}");
    }
    for sound in ["738", "969", "3203 of", "6545"] {
        assert!(found.iter().all(|(_, said)| !said.contains(sound)), "{sound} in {found:#?}");
    }
}
