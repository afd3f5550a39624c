//! Rival counts and the audit of a record of so many figures, in CPU seconds: `bench_counts [N]`.
//!
//! Nine tenths are single occurrences; the rest are daily totals and running totals of 20 counters. Prints one JSON object.
#![allow(clippy::disallowed_methods)]

use std::collections::HashMap;
use std::sync::Arc;

use servanda_assess::{Context, audit, counts};
use servanda_ledger::{KnownBy, LedgerBuilder};
use servanda_model::*;
use servanda_pact::parse_agreement;

const PACT: &str = "pact bench \"counts\"\nclock Etc/GMT-2\ninstrument t \"t\" adopted 2020-01-01\nparty north \"N\"\nkind truck \"t\" counts truck\n";
const N_COUNTERS: i64 = 20;

fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn claim(n: i64, first_day_ms: i64) -> Claim {
    let quote = format!("figure {n}");
    let mut claim =
        Claim::new(DocumentId::default(), Span::default(), quote, ClaimKind::Quantity).expect("words");
    claim.event_kind = Some("truck".into());
    claim.method = Method::Feed;
    claim.quantities = vec![Quantity::exactly(n % 640, "truck")];
    if n % 10 != 0 {
        let at = Instant::from_ms(first_day_ms + n % 2000 * DAY_MS + n % 24 * HOUR_MS);
        claim.when = Some(When::at(at));
        return claim;
    }
    // Daily totals, and running totals that agree with them, day by day for each counter.
    let n = n / 10;
    let (counter, n) = (n % N_COUNTERS, n / N_COUNTERS);
    let (day, is_running) = (n / 2, n % 2 == 1);
    let on = |day: i64| Instant::from_ms(first_day_ms + day * DAY_MS);
    let figure = if is_running { (0..=day % 50).sum::<i64>() + day / 50 * 1225 } else { day % 50 };
    claim.counter = Some(Name::from(format!("counter-{counter}")));
    claim.measure = Measure::Total;
    claim.quantities = vec![Quantity::exactly(figure, "truck")];
    claim.window = Some(Window { start: on(if is_running { 0 } else { day }), end: on(day + 1) });
    claim
}

fn main() {
    let n: i64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let (agreement, _) = parse_agreement(&[("bench.pact".to_owned(), PACT.as_bytes().to_vec())]);
    let first_day: Instant = "2019-12-31T22:00:00Z".parse().expect("a moment");
    let mut totals: HashMap<ClaimId, Claim> = HashMap::new();
    let claims: Vec<(ClaimId, Claim)> =
        (0..n).map(|n| claim(n, first_day.ms())).map(|claim| (claim.id(), claim)).collect();
    totals.extend(claims.iter().filter(|(_, claim)| claim.measure == Measure::Total).cloned());
    let n_totals = totals.len();
    let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(totals));
    for (id, claim) in &claims {
        builder.claim(*id, claim, first_day);
    }
    let ledger = builder.finish();
    let view = ledger.as_of(Instant::MAX);
    let on = |day: i64| first_day.plus_ms(day * DAY_MS);
    let kinds = ["truck".into()];
    let everybody = Standpoint::all_sources();
    let mut question = counts::Question {
        kinds: &kinds,
        window: Window { start: on(100), end: on(160) },
        per: None,
        component: None,
        counters: &[],
        conversions: &[],
        promises: &[],
    };
    let mut timed = Vec::new();
    let mut ask = |what: &str, question: &counts::Question| {
        let start = cpu_s();
        let found =
            counts::counts(&view, &agreement, &everybody, &Context::default(), question).expect("a clock");
        timed.push(format!(
            "\"{what}_cpu_s\":{:.2},\"{what}_n_series\":{}",
            cpu_s() - start,
            found[0].series.len()
        ));
    };
    ask("counts", &question);
    question.per = Some(servanda_pact::Per::Day);
    ask("counts_60_days", &question);
    let start = cpu_s();
    let question = audit::Question { kinds: &[], who: &[], counters: &[], promises: &[] };
    let found = audit::audit(&view, &agreement, &Context::default(), &question).expect("a clock");
    timed.push(format!("\"audit_cpu_s\":{:.2},\"audit_n_findings\":{}", cpu_s() - start, found.len()));
    println!("{{\"n_claims\":{n},\"n_totals\":{n_totals},{}}}", timed.join(","));
}
