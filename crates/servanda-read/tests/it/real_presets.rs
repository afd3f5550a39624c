//! Presets on tables as published, where the data folder is present.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use servanda_model::Claim;
use servanda_read::{Clock, Coding, Documents, Names, feeds, read_document, read_feed};

use crate::real_tables::{Read, check, data, read};

/// What a preset makes of a published table: the summary and how many remarks of each code.
fn preset(keys: &str, path: &str, expected: Expect) -> Option<Read> {
    check(&format!("[[feed]]\nid = \"f\"\nfiles = \"*\"\n{keys}\n"), path, expected)
}

/// Claims by some field, counted and with the sum of a figure (`""`: the one that counts).
fn sums(claims: &[Claim], role: &str, by: impl Fn(&Claim) -> String) -> BTreeMap<String, (usize, i64)> {
    let mut sums: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    for claim in claims {
        let figure = if role.is_empty() { claim.amount() } else { claim.figure(role) };
        let unit = figure.map(|figure| figure.unit.clone()).unwrap_or_default();
        let sum = sums.entry(format!("{} {unit}", by(claim))).or_default();
        sum.0 += 1;
        sum.1 += figure.and_then(|figure| figure.best).map_or(0, |best| best.thousandths());
    }
    for sum in sums.values_mut() {
        sum.1 /= 1000;
    }
    sums
}

#[test]
fn the_preset_of_the_daily_series_reads_every_row() {
    let Some(found) = preset(
        "preset = \"techforpalestine-daily\"\nevent_kind = \"killed\"\nkinds = { injured = \"injured\" }",
        "gaza_casualties/casualties_daily.json",
        expect![[r#"
            FeedSummary { n_rows: 817, n_claims: 3607, n_used: 810, n_silent: 7, n_rejected: 0, n_skipped: 0 }
            {"R119": 1, "R133": 4}
        "#]],
    ) else {
        return;
    };
    let by = |claim: &Claim| {
        let is_running =
            claim.window.is_some_and(|window| window.start.to_string() == "2023-10-07T00:00:00Z");
        let window = match (claim.window, is_running) {
            (None, _) => "no window",
            (_, true) => "running",
            _ => "period",
        };
        let part = claim.component.as_ref().unwrap();
        format!("{} {part} {window}", claim.event_kind.as_ref().unwrap())
    };
    expect![[r#"
        {
            "injured all no window person": (
                1,
                11,
            ),
            "injured all period person": (
                708,
                134049,
            ),
            "injured all running person": (
                802,
                84611647,
            ),
            "killed all no window person": (
                1,
                8,
            ),
            "killed all period person": (
                735,
                66474,
            ),
            "killed all running person": (
                811,
                35642870,
            ),
            "killed late period person": (
                22,
                38,
            ),
            "killed new period person": (
                292,
                14153,
            ),
            "killed recovered no window person": (
                1,
                8,
            ),
            "killed recovered period person": (
                206,
                1813,
            ),
            "killed retroactive period person": (
                28,
                8627,
            ),
        }
    "#]]
    .assert_debug_eq(&sums(&found.claims, "", by));
    // The parts of a report are what it gives as killed: nothing is lost between components.
    let of = |part: &str| {
        let is_part = |claim: &&Claim| {
            *claim.event_kind.as_ref().unwrap() == *"killed" && *claim.component.as_ref().unwrap() == *part
        };
        let figure = |claim: &Claim| (claim.quote.clone(), claim.amount().unwrap().best.unwrap().floor());
        let is_running = |claim: &&Claim| {
            claim.window.is_some_and(|window| window.start.to_string() == "2023-10-07T00:00:00Z")
        };
        let found = found.claims.iter().filter(is_part).filter(|claim| !is_running(claim));
        found.map(figure).collect::<BTreeMap<String, i64>>()
    };
    let (new, all) = (of("new"), of("all"));
    let rest = ["recovered", "retroactive", "late"].map(of);
    let mut n_compared = 0;
    for (row, sum) in all.iter().filter(|(row, _)| new.contains_key(*row)) {
        let parts = new[row] + rest.iter().filter_map(|part| part.get(row)).sum::<i64>();
        assert_eq!(parts, *sum, "{row}");
        n_compared += 1;
    }
    assert!(n_compared > 250, "{n_compared}");
}

#[test]
fn the_presets_of_the_other_series_read_every_row() {
    preset(
        "preset = \"techforpalestine-lebanon\"\nevent_kind = \"killed\"\nkinds = { injured = \"injured\" }",
        "gaza_casualties/lebanon_casualties_daily.json",
        expect![[r#"
            FeedSummary { n_rows: 56, n_claims: 222, n_used: 56, n_silent: 0, n_rejected: 0, n_skipped: 0 }
            {"R119": 1, "R120": 1, "R121": 1}
        "#]],
    );
    let Some(bytes) = data("gaza_casualties/west_bank_daily.json") else { return };
    let clock = Clock::utc();
    let feed = "[[feed]]\nid = \"w\"\nfiles = \"*\"\npreset = \"techforpalestine-west-bank\"\nevent_kind = \"killed\"\n";
    let (list, _) = feeds("feeds.toml", feed, &clock);
    let (document, _) = read_document("w.json", &bytes, &clock, None);
    let (documents, names) = (Documents::default(), Names::default());
    let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: None };
    let mut told = String::new();
    for feed in &list {
        let (summary, _) = read_feed(feed, &document, &coding, &mut |_| {});
        told += &format!("{} {summary:?}\n", feed.id);
    }
    expect![[r#"
        w.flash FeedSummary { n_rows: 817, n_claims: 231, n_used: 231, n_silent: 0, n_rejected: 0, n_skipped: 586 }
        w.verified FeedSummary { n_rows: 817, n_claims: 803, n_used: 402, n_silent: 415, n_rejected: 0, n_skipped: 0 }
    "#]].assert_eq(&told);
}

#[test]
fn the_presets_of_rival_lists_lose_no_row() {
    if let Some(found) = preset(
        "preset = \"unrwa-commodities\"\nevent_kind = \"truck\"",
        "gaza_aid_manifests/unrwa_commodities_to_2024-04-30.csv",
        expect![[r#"
            FeedSummary { n_rows: 23920, n_claims: 23920, n_used: 23920, n_silent: 0, n_rejected: 0, n_skipped: 0 }
            {"R119": 1, "R121": 2, "R134": 3, "R135": 11}
        "#]],
    ) {
        assert_eq!((found.summary.n_rows, found.claims.len()), (23_920, 23_920));
        expect![[r#"
            {
                " ": (
                    126,
                    2526,
                ),
                " box": (
                    1,
                    16,
                ),
                " carton": (
                    3,
                    7920,
                ),
                " pallet": (
                    22352,
                    498645,
                ),
                " piece": (
                    165,
                    73609,
                ),
                " tent": (
                    6,
                    30,
                ),
                " tonne": (
                    364,
                    6117,
                ),
                " truck": (
                    902,
                    1150,
                ),
                " vehicle": (
                    1,
                    7,
                ),
            }
        "#]]
        .assert_debug_eq(&sums(&found.claims, "cargo", |_| String::new()));
        // Equal rows are consignments of their own: no two claims share an incident.
        let incidents: std::collections::BTreeSet<_> =
            found.claims.iter().map(|claim| claim.incident.clone().unwrap()).collect();
        assert_eq!(incidents.len(), 23_920);
        // Merchants are private persons: nothing stands after the words that announce one.
        let is_named = |claim: &&Claim| {
            let words = claim.quote.to_lowercase();
            words.match_indices("private sector").any(|(at, word)| {
                !words[at + word.len()..].starts_with([',', '"', ' '])
                    || words[at..].starts_with("private sector -")
            })
        };
        assert_eq!(found.claims.iter().filter(is_named).count(), 0);
        assert_eq!(found.claims.iter().filter(|claim| claim.targets.is_empty()).count(), 6_990);
        expect![[r#"
            R135: one actor is spelled in 3 ways: 'Save the Children' (128), 'Save The Children' (15), 'Save the children' (5)
            R135: one actor is spelled in 2 ways: 'CARE' (20), 'Care' (3)
            R135: one actor is spelled in 2 ways: 'Private Sector' (3686), 'Private sector' (591)
            R135: one actor is spelled in 2 ways: 'Mercy Corps' (41), 'Mercy corps' (4)
            R135: one actor is spelled in 2 ways: 'Oxfam' (22), 'OXFAM' (21)
            R135: one actor is spelled in 2 ways: 'IOM + OXFAM' (4), 'IOM + Oxfam' (4)
            R135: 14 more actors are spelled in several ways; they are not listed
            R135: one actor is spelled in 2 ways: 'Action Against Hunger' (22), 'Action against hunger' (2)
            R135: one actor is spelled in 2 ways: 'OXFAM + IOM' (3), 'Oxfam + IOM' (3)
            R134: 18 figures of 'cargo' lie far from the others: 1 (line 4647), 1 (line 4649), 1 (line 4650) and others; the middle half is 20 to 24
            R135: one actor is spelled in 2 ways: 'Tahya Masr - Egypt' (48), 'Tahya Masr - Egypt' (20)
            R135: one actor is spelled in 2 ways: 'Human Appeal' (10), 'HUMAN APPEAL' (3)
            R134: 13 figures of 'cargo' in 'truck' lie far from the others: 29 (line 16336), 26 (line 7731), 24 (line 5358) and others; the middle half is 1 to 1
            R134: 524 figures of 'cargo' in 'pallet' lie far from the others: 1650 (line 19506), 831 (line 20345), 812 (line 20347) and others; the middle half is 20 to 24
        "#]]
        .assert_eq(&found.remarks(&["R134", "R135"]));
    }
    let feed = "preset = \"cogat\"\nevent_kind = { column = \"Classification\", map = { Fuel = \"fuel\", Gas = \"fuel\" }, default = \"truck\" }";
    if let Some(found) = preset(
        feed,
        "gaza_aid_manifests/cogat_to_2024-04-30.csv",
        expect![[r#"
        FeedSummary { n_rows: 27522, n_claims: 27522, n_used: 27522, n_silent: 0, n_rejected: 0, n_skipped: 0 }
        {"R119": 1, "R121": 2, "R126": 1, "R134": 1, "R135": 1, "R139": 1}
    "#]],
    ) {
        assert_eq!((found.summary.n_rows, found.claims.len()), (27_522, 27_522));
        expect![[r#"
            {
                "fuel truck": (
                    847,
                    847,
                ),
                "truck air drop": (
                    90,
                    90,
                ),
                "truck shipment": (
                    17,
                    17,
                ),
                "truck truck": (
                    26568,
                    26568,
                ),
            }
        "#]]
        .assert_debug_eq(&sums(&found.claims, "", |claim| claim.event_kind.clone().unwrap().to_string()));
        expect![[r#"
            {
                " tonne": (
                    27522,
                    531852,
                ),
            }
        "#]]
        .assert_debug_eq(&sums(&found.claims, "cargo", |_| String::new()));
        expect![[r#"
            R134: 239 figures of 'cargo' in 'tonne' lie far from the others: 148 (line 70), 110 (line 73), 104 (line 71) and others; the middle half is 15 to 20
            R135: one actor is spelled in 2 ways: 'Save the Children' (103), 'SAVE THE CHILDREN' (1)
            R139: 732 figures of 'cargo' are left open ('-')
        "#]].assert_eq(&found.remarks(&["R134", "R135", "R139"]));
    }
    preset(
        "preset = \"unrwa-disclaimer\"",
        "gaza_aid_manifests/unrwa_disclaimer.csv",
        expect![[r#"
        FeedSummary { n_rows: 6, n_claims: 5, n_used: 5, n_silent: 0, n_rejected: 0, n_skipped: 1 }
        {"R119": 1, "R120": 1}
    "#]],
    );
}

#[test]
fn events_have_positions_and_deaths_by_side() {
    let feed = "preset = \"ucdp-ged\"\nevent_kind = \"event\"\nempty = [\"null\"]";
    let Some(found) =
        read(&format!("[[feed]]\nid = \"g\"\nfiles = \"*\"\n{feed}\n"), "ucdp_ged_ukraine/UCDP-Ukraine.csv")
    else {
        return;
    };
    assert_eq!(found.claims.len(), 3883);
    assert!(found.claims.iter().all(|claim| claim.position.is_some()));
    let mut radii: BTreeMap<u32, usize> = BTreeMap::new();
    for claim in &found.claims {
        *radii.entry(claim.position.unwrap().radius_m).or_default() += 1;
    }
    expect!["{0: 1055, 25000: 1841, 50000: 38, 150000: 911, 700000: 37, 1500000: 1}"]
        .assert_eq(&format!("{radii:?}"));
    // Deaths by side are the best estimate, in every row.
    for claim in &found.claims {
        let parts: i64 = claim
            .quantities
            .iter()
            .filter(|figure| figure.role.as_ref().is_some_and(|role| role.as_str().starts_with("part:")))
            .map(|figure| figure.best.unwrap().floor())
            .sum();
        assert_eq!(parts, claim.amount().unwrap().best.unwrap().floor(), "{}", claim.quote);
    }
    let sources: usize = found
        .claims
        .iter()
        .filter_map(|claim| claim.note.as_ref()?.strip_prefix("sources listed: ")?.parse::<usize>().ok())
        .sum();
    expect!["5214"].assert_eq(&sources.to_string());
}
