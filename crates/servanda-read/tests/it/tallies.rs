//! Counts of monitoring reports: invented ones, and the real ones where they are at hand.

use std::fs;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use servanda_language::{Model, analyse};
use servanda_model::{DateBasis, Number, Tense};
use servanda_read::prose::dates::dates;
use servanda_read::prose::quantities::quantities_beside;
use servanda_read::prose::tallies::{Tally, tallies};
use servanda_read::prose::{Block, Calendar};
use servanda_read::{Clock, input, read_document};

fn tallies_of(text: &str, blocks: &[Block], published: Option<Calendar>) -> Vec<Tally> {
    let dates = dates(text, published, &|_| Tense::Past);
    let quantities = quantities_beside(text, &dates);
    let read: Vec<std::ops::Range<usize>> = if blocks.is_empty() {
        std::iter::once(0..text.len()).collect()
    } else {
        blocks
            .iter()
            .filter(|block| block.role.is_read())
            .map(|block| block.span.start..block.span.end)
            .collect()
    };
    let analysis = analyse(Model::builtin(), text, &read);
    tallies(text, blocks, &analysis, &dates, &quantities, published)
}

fn line(text: &str, tally: &Tally, all: &[Tally]) -> String {
    let number = |value: Option<Number>| value.map_or("?".to_owned(), |value| value.to_string());
    let quantity = &tally.quantity;
    let figure = if quantity.low == quantity.high && quantity.low.is_some() {
        number(quantity.best)
    } else {
        format!("{}<={}<={}", number(quantity.low), number(quantity.best), number(quantity.high))
    };
    let window = tally.window.map_or("?".to_owned(), |(from, to)| format!("{from}..{to}"));
    let basis = if tally.basis == DateBasis::Inferred { " inferred" } else { "" };
    let mut notes = String::new();
    if tally.is_running {
        notes += " running";
    }
    for area in &tally.areas {
        notes += &format!(
            " [{}]",
            area.of(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }
    for limit in &tally.limits {
        notes += &format!(" only '{}'", limit.of(text).unwrap_or_default());
    }
    if tally.is_none {
        notes += " in words";
    }
    if let Some(whole) = tally.part_of {
        notes += &format!(" part of {}", number(all[whole].quantity.best.or(all[whole].quantity.low)));
    }
    if let Some(later) = tally.previous_of {
        notes += &format!(" before {}", number(all[later].quantity.best.or(all[later].quantity.low)));
    }
    format!("{figure}{} {} {window}{basis}{notes}\n", if quantity.approx { "~" } else { "" }, tally.what)
}

fn shown(text: &str, published: Option<Calendar>) -> String {
    let all = tallies_of(text, &[], published);
    all.iter().map(|tally| line(text, tally, &all)).collect()
}

fn check(text: &str, published: Option<Calendar>, expected: Expect) {
    expected.assert_eq(&shown(text, published));
}

#[test]
fn a_figure_is_compared_with_the_period_before() {
    let published = Some(jiff::civil::date(2031, 4, 20));
    check(
        "Between 5 and 18 April, the watch recorded 312 shots, compared with over 400 in the previous two-week period.",
        published,
        expect![[r#"
            312 shot 2031-04-05..2031-04-18
            401<=?<=? shot 2031-03-22..2031-04-04 before 312
        "#]],
    );
    check(
        "From 5 to 18 April the watch recorded about 90 shots, including 45 explosions, compared with 800 and 278, \
         respectively, in the previous two weeks.",
        published,
        expect![[r#"
            ?<=90<=?~ shot 2031-04-05..2031-04-18
            45 explosion 2031-04-05..2031-04-18 part of 90
            800 shot 2031-03-22..2031-04-04 before 90
            278 explosion 2031-03-22..2031-04-04 before 45
        "#]],
    );
    check(
        "From 5 to 11 April the watch recorded about 90 shots, including 45 explosions. This compares with about 98 and \
         27, respectively, in the previous week.",
        published,
        expect![[r#"
            ?<=90<=?~ shot 2031-04-05..2031-04-11
            45 explosion 2031-04-05..2031-04-11 part of 90
            ?<=98<=?~ shot 2031-03-29..2031-04-04 before 90
            27 explosion 2031-03-29..2031-04-04 before 45
        "#]],
    );
    check(
        "The watch recorded almost 1,200 shots (over 1,300 in the previous two-week period) between 5 and 18 April.",
        published,
        expect![[r#"
            ?<=1200<=1200~ shot 2031-04-05..2031-04-18
            1301<=?<=? shot 2031-03-22..2031-04-04 before 1200
        "#]],
    );
}

#[test]
fn parts_and_areas_stay_apart_from_totals() {
    let published = Some(jiff::civil::date(2031, 4, 20));
    check(
        "Between 5 and 18 April, the watch saw nothing. It observed 90 mortars behind the line (58 in areas of the South). \
         It recorded 73 cannons, compared to 51 in the previous two-week period: 11 in the West valley and 62 in the East \
         valley.",
        published,
        expect![[r#"
            90 mortar 2031-04-05..2031-04-18 inferred
            58 mortar 2031-04-05..2031-04-18 inferred [in areas of the South] part of 90
            73 cannon 2031-04-05..2031-04-18 inferred
            51 cannon 2031-03-22..2031-04-04 before 73
            11 cannon 2031-04-05..2031-04-18 inferred [in the West valley] part of 73
            62 cannon 2031-04-05..2031-04-18 inferred [in the East valley] part of 73
        "#]],
    );
    check(
        "During the reporting period from 5 to 18 April the watch confirmed 12 shots in the West valley.",
        published,
        expect![[r#"
            12 shot 2031-04-05..2031-04-18 [in the West valley]
        "#]],
    );
}

#[test]
fn running_totals_begin_where_the_words_say() {
    check(
        "Between 5 and 18 April, the watch confirmed two civilian casualties. This brings the total number of civilian \
         casualties since the beginning of 2031 to 85 (16 fatalities and 69 injured).",
        None,
        expect![[r#"
            2 civilian casualty 2031-04-05..2031-04-18 inferred
            85 civilian casualty 2031-01-01..2031-04-18 running
            16 fatality 2031-01-01..2031-04-18 running part of 85
            69 injured 2031-01-01..2031-04-18 running part of 85
        "#]],
    );
    check(
        "Status report as of 20 April 2031. Between 5 and 18 April the watch confirmed one death, bringing the total since \
         1 January to 44: six fatalities and 38 injured. The watch recorded 30 shots on 7 April.",
        None,
        expect![[r#"
            1 death 2031-04-05..2031-04-18 inferred
            44 death 2031-01-01..2031-04-18 inferred running
            6 fatality 2031-01-01..2031-04-18 inferred running part of 44
            38 injured 2031-01-01..2031-04-18 inferred running part of 44
            30 shot 2031-04-07..2031-04-07 inferred
        "#]],
    );
    check(
        "Between 5 and 18 April the watch recorded 30 shots.",
        None,
        expect![[r#"
        30 shot ?
    "#]],
    );
}

#[test]
fn reports_of_many_sorts_name_their_windows() {
    let published = Some(jiff::civil::date(2031, 10, 5));
    check(
        "During the reporting period, from 1 July to 30 September 2031, the Mission recorded 214 violations of the cessation of hostilities, compared with 187 \
         in the previous quarter. Of these, 40 per cent were recorded in the Upper valley. The Mission conducted 1,312 patrols and was denied access on 23 occasions.",
        published,
        expect![[r#"
            214 violation 2031-07-01..2031-09-30
            187 violation 2031-04-01..2031-06-30 before 214
            1312 patrol ?
        "#]],
    );
    check(
        "In the week ending 12 June, the Truce Committee verified 31 breaches, up from 19 the week before. In the 24 hours to 6 p.m. on 12 June, no breaches were recorded.",
        published,
        expect![[r#"
            31 breach 2031-06-06..2031-06-12
            19 breach 2031-05-30..2031-06-05 before 31
            0 breach 2031-06-11..2031-06-12 in words
        "#]],
    );
    check(
        "Between the evenings of 2 and 4 May, the observers counted at least 85 explosions and about 240 bursts, including 12 explosions (previously 9) inside the disengagement area.",
        published,
        expect![[r#"
            85<=?<=? explosion 2031-05-02..2031-05-04
            ?<=240<=?~ burst 2031-05-02..2031-05-04
            12 explosion 2031-05-02..2031-05-04
            9 explosion 2031-04-29..2031-05-01 inferred before 12
        "#]],
    );
    check(
        "In the 24 hours to 18:00 on 3 May, the team recorded 17 violations in the Upland sector and nine in the Lowland sector.",
        published,
        expect![[r#"
            17 violation 2031-05-02..2031-05-03 [in the Upland sector]
            9 violation 2031-05-02..2031-05-03 [in the Lowland sector]
        "#]],
    );
    check(
        "In 2031 to date, the mission has recorded 4,310 violations, of which 86 were fatal.",
        published,
        expect![[r#"
            4310 violation 2031-01-01..2031-10-05 running
            86 violation 2031-01-01..2031-10-05 running part of 4310
        "#]],
    );
    check(
        "A total of 1,020 violations have been recorded since the truce took effect on 10 October 2030, including 31 in the past week.",
        published,
        expect![[r#"
            1020 violation 2030-10-10..2031-10-05 running
            31 violation 2031-09-22..2031-09-28 part of 1020
        "#]],
    );
    check(
        "The mission recorded zero violations on 7 April and four on 8 April.",
        published,
        expect![[r#"
        0 violation 2031-04-07..2031-04-07
        4 violation 2031-04-08..2031-04-08
    "#]],
    );
    check(
        "From 3 to 9 April the watch recorded 256 violations. Most were observed on 3 and 5 April – 111 and 101, respectively – and few later.",
        published,
        expect![[r#"
            256 violation 2031-04-03..2031-04-09
            111 violation 2031-04-03..2031-04-03 inferred
            101 violation 2031-04-05..2031-04-05 inferred
        "#]],
    );
    check(
        "Of note, a spike of 175 violations (more than 150 of them assessed as exercises) was recorded on 15 April.",
        published,
        expect![[r#"
            175 violation 2031-04-15..2031-04-15
            151<=?<=? violation 2031-04-15..2031-04-15 part of 175
        "#]],
    );
}

#[test]
fn lists_and_sub_areas_stay_parts() {
    let published = Some(jiff::civil::date(2031, 10, 5));
    check(
        "The team recorded 98 violations between 10 and 16 March: 43 in Upland region and 55 in Lowland region.",
        published,
        expect![[r#"
            98 violation 2031-03-10..2031-03-16
            43 violation 2031-03-10..2031-03-16 [in Upland region] part of 98
            55 violation 2031-03-10..2031-03-16 [in Lowland region] part of 98
        "#]],
    );
    check(
        "Between 3 and 9 April the team recorded 98 violations. Of the 98 violations, 60 were in the Upper valley and 38 in the Lower valley.",
        published,
        expect![[r#"
            98 violation 2031-04-03..2031-04-09
            60 violation 2031-04-03..2031-04-09 [in the Upper valley] part of 98
            38 violation 2031-04-03..2031-04-09 [in the Lower valley] part of 98
        "#]],
    );
    check(
        "From 3 to 9 April the Joint Committee received 27 complaints, 19 from the North and eight from the South, and confirmed 11 of them.",
        published,
        expect![[r#"
            27 complaint 2031-04-03..2031-04-09
        "#]],
    );
    check(
        "From 3 to 9 April, the mission documented 51 civilian casualties (14 killed and 37 injured): 30 from shelling, 12 from mines and nine from small-arms fire.",
        published,
        expect![[r#"
            51 civilian casualty 2031-04-03..2031-04-09
            14 killed 2031-04-03..2031-04-09 part of 51
            37 injured 2031-04-03..2031-04-09 part of 51
            30 civilian casualty 2031-04-03..2031-04-09 only 'from shelling' part of 51
            12 civilian casualty 2031-04-03..2031-04-09 only 'from mines' part of 51
            9 civilian casualty 2031-04-03..2031-04-09 only 'from small-arms fire' part of 51
        "#]],
    );
    check(
        "Since 1 January, the mission has confirmed that 61 civilians were killed and 204 injured, of whom 12 were children.",
        published,
        expect![[r#"
            61 civilian 2031-01-01..2031-10-05 running
            204 injured 2031-01-01..2031-10-05 running
            12 injured 2031-01-01..2031-10-05 running part of 204
        "#]],
    );
    check(
        "The force observed a total of 44 air violations, 12 ground violations and three weapons inside the zone between 21 June and 20 September.",
        published,
        expect![[r#"
            44 air violation 2031-06-21..2031-09-20
            12 ground violation 2031-06-21..2031-09-20
            3 weapon 2031-06-21..2031-09-20 [inside the zone]
        "#]],
    );
}

#[test]
fn what_was_before_is_compared() {
    let published = Some(jiff::civil::date(2031, 10, 5));
    check(
        "Last week monitors logged 12 incidents (previous week: 20).",
        published,
        expect![[r#"
        12 incident 2031-09-22..2031-09-28
        20 incident 2031-09-15..2031-09-21 inferred before 12
    "#]],
    );
    check(
        "The mission's patrols were denied access 14 times in March, against nine times in February.",
        published,
        expect![[r#"
            14 times denied 2031-03-01..2031-03-31
            9 times denied 2031-02-01..2031-02-28 before 14
        "#]],
    );
    check(
        "The reporting period (16-31 March) saw 320 shots, down from 410. Seven patrols were stopped.",
        published,
        expect![[r#"
            320 shot 2031-03-16..2031-03-31
            410 shot 2031-02-28..2031-03-15 inferred before 320
        "#]],
    );
    check(
        "Between 5 and 18 April, the watch recorded fewer violations in Upland region (112, compared with 160 in the previous period) and more in Lowland region (75, compared with 41).",
        published,
        expect![[r#"
            112 violation 2031-04-05..2031-04-18 [in Upland region]
            160 violation 2031-03-22..2031-04-04 [in Upland region] before 112
            75 violation 2031-04-05..2031-04-18 [in Lowland region]
            41 violation 2031-03-22..2031-04-04 inferred [in Lowland region] before 75
        "#]],
    );
    check(
        "Between 3 and 9 April the mission recorded 15 per cent fewer violations than in the week before. The number of violations fell by 15 per cent, from 120 to 102, compared with the previous month.",
        published,
        expect![""],
    );
}

#[test]
fn none_is_a_figure_where_what_is_counted_is_named() {
    let published = Some(jiff::civil::date(2031, 10, 5));
    check(
        "No ceasefire violations were recorded during the reporting period from 3 to 9 April.",
        published,
        expect![[r#"
            0 ceasefire violation 2031-04-03..2031-04-09 in words
        "#]],
    );
    check(
        "Between 3 and 9 April the team recorded 40 violations. It recorded no violations inside the disengagement area. There were days when no violations were recorded.",
        published,
        expect![[r#"
            40 violation 2031-04-03..2031-04-09
            0 violation 2031-04-03..2031-04-09 inferred [inside the disengagement area] in words
            0 violation 2031-04-03..2031-04-09 inferred only 'There were days when' in words
        "#]],
    );
    check(
        "Between 3 and 9 April the team monitored the camp near the river, registering no incidents. It has not observed any withdrawal of weapons. The team did not record any ceasefire violations attributable to drones.",
        published,
        expect![[r#"
            0 incident 2031-04-03..2031-04-09 [near the river] in words
            0 ceasefire violation 2031-04-03..2031-04-09 inferred only 'attributable to drones' in words
        "#]],
    );
    check(
        "Between 3 and 9 April there was no patrol report on the road, and no progress was made.",
        published,
        expect![""],
    );
}

/// The folder of reports that nobody of this project wrote; `None` where it is absent.
fn reports() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let beside = [root.join("../../../shared"), PathBuf::from("/work/shared")];
    beside.into_iter().map(|shared| shared.join("data/minsk/reports")).find(|dir| dir.is_dir())
}

fn report_lines(n: u32) -> Option<String> {
    let path = reports()?.join(format!("report_UA_{n}.html"));
    let bytes = fs::read(&path).expect("a report");
    let (document, _) = read_document(&path.to_string_lossy(), &bytes, &Clock::utc(), None);
    let (articles, _) = input::articles(&document, &Clock::utc());
    let mut lines = String::new();
    for article in articles {
        let prose = &article.prose;
        let all = tallies_of(&prose.text, &prose.blocks, article.published_on);
        lines.extend(all.iter().map(|tally| line(&prose.text, tally, &all)));
    }
    Some(lines)
}

/// Figures as we read them in the reports: number of the report, and how the tally is shown.
const FIGURES: &[(u32, &str)] = &[
    (1, "7333 ceasefire violation 2021-11-15..2021-11-28"),
    (1, "7839 ceasefire violation 2021-11-01..2021-11-14"),
    (1, "62 times restricted 2021-11-15..2021-11-28"),
    (1, "85 civilian casualty 2021-01-01..2021-11-28 running"),
    (1, "16 fatality 2021-01-01..2021-11-28 running part of 85"),
    (1, "69 injured 2021-01-01..2021-11-28 running part of 85"),
    (7, "18001<=?<=? ceasefire violation 2018-10-29..2018-11-11"),
    (7, "58 weapon 2018-10-29..2018-11-11 inferred [in areas not controlled by the Government] part of 89"),
    (7, "216 civilian casualty 2018-01-01..2018-11-11"),
    (8, "2048 ceasefire violation 2021-02-08..2021-02-21"),
    (8, "1697 ceasefire violation 2021-01-25..2021-02-07"),
    (9, "256 ceasefire violation 2020-07-27..2020-08-09"),
    (9, "8094 ceasefire violation 2020-07-13..2020-07-26"),
    (9, "45 explosion 2020-07-27..2020-08-09 inferred part of 256"),
    (9, "2078 explosion 2020-07-13..2020-07-26"),
    (9, "61 civilian casualty 2020-01-01..2020-08-09 running"),
    (11, "?<=15700<=15700~ ceasefire violation 2019-02-25..2019-03-10"),
    (11, "23001<=?<=? ceasefire violation 2019-02-11..2019-02-24"),
    (11, "14 civilian casualty 2019-01-01..2019-03-10"),
    (13, "341 ceasefire violation 2020-11-16..2020-11-29"),
    (13, "468 ceasefire violation 2020-11-02..2020-11-15"),
    (15, "357 civilian casualty 2017-01-01..2017-08-20 running"),
    (16, "?<=10500<=?~ ceasefire violation 2020-05-04..2020-05-17"),
    (16, "?<=9800<=?~ ceasefire violation 2020-04-20..2020-05-03"),
    (16, "2750 explosion 2020-04-20..2020-05-03"),
    (23, "7322 ceasefire violation 2021-11-29..2021-12-12"),
    (23, "7333 ceasefire violation 2021-11-15..2021-11-28"),
    (23, "88 civilian casualty 2021-01-01..2021-12-12 running"),
    (24, "215 ceasefire violation 2020-10-05..2020-10-18"),
    (24, "429 ceasefire violation 2020-09-21..2020-10-04"),
    (27, "?<=12000<=12000~ ceasefire violation 2019-04-22..2019-05-05"),
    (27, "13001<=?<=? ceasefire violation 2019-04-08..2019-04-21"),
    (27, "33 civilian casualty 2019-01-01..2019-05-05 running"),
    (29, "3828 ceasefire violation 2021-04-05..2021-04-18"),
    (29, "3922 ceasefire violation 2021-03-22..2021-04-04"),
];

#[test]
fn the_real_reports_give_the_figures_that_a_reader_finds_in_them() {
    let mut missing = String::new();
    for (n, figure) in FIGURES {
        let Some(lines) = report_lines(*n) else { return };
        if !lines.lines().any(|line| line.starts_with(figure)) {
            missing += &format!("report {n}: {figure}\n  has: {}\n", lines.replace('\n', "\n       "));
        }
    }
    assert_eq!(missing, "");
}

#[test]
fn the_year_is_never_invented() {
    // Reports that name no year: their windows stay open.
    for n in [3, 20, 30] {
        let Some(lines) = report_lines(n) else { return };
        assert!(lines.lines().all(|line| !line.contains("..20")), "report {n}: {lines}");
    }
}
