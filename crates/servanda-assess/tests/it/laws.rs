//! The laws of status: what must hold whatever the agreement and the record.

use std::collections::HashMap;

use serde_json::Value;
use servanda_assess::Context;
use servanda_assess::status::Engine;
use servanda_model::*;

use crate::equal::{found, question};
use crate::random::{Case, Dress, Line, N_DAYS, Rng, Wish, Written, case};

const ALL: Wish = Wish { few_doubts: false, counters: true, n_claims: (10, 40) };

/// Long after everything.
const END: &str = "@90T12:00";

fn written(case: &Case) -> Written {
    case.written(Dress::default(), None).expect("an agreement")
}

fn a_moment(rng: &mut Rng) -> String {
    format!("@{}T{:02}:30", rng.below(N_DAYS + 20), rng.below(24))
}

fn engine(written: &Written, standpoint: &Standpoint) -> Engine {
    Engine::new(written.pact.clone(), standpoint.clone(), Context::default()).expect("a clock")
}

/// The first line in which two tables differ, or nothing.
fn difference(one: &[Finding], other: &[Finding]) -> Option<String> {
    if one == other {
        return None;
    }
    let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
    let mut place = String::new();
    for (one, other) in one.lines().zip(other.lines()) {
        if one.contains("provision: ") || one.starts_with("        ") && !one.starts_with("         ") {
            place = one.trim().to_owned();
        }
        if one != other {
            return Some(format!("{place}: {} <> {}", one.trim(), other.trim()));
        }
    }
    Some("one is longer".to_owned())
}

/// A case that breaks a law is shown in its smallest form.
fn law(numbers: std::ops::Range<u64>, wish: Wish, broken: &dyn Fn(&Case, u64) -> Option<String>) {
    let more = std::env::var("SERVANDA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(numbers.end);
    for number in numbers.start..more {
        let case = case(number, wish);
        if broken(&case, number).is_some() {
            let small = case.shrunk(&|less| broken(less, number).is_some());
            let why = broken(&small, number).unwrap_or_default();
            panic!("case {number}: {why}\n{}", small.show());
        }
    }
}

#[test]
fn any_order_of_arrival_gives_the_same_table() {
    law(0..400, ALL, &|case, number| {
        let mut rng = Rng(number);
        let known = Dress::default().at(END);
        let at = Dress::default().at(&a_moment(&mut rng));
        let table = found(&written(case), &case.standpoint, known, at);
        let shuffled = case.written(Dress::default(), Some(&mut rng))?;
        difference(&table, &found(&shuffled, &case.standpoint, known, at))
    });
}

#[test]
fn what_was_asserted_and_taken_back_leaves_no_trace() {
    law(0..400, ALL, &|case, number| {
        let mut rng = Rng(number);
        let mut with = case.clone();
        let mut without = case.clone();
        without.lines.clear();
        let mut places: HashMap<usize, usize> = HashMap::new();
        let is_corrected: Vec<usize> = case.lines.iter().filter_map(|line| line.corrects).collect();
        for (at, line) in case.lines.iter().enumerate() {
            let is_alone = line.corrects.is_none() && !is_corrected.contains(&at) && line.again.is_none();
            if is_alone && rng.chance(30) {
                with.lines[at].retracted = Some("@80T00:00".to_owned());
            } else {
                places.insert(at, without.lines.len());
                let corrects = line.corrects.map(|old| places[&old]);
                without.lines.push(Line { corrects, ..line.clone() });
            }
        }
        let at = a_moment(&mut rng);
        // Ids hang on the place in the document: compare by line.
        let one = plain(&with, Dress::default(), &at, |line| places.get(&line).copied());
        let other = plain(&without, Dress::default(), &at, Some);
        (one != other).then(|| first_difference(&one, &other))
    });
}

/// How much had come by one view.
type Came = fn(&Progress) -> Number;

/// Also where running totals shrink: no view calls fulfilled what it does not count as complete, nor the other way round.
#[test]
fn a_delivery_is_fulfilled_exactly_when_its_progress_is_complete() {
    let wish = Wish { n_claims: (20, 60), ..ALL };
    law(0..600, wish, &|case, number| {
        let mut rng = Rng(number);
        let written = written(case);
        let text = case.pact_text(Dress::default());
        let is_dated = |finding: &Finding| {
            let block = text
                .split("\nprovision ")
                .find(|block| block.starts_with(&format!("{} ", finding.provision)));
            block.is_some_and(|block| block.contains("quota"))
        };
        for _ in 0..4 {
            let at = Dress::default().at(&a_moment(&mut rng));
            let known = if rng.chance(50) { Dress::default().at(END) } else { at };
            for finding in found(&written, &case.standpoint, known, at) {
                // A dated target can differ from view to view.
                if finding.progress.is_empty() || is_dated(&finding) {
                    continue;
                }
                let views: [(&str, State, Came); 3] = [
                    ("reported", finding.state.reported, |progress| progress.reported),
                    ("worst", finding.state.worst, |progress| progress.low),
                    ("best", finding.state.best, |progress| progress.high),
                ];
                for (view, state, came) in views {
                    let is_complete =
                        finding.progress.iter().all(|progress| came(progress) >= progress.target);
                    let is_fulfilled = matches!(state, State::Fulfilled | State::FulfilledLate);
                    let is_open = matches!(state, State::InForce | State::Overdue | State::Suspended);
                    if is_fulfilled && !is_complete || is_open && is_complete {
                        let at = Instant::from_ms(at);
                        return Some(format!("{view} at {at}: {state:?} with {:?}", finding.progress));
                    }
                }
            }
        }
        None
    });
}

#[test]
fn the_status_at_any_time_is_that_of_a_cold_replay_up_to_then() {
    law(0..300, ALL, &|case, number| replayed(case, number, 1));
}

#[test]
fn the_same_on_longer_records() {
    let wish = Wish { few_doubts: false, counters: true, n_claims: (200, 500) };
    for number in 0..24 {
        let case = case(number, wish);
        if let Some(why) = replayed(&case, number, 20) {
            panic!("case {number}: {why}\n{}", case.show());
        }
    }
}

/// Takes the record in change by change, and compares with a fresh engine after every `every` moments.
fn replayed(case: &Case, number: u64, every: usize) -> Option<String> {
    let written = case.written(Dress::default(), None)?;
    let mut rng = Rng(number);
    let all = written.ledger.as_of(Instant::MAX).changes();
    let mut times: Vec<Instant> = all.iter().map(|change| change.known_at).collect();
    times.dedup();
    let first = rng.below(times.len().max(1) as u64 / 2 + 1) as usize;
    let start = times.get(first).copied().unwrap_or(Instant::from_ms(0));
    let mut engine = engine(&written, &case.standpoint);
    let view = written.ledger.as_of(start);
    engine.load(&view);
    let mut taken = view.changes().len();
    for (step, time) in times.iter().enumerate().skip(first + 1) {
        let view = written.ledger.as_of(*time);
        for change in &view.changes()[taken..] {
            engine.apply(&view, *change);
        }
        taken = view.changes().len();
        let at = match rng.below(4) {
            0 => time.ms(),
            1 => Dress::default().at(END),
            _ => Dress::default().at(&a_moment(&mut rng)),
        };
        // Sometimes several changes pile up before anything is asked.
        if every == 1 && rng.chance(30) || step % every != 0 && step + 1 != times.len() {
            continue;
        }
        let warm = engine.findings(&view, &question(at));
        if let Some(why) = difference(&warm, &found(&written, &case.standpoint, time.ms(), at)) {
            return Some(format!("known {time}, at {}: {why}", Instant::from_ms(at)));
        }
    }
    None
}

/// Findings as JSON with claims named by their lines and moments brought back, so that two dresses can be compared.
fn plain(case: &Case, dress: Dress, at: &str, line: impl Fn(usize) -> Option<usize>) -> Value {
    let written = case.written(dress, None).expect("an agreement");
    let findings = found(&written, &case.standpoint, dress.at(END), dress.at(at));
    let mut json = serde_json::to_value(findings).expect("findings have a JSON form");
    let names: HashMap<String, String> = written
        .ids
        .iter()
        .enumerate()
        .map(|(at, id)| (id.to_string(), line(at).map_or("gone".to_owned(), |at| format!("line {at:03}"))))
        .collect();
    undress(&mut json, dress, &names);
    json
}

fn undress(json: &mut Value, dress: Dress, names: &HashMap<String, String>) {
    match json {
        Value::String(text) => {
            if let Some(name) = names.get(text) {
                *text = name.clone();
            } else if let (Some(moment), true) = (text.parse::<Instant>().ok(), text.contains('T')) {
                *text = moment.plus_ms(-dress.shift_days * DAY_MS).to_string();
            } else if dress.swapped {
                *text = dress.write(text);
            }
        }
        Value::Array(items) => {
            items.iter_mut().for_each(|item| undress(item, dress, names));
        }
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| undress(field, dress, names));
            for (name, field) in fields {
                if let Value::Array(items) = field
                    && ["claims", "pivots", "episodes"].contains(&name.as_str())
                {
                    items.sort_by_key(Value::to_string);
                }
            }
        }
        _ => {}
    }
}

fn first_difference(one: &Value, other: &Value) -> String {
    let (one, other) = (format!("{one:#}"), format!("{other:#}"));
    let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    differing.map_or("one is longer".to_owned(), |(one, other)| format!("{} <> {}", one.trim(), other.trim()))
}

#[test]
fn moving_all_times_moves_all_verdicts() {
    law(0..300, ALL, &|case, number| {
        let mut rng = Rng(number);
        let at = a_moment(&mut rng);
        let moved = Dress { shift_days: 7 * (1 + rng.below(500) as i64), swapped: false };
        let (one, other) = (plain(case, Dress::default(), &at, Some), plain(case, moved, &at, Some));
        (one != other).then(|| first_difference(&one, &other))
    });
}

#[test]
fn swapping_two_parties_swaps_the_findings() {
    law(0..300, ALL, &|case, number| {
        let at = a_moment(&mut Rng(number));
        let swapped = Dress { shift_days: 0, swapped: true };
        let (one, other) = (plain(case, Dress::default(), &at, Some), plain(case, swapped, &at, Some));
        (one != other).then(|| first_difference(&one, &other))
    });
}

#[test]
fn refuting_what_does_not_count_changes_nothing() {
    law(0..300, ALL, &|case, number| {
        let mut rng = Rng(number);
        let day = rng.below(N_DAYS);
        // Of no kind that the agreement knows; by nobody who owes it; only planned.
        let uncounted = match rng.below(3) {
            0 => format!("@{day} rumour by north id nil"),
            1 => format!("@{day} {} by east id nil", rng.pick(&["shot", "parcel 3", "letter 2", "pay 4"])),
            _ => format!(
                "@{day} {} planned id nil",
                rng.pick(&["sign", "shot by north", "parcel 3", "truck 9"])
            ),
        };
        let denier = rng.pick(&["observer", "north", "press"]);
        let refuted = format!("{uncounted} says {denier} not");
        let mut case = case.clone();
        let line = |text: String| Line { text, known: "@70T00:00".to_owned(), ..Line::default() };
        case.lines.push(line(format!("{uncounted} says {denier}")));
        let at = a_moment(&mut rng);
        let one = plain(&case, Dress::default(), &at, Some);
        case.lines.push(line(refuted));
        let other = plain(&case, Dress::default(), &at, Some);
        (one != other).then(|| first_difference(&one, &other))
    });
}

#[test]
fn what_happens_later_changes_nothing_now() {
    let wish = Wish { counters: false, ..ALL };
    law(0..400, wish, &|case, number| {
        let mut rng = Rng(number);
        let at = Dress::default().at(&a_moment(&mut rng));
        let all = written(case);
        let groups = |at: usize| {
            let mine = all.told[at].claim.incident.clone();
            let same = move |told: &crate::naive::Told| mine.is_some() && told.claim.incident == mine;
            (0..case.lines.len())
                .filter(|other| {
                    *other == at
                        || same(&all.told[*other])
                        || case.lines[*other].corrects == Some(at)
                        || case.lines[at].corrects == Some(*other)
                })
                .collect::<Vec<usize>>()
        };
        let is_later = |line: usize| all.told[line].claim.when.is_some_and(|when| when.earliest.ms() > at);
        // A claim that is later goes, with all that are told with it, if those are later too.
        let goes = |line: usize| groups(line).into_iter().all(is_later);
        let mut now = case.clone();
        now.lines.clear();
        let mut places: HashMap<usize, usize> = HashMap::new();
        for (line, told) in case.lines.iter().enumerate() {
            if !goes(line) {
                places.insert(line, now.lines.len());
                // What it corrects may be gone, and then it corrects nothing.
                let corrects = told.corrects.and_then(|old| places.get(&old).copied());
                now.lines.push(Line { corrects, ..told.clone() });
            }
        }
        let known = Dress::default().at(END);
        let one = found(&all, &case.standpoint, known, at);
        let other = found(&now.written(Dress::default(), None)?, &case.standpoint, known, at);
        one.iter().zip(&other).find_map(|(one, other)| {
            let of = |f: &Finding| {
                let progress: Vec<(Number, Number)> = f.progress.iter().map(|p| (p.low, p.high)).collect();
                format!(
                    "{:?} {:?} {:?} {progress:?} {:?} {:?}",
                    f.state, f.breach, f.tally, f.balance, f.n_episodes
                )
            };
            (of(one) != of(other))
                .then(|| format!("{} {}: {} <> {}", one.provision, one.obligor, of(one), of(other)))
        })
    });
}
