//! Publication times as sites write them.

use expect_test::expect;
use servanda_read::{Clock, read_document};

#[test]
fn publication_times() {
    let clock = Clock::named("Asia/Gaza").unwrap();
    let mut out = String::new();
    for written in [
        "2025-10-22",
        "2025-10",
        "2025",
        "2025-10-22T23:30:00-05:00",
        "2025-10-22 23:30:00-05:00",
        "2025-10-22T23:30",
        "2025-10-22T23:30+0200",
        "20251022",
        "Wed, 22 Oct 2025 10:00:00 +0000",
        "October 22, 2025",
        "Wednesday 22 October 2025, 14:30",
        "22nd of Oct. 2025",
        "October 2025",
        "10/22/2025",
        "22/10/2025",
        "3/4/2025",
        "03.06.2025 14:00",
        "2025/10/22",
        "2025-10-01/2025-10-02",
        "yesterday",
        "300/300/2025",
        "32 October 2025",
    ] {
        let text = format!("---\npublished: {written}\npublisher: p\n---\n");
        let (document, _) = read_document("a.md", text.as_bytes(), &clock, None);
        let day = document.published_on.map_or("-".to_owned(), |day| day.to_string());
        let when = document
            .published_at
            .map_or("-".to_owned(), |when| format!("{} {:?}", when.latest, when.precision));
        out += &format!("{written}: {day}, {when}\n");
    }
    expect![[r#"
        2025-10-22: 2025-10-22, 2025-10-22T20:59:59.999Z Day
        2025-10: -, 2025-10-31T21:59:59.999Z Month
        2025: -, 2025-12-31T21:59:59.999Z Year
        2025-10-22T23:30:00-05:00: 2025-10-22, 2025-10-23T04:30:00Z Exact
        2025-10-22 23:30:00-05:00: 2025-10-22, 2025-10-23T04:30:00Z Exact
        2025-10-22T23:30: 2025-10-22, 2025-10-22T20:30:00Z Exact
        2025-10-22T23:30+0200: 2025-10-22, 2025-10-22T21:30:00Z Exact
        20251022: 2025-10-22, 2025-10-22T20:59:59.999Z Day
        Wed, 22 Oct 2025 10:00:00 +0000: 2025-10-22, 2025-10-22T10:00:00Z Exact
        October 22, 2025: 2025-10-22, 2025-10-22T20:59:59.999Z Day
        Wednesday 22 October 2025, 14:30: 2025-10-22, 2025-10-22T11:30:00Z Exact
        22nd of Oct. 2025: 2025-10-22, 2025-10-22T20:59:59.999Z Day
        October 2025: -, 2025-10-31T21:59:59.999Z Month
        10/22/2025: 2025-10-22, 2025-10-22T20:59:59.999Z Day
        22/10/2025: 2025-10-22, 2025-10-22T20:59:59.999Z Day
        3/4/2025: -, -
        03.06.2025 14:00: 2025-06-03, 2025-06-03T11:00:00Z Exact
        2025/10/22: 2025-10-22, 2025-10-22T20:59:59.999Z Day
        2025-10-01/2025-10-02: -, -
        yesterday: -, -
        300/300/2025: -, -
        32 October 2025: -, -
    "#]]
    .assert_eq(&out);
}
