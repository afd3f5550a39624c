//! Running totals beside single deliveries: the engine against the rule written down plainly, total by total.

use servanda_model::*;

use crate::random::Rng;
use crate::world::moment;

const PACT: &str = r#"pact test "A test"
clock UTC
instrument text "The text" adopted 2025-01-01
party south "South"
kind parcel "parcels" counts parcel
provision p "a point"
  paraphrase "parcels"
  south must deliver 20 parcel
  no deadline
"#;

/// A delivery at noon, or a total up to the end of a day, in whole parcels.
#[derive(Clone, Copy, Debug)]
struct Said {
    day: u64,
    n: i64,
    is_total: bool,
    counter: &'static str,
    is_disputed: bool,
}

fn record(rng: &mut Rng) -> Vec<Said> {
    let n_said = 2 + rng.below(9);
    let one = |rng: &mut Rng| Said {
        day: 2 + rng.below(20),
        n: 1 + rng.below(12) as i64,
        is_total: rng.chance(60),
        counter: rng.pick(&["clerk", "clerk", "depot"]),
        is_disputed: rng.chance(25),
    };
    let mut said: Vec<Said> = Vec::new();
    for _ in 0..n_said {
        let next = one(rng);
        // One counter says one thing about one stretch.
        let same = |other: &Said| other.is_total && (other.day, other.counter) == (next.day, next.counter);
        if !(next.is_total && said.iter().any(same)) {
            said.push(next);
        }
    }
    said
}

fn lines(said: &[Said]) -> String {
    let line = |(at, said): (usize, &Said)| {
        let time = match said.is_total {
            true => format!("2025-01-01/2025-01-{:02}", said.day),
            false => format!("2025-01-{:02}T12:00", said.day),
        };
        let how =
            if said.is_total { format!("counter {} total", said.counter) } else { "by south".to_owned() };
        let line = format!("{time} parcel {} {how} id i{at} says press\n", said.n);
        let denied = format!("{time} parcel {} {how} id i{at} says north not\n", said.n);
        if said.is_disputed { line + &denied } else { line }
    };
    said.iter().enumerate().map(line).collect()
}

/// The sum up to the end of a day: by deliveries alone, and by the last total with the deliveries after it, never more than a later
/// total says.
fn sums(said: &[Said], day: u64) -> (i64, Option<i64>, i64) {
    let came = |from: u64| {
        said.iter()
            .filter(|one| !one.is_total && from < one.day && one.day <= day)
            .map(|one| one.n)
            .sum::<i64>()
    };
    let totals = || said.iter().filter(|one| one.is_total);
    let later = totals().filter(|one| one.day > day).map(|one| one.n).min().unwrap_or(i64::MAX);
    let last = totals().filter(|one| one.day <= day).map(|one| one.day).max();
    let by_total = last.map(|last| {
        let smallest = totals().filter(|one| one.day >= last).map(|one| one.n).min().expect("a total");
        (smallest + came(last)).min(later)
    });
    (came(0), by_total, later)
}

fn reported(said: &[Said], day: u64) -> i64 {
    let (events, by_total, _) = sums(said, day);
    events.max(by_total.unwrap_or(0))
}

fn worst(said: &[Said], day: u64) -> i64 {
    let (events, by_total, later) = sums(said, day);
    by_total.unwrap_or(events.min(later))
}

/// Of rivals the one that says most: each counter with its own totals.
fn best(said: &[Said], day: u64) -> i64 {
    let of = |counter: &str| {
        let own: Vec<Said> =
            said.iter().filter(|one| !one.is_total || one.counter == counter).copied().collect();
        reported(&own, day)
    };
    of("clerk").max(of("depot"))
}

#[test]
fn shrinking_totals_follow_the_rule() {
    let mut n_shrinking = 0;
    for number in 0..1500 {
        let mut rng = Rng(number);
        let said = record(&mut rng);
        let doubts: Vec<usize> = (0..said.len()).filter(|at| said[*at].is_disputed).collect();
        let worlds: Vec<Vec<Said>> = (0..1u32 << doubts.len())
            .map(|believed| {
                let rejected = |at: &usize| {
                    doubts.iter().position(|doubt| doubt == at).is_some_and(|bit| believed >> bit & 1 == 0)
                };
                (0..said.len()).filter(|at| !rejected(at)).map(|at| said[at]).collect()
            })
            .collect();
        let day = 1 + rng.below(24);
        // Known later than the day that is asked about: what is corrected later is known here.
        let at = format!("2025-01-{day:02}");
        let ledger = crate::world::ledger(&lines(&said));
        let view = ledger.as_of(moment("2025-02-10", true));
        let pact = crate::world::agreement(PACT);
        let mut engine = servanda_assess::status::Engine::new(
            pact,
            Standpoint::all_sources(),
            servanda_assess::Context::default(),
        )
        .expect("a clock");
        engine.load(&view);
        let found = &engine.findings(&view, &crate::equal::question(moment(&at, true).ms()))[0];
        let progress = &found.progress[0];
        let show = || format!("case {number} on {at}:\n{}{progress:?} {:?}", lines(&said), found.state);
        let over = |of: fn(&[Said], u64) -> i64| worlds.iter().map(move |world| of(world, day));
        let whole = |n: Number| n.thousandths() / 1000;
        assert_eq!(whole(progress.reported), reported(&said, day), "reported, {}", show());
        assert_eq!(whole(progress.low), over(worst).min().expect("a world"), "worst, {}", show());
        let most = over(best).max().expect("a world");
        assert!(whole(progress.high) >= most, "best of all worlds {most}, {}", show());
        if doubts.is_empty() && said.iter().all(|one| !one.is_total || one.day <= day) {
            assert_eq!(whole(progress.high), most, "best, {}", show());
        }
        let is_met = |n: i64| n >= 20;
        let says = |state: State| state == State::Fulfilled;
        assert_eq!(says(found.state.reported), is_met(reported(&said, day)), "{}", show());
        assert_eq!(says(found.state.worst), is_met(whole(progress.low)), "{}", show());
        assert_eq!(says(found.state.best), is_met(whole(progress.high)), "{}", show());
        n_shrinking += usize::from(said.iter().any(|one| {
            one.is_total && said.iter().any(|other| other.is_total && other.day > one.day && other.n < one.n)
        }));
    }
    assert!(n_shrinking > 500, "{n_shrinking} cases");
}
