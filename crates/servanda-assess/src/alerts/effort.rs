//! Reporting effort: what else is on record about the days of an alert.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use servanda_ledger::{FactIx, Symbol, View};
use servanda_model::{Effort, Instant};
use servanda_pact::Clock;

use super::extract::Series;
use super::law::Law;
use super::question::rounded;
use super::series::{Report, n_days};
use crate::heard::Heard;

/// All claims about single days, whatever they are about.
pub(super) struct Others {
    by_day: BTreeMap<i64, Vec<(FactIx, Symbol)>>,
}

/// A claim about a longer period says little about how much was reported on one of its days.
const LONGEST_DAYS: i64 = 7;
/// Reporting counts as changed where it is by half more or by a third less, beyond chance at this level.
const LEVEL: f64 = 0.05;
const RATIO: f64 = 1.5;

impl Others {
    pub(super) fn new(view: &View, heard: &Heard, clock: &Clock, since: Instant, to: Instant) -> Others {
        let mut by_day: BTreeMap<i64, Vec<(FactIx, Symbol)>> = BTreeMap::new();
        for (ix, fact) in view.standing().filter(|(_, fact)| heard.is_heard(fact)) {
            let (first, last) = if fact.has_time() {
                (fact.earliest, fact.latest)
            } else if fact.has_window() {
                (fact.window_start, fact.window_end.plus_ms(-1))
            } else {
                continue;
            };
            if first < since || last > to {
                continue;
            }
            let last_day = clock.day_number(last);
            if last_day - clock.day_number(first) < LONGEST_DAYS {
                let source = if fact.publisher.is_some() { fact.publisher } else { fact.origin };
                by_day.entry(last_day).or_default().push((ix, source));
            }
        }
        Others { by_day }
    }

    /// What else is on record about the days of a report, and about those of the reports it is compared with.
    ///
    /// The claims of the series itself are left out of both: that there are more of them is what the alert says.
    pub(super) fn effort(&self, series: &Series, report: &Report, compared: &[Report]) -> Effort {
        let own: FxHashSet<FactIx> = series.claims.iter().flatten().copied().collect();
        let (n_claims, n_sources, _) = self.count(&own, report.first_day, report.last_day);
        let (mut n_before, mut n_source_days) = (0, 0);
        for report in compared {
            let (n, _, source_days) = self.count(&own, report.first_day, report.last_day);
            n_before += n;
            n_source_days += source_days;
        }
        let days = n_days(compared).max(1.0);
        let (claims_per_day, sources_per_day) = (f64::from(n_before) / days, f64::from(n_source_days) / days);
        let chance = Law::poisson((f64::from(n_before) + 0.5) / days);
        let expected = chance.mean * report.days;
        let n = f64::from(n_claims);
        let is_more = n >= RATIO * expected && chance.tail(u64::from(n_claims), report.days) < LEVEL;
        let is_less = n * RATIO <= expected && chance.up_to(u64::from(n_claims), report.days) < LEVEL;
        Effort {
            n_claims,
            n_sources,
            claims_per_day_before: rounded(claims_per_day),
            sources_per_day_before: rounded(sources_per_day),
            is_changed: !compared.is_empty() && (is_more || is_less),
        }
    }

    /// Claims and sources over some days, and the sum of the sources of each day.
    fn count(&self, own: &FxHashSet<FactIx>, first_day: i64, last_day: i64) -> (u32, u32, u32) {
        let (mut n_claims, mut n_source_days) = (0, 0);
        let mut sources = BTreeSet::new();
        for (_, claims) in self.by_day.range(first_day..=last_day) {
            let mut of_day = BTreeSet::new();
            for (_, source) in claims.iter().filter(|(ix, _)| !own.contains(ix)) {
                n_claims += 1;
                of_day.insert(*source);
            }
            n_source_days += of_day.len() as u32;
            sources.extend(of_day);
        }
        (n_claims, sources.len() as u32, n_source_days)
    }
}
