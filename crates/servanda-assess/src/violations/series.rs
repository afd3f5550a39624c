//! Series of incidents by day or week, and counters' totals beside.

use std::collections::BTreeMap;

use servanda_ledger::View;
use servanda_model::*;
use servanda_pact::{Agreement, Clock, Per};

use super::Question;
use crate::status::UnknownClock;
use crate::status::names::Names;

/// Incidents by civil day or week of the agreement's clock, by act and rung. An incident of several acts counts under its
/// first; one dated more vaguely than the bin counts where it can have begun.
pub(super) fn series(
    incidents: &[Incident],
    agreement: &Agreement,
    per: Per,
) -> Result<Vec<IncidentBin>, UnknownClock> {
    let zone = if agreement.clock.is_empty() { "UTC" } else { agreement.clock.as_str() };
    let clock = Clock::new(zone).ok_or_else(|| UnknownClock(agreement.clock.clone()))?;
    let mut bins: BTreeMap<(Window, Name), IncidentBin> = BTreeMap::new();
    for incident in incidents {
        let (Some(when), Some(act)) = (incident.when, incident.acts.first()) else { continue };
        let window = clock.window_of(when.earliest, per);
        let bin = bins.entry((window, act.clone())).or_insert_with(|| IncidentBin {
            window,
            act: act.clone(),
            n_of: Vec::new(),
            n_contested: 0,
        });
        match bin.n_of.iter_mut().find(|(rung, _)| *rung == incident.rung) {
            Some((_, n)) => *n += 1,
            None => bin.n_of.push((incident.rung, 1)),
        }
        bin.n_of.sort_unstable();
        bin.n_contested += u32::from(incident.support == Support::Contested);
    }
    Ok(bins.into_values().collect())
}

/// The latest total of each counter of violations: kinds that are prohibited themselves, or that count in "violation".
pub(super) fn totals(
    view: &View,
    names: &Names,
    agreement: &Agreement,
    standpoint: &Standpoint,
    question: &Question,
) -> Vec<CountedTotal> {
    let counted = agreement.kinds.iter().filter(|kind| kind.unit.as_deref() == Some("violation"));
    let kinds: Vec<_> = counted.filter_map(|kind| view.symbol(kind.id.as_str())).collect();
    let mut latest: BTreeMap<(Name, Name, Instant), CountedTotal> = BTreeMap::new();
    for (ix, fact) in view.standing() {
        let is_whole = fact.measure == Measure::Total && fact.has_window() && !fact.component.is_some();
        let is_total = is_whole && kinds.contains(&fact.event_kind);
        let is_within = fact.window_end > question.from && fact.window_start < question.to;
        if !is_total || !is_within || fact.polarity == Polarity::Negative {
            continue;
        }
        names.learn_fact(view, fact);
        if !names.is_heard(standpoint, fact) {
            continue;
        }
        let counter = if fact.counter.is_some() { fact.counter } else { fact.origin };
        let total = CountedTotal {
            counter: names.name(counter),
            kind: names.name(fact.event_kind),
            window: Window { start: fact.window_start, end: fact.window_end },
            low: fact.low,
            high: fact.high,
            claim: view.claim_id(ix),
        };
        let key = (total.counter.clone(), total.kind.clone(), fact.window_start);
        let order = |total: &CountedTotal| (total.window.end, total.claim);
        if latest.get(&key).is_none_or(|known| order(known) < order(&total)) {
            latest.insert(key, total);
        }
    }
    let mut totals: Vec<CountedTotal> = latest.into_values().collect();
    totals.sort_by_key(|total| {
        (total.counter.clone(), total.kind.clone(), total.window.end, total.window.start)
    });
    totals
}
