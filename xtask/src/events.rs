//! Events for the comparison "promised, fulfilled within 72 hours unless suspended": the same for every program and run.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Parties `a0` to `a999`.
const N_PARTIES: u64 = 1000;
/// The events lie in this stretch of time.
const SPAN_MS: u64 = 365 * 86_400_000;
/// Of ten events so many are promises, fulfilments, suspensions. With these, about one promise in 27 is not met.
const SHARES: [(&str, u64); 3] = [("promise", 6), ("fulfil", 3), ("suspend", 1)];
const SEED: u64 = 0x5e7_4a9d;

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// Milliseconds from the beginning.
    pub time_ms: u64,
    /// Number of the party.
    pub party: u64,
    /// `promise`, `fulfil` or `suspend`.
    pub kind: &'static str,
}

/// So many events in order of time.
pub fn events(n: usize) -> Vec<Event> {
    let mut random = SplitMix(SEED);
    let mut events: Vec<Event> = (0..n)
        .map(|_| Event {
            kind: share(random.below(10)),
            party: random.below(N_PARTIES),
            time_ms: random.below(SPAN_MS),
        })
        .collect();
    events.sort_unstable();
    events
}

/// The late event: a promise of the first party in the middle of the data that nobody had heard of before.
///
/// `bench_72h` holds back the same one by the same rule.
pub fn late(events: &[Event]) -> Option<Event> {
    let (first, last) = (events.first()?, events.last()?);
    let party = events.iter().map(|event| event.party).min()?;
    Some(Event { time_ms: first.time_ms.midpoint(last.time_ms) + 17, party, kind: "promise" })
}

/// The table that the programs read.
pub fn csv(events: &[Event]) -> String {
    let mut text = String::from("kind,party,time_ms\n");
    for event in events {
        let _ = writeln!(text, "{},a{},{}", event.kind, event.party, event.time_ms);
    }
    text
}

/// Writes the events to a file and the late one to `late.csv` beside it.
///
/// # Errors
/// A file cannot be written.
pub fn write(n: usize, file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder)?;
    }
    let events = events(n);
    fs::write(file, csv(&events)).with_context(|| format!("cannot write {}", file.display()))?;
    let beside: PathBuf = folder.join("late.csv");
    fs::write(&beside, csv(late(&events).as_slice()))
        .with_context(|| format!("cannot write {}", beside.display()))
}

fn share(roll: u64) -> &'static str {
    let mut left = roll;
    for (kind, share) in SHARES {
        if left < share {
            return kind;
        }
        left -= share;
    }
    unreachable!("the shares are those of ten")
}

/// Steele, Lea and Flood's generator of 2014: small, known, the same everywhere.
pub(crate) struct SplitMix(pub(crate) u64);

impl SplitMix {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `bound`; the bias of the remainder is far below anything measured here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn the_same_events_every_time_and_in_order() {
        let first = events(2000);
        assert_eq!(first, events(2000));
        assert!(first.is_sorted());
        let n_promises = first.iter().filter(|event| event.kind == "promise").count();
        assert!((1100..1300).contains(&n_promises), "{n_promises}");
        assert!(late(&first).is_some_and(|late| late.party == 0 && late.kind == "promise"));
        assert!(csv(&first[..1]).starts_with("kind,party,time_ms\n"));
    }
}
