//! The export for an independent monitor.

mod common;

use expect_test::{Expect, expect};
use servanda_pact::{mangle, mfotl};

fn check(provisions: &str, expected: Expect) {
    let (agreement, diagnostics) = common::read(&[("a.pact", &format!("{}{provisions}", common::HEAD))]);
    let errors: Vec<_> =
        diagnostics.iter().filter(|d| d.severity == servanda_model::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let export = mfotl(&agreement);
    let mut shown = String::new();
    for (_, formula) in &export.formulas {
        let closed = formula.replace(",*)", "");
        assert_eq!(closed.matches('(').count(), closed.matches(')').count(), "{formula}");
        shown += formula.split_once('\n').unwrap().1;
    }
    for (name, remark) in &export.remarks {
        shown += &format!("{name}: {remark}\n");
    }
    // Every predicate of the formulas is declared.
    for word in
        shown.lines().filter(|line| line.starts_with('(')).flat_map(|line| line.split([' ', '(', ')']))
    {
        if ["k_", "z_", "t_", "i_", "e_"].iter().any(|prefix| word.starts_with(prefix)) {
            assert!(export.signature.contains(&format!("{word}(")), "{word} in {}", export.signature);
        }
    }
    expected.assert_eq(&shown);
}

#[test]
fn promised_and_delivered_within_72_hours_unless_suspended() {
    check(
        "provision release \"4\"\n  quote \"q\"\n  north must deliver 20 prisoner to south\n  when accepted\n  within 72 hours\n\
         provision halt \"9\"\n  quote \"q\"\n  south may suspend release\n",
        expect![[r#"
            (((ONCE[0,*) k_accepted(_, _, _)) AND (NOT (PREVIOUS[0,*) (ONCE[0,*) k_accepted(_, _, _))))) AND (ONCE[0,*) k_accepted(_, _, _)) AND (NOT (ONCE[0,*) k_halt(_, _, _))) AND (NOT (EVENTUALLY[0,259200] k_halt(_, _, _))) AND (NOT ((EXISTS s. ((s <- SUM a ((ONCE[0,*) ((k_prisoner(i, "north", a) OR k_prisoner(i, "", a)) AND (ONCE[0,*) k_accepted(_, _, _)))) OR (EVENTUALLY[0,259200] ((k_prisoner(i, "north", a) OR k_prisoner(i, "", a)) AND (ONCE[0,*) k_accepted(_, _, _)))))) AND (s >= 20000))))))
            FALSE
            release: a use of 'halt' before the deadline excuses the whole time
            halt: a power cannot be violated
        "#]],
    );
}

#[test]
fn standing_promises() {
    check(
        "provision quiet \"1\"\n  quote \"q\"\n  north, south must not fire in strip\n  until 2026-01-01\n\
         provision aid \"7\"\n  quote \"q\"\n  north must keep truck.entered at least quota per day\n  tolerance 1 day in 7\n",
        expect![[r#"
            (((k_fire(i, "north", a)) AND z_strip(i)) AND ((ONCE[0,*) i_first()) AND (NOT (ONCE[0,*) t_20260101_0000()))))
            (((k_fire(i, "south", a)) AND z_strip(i)) AND ((ONCE[0,*) i_first()) AND (NOT (ONCE[0,*) t_20260101_0000()))))
            (e_day() AND (ONCE[86399,*) (ONCE[0,*) i_first())) AND (NOT (EXISTS s. ((s <- SUM a (ONCE[0,86399] (k_truck__entered(i, p, a)))) AND (s >= 600000)))))
            aid: the tolerance is not in the formula: every missed window is reported
            aid: a civil day is taken as 86400 seconds before e_day(); where the clock changes it is longer or shorter
            aid: 'quota' changes with time; its first value 600 is used throughout
        "#]],
    );
}

#[test]
fn matches_bodies_and_dates() {
    check(
        "provision answer \"5\"\n  quote \"q\"\n  south must match 15 truck.entered for each 1 prisoner by north\n  assume within 5 days \"none\"\n\
         provision rule \"9\"\n  quote \"q\"\n  north must establish board as ready\n  by 2026-01-01\n  unless breached answer\n\
         provision late \"9\"\n  quote \"q\"\n  north must deliver 2 fire\n  when 3 days after count fire at least 5\n  within 5 calendar days\n",
        expect![[r#"
            ((k_prisoner(_, "north", _) OR k_prisoner(_, "", _)) AND ((ONCE[0,*) i_first())) AND (EXISTS x, y. ((x <- SUM a (ONCE[0,*) (k_prisoner(i, "north", a) OR k_prisoner(i, "", a)))) AND (y <- SUM b ((ONCE[0,*) (k_truck__entered(j, "south", b) OR k_truck__entered(j, "", b))) OR (EVENTUALLY[0,432000] (k_truck__entered(j, "south", b) OR k_truck__entered(j, "", b))))) AND (y < (15000 * (x / 1000))))))
            (t_20260102_0000() AND (ONCE[0,*) i_first()) AND (NOT (ONCE[0,*) breached_answer())) AND (NOT (ONCE[0,*) (EXISTS i, p, a. k_board(i, p, a)))))
            (((ONCE[259200,*) (EXISTS s. ((s <- SUM a (ONCE[0,*) k_fire(i, p, a))) AND (s >= 5000)))) AND (NOT (PREVIOUS[0,*) (ONCE[259200,*) (EXISTS s. ((s <- SUM a (ONCE[0,*) k_fire(i, p, a))) AND (s >= 5000))))))) AND (ONCE[259200,*) (EXISTS s. ((s <- SUM a (ONCE[0,*) k_fire(i, p, a))) AND (s >= 5000)))) AND (NOT ((EXISTS s. ((s <- SUM a ((ONCE[0,*) ((k_fire(i, "north", a) OR k_fire(i, "", a)) AND (ONCE[259200,*) (EXISTS s. ((s <- SUM a (ONCE[0,*) k_fire(i, p, a))) AND (s >= 5000)))))) OR (EVENTUALLY[0,518400] ((k_fire(i, "north", a) OR k_fire(i, "", a)) AND (ONCE[259200,*) (EXISTS s. ((s <- SUM a (ONCE[0,*) k_fire(i, p, a))) AND (s >= 5000)))))))) AND (s >= 2000))))))
            answer: the deadline is an assumption: none
            answer: whole units of the burden are counted with the monitor's division of integers
            rule: that 'board' is ready is not told apart from its establishment
            rule: the log says with breached_answer() when 'answer' is breached
            rule: a guard or excuse holds from the time it first holds on
            late: the log needs a time point when a time after a condition is over, or the start is seen late
            late: '5 calendar days' ends with a civil day; the formula waits for the longest case, 6 days of 24 hours
        "#]],
    );
}

#[test]
fn names_stay_apart() {
    let names = ["a.b", "a_b", "a__b", "a-b", "a.u5F_b", "a_u5F_b", "שלום", "A", "a"];
    let mangled: std::collections::BTreeSet<String> = names.iter().map(|name| mangle(name)).collect();
    assert_eq!(mangled.len(), names.len());
    assert!(mangled.iter().all(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')));
}
