//! A record written line by line, for tests.
//!
//! `2025-01-05 parcel 20 by north` - an occurrence on a day; `2025-01-05T12:00` a moment; `2025-01-05/2025-01-07` a stretch;
//! `5..8` bounds, `5..` at least. Then, in any order: `by A,B`, `to A`, `says S`, `origin O`, `id X` (incident), `not` (denied),
//! `counter C`, `total`, `outstanding`, `per_day` (with a stretch as reference period), `known DAY`, `state S`, `place P`.

use std::collections::HashMap;
use std::sync::Arc;

use servanda_assess::Context;
use servanda_assess::status::{Engine, Question};
use servanda_ledger::{KnownBy, Ledger, LedgerBuilder};
use servanda_model::*;
use servanda_pact::{Agreement, parse_agreement};

/// A moment written as a day or `DAYTHH:MM`, in UTC.
pub fn moment(text: &str, end_of_day: bool) -> Instant {
    let full = match (text.contains('T'), end_of_day) {
        (true, _) => format!("{text}:00Z"),
        (false, false) => format!("{text}T00:00:00Z"),
        (false, true) => format!("{text}T23:59:59.999Z"),
    };
    full.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The agreement of a text; panics with the diagnostics where it has errors.
pub fn agreement(text: &str) -> Agreement {
    let (agreement, diagnostics) = parse_agreement(&[("test.pact".to_owned(), text.as_bytes().to_vec())]);
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    agreement
}

/// One claim from its line.
pub fn claim(line: &str) -> (Claim, Instant) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (first, last) = words[0].split_once('/').unwrap_or((words[0], words[0]));
    let (earliest, latest) = (moment(first, false), moment(last, true));
    let mut claim =
        Claim::new(DocumentId::default(), Span::default(), line, ClaimKind::Event).expect("a quote");
    claim.event_kind = Some(words[1].into());
    claim.when = Some(When::between(earliest, latest, Precision::Day));
    let mut known = latest;
    let number = |text: &str| text.parse::<Number>().ok();
    let mut at = 2;
    while at < words.len() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let names = || next.split(',').map(Name::new).collect::<Vec<_>>();
        match words[at] {
            "by" => claim.actors = names(),
            "to" => claim.targets = names(),
            "says" => claim.speaker = Some(next.into()),
            "origin" => claim.origin = Some(next.into()),
            "id" => claim.incident = Some(next.into()),
            "counter" => claim.counter = Some(next.into()),
            "state" => claim.component = Some(next.into()),
            "place" => claim.place = Some(next.into()),
            "known" => known = moment(next, true),
            word => {
                at += 1;
                match word {
                    "not" => claim.polarity = Polarity::Negative,
                    "total" => claim.measure = Measure::Total,
                    "outstanding" => claim.measure = Measure::Outstanding,
                    "per_day" => claim.measure = Measure::PerDay,
                    "planned" => claim.modality = Modality::Planned,
                    bounds => {
                        let (low, high) = bounds.split_once("..").unwrap_or((bounds, bounds));
                        let (low, high) = (number(low), number(high));
                        assert!(low.is_some() || high.is_some(), "{word} in {line}");
                        let best = low.or(high);
                        claim.quantities = vec![Quantity { low, best, high, ..Quantity::default() }];
                    }
                }
                continue;
            }
        }
        at += 2;
    }
    if claim.measure != Measure::Occurrence {
        claim.window = Some(Window { start: earliest, end: Instant::from_ms(latest.ms() + 1) });
        claim.when = None;
    }
    (claim, known)
}

/// A ledger of claims given line by line; empty lines and `--` comments are passed over.
pub fn ledger(lines: &str) -> Ledger {
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("--"));
    ledger_of(&lines.map(claim).collect::<Vec<_>>())
}

/// A ledger of claims with the moments at which they became known.
pub fn ledger_of(claims: &[(Claim, Instant)]) -> Ledger {
    let source: HashMap<ClaimId, Claim> =
        claims.iter().map(|(claim, _)| (claim.id(), claim.clone())).collect();
    let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(source));
    for (claim, known) in claims {
        builder.claim(claim.id(), claim, *known);
    }
    builder.finish()
}

/// Findings at a day, as known at its end.
pub fn findings(pact: &str, claims: &str, standpoint: &Standpoint, at: &str) -> Vec<Finding> {
    let ledger = ledger(claims);
    let at = moment(at, true);
    let mut engine = Engine::new(agreement(pact), standpoint.clone(), Context::default()).expect("a clock");
    engine.load(&ledger.as_of(at));
    engine.findings(&ledger.as_of(at), &Question { at, due_soon_days: 3, only: None, why: false })
}

fn word(state: State) -> String {
    serde_json::to_value(state).unwrap().as_str().unwrap().replace('_', " ")
}

/// One line for a finding: what a test looks at.
pub fn line(finding: &Finding) -> String {
    let state = &finding.state;
    let mut text = format!("{} {}: ", finding.provision, finding.obligor);
    if state.is_settled() && finding.breach.is_settled() {
        text += &word(state.reported);
    } else {
        text += &format!(
            "contested {} | {}, {} as reported",
            word(state.worst),
            word(state.best),
            word(state.reported)
        );
    }
    if finding.breach.worst {
        text += if finding.breach.best { ", reported breach" } else { ", disputed breach" };
    }
    if finding.n_episodes.worst > 0 {
        text += &format!(" x{}..{}", finding.n_episodes.best, finding.n_episodes.worst);
    }
    for progress in &finding.progress {
        let range = if progress.low == progress.high {
            progress.low.to_string()
        } else {
            format!("{}..{}", progress.low, progress.high)
        };
        text += &format!(", {range} of {}", progress.target);
    }
    if let Some(balance) = &finding.balance {
        text += &format!(
            ", {} of {} due for {}",
            balance.returned.reported, balance.due.reported, balance.burden.reported
        );
    }
    if let Some(windows) = &finding.windows {
        text += &format!(
            ", windows {} met {} missed {} undecided {} no data",
            windows.met, windows.missed, windows.undecided, windows.no_data
        );
    }
    for (state, n) in &finding.tally {
        text += &format!(", {n} {}", word(*state));
    }
    if let Some(level) = finding.level {
        text += &format!(", level {}", u8::from(level));
    }
    let badges: Vec<String> = finding
        .badges
        .iter()
        .map(|badge| serde_json::to_value(badge).unwrap()["badge"].as_str().unwrap().to_owned())
        .collect();
    if !badges.is_empty() {
        text += &format!(" [{}]", badges.join(" "));
    }
    text
}

/// The status of a small agreement on a small record, one line a promise.
pub fn status(pact: &str, claims: &str, at: &str) -> String {
    let found = findings(pact, claims, &Standpoint::all_sources(), at);
    found.iter().map(|finding| line(finding) + "\n").collect()
}
