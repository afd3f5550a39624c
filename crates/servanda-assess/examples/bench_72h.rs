//! "Promised, fulfilled within 72 hours unless suspended": the violations in a file of events, and after one late claim.
//!
//! Reads `kind,party,time_ms` lines (kinds `promise`, `fulfil`, `suspend`) from the file given first; the second
//! argument is the last moment of the data in milliseconds. Prints one JSON object with the SHA-256 of the sorted
//! `party,time_ms` lines of violations, so that other programs' results can be compared.
#![allow(clippy::disallowed_methods)]

use std::sync::Arc;
use std::time::Instant as Stopwatch;

use servanda_assess::Context;
use servanda_assess::status::{Engine, Question};
use servanda_ledger::{ClaimSource, KnownBy, LedgerBuilder};
use servanda_model::*;
use servanda_pact::parse_agreement;

struct Nothing;

impl ClaimSource for Nothing {
    fn claim(&self, _: &ClaimId) -> Option<Claim> {
        None
    }
}

fn pact(parties: &[String]) -> String {
    let mut text = "pact bench \"72 hours\"\nclock UTC\ninstrument t \"t\" adopted 1970-01-01\n".to_owned();
    text += "kind promise \"p\"\nkind fulfil \"f\"\nkind suspend \"s\"\n";
    for party in parties {
        text += &format!("party {party} \"{party}\"\n");
    }
    for party in parties {
        text += &format!(
            "provision p.{party} \"1\"\n  paraphrase \"within 72 hours\"\n  {party} must deliver 1 fulfil\n  whenever promise by {party}\n  unless suspend by {party}\n  within 72 hours\n"
        );
    }
    text
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
    let arguments: Vec<String> = std::env::args().collect();
    let (Some(path), Some(end)) =
        (arguments.get(1), arguments.get(2).and_then(|text| text.parse::<i64>().ok()))
    else {
        eprintln!("usage: bench_72h EVENTS.csv END_MS");
        std::process::exit(2);
    };
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let read = cpu_s();
    let mut events: Vec<(&str, &str, i64)> = text
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(',');
            Some((fields.next()?, fields.next()?, fields.next()?.parse().ok()?))
        })
        .collect();
    // One promise is held back and comes late: in the middle of the data, by the first party.
    let late_at = events.iter().map(|event| event.2).min().unwrap_or(0).midpoint(end) + 17;
    let mut parties: Vec<String> = events.iter().map(|event| event.1.to_owned()).collect();
    parties.sort();
    parties.dedup();
    let late_party = parties[0].clone();
    events.push(("promise", &late_party, late_at));

    let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(Nothing));
    for (n, (kind, party, time)) in events.iter().enumerate() {
        let is_late = n + 1 == events.len();
        let known = Instant::from_ms(if is_late { end + 1 } else { *time });
        let mut claim =
            Claim::new(DocumentId::default(), Span::default(), "row", ClaimKind::Event).expect("words");
        claim.event_kind = Some((*kind).into());
        claim.actors = vec![(*party).into()];
        claim.when = Some(When::at(Instant::from_ms(*time)));
        let fact = builder.symbols().fact(&claim, None, known);
        builder.fact(ClaimId(FieldHasher::new("row").field(&n.to_le_bytes()).finish()), fact, None);
    }
    let ledger = builder.finish();
    let built = cpu_s();
    let (agreement, _) = parse_agreement(&[("bench.pact".to_owned(), pact(&parties).into_bytes())]);
    let mut engine =
        Engine::new(agreement, Standpoint::all_sources(), Context::default()).expect("UTC is known");
    let view = ledger.as_of(Instant::from_ms(end));
    engine.load(&view);
    let breaches = engine.breached_instances(Instant::from_ms(end));
    let assessed = cpu_s();
    let hash = |breaches: &[(Name, Name, Instant)]| {
        let mut lines: Vec<String> = breaches.iter().map(|(_, _, at)| at.ms().to_string()).collect();
        for (line, (provision, _, _)) in lines.iter_mut().zip(breaches) {
            *line = format!("{},{line}", provision.as_str().trim_start_matches("p."));
        }
        lines.sort();
        Hash32::of((lines.join("\n") + "\n").as_bytes()).to_string()
    };
    let first = hash(&breaches);
    let full = ledger.as_of(Instant::MAX);
    let change = *full.changes().last().expect("the late one");
    let provision: Name = format!("p.{late_party}").as_str().into();
    let clock = Stopwatch::now();
    engine.apply(&full, change);
    let question = Question { at: Instant::from_ms(end), due_soon_days: 3, only: Some(provision), why: true };
    let found = engine.findings(&full, &question);
    let late_us = clock.elapsed().as_secs_f64() * 1e6;
    assert!(found.len() == 1);
    let after = engine.breached_instances(Instant::from_ms(end));
    println!(
        "{{\"n_events\":{},\"n_violations\":{},\"violations_sha256\":\"{first}\",\"read_cpu_s\":{:.2},\"build_cpu_s\":{:.2},\"assess_cpu_s\":{:.2},\"late_claim_us\":{late_us:.1},\"late_party\":\"{late_party}\",\"late_ms\":{late_at},\"n_violations_after\":{},\"violations_after_sha256\":\"{}\",\"peak_mb\":{:.0}}}",
        events.len() - 1,
        breaches.len(),
        read,
        built - read,
        assessed - built,
        after.len(),
        hash(&after),
        peak_mb()
    );
}
