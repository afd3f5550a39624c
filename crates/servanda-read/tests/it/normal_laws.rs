//! Laws of dates and quantities on any words: nothing panics, spans lie inside, ends are in order, work stays linear.

use proptest::prelude::*;
use servanda_model::Tense;
use servanda_read::prose::dates::{Convention, dates, dates_by};
use servanda_read::prose::quantities::{numbers, quantities, quantities_beside};

const PUBLISHED: Option<jiff::civil::Date> = Some(jiff::civil::date(2031, 5, 14));

/// Words that dates and amounts are made of, with marks and other words between.
const WORDS: &[&str] = &[
    "the",
    "a",
    "of",
    "in",
    "on",
    "at",
    "to",
    "from",
    "between",
    "and",
    "or",
    "by",
    "since",
    "until",
    "before",
    "after",
    "more than",
    "less than",
    "over",
    "at least",
    "about",
    "last",
    "next",
    "this",
    "past",
    "coming",
    "previous",
    "same",
    "early",
    "late",
    "mid",
    "end of",
    "beginning of",
    "rest of",
    "first",
    "second",
    "third",
    "twenty",
    "thirty-first",
    "half",
    "quarter",
    "one",
    "two",
    "three",
    "ten",
    "hundred",
    "million",
    "few",
    "several",
    "dozen",
    "couple of",
    "1",
    "2",
    "5",
    "12",
    "31",
    "99",
    "2024",
    "99999",
    "1e99",
    "10:30",
    "5pm",
    "p.m.",
    "noon",
    "morning",
    "night",
    "today",
    "tomorrow",
    "yesterday",
    "now",
    "Monday",
    "Fridays",
    "May",
    "June",
    "Dec",
    "summer",
    "day",
    "days",
    "week",
    "weeks",
    "weekend",
    "month",
    "months",
    "year",
    "years",
    "decades",
    "centuries",
    "hours",
    "minutes",
    "ago",
    "later",
    "earlier",
    "from now",
    "hence",
    "time",
    "km",
    "kg",
    "$",
    "EUR",
    "%",
    "cents",
    "per",
    "'",
    "\u{2019}s",
    "-",
    "\u{2013}",
    "/",
    ".",
    ",",
    "(",
    ")",
    "<",
    "+",
    "\u{bd}",
    "s",
    "th",
    "st",
    "Q",
    "\n\n",
    "trucks",
    "people",
    "Christmas",
    "Easter",
    "before last",
    "after next",
    "90s",
    "and a half",
    "\u{5d0}",
    "é",
];

fn phrases() -> impl Strategy<Value = String> {
    let word = prop_oneof![8 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    prop::collection::vec((word, prop::sample::select(&[" ", "", " ", "\n"][..])), 0..24)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn dates_lie_inside_and_are_in_order(text in phrases(), is_future in any::<bool>(), has_day in any::<bool>()) {
        let lean = |_| if is_future { Tense::Future } else { Tense::Past };
        let published = PUBLISHED.filter(|_| has_day);
        for convention in [Convention::Claims, Convention::WholePeriods { now_seconds: 86_399 }] {
            let mut last = 0;
            for found in dates_by(&text, published, &lean, convention) {
                prop_assert!(found.span.of(&text).is_some() && found.span.start < found.span.end);
                prop_assert!(last <= found.span.start, "{:?}", text);
                last = found.span.end;
                if let (Some(start), Some(end)) = (found.start, found.end) {
                    prop_assert!(start <= end, "{:?}: {start} {end}", found.span.of(&text));
                }
            }
        }
    }

    #[test]
    fn quantities_lie_inside_and_bounds_are_in_order(text in phrases()) {
        let dates = dates(&text, PUBLISHED, &|_| Tense::Past);
        let mut last = 0;
        for found in quantities_beside(&text, &dates) {
            prop_assert!(found.span.of(&text).is_some() && found.number.of(&text).is_some());
            prop_assert!(last <= found.span.start, "{:?}", text);
            last = found.span.end;
            if let (Some(low), Some(high)) = (found.low, found.high) {
                prop_assert!(low <= high, "{:?}", found.span.of(&text));
            }
        }
        for found in numbers(&text) {
            prop_assert!(found.span.of(&text).is_some());
        }
    }
}

#[test]
fn long_texts_of_one_word_are_read() {
    for word in
        ["two ", "1,", "and ", "(", "last ", "early ", "around ", "the ", "1/", "\u{201c}", "half ", "a "]
    {
        let text = word.repeat(4_000);
        let _ = (dates(&text, PUBLISHED, &|_| Tense::Past), quantities(&text));
    }
}
