//! Numbers with bounds, units and nouns.

use expect_test::{Expect, expect};
use servanda_model::Number;
use servanda_read::prose::quantities::{numbers, quantities};

fn shown(text: &str) -> String {
    let number = |value: Option<Number>| value.map_or("-".to_owned(), |value| value.to_string());
    let lines = quantities(text).into_iter().map(|found| {
        let bounds = if found.low == found.best && found.best == found.high {
            number(found.best)
        } else {
            format!("{}<={}<={}", number(found.low), number(found.best), number(found.high))
        };
        format!(
            "{:?} {bounds}{}{}{}{} {}\n",
            found.span.of(text).expect("in bounds"),
            if found.approx { "~" } else { "" },
            if found.unit.is_empty() { "" } else { " " },
            found.unit,
            found.per.map_or(String::new(), |per| format!("/{per}")),
            found.sort
        )
    });
    lines.collect()
}

fn check(texts: &[&str], expected: Expect) {
    let all: String = texts.iter().map(|text| shown(text)).collect();
    expected.assert_eq(&all);
}

#[test]
fn bounds_are_as_the_words_say() {
    check(
        &[
            "at least six villagers died",
            "More than two dozen lorries crossed; over 100 were sent back, fewer than 10 searched.",
            "up to 40 monitors, no more than 30 guards, no fewer than three posts",
            "almost 14,000 breaches and nearly 20 shells, around 300 people, some 30 kilometres away",
            "several fighters, a few crates, a couple of days, a couple of tents",
            "dozens of trucks, hundreds of people, tens of thousands of residents, several hundred houses",
            "100 or more tents, 12+ crates, 50 or so families",
            "more than 30 km, over two years, more than 10 per cent",
        ],
        expect![[r#"
            "at least six villagers" 6<=-<=- person count
            "More than two dozen lorries" 25<=-<=- truck count
            "over 100" 101<=-<=- count
            "fewer than 10" -<=-<=9 count
            "up to 40 monitors" -<=-<=40 person count
            "no more than 30 guards" -<=-<=30 person count
            "no fewer than three posts" 3<=-<=- post count
            "almost 14,000 breaches" -<=14000<=14000~ breach count
            "nearly 20 shells" -<=20<=20~ shell count
            "around 300 people" -<=300<=-~ person count
            "some 30 kilometres" -<=30<=-~ km measure
            "several fighters" 2<=-<=-~ person count
            "a few crates" 2<=-<=-~ crate count
            "a couple of days" 2<=2<=-~ day duration
            "a couple of tents" 2<=2<=-~ tent count
            "dozens of trucks" 24<=-<=-~ truck count
            "hundreds of people" 200<=-<=-~ person count
            "tens of thousands of residents" 20000<=-<=-~ person count
            "several hundred houses" 200<=-<=-~ house count
            "100 or more tents" 100<=-<=- tent count
            "12+ crates" 12<=-<=- crate count
            "50 or so families" -<=50<=-~ household count
            "more than 30 km" 30<=-<=- km measure
            "over two years" 2<=-<=- year duration
            "more than 10 per cent" 10<=-<=- percent percent
        "#]],
    );
}

#[test]
fn ranges_have_two_ends() {
    check(
        &[
            "between 10 and 15 trucks",
            "from 5 to 7 posts",
            "10-15 people and 300-400m away",
            "two to three years",
            "2 to 3 million litres",
            "two or three shells",
            "between $5 and $7 million",
            "between one hundred and two hundred tents",
        ],
        expect![[r#"
            "between 10 and 15 trucks" 10<=-<=15 truck count
            "from 5 to 7 posts" 5<=-<=7 post count
            "10-15 people" 10<=-<=15 person count
            "300-400m" 300<=-<=400 metre measure
            "two to three years" 2<=-<=3 year duration
            "2 to 3 million litres" 2000000<=-<=3000000 litre measure
            "two or three shells" 2<=-<=3 shell count
            "between $5 and $7 million" 5000000<=-<=7000000 dollar money
            "between one hundred and two hundred tents" 100<=-<=200 tent count
        "#]],
    );
}

#[test]
fn units_nouns_and_rates() {
    check(
        &[
            "62,000 tonnes a month",
            "600 trucks per day and 4,200 aid trucks each week",
            "7,333 ceasefire viola-\ntions",
            "one civilian casualty, three injured, six Islanders, 12 people wounded",
            "a 60-year-old man, a 10-day truce, a 12-mile road",
            "$1.2 million, US$5bn, 3 dollars 50 cents, 20 million euros, £300m",
            "half of the crates, two thirds of the camps, a third of all shells, 82 per cent of flights",
            "310 heavy weapons were parked 5 km apart at 30 km/h",
            "224 weapons in violation of the lines (206 in areas)",
            "Resolution 2803, Article 5, Phase 2, flight MH17, AK-74, COVID-19",
            "It has 380,000 and 1.2 million civilians respectively.",
            "twenty-two posts, two hundred and six posts, a hundred thousand people, half a million litres",
            "the 17th consecutive week, the third phase",
            "27 out of 28 bodies",
            "6 feet 2 inches",
        ],
        expect![[r#"
            "62,000 tonnes a month" 62000 tonne/month measure
            "600 trucks per day" 600 truck/day count
            "4,200 aid trucks each week" 4200 truck/week count
            "7,333 ceasefire viola-\ntions" 7333 ceasefire violation count
            "one civilian casualty" 1 person count
            "three injured" 3 person count
            "six Islanders" 6 islander count
            "12 people" 12 person count
            "60-year-old" 60 year age
            "10-day" 10 day duration
            "12-mile" 12 mile measure
            "$1.2 million" 1200000 dollar money
            "US$5bn" 5000000000 usd money
            "3 dollars 50 cents" 3.5 dollar money
            "20 million euros" 20000000 eur money
            "£300m" 300000000 pound sterling money
            "half of the crates" 0.5 crate share
            "two thirds of the camps" 0.667 camp share
            "a third of all shells" 0.333 shell share
            "82 per cent" 82 percent percent
            "310 heavy weapons" 310 heavy weapon count
            "5 km" 5 km measure
            "30 km/h" 30 km/h measure
            "224 weapons" 224 weapon count
            "206" 206 count
            "2803" 2803 rank
            "5" 5 rank
            "2" 2 rank
            "380,000" 380000 person count
            "1.2 million civilians" 1200000 person count
            "twenty-two posts" 22 post count
            "two hundred and six posts" 206 post count
            "a hundred thousand people" 100000 person count
            "half a million litres" 500000 litre measure
            "17th" 17 consecutive ordinal
            "third" 3 phase ordinal
            "27 out of 28 bodies" 27 body count
            "6 feet 2 inches" 6.167 foot measure
        "#]],
    );
}

#[test]
fn numbers_alone() {
    let text =
        "1 234 567 and 12,34,567.89, ½, 2 1/4, two thirds, one in twenty-one, 1.1^2, 10k, 3 hundred and 21";
    let found: Vec<String> = numbers(text)
        .iter()
        .map(|n| format!("{} {}", n.span.of(text).unwrap_or_default(), n.value))
        .collect();
    expect![[r#"
        1 234 567 1234567
        12,34,567.89 1234567.89
        ½ 0.5
        2 1/4 2.25
        two thirds 0.6666666666666666
        one in twenty-one 0.047619047619047616
        1.1^2 1.21
        10k 10000
        3 hundred and 21 321"#]]
    .assert_eq(&found.join("\n"));
}
