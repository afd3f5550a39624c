//! Tables as published, where the data folder is present.

use std::collections::BTreeMap;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use servanda_model::{Claim, Name, Severity};
use servanda_read::{Clock, Coding, Documents, FeedSummary, Names, feeds, read_document, read_feed, redact};

pub fn data(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is absent", path.display());
    }
    bytes
}

pub struct Read {
    pub claims: Vec<Claim>,
    pub summary: FeedSummary,
    codes: BTreeMap<String, usize>,
    n_errors: usize,
    told: Vec<servanda_model::Diagnostic>,
}

impl Read {
    /// The messages of these codes.
    pub fn remarks(&self, codes: &[&str]) -> String {
        let told = self.told.iter().filter(|found| codes.contains(&found.code.as_str()));
        told.map(|found| format!("{}: {}\n", found.code, found.message)).collect()
    }
}

pub fn read(feed: &str, path: &str) -> Option<Read> {
    let bytes = data(path)?;
    let clock = Clock::utc();
    let (list, diagnostics) = feeds("feeds.toml", feed, &clock);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let (mut document, _) = read_document(path, &bytes, &clock, None);
    if let (Some(kept), _) = redact(&list[0], &document) {
        (document, _) = read_document(path, &kept.bytes, &clock, None);
    }
    let (documents, names) = (Documents::default(), Names::default());
    let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: None };
    let mut claims = Vec::new();
    let (summary, list) = read_feed(&list[0], &document, &coding, &mut |found| {
        assert_eq!(found.claim.span.of(&document.text), Some(found.claim.quote.as_str()));
        claims.push(found.claim);
    });
    let mut codes = BTreeMap::new();
    for diagnostic in &list {
        *codes.entry(diagnostic.code.clone()).or_insert(0) += 1;
    }
    let n_errors = list.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    Some(Read { claims, summary, codes, n_errors, told: list })
}

pub fn check(feed: &str, path: &str, expected: Expect) -> Option<Read> {
    let found = read(feed, path)?;
    assert!(found.n_errors >= found.summary.n_rejected, "each rejected row is told");
    expected.assert_eq(&format!("{:?}\n{:?}\n", found.summary, found.codes));
    Some(found)
}

#[test]
fn every_event_of_a_conflict_table_is_a_claim_or_a_diagnostic() {
    let feed = "[[feed]]\nid = \"ged\"\nfiles = \"*\"\npreset = \"ucdp-ged\"\nevent_kind = \"event\"\n";
    let Some(found) = check(
        feed,
        "ucdp_ged_ukraine/UCDP-Ukraine.csv",
        expect![[r#"
            FeedSummary { n_rows: 3883, n_claims: 3883, n_used: 3883, n_silent: 0, n_rejected: 0, n_skipped: 0 }
            {"R117": 31, "R119": 1, "R121": 2, "R135": 1}
        "#]],
    ) else {
        return;
    };
    assert_eq!(found.summary.n_rows, 3883);
    assert_eq!(found.claims.len() + found.summary.n_rejected, 3883);
    assert!(found.claims.iter().all(|claim| claim.when.is_some() && claim.quantities[0].is_ordered()));
    // Newlines in quoted fields stay in one row.
    assert!(found.claims.iter().any(|claim| claim.quote.contains('\n')));
    let one = found.claims.iter().find(|claim| claim.incident == Some(Name::new("ged:376174"))).unwrap();
    expect![[r#"
        Some(When { earliest: Instant(1588291200000), latest: Instant(1590969599999), precision: Month }) [Quantity { low: Some(Number(0)), best: Some(Number(4000)), high: Some(Number(4000)), unit: "person", as_written: "", approx: false, role: None }, Quantity { low: Some(Number(0)), best: Some(Number(4000)), high: Some(Number(4000)), unit: "person", as_written: "", approx: false, role: Some("killed") }, Quantity { low: Some(Number(0)), best: Some(Number(0)), high: Some(Number(0)), unit: "person", as_written: "", approx: false, role: Some("part:side_a") }, Quantity { low: Some(Number(4000)), best: Some(Number(4000)), high: Some(Number(4000)), unit: "person", as_written: "", approx: false, role: Some("part:side_b") }, Quantity { low: Some(Number(0)), best: Some(Number(0)), high: Some(Number(0)), unit: "person", as_written: "", approx: false, role: Some("part:civilians") }, Quantity { low: Some(Number(0)), best: Some(Number(0)), high: Some(Number(0)), unit: "person", as_written: "", approx: false, role: Some("part:unknown") }] ["feed ged; when from date_start, date_end; quantity from low or low_est, best or best_est, high or high_est; part:side_a from deaths_a; part:side_b from deaths_b; part:civilians from deaths_civilians; part:unknown from deaths_unknown; position from latitude, longitude; incident from id"]
    "#]].assert_eq(&format!("{:?} {:?} {:?}\n", one.when, one.quantities, one.rule));
}

#[test]
fn new_deaths_are_told_apart_from_retroactive_ones() {
    let feed = r#"
[[feed]]
id = "daily"
files = "*"
measure = "total"
unit = "person"
reported = "report_date"
window = { end = "report_date", hours = "report_period" }
components = [
  { component = "new", column = "killed_truce_new" },
  { component = "recovered", column = "killed_recovered" },
  { component = "retroactive", column = "killed_committee" },
  { component = "late", column = "killed_succumbed" },
]
"#;
    // Days whose period is 0 hours give a figure no reference period: such rows are told, not guessed.
    let Some(found) = check(
        feed,
        "gaza_casualties/casualties_daily.json",
        expect![[r#"
        FeedSummary { n_rows: 817, n_claims: 548, n_used: 305, n_silent: 507, n_rejected: 5, n_skipped: 0 }
        {"R113": 5, "R119": 1}
    "#]],
    ) else {
        return;
    };
    let mut sums: BTreeMap<Name, (usize, i64)> = BTreeMap::new();
    for claim in &found.claims {
        let sum = sums.entry(claim.component.clone().unwrap()).or_default();
        *sum = (sum.0 + 1, sum.1 + claim.quantities[0].best.unwrap().floor());
    }
    expect![[
        r#"{"late": (22, 38), "new": (292, 14153), "recovered": (206, 1813), "retroactive": (28, 8627)}"#
    ]]
    .assert_eq(&format!("{sums:?}"));
    let day: Vec<String> = found
        .claims
        .iter()
        .filter(|claim| claim.quote.contains("\"2025-02-08\""))
        .map(|claim| {
            let window = claim.window.unwrap();
            format!(
                "{} {} [{}, {})\n",
                claim.component.as_ref().unwrap(),
                claim.quantities[0].best.unwrap(),
                window.start,
                window.end
            )
        })
        .collect();
    expect![[r#"
        new 4 [2025-02-07T00:00:00Z, 2025-02-09T00:00:00Z)
        recovered 22 [2025-02-07T00:00:00Z, 2025-02-09T00:00:00Z)
        retroactive 572 [2025-02-07T00:00:00Z, 2025-02-09T00:00:00Z)
    "#]]
    .assert_eq(&day.concat());
}

#[test]
fn rival_lists_of_trucks_become_one_claim_a_row() {
    let first = r#"
[[feed]]
id = "first"
files = "*"
incident = { column = "ID" }
when = "Received Date"
quantity = "Quantity"
unit = { column = "Units", map = { "Pallets" = "pallet", "Truck" = "truck", "Ton" = "ton", "Piece" = "piece" }, otherwise = "keep" }
targets = { column = "Destination Recipient/ Partner" }
place = { column = "Crossing" }
"#;
    if let Some(found) = check(
        first,
        "gaza_aid_manifests/unrwa_commodities_to_2024-04-30.csv",
        expect![[r#"
            FeedSummary { n_rows: 23920, n_claims: 23920, n_used: 23920, n_silent: 0, n_rejected: 0, n_skipped: 0 }
            {"R119": 1, "R121": 2, "R135": 5}
        "#]],
    ) {
        assert_eq!(found.claims.len(), 23_920);
        let mut units: BTreeMap<&str, usize> = BTreeMap::new();
        for claim in &found.claims {
            *units.entry(&claim.quantities[0].unit).or_default() += 1;
        }
        expect![[r#"{"": 126, "Box": 1, "CTN": 3, "EACH": 3, "Tents": 6, "Vehicles": 1, "pallet": 22352, "piece": 162, "ton": 364, "truck": 902}"#]].assert_eq(&format!("{units:?}"));
    }
    let second = r#"
[[feed]]
id = "second"
files = "*"
incident = { column = "Index" }
when = { column = "Date", format = "%d %b %Y" }
quantity = "Aid (tons)"
unit = "ton"
empty = ["-"]
origin = { column = "Donor" }
"#;
    let path = "gaza_aid_manifests/cogat_to_2024-04-30.csv";
    if let Some(found) = check(
        second,
        path,
        expect![[r#"
            FeedSummary { n_rows: 27522, n_claims: 27522, n_used: 27522, n_silent: 0, n_rejected: 0, n_skipped: 0 }
            {"R119": 1, "R121": 1, "R126": 1, "R135": 1, "R139": 1}
        "#]],
    ) {
        assert_eq!(found.claims.len(), 27_522);
        let unstated = found.claims.iter().filter(|claim| claim.quantities[0].as_written == "-").count();
        assert_eq!(unstated, 732, "'-' is a figure that is not stated, never zero");
    }
    // Without saying that '-' means nothing stated, those rows are told, one by one.
    let strict = second.replace("empty = [\"-\"]\n", "");
    if let Some(found) = read(&strict, path) {
        assert_eq!((found.summary.n_rejected, found.codes["R114"]), (732, 732));
    }
}
