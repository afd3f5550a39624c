//! One table per duty form.

use expect_test::{Expect, expect};

use crate::world::status;

pub const HEAD: &str = r#"pact test "A test"
clock UTC
instrument text "The text" adopted 2025-01-01
party north "North"
party south "South"
body board "Board"
kind start.sign "signal"
kind parcel "parcels" counts parcel
kind letter "letters" counts letter
kind shot "shots fired"
kind truck "trucks" counts truck
kind pause "pauses"
"#;

pub fn check(provisions: &str, claims: &str, at: &str, expected: Expect) {
    expected.assert_eq(&status(&format!("{HEAD}{provisions}"), claims, at));
}

const DELIVER: &str = r#"provision parcels "point 1"
  paraphrase "parcels are sent within three days of the signal"
  north must deliver 20 parcel to south
  when start.sign
  within 72 hours
"#;

#[test]
fn a_delivery_waits_for_its_start() {
    check(
        DELIVER,
        "",
        "2025-02-01",
        expect![[r#"
        parcels north: dormant, 0 of 20
    "#]],
    );
}

#[test]
fn a_delivery_in_time() {
    check(
        DELIVER,
        "2025-01-10T12:00 start.sign\n2025-01-12T09:00 parcel 20 by north",
        "2025-01-20",
        expect![[r#"
        parcels north: fulfilled, 20 of 20, level 3
    "#]],
    );
}

#[test]
fn a_delivery_whose_hours_are_not_on_record() {
    check(
        DELIVER,
        "2025-01-10 start.sign\n2025-01-13 parcel 20 by north",
        "2025-01-20",
        expect![[r#"
        parcels north: contested fulfilled late | fulfilled, fulfilled as reported, disputed breach x0..1, 20 of 20, level 3 [contested]
    "#]],
    );
}

#[test]
fn a_delivery_too_late() {
    check(
        DELIVER,
        "2025-01-10 start.sign\n2025-01-12 parcel 12 by north\n2025-01-20 parcel 8 by north",
        "2025-01-30",
        expect![[r#"
        parcels north: fulfilled late, reported breach x1..1, 20 of 20, level 3 [reported_breach]
    "#]],
    );
}

#[test]
fn a_delivery_overdue() {
    check(
        DELIVER,
        "2025-01-10 start.sign\n2025-01-12 parcel 12..15 by north",
        "2025-01-30",
        expect![[r#"
            parcels north: overdue, reported breach x1..1, 12..15 of 20, level 1 [awaiting_reports]
        "#]],
    );
}

#[test]
fn a_disputed_delivery() {
    check(
        DELIVER,
        "2025-01-10T12:00 start.sign\n2025-01-11 parcel 20 by north says north id a\n2025-01-11 parcel 20 by north says south not id a",
        "2025-01-30",
        expect![[r#"
            parcels north: contested overdue | fulfilled, fulfilled as reported, disputed breach x0..1, 0..20 of 20, level 3 [contested]
        "#]],
    );
}

#[test]
fn running_totals_refine_each_other() {
    check(
        DELIVER,
        "2025-01-10T12:00 start.sign
         2025-01-10/2025-01-12 parcel 8 counter x total
         2025-01-10/2025-01-30 parcel 15 counter y total
         2025-02-02 parcel 2 by north
         2025-01-10/2025-02-10 parcel 2 counter z outstanding",
        "2025-02-20",
        expect![[r#"
            parcels north: overdue, reported breach x1..1, 18 of 20, level 1 [reported_breach]
        "#]],
    );
}

const NOT: &str = r#"provision quiet "point 2"
  paraphrase "nobody shoots after the signal"
  north, south must not shot
  when start.sign
"#;

#[test]
fn a_prohibition_counts_incidents_per_obligor() {
    check(
        NOT,
        "2025-01-10T12:00 start.sign\n2025-01-09 shot by north\n2025-01-10 shot by south\n2025-01-11 shot by north\n2025-01-12 shot\n2025-01-13 shot by south says north id d\n2025-01-13 shot by south says south not id d",
        "2025-01-30",
        expect![[r#"
            quiet north: in force, reported breach x1..1 [reported_breach]
            quiet south: contested in force | in force, in force as reported, disputed breach x0..2 [contested reported_breach]
        "#]],
    );
}

const KEEP: &str = r#"provision aid "point 3"
  paraphrase "at least 700 trucks a week"
  north must keep truck at least 700 per week
  when start.sign
  watch truck by depot complete after 1 days
"#;

#[test]
fn windows_with_and_without_reports() {
    check(
        KEEP,
        "2025-01-06 start.sign
         2025-01-13/2025-01-19 truck 900 counter depot total
         2025-01-20/2025-01-26 truck 400 counter depot total
         2025-01-20/2025-01-26 truck 800 counter ledger total",
        "2025-02-05",
        expect![[r#"
            aid north: contested in force | in force, in force as reported, disputed breach x0..1, windows 1 met 0 missed 1 undecided 1 no data, level 1 [contested awaiting_reports at_risk reported_breach]
        "#]],
    );
}

#[test]
fn a_long_total_shows_that_some_windows_were_missed() {
    check(
        KEEP,
        "2025-01-06 start.sign\n2025-01-06/2025-02-02 truck 1000 counter ledger total",
        "2025-02-05",
        expect![[r#"
            aid north: in force, reported breach x2..3, windows 0 met 0 missed 3 undecided 0 no data, level 1 [at_risk reported_breach]
        "#]],
    );
}

const MATCH: &str = r#"provision letters "point 4"
  paraphrase "three letters for each parcel, within two days"
  south must match 3 letter for each 1 parcel by north
  assume within 2 days "the text sets no deadline"
"#;

#[test]
fn a_balance_runs() {
    check(
        MATCH,
        "2025-01-10 parcel 4 by north\n2025-01-11 letter 9 by south",
        "2025-01-12",
        expect![[r#"
            letters south: contested in force | in force, in force as reported, disputed breach x0..1, 9 of 0 due for 4, level 2 [contested rests_on_assumption]
        "#]],
    );
    check(
        MATCH,
        "2025-01-10 parcel 4 by north\n2025-01-11 letter 9 by south",
        "2025-01-14",
        expect![[r#"
        letters south: in force, reported breach x1..1, 9 of 12 due for 4, level 1 [rests_on_assumption at_risk reported_breach]
    "#]],
    );
    check(
        MATCH,
        "2025-01-10 parcel 4 by north\n2025-01-11 letter 9 by south\n2025-01-20 letter 3 by south",
        "2025-01-22",
        expect![[r#"
            letters south: in force, reported breach x1..1, 12 of 12 due for 4, level 3 [rests_on_assumption reported_breach]
        "#]],
    );
}

const BODY: &str = r#"provision board "point 5"
  paraphrase "a board is set up"
  north must establish board
  no deadline
provision visits "point 6"
  paraphrase "within two days of the board, ten letters"
  south must deliver 10 letter
  when established board
  within 2 days
"#;

#[test]
fn a_body_and_what_waits_for_it() {
    check(
        BODY,
        "2025-01-03 board planned",
        "2025-01-04",
        expect![[r#"
        board north: in force, level 0 [no_deadline]
        visits south: dormant, 0 of 10
    "#]],
    );
    check(
        BODY,
        "2025-01-05 board",
        "2025-01-06",
        expect![[r#"
        board north: fulfilled, level 3
        visits south: in force, 0 of 10, level 0 [due_soon]
    "#]],
    );
    check(
        BODY,
        "2025-01-05 board",
        "2025-01-09",
        expect![[r#"
            board north: fulfilled, level 3
            visits south: overdue, reported breach x1..1, 0 of 10, level 0 [awaiting_reports]
        "#]],
    );
}

/// The breach of a prohibition guards another promise for the stated time of each incident, and for no longer.
#[test]
fn a_prohibition_in_breach_guards_each_time() {
    let answer = |guard: &str| {
        format!(
            "{NOT}provision still \"point 3\"\n  paraphrase \"no raids\"\n  south must not raid\n  {guard} breached quiet\n"
        )
    };
    let record = "2025-01-10T12:00 start.sign
                  2025-01-11T12:00 shot by north
                  2025-01-11T12:00 raid by south
                  2025-01-12T12:00 raid by south
                  2025-01-13 shot by north
                  2025-01-13T18:00 raid by south
                  2025-01-14 raid by south";
    let check = |guard: &str, record: &str, expected: Expect| {
        let said = status(&format!("{HEAD}kind raid \"raids\"\n{}", answer(guard)), record, "2025-01-30");
        expected.assert_eq(said.lines().last().expect("a finding"));
    };
    check("unless", record, expect!["still south: in force, reported breach x2..2 [reported_breach]"]);
    check("while", record, expect!["still south: in force, reported breach x2..2 [reported_breach]"]);
    // What may not have occurred excuses only for the obligor's good.
    let denied = format!(
        "{record}\n2025-01-14 shot by north says south id d\n2025-01-14 shot by north says north not id d"
    );
    check("unless", &denied, expect!["still south: in force, reported breach x1..2 [reported_breach]"]);
}

pub const WHENEVER: &str = r#"provision answers "point 10"
  paraphrase "each parcel is answered within three days unless there is a pause"
  south must deliver 1 letter
  whenever parcel by north
  unless pause
  within 72 hours
"#;

#[test]
fn one_instance_each_time() {
    check(
        WHENEVER,
        "2025-01-10T12:00 parcel by north
         2025-01-11T12:00 letter by south
         2025-01-20T12:00 parcel by north
         2025-01-25T12:00 letter by south
         2025-01-27T12:00 parcel by north
         2025-01-28T12:00 pause
         2025-02-05T12:00 parcel by north
         2025-02-10T12:00 parcel by north",
        "2025-02-11",
        expect![[r#"
            answers south: overdue, reported breach x2..2, 1 in force, 1 fulfilled, 1 fulfilled late, 1 overdue, 1 void, level 1 [awaiting_reports reported_breach]
        "#]],
    );
}

#[test]
fn a_ruling_counts_until_it_is_taken_back() {
    use std::sync::Arc;

    use servanda_assess::Context;
    use servanda_assess::status::{Engine, Question};
    use servanda_ledger::{KnownBy, LedgerBuilder, Withdrawn, ruling_id};
    use servanda_model::*;

    use crate::world::{agreement, claim, line, moment};

    let record = [
        "2025-01-10T12:00 start.sign",
        "2025-01-11 shot by north says south id a",
        "2025-01-11 shot by north says north not id a",
    ];
    let claims: Vec<(Claim, Instant)> = record.iter().map(|line| claim(line)).collect();
    let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(std::collections::HashMap::new()));
    for (claim, known) in &claims {
        builder.claim(claim.id(), claim, *known);
    }
    let ruling = Ruling {
        judgement: Judgement::Refuted,
        claims: vec![claims[1].0.id()],
        reason: "the place was empty".to_owned(),
    };
    let id = ruling_id(&ruling);
    let author = AuthorId::default();
    builder.ruling(id, author, ruling, moment("2025-01-20", true));
    builder.withdraw(author, Withdrawn::Ruling(id), moment("2025-01-25", true));
    let ledger = builder.finish();
    let pact = agreement(&format!("{HEAD}{NOT}"));
    let mut engine = Engine::new(pact.clone(), Standpoint::all_sources(), Context::default()).unwrap();
    engine.load(&ledger.as_of(moment("2025-01-15", true)));
    let mut said = Vec::new();
    for day in ["2025-01-15", "2025-01-22", "2025-01-27"] {
        let view = ledger.as_of(moment(day, true));
        let seen = engine.known();
        for change in view.changes().iter().filter(|change| change.known_at > seen) {
            engine.apply(&view, *change);
        }
        let question = Question { at: moment(day, true), due_soon_days: 3, only: None, why: false };
        let found = engine.findings(&view, &question);
        let mut cold = Engine::new(pact.clone(), Standpoint::all_sources(), Context::default()).unwrap();
        cold.load(&view);
        assert_eq!(found, cold.findings(&view, &question), "{day}");
        said.push(format!("{day} {}", line(&found[0])));
    }
    expect![[r#"
        2025-01-15 quiet north: contested in force | in force, in force as reported, disputed breach x0..1 [contested reported_breach]
        2025-01-22 quiet north: in force
        2025-01-27 quiet north: contested in force | in force, in force as reported, disputed breach x0..1 [contested reported_breach]"#]].assert_eq(&said.join("\n"));
}
