//! Counting: running totals and windows against plain definitions, the 72-hour rule against a double loop, and how
//! much work one late claim makes.

use servanda_assess::Context;
use servanda_assess::status::Engine;
use servanda_model::*;

use crate::equal::{found, question};
use crate::random::{Case, Dress, Line, Rng};

const HEAD: &str = r#"pact test "A test"
clock UTC
instrument text "The text" adopted @0
party north "North"
party south "South"
kind parcel "parcels" counts parcel
kind letter "letters" counts letter
kind truck "trucks" counts truck
kind shot "shots"
kind pause "pauses"
kind sign "signs"
"#;

fn case_of(provision: &str, lines: Vec<Line>) -> Case {
    let block = format!("provision p1 \"a point\"\n  paraphrase \"in our own words\"\n{provision}");
    let standpoint = Standpoint::all_sources();
    Case { head: HEAD.to_owned(), blocks: vec![block], lines, standpoint }
}

fn line(text: String) -> Line {
    Line { text, known: "@69T23:00".to_owned(), ..Line::default() }
}

fn at(day: &str) -> i64 {
    Dress::default().at(day)
}

/// One statement of a running total: by a date, so much at least.
type Total = (i64, i64);

/// What had come by a moment, as one would read it off the last total and the occurrences since.
fn read_off(totals: &[Total], events: &[(i64, i64)], moment: i64) -> i64 {
    let last = totals.iter().filter(|(date, _)| *date <= moment).max_by_key(|(date, low)| (*date, -*low));
    let (since, start) = last.map_or((i64::MIN, 0), |(date, low)| (*date, *low));
    start + events.iter().filter(|(when, _)| since < *when && *when <= moment).map(|(_, n)| n).sum::<i64>()
}

/// The smallest sum that nothing later contradicts: what had come by a moment had come by every later one.
fn smallest(totals: &[Total], events: &[(i64, i64)], moment: i64) -> i64 {
    let later = totals.iter().filter(|(date, _)| *date > moment);
    let read = later.map(|(date, _)| read_off(totals, events, *date));
    read.chain([read_off(totals, events, moment)]).min().unwrap_or(0)
}

fn totals_differ(case: &Case, number: u64) -> Option<String> {
    let written = case.written(Dress::default(), None)?;
    let (mut totals, mut events) = (Vec::new(), Vec::new());
    for told in &written.told {
        let low = told.claim.quantities[0].low.map_or(0, Number::thousandths);
        let high = told.claim.quantities[0].high.map_or(0, Number::thousandths);
        match (told.claim.measure, told.claim.window) {
            (Measure::Total, Some(window)) => totals.push((window.end.ms() - 1, low)),
            (Measure::Outstanding, Some(window)) => {
                totals.push((window.end.ms() - 1, (20_000 - high).max(0)))
            }
            _ => events.push((told.claim.when.expect("a time").latest.ms(), low)),
        }
    }
    let mut rng = Rng(number);
    for _ in 0..6 {
        let moment = at(&format!("@{}T{:02}:59", rng.below(60), rng.below(24)));
        let finding = found(&written, &case.standpoint, at("@70"), moment).into_iter().next()?;
        let naive = smallest(&totals, &events, moment);
        let low = finding.progress[0].low.thousandths();
        if low != naive {
            return Some(format!("at {}: engine at least {low}, rules {naive}", Instant::from_ms(moment)));
        }
        let is_done = matches!(finding.state.worst, State::Fulfilled | State::FulfilledLate);
        let mut moments: Vec<i64> = totals.iter().chain(&events).map(|(date, _)| *date).collect();
        moments.retain(|date| *date <= moment);
        let done = moments.iter().filter(|date| smallest(&totals, &events, **date) >= 20_000).min();
        if is_done != done.is_some() {
            let state = finding.state.worst;
            return Some(format!("at {}: engine {state:?}, rules done {done:?}", Instant::from_ms(moment)));
        }
        let last = finding.done.map(|done| done.latest.ms());
        if is_done && last != done.copied() {
            return Some(format!("at {}: engine done {last:?}, rules {done:?}", Instant::from_ms(moment)));
        }
    }
    None
}

#[test]
fn running_totals_give_the_smallest_consistent_sum() {
    for number in 0..1000 {
        let mut rng = Rng(number);
        let mut lines = Vec::new();
        for _ in 0..2 + rng.below(8) {
            let day = rng.below(58);
            lines.push(line(match rng.below(5) {
                0 | 1 => format!("@0/@{day} parcel {} counter c{} total", 1 + rng.below(30), rng.below(4)),
                2 => format!("@0/@{day} parcel {} counter c{} outstanding", rng.below(20), rng.below(4)),
                _ => format!("@{day}T{:02}:00 parcel {} by north", rng.below(24), 1 + rng.below(9)),
            }));
        }
        let case = case_of("  north must deliver 20 parcel\n  within 30 days\n", lines);
        if totals_differ(&case, number).is_some() {
            let small = case.shrunk(&|less| totals_differ(less, number).is_some());
            panic!("case {number}: {}\n{}", totals_differ(&small, number).unwrap_or_default(), small.show());
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Met {
    Yes,
    No,
    Open,
    Silent,
}

/// Windows met, missed, undecided, without data, by the rules for rival counters.
fn windows(case: &Case, told: &[crate::naive::Told], known: i64, now: i64) -> WindowTally {
    let text = &case.blocks[0];
    let length = if text.contains("per week") { 7 * DAY_MS } else { DAY_MS };
    let at_least = text.contains("at least");
    let bound: i64 = if length > DAY_MS { 30_000 } else { 5_000 };
    let is_watched = text.contains("watch");
    let judge = |low: i64, high: i64| match (at_least, low >= bound, high < bound, high <= bound, low > bound)
    {
        (true, true, _, _, _) | (false, _, _, true, _) => Met::Yes,
        (true, _, true, _, _) | (false, _, _, _, true) => Met::No,
        _ => Met::Open,
    };
    let last = |claim: &Claim| match (claim.window, claim.measure) {
        (Some(window), Measure::Total) => window.end.ms() - 1,
        _ => claim.when.expect("a time").latest.ms(),
    };
    let depot: Name = "depot".into();
    let by_depot = |claim: &&Claim| {
        [&claim.speaker, &claim.origin, &claim.counter].iter().any(|who| who.as_ref() == Some(&depot))
    };
    let claims: Vec<&Claim> =
        told.iter().filter(|told| told.known <= known).map(|told| &told.claim).collect();
    let reported = claims.iter().copied().filter(by_depot).map(last).max();
    // Complete to the last day reported on, and not before a day has passed.
    let horizon = reported.filter(|_| is_watched).map_or(i64::MIN, |until| until.min(known - DAY_MS) + 1);
    let mut counters: Vec<Option<Name>> = claims.iter().map(|claim| claim.counter.clone()).collect();
    counters.sort();
    counters.dedup();
    let mut tally = WindowTally::default();
    let first = at("@0T00:00");
    for n in 0.. {
        let (start, end) = (first + n * length, first + (n + 1) * length);
        if end > known + 1 || end > now + 1 {
            break;
        }
        let mut said = Vec::new();
        for counter in &counters {
            let complete =
                if counter.is_none() || *counter == Some(depot.clone()) { horizon } else { i64::MIN };
            let inside: Vec<&&Claim> = claims
                .iter()
                .filter(|claim| claim.counter == *counter && start <= last(claim) && last(claim) < end)
                .collect();
            let sum = inside.iter().map(|c| c.quantities[0].low.map_or(0, Number::thousandths)).sum();
            let most: i64 = inside.iter().map(|c| c.quantities[0].high.map_or(0, Number::thousandths)).sum();
            let is_total = inside.iter().any(|claim| claim.measure == Measure::Total);
            let high = if is_total || complete >= end { most } else { i64::MAX };
            said.push(if inside.is_empty() && complete < end { Met::Silent } else { judge(sum, high) });
        }
        said.retain(|met| *met != Met::Silent);
        if said.is_empty() && horizon >= end {
            said.push(judge(0, 0));
        }
        let all = |wanted: Met| said.iter().all(|met| *met == wanted);
        match said.is_empty() {
            true => tally.no_data += 1,
            _ if all(Met::Yes) => tally.met += 1,
            _ if all(Met::No) => tally.missed += 1,
            _ => tally.undecided += 1,
        }
    }
    tally
}

fn windows_differ(case: &Case, number: u64) -> Option<String> {
    let written = case.written(Dress::default(), None)?;
    let mut rng = Rng(number);
    for _ in 0..3 {
        let now = at(&format!("@{}T12:00", rng.below(75)));
        let known = at("@71T12:00");
        let finding = found(&written, &case.standpoint, known, now).into_iter().next()?;
        let naive = windows(case, &written.told, known, now);
        if finding.windows != Some(naive) {
            return Some(format!(
                "at {}: engine {:?}, rules {naive:?}",
                Instant::from_ms(now),
                finding.windows
            ));
        }
    }
    None
}

#[test]
fn rival_counters_are_set_side_by_side() {
    for number in 0..1000 {
        let mut rng = Rng(number);
        let (n, per, length) = rng.pick(&[(5, "day", 1), (30, "week", 7)]);
        let bound = rng.pick(&["least", "most"]);
        let watch = if rng.chance(60) { "  watch truck by depot complete after 1 days\n" } else { "" };
        let mut lines = Vec::new();
        let mut taken = std::collections::HashSet::new();
        for _ in 0..1 + rng.below(12) {
            let (day, amount) = (rng.below(56), 1 + rng.below(if length > 1 { 50 } else { 9 }));
            let (amount, high) = (amount, amount + if rng.chance(30) { rng.below(6) } else { 0 });
            let (first, counter) = (day / length * length, rng.pick(&["depot", "clerk"]));
            // One counter states one total for a window.
            if rng.chance(60) && taken.insert((first, counter)) {
                let last = first + length - 1;
                lines.push(line(format!("@{first}/@{last} truck {amount}..{high} counter {counter} total")));
            } else {
                let speaker = rng.pick(&["depot", "press"]);
                lines.push(line(format!(
                    "@{day}T{:02}:00 truck {amount}..{high} says {speaker}",
                    rng.below(24)
                )));
            }
        }
        let case = case_of(&format!("  north must keep truck at {bound} {n} per {per}\n{watch}"), lines);
        if windows_differ(&case, number).is_some() {
            let small = case.shrunk(&|less| windows_differ(less, number).is_some());
            panic!("case {number}: {}\n{}", windows_differ(&small, number).unwrap_or_default(), small.show());
        }
    }
}

fn random_events(n: usize, days: u64, rng: &mut Rng, kinds: &[&str]) -> Vec<Line> {
    let event = |rng: &mut Rng| {
        let time = format!("@{}T{:02}:{:02}", rng.below(days), rng.below(24), rng.below(60));
        let kind = rng.pick(kinds);
        let by = match kind {
            "letter" => " by south",
            "pause" => "",
            _ => " by north",
        };
        let known = format!("@{}T00:00", days + 10);
        Line { text: format!("{time} {kind}{by}"), known, ..Line::default() }
    };
    (0..n).map(|_| event(rng)).collect()
}

#[test]
fn the_72_hour_rule_equals_a_double_loop() {
    let mut rng = Rng(72);
    let lines = random_events(5000, 4000, &mut rng, &["parcel", "parcel", "letter", "letter", "pause"]);
    let case = case_of(
        "  south must deliver 1 letter\n  whenever parcel by north\n  unless pause\n  within 72 hours\n",
        lines,
    );
    let written = case.written(Dress::default(), None).expect("an agreement");
    let moments = |kind: &str| {
        let of_kind = written.told.iter().filter(|told| told.claim.event_kind == Some(kind.into()));
        let mut moments: Vec<i64> =
            of_kind.map(|told| told.claim.when.expect("a time").latest.ms()).collect();
        moments.sort_unstable();
        moments
    };
    let (promised, fulfilled, paused) = (moments("parcel"), moments("letter"), moments("pause"));
    let now = at("@3990");
    let late = |start: &&i64| {
        let by = **start + 72 * HOUR_MS;
        let answers = |moment: &i64| **start <= *moment && *moment <= by;
        by < now && !fulfilled.iter().any(answers) && !paused.iter().any(answers)
    };
    let naive: Vec<i64> = promised.iter().filter(late).copied().collect();
    let view = written.ledger.as_of(Instant::MAX);
    let mut engine =
        Engine::new(written.pact.clone(), case.standpoint.clone(), Context::default()).expect("a clock");
    engine.load(&view);
    let mut found: Vec<i64> = engine
        .breached_instances(Instant::from_ms(now))
        .into_iter()
        .map(|(_, _, start)| start.ms())
        .collect();
    found.sort_unstable();
    assert!(naive.len() > 100, "{} violations", naive.len());
    assert_eq!(found, naive);
    let finding = engine.findings(&view, &question(now)).remove(0);
    assert_eq!(finding.n_episodes.reported as usize, naive.len());
}

/// Evaluations for one late claim in the middle of a record of so many.
fn work_for_a_late_claim(n: usize, late: &str) -> u64 {
    let mut rng = Rng(9);
    let days = n as u64 / 5;
    let mut lines =
        random_events(n, days, &mut rng, &["parcel", "letter", "letter", "shot", "pause", "sign"]);
    let last = format!("@{}T00:00", days + 20);
    lines.push(Line { text: format!("@{}T12:00 {late}", days / 2), known: last.clone(), ..Line::default() });
    let mut case = case_of(
        "  south must deliver 1 letter\n  whenever parcel by north\n  unless pause\n  within 72 hours\n",
        lines,
    );
    for (id, duty) in [
        ("p2", "  north, south must not shot\n"),
        ("p3", "  south must match 1 letter for each 1 parcel by north\n  within 3 days\n"),
        ("p4", "  south must deliver 100 letter\n  when sign\n  within 30 days\n"),
        ("p5", "  south must deliver 5 truck\n  if breached p2\n  within 3 days\n"),
    ] {
        case.blocks.push(format!("provision {id} \"a point\"\n  paraphrase \"in our own words\"\n{duty}"));
    }
    let written = case.written(Dress::default(), None).expect("an agreement");
    let before = written.ledger.as_of(Instant::from_ms(at(&last) - 1));
    let after = written.ledger.as_of(Instant::from_ms(at(&last)));
    let mut engine =
        Engine::new(written.pact.clone(), case.standpoint.clone(), Context::default()).expect("a clock");
    engine.load(&before);
    let now = at(&format!("@{}", days + 30));
    engine.findings(&before, &question(now));
    let done = engine.n_evaluations();
    for change in &after.changes()[before.changes().len()..] {
        engine.apply(&after, *change);
    }
    let warm = engine.findings(&after, &question(now));
    let work = engine.n_evaluations() - done;
    assert_eq!(warm, found(&written, &case.standpoint, after.known().ms(), now));
    work
}

#[test]
fn one_late_claim_makes_as_much_work_in_a_long_record_as_in_a_short_one() {
    for late in ["letter by south", "parcel by north", "pause", "shot by south", "sign"] {
        let (short, long) = (work_for_a_late_claim(5_000, late), work_for_a_late_claim(20_000, late));
        assert!(long < 2 * short.max(4), "{late}: {short} evaluations in 5,000 claims, {long} in 20,000");
    }
}
