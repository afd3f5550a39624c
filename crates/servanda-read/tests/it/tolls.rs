//! Figures of people killed, hurt, held and moved: each with its own claim, bounds and what befell them.

use expect_test::{Expect, expect};
use servanda_model::{Measure, Number};

use crate::reader::read;

fn check(text: &str, expected: Expect) {
    let reading = read(text, Some("2025-10-22"));
    let bound = |bound: Option<Number>| bound.map(|n| n.to_string()).unwrap_or_default();
    let mut lines = String::new();
    for read in &reading.claims {
        let claim = &read.claim;
        lines.push_str(&claim.quote);
        for one in &claim.quantities {
            let amount = match one.best {
                Some(best) => best.to_string(),
                None => format!("{}..{}", bound(one.low), bound(one.high)),
            };
            let role = one.role.as_ref().map(|role| format!(" {role}")).unwrap_or_default();
            let approx = if one.approx { "~" } else { "" };
            lines.push_str(&format!(" | {approx}{amount} {}{role}", one.unit));
        }
        if claim.measure == Measure::Total {
            lines.push_str(" | total");
        }
        if let Some(date) = claim.date.as_ref().and_then(|date| date.start.as_ref()) {
            lines.push_str(&format!(" | {date}"));
        }
        lines.push('\n');
    }
    expected.assert_eq(&lines);
}

#[test]
fn bare_numbers_beside_verbs_of_harm_count_people() {
    check(
        "The first blast killed five and wounded 110.",
        expect![[r#"
        The first blast killed five | 5 person killed
        wounded 110 | 110 person injured
    "#]],
    );
    check(
        "A gunman injured twelve more in Millbridge.",
        expect![[r#"
        A gunman injured twelve more in Millbridge | 12 person injured
    "#]],
    );
    check(
        "At least 20 were killed in the valley.",
        expect![[r#"
        At least 20 were killed in the valley | 20.. person killed
    "#]],
    );
    check(
        "The governor said 190 were dead and more than 300 were missing.",
        expect![[r#"
        190 were dead | 190 person killed
        more than 300 were missing | 301.. person
    "#]],
    );
    check(
        "Eleven were shot and killed near the mill.",
        expect![[r#"
        Eleven were shot | 11 person killed
        killed near the mill
    "#]],
    );
    check(
        "The quake has killed nearly 400 so far.",
        expect![[r#"
            The quake has killed nearly 400 so far | ~400 person killed
        "#]],
    );
    check(
        "Up to 60 were hurt when the stand collapsed.",
        expect![[r#"
        Up to 60 were hurt when the stand collapsed | ..60 person injured
        the stand collapsed
    "#]],
    );
    check(
        "Nine died in hospital.",
        expect![[r#"
        Nine died in hospital | 9 person killed
    "#]],
    );
    check(
        "Floods in the valley drowned sixteen.",
        expect![[r#"
        Floods in the valley drowned sixteen | 16 person killed
    "#]],
    );
    check(
        "Rockets wounded several others near the bridge.",
        expect![[r#"
        Rockets wounded several others near the bridge | ~2.. person injured
    "#]],
    );
}

#[test]
fn so_do_those_who_are_held_freed_or_moved() {
    check(
        "The militia detained 14 and later freed two each from Millbridge and Highgate.",
        expect![[r#"
        The militia detained 14 | 14 person
        later freed two each from Millbridge and Highgate | 2 person
    "#]],
    );
    check(
        "Hundreds fled the village.",
        expect![[r#"
        Hundreds fled the village | ~200.. person
    "#]],
    );
    check(
        "Thousands protested in Highgate.",
        expect![[r#"
        Thousands protested in Highgate | ~2000.. person
    "#]],
    );
    check(
        "Some 3,000 have been displaced by the fighting.",
        expect![[r#"
        Some 3,000 have been displaced by the fighting | ~3000 person
    "#]],
    );
    check(
        "Police arrested 45 at the square.",
        expect![[r#"
        Police arrested 45 at the square | 45 person
    "#]],
    );
    check(
        "Boats rescued 70 from the river.",
        expect![[r#"
        Boats rescued 70 from the river | 70 person
    "#]],
    );
    check(
        "The militia freed 12, among them three children.",
        expect![[r#"
        The militia freed 12, among them three children | 12 person | 3 person part:children
    "#]],
    );
}

#[test]
fn the_dead_and_the_hurt_are_two_claims() {
    check(
        "The shelling of Millbridge left 15 dead, 40 injured on Monday.",
        expect![[r#"
        The shelling of Millbridge left 15 dead | 15 person | 2025-10-20
        40 injured on Monday | 40 person injured | 2025-10-20
    "#]],
    );
    check(
        "Gunmen stormed the school, killing at least four people and wounding dozens.",
        expect![[r#"
        Gunmen stormed the school, killing at least four people and wounding dozens
        killing at least four people | 4.. person killed
        wounding dozens | ~24.. person injured
    "#]],
    );
    check(
        "The strike killed six and wounded several others.",
        expect![[r#"
        The strike killed six | 6 person killed
        wounded several others | ~2.. person injured
    "#]],
    );
    check(
        "The raid left three dead and several hurt.",
        expect![[r#"
        The raid left three dead | 3 person killed
        several hurt | ~2.. person injured
    "#]],
    );
    check(
        "Two bombs killed at least 20 people and wounded 110 in Millbridge on Sunday, officials said.",
        expect![[r#"
            Two bombs killed at least 20 people | 20.. person killed | 2 bomb further | 2025-10-19
            wounded 110 in Millbridge on Sunday | 110 person injured | 2025-10-19
        "#]],
    );
}

#[test]
fn parts_are_no_tolls_of_their_own() {
    check(
        "Ten people, including two children, were killed when a bus hit a mine.",
        expect![[r#"
        Ten people, including two children, were killed when a bus hit a mine | 10 person killed | 2 person part:children
        a bus hit a mine
    "#]],
    );
    check(
        "The confirmed deaths are fourteen civilians, five soldiers and one sailor.",
        expect![[r#"
        The confirmed deaths are fourteen civilians, five soldiers and one sailor | 14 person part:civilians | 5 person part:soldiers | 1 person part:sailor
    "#]],
    );
    check(
        "The strike killed four medics and two drivers.",
        expect![[r#"
        The strike killed four medics and two drivers | 4 person part:medics | 2 person part:drivers
    "#]],
    );
}

#[test]
fn totals_run() {
    check(
        "The death toll rose to 31.",
        expect![[r#"
        The death toll rose to 31 | 31 person killed | total
    "#]],
    );
    check(
        "A fifth man died in hospital, bringing the total to 31.",
        expect![[r#"
        A fifth man died in hospital, bringing the total to 31 | 31 person killed | total
    "#]],
    );
    check(
        "The ministry revised the toll from 27 to 20.",
        expect![[r#"
            The ministry revised the toll from 27 to 20 | 20 person killed | 27 person further | total
        "#]],
    );
    check(
        "The ministry put the number of deaths at 88.",
        expect![[r#"
        The ministry put the number of deaths at 88 | 88 person killed | total
    "#]],
    );
    check(
        "A death toll of 12 was reported by the ministry.",
        expect![[r#"
        A death toll of 12 was reported by the ministry | 12 person killed
    "#]],
    );
    check(
        "The wounded numbered 12.",
        expect![[r#"
        wounded numbered 12 | 12 person injured
    "#]],
    );
    check(
        "The attack caused 12 deaths and 30 injuries.",
        expect![[r#"
        The attack caused 12 deaths | 12 person killed
        30 injuries | 30 person injured
    "#]],
    );
}

#[test]
fn headlines_tell_tolls_too() {
    check(
        "# Bombs kill at least 20 at market\n\nThe market was closed.",
        expect![[r#"
        Bombs kill at least 20 at market | 20.. person killed
        The market was closed
    "#]],
    );
    check(
        "# Bus crash kills dozens in Upland\n\nThe road was closed.",
        expect![[r#"
        Bus crash kills dozens in Upland | ~24.. person killed
        The road was closed
    "#]],
    );
    check(
        "# Attack in Upland leaves 12 dead\n\nThe road was closed.",
        expect![[r#"
        Attack in Upland leaves 12 dead | 12 person killed
        The road was closed
    "#]],
    );
}

#[test]
fn other_numbers_stay_what_they_are() {
    check(
        "Parliament voted 60 to 40 for the law.",
        expect![[r#"
        Parliament voted 60 to 40 for the law
    "#]],
    );
    check(
        "Shells hit 12 houses in Millbridge.",
        expect![[r#"
        Shells hit 12 houses in Millbridge | 12 house
    "#]],
    );
    check(
        "Rescuers found 35 bodies in the rubble.",
        expect![[r#"
        Rescuers found 35 bodies in the rubble | 35 body
    "#]],
    );
    check(
        "The drought killed 300 cattle.",
        expect![[r#"
        The drought killed 300 cattle | 300 cattle
    "#]],
    );
    check(
        "Shells wounded a farmer at 5 p.m. on Monday.",
        expect![[r#"
        Shells wounded a farmer at 5 p.m. on Monday | 2025-10-20
    "#]],
    );
    check(
        "In 2019 the floods returned to the valley.",
        expect![[r#"
        In 2019 the floods returned to the valley | 2019-01-01
    "#]],
    );
}

#[test]
fn who_claims_or_denies_a_deed_is_who_would_have_acted() {
    for text in
        ["Lowland claimed responsibility for the bombing.", "Lowland denied responsibility for the bombing."]
    {
        let reading = read(text, Some("2025-10-22"));
        let claim = &reading.claims[0].claim;
        assert_eq!(claim.speaker.as_ref().map(|name| name.as_str()), Some("lowland"), "{text}");
        assert_eq!(claim.actors.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["lowland"], "{text}");
    }
}
