//! Powers over a promise: suspend, resume, waive, terminate, extend.

use expect_test::{Expect, expect};

use crate::duties::{HEAD, WHENEVER, check};
use crate::world::status;

const POWERS: &str = r#"provision parcels "point 1"
  paraphrase "parcels"
  north must deliver 20 parcel to south
  when start.sign
  within 72 hours
provision hold "point 7"
  paraphrase "north may hold off"
  north may suspend parcels
provision go "point 8"
  paraphrase "north may go on"
  north may resume parcels
provision forgive "point 9"
  paraphrase "south may waive"
  south may waive parcels
"#;

#[test]
fn a_suspension_stops_the_clock() {
    let record = "2025-01-10T12:00 start.sign\n2025-01-11T12:00 hold by north";
    check(
        POWERS,
        record,
        "2025-01-20",
        expect![[r#"
        parcels north: suspended, 0 of 20, level 0
        hold north: in force
        go north: in force
        forgive south: in force
    "#]],
    );
    let record = "2025-01-10T12:00 start.sign\n2025-01-11T12:00 hold by north\n2025-01-21T12:00 go by north";
    check(
        POWERS,
        record,
        "2025-01-22",
        expect![[r#"
        parcels north: in force, 0 of 20, level 0 [due_soon]
        hold north: in force
        go north: in force
        forgive south: in force
    "#]],
    );
    check(
        POWERS,
        record,
        "2025-01-24",
        expect![[r#"
            parcels north: overdue, reported breach x1..1, 0 of 20, level 0 [awaiting_reports]
            hold north: in force
            go north: in force
            forgive south: in force
        "#]],
    );
    let record = "2025-01-10T12:00 start.sign\n2025-01-15 forgive by south";
    check(
        POWERS,
        record,
        "2025-01-24",
        expect![[r#"
        parcels north: waived, reported breach x1..1, 0 of 20, level 0 [reported_breach]
        hold north: in force
        go north: in force
        forgive south: in force
    "#]],
    );
}

const EXTEND: &str = r#"provision parcels "point 1"
  paraphrase "parcels"
  north must deliver 20 parcel to south
  when start.sign
  within 72 hours
provision longer "point 7"
  paraphrase "south may allow two days more"
  south may extend parcels
  within 2 days
provision amends "point 8"
  paraphrase "a letter, should the parcels be overdue"
  north must deliver 1 letter
  when breached parcels
  no deadline
"#;

/// What held at a moment, whatever became known of later: the old deadline up to the extension, the new one from there.
#[test]
fn an_extension_holds_from_its_exercise_on() {
    let record =
        "2025-01-10T12:00 start.sign\n2025-01-14T12:00 longer by south\n2025-02-20 parcel 1 by north";
    let ledger = crate::world::ledger(record);
    let view = ledger.as_of(crate::world::moment("2025-03-01", true));
    let pact = crate::world::agreement(&format!("{HEAD}{EXTEND}"));
    let mut engine = servanda_assess::status::Engine::new(
        pact,
        servanda_model::Standpoint::all_sources(),
        servanda_assess::Context::default(),
    )
    .expect("a clock");
    engine.load(&view);
    let mut said = String::new();
    for moment in ["13T12:00", "14T11:00", "14T12:00", "15T12:00", "16T00:00"] {
        let at = crate::world::moment(&format!("2025-01-{moment}"), false);
        let question = crate::equal::question(at.ms());
        let found = engine.findings(&view, &question);
        let due = found[0].deadline.map_or(String::new(), |when| when.earliest.to_string()[..16].to_owned());
        said += &format!(
            "{moment} due {due}: {}; {:?}\n",
            crate::world::line(&found[0]),
            found[2].state.reported
        );
        for episode in &found[0].episodes {
            let to = episode.to.map_or("now".to_owned(), |to| to.to_string()[..19].to_owned());
            said += &format!("  overdue {} to {to}\n", &episode.from.to_string()[..19]);
        }
    }
    expect![[r#"
        13T12:00 due 2025-01-13T12:00: parcels north: in force, 0 of 20, level 0 [due_soon]; Dormant
        14T11:00 due 2025-01-13T12:00: parcels north: overdue, reported breach x1..1, 0 of 20, level 0 [awaiting_reports]; InForce
          overdue 2025-01-13T12:00:00 to now
        14T12:00 due 2025-01-15T12:00: parcels north: in force, reported breach x1..1, 0 of 20, level 0 [due_soon reported_breach]; InForce
          overdue 2025-01-13T12:00:00 to 2025-01-14T12:00:00
        15T12:00 due 2025-01-15T12:00: parcels north: in force, reported breach x1..1, 0 of 20, level 0 [due_soon reported_breach]; InForce
          overdue 2025-01-13T12:00:00 to 2025-01-14T12:00:00
        16T00:00 due 2025-01-15T12:00: parcels north: overdue, reported breach x1..1, 0 of 20, level 0 [awaiting_reports]; InForce
          overdue 2025-01-13T12:00:00 to 2025-01-14T12:00:00
          overdue 2025-01-15T12:00:00 to now
    "#]].assert_eq(&said);
}

/// In time before the extension, or after it: an extension makes nothing late.
#[test]
fn an_extension_before_the_deadline_leaves_no_breach() {
    check(
        EXTEND,
        "2025-01-10T12:00 start.sign\n2025-01-13T06:00 longer by south\n2025-01-15T06:00 parcel 20 by north",
        "2025-01-20",
        expect![[r#"
            parcels north: fulfilled, 20 of 20, level 3
            longer south: in force
            amends north: void, 0 of 1
        "#]],
    );
    check(
        EXTEND,
        "2025-01-10T12:00 start.sign\n2025-01-14T06:00 longer by south\n2025-01-15T06:00 parcel 20 by north",
        "2025-01-20",
        expect![[r#"
            parcels north: fulfilled, reported breach x1..1, 20 of 20, level 3 [reported_breach]
            longer south: in force
            amends north: in force, 0 of 1, level 0 [no_deadline]
        "#]],
    );
    check(
        EXTEND,
        "2025-01-10T12:00 start.sign\n2025-01-13 longer by south\n2025-01-15T06:00 parcel 20 by north",
        "2025-01-20",
        expect![[r#"
            parcels north: contested fulfilled | fulfilled, fulfilled as reported, disputed breach x0..1, 20 of 20, level 3 [contested reported_breach]
            longer south: in force
            amends north: contested in force | void, in force as reported, 0 of 1, level 0 [contested no_deadline]
        "#]],
    );
}

/// A power over a `whenever` promise: suspended, resumed and terminated as a whole; waived and extended only for what
/// was under way.
#[test]
fn powers_reach_each_instance() {
    let powers = |power: &str, clause: &str| {
        format!(
            "{WHENEVER}provision use \"point 11\"\n  paraphrase \"north may\"\n  north may {power} answers\n{clause}\
             provision again \"point 12\"\n  paraphrase \"north may\"\n  north may resume answers\n"
        )
    };
    let record = "2025-01-10T12:00 parcel by north
                  2025-01-12T12:00 use by north
                  2025-01-16T12:00 parcel by north";
    let check = |pact: &str, record: &str, at: &str, expected: Expect| {
        let said = status(&format!("{HEAD}{pact}"), record, at);
        expected.assert_eq(said.lines().next().expect("a finding"));
    };
    // Both are held off: the one under way and the one whose occasion came meanwhile.
    let suspend = powers("suspend", "");
    check(&suspend, record, "2025-01-30", expect!["answers south: suspended, 2 suspended, level 0"]);
    // Taken up again after ten days: what was left of each time runs from there.
    let resumed = format!("{record}\n2025-01-22T12:00 again by north\n2025-01-24T12:00 letter by south");
    check(
        &suspend,
        &resumed,
        "2025-01-23",
        expect![
            "answers south: overdue, reported breach x1..1, 1 in force, 1 overdue, level 0 [awaiting_reports]"
        ],
    );
    check(
        &suspend,
        &resumed,
        "2025-01-26",
        expect![
            "answers south: fulfilled late, reported breach x1..1, 1 fulfilled, 1 fulfilled late, level 2 [reported_breach]"
        ],
    );
    check(
        &powers("waive", ""),
        record,
        "2025-01-20",
        expect![
            "answers south: overdue, reported breach x1..1, 1 overdue, 1 waived, level 0 [awaiting_reports]"
        ],
    );
    check(
        &powers("terminate", ""),
        record,
        "2025-01-20",
        expect!["answers south: terminated, 1 terminated, level 0"],
    );
    let extend = powers("extend", "  within 2 days\n");
    check(
        &extend,
        &format!("{record}\n2025-01-15T06:00 letter by south"),
        "2025-01-20",
        expect![
            "answers south: overdue, reported breach x1..1, 1 fulfilled, 1 overdue, level 2 [awaiting_reports]"
        ],
    );
    // Used after the deadline: in force again, and late for a while all the same.
    let late = "2025-01-10T12:00 parcel by north\n2025-01-14T12:00 use by north";
    check(
        &extend,
        late,
        "2025-01-14",
        expect![
            "answers south: in force, reported breach x1..1, 1 in force, level 0 [due_soon reported_breach]"
        ],
    );
    check(
        &extend,
        late,
        "2025-01-15",
        expect!["answers south: overdue, reported breach x1..1, 1 overdue, level 0 [awaiting_reports]"],
    );
}
