//! The engine equals the naive evaluator: in the single views, and over all worlds that can be believed.

use std::cell::Cell;
use std::collections::BTreeSet;

use servanda_assess::Context;
use servanda_assess::status::{Engine, Question};
use servanda_model::*;

use crate::naive::{self, Event, Grade, Incident, Verdict, World};
use crate::random::{Case, Dress, N_DAYS, Rng, Wish, Written, case};

/// Findings of a fresh engine.
pub fn found(written: &Written, standpoint: &Standpoint, known: i64, at: i64) -> Vec<Finding> {
    let view = written.ledger.as_of(Instant::from_ms(known));
    let mut engine =
        Engine::new(written.pact.clone(), standpoint.clone(), Context::default()).expect("a clock");
    engine.load(&view);
    engine.findings(&view, &question(at))
}

pub fn question(at: i64) -> Question {
    Question { at: Instant::from_ms(at), due_soon_days: 3, only: None, why: false }
}

/// Moments worth asking for: at and around what is on record, and anywhere.
fn moments(written: &Written, rng: &mut Rng, n: usize) -> Vec<i64> {
    let dress = Dress::default();
    let mut moments = vec![dress.at("@75T12:00")];
    while moments.len() < n {
        moments.push(if rng.chance(40) && !written.told.is_empty() {
            let when = rng.pick(&written.told).claim.when;
            let near = when.map_or(0, |when| when.latest.ms());
            near + rng.pick(&[0, 0, -1, 1, DAY_MS, 3 * DAY_MS, 7 * DAY_MS])
        } else {
            dress.at(&format!("@{}T{:02}:30", rng.below(N_DAYS + 10), rng.below(24)))
        });
    }
    moments
}

fn tally(finding: &Finding) -> Vec<(State, usize)> {
    finding.tally.iter().map(|(state, n)| (*state, *n as usize)).collect()
}

fn sorted(mut tally: Vec<(State, usize)>) -> Vec<String> {
    tally.sort_by_key(|(state, _)| *state as u8);
    tally.iter().map(|(state, n)| format!("{n} {state:?}")).collect()
}

/// What differs in the verified and the reported view.
fn views_differ(case: &Case, seed: u64) -> Option<String> {
    let written = case.written(Dress::default(), None)?;
    let mut rng = Rng(seed);
    let knowns = [Dress::default().at("@90"), moments(&written, &mut rng, 2)[1]];
    for known in knowns {
        let incidents = naive::incidents(&written.told, &case.standpoint, known);
        let verified = naive::verified(&written.pact, &incidents);
        let reported = naive::reported(&written.pact, &incidents);
        for at in moments(&written, &mut rng, 4) {
            let findings = found(&written, &case.standpoint, known, at);
            let (verified, reported) = (verified.verdicts(at), reported.verdicts(at));
            let say = |what: &str, finding: &Finding, engine: String, naive: String| {
                let (at, known) = (Instant::from_ms(at), Instant::from_ms(known));
                Some(format!(
                    "{} {} at {at} as known {known}: {what}: engine {engine}, rules {naive}",
                    finding.provision, finding.obligor
                ))
            };
            if findings.len() != reported.len() {
                return Some(format!("{} findings for {} promises", findings.len(), reported.len()));
            }
            for ((finding, v), r) in findings.iter().zip(&verified).zip(&reported) {
                let is_match = finding.balance.is_some();
                for (what, engine, naive) in [
                    ("verified state", finding.state.verified, v.2.state),
                    ("reported state", finding.state.reported, r.2.state),
                ] {
                    if engine != naive {
                        return say(what, finding, format!("{engine:?}"), format!("{naive:?}"));
                    }
                }
                for (what, engine, naive) in [
                    ("verified breach", finding.breach.verified, v.2.breach),
                    ("reported breach", finding.breach.reported, r.2.breach),
                ] {
                    if engine != naive {
                        return say(what, finding, format!("{engine:?}"), format!("{naive:?}"));
                    }
                }
                for (what, engine, naive) in [
                    ("verified episodes", finding.n_episodes.verified, v.2.n_episodes),
                    ("reported episodes", finding.n_episodes.reported, r.2.n_episodes),
                ] {
                    if engine as usize != naive {
                        return say(what, finding, format!("{engine:?}"), format!("{naive:?}"));
                    }
                }
                if sorted(tally(finding)) != sorted(r.2.tally.clone()) {
                    return say("tally", finding, format!("{:?}", finding.tally), format!("{:?}", r.2.tally));
                }
                let progress: Vec<i64> = finding.progress.iter().map(|p| p.reported.thousandths()).collect();
                if progress != r.2.progress {
                    return say("progress", finding, format!("{progress:?}"), format!("{:?}", r.2.progress));
                }
                if is_match {
                    let balance = finding.balance.as_ref().expect("a balance");
                    let of =
                        |views: &Views<Number>| (views.verified.thousandths(), views.reported.thousandths());
                    let engine = [of(&balance.burden), of(&balance.due), of(&balance.returned)];
                    let (v, r) = (v.2.balance.expect("a balance"), r.2.balance.expect("a balance"));
                    let naive = [(v.0, r.0), (v.1, r.1), (v.2, r.2)];
                    if engine != naive {
                        return say("balance", finding, format!("{engine:?}"), format!("{naive:?}"));
                    }
                }
            }
        }
    }
    None
}

/// The ways to take one incident: believed or not, at each bound of its amount, at each moment that can matter.
fn ways<'a>(incident: &'a Incident, doubt: Doubt, critical: &[i64]) -> Vec<Event<'a>> {
    let certain = match doubt {
        Doubt::Disputed => incident.grade >= Grade::Reported,
        Doubt::Unverified => incident.grade == Grade::Verified,
    };
    let mut times: Vec<i64> = vec![incident.time.0, incident.time.1];
    times.extend(critical.iter().filter(|moment| incident.time.0 < **moment && **moment < incident.time.1));
    let mut amounts = vec![incident.amount.0, incident.amount.1];
    for list in [&mut times, &mut amounts] {
        list.sort_unstable();
        list.dedup();
    }
    let mut ways = Vec::new();
    for accepted in if certain { &[true][..] } else { &[true, false] } {
        for at in &times {
            for amount in &amounts {
                let of = incident;
                ways.push(Event { of, accepted: *accepted, at: *at, amount: *amount });
                // Who speaks against its own interest is believed in spite of all; else one way not to be is enough.
                if !accepted && incident.asserted_by.is_empty() {
                    return ways;
                }
            }
        }
    }
    ways
}

/// Every world, and what is found in each: one list of verdicts for each promise.
fn in_all_worlds(
    written: &Written,
    incidents: &[Incident],
    doubt: Doubt,
    moments: &[i64],
    most: usize,
) -> Option<(usize, Vec<Vec<Vec<Verdict>>>)> {
    let known: Vec<&Incident> = incidents.iter().filter(|i| i.grade != Grade::Refuted).collect();
    let mut critical: Vec<i64> = known.iter().filter(|i| i.time.0 == i.time.1).map(|i| i.time.0).collect();
    // And at the dates of the agreement, in its clock, and those that are asked for.
    let shift = if written.pact.clock == "UTC" { 0 } else { 3 * HOUR_MS };
    for words in written.pact.files[0].text.split_whitespace().collect::<Vec<_>>().windows(2) {
        let hour = if words[1].len() == 5 && words[1].contains(':') { words[1] } else { "00:00" };
        if let Ok(date) = format!("{}T{hour}:00Z", words[0]).parse::<Instant>() {
            critical.extend([date.ms() - shift, date.ms() - shift + DAY_MS]);
        }
    }
    critical.extend(moments.iter().flat_map(|at| [*at, at + 1]));
    critical.sort_unstable();
    critical.dedup();
    let ways: Vec<Vec<Event>> = known.iter().map(|i| ways(i, doubt, &critical)).collect();
    let n_worlds = ways.iter().map(Vec::len).try_fold(1usize, |n, m| n.checked_mul(m)).unwrap_or(usize::MAX);
    if n_worlds > most {
        return None;
    }
    let mut all: Vec<Vec<Vec<Verdict>>> = vec![Vec::new(); moments.len()];
    for number in 0..n_worlds {
        let mut rest = number;
        let mut events = Vec::new();
        for ways in &ways {
            events.push(ways[rest % ways.len()]);
            rest /= ways.len();
        }
        let world = World::new(&written.pact, events);
        for (at, moment) in moments.iter().enumerate() {
            for (place, (_, _, verdict)) in world.verdicts(*moment).into_iter().enumerate() {
                if all[at].len() <= place {
                    all[at].push(Vec::new());
                }
                all[at][place].push(verdict);
            }
        }
    }
    Some((n_worlds, all))
}

/// What differs between the engine's worst and best and all worlds; how many worlds there were.
fn worlds_differ(case: &Case, seed: u64, n_worlds: &Cell<usize>) -> Option<String> {
    let written = case.written(Dress::default(), None)?;
    let mut rng = Rng(seed);
    let known = Dress::default().at("@90");
    let incidents = naive::incidents(&written.told, &case.standpoint, known);
    let moments = moments(&written, &mut rng, 4);
    let Some((n, all)) = in_all_worlds(&written, &incidents, case.standpoint.doubt, &moments, 4096) else {
        n_worlds.set(0);
        return None;
    };
    n_worlds.set(n);
    for (at, verdicts) in moments.iter().zip(all) {
        let findings = found(&written, &case.standpoint, known, *at);
        for (finding, verdicts) in findings.iter().zip(verdicts) {
            let states: BTreeSet<u8> = verdicts.iter().map(|v| v.state as u8).collect();
            let mut names: Vec<String> = verdicts.iter().map(|v| format!("{:?}", v.state)).collect();
            names.sort();
            names.dedup();
            let say = |what: &str, engine: String, naive: String| {
                Some(format!(
                    "{} {} at {}: {what}: engine {engine}, all worlds {naive}",
                    finding.provision,
                    finding.obligor,
                    Instant::from_ms(*at)
                ))
            };
            let views = format!("{:?} | {:?}", finding.state.worst, finding.state.best);
            if finding.state.is_settled() != (states.len() == 1) {
                return say("settled", views, names.join(" "));
            }
            if !states.contains(&(finding.state.worst as u8)) || !states.contains(&(finding.state.best as u8))
            {
                return say("state", views, names.join(" "));
            }
            let breaches = (verdicts.iter().any(|v| v.breach), verdicts.iter().all(|v| v.breach));
            if (finding.breach.worst, finding.breach.best) != breaches {
                let engine = (finding.breach.worst, finding.breach.best);
                return say("breach worst, best", format!("{engine:?}"), format!("{breaches:?}"));
            }
            let bounds = |of: &dyn Fn(&Verdict) -> i64| {
                let all: Vec<i64> = verdicts.iter().map(of).collect();
                (*all.iter().min().expect("a world"), *all.iter().max().expect("a world"))
            };
            if finding.balance.is_none() {
                let engine = (i64::from(finding.n_episodes.best), i64::from(finding.n_episodes.worst));
                let naive = bounds(&|v| v.n_episodes as i64);
                // One vague moment can serve one instance best early and another late: no world has the most of all.
                let is_within = engine.0 <= naive.0 && naive.1 <= engine.1;
                let is_each_time = finding.tally.iter().map(|(_, n)| n).sum::<u32>() > 1;
                if engine != naive && !(is_each_time && is_within) {
                    return say("episodes", format!("{engine:?}"), format!("{naive:?}"));
                }
            }
            for (place, progress) in finding.progress.iter().enumerate() {
                let engine = (progress.low.thousandths(), progress.high.thousandths());
                let naive = bounds(&|v| v.progress[place]);
                if engine != naive {
                    return say("progress", format!("{engine:?}"), format!("{naive:?}"));
                }
            }
            if let Some(balance) = &finding.balance {
                let of = |a: &Number, b: &Number| (a.thousandths(), b.thousandths());
                let engine = [
                    of(&balance.burden.best, &balance.burden.worst),
                    of(&balance.due.best, &balance.due.worst),
                    of(&balance.returned.worst, &balance.returned.best),
                ];
                let part = |of: fn((i64, i64, i64)) -> i64| bounds(&|v| of(v.balance.expect("a balance")));
                let naive = [part(|b| b.0), part(|b| b.1), part(|b| b.2)];
                if engine != naive {
                    return say("balance", format!("{engine:?}"), format!("{naive:?}"));
                }
            }
        }
    }
    None
}

/// Fails with the smallest case that shows a difference; `SERVANDA_ALL` lists what differs in all of them instead, `SERVANDA_CASE`
/// tries only one, `SERVANDA_CASES` so many.
fn hold(numbers: std::ops::Range<u64>, wish: Wish, differ: &dyn Fn(&Case, u64) -> Option<String>) {
    let list_all = std::env::var_os("SERVANDA_ALL").is_some();
    let more = std::env::var("SERVANDA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(numbers.end);
    let numbers = numbers.start..more;
    let mut n_differ = 0;
    let only: Option<u64> = std::env::var("SERVANDA_CASE").ok().and_then(|number| number.parse().ok());
    for number in numbers.filter(|number| only.is_none_or(|only| only == *number)) {
        let case = case(number, wish);
        assert!(case.pact(Dress::default()).is_some(), "no agreement:\n{}", case.show());
        let Some(why) = differ(&case, number) else { continue };
        n_differ += 1;
        if list_all {
            println!("{number}: {why}");
            continue;
        }
        // The same sort of difference, in less.
        let what = |why: &str| why.split(": ").nth(1).map(str::to_owned);
        let small = case.shrunk(&|less| differ(less, number).is_some_and(|other| what(&other) == what(&why)));
        let why = differ(&small, number).unwrap_or(why);
        panic!("case {number}: {why}\n{}", small.show());
    }
    assert_eq!(n_differ, 0);
}

#[test]
fn the_verified_and_the_reported_view_follow_the_rules() {
    let wish = Wish { few_doubts: false, counters: false, n_claims: (10, 40) };
    hold(0..1500, wish, &views_differ);
}

#[test]
fn worst_and_best_are_those_of_all_worlds() {
    let wish = Wish { few_doubts: true, counters: false, n_claims: (8, 24) };
    let (n_worlds, n_tried, n_all) = (Cell::new(0), Cell::new(0), Cell::new(0));
    hold(0..1500, wish, &|case, number| {
        let why = worlds_differ(case, number, &n_worlds);
        n_tried.set(n_tried.get() + usize::from(n_worlds.get() > 0));
        n_all.set(n_all.get() + n_worlds.get());
        why
    });
    println!("{} cases, {} worlds", n_tried.get(), n_all.get());
    assert!(n_tried.get() >= 1000, "{} cases", n_tried.get());
}
