//! Counts of monitoring reports: invented ones, and the real ones where they are at hand.

use std::fs;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use servanda_language::Analysis;
use servanda_model::{DateBasis, Number, Tense};
use servanda_read::prose::dates::dates;
use servanda_read::prose::quantities::quantities_beside;
use servanda_read::prose::tallies::{Tally, tallies};
use servanda_read::prose::{Block, Calendar};
use servanda_read::{Clock, input, read_document};

fn tallies_of(text: &str, blocks: &[Block], published: Option<Calendar>) -> Vec<Tally> {
    let dates = dates(text, published, &|_| Tense::Past);
    let quantities = quantities_beside(text, &dates);
    tallies(text, blocks, &Analysis::default(), &dates, &quantities)
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
            401<=?<=? shot 2031-03-22..2031-04-04 inferred before 312
        "#]],
    );
    check(
        "From 5 to 18 April the watch recorded about 90 shots, including 45 explosions, compared with 800 and 278, \
         respectively, in the previous two weeks.",
        published,
        expect![[r#"
            ?<=90<=?~ shot 2031-04-05..2031-04-18
            45 explosion 2031-04-05..2031-04-18 part of 90
            800 shot 2031-03-22..2031-04-04 inferred before 90
            278 explosion 2031-03-22..2031-04-04 inferred before 45
        "#]],
    );
    check(
        "From 5 to 11 April the watch recorded about 90 shots, including 45 explosions. This compares with about 98 and \
         27, respectively, in the previous week.",
        published,
        expect![[r#"
            ?<=90<=?~ shot 2031-04-05..2031-04-11
            45 explosion 2031-04-05..2031-04-11 part of 90
            ?<=98<=?~ shot 2031-03-29..2031-04-04 inferred before 90
            27 explosion 2031-03-29..2031-04-04 inferred before 45
        "#]],
    );
    check(
        "The watch recorded almost 1,200 shots (over 1,300 in the previous two-week period) between 5 and 18 April.",
        published,
        expect![[r#"
            ?<=1200<=1200~ shot 2031-04-05..2031-04-18
            1301<=?<=? shot 2031-03-22..2031-04-04 inferred before 1200
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
            51 cannon 2031-03-22..2031-04-04 inferred before 73
            11 cannon 2031-04-05..2031-04-18 inferred [in the West valley] part of 73
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
