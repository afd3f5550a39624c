//! Civil time against the library's own arithmetic and against dates known from the newspaper.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use servanda_model::Instant;
use servanda_pact::{Clock, Date, Duration, DurationUnit, Per};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn check(zone: &str, expected: Expect, what: impl Fn(&Clock) -> Vec<Instant>) {
    let clock = Clock::new(zone).unwrap();
    let shown: Vec<String> = what(&clock).iter().map(|instant| instant.to_string()).collect();
    expected.assert_eq(&shown.join("\n"));
}

#[test]
fn a_skipped_time_is_the_jump_and_a_repeated_one_the_first() {
    check(
        "Europe/Berlin",
        expect![[r#"
            2025-03-30T01:00:00Z
            2025-03-30T01:00:00Z
            2025-10-26T00:30:00Z"#]],
        |clock| {
            ["2025-03-30 02:30", "2025-03-30 03:00", "2025-10-26 02:30"].map(|t| clock.moment(date(t))).into()
        },
    );
}

#[test]
fn days_begin_and_end_where_midnight_is_skipped() {
    // This zone went from 23:59 to 01:00 on these nights.
    check(
        "America/Havana",
        expect![[r#"
            2025-03-09T05:00:00Z
            2025-03-10T03:59:59.999Z
            2025-11-02T04:00:00Z
            2025-11-03T04:59:59.999Z"#]],
        |clock| {
            let (spring, autumn) = (date("2025-03-09"), date("2025-11-02"));
            vec![
                clock.start_of_day(spring),
                clock.end_of_day(spring),
                clock.start_of_day(autumn),
                clock.end_of_day(autumn),
            ]
        },
    );
}

#[test]
fn a_day_that_was_never_is_empty() {
    let clock = Clock::new("Pacific/Apia").unwrap();
    let day = date("2011-12-30");
    assert_eq!(clock.start_of_day(day), clock.start_of_day(date("2011-12-31")));
    assert!(clock.end_of_day(day) < clock.start_of_day(day));
    assert_eq!(clock.date_of(clock.start_of_day(day)), date("2011-12-31"));
}

#[test]
fn exact_days_and_calendar_days_differ() {
    check(
        "Europe/Berlin",
        expect![[r#"
            2025-03-29T11:00:00Z
            2025-03-30T11:00:00Z
            2025-03-30T21:59:59.999Z
            2025-03-29T22:59:59.999Z"#]],
        |clock| {
            let noon = clock.moment(date("2025-03-29 12:00"));
            let add = |n, unit| clock.add(noon, Duration { n, unit });
            vec![
                noon,
                add(1, DurationUnit::Days),
                add(1, DurationUnit::CalendarDays),
                add(0, DurationUnit::CalendarDays),
            ]
        },
    );
}

#[test]
fn weeks_begin_on_monday() {
    let clock = Clock::new("Asia/Tokyo").unwrap();
    let sunday = clock.moment(date("2025-10-12 23:59"));
    let week = clock.window_of(sunday, Per::Week);
    assert_eq!(clock.civil(week.start), (2025, 10, 6, 0, 0));
    assert_eq!(clock.civil(week.end), (2025, 10, 13, 0, 0));
}

#[test]
fn unknown_zones_are_none_and_the_ends_of_time_stay() {
    assert!(Clock::new("Nowhere/Atlantis").is_none() && Clock::new("").is_none());
    let clock = Clock::new("utc").unwrap();
    assert_eq!(clock.name(), "UTC");
    let week = Duration { n: u32::MAX, unit: DurationUnit::Weeks };
    assert_eq!(clock.add(Instant::MAX, week), Instant::MAX);
    for instant in [Instant::MAX, Instant::MIN] {
        let window = clock.window_of(instant, Per::Day);
        assert!(window.start <= window.end);
        clock.civil(instant);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_library(ms in -2_000_000_000_000i64..5_000_000_000_000, zone in 0..8usize) {
        let name = ["UTC", "America/Santiago", "Asia/Tokyo", "Europe/Lisbon", "Australia/Lord_Howe", "America/Havana",
            "Asia/Kathmandu", "Africa/Casablanca"][zone];
        let clock = Clock::new(name).unwrap();
        let zoned = jiff::Timestamp::from_millisecond(ms).unwrap().in_tz(name).unwrap();
        let (year, month, day, hour, minute) = clock.civil(Instant::from_ms(ms));
        prop_assert_eq!((year, month, day), (zoned.year(), zoned.month(), zoned.day()));
        prop_assert_eq!((hour, minute), (zoned.hour(), zoned.minute()));
        let start = zoned.start_of_day().unwrap().timestamp().as_millisecond();
        let today = Date { year, month, day, time: None };
        prop_assert_eq!(clock.start_of_day(today).ms(), start);
        prop_assert_eq!(clock.window_of(Instant::from_ms(ms), Per::Day).start.ms(), start);
    }
}
