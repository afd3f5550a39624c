//! Dates relative to the day of publication.

use expect_test::{Expect, expect};
use servanda_model::Tense;
use servanda_read::prose::Calendar;
use servanda_read::prose::dates::dates;

/// Wednesday, 22 October 2025.
const PUBLISHED: Option<Calendar> = Some(jiff::civil::date(2025, 10, 22));

fn shown(text: &str, published: Option<Calendar>) -> String {
    let day = |date: Option<Calendar>| date.map_or("?".to_owned(), |date| date.to_string());
    // What is said of the future says "will".
    let lean = |_| if text.contains("will") { Tense::Future } else { Tense::Past };
    let lines = dates(text, published, &lean).into_iter().map(|found| {
        let ends = if found.start == found.end {
            day(found.start)
        } else {
            format!("{}..{}", day(found.start), day(found.end))
        };
        let time = found.seconds.map_or(String::new(), |(from, to)| {
            let clock = |s: u32| format!("{:02}:{:02}", s / 3600, s / 60 % 60);
            if from == to { format!(" {}", clock(from)) } else { format!(" {}-{}", clock(from), clock(to)) }
        });
        let words = found.span.of(text).expect("in bounds");
        format!("{words:?} {ends}{time} {:?} {}\n", found.basis, found.granularity)
    });
    lines.collect()
}

fn check(texts: &[&str], expected: Expect) {
    expected.assert_eq(&texts.iter().map(|text| shown(text, PUBLISHED)).collect::<String>());
}

#[test]
fn explicit_dates() {
    check(
        &[
            "on 15 November 2021, on November 15, 2021, on the 9th of May 2020, Nov. 15, 2021",
            "2021-11-15 and 15.11.2021 and 20211115",
            "on 15 November and on 3 December and on 1 May",
            "in November 2021, in March, in May",
            "in 2014, since the 1990s, in the 21st century, Q3 2024, the first half of 2026, summer 2024",
            "Christmas Eve, Good Friday 2024",
            "Reports 7/2021 and 9/2021 by 13 monitors; 24/7 presence; 1,500 people; in 300 cases",
        ],
        expect![[r#"
            "15 November 2021" 2021-11-15 Explicit day
            "November 15, 2021" 2021-11-15 Explicit day
            "the 9th of May 2020" 2020-05-09 Explicit day
            "Nov. 15, 2021" 2021-11-15 Explicit day
            "2021-11-15" 2021-11-15 Explicit day
            "15.11.2021" 2021-11-15 Explicit day
            "20211115" 2021-11-15 Explicit day
            "15 November" 2025-11-15 Explicit day
            "3 December" 2024-12-03 Explicit day
            "1 May" 2025-05-01 Explicit day
            "November 2021" 2021-11-01..2021-11-30 Explicit month
            "March" 2025-03-01..2025-03-31 Explicit month
            "May" 2025-05-01..2025-05-31 Explicit month
            "2014" 2014-01-01..2014-12-31 Explicit year
            "since the 1990s" 1990-01-01..2025-10-22 Explicit open
            "21st century" 2000-01-01..2099-12-31 Explicit century
            "Q3 2024" 2024-07-01..2024-09-30 Explicit quarter
            "the first half of 2026" 2026-01-01..2026-06-30 Explicit quarter
            "summer 2024" 2024-06-01..2024-08-31 Explicit season
            "Christmas Eve" 2025-12-24 Explicit day
            "Good Friday 2024" 2024-03-29 Explicit day
        "#]],
    );
}

#[test]
fn relative_dates() {
    check(
        &[
            "today, yesterday, the day before yesterday, last night, tomorrow",
            "this week, earlier this week, last week, next month, this month, earlier this year, last year",
            "two weeks ago, three months ago, the past 24 hours, over the past two weeks, the last three days",
            "they will meet in two weeks; they will open it within ten days",
            "60 were hurt in two weeks",
            "in the coming days, in recent weeks",
            "On 4 March the gate opened. The following day it closed. Two days later it opened.",
            "the week of 6 October, the first week of September, the last Friday of September",
            "in late October, in early 2025, mid-September, at the end of the year, by the end of the year",
            "since the beginning of 2021, since 10 October, since the beginning of the year, until 31 March 2018",
            "after 10 October, before 1 November, prior to 2021, by Friday, from 15 October onwards",
        ],
        expect![[r#"
            "today" 2025-10-22 Relative day
            "yesterday" 2025-10-21 Relative day
            "the day before yesterday" 2025-10-20 Relative day
            "last night" 2025-10-21 20:00-23:59 Relative time
            "tomorrow" 2025-10-23 Relative day
            "this week" 2025-10-20..2025-10-22 Relative week
            "earlier this week" 2025-10-20..2025-10-21 Relative range
            "last week" 2025-10-13..2025-10-19 Relative week
            "next month" 2025-11-01..2025-11-30 Relative month
            "this month" 2025-10-01..2025-10-22 Relative month
            "earlier this year" 2025-01-01..2025-10-21 Relative range
            "last year" 2024-01-01..2024-12-31 Relative year
            "two weeks ago" 2025-10-08 Relative week
            "three months ago" 2025-07-22 Relative month
            "the past 24 hours" 2025-10-21..2025-10-22 Relative time
            "the past two weeks" 2025-10-08..2025-10-22 Relative range
            "the last three days" 2025-10-19..2025-10-22 Relative range
            "in two weeks" 2025-11-05 Relative week
            "within ten days" 2025-10-23..2025-11-01 Relative range
            "the coming days" 2025-10-22..? Relative open
            "recent weeks" ?..2025-10-22 Relative open
            "4 March" 2025-03-04 Explicit day
            "The following day" 2025-03-05 Inferred day
            "Two days later" 2025-03-07 Inferred day
            "the week of 6 October" 2025-10-06..2025-10-12 Explicit week
            "the first week of September" 2025-09-01..2025-09-07 Explicit week
            "the last Friday of September" 2025-09-26 Explicit day
            "late October" 2025-10-21..2025-10-31 Explicit range
            "early 2025" 2025-01-01..2025-04-30 Explicit range
            "mid-September" 2025-09-11..2025-09-20 Explicit range
            "end of the year" 2025-09-01..2025-12-31 Relative range
            "by the end of the year" 2025-10-22..2025-12-31 Relative open
            "since the beginning of 2021" 2021-01-01..2025-10-22 Explicit open
            "since 10 October" 2025-10-10..2025-10-22 Explicit open
            "since the beginning of the year" 2025-01-01..2025-10-22 Relative open
            "until 31 March 2018" ?..2018-03-31 Explicit open
            "after 10 October" 2025-10-11..2025-10-22 Explicit open
            "before 1 November" 2025-10-22..2025-10-31 Explicit open
            "prior to 2021" ?..2020-12-31 Explicit open
            "by Friday" ?..2025-10-17 Relative open
            "from 15 October onwards" 2025-10-15..2025-10-22 Explicit open
        "#]],
    );
}

#[test]
fn weekdays_lean_on_the_tense() {
    check(
        &[
            "It was hit on Friday.",
            "It was hit on Wednesday.",
            "They will meet on Friday.",
            "They will meet on Wednesday.",
            "last Friday, this Friday, next Friday, Friday last week, Monday of last week",
            "Friday, 17 October; Friday the 17th; Friday morning; Tuesday at 5 p.m.",
            "every Friday, on Mondays, each day, twice a week",
            "on Monday 12 people were hurt",
        ],
        expect![[r#"
            "Friday" 2025-10-17 Relative day
            "Wednesday" 2025-10-22 Relative day
            "Friday" 2025-10-24 Relative day
            "Wednesday" 2025-10-22 Relative day
            "last Friday" 2025-10-17 Relative day
            "this Friday" 2025-10-24 Relative day
            "next Friday" 2025-10-31 Relative day
            "Friday last week" 2025-10-17 Relative day
            "Monday of last week" 2025-10-13 Relative day
            "Friday, 17 October" 2025-10-17 Explicit day
            "Friday the 17th" 2025-10-17 Relative day
            "Friday morning" 2025-10-17 08:00-12:00 Relative time
            "Tuesday at 5 p.m." 2025-10-21 17:00 Relative time
            "Monday" 2025-10-20 Relative day
        "#]],
    );
}

#[test]
fn ranges() {
    check(
        &[
            "between 15 and 28 November 2021",
            "Between 29 September and 12 October",
            "from 20 December to 3 January",
            "October 7-9, 2025; 13-16 January; 31 March–1 April; 9 to 22 July",
            "from Monday to Thursday, from March to May; 2014-2018, between 2014 and 2016",
            "in the week of 27 February to 5 March",
            "From 18 \nSeptember  to             \n1 October",
        ],
        expect![[r#"
            "between 15 and 28 November 2021" 2021-11-15..2021-11-28 Explicit range
            "Between 29 September and 12 October" 2025-09-29..2025-10-12 Explicit range
            "from 20 December to 3 January" 2024-12-20..2025-01-03 Explicit range
            "October 7-9, 2025" 2025-10-07..2025-10-09 Explicit range
            "13-16 January" 2025-01-13..2025-01-16 Explicit range
            "31 March–1 April" 2025-03-31..2025-04-01 Explicit range
            "9 to 22 July" 2025-07-09..2025-07-22 Explicit range
            "from Monday to Thursday" 2025-10-13..2025-10-16 Relative range
            "from March to May" 2025-03-01..2025-05-31 Explicit range
            "2014-2018" 2014-01-01..2018-12-31 Explicit range
            "between 2014 and 2016" 2014-01-01..2016-12-31 Explicit range
            "27 February to 5 March" 2025-02-27..2025-03-05 Explicit range
            "From 18 \nSeptember  to             \n1 October" 2025-09-18..2025-10-01 Explicit range
        "#]],
    );
}

#[test]
fn without_publication_relative_dates_stay_open() {
    let texts = [
        "yesterday",
        "on Friday",
        "15 November",
        "this week",
        "15 November 2021",
        "since 1 May",
        "in two days",
    ];
    let all: String = texts.iter().map(|text| shown(text, None)).collect();
    expect![[r#"
        "yesterday" ? None day
        "Friday" ? None day
        "15 November" ? None day
        "this week" ? None week
        "15 November 2021" 2021-11-15 Explicit day
        "since 1 May" ? None open
    "#]]
    .assert_eq(&all);
}

#[test]
fn lengths_have_fractions_and_spreads() {
    check(
        &[
            "a year and a half ago, two and a half weeks ago, half a year ago, 2 years and 4 months ago",
            "48 hours ago, the past 36 hours, an hour ago",
            "they will meet in four days' time; they will meet in two to three weeks",
            "the road will open within the next two or three days",
            "more than two weeks ago, less than three weeks ago, over a year ago",
            "the pause will last three weeks; the last three weeks were calm",
        ],
        expect![[r#"
            "a year and a half ago" 2024-04-22 Relative year
            "two and a half weeks ago" 2025-10-05 Relative week
            "half a year ago" 2025-04-22 Relative year
            "2 years and 4 months ago" 2023-06-22 Relative year
            "48 hours ago" 2025-10-20 Relative time
            "the past 36 hours" 2025-10-20..2025-10-22 Relative time
            "an hour ago" 2025-10-22 Relative time
            "in four days' time" 2025-10-26 Relative day
            "in two to three weeks" 2025-11-05..2025-11-12 Relative week
            "within the next two or three days" 2025-10-23..2025-10-25 Relative range
            "more than two weeks ago" ?..2025-10-08 Relative open
            "less than three weeks ago" 2025-10-01..2025-10-22 Relative range
            "over a year ago" ?..2024-10-22 Relative open
            "the last three weeks" 2025-10-01..2025-10-22 Relative range
        "#]],
    );
}

#[test]
fn words_point_to_days_of_months_and_weeks() {
    check(
        &[
            "on the 3rd of this month, the 15th of last month, on the 17th, on the 27th floor",
            "the year before last, the week before last; they will meet the week after next",
            "this past Friday; two Sundays ago; they will meet this coming Friday, three Mondays from now",
            "June of last year, October last year, the spring of last year, the final quarter of 2024",
            "Monday, 5 August; it will begin on Thursday, 6 March",
            "Friday after 5 p.m., yesterday before noon, early this morning, late last night",
            "the '90s, the early 90s, 3-Jun-24",
        ],
        expect![[r#"
            "the 3rd of this month" 2025-10-03 Relative day
            "the 15th of last month" 2025-09-15 Relative day
            "the 17th" 2025-10-17 Relative day
            "the year before last" 2023-01-01..2023-12-31 Relative year
            "the week before last" 2025-10-06..2025-10-12 Relative week
            "the week after next" 2025-11-03..2025-11-09 Relative week
            "this past Friday" 2025-10-17 Relative day
            "two Sundays ago" 2025-10-12 Relative day
            "this coming Friday" 2025-10-24 Relative day
            "three Mondays from now" 2025-11-10 Relative day
            "June of last year" 2024-06-01..2024-06-30 Relative month
            "October last year" 2024-10-01..2024-10-31 Relative month
            "spring of last year" 2024-03-01..2024-05-31 Relative season
            "the final quarter of 2024" 2024-10-01..2024-12-31 Explicit quarter
            "Monday, 5 August" 2024-08-05 Explicit day
            "Thursday, 6 March" 2025-03-06 Explicit day
            "Friday after 5 p.m." 2025-10-17 17:00-23:59 Relative time
            "yesterday before noon" 2025-10-21 00:00-12:00 Relative time
            "early this morning" 2025-10-22 08:00-10:00 Relative time
            "late last night" 2025-10-21 22:00-23:59 Relative time
            "the '90s" 1990-01-01..1999-12-31 Explicit decade
            "early 90s" 1990-01-01..1993-05-02 Explicit range
            "3-Jun-24" 2024-06-03 Explicit day
        "#]],
    );
}

#[test]
fn what_happened_lies_behind_and_what_is_planned_ahead() {
    check(
        &[
            "On 10 January the gate was closed.",
            "On 10 January the gate will be closed.",
            "The talks were set for 5 November.",
        ],
        expect![[r#"
            "10 January" 2025-01-10 Explicit day
            "10 January" 2026-01-10 Explicit day
            "5 November" 2025-11-05 Explicit day
        "#]],
    );
}
