//! A million event rows of four sources: loaded, matched, assessed. Prints seconds and peak memory.
//!
//! `bench_incidents [N_ROWS]`

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the status of its own process"
)]

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant as Clock;

use servanda_assess::Context;
use servanda_assess::incidents::generator::{Density, truth};
use servanda_assess::violations::{Question, violations};
use servanda_ledger::{KnownBy, LedgerBuilder};
use servanda_model::*;
use servanda_pact::parse_agreement;

const PACT: &str = r#"
pact truce "Truce"
clock UTC
instrument truce "Truce" adopted 1970-01-01
party a1 "One"
party a2 "Two"
kind k1 "k1"
kind k2 "k2"
kind k3 "k3"
kind k4 "k4"
kind k5 "k5"
kind k6 "k6"

provision calm "point 1"
  paraphrase "Nothing of the sort."
  a1, a2 must not k1, k2, k3, k4, k5, k6
"#;

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn main() {
    let n_rows: usize = std::env::args().nth(1).map_or(1_000_000, |n| n.parse().expect("a number"));
    let truth = truth(Density::Medium, (n_rows as f64 / 2.25) as usize, 1);
    println!("{} rows, medium density, four sources", truth.records.len());
    let started = Clock::now();
    let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(HashMap::<ClaimId, Claim>::new()));
    builder.reserve(truth.records.len());
    for record in &truth.records {
        let mut claim =
            Claim::new(DocumentId::default(), Span::default(), "a row", ClaimKind::Event).expect("words");
        claim.method = Method::Feed;
        claim.event_kind = Some(Name::from(format!("k{}", record.kind)));
        claim.actors = record.actors.iter().map(|actor| Name::from(format!("a{actor}"))).collect();
        claim.origin = Some(Name::from(format!("source-{}", record.source)));
        claim.position = record.point;
        let (first, last) = (Instant::from_ms(record.earliest_ms), Instant::from_ms(record.latest_ms));
        claim.when = Some(When::between(first, last, Precision::Day));
        if let Some(toll) = record.toll {
            claim.quantities = vec![Quantity::exactly(toll.best, "person")];
        }
        let id = ClaimId(Hash32::of(&record.key.to_be_bytes()));
        builder.claim(id, &claim, last);
    }
    let ledger = builder.finish();
    println!("loaded: {:.2} s, {} MB at most so far", started.elapsed().as_secs_f64(), peak_mb());
    let (agreement, found) = parse_agreement(&[("truce.pact".to_owned(), PACT.as_bytes().to_vec())]);
    assert!(found.iter().all(|found| found.severity != Severity::Error), "{found:?}");
    let started = Clock::now();
    let view = ledger.as_of(Instant::MAX);
    let standpoint = Standpoint::all_sources();
    let question = Question { at: ledger.last_known_at().unwrap_or_default(), ..Question::default() };
    let found =
        violations(&view, &agreement, &standpoint, &Context::default(), &[], &question).expect("a clock");
    println!(
        "matched and assessed: {:.2} s, {} MB at most: {} incidents, {} pairs weighed, {} rounds",
        started.elapsed().as_secs_f64(),
        peak_mb(),
        found.incidents.len(),
        found.fit.0,
        found.fit.1
    );
}
