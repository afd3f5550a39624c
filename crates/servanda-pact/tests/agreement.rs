//! Agreements that say what they mean.

mod common;

use common::{HEAD, read, render};

#[test]
fn a_whole_agreement_has_no_complaints() {
    let text = format!(
        r#"{HEAD}
provision release   "point 4"
  quote "all prisoners shall be returned"
  north, south must deliver 20 prisoner to board   -- a comment
  when    accepted
  within  72 hours
  reading "days of the calendar" within 3 calendar days
  reading "of the withdrawal" within 72 hours of withdrawn by south

provision remains   "point 5"
  paraphrase "fifteen for each"
  north must match 15 prisoner for each 1 withdrawn by south
  assume within 5 days "the text sets no deadline"

provision quiet "point 1"
  quote "no fire"
  north, south must not fire in strip
  whenever calm or 2025-10-12 12:00
  unless breached release
  until fulfilled release

provision aid "point 7"
  quote "aid"
  north must keep truck.entered at least quota per day in strip
  when 3 days after count prisoner at least 5
  tolerance 1 day in 7
  watch truck.entered by counter complete after 3 days

provision government "point 9"
  quote "a board"
  north must establish board as operational
  by 2026-01-01T12:30

provision halt "point 10"
  quote "may suspend"
  south may suspend aid
  if breached release
"#
    );
    let (agreement, diagnostics) = read(&[("a.pact", &text)]);
    assert_eq!(render(&agreement, &diagnostics), "");
    assert_eq!(agreement.provisions.len(), 6);
}

fn check(files: &[(&str, &str)], expected: expect_test::Expect) {
    let (agreement, diagnostics) = read(files);
    let mut shown: String = agreement
        .provisions
        .iter()
        .map(|provision| format!("{} of {}\n", provision.id, provision.instrument))
        .collect();
    shown += &render(&agreement, &diagnostics);
    expected.assert_eq(&shown);
}

const QUIET: &str = "provision quiet \"1\"\n  quote \"q\"\n  north must not fire, prisoner, truck.entered\n";

#[test]
fn a_later_instrument_may_define_a_provision_again_when_it_supersedes_the_first() {
    let first = format!("{HEAD}{QUIET}");
    let second = format!("instrument second \"2\" adopted 2025-11-01 supersedes first\n{QUIET}");
    let third = format!("instrument third \"3\" adopted 2025-12-01 supersedes second\n{QUIET}  until calm\n");
    let files = [("1.pact", first.as_str()), ("2.pact", &second), ("3.pact", &third)];
    check(
        &files,
        expect_test::expect![[r#"
            quiet of first
            quiet of second
            quiet of third
        "#]],
    );
}

#[test]
fn a_provision_without_instrument_belongs_to_the_only_one() {
    let head = format!("{HEAD}{QUIET}");
    check(
        &[("1.pact", &head), ("2.pact", &QUIET.replace("quiet", "calm-too"))],
        expect_test::expect![[r#"
            quiet of first
            calm-too of first
        "#]],
    );
}

#[test]
fn powers_and_bodies_are_kinds() {
    let text = format!(
        "{HEAD}{QUIET}provision halt \"2\"\n  quote \"q\"\n  south may suspend quiet\n\
         provision later \"3\"\n  quote \"q\"\n  no deadline\n  north must deliver 1 board\n  when 2 days after halt by south\n"
    );
    check(
        &[("1.pact", &text)],
        expect_test::expect![[r#"
            quiet of first
            halt of first
            later of first
        "#]],
    );
}

#[test]
fn half_a_promise_is_no_promise_but_a_bad_watch_or_reading_is_left_out_alone() {
    let text = format!(
        "{HEAD}{QUIET}provision a \"2\"\n  quote \"q\"\n  north must not fire\n  until nothing\n\
         provision b \"3\"\n  quote \"q\"\n  north must not fire\n  watch nothing by counter complete after 1 day\n  \
         reading \"x\" until nothing\n"
    );
    check(
        &[("1.pact", &text)],
        expect_test::expect![[r#"
            quiet of first
            b of first
            21:9 P205 'nothing' is not a milestone or kind of this agreement
                hint: declare it: kind nothing "label", or milestone nothing when CONDITION
            25:9 P203 'nothing' is not a kind of this agreement
                hint: declare it: kind nothing "label"
            26:21 P205 'nothing' is not a milestone or kind of this agreement
                hint: declare it: kind nothing "label", or milestone nothing when CONDITION
        "#]],
    );
}
