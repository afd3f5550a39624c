//! The rules of the audit: for each what it finds, and what looks like it and is sound.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use servanda_assess::audit::{Question, audit};
use servanda_assess::{CODES, Context};
use servanda_model::*;

use crate::world::{agreement, claim, ledger_of};

const PACT: &str = r#"pact test "A test"
clock UTC
instrument text "The text" adopted 2025-01-01
party north "North"
kind truck "truck" counts truck
kind death "person killed" counts person
kind share "share of the area" counts percent
provision trucks "point 1"
  paraphrase "Six trucks a day."
  north must keep truck at least 42 per week
"#;

/// A claim of a line of `world`, with further figures: `percent=24`, `per_day~113` (approximate), `part:a=3`, and `unit=X`,
/// `date=WORDS_WITH_UNDERSCORES`, `doc=N`, `publisher=P`.
fn statement(line: &str) -> (Claim, Instant) {
    let (words, further) = line.split_once('|').unwrap_or((line, ""));
    let (mut claim, known) = claim(words.trim());
    for word in further.split_whitespace() {
        let (role, value, approx) = match word.split_once('~') {
            Some((role, value)) => (role, value, true),
            None => {
                let (role, value) = word.split_once('=').unwrap();
                (role, value, false)
            }
        };
        let number = || value.parse::<Number>().unwrap();
        match role {
            "unit" => claim.quantities[0].unit = value.to_owned(),
            "approx" => claim.quantities[0].approx = true,
            "doc" => claim.document = DocumentId(Hash32::of(value.as_bytes())),
            "date" => {
                let day = words.split_whitespace().next().map(str::to_owned);
                let (text, basis) = (value.replace('_', " "), DateBasis::Explicit);
                claim.date =
                    Some(DateReference { text, start: day.clone(), end: day, basis, granularity: None });
            }
            role => claim.quantities.push(Quantity {
                best: Some(number()),
                role: Some(role.into()),
                approx,
                ..Quantity::default()
            }),
        }
    }
    (claim, known)
}

fn found(lines: &str) -> Vec<AuditFinding> {
    let claims: Vec<(Claim, Instant)> =
        lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(statement).collect();
    found_of(&claims)
}

fn found_of(claims: &[(Claim, Instant)]) -> Vec<AuditFinding> {
    let ledger = ledger_of(claims);
    let agreement = agreement(PACT);
    let rate = PromisedRate {
        provision: "trucks".into(),
        obligors: vec!["north".into()],
        is_least: true,
        amount: Number::whole(42),
        per_days: 7,
        unit: "truck".to_owned(),
        since: Some("2025-01-01T00:00:00Z".parse().unwrap()),
    };
    let promises = [("truck".into(), rate)];
    let question = Question { kinds: &[], who: &[], counters: &[], promises: &promises };
    audit(&ledger.as_of(Instant::MAX), &agreement, &Context::default(), &question).unwrap()
}

/// One line a finding: code, grade, who, the arithmetic as JSON, how many claims it quotes.
fn check(lines: &str, expected: Expect) {
    let said: String = found(lines)
        .iter()
        .map(|finding| {
            let mut fact = serde_json::to_value(&finding.fact).unwrap();
            let plain = fact.as_object_mut().unwrap();
            for window in ["window", "earlier", "later", "inner", "outer"] {
                if let Some(window) = plain.get_mut(window) {
                    let day = |end: &str| window[end].as_str().unwrap()[..10].to_owned();
                    *window = format!("{}/{}", day("start"), day("end")).into();
                }
            }
            let who = finding.counter.as_ref().map_or("", Name::as_str);
            format!("{} {:?} {who} {fact} ({} claims)\n", finding.code, finding.grade, finding.claims.len())
        })
        .collect();
    expected.assert_eq(&said);
}

#[test]
fn parts_and_total() {
    check(
        "2025-01-01/2025-01-10 truck 885 counter a total | part:x=265 part:y=49 part:z=421 part:w=150",
        expect![[r#""#]],
    );
    check(
        "2025-01-01/2025-01-10 truck 875 counter a total | part:x=265 part:y=49 part:z=421 part:w=150",
        expect![[r#"
        A101 Conflict a {"parts":[{"name":"x","value":{"high":265,"low":265}},{"name":"y","value":{"high":49,"low":49}},{"name":"z","value":{"high":421,"low":421}},{"name":"w","value":{"high":150,"low":150}}],"rule":"parts","sum":{"high":885,"low":885},"total":{"high":875,"low":875}} (1 claims)
    "#]],
    );
    // Fewer: parts may be left out. "About" leaves room; components of one report are parts as well.
    check(
        "2025-01-01/2025-01-10 truck 900 counter a total | part:x=265 part:y=49",
        expect![[r#"
        A101 Remark a {"parts":[{"name":"x","value":{"high":265,"low":265}},{"name":"y","value":{"high":49,"low":49}}],"rule":"parts","sum":{"high":314,"low":314},"total":{"high":900,"low":900}} (1 claims)
    "#]],
    );
    check(
        "2025-01-01/2025-01-10 truck 310 counter a total | approx=1 part:x=265 part:y=49",
        expect![[r#""#]],
    );
    check(
        "2025-01-01/2025-01-10 death 10 counter a total
         2025-01-01/2025-01-10 death 7 counter a total state new
         2025-01-01/2025-01-10 death 5 counter a total state late",
        expect![[r#"
            A101 Conflict a {"parts":[{"name":"late","value":{"high":5,"low":5}},{"name":"new","value":{"high":7,"low":7}}],"rule":"parts","sum":{"high":12,"low":12},"total":{"high":10,"low":10}} (3 claims)
        "#]],
    );
    check(
        "2025-01-01/2025-01-10 death 12 counter a total state all
         2025-01-01/2025-01-10 death 7 counter a total state new
         2025-01-01/2025-01-10 death 5 counter a total state late",
        expect![[r#""#]],
    );
}

#[test]
fn total_and_rate() {
    // 58 days make 112.8, which "about 113" is; the period has 59 days, but whether both ends count is a habit.
    check("2025-01-01/2025-02-28 truck 6545 counter a total | per_day~113", expect![[r#""#]]);
    check("2025-01-01/2025-01-10 truck 100 counter a total | per_day=10", expect![[r#""#]]);
    check(
        "2025-01-01/2025-01-10 truck 99 counter a total | per_day=11",
        expect![[r#"
        A102 Remark a {"fits_days":9,"implied":{"high":9.9,"low":9.9},"n_days":10,"per_days":1,"rate":{"high":11,"low":11},"rule":"rate","total":{"high":99,"low":99}} (1 claims)
    "#]],
    );
    check(
        "2025-01-01/2025-01-10 truck 100 counter a total | per_day=15",
        expect![[r#"
        A102 Conflict a {"fits_days":null,"implied":{"high":10,"low":10},"n_days":10,"per_days":1,"rate":{"high":15,"low":15},"rule":"rate","total":{"high":100,"low":100}} (1 claims)
    "#]],
    );
    check("2025-01-01/2025-01-14 truck 100 counter a total | per_week=50", expect![[r#""#]]);
    check(
        "2025-01-01/2025-01-14 truck 100 counter a total | per_week=70",
        expect![[r#"
        A102 Conflict a {"fits_days":null,"implied":{"high":50,"low":50},"n_days":14,"per_days":7,"rate":{"high":70,"low":70},"rule":"rate","total":{"high":100,"low":100}} (1 claims)
    "#]],
    );
    // A rate and a total of one origin, in two statements.
    check(
        "2025-01-01/2025-01-10 truck 100 counter a total
         2025-01-01/2025-01-10 truck 20 counter b origin a per_day",
        expect![[r#"
            A102 Conflict b {"fits_days":null,"implied":{"high":10,"low":10},"n_days":10,"per_days":1,"rate":{"high":20,"low":20},"rule":"rate","total":{"high":100,"low":100}} (2 claims)
        "#]],
    );
}

#[test]
fn shares_and_wholes() {
    check("2025-01-01/2025-01-10 truck 15 counter a total | whole=60 percent=25", expect![[r#""#]]);
    check(
        "2025-01-01/2025-01-10 truck 15 counter a total | whole=60 percent=30",
        expect![[r#"
        A103 Conflict a {"implied":{"high":25,"low":25},"is_cut_off":false,"is_own_whole":true,"part":{"high":15,"low":15},"percent":{"high":30,"low":30},"rule":"percentage","whole":{"high":60,"low":60}} (1 claims)
    "#]],
    );
    check(
        "2025-01-01/2025-01-10 truck 25 counter a total | whole=60 percent=41",
        expect![[r#"
        A103 Remark a {"implied":{"high":41.667,"low":41.667},"is_cut_off":true,"is_own_whole":true,"part":{"high":25,"low":25},"percent":{"high":41,"low":41},"rule":"percentage","whole":{"high":60,"low":60}} (1 claims)
    "#]],
    );
    check("2025-01-01/2025-01-10 truck 25 counter a total | whole=60 percent~41", expect![[r#""#]]);
    check(
        "2025-01-01/2025-01-10 truck 15 counter a total | percent=40",
        expect![[r#"
        A103 Remark a {"implied":{"high":25,"low":25},"is_cut_off":false,"is_own_whole":false,"part":{"high":15,"low":15},"percent":{"high":40,"low":40},"rule":"percentage","whole":{"high":60,"low":60}} (1 claims)
    "#]],
    );
    check(
        "2025-01-01/2025-01-10 truck 15 counter a total | whole=50",
        expect![[r#"
        A104 Conflict a {"agreed":60,"agreed_per_day":6,"fits_days":null,"implied_per_day":{"high":5,"low":5},"n_days":10,"provision":"trucks","rule":"whole","whole":{"high":50,"low":50}} (1 claims)
    "#]],
    );
    check(
        "2025-01-01/2025-01-10 truck 15 counter a total | whole=54",
        expect![[r#"
        A104 Remark a {"agreed":60,"agreed_per_day":6,"fits_days":9,"implied_per_day":{"high":5.4,"low":5.4},"n_days":10,"provision":"trucks","rule":"whole","whole":{"high":54,"low":54}} (1 claims)
    "#]],
    );
    check("2025-01-01/2025-01-10 truck 15 counter a total | whole=60 days=10", expect![[r#""#]]);
    check(
        "2025-01-01/2025-01-10 truck 15 counter a total | days=20",
        expect![[r#"
        A112 Conflict a {"n_days":10,"rule":"length","stated":{"high":20,"low":20},"window":"2025-01-01/2025-01-11"} (1 claims)
    "#]],
    );
}

/// Found by random statements: a share of such numbers was beyond what could be reckoned with.
#[test]
fn shares_of_the_largest_numbers() {
    let n = 1_000_000_000_000_i64;
    let line = format!("2025-01-01/2025-01-10 truck {n} counter a total | whole={n} percent={n}");
    assert!(found(&line).iter().all(|finding| finding.code != "A103"));
    let line = format!("2025-01-01/2025-01-10 truck {n} counter a total | whole={n} percent=50");
    assert!(found(&line).iter().any(|finding| finding.code == "A103"));
}

#[test]
fn shares_in_per_cent() {
    check("2025-01-01 share 58 counter a", expect![[r#""#]]);
    check(
        "2025-01-01 share 158 counter a",
        expect![[r#"
        A105 Conflict a {"percent":{"high":158,"low":158},"rule":"percent_range"} (1 claims)
    "#]],
    );
    check("2025-01-01 share 100 counter a | part:x=33 part:y=33 part:z=33", expect![[r#""#]]);
    check(
        "2025-01-01 share 100 counter a | part:x=53 part:y=58",
        expect![[r#"
        A105 Conflict a {"parts":[{"name":"x","value":{"high":53,"low":53}},{"name":"y","value":{"high":58,"low":58}}],"rule":"percent_parts","sum":{"high":111,"low":111},"total":{"high":100,"low":100}} (1 claims)
    "#]],
    );
}

#[test]
fn running_totals() {
    check(
        "2025-01-01/2025-01-10 death 30 counter a total known 2025-01-11
         2025-01-01/2025-01-12 death 28..31 counter a total known 2025-01-13
         2025-01-01/2025-01-14 death 31 counter a total known 2025-01-15",
        expect![[r#""#]],
    );
    check(
        "2025-01-01/2025-01-10 death 30 counter a total known 2025-01-11
         2025-01-01/2025-01-12 death 28 counter a total known 2025-01-13
         2025-01-01/2025-01-14 death 29 counter b total known 2025-01-15",
        expect![[r#"
            A106 Conflict a {"after":{"high":28,"low":28},"before":{"high":30,"low":30},"earlier":"2025-01-01/2025-01-11","later":"2025-01-01/2025-01-13","rule":"falls"} (2 claims)
        "#]],
    );
}

#[test]
fn figures_that_exclude_each_other() {
    // A revision is a remark, two figures at once are a conflict, the same figure again is neither.
    check(
        "2025-01-01/2025-01-10 death 30 counter a total known 2025-01-11
         2025-01-01/2025-01-10 death 32 counter a total known 2025-01-12
         2025-01-11/2025-01-20 death 4 counter a total known 2025-01-21
         2025-01-11/2025-01-20 death 5 counter a total known 2025-01-21
         2025-01-21/2025-01-30 death 6 counter a total known 2025-01-31
         2025-01-21/2025-01-30 death 6 counter a total known 2025-02-02",
        expect![[r#"
            A107 Remark a {"is_later":true,"one":{"high":30,"low":30},"other":{"high":32,"low":32},"rule":"two_figures","window":"2025-01-01/2025-01-11"} (2 claims)
            A107 Conflict a {"is_later":false,"one":{"high":4,"low":4},"other":{"high":5,"low":5},"rule":"two_figures","window":"2025-01-11/2025-01-21"} (2 claims)
        "#]],
    );
    // A part with more than the whole; a part with as much.
    check(
        "2025-01-01/2025-01-30 death 30 counter a total
         2025-01-05/2025-01-10 death 31 counter a total
         2025-01-11/2025-01-12 death 30 counter a total",
        expect![[r#"
            A107 Conflict a {"inner":"2025-01-05/2025-01-11","outer":"2025-01-01/2025-01-31","part":{"high":31,"low":31},"rule":"part_exceeds","whole":{"high":30,"low":30}} (2 claims)
        "#]],
    );
    // Figures of two sides, and of a place beside the whole, are figures of different things.
    check(
        "2025-01-01/2025-01-10 truck 43 by north counter a total
         2025-01-01/2025-01-10 truck 3 by south counter a total
         2025-01-01/2025-01-10 truck 7 by south counter a total place gate",
        expect![[r#""#]],
    );
    // Running totals and what is given for the time between.
    check(
        "2025-01-01/2025-01-10 death 30 counter a total
         2025-01-01/2025-01-12 death 37 counter a total
         2025-01-11 death 3 counter a total
         2025-01-12 death 4 counter a total",
        expect![[r#""#]],
    );
    check(
        "2025-01-01/2025-01-10 death 30 counter a total
         2025-01-01/2025-01-12 death 38 counter a total
         2025-01-11 death 3 counter a total
         2025-01-12 death 4 counter a total",
        expect![[r#"
            A107 Conflict a {"after":{"high":38,"low":38},"before":{"high":30,"low":30},"difference":{"high":8,"low":8},"rule":"between","told":{"high":7,"low":7},"window":"2025-01-11/2025-01-13"} (4 claims)
        "#]],
    );
    // A range for each day against a total within its period; a mean says nothing of a part of its period.
    check(
        "2025-01-01/2025-01-30 truck 600..800 counter a per_day
         2025-01-03/2025-01-12 truck 4500 counter a total",
        expect![[r#"
            A107 Conflict a {"implied":{"high":450,"low":450},"inner":"2025-01-03/2025-01-13","n_days":10,"rate":{"high":800,"low":600},"rule":"rate_within","total":{"high":4500,"low":4500},"window":"2025-01-01/2025-01-31"} (2 claims)
        "#]],
    );
    check(
        "2025-01-01/2025-01-30 truck 600 counter a per_day
         2025-01-03/2025-01-12 truck 4500 counter a total",
        expect![[r#""#]],
    );
}

#[test]
fn weekdays() {
    check("2025-01-06 truck 1 by north | date=on_Monday", expect![[r#""#]]);
    check(
        "2025-01-06 truck 1 by north | date=Tuesday,_6_January",
        expect![[r#"
        A108 Conflict  {"day":"2025-01-06","is":1,"rule":"weekday","said":2,"words":"Tuesday, 6 January"} (1 claims)
    "#]],
    );
    check("2025-01-06 truck 1 by north | date=from_Monday_to_Tuesday", expect![[r#""#]]);
}

#[test]
fn units_outlying_figures_and_copies() {
    check(
        "2025-01-01 truck 4 counter a total | unit=pallet
         2025-01-02 truck 4 counter a total | unit=truck
         2025-01-02 truck 4 counter b total | unit=pallet",
        expect![[r#"
            A109 Remark a {"rule":"units","units":[["pallet",1],["truck",1]]} (2 claims)
        "#]],
    );
    let days = |figures: &[i64]| {
        let line = |(at, n): (usize, &i64)| format!("2025-01-{:02} death {n} counter a total", at + 1);
        figures.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    };
    check(
        &days(&[3, 4, 2, 5, 3, 4, 6, 3, 2, 4, 5, 400]),
        expect![[r#"
        A110 Remark a {"median_per_day":4,"n_figures":12,"per_day":400,"rule":"outlying","score":13.253,"window":"2025-01-12/2025-01-13"} (1 claims)
    "#]],
    );
    check(&days(&[3, 4, 2, 5, 3, 4, 6, 3, 2, 4, 5, 12]), expect![[r#""#]]);
    check(&days(&[3, 4, 2, 5, 3, 4, 6, 3, 2, 4, 400]), expect![[r#""#]]);
    check(
        "2025-01-01/2025-01-10 death 30 says a origin a counter a total | doc=1
         2025-01-01/2025-01-10 death 30 says a origin a counter a total known 2025-01-12 | doc=2
         2025-01-01/2025-01-11 death 31 says a origin a counter a total | doc=1
         2025-01-01/2025-01-11 death 31 says b origin b counter b total | doc=2",
        expect![[r#"
            A111 Remark a {"figure":{"high":30,"low":30},"n_claims":2,"origin":"a","publishers":[],"rule":"copies"} (2 claims)
        "#]],
    );
}

#[test]
fn each_code_has_a_page() {
    let pages = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes");
    for (code, title) in CODES {
        let page = std::fs::read_to_string(pages.join(format!("{code}.md"))).unwrap_or_default();
        assert!(page.starts_with(&format!("# {code}: {title}\n")), "{code}: no page with its title");
    }
}

#[test]
fn swapping_two_parties_swaps_the_findings() {
    let lines = "2025-01-01/2025-01-10 truck 100 by north counter p-a says p-a total | per_day=15
                 2025-01-01/2025-01-12 truck 90 by south counter p-a says p-b total | whole=77
                 2025-01-01/2025-01-10 truck 105 counter p-b total | part:x=60 part:y=50
                 2025-01-01/2025-01-12 truck 101 counter p-b total";
    let swapped = lines.replace("p-a", "p-c").replace("p-b", "p-a").replace("p-c", "p-b");
    let swapped = swapped.replace("north", "west").replace("south", "north").replace("west", "south");
    let plain = |lines: &str, swap: bool| {
        let mut all: Vec<String> = found(lines)
            .into_iter()
            .map(|finding| {
                let who = finding.counter.map(|who| match (swap, who.as_str()) {
                    (true, "p-a") => "p-b".to_owned(),
                    (true, "p-b") => "p-a".to_owned(),
                    (_, other) => other.to_owned(),
                });
                format!("{} {:?} {who:?} {:?}", finding.code, finding.grade, finding.fact)
            })
            .collect();
        all.sort();
        all
    };
    assert!(!found(lines).is_empty());
    assert_eq!(plain(lines, false), plain(&swapped, true));
}

/// Figures from nothing to the largest that can be written, of two counters, with every role.
fn any_claim() -> impl Strategy<Value = Claim> {
    let number = prop_oneof![
        Just(0i64),
        0i64..5_000_000,
        Just(i64::MAX),
        Just(i64::MAX - 1),
        Just(i64::MIN + 1),
        -5_000i64..0,
        Just(1_000_000_000_000_000)
    ];
    let figure = (number.clone(), number, 0u8..4, any::<bool>());
    let roles = prop::collection::vec((figure, 0usize..8), 1..4);
    (roles, 1u32..9, 1u32..9, 0u8..3, 0u8..5, any::<bool>()).prop_map(
        |(figures, day, length, who, measure, is_share)| {
            let line = format!("2025-01-{day:02}/2025-01-{:02} truck 1 counter c{who} total", day + length);
            let (mut claim, _) = claim(&line);
            claim.measure =
                [Measure::Total, Measure::PerDay, Measure::PerWeek, Measure::Outstanding, Measure::Total]
                    [usize::from(measure)];
            claim.event_kind = Some(if is_share { "share" } else { "truck" }.into());
            let names = [
                "",
                roles::WHOLE,
                roles::PERCENT,
                roles::PER_DAY,
                roles::PER_WEEK,
                roles::DAYS,
                "part:x",
                "part:y",
            ];
            claim.quantities = figures
                .into_iter()
                .map(|((a, b, shape, approx), role)| {
                    let number = |n: i64| Some(Number::from_thousandths(n));
                    let (low, best, high) = match shape {
                        0 => (None, number(a), None),
                        1 => (number(a.min(b)), None, None),
                        2 => (None, None, number(a)),
                        _ => (number(a.min(b)), None, number(a.max(b))),
                    };
                    let role = (role > 0).then(|| names[role].into());
                    Quantity { low, best, high, approx, role, ..Quantity::default() }
                })
                .collect();
            claim.quote = format!("{:?}", claim.quantities);
            claim
        },
    )
}

proptest! {
    /// Whatever is stated, there is an answer; the order of arrival changes nothing in it, and no finding is told twice.
    #[test]
    fn any_figures_are_audited(claims in prop::collection::vec(any_claim(), 1..10), turn in 0usize..10) {
        let known: Instant = "2025-02-01T00:00:00Z".parse().unwrap();
        let told: Vec<(Claim, Instant)> = claims.into_iter().map(|claim| (claim, known)).collect();
        let mut turned = told.clone();
        turned.rotate_left(turn % told.len());
        let first = found_of(&told);
        prop_assert_eq!(&first, &found_of(&turned));
        let mut once = first.clone();
        once.dedup();
        prop_assert_eq!(once, first);
        let _ = crate::rivals::rows_of(&told);
    }
}
