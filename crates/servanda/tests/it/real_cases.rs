//! The two real cases: what anybody who knows the events expects to read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::{Assert, Data};

use crate::{Place, bundled, copy, has};

const GAZA: &str = "gaza-2025";
const MINSK: &str = "minsk-2015";

fn snapshot(name: &str, case: &str, arguments: &[&str]) {
    let out = Place::new().done(&[arguments, &["--case", &bundled(case)]].concat());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    Assert::new().action_env("SNAPSHOTS").eq(out, Data::read_from(&file, None).raw());
}

#[test]
fn the_screens_of_the_real_cases() {
    snapshot("gaza-status.txt", GAZA, &["status", "--as-of", "2025-12-28"]);
    snapshot("gaza-status-then.txt", GAZA, &["status", "--as-of", "2025-10-15"]);
    snapshot("gaza-why.txt", GAZA, &["why", "hostages-living"]);
    let versus = ["status", "--standpoint", "un-only", "--versus", "all", "--as-of", "2025-12-28"];
    snapshot("gaza-versus.txt", GAZA, &versus);
    snapshot("minsk-status.txt", MINSK, &["status", "--as-of", "2015-12-31"]);
}

fn rows(place: &Place, case: &str, arguments: &[&str]) -> Vec<Value> {
    let out = place.done(&[&["status", "--json", "--case", case], arguments].concat());
    let json: Value = serde_json::from_str(&out).unwrap();
    json["rows"].as_array().unwrap().clone()
}

/// The one row of a promise that one party made.
fn row<'r>(rows: &'r [Value], provision: &str) -> &'r Value {
    let mut found = rows.iter().filter(|row| row["finding"]["provision"] == provision);
    let row = found.next().unwrap_or_else(|| panic!("no {provision}"));
    assert!(found.next().is_none(), "{provision} has several rows");
    row
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn badges(row: &Value) -> Vec<&str> {
    row["finding"]["badges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|badge| badge["badge"].as_str().unwrap())
        .collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn at_the_end_of_december_the_plan_stands_as_it_is_known_to_stand() {
    let rows = rows(&Place::new(), &bundled(GAZA), &["--as-of", "2025-12-28"]);

    let living = row(&rows, "hostages-living");
    assert_eq!((&living["state_said"], &living["progress_said"]), (&"fulfilled".into(), &"20 of 20".into()));
    let readings = texts(&living["readings_said"]);
    assert!(readings.iter().any(|said| said.ends_with(": fulfilled late")), "{readings:?}");
    assert!(badges(living).contains(&"depends_on_reading"));

    let deceased = row(&rows, "hostages-deceased");
    assert_eq!(
        (&deceased["state_said"], &deceased["progress_said"]),
        (&"overdue".into(), &"27 of 28".into())
    );

    let ratio = row(&rows, "remains-ratio");
    assert_eq!(ratio["progress_said"], "345 of 405 due");
    let balance = &ratio["finding"]["balance"];
    let said = ["burden", "due", "returned"].map(|part| number(&balance[part]["reported"]));
    assert_eq!(said, [27.0, 405.0, 345.0]);

    for provision in ["governing-committee", "oversight-board", "stabilization-force"] {
        let row = row(&rows, provision);
        assert_eq!(row["finding"]["level"], 0, "{provision}");
        assert!(badges(row).contains(&"no_deadline"), "{provision}");
        assert_eq!((&row["state_said"], &row["due_said"]), (&"in force".into(), &"no deadline".into()));
    }
    assert_eq!(row(&rows, "staged-withdrawal")["state_said"], "dormant");
}

#[test]
fn rival_counts_of_trucks_stand_side_by_side() {
    let rows = rows(&Place::new(), &bundled(GAZA), &["--as-of", "2025-12-28"]);
    let trucks = row(&rows, "aid-trucks");
    assert!(badges(trucks).contains(&"reported_breach"));
    let counters = trucks["finding"]["counters"].as_array().unwrap();
    assert!(counters.len() >= 5, "{}", counters.len());
    for counter in counters {
        assert!(counter["counter"].is_string(), "a count of nobody: {counter}");
        assert!(!counter["claims"].as_array().unwrap().is_empty(), "a count without a report: {counter}");
    }
    for bound in ["low", "high"] {
        let figures: Vec<f64> = counters.iter().map(|counter| number(&counter[bound])).collect();
        for (at, figure) in figures.iter().enumerate() {
            let others: Vec<f64> =
                figures.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| *one).collect();
            for chosen in (1_u32..1 << others.len()).filter(|chosen| chosen.count_ones() > 1) {
                let parts =
                    others.iter().enumerate().filter(|(n, _)| chosen >> n & 1 == 1).map(|(_, one)| *one);
                let (sum, n) = parts.fold((0.0, 0.0), |(sum, n), one| (sum + one, n + 1.0));
                assert!(sum != *figure, "{bound} {figure} is the sum of others");
                assert!(sum / n != *figure, "{bound} {figure} is the mean of others");
            }
        }
    }
}

#[test]
fn in_the_middle_of_october_only_what_was_known_counts() {
    let place = Place::new();
    let rows = rows(&place, &bundled(GAZA), &["--as-of", "2025-10-15"]);
    let deceased = row(&rows, "hostages-deceased");
    assert_eq!((&deceased["state_said"], &deceased["progress_said"]), (&"overdue".into(), &"9 of 28".into()));
    let listed =
        |rows: &[Value]| rows.iter().filter(|row| row["finding"]["instrument"] == "unscr2803").count();
    assert_eq!(listed(&rows), 0, "the resolution was adopted in November");
    assert!(listed(&self::rows(&place, &bundled(GAZA), &["--as-of", "2025-12-28"])) > 0);
}

/// The quoted words at and below a node of a `why` tree.
fn quotes<'n>(node: &'n Value, found: &mut Vec<&'n Value>) {
    if node["kind"] == "claim" {
        found.push(&node["quote"]);
    }
    for below in node["because"].as_array().into_iter().flatten() {
        quotes(below, found);
    }
}

/// Whether something reported made the state what it is.
fn rests_on_evidence(finding: &Value) -> bool {
    let some = |key: &str| finding[key].as_array().is_some_and(|list| !list.is_empty());
    let is_counted = finding["progress"]
        .as_array()
        .unwrap()
        .iter()
        .any(|part| part["reported"].as_f64().is_some_and(|sum| sum > 0.0));
    let is_told = finding["episodes"].as_array().unwrap().iter().any(|episode| episode["n_claims"] != 0);
    finding["done"].is_object() || some("counters") || is_counted || is_told || finding["balance"].is_object()
}

#[test]
fn every_state_that_rests_on_evidence_ends_in_quoted_words() {
    let place = Place::new();
    let asked: [(&str, &str, usize, &[&str]); 3] =
        [(GAZA, "2025-12-28", 10, &[]), (GAZA, "2025-10-15", 5, &[]), (MINSK, "2015-12-31", 2, &[])];
    for (case, at, at_least, gaps) in asked {
        let case = bundled(case);
        let listed = rows(&place, &case, &["--as-of", at]);
        let mut names: Vec<&str> =
            listed.iter().map(|row| row["finding"]["provision"].as_str().unwrap()).collect();
        names.dedup();
        let asked = [&["why", "--json", "--case", &case, "--as-of", at], &names[..]].concat();
        let json: Value = serde_json::from_str(&place.done(&asked)).unwrap();
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), listed.len());
        let (mut n, mut bare) = (0, Vec::new());
        for item in items {
            let finding = &item["row"]["finding"];
            let mut found = Vec::new();
            quotes(&item["tree"], &mut found);
            for quote in &found {
                assert!(quote["quote"].as_str().is_some_and(|words| !words.is_empty()), "{quote}");
                has(quote["path"].as_str().unwrap(), "sources/");
            }
            if rests_on_evidence(finding) {
                n += 1;
                if found.is_empty() {
                    bare.push(finding["provision"].as_str().unwrap());
                }
            }
        }
        assert_eq!(bare, gaps, "{case} at {at}: states without quoted words");
        assert!(n >= at_least, "{case} at {at}: {n} states rest on evidence");
    }
}

/// Where the event file lies for whoever has it; it is not part of the repository.
fn event_file() -> Option<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ucdp_ged_ukraine");
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir).ok()?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    files.into_iter().next()
}

/// The records of a CSV text by column name: quoted cells, doubled quotes, line breaks within quotes.
fn records(text: &str) -> Vec<BTreeMap<String, String>> {
    let (mut lines, mut line, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            sign => cell.push(sign),
        }
    }
    if !cell.is_empty() || !line.is_empty() {
        line.push(cell);
        lines.push(line);
    }
    let mut lines = lines.into_iter();
    let header = lines.next().unwrap();
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

/// An event with deaths between the two sides of the agreement: first and last day as year, month, day.
struct Deadly {
    first: (u32, u32, u32),
    last: (u32, u32, u32),
}

/// A date of the form month/day/year, with a time of day that says nothing.
fn day(written: &str) -> (u32, u32, u32) {
    let numbers: Vec<u32> =
        written.split(' ').next().unwrap().split('/').map(|part| part.parse().unwrap()).collect();
    let [month, day, year] = numbers[..] else { panic!("{written}") };
    (year, month, day)
}

#[test]
fn the_events_of_the_table_are_those_that_a_plain_loop_counts() {
    let Some(file) = event_file() else {
        println!("skipped: the UCDP event file is not here");
        return;
    };
    let bytes = std::fs::read(&file).unwrap();
    let latin: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let table = records(&latin);
    let n_rows = table.len();
    assert_eq!(n_rows, 3883);
    let deadly: Vec<Deadly> = table
        .iter()
        .filter(|row| {
            row["side_a"] == "Government of Ukraine"
                && ["DPR", "LPR", "United Armed Forces of Novorossiya"].contains(&row["side_b"].as_str())
                && row["best"].parse::<u32>().unwrap() > 0
        })
        .map(|row| Deadly { first: day(&row["date_start"]), last: day(&row["date_end"]) })
        .collect();

    let place = Place::new();
    copy(Path::new(&bundled(MINSK)), &place.path("c"));
    std::fs::write(place.path("ged-ukraine.csv"), &bytes).unwrap();
    place.done(&["keys", "new", "test"]);
    let added = place.run(&[
        "add",
        "--case",
        "c",
        "ged-ukraine.csv",
        "--publisher",
        "ucdp",
        "--published",
        "2024-06-01",
        "--title",
        "Event file of UCDP",
    ]);
    assert_eq!(added.code, 0, "{}{}", added.out, added.err);
    has(&added.out, "put on record: 1 document, 3883 claims");
    has(&added.err, "3883 rows, 3883 claims; 0 rows rejected, 0 skipped by rule");
    has(&place.done(&["verify", "--case", "c"]), "ledger.db: sound");

    let promised = (2015, 2, 15);
    for year in 2015..=2022 {
        let end = (year, 12, 31);
        let at = format!("{year}-12-31");
        let asked = ["no-deadly-fighting", "--as-of", &at, "--known", "2026-01-31"];
        let found = rows(&place, "c", &asked);
        let finding = &row(&found, "no-deadly-fighting")["finding"];
        assert_eq!(finding["obligor"], "sides", "the table does not say who acted");
        let n = |wanted: &dyn Fn(&Deadly) -> bool| deadly.iter().filter(|event| wanted(event)).count();
        // Certain are events that began on the promised day or after it; two began before it and ended after it.
        let certain = n(&|event| promised <= event.first && event.last <= end);
        let possible = n(&|event| promised <= event.last && event.first <= end);
        let reported = n(&|event| promised <= event.last && event.last <= end);
        let expected =
            serde_json::json!({ "best": certain, "worst": possible, "verified": 0, "reported": reported });
        assert_eq!(finding["n_episodes"], expected, "{year}");
        if year == 2022 {
            assert_eq!((certain, possible), (1357, 1359));
        }
    }

    let status = place.done(&["status", "--case", "c", "--as-of", "2015-12-31", "--known", "2026-01-31"]);
    has(&status, "378\u{2013}380 reported");
    has(&status, "reported breach");
    // By the end of 2015 the file had not been published.
    let then = rows(&place, "c", &["no-deadly-fighting", "--as-of", "2015-12-31"]);
    assert_eq!(row(&then, "no-deadly-fighting")["finding"]["n_episodes"]["worst"], 0);
    assert!(badges(row(&then, "no-deadly-fighting")).contains(&"awaiting_reports"));
}

/// The two articles that the program was conceived from, with their days; they are not part of the repository.
const ARTICLES: [(&str, &str); 2] =
    [("000_9489310c9e9c282d.txt", "2025-10-22"), ("004_0ee0e21464e1c4e8.txt", "2025-12-20")];

#[test]
fn two_articles_change_what_stands_and_why_ends_in_their_sentences() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let Ok(texts) = ARTICLES
        .iter()
        .map(|(file, _)| std::fs::read_to_string(folder.join(file)))
        .collect::<Result<Vec<_>, _>>()
    else {
        println!("skipped: the articles are not here");
        return;
    };
    let place = Place::new();
    copy(Path::new(&bundled(GAZA)), &place.path("c"));
    place.done(&["keys", "new", "test"]);
    let asked = ["--as-of", "2025-12-28"];
    let before = rows(&place, "c", &asked);
    for (file, day) in ARTICLES {
        let path = folder.join(file);
        let said = place.done(&["add", "--case", "c", path.to_str().unwrap(), "--published", day]);
        has(&said, "put on record: 1 document");
    }
    let again = folder.join(ARTICLES[0].0);
    has(&place.done(&["add", "--case", "c", again.to_str().unwrap()]), "nothing new");
    has(&place.done(&["verify", "--case", "c"]), "sound");

    // What was said of conduct counts as reported, never as verified.
    let after = rows(&place, "c", &asked);
    let changed: Vec<&str> = after
        .iter()
        .zip(&before)
        .filter(|(after, before)| after["finding"] != before["finding"])
        .map(|(after, _)| after["finding"]["provision"].as_str().unwrap())
        .collect();
    assert!(changed.contains(&"ceasefire"), "{changed:?}");
    for (after, before) in after.iter().zip(&before) {
        let n = |row: &Value, of: &str| row["finding"]["n_episodes"][of].as_u64().unwrap_or(0);
        assert_eq!(after["finding"]["provision"], before["finding"]["provision"]);
        assert_eq!(n(after, "verified"), n(before, "verified"));
        assert!(n(after, "reported") >= n(before, "reported"));
    }

    // Whatever changed ends in words of the articles.
    let why = [&["why", "--json", "--case", "c"], &asked[..], &changed[..]].concat();
    let json: Value = serde_json::from_str(&place.done(&why)).unwrap();
    let mut found = Vec::new();
    json["items"].as_array().unwrap().iter().for_each(|item| quotes(&item["tree"], &mut found));
    let is_read =
        |quote: &&&Value| ARTICLES.iter().any(|(file, _)| quote["path"].as_str().unwrap().ends_with(file));
    let read: Vec<&str> =
        found.iter().filter(is_read).map(|quote| quote["quote"].as_str().unwrap()).collect();
    assert!(!read.is_empty(), "{found:#?}");
    for words in read {
        assert!(texts.iter().any(|text| text.contains(words)), "{words}");
    }

    // Attitudes, promises and forecasts wait beside them.
    let queue: Value = serde_json::from_str(&place.done(&["review", "--case", "c", "--json"])).unwrap();
    let items = queue["items"].as_array().unwrap();
    let fields = items.iter().flat_map(|item| item["fields"].as_array().unwrap());
    let kinds: Vec<&str> =
        fields.filter(|field| field["name"] == "kind").map(|field| field["said"].as_str().unwrap()).collect();
    for (kind, at_least) in [("position", 10), ("pledge", 3), ("estimate", 2), ("event", 10)] {
        let n = kinds.iter().filter(|there| there.starts_with(kind)).count();
        assert!(n >= at_least, "{n} of {kind}");
    }
}
