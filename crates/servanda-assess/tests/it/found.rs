//! Cases that random agreements and records found, each in its smallest form, with the rule it is about.

use expect_test::{Expect, expect};

use crate::world::status;

const HEAD: &str = r#"pact test "A test"
clock UTC
instrument text "The text" adopted 2025-03-13 12:00
party north "North"
party south "South"
body court "Court"
kind sign "signs"
kind call "calls"
kind parcel "parcels" counts parcel
kind crate "crates" counts crate
kind mail "mail" counts mail
kind shot "shots"
kind pause "pauses"
kind close "closings"
"#;

fn check(provisions: &[(&str, &str)], claims: &str, expected: Expect) {
    let written = provisions.iter().map(|(id, clauses)| {
        format!("provision {id} \"a point\"\n  paraphrase \"in our own words\"\n{clauses}")
    });
    expected.assert_eq(&status(&format!("{HEAD}{}", written.collect::<String>()), claims, "2025-05-17"));
}

/// Without a deadline nothing is in time merely because nothing came: an excuse and an end still count.
#[test]
fn instances_without_a_deadline_can_be_excused_and_can_end() {
    let pact = [("p", "  south must deliver 5 parcel\n  whenever sign\n  unless pause\n  until close\n")];
    let sign = "2025-03-27T12:00 sign\n";
    check(
        &pact,
        &format!("{sign}2025-04-04T18:00 pause"),
        expect![[r#"
        p south: void, 1 void
    "#]],
    );
    check(
        &pact,
        &format!("{sign}2025-04-25T12:00 close"),
        expect![[r#"
        p south: lapsed, 1 lapsed, level 0
    "#]],
    );
}

/// What was overdue when it ended was breached, and is not forgotten with its end.
#[test]
fn an_instance_that_ended_overdue_was_breached() {
    let pact = [("p", "  south must deliver 5 parcel\n  whenever sign\n  within 3 days\n  until close\n")];
    check(
        &pact,
        "2025-03-27T12:00 sign\n2025-04-25T12:00 close",
        expect![[r#"
        p south: lapsed, reported breach x1..1, 1 lapsed, level 0 [reported_breach]
    "#]],
    );
    // Ended before it was due, delivered after: late, but no breach.
    check(
        &pact,
        "2025-03-27T12:00 sign\n2025-03-28T12:00 close\n2025-04-20T12:00 parcel 5",
        expect![[r#"
        p south: fulfilled late, 1 fulfilled late, level 1
    "#]],
    );
}

/// In the verified view an excuse that nobody verified excuses nothing.
#[test]
fn an_unverified_excuse_does_not_count_as_verified() {
    let pact = [("p", "  south must deliver 5 parcel\n  unless pause\n  within 3 days\n")];
    let found = crate::world::findings(
        &format!("{HEAD}provision p \"a point\"\n  paraphrase \"words\"\n{}", pact[0].1),
        "2025-03-14T18:00 pause says press",
        &servanda_model::Standpoint::all_sources(),
        "2025-05-17",
    );
    assert_eq!(found[0].state.reported, servanda_model::State::Void);
    assert_eq!(found[0].state.verified, servanda_model::State::Overdue);
}

/// Where the start of one promise is disputed, the promise that waits for its fulfilment is contested too.
#[test]
fn what_waits_for_a_disputed_start_is_contested() {
    let pact = [
        ("p", "  north must deliver 5 parcel\n  when sign\n"),
        ("q", "  south must deliver 2 crate\n  when fulfilled p\n  within 3 days\n"),
    ];
    let record = "2025-03-20T12:00 sign says press id s
                  2025-03-20T12:00 sign says north id s not
                  2025-03-21T12:00 parcel 5 by north says press id d
                  2025-03-21T12:00 parcel 5 says south id d not";
    check(
        &pact,
        record,
        expect![[r#"
        p north: contested in force | dormant, fulfilled as reported, 0..5 of 5, level 3 [contested]
        q south: contested overdue | dormant, overdue as reported, disputed breach x0..1, 0 of 2, level 0 [contested awaiting_reports]
    "#]],
    );
}

/// A promise that was waived can be fulfilled no more, nor breached, as long as nothing else is on record.
#[test]
fn what_waits_for_a_waived_promise_is_void() {
    let pact = [
        ("p", "  north must deliver 5 parcel\n  within 30 days\n"),
        ("w", "  south may waive p\n"),
        ("q", "  south must deliver 2 crate\n  if breached p\n"),
        ("r", "  south must deliver 2 crate\n  when fulfilled p\n"),
    ];
    check(
        &pact,
        "2025-03-16T12:00 w by south",
        expect![[r#"
        p north: waived, 0 of 5, level 0
        w south: in force
        q south: void, 0 of 2
        r south: void, 0 of 2
    "#]],
    );
    check(
        &pact,
        "2025-03-16T12:00 w by south\n2025-05-01T12:00 parcel 5 by north",
        expect![[r#"
        p north: fulfilled late, 5 of 5, level 3
        w south: in force
        q south: void, 0 of 2
        r south: in force, 0 of 2, level 0 [no_deadline]
    "#]],
    );
}

/// A day that may lie before the adoption does not count against the obligor's duty in the worst view.
#[test]
fn a_day_on_both_sides_of_the_adoption_counts_for_sure_on_neither() {
    let deliver = [("p", "  south must deliver 2 parcel\n  within 3 days\n")];
    check(
        &deliver,
        "2025-03-13 parcel 2 by south",
        expect![[r#"
        p south: contested overdue | fulfilled, fulfilled as reported, disputed breach x0..1, 0..2 of 2, level 3 [contested]
    "#]],
    );
    let whenever = [("p", "  south must deliver 2 parcel\n  whenever call\n  within 9 days\n")];
    check(
        &whenever,
        "2025-03-13 call by north",
        expect![[r#"
        p south: contested overdue | dormant, overdue as reported, disputed breach x0..1, 1 overdue, level 0 [contested awaiting_reports]
    "#]],
    );
    let returned = [("p", "  north must match 2 crate for each 2 parcel\n")];
    check(
        &returned,
        "2025-03-13 parcel 2 by south",
        expect![[r#"
        p north: contested in force | in force, in force as reported, disputed breach x0..1, 0 of 2 due for 2, level 0 [contested reported_breach]
    "#]],
    );
}

/// An excuse of a day counts in the worst view at its end, in the best at its beginning.
#[test]
fn an_excuse_of_a_day_may_come_too_late() {
    let pact = [("p", "  south must deliver 2 parcel\n  unless pause\n  within 72 hours\n")];
    check(
        &pact,
        "2025-03-16 pause",
        expect![[r#"
        p south: contested overdue | void, overdue as reported, disputed breach x0..1, 0 of 2, level 0 [contested awaiting_reports]
    "#]],
    );
}

/// What is there by the date is in time, whenever the promise began to bind.
#[test]
fn what_came_before_the_start_is_in_time() {
    let pact = [("p", "  south must deliver 2 parcel\n  when call\n  by 2025-04-12\n")];
    check(
        &pact,
        "2025-03-20T12:00 parcel 2 by south\n2025-04-17T12:00 call",
        expect![[r#"
        p south: fulfilled, 2 of 2, level 3
    "#]],
    );
}

/// What was ended before it began is not breached by beginning afterwards.
#[test]
fn what_begins_after_its_waiver_is_not_breached() {
    let pact = [
        ("p", "  south must deliver 2 parcel\n  when call\n  by 2025-04-01\n"),
        ("w", "  north may waive p\n"),
    ];
    check(
        &pact,
        "2025-04-10T12:00 w by north\n2025-04-17T12:00 call",
        expect![[r#"
        p south: waived, 0 of 2, level 0
        w north: in force
    "#]],
    );
}

/// Terminated without having begun, terminated unmet, or fulfilled: the middle one is no third of the others.
#[test]
fn one_name_for_two_courses_does_not_settle_what_lies_between() {
    let pact = [
        ("p", "  south must deliver 2 crate\n  when count mail at least 2\n"),
        ("t", "  north may terminate p\n"),
    ];
    let record = "2025-03-14T12:00 mail 4 says press id m
                  2025-03-14T12:00 mail says agency id m not
                  2025-04-19T12:00 crate 7 by south id c
                  2025-04-19T12:00 crate says north id c not
                  2025-04-27T06:00 t by north";
    check(
        &pact,
        record,
        expect![[r#"
        p south: contested terminated | fulfilled, fulfilled as reported, 0..7 of 2, level 3 [contested]
        t north: in force
    "#]],
    );
}

/// One incident that can lie on either side of a gap is one incident.
#[test]
fn an_incident_on_both_sides_of_a_pause_is_counted_once() {
    let pact = [("p", "  south must not shot\n  unless pause\n")];
    check(
        &pact,
        "2025-04-30/2025-05-01 shot by south\n2025-04-30T06:00 pause",
        expect![[r#"
        p south: contested in force | in force, in force as reported, disputed breach x0..1 [contested reported_breach]
    "#]],
    );
}

/// Against the obligor the smaller of two rival totals stands; a later smaller one of the same counter takes the place of
/// what had been added up.
#[test]
fn the_smallest_consistent_sum_is_the_worst() {
    let pact = [("p", "  south must deliver 20 parcel\n")];
    let rivals =
        "2025-03-13/2025-03-30 parcel 5 counter a total\n2025-03-13/2025-03-30 parcel 20 counter b total";
    check(
        &pact,
        rivals,
        expect![[r#"
        p south: contested in force | fulfilled, in force as reported, 5..20 of 20, level 2 [contested no_deadline]
    "#]],
    );
    let later = "2025-03-13/2025-03-20 parcel 16 counter a total
                 2025-04-04T04:00 parcel 5 by south
                 2025-03-13/2025-04-08 parcel 17 counter a total";
    check(
        &pact,
        later,
        expect![[r#"
        p south: in force, 17 of 20, level 2 [no_deadline]
    "#]],
    );
}

/// A counter that corrects itself downwards is followed in every view; another counter's smaller number is a rival.
#[test]
fn a_shrinking_total_takes_the_place_of_the_larger_one() {
    let pact = [("p", "  south must deliver 10 parcel\n  no deadline\n")];
    let own =
        "2025-03-13/2025-03-30 parcel 10 counter a total\n2025-03-13/2025-04-05 parcel 8 counter a total";
    check(
        &pact,
        own,
        expect![[r#"
        p south: in force, 8 of 10, level 2 [no_deadline]
    "#]],
    );
    let rival = own.replacen("counter a", "counter b", 1);
    check(
        &pact,
        &rival,
        expect![[r#"
        p south: contested in force | fulfilled, in force as reported, 8..10 of 10, level 2 [contested no_deadline]
    "#]],
    );
    // A correction that is itself denied may not count, for the obligor's good.
    let denied = format!("{own} id c\n2025-03-13/2025-04-05 parcel 8 counter a total says clerk id c not");
    check(
        &pact,
        &denied,
        expect![[r#"
            p south: contested in force | fulfilled, in force as reported, 8..10 of 10, level 2 [contested no_deadline]
        "#]],
    );
    // Added up to eleven by then, but nine in all by a later count, and two more after it.
    let added = "2025-03-13/2025-03-30 parcel 8 counter a total
                 2025-04-02T12:00 parcel 3 by south
                 2025-03-13/2025-04-10 parcel 9 counter a total";
    check(
        &pact,
        added,
        expect![[r#"
        p south: in force, 9 of 10, level 2 [no_deadline]
    "#]],
    );
    check(
        &pact,
        &format!("{added}\n2025-04-12T12:00 parcel 2 by south"),
        expect![[r#"
        p south: fulfilled, 11 of 10, level 3
    "#]],
    );
}

/// A suspension on a day that also saw the resumption may have been over by noon, or may have begun after it.
#[test]
fn a_suspension_of_a_day_may_have_been_over_at_once() {
    let pact = [
        ("p", "  south must deliver 5 parcel\n  when sign\n  within 3 days\n"),
        ("s", "  north may suspend p\n"),
        ("r", "  north may resume p\n"),
    ];
    let record = "2025-03-20T12:00 sign\n2025-03-21 s by north\n2025-03-21T12:00 r by north";
    check(
        &pact,
        record,
        expect![[r#"
        p south: contested overdue | suspended, suspended as reported, disputed breach x0..1, 0 of 5, level 0 [contested]
        s north: in force
        r north: in force
    "#]],
    );
}
