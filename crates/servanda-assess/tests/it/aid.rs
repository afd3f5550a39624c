//! Completion, factors and flows of aid.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use servanda_assess::Context;
use servanda_assess::aid::{Question, Triangle, aid, chain};
use servanda_model::*;
use servanda_pact::Per;

use crate::world::{agreement, ledger, moment};

/// Taylor and Ashe (1983), table 1, as reprinted in Mack (1993): incremental paid claims.
const TAYLOR_ASHE: [&[f64]; 10] = [
    &[357_848., 766_940., 610_542., 482_940., 527_326., 574_398., 146_342., 139_950., 227_229., 67_948.],
    &[352_118., 884_021., 933_894., 1_183_289., 445_745., 320_996., 527_804., 266_172., 425_046.],
    &[290_507., 1_001_799., 926_219., 1_016_654., 750_816., 146_923., 495_992., 280_405.],
    &[310_608., 1_108_250., 776_189., 1_562_400., 272_482., 352_053., 206_286.],
    &[443_160., 693_190., 991_983., 769_488., 504_851., 470_639.],
    &[396_132., 937_085., 847_498., 805_037., 705_960.],
    &[440_832., 847_631., 1_131_398., 1_063_269.],
    &[359_480., 1_061_648., 1_443_370.],
    &[376_686., 986_608.],
    &[344_014.],
];

#[test]
fn the_triangle_of_taylor_and_ashe_is_completed_as_published() {
    let rows: Vec<Vec<f64>> = TAYLOR_ASHE.iter().map(|row| row.to_vec()).collect();
    let completion = Triangle::of_increments(&rows).expect("a triangle").complete();
    assert_eq!(completion.outstanding.round(), 18_680_856.0);
    // The standard errors that Mack's formula gives for it, as the ChainLadder package of R prints them.
    let whole = |error: Option<f64>| error.expect("an error").round();
    assert_eq!(whole(completion.outstanding_error), 2_447_095.0);
    let errors: Vec<f64> = completion.rows.iter().map(|row| whole(row.error)).collect();
    let published =
        [0., 75_535., 121_699., 133_549., 261_406., 411_010., 558_317., 875_328., 971_258., 1_363_155.];
    assert_eq!(errors, published);
}

const PACT: &str = "pact t \"T\"\nclock UTC\nparty north \"North\"\nkind truck.offloaded \"truck offloaded\" counts truck\n\
    kind truck.collected \"truck collected\" counts truck\nkind truck.arrived \"truck arrived\" counts truck\n\
    kind truck.taken \"truck intercepted\" counts truck\ninstrument i \"I\" adopted 2025-01-01\n\
    provision p \"P\"\n  north must keep truck.arrived at least 10 per day\n  quote \"p\"\n";

fn plan() -> AidPlan {
    let stage = |stage, kind: &str| StageRule { stage, by: None, kind: kind.into(), counter: None };
    let number = |best: i64| SourcedNumber {
        low: Number::whole(best),
        best: Number::whole(best),
        high: Number::whole(best * 2),
        source: "a survey".to_owned(),
        note: String::new(),
    };
    AidPlan {
        stages: vec![
            stage(Stage::Offloaded, "truck.offloaded"),
            stage(Stage::Collected, "truck.collected"),
            stage(Stage::Arrived, "truck.arrived"),
            StageRule { by: Some(InterceptedBy::People), ..stage(Stage::Intercepted, "truck.taken") },
        ],
        food: vec!["truck.offloaded".into(), "truck.collected".into(), "truck.taken".into()],
        population: Some(number(1000)),
        need: Some(number(2000)),
    }
}

fn asked(claims: &str, (from, to): (&str, &str), known: &str, per: Per) -> AidFinding {
    let ledger = ledger(claims);
    let factor = |from: &str, to: &str, low: i64, high: i64| Conversion {
        from: from.to_owned(),
        to: to.to_owned(),
        low: Number::whole(low),
        best: Number::whole(low),
        high: Number::whole(high),
        source: "a list".to_owned(),
        note: String::new(),
    };
    let conversions = [factor("truck", "tonne", 10, 20), factor("tonne", "kcal", 3000, 3000)];
    let window = Window { start: moment(from, false), end: moment(to, true).plus_ms(1) };
    let plan = plan();
    let question =
        Question { plan: &plan, window, per, counters: &[], conversions: &conversions, promises: &[] };
    let view = ledger.as_of(moment(known, true));
    aid(&view, &agreement(PACT), &Standpoint::all_sources(), &Context::default(), &question).expect("a clock")
}

/// Rows, checks and estimates, one a line.
fn check(claims: &str, expected: Expect) {
    let found = asked(claims, ("2025-01-01", "2025-01-10"), "2025-03-01", Per::Day);
    let bounds = |bounds: Bounds| match bounds.high {
        Some(high) if high == bounds.low => high.to_string(),
        Some(high) => format!("{}..{high}", bounds.low),
        None => format!("{}..", bounds.low),
    };
    let mut out = String::new();
    for row in &found.rows {
        let energy =
            row.energy.as_ref().map_or(String::new(), |energy| format!(", {} kcal", bounds(energy.kcal)));
        let who = row.series.counter.as_ref().map_or("-".to_owned(), Name::to_string);
        out += &format!(
            "{:?} {who} {} in {} days{energy}\n",
            row.stage.expect("a stage"),
            bounds(row.series.covered_total),
            row.series.n_days_covered
        );
    }
    for check in &found.checks {
        let stock = |number: Option<Number>| number.map_or("?".to_owned(), |number| number.to_string());
        let days = check.stock_days.map_or(String::new(), |days| format!(", {} days", bounds(days)));
        out += &format!(
            "{:?} -> {:?} by {}: {} less {}: {:?}, stock {}..{}{days}\n",
            check.stage,
            check.next,
            check.counter,
            bounds(check.reached),
            bounds(check.left),
            check.state,
            stock(check.stock_low),
            stock(check.stock_high)
        );
    }
    expected.assert_eq(&out);
}

#[test]
fn each_counter_is_set_against_itself_only() {
    check(
        "2025-01-01/2025-01-10 truck.offloaded 100 counter a total
         2025-01-01/2025-01-10 truck.collected 80 counter a total
         2025-01-01/2025-01-10 truck.collected 300 counter b total
         2025-01-01/2025-01-10 truck.arrived 50 counter b total
         2025-01-01/2025-01-10 truck.taken 240..260 counter b total",
        expect![[r#"
            Offloaded a 100 in 10 days, 150..600 kcal
            Collected a 80 in 10 days, 120..480 kcal
            Collected b 300 in 10 days, 450..1800 kcal
            Arrived b 50 in 10 days
            Intercepted b 240..260 in 10 days, 360..1560 kcal
            Offloaded -> [Collected] by a: 100 less 80: Holds, stock 20..20, 2.5 days
            Collected -> [Arrived, Intercepted] by b: 300 less 290..310: Open, stock -10..10
        "#]],
    );
}

#[test]
fn more_out_than_in_is_shown_and_not_mended() {
    check(
        "2025-01-01/2025-01-10 truck.offloaded 100 counter a total
         2025-01-01/2025-01-10 truck.collected 120 counter a total",
        expect![[r#"
            Offloaded a 100 in 10 days, 150..600 kcal
            Collected a 120 in 10 days, 180..720 kcal
            Offloaded -> [Collected] by a: 100 less 120: Negative, stock -20..-20
        "#]],
    );
}

#[test]
fn only_days_that_both_figures_cover_are_compared() {
    check(
        "2025-01-01/2025-01-05 truck.offloaded 50 counter a total
         2025-01-06/2025-01-10 truck.offloaded 60 counter a total
         2025-01-06/2025-01-10 truck.collected 55 counter a total
         2025-01-20/2025-01-25 truck.arrived 55 counter a total",
        expect![[r#"
            Offloaded a 110 in 10 days, 165..660 kcal
            Collected a 55 in 5 days, 165..660 kcal
            Offloaded -> [Collected] by a: 60 less 55: Holds, stock 5..5, 0.454..0.455 days
        "#]],
    );
}

#[test]
fn a_unit_without_factors_has_no_energy() {
    let chainless = chain("pallet", "kcal", &[]);
    assert!(chainless.is_none());
    let factor =
        |from: &str, to: &str| Conversion { from: from.into(), to: to.into(), ..Conversion::default() };
    let circle = [factor("a", "b"), factor("b", "a"), factor("b", "c"), factor("a", "c"), factor("c", "d")];
    let names = |chain: Option<Vec<&Conversion>>| {
        chain.map(|chain| chain.iter().map(|one| format!("{}{}", one.from, one.to)).collect::<Vec<_>>())
    };
    assert_eq!(names(chain("a", "d", &circle)), Some(vec!["ac".to_owned(), "cd".to_owned()]));
    assert_eq!(names(chain("d", "a", &circle)), None);
    assert_eq!(names(chain("a", "a", &circle)), Some(Vec::new()));
}

/// Each day 10 trucks are known by its end, 6 more a day later, 4 more two days later.
#[test]
fn recent_days_are_completed_and_older_ones_are_not() {
    let mut lines = String::new();
    for day in 1..=20 {
        for (n, later) in [(10, 0), (6, 1), (4, 2)] {
            let known = day + later;
            lines += &format!("2025-01-{day:02} truck.collected {n} counter a known 2025-01-{known:02}\n");
        }
    }
    let found = asked(&lines, ("2025-01-01", "2025-01-20"), "2025-01-20", Per::Day);
    let series = &found.estimates[0];
    assert_eq!((series.n_periods, series.withheld), (20, None));
    let said: Vec<(Number, Number)> =
        series.periods.iter().map(|period| (period.reported, period.estimate)).collect();
    let number = Number::whole;
    assert_eq!(said, [(number(16), number(20)), (number(10), number(20))]);
    assert!(series.periods.iter().all(|period| period.standard_error == Some(Number::ZERO)));
    // What was known of the same days later is what was estimated.
    let later = asked(&lines, ("2025-01-01", "2025-01-20"), "2025-02-20", Per::Day);
    assert_eq!(later.rows[0].series.covered_total.low, number(400));
    // A record that all came on one day says nothing of delays.
    let at_once = lines.replace("known 2025-01-", "known 2025-03-01 state ");
    let at_once = at_once.lines().map(|line| line.split(" state").next().unwrap_or(line)).collect::<Vec<_>>();
    let found = asked(&at_once.join("\n"), ("2025-01-01", "2025-01-20"), "2025-03-01", Per::Day);
    assert_eq!(found.estimates[0].withheld, Some(Withheld::NoDelay));
    let few =
        asked("2025-01-01 truck.collected 5 counter a", ("2025-01-01", "2025-01-05"), "2025-01-06", Per::Day);
    assert_eq!(few.estimates[0].withheld, Some(Withheld::TooFewPeriods));
}

proptest! {
    /// An estimate is never less than what is on record, and a completed triangle keeps what was reported.
    #[test]
    fn completion_never_takes_away(
        increments in prop::collection::vec(prop::collection::vec(0u32..1000, 12), 8..12),
    ) {
        let n = increments.len();
        let rows: Vec<Vec<f64>> = increments.iter().enumerate().map(|(at, row)| {
            row[..(n - at).min(12)].iter().map(|value| f64::from(*value)).collect()
        }).collect();
        let completion = Triangle::of_increments(&rows).expect("a triangle").complete();
        for (row, given) in completion.rows.iter().zip(&rows) {
            prop_assert!((row.reported - given.iter().sum::<f64>()).abs() < 1e-6);
            prop_assert!(row.estimate >= row.reported - 1e-6 && row.estimate.is_finite());
            prop_assert!(row.error.is_none_or(f64::is_finite));
        }
    }
}
