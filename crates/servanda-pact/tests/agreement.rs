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
