//! Alerts from a record: which series are made of it, which days count, what is said beside an alert.

use std::fmt::Write;

use expect_test::{Expect, expect};
use servanda_assess::Context;
use servanda_assess::alerts::{
    Baseline, Budget, Coverage, Question, Rule, ScanQuestion, WatchOptions, alerts,
};
use servanda_model::*;
use servanda_pact::Per;

use crate::world::{agreement, claim, ledger_of, moment};

const PACT: &str = "pact t \"T\"\nclock UTC\ninstrument i \"I\" adopted 2025-01-01\nparty a \"A\"\n\
                    kind shot \"shot\"\nkind death \"death\" counts person\nprovision p \"1\"\n  paraphrase \"None.\"\n  a must not shot\n";

fn question(from: &str, to: &str) -> Question {
    Question {
        kinds: vec!["shot".into(), "death".into()],
        places: Vec::new(),
        since: moment("2025-01-01", false),
        from: moment(from, false),
        to: moment(to, true),
        per: Per::Day,
        component: "new".into(),
        covered: Vec::new(),
        watch: WatchOptions {
            rules: vec![Rule::EarsC1, Rule::Band],
            budget: Budget { days: 60.0 },
            baseline: Baseline::default(),
            ..WatchOptions::default()
        },
        is_overall: false,
        scan: None,
    }
}

fn places() -> Context {
    let place = |id: &str, within: &[&str], position| Place {
        position,
        ..serde_json::from_value(serde_json::json!({
            "id": id, "label": id, "kind": "locality", "within": within, "source": "test"
        }))
        .unwrap()
    };
    let at = |lat, lon| Position::of_degrees(lat, lon, 0);
    Context::new(
        &[],
        &[
            place("gate", &["valley"], at(48.0, 38.0)),
            place("mill", &["valley"], at(48.0, 38.1)),
            place("port", &[], at(49.0, 39.0)),
            place("valley", &[], None),
        ],
    )
}

fn ask(lines: &[String], question: &Question) -> Alerts {
    let claims: Vec<(Claim, Instant)> = lines.iter().map(|line| claim(line)).collect();
    let ledger = ledger_of(&claims);
    let standpoint = Standpoint::all_sources();
    alerts(&ledger.as_of(Instant::MAX), &agreement(PACT), &standpoint, &places(), question).unwrap()
}

/// Series, alerts and what was left out, a line each.
fn told(found: &Alerts) -> String {
    let mut out = String::new();
    let day = |instant: Instant| instant.to_string()[5..10].to_owned();
    for series in &found.series {
        let key = &series.key;
        let place = key.place.as_ref().map_or("all", Name::as_str);
        let counter = key.counter.as_ref().map_or(String::new(), |counter| format!(" by {counter}"));
        let (n, days, total) = (series.points.len(), series.n_days, series.total);
        let kind = format!("{} {:?} {place}{counter}", key.kind, key.counted);
        writeln!(out, "{kind}: {n} reports, {days} days, {total}").unwrap();
        for alert in &series.alerts {
            let window = alert.point.window;
            let rules: Vec<&str> = alert.hits.iter().map(|hit| hit.rule.as_str()).collect();
            let more = if alert.effort.is_changed { "; effort changed" } else { "" };
            let (from, to) = (day(window.start), day(window.end.plus_ms(-1)));
            let (count, claims) = (alert.point.count, alert.claims.len());
            writeln!(out, "  {from}..{to}: {count} by {}, {claims} claims{more}", rules.join(", ")).unwrap();
        }
    }
    for cluster in &found.clusters {
        let (from, to) = (day(cluster.window.start), day(cluster.window.end.plus_ms(-1)));
        let places: Vec<&str> = cluster.places.iter().map(Name::as_str).collect();
        writeln!(out, "cluster {} {from}..{to}: {}", places.join("+"), cluster.n_cases).unwrap();
    }
    let left = serde_json::to_value(&found.left_out).unwrap();
    for (what, n) in left.as_object().unwrap().iter().filter(|(_, n)| **n != 0) {
        writeln!(out, "left out: {what} {n}").unwrap();
    }
    out
}

fn check(lines: &[String], question: &Question, expected: Expect) {
    expected.assert_eq(&told(&ask(lines, question)));
}

/// Daily figures of a counter from 1 January on: 3, 4, 5, 3, 4, 5, ... and 30 on the 20th.
fn figures(counter: &str) -> Vec<String> {
    (1..=25)
        .map(|day| {
            let count = if day == 20 { 30 } else { 3 + day % 3 };
            format!("2025-01-{day:02} death {count} total counter {counter} says {counter} state new")
        })
        .collect()
}

#[test]
fn a_counter_s_figures_are_a_series_of_its_own() {
    let lines = [figures("north"), figures("south")].concat();
    check(
        &lines,
        &question("2025-01-01", "2025-01-31"),
        expect![[r#"
            death Figures all by north: 25 reports, 25 days, 125
              01-20..01-20: 30 by ears-c1, band, 1 claims
            death Figures all by south: 25 reports, 25 days, 125
              01-20..01-20: 30 by ears-c1, band, 1 claims
        "#]],
    );
}

#[test]
fn a_report_over_several_days_stays_one_and_no_day_is_invented() {
    let mut lines = figures("north");
    // No report on the 12th and 13th; the one of the 14th covers three days.
    lines.drain(11..14);
    lines.push("2025-01-12/2025-01-14 death 12 total counter north says north state new".to_owned());
    lines.push("2025-01-01/2025-01-25 death 130 total counter north says north state new".to_owned());
    lines.push("2025-01-13/2025-01-16 death 14 total counter north says north state new".to_owned());
    lines.push("2025-01-15 death 400 total counter north says north state recovered".to_owned());
    lines.push("2025-01-16 death 4 per_day counter north says north".to_owned());
    check(
        &lines,
        &question("2025-01-01", "2025-01-31"),
        expect![[r#"
            death Figures all by north: 23 reports, 25 days, 125
              01-20..01-20: 30 by ears-c1, band, 1 claims
            left out: n_longer_figures 2
            left out: n_other_components 1
            left out: n_overlapping 1
        "#]],
    );
    let mut weekly = question("2025-01-01", "2025-01-31");
    weekly.per = Per::Week;
    let found = ask(&lines, &weekly);
    assert!(found.series.is_empty(), "three weeks are too few to be watched");
}

/// Shots on single days: one a day at the gate on odd days, five on the 20th; a bulletin on every day but the 9th to 11th.
fn shots() -> Vec<String> {
    let mut lines = Vec::new();
    for day in (1..=28).filter(|day| !(9..=11).contains(day)) {
        lines.push(format!("2025-01-{day:02} note says watch"));
        if day % 2 == 1 {
            lines.push(format!("2025-01-{day:02} shot by a place gate says watch"));
        }
    }
    for at in 0..5 {
        lines.push(format!("2025-01-20 shot by a place mill id m{at} says watch"));
        lines.push(format!("2025-01-20 shot by a place mill id m{at} says press"));
    }
    lines
}

#[test]
fn days_that_nobody_reported_on_are_no_zeros() {
    check(
        &shots(),
        &question("2025-01-01", "2025-01-31"),
        expect![[r#"
            shot Occurrences gate: 25 reports, 25 days, 12
            shot Occurrences valley: 25 reports, 25 days, 17
              01-20..01-20: 5 by ears-c1, band, 10 claims
            left out: n_short_series 1
        "#]],
    );
    let mut covered = question("2025-01-01", "2025-01-31");
    let (from, to) = (moment("2025-01-01", false), moment("2025-01-31", true));
    covered.covered = vec![Coverage { source: "watch".into(), from, to }];
    check(
        &shots(),
        &covered,
        expect![[r#"
            shot Occurrences gate: 31 reports, 31 days, 12
            shot Occurrences valley: 31 reports, 31 days, 17
              01-20..01-20: 5 by ears-c1, band, 10 claims
            left out: n_short_series 1
        "#]],
    );
}

#[test]
fn a_source_that_is_not_on_record_covers_nothing() {
    let mut asked = question("2025-01-01", "2025-01-31");
    let (from, to) = (moment("2025-01-01", false), moment("2025-01-31", true));
    asked.covered = vec![Coverage { source: "elsewhere".into(), from, to }];
    assert_eq!(ask(&shots(), &asked), ask(&shots(), &question("2025-01-01", "2025-01-31")));
}

#[test]
fn a_wider_place_holds_what_lies_in_it_and_a_vague_day_is_left_out() {
    let mut lines = shots();
    lines.extend((1..=14).map(|day| format!("2025-01-{:02} shot by a place port says watch", day * 2)));
    lines.push("2025-01-03/2025-01-06 shot by a place gate says watch".to_owned());
    let mut valley = question("2025-01-01", "2025-01-31");
    valley.places = vec!["valley".into()];
    check(
        &lines,
        &valley,
        expect![[r#"
        shot Occurrences gate: 26 reports, 26 days, 12
        shot Occurrences valley: 26 reports, 26 days, 17
          01-20..01-20: 5 by ears-c1, band, 10 claims
        left out: n_short_series 1
        left out: n_vague 1
    "#]],
    );
}

#[test]
fn a_change_of_reporting_is_said_and_suppresses_nothing() {
    let mut lines = shots();
    lines.extend((0..12).map(|at| format!("2025-01-20 note id n{at} says paper{at}")));
    let found = ask(&lines, &question("2025-01-01", "2025-01-31"));
    let alert = found.series.iter().flat_map(|series| &series.alerts).next().unwrap();
    assert!(alert.effort.is_changed && alert.effort.n_claims == 13, "{:?}", alert.effort);
    assert_eq!(alert.effort.n_sources, 13, "twelve papers and the bulletin");
}

/// What became known later does not count before, and what came in another order gives the same answer.
#[test]
fn order_of_arrival_changes_nothing_and_later_claims_are_unknown() {
    let lines = [shots(), figures("north")].concat();
    let mut question = question("2025-01-01", "2025-01-28");
    question.scan = Some(ScanQuestion { n_days: 28, n_permutations: 99, ..ScanQuestion::default() });
    question.watch.rules = vec![Rule::EarsC3, Rule::Band, Rule::CusumNegativeBinomial];
    let found = ask(&lines, &question);
    let mut turned = lines.clone();
    turned.reverse();
    turned.rotate_left(7);
    assert_eq!(found, ask(&turned, &question));

    let claims: Vec<(Claim, Instant)> = lines.iter().map(|line| claim(line)).collect();
    let early = ledger_of(&claims);
    let known: Vec<(Claim, Instant)> =
        claims.into_iter().filter(|(_, known)| *known <= moment("2025-01-19", true)).collect();
    let standpoint = Standpoint::all_sources();
    let at = |ledger: &servanda_ledger::Ledger| {
        let view = ledger.as_of(moment("2025-01-19", true));
        alerts(&view, &agreement(PACT), &standpoint, &places(), &question).unwrap()
    };
    assert_eq!(at(&early), at(&ledger_of(&known)));
}

/// Two counters that swap their names swap their series, and nothing else changes.
#[test]
fn swapping_two_counters_swaps_their_series() {
    let mut lines = figures("north");
    lines.extend(figures("south").into_iter().map(|line| line.replace(" 30 ", " 3 ")));
    let swap =
        |line: &String| line.replace("north", "\u{0}").replace("south", "north").replace('\u{0}', "south");
    let question = question("2025-01-01", "2025-01-31");
    let found = ask(&lines, &question);
    let mut swapped = ask(&lines.iter().map(swap).collect::<Vec<_>>(), &question);
    // Series stand in the order of their names, so that order is turned as well.
    swapped.series.reverse();
    assert_eq!(swap(&told(&found)), told(&swapped));
    assert!(told(&found).contains("by north: 25 reports, 25 days, 125\n  01-20"), "{}", told(&found));
}

#[test]
fn a_cluster_names_places_and_no_position() {
    let mut lines: Vec<String> = Vec::new();
    for day in 1..=31 {
        for place in ["gate", "mill", "port"] {
            if (day + place.len()) % 2 == 0 || place == "port" {
                lines.push(format!("2025-01-{day:02} shot by a place {place} id {place}{day} says watch"));
            }
        }
    }
    lines.extend(
        (0..14).map(|at| format!("2025-01-{} shot by a place mill id c{at} says watch", 29 + at % 3)),
    );
    let mut asked = question("2025-01-01", "2025-01-31");
    asked.watch.rules.clear();
    asked.scan = Some(ScanQuestion { n_days: 31, ..ScanQuestion::default() });
    let found = ask(&lines, &asked);
    check(
        &lines,
        &asked,
        expect![[r#"
            cluster mill 01-29..01-31: 15
        "#]],
    );
    let json = serde_json::to_string(&found).unwrap();
    assert!(!json.contains("38.1") && !json.contains("lat"), "{json}");
}
