//! Rival counts on one window: what figures allow, what they cover, and that counters never meet in one number.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use servanda_assess::Context;
use servanda_assess::counts::{Question, counts};
use servanda_model::*;

use crate::world::{agreement, claim, ledger_of, moment};

const PACT: &str = r#"pact test "A test"
clock UTC
instrument text "The text" adopted 2025-01-01
party north "North"
kind truck "truck" counts truck
kind death "person killed" counts person
"#;

fn window(text: &str) -> Window {
    let (first, last) = text.split_once('/').unwrap();
    Window { start: moment(first, false), end: moment(last, true).plus_ms(1) }
}

struct Asked<'a> {
    kind: &'a str,
    window: &'a str,
    component: Option<&'a str>,
    known: &'a str,
    counters: Vec<Counter>,
    conversions: Vec<Conversion>,
}

fn asked<'a>(kind: &'a str, window: &'a str) -> Asked<'a> {
    Asked {
        kind,
        window,
        component: None,
        known: "2025-12-31",
        counters: Vec::new(),
        conversions: Vec::new(),
    }
}

/// Six trucks a day since 1 January.
fn promised() -> PromisedRate {
    PromisedRate {
        provision: "trucks".into(),
        obligors: vec!["north".into()],
        is_least: true,
        amount: Number::whole(42),
        per_days: 7,
        unit: "truck".to_owned(),
        since: Some(moment("2025-01-01", false)),
    }
}

fn ask(claims: &[(Claim, Instant)], asked: &Asked) -> KindCounts {
    let ledger = ledger_of(claims);
    let (kind, component) = (Name::new(asked.kind), asked.component.map(Name::new));
    let promises = [("truck".into(), promised())];
    let question = Question {
        kinds: std::slice::from_ref(&kind),
        window: window(asked.window),
        per: None,
        component: component.as_ref(),
        counters: &asked.counters,
        conversions: &asked.conversions,
        promises: &promises,
    };
    let view = ledger.as_of(moment(asked.known, true));
    let everybody = Standpoint::all_sources();
    let found = counts(&view, &agreement(PACT), &everybody, &Context::default(), &question).unwrap();
    found.into_iter().next().unwrap()
}

/// Every series of a record, for tests that only want an answer.
pub fn rows_of(claims: &[(Claim, Instant)]) -> Vec<SeriesCount> {
    ask(claims, &asked("truck", "2025-01-03/2025-01-12")).series
}

fn said(bounds: &Bounds) -> String {
    match bounds.high {
        Some(high) if high == bounds.low => bounds.low.to_string(),
        Some(high) => format!("{}..{high}", bounds.low),
        None => format!("{}..", bounds.low),
    }
}

/// One line a series: covered days and their total, the whole window, the share of what was promised, what else there is.
fn line(series: &SeriesCount) -> String {
    let counter = series.counter.as_ref().map_or("nobody", Name::as_str);
    let component = series.component.as_ref().map_or(String::new(), |name| format!(" {name}"));
    let place = series.place.as_ref().map_or(String::new(), |name| format!(" at {name}"));
    let of: Vec<&str> = series.actors.iter().map(Name::as_str).collect();
    let of = if of.is_empty() { String::new() } else { format!(" of {}", of.join("+")) };
    let mut text = format!(
        "{counter}{of}{place}{component} {:?}: {} in {} of {} days, whole window {}",
        series.basis,
        said(&series.covered_total),
        series.n_days_covered,
        series.n_days,
        said(&series.total)
    );
    for (kept, whole) in series.kept_ratio.iter().zip(&series.window_ratio) {
        let or_none = |ratio: &Option<Bounds>| ratio.as_ref().map_or("-".to_owned(), said);
        text += &format!(", kept {} | {}", or_none(kept), or_none(whole));
    }
    for sum in &series.left_out {
        let name = sum.component.as_ref().map_or("none", Name::as_str);
        text += &format!(", left out {name} {}", said(&sum.total));
    }
    for revision in &series.revisions {
        text += &format!(", revised {} to {}", said(&revision.before), said(&revision.after));
    }
    for statement in &series.statements {
        let used = match statement.used {
            StatementUse::Inside => continue,
            StatementUse::Straddles => "straddles",
            StatementUse::Outside => "outside",
            StatementUse::Revised { .. } => "revised",
            StatementUse::SetAside => "set aside",
        };
        text += &format!(", {} {used}", said(&statement.stated));
    }
    for found in &series.converted {
        text += &format!(", {} {}", said(&found.total), found.factor.to);
    }
    if !series.same_origin_as.is_empty() {
        text += &format!(", one origin with {:?}", series.same_origin_as);
    }
    text + "\n"
}

fn claims(lines: &str) -> Vec<(Claim, Instant)> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(claim).collect()
}

fn check(lines: &str, asked: &Asked, expected: Expect) {
    let found = ask(&claims(lines), asked);
    expected.assert_eq(&found.series.iter().map(line).collect::<String>());
}

#[test]
fn a_later_running_total_less_an_earlier_one_gives_the_time_between() {
    let lines = "2025-01-01/2025-01-10 truck 30 counter a total
                 2025-01-01/2025-01-20 truck 70 counter a total
                 2025-01-01/2025-01-31 truck 100..104 counter a total";
    check(
        lines,
        &asked("truck", "2025-01-11/2025-01-20"),
        expect![[r#"
        a Totals: 40 in 10 of 10 days, whole window 40, kept 0.667 | 0.667, 30 outside, 70 straddles, 100..104 straddles
    "#]],
    );
    check(
        lines,
        &asked("truck", "2025-01-11/2025-01-31"),
        expect![[r#"
        a Totals: 70..74 in 21 of 21 days, whole window 70..74, kept 0.556..0.587 | 0.556..0.587, 30 outside, 70 straddles, 100..104 straddles
    "#]],
    );
    // The edge of the window lies within a stretch: bounds, and the days that are covered.
    check(
        lines,
        &asked("truck", "2025-01-06/2025-01-20"),
        expect![[r#"
        a Totals: 40 in 10 of 15 days, whole window 40..70, kept 0.667 | 0.444..0.778, 30 straddles, 70 straddles, 100..104 straddles
    "#]],
    );
    check(
        lines,
        &asked("truck", "2025-01-12/2025-01-14"),
        expect![[r#"
        a Totals: 0 in 0 of 3 days, whole window 0..40, kept - | 0..2.222, 30 outside, 70 straddles, 100..104 straddles
    "#]],
    );
    check(lines, &asked("truck", "2025-03-01/2025-03-31"), expect![[r#""#]]);
}

#[test]
fn nothing_is_read_into_days_without_figures() {
    check(
        "2025-01-01 truck 5 counter a total
         2025-01-02 truck 6 counter a total
         2025-01-05 truck 7 counter a total
         2025-01-09/2025-01-12 truck 8 counter a total",
        &asked("truck", "2025-01-01/2025-01-10"),
        expect![[r#"
            a Totals: 18 in 3 of 10 days, whole window 18.., kept 1 | 0.3.., 8 straddles
        "#]],
    );
}

#[test]
fn rates_occurrences_and_what_is_outstanding_stay_apart() {
    check(
        "2025-01-01/2025-01-10 truck 5 counter a per_day
         2025-01-01/2025-01-10 truck 47 counter a total
         2025-01-03 truck 2 counter a
         2025-01-03 truck 3 by north
         2025-01-04 truck 4 by north id x
         2025-01-04/2025-01-05 truck 4..6 by north id x
         2025-01-09/2025-01-14 truck 9 by north
         2025-01-01/2025-01-10 truck 7 counter b outstanding",
        &asked("truck", "2025-01-01/2025-01-10"),
        expect![[r#"
            nobody of north Occurrences: 7 in 2 of 10 days, whole window 7.., kept - | 0.117.., 9 straddles
            a Totals: 47 in 10 of 10 days, whole window 47, kept 0.783 | 0.783
            a Rates: 50 in 10 of 10 days, whole window 50, kept 0.833 | 0.833
            a Occurrences: 2 in 1 of 10 days, whole window 2.., kept - | 0.033..
            b Outstanding: 0 in 0 of 10 days, whole window 0.., kept - | -
        "#]],
    );
}

#[test]
fn a_question_about_a_window_uses_what_occurred_in_it() {
    let lines = "2025-01-01 death 5 counter a total state new
                 2025-01-01 death 40 counter a total state recovered
                 2025-01-02 death 6 counter a total state new
                 2025-01-02 death 300 counter a total state retroactive
                 2025-01-03/2025-01-05 death 9 counter a total state new
                 2025-01-01/2025-01-02 death 2 counter b total state found
                 2025-01-01/2025-01-02 death 3 counter b total state other";
    check(
        lines,
        &asked("death", "2025-01-01/2025-01-04"),
        expect![[r#"
        a new Totals: 11 in 2 of 4 days, whole window 11..20, left out recovered 40, left out retroactive 300, 9 straddles
        b found Totals: 2 in 2 of 4 days, whole window 2..
        b other Totals: 3 in 2 of 4 days, whole window 3..
    "#]],
    );
    let recovered = Asked { component: Some("recovered"), ..asked("death", "2025-01-01/2025-01-04") };
    check(
        lines,
        &recovered,
        expect![[r#"
        a recovered Totals: 40 in 1 of 4 days, whole window 40.., left out new 11, left out retroactive 300
    "#]],
    );
    let rule = Counter {
        id: "b".into(),
        of: vec!["death".into()],
        rule: "bodies".to_owned(),
        occurred: vec!["found".into()],
        source: "a page".to_owned(),
        ..Counter::default()
    };
    let ruled = Asked { counters: vec![rule], ..asked("death", "2025-01-01/2025-01-04") };
    check(
        lines,
        &ruled,
        expect![[r#"
        a new Totals: 11 in 2 of 4 days, whole window 11..20, left out recovered 40, left out retroactive 300, 9 straddles
        b found Totals: 2 in 2 of 4 days, whole window 2.., left out other 3
    "#]],
    );
}

#[test]
fn a_revised_figure_is_kept_with_both_times() {
    let lines = "2025-01-01/2025-01-10 death 30 counter a total known 2025-01-11
                 2025-01-01/2025-01-10 death 34 counter a total known 2025-01-20
                 2025-01-01/2025-01-10 death 34 counter a total known 2025-01-21";
    check(
        lines,
        &asked("death", "2025-01-01/2025-01-10"),
        expect![[r#"
        a Totals: 34 in 10 of 10 days, whole window 34, revised 30 to 34, 30 revised
    "#]],
    );
    let then = Asked { known: "2025-01-15", ..asked("death", "2025-01-01/2025-01-10") };
    check(
        lines,
        &then,
        expect![[r#"
        a Totals: 30 in 10 of 10 days, whole window 30
    "#]],
    );
    // A running total that falls: the later figure is used, the earlier one set aside.
    check(
        "2025-01-01/2025-01-10 death 30 counter a total known 2025-01-11
         2025-01-01/2025-01-12 death 28 counter a total known 2025-01-13",
        &asked("death", "2025-01-01/2025-01-12"),
        expect![[r#"
            a Totals: 28 in 12 of 12 days, whole window 28, 30 set aside
        "#]],
    );
}

#[test]
fn another_unit_is_compared_by_a_sourced_factor_only() {
    let mut list = claims("2025-01-01/2025-01-10 truck 600 counter a total");
    list[0].0.quantities[0].unit = "pallet".to_owned();
    let question = asked("truck", "2025-01-01/2025-01-10");
    let lines = |question: &Asked| ask(&list, question).series.iter().map(line).collect::<String>();
    expect![[r#"
        a Totals: 600 in 10 of 10 days, whole window 600, kept - | -
    "#]]
    .assert_eq(&lines(&question));
    let factor = Conversion {
        from: "pallet".to_owned(),
        to: "truck".to_owned(),
        low: "0.04".parse().unwrap(),
        best: "0.05".parse().unwrap(),
        high: "0.06".parse().unwrap(),
        source: "a manual".to_owned(),
        note: String::new(),
    };
    let sourced = Asked { conversions: vec![factor], ..question };
    expect![[r#"
        a Totals: 600 in 10 of 10 days, whole window 600, kept 0.4..0.6 | 0.4..0.6, 24..36 truck
    "#]]
    .assert_eq(&lines(&sourced));
}

#[test]
fn counters_of_one_origin_are_marked_and_differences_are_said() {
    let rule = |id: &str, stage: &str, origin: Option<&str>| Counter {
        id: id.into(),
        of: vec!["truck".into()],
        rule: "trucks".to_owned(),
        stage: Some(stage.into()),
        includes: if id == "a" { vec!["private".into()] } else { Vec::new() },
        excludes: if id == "b" { vec!["private".into()] } else { Vec::new() },
        origin: origin.map(Name::new),
        source: "a page".to_owned(),
        ..Counter::default()
    };
    let counters =
        vec![rule("a", "entered", None), rule("b", "offloaded", None), rule("c", "entered", Some("a"))];
    let lines = "2025-01-01/2025-01-10 truck 60 counter a total
                 2025-01-01/2025-01-09 truck 40 counter b total
                 2025-01-01/2025-01-10 truck 60 counter c total
                 2025-01-01/2025-01-10 truck 50 counter d total";
    let found = ask(&claims(lines), &Asked { counters, ..asked("truck", "2025-01-01/2025-01-10") });
    let mut text: String = found.series.iter().map(line).collect();
    for difference in &found.differences {
        let groups: Vec<String> = difference
            .groups
            .iter()
            .map(|group| {
                let names: Vec<&str> = group.counters.iter().map(Name::as_str).collect();
                format!("{:?} {}", group.value, names.join("+"))
            })
            .collect();
        let about = difference.about.as_ref().map_or(String::new(), |name| format!(" of {name}"));
        text += &format!("{:?}{about}: {}\n", difference.sort, groups.join(", "));
    }
    expect![[r#"
        a Totals: 60 in 10 of 10 days, whole window 60, kept 1 | 1, one origin with ["c"]
        b Totals: 40 in 9 of 10 days, whole window 40.., kept 0.741 | 0.667..
        c Totals: 60 in 10 of 10 days, whole window 60, kept 1 | 1, one origin with ["a"]
        d Totals: 50 in 10 of 10 days, whole window 50, kept 0.833 | 0.833
        Stage: "" d, "entered" a+c, "offloaded" b
        Cargo of private: "" c+d, "included" a, "left_out" b
        Days: "9 of 10" b, "10 of 10" a+c+d
        Origin: "" d, "a" a+c, "b" b
    "#]]
    .assert_eq(&text);
}

#[test]
fn sides_and_places_stay_apart() {
    check(
        "2025-01-01/2025-01-10 truck 43 by north counter a total
         2025-01-01/2025-01-10 truck 3 by south counter a total
         2025-01-01/2025-01-10 truck 40 counter a total place gate
         2025-01-03 truck 1 by north place gate
         2025-01-04 truck 1 by south place pass",
        &asked("truck", "2025-01-01/2025-01-10"),
        expect![[r#"
            nobody of north+south Occurrences: 2 in 2 of 10 days, whole window 2.., kept - | 0.033..
            a at gate Totals: 40 in 10 of 10 days, whole window 40, kept 0.667 | 0.667
            a of north Totals: 43 in 10 of 10 days, whole window 43, kept 0.717 | 0.717
            a of south Totals: 3 in 10 of 10 days, whole window 3, kept 0.05 | 0.05
        "#]],
    );
}

#[test]
fn a_rule_that_changes_makes_two_series() {
    let rule = |since: Option<&str>, until: Option<&str>| Counter {
        id: "a".into(),
        of: vec!["truck".into()],
        rule: "trucks".to_owned(),
        source: "a page".to_owned(),
        since: since.map(str::to_owned),
        until: until.map(str::to_owned),
        ..Counter::default()
    };
    let counters = vec![rule(None, Some("2025-01-05")), rule(Some("2025-01-06"), None)];
    check(
        "2025-01-01/2025-01-05 truck 30 counter a total
         2025-01-06/2025-01-10 truck 20 counter a total",
        &Asked { counters, ..asked("truck", "2025-01-01/2025-01-10") },
        expect![[r#"
            a Totals: 30 in 5 of 10 days, whole window 30.., kept 1 | 0.5..
            a Totals: 20 in 5 of 10 days, whole window 20.., kept 0.667 | 0.333..
        "#]],
    );
}

/// Some totals of three counters: first day, length, figure.
fn records() -> impl Strategy<Value = Vec<(usize, u32, u32, u32)>> {
    prop::collection::vec((0usize..3, 1u32..20, 1u32..8, 1u32..1000), 1..12)
}

fn written(records: &[(usize, u32, u32, u32)], names: [&str; 3]) -> Vec<(Claim, Instant)> {
    let line = |(counter, day, length, n): &(usize, u32, u32, u32)| {
        let last = day + length - 1;
        claim(&format!(
            "2025-01-{day:02}/2025-01-{last:02} truck {n} by north counter {} total known 2025-02-01",
            names[*counter]
        ))
    };
    records.iter().map(line).collect()
}

proptest! {
    /// What one counter's series says does not change with what other counters say: no sum and no mean of two can be in it.
    #[test]
    fn no_counter_changes_another(records in records()) {
        let question = asked("truck", "2025-01-05/2025-01-18");
        let all = ask(&written(&records, ["a", "b", "c"]), &question);
        for (at, name) in ["a", "b", "c"].into_iter().enumerate() {
            let own: Vec<_> = records.iter().filter(|record| record.0 == at).copied().collect();
            let alone = ask(&written(&own, ["a", "b", "c"]), &question);
            let of = |counts: &KindCounts| -> Vec<SeriesCount> {
                counts.series.iter().filter(|one| one.counter == Some(name.into())).cloned().collect()
            };
            prop_assert_eq!(of(&all), of(&alone));
        }
    }

    /// Swapping two counters swaps their rows and changes nothing else.
    #[test]
    fn swapping_two_counters_swaps_their_rows(records in records()) {
        let question = asked("truck", "2025-01-05/2025-01-18");
        let one = ask(&written(&records, ["a", "b", "c"]), &question);
        let other = ask(&written(&records, ["b", "a", "c"]), &question);
        let rows = |counts: &KindCounts, swap: bool| {
            let mut rows: Vec<(String, String)> = counts
                .series
                .iter()
                .map(|series| {
                    let name = series.counter.as_ref().map_or("", Name::as_str);
                    let name = match (swap, name) { (true, "a") => "b", (true, "b") => "a", (_, name) => name };
                    let figures = SeriesCount { counter: None, origins: Vec::new(), ..series.clone() };
                    (name.to_owned(), line(&figures))
                })
                .collect();
            rows.sort();
            rows
        };
        prop_assert_eq!(rows(&one, false), rows(&other, true));
    }

    /// The order in which claims arrive changes nothing.
    #[test]
    fn arrival_changes_nothing(records in records(), turn in 0usize..12) {
        let question = asked("truck", "2025-01-05/2025-01-18");
        let mut turned = written(&records, ["a", "b", "c"]);
        let n = turned.len();
        turned.rotate_left(turn % n);
        prop_assert_eq!(ask(&written(&records, ["a", "b", "c"]), &question), ask(&turned, &question));
    }
}
