//! Acts of those who belong to a party for a time only.

use expect_test::{Expect, expect};
use servanda_assess::Context;
use servanda_assess::status::Engine;
use servanda_model::*;

use crate::equal::question;
use crate::random::{Dress, N_DAYS, Rng, Wish, case};
use crate::world::{agreement, ledger, line, moment};

fn actor(id: &str, memberships: &[(&str, Option<&str>, Option<&str>)]) -> Actor {
    let membership = |(of, since, until): &(&str, Option<&str>, Option<&str>)| Membership {
        of: (*of).into(),
        since: since.map(str::to_owned),
        until: until.map(str::to_owned),
    };
    Actor { id: id.into(), member_of: memberships.iter().map(membership).collect(), ..Actor::default() }
}

fn check(actors: &[Actor], clock: &str, record: &str, expected: Expect) {
    let pact = format!(
        "pact test \"A test\"\nclock {clock}\ninstrument text \"The text\" adopted 2025-01-01\n\
         party north \"North\"\nparty south \"South\"\nkind shot \"shots\"\nkind parcel \"parcels\" counts parcel\n\
         provision quiet \"point 1\"\n  paraphrase \"no shots\"\n  north, south must not shot\n\
         provision parcels \"point 2\"\n  paraphrase \"parcels\"\n  north must deliver 10 parcel to south\n  no deadline\n"
    );
    let ledger = ledger(record);
    let at = moment("2025-03-01", true);
    let context = Context::new(actors, &[]);
    let mut engine = Engine::new(agreement(&pact), Standpoint::all_sources(), context).expect("a clock");
    engine.load(&ledger.as_of(at));
    let found = engine.findings(&ledger.as_of(at), &question(at.ms()));
    expected.assert_eq(&found.iter().map(|finding| line(finding) + "\n").collect::<String>());
}

#[test]
fn what_a_member_did_counts_for_the_time_of_its_membership() {
    let wing = [actor("wing", &[("north", Some("2025-01-10"), Some("2025-01-20"))])];
    check(
        &wing,
        "UTC",
        "2025-01-09T12:00 shot by wing
         2025-01-10T00:00 shot by wing
         2025-01-20T23:59 shot by wing
         2025-01-21T00:00 shot by wing
         2025-01-15T12:00 parcel 4 by wing
         2025-02-15T12:00 parcel 6 by wing",
        expect![[r#"
            quiet north: in force, reported breach x2..2 [reported_breach]
            quiet south: in force
            parcels north: in force, 4 of 10, level 2 [no_deadline]
        "#]],
    );
    // In the clock of the agreement a day begins three hours earlier.
    check(
        &wing,
        "Etc/GMT-3",
        "2025-01-09T21:00 shot by wing\n2025-01-20T21:00 shot by wing",
        expect![[r#"
        quiet north: in force, reported breach x1..1 [reported_breach]
        quiet south: in force
        parcels north: in force, 0 of 10, level 0 [no_deadline]
    "#]],
    );
}

/// A vague date that straddles a change of sides: whose act it was is in doubt.
#[test]
fn a_date_on_both_sides_of_a_change_leaves_doubt() {
    let wing = [actor("wing", &[("south", None, Some("2025-01-14")), ("north", Some("2025-01-15"), None)])];
    check(
        &wing,
        "UTC",
        "2025-01-14/2025-01-15 shot by wing",
        expect![[r#"
        quiet north: contested in force | in force, in force as reported, disputed breach x0..1 [contested reported_breach]
        quiet south: contested in force | in force, in force as reported, disputed breach x0..1 [contested reported_breach]
        parcels north: in force, 0 of 10, level 0 [no_deadline]
    "#]],
    );
    check(
        &wing,
        "UTC",
        "2025-01-14 shot by wing\n2025-01-15 shot by wing",
        expect![[r#"
        quiet north: in force, reported breach x1..1 [reported_breach]
        quiet south: in force, reported breach x1..1 [reported_breach]
        parcels north: in force, 0 of 10, level 0 [no_deadline]
    "#]],
    );
    check(
        &wing,
        "UTC",
        "2025-01-10/2025-01-16 parcel 10 by wing",
        expect![[r#"
        quiet north: in force
        quiet south: in force
        parcels north: contested in force | fulfilled, fulfilled as reported, 0..10 of 10, level 3 [contested]
    "#]],
    );
    // With another who surely belongs there is no doubt.
    check(
        &wing,
        "UTC",
        "2025-01-14/2025-01-15 shot by wing,north",
        expect![[r#"
        quiet north: in force, reported breach x1..1 [reported_breach]
        quiet south: contested in force | in force, in force as reported, disputed breach x0..1 [contested reported_breach]
        parcels north: in force, 0 of 10, level 0 [no_deadline]
    "#]],
    );
}

/// Along a chain of memberships the days count that all of them hold; a circle is harmless.
#[test]
fn a_chain_holds_while_all_its_links_do() {
    let actors = [
        actor("unit", &[("wing", Some("2025-01-05"), None), ("ring", None, None)]),
        actor("wing", &[("north", None, Some("2025-01-10"))]),
        actor("ring", &[("unit", Some("2025-01-01"), None)]),
    ];
    let record =
        "2025-01-04T12:00 shot by unit\n2025-01-07T12:00 shot by unit\n2025-01-12T12:00 shot by unit";
    check(
        &actors,
        "UTC",
        record,
        expect![[r#"
        quiet north: in force, reported breach x1..1 [reported_breach]
        quiet south: in force
        parcels north: in force, 0 of 10, level 0 [no_deadline]
    "#]],
    );
    check(
        &actors,
        "UTC",
        &record.replace("unit", "ring"),
        expect![[r#"
        quiet north: in force, reported breach x1..1 [reported_breach]
        quiet south: in force
        parcels north: in force, 0 of 10, level 0 [no_deadline]
    "#]],
    );
}

/// With exact times a dated membership is the same as naming the party while it holds, and another while it does not;
/// fed change by change as well as at once.
#[test]
fn a_dated_membership_is_the_party_by_another_name() {
    let wish = Wish { few_doubts: false, counters: true, n_claims: (10, 40) };
    for number in 0..300 {
        let case = case(number, wish);
        let mut rng = Rng(number);
        let first = rng.below(N_DAYS - 10);
        let last = first + rng.below(30);
        let (mut with, mut plain) = (case.clone(), case.clone());
        for (with, plain) in with.lines.iter_mut().zip(&mut plain.lines) {
            let text = with.text.clone();
            let time = text.split(' ').next().expect("a time");
            let is_exact = time.contains('T') && !time.contains('/');
            if !is_exact || !format!("{text} ").contains(" by north ") {
                continue;
            }
            with.text = format!("{text} ").replace(" by north ", " by wing ").trim().to_owned();
            let at = Dress::default().at(time);
            // In the clock of the agreement.
            let shift = if case.head.contains("Etc/GMT-3") { 3 * HOUR_MS } else { 0 };
            let is_member = Dress::default().at(&format!("@{first}T00:00")) <= at + shift
                && at + shift < Dress::default().at(&format!("@{}T00:00", last + 1));
            if !is_member {
                plain.text = with.text.clone();
            }
        }
        let (with, plain) = (
            with.written(Dress::default(), None).expect("an agreement"),
            plain.written(Dress::default(), None).expect("an agreement"),
        );
        let day = |day: u64| Dress::default().write(&format!("@{day}"));
        let wing = actor("wing", &[("north", Some(&day(first)), Some(&day(last)))]);
        let context = Context::new(&[wing], &[]);
        let at = Dress::default().at(&format!("@{}T{:02}:30", rng.below(N_DAYS + 20), rng.below(24)));
        let known = Instant::from_ms(Dress::default().at("@90T12:00"));
        let view = with.ledger.as_of(known);
        let mut engine =
            Engine::new(with.pact.clone(), case.standpoint.clone(), context.clone()).expect("a clock");
        engine.load(&view);
        let found = engine.findings(&view, &question(at));
        let other = crate::equal::found(&plain, &case.standpoint, known.ms(), at);
        let say = |found: &[Finding]| found.iter().map(|finding| line(finding) + "\n").collect::<String>();
        assert_eq!(say(&found), say(&other), "case {number} from {first} to {last}\n{}", case.show());
        let mut warm = Engine::new(with.pact.clone(), case.standpoint.clone(), context).expect("a clock");
        warm.load(&with.ledger.as_of(Instant::from_ms(0)));
        for change in view.changes() {
            warm.apply(&view, *change);
        }
        assert_eq!(found, warm.findings(&view, &question(at)), "case {number}");
    }
}
