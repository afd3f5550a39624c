//! Measures the status engine: cold status, one late claim with why, as-of queries, memory.
//!
//! `cargo run --release -p servanda-assess --example bench_status -- 1000000` prints one JSON object.
//! CPU time and peak memory are the operating system's own (`/proc/self`), so this runs on Linux only.
#![allow(clippy::disallowed_methods)]

use std::sync::Arc;
use std::time::Instant as Stopwatch;

use servanda_assess::Context;
use servanda_assess::status::{Engine, Question};
use servanda_ledger::{ClaimSource, KnownBy, Ledger, LedgerBuilder};
use servanda_model::*;
use servanda_pact::parse_agreement;

const START: i64 = 1_735_689_600_000; // 2025-01-01T00:00:00Z
const YEAR_MS: i64 = 365 * DAY_MS;

const PACT: &str = r#"pact bench "Ten promises"
clock UTC
instrument text "The text" adopted 2025-01-01
party north "North"
party south "South"
kind k0 "a" counts piece
kind k1 "b" counts piece
kind k2 "c" counts piece
kind k3 "d"
kind k4 "e"
kind k5 "f" counts truck
kind k6 "g" counts truck
kind k7 "h" counts person
kind k8 "i" counts person
kind k9 "j"
kind k10 "k"
provision d0 "1"
  paraphrase "a"
  north must deliver 400000 k0 to south
  by 2025-10-01
provision d1 "2"
  paraphrase "b"
  south must deliver 10000 k1 to north
  within 200 days
provision d2 "3"
  paraphrase "c"
  north must deliver 50000 k2 to south
  when count k1 at least 1000
  within 90 days
provision n0 "4"
  paraphrase "d"
  north must not k3
provision n1 "5"
  paraphrase "e"
  south must not k4
  unless breached n0
provision n2 "6"
  paraphrase "f"
  north, south must not k3, k4
provision w0 "7"
  paraphrase "g"
  north must keep k5 at least 9000 per week
  tolerance 1 week in 4
  watch k5 by source0 complete after 3 days
provision w1 "8"
  paraphrase "h"
  south must keep k6 at most 2000 per day
  watch k6 by source0 complete after 3 days
provision m0 "9"
  paraphrase "i"
  south must match 1 k8 for each 1 k7 by north
  assume within 5 days "the text sets none"
provision a0 "10"
  paraphrase "j"
  south must deliver 1 k10
  whenever k9 by north
  within 72 hours
"#;

struct Synthetic;

impl ClaimSource for Synthetic {
    fn claim(&self, _: &ClaimId) -> Option<Claim> {
        Claim::new(DocumentId::default(), Span::default(), "words of the claim", ClaimKind::Event).ok()
    }
}

/// The counter-based generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn claim(n: u64, seed: &mut u64) -> (ClaimId, Claim, Instant) {
    let kind = splitmix(seed) % 11;
    let day = (splitmix(seed) % 365) as i64;
    let start = START + day * DAY_MS;
    let when = if splitmix(seed).is_multiple_of(4) {
        When::at(Instant::from_ms(start + (splitmix(seed) % 86_400) as i64 * 1000))
    } else {
        When::between(Instant::from_ms(start), Instant::from_ms(start + DAY_MS - 1), Precision::Day)
    };
    let mut claim =
        Claim::new(DocumentId::default(), Span::default(), "words", ClaimKind::Event).expect("words");
    claim.event_kind = Some(format!("k{kind}").into());
    claim.when = Some(when);
    let actor = match kind {
        1 | 4 | 8 | 10 => "south",
        _ => "north",
    };
    claim.actors = vec![actor.into()];
    claim.speaker = Some(format!("source{}", splitmix(seed) % 200).into());
    claim.quantities = vec![Quantity::exactly((splitmix(seed) % 9 + 1) as i64, "piece")];
    let lag = (splitmix(seed) % 5) as i64 * DAY_MS;
    let id = ClaimId(FieldHasher::new("bench").field(&n.to_le_bytes()).finish());
    (id, claim, Instant::from_ms(when.latest.ms() + lag))
}

fn build(n: u64, n_late: u64) -> (Ledger, Instant) {
    let mut seed = 7;
    let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(Synthetic));
    for at in 0..n {
        let (id, claim, known) = claim(at, &mut seed);
        let fact = builder.symbols().fact(&claim, None, known);
        builder.fact(id, fact, None);
    }
    let known = Instant::from_ms(START + YEAR_MS + 10 * DAY_MS);
    for at in n..n + n_late {
        let (id, claim, _) = claim(at, &mut seed);
        let fact = builder.symbols().fact(&claim, None, known.plus_ms(1 + (at - n) as i64));
        builder.fact(id, fact, None);
    }
    (builder.finish(), known)
}

fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn main() {
    let n: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let n_late = 2_000;
    let (ledger, known) = build(n, n_late);
    let ledger_mb = peak_mb();
    let (agreement, diagnostics) = parse_agreement(&[("bench.pact".to_owned(), PACT.as_bytes().to_vec())]);
    assert!(diagnostics.iter().all(|d| d.severity != Severity::Error), "{diagnostics:?}");
    let at = Instant::from_ms(START + YEAR_MS);
    let question = Question { at, due_soon_days: 3, only: None, why: false };

    let before = cpu_s();
    let mut engine =
        Engine::new(agreement, Standpoint::all_sources(), Context::default()).expect("UTC is known");
    let view = ledger.as_of(known);
    engine.load(&view);
    let loaded = cpu_s();
    let findings = engine.findings(&view, &question);
    let cold = cpu_s();
    let states: Vec<String> = findings
        .iter()
        .map(|f| format!("{} {:?} x{}", f.provision, f.state.reported, f.n_episodes.reported))
        .collect();

    let full = ledger.as_of(Instant::MAX);
    let late: Vec<_> = full.changes()[view.changes().len()..].to_vec();
    let mut us: Vec<f64> = Vec::new();
    let mut by_provision: std::collections::BTreeMap<String, Vec<f64>> = Default::default();
    for change in late {
        let servanda_ledger::What::Assert(ix) = change.what else { continue };
        let kind = full.fact(ix).map(|fact| full.name(fact.event_kind).clone());
        let touched = findings
            .iter()
            .find(|f| kind.as_ref().is_some_and(|k| provision_of(k.as_str()) == f.provision.as_str()));
        let only = touched.map(|f| f.provision.clone());
        let clock = Stopwatch::now();
        engine.apply(&full, change);
        let found = engine.findings(&full, &Question { at, due_soon_days: 3, only, why: true });
        us.push(clock.elapsed().as_secs_f64() * 1e6);
        by_provision.entry(found[0].provision.to_string()).or_default().push(us[us.len() - 1]);
        assert!(!found.is_empty());
    }
    us.sort_by(f64::total_cmp);
    let percentile = |p: f64| us[((us.len() - 1) as f64 * p) as usize];

    let clock = Stopwatch::now();
    let n_queries = 200;
    for day in 0..n_queries {
        let at = Instant::from_ms(START + day * DAY_MS + 1);
        let found =
            engine.findings(&full, &Question { at, due_soon_days: 3, only: Some("d0".into()), why: false });
        assert!(found.len() == 1);
    }
    let as_of_us = clock.elapsed().as_secs_f64() * 1e6 / n_queries as f64;
    let medians: Vec<String> = by_provision
        .iter_mut()
        .map(|(provision, us)| {
            us.sort_by(f64::total_cmp);
            format!("\"{provision}\":{:.1}", us[us.len() / 2])
        })
        .collect();
    println!("{{\"late_p50_us_by_provision\":{{{}}}}}", medians.join(","));
    println!(
        "{{\"claims\":{n},\"load_cpu_s\":{:.2},\"cold_cpu_s\":{:.2},\"ledger_mb\":{ledger_mb:.0},\"peak_mb\":{:.0},\"late_p50_us\":{:.1},\"late_p99_us\":{:.1},\"late_max_us\":{:.1},\"as_of_us\":{as_of_us:.1},\"states\":{:?}}}",
        loaded - before,
        cold - before,
        peak_mb(),
        percentile(0.5),
        percentile(0.99),
        percentile(1.0),
        states
    );
}

/// The provision that counts a kind first.
fn provision_of(kind: &str) -> &'static str {
    match kind {
        "k0" => "d0",
        "k1" => "d1",
        "k2" => "d2",
        "k3" => "n0",
        "k4" => "n1",
        "k5" => "w0",
        "k6" => "w1",
        "k7" | "k8" => "m0",
        _ => "a0",
    }
}
